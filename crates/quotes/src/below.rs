//! The line below a quotation that names its speaker: `— X, mayor of Y`, `X, Y`.

use super::cut::part;
use super::mentions::{Mention, Named};
use super::noun_phrases::{Phrase, Referent, TokenView};
use super::tokens::Kind;
use super::word_classes::Flags;
use wirecopy_document::lines::line_breaks;

/// Tokens of the line.
const LONGEST: usize = 16;
/// Tokens of a line behind a dash that names nobody.
const UNNAMED: usize = 3;

/// What the line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signature {
    /// The speaker's name.
    Person(Phrase),
    /// That nobody is named: `— Anonymous`.
    Unnamed,
}

impl TokenView<'_> {
    /// The signature below the quotation at token `at`, which ends its paragraph. Without a dash the name is full, and
    /// a place or role follows it or the line is the very next one: a writer's name over an article is neither.
    pub(crate) fn signed_below(&self, at: usize) -> Option<Signature> {
        let stop = |t: &Kind| matches!(t, Kind::Stop | Kind::SoftStop);
        let stops = self
            .tokens
            .iter()
            .skip(at + 1)
            .take_while(|t| stop(&t.kind));
        let paragraph = at + 1 + stops.count();
        self.at(paragraph).filter(|t| t.kind == Kind::Paragraph)?;
        let dash = self.at(paragraph + 1)?.kind == Kind::Dash;
        let from = paragraph + 1 + usize::from(dash);
        let end = (from..self.tokens.len().min(from + LONGEST))
            .find(|&k| self.tokens[k].kind == Kind::Paragraph)?;
        if from == end || !(from..end).all(|k| self.may_sign(k) || dash && k + 1 == end) {
            return None;
        }
        let opener = self.mention(from).or_else(|| self.mention(from + 1));
        if let Some(phrase) = opener.and_then(|m| self.signer(m, from)) {
            let comma = self.tokens[phrase.end].kind == Kind::Comma;
            let set_off =
                dash || self.is_full_name(phrase) && (comma || self.is_next_line(at, from));
            return set_off.then_some(Signature::Person(phrase));
        }
        let first = &self.tokens[from];
        let unnamed = dash
            && end - from <= UNNAMED
            && first.kind == Kind::Capital
            && !first.is(Flags::DET)
            && self.tokens[from..end].iter().all(|t| t.kind.is_word());
        unnamed.then_some(Signature::Unnamed)
    }

    /// Whether token `k` may stand in a signature: no verb of saying, no quotation, no stop.
    fn may_sign(&self, k: usize) -> bool {
        let sign = matches!(
            self.tokens[k].kind,
            Kind::Stop | Kind::SoftStop | Kind::Quote(_) | Kind::Colon
        );
        !sign && !self.is_cue(k)
    }

    /// The person of a mention that opens the line at token `from` and is set off from what follows.
    fn signer(&self, mention: Mention, from: usize) -> Option<Phrase> {
        let Named::Person(person) = mention.named else {
            return None;
        };
        let end = mention.end as usize;
        let opens = mention.lead as usize == from && !self.at(end)?.kind.is_word();
        opens.then_some(Phrase {
            who: Referent::Person(person),
            start: mention.start as usize,
            end,
        })
    }

    /// Whether the name has two words or more, and not all in capitals as a heading has.
    fn is_full_name(&self, phrase: Phrase) -> bool {
        let lower = |k: usize| self.word(k).contains(char::is_lowercase);
        phrase.end - phrase.start >= 2 && (phrase.start..phrase.end).any(lower)
    }

    /// Whether one line end stands between two tokens.
    fn is_next_line(&self, a: usize, b: usize) -> bool {
        let (from, to) = (self.tokens[a].span.end, self.tokens[b].span.start);
        line_breaks(part(self.text, from as usize, to as usize)) == 1
    }
}
