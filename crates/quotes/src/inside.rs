//! Attributions that stand inside a stretch of speech: between the turns behind dashes (`– Ja, sagte X. – Nein.`),
//! behind a quotation whose closing mark is missing, and within the marks (`“We lose it, said X, every day”`).
//!
//! The main type is [`Inside`], the tokens of one stretch. [`settle`] corrects the quotations that marks gave.

use wirecopy_text::ByteSpan;

use super::cut::part;
use super::lexicon::Lexicon;
use super::mark_pairing::{Ending, Marked, nest};
use super::tokens::{Kind, Token, tokenize};
use super::word_classes::{CUE, Flags, PRONOUN};

/// Tokens that an attribution takes at most.
const LONGEST: usize = 40;
/// Tokens behind the verb that its subject is looked for in.
const SUBJECT: usize = 8;

/// Which attributions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// A verb of saying behind a comma, a dash or the sign of a question.
    Verb,
    /// As [`Self::Verb`], with a name for its subject and a comma or stop behind: inside marks the words are somebody's.
    Named,
}

/// An attribution, by the tokens of its stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Insertion {
    /// Where the speech before it ends, in bytes of the text.
    pub(crate) speech_end: usize,
    /// First token of the attribution.
    pub(crate) start: usize,
    /// One past its last token.
    pub(crate) end: usize,
}

/// The tokens of one stretch of text.
pub(crate) struct Inside<'t> {
    text: &'t str,
    base: usize,
    pub(crate) tokens: Vec<Token>,
}

impl<'t> Inside<'t> {
    /// Reads the stretch `span` of `text`. O(length).
    pub(crate) fn of(text: &'t str, span: ByteSpan, lexicon: &Lexicon) -> Self {
        let (base, end) = (span.start as usize, span.end as usize);
        let text = part(text, base, end);
        Self {
            text,
            base,
            tokens: tokenize(text, lexicon, &[], &[]),
        }
    }

    /// Where token `i` starts and ends, in bytes of the whole text.
    pub(crate) fn place(&self, i: usize) -> (usize, usize) {
        self.tokens.get(i).map_or(
            (self.base + self.text.len(), self.base + self.text.len()),
            |t| {
                (
                    self.base + t.span.start as usize,
                    self.base + t.span.end as usize,
                )
            },
        )
    }

    fn kind(&self, i: usize) -> Kind {
        self.tokens.get(i).map_or(Kind::Paragraph, |t| t.kind)
    }

    /// Bytes of token `i`.
    fn width(&self, i: usize) -> usize {
        self.tokens.get(i).map_or(0, |t| t.span.len())
    }

    fn is(&self, i: usize, of: Flags) -> bool {
        self.tokens
            .get(i)
            .is_some_and(|t| t.kind.is_word() && t.is(of))
    }

    /// The first attribution at or behind token `from`. O(tokens) for all of a stretch.
    pub(crate) fn next(&self, from: usize, proof: Proof) -> Option<Insertion> {
        (from.max(1)..self.tokens.len()).find_map(|i| self.insertion(i, proof))
    }

    fn insertion(&self, i: usize, proof: Proof) -> Option<Insertion> {
        let speech_end = self.boundary(i)?;
        let verb = self.verb(i, proof);
        let last = verb
            .filter(|&v| self.has_subject(v, proof))
            .or_else(|| self.subject_first(i).filter(|_| proof == Proof::Verb))?;
        let end = self.end(last)?;
        let closed = proof == Proof::Verb
            || matches!(self.kind(end), Kind::Comma | Kind::Stop | Kind::Paragraph);
        closed.then_some(Insertion {
            speech_end,
            start: i,
            end,
        })
    }

    /// Where the speech ends whose attribution begins at token `i`: behind a comma or the sign of a question, before a
    /// dash.
    fn boundary(&self, i: usize) -> Option<usize> {
        let before = self.tokens.get(i.checked_sub(1)?)?;
        let (start, end) = self.place(i - 1);
        match before.kind {
            Kind::Comma => Some(end),
            Kind::Dash if i > 1 => Some(start),
            _ => {
                let gap = part(
                    self.text,
                    before.span.end as usize,
                    self.tokens[i].span.start as usize,
                );
                let sign = gap.rfind(['?', '!', '…'])?;
                let sign_len = gap.get(sign..)?.chars().next()?.len_utf8();
                Some(end + sign + sign_len)
            }
        }
    }

    /// The verb of saying that begins at token `i`, behind auxiliaries and pronouns (`a dit`, `s'est exclamé`).
    fn verb(&self, i: usize, proof: Proof) -> Option<usize> {
        let small = |k: usize| {
            self.kind(k) == Kind::Lower
                && !self.is(k, CUE | PRONOUN)
                && (self.is(k, Flags::AUX | Flags::ADVERB)
                    || self.width(k) <= 3 && !self.is(k, Flags::PREP | Flags::CONJ))
        };
        let verb = (i..i + 3).find(|&k| !small(k))?;
        let dashed = self.kind(i - 1) == Kind::Dash && proof == Proof::Verb;
        let classes = if dashed { CUE } else { Flags::SAY };
        let says = self.kind(verb) == Kind::Lower
            && self.is(verb, classes)
            && !self.is(verb, Flags::PARTICIPLE);
        says.then_some(verb)
    }

    /// Whether a subject, or the end of the attribution, stands behind the verb.
    fn has_subject(&self, verb: usize, proof: Proof) -> bool {
        let capital =
            |k: usize| self.kind(k) == Kind::Capital && !self.is(k, Flags::TIME | PRONOUN);
        if proof == Proof::Named {
            let lead = Flags::DET | Flags::TITLE | Flags::ROLE | Flags::ADJECTIVE;
            let name = (verb + 1..verb + SUBJECT).find(|&k| !self.is(k, lead));
            return name.is_some_and(|k| capital(k) && capital(k + 1));
        }
        let next = self.kind(verb + 1);
        let ends = matches!(
            next,
            Kind::Stop | Kind::Dash | Kind::Comma | Kind::Paragraph
        );
        let opens = self.is(verb + 1, PRONOUN | Flags::DET);
        let named = || {
            (verb + 1..verb + 1 + SUBJECT)
                .take_while(|&k| {
                    let goes_on = self.kind(k).is_word() || self.kind(k) == Kind::Comma;
                    goes_on && !self.is(k, Flags::SUB)
                })
                .any(capital)
        };
        ends || opens || named()
    }

    /// `X said` behind the comma: the verb, behind a pronoun or a short name, with nothing that it governs behind it.
    fn subject_first(&self, i: usize) -> Option<usize> {
        let pronoun = self.is(i, Flags::HE | Flags::SHE | Flags::THEY);
        let named = |k: usize| self.kind(k) == Kind::Capital && !self.is(k, PRONOUN | Flags::TIME);
        let verb = if pronoun {
            i + 1
        } else {
            (i..i + 5).find(|&k| !named(k)).filter(|&k| k > i)?
        };
        let says = self.kind(verb) == Kind::Lower
            && self.is(verb, Flags::SAY)
            && !self.is(verb, Flags::PARTICIPLE);
        let free = matches!(
            self.kind(verb + 1),
            Kind::Stop | Kind::Comma | Kind::Paragraph
        ) || self.is(verb + 1, Flags::TIME | Flags::PREP | Flags::ADVERB);
        (says && free).then_some(verb)
    }

    /// Where the attribution with the verb at token `verb` ends: at a stop or a dash, or at a comma behind a pronoun.
    fn end(&self, verb: usize) -> Option<usize> {
        if self.is(verb + 1, PRONOUN) && self.kind(verb + 2) == Kind::Comma {
            return Some(verb + 2);
        }
        (verb + 1..verb + LONGEST)
            .find(|&k| matches!(self.kind(k), Kind::Stop | Kind::Dash | Kind::Paragraph))
    }
}

/// Corrects quotations by the attributions inside them: one whose closing mark is missing ends where its attribution
/// begins; one that holds a whole attribution between commas is two. O(length of the quotations).
pub(crate) fn settle(text: &str, lexicon: &Lexicon, found: Vec<Marked>) -> Vec<Marked> {
    let mut out = Vec::with_capacity(found.len());
    for marked in found {
        match marked.ending {
            Ending::Missing => out.push(cut_at_attribution(text, lexicon, marked)),
            Ending::Closed if marked.depth == 0 && may_hold_attribution(text, lexicon, marked) => {
                split(text, lexicon, marked, &mut out);
            }
            _ => out.push(marked),
        }
    }
    nest(&mut out);
    out
}

fn cut_at_attribution(text: &str, lexicon: &Lexicon, mut marked: Marked) -> Marked {
    let inside = Inside::of(text, marked.inner, lexicon);
    if let Some(found) = inside.next(1, Proof::Verb) {
        let end = u32::try_from(found.speech_end).unwrap_or(marked.inner.end);
        marked.inner.end = end;
        marked.outer.end = end;
    }
    marked
}

/// Whether a verb of saying stands near a comma or the sign of a question. Spares most quotations the reading.
fn may_hold_attribution(text: &str, lexicon: &Lexicon, marked: Marked) -> bool {
    let words = marked.inner.of(text);
    words.match_indices([',', '?', '!']).any(|(at, _)| {
        let next = part(words, at + 1, words.len()).split_whitespace().take(3);
        next.into_iter().any(|word| {
            word.starts_with(char::is_lowercase) && lexicon.look_up(word).any(Flags::SAY)
        })
    })
}

/// The speech before the attribution inside `marked`, and behind it.
fn split(text: &str, lexicon: &Lexicon, marked: Marked, out: &mut Vec<Marked>) {
    let inside = Inside::of(text, marked.inner, lexicon);
    let Some(found) = inside.next(1, Proof::Named).map(|i| inside.to_comma(i)) else {
        out.push(marked);
        return;
    };
    let mut first = marked;
    first.inner = ByteSpan::new(marked.inner.start as usize, found.speech_end);
    first.outer = ByteSpan::new(marked.outer.start as usize, found.speech_end);
    out.push(first);
    let rest = (found.end + 1..inside.tokens.len()).find(|&k| inside.kind(k).is_word());
    if let Some(from) = rest.map(|k| inside.place(k).0) {
        let mut last = marked;
        last.inner = ByteSpan::new(from, marked.inner.end as usize);
        last.outer = ByteSpan::new(from, marked.outer.end as usize);
        out.push(last);
    }
}

impl Inside<'_> {
    /// The attribution up to its first comma behind the name: inside marks what follows is speech again.
    fn to_comma(&self, found: Insertion) -> Insertion {
        let comma = (found.start..found.end).find(|&k| self.kind(k) == Kind::Comma);
        Insertion {
            end: comma.unwrap_or(found.end),
            ..found
        }
    }
}
