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
    super::resolve::relays(clauses, &mut reader.out, &reader.focus);
    reader.out
}

struct Reader<'c, 't> {
    c: &'c Clauses<'t>,
    focus: Focus<'c, 't>,
    out: Vec<Attribution>,
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
        let phrase = self
            .first_cue_subject(start, end)
            .or_else(|| self.c.opening(start, end));
        let seen = phrase.map(|phrase| self.known(Found { phrase, cue: None }));
        let speaker = spoke.or_else(|| seen.as_ref()?.speaker.clone());
        self.focus.sentence(
            start,
            end,
            Seen {
                at: start,
                speaker,
                mention: seen.and_then(|s| s.mention),
                cue: None,
            },
        );
    }

    /// The subject of the first verb of saying.
    fn first_cue_subject(&self, start: usize, end: usize) -> Option<Phrase> {
        let cue = (start..end.min(start + REACH))
            .find(|&i| self.c.is_cue(i) && self.c.tokens[i].is(Flags::SAY))?;
        self.c.before(cue, start)
    }

    fn quotation(&self, at: usize, start: usize, end: usize) -> Attribution {
        let right_after = self.right_after(at, end);
        let before = self.before(at, start);
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
                found.relayed_by = self
                    .outer(b, start)
                    .filter(|r| found.speaker.as_ref() != Some(r));
                found
            }
            (None, Some(a)) => self.known(a),
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
        let governs = before.cue.is_none_or(|cue| {
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
        let relay = self.known(after).speaker;
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
        if phrase.start == inner.phrase.start {
            return None;
        }
        self.focus.resolve(phrase, phrase.start)
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
        if first.is(Flags::ACCORDING) {
            return self.according(i, end);
        }
        let mut verb = i;
        while verb < end
            && self.c.tokens[verb].is(Flags::ADVERB | Flags::AUX)
            && !self.c.tokens[verb].is(PRONOUN)
        {
            verb += 1;
        }
        if verb < end && self.c.is_cue(verb) && !self.c.tokens[verb].is(Flags::PARTICIPLE) {
            return self.c.after(verb + 1, end).map(|phrase| Found {
                phrase,
                cue: Some(verb),
            });
        }
        if first.is(Flags::PREP | Flags::SUB | Flags::CONJ) && !first.is(Flags::DET | PRONOUN) {
            return None;
        }
        self.subject_then_verb(i, end)
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

    fn according(&self, at: usize, end: usize) -> Option<Found> {
        let to = usize::from(
            self.c
                .at(at + 1)
                .is_some_and(|t| t.span.of(self.c.text) == "to"),
        );
        let phrase = self
            .c
            .after(at + 1 + to, end)
            .or_else(|| self.c.before(at, at.saturating_sub(12)))?;
        Some(Found {
            phrase,
            cue: Some(at),
        })
    }

    /// The last verb of saying before the quotation, with its subject.
    fn before(&self, at: usize, start: usize) -> Option<Found> {
        let low = start.max(at.saturating_sub(REACH));
        let mut relay = None;
        let mut weak = None;
        for i in (low..at).rev() {
            let t = &self.c.tokens[i];
            if t.is(Flags::ACCORDING) && t.kind.is_word() && relay.is_none() {
                relay = self.according(i, at);
                continue;
            }
            if matches!(self.c.word(i), "it")
                && i > low
                && matches!(self.c.word(i - 1), "put" | "puts")
            {
                if let Some(phrase) = self.c.before(i - 1, start) {
                    return Some(Found {
                        phrase,
                        cue: Some(i - 1),
                    });
                }
            }
            if !self.c.is_cue(i) || (!t.is(Flags::SAY) && at - i > WEAK_REACH) {
                continue;
            }
            if let Some(phrase) = self.subject(i, start) {
                let found = Found {
                    phrase,
                    cue: Some(i),
                };
                if t.is(Flags::SAY) {
                    return Some(weak.unwrap_or(found));
                }
                if at - i <= 8
                    && matches!(phrase.who, Who::Person(_) | Who::Role(_) | Who::Pronoun(_))
                {
                    return Some(found);
                }
                weak = weak
                    .or(Some(found))
                    .filter(|w: &Found| matches!(w.phrase.who, Who::Person(_) | Who::Role(_)));
            } else if self.c.is_passive(i) {
                return relay.or(weak);
            }
        }
        relay.or(weak).or_else(|| self.before_colon(at, start))
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
        let inverts = self.c.language != Language::En;
        let free = cue > start && !self.c.tokens[cue - 1].is(Flags::AUX | Flags::ADVERB);
        if self.c.tokens[cue].is(Flags::PARTICIPLE) && free && !inverts {
            return self.participle(cue, start);
        }
        let left = self.c.before(cue, start);
        let right = || {
            let opens =
                cue == start || inverts || matches!(self.c.tokens[cue - 1].kind, Kind::Quote(_));
            opens.then(|| self.c.after(cue + 1, self.c.tokens.len().min(cue + 16)))?
        };
        if let Some(left) = left.filter(|l| !(inverts && self.is_oblique(*l, start))) {
            return Some(left);
        }
        right().or_else(|| self.c.opening(start, cue))
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
            if t.is(Flags::ACCORDING) && t.kind.is_word() {
                return self.according(i, end);
            }
            if !self.c.is_cue(i) || !t.is(Flags::SAY) || t.is(Flags::PARTICIPLE) {
                continue;
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
            return self.inherited(start);
        }
        let long = self.c.tokens[at]
            .span
            .of(self.c.text)
            .split_whitespace()
            .nth(2)
            .is_some();
        let phrase = self.c.opening(start, at).filter(|_| long);
        phrase.map_or_else(Attribution::default, |phrase| {
            self.known(Found { phrase, cue: None })
        })
    }

    /// What holds for the quotation before, or for the subject of the sentence before.
    fn inherited(&self, at: usize) -> Attribution {
        let Some(seen) = self.focus.last_speaker(at) else {
            return Attribution::default();
        };
        Attribution {
            speaker: seen.speaker.clone(),
            mention: seen.mention,
            cue: seen.cue,
            ..Attribution::default()
        }
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
