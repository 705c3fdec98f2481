//! The stages that look at one text: words, boilerplate, quotations, credits.

use wirecopy_boilerplate::article;
use wirecopy_boilerplate::blocks::{Block, segment, segment_marked};
use wirecopy_boilerplate::{
    BoilerplateBlock, CorpusCounts, CorpusMember, LineColumns, Templates, classify_in_corpus,
    classify_single, probabilities, strip,
};
use wirecopy_document::site::site_of;
use wirecopy_document::{damage, language};
use wirecopy_findings::BoilerplateClass;
use wirecopy_lineage::provenance;
use wirecopy_lineage::provenance::SourceText;
use wirecopy_quotes as quote;
use wirecopy_quotes::Quote;
use wirecopy_text::ByteSpan;
use wirecopy_text::kernel::Kernel;
use wirecopy_text::span::complement;
use wirecopy_text::testing::naive_tokens;
use wirecopy_text::{Tokenizer, Tokens};

use super::{Checked, disjoint, hold, share, slice};
use crate::case::{Article, Case};

/// The tokenizer against its definition, by every kernel; words lie in the text.
pub(super) fn tokens(text: &str) -> Checked {
    let naive = naive_tokens(text);
    for kernel in Kernel::all() {
        let mut found = Tokens::default();
        Tokenizer::with_kernel(kernel).tokenize(text, &mut found);
        let equal = found.hashes() == naive.hashes() && found.spans() == naive.spans();
        hold(equal, "the tokenizer follows its definition", || {
            format!(
                "{} words and {} by {}",
                found.len(),
                naive.len(),
                kernel.name()
            )
        })?;
    }
    for &span in naive.spans() {
        slice(text, span, "a word lies in its text")?;
    }
    disjoint(naive.spans().iter().copied(), "words are in order")
}

/// Boilerplate of single articles, of a collection of them, and what is left when it is taken out.
pub(super) fn boilerplate(articles: &[Article]) -> Checked {
    let mut columns = Vec::new();
    for article in articles {
        let (text, headline) = (&*article.text, article.title.as_deref());
        let blocks = classify_single(text, headline, None);
        marked(text, &blocks)?;
        for (span, probability) in probabilities(text, headline) {
            slice(text, span, "a unit lies in its text")?;
            share(probability, "a unit has a probability")?;
        }
        segments(text, &segment(text))?;
        segments(text, &segment_marked(text, &blocks))?;
        columns.push(LineColumns::of(text, headline));
    }
    let site = |article: &Article| site_of(article.url.as_deref(), article.source.as_deref(), None);
    let sites: Vec<Option<String>> = articles.iter().map(site).collect();
    let members: Vec<CorpusMember<'_>> = (0_u32..)
        .zip(columns.iter().zip(&sites))
        .map(|(story, (columns, site))| CorpusMember {
            columns,
            story,
            site: site.as_deref(),
        })
        .collect();
    let counts = CorpusCounts::build(&members);
    for (member, article) in members.iter().zip(articles) {
        let place = (member.story, member.site);
        marked(
            &article.text,
            &classify_in_corpus(&article.text, article.title.as_deref(), &counts, place),
        )?;
    }
    Ok(())
}

fn marked(text: &str, blocks: &[BoilerplateBlock]) -> Checked {
    for block in blocks {
        let words = slice(text, block.span, "a boilerplate block lies in its text")?;
        hold(
            words.trim() == words,
            "a boilerplate block is trimmed",
            || format!("{words:?}"),
        )?;
        share(block.probability, "a boilerplate block has a probability")?;
        hold(
            block.evidence.iter().all(|cue| cue.weight.is_finite()),
            "cues have finite weights",
            || format!("{:?}", block.evidence),
        )?;
    }
    disjoint(
        blocks.iter().map(|b| b.span),
        "boilerplate blocks are in order and apart",
    )?;
    let stripped = strip(text, blocks, |class| class == BoilerplateClass::Chrome);
    hold(
        stripped.text.len() <= text.len(),
        "stripping adds nothing",
        String::new,
    )?;
    for (kept, block) in stripped.kept.iter().zip(
        blocks
            .iter()
            .filter(|b| b.class != BoilerplateClass::Chrome),
    ) {
        let words = slice(
            &stripped.text,
            kept.span,
            "a kept block lies in the stripped text",
        )?;
        hold(
            Some(words) == text.get(block.span.range()),
            "a kept block keeps its words",
            || format!("{words:?}"),
        )?;
    }
    Ok(())
}

fn segments(text: &str, blocks: &[Block]) -> Checked {
    for block in blocks {
        slice(text, block.span, "a segment lies in its text")?;
    }
    disjoint(
        blocks.iter().map(|b| b.span),
        "segments are in order and apart",
    )?;
    match article::headline(text, blocks) {
        Some(span) => slice(text, span, "a headline lies in its text").map(drop),
        None => Ok(()),
    }
}

/// Quotations: inside their marks, in order, nested or apart; speakers come from the text.
pub(super) fn quotations(article: &Article) -> Checked {
    let text = &*article.text;
    let language = language::detect(text, article.language.as_deref());
    let blocks = classify_single(text, article.title.as_deref(), None);
    let skip: Vec<ByteSpan> = blocks.iter().map(|block| block.span).collect();
    quotes(text, &quote::detect(text, language, &[]))?;
    quotes(text, &quote::detect(text, language, &skip))
}

fn quotes(text: &str, quotes: &[Quote]) -> Checked {
    let mut before: Option<&Quote> = None;
    for quote in quotes {
        slice(text, quote.span, "a quotation lies in its text")?;
        slice(
            text,
            quote.outer,
            "a quotation with its marks lies in its text",
        )?;
        hold(
            quote.outer.contains(quote.span),
            "a quotation lies in its marks",
            || format!("{quote:?}"),
        )?;
        for place in [quote.mention, quote.cue].into_iter().flatten() {
            slice(text, place, "mention and cue lie in the text")?;
        }
        let names = [&quote.speaker, &quote.relayed_by];
        hold(
            names
                .into_iter()
                .flatten()
                .all(|name| !name.trim().is_empty()),
            "a speaker has a name",
            || format!("{quote:?}"),
        )?;
        if let Some(before) = before {
            let order = (before.outer.start, std::cmp::Reverse(before.outer.end));
            let own = (quote.outer.start, std::cmp::Reverse(quote.outer.end));
            hold(
                order < own,
                "quotations are in order, outer before inner",
                || format!("{before:?} before {quote:?}"),
            )?;
            let apart = before.outer.end <= quote.outer.start;
            hold(
                apart || before.outer.contains(quote.outer),
                "quotations are nested or apart",
                || format!("{before:?} meets {quote:?}"),
            )?;
        }
        before = before
            .filter(|b| b.outer.contains(quote.outer))
            .or(Some(quote));
    }
    Ok(())
}

/// Clues to sources, and marks of damage.
pub(super) fn provenance(article: &Article) -> Checked {
    let text = &*article.text;
    let cues = provenance::read(&SourceText {
        text,
        url: article.url.as_deref(),
        outlet: article.source.as_deref(),
    });
    for cue in &cues {
        slice(text, cue.span, "a provenance cue lies in its text")?;
        hold(!cue.name.trim().is_empty(), "a source has a name", || {
            format!("{cue:?}")
        })?;
        hold(
            cue.weight.is_finite(),
            "a provenance cue has a finite weight",
            || format!("{cue:?}"),
        )?;
    }
    let blocks = classify_single(text, None, None);
    let marked: Vec<ByteSpan> = blocks.iter().map(|block| block.span).collect();
    for mark in damage::marks(text, &complement(&marked, text.len())) {
        slice(text, mark.span, "a mark of damage lies in its text")?;
    }
    Ok(())
}

/// Templates are read again as they were written; damaged ones are refused or harmless.
pub(super) fn templates(case: &Case) -> Checked {
    let columns: Vec<LineColumns> = case
        .articles
        .iter()
        .map(|article| LineColumns::of(&article.text, article.title.as_deref()))
        .collect();
    let members: Vec<CorpusMember<'_>> = (0_u32..)
        .zip(&columns)
        .map(|(story, columns)| CorpusMember {
            columns,
            story,
            site: Some("a.example"),
        })
        .collect();
    let written = CorpusCounts::build(&members).templates().to_json();
    let again = Templates::from_json(&written).map(|templates| templates.to_json());
    hold(
        again.as_ref().is_ok_and(|again| *again == written),
        "templates are read again as they were written",
        || format!("{again:?}"),
    )?;
    let Some(file) = &case.file else {
        return Ok(());
    };
    let json = if file.name == "damage" {
        damaged(written.into_bytes(), file.content.bytes())
    } else {
        file.content.bytes().to_vec()
    };
    let Ok(known) = Templates::from_json(&String::from_utf8_lossy(&json)) else {
        return Ok(());
    };
    for article in &case.articles {
        let site = known.for_site(Some("a.example"));
        marked(
            &article.text,
            &classify_single(&article.text, article.title.as_deref(), Some(site)),
        )?;
    }
    let mut twice = known.clone();
    twice.add(&known);
    hold(
        twice.to_json() == known.to_json(),
        "templates that are known add nothing",
        || known.to_json(),
    )
}

/// `bytes` with the changes that `by` tells: pairs of a place and a byte.
fn damaged(mut bytes: Vec<u8>, by: &[u8]) -> Vec<u8> {
    for change in by.chunks(4) {
        let &[high, low, kind, value] = change else {
            break;
        };
        let at = usize::from(high) << 8 | usize::from(low);
        let at = at % bytes.len().max(1);
        match (kind % 4, bytes.get_mut(at)) {
            (0, Some(byte)) => *byte = value,
            (1, Some(byte)) => *byte = b'0' + value % 10,
            (2, Some(_)) => bytes.truncate(at),
            _ => {}
        }
    }
    bytes
}
