//! Times that head the posts of live pages, and what writers add to an article.

use super::segmentation::Units;

/// How far away the time of another post is looked for.
const POST_REACH: usize = 12;

/// Whether a unit near by has the same key: another time, for digits fold.
pub(super) fn has_twin(units: &Units, at: usize) -> bool {
    let key = units.list[at].keys.whole;
    let near = at.saturating_sub(POST_REACH)..(at + POST_REACH + 1).min(units.list.len());
    near.into_iter()
        .any(|other| other != at && units.list[other].keys.whole == key)
}

/// A bare time of day, as stands over the posts of a live page: "17:42", "9.05". Running times start lower.
pub(super) fn is_time_of_post(line: &str) -> bool {
    const FIRST_HOUR: u32 = 6;
    if line.len() > "17:42".len() {
        return false;
    }
    let parts = line.split_once([':', '.', 'h']);
    let digits = |part: &&str| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit());
    let number = |part: &str| Some(part).filter(digits)?.parse::<u32>().ok();
    parts.is_some_and(|(hours, minutes)| {
        let hours = number(hours)
            .is_some_and(|hours| hours < 24 && (hours >= FIRST_HOUR || line.len() == 5));
        hours && minutes.len() == 2 && number(minutes).is_some_and(|minutes| minutes < 60)
    })
}

/// "Update at 5:26 p.m. ET. The road is open": heads what a writer added to the article.
pub(super) fn is_update_heading(line: &str) -> bool {
    if !line.starts_with(['u', 'U']) {
        return false;
    }
    let mut words = line.split_whitespace();
    let update = words.next().is_some_and(|word| {
        let word = word.trim_end_matches(':');
        word.eq_ignore_ascii_case("update") || word.eq_ignore_ascii_case("updated")
    });
    let timed = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains(':');
    update && words.clone().count() >= 4 && words.take(3).any(timed)
}
