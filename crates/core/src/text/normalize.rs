//! Folding: what counts as the same word. Case, compatibility forms (NFKC), accents, quotation marks and dashes.
//!
//! Folding works on one character at a time, so that every folded byte has a source character and offsets never drift.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Hands the folded form of `c` to `emit`: compatibility-decomposed (NFKD), accents dropped, lower case.
/// Zero or more characters come out.
#[inline]
pub fn fold_char(c: char, mut emit: impl FnMut(char)) {
    if c.is_ascii() {
        emit(c.to_ascii_lowercase());
        return;
    }
    decompose_compatible(c, |part| {
        if !is_combining_mark(part) {
            for lower in part.to_lowercase() {
                emit(match lower {
                    'ß' => 's',
                    other => other,
                });
            }
        }
    });
}
