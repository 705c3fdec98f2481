//! Properties of fingerprints and postings against brute force.

use std::collections::BTreeSet;

use proptest::prelude::{prop, prop_assert, prop_assert_eq, proptest};
use wirecopy_core::align::{AlignOptions, Aligner, AnalysedText, TextView};
use wirecopy_core::candidates::{PostingCaps, Postings};
use wirecopy_core::sketch::{Fingerprinter, Fingerprints};
use wirecopy_text::{ByteSpan, DocId};
use wirecopy_text::{Language, TermCache};

const WORDS: [&str; 12] = [
    "harbour",
    "ferry",
    "captain",
    "lighthouse",
    "rudder",
    "orchard",
    "frost",
    "mayor",
    "council",
    "bridge",
    "river",
    "dam",
];

fn fingerprints(words: &[usize]) -> Fingerprints {
    let text: String = words.iter().map(|&w| format!("{} ", WORDS[w])).collect();
    let aligner = Aligner::new(AlignOptions::default()).expect("the defaults are in range");
    let (mut prepared, mut out) = (AnalysedText::default(), Fingerprints::default());
    let body = [ByteSpan::new(0, text.len())];
    aligner.prepare(
        &TextView {
            text: &text,
            body: &body,
            quotes: &[],
            language: Language::English,
        },
        &mut TermCache::default(),
        &mut prepared,
    );
    Fingerprinter::default().fingerprints(&prepared, &mut out);
    out
}

proptest! {
    #[test]
    fn texts_with_eight_words_in_a_row_in_common_share_a_key(
        a in prop::collection::vec(0..12_usize, 0..30),
        b in prop::collection::vec(0..12_usize, 0..30),
    ) {
        let runs: BTreeSet<&[usize]> = a.windows(8).collect();
        let common = b.windows(8).any(|run| runs.contains(run));
        let (x, y) = (fingerprints(&a), fingerprints(&b));
        let shared = x.keys().iter().any(|k| y.keys().contains(k));
        prop_assert!(shared || !common);
    }

    #[test]
    fn pairs_are_those_of_brute_force(
        texts in prop::collection::vec(prop::collection::vec(0..12_usize, 0..25), 0..7),
    ) {
        let prints: Vec<Fingerprints> = texts.iter().map(|t| fingerprints(t)).collect();
        let mut postings = Postings::default();
        for (at, print) in prints.iter().enumerate() {
            postings.push(DocId::new(at), print);
        }
        let found: Vec<(usize, usize)> = postings
            .finish(0.0, PostingCaps::default())
            .pairs
            .iter()
            .map(|p| (p.a.index(), p.b.index()))
            .collect();
        let mut expected = Vec::new();
        for a in 0..prints.len() {
            for b in a + 1..prints.len() {
                if prints[a].keys().iter().any(|k| prints[b].keys().contains(k)) {
                    expected.push((a, b));
                }
            }
        }
        prop_assert_eq!(found, expected);
    }
}
