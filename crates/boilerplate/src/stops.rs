//! What ends a sentence: a stop of any script, seen through what may stand behind it: spaces of all kinds, closing
//! quotation marks and brackets, marks of emphasis.

use wirecopy_document::lines::is_blank;

/// Whether a sentence ends with `c`: Unicode's property `Sentence_Terminal` (PropList.txt) for the scripts in living use, the
/// ellipsis, and the Tibetan shad.
pub(super) fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '\u{589}' | '\u{61d}'..='\u{61f}' | '\u{6d4}' | '\u{700}'..='\u{702}' | '\u{7f9}'
            | '\u{964}' | '\u{965}' | '\u{f0d}' | '\u{f0e}' | '\u{104a}' | '\u{104b}' | '\u{1362}' | '\u{1367}'
            | '\u{1368}' | '\u{17d4}' | '\u{17d5}' | '\u{1803}' | '\u{1809}' | '\u{203c}' | '\u{203d}'
            | '\u{2047}'..='\u{2049}' | '\u{2e2e}' | '\u{3002}' | '\u{aaf0}' | '\u{aaf1}' | '\u{abeb}' | '\u{ff01}'
            | '\u{ff0e}' | '\u{ff1f}' | '\u{ff61}'
    )
}

/// Whether `c` may stand behind the stop of a sentence: quotation marks of all kinds, for what opens in one language
/// closes in another, closing brackets, and the marks of emphasis of plain text.
pub(super) fn is_closing(c: char) -> bool {
    is_quotation_mark(c)
        || matches!(
            c,
            '\'' | '’'
                | '‘'
                | '‚'
                | '‛'
                | '`'
                | '´'
                | '＇'
                | ')'
                | ']'
                | '}'
                | '⟩'
                | '〉'
                | '】'
                | '〕'
                | '〗'
                | '〙'
                | '〛'
                | '）'
                | '］'
                | '｝'
                | '*'
                | '_'
        )
}

/// Whether `c` is a quotation mark that is no apostrophe: Unicode's property `Quotation_Mark` (PropList.txt).
pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '«' | '»' | '‹' | '›' | '“' | '”' | '„' | '‟' | '⹂' | '「'..='』' | '〝'..='〟' | '＂' | '｢' | '｣'
    ) || matches!(c, '《' | '》')
}

/// `line` without what may stand behind a stop.
pub(super) fn without_closing(line: &str) -> &str {
    line.trim_end_matches(|c| is_closing(c) || is_blank(c))
}

/// The stop that ends the sentence which `line` ends with, if it ends one.
pub fn final_stop(line: &str) -> Option<char> {
    let last = line.chars().next_back()?;
    // Most lines end in the stop itself.
    if is_stop(last) {
        return Some(last);
    }
    without_closing(line)
        .chars()
        .next_back()
        .filter(|&c| is_stop(c))
}

/// Whether a sentence, or a quotation that stands for one, ends `line`.
pub(super) fn ends_statement(line: &str) -> bool {
    final_stop(line).is_some() || closes_quotation(line)
}

/// Whether `line` ends in a quotation mark that closes: a guillemet points either way, and alone it points ahead.
fn closes_quotation(line: &str) -> bool {
    let line = line.trim_end_matches(is_blank);
    line.ends_with(['"', '”', '」', '』'])
        || (line.ends_with(['»', '«']) && line.contains('«') && line.contains('»'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stop_is_seen_through_spaces_and_closing_marks() {
        for line in [
            "It rained.",
            "« Il pleut. »",
            "Il pleut ici depuis lundi.\u{a0}»",
            "Il pleut !\u{202f}»",
            "„Es regnet.“",
            "»Es regnet.«",
            "”Det regnar.”",
            "(It rained.)",
            "*It rained.*",
            "``It rained . ''",
            "“‘It rained.’ ”",
            "It rained.\u{200b}",
            "雨が降った。",
            "「雨が降った。」",
            "هل أمطرت؟",
            "بارش ہوئی۔",
            "बारिश हुई।",
            "ዝናብ ዘነበ።",
        ] {
            assert!(final_stop(line).is_some(), "{line}");
        }
        for line in ["Lire la suite »", "It rained", "He said: “Rain”", "»", ""] {
            assert_eq!(final_stop(line), None, "{line}");
        }
        assert!(ends_statement("« Rien ne va plus »") && !ends_statement("Lire la suite »"));
    }
}
