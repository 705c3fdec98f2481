//! Position-keeping fingerprints of a document: the seeds by which documents that share text find one another.
//!
//! Three kinds of key, one column:
//! - **winnowed n-grams**: of the 64-bit hashes of every five stems in a row, the smallest of each four in a row
//!   (Schleimer, Wilkerson and Aiken 2003, section 3), so that any eight stems in a row that two documents share
//!   give a shared key;
//! - **quoted n-grams**: every two and every four stems in a row inside one pair of quotation marks, none left out,
//!   since short quotations are what articles share most;
//! - **telling pairs**: each telling stem of a sentence with the next two, in either order, for sentences that were
//!   reworded: where nearly half of the words were exchanged, a third of the pairs with one stem between survive.
//!
//! The meaning of a key is fixed: stems by `text::stem`, combined as in [`Fingerprinter`]; persistent indexes rest
//! on it.

use crate::align::AnalysedText;
use wirecopy_text::hash::{combine, mix};

/// Stems of a winnowed n-gram.
const WIDTH: usize = 5;
/// n-grams of which the smallest is kept.
const WINDOW: usize = 4;
/// Stems in a row inside quotation marks.
const QUOTED_WIDTHS: [usize; 2] = [2, 4];
/// Telling stems that each one is paired with. With three, as many candidates find a hundredth more of heavily changed
/// passages; with one, a twentieth fewer.
const NEXT: usize = 2;
/// Bits from which a stem is telling: one article in eight has it. At 4 bits as many candidates find a twentieth fewer
/// of heavily changed passages.
const TELLING_BITS: f32 = 3.0;
/// Farthest distance of a pair, in tokens (about eight content words).
const PAIR_REACH: u32 = 20;
/// Domain of pairs, so that a pair never equals a 2-gram.
const PAIR_DOMAIN: u64 = 0x7061_6972;

/// Fingerprints of one document, in columns: entry `i` of each belongs to fingerprint `i`. Reused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fingerprints {
    keys: Vec<u64>,
    places: Vec<Place>,
}

/// Where a fingerprint stands and what sharing it is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// First body token that it covers.
    pub token: u32,
    /// Tokens in a row that it covers; 0 for a telling pair, whose tokens are not neighbours.
    pub len: u8,
    /// Bits of its stems by the background table.
    pub bits: f32,
}

impl Fingerprints {
    /// Keys, in the order of their kinds and then of the text.
    #[must_use]
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// Place of each key.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Number of fingerprints.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    fn clear(&mut self) {
        self.keys.clear();
        self.places.clear();
    }

    fn push(&mut self, key: u64, place: Place) {
        self.keys.push(key);
        self.places.push(place);
    }
}

/// Makes fingerprints; holds the scratch of one worker.
#[derive(Clone, Debug, Default)]
pub struct Fingerprinter {
    grams: Vec<u64>,
    telling: Vec<u32>,
}

impl Fingerprinter {
    /// Replaces `out` by the fingerprints of `document`. O(tokens).
    pub fn fingerprints(&mut self, document: &AnalysedText, out: &mut Fingerprints) {
        out.clear();
        self.winnow(document, out);
        quoted(document, out);
        for number in 0..document.sentence_spans.len() {
            self.telling_pairs(document, document.sentence_tokens(number), out);
        }
    }

    fn winnow(&mut self, document: &AnalysedText, out: &mut Fingerprints) {
        self.grams.clear();
        self.grams.extend(document.stems.windows(WIDTH).map(gram));
        let mut last = usize::MAX;
        let width = WINDOW.min(self.grams.len().max(1));
        for (start, window) in self.grams.windows(width).enumerate() {
            // The rightmost of equal minima: fewer fingerprints on repetitive text, the guarantee is the same.
            let smallest = (0..window.len())
                .rev()
                .min_by_key(|&k| window[k])
                .map_or(start, |k| start + k);
            if smallest != last {
                out.push(self.grams[smallest], place(document, smallest, WIDTH));
                last = smallest;
            }
        }
    }

    fn telling_pairs(
        &mut self,
        document: &AnalysedText,
        sentence: std::ops::Range<usize>,
        out: &mut Fingerprints,
    ) {
        let bits = |t: u32| document.background[t as usize];
        let stem = |t: u32| document.stems[t as usize];
        self.telling.clear();
        self.telling.extend(
            sentence
                .map(|t| t as u32)
                .filter(|&t| bits(t) >= TELLING_BITS),
        );
        for (at, &x) in self.telling.iter().enumerate() {
            let near = self.telling[at + 1..]
                .iter()
                .take_while(|&&y| y - x <= PAIR_REACH);
            for &y in near.filter(|&&y| stem(x) != stem(y)).take(NEXT) {
                let place = Place {
                    token: x,
                    len: 0,
                    bits: bits(x) + bits(y),
                };
                out.push(pair(stem(x), stem(y)), place);
            }
        }
    }
}

/// Every n-gram of the quoted widths inside one quotation.
fn quoted(document: &AnalysedText, out: &mut Fingerprints) {
    let mut start = 0;
    for run in document.quote.chunk_by(|x, y| x == y) {
        if run[0] != 0 {
            for width in QUOTED_WIDTHS.into_iter().filter(|&w| w <= run.len()) {
                for at in start..=start + run.len() - width {
                    let place = place(document, at, width);
                    if place.bits > 0.0 {
                        out.push(gram(&document.stems[at..at + width]), place);
                    }
                }
            }
        }
        start += run.len();
    }
}

fn place(document: &AnalysedText, token: usize, len: usize) -> Place {
    let bits = document.background[token..(token + len).min(document.len())]
        .iter()
        .sum();
    Place {
        token: token as u32,
        len: len as u8,
        bits,
    }
}

/// The key of stems in a row.
fn gram(stems: &[u32]) -> u64 {
    stems.iter().fold(stems.len() as u64, |hash, &stem| {
        combine(hash, u64::from(stem))
    })
}

/// The key of two stems in either order.
fn pair(x: u32, y: u32) -> u64 {
    mix(u64::from(x.min(y)) << 32 | u64::from(x.max(y))) ^ PAIR_DOMAIN
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::{AlignOptions, Aligner, TextView};
    use wirecopy_text::ByteSpan;
    use wirecopy_text::{Language, TermCache};

    fn of(text: &str, quotes: &[ByteSpan]) -> Fingerprints {
        let aligner = Aligner::new(AlignOptions::default()).unwrap();
        let mut prepared = AnalysedText::default();
        let body = [ByteSpan::new(0, text.len())];
        aligner.prepare(
            &TextView {
                text,
                body: &body,
                quotes,
                language: Language::English,
            },
            &mut TermCache::default(),
            &mut prepared,
        );
        let mut out = Fingerprints::default();
        Fingerprinter::default().fingerprints(&prepared, &mut out);
        out
    }

    fn shared(x: &Fingerprints, y: &Fingerprints) -> usize {
        x.keys().iter().filter(|k| y.keys().contains(k)).count()
    }

    #[test]
    fn eight_words_in_a_row_always_share_a_key() {
        let run = "harbour ferries stopped running after midnight yesterday evening";
        for padding in 0..9 {
            let before = "ein zwei drei vier fünf sechs sieben acht neun "
                .split(' ')
                .take(padding);
            let text = format!(
                "{} {run} und sonst nichts",
                before.collect::<Vec<_>>().join(" ")
            );
            assert!(
                shared(&of(&text, &[]), &of(run, &[])) > 0,
                "padding {padding}"
            );
        }
    }

    #[test]
    fn two_quoted_words_share_a_key() {
        let x = of("He saw a “total collapse” of it.", &[ByteSpan::new(12, 26)]);
        let y = of("A \"total collapse\", they wrote.", &[ByteSpan::new(3, 17)]);
        assert!(shared(&x, &y) > 0);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(of("", &[]).is_empty());
        assert!(of("word", &[]).is_empty());
    }
}
