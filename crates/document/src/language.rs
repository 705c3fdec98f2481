//! Which language an article is written in: decides word tables and lexicons.
//!
//! [`detect`] trusts a usable tag of the record and otherwise asks a trigram model about the opening of the text.

use whichlang::Lang;
use wirecopy_text::Language;

/// Bytes of text that are looked at: the model settles within a few hundred (its authors' benchmark uses less).
const LOOKED_AT: usize = 1024;

/// The language of `text`. A usable `tag` of the record decides; else the first kilobyte do. Empty text without a
/// tag counts as English. O(1).
#[must_use]
pub fn detect(text: &str, tag: Option<&str>) -> Language {
    if let Some(language) = tag.and_then(Language::from_tag) {
        return language;
    }
    let head = plain_head(text);
    if !head.chars().any(char::is_alphabetic) {
        return Language::default();
    }
    match whichlang::detect_language(&head) {
        Lang::Eng => Language::English,
        Lang::Deu => Language::German,
        Lang::Fra => Language::French,
        Lang::Spa => Language::Spanish,
        Lang::Ita => Language::Italian,
        Lang::Por => Language::Portuguese,
        _ => Language::Other,
    }
}

/// The beginning of a text with plain spaces alone. The model was trained on French with no-break spaces before its marks,
/// and takes any text with no-break or zero-width spaces for French.
fn plain_head(text: &str) -> String {
    let head = text.get(..text.floor_char_boundary(LOOKED_AT));
    let seen = head.unwrap_or(text).chars().filter(|c| !is_invisible(*c));
    seen.map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

/// Characters of no width: zero-width spaces and joiners, direction marks, soft hyphens, byte-order marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_decide_and_nonsense_tags_do_not() {
        assert_eq!(
            detect("Guten Tag, meine Damen und Herren.", Some("en-GB")),
            Language::English
        );
        assert_eq!(
            detect("Guten Tag, meine Damen und Herren.", Some("PT_br")),
            Language::Portuguese
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
            Language::German
        );
    }

    #[test]
    fn the_kind_of_space_makes_no_difference() {
        let text = "The mayor said that the bridge would open in the spring, and no one objected.";
        for space in ["\u{a0}", "\u{202f}", "\u{2009}", " \u{200b}", "\u{ad} "] {
            let spaced = text.replace(' ', space);
            assert_eq!(detect(&spaced, None), Language::English, "{space:?}");
        }
    }

    #[test]
    fn the_opening_decides_without_a_tag() {
        for (text, language) in [
            (
                "The mayor said that the bridge would open in the spring.",
                Language::English,
            ),
            (
                "Die Bürgermeisterin sagte, die Brücke werde im Frühjahr eröffnet.",
                Language::German,
            ),
            (
                "La maire a déclaré que le pont serait ouvert au printemps.",
                Language::French,
            ),
            (
                "La alcaldesa dijo que el puente se abrirá en la primavera.",
                Language::Spanish,
            ),
            (
                "La sindaca ha detto che il ponte sarà aperto in primavera.",
                Language::Italian,
            ),
            (
                "A prefeita disse que a ponte será aberta na primavera, não agora.",
                Language::Portuguese,
            ),
            ("Мэр сказала, что мост откроется весной.", Language::Other),
            ("", Language::English),
            ("12345 !!", Language::English),
        ] {
            assert_eq!(detect(text, None), language, "{text}");
        }
    }
}
