//! Light stemming: forms of one word get one stem. A stem need not be a word, only the same for its forms.
//!
//! English and German inflection, a few English derivations (*-tion*, *-ment*, *-ly*, *-ness*). Errors are cheap
//! here: a stem is one piece of evidence among many, and too little stemming costs less than too much.

use super::language::Language;

/// Cuts `word` (folded) to its stem in place. O(length).
pub fn stem(word: &mut String, language: Language) {
    match language {
        Language::English => stem_english(word),
        Language::German => stem_german(word),
        _ => {}
    }
}

fn stem_english(word: &mut String) {
    if word.len() <= 3 || !word.is_ascii() || word.as_bytes()[0].is_ascii_digit() {
        return;
    }
    cut_plural(word);
    if cut(word, "ingly", 3) || cut(word, "edly", 3) || cut_verb_ending(word) {
        undouble(word);
    } else if !(cut(word, "iveness", 3) || cut(word, "ness", 3)) {
        cut(word, "ly", 3);
    }
    if cut(word, "ization", 3)
        || cut(word, "isation", 3)
        || cut(word, "ize", 3)
        || cut(word, "ise", 4)
    {
        return;
    }
    if !cut_ation(word) && !cut(word, "ment", 4) {
        cut_final_vowel(word);
    }
}

fn cut_plural(word: &mut String) {
    if replace(word, "ies", "y", 2) || replace(word, "sses", "ss", 1) {
        return;
    }
    for ending in ["xes", "zes", "ches", "shes"] {
        if word.ends_with(ending) {
            word.truncate(word.len() - 2);
            return;
        }
    }
    let bytes = word.as_bytes();
    let before = bytes[bytes.len() - 2];
    if bytes[bytes.len() - 1] == b's' && !matches!(before, b's' | b'u' | b'i') {
        word.pop();
    }
}

fn cut_verb_ending(word: &mut String) -> bool {
    for ending in ["ing", "ed"] {
        let Some(rest) = word.strip_suffix(ending) else {
            continue;
        };
        if rest.len() >= 3 && rest.bytes().any(is_vowel) {
            word.truncate(rest.len());
            return true;
        }
    }
    false
}

/// *planned* -> *plan*, but *called* -> *call*.
fn undouble(word: &mut String) {
    let bytes = word.as_bytes();
    if let [.., x, y] = bytes
        && x == y
        && !matches!(y, b'l' | b's' | b'z' | b'e' | b'o')
    {
        word.pop();
    }
}

/// *escalation* -> *escalat*, which is also what *escalate* comes to.
fn cut_ation(word: &mut String) -> bool {
    match word.strip_suffix("ion") {
        Some(rest) if rest.len() >= 4 && (rest.ends_with('t') || rest.ends_with('s')) => {
            word.truncate(word.len() - 3);
            true
        }
        _ => false,
    }
}

fn cut_final_vowel(word: &mut String) {
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    } else if word.len() > 3 && word.ends_with('y') {
        word.pop();
        word.push('i');
    }
}

fn stem_german(word: &mut String) {
    for ending in ["ungen", "ung", "ern", "em", "er", "en", "es", "e", "s", "n"] {
        if cut(word, ending, 4) {
            return;
        }
    }
}

fn cut(word: &mut String, ending: &str, least: usize) -> bool {
    replace(word, ending, "", least)
}

fn replace(word: &mut String, ending: &str, by: &str, least: usize) -> bool {
    match word.strip_suffix(ending) {
        Some(rest) if rest.len() >= least && rest.is_char_boundary(rest.len()) => {
            word.truncate(rest.len());
            word.push_str(by);
            true
        }
        _ => false,
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(word: &str) -> String {
        let mut word = word.to_owned();
        stem(&mut word, Language::English);
        word
    }

    #[test]
    fn forms_of_one_english_word_meet() {
        for forms in [
            &["warn", "warns", "warned", "warning"][..],
            &["impose", "imposes", "imposed", "imposing"],
            &["escalate", "escalated", "escalation"],
            &["plan", "plans", "planned", "planning"],
            &["country", "countries"],
            &["commit", "commits", "commitment"],
            &["sanction", "sanctions", "sanctioned"],
        ] {
            let stems: Vec<String> = forms.iter().map(|w| english(w)).collect();
            assert!(stems.iter().all(|s| *s == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn short_words_and_other_scripts_are_left() {
        assert_eq!(english("us"), "us");
        assert_eq!(english("2019s"), "2019s");
        let mut greek = "αθηνας".to_owned();
        stem(&mut greek, Language::German);
        assert_eq!(greek, "αθηνας");
    }

    #[test]
    fn german_endings_fall() {
        let mut a = "gesprache".to_owned();
        let mut b = "gesprachen".to_owned();
        stem(&mut a, Language::German);
        stem(&mut b, Language::German);
        assert_eq!(a, b);
    }
}
