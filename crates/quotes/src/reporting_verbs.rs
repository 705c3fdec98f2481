//! Verbs of saying around a quotation: right after the marks, before them, and at the sentence's end.
//!
//! The main type is [`Attribution`], a phrase with its verb.

use super::mentions::Named;
use super::noun_phrases::{Phrase, Referent, TokenView};
use super::tokens::{Kind, Token};
use super::word_classes::{Flags, PRONOUN};
use wirecopy_text::Language;

/// Tokens that a verb is looked for on either side of a quotation.
pub(crate) const REACH: usize = 70;
/// Tokens between a weak verb and its quotation.
const WEAK_REACH: usize = 25;

/// A phrase with its verb.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribution {
    /// Who speaks.
    pub(crate) phrase: Phrase,
    /// The verb, or what stands for one.
    pub(crate) cue: Option<usize>,
}

/// Nouns that a quotation can be the content of.
const NOUNS_OF_SAYING: [&str; 28] = [
    "remark",
    "remarks",
    "warning",
    "comment",
    "comments",
    "claim",
    "claims",
    "statement",
    "promise",
    "pledge",
    "assertion",
    "declaration",
    "suggestion",
    "argument",
    "belief",
    "chants",
    "tweet",
    "response",
    "reply",
    "description",
    "call",
    "vow",
    "insistence",
    "contention",
    "slogan",
    "words",
    "admission",
    "observation",
];

impl TokenView<'_> {
    /// What stands right after the closing mark: `, X said`, `said X`, `according to X`, `— X`.
    pub(crate) fn followed_by(&self, at: usize, end: usize) -> Option<Attribution> {
        let mut i = at + 1;
        let mut soft = false;
        let mut dash = false;
        let mut end = end;
        while let Some(t) = self.at(i) {
            match t.kind {
                Kind::Comma | Kind::Close => {}
                Kind::Dash => dash = true,
                Kind::SoftStop if !soft => {
                    soft = true;
                    let rest = self.tokens[i + 1..]
                        .iter()
                        .position(|t| t.kind.ends_sentence());
                    end = rest.map_or(self.tokens.len(), |n| i + 1 + n);
                }
                _ => break,
            }
            i += 1;
        }
        let found = self.attribution_at(i, end)?;
        let punctuated = self.tokens[at]
            .span
            .of(self.text)
            .trim_end_matches(super::mark::is_mark);
        let closed = i > at + 1 || punctuated.ends_with([',', '.', '!', '?', '…', '-', '—', '–']);
        if soft && !self.stands_alone(found, i, end) {
            return None;
        }
        if found.cue.is_none() && !(closed && !soft || dash) {
            return None;
        }
        (closed
            || found
                .cue
                .is_some_and(|c| self.tokens[c].is(Flags::SAY | Flags::ACCORDING)))
        .then_some(found)
    }

    /// After a full stop inside the marks, only a short sentence that is nothing but an attribution counts.
    fn stands_alone(&self, found: Attribution, from: usize, end: usize) -> bool {
        if end - from > 14 {
            return false;
        }
        let no_quote =
            (from..end).all(|k| !matches!(self.tokens[k].kind, Kind::Quote(_) | Kind::Colon));
        let next = found.cue.map_or(end, |c| c.max(found.phrase.end - 1) + 1);
        let ends = next >= end
            || !self.tokens[next].kind.is_word()
            || self.tokens[next].is(Flags::PREP | Flags::TIME | Flags::ADVERB);
        no_quote && ends && found.cue.is_some_and(|c| self.tokens[c].is(Flags::SAY))
    }

    /// An attribution that begins at token `i`.
    fn attribution_at(&self, i: usize, end: usize) -> Option<Attribution> {
        let first = self.at(i).filter(|t| i < end && t.kind.is_word())?;
        if self.is_according(i) {
            return self.according(i, end);
        }
        if self
            .at(i + 1)
            .is_some_and(|t| i + 1 < end && t.kind == Kind::Capital)
            && self.is_according(i + 1)
        {
            return self.according(i + 1, end);
        }
        let mut verb = i;
        while verb < end
            && self.tokens[verb].is(Flags::ADVERB | Flags::AUX)
            && !self.tokens[verb].is(PRONOUN)
        {
            verb += 1;
        }
        if verb + 1 < end && self.word(verb) == "so" && self.is_cue(verb + 1) {
            verb += 1;
        }
        if verb < end && self.is_cue(verb) && !self.tokens[verb].is(Flags::PARTICIPLE) {
            return self.inverted(verb, end).map(|phrase| Attribution {
                phrase,
                cue: Some(verb),
            });
        }
        if self.language == Language::German && first.is(Flags::AUX) {
            let cue = (i + 1..end.min(i + 24)).find(|&k| self.is_cue(k))?;
            return self.subject_after(i + 1, cue).map(|phrase| Attribution {
                phrase,
                cue: Some(cue),
            });
        }
        if first.is(Flags::PREP | Flags::SUB | Flags::CONJ) && !first.is(Flags::DET | PRONOUN) {
            return None;
        }
        self.subject_then_verb(i, end)
    }

    /// `X, adviser to Y, said`: a verb within reach whose subject begins at token `i`.
    fn subject_then_verb(&self, i: usize, end: usize) -> Option<Attribution> {
        let limit = end.min(i + 45);
        for cue in i + 1..limit {
            if matches!(self.tokens[cue].kind, Kind::Quote(_)) {
                break;
            }
            if !self.is_cue(cue) || self.tokens[cue].is(Flags::PARTICIPLE) || self.is_passive(cue) {
                continue;
            }
            if let Some(phrase) = self.subject_before(cue, i)
                && self.begins(i, phrase)
            {
                return Some(Attribution {
                    phrase,
                    cue: Some(cue),
                });
            }
            if self.tokens[cue].is(Flags::SAY) && cue > i + 12 {
                break;
            }
        }
        let phrase = self.subject_after(i, end)?;
        let role =
            matches!(phrase.who, Referent::Role(_) | Referent::Person(_)) && self.begins(i, phrase);
        role.then_some(Attribution { phrase, cue: None })
    }

    /// Whether only articles, adjectives, genitives and offices stand between token `i` and the phrase.
    fn begins(&self, i: usize, phrase: Phrase) -> bool {
        phrase.start <= i
            || (i..phrase.start).all(|k| {
                let t = &self.tokens[k];
                t.kind.is_word()
                    && !t.is(Flags::AUX
                        | Flags::SUB
                        | Flags::WHO
                        | Flags::CONJ
                        | PRONOUN
                        | Flags::SAY)
            }) && phrase.start - i <= 9
    }

    /// `“…” in the east, an official said`: a clause at the end of the sentence.
    pub(crate) fn ended_by(&self, at: usize, end: usize) -> Option<Attribution> {
        for i in at + 1..end.min(at + REACH) {
            let t = &self.tokens[i];
            if self.is_according(i) {
                return self.according(i, end);
            }
            if !self.is_cue(i) || !t.is(Flags::SAY) || t.is(Flags::PARTICIPLE) {
                continue;
            }
            if self.word(i) == "so" {
                return self.subject_after(i + 1, end).map(|phrase| Attribution {
                    phrase,
                    cue: Some(i),
                });
            }
            if self.opens_what_follows(i) {
                return None;
            }
            let Some(phrase) = self.subject_before(i, at + 1) else {
                continue;
            };
            let lead = self.lead_of(phrase.start, at + 1);
            let before = &self.tokens[lead - 1].kind;
            if matches!(before, Kind::Comma | Kind::Quote(_) | Kind::Dash) {
                return Some(Attribution {
                    phrase,
                    cue: Some(i),
                });
            }
        }
        None
    }

    /// Whether the verb at `i` introduces the words behind it.
    fn opens_what_follows(&self, i: usize) -> bool {
        self.at(i + 1).is_some_and(|next| {
            matches!(next.kind, Kind::Quote(_) | Kind::Colon)
                || next.is(Flags::SUB) && next.kind.is_word()
        })
    }

    /// The first of up to nine words in a row before `start`, not before `low`, that belong to the phrase there.
    fn lead_of(&self, start: usize, low: usize) -> usize {
        let bound = Flags::CONJ | Flags::SUB | Flags::AUX | Flags::WHO;
        let mut lead = start;
        while lead > low && start - lead < 9 {
            let before = &self.tokens[lead - 1];
            if !before.kind.is_word() || before.is(bound) {
                break;
            }
            lead -= 1;
        }
        lead
    }

    /// The last verb of saying before the quotation, with its subject, and an `according to` between the two.
    pub(crate) fn introduced_by(
        &self,
        at: usize,
        start: usize,
    ) -> (Option<Attribution>, Option<Attribution>) {
        let low = start.max(at.saturating_sub(REACH));
        let mut relay = None;
        let mut weak = None;
        for i in (low..at).rev() {
            if self.is_according(i) && relay.is_none() {
                relay = self.according(i, at);
            } else if let Some(found) = self.fixed_phrase(i, low) {
                return (weak.or(Some(found)), relay);
            } else if self.is_cue(i) && self.within_reach(i, at) {
                let Some(phrase) = self.subject(i, start) else {
                    if self.is_passive(i) {
                        return (weak.or(relay), None);
                    }
                    continue;
                };
                let found = Attribution {
                    phrase,
                    cue: Some(i),
                };
                let strong = self.tokens[i].is(Flags::SAY) || self.governs_clause(i);
                let person = !matches!(phrase.who, Referent::Body);
                if strong || at - i <= 8 && person {
                    return (weak.or(Some(found)), relay);
                }
                weak = weak.or(Some(found).filter(|_| person));
            }
        }
        match weak.or_else(|| self.before_colon(at, start)) {
            Some(found) if relay.is_none() => (Some(found), None),
            found => (relay.or(found), None),
        }
    }

    fn within_reach(&self, cue: usize, at: usize) -> bool {
        let long = self.tokens[cue].is(Flags::SAY) || self.governs_clause(cue);
        let afterthought = self.word(cue) == "so" && self.language == Language::German;
        (long || at - cue <= WEAK_REACH) && !(afterthought && at > cue + 6)
    }

    /// `as X put it`, `his remark that`.
    fn fixed_phrase(&self, i: usize, low: usize) -> Option<Attribution> {
        if self.word(i) == "it" && i > low && matches!(self.word(i - 1), "put" | "puts") {
            let phrase = self.subject_before(i - 1, low)?;
            return Some(Attribution {
                phrase,
                cue: Some(i - 1),
            });
        }
        self.noun_of_saying(i, low)
    }

    /// `his remark that “…”`: a noun of saying with a genitive before it.
    fn noun_of_saying(&self, i: usize, low: usize) -> Option<Attribution> {
        if self.language != Language::English
            || i <= low
            || !NOUNS_OF_SAYING.contains(&self.word(i))
        {
            return None;
        }
        let mut k = i - 1;
        while k > low
            && i - k < 3
            && self.tokens[k].kind == Kind::Lower
            && !self.tokens[k].is(Flags::DET | Flags::OWN)
        {
            k -= 1;
        }
        let who = match self.word(k) {
            "his" | "His" => Referent::Pronoun(Flags::HE),
            "her" | "Her" => Referent::Pronoun(Flags::SHE),
            _ if self.tokens[k].is(Flags::OWN) => match self.mention(k)?.named {
                Named::Person(person) => Referent::Person(person),
                Named::Body => Referent::Body,
            },
            _ => return None,
        };
        let start = self.mention(k).map_or(k, |m| m.start as usize);
        Some(Attribution {
            phrase: Phrase {
                who,
                start,
                end: k + 1,
            },
            cue: Some(i),
        })
    }

    /// `X on television: “…”`.
    fn before_colon(&self, at: usize, start: usize) -> Option<Attribution> {
        let colon = at > start && self.tokens[at - 1].kind == Kind::Colon;
        let phrase = colon.then(|| self.opening(start, at - 1))??;
        Some(Attribution { phrase, cue: None })
    }

    /// Whether token `i` is a word like `according`; a noun (`Angaben`) must stand beside its preposition.
    fn is_according(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let nach = |t: &Token| t.span.of(self.text).eq_ignore_ascii_case("nach");
        let beside = |k: Option<usize>| k.and_then(|k| self.at(k)).is_some_and(nach);
        let first = self.language != Language::German || matches!(self.word(i), "Laut" | "Gemäß");
        token.is(Flags::ACCORDING)
            && token.kind.is_word()
            && (token.kind == Kind::Lower
                || first
                || beside(i.checked_sub(1))
                || beside(Some(i + 1)))
    }

    /// Who the word like `according` at `at` names.
    fn according(&self, at: usize, end: usize) -> Option<Attribution> {
        let next = |words: &[&str]| {
            let token = self.at(at + 1);
            token.is_some_and(|t| words.contains(&t.span.of(self.text)))
        };
        let before = || self.subject_before(at, at.saturating_sub(12));
        let phrase = if next(&["nach"]) && at > 0 {
            self.own_words(at)
        } else if self.word(at) == "zufolge" {
            before()?
        } else {
            let link = usize::from(next(&["to", "von", "vom", "dem", "de", "du"]));
            self.subject_after(at + 1 + link, end).or_else(before)?
        };
        Some(Attribution {
            phrase,
            cue: Some(at),
        })
    }

    /// `seinen Angaben nach`: the pronoun before the noun at `at`.
    fn own_words(&self, at: usize) -> Phrase {
        let owner = self.word(at - 1).to_lowercase();
        let flags = if owner.starts_with("sein") {
            Flags::HE
        } else {
            Flags::SHE
        };
        Phrase {
            who: Referent::Pronoun(flags),
            start: at - 1,
            end: at + 1,
        }
    }

    /// `X told Y, according to Z`: who passes on what was said by the verb at `cue`.
    pub(crate) fn aside(&self, cue: usize, end: usize) -> Option<Attribution> {
        let at = (cue + 1..end.min(cue + 25)).find(|&k| self.is_according(k))?;
        self.according(at, end)
    }
}
