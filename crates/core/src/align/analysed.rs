//! A document made ready for comparison: columns of words, sentences, and an index by concept.

use super::AlignOptions;
use wirecopy_text::ByteSpan;
use wirecopy_text::hash::{Seed, hash_bytes};
use wirecopy_text::{
    Language, RelatedWordsPlace, TermCache, TermTable, Tokenizer, Tokens, is_unspaced, rarity,
};

/// What of a document is compared: its text, the parts that count, and which of it is quoted.
#[derive(Clone, Copy, Debug)]
pub struct TextView<'t> {
    /// The document's text; all spans index its bytes.
    pub text: &'t str,
    /// Parts to compare (the body), ascending and disjoint. Passages never leave them.
    pub body: &'t [ByteSpan],
    /// What stands inside quotation marks, marks left out, ascending and disjoint.
    pub quotes: &'t [ByteSpan],
    /// Decides stems, synonyms and word weights.
    pub language: Language,
}

/// A document made ready for comparison with any number of others. Columns: entry `i` belongs to body token `i`.
/// Memory is kept when it is filled again.
#[derive(Clone, Debug, Default)]
pub struct AnalysedText {
    pub(crate) text: String,
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
    /// Whether the token is a word of a name, as capitals show.
    pub(crate) named: Vec<bool>,
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
    /// The same of every token that says something, on whatever subject.
    pub(crate) content_tokens: Vec<u64>,
    /// Row of the token's stem in the table of neighbours.
    pub(crate) neighbours: Vec<Option<RelatedWordsPlace>>,
    /// Distinct concepts that say what the text is about, ascending, with their bits by document frequency.
    pub(crate) topics: Vec<(u32, f32)>,
    pub(crate) language: Language,
    pub(super) sorting: Vec<u64>,
    pub(super) tokens: Tokens,
}

impl AnalysedText {
    /// A copy that takes no more memory than it needs: for keeping. O(bytes).
    #[must_use]
    pub fn compact(&self) -> Self {
        Self {
            text: self.text.clone(),
            forms: self.forms.clone(),
            stems: self.stems.clone(),
            concepts: self.concepts.clone(),
            background: self.background.clone(),
            bits: self.bits.clone(),
            named: self.named.clone(),
            quote: self.quote.clone(),
            sentence: self.sentence.clone(),
            sentence_starts: self.sentence_starts.clone(),
            sentence_spans: self.sentence_spans.clone(),
            by_concept: self.by_concept.clone(),
            content_tokens: self.content_tokens.clone(),
            neighbours: self.neighbours.clone(),
            topics: self.topics.clone(),
            language: self.language,
            sorting: Vec::new(),
            tokens: self.tokens.compact(),
        }
    }

    /// Number of body tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.spans().len()
    }

    /// Whether the body holds no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.spans().is_empty()
    }

    /// Hashes of the folded body tokens, in text order.
    #[must_use]
    pub fn token_hashes(&self) -> &[u64] {
        self.tokens.hashes()
    }

    /// Bytes of each body token in the document's text, ascending.
    #[must_use]
    pub fn spans(&self) -> &[ByteSpan] {
        self.tokens.spans()
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
    pub(super) fn fill(
        &mut self,
        view: &TextView,
        (lexicon, memo): (&TermTable, &mut TermCache),
        options: &AlignOptions,
    ) {
        self.text.clear();
        self.text.push_str(view.text);
        Tokenizer::default().tokenize_parts(view.text, view.body, &mut self.tokens);
        self.language = view.language;
        self.fill_words(lexicon, memo);
        self.join_united_states(lexicon, memo);
        self.read_letters_in_context();
        self.fill_quotes(view.quotes);
        self.fill_sentences(view.body);
        self.fill_index(lexicon.background(), options);
    }

    fn fill_words(&mut self, lexicon: &TermTable, memo: &mut TermCache) {
        let Self {
            text,
            tokens,
            forms,
            stems,
            concepts,
            background,
            bits,
            neighbours,
            language,
            ..
        } = self;
        forms.clear();
        stems.clear();
        concepts.clear();
        background.clear();
        bits.clear();
        neighbours.clear();
        for span in tokens.spans() {
            let word = lexicon.read(span.of(text), *language, memo);
            forms.push(word.form);
            stems.push(word.stem);
            concepts.push(word.concept);
            background.push(word.bits);
            bits.push(word.rarity);
            neighbours.push(word.neighbours);
        }
    }

    /// *United States* is one name, the one of *U.S.*: its first word takes that concept, its second tells nothing.
    fn join_united_states(&mut self, lexicon: &TermTable, memo: &mut TermCache) {
        if self.language != Language::English {
            return;
        }
        let [united, states, us] =
            ["united", "states", "us"].map(|w| lexicon.read(w, Language::English, memo));
        for at in 1..self.stems.len() {
            if self.stems[at - 1] == united.stem && self.stems[at] == states.stem {
                self.concepts[at - 1] = us.concept;
                self.background[at - 1] = us.bits;
                self.bits[at - 1] = us.rarity;
                self.background[at] = 0.0;
                self.bits[at] = rarity(0.0);
            }
        }
    }

    /// Where an alphabet is written without spaces (Thai, Lao, Khmer, Burmese, kana) a token is a letter, and a letter alone
    /// tells little: of those, a concept is the letter between its neighbours, worth [`LETTER_BITS`]. O(tokens).
    fn read_letters_in_context(&mut self) {
        let spans = self.tokens.spans();
        let is_letter = |at: usize| {
            let mut chars = spans[at].of(&self.text).chars();
            chars
                .next()
                .is_some_and(|c| c < FIRST_HAN && is_unspaced(c))
        };
        let form = |at: Option<usize>| at.and_then(|at| self.forms.get(at)).copied();
        let letters = (0..spans.len()).filter(|&at| is_letter(at));
        let in_context: Vec<(usize, u32)> = letters
            .map(|at| {
                let around = [form(at.checked_sub(1)), form(Some(at)), form(Some(at + 1))];
                let bytes = around.map(|form| form.unwrap_or_default().to_le_bytes());
                let hash = hash_bytes(bytes.as_flattened(), Seed::BLOCK);
                (at, hash as u32)
            })
            .collect();
        for (at, concept) in in_context {
            self.concepts[at] = concept;
            self.background[at] = self.background[at].min(LETTER_BITS);
            self.bits[at] = self.bits[at].min(LETTER_BITS);
        }
    }

    fn fill_quotes(&mut self, quotes: &[ByteSpan]) {
        self.quote.clear();
        let mut at = 0;
        for span in self.tokens.spans() {
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
        for at in 0..self.tokens.spans().len() {
            let span = self.tokens.spans()[at];
            let mut new_part = at == 0;
            while body.get(part).is_some_and(|b| b.end < span.end) {
                part += 1;
                new_part = true;
            }
            if new_part || ends_sentence(&self.text, self.tokens.spans()[at - 1], span) {
                self.sentence_starts.push(at as u32);
            }
            self.sentence.push(self.sentence_starts.len() as u32 - 1);
        }
        self.sentence_starts.push(self.tokens.spans().len() as u32);
        let mut part = 0;
        for bounds in self.sentence_starts.windows(2) {
            let (Some(&first), Some(&last)) = (
                self.tokens.spans().get(bounds[0] as usize),
                self.tokens
                    .spans()
                    .get((bounds[1] as usize).wrapping_sub(1)),
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

    /// Number of the tokens that stand inside quotation marks.
    pub(super) fn quoted_tokens(&self, tokens: std::ops::Range<usize>) -> usize {
        self.quote[tokens].iter().filter(|&&q| q != 0).count()
    }
}

/// Characters from here on are Han, where each is a word or a syllable of its own.
const FIRST_HAN: char = '\u{3400}';
/// Bits of a letter of a script without spaces, in its context: a word has two or three such letters, and a word of news
/// that is worth seeding with some 20 bits by document frequency. Guess; with it a dozen letters in a row are a passage.
const LETTER_BITS: f32 = 8.5;

/// Words that a full stop follows without ending a sentence.
const ABBREVIATIONS: [&str; 40] = [
    "adm", "apr", "aug", "calif", "capt", "cmdr", "co", "col", "conn", "corp", "dec", "dr", "feb",
    "fla", "gen", "gov", "inc", "jan", "jr", "ltd", "lt", "maj", "mass", "mr", "mrs", "ms", "no",
    "nov", "oct", "prof", "rep", "reps", "rev", "sen", "sens", "sept", "sgt", "sr", "st", "vs",
];

/// Whether a sentence ends between two neighbouring tokens. Paragraphs end sentences.
fn ends_sentence(text: &str, left: ByteSpan, right: ByteSpan) -> bool {
    let between = left.until(right, text);
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
        .split_once('.')
        .is_some_and(|(_, behind)| behind.contains(char::is_whitespace));
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
    let part = |start: u32, end: u32| text.get(start as usize..end as usize).unwrap_or_default();
    let before = part(limits.start, span.start);
    let opening: usize = before
        .chars()
        .rev()
        .take_while(|&c| !c.is_whitespace() && !c.is_alphanumeric())
        .map(char::len_utf8)
        .sum();
    let after = part(span.end, limits.end);
    let closing: usize = after
        .chars()
        .take_while(|&c| !c.is_whitespace() && !c.is_alphanumeric())
        .map(char::len_utf8)
        .sum();
    ByteSpan::new(span.start as usize - opening, span.end as usize + closing)
}
