//! Base texts: given ones, replicas of them that share no passage with them, and invented ones.

use std::collections::{BTreeMap, HashMap};

use crate::corpus::Random;

/// One article to make copies of.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseText {
    /// Unique name.
    pub id: String,
    /// The text; paragraphs are parted by empty lines.
    pub text: String,
}

/// The sentences of `text` with the white space behind them, so that joining them gives the text again.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, window) in bytes.windows(2).enumerate() {
        let said = text
            .get(..=at)
            .map_or("", |before| before.trim_end_matches(['"', '”']));
        let ends = said.ends_with(['.', '!', '?']) && window[1].is_ascii_whitespace();
        if ends || window == b"\n\n" {
            let stop = at
                + 1
                + bytes[at + 1..]
                    .iter()
                    .take_while(|b| b.is_ascii_whitespace())
                    .count();
            if stop > start {
                found.extend(text.get(start..stop));
            }
            start = start.max(stop);
        }
    }
    found.extend(text.get(start..));
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Ranks of words that a replica keeps: function words, so that its grammar and its frequencies stay those of news.
const KEPT_RANKS: usize = 100;

/// Words of like frequency that are exchanged with each other.
const RANK_BLOCK: usize = 64;

/// As many new texts as `base` has, of the same lengths and word frequencies, that share no passage with it: sentences are
/// dealt out anew over all texts, and beyond the commonest words each word becomes another of like frequency.
#[must_use]
pub fn replicate(base: &[BaseText], round: u64, seed: u64) -> Vec<BaseText> {
    let mut random = Random::new(seed ^ round << 32);
    let words = exchanged_words(base, &mut random);
    let mut deck: Vec<&str> = base.iter().flat_map(|text| sentences(&text.text)).collect();
    random.shuffle(&mut deck);
    let mut deck = deck.into_iter();
    let replica = |text: &BaseText| BaseText {
        id: format!("{}~{round}", text.id),
        text: deck
            .by_ref()
            .take(sentences(&text.text).len())
            .map(|s| apart(&exchange(s, &words)))
            .collect(),
    };
    base.iter().map(replica).collect()
}

/// With white space behind it.
fn apart(sentence: &str) -> String {
    let space = if sentence.ends_with(char::is_whitespace) {
        ""
    } else {
        " "
    };
    format!("{sentence}{space}")
}

/// For each lower-case word, the word that stands for it.
fn exchanged_words(base: &[BaseText], random: &mut Random) -> HashMap<String, String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for word in base
        .iter()
        .flat_map(|text| pieces(&text.text))
        .filter(|p| is_word(p))
    {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    let mut ranked: Vec<(usize, String)> = counts.into_iter().map(|(w, n)| (n, w)).collect();
    ranked.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1)));
    let ranked: Vec<String> = ranked
        .into_iter()
        .map(|(_, word)| word)
        .skip(KEPT_RANKS)
        .collect();
    let mut exchanged = ranked.clone();
    exchanged
        .chunks_mut(RANK_BLOCK)
        .for_each(|block| random.shuffle(block));
    ranked.into_iter().zip(exchanged).collect()
}

/// Runs of letters, and what stands between them.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let letters = rest.chars().next()?.is_alphabetic();
        let end = rest
            .find(|c: char| c.is_alphabetic() != letters)
            .unwrap_or(rest.len());
        let (piece, left) = rest.split_at(end);
        rest = left;
        Some(piece)
    })
}

/// Whether a piece is a run of letters.
pub(super) fn is_word(piece: &str) -> bool {
    piece.starts_with(char::is_alphabetic)
}

fn exchange(sentence: &str, words: &HashMap<String, String>) -> String {
    let other = |piece: &str| match words.get(&piece.to_lowercase()) {
        Some(word) => in_the_case_of(piece, word),
        None => piece.to_owned(),
    };
    pieces(sentence).map(other).collect()
}

/// `word` capitalised as `model` is.
pub(super) fn in_the_case_of(model: &str, word: &str) -> String {
    if model.chars().all(char::is_uppercase) && model.chars().count() > 1 {
        return word.to_uppercase();
    }
    if !model.starts_with(char::is_uppercase) {
        return word.to_owned();
    }
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// The parts of an invented sentence, one drawn from each list: `N` noun, `V` verb, `A` adjective, `P` proper name, `D`
/// number. Frames of whole sentences would make articles alike that share nothing: some fifty thousand combinations do not.
const PARTS: [&[&str]; 4] = [
    &[
        "",
        "",
        "",
        "",
        "In P, ",
        "On Monday ",
        "According to the N, ",
        "After the N of the A N, ",
        "For D years ",
        "Under the N, ",
        "But ",
        "At a N near P, ",
        "By then ",
        "As the N V, ",
        "Without a N, ",
        "Until the A N, ",
    ],
    &[
        "the N of P ",
        "P, the A N, ",
        "officials ",
        "the A N ",
        "P P, a N of the N, ",
        "D people ",
        "several N and one A N ",
        "critics of the N ",
        "a N for the A N ",
        "the N, which V the N last year, ",
        "nobody in the A N ",
        "it ",
        "both N ",
        "those who V the N ",
    ],
    &[
        "V the N ",
        "would V the A N by D percent ",
        "said that the N was A ",
        "did not V to a N ",
        "has V since the N began ",
        "called the N a A N ",
        "had never V P ",
        "were V ",
        "must V its N within D days ",
        "V a N of D million ",
        "could not V the N or its A N ",
        "was the first N of its kind ",
        "told the N that no N had been V ",
        "keeps V a A N ",
        "asked P to V the N again ",
        "wants more N and fewer N ",
    ],
    &[
        "",
        "",
        "",
        "",
        "for the A N",
        "before the N of the N could V",
        "in the A N near P",
        "when the A N V the N",
        "on Friday",
        "despite D N",
        "and the N followed",
        "with a N from P",
        "because P V its N",
        "at D a N",
        "as P P had said",
        "over the N of D",
    ],
];

/// `words` with a capital at the beginning.
fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

/// Invented words to draw from, by part of speech.
const VOCABULARY: usize = 6_000;

/// `count` invented articles of some 150 to 1,100 words each. No word beyond the frames is real; words are drawn with
/// Zipf's frequencies, so that texts meet in common phrases as real ones do.
#[must_use]
pub fn invented(count: usize, seed: u64) -> Vec<BaseText> {
    let mut random = Random::new(seed);
    let lexicon: Vec<String> = (0..VOCABULARY).map(|_| coin(&mut random)).collect();
    let article = |number: usize| {
        let own = Random::new(seed ^ (number as u64 + 1) << 20);
        BaseText {
            id: format!("invented-{number}"),
            text: Story {
                random: own,
                lexicon: &lexicon,
            }
            .text(),
        }
    };
    (0..count).map(article).collect()
}

fn coin(random: &mut Random) -> String {
    const ONSETS: &[&str] = &[
        "b", "br", "c", "d", "dr", "f", "g", "gl", "h", "k", "l", "m", "n", "p", "pr", "r", "s",
        "st", "t", "tr", "v", "w",
    ];
    const RHYMES: &[&str] = &[
        "a", "an", "ar", "e", "el", "en", "er", "i", "in", "ir", "o", "on", "or", "os", "u", "un",
        "ar", "ett", "ol", "im",
    ];
    let syllables = 2 + random.below(3);
    (0..syllables)
        .map(|_| format!("{}{}", random.pick(ONSETS), random.pick(RHYMES)))
        .collect()
}

struct Story<'a> {
    random: Random,
    lexicon: &'a [String],
}

impl Story<'_> {
    fn text(mut self) -> String {
        let paragraphs = 4 + self.random.below(20);
        let paragraphs = (0..paragraphs).map(|_| {
            let sentences = 1 + self.random.below(4);
            (0..sentences)
                .map(|_| self.sentence())
                .collect::<Vec<_>>()
                .join(" ")
        });
        paragraphs.collect::<Vec<_>>().join("\n\n")
    }

    fn sentence(&mut self) -> String {
        let said = self.random.chance(0.15);
        let mut sentence = String::new();
        for part in PARTS {
            let frame = *self.random.pick(part);
            pieces(frame).for_each(|piece| sentence.push_str(&self.fill(piece)));
        }
        let words = capitalised(sentence.trim_end());
        if said {
            format!("“{words},” said {}.", self.fill("P"))
        } else {
            format!("{words}.")
        }
    }

    fn fill(&mut self, slot: &str) -> String {
        match slot {
            "N" => self.word(0),
            "V" => format!("{}ed", self.word(1)),
            "A" if self.random.chance(0.9) => format!("{}al", self.word(2)),
            "P" => in_the_case_of("P", &self.word(3)),
            "D" => (1 + self.random.below(900)).to_string(),
            other => other.to_owned(),
        }
    }

    /// A word of one part of speech, of rank r with a probability that falls as 1 / r.
    fn word(&mut self, part: usize) -> String {
        let ranks = self.lexicon.len() / 4;
        let uniform = (self.random.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        let rank = (ranks as f64).powf(uniform) as usize - 1;
        self.lexicon[4 * rank.min(ranks - 1) + part].clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_join_to_their_text() {
        let text = "One two. “Three,” he said. \n\nFour!\nFive";
        assert_eq!(sentences(text).concat(), text);
        assert_eq!(sentences(text).len(), 4);
    }

    #[test]
    fn replicas_are_as_long_and_say_something_else() {
        let base = invented(40, 7);
        let replicas = replicate(&base, 1, 7);
        let words = |texts: &[BaseText]| {
            texts
                .iter()
                .map(|t| t.text.split_whitespace().count())
                .sum::<usize>()
        };
        assert_eq!(replicas.len(), 40);
        assert_eq!(words(&base), words(&replicas));
        assert_ne!(base[0].text, replicas[0].text);
        assert_eq!(replicas, replicate(&base, 1, 7));
    }

    #[test]
    fn cases_are_kept() {
        assert_eq!(in_the_case_of("NATO", "ferry"), "FERRY");
        assert_eq!(in_the_case_of("The", "ferry"), "Ferry");
        assert_eq!(in_the_case_of("the", "ferry"), "ferry");
    }
}
