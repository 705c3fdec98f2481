//! Which blocks of a page are its story: those that a library found, and the prose among them that it lost.

use std::collections::{HashMap, HashSet};

use super::aside::{sums, within};
use super::element::Class;
use super::names::Part;
use super::text::{Block, join};
use super::tree::Tree;
use super::words::{ends_sentence, hash_of, is_prose, words};

/// The text of the story, given what a library `found` of it; none where that has no words in common with the page.
///
/// Libraries drop text that stands in no paragraph, paragraphs that are links, tables, and glue what they keep. So only the
/// choice of blocks is theirs. Prose in the container of the story is part of it unless an element around says otherwise.
pub(crate) fn story(tree: &Tree<'_>, blocks: &[Block], found: &str) -> Option<String> {
    let mut page = Page::new(tree, blocks);
    let kept = page.found_in(found);
    page.choose(&kept)
}

/// The prose of a page in which no library found anything; none where the page has none.
pub(crate) fn prose(tree: &Tree<'_>, blocks: &[Block]) -> Option<String> {
    let mut page = Page::new(tree, blocks);
    page.mark_furniture(None);
    let kept: Vec<bool> = (0..blocks.len())
        .map(|at| page.is_plain_prose(at))
        .collect();
    page.choose(&kept)
}

/// Words in a row by which a text is known again.
const GRAM: usize = 4;

/// A page, its blocks and their words.
struct Page<'t, 'p> {
    tree: &'t Tree<'p>,
    blocks: &'t [Block],
    /// For each node, whether it or an element around it, inside the container, is no part of a story.
    furniture: Vec<bool>,
}

impl<'t, 'p> Page<'t, 'p> {
    fn new(tree: &'t Tree<'p>, blocks: &'t [Block]) -> Self {
        Self {
            tree,
            blocks,
            furniture: Vec::new(),
        }
    }

    /// Which blocks stand in the text that a library found: most of their runs of words, or for short ones the line.
    fn found_in(&self, found: &str) -> Vec<bool> {
        let grams: HashSet<u64> = words(found).windows(GRAM).map(hash_of).collect();
        let lines: HashSet<u64> = found.lines().map(|line| hash_of(&words(line))).collect();
        let stands = |words: &[u64]| {
            if words.len() < GRAM {
                return !words.is_empty() && lines.contains(&hash_of(words));
            }
            let runs = words.windows(GRAM).map(hash_of);
            runs.filter(|run| grams.contains(run)).count() * 2 > words.len() - GRAM
        };
        self.blocks
            .iter()
            .map(|block| stands(&block.words))
            .collect()
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

    fn mark_furniture(&mut self, container: Option<usize>) {
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
                    .is_some_and(|element| Part::of(element).is_furniture);
            marks.push(inherited || own);
        }
        self.furniture = marks;
    }

    fn is_furniture(&self, at: usize) -> bool {
        let block = self.blocks.get(at);
        block.is_some_and(|block| is_set(&self.furniture, place(block)))
    }

    fn class(&self, at: usize) -> Option<Class> {
        let element = self.blocks.get(at)?.element?;
        Some(self.tree.element(element)?.class)
    }

    /// The element that holds a block beside others: that around its paragraph, or around its bare text.
    fn shelf(&self, at: usize) -> Option<usize> {
        let element = self.blocks.get(at)?.element?;
        match self.tree.element(element)?.class {
            Class::Block | Class::Inline | Class::Cell => Some(element),
            _ => self.tree.nodes.get(element)?.parent,
        }
    }

    /// Whether the block is sentences, less than half of them links, outside of furniture.
    fn is_plain_prose(&self, at: usize) -> bool {
        self.blocks.get(at).is_some_and(|block| {
            is_prose(&block.text, self.word_count(at))
                && block.linked * 2 < block.letters
                && !self.is_furniture(at)
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
        self.mark_furniture(container);
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
        let of_prose = anchors.iter().filter(|at| self.is_plain_prose(**at));
        let shelves: HashSet<_> = of_prose.filter_map(|at| self.shelf(*at)).collect();
        for at in (0..self.blocks.len()).rev() {
            if is_set(chosen, at) || !is_set(inside, at) {
                continue;
            }
            let place = Place {
                is_between: (first..=last).contains(&at),
                is_beside: self.shelf(at).is_some_and(|shelf| shelves.contains(&shelf)),
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
        if self.is_furniture(at) || self.is_caption(at) {
            return false;
        }
        if block.linked * 2 >= block.letters {
            // Teasers are headlines, or their first words; a sentence that is a link as a whole is one of the story.
            return place.is_beside
                && place.is_between
                && self.class(at) == Some(Class::Paragraph)
                && self.word_count(at) >= LINKED_WORDS
                && ends_sentence(&block.text);
        }
        if self.is_plain_prose(at) {
            return place.is_between || place.is_beside;
        }
        match self.class(at) {
            Some(Class::Row | Class::Term) => place.is_between,
            Some(Class::Heading) => place.is_between && place.leads,
            _ => place.is_between && place.is_beside && ends_sentence(&block.text),
        }
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

/// Where a block stands that is not chosen.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Between blocks of the story.
    is_between: bool,
    /// In an element that holds prose of the story.
    is_beside: bool,
    /// Right before a block of the story.
    leads: bool,
}

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
    fn prose_that_a_library_lost_comes_back_and_furniture_does_not() {
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
