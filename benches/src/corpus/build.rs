//! A corpus from base texts: originals, injected copies and rivals, in random order, with the truth about them.

use serde::{Deserialize, Serialize};

use crate::corpus::base::sentences;
use crate::corpus::{BaseText, CopyClass, Random};

/// One injected copy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InjectedCopy {
    /// What it was copied from.
    pub source: String,
    /// The copy.
    pub copy: String,
    /// In which way.
    pub class: CopyClass,
}

/// Two articles that share quotations and nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RivalPair {
    /// One of them.
    pub a: String,
    /// The other.
    pub b: String,
}

/// What is known about a corpus.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// Every injected copy.
    pub copies: Vec<InjectedCopy>,
    /// Every pair of rivals.
    pub rivals: Vec<RivalPair>,
}

/// Documents and the truth about them.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// In the order in which they are written.
    pub documents: Vec<BaseText>,
    /// About these.
    pub truth: Truth,
}

/// Texts shorter than this are no sources: a quarter of one would be too short to be compared.
const FEWEST_WORDS: usize = 120;

/// Injects `per_class` copies of each class and as many pairs of rivals into `base`. Each source is copied once; hosts of
/// lifted parts, and the articles that rivals are made from, do not stand in the corpus themselves.
#[must_use]
pub fn build(mut base: Vec<BaseText>, per_class: usize, seed: u64) -> Corpus {
    let mut random = Random::new(seed);
    random.shuffle(&mut base);
    let (mut long, mut documents): (Vec<_>, Vec<_>) = base
        .into_iter()
        .partition(|text| text.text.split_whitespace().count() >= FEWEST_WORDS);
    let mut truth = Truth::default();
    for class in CopyClass::ALL {
        for number in 0..per_class {
            let (Some(source), Some(host)) = (long.pop(), long.pop()) else {
                break;
            };
            let id = format!("copy-{}-{number}", serde_name(class));
            let text = class.copy(&source.text, &host.text, &mut random);
            truth.copies.push(InjectedCopy {
                source: source.id.clone(),
                copy: id.clone(),
                class,
            });
            documents.extend([source, BaseText { id, text }]);
            if class != CopyClass::Lifted40 {
                long.insert(0, host);
            }
        }
    }
    for number in 0..per_class {
        let (Some(a), Some(b), Some(speaker)) = (long.pop(), long.pop(), long.pop()) else {
            break;
        };
        let [a, b] = rivals(number, [a, b], (&speaker, &mut random));
        truth.rivals.push(RivalPair {
            a: a.id.clone(),
            b: b.id.clone(),
        });
        documents.extend([a, b]);
    }
    documents.extend(long);
    random.shuffle(&mut documents);
    Corpus { documents, truth }
}

fn serde_name(class: CopyClass) -> String {
    let value = serde_json::to_value(class).ok();
    value
        .and_then(|v| v.as_str().map(str::to_owned))
        .expect("a class has a plain name")
}

/// Two articles with three quotations of one speaker in each, in either order.
fn rivals(
    number: usize,
    [a, b]: [BaseText; 2],
    (speaker, random): (&BaseText, &mut Random),
) -> [BaseText; 2] {
    let mut said: Vec<&str> = sentences(&speaker.text)
        .into_iter()
        .map(|s| s.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|s| {
            (8..=30).contains(&s.split_whitespace().count()) && !s.contains(['"', '“', '”'])
        })
        .collect();
    random.shuffle(&mut said);
    said.truncate(3);
    let mut place = |base: BaseText, side: &str, verb: &str| {
        let mut text: Vec<String> = sentences(&base.text)
            .into_iter()
            .map(str::to_owned)
            .collect();
        for quotation in &said {
            let at = random.below(text.len() + 1);
            text.insert(at, format!("\n\n“{quotation},” {verb}.\n\n"));
        }
        random.shuffle(&mut said.clone());
        BaseText {
            id: format!("rival-{number}-{side}"),
            text: text.concat(),
        }
    };
    [
        place(a, "a", "the minister said"),
        place(b, "b", "she told reporters"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::invented;
    use std::collections::BTreeSet;

    #[test]
    fn every_class_is_injected_and_every_id_is_there_once() {
        let corpus = build(invented(400, 3), 5, 3);
        assert_eq!(corpus.truth.copies.len(), 65);
        assert_eq!(corpus.truth.rivals.len(), 5);
        let ids: BTreeSet<&str> = corpus.documents.iter().map(|d| d.id.as_str()).collect();
        assert_eq!(ids.len(), corpus.documents.len());
        let named = corpus
            .truth
            .copies
            .iter()
            .flat_map(|c| [&c.source, &c.copy]);
        assert!(
            named
                .chain(corpus.truth.rivals.iter().flat_map(|r| [&r.a, &r.b]))
                .all(|id| ids.contains(id.as_str()))
        );
    }

    #[test]
    fn the_same_seed_gives_the_same_corpus() {
        let make = || build(invented(100, 3), 1, 9);
        assert_eq!(make().documents, make().documents);
        assert_ne!(make().documents, build(invented(100, 3), 1, 10).documents);
    }
}
