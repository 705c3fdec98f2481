//! The reporter's own words as a row of tokens, with each outermost quotation as one token.
//!
//! The main type is [`Token`]. Masking the quotations is what makes speakers findable: names inside them are not
//! candidates. Sentences end at [`Kind::Stop`], paragraphs at [`Kind::Paragraph`].

use wirecopy_document::lines::LINE_ENDS;
use wirecopy_text::ByteSpan;

use super::agency::is_agency;
use super::cut::{head, part, tail};
use super::lexicon::Lexicon;
use super::mark_pairing::Marked;
use super::word_classes::Flags;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word that starts with a lower-case letter.
    Lower,
    /// A word that starts with a capital.
    Capital,
    /// A word that starts with a digit.
    Number,
    /// The quotation of this number among the outermost.
    Quote(u32),
    /// `,` or `;`.
    Comma,
    /// `:`.
    Colon,
    /// A dash between words.
    Dash,
    /// `(` or `[`.
    Open,
    /// `)` or `]`.
    Close,
    /// End of a sentence.
    Stop,
    /// End of a sentence inside a quotation, before a capital: the sentence may go on after it.
    SoftStop,
    /// End of a paragraph.
    Paragraph,
}

impl Kind {
    /// Whether a sentence ends here.
    pub(crate) fn ends_sentence(self) -> bool {
        matches!(self, Self::Stop | Self::SoftStop | Self::Paragraph)
    }

    /// Whether it is a word.
    pub(crate) fn is_word(self) -> bool {
        matches!(self, Self::Lower | Self::Capital | Self::Number)
    }
}

/// One word, sign or masked quotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Bytes of the text; a genitive `'s` is left out.
    pub(crate) span: ByteSpan,
    /// What it is.
    pub(crate) kind: Kind,
    /// Word classes.
    pub(crate) flags: Flags,
    /// Number of the name that it belongs to; `u32::MAX` if none.
    pub(crate) mention: u32,
}

impl Token {
    /// Whether the word has one of the classes.
    pub(crate) fn is(&self, of: Flags) -> bool {
        self.flags.any(of)
    }
}

/// Reads the tokens of `text`. `outer` holds the outermost quotations in order; `skip` the spans left out (ascending,
/// disjoint). O(length).
pub(crate) fn tokenize(
    text: &str,
    lexicon: &Lexicon,
    outer: &[Marked],
    skip: &[ByteSpan],
) -> Vec<Token> {
    let mut reader = Reader {
        text,
        lexicon,
        tokens: Vec::with_capacity(text.len() / 5 + 4),
    };
    let mut holes = outer
        .iter()
        .enumerate()
        .map(|(i, m)| (m.outer, Some((i, m))))
        .peekable();
    let mut skips = skip.iter().peekable();
    let mut at = 0;
    while at < text.len() {
        let quote = holes
            .peek()
            .map_or(text.len(), |(span, _)| span.start as usize)
            .max(at);
        let skipped = skips
            .peek()
            .map_or(text.len(), |span| span.start as usize)
            .max(at);
        reader.words(at, quote.min(skipped));
        if quote <= skipped {
            let Some((span, Some((number, marked)))) = holes.next() else {
                break;
            };
            reader.quotation(number, marked);
            at = at.max(span.end as usize);
        } else {
            let Some(span) = skips.next() else { break };
            reader.push(span.start as usize, span.start as usize, Kind::Paragraph);
            at = at.max(span.end as usize);
        }
    }
    reader.push(text.len(), text.len(), Kind::Paragraph);
    reader.tokens
}

struct Reader<'t> {
    text: &'t str,
    lexicon: &'t Lexicon,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn push(&mut self, start: usize, end: usize, kind: Kind) {
        self.tokens.push(Token {
            span: ByteSpan::new(start, end),
            kind,
            flags: Flags(0),
            mention: u32::MAX,
        });
    }

    /// The bytes `from..to`, which hold no outermost quotation.
    fn words(&mut self, from: usize, to: usize) {
        let text = head(self.text, to);
        let mut at = from;
        while let Some(c) = tail(text, at).chars().next() {
            let end = at + c.len_utf8();
            if c.is_alphanumeric() {
                at = self.word(text, at, c);
                continue;
            }
            match c {
                ' ' | '\t' | '\u{a0}' => {}
                ',' | ';' => self.push(at, end, Kind::Comma),
                ':' => self.push(at, end, Kind::Colon),
                '.' | '!' | '?' | '…' | '。' => self.stop(text, at, c),
                '(' | '[' => self.push(at, end, Kind::Open),
                ')' | ']' => self.push(at, end, Kind::Close),
                '-' if self.is_inside_word(at, end) => {}
                '–' | '—' | '―' | '-' => self.push(at, end, Kind::Dash),
                _ if LINE_ENDS.contains(&c) => self.line_end(at, end),
                _ => {}
            }
            at = end;
        }
    }

    fn word(&mut self, text: &str, start: usize, first: char) -> usize {
        let mut end = start;
        let mut chars = tail(text, start).char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let joined = matches!(c, '-' | '\'' | '’' | '.' | '\u{ad}' | '@' | '_')
                && chars.peek().is_some_and(|(_, n)| n.is_alphanumeric())
                && (c != '.' || is_initials(part(text, start, start + i)));
            if !c.is_alphanumeric() && !joined && !is_combining(c) {
                break;
            }
            end = start + i + c.len_utf8();
        }
        let whole = part(text, start, end);
        if let Some(length) = self.lexicon.elision(whole) {
            end = start + length;
        } else if let Some(length) = self.lexicon.inversion(whole) {
            end = start + length;
        }
        let (word_end, own) = genitive(part(text, start, end));
        let kind = match first {
            c if c.is_uppercase() => Kind::Capital,
            c if c.is_numeric() => Kind::Number,
            _ => Kind::Lower,
        };
        self.push(start, start + word_end, kind);
        let word = part(text, start, start + word_end);
        let mut flags = self.lexicon.look_up(word);
        if is_agency(word) {
            flags = flags | Flags::AGENCY | Flags::ORG;
        }
        let elided = end < start + whole.len();
        if own || !elided && tail(text, end).starts_with(['’', '\'']) {
            flags = flags | Flags::OWN;
        }
        if let Some(token) = self.tokens.last_mut() {
            token.flags = flags;
        }
        end
    }

    /// Whether letters stand on either side: a hyphen that parts a verb from its pronoun.
    fn is_inside_word(&self, at: usize, end: usize) -> bool {
        head(self.text, at).ends_with(char::is_alphanumeric)
            && tail(self.text, end).starts_with(char::is_alphanumeric)
    }

    /// A full stop ends a sentence unless it belongs to an abbreviation, an initial or a number.
    fn stop(&mut self, text: &str, at: usize, sign: char) {
        let end = at + sign.len_utf8();
        let rest = tail(text, end).trim_start_matches([' ', '\u{a0}']);
        let lower = rest.starts_with(char::is_lowercase);
        let glued = sign == '.' && tail(text, end).starts_with(char::is_alphanumeric) && lower;
        let inside = sign == '.'
            && self.tokens.last().is_some_and(|t| {
                let word = t.span.of(self.text);
                t.span.end as usize == at
                    && (t.is(Flags::ABBR)
                        || (is_initials(word) && word.len() <= 12)
                        || t.kind == Kind::Number && lower)
            });
        if sign == '.' && rest.starts_with([')', ',', ';', ']']) {
            return;
        }
        let new_line = rest.starts_with(LINE_ENDS) || rest.is_empty() && end >= self.text.len();
        if new_line || !(inside || glued || (lower && sign != '。')) {
            self.push(at, end, Kind::Stop);
        }
    }

    /// A line end ends the paragraph, unless the next line goes on in lower case (hard-wrapped text).
    fn line_end(&mut self, at: usize, next: usize) {
        let rest = tail(self.text, next);
        let wrapped = rest.starts_with(char::is_lowercase)
            && self
                .tokens
                .last()
                .is_some_and(|t| t.kind.is_word() || t.kind == Kind::Comma);
        if !wrapped
            && self
                .tokens
                .last()
                .is_some_and(|t| t.kind != Kind::Paragraph)
        {
            self.push(at, at, Kind::Paragraph);
        }
    }

    /// A masked quotation, and the end of the sentence where its last sign makes one.
    fn quotation(&mut self, number: usize, marked: &Marked) {
        let (start, end) = (marked.outer.start as usize, marked.outer.end as usize);
        self.push(
            start,
            end,
            Kind::Quote(u32::try_from(number).unwrap_or(u32::MAX)),
        );
        let words = marked
            .inner
            .of(self.text)
            .trim_end_matches([' ', '’', '\'', '”', '‘', '"']);
        let ended = words.ends_with(['.', '!', '?', '…', '。']);
        let rest = tail(self.text, end).trim_start_matches([' ', '\u{a0}', ')', ']']);
        let goes_on = rest.starts_with(|c: char| c.is_lowercase() || ",;:—–-".contains(c));
        if ended && !goes_on {
            self.push(end, end, Kind::SoftStop);
        }
    }
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether the word is one letter, or letters with stops between (`U.S`).
fn is_initials(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    })
}

/// Length of the word without a genitive ending, and whether it had one.
fn genitive(word: &str) -> (usize, bool) {
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(base) = word.strip_suffix(ending)
            && !base.is_empty()
        {
            return (base.len(), true);
        }
    }
    (word.len(), false)
}
