//! Where a phrase counts in its line, and how far a picture credit reaches.

use super::lexicon::Hit;
use super::phrases::{Anchor, Entry, HINT};
use super::segmentation::Unit;

/// How much of a phrase's weight counts in this place: all where it fills the unit or stands at an end, none where its
/// anchor or the form of a picture credit is not met.
pub(super) fn hit_factor(line: &str, hit: Hit, unit: &Unit, entry: &Entry) -> f64 {
    // A phrase that reaches over the end of its line has nothing behind it.
    let behind = hit.end.saturating_sub(unit.span.start) as usize;
    let rest = line.get(behind..).unwrap_or("");
    let at_end = rest.len() <= 3;
    let slashed = entry.phrase.starts_with('/') || entry.phrase.ends_with('/');
    if (entry.anchor == Anchor::End && !at_end) || (slashed && !closes_credit(rest)) {
        return 0.0;
    }
    let share = f64::from(hit.end - hit.start) / unit.span.len() as f64;
    if entry.weight <= HINT || share >= 0.2 || at_end || hit.start <= unit.span.start + 2 || slashed
    {
        1.0
    } else if share >= 0.08 {
        0.9
    } else {
        0.75
    }
}

/// Length of the rest of a picture credit behind the phrase `entry`, where a caption stands `before` it and other text
/// behind: up to the bracket that closes it, or the photographer behind a slash. `None` where the phrase is no credit
/// but a part of the caption, as "file photo".
pub(super) fn credit_rest((before, rest): (&str, &str), entry: &Entry) -> Option<usize> {
    /// "/Ann B. Lee": at most so many words are a photographer's name.
    const NAME_WORDS: usize = 3;
    /// Longest credit in brackets.
    const BRACKET_BYTES: usize = 120;
    let opened = before
        .rfind('(')
        .and_then(|open| before.get(open..))
        .is_some_and(|bracket| !bracket.contains(')'));
    if opened || entry.phrase.starts_with('(') {
        let close = rest.find(')').filter(|&close| close <= BRACKET_BYTES)?;
        return Some(close + 1);
    }
    let divided = before.trim_end().ends_with(['|', '/']) || entry.phrase.starts_with('/');
    let named = rest.starts_with('/') || entry.phrase.ends_with('/');
    if !divided && !named {
        return None;
    }
    let mut end = 0;
    if named {
        for word in rest.split_inclusive(char::is_whitespace).take(NAME_WORDS) {
            let bare = word.trim_end();
            if !bare.trim_start_matches('/').starts_with(char::is_uppercase) {
                break;
            }
            end += word.len();
            if bare.ends_with([',', ';', '|']) {
                break;
            }
        }
    }
    let closing = |c: char| matches!(c, '.' | ',' | ';' | '|' | ' ');
    let behind = rest.get(end..).unwrap_or("");
    Some(rest.len() - behind.trim_start_matches(closing).len())
}

/// Whether what follows an agency's name is the rest of a credit: a few words, all names but for the small words of
/// credits. "Reuters/Ipsos poll" is a poll.
pub(super) fn closes_credit(rest: &str) -> bool {
    let small = |word: &str| {
        matches!(
            word.trim_matches(|c: char| !c.is_alphanumeric()),
            "via"
                | "for"
                | "and"
                | "de"
                | "of"
                | "file"
                | "photo"
                | "images"
                | "pool"
                | "handout"
                | "the"
                | ""
        )
    };
    let name = |word: &str| {
        word.trim_start_matches(['(', '/'])
            .starts_with(char::is_uppercase)
    };
    rest.len() <= 90
        && !rest.starts_with("Ipsos")
        && rest
            .split_whitespace()
            .all(|word| name(word) || small(word))
}
