//! One doubtful unit before the lines around it are looked at: its cues, words and build, and what it reads like.

use super::Role;
use super::cues::{Cue, Cues};
use super::forward_backward::Scores;
use super::line_context::LineTemplate;
use super::phrases::{HINT, LIKELY};
use super::segmentation::Units;
use super::shape::Form;
use super::word_classes::{WordClass, WordCounts};

/// What a unit may be marked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// The fitted sum.
    Fitted,
    /// The cues; the fitted sum may only spare it. In a document without a sentence.
    Cues,
    /// What names it and recurrence: the model was fitted to nothing like it, and may spare it, but not mark it.
    Named,
}

/// One doubtful unit before its neighbours are known.
pub(crate) struct UnitFeatures {
    /// Place in [`Units::list`].
    pub unit: usize,
    /// Its hand-set cues, without the collection's.
    pub cues: Cues,
    /// Log-odds of those cues for any role.
    pub cued: f64,
    /// What may speak against it.
    pub ground: Ground,
    /// Log-odds below which the fitted sum does not count: what the cues know for sure.
    pub floor: f64,
    prose: bool,
    /// Its words by class.
    pub counts: WordCounts,
    /// Its build.
    pub outline: LineTemplate,
}

/// Cues for captions and credits decide where the fitted sum does not, for the labelled articles hold few of them; cues
/// for boilerplate must be stronger by this many log-odds. Set by hand.
const BOILERPLATE_MARGIN: f64 = 1.5;
/// The cues' own log-odds are set by hand, too, and claim no more certainty than this.
const MOST_FLOOR: f64 = 4.0;

fn floor(scores: &Scores) -> f64 {
    let of = |role: Role| scores[role as usize];
    let named = of(Role::Caption)
        .max(of(Role::Provenance))
        .max(of(Role::Stock));
    let floor = named.max(of(Role::Chrome) - BOILERPLATE_MARGIN);
    if floor > 0.0 {
        floor.min(MOST_FLOOR)
    } else {
        f64::NEG_INFINITY
    }
}

impl UnitFeatures {
    pub(crate) fn new(text: &str, units: &Units, unit: usize, cues: Cues) -> Self {
        let line = units.list[unit].span.of(text);
        let counts = WordCounts::of(line, &units.article, units.list[unit].member);
        let scores = cues.scores();
        let mut draft = Self {
            unit,
            cued: log_odds(&scores),
            ground: Ground::Fitted,
            floor: floor(&scores),
            outline: LineTemplate::of(line, &cues.shape),
            prose: false,
            cues,
            counts,
        };
        draft.prose = draft.reads_like_prose();
        draft
    }

    /// Its share of words that boilerplate is dense in.
    pub(crate) fn counts(&self) -> &WordCounts {
        &self.counts
    }

    pub(crate) fn is_short(&self) -> bool {
        !self.cues.shape.stop && self.cues.shape.words <= 14
    }

    /// Whether it may head a part of the article: few words, none of boilerplate, code or addresses, and no list.
    pub(crate) fn is_heading(&self) -> bool {
        let shape = &self.cues.shape;
        let plain = matches!(shape.form, Form::Plain | Form::Names);
        let sparse = self.counts.site * 3 <= self.counts.words;
        let bracketed = self.outline.bracketed && !shape.direction;
        plain && !shape.listed && !bracketed && shape.words <= HEADING_WORDS && sparse
    }

    /// Whether it is a sentence that says nothing of the site: nothing names it, and few of its words are such as boilerplate
    /// uses, "you" and "we" left out, which people say of themselves; or it quotes somebody.
    pub(crate) fn is_statement(&self) -> bool {
        let shape = &self.cues.shape;
        let of = |class: WordClass| self.counts.of[class as usize];
        let site = self.counts.site.saturating_sub(of(WordClass::Reader));
        let quotes = shape.quoted && of(WordClass::Report) > 0;
        let sentence = shape.stop && shape.words >= SENTENCE_WORDS
            || shape.cited && shape.words >= CITED_WORDS;
        let unnamed = || {
            let strongest = Role::ALL[1..].iter().map(|&role| self.cues.strongest(role));
            strongest.fold(0.0, f64::max) < HINT
        };
        sentence && (quotes || site * 6 < self.counts.words) && unnamed()
    }

    /// Whether it is words with a colon that introduce what somebody said, or a list.
    pub(crate) fn introduces(&self) -> bool {
        let shape = &self.cues.shape;
        let reports = self.counts.of[WordClass::Report as usize] > 0;
        let unnamed = || self.cues.strongest(Role::Chrome) < HINT;
        let sparse = shape.words >= 5 && self.counts.site * 3 <= self.counts.words;
        let telling = reports || sparse || self.counts.site == 0;
        shape.colon && shape.words >= 3 && telling && unnamed()
    }

    /// Whether it reads like a sentence of an article: a stop, four words or more, and neither cues nor words of
    /// boilerplate.
    pub(crate) fn is_prose(&self) -> bool {
        self.prose
    }

    fn reads_like_prose(&self) -> bool {
        let shape = &self.cues.shape;
        let most = if shape.words >= PARAGRAPH_WORDS {
            LIKELY
        } else {
            HINT
        };
        let strong = |cue: &Cue| cue.role.is_some() && cue.kind.is_some() && cue.weight >= most;
        let unnamed = || !self.cues.list.iter().any(strong);
        let sparse = self.counts.site * 6 <= self.counts.words;
        shape.stop && shape.words >= 4 && self.cued <= 0.0 && sparse && unnamed()
    }
}

/// Log-odds of any role against body.
pub(crate) fn log_odds(scores: &Scores) -> f64 {
    let odds = |&score: &f64| libm::exp(score.clamp(-40.0, 40.0));
    libm::log(scores[1..].iter().map(odds).sum())
}

/// Words of a line from which on a stop makes it a sentence.
const SENTENCE_WORDS: u32 = 4;
/// The same of a line that is a quotation as a whole.
const CITED_WORDS: u32 = 3;
/// Words from which a sentence may hold words that boilerplate uses, too.
const PARAGRAPH_WORDS: u32 = 18;
/// Words of a heading within an article at most.
const HEADING_WORDS: u32 = 12;
