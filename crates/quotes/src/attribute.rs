//! Who said it: speaker, relay and verb of saying for each outermost quotation.
//!
//! [`attribute`] reads the sentences in order, so that pronouns and floating quotations can look back. For each
//! quotation it asks, first for what stands right after the marks (`“…,” X said`), then for the last verb before them
//! (`X said that “…”`), then for a clause at the sentence's end, and last for the speaker before.

use super::coreference::ResolvedAttribution;
use wirecopy_text::ByteSpan;

use super::below::Signature;
use super::coreference::{DiscourseState, Seen, Speaker};
use super::mark_pairing::{Ending, Marked};
use super::mentions::{Mention, Named};
use super::noun_phrases::{Phrase, Referent, TokenView};
use super::reporting_verbs::{Attribution, REACH};
use super::tokens::Kind;
use super::word_classes::Flags;
use wirecopy_text::Language;

/// Attributes the `outer` quotations of a document, in order. O(tokens).
pub(crate) fn attribute(clauses: &TokenView<'_>, outer: &[Marked]) -> Vec<ResolvedAttribution> {
    let mut reader = Reader {
        c: clauses,
        outer,
        focus: DiscourseState::new(clauses),
        out: vec![ResolvedAttribution::default(); outer.len()],
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
    super::coreference::relays(&mut reader.out, &reader.told);
    reader.out
}

struct Reader<'c, 't> {
    c: &'c TokenView<'t>,
    outer: &'c [Marked],
    focus: DiscourseState<'c, 't>,
    out: Vec<ResolvedAttribution>,
    /// Who passed on whose words, outside the quotations.
    told: Vec<(u32, u32)>,
}

impl Reader<'_, '_> {
    /// One sentence: its quotations, then what it leaves in focus.
    fn sentence(&mut self, start: usize, end: usize) {
        let mut spoke = None;
        for at in start..end {
            if let Kind::Quote(number) = self.c.tokens[at].kind {
                let signed = self.outer.get(number as usize).map(|m| m.ending);
                let found = match signed {
                    Some(Ending::Signed(name)) => self.signed(name),
                    _ => self.quotation(at, start, end),
                };
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
                .map(|phrase| Attribution { phrase, cue: None })
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
                .subject_before(i, start)
                .filter(|p| matches!(p.who, Referent::Person(_) | Referent::Pronoun(_)));
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
    fn first_said(&self, start: usize, end: usize) -> Option<Attribution> {
        let cue = (start..end.min(start + REACH))
            .find(|&i| self.c.is_cue(i) && self.c.tokens[i].is(Flags::SAY))?;
        let english = self.c.language == Language::English;
        let phrase = if english {
            self.c.subject_before(cue, start)
        } else {
            self.c.subject(cue, start)
        };
        phrase.map(|phrase| Attribution {
            phrase,
            cue: Some(cue),
        })
    }

    /// A post with the name of its author behind it.
    fn signed(&self, name: ByteSpan) -> ResolvedAttribution {
        let at = self.c.tokens.partition_point(|t| t.span.start < name.start);
        let whole = |m: &Mention| {
            let last = self.c.tokens.get((m.end as usize).saturating_sub(1));
            last.is_some_and(|t| t.span.end == name.end)
        };
        let mention = (at..at + 4).find_map(|i| self.c.mention(i).filter(whole));
        let known = mention.and_then(|m| match m.named {
            Named::Person(person) => Some(Speaker::Person(person)),
            Named::Body => None,
        });
        let written = || Speaker::Described(name.of(self.c.text).to_owned());
        ResolvedAttribution {
            speaker: Some(known.unwrap_or_else(written)),
            mention: Some(name),
            direct: true,
            ..ResolvedAttribution::default()
        }
    }

    /// What the line below says of the quotation at token `at`.
    fn below(&self, at: usize) -> Option<ResolvedAttribution> {
        self.c.signed_below(at).map(|signature| match signature {
            Signature::Person(phrase) => self.known(Attribution { phrase, cue: None }),
            Signature::Unnamed => ResolvedAttribution::default(),
        })
    }

    fn quotation(&self, at: usize, start: usize, end: usize) -> ResolvedAttribution {
        let right_after = self.c.followed_by(at, end);
        let (before, aside) = self.c.introduced_by(at, start);
        let tail = if right_after.is_some() {
            None
        } else {
            self.c.ended_by(at, end)
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
                    .and_then(|c| self.c.aside(c, end))
                    .and_then(|r| self.relay(r.phrase));
                found.relayed_by = aside.filter(|r| found.speaker.as_ref() != Some(r));
                found
            }
            (None, None) => self.floating(at, start, end),
        };
        let led = at == start || self.c.tokens[at - 1].kind == Kind::Colon;
        found.direct = (led || right_after.is_some()) && self.opens_sentence(at, start);
        found
    }

    /// Whether the quotation at token `at` opens a sentence or is set off, and has five words or more.
    fn opens_sentence(&self, at: usize, start: usize) -> bool {
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
        opens && words
    }

    fn known(&self, found: Attribution) -> ResolvedAttribution {
        let tokens = self.c.tokens;
        ResolvedAttribution {
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
    fn both(&self, at: usize, before: Attribution, after: Attribution) -> ResolvedAttribution {
        let governs = before.cue.is_some_and(|cue| {
            let strong = self.c.tokens[cue].is(Flags::SAY) || self.c.governs_clause(cue);
            let broken = (cue + 1..at).any(|k| matches!(self.c.tokens[k].kind, Kind::Quote(_)));
            let near =
                at - cue <= 14 && (cue + 1..at).all(|k| self.c.tokens[k].kind != Kind::Comma);
            !broken && (strong && at - cue <= 40 || near)
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
    fn outer(&self, inner: Attribution, start: usize) -> Option<Speaker> {
        let limit = inner.phrase.start.min(inner.cue?);
        let low = start.max(limit.saturating_sub(REACH));
        let cue = (low..limit)
            .rev()
            .find(|&i| self.c.is_cue(i) && self.c.tokens[i].is(Flags::SAY | Flags::PARTICIPLE))?;
        if (cue..limit).any(|k| matches!(self.c.tokens[k].kind, Kind::Quote(_))) {
            return None;
        }
        let phrase = self.c.subject(cue, start)?;
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

    /// No verb in the sentence: a whole sentence of speech keeps the speaker before; a fragment goes to the subject.
    fn floating(&self, at: usize, start: usize, end: usize) -> ResolvedAttribution {
        let (low, high) = (start.max(at.saturating_sub(REACH)), end.min(at + REACH));
        let alone = (low..high)
            .filter(|&k| self.c.tokens[k].kind.is_word())
            .nth(2)
            .is_none();
        if alone {
            return self
                .below(at)
                .or_else(|| self.introduced(start))
                .unwrap_or_else(|| self.inherited(start));
        }
        let reported = (low..high).any(|k| self.c.tokens[k].is(Flags::REPORTED));
        if reported {
            return self
                .focus
                .last_said(start)
                .map_or_else(ResolvedAttribution::default, from_seen);
        }
        let long = self.c.tokens[at]
            .span
            .of(self.c.text)
            .split_whitespace()
            .nth(2)
            .is_some();
        let passive = (low..at).any(|k| self.c.is_cue(k) && self.c.is_passive(k));
        let phrase = self.c.opening(start, at).filter(|p| {
            long && !passive && matches!(p.who, Referent::Person(_) | Referent::Pronoun(_))
        });
        phrase.map_or_else(ResolvedAttribution::default, |phrase| {
            self.known(Attribution { phrase, cue: None })
        })
    }

    /// What holds for the quotation before, or for the subject of the sentence before.
    fn inherited(&self, at: usize) -> ResolvedAttribution {
        self.focus
            .last_speaker(at)
            .filter(|seen| !self.is_place(seen))
            .map_or_else(ResolvedAttribution::default, from_seen)
    }

    /// Whether a place was spoken of outside a quotation, which does not go on speaking.
    fn is_place(&self, seen: &Seen) -> bool {
        let tokens = self.c.tokens;
        let quoted = matches!(tokens[seen.at].kind, Kind::Quote(_));
        let named = matches!(seen.speaker, Some(Speaker::Person(_)));
        let Some(mention) = seen.mention.filter(|_| !quoted && !named) else {
            return false;
        };
        let at = tokens.partition_point(|t| t.span.start < mention.start);
        tokens.get(at).is_some_and(|t| t.is(Flags::PLACE))
    }

    /// The sentence before ended with a colon: its subject speaks.
    fn introduced(&self, start: usize) -> Option<ResolvedAttribution> {
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
            .and_then(|c| self.c.subject(c, from))
            .or_else(|| self.c.opening(from, i))?;
        Some(self.known(Attribution { phrase, cue }))
    }
}

fn from_seen(seen: &Seen) -> ResolvedAttribution {
    ResolvedAttribution {
        speaker: seen.speaker.clone(),
        mention: seen.mention,
        cue: seen.cue,
        ..ResolvedAttribution::default()
    }
}
