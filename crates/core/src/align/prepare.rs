//! A document made ready for comparison: columns of words, sentences, and an index by concept.

use super::AlignOptions;
use crate::ByteSpan;
use crate::text::{Background, Language, Lexicon, Tokenizer, Tokens, detect_language};

/// What of a document is compared: its text, the parts that count, and which of it is quoted.
#[derive(Clone, Copy, Debug)]
pub struct TextView<'t> {
    /// The document's text; all spans index its bytes.
    pub text: &'t str,
    /// Parts to compare (the body), ascending and disjoint. Passages never leave them.
    pub body: &'t [ByteSpan],
    /// What stands inside quotation marks, marks left out, ascending and disjoint.
    pub quotes: &'t [ByteSpan],
}

/// A document made ready for comparison with any number of others. Columns: entry `i` belongs to body token `i`.
/// Memory is kept when it is filled again.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    pub(crate) text: String,
    pub(crate) spans: Vec<ByteSpan>,
    /// Keys of the folded words.
    pub(crate) forms: Vec<u32>,
    /// Keys of the stems.
    pub(crate) stems: Vec<u32>,
    /// Keys of the concepts (stems, or heads of synonym classes).
    pub(crate) concepts: Vec<u32>,
    /// Bits by the background table alone: the same in every document.
    pub(crate) background: Vec<f32>,
    /// Bits in this document: background less what the word's repetition here takes away.
    pub(crate) bits: Vec<f32>,
    /// Number of the quotation that holds the token, counted from 1; 0 outside quotation marks.
    pub(crate) quote: Vec<u32>,
    /// Number of the sentence that holds the token.
    pub(crate) sentence: Vec<u32>,
    /// First token of each sentence, and the number of tokens at the end.
    pub(crate) sentence_starts: Vec<u32>,
    /// Bytes of each sentence, with the punctuation that belongs to it.
    pub(crate) sentence_spans: Vec<ByteSpan>,
    /// `concept << 32 | token` of every token worth seeding with, ascending.
    pub(crate) by_concept: Vec<u64>,
    /// Distinct concepts that say what the text is about, ascending, with their bits by document frequency.
    pub(crate) topics: Vec<(u32, f32)>,
    pub(crate) language: Language,
    scratch: Tokens,
    folded: String,
}

impl Prepared {
    /// Number of body tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether the body holds no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Hashes of the folded body tokens, in text order.
    #[must_use]
    pub fn token_hashes(&self) -> &[u64] {
        self.scratch.hashes()
    }

    /// Bytes of each body token in the document's text, ascending.
    #[must_use]
    pub fn spans(&self) -> &[ByteSpan] {
        &self.spans
    }

    /// The language whose tables were used.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// Bytes of each sentence of the body, ascending.
    #[must_use]
    pub fn sentences(&self) -> &[ByteSpan] {
        &self.sentence_spans
    }

    #[doc(hidden)]
    pub fn debug_bits(&self, at: usize) -> f32 {
        self.bits[at]
    }
    /// Whether body token `at` stands inside quotation marks.
    ///
    /// # Panics
    /// When there is no such token.
    #[must_use]
    pub fn is_quoted(&self, at: usize) -> bool {
        self.quote[at] != 0
    }

    /// Tokens of the sentence `number`.
    pub(crate) fn sentence_tokens(&self, number: usize) -> std::ops::Range<usize> {
        self.sentence_starts[number] as usize..self.sentence_starts[number + 1] as usize
    }

    /// Replaces the contents by those of `view`. O(bytes + tokens log tokens).
    pub(super) fn fill(&mut self, view: &TextView, lexicon: &Lexicon, options: &AlignOptions) {
        self.text.clear();
        self.text.push_str(view.text);
        let mut tokens = std::mem::take(&mut self.scratch);
        Tokenizer::default().tokenize_parts(view.text, view.body, &mut tokens);
        self.spans.clear();
        self.spans.extend_from_slice(tokens.spans());
        self.scratch = tokens;
        self.fill_words(lexicon);
        self.join_united_states(lexicon);
        self.fill_quotes(view.quotes);
        self.fill_sentences(view.body);
        self.fill_index(lexicon.background(), options);
    }

    fn fill_words(&mut self, lexicon: &Lexicon) {
        /// Enough to tell a language by its function words; articles seldom change theirs.
        const SAMPLE: usize = 300;
        let Self {
            text,
            spans,
            forms,
            stems,
            concepts,
            background,
            language,
            folded,
            ..
        } = self;
        *language = detect_language(spans.iter().take(SAMPLE).map(|s| s.of(text)));
        forms.clear();
        stems.clear();
        concepts.clear();
        background.clear();
        for span in spans.iter() {
            let word = lexicon.read(span.of(text), *language, folded);
            forms.push(word.form);
            stems.push(word.stem);
            concepts.push(word.concept);
            background.push(word.bits);
        }
    }

    /// *United States* is one name, the one of *U.S.*: its first word takes that concept, its second tells nothing.
    fn join_united_states(&mut self, lexicon: &Lexicon) {
        if self.language != Language::English {
            return;
        }
        let [united, states, us] = ["united", "states", "us"]
            .map(|w| lexicon.read(w, Language::English, &mut self.folded));
        for at in 1..self.stems.len() {
            if self.stems[at - 1] == united.stem && self.stems[at] == states.stem {
                self.concepts[at - 1] = us.concept;
                self.background[at - 1] = us.bits;
                self.background[at] = 0.0;
            }
        }
    }

    fn fill_quotes(&mut self, quotes: &[ByteSpan]) {
        self.quote.clear();
        let mut at = 0;
        for span in &self.spans {
            while quotes.get(at).is_some_and(|q| q.end <= span.start) {
                at += 1;
            }
            let inside = quotes.get(at).is_some_and(|q| q.start < span.end);
            self.quote.push(if inside { at as u32 + 1 } else { 0 });
        }
    }

    fn fill_sentences(&mut self, body: &[ByteSpan]) {
        self.sentence.clear();
        self.sentence_starts.clear();
        self.sentence_spans.clear();
        let mut part = 0;
        for at in 0..self.spans.len() {
            let span = self.spans[at];
            let mut new_part = at == 0;
            while body.get(part).is_some_and(|b| b.end < span.end) {
                part += 1;
                new_part = true;
            }
            if new_part || ends_sentence(&self.text, self.spans[at - 1], span) {
                self.sentence_starts.push(at as u32);
            }
            self.sentence.push(self.sentence_starts.len() as u32 - 1);
        }
        self.sentence_starts.push(self.spans.len() as u32);
        let mut part = 0;
        for bounds in self.sentence_starts.windows(2) {
            let (Some(&first), Some(&last)) = (
                self.spans.get(bounds[0] as usize),
                self.spans.get((bounds[1] as usize).wrapping_sub(1)),
            ) else {
                break;
            };
            while body.get(part).is_some_and(|b| b.end < last.end) {
                part += 1;
            }
            let limits = body.get(part).copied().unwrap_or(first.cover(last));
            self.sentence_spans
                .push(with_punctuation(&self.text, first.cover(last), limits));
        }
    }

    /// Weighs each word by how seldom it stands in a place like this, and indexes those that tell enough.
    ///
    /// The bits of a match are those of finding the word by chance among `CHANCE_WORDS` words: its rate is the
    /// larger of the rate in news at large and the rate in this document, so that the names and terms of a story
    /// tell little between two articles about it.
    fn fill_index(&mut self, tables: &Background, options: &AlignOptions) {
        let Self {
            concepts,
            background,
            bits,
            by_concept,
            ..
        } = self;
        by_concept.clear();
        by_concept.extend(
            concepts
                .iter()
                .enumerate()
                .map(|(at, &c)| u64::from(c) << 32 | at as u64),
        );
        by_concept.sort_unstable();
        bits.clear();
        bits.resize(concepts.len(), 0.0);
        for run in by_concept.chunk_by(|x, y| x >> 32 == y >> 32) {
            let here = (run.len() - 1) as f32 / (concepts.len() as f32 + RATE_SHRINKAGE);
            for &entry in run {
                let at = entry as u32 as usize;
                bits[at] = chance_bits(background_rate(background[at]).max(here), options);
            }
        }
        self.discount_phrases(tables, options);
        self.discount_names(options);
        let Self {
            by_concept,
            background,
            bits,
            topics,
            ..
        } = self;
        topics.clear();
        topics.extend(
            by_concept
                .iter()
                .map(|&e| ((e >> 32) as u32, background[e as u32 as usize]))
                .filter(|t| t.1 >= TOPIC_BITS),
        );
        topics.dedup_by_key(|t| t.0);
        by_concept.retain(|&entry| bits[entry as u32 as usize] >= options.least_seed_bits);
    }

    /// Lowers the bits of words that the words before them make likely: *margin of error*, *spoke on condition*.
    fn discount_phrases(&mut self, tables: &Background, options: &AlignOptions) {
        for at in 1..self.stems.len() {
            if self.bits[at] < options.least_seed_bits {
                continue;
            }
            for gap in 1..=at.min(2) {
                let pair = (self.stems[at - gap], self.stems[at]);
                if let Some(bits) = tables.phrase_bits(self.language, pair, gap as u32) {
                    self.bits[at] = self.bits[at].min(bits.max(options.least_bits));
                }
            }
        }
    }

    /// Lowers the bits of words inside names and titles: of capitalised words in a row, the rarest tells who is
    /// meant, and the others follow from it. Headlines, where most words have capitals, are left alone.
    fn discount_names(&mut self, options: &AlignOptions) {
        for number in 0..self.sentence_spans.len() {
            let sentence = self.sentence_tokens(number);
            let capitals = sentence.clone().filter(|&t| self.is_capitalised(t)).count();
            if capitals * 5 > sentence.len() * 3 && sentence.len() >= 4 {
                continue;
            }
            let mut start = sentence.start;
            while start < sentence.end {
                let mut end = start;
                while end < sentence.end
                    && self.is_capitalised(end)
                    && (end == start || self.is_joined(end))
                {
                    end += 1;
                }
                self.discount_run(start..end, options);
                start = end.max(start + 1);
            }
        }
    }

    fn discount_run(&mut self, run: std::ops::Range<usize>, options: &AlignOptions) {
        let run = &mut self.bits[run];
        let rarest = (0..run.len()).max_by(|&x, &y| run[x].total_cmp(&run[y]));
        for (at, bits) in run.iter_mut().enumerate() {
            if Some(at) != rarest {
                *bits *= options.name_share;
            }
        }
    }

    fn is_capitalised(&self, token: usize) -> bool {
        self.spans[token]
            .of(&self.text)
            .starts_with(char::is_uppercase)
    }

    /// Whether only a space, a full stop or a hyphen stands between a token and the one before.
    fn is_joined(&self, token: usize) -> bool {
        let between =
            &self.text[self.spans[token - 1].end as usize..self.spans[token].start as usize];
        matches!(between, " " | ". " | "-")
    }

    /// Number of the tokens that stand inside quotation marks.
    pub(super) fn quoted_tokens(&self, tokens: std::ops::Range<usize>) -> usize {
        self.quote[tokens].iter().filter(|&&q| q != 0).count()
    }
}

/// Words among which a match is looked for: about a sentence.
const CHANCE_WORDS: f32 = 16.0;
/// Words of a news article; turns shares of documents into rates of words.
const ARTICLE_WORDS: f32 = 850.0;
/// Words added to a document's length before its own rates are taken, so that short texts do not make theirs common.
const RATE_SHRINKAGE: f32 = 100.0;
/// Words that say what a text is about: at most one article in eight has them.
const TOPIC_BITS: f32 = 3.0;
/// No single word tells more than this.
const MOST_BITS: f32 = 13.0;

/// Rate of a word in running text from the bits of its document frequency, by the Poisson model (a share `s` of the
/// documents has it, so a document has it -ln(1 - s) times on average).
fn background_rate(bits: f32) -> f32 {
    let share = libm::exp2f(-bits).min(0.999);
    -libm::log1pf(-share) / ARTICLE_WORDS
}

fn chance_bits(rate: f32, options: &AlignOptions) -> f32 {
    (-libm::log2f(CHANCE_WORDS * rate)).clamp(options.least_bits, MOST_BITS)
}

/// Words that a full stop follows without ending a sentence.
const ABBREVIATIONS: [&str; 40] = [
    "adm", "apr", "aug", "calif", "capt", "cmdr", "co", "col", "conn", "corp", "dec", "dr", "feb",
    "fla", "gen", "gov", "inc", "jan", "jr", "ltd", "lt", "maj", "mass", "mr", "mrs", "ms", "no",
    "nov", "oct", "prof", "rep", "reps", "rev", "sen", "sens", "sept", "sgt", "sr", "st", "vs",
];

/// Whether a sentence ends between two neighbouring tokens. Paragraphs end sentences.
fn ends_sentence(text: &str, left: ByteSpan, right: ByteSpan) -> bool {
    let between = &text[left.end as usize..right.start as usize];
    if between == " " {
        return false;
    }
    if between.contains('\n') {
        return true;
    }
    if between.contains(['?', '!', '…', '。', '？', '！']) && between.contains(char::is_whitespace)
    {
        return starts_sentence(right.of(text)) || between.contains(['“', '"']);
    }
    if between.contains('。') {
        return true;
    }
    let stop = between
        .find('.')
        .is_some_and(|at| between[at..].contains(char::is_whitespace));
    stop && starts_sentence(right.of(text)) && !(between == ". " && is_abbreviation(left.of(text)))
}

fn starts_sentence(word: &str) -> bool {
    word.chars().next().is_some_and(|c| !c.is_lowercase())
}

fn is_abbreviation(word: &str) -> bool {
    let mut chars = word.chars();
    let single = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    if single || word.contains('.') {
        return true;
    }
    let mut lower = [0_u8; 8];
    let Some(lower) = lower.get_mut(..word.len()) else {
        return false;
    };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|w| ABBREVIATIONS.contains(&w))
}

/// `span` with the marks that open before it and the punctuation that follows it, up to white space, inside `limits`.
fn with_punctuation(text: &str, span: ByteSpan, limits: ByteSpan) -> ByteSpan {
    let before = &text[limits.start as usize..span.start as usize];
    let opening: usize = before
        .chars()
        .rev()
        .take_while(|&c| !c.is_whitespace() && !c.is_alphanumeric())
        .map(char::len_utf8)
        .sum();
    let after = &text[span.end as usize..limits.end as usize];
    let closing: usize = after
        .chars()
        .take_while(|&c| !c.is_whitespace() && !c.is_alphanumeric())
        .map(char::len_utf8)
        .sum();
    ByteSpan::new(span.start as usize - opening, span.end as usize + closing)
}
