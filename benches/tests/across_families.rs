//! A short quotation in articles that are otherwise unrelated is found among hundreds, by its fingerprints and not by
//! comparing all pairs; where very many have it, the pairs are a star and a passage group lists the places.

use std::collections::BTreeSet;

use wirecopy_benches::corpus::invented;
use wirecopy_detector::options::Options;
use wirecopy_detector::{Detector, Input, Role, Silent};
use wirecopy_document::{DocKey, Document};
use wirecopy_findings::{ErrorRecord, Findings, PairRecord, Relation};

const QUOTATION: &str =
    "nobody drowns in our harbour while the crooked lantern still burns above the chapel";

/// What is found in `count` invented articles, of which every `step`th but the first has [`QUOTATION`] in a paragraph of
/// its own words.
fn findings(count: usize, step: usize) -> (Vec<Document>, Findings) {
    let documents: Vec<Document> = invented(count, 11)
        .into_iter()
        .enumerate()
        .map(|(n, base)| Document {
            key: DocKey(format!("{n:04}")),
            text: match n {
                n if n > 0 && n % step == 0 => quoting(&base.text, n),
                _ => base.text,
            },
            ..Document::default()
        })
        .collect();
    let detector = Detector::new(Options::default()).expect("the defaults are in range");
    let mut records = documents.into_iter().map(Ok::<Document, ErrorRecord>);
    let input = Input {
        records: &mut records,
        decode: &|document| Ok((document, ())),
        name: &mut |_, ()| Vec::new(),
        role: Role::Reported,
    };
    let (findings, run) = detector.detect(vec![input], &Silent);
    (run.documents, findings)
}

/// `text` with a paragraph behind its first that quotes.
fn quoting(text: &str, number: usize) -> String {
    let (first, rest) = text.split_once("\n\n").unwrap_or((text, ""));
    let speaker = ["Orla Venn", "the keeper", "her brother", "a pilot"][number % 4];
    format!("{first}\n\n“{QUOTATION},” {speaker} said.\n\n{rest}")
}

/// The pairs with a passage that holds the quotation on both sides.
fn sharing<'f>(documents: &[Document], findings: &'f Findings) -> Vec<(&'f str, &'f str)> {
    let holds = |id: &str, span: std::ops::Range<usize>| {
        let text = &documents
            .iter()
            .find(|d| d.key.0 == id)
            .expect("an id of the run")
            .text;
        text.find(QUOTATION)
            .is_some_and(|at| span.start <= at && at + QUOTATION.len() <= span.end)
    };
    let pairs = findings.pairs.iter().filter(|pair| {
        pair.passages.iter().any(|p| {
            holds(&pair.a, p.a.start as usize..p.a.end as usize)
                && holds(&pair.b, p.b.start as usize..p.b.end as usize)
        })
    });
    pairs
        .map(|pair| (pair.a.as_str(), pair.b.as_str()))
        .collect()
}

#[test]
fn a_quotation_of_a_few_articles_joins_each_two_of_them() {
    let (documents, findings) = findings(400, 80);
    let holders = ["0080", "0160", "0240", "0320"];
    let mut expected = Vec::new();
    for (n, a) in holders.iter().enumerate() {
        expected.extend(holders[n + 1..].iter().map(|b| (*a, *b)));
    }
    assert_eq!(sharing(&documents, &findings), expected);
    let both = |pair: &&PairRecord| expected.contains(&(pair.a.as_str(), pair.b.as_str()));
    let joined = findings.pairs.iter().filter(both);
    let relations: BTreeSet<Relation> = joined.map(|pair| pair.relation).collect();
    let no_copies = BTreeSet::from([Relation::SharesQuotes, Relation::SameEvent]);
    assert!(relations.is_subset(&no_copies), "{relations:?}");
}

#[test]
fn a_quotation_of_very_many_articles_is_a_star_and_a_group() {
    let (documents, findings) = findings(400, 5);
    let holders: Vec<String> = (1..80).map(|n| format!("{:04}", n * 5)).collect();
    let star: Vec<(&str, &str)> = holders[1..]
        .iter()
        .map(|other| (holders[0].as_str(), other.as_str()))
        .collect();
    let pairs = sharing(&documents, &findings);
    let missed = star.iter().filter(|spoke| !pairs.contains(spoke)).count();
    assert!(
        missed * 20 <= star.len(),
        "{missed} of {} spokes",
        star.len()
    );
    // Words around the quotation that fewer share make some pairs more; each article has some ten at most, not 78.
    assert!(pairs.len() < 10 * holders.len(), "{} pairs", pairs.len());
    let largest = findings
        .passage_groups
        .iter()
        .map(|g| g.occurrences.len())
        .max();
    let least = holders.len() * 9 / 10;
    assert!(
        largest.is_some_and(|n| n >= least),
        "{largest:?} of {}",
        holders.len()
    );
}
