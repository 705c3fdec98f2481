//! Names that are spelled in two ways: *Petrenko* and *Petrenco*, *Zelimov* and *Zelymoff*.

use super::Prepared;

/// Letters of the shorter name from which one letter may differ, and from which two may.
const LETTERS: (usize, usize) = (5, 8);
/// Longer words are no names; bounds the table's row.
const LONGEST: usize = 32;

/// Whether token `i` of `a` and token `j` of `b` are words of names, spelled nearly alike: one letter changed, left out
/// or put in, or two in a long name. The first letter must agree. O(letters²), at most [`LONGEST`] squared.
pub(super) fn are_near_names(a: &Prepared, b: &Prepared, (i, j): (usize, usize)) -> bool {
    if !a.named[i] || !b.named[j] {
        return false;
    }
    let (x, y) = (a.spans()[i].of(&a.text), b.spans()[j].of(&b.text));
    let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
    let most = match short {
        n if n < LETTERS.0 => return false,
        n if n < LETTERS.1 => 1,
        _ => 2,
    };
    long <= LONGEST && long - short <= most && is_within(x.as_bytes(), y.as_bytes(), most)
}

/// Whether `x` becomes `y` by at most `most` changes of one byte each (Levenshtein), case of ASCII letters left aside, and
/// both begin alike.
fn is_within(x: &[u8], y: &[u8], most: usize) -> bool {
    if !x[0].eq_ignore_ascii_case(&y[0]) {
        return false;
    }
    let mut row = [0_usize; LONGEST + 1];
    for (at, cell) in row.iter_mut().enumerate() {
        *cell = at;
    }
    for (at, left) in x.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (to, right) in y.iter().enumerate() {
            let changed = diagonal + usize::from(!left.eq_ignore_ascii_case(right));
            diagonal = row[to + 1];
            row[to + 1] = changed.min(diagonal + 1).min(row[to] + 1);
        }
    }
    row[y.len()] <= most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert_eq, proptest};

    use super::*;

    /// Levenshtein's distance by its definition.
    fn distance(x: &[u8], y: &[u8]) -> usize {
        match (x, y) {
            ([], rest) | (rest, []) => rest.len(),
            ([p, x_rest @ ..], [q, y_rest @ ..]) => (distance(x_rest, y_rest)
                + usize::from(p != q))
            .min(distance(x_rest, y) + 1)
            .min(distance(x, y_rest) + 1),
        }
    }

    proptest! {
        #[test]
        fn nearness_is_a_bounded_distance(x in "[abc]{0,5}", y in "[abc]{0,5}", most in 0..3_usize) {
            let (x, y) = (format!("K{x}"), format!("k{y}"));
            let expected = distance(&x.as_bytes()[1..], &y.as_bytes()[1..]) <= most;
            prop_assert_eq!(is_within(x.as_bytes(), y.as_bytes(), most), expected);
        }
    }

    #[test]
    fn names_begin_alike() {
        assert!(is_within(b"Petrenko", b"Petrenco", 1));
        assert!(is_within(b"Zelimov", b"Zelymoff", 3));
        assert!(!is_within(b"Marten", b"Karten", 1));
    }
}
