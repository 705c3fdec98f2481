//! Names that are spelled in two ways: *Petrenko* and *Petrenco*, *Zelimov* and *Zelymoff*.

use super::AnalysedText;

/// Letters of the shorter name from which one letter may differ, and from which two may.
const LETTERS: (usize, usize) = (5, 8);
/// Longer words are no names; bounds the table's row.
const LONGEST: usize = 32;

/// Whether token `i` of `a` and token `j` of `b` are words of names, spelled nearly alike: one letter changed, left out
/// or put in, or two in a long name. The first letter must agree. O(letters²), at most [`LONGEST`] squared.
pub(super) fn are_near_names(a: &AnalysedText, b: &AnalysedText, (i, j): (usize, usize)) -> bool {
    if !a.named[i] || !b.named[j] {
        return false;
    }
    let (x, y) = (
        Letters::of(a.spans()[i].of(&a.text)),
        Letters::of(b.spans()[j].of(&b.text)),
    );
    let (Some(x), Some(y)) = (x, y) else {
        return false;
    };
    let (x, y) = (x.as_slice(), y.as_slice());
    let (short, long) = (x.len().min(y.len()), x.len().max(y.len()));
    let most = match short {
        n if n < LETTERS.0 => return false,
        n if n < LETTERS.1 => 1,
        _ => 2,
    };
    long - short <= most && is_within(x, y, most)
}

/// The letters of a word of at most [`LONGEST`], ASCII ones in lower case.
struct Letters {
    letters: [char; LONGEST],
    len: usize,
}

impl Letters {
    fn of(word: &str) -> Option<Self> {
        let mut out = Self {
            letters: ['\0'; LONGEST],
            len: 0,
        };
        for letter in word.chars() {
            *out.letters.get_mut(out.len)? = letter.to_ascii_lowercase();
            out.len += 1;
        }
        Some(out)
    }

    fn as_slice(&self) -> &[char] {
        &self.letters[..self.len]
    }
}

/// Whether `x` becomes `y` by at most `most` changes of one letter each (Levenshtein), and both begin alike.
fn is_within(x: &[char], y: &[char], most: usize) -> bool {
    if x.first() != y.first() {
        return false;
    }
    let mut row = [0_usize; LONGEST + 1];
    for (at, cell) in row.iter_mut().enumerate() {
        *cell = at;
    }
    for (at, left) in x.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (to, right) in y.iter().enumerate() {
            let changed = diagonal + usize::from(left != right);
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
    fn distance(x: &[char], y: &[char]) -> usize {
        match (x, y) {
            ([], rest) | (rest, []) => rest.len(),
            ([p, x_rest @ ..], [q, y_rest @ ..]) => (distance(x_rest, y_rest)
                + usize::from(p != q))
            .min(distance(x_rest, y) + 1)
            .min(distance(x, y_rest) + 1),
        }
    }

    fn within(x: &str, y: &str, most: usize) -> bool {
        let [x, y] = [x, y].map(|word| Letters::of(word).expect("a short word"));
        is_within(x.as_slice(), y.as_slice(), most)
    }

    proptest! {
        #[test]
        fn nearness_is_a_bounded_distance(x in "[abж]{0,5}", y in "[abж]{0,5}", most in 0..3_usize) {
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            let expected = distance(&letters(&x), &letters(&y)) <= most;
            prop_assert_eq!(within(&format!("K{x}"), &format!("k{y}"), most), expected);
        }
    }

    #[test]
    fn names_begin_alike() {
        assert!(within("Petrenko", "Petrenco", 1));
        assert!(within("Zelimov", "Zelymoff", 3));
        assert!(!within("Marten", "Karten", 1));
        assert!(!within("Иванов", "Юванов", 1));
        assert!(Letters::of(&"a".repeat(LONGEST + 1)).is_none());
    }
}
