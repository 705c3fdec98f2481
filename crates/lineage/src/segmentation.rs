//! Several parents of one child: which of its words each explains best.
//!
//! The words of the child are cut into stretches, each taken from one parent. A differing reading or a missing word
//! costs, and so does changing the parent, so that a second parent must explain more than chance likeness gives.

use super::compare::{Comparison, Member};

/// Cost of a reading that differs from the parent's.
const READING: f64 = 1.5;
/// Cost of a word that the parent has not but others have.
const MISSING_WORD: f64 = 0.4;
/// Cost of changing from one parent to another between two words.
const SWITCH: f64 = 5.0;
/// What a second parent must save, switches paid (a guess: two or three readings more than the switch).
const MIN_GAIN: f64 = 5.0;
/// Words that a parent must explain.
const MIN_WORDS: usize = 20;
/// Parents beside the first.
const MAX_MORE: usize = 2;

/// Which side of a comparison the child is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChildSide {
    /// Side a.
    A,
    /// Side b.
    B,
}

/// What each word of a child costs when it is taken from one parent.
pub(super) fn word_costs(
    child: &Member<'_>,
    comparison: &Comparison,
    side: ChildSide,
    support: &[u16],
) -> Vec<f64> {
    let covered = match side {
        ChildSide::A => &comparison.covered_a,
        ChildSide::B => &comparison.covered_b,
    };
    let missing = |(&has, &support): (&bool, &u16)| {
        if has || support == 0 {
            0.0
        } else {
            MISSING_WORD
        }
    };
    let mut costs: Vec<f64> = covered.iter().zip(support).map(missing).collect();
    for site in &comparison.sites {
        let span = match side {
            ChildSide::A => site.a,
            ChildSide::B => site.b,
        };
        let words = child.words_in(span);
        if let Some(cost) = costs.get_mut((words.start + words.end) / 2) {
            *cost += READING;
        }
    }
    costs
}

/// The parents of a child, the first given by the tree, and for each word which of them it came from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parts {
    /// Places in the costs given, the first parent's first.
    pub(super) parents: Vec<usize>,
    /// For each word, a place in `parents`.
    pub(super) owner: Vec<usize>,
    /// What the further parents saved.
    pub(super) gain: f64,
}

/// Adds parents to the one at `first` as long as they explain enough. `costs` holds a cost for each word and each
/// candidate. O(candidates · words) for each parent added.
pub(super) fn divide(costs: &[Vec<f64>], first: usize) -> Parts {
    let words = costs[first].len();
    let mut best = Parts {
        parents: vec![first],
        owner: vec![0; words],
        gain: 0.0,
    };
    let alone: f64 = costs[first].iter().sum();
    for _ in 0..MAX_MORE {
        let mut next: Option<Parts> = None;
        for candidate in (0..costs.len()).filter(|c| !best.parents.contains(c)) {
            let mut parents = best.parents.clone();
            parents.push(candidate);
            let (cost, owner) = cheapest(&parents, costs);
            let gain = alone - cost;
            let used = owner.iter().filter(|&&o| o + 1 == parents.len()).count() >= MIN_WORDS;
            let better =
                gain - best.gain >= MIN_GAIN && next.as_ref().is_none_or(|n| gain > n.gain);
            if better && used {
                next = Some(Parts {
                    parents,
                    owner,
                    gain,
                });
            }
        }
        match next {
            Some(found) => best = found,
            None => break,
        }
    }
    drop_unused(best, costs)
}

/// Takes out parents that explain too little beside the others: the first one, when two later ones share the child.
fn drop_unused(mut parts: Parts, costs: &[Vec<f64>]) -> Parts {
    while parts.parents.len() > 1 {
        let used = |p: &usize| parts.owner.iter().filter(|&&o| o == *p).count();
        let Some(idle) = (0..parts.parents.len()).find(|p| used(p) < MIN_WORDS) else {
            break;
        };
        parts.parents.remove(idle);
        parts.owner = cheapest(&parts.parents, costs).1;
    }
    parts
}

/// The cheapest division of the words among `parents` (Viterbi 1967); ties keep the parent, then take the first.
fn cheapest(parents: &[usize], costs: &[Vec<f64>]) -> (f64, Vec<usize>) {
    let words = costs[parents[0]].len();
    let mut total = vec![0.0; parents.len()];
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(words);
    let mut columns: Vec<_> = parents.iter().map(|&p| costs[p].iter()).collect();
    for _ in 0..words {
        let low = lowest(&total);
        let from: Vec<usize> = (0..parents.len())
            .map(|p| {
                if total[p] <= total[low] + SWITCH {
                    p
                } else {
                    low
                }
            })
            .collect();
        let next = columns.iter_mut().enumerate().map(|(p, costs)| {
            let switch = if from[p] == p { 0.0 } else { SWITCH };
            let cost = costs.next().expect("every parent has a cost for each word");
            total[from[p]] + switch + cost
        });
        total = next.collect();
        back.push(from);
    }
    let mut at = lowest(&total);
    let cost = total.get(at).copied().unwrap_or(0.0);
    let mut owner = vec![0; words];
    for word in (0..words).rev() {
        owner[word] = at;
        at = back[word][at];
    }
    (cost, owner)
}

fn lowest(total: &[f64]) -> usize {
    (0..total.len())
        .min_by(|&x, &y| total[x].total_cmp(&total[y]))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_halves_from_two_parents() {
        let half = |from: usize| {
            (0..80)
                .map(|w| if (w < 40) == (from == 0) { 0.0 } else { 0.5 })
                .collect()
        };
        let costs: Vec<Vec<f64>> = vec![half(0), half(1)];
        let parts = divide(&costs, 0);
        assert_eq!(parts.parents, [0, 1]);
        assert!(
            parts.owner[..40].iter().all(|&o| o == 0) && parts.owner[40..].iter().all(|&o| o == 1)
        );
        assert_eq!(parts.gain, 20.0 - SWITCH);
    }

    #[test]
    fn a_first_parent_that_two_others_make_needless_is_dropped() {
        let half = |from: usize| {
            (0..80)
                .map(|w| if (w < 40) == (from == 0) { 0.0 } else { 0.5 })
                .collect()
        };
        let costs: Vec<Vec<f64>> = vec![vec![0.4; 80], half(0), half(1)];
        assert_eq!(divide(&costs, 0).parents, [1, 2]);
    }

    #[test]
    fn a_few_differing_readings_do_not_make_a_second_parent() {
        let mut costs = vec![vec![0.0; 100], vec![0.0; 100]];
        costs[0][70] = READING;
        costs[0][80] = READING;
        costs[1][10] = READING;
        assert_eq!(divide(&costs, 0).parents, [0]);
    }

    #[test]
    fn no_words_have_one_parent() {
        assert_eq!(divide(&[Vec::new(), Vec::new()], 1).parents, [1]);
    }
}
