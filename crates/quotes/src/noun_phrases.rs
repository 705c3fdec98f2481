//! Subjects: the noun phrase that goes with a verb of saying, found without a parser.
//!
//! The main type is [`TokenView`], a view of the tokens with the names in them. Every search looks at a bounded number
//! of tokens.

use super::mentions::{Mention, Named, People};
use super::tokens::{Kind, Token};
use super::word_classes::{CUE, Flags, PRONOUN};
use wirecopy_text::Language;

/// Tokens that a noun phrase is followed over.
const PHRASE: usize = 14;
/// Tokens that an apposition or a clause between commas is followed over.
const APPOSITION: usize = 40;

/// Prepositions of place and time.
const PLACES: &[&str] = &[
    "in", "at", "on", "after", "during", "before", "am", "im", "bei", "beim", "auf", "vor", "nach",
    "en", "à", "em", "no", "na", "a", "via",
];

/// Who a phrase names, before pronouns and roles are resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Referent {
    /// The person of this number.
    Person(u32),
    /// A noun for a person; the token is its head.
    Role(usize),
    /// A body or place.
    Body,
    /// A pronoun with these classes.
    Pronoun(Flags),
}

/// A noun phrase: tokens `start..end` and whom they name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// Whom it names.
    pub(crate) who: Referent,
    /// First token.
    pub(crate) start: usize,
    /// One past the last token.
    pub(crate) end: usize,
}

/// Tokens and names of one document.
#[derive(Clone, Copy)]
pub(crate) struct TokenView<'t> {
    /// Text that the spans index.
    pub(crate) text: &'t str,
    /// Its tokens.
    pub(crate) tokens: &'t [Token],
    /// Its names.
    pub(crate) people: &'t People,
    /// Its language.
    pub(crate) language: Language,
}

impl<'t> TokenView<'t> {
    pub(crate) fn at(&self, i: usize) -> Option<&'t Token> {
        self.tokens.get(i)
    }

    pub(crate) fn word(&self, i: usize) -> &'t str {
        self.tokens[i].span.of(self.text)
    }

    pub(crate) fn mention(&self, i: usize) -> Option<Mention> {
        self.people
            .mentions
            .get(self.tokens.get(i)?.mention as usize)
            .copied()
    }

    /// The subject that stands before the verb at `cue`, not further left than `floor`.
    pub(crate) fn subject_before(&self, cue: usize, floor: usize) -> Option<Phrase> {
        let mut i = cue;
        while i > floor {
            let t = &self.tokens[i - 1];
            let skipped = t.is(Flags::ADVERB | Flags::AUX | Flags::TIME | Flags::REPORTED)
                && t.mention == u32::MAX
                || t.kind == Kind::Number;
            let preposition = t.is(Flags::PREP) && i < cue && self.tokens[i].is(Flags::TIME);
            if !(skipped || preposition) || t.is(PRONOUN) {
                break;
            }
            i -= 1;
        }
        if i == floor {
            return None;
        }
        let t = &self.tokens[i - 1];
        match t.kind {
            Kind::Comma | Kind::Dash => self.before_comma(i - 1, floor),
            Kind::Close => {
                let open = (floor..i - 1)
                    .rev()
                    .take(12)
                    .find(|&k| self.tokens[k].kind == Kind::Open)?;
                self.ending_at(open, floor)
            }
            Kind::Lower | Kind::Capital if t.is(Flags::WHO) => {
                let comma = i >= 2 && self.tokens[i - 2].kind == Kind::Comma;
                let found = self.ending_at(if comma { i - 2 } else { i - 1 }, floor)?;
                match found.who {
                    Referent::Person(_) => Some(Phrase {
                        start: i - 1,
                        end: i,
                        ..found
                    }),
                    _ => Some(found),
                }
            }
            _ if t.kind.is_word() => self.ending_at(i, floor),
            _ => None,
        }
    }

    /// `X, adviser to Y, said`: the phrase before the apposition that ends at the comma, else the one in it.
    fn before_comma(&self, comma: usize, floor: usize) -> Option<Phrase> {
        let from = floor.max(comma.saturating_sub(APPOSITION));
        let mut commas = (from..comma)
            .rev()
            .filter(|&k| matches!(self.tokens[k].kind, Kind::Comma | Kind::Dash));
        for k in commas.by_ref().take(4) {
            if let Some(found) = self.ending_at(k, floor) {
                let relative = self.tokens[k + 1].is(Flags::WHO | Flags::SUB)
                    && self.tokens[k + 1].kind.is_word();
                if let Some(named) = self.apposed(found, k + 1..comma) {
                    return Some(named);
                }
                let leads = matches!(found.who, Referent::Body) && !relative && found.start > floor;
                if !leads && !self.tokens[found.end - 1].is(Flags::OWN) {
                    return Some(found);
                }
            }
        }
        let open = (from..comma).rev().find(|&k| self.tokens[k].is(Flags::WHO));
        if let Some(found) = open.and_then(|k| self.ending_at(k, floor)) {
            return Some(found);
        }
        self.ending_at(comma, floor)
    }

    /// The noun phrase whose last token is `end - 1`.
    pub(crate) fn ending_at(&self, end: usize, floor: usize) -> Option<Phrase> {
        if end <= floor {
            return None;
        }
        let last = &self.tokens[end - 1];
        if last.is(PRONOUN) && last.kind.is_word() {
            return Some(Phrase {
                who: Referent::Pronoun(last.flags),
                start: end - 1,
                end,
            });
        }
        if !last.kind.is_word()
            || last.is(Flags::PREP
                | Flags::CONJ
                | Flags::SUB
                | Flags::AUX
                | Flags::DET
                | Flags::TIME)
        {
            return None;
        }
        if let Some(before) = self.beyond_place(end, floor) {
            return Some(before);
        }
        if let Some(mention) = self.mention(end - 1).filter(|m| m.end as usize == end) {
            return Some(self.named_phrase(mention, floor));
        }
        self.common_phrase(end, floor)
    }

    /// `X in Boston said`: whoever stands before a phrase of place or time.
    fn beyond_place(&self, end: usize, floor: usize) -> Option<Phrase> {
        let mut i = match self.mention(end - 1) {
            Some(m) if matches!(m.named, Named::Body) => m.lead as usize,
            Some(_) => return None,
            None => end - 1,
        };
        while i > floor
            && end - i < 6
            && self.tokens[i - 1].kind.is_word()
            && self.tokens[i - 1].is(Flags::DET | Flags::ADJECTIVE | Flags::TIME | Flags::OWN)
        {
            i -= 1;
        }
        let place =
            i > floor && PLACES.contains(&self.word(i - 1)) && self.tokens[i - 1].is(Flags::PREP);
        let mut at = i.checked_sub(1).filter(|_| place)?;
        while at > floor
            && self.tokens[at - 1].kind.is_word()
            && self.tokens[at - 1].is(Flags::TIME)
        {
            at -= 1;
        }
        if at > floor && self.tokens[at].is(Flags::TIME) && self.tokens[at - 1].is(Flags::PREP) {
            at -= 1;
        }
        if at <= floor {
            return None;
        }
        self.ending_at(at, floor)
            .filter(|p| p.who != Referent::Body)
    }

    /// A name; or the role before it, as in `a spokesman for Smith`.
    fn named_phrase(&self, mention: Mention, floor: usize) -> Phrase {
        let (start, end) = (mention.start as usize, mention.end as usize);
        let mut lead = mention.lead as usize;
        while lead > floor
            && self.tokens[lead - 1].is(Flags::DET | Flags::ADJECTIVE | Flags::TITLE)
            && self.tokens[lead - 1].kind.is_word()
        {
            lead -= 1;
        }
        if lead > floor
            && self.tokens[lead - 1].is(Flags::PREP)
            && let Some(role) = self
                .common_phrase(lead - 1, floor)
                .filter(|p| matches!(p.who, Referent::Role(_)))
        {
            return Phrase { end, ..role };
        }
        match mention.named {
            Named::Person(person) => Phrase {
                who: Referent::Person(person),
                start,
                end,
            },
            Named::Body => self.common_phrase(end, floor).unwrap_or(Phrase {
                who: Referent::Body,
                start,
                end,
            }),
        }
    }

    /// A phrase around a common noun: from its article to `end`.
    fn common_phrase(&self, end: usize, floor: usize) -> Option<Phrase> {
        if end <= floor {
            return None;
        }
        let low = floor.max(end.saturating_sub(PHRASE));
        let mut start = end;
        let mut head = end - 1;
        while start > low {
            let t = &self.tokens[start - 1];
            if !t.kind.is_word()
                || t.is(Flags::AUX | Flags::SUB | Flags::WHO | PRONOUN)
                || self.is_cue(start - 1)
                    && t.kind == Kind::Lower
                    && !t.is(Flags::ROLE | Flags::ORG)
            {
                break;
            }
            if t.is(Flags::CONJ) {
                break;
            }
            start -= 1;
            if t.is(Flags::PREP) && start > low && start + 1 < end {
                head = start - 1;
            }
            let opens = t.is(Flags::DET) && !t.is(Flags::OWN);
            if opens && !(start > low && self.tokens[start - 1].is(Flags::PREP)) {
                break;
            }
        }
        while start < end && self.tokens[start].is(Flags::PREP | Flags::TIME | Flags::ADVERB) {
            start += 1;
        }
        if start >= end {
            return None;
        }
        self.judged(start, end, head.clamp(start, end - 1))
    }

    /// Whom a common phrase names, by the classes of its words.
    pub(crate) fn judged(&self, start: usize, end: usize, head: usize) -> Option<Phrase> {
        let role = (start..=head)
            .rev()
            .find(|&k| self.tokens[k].is(Flags::ROLE) && !self.tokens[k].is(Flags::OWN));
        let head_is_body =
            self.tokens[head].is(Flags::ORG | Flags::PLACE) && !self.tokens[head].is(Flags::ROLE);
        let who = match role {
            Some(role) if !head_is_body || role == head => Referent::Role(role),
            _ => Referent::Body,
        };
        let opener = &self.tokens[start];
        let bare = self.language != Language::German && opener.kind == Kind::Capital;
        let noun = opener.is(Flags::DET | Flags::OWN) || bare || head_is_body;
        (who != Referent::Body || noun).then_some(Phrase { who, start, end })
    }

    /// The subject that stands after an inverted verb (`said X`), or after `according to`.
    pub(crate) fn subject_after(&self, from: usize, ceiling: usize) -> Option<Phrase> {
        let mut i = from;
        while i < ceiling
            && self.tokens[i].kind.is_word()
            && self.tokens[i].is(Flags::ADVERB | Flags::TIME | Flags::AUX)
            && !self.tokens[i].is(PRONOUN | Flags::DET)
        {
            i += 1;
        }
        i = self.beyond_listener(i, ceiling);
        let first = self
            .tokens
            .get(i)
            .filter(|t| i < ceiling && t.kind.is_word())?;
        if first.is(PRONOUN) {
            return Some(Phrase {
                who: Referent::Pronoun(first.flags),
                start: i,
                end: i + 1,
            });
        }
        if first.is(Flags::SUB | Flags::CONJ | Flags::PREP) && !first.is(Flags::DET) {
            return None;
        }
        self.phrase_from(i, ceiling)
    }

    /// The noun phrase that begins at token `start`, or the person that it names.
    fn phrase_from(&self, start: usize, ceiling: usize) -> Option<Phrase> {
        let mut end = start;
        let mut head = None;
        while end < ceiling.min(start + PHRASE) {
            if let Some(mention) = self.mention(end) {
                if let Some(person) = self.person(mention).filter(|_| head.is_none()) {
                    return self
                        .apposed_behind(person, person.end, ceiling)
                        .or(Some(person));
                }
                end = mention.end as usize;
                continue;
            }
            if self.stops_phrase(end) {
                break;
            }
            if self.tokens[end].is(Flags::PREP) && head.is_none() {
                if end == start {
                    return None;
                }
                head = Some(end - 1);
            }
            if end > start && self.leaves_phrase(end) {
                break;
            }
            end += 1;
        }
        while end > start && self.tokens[end - 1].is(Flags::DET | Flags::PREP) {
            end -= 1;
        }
        if end == start {
            return None;
        }
        self.or_apposed(start..end, head.unwrap_or(end - 1), ceiling)
    }

    /// The person that a mention names, unless it is a genitive.
    fn person(&self, mention: Mention) -> Option<Phrase> {
        match mention.named {
            Named::Person(person) if !self.tokens[mention.end as usize - 1].is(Flags::OWN) => {
                Some(Phrase {
                    who: Referent::Person(person),
                    start: mention.start as usize,
                    end: mention.end as usize,
                })
            }
            _ => None,
        }
    }

    /// Whether no noun phrase goes on over token `i`: punctuation, a verb, a link between clauses.
    fn stops_phrase(&self, i: usize) -> bool {
        let t = &self.tokens[i];
        let link = t.is(Flags::AUX | Flags::SUB | Flags::CONJ | Flags::WHO | PRONOUN);
        let verb = t.is(CUE) && t.kind == Kind::Lower && !t.is(Flags::ROLE | Flags::ORG);
        !t.kind.is_word() || link && !t.is(Flags::DET) || verb
    }

    /// Whether a phrase that has begun ends before token `i`, which could stand in one.
    fn leaves_phrase(&self, i: usize) -> bool {
        let (before, t) = (&self.tokens[i - 1], &self.tokens[i]);
        let unbound = t.is(Flags::PREP) && !self.binds(i);
        let after_noun = self.language == Language::German
            && t.kind == Kind::Lower
            && before.kind == Kind::Capital
            && !t.is(Flags::DET | Flags::PREP);
        let genitive = matches!(self.word(i), "des" | "der" | "eines" | "einer");
        let next = t.is(Flags::DET) && !genitive && !before.is(Flags::PREP | Flags::DET);
        let closed = before.is(Flags::ROLE) && !before.is(Flags::OWN);
        let goes_on = t.is(Flags::PREP | Flags::ROLE) || genitive || t.kind == Kind::Capital;
        unbound
            || after_noun
            || next
            || t.is(Flags::TIME)
            || closed && !goes_on && !self.named_soon(i)
    }

    /// Whether only plain nouns stand between token `i` and a name: `chief engineer X`.
    fn named_soon(&self, i: usize) -> bool {
        let next = self.tokens[i..]
            .iter()
            .take(4)
            .skip_while(|t| t.kind == Kind::Lower && t.flags.0 & !Flags::ROLE.0 == 0);
        next.into_iter()
            .next()
            .is_some_and(|t| t.mention != u32::MAX)
    }

    /// Whether the preposition at `i` ties what follows to the noun before it.
    fn binds(&self, i: usize) -> bool {
        let word = self.word(i);
        let genitive = "of for von vom für de del du di do da aus dello della dei degli delle dell dos das d \
             van av för i";
        let loose = "from at with in on to";
        let has = |list: &str| list.split(' ').any(|w| w == word);
        has(genitive) || self.language == Language::English && has(loose)
    }

    /// The subject of the clause that begins at `from`: its first pronoun or name that is neither oblique nor a
    /// genitive, else the noun phrase that it opens with.
    pub(crate) fn opening(&self, from: usize, to: usize) -> Option<Phrase> {
        let mut i = from;
        let mut role = None;
        let mut body = None;
        while i < to.min(from + APPOSITION) {
            let t = &self.tokens[i];
            if t.kind.is_word() && t.is(Flags::HE | Flags::SHE | Flags::ME) && role.is_none() {
                return Some(Phrase {
                    who: Referent::Pronoun(t.flags),
                    start: i,
                    end: i + 1,
                });
            }
            if let Some(mention) = self.mention(i) {
                let named = self.subject_mention(mention, from);
                if named.is_some_and(|n| matches!(n.who, Referent::Person(_))) {
                    return named;
                }
                body = body.or(named);
                i = (mention.end as usize).max(i + 1);
                continue;
            }
            let oblique = i > from && self.tokens[i - 1].is(Flags::PREP);
            if role.is_none() && t.is(Flags::DET) && !oblique && t.kind.is_word() {
                let phrase = self.phrase_from(i, to);
                role = phrase.filter(|p| matches!(p.who, Referent::Role(_)));
                body =
                    body.or(phrase.filter(|_| self.language == Language::German && i <= from + 1));
            }
            i += 1;
        }
        role.or(body)
    }

    /// The person or body that a mention names, where it can be a subject: neither oblique nor a genitive.
    fn subject_mention(&self, mention: Mention, from: usize) -> Option<Phrase> {
        let (lead, end) = (mention.lead as usize, mention.end as usize);
        let oblique = lead > from && self.governed(lead, from);
        if oblique || self.tokens[end - 1].is(Flags::OWN) {
            return None;
        }
        let (who, start) = match mention.named {
            Named::Person(person) => (Referent::Person(person), mention.start as usize),
            Named::Body => (Referent::Body, lead),
        };
        Some(Phrase { who, start, end })
    }

    /// Whether a preposition governs the name that begins at `lead`.
    fn governed(&self, lead: usize, from: usize) -> bool {
        (from..lead)
            .rev()
            .take(4)
            .take_while(|&k| self.tokens[k].kind.is_word())
            .any(|k| self.tokens[k].is(Flags::PREP))
    }
}
