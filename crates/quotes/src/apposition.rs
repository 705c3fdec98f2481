//! Names beside the words that stand where a subject is looked for: behind a role between commas (`the mayor, X,`), and
//! behind whoever is told (`dijo a EFE X`).

use std::ops::Range;

use super::mentions::Named;
use super::noun_phrases::{Phrase, Referent, TokenView};
use super::tokens::{Kind, Token};
use super::word_classes::{CUE, Flags, PRONOUN};
use wirecopy_text::Language;

/// Tokens of a name with its titles and an age, between commas.
const NAME: usize = 8;

impl TokenView<'_> {
    /// `the mayor, Rita Collins,`: the person whose name, with titles and an age, fills the tokens `between` the commas
    /// behind a phrase that names nobody. The name wins over the role.
    pub(crate) fn apposed(&self, found: Phrase, between: Range<usize>) -> Option<Phrase> {
        let particle = self.tokens[found.start].kind == Kind::Lower;
        match found.who {
            Referent::Pronoun(_) => return None,
            // `the mayor von Osterby, X`: a particle may be a preposition.
            Referent::Person(_) if !particle => return None,
            _ => {}
        }
        let mention = between
            .clone()
            .find_map(|k| self.mention(k))
            .filter(|m| m.end as usize == between.end)?;
        let lead = |k: usize| {
            let t = &self.tokens[k];
            t.kind == Kind::Number
                || t.is(Flags::TITLE | Flags::ROLE | Flags::DET | Flags::ADJECTIVE)
        };
        let Named::Person(person) = mention.named else {
            return None;
        };
        let whole = (between.start..mention.start as usize).all(lead);
        whole.then_some(Phrase {
            who: Referent::Person(person),
            start: found.start,
            end: between.end,
        })
    }

    /// The person whose name stands between commas behind the noun that ends at token `end`, or behind two more of them.
    pub(crate) fn apposed_behind(
        &self,
        noun: Phrase,
        end: usize,
        ceiling: usize,
    ) -> Option<Phrase> {
        let comma = (end..ceiling.min(end + 3)).find(|&k| !is_common(self.at(k)))?;
        if self.tokens[comma].kind != Kind::Comma {
            return None;
        }
        let close = (comma + 1..=ceiling.min(comma + NAME))
            .find(|&k| self.at(k).is_none_or(|t| !t.kind.is_word()))?;
        self.apposed(noun, comma + 1..close)
    }

    /// The phrase of the tokens `words` with its head, or the person who stands behind it: `the minister, X,` is X.
    pub(crate) fn or_apposed(
        &self,
        words: Range<usize>,
        head: usize,
        ceiling: usize,
    ) -> Option<Phrase> {
        let phrase = self.judged(words.start, words.end, head);
        let body = self.tokens[head].is(Flags::ORG | Flags::PLACE);
        let noun = phrase.unwrap_or(Phrase {
            who: Referent::Body,
            start: words.start,
            end: words.end,
        });
        let plain = matches!(noun.who, Referent::Role(_)) || !body;
        let named = plain.then(|| self.apposed_behind(noun, words.end, ceiling));
        named.flatten().or(phrase)
    }

    /// The token behind whoever is told, between an inverted verb and its subject: `dijo a EFE X`, `a dit à la presse
    /// le maire`, `powiedziała PAP X`. `i` where nobody is.
    pub(crate) fn beyond_listener(&self, i: usize, ceiling: usize) -> usize {
        let is = |k: usize, of: Flags| {
            k < ceiling && self.at(k).is_some_and(|t| t.kind.is_word() && t.is(of))
        };
        let mut k = i;
        let dative = is(k, Flags::PREP) && self.language != Language::English;
        k += usize::from(dative);
        while is(k, Flags::DET) && k < i + 3 {
            k += 1;
        }
        let listener = k;
        while is(k, Flags::ORG | Flags::AGENCY) {
            k += 1;
        }
        let told = (listener..k).any(|k| is(k, Flags::AGENCY)) || dative && k > listener;
        if !told && dative && k > i + 1 && is_common(self.at(k)) {
            k += 1;
        } else if !told {
            return i;
        }
        let named = self
            .mention(k)
            .is_some_and(|m| matches!(m.named, Named::Person(_)));
        let subject = k < ceiling && (named || is(k, Flags::DET | Flags::ROLE | Flags::TITLE));
        if subject { k } else { i }
    }
}

/// Whether the token is a noun without a class of its own.
fn is_common(token: Option<&Token>) -> bool {
    token.is_some_and(|t| {
        t.kind == Kind::Lower && !t.is(CUE | PRONOUN | Flags::DET | Flags::PREP | Flags::SUB)
    })
}
