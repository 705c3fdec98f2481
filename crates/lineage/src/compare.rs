//! One pair of a family, word by word: which body words of each side the other has, and where their readings differ.

use std::collections::BTreeMap;
use wirecopy_document::lines::first_line;

use wirecopy_core::align::{Edit, EditKind, Passage};
use wirecopy_text::ByteSpan;
use wirecopy_text::{Tokenizer, Tokens};

use super::class_bigrams::Fluency;
use super::names::same_outlet;
use super::provenance::ProvenanceCue;
use super::{FamilyPair, MemberFacts};
use wirecopy_document::damage::{DamageKind, marks};
use wirecopy_document::outlets::canonical;

/// Cue weight from which on a credit takes part: less is a picture's, or a word in passing.
pub const MIN_CREDIT: f64 = 2.0;

/// Words that a headline may have.
const MAX_HEADLINE_WORDS: usize = 20;
/// Words on either side up to which a difference is one variant reading; more is text of its own.
const MAX_READING_WORDS: usize = 8;
/// Kept words up to which two differences are one (a swap stands as two differences around a kept word).
const MAX_BRIDGE_WORDS: usize = 2;

/// A member with its body words.
#[derive(Debug)]
pub(super) struct Member<'a> {
    /// What is known of it.
    pub(super) facts: MemberFacts<'a>,
    /// Its body words.
    pub(super) tokens: Tokens,
    /// Its outlet's name in canonical form.
    pub(super) outlet: Option<String>,
    /// The canonical names of its cues, in their order.
    pub(super) cue_outlets: Vec<String>,
    /// Marks of machine translation and of broken encoding in its body.
    pub(super) machine_marks: Vec<ByteSpan>,
}

/// Gives the names that the cues of a family use for the outlets of its members, and for each other, one form.
/// O(cues · different names).
pub(super) fn canonicalise_outlets(members: &mut [Member<'_>]) {
    let mut forms: Vec<(String, String)> = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let outlets = members
        .iter()
        .filter_map(|m| Some((m.outlet.clone()?, m.facts.outlet?.to_owned())));
    let cues = members.iter().flat_map(|m| {
        m.cue_outlets
            .iter()
            .cloned()
            .zip(m.facts.cues.iter().map(|c| c.name.clone()))
    });
    for (canonical, name) in outlets.chain(cues).collect::<Vec<_>>() {
        if seen.contains_key(&canonical) {
            continue;
        }
        let held = forms
            .iter()
            .take(MAX_NAMES)
            .position(|(_, form)| same_outlet(form, &name));
        let place = held.unwrap_or(forms.len());
        if held.is_none() {
            forms.push((canonical.clone(), name));
        }
        seen.insert(canonical, place);
    }
    let form = |name: &str| forms[seen[name]].0.clone();
    for member in members {
        member.outlet = member.outlet.as_deref().map(form);
        member.cue_outlets = member.cue_outlets.iter().map(|name| form(name)).collect();
    }
}

/// Different names of a family that a new one is compared with.
const MAX_NAMES: usize = 1000;

impl<'a> Member<'a> {
    /// Reads the body words of `facts`. O(bytes).
    pub(super) fn new(facts: MemberFacts<'a>) -> Self {
        let mut tokens = Tokens::default();
        Tokenizer::default().tokenize_parts(facts.text, facts.body, &mut tokens);
        let outlet = facts.outlet.map(canonical);
        let cue_outlets = facts.cues.iter().map(|cue| canonical(&cue.name)).collect();
        let damage = marks(facts.text, facts.body).into_iter().filter(|mark| {
            matches!(
                mark.kind,
                DamageKind::MachineTranslation | DamageKind::EncodingDamage
            )
        });
        Self {
            facts,
            tokens,
            outlet,
            cue_outlets,
            machine_marks: damage.map(|mark| mark.span).collect(),
        }
    }

    /// The words of its first line, when that is a headline: short, and no sentence.
    pub(super) fn headline(&self) -> std::ops::Range<usize> {
        let Some(first) = self.tokens.spans().first() else {
            return 0..0;
        };
        let start = first.start as usize;
        let rest = self.facts.text.get(start..).unwrap_or_default();
        let line = first_line(rest);
        let words = self.words_in(ByteSpan::new(start, start + line.len()));
        let sentence = line.trim_end().ends_with(['.', ',', ';', ':']);
        if sentence || words.len() > MAX_HEADLINE_WORDS {
            0..0
        } else {
            words
        }
    }

    /// The clues of its text that say where it came from, with the canonical name of the outlet named. Photo credits
    /// and other weak clues are left out, and so is its own outlet.
    pub(super) fn credits(&self) -> impl Iterator<Item = (&ProvenanceCue, &str)> {
        let cues = self
            .facts
            .cues
            .iter()
            .zip(self.cue_outlets.iter().map(String::as_str));
        cues.filter(|(cue, name)| cue.weight >= MIN_CREDIT && self.outlet.as_deref() != Some(*name))
    }

    /// The body words that lie inside `span`, as places in the token columns.
    pub(super) fn words_in(&self, span: ByteSpan) -> std::ops::Range<usize> {
        let spans = self.tokens.spans();
        let first = spans.partition_point(|s| s.start < span.start);
        let last = spans.partition_point(|s| s.end <= span.end);
        first..last.max(first)
    }
}

/// A place where the readings of two texts differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Variant {
    /// The reading of a, with one kept word on either side.
    pub(super) a: ByteSpan,
    /// The reading of b, likewise.
    pub(super) b: ByteSpan,
    /// What speaks for b's reading being made from a's (negative: a's from b's), one entry for each of
    /// [`SITE_CLUES`].
    pub(super) clues: [f64; SITE_CLUES.len()],
}

/// The clues to which of two readings was made from the other, as they stand in [`Variant::clues`].
pub(super) const SITE_CLUES: [&str; 6] = [
    "fluency",
    "lost_word",
    "capital",
    "lost_capitals",
    "common_word",
    "attested",
];

/// Log-odds for one unit of each clue. Started from a logistic regression on the copy edges of the even-numbered
/// generated cascades and then lowered by hand, so that one generator's habits (it loses words, and adds none) weigh
/// less.
const SITE_WEIGHTS: [f64; SITE_CLUES.len()] = [0.5, 1.5, 0.9, 2.5, 2.0, 1.5];

impl Variant {
    /// Log-odds that b's reading was made from a's.
    pub(super) fn log_odds(&self) -> f64 {
        self.clues
            .iter()
            .zip(SITE_WEIGHTS)
            .map(|(clue, weight)| clue * weight)
            .sum()
    }
}

/// What one pair shares and where it differs.
#[derive(Debug)]
pub(super) struct Comparison {
    /// For each body word of a, whether b has it or a reading of it.
    pub(super) covered_a: Vec<bool>,
    /// The same of b.
    pub(super) covered_b: Vec<bool>,
    /// Differing readings, in text order of a within each passage.
    pub(super) sites: Vec<Variant>,
    /// Runs of equal words, as ranges of a's bytes, ascending.
    kept_a: Vec<ByteSpan>,
    /// The same of b.
    kept_b: Vec<ByteSpan>,
}

impl Comparison {
    /// Whether side a's reading `span` stands in b word for word.
    pub(super) fn keeps_a(&self, span: ByteSpan) -> bool {
        holds(&self.kept_a, span)
    }

    /// Whether side b's reading `span` stands in a word for word.
    pub(super) fn keeps_b(&self, span: ByteSpan) -> bool {
        holds(&self.kept_b, span)
    }
}

impl Comparison {
    /// Share of the words a has in common with b that are changed, 0..=1.
    pub(super) fn changed_a(&self, a: &Member<'_>) -> f64 {
        changed(&self.covered_a, &self.kept_a, a)
    }

    /// The same of b.
    pub(super) fn changed_b(&self, b: &Member<'_>) -> f64 {
        changed(&self.covered_b, &self.kept_b, b)
    }
}

fn changed(covered: &[bool], kept: &[ByteSpan], member: &Member<'_>) -> f64 {
    let covered = covered.iter().filter(|has| **has).count().max(1);
    let kept: usize = kept.iter().map(|&run| member.words_in(run).len()).sum();
    (1.0 - kept as f64 / covered as f64).max(0.0)
}

fn holds(runs: &[ByteSpan], span: ByteSpan) -> bool {
    let after = runs.partition_point(|run| run.start <= span.start);
    after > 0 && runs[after - 1].contains(span)
}

/// Share of words kept in order from which a passage shows one text in two states; below, two writers report one thing. So
/// they may in clauses that are not counted as aligned.
const LEAST_IDENTITY: f64 = 0.4;

/// Compares the two sides of `pair`. O(edits · log words + bytes of the passages).
pub(super) fn compare(
    a: &Member<'_>,
    b: &Member<'_>,
    pair: &FamilyPair<'_>,
    fluency: &Fluency,
) -> Comparison {
    let mut out = Comparison {
        covered_a: vec![false; a.tokens.len()],
        covered_b: vec![false; b.tokens.len()],
        sites: Vec::new(),
        kept_a: Vec::new(),
        kept_b: Vec::new(),
    };
    let sides = Sides { a, b, fluency };
    let passages = pair.alignment.passages.iter();
    let one_text = |p: &&Passage| p.identity >= LEAST_IDENTITY && p.counted.words > 0;
    for passage in passages.filter(one_text) {
        sides.read_passage(passage, &mut out);
    }
    out.kept_a.sort_unstable();
    out.kept_b.sort_unstable();
    out
}

/// The texts under comparison.
struct Sides<'m, 'a> {
    a: &'m Member<'a>,
    b: &'m Member<'a>,
    fluency: &'m Fluency,
}

impl Sides<'_, '_> {
    fn read_passage(&self, passage: &Passage, out: &mut Comparison) {
        let kept: Vec<&Edit> = passage
            .edits
            .iter()
            .filter(|e| e.kind == EditKind::Kept)
            .collect();
        if kept.is_empty() {
            out.covered_a[self.a.words_in(passage.a)].fill(true);
            out.covered_b[self.b.words_in(passage.b)].fill(true);
            return;
        }
        for edit in &kept {
            out.covered_a[self.a.words_in(edit.a)].fill(true);
            out.covered_b[self.b.words_in(edit.b)].fill(true);
            out.kept_a.push(edit.a);
            out.kept_b.push(edit.b);
            self.read_capitals(edit, out);
        }
        let mut open: Option<(ByteSpan, ByteSpan)> = None;
        for step in kept.windows(2) {
            let Some((gap_a, gap_b)) = self.gap(step[0], step[1]) else {
                self.close(&mut open, out);
                continue;
            };
            out.covered_a[self.a.words_in(gap_a)].fill(true);
            out.covered_b[self.b.words_in(gap_b)].fill(true);
            let bridged = self.a.words_in(step[0].a).len() <= MAX_BRIDGE_WORDS;
            match &mut open {
                Some((a, b)) if bridged => {
                    *a = a.cover(gap_a);
                    *b = b.cover(gap_b);
                }
                _ => {
                    self.close(&mut open, out);
                    open = Some((gap_a, gap_b));
                }
            }
        }
        self.close(&mut open, out);
    }

    /// What stands between two kept runs on either side, when it is a variant reading.
    fn gap(&self, before: &Edit, after: &Edit) -> Option<(ByteSpan, ByteSpan)> {
        if before.a.end > after.a.start || before.b.end > after.b.start {
            return None;
        }
        let a = ByteSpan {
            start: before.a.end,
            end: after.a.start,
        };
        let b = ByteSpan {
            start: before.b.end,
            end: after.b.start,
        };
        let (words_a, words_b) = (self.a.words_in(a).len(), self.b.words_in(b).len());
        let longest = words_a.max(words_b);
        (longest > 0 && longest <= MAX_READING_WORDS).then_some((a, b))
    }

    fn close(&self, open: &mut Option<(ByteSpan, ByteSpan)>, out: &mut Comparison) {
        let Some((a, b)) = open.take() else { return };
        let (reading_a, reading_b) = (self.a.in_context(a), self.b.in_context(b));
        let plain = Reading::of(reading_a.of(self.a.facts.text), self.fluency);
        let other = Reading::of(reading_b.of(self.b.facts.text), self.fluency);
        let (words_a, words_b) = (self.a.words_in(a).len(), self.b.words_in(b).len());
        let lost = f64::from(u8::from(words_b < words_a)) - f64::from(u8::from(words_a < words_b));
        let clues = [
            (plain.fluency - other.fluency).clamp(-6.0, 6.0),
            lost,
            (other.capitals - plain.capitals).clamp(-1.0, 1.0),
            0.0,
            if words_a == words_b {
                (plain.common - other.common).clamp(-1.0, 1.0)
            } else {
                0.0
            },
            0.0,
        ];
        out.sites.push(Variant {
            a: reading_a,
            b: reading_b,
            clues,
        });
    }

    /// Words that are equal but for their capitals inside ("McAdam", "Mcadam"): the poorer one is the made one.
    fn read_capitals(&self, edit: &Edit, out: &mut Comparison) {
        let (text_a, text_b) = (self.a.facts.text, self.b.facts.text);
        if edit.a.of(text_a) == edit.b.of(text_b) {
            return;
        }
        let spans =
            |member: &Member<'_>, span| member.tokens.spans()[member.words_in(span)].to_vec();
        let pairs = spans(self.a, edit.a).into_iter().zip(spans(self.b, edit.b));
        for (a, b) in pairs {
            let (inner_a, inner_b) = (inner_capitals(a.of(text_a)), inner_capitals(b.of(text_b)));
            if inner_a != inner_b {
                let clue = if inner_a > inner_b { 1.0 } else { -1.0 };
                out.sites.push(Variant {
                    a,
                    b,
                    clues: [0.0, 0.0, 0.0, clue, 0.0, 0.0],
                });
            }
        }
    }
}

impl Member<'_> {
    /// `gap` widened by the word before and the word after it.
    fn in_context(&self, gap: ByteSpan) -> ByteSpan {
        let words = self.words_in(gap);
        let spans = self.tokens.spans();
        let before = words
            .start
            .checked_sub(1)
            .map_or(gap.start, |i| spans[i].start.min(gap.start));
        let after = spans.get(words.end).map_or(gap.end, |s| s.end.max(gap.end));
        ByteSpan {
            start: before,
            end: after,
        }
    }
}

/// What one reading looks like by itself.
struct Reading {
    fluency: f64,
    capitals: f64,
    common: f64,
}

impl Reading {
    fn of(text: &str, fluency: &Fluency) -> Self {
        let words = || text.split_whitespace();
        let capitals = words()
            .filter(|w| w.starts_with(char::is_uppercase))
            .count() as f64;
        let common = words().filter(|word| fluency.is_common(word)).count() as f64;
        Self {
            fluency: fluency.score(text),
            capitals,
            common,
        }
    }
}

fn inner_capitals(word: &str) -> usize {
    word.chars().skip(1).filter(|c| c.is_uppercase()).count()
}
