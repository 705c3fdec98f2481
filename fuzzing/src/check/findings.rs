//! What must hold of the findings of any run.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use wirecopy_detector::relation::RelationOptions;
use wirecopy_findings::{
    EditKindName, Findings, PairRecord, PassageKindName, PassageRecord, QuoteGroupRecord,
    QuoteRecord, Relation, Span,
};
use wirecopy_text::ByteSpan;

use super::{Broken, Checked, disjoint, hold, lineage, share, slice};

/// Half of the last place that shares are rounded to.
const ROUNDING: f64 = 5e-5;

/// Findings, with the texts that their spans index and the places of documents in the input.
pub(super) struct Answer<'f> {
    pub(super) findings: &'f Findings,
    texts: &'f BTreeMap<String, String>,
    places: HashMap<&'f str, usize>,
}

impl<'f> Answer<'f> {
    pub(super) fn new(findings: &'f Findings, texts: &'f BTreeMap<String, String>) -> Self {
        let ids = findings.documents.iter().map(|document| &*document.id);
        Self {
            findings,
            texts,
            places: ids.zip(0..).collect(),
        }
    }

    /// The place of a document among all.
    pub(super) fn place(&self, id: &str) -> Result<usize, Broken> {
        self.places.get(id).copied().ok_or_else(|| Broken {
            rule: "records name documents of the run",
            detail: id.to_owned(),
        })
    }

    pub(super) fn text(&self, id: &str) -> &'f str {
        self.texts.get(id).map_or("", String::as_str)
    }
}

/// Everything that holds of findings by themselves.
pub(super) fn findings(answer: &Answer<'_>, relations: &RelationOptions) -> Checked {
    read_again(answer.findings)?;
    counted(answer.findings)?;
    for pair in &answer.findings.pairs {
        self::pair(answer, pair, relations)?;
    }
    let places = answer.findings.pairs.iter().map(|p| (&p.a, &p.b));
    let distinct: BTreeSet<_> = places.clone().collect();
    hold(
        distinct.len() == places.count(),
        "a pair stands once",
        String::new,
    )?;
    families(answer)?;
    quotes(answer)?;
    boilerplate(answer)?;
    groups(answer)?;
    sites(answer)?;
    lineage::lineage(answer)
}

fn read_again(findings: &Findings) -> Checked {
    let written = serde_json::to_string(findings).map_err(|error| Broken {
        rule: "findings are written",
        detail: error.to_string(),
    })?;
    let again = serde_json::from_str::<Findings>(&written);
    hold(
        again.as_ref().ok() == Some(findings),
        "findings are read again as they were written",
        || format!("{:?}", again.err()),
    )
}

fn counted(findings: &Findings) -> Checked {
    let summary = &findings.summary;
    let counts = [
        (
            summary.documents,
            findings.documents.iter().filter(|d| !d.archive).count(),
        ),
        (summary.families, findings.families.len()),
        (summary.pairs, findings.pairs.len()),
        (summary.quotes, findings.quotes.len()),
        (summary.errors, findings.errors.len()),
    ];
    hold(
        counts.iter().all(|&(told, found)| told == found as u64),
        "the summary counts the records",
        || format!("{counts:?}"),
    )
}

fn span(span: Span) -> ByteSpan {
    ByteSpan {
        start: span.start,
        end: span.end,
    }
}

fn pair(answer: &Answer<'_>, pair: &PairRecord, relations: &RelationOptions) -> Checked {
    hold(
        answer.place(&pair.a)? < answer.place(&pair.b)?,
        "a pair is in the order of the input",
        || format!("{} and {}", pair.a, pair.b),
    )?;
    for value in [pair.similarity, pair.containment_a, pair.containment_b] {
        share(value, "similarity and containment are shares")?;
    }
    share(pair.aligned_a, "no word counts twice in a pair")?;
    share(pair.aligned_b, "no word counts twice in a pair")?;
    let least = pair.containment_a.min(pair.containment_b);
    hold(
        pair.similarity <= least + 2.0 * ROUNDING,
        "similarity is at most containment",
        || format!("{} and {least}", pair.similarity),
    )?;
    relation(pair, relations)?;
    let texts = [answer.text(&pair.a), answer.text(&pair.b)];
    for passage in &pair.passages {
        self::passage(passage, texts)?;
    }
    let ordered = pair
        .passages
        .is_sorted_by_key(|passage| (passage.a, passage.b));
    hold(ordered, "passages are in order", || {
        format!("{:?}", pair.passages)
    })
}

/// The relation says what the shares say.
fn relation(pair: &PairRecord, relations: &RelationOptions) -> Checked {
    let (low, high) = (
        pair.aligned_a.min(pair.aligned_b),
        pair.aligned_a.max(pair.aligned_b),
    );
    let detail = || {
        format!(
            "{:?} of {} and {}",
            pair.relation, pair.aligned_a, pair.aligned_b
        )
    };
    let near = low + ROUNDING >= relations.near_duplicate_share;
    let held = high + ROUNDING >= relations.contained_share;
    match pair.relation {
        Relation::NearDuplicate => hold(near, "a near-duplicate is aligned on both sides", detail)?,
        Relation::Contains => {
            hold(held, "what is contained is aligned", detail)?;
            let (part, whole) = if pair.whole.as_ref() == Some(&pair.a) {
                (pair.aligned_b, pair.aligned_a)
            } else {
                (pair.aligned_a, pair.aligned_b)
            };
            hold(part >= whole, "the whole is the larger side", detail)?;
        }
        Relation::SharesPassages | Relation::SharesQuotes | Relation::SameEvent => {
            let clear = low - ROUNDING >= relations.near_duplicate_share
                || high - ROUNDING >= relations.contained_share;
            hold(!clear, "the first relation that holds is given", detail)?;
        }
        _ => {}
    }
    let whole = pair.whole.as_ref();
    let names = whole.is_none_or(|whole| [&pair.a, &pair.b].contains(&whole));
    let is_told = whole.is_some() == (pair.relation == Relation::Contains);
    hold(
        names && is_told,
        "what contains a document is named, and nothing else",
        || format!("{:?} {whole:?}", pair.relation),
    )
}

fn passage(passage: &PassageRecord, texts: [&str; 2]) -> Checked {
    let a = slice(texts[0], span(passage.a), "a passage lies in both texts")?;
    let b = slice(texts[1], span(passage.b), "a passage lies in both texts")?;
    hold(
        passage.kind != PassageKindName::Exact || a == b,
        "an exact passage has the same bytes",
        || format!("{a:?} and {b:?}"),
    )?;
    share(passage.identity, "identity is a share")?;
    share(passage.quoted, "the quoted part is a share")?;
    hold(passage.score.is_finite(), "a score is finite", || {
        passage.score.to_string()
    })?;
    for edit in passage.edits.iter().flatten() {
        for (place, text, absent) in [
            (edit.a, texts[0], EditKindName::Added),
            (edit.b, texts[1], EditKindName::Cut),
        ] {
            let words = text.get(span(place).range());
            hold(
                words.is_some_and(|words| words.is_empty() == (edit.kind == absent)),
                "an edit lies in its texts",
                || format!("{edit:?}"),
            )?;
        }
    }
    Ok(())
}

/// Families are what copies and updates connect.
fn families(answer: &Answer<'_>) -> Checked {
    let findings = answer.findings;
    let mut root: Vec<usize> = (0..findings.documents.len()).collect();
    for pair in findings
        .pairs
        .iter()
        .filter(|pair| pair.relation.joins_family())
    {
        let (a, b) = (answer.place(&pair.a)?, answer.place(&pair.b)?);
        let (keep, drop) = (root[a].min(root[b]), root[a].max(root[b]));
        root.iter_mut()
            .filter(|r| **r == drop)
            .for_each(|r| *r = keep);
    }
    let mut sets: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (document, &root) in findings.documents.iter().zip(&root) {
        sets.entry(root).or_default().push(&document.id);
    }
    let wanted: Vec<Vec<&str>> = sets.into_values().filter(|set| set.len() > 1).collect();
    let told: Vec<Vec<&str>> = findings
        .families
        .iter()
        .map(|family| family.documents.iter().map(String::as_str).collect())
        .collect();
    hold(
        wanted == told,
        "families are what copies and updates connect",
        || format!("{told:?}, not {wanted:?}"),
    )?;
    for family in &findings.families {
        hold(
            family.documents.contains(&family.representative),
            "a family's member stands for it",
            || family.representative.clone(),
        )?;
    }
    for document in &findings.documents {
        let of = findings
            .families
            .iter()
            .find(|f| f.documents.contains(&document.id));
        hold(
            document.family.as_ref() == of.map(|f| &f.id),
            "documents name their family",
            || document.id.clone(),
        )?;
    }
    Ok(())
}

fn quotes(answer: &Answer<'_>) -> Checked {
    let mut before = (0, 0, 0);
    for quote in &answer.findings.quotes {
        let text = answer.text(&quote.document);
        let place = ByteSpan {
            start: quote.start,
            end: quote.end,
        };
        let words = slice(text, place, "a quotation lies in its text")?;
        hold(
            *words == *quote.text,
            "a quotation has the words of its place",
            || format!("{words:?} and {:?}", quote.text),
        )?;
        for place in [quote.mention, quote.cue].into_iter().flatten() {
            slice(text, span(place), "mention and cue lie in the text")?;
        }
        let key = (
            answer.place(&quote.document)?,
            quote.start,
            u32::MAX - quote.end,
        );
        hold(before <= key, "quotations are in order", || {
            format!("{quote:?}")
        })?;
        before = key;
    }
    let by_id: HashMap<&str, &QuoteRecord> = answer
        .findings
        .quotes
        .iter()
        .map(|quote| (&*quote.id, quote))
        .collect();
    let grouped = answer
        .findings
        .quotes
        .iter()
        .filter(|quote| quote.group.is_some())
        .count();
    let members: usize = answer
        .findings
        .quote_groups
        .iter()
        .map(|group| group.quotes.len())
        .sum();
    hold(
        grouped == members,
        "quotations and groups name each other",
        || format!("{grouped} and {members}"),
    )?;
    answer
        .findings
        .quote_groups
        .iter()
        .try_for_each(|group| quote_group(group, &by_id))
}

fn quote_group(group: &QuoteGroupRecord, by_id: &HashMap<&str, &QuoteRecord>) -> Checked {
    hold(group.quotes.len() > 1, "a group has members", || {
        format!("{group:?}")
    })?;
    let members: Vec<_> = group
        .quotes
        .iter()
        .filter_map(|id| by_id.get(&**id))
        .collect();
    let mutual = members
        .iter()
        .all(|quote| quote.group.as_ref() == Some(&group.id));
    hold(
        mutual && members.len() == group.quotes.len(),
        "quotations and groups name each other",
        || format!("{group:?}"),
    )?;
    let documents: BTreeSet<&str> = members.iter().map(|quote| &*quote.document).collect();
    hold(
        documents.len() as u64 == group.documents,
        "a group counts its documents",
        || format!("{group:?}"),
    )
}

fn boilerplate(answer: &Answer<'_>) -> Checked {
    let blocks = &answer.findings.boilerplate;
    for block in blocks {
        let place = ByteSpan {
            start: block.start,
            end: block.end,
        };
        slice(
            answer.text(&block.document),
            place,
            "a boilerplate block lies in its text",
        )?;
        share(block.probability, "a boilerplate block has a probability")?;
        let finite = block.evidence.iter().all(|cue| cue.weight.is_finite());
        hold(finite, "cues have finite weights", || format!("{block:?}"))?;
    }
    for blocks in blocks.chunk_by(|left, right| left.document == right.document) {
        let spans = blocks.iter().map(|block| ByteSpan {
            start: block.start,
            end: block.end,
        });
        disjoint(spans, "boilerplate blocks are in order and apart")?;
    }
    Ok(())
}

fn groups(answer: &Answer<'_>) -> Checked {
    for group in &answer.findings.passage_groups {
        hold(
            group.occurrences.len() > 1,
            "a passage of many stands in several places",
            || group.id.clone(),
        )?;
        for place in &group.occurrences {
            let span = ByteSpan {
                start: place.start,
                end: place.end,
            };
            slice(
                answer.text(&place.document),
                span,
                "an occurrence lies in its text",
            )?;
        }
    }
    Ok(())
}

fn sites(answer: &Answer<'_>) -> Checked {
    for site in &answer.findings.sites {
        share(site.boilerplate_share, "boilerplate of a site is a share")?;
        hold(
            site.originated + site.copied == site.documents,
            "a site's documents are counted once",
            || format!("{site:?}"),
        )?;
    }
    Ok(())
}
