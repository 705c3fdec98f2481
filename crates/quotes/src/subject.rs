//! The subject of a verb of saying, by the word order of the language; and which words are such verbs.

use super::noun_phrases::{Phrase, Referent, TokenView};
use super::reporting_verbs::REACH;
use super::tokens::{Kind, Token};
use super::word_classes::{CUE, Flags, PRONOUN};
use wirecopy_text::Language;

impl TokenView<'_> {
    /// The subject of the verb at `cue`.
    pub(crate) fn subject(&self, cue: usize, start: usize) -> Option<Phrase> {
        if self.is_passive(cue) {
            let by = (cue + 1..(cue + 6).min(self.tokens.len())).find(|&k| self.word(k) == "by")?;
            return self.subject_after(by + 1, by + 12);
        }
        if self.language != Language::English {
            return self.free_order_subject(cue, start);
        }
        let free = cue > start
            && !self.tokens[cue - 1].is(Flags::AUX | Flags::ADVERB)
            && (self.tokens[cue - 1].mention == u32::MAX || self.tokens[cue - 1].is(Flags::OWN));
        if self.tokens[cue].is(Flags::PARTICIPLE) && free {
            return self.participle(cue, start);
        }
        let opens = cue == start || matches!(self.tokens[cue - 1].kind, Kind::Quote(_));
        let right =
            || opens.then(|| self.subject_after(cue + 1, self.tokens.len().min(cue + 16)))?;
        self.subject_before(cue, start)
            .or_else(right)
            .or_else(|| self.opening(start, cue))
    }

    /// In languages where the verb may come first: the side that names a person wins, the left one in doubt.
    fn free_order_subject(&self, cue: usize, start: usize) -> Option<Phrase> {
        if self.is_impersonal(cue) {
            return self.impersonal(cue, start);
        }
        let ceiling = self.tokens.len().min(cue + 16);
        if self.word(cue) == "so" {
            return self.subject_after(cue + 1, ceiling);
        }
        let person = |p: &Phrase| {
            matches!(p.who, Referent::Person(_))
                || matches!(p.who, Referent::Pronoun(f) if !f.any(Flags::THEY))
        };
        let left = self
            .subject_before(cue, start)
            .filter(|l| !self.is_oblique(*l, start));
        if left.is_some_and(|l| person(&l)) {
            return left;
        }
        let right = self
            .subject_after(cue + 1, ceiling)
            .filter(|r| r.start <= cue + 5);
        if right.is_some_and(|r| person(&r)) {
            return right;
        }
        let split = self.split_verb(cue, start);
        if split.is_some_and(|r| person(&r)) {
            return split;
        }
        let role = |p: &Phrase| matches!(p.who, Referent::Role(_));
        let sides = [left, right, split];
        sides
            .into_iter()
            .flatten()
            .find(role)
            .or(left)
            .or(right)
            .or(split)
            .or_else(|| self.opening(start, cue))
    }

    /// `hatte die Ministerin in Wien erklärt`: the subject stands beside the auxiliary.
    fn split_verb(&self, cue: usize, start: usize) -> Option<Phrase> {
        let low = start.max(cue.saturating_sub(24));
        let aux = (low..cue)
            .rev()
            .find(|&k| self.tokens[k].is(Flags::AUX) && self.tokens[k].kind.is_word())?;
        self.subject_after(aux + 1, cue)
            .or_else(|| self.subject_before(aux, start))
    }

    /// `in dem Bericht heißt es`, `heißt es in dem Bericht`: the text that speaks.
    fn impersonal(&self, cue: usize, start: usize) -> Option<Phrase> {
        let ceiling = self.tokens.len().min(cue + 12);
        let body = |p: &Phrase| !matches!(p.who, Referent::Pronoun(_));
        if self.at(cue + 2).is_some_and(|t| t.is(Flags::PREP)) {
            return self.subject_after(cue + 3, ceiling).filter(body);
        }
        let opener = self.at(start).filter(|t| t.is(Flags::PREP));
        opener
            .and_then(|_| self.subject_after(start + 1, cue))
            .filter(body)
            .or_else(|| self.subject_before(cue, start))
    }

    /// `heißt es`: a text speaks.
    fn is_impersonal(&self, cue: usize) -> bool {
        matches!(self.word(cue), "heißt" | "hieß" | "steht" | "stand")
            && self.at(cue + 1).is_some_and(|t| t.is(Flags::THEY))
    }

    /// The subject after a verb that stands first.
    pub(crate) fn inverted(&self, verb: usize, end: usize) -> Option<Phrase> {
        if self.is_impersonal(verb) {
            return self.impersonal(verb, verb);
        }
        self.subject_after(verb + 1, end)
    }

    /// `X went on, saying`: the subject of the verb of saying before, else of the clause.
    fn participle(&self, cue: usize, start: usize) -> Option<Phrase> {
        let low = start.max(cue.saturating_sub(REACH));
        let verb = (low..cue)
            .rev()
            .find(|&i| self.is_cue(i) && !self.tokens[i].is(Flags::PARTICIPLE));
        let before = verb
            .filter(|&v| self.tokens[v].is(Flags::SAY))
            .and_then(|v| self.subject(v, start));
        before.or_else(|| self.opening(start, cue))
    }

    /// Whether a preposition opens the phrase, so that it cannot be a subject.
    fn is_oblique(&self, phrase: Phrase, start: usize) -> bool {
        let mut i = phrase.start;
        while i > start && self.tokens[i - 1].kind.is_word() && phrase.start - i < 4 {
            i -= 1;
            if self.tokens[i].is(Flags::PREP) {
                return true;
            }
        }
        false
    }

    /// Whether token `i` is a verb of saying, not a noun of the same form.
    pub(crate) fn is_cue(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        if !token.is(CUE)
            || !token.kind.is_word()
            || token.mention != u32::MAX
            || token.is(Flags::OWN)
        {
            return false;
        }
        let Some(before) = i.checked_sub(1).map(|b| &self.tokens[b]) else {
            return true;
        };
        if token.is(Flags::PARTICIPLE) {
            return !before.is(Flags::DET);
        }
        match self.word(i) {
            "put" | "puts" | "So" => return false,
            "so" => {
                return matches!(before.kind, Kind::Comma | Kind::Quote(_))
                    && self.at(i + 1).is_some_and(|t| t.kind.is_word());
            }
            _ => {}
        }
        let drifts = self.word(i).starts_with("continue")
            && self
                .at(i + 1)
                .is_some_and(|t| t.kind == Kind::Lower && !t.is(Flags::ADVERB));
        if drifts {
            return false;
        }
        if self.language == Language::English
            && self.word(i).ends_with('s')
            && !matches!(self.word(i), "says" | "tells")
        {
            return may_precede_verb(before);
        }
        !self.is_noun(i, before)
    }

    /// Whether the word at `i`, which could be a verb of saying, is a noun by its neighbours.
    fn is_noun(&self, i: usize, before: &Token) -> bool {
        let token = &self.tokens[i];
        let aux = self
            .at(i + 1)
            .is_some_and(|t| t.kind == Kind::Lower && t.is(Flags::AUX) && !t.is(PRONOUN));
        if aux && self.language == Language::English && !token.is(Flags::SAY) {
            return true;
        }
        let noun = before.is(Flags::DET) && !before.is(PRONOUN)
            || before.is(Flags::OWN) && before.kind.is_word();
        let of = before.is(Flags::PREP) && !matches!(self.word(i - 1), "to" | "on" | "in" | "zu");
        noun || of && self.language == Language::English
            || before.is(Flags::ADJECTIVE) && before.kind == Kind::Lower
    }

    /// Whether the verb has a clause as its object: `warned the minister that`.
    pub(crate) fn governs_clause(&self, cue: usize) -> bool {
        let next = self.tokens[cue + 1..]
            .iter()
            .take(9)
            .take_while(|t| t.kind.is_word());
        next.into_iter().any(|t| {
            matches!(
                t.span.of(self.text),
                "that" | "dass" | "daß" | "que" | "che"
            )
        })
    }

    /// `it was described as`: the subject of the verb is not who speaks.
    pub(crate) fn is_passive(&self, cue: usize) -> bool {
        if self.language != Language::English
            || self.tokens[cue].is(Flags::PARTICIPLE)
            || !self.word(cue).ends_with("ed")
        {
            return false;
        }
        let mut i = cue;
        while i > 0 && self.tokens[i - 1].is(Flags::ADVERB) {
            i -= 1;
        }
        i > 0
            && matches!(
                self.word(i - 1),
                "was" | "were" | "been" | "be" | "is" | "are" | "being" | "so-called"
            )
    }
}

/// Whether `says` after this token is a verb: a subject, an adverb or a mark stands there.
fn may_precede_verb(before: &Token) -> bool {
    let subject =
        Flags::ROLE | Flags::ORG | Flags::WHO | Flags::ADVERB | Flags::CONJ | PRONOUN | Flags::TIME;
    let named = before.mention != u32::MAX && !before.is(Flags::OWN);
    named
        || before.kind.is_word() && before.is(subject)
        || matches!(before.kind, Kind::Comma | Kind::Quote(_) | Kind::Close)
}
