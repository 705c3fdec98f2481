//! Which language's tables fit a text: a count of the commonest function words, nothing more.

/// Languages that have word tables of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// Any other: words are not stemmed, and weighted by length.
    #[default]
    Other,
}

/// The commonest words that are not words of the other language; sorted for binary search.
const ENGLISH: [&str; 22] = [
    "a", "and", "are", "as", "at", "by", "for", "from", "has", "have", "he", "his", "is", "it",
    "not", "of", "on", "that", "the", "this", "to", "with",
];
const GERMAN: [&str; 22] = [
    "als", "auch", "auf", "aus", "das", "dem", "den", "der", "des", "die", "ein", "eine", "er",
    "ist", "mit", "nicht", "sich", "und", "von", "wurde", "zu", "zum",
];

/// Share of function words below which a text counts as neither language. Running English and German prose has
/// more than a fifth; lists of names and other languages stay below a twentieth.
const LEAST_SHARE: usize = 12;

/// Running count of function words.
#[derive(Clone, Copy, Debug, Default)]
pub struct LanguageVotes {
    english: usize,
    german: usize,
    words: usize,
}

impl LanguageVotes {
    /// Counts one word (folded: lower case, no accents). O(log table).
    pub fn add(&mut self, folded: &str) {
        self.words += 1;
        self.english += usize::from(ENGLISH.binary_search(&folded).is_ok());
        self.german += usize::from(GERMAN.binary_search(&folded).is_ok());
    }

    /// The language with more function words, or [`Language::Other`] when both are rare.
    #[must_use]
    pub fn language(self) -> Language {
        let (best, language) = if self.german > self.english {
            (self.german, Language::German)
        } else {
            (self.english, Language::English)
        };
        if best > 0 && best * LEAST_SHARE >= self.words {
            language
        } else {
            Language::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Language {
        let mut votes = LanguageVotes::default();
        text.split(' ').for_each(|w| votes.add(w));
        votes.language()
    }

    #[test]
    fn tables_are_sorted() {
        assert!(ENGLISH.is_sorted() && GERMAN.is_sorted());
    }

    #[test]
    fn function_words_decide() {
        assert_eq!(
            of("the mayor of the town said that it was late"),
            Language::English
        );
        assert_eq!(
            of("der rat der stadt hat das nicht gesagt"),
            Language::German
        );
        assert_eq!(of("le maire de la ville ne veut pas"), Language::Other);
        assert_eq!(LanguageVotes::default().language(), Language::Other);
    }
}
