//! From mentions to speakers: pronouns, roles, unnamed officials, and relays that hold for a whole article.
//!
//! The main type is [`DiscourseState`]: what the sentences read so far were about. A pronoun goes to the last fitting one.

use wirecopy_text::ByteSpan;

use super::mentions::Named;
use super::noun_phrases::{Phrase, Referent, TokenView};
use super::tokens::Kind;
use super::word_classes::Flags;
use wirecopy_text::Language;

/// What is known about one outermost quotation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ResolvedAttribution {
    pub(crate) speaker: Option<Speaker>,
    pub(crate) relayed_by: Option<Speaker>,
    pub(crate) mention: Option<ByteSpan>,
    pub(crate) cue: Option<ByteSpan>,
    /// Whether the words are a whole sentence of direct speech, not a fragment in the reporter's sentence.
    pub(crate) direct: bool,
}

/// Sentences that a pronoun looks back.
const LOOK_BACK: usize = 12;

/// Pairs of relay and speaker that are kept for one article.
const MAX_RELAYS: usize = 64;

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Speaker {
    /// The person of this number.
    Person(u32),
    /// Somebody unnamed, or a body, in words.
    Described(String),
}

/// Somebody who spoke or was spoken of.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// Token of the quotation, or first of the sentence.
    pub(crate) at: usize,
    /// Who it is; none for `I`.
    pub(crate) speaker: Option<Speaker>,
    /// The words that named the speaker.
    pub(crate) mention: Option<ByteSpan>,
    /// The verb of saying.
    pub(crate) cue: Option<ByteSpan>,
}

/// What the sentences so far were about.
pub(crate) struct DiscourseState<'c, 't> {
    clauses: &'c TokenView<'t>,
    /// By sentence: who was its subject or spoke in it.
    subjects: Vec<Seen>,
    /// Speakers of quotations so far.
    speakers: Vec<Seen>,
}

impl<'c, 't> DiscourseState<'c, 't> {
    pub(crate) fn new(clauses: &'c TokenView<'t>) -> Self {
        Self {
            clauses,
            subjects: Vec::new(),
            speakers: Vec::new(),
        }
    }

    /// Notes who spoke the quotation at token `at`.
    pub(crate) fn spoke(&mut self, at: usize, found: &ResolvedAttribution) {
        let speaker = found.relayed_by.clone().or(found.speaker.clone());
        self.speakers.push(Seen {
            at,
            speaker,
            mention: found.mention,
            cue: found.cue,
        });
    }

    /// Notes what the sentence `start..end` was about: who spoke in it, else its first person.
    pub(crate) fn sentence(&mut self, start: usize, end: usize, mut seen: Seen) {
        if seen.speaker.is_none() {
            let first = (start..end).find_map(|i| {
                let mention = self.clauses.mention(i)?;
                matches!(mention.named, Named::Person(_)).then_some(mention)
            });
            let Some(first) = first else { return };
            let Named::Person(person) = first.named else {
                return;
            };
            let tokens = self.clauses.tokens;
            seen.speaker = Some(Speaker::Person(person));
            seen.mention = Some(
                tokens[first.start as usize]
                    .span
                    .cover(tokens[first.end as usize - 1].span),
            );
        }
        self.subjects.push(seen);
    }

    /// The last speaker before token `at`, unless a later sentence was about somebody else.
    pub(crate) fn last_speaker(&self, at: usize) -> Option<&Seen> {
        let near = |seen: &&Seen| at.saturating_sub(seen.at) < 400;
        let speaker = self.speakers.last().filter(near);
        let subject = self.subjects.last().filter(near);
        match (speaker, subject) {
            (Some(a), Some(b)) if b.at > a.at => Some(b),
            (Some(a), _) => Some(a),
            (None, b) => b,
        }
    }

    /// The last who said something, in marks or not.
    pub(crate) fn last_said(&self, at: usize) -> Option<&Seen> {
        let near = |seen: &&Seen| at.saturating_sub(seen.at) < 200;
        let speaker = self.speakers.last().filter(near);
        let subject = self
            .subjects
            .iter()
            .rev()
            .take(5)
            .find(|s| s.cue.is_some())
            .filter(near);
        match (speaker, subject) {
            (Some(a), Some(b)) if b.at > a.at => Some(b),
            (a, b) => a.or(b),
        }
    }

    /// Whom the phrase means, seen from token `at`.
    pub(crate) fn resolve(&self, phrase: Phrase, at: usize) -> Option<Speaker> {
        match phrase.who {
            Referent::Person(person) => Some(Speaker::Person(person)),
            Referent::Body => Some(Speaker::Described(self.described(phrase, ""))),
            Referent::Role(head) => self.role(phrase, head),
            Referent::Pronoun(flags) => self.pronoun(flags, at),
        }
    }

    /// The nearest person before that fits the pronoun: in the same sentence, else a subject of those before.
    fn pronoun(&self, flags: Flags, at: usize) -> Option<Speaker> {
        if flags.any(Flags::ME) {
            return None;
        }
        if flags.any(Flags::THEY) && !flags.any(Flags::SHE | Flags::HE) {
            let mut back = self
                .subjects
                .iter()
                .rev()
                .take(3)
                .filter_map(|s| s.speaker.as_ref());
            return back.find(|s| matches!(s, Speaker::Described(_))).cloned();
        }
        let opened = self.sentence_start(at);
        let here = self.clauses.opening(opened, at).and_then(|p| match p.who {
            Referent::Person(person) if self.fits(&Speaker::Person(person), flags) => {
                Some(Speaker::Person(person))
            }
            _ => None,
        });
        if here.is_some() {
            return here;
        }
        let back = self.subjects.iter().rev().take(LOOK_BACK);
        back.filter_map(|s| s.speaker.as_ref())
            .find(|s| self.fits(s, flags))
            .cloned()
    }

    fn sentence_start(&self, at: usize) -> usize {
        let tokens = self.clauses.tokens;
        (at.saturating_sub(60)..at)
            .rev()
            .find(|&k| tokens[k].kind.ends_sentence())
            .map_or(0, |k| k + 1)
            .max(at.saturating_sub(60))
    }

    fn fits(&self, speaker: &Speaker, flags: Flags) -> bool {
        match speaker {
            Speaker::Person(person) => {
                let gender = self.clauses.people.persons[*person as usize].gender;
                !(gender.any(Flags::MALE) && flags.any(Flags::SHE) && !flags.any(Flags::HE)
                    || gender.any(Flags::FEMALE) && flags.any(Flags::HE) && !flags.any(Flags::SHE))
            }
            Speaker::Described(words) => words.starts_with("unnamed"),
        }
    }

    /// A noun for a person: the one named right behind it, the one whom the article gives that role, else an unnamed one.
    fn role(&self, phrase: Phrase, head: usize) -> Option<Speaker> {
        let behind = self.clauses.mention(head + 1).map(|mention| mention.named);
        if let Some(Named::Person(person)) = behind.filter(|_| head + 1 < phrase.end) {
            return Some(Speaker::Person(person));
        }
        let known = self.is_definite(phrase).then(|| self.known(phrase, head));
        known
            .flatten()
            .or_else(|| Some(Speaker::Described(self.described(phrase, "unnamed "))))
    }

    /// Whether the phrase opens with a definite article.
    fn is_definite(&self, phrase: Phrase) -> bool {
        let article = self.clauses.word(phrase.start).to_lowercase();
        self.clauses.tokens[phrase.start].is(Flags::DET)
            && match article.as_str() {
                "the" | "der" | "die" | "das" | "le" | "la" | "el" | "il" | "o" => true,
                "a" => self.is_article(phrase.start),
                _ => false,
            }
    }

    /// Whom a definite noun takes up: the one who has that role, the one who was called so before, else the one who
    /// was spoken of last.
    fn known(&self, phrase: Phrase, head: usize) -> Option<Speaker> {
        const VAGUE: [&str; 8] = [
            "official",
            "officials",
            "spokesman",
            "spokeswoman",
            "spokesperson",
            "source",
            "sources",
            "people",
        ];
        let noun = self.clauses.word(head).to_lowercase();
        if let Some(person) = self.with_role(&noun) {
            return Some(Speaker::Person(person));
        }
        let subjects = self.subjects.iter().rev();
        let speakers = self.speakers.iter().rev();
        let mut back = subjects.take(60).chain(speakers.take(60));
        let amid = format!(" {noun} ");
        let same = back.find_map(|s| match s.speaker.as_ref()? {
            Speaker::Described(words) => {
                let lower = words.to_lowercase();
                let same = lower.ends_with(&noun) || lower.contains(&amid);
                same.then(|| Speaker::Described(words.clone()))
            }
            Speaker::Person(_) => None,
        });
        let bare = phrase.end - phrase.start <= 3 && !noun.ends_with('s');
        if same.is_some() || !bare || VAGUE.contains(&noun.as_str()) {
            return same;
        }
        let mut last = self.subjects.iter().rev().take(3);
        last.find_map(|s| match s.speaker {
            Some(Speaker::Person(person)) => Some(Speaker::Person(person)),
            _ => None,
        })
    }

    fn is_article(&self, at: usize) -> bool {
        !matches!(self.clauses.word(at), "a" | "A") || self.clauses.language == Language::Portuguese
    }

    /// The last person in focus, else any, whom the article calls by `noun`.
    fn with_role(&self, noun: &str) -> Option<u32> {
        let persons = &self.clauses.people.persons;
        let has = |p: u32| {
            persons[p as usize]
                .roles
                .iter()
                .any(|r| r.of(self.clauses.text).to_lowercase() == noun)
        };
        let back = self
            .subjects
            .iter()
            .rev()
            .take(LOOK_BACK)
            .filter_map(|s| match s.speaker {
                Some(Speaker::Person(person)) => Some(person),
                _ => None,
            });
        let mut back = back;
        back.find(|&p| has(p))
    }

    /// The words of a phrase without its article and ranks.
    fn described(&self, phrase: Phrase, lead: &str) -> String {
        let mut out = String::from(lead);
        let tokens = self.clauses.tokens;
        let mut from = phrase.start;
        while from + 1 < phrase.end
            && (tokens[from].is(Flags::DET) || is_rank(self.clauses.word(from)))
        {
            from += 1;
        }
        let mut to = phrase.end;
        if lead.is_empty() && tokens[to - 1].kind == Kind::Lower {
            let named = (from..to)
                .find_map(|i| self.clauses.mention(i))
                .filter(|m| matches!(m.named, Named::Body));
            if let Some(m) = named {
                (from, to) = (m.start as usize, m.end as usize);
            }
        }
        for (i, token) in tokens[from..to].iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            let word = token.span.of(self.clauses.text);
            let nation = !lead.is_empty() && matches!(word, "American" | "U.S." | "U.S");
            out.push_str(if nation { "US" } else { word });
            if token.is(Flags::OWN) && from + i + 1 < to {
                out.push_str("'s");
            }
        }
        out
    }
}

fn is_rank(word: &str) -> bool {
    matches!(
        word,
        "senior"
            | "top"
            | "high-ranking"
            | "top-ranking"
            | "anonymous"
            | "unnamed"
            | "unidentified"
            | "terse"
    )
}

/// Relays that hold for a whole article: where the words of a person reach the reporter only through another, every
/// fragment of them does. `told` holds pairs of who passed on and whose words. A person who is quoted directly speaks
/// for himself.
pub(crate) fn relays(found: &mut [ResolvedAttribution], told: &[(u32, u32)]) {
    let mut pairs: Vec<(u32, u32)> = told.to_vec();
    for a in found.iter() {
        if let (Some(Speaker::Person(by)), Some(Speaker::Person(of))) = (&a.relayed_by, &a.speaker)
        {
            pairs.push((*by, *of));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.truncate(MAX_RELAYS);
    let mut direct: Vec<u32> = found
        .iter()
        .filter(|a| a.direct && a.relayed_by.is_none())
        .filter_map(|a| {
            if let Some(Speaker::Person(person)) = a.speaker {
                Some(person)
            } else {
                None
            }
        })
        .collect();
    direct.sort_unstable();
    for a in found.iter_mut().filter(|a| a.relayed_by.is_none()) {
        let Some(Speaker::Person(of)) = a.speaker else {
            continue;
        };
        let mut by = pairs.iter().filter(|p| p.1 == of).map(|p| p.0);
        if let (Some(by), None, false) = (by.next(), by.next(), direct.binary_search(&of).is_ok()) {
            a.relayed_by = Some(Speaker::Person(by));
        }
    }
}
