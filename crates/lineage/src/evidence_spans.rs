//! The words that show a clue: the longest run copied, the longest stretch left out, a line of boilerplate.

use wirecopy_text::ByteSpan;
use wirecopy_text::span::overlap_with;

use super::compare::Member;
use super::evidence::EdgeFeatures;
use super::features::EdgeFeature;

/// Words that are shown of a stretch.
const SHOWN_WORDS: usize = 40;

/// The two texts of an edge, and what each has of the other.
pub(super) struct Sides<'s, 'a> {
    /// All members.
    pub(super) members: &'s [Member<'a>],
    /// For each word of the child, how many others have it.
    pub(super) support: &'s [u16],
    /// For each word of the parent and of the child, whether the other has it.
    pub(super) covered: [&'s [bool]; 2],
}

impl Sides<'_, '_> {
    /// Where each clue about whole stretches can be seen, and in whose text. O(words).
    pub(super) fn spans(&self, edge: &EdgeFeatures) -> Vec<(EdgeFeature, usize, ByteSpan)> {
        let (parent, child) = (&self.members[edge.parent], &self.members[edge.child]);
        let [have_parent, have_child] = self.covered;
        let spans = child.tokens.spans();
        let plain = |word: usize| overlap_with(spans[word], child.facts.quotes) == 0;
        let copied = longest(child, |word| have_child[word] && plain(word));
        let elsewhere = longest(child, |word| !have_child[word] && self.support[word] > 0);
        let own = longest(child, |word| !have_child[word] && self.support[word] == 0);
        let left = longest(parent, |word| !have_parent[word]);
        let copied = copied.or_else(|| longest(child, |word| have_child[word]));
        let in_child = [
            (EdgeFeature::CopiedShare, copied),
            (EdgeFeature::SharedElsewhere, elsewhere),
            (EdgeFeature::OwnText, own),
            (
                EdgeFeature::ChromeInChild,
                child.facts.chrome.first().copied(),
            ),
            (
                EdgeFeature::MachineMarksInChild,
                child.machine_marks.first().copied(),
            ),
            (EdgeFeature::SameStory, stretch(child, child.headline())),
            (
                EdgeFeature::HeadlineMissing,
                stretch(child, child.headline()),
            ),
        ];
        let in_parent = [
            (EdgeFeature::LeftOut, left),
            (
                EdgeFeature::ChromeInParent,
                parent.facts.chrome.first().copied(),
            ),
            (
                EdgeFeature::MachineMarksInParent,
                parent.machine_marks.first().copied(),
            ),
            (
                EdgeFeature::HeadlineDropped,
                stretch(parent, parent.headline()),
            ),
        ];
        let in_child = in_child.map(|(clue, span)| (clue, edge.child, span));
        let in_parent = in_parent.map(|(clue, span)| (clue, edge.parent, span));
        let shown = |(clue, member, span): (EdgeFeature, usize, Option<ByteSpan>)| {
            span.map(|span| (clue, member, span))
        };
        in_child
            .into_iter()
            .chain(in_parent)
            .filter_map(shown)
            .collect()
    }
}

/// The beginning of the longest run of words that are `wanted`.
fn longest(member: &Member<'_>, wanted: impl Fn(usize) -> bool) -> Option<ByteSpan> {
    let (mut best, mut start) = (0..0, 0);
    for word in 0..=member.tokens.len() {
        if word < member.tokens.len() && wanted(word) {
            continue;
        }
        if word - start > best.len() {
            best = start..word;
        }
        start = word + 1;
    }
    stretch(member, best)
}

fn stretch(member: &Member<'_>, words: std::ops::Range<usize>) -> Option<ByteSpan> {
    let spans = &member.tokens.spans()[words];
    let last = spans.len().min(SHOWN_WORDS).checked_sub(1)?;
    Some(spans[0].cover(spans[last]))
}
