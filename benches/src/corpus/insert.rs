//! Articles with passages of other articles inserted, and the truth about them to the character.
//!
//! The operators are this project's own: what news desks and spinners do to a paragraph. They differ on purpose from
//! those of published sets, so that a figure on both says more than one on either.

use serde::{Deserialize, Serialize};

use crate::corpus::base::{in_the_case_of, is_word, pieces, sentences};
use crate::corpus::{BaseText, Random};

/// What was done to a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rewrite {
    /// Nothing.
    Lifted,
    /// One word in ten left out.
    Trimmed,
    /// One word in eight has another one put in behind it.
    Padded,
    /// One word in three is another word.
    Spun,
    /// Sentences in another order.
    Shuffled,
    /// The parts of each sentence, between commas, in another order.
    Inverted,
    /// Every other sentence.
    Digested,
    /// The first clause of each sentence.
    Clipped,
}

impl Rewrite {
    /// Every operator, in the order of tables.
    pub const ALL: [Self; 8] = [
        Self::Lifted,
        Self::Trimmed,
        Self::Padded,
        Self::Spun,
        Self::Shuffled,
        Self::Inverted,
        Self::Digested,
        Self::Clipped,
    ];

    /// The name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lifted => "lifted",
            Self::Trimmed => "trimmed",
            Self::Padded => "padded",
            Self::Spun => "spun",
            Self::Shuffled => "shuffled",
            Self::Inverted => "inverted",
            Self::Digested => "digested",
            Self::Clipped => "clipped",
        }
    }

    fn apply(self, passage: &[&str], host: &str, random: &mut Random) -> String {
        let others: Vec<&str> = pieces(host).filter(|p| is_word(p)).collect();
        match self {
            Self::Lifted => passage.concat(),
            Self::Trimmed => each_word(passage, |word| (!random.chance(0.1)).then(|| word.into())),
            Self::Padded => each_word(passage, |word| {
                let more = random.chance(0.125);
                Some(if more {
                    format!("{word} {}", random.pick(&others).to_lowercase())
                } else {
                    word.to_owned()
                })
            }),
            Self::Spun => each_word(passage, |word| {
                Some(if random.chance(1.0 / 3.0) {
                    in_the_case_of(word, &random.pick(&others).to_lowercase())
                } else {
                    word.to_owned()
                })
            }),
            Self::Shuffled => {
                let mut order: Vec<&str> = passage.iter().map(|s| s.trim()).collect();
                random.shuffle(&mut order);
                order.join(" ")
            }
            Self::Inverted => join(passage.iter().map(|s| inverted(s, random))),
            Self::Digested => join(passage.iter().step_by(2).map(|s| s.trim().to_owned())),
            Self::Clipped => join(passage.iter().map(|s| clipped(s))),
        }
    }
}

/// A passage that was taken from one article into another. Offsets are characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InsertedPassage {
    /// The article that holds it now.
    pub susp: String,
    /// Where it begins there.
    pub susp_start: usize,
    /// Where it ends there.
    pub susp_end: usize,
    /// The article that it was taken from.
    pub src: String,
    /// Where it begins there.
    pub src_start: usize,
    /// Where it ends there.
    pub src_end: usize,
    /// What was done to it.
    #[serde(rename = "type")]
    pub class: Rewrite,
}

/// Sentences of a passage, at least and at most.
const SENTENCES: (usize, usize) = (3, 7);

/// Uses a third of `base` as sources, and puts one to three passages from them, all changed in one way, into each second
/// article of the rest. The
/// articles come in the order of `base`, renamed `susp-...` and `src-...`.
#[must_use]
pub fn insert_passages(base: &[BaseText], seed: u64) -> (Vec<BaseText>, Vec<InsertedPassage>) {
    let mut random = Random::new(seed);
    let is_source = |at: usize| at.is_multiple_of(3);
    let sources: Vec<&BaseText> = (0..base.len())
        .filter(|&at| is_source(at) && sentences(&base[at].text).len() >= SENTENCES.1)
        .map(|at| &base[at])
        .collect();
    let (mut articles, mut truth) = (Vec::new(), Vec::new());
    for (at, host) in base.iter().enumerate() {
        if is_source(at) {
            articles.push(BaseText {
                id: format!("src-{}", host.id),
                text: host.text.clone(),
            });
            continue;
        }
        let takes = if at % 2 == 0 && !sources.is_empty() {
            1 + random.below(3)
        } else {
            0
        };
        articles.push(host_with(host, (&sources, takes), &mut random, &mut truth));
    }
    (articles, truth)
}

fn host_with(
    host: &BaseText,
    (sources, takes): (&[&BaseText], usize),
    random: &mut Random,
    truth: &mut Vec<InsertedPassage>,
) -> BaseText {
    let id = format!("susp-{}", host.id);
    let own = sentences(&host.text);
    let class = *random.pick(&Rewrite::ALL);
    let mut text = String::new();
    for part in 0..=takes {
        let from = own.len() * part / (takes + 1);
        let to = own.len() * (part + 1) / (takes + 1);
        text.push_str(own[from..to].concat().trim());
        if part == takes {
            break;
        }
        text.push_str("\n\n");
        let source = random.pick(sources);
        let parts = sentences(&source.text);
        let count = SENTENCES.0 + random.below(SENTENCES.1 - SENTENCES.0 + 1);
        let first = random.below(parts.len() - count + 1);
        let passage = &parts[first..first + count];
        let changed = class.apply(passage, &host.text, random);
        let changed = changed.trim();
        let before = parts[..first].concat().chars().count();
        let susp_start = text.chars().count();
        text.push_str(changed);
        truth.push(InsertedPassage {
            susp: id.clone(),
            susp_start,
            susp_end: susp_start + changed.chars().count(),
            src: format!("src-{}", source.id),
            src_start: before,
            src_end: before + passage.concat().trim_end().chars().count(),
            class,
        });
        text.push_str("\n\n");
    }
    BaseText { id, text }
}

/// The passage with each word replaced by what `change` makes of it.
fn each_word(passage: &[&str], mut change: impl FnMut(&str) -> Option<String>) -> String {
    let whole = passage.concat();
    pieces(&whole)
        .filter_map(|piece| {
            if is_word(piece) {
                change(piece)
            } else {
                Some(piece.to_owned())
            }
        })
        .collect()
}

fn inverted(sentence: &str, random: &mut Random) -> String {
    let body = sentence.trim().trim_end_matches(['.', '!', '?']);
    let mut parts: Vec<&str> = body.split(", ").collect();
    random.shuffle(&mut parts);
    format!("{}.", parts.join(", "))
}

fn clipped(sentence: &str) -> String {
    let body = sentence.trim();
    match body.split_once(", ") {
        Some((first, _)) if first.split_whitespace().count() >= 5 => format!("{first}."),
        _ => body.to_owned(),
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::invented;

    #[test]
    fn offsets_hold_the_passages() {
        let (articles, truth) = insert_passages(&invented(30, 5), 7);
        assert!(!truth.is_empty());
        let text = |id: &str| {
            let found = articles.iter().find(|a| a.id == id);
            found.map(|a| a.text.clone()).unwrap_or_default()
        };
        let part = |id: &str, from: usize, to: usize| -> String {
            text(id).chars().skip(from).take(to - from).collect()
        };
        for row in &truth {
            let taken = part(&row.src, row.src_start, row.src_end);
            let put = part(&row.susp, row.susp_start, row.susp_end);
            assert!(!put.is_empty() && !taken.is_empty());
            if row.class == Rewrite::Lifted {
                assert_eq!(put, taken.trim());
            }
        }
    }
}
