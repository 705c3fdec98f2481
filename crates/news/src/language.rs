//! Which language an article is written in: decides the lexicons for quotations and boilerplate.
//!
//! The main type is [`Language`]; [`detect`] trusts a usable tag of the record and otherwise asks a trigram model
//! about the opening of the text.

use whichlang::Lang;

/// Bytes of text that are looked at: the model settles within a few hundred (its authors' benchmark uses less).
const LOOKED_AT: usize = 1024;

/// A language that has lexicons of its own; everything else is [`Language::Other`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Italian.
    It,
    /// Portuguese.
    Pt,
    /// Any other language.
    Other,
}

impl Language {
    /// Two-letter code (ISO 639-1); none for [`Language::Other`].
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::En => Some("en"),
            Self::De => Some("de"),
            Self::Fr => Some("fr"),
            Self::Es => Some("es"),
            Self::It => Some("it"),
            Self::Pt => Some("pt"),
            Self::Other => None,
        }
    }

    /// The language that a tag names: two or three letters, with or without a region (`en`, `en-GB`, `deu`), in any
    /// case. `None` when the tag does not look like one.
    fn from_tag(tag: &str) -> Option<Self> {
        let base = tag
            .trim()
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let language = match base.as_str() {
            "en" | "eng" | "english" => Self::En,
            "de" | "deu" | "ger" | "german" | "deutsch" => Self::De,
            "fr" | "fra" | "fre" | "french" => Self::Fr,
            "es" | "spa" | "spanish" => Self::Es,
            "it" | "ita" | "italian" => Self::It,
            "pt" | "por" | "portuguese" => Self::Pt,
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

/// The language of `text`. A usable `tag` of the record decides; else the first kilobyte do. Empty text without a
/// tag counts as English. O(1).
#[must_use]
pub fn detect(text: &str, tag: Option<&str>) -> Language {
    if let Some(language) = tag.and_then(Language::from_tag) {
        return language;
    }
    let head = &text[..text.floor_char_boundary(LOOKED_AT)];
    if !head.chars().any(char::is_alphabetic) {
        return Language::default();
    }
    match whichlang::detect_language(head) {
        Lang::Eng => Language::En,
        Lang::Deu => Language::De,
        Lang::Fra => Language::Fr,
        Lang::Spa => Language::Es,
        Lang::Ita => Language::It,
        Lang::Por => Language::Pt,
        _ => Language::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_decide_and_nonsense_tags_do_not() {
        assert_eq!(
            detect("Guten Tag, meine Damen und Herren.", Some("en-GB")),
            Language::En
        );
        assert_eq!(
            detect("Guten Tag, meine Damen und Herren.", Some("PT_br")),
            Language::Pt
        );
        assert_eq!(
            detect("Guten Tag, meine Damen und Herren.", Some("nl")),
            Language::Other
        );
        assert_eq!(
            detect(
                "Der Minister sagte, er werde zurücktreten.",
                Some("unknown")
            ),
            Language::De
        );
    }

    #[test]
    fn the_opening_decides_without_a_tag() {
        for (text, language) in [
            (
                "The mayor said that the bridge would open in the spring.",
                Language::En,
            ),
            (
                "Die Bürgermeisterin sagte, die Brücke werde im Frühjahr eröffnet.",
                Language::De,
            ),
            (
                "La maire a déclaré que le pont serait ouvert au printemps.",
                Language::Fr,
            ),
            (
                "La alcaldesa dijo que el puente se abrirá en la primavera.",
                Language::Es,
            ),
            (
                "La sindaca ha detto che il ponte sarà aperto in primavera.",
                Language::It,
            ),
            (
                "A prefeita disse que a ponte será aberta na primavera, não agora.",
                Language::Pt,
            ),
            ("Мэр сказала, что мост откроется весной.", Language::Other),
            ("", Language::En),
            ("12345 !!", Language::En),
        ] {
            assert_eq!(detect(text, None), language, "{text}");
        }
    }
}
