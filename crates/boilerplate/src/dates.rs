//! Lines that are dates, alone or behind names.

use super::shape::{Shape, is_function_word};

/// Names of months and days, short and long, and words that stand with times, in six languages.
const DATE_WORDS: &[&str] = &[
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "posted",
    "published",
    "updated",
    "first",
    "last",
    "modified",
    "on",
    "edited",
    "created",
    "read",
    "um",
    "den",
    "veröffentlicht",
    "aktualisiert",
    "stand",
    "publié",
    "mis",
    "jour",
    "le",
    "modifié",
    "publicado",
    "actualizado",
    "el",
    "pubblicato",
    "aggiornato",
    "il",
    "modifica",
    "atualizado",
    "às",
    "em",
    "a",
    "am",
    "pm",
    "a.m",
    "p.m",
    "gmt",
    "est",
    "edt",
    "et",
    "pst",
    "pdt",
    "pt",
    "bst",
    "utc",
    "cet",
    "ist",
    "uhr",
    "at",
    "de",
    "h",
    "ago",
    "hours",
    "hour",
    "minutes",
    "mins",
    "min",
    "days",
    "day",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "gennaio",
    "febbraio",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "settembre",
    "ottobre",
    "dicembre",
    "janeiro",
    "fevereiro",
    "março",
    "maio",
    "junho",
    "julho",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
];

/// A line of date words and numbers only, with at least one number and either a date word or two separators.
pub(super) fn is_date(line: &str) -> bool {
    if line.len() > 60 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return false;
    }
    let mut named = 0;
    for word in line
        .split(|c: char| {
            c.is_whitespace()
                || matches!(c, ',' | '/' | ':' | '|' | '(' | ')' | '-' | '–' | '·' | '—')
        })
        .filter(|w| !w.is_empty())
    {
        let word = word.trim_matches('.').to_lowercase();
        let number = word.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            || word.trim_end_matches(char::is_alphabetic).len() + 2 >= word.len()
                && word.starts_with(|c: char| c.is_ascii_digit());
        if DATE_WORDS.contains(&word.as_str()) {
            named += 1;
        } else if !number {
            return false;
        }
    }
    named > 0 && line.bytes().any(|b| b.is_ascii_digit())
        || line
            .bytes()
            .filter(|b| matches!(b, b'/' | b'.' | b'-' | b':'))
            .count()
            >= 2
}

/// Two or more capitalised words and a date with its year, little else.
pub(super) fn is_dated(line: &str, shape: &Shape) -> bool {
    if shape.stop
        || shape.quoted
        || shape.numbers < 2
        || shape.words > 14
        || shape.lower_content > 2
    {
        return false;
    }
    let (mut dated, mut year, mut names) = (0, false, 0);
    for word in line.split_whitespace() {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        let number = core.bytes().all(|b| b.is_ascii_digit());
        let small = core.trim_end_matches('.').to_lowercase();
        if number {
            year |= core.len() == 4 && (core.starts_with("19") || core.starts_with("20"));
        } else if DATE_WORDS.contains(&small.as_str()) {
            dated += 1;
        } else if core.starts_with(char::is_uppercase) {
            names += 1;
        } else if core.starts_with(char::is_lowercase) && !is_function_word(core) {
            return false;
        }
    }
    year && dated > 0 && (names >= 2 || (names == 1 && shape.numbers >= 3))
}
