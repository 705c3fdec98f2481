//! How natural a few words read: which of two readings is the damaged one.
//!
//! Spinning, careless editing and machine translation leave marks that a copyist does not repair: a word lost, two
//! words swapped, a rare word where a plain one belongs. A small table of how often two *classes* of words follow each
//! other tells the natural reading from the damaged one often enough for many places together to orient a copy. Classes
//! are the commonest words themselves and, for all others, their shape (ending, capitals, digits), so that the table
//! knows the language and not the news.

use std::sync::LazyLock;

/// How many of the commonest words are classes of their own.
pub const COMMON_WORDS: usize = 200;

/// Shapes of the other words, then the marks between words.
const SHAPES: usize = 17;
const NUMBER: usize = 0;
const CAPITALS: usize = 1;
const INNER_CAPITAL: usize = 2;
const CAPITALISED: usize = 3;
const SUFFIXES: [(&str, usize); 15] = [
    ("ing", 4),
    ("ed", 5),
    ("ly", 6),
    ("tion", 7),
    ("sion", 7),
    ("ment", 7),
    ("ness", 7),
    ("ity", 7),
    ("er", 8),
    ("or", 8),
    ("al", 9),
    ("ive", 9),
    ("ous", 9),
    ("ic", 9),
    ("s", 10),
];
const OTHER: usize = 11;
const SHORT: usize = 12;
const SENTENCE_END: usize = 13;
const CLAUSE_BREAK: usize = 14;
const QUOTE_MARK: usize = 15;
const HYPHEN: usize = 16;

/// Steps of the table for one nat.
const STEPS_PER_NAT: f64 = 4.0;
/// The character that stands for zero nats, and the largest number of steps either way.
const ZERO: u8 = b'O';
const MAX_STEPS: f64 = 30.0;
/// Count added to seen and expected pairs: rare pairs say little (a guess, not tuned).
const SMOOTHING: f64 = 4.0;

/// Association of neighbouring word classes: the logarithm of how much more often than by chance they meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Fluency {
    words: Vec<String>,
    cells: Vec<u8>,
}

/// The parts of a text that classes are read from.
enum Part<'t> {
    Word(&'t str),
    Mark(usize),
}

impl Fluency {
    /// The table for English, counted over news of twenty outlets by the benches' `fluency_table`. Text in other
    /// languages reads as unknown shapes, which weigh little.
    /// Read when it is first asked for.
    #[must_use]
    pub fn english() -> &'static Self {
        static ENGLISH: LazyLock<Fluency> =
            LazyLock::new(|| Fluency::parse(include_str!("../data/fluency-en.txt")));
        &ENGLISH
    }

    /// Reads what [`Fluency::write`] gave. Lines that are missing count as zero association.
    fn parse(table: &str) -> Self {
        let mut lines = table.lines();
        let words: Vec<String> = lines
            .next()
            .unwrap_or("")
            .split(' ')
            .map(str::to_owned)
            .collect();
        let width = words.len() + SHAPES;
        let mut cells: Vec<u8> = lines.flat_map(str::bytes).collect();
        cells.resize(width * width, ZERO);
        Self { words, cells }
    }

    /// The table as text: the common words on one line, sorted, then a line for each class with a character for each
    /// class that may follow.
    #[must_use]
    pub fn write(&self) -> String {
        let width = self.words.len() + SHAPES;
        let mut out = self.words.join(" ");
        for row in self.cells.chunks(width) {
            out.push('\n');
            out.extend(row.iter().map(|&cell| cell as char));
        }
        out.push('\n');
        out
    }

    /// Counts a table over `texts`. O(bytes · log words).
    #[must_use]
    pub fn count<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Self {
        let words = common_words(texts.clone());
        let width = words.len() + SHAPES;
        let mut table = Self {
            words,
            cells: Vec::new(),
        };
        let mut pairs = vec![0_u64; width * width];
        for text in texts {
            let classes = table.classes(text);
            for pair in classes.windows(2) {
                pairs[pair[0] * width + pair[1]] += 1;
            }
        }
        table.cells = associations(&pairs, width);
        table
    }

    /// How natural `text` reads: the sum of the associations of its neighbouring classes, in nats. O(bytes).
    #[must_use]
    pub fn score(&self, text: &str) -> f64 {
        let width = self.words.len() + SHAPES;
        let classes = self.classes(text);
        let cell =
            |pair: &[usize]| f64::from(self.cells[pair[0] * width + pair[1]]) - f64::from(ZERO);
        classes.windows(2).map(cell).sum::<f64>() / STEPS_PER_NAT
    }

    /// Whether `word` is one of the commonest.
    #[must_use]
    pub fn is_common(&self, word: &str) -> bool {
        self.words.binary_search(&fold(word)).is_ok()
    }

    fn classes(&self, text: &str) -> Vec<usize> {
        let mut out = Vec::new();
        parts(text, |part| {
            out.push(match part {
                Part::Word(word) => self.class(word),
                Part::Mark(mark) => self.words.len() + mark,
            });
        });
        out
    }

    fn class(&self, word: &str) -> usize {
        let lower = fold(word);
        match self.words.binary_search(&lower) {
            Ok(place) => place,
            Err(_) => self.words.len() + shape(word),
        }
    }
}

fn fold(word: &str) -> String {
    word.chars()
        .map(|c| if c == '’' { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

fn shape(word: &str) -> usize {
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return NUMBER;
    }
    let mut chars = word.chars();
    let first_upper = chars.next().is_some_and(char::is_uppercase);
    let upper_after = chars.clone().filter(|c| c.is_uppercase()).count();
    let lower_after = chars.filter(|c| c.is_lowercase()).count();
    match (first_upper, upper_after, lower_after) {
        (true, 1.., 0) => return CAPITALS,
        (_, 1.., _) => return INNER_CAPITAL,
        (true, ..) => return CAPITALISED,
        _ => {}
    }
    if word.len() <= 3 {
        return SHORT;
    }
    SUFFIXES
        .iter()
        .find(|(suffix, _)| word.ends_with(suffix))
        .map_or(OTHER, |&(_, class)| class)
}

/// Hands the words of `text` and the marks between them to `emit`; of several marks between two words the strongest.
fn parts<'t>(text: &'t str, mut emit: impl FnMut(Part<'t>)) {
    let mut start = None;
    let mut mark: Option<usize> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inside = start.is_some()
            && chars
                .peek()
                .is_some_and(|&(_, next)| next.is_alphanumeric());
        if c.is_alphanumeric() || (inside && matches!(c, '\'' | '’' | '.' | ',')) {
            if start.is_none() {
                if let Some(mark) = mark.take() {
                    emit(Part::Mark(mark));
                }
                start = Some(at);
            }
            continue;
        }
        if let Some(first) = start.take() {
            emit(Part::Word(text.get(first..at).unwrap_or_default()));
        }
        mark = [mark, mark_of(c)].into_iter().flatten().min();
    }
    match (start, mark) {
        (Some(first), _) => emit(Part::Word(text.get(first..).unwrap_or_default())),
        (None, Some(mark)) => emit(Part::Mark(mark)),
        (None, None) => {}
    }
}

fn mark_of(c: char) -> Option<usize> {
    match c {
        '.' | '?' | '!' | '\n' | '…' => Some(SENTENCE_END),
        ',' | ';' | ':' | '—' | '–' | '(' | ')' => Some(CLAUSE_BREAK),
        '"' | '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' => Some(QUOTE_MARK),
        '-' => Some(HYPHEN),
        _ => None,
    }
}

/// The commonest words among those written small (names are news, not language), sorted by their letters; of equally
/// common ones the first by letters.
fn common_words<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut counts = hashbrown::HashMap::<String, u64>::new();
    for text in texts {
        parts(text, |part| {
            if let Part::Word(word) = part
                && word.starts_with(char::is_lowercase)
            {
                *counts.entry(fold(word)).or_default() += 1;
            }
        });
    }
    let mut ranked: Vec<(u64, String)> = counts.into_iter().map(|(word, n)| (n, word)).collect();
    ranked.sort_by(|x, y| y.0.cmp(&x.0).then_with(|| x.1.cmp(&y.1)));
    let mut words: Vec<String> = ranked
        .into_iter()
        .take(COMMON_WORDS)
        .map(|(_, word)| word)
        .collect();
    words.sort();
    words
}

fn associations(pairs: &[u64], width: usize) -> Vec<u8> {
    let rows: Vec<f64> = pairs
        .chunks(width)
        .map(|row| row.iter().sum::<u64>() as f64)
        .collect();
    let columns: Vec<f64> = (0..width)
        .map(|j| (0..width).map(|i| pairs[i * width + j]).sum::<u64>() as f64)
        .collect();
    let total = rows.iter().sum::<f64>().max(1.0);
    let cell = |at: usize| {
        let expected = rows[at / width] * columns[at % width] / total;
        let nats = libm::log((pairs[at] as f64 + SMOOTHING) / (expected + SMOOTHING));
        let steps = (nats * STEPS_PER_NAT).round().clamp(-MAX_STEPS, MAX_STEPS);
        (f64::from(ZERO) + steps) as u8
    };
    (0..pairs.len()).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn natural_order_reads_better_than_a_swap_or_a_lost_word() {
        let fluency = Fluency::english();
        let natural = fluency.score("the minister of the interior has said that");
        assert!(natural > fluency.score("the minister the of interior has said that"));
        assert!(natural > fluency.score("the minister of interior the said has that"));
    }

    #[test]
    fn a_table_survives_writing_and_reading() {
        let table =
            Fluency::count(["the cat sat on the mat. The dog, too.", "a cat on a mat"].into_iter());
        assert_eq!(Fluency::parse(&table.write()), table);
    }

    #[test]
    fn any_text_has_a_score() {
        let fluency = Fluency::english();
        for text in ["", " ", "x", "’’’", "1,2.3", "日本語", "'a", "a'"] {
            assert!(fluency.score(text).is_finite());
        }
    }
}
