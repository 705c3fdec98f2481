//! Sentence bounds inside a line, as far as marking a prompt or credit that was glued to a paragraph needs them.

use std::ops::Range;

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

/// Whether `line` has a sentence bound before byte `at`.
pub(crate) fn is_first_sentence(line: &str, at: usize) -> bool {
    sentence_around(line, at).start == 0
}

fn boundaries(line: &str, at: usize) -> (usize, usize) {
    let bytes = line.as_bytes();
    let start = (1..=at)
        .rev()
        .find(|&i| opens_sentence(line, i))
        .unwrap_or(0);
    let end = (at + 1..bytes.len())
        .find(|&i| opens_sentence(line, i))
        .unwrap_or(bytes.len());
    (start, start + line[start..end].trim_end().len())
}

/// Marks that a sentence can start with.
const OPENING_MARKS: [char; 16] = [
    '"', '“', '„', '«', '¿', '¡', '(', '[', '—', '–', '-', '_', '•', '»', '©', '@',
];

/// Whether a sentence starts at byte `i`: white space before it, a stop before that, and a capital, digit or opening
/// mark at it; or a capital right behind a closed quotation, where scrapers lost the line's end.
fn opens_sentence(line: &str, i: usize) -> bool {
    let bytes = line.as_bytes();
    if !line.is_char_boundary(i) {
        return false;
    }
    if !bytes[i - 1].is_ascii_whitespace() {
        let closed = ['"', '”'].iter().any(|&mark| {
            line[..i]
                .strip_suffix(mark)
                .is_some_and(|quoted| quoted.ends_with(['.', '!', '?', ',']))
        });
        return closed && line[i..].starts_with(char::is_uppercase);
    }
    let Some(next) = line[i..].chars().next() else {
        return false;
    };
    if !(next.is_uppercase() || next.is_ascii_digit() || OPENING_MARKS.contains(&next)) {
        return false;
    }
    let before = line[..i]
        .trim_end()
        .trim_end_matches(['"', '”', '“', '’', '»', ')', ']', '*', '_']);
    match before.chars().next_back() {
        Some('!' | '?' | '…' | ':') => true,
        Some('.') => !abbreviates(&before[..before.len() - 1]),
        Some(_) => matches!(next, '—' | '_' | '©' | '•'),
        None => false,
    }
}

fn abbreviates(before: &str) -> bool {
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
        line[sentence_around(line, line.find(word).unwrap())].to_owned()
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
        assert!(is_first_sentence(line, 3));
        assert!(!is_first_sentence(line, 40));
    }
}
