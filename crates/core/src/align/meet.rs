//! Sentences of two documents that may say the same: those that share most of what their words tell.

use super::Prepared;
use super::likeness::weight;
use super::words::Sides;

/// Bits below which a word brings no sentences together.
const LEAST_BITS: f32 = 1.0;
/// What two sentences must share to be compared. Six bits find no more on invented events; fifteen lose one rendering in ten.
const LEAST_MEETING: f32 = 11.0;
/// Partners of a sentence that are compared with it: five find no more than two.
const PARTNERS: usize = 2;
/// Sentences longer than this are lists.
const LONGEST: usize = 120;
/// Pairs of sentences of two documents beyond which none are compared: two thousand sentences on either side.
const MOST_PAIRS: usize = 1 << 22;

/// Two sentences that share much.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meeting {
    /// Numbers of the sentences.
    pub(super) a: u32,
    pub(super) b: u32,
    /// Bits by which they share more than either shares with any other sentence; negative when one has a better partner.
    pub(super) margin: f32,
}

/// Memory of one worker, reused from pair to pair.
#[derive(Clone, Debug, Default)]
pub(super) struct MeetScratch {
    /// Bits that sentence `r` of a and sentence `c` of b share, at `r * columns + c`.
    shared: Vec<f32>,
    best_a: Vec<Best>,
    best_b: Vec<Best>,
}

/// Replaces `out` by the pairs of sentences that share enough and are among each other's best partners, by a, then b.
/// O(n·m) for n and m sentences, and the pairs of places of common words.
pub(super) fn meet(sides: Sides, scratch: &mut MeetScratch, out: &mut Vec<Meeting>) {
    out.clear();
    let columns = sides.b.sentence_spans.len();
    if sides.a.sentence_spans.len() * columns > MOST_PAIRS {
        return;
    }
    add_shared(sides, &mut scratch.shared);
    rank(columns, scratch);
    let fits = |side: &Prepared, number: usize| side.sentence_tokens(number).len() <= LONGEST;
    for (r, row) in scratch.shared.chunks_exact(columns.max(1)).enumerate() {
        for (c, &shared) in row.iter().enumerate().filter(|s| *s.1 >= LEAST_MEETING) {
            let (of_a, of_b) = (scratch.best_a[r], scratch.best_b[c]);
            if shared >= of_a.last().min(of_b.last()) && fits(sides.a, r) && fits(sides.b, c) {
                out.push(Meeting {
                    a: r as u32,
                    b: c as u32,
                    margin: shared - of_a.beside(shared).max(of_b.beside(shared)),
                });
            }
        }
    }
}

/// The most that a sentence shares with others, descending.
#[derive(Clone, Copy, Debug, Default)]
struct Best([f32; PARTNERS]);

impl Best {
    fn add(&mut self, mut shared: f32) {
        for held in &mut self.0 {
            if shared > *held {
                std::mem::swap(held, &mut shared);
            }
        }
    }

    /// What the last of its best partners shares.
    fn last(self) -> f32 {
        self.0[PARTNERS - 1]
    }

    /// The most that it shares with others than one with which it shares so much.
    fn beside(self, shared: f32) -> f32 {
        if shared >= self.0[0] {
            self.0[1]
        } else {
            self.0[0]
        }
    }
}

fn rank(columns: usize, scratch: &mut MeetScratch) {
    let MeetScratch {
        shared,
        best_a,
        best_b,
    } = scratch;
    best_a.clear();
    best_b.clear();
    best_b.resize(columns, Best::default());
    for row in shared.chunks_exact(columns.max(1)) {
        let mut best = Best::default();
        for (&bits, of_b) in row.iter().zip(&mut *best_b).filter(|s| *s.0 > 0.0) {
            best.add(bits);
            of_b.add(bits);
        }
        best_a.push(best);
    }
}

/// Replaces `shared` by the bits that each two sentences share: each concept once.
fn add_shared(sides: Sides, shared: &mut Vec<f32>) {
    let columns = sides.b.sentence_spans.len();
    shared.clear();
    shared.resize(sides.a.sentence_spans.len() * columns, 0.0);
    let (mut x, mut y) = (&sides.a.telling[..], &sides.b.telling[..]);
    while let (Some(&p), Some(&q)) = (x.first(), y.first()) {
        let concept = (p >> 32).max(q >> 32);
        let (run_a, rest_a) = x.split_at(run(x, concept));
        let (run_b, rest_b) = y.split_at(run(y, concept));
        match (p >> 32).cmp(&(q >> 32)) {
            std::cmp::Ordering::Less => x = &x[1..],
            std::cmp::Ordering::Greater => y = &y[1..],
            std::cmp::Ordering::Equal => {
                add_concept(sides, (run_a, run_b), shared);
                (x, y) = (rest_a, rest_b);
            }
        }
    }
}

/// Number of entries of `concept` that the column begins with.
fn run(column: &[u64], concept: u64) -> usize {
    column.iter().take_while(|&&e| e >> 32 == concept).count()
}

/// Adds what one concept brings to the sentences that have it. Entries of a run ascend by token.
fn add_concept(sides: Sides, (run_a, run_b): (&[u64], &[u64]), shared: &mut [f32]) {
    let columns = sides.b.sentence_spans.len();
    let mut last_a = None;
    for &entry in run_a {
        let i = entry as u32 as usize;
        let row = sides.a.sentence[i] as usize;
        if last_a.replace(row) == Some(row) {
            continue;
        }
        let here = weight(sides.a, i);
        let mut last_b = None;
        for &entry in run_b {
            let j = entry as u32 as usize;
            let column = sides.b.sentence[j] as usize;
            let bits = here.min(weight(sides.b, j));
            if last_b.replace(column) != Some(column) && bits >= LEAST_BITS {
                shared[row * columns + column] += bits;
            }
        }
    }
}
