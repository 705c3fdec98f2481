//! Datelines: a place, a day and the agency, before a text begins.

use super::{Credit, PARTICLES, is_abbreviation, is_outlet_like};
use crate::agencies::is_unspaced;
use crate::date;
use crate::outlets::credited;

/// Bytes from a line's start within which a dateline names its agency.
const DATELINE_BYTES: usize = 80;
/// Bytes that the brackets of a credit hold.
const BRACKET_BYTES: usize = 90;
/// Words that a text goes on with behind a dateline without a dash.
const TEXT_WORDS: usize = 8;

/// Reads the dateline that `line` starts with: `PLACE, DATE (NAME) —`, with the dashes and stops of many languages or none;
/// `PLACE, DATE /NAME/`; `【NAME PLACE DATE电】`; `(PLACE=NAME)`. O(length of its start).
pub fn dateline(line: &str) -> Option<Credit> {
    bracketed(line)
        .or_else(|| wired(line))
        .or_else(|| behind_date(line))
}

/// `PLACE, DATE (NAME) —`.
fn bracketed(line: &str) -> Option<Credit> {
    let open = line
        .char_indices()
        .take_while(|&(at, _)| at <= DATELINE_BYTES)
        .find(|&(_, c)| matches!(c, '(' | '（' | '【' | '['))?
        .0;
    let (place, opened) = line.split_at_checked(open)?;
    let (inside, after) = opened.split_once([')', '）', '】', ']'])?;
    let inside = inside.trim_start_matches(['(', '（', '【', '[']).trim();
    if inside.len() > BRACKET_BYTES {
        return None;
    }
    let end = line.len() - after.len();
    let found = |name: String| Some(Credit::whole(vec![name], 0..end));
    if let Some(name) = divided(inside).filter(|_| place.is_empty()) {
        return found(name);
    }
    let place = place.trim();
    let (bare, dashed) = behind(after);
    let native = place
        .chars()
        .all(|c| !c.is_lowercase() && !c.is_uppercase());
    let short = place.split_whitespace().count() <= MOST_PLACE_WORDS;
    if !(is_place(place) || native && short) {
        return None;
    }
    let sure = is_capital(place) || has_date(place);
    if let Some(name) = first_of(inside) {
        let goes_on = bare.split_whitespace().nth(TEXT_WORDS - 1).is_some()
            && !bare.starts_with(char::is_lowercase);
        return found(name.to_owned()).filter(|_| dashed || (sure && goes_on));
    }
    let sure = sure || is_abbreviation(inside);
    found(inside.to_owned()).filter(|_| dashed && sure && is_outlet_like(inside))
}

/// What follows a dateline's bracket, and whether a dash, a colon or a full stop of Devanagari stands between.
fn behind(after: &str) -> (&str, bool) {
    let bare = after.trim_start_matches([' ', '\u{a0}', '.', '_']);
    let text = bare.trim_start_matches(['—', '–', '-', '―', '−', '=', ':', '।']);
    (text.trim_start(), text.len() < bare.len())
}

/// The agency in "서울=연합뉴스", "AFP=時事" (the last), known or not: nothing else has this form.
fn divided(inside: &str) -> Option<String> {
    let (_, name) = inside.rsplit_once(['=', '＝'])?;
    let name = name.trim();
    if let Some((known, _)) = credited(name) {
        return Some(known.to_owned());
    }
    let native = (2..=10).contains(&name.chars().count()) && name.chars().all(is_unspaced);
    native.then(|| name.to_owned())
}

/// The agency in "AFP", "dpa/lsw", "EFE/Ana Ruiz", "Reuters Life!", and not in "AP Photo".
fn first_of(inside: &str) -> Option<&'static str> {
    let (name, length) = credited(inside)?;
    let rest = inside.get(length..)?;
    let photo = rest.to_lowercase().contains("photo") || rest.contains("Getty");
    let ends = rest.is_empty() || rest.starts_with(['/', ',', ' ', '-', '–', ';']);
    (ends && !photo && rest.len() <= 30).then_some(name)
}

/// "新华社北京3月5日电", in brackets or not; "【パリ共同】". The agency may be one that no table holds, "X社…日电".
fn wired(line: &str) -> Option<Credit> {
    let bare = line.trim_start_matches(['【', '（', '(', '[', ' ', '\u{3000}']);
    let bracket = line.starts_with(['【', '（']);
    let head: String = bare.chars().take(40).collect();
    let cut = head.find(['】', '）']).filter(|_| bracket);
    let head = cut.and_then(|cut| head.get(..cut)).unwrap_or(&head);
    let sent = head
        .char_indices()
        .find(|&(at, c)| {
            let dated = head.get(..at).is_some_and(|before| before.ends_with('日'));
            dated && matches!(c, '电' | '電' | '讯' | '訊')
        })
        .map(|(at, c)| at + c.len_utf8());
    let start = line.len() - bare.len();
    let native =
        |&(_, length): &(&str, usize)| head.get(..length).is_some_and(|n| n.ends_with(is_unspaced));
    if let Some(end) = sent {
        let known = credited(head)
            .filter(native)
            .map(|(name, _)| name.to_owned());
        let name = known.or_else(|| {
            let (name, _) = head.split_once('社')?;
            let short = (2..=6).contains(&name.chars().count()) && name.chars().all(is_unspaced);
            short.then(|| format!("{name}社"))
        })?;
        return Some(Credit::whole(vec![name], 0..start + end));
    }
    let end = cut.filter(|_| line.starts_with('【'))?;
    let places = head.char_indices().map(|(at, _)| at);
    let mut tails = places.filter_map(|at| head.get(at..));
    let name = tails
        .find_map(|tail| credited(tail).filter(|&(_, length)| length == tail.len()))?
        .0;
    Some(Credit::whole(
        vec![name.to_owned()],
        0..start + end + '】'.len_utf8(),
    ))
}

/// `PLACE, DATE. /NAME/.`, `PLACE, DATE - NAME.`, `PLACE, DATE, NAME --`.
fn behind_date(line: &str) -> Option<Credit> {
    let divider = |c: char| matches!(c, '/' | '—' | '–' | '-' | '.' | ',');
    let dividers = line
        .char_indices()
        .take_while(|&(at, _)| at <= DATELINE_BYTES)
        .filter(|&(_, c)| divider(c));
    for (at, _) in dividers {
        let (before, rest) = line.split_at_checked(at)?;
        let name = rest.trim_start_matches(|c: char| divider(c) || c.is_whitespace());
        let Some((known, length)) = credited(name) else {
            continue;
        };
        let place = before.trim_end_matches(|c: char| divider(c) || c.is_whitespace());
        let after = name.get(length..)?.trim_start();
        let closed = after.starts_with(['/', '.', '—', '–', '-', ':']);
        // "On 5 March, AA - ...": a place has a mark of its own before the day.
        let placed = place.contains([',', '.']) && is_place(&place.replace('.', " "));
        if closed && placed && has_date(place) {
            let end = line.len() - after.len();
            return Some(Credit::whole(vec![known.to_owned()], 0..end));
        }
    }
    None
}

/// Words that a place and its date have at most.
const MOST_PLACE_WORDS: usize = 7;

/// Whether the words before a dateline's bracket can be a place and a date.
fn is_place(place: &str) -> bool {
    let fits = |word: &str| {
        let bare = word.trim_end_matches([',', '.']);
        word.starts_with(|c: char| !c.is_lowercase())
            || PARTICLES.contains(&bare)
            || date::is_name(bare)
    };
    place.is_empty()
        || (place.starts_with(char::is_uppercase)
            && place.split_whitespace().count() <= MOST_PLACE_WORDS
            && !place.contains(['?', '!', '“', '”', '"', ';'])
            && place.split_whitespace().all(fits))
}

/// Whether `place` is nothing or stands in capitals.
fn is_capital(place: &str) -> bool {
    !place.contains(char::is_lowercase)
}

/// Whether a place is followed by a day.
fn has_date(place: &str) -> bool {
    let words = || {
        place
            .split([' ', ',', '.', '/'])
            .filter(|word| !word.is_empty())
    };
    let day = words().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let native = place
        .chars()
        .all(|c| !c.is_lowercase() && !c.is_uppercase());
    day && (words().any(date::is_name) || native || place.contains('月') || place.contains('월'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(credit: Option<Credit>) -> Vec<String> {
        credit.map(|credit| credit.names).unwrap_or_default()
    }

    #[test]
    fn datelines_of_many_newsrooms_name_their_agency() {
        let text = "The board of the harbour voted on Tuesday to close the market.";
        for (head, name) in [
            ("MARVILLA (EFE).- ", "EFE"),
            ("Madrid, 5 mar (EFE).- ", "EFE"),
            ("Madrid, 5 mar. (Europa Press) - ", "Europa Press"),
            ("New Delhi, Mar 5 (PTI) ", "Press Trust of India"),
            ("PARIS, March 3 (Reuters) - ", "Reuters"),
            ("Paris, le 5 mars 2024 (AFP) – ", "Agence France-Presse"),
            ("Berlin (dpa/lbn) - ", "dpa"),
            ("LONDON (PA) — ", "PA Media"),
            ("(CNN)", "CNN"),
            ("(ANSA) - ROMA, 5 MAR - ", "ANSA"),
            ("HARWICK (LVW) — ", "LVW"),
            ("Harwick, May 5 (Lower Valley Wire) - ", "Lower Valley Wire"),
            ("МОСКВА, 5 марта. /ТАСС/. ", "TASS"),
            ("МОСКВА, 5 мар - РИА Новости. ", "RIA Novosti"),
            ("KYIV. March 5. /Ukrinform/. ", "Ukrinform"),
            ("Riyadh, March 05, 2024, SPA -- ", "Saudi Press Agency"),
            ("İSTANBUL (AA) - ", "Anadolu Agency"),
            ("【新华社北京3月5日电】", "Xinhua"),
            ("新华社北京3月5日电（记者张三）", "Xinhua"),
            ("【海港社3月5日电】", "海港社"),
            ("【ロンドン共同】", "Kyodo News"),
            ("(서울=연합뉴스) 김하나 기자 = ", "Yonhap"),
            ("(서울=항구통신) ", "항구통신"),
            ("القاهرة (أ ف ب) - ", "Agence France-Presse"),
            ("नई दिल्ली, 5 मार्च (पीटीआई)। ", "Press Trust of India"),
        ] {
            assert_eq!(names(dateline(&format!("{head}{text}"))), [name], "{head}");
        }
    }

    #[test]
    fn people_parties_and_places_in_brackets_are_no_agencies() {
        for line in [
            "Ann Low (Labour) - 2,301 votes in the ward of the harbour, and a majority.",
            "Senator Low (D-Ohio) - a quiet man - spoke of the harbour to the board.",
            "The mayor (who was late) - spoke of the harbour to the board that day.",
            "Ann Low (PA) said that the harbour would be closed at the end of May.",
            "WASHINGTON — The board of the harbour voted on Tuesday to close it.",
            "(AP Photo/Ann Low) The board of the harbour voted on Tuesday to close it.",
            "On 5 March, TT - the race - was run on the island in front of a crowd.",
        ] {
            assert_eq!(dateline(line), None, "{line}");
        }
    }
}
