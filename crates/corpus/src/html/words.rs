//! Words of blocks, for comparing what a library found with what stands in the page.

/// Numbers for the words of `text`: folded words of letters and digits, single characters of scripts without spaces.
pub(crate) fn words(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    let mut word = WordHasher::default();
    let mut is_open = false;
    for c in text.chars() {
        if is_unspaced(c) || !c.is_alphanumeric() {
            if is_open {
                out.push(std::mem::take(&mut word).finish());
                is_open = false;
            }
            if is_unspaced(c) {
                out.push(hash_of(&[u64::from(u32::from(c))]));
            }
        } else {
            for lower in c.to_lowercase() {
                word.write(u64::from(u32::from(lower)));
            }
            is_open = true;
        }
    }
    if is_open {
        out.push(word.finish());
    }
    out
}

/// A number for a run of words.
pub(crate) fn hash_of(words: &[u64]) -> u64 {
    let mut hasher = WordHasher::default();
    for word in words {
        hasher.write(*word);
    }
    hasher.finish()
}

/// FNV-1a over whole numbers, with a last mix (of `SplitMix64`), since the plain sum has weak high bits.
#[derive(Debug)]
struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl WordHasher {
    fn write(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x0100_0000_01b3);
    }

    fn finish(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// Whether the script of `c` puts no spaces between words: Han, kana, Thai, Lao, Khmer, Burmese, Tibetan.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e01}'..='\u{0eff}' | '\u{0f00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether the text has the length and the stops of prose: eight words, and a stop after one of them.
pub(crate) fn is_prose(text: &str, words: usize) -> bool {
    words >= PROSE_WORDS && has_sentence_end(text)
}

/// Fewest words of prose. Headlines of teasers with a stop are rarer than sentences of fewer words.
const PROSE_WORDS: usize = 8;

/// Whether a stop ends a word and a sentence: followed by space, a closing mark, or nothing.
fn has_sentence_end(text: &str) -> bool {
    text.match_indices(['.', '!', '?', '。', '！', '？', '؟', '।', '…'])
        .any(|(at, stop)| {
            let after = text
                .get(at + stop.len()..)
                .and_then(|rest| rest.chars().next());
            let closes = |c: char| c.is_whitespace() || "\"'”’»“)」』".contains(c);
            !stop.is_ascii() || after.is_none_or(closes)
        })
}

/// Whether the text ends as sentences do.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»“«)」』]".contains(c));
    end.ends_with(['.', '!', '?', '。', '！', '？', '؟', '।', '…', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_characters_of_some_scripts_are_words() {
        assert_eq!(words("The ferry—42"), words("the FERRY 42."));
        assert_eq!(words("橋の建設").len(), 4);
        assert_ne!(hash_of(&words("a b")), hash_of(&words("b a")));
    }

    #[test]
    fn prose_has_stops() {
        assert!(has_sentence_end("He said “no.” Then") && has_sentence_end("可決した。工事は"));
        assert!(!has_sentence_end("3.5 left at www.example.org"));
        assert!(ends_sentence("“Not once.” ") && !ends_sentence("Goat comes down"));
    }
}
