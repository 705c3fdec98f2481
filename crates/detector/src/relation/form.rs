//! One form filled in twice: texts that share a template and tell of other things.
//!
//! Quake notices, match reports, forecasts and dealings notices are written from templates. Two of them share most words,
//! and the words that differ are names, numbers and dates. Two copies of one story share their names and numbers, whatever
//! else an editor changed.

use wirecopy_core::similarity::distinct;
use wirecopy_text::ByteSpan;

/// Distinct names (or distinct numbers) that both texts must have before their disagreement counts. Guess: a dateline and
/// a byline give a story two or three.
const MIN_FACTS: usize = 4;
/// Facts that each of two such texts then has to itself, at least: half of [`MIN_FACTS`].
pub(super) const MIN_OWN_FACTS: u32 = 2;
/// Common share of the names, or numbers, of the text with fewer, up to which two texts tell of other things. Guess.
const MAX_COMMON_FACTS: f64 = 0.5;
/// Share of the words that stand in one text alone which must be names or numbers. Guess: a garbled copy misspells names
/// and other words alike, so there it is about the share of names in a text.
const MIN_FACT_SHARE: f64 = 0.5;

/// The words of one body, and which of them are facts. Columns of token hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormWords {
    /// In the order of the text.
    words: Vec<u64>,
    /// Ascending and distinct, like the numbers.
    names: Vec<u64>,
    numbers: Vec<u64>,
}

impl FormWords {
    /// The words of a body: the tokens' `spans` in `text` (ascending) and their hashes, entry for entry. A number is a token
    /// with a digit; a name is a token with a capital that no sentence begins with. O(bytes + tokens log tokens).
    #[must_use]
    pub fn of(text: &str, spans: &[ByteSpan], hashes: &[u64]) -> Self {
        let mut found = Self {
            words: hashes.to_vec(),
            ..Self::default()
        };
        let mut before = 0;
        for (&span, &hash) in spans.iter().zip(hashes) {
            let word = span.of(text);
            let gap = text.get(before..span.start as usize).unwrap_or_default();
            if has_digit(word) {
                found.numbers.push(hash);
            } else if word.chars().next().is_some_and(char::is_uppercase)
                && before > 0
                && !begins_sentence(gap)
            {
                found.names.push(hash);
            }
            before = span.end as usize;
        }
        distinct(&mut found.names);
        distinct(&mut found.numbers);
        found
    }

    /// Whether two texts that share most of their words are one form filled in for other things: most names or most numbers
    /// are not common to both, and most of the words that are not common are names and numbers. Symmetric. O(facts), and
    /// O(tokens log tokens) where they disagree.
    #[must_use]
    pub fn tells_of_other_things(&self, other: &Self) -> bool {
        let differ = disagree(&self.names, &other.names) || disagree(&self.numbers, &other.numbers);
        differ && {
            let (words_a, words_b) = (self.distinct_words(), other.distinct_words());
            let (facts_a, all_a) = self.alone(&words_a, &words_b);
            let (facts_b, all_b) = other.alone(&words_b, &words_a);
            let (facts, all) = (facts_a + facts_b, all_a + all_b);
            facts as f64 >= MIN_FACT_SHARE * all as f64
        }
    }

    fn distinct_words(&self) -> Vec<u64> {
        let mut words = self.words.clone();
        distinct(&mut words);
        words
    }

    /// Of `words`, which are those of this body, those that are not in `others`: the facts, and all. Both ascend.
    fn alone(&self, words: &[u64], others: &[u64]) -> (usize, usize) {
        let alone = words
            .iter()
            .filter(|word| others.binary_search(word).is_err());
        let is_fact = |word: &u64| {
            self.names.binary_search(word).is_ok() || self.numbers.binary_search(word).is_ok()
        };
        alone.fold((0, 0), |(facts, all), word| {
            (facts + usize::from(is_fact(word)), all + 1)
        })
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
        || !word.is_ascii() && word.chars().any(char::is_numeric)
}

/// Whether both columns hold enough facts of one sort and have few of them in common.
fn disagree(a: &[u64], b: &[u64]) -> bool {
    let fewer = a.len().min(b.len());
    let common = a
        .iter()
        .filter(|fact| b.binary_search(fact).is_ok())
        .count();
    fewer >= MIN_FACTS && common as f64 <= MAX_COMMON_FACTS * fewer as f64
}

/// Whether what stands between two tokens ends a sentence or opens a line or a quotation.
fn begins_sentence(gap: &str) -> bool {
    gap.contains([
        '.', '!', '?', ':', '\n', '\r', '“', '"', '„', '«', '»', '。', '…',
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_text::{Tokenizer, Tokens};

    fn words(text: &str) -> FormWords {
        let mut tokens = Tokens::default();
        Tokenizer::default().tokenize(text, &mut tokens);
        FormWords::of(text, tokens.spans(), tokens.hashes())
    }

    const TUESDAY: &str = "The ferry to Skerrow left Port Selwyn at 6.15 on Tuesday with 212 people on board.         Captain Corin Haddow turned back after 40 minutes. No one was hurt.";

    #[test]
    fn other_names_and_numbers_in_the_same_words_are_one_form() {
        let other = "The ferry to Hallam left Upper Cressing at 9.40 on Friday with 87 people on board.             Captain Dora Finch turned back after 25 minutes. No one was hurt.";
        assert!(words(TUESDAY).tells_of_other_things(&words(other)));
        assert!(words(other).tells_of_other_things(&words(TUESDAY)));
    }

    #[test]
    fn a_copy_with_a_corrected_number_and_other_plain_words_is_none() {
        let edited = "The boat to Skerrow sailed from Port Selwyn at 6.15 on Tuesday carrying 214 passengers. \
            Captain Corin Haddow went back after 40 minutes. Nobody was hurt.";
        assert!(!words(TUESDAY).tells_of_other_things(&words(edited)));
        assert!(!words(TUESDAY).tells_of_other_things(&words(TUESDAY)));
    }

    #[test]
    fn texts_with_few_facts_are_never_one_form() {
        let (a, b) = (
            words("He met Ann Ode in Port Selwyn."),
            words("He met Bram Esker in Hallam."),
        );
        assert!(!a.tells_of_other_things(&b));
    }
}
