//! Sentence bounds inside a line, as far as marking a prompt or credit that was glued to a paragraph needs them.

use std::ops::Range;

use super::stops::{final_stop, is_closing, is_stop, without_closing};
use wirecopy_document::lines::is_blank;

/// Words before a stop that do not end a sentence, without the stop.
const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "St", "Sen", "Rep", "Gov", "Gen", "Lt", "Col", "Sgt", "Capt", "Prof",
    "Rev", "Hon", "Jr", "Sr", "vs", "No", "Inc", "Corp", "Ltd", "Co", "Jan", "Feb", "Mar", "Apr",
    "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Mt", "Ft", "Hr", "Fr", "bzw", "ca", "etc", "Sra",
    "Dra", "Mme", "Nr", "a.m", "p.m",
];

/// The sentence of `line` that holds byte `at`; both index `line`. Ends exclude white space. O(distance to the bounds).
pub(crate) fn sentence_around(line: &str, at: usize) -> Range<usize> {
    let (start, end) = boundaries(line, at);
    start..end
}

/// Whether `line` has no sentence bound up to byte `at`.
pub(crate) fn is_first_sentence(line: &str, at: usize) -> bool {
    sentence_around(line, at).start == 0
}

/// Whether a sentence starts within `reach` bytes before byte `at` of `line`, or at it. O(reach).
pub(crate) fn opens_near(line: &str, at: usize, reach: usize) -> bool {
    let from = at.saturating_sub(reach);
    (from..=at).any(|place| place == 0 || opens_sentence(line, place))
}

fn boundaries(line: &str, at: usize) -> (usize, usize) {
    let start = (1..=at)
        .rev()
        .find(|&i| opens_sentence(line, i))
        .unwrap_or(0);
    let end = (at + 1..line.len())
        .find(|&i| opens_sentence(line, i))
        .unwrap_or(line.len());
    let sentence = line.get(start..end).unwrap_or_default();
    (start, start + sentence.trim_end_matches(is_blank).len())
}

/// Marks that a sentence can start with.
const OPENING_MARKS: [char; 20] = [
    '"', '“', '„', '«', '»', '‹', '›', '「', '『', '‘', '`', '¿', '¡', '(', '[', '—', '–', '-',
    '_', '•',
];
/// The same, where no stop need stand before them.
const DIVIDING_MARKS: [char; 4] = ['—', '_', '©', '•'];

/// Bytes before a place in which its stop is looked for: marks may be heaped up there.
const LOOK_BACK: usize = 64;

/// Whether a sentence starts at byte `i`: white space before it, a stop before that, and a capital, a letter of a script
/// without capitals, a digit or an opening mark at it; or a capital right behind a closed quotation, where scrapers lost
/// the line's end; or anything behind a stop of a script that is written without spaces.
fn opens_sentence(line: &str, i: usize) -> bool {
    let Some((head, tail)) = line.split_at_checked(i) else {
        return false;
    };
    let near = head.ceil_char_boundary(head.len().saturating_sub(LOOK_BACK));
    let head = head.get(near..).unwrap_or_default();
    let (Some(last), Some(next)) = (head.chars().next_back(), tail.chars().next()) else {
        return false;
    };
    if !is_blank(last) {
        let unspaced = |c: char| matches!(c, '。' | '！' | '？');
        let stop = (unspaced(last) || is_closing(last)).then(|| final_stop(head));
        return match stop.flatten() {
            Some(stop) if unspaced(stop) => !is_closing(next) && !is_stop(next),
            _ => closes_glued(head) && next.is_uppercase(),
        };
    }
    if is_blank(next) {
        return false;
    }
    let letter = next.is_alphabetic() && !next.is_lowercase();
    let mark = OPENING_MARKS.contains(&next) || matches!(next, '©' | '@');
    if !(letter || next.is_ascii_digit() || mark) {
        return false;
    }
    let before = without_closing(head);
    match before.chars().next_back() {
        Some('.') => !abbreviates(before),
        Some(c) if is_stop(c) || c == ':' => true,
        Some(_) => DIVIDING_MARKS.contains(&next),
        None => false,
    }
}

/// Whether `head` ends in a quotation mark with a stop or comma in it.
fn closes_glued(head: &str) -> bool {
    let quoted = head.strip_suffix(['"', '”']);
    quoted.is_some_and(|quoted| quoted.ends_with(['.', '!', '?', ',']))
}

/// Whether the full stop that `before` ends with is that of an abbreviation.
fn abbreviates(before: &str) -> bool {
    let before = before.strip_suffix('.').unwrap_or(before);
    let word = before
        .rsplit([' ', '(', '"', '“', '\u{a0}'])
        .next()
        .unwrap_or("");
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted = word.len() >= 3
        && word.contains('.')
        && word.len() <= 6
        && !word.ends_with("p.m")
        && !word.ends_with("a.m");
    initial || dotted || ABBREVIATIONS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(line: &str, word: &str) -> String {
        let range = sentence_around(line, line.find(word).unwrap());
        line.get(range).unwrap().to_owned()
    }

    #[test]
    fn a_sentence_ends_at_a_stop_but_not_at_an_abbreviation() {
        let line = "The U.S. team met Mr. Ode in Oslo. Ann B. Lee contributed to this report. (Editing by X)";
        assert_eq!(sentence(line, "met"), "The U.S. team met Mr. Ode in Oslo.");
        assert_eq!(
            sentence(line, "contributed"),
            "Ann B. Lee contributed to this report."
        );
        assert_eq!(sentence(line, "Editing"), "(Editing by X)");
        let glued = "“It is more than it was.”The Bell Wire contributed to this report.";
        assert_eq!(
            sentence(glued, "contributed"),
            "The Bell Wire contributed to this report."
        );
        let french = "Il pleut ici depuis lundi.\u{a0}» Avec AFP.";
        assert_eq!(sentence(french, "AFP"), "Avec AFP.");
        let japanese = "雨が降った。川があふれた。";
        assert_eq!(sentence(japanese, "川"), "川があふれた。");
        assert!(opens_near(line, 35, 0) && opens_near(line, 37, 2) && !opens_near(line, 38, 2));
        assert!(is_first_sentence(line, 3));
        assert!(!is_first_sentence(line, 40));
    }
}
