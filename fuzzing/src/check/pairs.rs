//! Alignment of two texts.

use wirecopy_boilerplate::classify_single;
use wirecopy_core::align::{
    AlignOptions, AlignScratch, Aligner, AnalysedText, EditKind, PairAlignment, Passage,
    PassageKind, TextView,
};
use wirecopy_document::language;
use wirecopy_quotes as quote;
use wirecopy_text::ByteSpan;
use wirecopy_text::TermCache;
use wirecopy_text::span::{complement, union};

use std::sync::OnceLock;

use super::{Broken, Checked, hold, share, slice};
use crate::case::Article;

fn aligner() -> Result<&'static Aligner, Broken> {
    static ALIGNER: OnceLock<Option<Aligner>> = OnceLock::new();
    let made = ALIGNER.get_or_init(|| Aligner::new(AlignOptions::default()).ok());
    made.as_ref().ok_or_else(|| Broken {
        rule: "an aligner is made",
        detail: String::new(),
    })
}

/// Prepares an article in memory that may have held others.
fn prepare(aligner: &Aligner, article: &Article, (memo, out): (&mut TermCache, &mut AnalysedText)) {
    let text = &*article.text;
    let language = language::detect(text, article.language.as_deref());
    let blocks = classify_single(text, article.title.as_deref(), None);
    let marked: Vec<ByteSpan> = blocks.iter().map(|block| block.span).collect();
    let quotes = quote::detect(text, language, &marked);
    let view = TextView {
        text,
        body: &complement(&marked, text.len()),
        quotes: &union(quotes.iter().map(|quote| quote.span).collect()),
        language,
    };
    aligner.prepare(&view, memo, out);
}

fn prepared(aligner: &Aligner, article: &Article) -> AnalysedText {
    let mut out = AnalysedText::default();
    prepare(aligner, article, (&mut TermCache::default(), &mut out));
    out
}

/// Two articles aligned in memory that was used for others first.
fn aligned_again(aligner: &Aligner, [one, other]: [&Article; 2]) -> PairAlignment {
    let (mut memo, mut used) = (TermCache::default(), AnalysedText::default());
    let mut scratch = AlignScratch::default();
    prepare(aligner, other, (&mut memo, &mut used));
    let b = used.compact();
    let _ = aligner.align(&b, &used, &mut scratch);
    prepare(aligner, one, (&mut memo, &mut used));
    let _ = aligner.align(&used, &used, &mut scratch);
    aligner.align(&used, &b, &mut scratch)
}

/// Passages lie in their texts, no word counts twice, and the sides can be exchanged.
pub(super) fn align(articles: &[Article]) -> Checked {
    let [one, other, ..] = articles else {
        return Ok(());
    };
    let aligner = aligner()?;
    let (a, b) = (prepared(aligner, one), prepared(aligner, other));
    let mut scratch = AlignScratch::default();
    let found = aligner.align(&a, &b, &mut scratch);
    let again = aligned_again(aligner, [one, other]);
    hold(
        found == again,
        "what was aligned before does not show",
        || {
            let passages = (found.passages.len(), again.passages.len());
            format!(
                "{} and {} words, {passages:?} passages",
                found.aligned, again.aligned
            )
        },
    )?;
    let back = aligner.align(&b, &a, &mut scratch);
    for passage in &found.passages {
        whole(passage, [&one.text, &other.text])?;
    }
    counts(&found)?;
    hold(
        (found.aligned, found.aligned_unquoted, found.passages.len())
            == (back.aligned, back.aligned_unquoted, back.passages.len()),
        "the sides can be exchanged",
        || {
            format!(
                "{} and {} words, {} and {} passages",
                found.aligned,
                back.aligned,
                found.passages.len(),
                back.passages.len()
            )
        },
    )?;
    let own = aligner.align(&a, &a, &mut scratch);
    counts(&own)
}

fn counts(found: &PairAlignment) -> Checked {
    let most = found.tokens_a.min(found.tokens_b);
    hold(
        found.aligned <= most,
        "no word of a body is aligned twice",
        || {
            format!(
                "{} of {} and {}",
                found.aligned, found.tokens_a, found.tokens_b
            )
        },
    )?;
    hold(
        found.aligned_unquoted <= found.aligned,
        "unquoted words are some of the aligned",
        || format!("{} of {}", found.aligned_unquoted, found.aligned),
    )?;
    let counted: u32 = found.passages.iter().map(|p| p.counted.words).sum();
    hold(
        counted == found.aligned,
        "passages account for the aligned words",
        || format!("{counted} of {}", found.aligned),
    )?;
    share(found.topic_overlap, "topic overlap is a share")
}

fn whole(passage: &Passage, texts: [&str; 2]) -> Checked {
    let a = slice(texts[0], passage.a, "a passage lies in both texts")?;
    let b = slice(texts[1], passage.b, "a passage lies in both texts")?;
    hold(
        passage.kind != PassageKind::Exact || a == b,
        "an exact passage has the same bytes",
        || format!("{a:?} and {b:?}"),
    )?;
    share(passage.identity, "identity is a share")?;
    share(passage.quoted, "the quoted part is a share")?;
    share(passage.named, "the named part is a share")?;
    hold(passage.score.is_finite(), "a score is finite", || {
        passage.score.to_string()
    })?;
    hold(
        passage.aligned_unquoted <= passage.aligned || passage.aligned == 0,
        "unquoted words of a passage are some of the aligned",
        || format!("{} of {}", passage.aligned_unquoted, passage.aligned),
    )?;
    let mut end = passage.a.start;
    for edit in &passage.edits {
        let both = edit.kind != EditKind::Cut && edit.kind != EditKind::Added;
        for (span, text, present) in [
            (edit.a, texts[0], edit.kind != EditKind::Added),
            (edit.b, texts[1], edit.kind != EditKind::Cut),
        ] {
            hold(
                text.get(span.range())
                    .is_some_and(|words| words.is_empty() != present),
                "an edit lies in its texts",
                || format!("{edit:?}"),
            )?;
        }
        hold(
            passage.a.contains(edit.a) && passage.b.contains(edit.b),
            "an edit lies in its passage",
            || format!("{edit:?} in {:?} {:?}", passage.a, passage.b),
        )?;
        hold(edit.a.start >= end, "edits are in the order of a", || {
            format!("{edit:?} after {end} in {:?}", passage.edits)
        })?;
        hold(!both || edit.words > 0, "an edit has words", || {
            format!("{edit:?}")
        })?;
        end = edit.a.end;
    }
    Ok(())
}
