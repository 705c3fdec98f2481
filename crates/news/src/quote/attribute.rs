//! Who said it: speaker, relay and verb of saying for each outermost quotation.
//!
//! [`attribute`] reads the sentences in order, so that pronouns and floating quotations can look back. For each
//! quotation it asks, first for what stands right after the marks (`“…,” X said`), then for the last verb before them
//! (`X said that “…”`), then for a clause at the sentence's end, and last for the speaker before.

use wirecopy_core::ByteSpan;

use super::lexicon::{Flags, PRONOUN};
use super::phrase::{Clauses, Phrase, Who};
use super::resolve::{Focus, Seen, Speaker};
use super::tokens::Kind;
use crate::language::Language;

/// Tokens that a verb is looked for on either side of a quotation.
const REACH: usize = 70;
/// Tokens between a weak verb and its quotation.
const WEAK_REACH: usize = 25;

/// What is known about one outermost quotation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attribution {
    pub(crate) speaker: Option<Speaker>,
    pub(crate) relayed_by: Option<Speaker>,
    pub(crate) mention: Option<ByteSpan>,
    pub(crate) cue: Option<ByteSpan>,
    /// Whether the words are a whole sentence of direct speech, not a fragment in the reporter's sentence.
    pub(crate) direct: bool,
}

/// A phrase with its verb.
#[derive(Clone, Copy, Debug)]
struct Found {
    phrase: Phrase,
    cue: Option<usize>,
}

/// Attributes the outermost quotations (`count` of them) of a document, in order. O(tokens).
pub(crate) fn attribute(clauses: &Clauses<'_>, count: usize) -> Vec<Attribution> {
    let mut reader = Reader {
        c: clauses,
        focus: Focus::new(clauses),
        out: vec![Attribution::default(); count],
        told: Vec::new(),
    };
    let mut start = 0;
    while start < clauses.tokens.len() {
        let length = clauses.tokens[start..]
            .iter()
            .position(|t| t.kind.ends_sentence());
        let end = length.map_or(clauses.tokens.len(), |n| start + n);
        reader.sentence(start, end);
        start = end + 1;
    }
    super::resolve::relays(&mut reader.out, &reader.told);
    reader.out
}

struct Reader<'c, 't> {
    c: &'c Clauses<'t>,
    focus: Focus<'c, 't>,
    out: Vec<Attribution>,
    /// Who passed on whose words, outside the quotations.
    told: Vec<(u32, u32)>,
}

impl Reader<'_, '_> {
    /// One sentence: its quotations, then what it leaves in focus.
    fn sentence(&mut self, start: usize, end: usize) {
        let mut spoke = None;
        for at in start..end {
            if let Kind::Quote(number) = self.c.tokens[at].kind {
                let found = self.quotation(at, start, end);
                if found.speaker.is_some() || found.mention.is_some() {
                    spoke = found.relayed_by.clone().or(found.speaker.clone());
                    self.focus.spoke(at, &found);
                }
                if let Some(slot) = self.out.get_mut(number as usize) {
                    *slot = found;
                }
            }
        }
        self.note_relays(start, end);
        let said = self.first_said(start, end);
        let found = said.or_else(|| {
            self.c
                .opening(start, end)
                .map(|phrase| Found { phrase, cue: None })
        });
        let known = found.map(|found| self.known(found)).unwrap_or_default();
        let seen = Seen {
            at: start,
            speaker: spoke.or(known.speaker),
            mention: known.mention,
            cue: known.cue,
        };
        self.focus.sentence(start, end, seen);
    }

    /// `X said that Y warned`: X passes on the words of Y.
    fn note_relays(&mut self, start: usize, end: usize) {
        let mut by = None;
        for i in start..end.min(start + REACH) {
            if !self.c.is_cue(i) || self.c.tokens[i].is(Flags::PARTICIPLE) {
                continue;
            }
            let phrase = self
                .c
                .before(i, start)
                .filter(|p| matches!(p.who, Who::Person(_) | Who::Pronoun(_)));
            let speaker = phrase.and_then(|p| self.focus.resolve(p, p.start));
            let Some(Speaker::Person(person)) = speaker else {
                continue;
            };
            match by {
                Some(by) if by != person => self.told.push((by, person)),
                None if self.c.tokens[i].is(Flags::SAY) => by = Some(person),
                _ => {}
            }
        }
    }

    /// The first verb of saying with its subject.
    fn first_said(&self, start: usize, end: usize) -> Option<Found> {
        let cue = (start..end.min(start + REACH))
            .find(|&i| self.c.is_cue(i) && self.c.tokens[i].is(Flags::SAY))?;
        let english = self.c.language == Language::En;
        let phrase = if english {
            self.c.before(cue, start)
        } else {
            self.subject(cue, start)
        };
        phrase.map(|phrase| Found {
            phrase,
            cue: Some(cue),
        })
    }

    fn quotation(&self, at: usize, start: usize, end: usize) -> Attribution {
        let right_after = self.right_after(at, end);
        let (before, aside) = self.before(at, start);
        let tail = if right_after.is_some() {
            None
        } else {
            self.tail(at, end)
        };
        let after = right_after.or(tail);
        let mut found = match (before, after) {
            (Some(b), Some(a)) => self.both(at, b, a),
            (Some(b), None) => {
                let mut found = self.known(b);
                let outer = aside
                    .and_then(|r| self.relay(r.phrase))
                    .or_else(|| self.outer(b, start));
                found.relayed_by = outer.filter(|r| found.speaker.as_ref() != Some(r));
                found
            }
            (None, Some(a)) => {
                let mut found = self.known(a);
                let aside = a
                    .cue
                    .and_then(|c| self.aside(c, end))
                    .and_then(|r| self.relay(r.phrase));
                found.relayed_by = aside.filter(|r| found.speaker.as_ref() != Some(r));
                found
            }
            (None, None) => self.floating(at, start, end),
        };
        found.direct = self.is_direct(at, start, right_after.is_some());
        found
    }

    fn is_direct(&self, at: usize, start: usize, closed: bool) -> bool {
        let opens = at == start
            || matches!(
                self.c.tokens[at - 1].kind,
                Kind::Colon | Kind::Comma | Kind::Quote(_)
            );
        let words = self.c.tokens[at]
            .span
            .of(self.c.text)
            .split_whitespace()
            .nth(4)
            .is_some();
        opens && words && (closed || at == start || self.c.tokens[at - 1].kind == Kind::Colon)
    }

    fn known(&self, found: Found) -> Attribution {
        let tokens = self.c.tokens;
        Attribution {
            speaker: self.focus.resolve(found.phrase, found.phrase.start),
            relayed_by: None,
            mention: Some(
                tokens[found.phrase.start]
                    .span
                    .cover(tokens[found.phrase.end - 1].span),
            ),
            cue: found.cue.map(|c| tokens[c].span),
            direct: false,
        }
    }

    /// A verb before and one after: words of the first, relayed by the second, when the first governs the quotation.
    fn both(&self, at: usize, before: Found, after: Found) -> Attribution {
        let governs = before.cue.is_some_and(|cue| {
            let strong = self.c.tokens[cue].is(Flags::SAY);
            let broken = (cue + 1..at).any(|k| matches!(self.c.tokens[k].kind, Kind::Quote(_)));
            let near =
                at - cue <= 14 && (cue + 1..at).all(|k| self.c.tokens[k].kind != Kind::Comma);
            !broken && (strong && at - cue <= 30 || near)
        });
        if !governs {
            return self.known(after);
        }
        let mut found = self.known(before);
        let relay = self.relay(after.phrase);
        if found.speaker.is_none() {
            return self.known(after);
        }
        found.relayed_by = relay.filter(|r| found.speaker.as_ref() != Some(r));
        found
    }

    /// Another verb of saying with another subject to the left of the one found: `X said that Y had observed “…”`.
    fn outer(&self, inner: Found, start: usize) -> Option<Speaker> {
        let limit = inner.phrase.start.min(inner.cue?);
        let low = start.max(limit.saturating_sub(REACH));
        let cue = (low..limit)
            .rev()
            .find(|&i| self.c.is_cue(i) && self.c.tokens[i].is(Flags::SAY | Flags::PARTICIPLE))?;
        if (cue..limit).any(|k| matches!(self.c.tokens[k].kind, Kind::Quote(_))) {
            return None;
        }
        let phrase = self.subject(cue, start)?;
        let between = &self.c.tokens[cue + 1..limit.max(cue + 1)];
        let clause = between.len() <= 10
            && between.iter().all(|t| {
                t.kind.is_word() && !t.is(Flags::CONJ | Flags::WHO) || t.kind == Kind::Dash
            });
        if phrase.start == inner.phrase.start
            || !clause
            || self.c.tokens[cue].is(Flags::TELL) && between.is_empty()
        {
            return None;
        }
        self.relay(phrase)
    }

    /// Who passes words on: a person, somebody unnamed, or a body by its name.
    fn relay(&self, phrase: Phrase) -> Option<Speaker> {
        let speaker = self.focus.resolve(phrase, phrase.start)?;
        let named = match &speaker {
            Speaker::Person(_) => true,
            Speaker::Described(words) => {
                words.starts_with("unnamed ") || words.starts_with(char::is_uppercase)
            }
        };
        named.then_some(speaker)
    }

    /// What stands right after the closing mark: `, X said`, `said X`, `according to X`, `— X`.
    fn right_after(&self, at: usize, end: usize) -> Option<Found> {
        let mut i = at + 1;
        let mut soft = false;
        let mut dash = false;
        let mut end = end;
        while let Some(t) = self.c.at(i) {
            match t.kind {
                Kind::Comma | Kind::Close => {}
                Kind::Dash => dash = true,
                Kind::SoftStop if !soft => {
                    soft = true;
                    let rest = self.c.tokens[i + 1..]
                        .iter()
                        .position(|t| t.kind.ends_sentence());
                    end = rest.map_or(self.c.tokens.len(), |n| i + 1 + n);
                }
                _ => break,
            }
            i += 1;
        }
        let found = self.attribution_at(i, end)?;
        let punctuated = self.c.tokens[at]
            .span
            .of(self.c.text)
            .trim_end_matches(super::marks::is_mark);
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
                .is_some_and(|c| self.c.tokens[c].is(Flags::SAY | Flags::ACCORDING)))
        .then_some(found)
    }

    /// After a full stop inside the marks, only a short sentence that is nothing but an attribution counts.
    fn stands_alone(&self, found: Found, from: usize, end: usize) -> bool {
        let no_quote =
            (from..end).all(|k| !matches!(self.c.tokens[k].kind, Kind::Quote(_) | Kind::Colon));
        let next = found.cue.map_or(end, |c| c.max(found.phrase.end - 1) + 1);
        let ends = next >= end
            || !self.c.tokens[next].kind.is_word()
            || self.c.tokens[next].is(Flags::PREP | Flags::TIME | Flags::ADVERB);
        no_quote
            && ends
            && found.cue.is_some_and(|c| self.c.tokens[c].is(Flags::SAY))
            && end - from <= 14
    }

    /// An attribution that begins at token `i`.
    fn attribution_at(&self, i: usize, end: usize) -> Option<Found> {
        let first = self.c.at(i).filter(|t| i < end && t.kind.is_word())?;
        if self.is_according(i) {
            return self.according(i, end);
        }
        if self
            .c
            .at(i + 1)
            .is_some_and(|t| i + 1 < end && t.kind == Kind::Capital)
            && self.is_according(i + 1)
        {
            return self.according(i + 1, end);
        }
        let mut verb = i;
        while verb < end
            && self.c.tokens[verb].is(Flags::ADVERB | Flags::AUX)
            && !self.c.tokens[verb].is(PRONOUN)
        {
            verb += 1;
        }
        if verb + 1 < end && self.c.word(verb) == "so" && self.c.is_cue(verb + 1) {
            verb += 1;
        }
        if verb < end && self.c.is_cue(verb) && !self.c.tokens[verb].is(Flags::PARTICIPLE) {
            return self.inverted(verb, end).map(|phrase| Found { phrase, cue: Some(verb) });
        }
        if self.c.language == Language::De && first.is(Flags::AUX) {
            let cue = (i + 1..end.min(i + 24)).find(|&k| self.c.is_cue(k))?;
            return self.c.after(i + 1, cue).map(|phrase| Found { phrase, cue: Some(cue) });
        }
        if first.is(Flags::PREP | Flags::SUB | Flags::CONJ) && !first.is(Flags::DET | PRONOUN) {
            return None;
        }
        self.subject_then_verb(i, end)
    }

    /// The subject after a verb that stands first.
    fn inverted(&self, verb: usize, end: usize) -> Option<Phrase> {
        if self.is_impersonal(verb) {
            return self.impersonal(verb, verb);
        }
        self.c.after(verb + 1, end)
    }

    /// `heißt es`: a text speaks.
    fn is_impersonal(&self, cue: usize) -> bool {
        matches!(self.c.word(cue), "heißt" | "hieß" | "steht" | "stand")
            && self.c.at(cue + 1).is_some_and(|t| t.is(Flags::THEY))
    }

    /// `X, adviser to Y, said`: a verb within reach whose subject begins at token `i`.
    fn subject_then_verb(&self, i: usize, end: usize) -> Option<Found> {
        let limit = end.min(i + 45);
        for cue in i + 1..limit {
            if matches!(self.c.tokens[cue].kind, Kind::Quote(_)) {
                break;
            }
            if !self.c.is_cue(cue)
                || self.c.tokens[cue].is(Flags::PARTICIPLE)
                || self.c.is_passive(cue)
            {
                continue;
            }
            if let Some(phrase) = self.c.before(cue, i) {
                if self.begins(i, phrase) {
                    return Some(Found {
                        phrase,
                        cue: Some(cue),
                    });
                }
            }
            if self.c.tokens[cue].is(Flags::SAY) && cue > i + 12 {
                break;
            }
        }
        let phrase = self.c.after(i, end)?;
        let role = matches!(phrase.who, Who::Role(_) | Who::Person(_)) && self.begins(i, phrase);
        role.then_some(Found { phrase, cue: None })
    }

    /// Whether only articles, adjectives, genitives and offices stand between token `i` and the phrase.
    fn begins(&self, i: usize, phrase: Phrase) -> bool {
        phrase.start <= i
            || (i..phrase.start).all(|k| {
                let t = &self.c.tokens[k];
                t.kind.is_word()
                    && !t.is(Flags::AUX
                        | Flags::SUB
                        | Flags::WHO
                        | Flags::CONJ
                        | PRONOUN
                        | Flags::SAY)
            }) && phrase.start - i <= 9
    }

    /// Whether token `i` is a word like `according`; a noun (`Angaben`) must stand beside its preposition.
    fn is_according(&self, i: usize) -> bool {
        let token = &self.c.tokens[i];
        let nach = |t: &super::tokens::Token| t.span.of(self.c.text).eq_ignore_ascii_case("nach");
        let beside = |k: Option<usize>| k.and_then(|k| self.c.at(k)).is_some_and(nach);
        let first = self.c.language != Language::De || matches!(self.c.word(i), "Laut" | "Gemäß");
        token.is(Flags::ACCORDING)
            && token.kind.is_word()
            && (token.kind == Kind::Lower || first || beside(i.checked_sub(1)) || beside(Some(i + 1)))
    }

    fn according(&self, at: usize, end: usize) -> Option<Found> {
        let link = ["to", "von", "vom", "dem", "de", "du"];
        let to = usize::from(
            self.c
                .at(at + 1)
                .is_some_and(|t| link.contains(&t.span.of(self.c.text))),
        );
        if self.c.at(at + 1).is_some_and(|t| t.span.of(self.c.text) == "nach") && at > 0 {
            let owner = self.c.word(at - 1).to_lowercase();
            let flags = if owner.starts_with("sein") { Flags::HE } else { Flags::SHE };
            let phrase = Phrase { who: Who::Pronoun(flags), start: at - 1, end: at + 1 };
            return Some(Found { phrase, cue: Some(at) });
        }
        if self.c.word(at) == "zufolge" {
            return self
                .c
                .before(at, at.saturating_sub(12))
                .map(|phrase| Found {
                    phrase,
                    cue: Some(at),
                });
        }
        let phrase = self
            .c
            .after(at + 1 + to, end)
            .or_else(|| self.c.before(at, at.saturating_sub(12)))?;
        Some(Found {
            phrase,
            cue: Some(at),
        })
    }

    /// `X told Y, according to Z`: who passes on what was said by the verb at `cue`.
    fn aside(&self, cue: usize, end: usize) -> Option<Found> {
        let at = (cue + 1..end.min(cue + 25)).find(|&k| self.is_according(k))?;
        self.according(at, end)
    }

    /// The last verb of saying before the quotation, with its subject, and an `according to` between the two.
    fn before(&self, at: usize, start: usize) -> (Option<Found>, Option<Found>) {
        let low = start.max(at.saturating_sub(REACH));
        let mut relay = None;
        let mut weak = None;
        for i in (low..at).rev() {
            if self.is_according(i) && relay.is_none() {
                relay = self.according(i, at);
            } else if let Some(found) = self.fixed_phrase(i, low) {
                return (weak.or(Some(found)), relay);
            } else if self.c.is_cue(i) && self.within_reach(i, at) {
                let Some(phrase) = self.subject(i, start) else {
                    if self.c.is_passive(i) {
                        return (weak.or(relay), None);
                    }
                    continue;
                };
                let found = Found {
                    phrase,
                    cue: Some(i),
                };
                let strong = self.c.tokens[i].is(Flags::SAY) || self.c.governs_clause(i);
                let person = !matches!(phrase.who, Who::Body);
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
        let long = self.c.tokens[cue].is(Flags::SAY) || self.c.governs_clause(cue);
        let afterthought = self.c.word(cue) == "so" && self.c.language == Language::De;
        (long || at - cue <= WEAK_REACH) && !(afterthought && at > cue + 6)
    }

    /// `as X put it`, `his remark that`.
    fn fixed_phrase(&self, i: usize, low: usize) -> Option<Found> {
        if self.c.word(i) == "it" && i > low && matches!(self.c.word(i - 1), "put" | "puts") {
            let phrase = self.c.before(i - 1, low)?;
            return Some(Found {
                phrase,
                cue: Some(i - 1),
            });
        }
        self.noun_of_saying(i, low)
    }

    /// `his remark that “…”`: a noun of saying with a genitive before it.
    fn noun_of_saying(&self, i: usize, low: usize) -> Option<Found> {
        const NOUNS: &[&str] = &[
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
        if self.c.language != Language::En || i <= low || !NOUNS.contains(&self.c.word(i)) {
            return None;
        }
        let mut k = i - 1;
        while k > low
            && i - k < 3
            && self.c.tokens[k].kind == Kind::Lower
            && !self.c.tokens[k].is(Flags::DET | Flags::OWN)
        {
            k -= 1;
        }
        let who = match self.c.word(k) {
            "his" | "His" => Who::Pronoun(Flags::HE),
            "her" | "Her" => Who::Pronoun(Flags::SHE),
            _ if self.c.tokens[k].is(Flags::OWN) => match self.c.mention(k)?.named {
                super::people::Named::Person(person) => Who::Person(person),
                super::people::Named::Body => Who::Body,
            },
            _ => return None,
        };
        let start = self.c.mention(k).map_or(k, |m| m.start as usize);
        Some(Found {
            phrase: Phrase {
                who,
                start,
                end: k + 1,
            },
            cue: Some(i),
        })
    }

    /// `X on television: “…”`.
    fn before_colon(&self, at: usize, start: usize) -> Option<Found> {
        let colon = at > start && self.c.tokens[at - 1].kind == Kind::Colon;
        let phrase = colon.then(|| self.c.opening(start, at - 1))??;
        Some(Found { phrase, cue: None })
    }

    /// The subject of the verb at `cue`.
    fn subject(&self, cue: usize, start: usize) -> Option<Phrase> {
        if self.c.is_passive(cue) {
            let by =
                (cue + 1..(cue + 6).min(self.c.tokens.len())).find(|&k| self.c.word(k) == "by")?;
            return self.c.after(by + 1, by + 12);
        }
        if self.c.language != Language::En {
            return self.free_order_subject(cue, start);
        }
        let free = cue > start
            && !self.c.tokens[cue - 1].is(Flags::AUX | Flags::ADVERB)
            && (self.c.tokens[cue - 1].mention == u32::MAX
                || self.c.tokens[cue - 1].is(Flags::OWN));
        if self.c.tokens[cue].is(Flags::PARTICIPLE) && free {
            return self.participle(cue, start);
        }
        let opens = cue == start || matches!(self.c.tokens[cue - 1].kind, Kind::Quote(_));
        let right = || opens.then(|| self.c.after(cue + 1, self.c.tokens.len().min(cue + 16)))?;
        self.c
            .before(cue, start)
            .or_else(right)
            .or_else(|| self.c.opening(start, cue))
    }

    /// In languages where the verb may come first: the side that names a person wins, the left one in doubt.
    fn free_order_subject(&self, cue: usize, start: usize) -> Option<Phrase> {
        if self.is_impersonal(cue) {
            return self.impersonal(cue, start);
        }
        let ceiling = self.c.tokens.len().min(cue + 16);
        if self.c.word(cue) == "so" {
            return self.c.after(cue + 1, ceiling);
        }
        let person = |p: &Phrase| {
            matches!(p.who, Who::Person(_))
                || matches!(p.who, Who::Pronoun(f) if !f.any(Flags::THEY))
        };
        let left = self
            .c
            .before(cue, start)
            .filter(|l| !self.is_oblique(*l, start));
        if left.is_some_and(|l| person(&l)) {
            return left;
        }
        let right = self
            .c
            .after(cue + 1, ceiling)
            .filter(|r| r.start <= cue + 5);
        if right.is_some_and(|r| person(&r)) {
            return right;
        }
        let split = self.split_verb(cue, start);
        if split.is_some_and(|r| person(&r)) {
            return split;
        }
        let role = |p: &Phrase| matches!(p.who, Who::Role(_));
        let sides = [left, right, split];
        sides
            .into_iter()
            .flatten()
            .find(role)
            .or(left)
            .or(right)
            .or(split)
            .or_else(|| self.c.opening(start, cue))
    }

    /// `hatte die Ministerin in Wien erklärt`: the subject stands beside the auxiliary.
    fn split_verb(&self, cue: usize, start: usize) -> Option<Phrase> {
        let low = start.max(cue.saturating_sub(24));
        let aux = (low..cue)
            .rev()
            .find(|&k| self.c.tokens[k].is(Flags::AUX) && self.c.tokens[k].kind.is_word())?;
        self.c
            .after(aux + 1, cue)
            .or_else(|| self.c.before(aux, start))
    }

    /// `in dem Bericht heißt es`, `heißt es in dem Bericht`: the text that speaks.
    fn impersonal(&self, cue: usize, start: usize) -> Option<Phrase> {
        let ceiling = self.c.tokens.len().min(cue + 12);
        let body = |p: &Phrase| !matches!(p.who, Who::Pronoun(_));
        if self.c.at(cue + 2).is_some_and(|t| t.is(Flags::PREP)) {
            return self.c.after(cue + 3, ceiling).filter(body);
        }
        let opener = self.c.at(start).filter(|t| t.is(Flags::PREP));
        opener
            .and_then(|_| self.c.after(start + 1, cue))
            .filter(body)
            .or_else(|| self.c.before(cue, start))
    }

    /// `X went on, saying`: the subject of the verb of saying before, else of the clause.
    fn participle(&self, cue: usize, start: usize) -> Option<Phrase> {
        let low = start.max(cue.saturating_sub(REACH));
        let verb = (low..cue)
            .rev()
            .find(|&i| self.c.is_cue(i) && !self.c.tokens[i].is(Flags::PARTICIPLE));
        let before = verb
            .filter(|&v| self.c.tokens[v].is(Flags::SAY))
            .and_then(|v| self.subject(v, start));
        before.or_else(|| self.c.opening(start, cue))
    }

    /// Whether a preposition opens the phrase, so that it cannot be a subject.
    fn is_oblique(&self, phrase: Phrase, start: usize) -> bool {
        let mut i = phrase.start;
        while i > start && self.c.tokens[i - 1].kind.is_word() && phrase.start - i < 4 {
            i -= 1;
            if self.c.tokens[i].is(Flags::PREP) {
                return true;
            }
        }
        false
    }

    /// `“…” in the east, an official said`: a clause at the end of the sentence.
    fn tail(&self, at: usize, end: usize) -> Option<Found> {
        for i in at + 1..end.min(at + REACH) {
            let t = &self.c.tokens[i];
            if self.is_according(i) {
                return self.according(i, end);
            }
            if !self.c.is_cue(i) || !t.is(Flags::SAY) || t.is(Flags::PARTICIPLE) {
                continue;
            }
            if self.c.word(i) == "so" {
                return self.c.after(i + 1, end).map(|phrase| Found {
                    phrase,
                    cue: Some(i),
                });
            }
            let opens_next = self
                .c
                .at(i + 1)
                .is_some_and(|n| matches!(n.kind, Kind::Quote(_) | Kind::Colon))
                || self
                    .c
                    .at(i + 1)
                    .is_some_and(|n| n.is(Flags::SUB) && n.kind.is_word());
            if opens_next {
                return None;
            }
            let Some(phrase) = self.c.before(i, at + 1) else {
                continue;
            };
            let mut lead = phrase.start;
            while lead > at + 1
                && self.c.tokens[lead - 1].kind.is_word()
                && phrase.start - lead < 9
                && !self.c.tokens[lead - 1].is(Flags::CONJ | Flags::SUB | Flags::AUX | Flags::WHO)
            {
                lead -= 1;
            }
            if matches!(
                self.c.tokens[lead - 1].kind,
                Kind::Comma | Kind::Quote(_) | Kind::Dash
            ) {
                return Some(Found {
                    phrase,
                    cue: Some(i),
                });
            }
        }
        None
    }

    /// No verb in the sentence: a whole sentence of speech keeps the speaker before; a fragment goes to the subject.
    fn floating(&self, at: usize, start: usize, end: usize) -> Attribution {
        let alone = (start..end)
            .filter(|&k| self.c.tokens[k].kind.is_word())
            .count()
            <= 2;
        if alone {
            return self
                .introduced(start)
                .unwrap_or_else(|| self.inherited(start));
        }
        let reported = (start..end).any(|k| self.c.tokens[k].is(Flags::REPORTED));
        if reported {
            return self
                .focus
                .last_said(start)
                .map_or_else(Attribution::default, from_seen);
        }
        let long = self.c.tokens[at]
            .span
            .of(self.c.text)
            .split_whitespace()
            .nth(2)
            .is_some();
        let passive = (start..at).any(|k| self.c.is_cue(k) && self.c.is_passive(k));
        let phrase = self
            .c
            .opening(start, at)
            .filter(|p| long && !passive && matches!(p.who, Who::Person(_) | Who::Pronoun(_)));
        phrase.map_or_else(Attribution::default, |phrase| {
            self.known(Found { phrase, cue: None })
        })
    }

    /// What holds for the quotation before, or for the subject of the sentence before.
    fn inherited(&self, at: usize) -> Attribution {
        self.focus
            .last_speaker(at)
            .map_or_else(Attribution::default, from_seen)
    }

    /// The sentence before ended with a colon: its subject speaks.
    fn introduced(&self, start: usize) -> Option<Attribution> {
        let mut i = start;
        while i > 0 && self.c.tokens[i - 1].kind == Kind::Paragraph {
            i -= 1;
        }
        if i == 0 || self.c.tokens[i - 1].kind != Kind::Colon {
            return None;
        }
        let low = i.saturating_sub(REACH);
        let from = (low..i - 1)
            .rev()
            .find(|&k| self.c.tokens[k].kind.ends_sentence())
            .map_or(low, |k| k + 1);
        let cue = (from..i).rev().find(|&k| self.c.is_cue(k));
        let phrase = cue
            .and_then(|c| self.subject(c, from))
            .or_else(|| self.c.opening(from, i))?;
        Some(self.known(Found { phrase, cue }))
    }
}

fn from_seen(seen: &Seen) -> Attribution {
    Attribution {
        speaker: seen.speaker.clone(),
        mention: seen.mention,
        cue: seen.cue,
        ..Attribution::default()
    }
}
