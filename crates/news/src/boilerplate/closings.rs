//! What documents of several stories of one site end with: offers, consent texts, notes on comments, about whose words no
//! lexicon need know. For callers that read documents pair by pair and have no counts of lines by story
//! ([`CorpusCounts`](super::CorpusCounts)).
//!
//! [`ClosingCounts`] is given the documents in doubt, one after another, and settles into [`Closings`], which then answers
//! for each of them. Two documents tell one story when their openings share words: versions of one article, whatever
//! they have in common, never make furniture of it.

use std::collections::BTreeMap;

use hashbrown::HashSet;
use wirecopy_core::ByteSpan;

use super::keys::LineKeys;
use super::sentences::sentences;
use super::spelling::words;
use crate::lines::lines;

/// Stories of a site that a sentence must end to be furniture: two may quote one source.
const LEAST_STORIES: usize = 3;
/// Bytes at the end of a document in which its closing sentences are looked for: the longest offers have about 1,500.
const CLOSING_BYTES: usize = 2_500;
/// Telling words at the start of a document from which on they tell its story, and the bytes in which they are looked for.
const OPENING_WORDS: usize = 6;
const OPENING_BYTES: usize = 400;
/// Bytes of the shortest word that tells stories apart.
const TELLING_BYTES: usize = 5;
/// Two openings tell one story from one shared word in so many of the shorter one's on.
const SHARED_PART: usize = 3;

/// Counts of the sentences that documents end with, by site.
#[derive(Clone, Debug, Default)]
pub struct ClosingCounts {
    /// Site to number.
    sites: BTreeMap<String, u32>,
    rows: Vec<Row>,
    /// Hashes of the telling words that each document opens with, ascending.
    openings: Vec<Vec<u32>>,
}

/// One closing sentence of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    site: u32,
    key: u64,
    /// Place in [`ClosingCounts::openings`].
    document: u32,
}

impl ClosingCounts {
    /// Counts one document of `site`. O(1): its start and end are read. 16 bytes a sentence of its end are kept.
    pub fn add(&mut self, site: &str, text: &str) {
        let next = u32::try_from(self.sites.len()).expect("there are fewer sites than 2^32");
        let site = match self.sites.get(site) {
            Some(&known) => known,
            None => *self.sites.entry(site.to_owned()).or_insert(next),
        };
        let document = u32::try_from(self.openings.len()).expect("there are fewer than 2^32");
        self.openings.push(opening(text));
        let keys = closing_sentences(text).into_iter().map(|(_, key)| key);
        self.rows.extend(keys.map(|key| Row {
            site,
            key,
            document,
        }));
    }

    /// What recurs. O(n log n) in the sentences that were counted.
    #[must_use]
    pub fn settle(mut self) -> Closings {
        self.rows.sort_unstable();
        self.rows.dedup();
        let groups = self
            .rows
            .chunk_by(|left, right| (left.site, left.key) == (right.site, right.key));
        let recurring = groups
            .filter(|group| self.ends_stories(group))
            .filter_map(|group| group.first())
            .map(|row| (row.site, row.key))
            .collect();
        Closings {
            sites: self.sites,
            recurring,
        }
    }

    /// Whether the documents of `rows` tell as many stories as make furniture.
    fn ends_stories(&self, rows: &[Row]) -> bool {
        let mut stories: Vec<&[u32]> = Vec::new();
        for row in rows {
            let Some(opening) = self.openings.get(row.document as usize) else {
                continue;
            };
            if !stories.iter().any(|story| tell_one_story(story, opening)) {
                stories.push(opening);
            }
            if stories.len() >= LEAST_STORIES {
                return true;
            }
        }
        false
    }
}

/// The sentences that end several stories of a site.
#[derive(Clone, Debug, Default)]
pub struct Closings {
    sites: BTreeMap<String, u32>,
    recurring: HashSet<(u32, u64)>,
}

impl Closings {
    /// The end of `text`, a document of `site`, from which on every sentence recurs at the end of other stories of the site.
    /// `None` where its last sentence does not. O(1).
    #[must_use]
    pub fn span(&self, site: &str, text: &str) -> Option<ByteSpan> {
        let site = *self.sites.get(site)?;
        let closing = closing_sentences(text);
        let recurring = closing
            .iter()
            .rev()
            .take_while(|(_, key)| self.recurring.contains(&(site, *key)));
        let (first, _) = recurring.last()?;
        let (last, _) = closing.last()?;
        Some(first.cover(*last))
    }
}

/// The sentences at the end of `text` that hold words, each with its key.
fn closing_sentences(text: &str) -> Vec<(ByteSpan, u64)> {
    let from = text.ceil_char_boundary(text.len().saturating_sub(CLOSING_BYTES));
    let tail = text.get(from..).unwrap_or_default();
    let in_line = |line: ByteSpan| {
        let base = from + line.start as usize;
        sentences(line.of(tail))
            .map(move |range| ByteSpan::new(base + range.start, base + range.end))
    };
    lines(tail)
        .flat_map(in_line)
        .map(|span| (span, LineKeys::of(span.of(text)).whole))
        .filter(|(_, key)| *key != 0)
        .collect()
}

/// Hashes of the telling words of the sentences that `text` opens with, ascending: of as many sentences as hold
/// [`OPENING_WORDS`], since what recurs may follow right behind.
fn opening(text: &str) -> Vec<u32> {
    let head = text.get(..text.floor_char_boundary(OPENING_BYTES));
    let head = head.unwrap_or_default();
    let mut hashes = Vec::new();
    for line in lines(head).map(|span| span.of(head)) {
        for sentence in sentences(line).filter_map(|range| line.get(range)) {
            if hashes.len() >= OPENING_WORDS {
                break;
            }
            let telling = words(sentence).filter(|word| word.bytes >= TELLING_BYTES);
            hashes.extend(telling.map(|word| word.hash));
        }
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Whether two openings share so many words that they tell one story; one without telling words may tell any.
fn tell_one_story(left: &[u32], right: &[u32]) -> bool {
    let shared = left
        .iter()
        .filter(|hash| right.binary_search(hash).is_ok())
        .count();
    shared * SHARED_PART >= left.len().min(right.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFER: &str =
        "The rest of this piece is kept for members of our club. Ask at the counter for a card.";
    const STORIES: [&str; 3] = [
        "The harbour board of Linfield voted on Tuesday to close the old fish market.",
        "Scientists have counted more grey seals this winter than in any year before.",
        "The orchestra of Hallam will play its first concert in the rebuilt hall.",
    ];

    fn settled(texts: &[String]) -> Closings {
        let mut counts = ClosingCounts::default();
        texts.iter().for_each(|text| counts.add("a.example", text));
        counts.settle()
    }

    #[test]
    fn what_ends_three_stories_of_a_site_is_found_in_its_documents_alone() {
        for glue in ["\n\n", " ", "\r", "\u{2029}"] {
            let texts = STORIES.map(|story| [story, OFFER].join(glue));
            let closings = settled(&texts);
            for text in &texts {
                let found = closings.span("a.example", text).map(|span| span.of(text));
                assert_eq!(found, Some(OFFER), "{text:?}");
                assert_eq!(closings.span("b.example", text), None);
            }
            assert_eq!(closings.span("a.example", STORIES[0]), None);
        }
    }

    #[test]
    fn versions_of_one_story_and_two_stories_make_no_furniture() {
        let rest = "Nobody could say when it would open again. The council meets next week.";
        let version = |day: &str| {
            format!("The harbour market of Linfield was closed on {day} after the flood.\n{rest}")
        };
        let texts = ["Sunday", "Monday", "Tuesday", "Wednesday"].map(version);
        assert_eq!(settled(&texts).span("a.example", &texts[0]), None);
        let texts = [0, 1].map(|at| [STORIES[at], rest].join("\n"));
        assert_eq!(settled(&texts).span("a.example", &texts[0]), None);
    }
}
