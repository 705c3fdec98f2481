//! Words to columns of hashes and spans.
//!
//! A token is a run of letters, digits and combining marks after folding; an apostrophe or a full stop between two
//! letters, and a comma or a full stop between two digits, stay inside. Scripts without spaces give a token for each
//! character.

use crate::ByteSpan;
use crate::hash::{Seed, hash_bytes};
use crate::text::fold_char;

/// Token columns of one document: entry `i` of each column belongs to token `i`. Scratch of one worker, reused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tokens {
    hashes: Vec<u64>,
    spans: Vec<ByteSpan>,
    folded: Vec<u8>,
}

impl Tokens {
    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Hashes of the folded words, in text order.
    #[must_use]
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// Where each token stands in the text, ascending.
    #[must_use]
    pub fn spans(&self) -> &[ByteSpan] {
        &self.spans
    }

    /// Forgets all tokens and keeps the memory.
    pub fn clear(&mut self) {
        self.hashes.clear();
        self.spans.clear();
    }

    fn close(&mut self, start: usize, end: usize) {
        if !self.folded.is_empty() {
            self.hashes.push(hash_bytes(&self.folded, Seed::TOKEN));
            self.spans.push(ByteSpan::new(start, end));
            self.folded.clear();
        }
    }
}

/// Splits text into folded words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tokenizer {
    _private: (),
}

impl Tokenizer {
    /// Replaces `out` by the tokens of `text`. O(bytes).
    pub fn tokenize(&self, text: &str, out: &mut Tokens) {
        out.clear();
        self.append(text, ByteSpan::new(0, text.len()), out);
    }

    /// Replaces `out` by the tokens of those parts of `text` that `parts` names (ascending, disjoint). Spans index
    /// `text`. O(bytes).
    pub fn tokenize_parts(&self, text: &str, parts: &[ByteSpan], out: &mut Tokens) {
        out.clear();
        for &part in parts {
            self.append(text, part, out);
        }
    }

    fn append(&self, text: &str, part: ByteSpan, out: &mut Tokens) {
        let base = part.start as usize;
        let slice = part.of(text);
        let mut start = None;
        let mut end = 0;
        let mut buffer = [0; 4];
        let mut chars = slice.char_indices().peekable();
        let mut before: Option<char> = None;
        while let Some((at, c)) = chars.next() {
            let after = chars.peek().map(|&(_, next)| next);
            if is_word(c) || joins(before, c, after) {
                if stands_alone(c) {
                    if let Some(first) = start.take() {
                        out.close(base + first, base + end);
                    }
                }
                start.get_or_insert(at);
                end = at + c.len_utf8();
                if is_word(c) {
                    fold_char(c, |f| {
                        out.folded
                            .extend_from_slice(f.encode_utf8(&mut buffer).as_bytes())
                    });
                }
                if stands_alone(c) {
                    start = None;
                    out.close(base + at, base + end);
                }
            } else if let Some(first) = start.take() {
                out.close(base + first, base + end);
            }
            before = Some(c);
        }
        if let Some(first) = start {
            out.close(base + first, base + end);
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

/// Whether `c` stays inside a word between `before` and `after`.
fn joins(before: Option<char>, c: char, after: Option<char>) -> bool {
    let (Some(b), Some(a)) = (before, after) else {
        return false;
    };
    match c {
        '\'' | '’' => b.is_alphabetic() && a.is_alphabetic(),
        '.' => {
            (b.is_alphabetic() && a.is_alphabetic()) || (b.is_ascii_digit() && a.is_ascii_digit())
        }
        ',' => b.is_ascii_digit() && a.is_ascii_digit(),
        _ => false,
    }
}

/// Characters of scripts without spaces are tokens of their own.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut tokens = Tokens::default();
        Tokenizer::default().tokenize(text, &mut tokens);
        tokens
            .spans()
            .iter()
            .map(|s| s.of(text).to_owned())
            .collect()
    }

    #[test]
    fn apostrophes_and_decimal_points_stay_inside_words() {
        assert_eq!(
            words("Russia’s 1,500.5 U.S. troops—“now”."),
            ["Russia’s", "1,500.5", "U.S", "troops", "now"]
        );
    }

    #[test]
    fn case_accents_and_quote_marks_do_not_change_the_hash() {
        let mut a = Tokens::default();
        let mut b = Tokens::default();
        Tokenizer::default().tokenize("“Café” ﬁne don’t", &mut a);
        Tokenizer::default().tokenize("CAFE fine don't", &mut b);
        assert_eq!(a.hashes(), b.hashes());
    }

    #[test]
    fn scripts_without_spaces_give_one_token_a_character() {
        assert_eq!(words("普京警告 Biden"), ["普", "京", "警", "告", "Biden"]);
    }
}
