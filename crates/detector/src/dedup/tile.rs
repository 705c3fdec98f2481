//! Which words of two texts stand for each other: equal runs found through three-word shingles, joined across small
//! differences, in any order.

use std::ops::Range;

/// Tokens of a run that seeds the alignment.
pub(super) const SEED: usize = 3;

/// Occurrences of one seed in a text that are tried: periodic text must not cost more than its length.
const MOST_TRIED: usize = 8;

/// Words that may differ between two runs that belong together.
const WIDEST_GAP: usize = 16;

/// By so many words the two sides of such a gap may differ in length.
const MOST_DRIFT: usize = 3;

/// A stretch of two texts whose words stand for each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tile {
    /// Tokens of a.
    pub(super) a: Range<usize>,
    /// Tokens of b.
    pub(super) b: Range<usize>,
    /// Of them, words that are equal.
    pub(super) equal: usize,
    /// Words that stand for each other one to one: the equal ones, and those that changed between them.
    pub(super) aligned: usize,
}

/// A text's seeds by hash: open addressing, with occurrences of one seed chained in text order.
#[derive(Clone, Debug, Default)]
pub(super) struct SeedIndex {
    /// Token of the first occurrence plus one; 0 is free.
    slots: Vec<u32>,
    /// Token of the next occurrence plus one; 0 is the end.
    next: Vec<u32>,
    seeds: Vec<u64>,
}

impl SeedIndex {
    /// Replaces the index by the seeds of a text (entry `i` begins at token `i`). O(n) expected.
    pub(super) fn build(&mut self, seeds: &[u64]) {
        self.seeds.clear();
        self.seeds.extend_from_slice(seeds);
        self.slots.clear();
        self.slots
            .resize((2 * seeds.len()).next_power_of_two().max(2), 0);
        self.next.clear();
        self.next.resize(seeds.len(), 0);
        for token in (0..seeds.len()).rev() {
            let slot = self.slot(seeds[token]);
            self.next[token] = self.slots[slot];
            self.slots[slot] = token as u32 + 1;
        }
    }

    fn slot(&self, seed: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (seed >> 7) as usize & mask;
        while self.slots[slot] != 0 && self.seeds[self.slots[slot] as usize - 1] != seed {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Tokens at which `seed` occurs, ascending.
    fn places(&self, seed: u64) -> impl Iterator<Item = usize> + '_ {
        let mut at = if self.seeds.is_empty() {
            0
        } else {
            self.slots[self.slot(seed)]
        };
        std::iter::from_fn(move || {
            let token = (at as usize).checked_sub(1)?;
            at = self.next[token];
            Some(token)
        })
    }
}

/// Two columns of token hashes; the index holds a's seeds.
#[derive(Clone, Copy)]
pub(super) struct Sides<'t> {
    pub(super) a: &'t [u64],
    pub(super) b: &'t [u64],
    pub(super) index: &'t SeedIndex,
}

/// Replaces `tiles` by what the two texts share, in the order of b. `seeds_b` are b's seeds and `used` is scratch.
///
/// Runs are taken greedily from the beginning of b, each the longest of the first few places of its seed in a, the one on
/// the diagonal of the run before first; no word of a is used twice. O(a + b).
pub(super) fn tile(sides: Sides<'_>, seeds_b: &[u64], used: &mut Vec<bool>, tiles: &mut Vec<Tile>) {
    tiles.clear();
    used.clear();
    used.resize(sides.a.len(), false);
    let mut at = 0;
    while at < seeds_b.len() {
        let expected = tiles.last().map(|last: &Tile| last.a.end + at - last.b.end);
        let Some(run) = longest(sides, (seeds_b[at], at), (used, expected)) else {
            at += 1;
            continue;
        };
        used[run.a.clone()].fill(true);
        at = run.b.end;
        match tiles.last_mut() {
            Some(last) if belong_together(last, &run) => join(sides, used, last, &run),
            _ => tiles.push(run),
        }
    }
}

/// The longest run that begins with `seed` at token `at` of b.
fn longest(
    sides: Sides<'_>,
    (seed, at): (u64, usize),
    (used, expected): (&[bool], Option<usize>),
) -> Option<Tile> {
    let mut best: Option<Tile> = None;
    for place in sides.index.places(seed).take(MOST_TRIED) {
        let pairs = sides.a[place..]
            .iter()
            .zip(&used[place..])
            .zip(&sides.b[at..]);
        let len = pairs.take_while(|((a, used), b)| a == b && !**used).count();
        let on_diagonal = expected == Some(place);
        let better = best
            .as_ref()
            .is_none_or(|best| len > best.equal || on_diagonal);
        if len >= SEED && better {
            best = Some(Tile {
                a: place..place + len,
                b: at..at + len,
                equal: len,
                aligned: len,
            });
        }
        if on_diagonal && len >= SEED {
            break;
        }
    }
    best
}

fn belong_together(last: &Tile, run: &Tile) -> bool {
    let (Some(gap_a), gap_b) = (
        run.a.start.checked_sub(last.a.end),
        run.b.start - last.b.end,
    ) else {
        return false;
    };
    gap_a.max(gap_b) <= WIDEST_GAP && gap_a.abs_diff(gap_b) <= MOST_DRIFT
}

/// Grows `tile` by the gap behind it and `run`. In a gap of one width, a word that differs was changed into the one in its
/// place, as long as enough around it is equal; in an uneven gap only equal words at either end count. Words of a that
/// another tile has stay with it.
fn join(sides: Sides<'_>, used: &mut [bool], tile: &mut Tile, run: &Tile) {
    let (gap, width) = (tile.a.end..run.a.start, tile.b.end.abs_diff(run.b.start));
    let (a, b) = (
        &sides.a[gap.clone()],
        &sides.b[tile.b.end..tile.b.end + width],
    );
    let used = &mut used[gap];
    let (mut equal, mut aligned) = (0, 0);
    if a.len() == b.len() {
        let free = used.iter().zip(a.iter().zip(b)).filter(|(used, _)| !**used);
        equal = free.filter(|(_, (a, b))| a == b).count();
        let changed = 2 * equal + 2 >= a.len();
        for (used, (a, b)) in used.iter_mut().zip(a.iter().zip(b)) {
            let stands = !*used && (changed || a == b);
            aligned += usize::from(stands);
            *used |= stands;
        }
    } else {
        let shorter = a.len().min(b.len());
        let front = equal_run(used.iter(), a.iter().zip(b));
        let back = equal_run(used.iter().rev(), a.iter().rev().zip(b.iter().rev()));
        let back = back.min(shorter - front);
        used[..front].fill(true);
        used[a.len() - back..].fill(true);
        equal += front + back;
        aligned += front + back;
    }
    tile.equal += equal + run.equal;
    tile.aligned += aligned + run.aligned;
    tile.a.end = run.a.end;
    tile.b.end = run.b.end;
}

/// How many of `words` are equal, and not `used`, before the first that is not.
fn equal_run<'t>(
    used: impl Iterator<Item = &'t bool>,
    words: impl Iterator<Item = (&'t u64, &'t u64)>,
) -> usize {
    let stands = |(used, (a, b)): &(&bool, (&u64, &u64))| !**used && a == b;
    used.zip(words).take_while(stands).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_core::shingle::{ShingleWidth, fill_shingles};

    fn tiles(a: &[u64], b: &[u64]) -> Vec<Tile> {
        let width = ShingleWidth::new(SEED).unwrap();
        let (mut seeds_a, mut seeds_b) = (Vec::new(), Vec::new());
        fill_shingles(a, width, &mut seeds_a);
        fill_shingles(b, width, &mut seeds_b);
        let mut index = SeedIndex::default();
        index.build(&seeds_a);
        let mut tiles = Vec::new();
        tile(
            Sides {
                a,
                b,
                index: &index,
            },
            &seeds_b,
            &mut Vec::new(),
            &mut tiles,
        );
        tiles
    }

    #[test]
    fn a_changed_word_is_aligned_and_not_equal() {
        let found = tiles(&[1, 2, 3, 4, 5, 6, 7], &[1, 2, 3, 9, 5, 6, 7]);
        assert_eq!(
            found,
            [Tile {
                a: 0..7,
                b: 0..7,
                equal: 6,
                aligned: 7
            }]
        );
    }

    #[test]
    fn moved_blocks_are_found_in_any_order() {
        let a: Vec<u64> = (0..60).collect();
        let b: Vec<u64> = (30..60).chain(0..30).collect();
        let aligned: usize = tiles(&a, &b).iter().map(|t| t.aligned).sum();
        assert_eq!(aligned, 60);
    }

    #[test]
    fn no_word_is_used_twice() {
        let found = tiles(&[1, 2, 3, 4], &[1, 2, 3, 4, 9, 9, 9, 9, 1, 2, 3, 4]);
        assert_eq!(found.iter().map(|t| t.aligned).sum::<usize>(), 4);
        let same = vec![7; 5_000];
        assert_eq!(
            tiles(&same, &same).iter().map(|t| t.aligned).sum::<usize>(),
            5_000
        );
    }

    #[test]
    fn a_word_between_two_runs_counts_for_one_of_them() {
        // The first run of b takes 6..9 of a, which stand between the two runs behind it.
        let a: Vec<u64> = (0..12).collect();
        let b: Vec<u64> = [
            6, 7, 8, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 80, 81, 82, 83, 84, 85, 86,
        ]
        .into_iter()
        .chain(3..6)
        .chain([70, 71, 72])
        .chain(9..12)
        .collect();
        let found = tiles(&a, &b);
        assert_eq!(
            found.iter().map(|t| t.aligned).sum::<usize>(),
            9,
            "{found:?}"
        );
    }

    #[test]
    fn an_equal_word_between_two_runs_is_taken_where_most_around_it_differ() {
        // Of the gap 3..9 only 5 is equal, and 4 is in the run at the end of b: 5 must not be in two tiles.
        let a: Vec<u64> = (0..12).collect();
        let b = [0, 1, 2, 93, 94, 5, 96, 97, 98, 9, 10, 11, 90, 91, 4, 5, 6];
        let found = tiles(&a, &b);
        assert_eq!(
            found.iter().map(|t| t.aligned).sum::<usize>(),
            7,
            "{found:?}"
        );
    }

    #[test]
    fn short_and_empty_texts_share_nothing() {
        assert!(tiles(&[], &[]).is_empty());
        assert!(tiles(&[1, 2], &[]).is_empty());
        assert!(tiles(&[], &[1, 2, 3]).is_empty());
    }
}
