//! Folding: what counts as the same word. Case, compatibility forms (NFKC), accents, and what a character does to the
//! words around it.
//!
//! Folding works on one character at a time, so that every folded byte has a source character and offsets never drift.

use unicode_normalization::char::{
    canonical_combining_class, decompose_compatible, is_combining_mark,
};

/// Hands the folded form of `c` to `emit`: compatibility-decomposed (NFKD), accents dropped, lower case, `ß` as `ss`,
/// final sigma as sigma, and the Latin letters that Unicode does not decompose (`ø ł đ æ œ` and their kin) as what
/// newsrooms without them type. Zero or more characters come out; composed and decomposed input give the same. O(1).
///
/// Accents are the marks with a combining class of their own. Vowel signs of the Indic scripts have none and stay: they
/// are letters there, not ornaments.
#[inline]
pub fn fold_char(c: char, mut emit: impl FnMut(char)) {
    if c.is_ascii() {
        emit(c.to_ascii_lowercase());
        return;
    }
    decompose_compatible(c, |part| {
        if is_accent(part) || is_ignorable(part) {
            return;
        }
        for lower in part.to_lowercase() {
            match spelled_out(lower) {
                Some(letters) => letters.chars().for_each(&mut emit),
                None => emit(lower),
            }
        }
    });
}

/// What ASCII-only newsrooms write for a lower-case letter that has no decomposition.
fn spelled_out(lower: char) -> Option<&'static str> {
    Some(match lower {
        'ß' => "ss",
        'ς' => "σ",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

/// What a character does to the words around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharClass {
    /// Part of a word; an apostrophe may stand between two of these.
    Letter,
    /// A decimal digit (ASCII or full width); a comma or full stop may stand between two of these.
    Digit,
    /// Part of a word that joins nothing: other numerals.
    Numeral,
    /// A word of its own: scripts written without spaces.
    Alone,
    /// An accent: belongs to the word before it and begins none.
    Mark,
    /// As if it were not there: byte-order mark, zero-width and bidirectional controls, soft hyphen, variation selectors.
    Ignorable,
    /// Stays inside a word between two letters.
    Apostrophe,
    /// Stays inside a word between two digits, and between two letters that each stand alone (`U.S`).
    FullStop,
    /// Stays inside a word between two digits.
    Comma,
    /// Ends a word.
    Other,
}

impl CharClass {
    /// The class of `c`. O(1); ASCII, punctuation and Latin letters need no table of Unicode's.
    #[inline]
    pub fn of(c: char) -> Self {
        match c {
            'a'..='z' | 'A'..='Z' => Self::Letter,
            '0'..='9' => Self::Digit,
            '\'' => Self::Apostrophe,
            '.' => Self::FullStop,
            ',' => Self::Comma,
            '\0'..='\x7f' => Self::Other,
            _ => Self::beyond_ascii(c),
        }
    }

    fn beyond_ascii(c: char) -> Self {
        match c {
            '\u{b4}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{ff07}' => {
                Self::Apostrophe
            }
            '\u{2024}' | '\u{ff0e}' => Self::FullStop,
            '\u{ff0c}' => Self::Comma,
            '\u{ff10}'..='\u{ff19}' => Self::Digit,
            '\u{d7}' | '\u{f7}' => Self::Other,
            '\u{c0}'..='\u{24f}' => Self::Letter,
            _ if is_ignorable(c) => Self::Ignorable,
            '\u{2000}'..='\u{206f}' => Self::Other,
            _ if is_accent(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}') => Self::Mark,
            _ if !c.is_alphanumeric() && !is_combining_mark(c) => Self::Other,
            _ if is_unspaced(c) => Self::Alone,
            _ if c.is_alphabetic() || is_combining_mark(c) => Self::Letter,
            _ => Self::Numeral,
        }
    }

    /// Whether the character is part of a word that may hold further characters.
    #[inline]
    pub fn is_word(self) -> bool {
        matches!(self, Self::Letter | Self::Digit | Self::Numeral)
    }
}

fn is_accent(c: char) -> bool {
    canonical_combining_class(c) != 0
}

/// Default-ignorable code points that occur in text: they change no word and part none.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Letters and marks of scripts that are written without spaces (Thai, Lao, Burmese, Khmer, Chinese, Japanese).
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{312f}' | '\u{31a0}'..='\u{31bf}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|c| fold_char(c, |f| out.push(f)));
        out
    }

    #[test]
    fn compatibility_forms_case_and_accents_fold_together() {
        assert_eq!(
            folded("ﬁne Ｆｕｌｌ ｶﾀ Straße ÉCOLE Łódź Ærø İstanbul"),
            folded("fine full カタ strasse ecole lodz aero istanbul")
        );
        assert_eq!(folded("ΟΔΟΣ"), folded("οδος"));
    }

    #[test]
    fn vowel_signs_of_indic_scripts_are_kept() {
        assert_ne!(folded("कि"), folded("का"));
    }

    #[test]
    fn composed_and_decomposed_text_fold_alike() {
        for text in [
            "Zürich Ångström crème brûlée",
            "Владимир Путин ёлка й",
            "ガギグ한국어",
            "naïve Nguyễn Phú Trọng",
        ] {
            let apart: String = text.nfd().collect();
            assert_eq!(folded(text), folded(&apart), "{text}");
        }
    }
}
