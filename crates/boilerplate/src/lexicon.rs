//! Finding the phrases of the lexicon in a line.
//!
//! Whole-line and opening phrases are looked up by [`LineKeys`], which costs one table access per line; phrases that
//! count anywhere are found by a [`Scanner`], phrases that end a line by their last bytes.

use std::sync::LazyLock;

use hashbrown::HashMap;
use wirecopy_text::ByteSpan;

use super::line_fingerprint::{LineKeys, PREFIX_WORDS};
use super::phrase_matcher::Scanner;
use super::phrases::{Anchor, Entry, entries};

/// The compiled tables.
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    anywhere: Scanner,
    /// Pattern number of `anywhere` to entry.
    patterns: Vec<u32>,
    /// Last three bytes of a phrase, small, to the phrases with anchor `End`.
    endings: HashMap<[u8; 3], Vec<u32>>,
    lines: HashMap<u64, u32>,
    openings: HashMap<u64, Vec<u32>>,
}

/// A phrase found: its entry, and its bytes in the text that was searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    pub entry: u32,
    pub start: u32,
    pub end: u32,
}

impl Lexicon {
    /// The one lexicon; built at first use (some milliseconds), immutable.
    pub(crate) fn shared() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);
        &LEXICON
    }

    /// The entry that a hit names.
    pub(crate) fn entry(&self, hit: Hit) -> &Entry {
        &self.entries[hit.entry as usize]
    }

    /// Adds all phrases with anchor `Any` in `window` of `text` to `hits`: ascending, disjoint, of several that overlap
    /// the leftmost and longest. O(window).
    pub(crate) fn find_anywhere(&self, text: &str, window: ByteSpan, hits: &mut Vec<Hit>) {
        let bytes = text.as_bytes();
        let first = hits.len();
        self.anywhere
            .find(&bytes[window.range()], |pattern, start, end| {
                let span =
                    ByteSpan::new(window.start as usize + start, window.start as usize + end);
                if at_word_bounds(bytes, span.start as usize, span.end as usize) {
                    let entry = self.patterns[pattern as usize];
                    hits.push(Hit {
                        entry,
                        start: span.start,
                        end: span.end,
                    });
                }
            });
        keep_leftmost_longest(hits, first);
    }

    /// Adds the longest phrase with anchor `End` that ends `line`, but for at most three bytes of stops and brackets,
    /// unless a hit covers its place already. O(1).
    pub(crate) fn find_ending(&self, text: &str, line: ByteSpan, hits: &mut Vec<Hit>) {
        let content = line.of(text);
        let core = content.trim_end_matches(['.', ')', ']', '!', '…', '»', ' ', '→', '*']);
        if content.len() - core.len() > 3 {
            return;
        }
        let fits = |&entry: &u32| {
            let phrase = self.entries[entry as usize].phrase;
            let at = core.len().checked_sub(phrase.len())?;
            let same = core.as_bytes()[at..].eq_ignore_ascii_case(phrase.as_bytes());
            let start = line.start as usize + at;
            (same && at_word_bounds(text.as_bytes(), start, start + phrase.len()))
                .then_some((phrase.len(), entry))
        };
        // A phrase may itself end in a mark that was trimmed, as "(ap)": its core stands in the table.
        let tail = core
            .as_bytes()
            .last_chunk::<3>()
            .map(|tail| tail.map(|byte| byte.to_ascii_lowercase()));
        let list = tail.and_then(|tail| self.endings.get(&tail));
        let best = list.and_then(|list| list.iter().filter_map(fits).max());
        if let Some((length, entry)) = best {
            let end = line.start as usize + core.len();
            let span = ByteSpan::new(end - length, end);
            if hits.last().is_none_or(|last| last.end <= span.start) {
                hits.push(Hit {
                    entry,
                    start: span.start,
                    end: span.end,
                });
            }
        }
    }

    /// The whole-line phrase that `keys` is, if any.
    pub(crate) fn line(&self, keys: &LineKeys) -> Option<&Entry> {
        self.lines
            .get(&keys.whole)
            .map(|&entry| &self.entries[entry as usize])
    }

    /// The longest opening phrase of `line`, whose keys are `keys`.
    pub(crate) fn opening(&self, line: &str, keys: &LineKeys) -> Option<&Entry> {
        (1..=PREFIX_WORDS)
            .rev()
            .filter_map(|words| self.openings.get(&keys.prefix(words)?))
            .find_map(|list| {
                let fits = |&&entry: &&u32| colon_fits(self.entries[entry as usize].phrase, line);
                list.iter()
                    .find(fits)
                    .map(|&entry| &self.entries[entry as usize])
            })
    }

    fn build() -> Self {
        let entries = entries();
        let mut sources = Vec::new();
        let mut patterns = Vec::new();
        let mut lines = HashMap::new();
        let mut openings: HashMap<u64, Vec<u32>> = HashMap::new();
        let mut endings: HashMap<[u8; 3], Vec<u32>> = HashMap::new();
        for (number, entry) in (0u32..).zip(&entries) {
            let keys = LineKeys::of(entry.phrase);
            match entry.anchor {
                Anchor::Line => _ = lines.entry(keys.whole).or_insert(number),
                Anchor::Start => openings.entry(opening_key(&keys)).or_default().push(number),
                Anchor::End => endings
                    .entry(ending_key(entry.phrase))
                    .or_default()
                    .push(number),
                Anchor::Any => {
                    for spelling in spellings(entry.phrase) {
                        sources.push(spelling);
                        patterns.push(number);
                    }
                }
            }
        }
        let anywhere = Scanner::new(sources);
        Self {
            entries,
            anywhere,
            patterns,
            endings,
            lines,
            openings,
        }
    }
}

fn opening_key(keys: &LineKeys) -> u64 {
    keys.prefix(keys.words as usize)
        .expect("opening phrases are one to six words long")
}

/// The last three bytes of a phrase, small.
fn ending_key(phrase: &str) -> [u8; 3] {
    let tail = phrase
        .as_bytes()
        .last_chunk::<3>()
        .expect("ending phrases have at least three bytes");
    tail.map(|byte| byte.to_ascii_lowercase())
}

/// Sorts `hits[first..]` and drops those that overlap an earlier or, from the same place, a longer one.
fn keep_leftmost_longest(hits: &mut Vec<Hit>, first: usize) {
    hits[first..].sort_unstable_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.entry));
    let mut kept = first;
    for at in first..hits.len() {
        if kept == first || hits[kept - 1].end <= hits[at].start {
            hits[kept] = hits[at];
            kept += 1;
        }
    }
    hits.truncate(kept);
}

/// A phrase with straight and with curly apostrophes, and with a capital first letter where that is not ASCII (the
/// automaton folds ASCII only).
fn spellings(phrase: &str) -> Vec<String> {
    let first = phrase.chars().next().expect("phrases are not empty");
    let mut out = vec![phrase.to_owned()];
    if !first.is_ascii() {
        out.push(first.to_uppercase().chain(phrase.chars().skip(1)).collect());
    }
    if phrase.contains('\'') {
        let curly: Vec<String> = out
            .iter()
            .map(|spelling| spelling.replace('\'', "’"))
            .collect();
        out.extend(curly);
    }
    out
}

/// Whether the phrase neither starts nor ends inside a word. O(1).
fn at_word_bounds(bytes: &[u8], start: usize, end: usize) -> bool {
    let wordy = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
    let letter = |byte: u8| byte.is_ascii_alphanumeric();
    let opens = start == 0
        || !letter(bytes[start])
        || !wordy(bytes[start - 1])
        || closes_quote(bytes, start);
    let closes = end == bytes.len() || !letter(bytes[end - 1]) || !letter(bytes[end]);
    opens && closes
}

/// Whether the three bytes before `at` are general punctuation (U+2000 to U+206F) or the two are Latin-1 symbols.
fn closes_quote(bytes: &[u8], at: usize) -> bool {
    (at >= 3 && bytes[at - 3] == 0xe2 && (bytes[at - 2] == 0x80 || bytes[at - 2] == 0x81))
        || (at >= 2 && bytes[at - 2] == 0xc2)
}

/// A phrase with a final colon wants a colon, dash or bar after its last word in the line.
fn colon_fits(phrase: &str, line: &str) -> bool {
    let Some(words) = phrase.strip_suffix(':') else {
        return true;
    };
    let count = words.split_whitespace().count();
    let rest = skip_words(line, count);
    rest.starts_with([':', '|', '–', '—', '>', '»', '：']) || rest.starts_with("- ")
}

/// What follows the first `count` words of `line`, without leading white space.
fn skip_words(line: &str, count: usize) -> &str {
    let mut rest = line;
    for _ in 0..count {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        rest = rest.trim_start_matches(|c: char| {
            c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.')
        });
    }
    rest.trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(text: &str) -> Vec<&'static str> {
        let lexicon = Lexicon::shared();
        let mut hits = Vec::new();
        lexicon.find_anywhere(text, ByteSpan::new(0, text.len()), &mut hits);
        hits.iter().map(|&hit| lexicon.entry(hit).phrase).collect()
    }

    #[test]
    fn phrases_are_found_in_any_case_and_at_word_bounds() {
        assert_eq!(
            phrases("SUBSCRIBE to our Newsletter!"),
            ["subscribe to our newsletter"]
        );
        assert_eq!(phrases("À lire aussi : la marée"), ["à lire aussi"]);
        assert_eq!(phrases("The unsubscribed unmuted him"), Vec::<&str>::new());
    }

    #[test]
    fn openings_take_the_longest_phrase_and_its_colon() {
        let lexicon = Lexicon::shared();
        let opening = |line| {
            lexicon
                .opening(line, &LineKeys::of(line))
                .map(|entry| entry.phrase)
        };
        assert_eq!(opening("See also: The tide turns"), Some("see also"));
        assert_eq!(opening("Related: The tide turns"), Some("related:"));
        assert_eq!(opening("Related the tale to friends"), None);
    }
}
