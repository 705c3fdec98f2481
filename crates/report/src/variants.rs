//! The wordings of one utterance.

use wirecopy_findings::{EditKindName, QuoteGroupRecord, QuoteRecord};

use crate::diff_runs::{Piece, inline, tokens, word_diff};
use crate::index::View;

/// The different wordings of a group (case and punctuation aside), each with the documents that have it: of those that
/// are whole (four fifths of the longest, at least) the commonest first, then fragments by length. O(members x wordings).
pub(crate) fn variants<'a>(
    view: &View<'a>,
    group: &QuoteGroupRecord,
) -> Vec<(&'a QuoteRecord, Vec<&'a str>)> {
    let mut by_words: Vec<(Vec<u64>, &QuoteRecord, Vec<&str>)> = Vec::new();
    for quote in group.quotes.iter().filter_map(|id| view.quote(id)) {
        let words = tokens(&quote.text).hashes().to_vec();
        match by_words.iter_mut().find(|(known, ..)| *known == words) {
            Some((_, _, places)) if places.last() == Some(&&*quote.document) => {}
            Some((_, _, places)) => places.push(&quote.document),
            None => by_words.push((words, quote, vec![&quote.document])),
        }
    }
    by_words.sort_by_key(|(words, _, places)| std::cmp::Reverse((words.len(), places.len())));
    let longest = by_words.first().map_or(0, |(words, ..)| words.len());
    let whole = by_words.partition_point(|(words, ..)| 5 * words.len() >= 4 * longest);
    by_words[..whole].sort_by_key(|(_, _, places)| std::cmp::Reverse(places.len()));
    by_words
        .into_iter()
        .map(|(_, quote, places)| (quote, places))
        .collect()
}

/// A wording against the main one, in one text. What it lacks at its ends is left out: a shorter quotation is not an
/// altered one.
pub(crate) fn differences<'t>(main: &'t str, other: &'t str) -> Vec<Piece<'t>> {
    let runs = word_diff(main, other);
    let mut pieces = inline(&runs, (main, other), 0..main.len());
    let missing = |p: &Piece<'_>| {
        let no_word = !p.text.contains(char::is_alphanumeric);
        p.kind == EditKindName::Cut || (p.kind == EditKindName::Kept && no_word)
    };
    let end = pieces
        .iter()
        .rposition(|p| !missing(p))
        .map_or(0, |at| at + 1);
    pieces.truncate(end);
    let start = pieces.iter().position(|p| !missing(p)).unwrap_or(0);
    pieces.split_off(start)
}
