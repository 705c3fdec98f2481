//! Texts that stand in very many documents: fingerprints too common for pairs, joined into passages.

use hashbrown::HashMap;
use wirecopy_core::candidates::SharedKey;
use wirecopy_text::span::overlap_with;
use wirecopy_text::{ByteSpan, DocId};
use wirecopy_text::{Tokenizer, Tokens};

use super::analyse::{AnalysedDocument, Role, spans_of};

/// Tokens that may lie between two fingerprints of one passage: the winnowing window and one gap of it.
const NEAR_TOKENS: u32 = 12;

/// Occurrences that are listed.
const MOST_OCCURRENCES: usize = 1_000;

/// One passage on the way: its stretch of tokens in each document.
struct Passage {
    tokens: Vec<(DocId, u32, u32)>,
    place: HashMap<DocId, usize>,
}

/// A text that stands in very many documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PassageGroup {
    /// Where it stands, in input order.
    pub(super) occurrences: Vec<(DocId, ByteSpan)>,
    /// Whether occurrences were left out.
    pub(super) truncated: bool,
}

/// Joins neighbouring fingerprints into passages, by their first document and place. O(listed occurrences + bytes of
/// their documents).
pub(super) fn passage_groups(
    documents: &[AnalysedDocument],
    mut keys: Vec<SharedKey>,
) -> Vec<PassageGroup> {
    keys.sort_by_key(|key| (key.documents[0], key.key));
    let mut passages: Vec<Passage> = Vec::new();
    for key in &keys {
        match passages.last_mut() {
            Some(passage) if passage.is_continued_by(key) => passage.extend(key),
            _ => passages.push(Passage::new(key)),
        }
    }
    let mut reader = SpanReader {
        documents,
        tokens: Tokens::default(),
        read: None,
    };
    passages
        .into_iter()
        .map(|passage| group(passage, &mut reader))
        .collect()
}

fn group(passage: Passage, reader: &mut SpanReader<'_>) -> PassageGroup {
    let mut listed = passage.tokens;
    listed.sort_unstable();
    let truncated = listed.len() > MOST_OCCURRENCES;
    listed.truncate(MOST_OCCURRENCES);
    let located = listed
        .into_iter()
        .filter_map(|(id, first, end)| Some((id, reader.bytes(id, first, end)?)));
    PassageGroup {
        occurrences: located.collect(),
        truncated,
    }
}

/// What is left of the groups when boilerplate is known: occurrences that lie in it are dropped, and so are groups of
/// fewer than two and those of archived documents alone.
pub(super) fn outside_boilerplate(
    mut groups: Vec<PassageGroup>,
    documents: &[AnalysedDocument],
) -> Vec<PassageGroup> {
    for group in &mut groups {
        group.occurrences.retain(|&(id, span)| {
            let masked = spans_of(&documents[id.index()].blocks, |_| true);
            2 * overlap_with(span, &masked) < span.len()
        });
    }
    let reported = |&(id, _): &(DocId, ByteSpan)| documents[id.index()].role == Role::Reported;
    groups.retain(|group| group.occurrences.len() > 1 && group.occurrences.iter().any(reported));
    groups
}

impl Passage {
    fn new(key: &SharedKey) -> Self {
        let mut passage = Self {
            tokens: Vec::new(),
            place: HashMap::new(),
        };
        passage.extend(key);
        passage
    }

    /// Whether most documents of `key` are of this passage, near its end.
    fn is_continued_by(&self, key: &SharedKey) -> bool {
        let near = |&(id, token): &(DocId, u32)| {
            self.place.get(&id).is_some_and(|&n| {
                let (_, first, end) = self.tokens[n];
                token + NEAR_TOKENS >= first && token <= end + NEAR_TOKENS
            })
        };
        let met = key.documents.iter().filter(|at| near(at)).count();
        2 * met > key.documents.len()
    }

    fn extend(&mut self, key: &SharedKey) {
        for &(id, token) in &key.documents {
            let end = token + key.len;
            match self.place.get(&id) {
                Some(&n) => {
                    let (_, first, last) = &mut self.tokens[n];
                    if token + NEAR_TOKENS >= *first && token <= *last + NEAR_TOKENS {
                        (*first, *last) = ((*first).min(token), (*last).max(end));
                    }
                }
                None => {
                    self.place.insert(id, self.tokens.len());
                    self.tokens.push((id, token, end));
                }
            }
        }
    }
}

/// Body tokens back to bytes; keeps the last document's tokens.
struct SpanReader<'d> {
    documents: &'d [AnalysedDocument],
    tokens: Tokens,
    read: Option<DocId>,
}

impl SpanReader<'_> {
    fn bytes(&mut self, id: DocId, first: u32, end: u32) -> Option<ByteSpan> {
        if self.read != Some(id) {
            let view = self.documents[id.index()].view();
            Tokenizer::default().tokenize_parts(view.text, view.body, &mut self.tokens);
            self.read = Some(id);
        }
        let spans = self.tokens.spans();
        let last = (end as usize).min(spans.len()).checked_sub(1)?;
        Some(spans.get(first as usize)?.cover(spans[last]))
    }
}
