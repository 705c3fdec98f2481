//! What becomes of a unit once its probability is known: the bar that it must reach, its role, class and type, and the
//! evidence that is told.

use std::sync::Arc;

use super::cues::Cue;
use super::forward_backward::Scores;
use super::model::{CUES, Feature, Measured, Model};
use super::phrases::{HINT, LIKELY};
use super::unit_features::{Ground, UnitFeatures};
use super::word_classes::WordClass;
use super::{CueRecord, Role};
use wirecopy_findings::{BoilerplateClass, BoilerplateType};

/// What counting over the corpus says of a unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CorpusEvidence {
    /// Log-odds that it adds to the unit's own.
    pub(super) added: f64,
    /// Lower bound of the sum: log-odds of the hand-set cues and of the corpus, where the corpus speaks for boilerplate.
    pub(super) floor: Option<f64>,
}

/// Probability from which a unit that a cue names is marked. The lowest of these thresholds: more likely boilerplate than not.
pub(super) const MARK_FROM: f64 = 0.5;
/// The same without a cue that names it, and without boilerplate beside it: of such lines read in news, below this threshold half
/// were subheadings, list items and separators of the article.
const MARK_UNNAMED_FROM: f64 = 0.75;
/// The same beside a unit that is boilerplate with at least that probability, since boilerplate comes in runs. Chosen on the labelled
/// sites.
const MARK_ACCOMPANIED_FROM: f64 = 0.5;
/// The same for a line between two sentences, which may be a heading of the article.
const MARK_HEADING_FROM: f64 = 0.95;
/// The same for a sentence: losing one costs more than keeping a prompt. Guess.
const MARK_SENTENCE_FROM: f64 = 0.6;
/// The same for a sentence of words that articles use as well. Guess.
const MARK_HINTED_SENTENCE_FROM: f64 = 0.9;
/// For a unit that no cue names, in a language the model was not fitted for: it is not marked.
const NEVER: f64 = f64::INFINITY;
/// Fewest words of a sentence that is treated as an answer of an interview. Guess.
const ANSWER_WORDS: u32 = 4;
/// Fewest words of a line with a full stop that is treated as a sentence. Guess.
const SENTENCE_WORDS: u32 = 6;

/// Whether an adjacent unit is boilerplate with P of at least [`MARK_UNNAMED_FROM`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NeighbourContext {
    /// A neighbour is boilerplate.
    Boilerplate,
    /// None is.
    Alone,
}

impl NeighbourContext {
    /// For unit `at` of a run of units with these probabilities of being boilerplate.
    pub(super) fn of(found: &[f64], at: usize) -> Self {
        let sure = |at: Option<usize>| {
            at.and_then(|at| found.get(at))
                .is_some_and(|&probability| probability >= MARK_UNNAMED_FROM)
        };
        if sure(at.checked_sub(1)) || sure(Some(at + 1)) {
            Self::Boilerplate
        } else {
            Self::Alone
        }
    }
}

/// The probability from which a unit is marked as boilerplate of `role`.
pub(super) fn threshold(
    (draft, measured): (&UnitFeatures, &Measured),
    (role, company): (Role, NeighbourContext),
    told: &CorpusEvidence,
) -> f64 {
    let shape = &draft.cues.shape;
    let named = draft.cues.strongest(role);
    let sentence = role == Role::Chrome && shape.stop && shape.words >= SENTENCE_WORDS;
    // "More from the study:" heads a quotation as often as a list of links.
    let doubtful = named < LIKELY || (named <= LIKELY && shape.colon);
    if told.floor.is_none() && named < HINT && draft.ground == Ground::Named {
        NEVER
    } else if told.floor.is_none() && doubtful && heads_prose(draft, measured, told) {
        MARK_HEADING_FROM
    } else if named < HINT {
        let answer = shape.stop && shape.words >= ANSWER_WORDS;
        match company {
            NeighbourContext::Boilerplate => MARK_ACCOMPANIED_FROM,
            NeighbourContext::Alone if answer => MARK_HINTED_SENTENCE_FROM,
            NeighbourContext::Alone => MARK_UNNAMED_FROM,
        }
    } else if sentence {
        if named < LIKELY {
            MARK_HINTED_SENTENCE_FROM
        } else {
            MARK_SENTENCE_FROM
        }
    } else {
        MARK_FROM
    }
}

/// Whether a line stands where a heading of the article would: between two sentences or, if it recurs in the corpus, before one. A
/// recurring line at the top counts only if it is a phrase, since labels and names of outlets stand there too.
fn heads_prose(draft: &UnitFeatures, measured: &Measured, told: &CorpusEvidence) -> bool {
    let is = |feature: Feature| measured[feature as usize] > 0.0;
    let within = !is(Feature::Head) && !is(Feature::Tail) && !is(Feature::First);
    let phrase = is(Feature::SmallShare) && !is(Feature::Colon) && !is(Feature::Tail);
    let recurs = told.floor.is_some();
    let over = recurs && is(Feature::BeforeSentence) && (within || phrase);
    let plain = !is(Feature::Code) && draft.is_heading();
    plain && (is(Feature::BetweenSentences) || over)
}

/// The likeliest role that a cue names. What none names is boilerplate; but a heading that only recurs is one that the
/// outlet repeats in its articles.
pub(super) fn best_role(
    (draft, measured): (&UnitFeatures, &Measured),
    roles: &Scores,
    told: &CorpusEvidence,
) -> Role {
    let likelier = |a: &Role, b: &Role| roles[*a as usize].total_cmp(&roles[*b as usize]);
    let heads = heads_prose(draft, measured, told);
    let least = if heads { HINT } else { f64::MIN_POSITIVE };
    let named = Role::ALL[1..].iter().copied();
    let named = named.filter(|&role| draft.cues.strongest(role) >= least);
    let unnamed = if heads { Role::Stock } else { Role::Chrome };
    named.max_by(likelier).unwrap_or(unnamed)
}

/// Parts of the fitted sum that are worth telling, in log-odds.
const TOLD_PARTS: f64 = 0.4;

/// The cues for `role` and the fitted model's weightiest parts, strongest first.
pub(super) fn evidence(draft: &UnitFeatures, measured: &Measured, role: Role) -> Arc<[CueRecord]> {
    let cues = draft
        .cues
        .list
        .iter()
        .filter(|cue| cue.role.is_none_or(|named| named == role));
    let cues = cues.map(|cue: &Cue| CueRecord {
        cue: cue.name.into(),
        weight: cue.weight,
    });
    let summed = [Feature::Bias, Feature::CuesFor, Feature::CuesAgainst]
        .map(|feature| CUES[feature as usize]);
    let parts = Model::shared().parts(measured);
    let parts = parts.filter(|(name, part)| part.abs() >= TOLD_PARTS && !summed.contains(name));
    let parts = parts.map(|(name, part)| CueRecord {
        cue: name.into(),
        weight: to_hundredths(part),
    });
    let mut all: Vec<CueRecord> = cues.chain(parts).collect();
    all.sort_by(|left, right| right.weight.abs().total_cmp(&left.weight.abs()));
    for cue in &mut all {
        cue.weight = to_hundredths(cue.weight);
    }
    all.into()
}

/// A weight as it is told.
fn to_hundredths(weight: f64) -> f64 {
    (weight * 100.0).round() / 100.0
}

/// The type of what no cue names: boilerplate by what its words are about.
pub(super) fn default_kind(role: Role, draft: &UnitFeatures) -> BoilerplateType {
    match role {
        Role::Body | Role::Chrome => boilerplate_kind(draft),
        Role::Caption => BoilerplateType::Caption,
        Role::Provenance => BoilerplateType::Byline,
        Role::Stock => BoilerplateType::StockBackground,
    }
}

fn boilerplate_kind(draft: &UnitFeatures) -> BoilerplateType {
    let kinds = [
        (WordClass::Reply, BoilerplateType::CommentForm),
        (WordClass::Network, BoilerplateType::SocialBar),
        (WordClass::Trade, BoilerplateType::AdMarker),
        (WordClass::Legal, BoilerplateType::Copyright),
        (WordClass::Medium, BoilerplateType::NewsletterPrompt),
    ];
    let of = &draft.counts().of;
    let named = kinds
        .into_iter()
        .filter(|(class, _)| of[*class as usize] > 0);
    // Of equals the first: `max_by_key` gives the last.
    let named = named.rev().max_by_key(|(class, _)| of[*class as usize]);
    let long = draft.cues.shape.words >= 4;
    match named {
        Some((_, kind)) => kind,
        None if long => BoilerplateType::RelatedLinks,
        None => BoilerplateType::WidgetHeading,
    }
}

/// The agencies whose copyright line says where the text came from.
const AGENCIES: [&str; 9] = [
    "Associated Press",
    "Reuters",
    "AFP",
    "Agence France",
    "dpa",
    "EFE",
    "ANSA",
    "Lusa",
    "United Press International",
];

/// The class of a block: by its role, but an agency's copyright line is provenance.
pub(super) fn class_of(line: &str, kind: BoilerplateType, role: Role) -> Option<BoilerplateClass> {
    let agency =
        kind == BoilerplateType::Copyright && AGENCIES.iter().any(|name| line.contains(name));
    if agency {
        Some(BoilerplateClass::Provenance)
    } else {
        role.class()
    }
}
