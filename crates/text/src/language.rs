//! The languages that have tables or lexicons of their own.

/// A language that has tables of its own; everything else is [`Language::Other`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
    /// Italian.
    Italian,
    /// Portuguese.
    Portuguese,
    /// Any other: words are not stemmed, and weighted by length.
    Other,
}

impl Language {
    /// Two-letter code (ISO 639-1); none for [`Language::Other`].
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::English => Some("en"),
            Self::German => Some("de"),
            Self::French => Some("fr"),
            Self::Spanish => Some("es"),
            Self::Italian => Some("it"),
            Self::Portuguese => Some("pt"),
            Self::Other => None,
        }
    }

    /// The language that a tag names: two or three letters, with or without a region (`en`, `en-GB`, `deu`), in any
    /// case. `None` when the tag does not look like one.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let base = tag
            .trim()
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let language = match base.as_str() {
            "en" | "eng" | "english" => Self::English,
            "de" | "deu" | "ger" | "german" | "deutsch" => Self::German,
            "fr" | "fra" | "fre" | "french" => Self::French,
            "es" | "spa" | "spanish" => Self::Spanish,
            "it" | "ita" | "italian" => Self::Italian,
            "pt" | "por" | "portuguese" => Self::Portuguese,
            "und" | "mul" | "zxx" => return None,
            other
                if matches!(other.len(), 2 | 3)
                    && other.bytes().all(|b| b.is_ascii_alphabetic()) =>
            {
                Self::Other
            }
            _ => return None,
        };
        Some(language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_with_regions_and_of_three_letters_are_read() {
        assert_eq!(Language::from_tag("en-GB"), Some(Language::English));
        assert_eq!(Language::from_tag(" PT_br"), Some(Language::Portuguese));
        assert_eq!(Language::from_tag("deu"), Some(Language::German));
        assert_eq!(Language::from_tag("nl"), Some(Language::Other));
    }

    #[test]
    fn what_is_no_tag_names_no_language() {
        for tag in ["", "und", "unknown", "e1"] {
            assert_eq!(Language::from_tag(tag), None, "{tag}");
        }
    }
}
