//! The tokenizer's definition, one character at a time over a list of all of them.

use std::ops::Range;

use crate::ByteSpan;
use crate::hash::hash_word;
use crate::{CharClass, Tokens, fold_char};

/// The tokens of `text` by definition: what [`Tokenizer`](crate::Tokenizer) must give. O(characters squared) at
/// worst.
#[must_use]
pub fn naive_tokens(text: &str) -> Tokens {
    let chars: Vec<Placed> = text
        .char_indices()
        .map(|(at, c)| Placed {
            at: at..at + c.len_utf8(),
            c,
            class: CharClass::of(c),
        })
        .filter(|placed| placed.class != CharClass::Ignorable)
        .collect();
    let mut tokens = Tokens::default();
    let mut first = 0;
    while first < chars.len() {
        let last = match chars[first].class {
            CharClass::Alone => first + 1,
            class if class.is_word() => word_end(&chars, first),
            _ => {
                first += 1;
                continue;
            }
        };
        let mut folded = String::new();
        let word_chars = chars[first..last]
            .iter()
            .filter(|p| p.class.is_word() || p.class == CharClass::Alone);
        word_chars.for_each(|placed| fold_char(placed.c, |f| folded.push(f)));
        if !folded.is_empty() {
            let span = ByteSpan::new(chars[first].at.start, chars[last - 1].at.end);
            tokens.push(hash_word(folded.as_bytes()), span);
        }
        first = last;
    }
    tokens
}

struct Placed {
    at: Range<usize>,
    c: char,
    class: CharClass,
}

/// One past the last character of the word that begins at `first`.
fn word_end(chars: &[Placed], first: usize) -> usize {
    let mut end = first + 1;
    while end < chars.len() {
        let grows = match chars[end].class {
            class if class.is_word() => true,
            CharClass::Mark => {
                base_before(chars, first, end).is_some_and(|b| chars[b].class.is_word())
            }
            _ => stays_inside(chars, first, end),
        };
        if !grows {
            break;
        }
        end += 1;
    }
    end
}

/// The last character before `at` that is no mark, within the word that begins at `first`.
fn base_before(chars: &[Placed], first: usize, at: usize) -> Option<usize> {
    (first..at)
        .rev()
        .find(|&i| chars[i].class != CharClass::Mark)
}

/// Whether the joiner at `at` belongs to the word that begins at `first`.
fn stays_inside(chars: &[Placed], first: usize, at: usize) -> bool {
    use CharClass::{Apostrophe, Comma, Digit, FullStop, Letter, Mark};
    let class_at = |i: usize| chars.get(i).map(|placed| placed.class);
    let Some(base) = base_before(chars, first, at) else {
        return false;
    };
    match (class_at(base), class_at(at), class_at(at + 1)) {
        (Some(Letter), Some(Apostrophe), Some(Letter)) => true,
        (Some(Digit), Some(Comma | FullStop), Some(Digit)) => true,
        (Some(Letter), Some(FullStop), Some(Letter)) => {
            let alone_before = base == first || class_at(base - 1) == Some(FullStop);
            let next = (at + 2..chars.len()).find(|&i| chars[i].class != Mark);
            alone_before && !next.is_some_and(|i| chars[i].class.is_word())
        }
        _ => false,
    }
}
