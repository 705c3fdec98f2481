//! What is taken off a page before its story is looked for: what is not shown, windows over the page, second copies.

use super::tree::{sums, within};
use std::collections::HashMap;

use super::consent::Consent;
use super::names::Part;
use super::text::{Block, blocks};
use super::tree::Tree;
use super::words::hash_of;

/// `tree` without what is not shown, windows over the page, and copies of what stands before, with its blocks. O(page).
///
/// What is hidden comes back where it holds most of the page's prose: so does the story of a page that was saved while a
/// window stood over it, or that a script was to show.
pub(crate) fn set_aside(tree: Tree<'_>) -> (Tree<'_>, Vec<Block>) {
    let found = blocks(&tree);
    let drops = hidden(&tree, &found);
    let (tree, found) = without(tree, found, &drops);
    let drops = copies(&tree, &found);
    without(tree, found, &drops)
}

/// The tree and its blocks without the elements that `drops` lists.
fn without<'p>(tree: Tree<'p>, found: Vec<Block>, drops: &[usize]) -> (Tree<'p>, Vec<Block>) {
    if drops.is_empty() {
        return (tree, found);
    }
    let mut marks = vec![false; tree.nodes.len()];
    for &at in drops {
        if let Some(mark) = marks.get_mut(at) {
            *mark = true;
        }
    }
    let left = tree.without(&marks);
    let found = blocks(&left);
    (left, found)
}

/// Why an element is set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Hidden,
    Window,
    Consent,
}

/// The elements that are hidden or stand over the page, and do not hold its story.
fn hidden(tree: &Tree<'_>, blocks: &[Block]) -> Vec<usize> {
    let page = Measured::new(tree, blocks);
    let set_aside = page.set_aside(&Consent::new(tree, blocks));
    let prose = |reason| -> usize {
        let of_reason = set_aside.iter().filter(|(_, why)| *why == reason);
        of_reason.map(|(at, _)| page.prose_in(*at)).sum()
    };
    let (hidden, windows) = (prose(Reason::Hidden), prose(Reason::Window));
    let all = page.prose.last().copied().unwrap_or_default() - prose(Reason::Consent);
    let shown = all - hidden - windows;
    let goes = |at: usize, reason: Reason| match reason {
        Reason::Hidden => page.prose_in(at) <= (shown + hidden) * HIDDEN_STORY.0 / HIDDEN_STORY.1,
        Reason::Window => shown + hidden > 0 || windows == 0,
        Reason::Consent => true,
    };
    let going = set_aside.iter().filter(|(at, reason)| goes(*at, *reason));
    going.map(|(at, _)| *at).collect()
}

/// A hidden element with more than two thirds of a page's prose is its story; a second copy has half.
const HIDDEN_STORY: (usize, usize) = (2, 3);

/// A page with sums over its nodes: what is counted before node `n` stands at `n`.
struct Measured<'t, 'p> {
    tree: &'t Tree<'p>,
    parts: Vec<Part>,
    /// Words of prose.
    prose: Vec<usize>,
    /// Elements that only a story has.
    story_signs: Vec<usize>,
}

impl<'t, 'p> Measured<'t, 'p> {
    fn new(tree: &'t Tree<'p>, blocks: &[Block]) -> Self {
        let parts: Vec<Part> = (0..tree.nodes.len())
            .map(|at| tree.element(at).map(Part::of).unwrap_or_default())
            .collect();
        let words = blocks.iter().map(|block| {
            (
                block.to.saturating_sub(1),
                if block.is_prose { block.words.len() } else { 0 },
            )
        });
        let signs = parts
            .iter()
            .enumerate()
            .map(|(at, part)| (at, usize::from(part.is_story)));
        let (prose, story_signs) = (sums(tree.nodes.len(), words), sums(tree.nodes.len(), signs));
        Self {
            tree,
            prose,
            story_signs,
            parts,
        }
    }

    /// Words of prose in the element at `at`.
    fn prose_in(&self, at: usize) -> usize {
        within(&self.prose, at, self.end(at))
    }

    fn end(&self, at: usize) -> usize {
        self.tree.nodes.get(at).map_or(at, |node| node.end)
    }

    /// The outermost elements that are set aside, in order.
    fn set_aside(&self, consent: &Consent) -> Vec<(usize, Reason)> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(part) = self.parts.get(at) {
            let end = self.end(at);
            let has_story = within(&self.story_signs, at + 1, end) > 0 || part.is_story;
            let asks = consent.asks_in(at, end);
            let reason = if consent.is_window(at)
                || (part.is_consent_tool && !has_story)
                || (part.is_dialog && asks)
            {
                Some(Reason::Consent)
            } else if part.is_dialog && !has_story {
                Some(Reason::Window)
            } else if part.is_hidden || part.is_spoken {
                Some(Reason::Hidden)
            } else {
                None
            };
            match reason {
                Some(reason) => {
                    out.push((at, reason));
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
        out
    }
}

/// The elements most of whose prose stands before them, or after them in a longer version: the story once more, for another
/// device.
fn copies(tree: &Tree<'_>, blocks: &[Block]) -> Vec<usize> {
    let long = blocks
        .iter()
        .filter(|block| block.words.len() >= COPIED_WORDS);
    let long: Vec<Long> = long.map(Long::of).collect();
    let mut drops = copies_of(tree, &long, long.iter());
    let is_left = |long: &&Long| {
        let before = drops.partition_point(|at| *at < long.place);
        let last = before.checked_sub(1).and_then(|before| drops.get(before));
        !last.is_some_and(|at| tree.holds(*at, long.place))
    };
    let left: Vec<Long> = long.iter().filter(is_left).copied().collect();
    if !left.is_empty() {
        drops.extend(copies_of(tree, &left, left.iter().rev()));
    }
    drops
}

/// A block that is long enough to be known again.
#[derive(Clone, Copy, Debug)]
struct Long {
    place: usize,
    words: usize,
    hash: u64,
}

impl Long {
    fn of(block: &Block) -> Self {
        Self {
            place: block.to.saturating_sub(1),
            words: block.words.len(),
            hash: hash_of(&block.words),
        }
    }
}

/// The outermost elements most of whose `long` blocks came before in `order`, outside of them.
fn copies_of<'l>(
    tree: &Tree<'_>,
    long: &[Long],
    order: impl Iterator<Item = &'l Long>,
) -> Vec<usize> {
    let mut first: HashMap<u64, usize> = HashMap::new();
    let mut copies: Vec<(Long, usize)> = Vec::new();
    for block in order {
        let place = *first.entry(block.hash).or_insert(block.place);
        if place != block.place {
            copies.push((*block, place));
        }
    }
    copies.sort_by_key(|(block, _)| block.place);
    let nodes = tree.nodes.len();
    let blocks = sums(nodes, long.iter().map(|block| (block.place, 1)));
    let all = sums(nodes, long.iter().map(|block| (block.place, block.words)));
    let again = sums(
        nodes,
        copies.iter().map(|(block, _)| (block.place, block.words)),
    );
    let mut drops = Vec::new();
    let mut at = 0;
    while let Some(node) = tree.nodes.get(at).filter(|_| !copies.is_empty()) {
        let (here, again) = (within(&all, at, node.end), within(&again, at, node.end));
        let is_text = within(&blocks, at, node.end) >= LEAST_COPY;
        let is_copy = is_text && again * COPY_SHARE.1 >= here * COPY_SHARE.0;
        if is_copy && tree.element(at).is_some() && is_of_elsewhere(&copies, at, node.end) {
            drops.push(at);
            at = node.end;
        } else {
            at += 1;
        }
    }
    drops
}

/// Whether what is copied in the nodes `from..to` came first outside of them.
fn is_of_elsewhere(copies: &[(Long, usize)], from: usize, to: usize) -> bool {
    let start = copies.partition_point(|(block, _)| block.place < from);
    let mut inside = copies
        .iter()
        .skip(start)
        .take_while(|(block, _)| block.place < to);
    inside.all(|(_, first)| !(from..to).contains(first))
}

/// Fewest words of a block whose second occurrence is a copy.
const COPIED_WORDS: usize = 8;

/// Fewest such blocks of an element that goes as a copy. Single paragraphs are compared once the story is known.
const LEAST_COPY: usize = 2;

/// Share of its words that stand before it: versions for other devices leave out a line or two.
const COPY_SHARE: (usize, usize) = (4, 5);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::text::join;

    const STORY: &str = "<p>The harbour board of Linfield voted on Tuesday to close the old market.</p>\
        <p>“We were never asked what we thought about the plan,” said Dora Finch, who sells herring.</p>";

    fn left(page: &str) -> String {
        join(set_aside(Tree::parse(page)).1.iter())
    }

    #[test]
    fn the_story_for_another_device_goes() {
        let once = left(&format!("<main><h1>Fish</h1>{STORY}</main>"));
        for page in [
            format!(
                "<div class=desktop><h1>Fish</h1>{STORY}</div><div class=mobile><h1>Fish</h1>{STORY}</div>"
            ),
            format!("<h1>Fish</h1><div>{STORY}</div><div>{STORY}</div><div>{STORY}</div>"),
            format!(
                "<div class=mobile><h1>Fish</h1>{STORY}</div><div><h1>Fish</h1>{STORY}<p>More.</p></div>"
            ),
            format!("<h1>Fish</h1>{STORY}<div hidden>{STORY}</div><template>{STORY}</template>"),
            format!(
                "<h1>Fish</h1><noscript>{STORY}</noscript>{STORY}<div style='display:none'>{STORY}</div>"
            ),
        ] {
            assert_eq!(left(&page).replace("\n\nMore.", ""), once, "{page}");
        }
    }

    #[test]
    fn a_story_that_is_hidden_comes_back() {
        let window = "<div role=dialog><p>Sign up for our letter. It comes on Monday and on Friday of each week.</p></div>";
        let page =
            format!("{window}<main aria-hidden=true>{STORY}</main><footer>Linfield Post.</footer>");
        assert!(left(&page).starts_with("The harbour board") && !left(&page).contains("Sign up"));
    }

    #[test]
    fn windows_go_whatever_their_length() {
        let letter = "<p>Our letter brings you the best of the week, every week, for nothing at all. Sign up now.</p>";
        for window in [
            "<div role=dialog>",
            "<section aria-modal=true>",
            "<dialog open>",
            "<div class='newsletter-modal'>",
        ] {
            let page = format!(
                "{window}{}</div></section></dialog><article>{STORY}</article>",
                letter.repeat(20)
            );
            assert!(!left(&page).contains("letter brings"), "{window}");
            assert!(left(&page).contains("Dora Finch"), "{window}");
        }
        let story_in_window = format!("<div class='modal'><article>{STORY}</article></div>");
        assert!(left(&story_in_window).contains("Dora Finch"));
    }
}
