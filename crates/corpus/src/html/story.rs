//! Which blocks of a page are its story: those that a library found, and the prose among them that it lost.

use std::collections::{HashMap, HashSet};

use super::element::Class;
use super::names::Part;
use super::text::{Block, join};
use super::tree::Tree;
use super::tree::{sums, within};
use super::words::{ends_sentence, hash_of, words};

/// The text of the story, given what a library `found` of it; none where that has no words in common with the page.
///
/// Libraries drop text that stands in no paragraph, paragraphs that are links, tables, and glue what they keep. So only the
/// choice of blocks is theirs. Prose in the container of the story is part of it unless an element around says otherwise.
pub(crate) fn story(tree: &Tree<'_>, blocks: &[Block], found: &str) -> Option<String> {
    let mut page = Page::new(tree, blocks);
    page.mark_boilerplate(None);
    let kept = page.found_in(found);
    let has_prose = (0..blocks.len()).any(|at| is_set(&kept, at) && page.is_plain_prose(at));
    let own = if has_prose { None } else { page.prose() };
    own.or_else(|| page.choose(&kept))
}

/// The prose of a page in which no library found anything; none where the page has none.
pub(crate) fn prose(tree: &Tree<'_>, blocks: &[Block]) -> Option<String> {
    let mut page = Page::new(tree, blocks);
    page.mark_boilerplate(None);
    page.prose()
}

/// Words in a row by which a text is known again.
const GRAM: usize = 4;

/// A page, its blocks and their words.
struct Page<'t, 'p> {
    tree: &'t Tree<'p>,
    blocks: &'t [Block],
    /// For each node, whether it or an element around it, inside the container, is no part of a story.
    boilerplate: Vec<bool>,
}

impl<'t, 'p> Page<'t, 'p> {
    fn new(tree: &'t Tree<'p>, blocks: &'t [Block]) -> Self {
        Self {
            tree,
            blocks,
            boilerplate: Vec::new(),
        }
    }

    /// The prose outside of boilerplate, where there is enough of it to be a story.
    fn prose(&mut self) -> Option<String> {
        let kept: Vec<bool> = (0..self.blocks.len())
            .map(|at| self.is_plain_prose(at))
            .collect();
        let words = (0..kept.len())
            .filter(|at| is_set(&kept, *at))
            .map(|at| self.word_count(at));
        if words.sum::<usize>() < STORY_WORDS {
            return None;
        }
        self.choose(&kept)
    }

    /// Which blocks stand in the text that a library found: most of their runs of words, or for short ones the line.
    ///
    /// Each run is found for one block, the longest first, so that a teaser or a comment that repeats words of the story
    /// is not taken for it.
    fn found_in(&self, found: &str) -> Vec<bool> {
        let mut runs: HashMap<u64, usize> = HashMap::new();
        for run in words(found).windows(GRAM) {
            *runs.entry(hash_of(run)).or_default() += 1;
        }
        let lines: HashSet<u64> = found.lines().map(|line| hash_of(&words(line))).collect();
        let mut kept = vec![false; self.blocks.len()];
        let mut order: Vec<(usize, &Block)> = self.blocks.iter().enumerate().collect();
        order.sort_by_key(|(_, block)| std::cmp::Reverse(block.words.len()));
        for (at, block) in order {
            let stands = if block.words.len() < GRAM {
                !block.words.is_empty() && lines.contains(&hash_of(&block.words))
            } else {
                take_runs(&mut runs, &block.words)
            };
            if let Some(kept) = kept.get_mut(at) {
                *kept = stands;
            }
        }
        kept
    }

    fn word_count(&self, at: usize) -> usize {
        self.blocks.get(at).map_or(0, |block| block.words.len())
    }

    fn chosen_words(&self, chosen: &[bool], at: usize) -> Option<&[u64]> {
        let block = self.blocks.get(at).filter(|_| is_set(chosen, at));
        block.map(|block| block.words.as_slice())
    }

    /// The deepest block or cell with four fifths of the words that are kept; none for the whole page.
    fn container(&self, kept: &[bool]) -> Option<usize> {
        let of_kept = self
            .blocks
            .iter()
            .enumerate()
            .filter(|(at, _)| is_set(kept, *at));
        let counts = of_kept.map(|(at, block)| (place(block), self.word_count(at)));
        let sums = sums(self.tree.nodes.len(), counts);
        let all = sums.last().copied().unwrap_or_default();
        let mut elements = self.tree.nodes.iter().enumerate().rev();
        let holds = |(at, node): &(usize, &super::tree::Node<'_>)| {
            let class = self.tree.element(*at).map(|element| element.class);
            matches!(class, Some(Class::Block | Class::Cell))
                && within(&sums, *at, node.end) * 5 >= all * 4
        };
        elements.find(holds).map(|(at, _)| at)
    }

    fn mark_boilerplate(&mut self, container: Option<usize>) {
        let inside = container.map_or(0..usize::MAX, |at| {
            at + 1..self.tree.nodes.get(at).map_or(0, |node| node.end)
        });
        let mut marks = Vec::with_capacity(self.tree.nodes.len());
        for (at, node) in self.tree.nodes.iter().enumerate() {
            let inherited = node.parent.is_some_and(|parent| is_set(&marks, parent));
            let own = inside.contains(&at)
                && self
                    .tree
                    .element(at)
                    .is_some_and(|element| Part::of(element).is_boilerplate);
            marks.push(inherited || own);
        }
        self.boilerplate = marks;
    }

    fn is_boilerplate(&self, at: usize) -> bool {
        let block = self.blocks.get(at);
        block.is_some_and(|block| is_set(&self.boilerplate, place(block)))
    }

    fn class(&self, at: usize) -> Option<Class> {
        let element = self.blocks.get(at)?.element?;
        Some(self.tree.element(element)?.class)
    }

    /// The element that holds a block beside others.
    fn shelf(&self, at: usize) -> Option<usize> {
        let mut shelf = self.blocks.get(at)?.element?;
        while self.is_alone(at, shelf) {
            shelf = self.tree.nodes.get(shelf)?.parent?;
        }
        Some(shelf)
    }

    /// Whether the element holds the block and no other.
    fn is_alone(&self, at: usize, element: usize) -> bool {
        let end = self.tree.nodes.get(element).map_or(0, |node| node.end);
        let before = at.checked_sub(1).and_then(|at| self.blocks.get(at));
        let after = self.blocks.get(at + 1);
        before.is_none_or(|b| b.to <= element) && after.is_none_or(|b| place(b) >= end)
    }

    /// Whether the block is sentences, less than half of them links, outside of boilerplate.
    fn is_plain_prose(&self, at: usize) -> bool {
        self.blocks.get(at).is_some_and(|block| {
            block.is_prose
                && block.linked * 2 < block.letters
                && !self.is_boilerplate(at)
                && !self.is_caption(at)
        })
    }

    fn is_caption(&self, at: usize) -> bool {
        let around = self.blocks.get(at).and_then(|block| block.element);
        let name = around
            .and_then(|at| self.tree.element(at))
            .map(|element| element.name);
        matches!(name, Some("figcaption" | "caption" | "summary"))
    }

    /// The text of the story whose blocks are `kept` for the most part.
    fn choose(&mut self, kept: &[bool]) -> Option<String> {
        let container = self.container(kept);
        self.mark_boilerplate(container);
        let range = container.map_or(0..usize::MAX, |at| {
            at..self.tree.nodes.get(at).map_or(0, |node| node.end)
        });
        let inside: Vec<bool> = self
            .blocks
            .iter()
            .map(|b| range.contains(&place(b)))
            .collect();
        let found = |at: usize| {
            let is_line = self.word_count(at) < GRAM && self.class(at) != Some(Class::Heading);
            is_set(kept, at) && (is_set(&inside, at) || !is_line)
        };
        let mut chosen: Vec<bool> = (0..self.blocks.len()).map(found).collect();
        self.add_lost(&mut chosen, &inside);
        self.drop_edge_links(&mut chosen);
        self.drop_repeats(&mut chosen, &inside);
        let text = join(
            self.blocks
                .iter()
                .enumerate()
                .filter(|(at, _)| is_set(&chosen, *at))
                .map(|(_, b)| b),
        );
        (!text.is_empty()).then_some(text)
    }

    /// Adds the blocks of the container that a library lost.
    fn add_lost(&self, chosen: &mut [bool], inside: &[bool]) {
        let is_anchor =
            |at: &usize| is_set(chosen, *at) && is_set(inside, *at) && self.word_count(*at) >= GRAM;
        let anchors: Vec<usize> = (0..self.blocks.len()).filter(is_anchor).collect();
        let (Some(&first), Some(&last)) = (anchors.first(), anchors.last()) else {
            return;
        };
        let mut shelves: HashMap<Option<usize>, usize> = HashMap::new();
        for &at in anchors.iter().filter(|at| self.is_plain_prose(**at)) {
            *shelves.entry(self.shelf(at)).or_default() += 1;
        }
        for at in (0..self.blocks.len()).rev() {
            if is_set(chosen, at) || !is_set(inside, at) {
                continue;
            }
            let beside = shelves.get(&self.shelf(at)).copied().unwrap_or(0);
            let place = Place {
                is_between: (first..=last).contains(&at),
                beside,
                leads: is_set(chosen, at + 1),
            };
            if self.is_lost(at, place)
                && let Some(chosen) = chosen.get_mut(at)
            {
                *chosen = true;
            }
        }
    }

    /// Whether a block of the container that is not chosen belongs to the story.
    fn is_lost(&self, at: usize, place: Place) -> bool {
        let Some(block) = self.blocks.get(at) else {
            return false;
        };
        if self.is_boilerplate(at) || self.is_caption(at) {
            return false;
        }
        if block.linked * 2 >= block.letters {
            // Teasers are headlines, or their first words; a sentence that is a link as a whole is one of the story.
            return place.beside > 1
                && matches!(self.class(at), Some(Class::Paragraph | Class::Block))
                && self.word_count(at) >= LINKED_WORDS
                && ends_sentence(&block.text);
        }
        if self.is_plain_prose(at) {
            return place.is_between || place.beside > 0;
        }
        match self.class(at) {
            Some(Class::Row | Class::Term) => place.is_between,
            Some(Class::Heading) => place.is_between && place.leads && place.beside > 1,
            _ => place.is_between && place.beside > 0 && ends_sentence(&block.text),
        }
    }

    /// Drops links before and after the prose of the story: what is not said in a sentence there is a teaser.
    fn drop_edge_links(&self, chosen: &mut [bool]) {
        let is_prose = |at: &usize| is_set(chosen, *at) && self.is_plain_prose(*at);
        let first = (0..self.blocks.len()).find(is_prose);
        let last = (0..self.blocks.len()).rfind(is_prose);
        let (Some(first), Some(last)) = (first, last) else {
            return;
        };
        for (at, block) in self.blocks.iter().enumerate() {
            let is_link = block.linked * 2 >= block.letters && block.letters > 0;
            let is_edge = !(first..=last).contains(&at);
            if is_edge && is_link && !ends_sentence(&block.text) && !self.is_heading(at) {
                drop_at(chosen, at);
            }
        }
    }

    fn is_heading(&self, at: usize) -> bool {
        self.class(at) == Some(Class::Heading)
    }

    /// Of blocks with the same words on different shelves one stays, that of the container before others; so does the
    /// paragraph that a pull quote repeats.
    fn drop_repeats(&self, chosen: &mut [bool], inside: &[bool]) {
        let order = (0..chosen.len()).filter(|at| is_set(inside, *at));
        let order = order.chain((0..chosen.len()).filter(|at| !is_set(inside, *at)));
        let mut seen: HashMap<u64, Option<usize>> = HashMap::new();
        let mut times: HashMap<u64, usize> = HashMap::new();
        for at in order {
            let Some(words) = self.chosen_words(chosen, at) else {
                continue;
            };
            let shelf = self.shelf(at);
            let first = seen.entry(hash_of(words)).or_insert(shelf);
            if words.len() >= REPEATED_WORDS && *first != shelf {
                drop_at(chosen, at);
                continue;
            }
            for run in words.windows(GRAM) {
                *times.entry(hash_of(run)).or_default() += 1;
            }
        }
        for at in 0..chosen.len() {
            let Some(words) = self.chosen_words(chosen, at) else {
                continue;
            };
            let is_repeated = |run: &[u64]| times.get(&hash_of(run)).is_some_and(|n| *n > 1);
            if words.len() > GRAM && self.is_set_off(at) && words.windows(GRAM).all(is_repeated) {
                drop_at(chosen, at);
                if self.shelf(at + 1) == self.shelf(at) && self.word_count(at + 1) < REPEATED_WORDS
                {
                    drop_at(chosen, at + 1);
                }
            }
        }
    }

    /// Whether the block stands apart from the run of paragraphs, as pull quotes do.
    fn is_set_off(&self, at: usize) -> bool {
        let Some(block) = self.blocks.get(at) else {
            return false;
        };
        let mut around = self.tree.around(place(block)).take(SET_OFF_DEPTH);
        around.any(|at| {
            let element = self.tree.element(at);
            element.is_some_and(|e| {
                matches!(e.name, "blockquote" | "aside" | "figure") || Part::is_pull_quote(e)
            })
        })
    }
}

/// Takes the runs of `words` out of `runs`, where most of them are left there.
fn take_runs(runs: &mut HashMap<u64, usize>, words: &[u64]) -> bool {
    let own: Vec<u64> = words.windows(GRAM).map(hash_of).collect();
    let left = own
        .iter()
        .filter(|run| runs.get(run).is_some_and(|n| *n > 0))
        .count();
    let stands = left * FOUND_SHARE.1 >= own.len() * FOUND_SHARE.0;
    if stands {
        for run in &own {
            if let Some(count) = runs.get_mut(run) {
                *count = count.saturating_sub(1);
            }
        }
    }
    stands
}

/// Share of a block's runs in what a library found. Libraries take a time or a link out of a paragraph.
const FOUND_SHARE: (usize, usize) = (3, 4);

/// Where a block stands that is not chosen.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Between blocks of the story.
    is_between: bool,
    /// Paragraphs of the story in the same element.
    beside: usize,
    /// Right before a block of the story.
    leads: bool,
}

/// Fewest words of prose that are a story where a library saw none.
const STORY_WORDS: usize = 25;

/// Fewest words of a paragraph of the story that is a link. Headlines of teasers that end with a stop have fewer.
const LINKED_WORDS: usize = 12;

/// Fewest words of a block that is no second time in the story. Shorter ones are cries, lines of songs, answers.
const REPEATED_WORDS: usize = 6;

/// Elements around a block that can set it off.
const SET_OFF_DEPTH: usize = 4;

fn drop_at(chosen: &mut [bool], at: usize) {
    if let Some(chosen) = chosen.get_mut(at) {
        *chosen = false;
    }
}

fn is_set(marks: &[bool], at: usize) -> bool {
    marks.get(at).copied().unwrap_or(false)
}

/// The node that a block is counted at: the last one with text.
fn place(block: &Block) -> usize {
    block.to.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::text::blocks;

    const STORY: [&str; 3] = [
        "The harbour board of Linfield voted on Tuesday to close the old fish market at the end of the year.",
        "The vote was seven to four after a debate that went on past midnight, and three members walked out.",
        "“We were never asked what we thought about the plan,” said Dora Finch, who sells herring there.",
    ];

    fn chosen(page: &str, found: &str) -> String {
        let tree = Tree::parse(page);
        story(&tree, &blocks(&tree), found).unwrap()
    }

    #[test]
    fn prose_that_a_library_lost_comes_back_and_boilerplate_does_not() {
        let [a, b, c] = STORY;
        let page = format!(
            "<nav>Home</nav><article><h1>Fish</h1>{a}<div class=related><p>{b} Read on.</p></div><p><a href=/x>{b}</a></p>\
             <p>Not once.</p><figure><figcaption>The old market at night, seen from the quay. Photo: Lee Roe.</figcaption></figure><p>{c}</p><p><a href=/y>Goat comes down</a></p></article>\
             <footer><p>{b} All rights reserved.</p></footer>"
        );
        let found = format!("Fish\n{c}\nHome");
        assert_eq!(chosen(&page, &found), format!("Fish\n\n{a}\n\n{c}"));
        let found = format!("{a}\n{c}");
        assert_eq!(
            chosen(&page, &found),
            format!("{a}\n\n{b}\n\nNot once.\n\n{c}")
        );
    }

    #[test]
    fn a_pull_quote_stands_once() {
        let [a, b, c] = STORY;
        let page = format!(
            "<div><p>{a}</p><blockquote>We were never asked what we thought</blockquote><p>{b}</p><p>{c}</p></div>"
        );
        let found = words_of(&page);
        assert_eq!(chosen(&page, &found), STORY.join("\n\n"));
        let song = "<div><p>We sail at dawn, my love, at dawn.</p><p>We sail at dawn, my love, at dawn.</p></div>";
        assert_eq!(chosen(song, &words_of(song)).lines().count(), 3);
    }

    fn words_of(page: &str) -> String {
        join(blocks(&Tree::parse(page)).iter())
    }

    #[test]
    fn without_a_library_prose_is_the_story() {
        let [a, b, _] = STORY;
        let page = format!(
            "<ul><li><a href=/>Home</a></ul><div><p>{a}</p><p>{b}</p></div><footer>{b} Terms.</footer>"
        );
        let tree = Tree::parse(&page);
        assert_eq!(prose(&tree, &blocks(&tree)), Some(format!("{a}\n\n{b}")));
        assert_eq!(prose(&Tree::parse("<p>x"), &[]), None);
    }
}
