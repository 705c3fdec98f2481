//! The fitted model of one document's units: measurements in, log-odds against article text out.
//!
//! A linear-chain model of two states (article text or not; Lafferty, McCallum and Pereira 2001): each unit's log-odds
//! are a weighted sum of its [`Feature`]s, neighbours add the weights of [`Transitions`]. The weights stand in `weights.txt`
//! and come from `scripts/fit-boilerplate`, which maximises the likelihood of labels; so the probabilities are
//! calibrated as far as new text is like the labelled. The hand-set cues enter as two features, and name the role.

use std::sync::LazyLock;

use super::line_context::Neighbour;
use super::segmentation::{Place, Unit, UnitKind, Units};
use super::shape::{Form, Shape, has_mark, is_code};
use super::unit_features::UnitFeatures;
use super::word_classes::{Membership, WordClass, WordCounts};

macro_rules! features {
    ($($variant:ident $name:literal,)*) => {
        /// What is measured of a unit. The discriminants index [`Measured`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Feature { $(#[doc = $name] $variant,)* }

        /// Names by discriminant, as they stand in the table of weights.
        pub(crate) const NAMES: &[&str] = &[$($name,)*];

        /// Names by discriminant, as they stand in evidence.
        pub(crate) const CUES: &[&str] = &[$(concat!("fitted:", $name),)*];
    };
}

features! {
    Bias "bias",
    CuesFor "cues for",
    CuesAgainst "cues against",
    Sentence "cut out of a line",
    LongLine "long line",
    OneWord "one word",
    TwoWords "two words",
    FewWords "three or four words",
    SomeWords "five to seven words",
    ManyWords "eight to twelve words",
    MostWords "thirteen to twenty words",
    MoreWords "more than twenty words",
    Stop "ends a sentence",
    LongStop "ends a sentence of eight words or more",
    Colon "ends in a colon",
    Question "ends in a question mark",
    Exclamation "ends in an exclamation mark",
    Quoted "quotation marks",
    Titled "capitalised words",
    Capitals "capitals only",
    LowerStart "starts small",
    Bare "no small words",
    SmallShare "share of small words",
    Listed "item of a list",
    Numbers "share of numbers",
    Money "money",
    Mark "opens or closes with a mark",
    Separators "separators",
    Code "code",
    Handle "handle or address",
    DateForm "date",
    NamesForm "names",
    Act "calls to act",
    ActFirst "opens with a call to act",
    Reader "reader and publisher",
    ActReader "a call to act and the reader",
    Medium "things of the medium",
    Network "networks",
    Guide "ways through a site",
    GuideFirst "opens with a way through a site",
    Legal "rights",
    Trade "trade",
    Reply "comments",
    Credit "credits",
    Report "verbs of reporting",
    Verb "finite verbs",
    Calendar "dates and times",
    SiteShare "share of site words",
    SiteWords "site words",
    AllSite "site words only",
    Strange "no content word of the article",
    SiteKnowledge "content words of the article",
    NoContent "no content words",
    Head "head",
    HeadShort "short in the head",
    Tail "tail",
    TailShort "short in the tail",
    First "first unit",
    Last "last unit",
    NearStart "among the first five",
    NearEnd "among the last five",
    AfterText "after a paragraph",
    BeforeText "before a paragraph",
    Embedded "between two paragraphs",
    ShortBefore "short lines before",
    ShortAfter "short lines after",
    SiteBefore "site words in the lines before",
    SiteAfter "site words in the lines after",
    CuedBefore "cues for the line before",
    CuedAfter "cues for the line after",
    Headline "most like a headline",
    AboveHeadline "above what is like a headline",
    KnownSentence "sentence with words of the article",
    StrangeSentence "sentence without a word of the article",
    Repeated "stands twice",
    Opens "opens a block",
    AfterSentence "after a sentence",
    BeforeSentence "before a sentence",
    BetweenSentences "between two sentences",
    BareBetween "short and without site words between two sentences",
    ProseSentence "sentence without site words",
    ProseNear "sentences near by",
    Entry "entry of a list",
    Alike "formed like its neighbours",
    EntryAlike "entry of a list, formed like its neighbours",
    ColonBefore "below a colon",
    InnerColon "label and text",
}

/// The measurements of one unit, by [`Feature`]; most are 0 or 1, none is far beyond.
pub(crate) type Measured = [f32; NAMES.len()];

/// Log-odds that hang on neighbours: of entering a run of boilerplate, of staying in it, of leaving it; between
/// paragraphs 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Transitions {
    /// From article text to boilerplate.
    pub enter: f64,
    /// From boilerplate to boilerplate.
    pub stay: f64,
    /// From boilerplate to article text.
    pub leave: f64,
}

/// The fitted weights.
pub(crate) struct Model {
    weights: Vec<f64>,
    /// What neighbours add.
    pub steps: Transitions,
}

impl Model {
    /// The one model; read at first use.
    pub(crate) fn shared() -> &'static Self {
        static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(include_str!("weights.txt")));
        &MODEL
    }

    /// Reads `name<tab>weight` lines; a feature that has no line weighs nothing.
    fn read(table: &str) -> Self {
        let mut weights = vec![0.0; NAMES.len()];
        let mut steps = Transitions::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let (name, weight) = line
                .split_once('\t')
                .expect("a line is a name and a weight");
            let weight: f64 = weight.parse().expect("a weight is a number");
            match name {
                "step: enter" => steps.enter = weight,
                "step: stay" => steps.stay = weight,
                "step: leave" => steps.leave = weight,
                _ => {
                    let at = NAMES.iter().position(|known| *known == name);
                    weights[at.expect("a weight belongs to a feature")] = weight;
                }
            }
        }
        Self { weights, steps }
    }

    /// Log-odds against article text, neighbours left out.
    pub(crate) fn score(&self, measured: &Measured) -> f64 {
        self.parts(measured).map(|(_, part)| part).sum()
    }

    /// What each feature adds, by discriminant, with its name in evidence.
    pub(crate) fn parts(&self, measured: &Measured) -> impl Iterator<Item = (&'static str, f64)> {
        let parts = self.weights.iter().zip(measured).zip(CUES);
        parts.map(|((weight, value), name)| (*name, weight * f64::from(*value)))
    }
}

/// How many neighbours on each side are looked at.
const REACH: usize = 3;
/// Hand-set cues count up to this many log-odds.
const MOST_CUED: f64 = 10.0;

/// Measures the doubtful unit `at` of `drafts`, with its neighbours.
/// `headline` is the place of [`headline`] in `drafts`.
pub(crate) fn measure(
    text: &str,
    units: &Units,
    drafts: &[UnitFeatures],
    (at, headline): (usize, Option<usize>),
) -> Measured {
    let mut out = Measurer {
        values: [0.0; NAMES.len()],
    };
    let draft = &drafts[at];
    let unit = &units.list[draft.unit];
    out.set(Feature::Bias, 1.0);
    out.set(Feature::CuesFor, draft.cued.clamp(0.0, MOST_CUED) / 5.0);
    out.set(
        Feature::CuesAgainst,
        draft.cued.clamp(-MOST_CUED, 0.0) / 5.0,
    );
    out.add_shape(text, unit, &draft.cues.shape);
    out.add_words(&draft.counts);
    out.add_place(units, draft);
    out.add_neighbours(units, drafts, at);
    out.flag(Feature::Headline, headline == Some(at));
    out.flag(
        Feature::AboveHeadline,
        headline.is_some_and(|headline| at < headline),
    );
    out.values
}

/// The line before the first paragraph that looks most like a headline: four words or more that end no sentence, and
/// most words of the article; of equals the first. None where no line has two.
pub(crate) fn headline(units: &Units, drafts: &[UnitFeatures]) -> Option<usize> {
    let is_text = |unit: &Unit| unit.member == Membership::Member;
    let first_text = units
        .list
        .iter()
        .position(is_text)
        .unwrap_or(units.list.len());
    let titled = |draft: &UnitFeatures| {
        let shape = &draft.cues.shape;
        !shape.stop
            && (4..=20).contains(&shape.words)
            && shape.form == Form::Plain
            && draft.counts.known >= 2
    };
    let head = drafts
        .iter()
        .take_while(|draft| draft.unit < first_text)
        .take(MOST_HEAD);
    let lines = head.enumerate().filter(|(_, draft)| titled(draft));
    let rank = |(at, draft): &(usize, &UnitFeatures)| (draft.counts.known, std::cmp::Reverse(*at));
    lines.max_by_key(rank).map(|(at, _)| at)
}

/// Lines at the start among which a headline is looked for.
const MOST_HEAD: usize = 40;

struct Measurer {
    values: Measured,
}

impl Measurer {
    fn set(&mut self, feature: Feature, value: f64) {
        self.values[feature as usize] = value as f32;
    }

    fn flag(&mut self, feature: Feature, holds: bool) {
        self.set(feature, f64::from(u8::from(holds)));
    }

    fn add_shape(&mut self, text: &str, unit: &Unit, shape: &Shape) {
        let line = unit.span.of(text);
        let length = match shape.words {
            0 | 1 => Feature::OneWord,
            2 => Feature::TwoWords,
            3 | 4 => Feature::FewWords,
            5..=7 => Feature::SomeWords,
            8..=12 => Feature::ManyWords,
            13..=20 => Feature::MostWords,
            _ => Feature::MoreWords,
        };
        self.set(length, 1.0);
        self.flag(Feature::Sentence, unit.extent == UnitKind::Sentence);
        self.flag(
            Feature::LongLine,
            line.len() > super::segmentation::SHORT_LINE_BYTES,
        );
        self.flag(Feature::Stop, shape.stop);
        self.flag(Feature::LongStop, shape.stop && shape.words >= 8);
        self.flag(Feature::Colon, shape.colon);
        self.flag(Feature::Question, line.ends_with('?'));
        self.flag(Feature::Exclamation, line.ends_with('!'));
        self.flag(Feature::Quoted, shape.quoted);
        let words = f64::from(shape.words.max(1));
        self.set(Feature::Titled, f64::from(shape.capitals) / words);
        let small = line.chars().any(char::is_lowercase);
        self.flag(
            Feature::Capitals,
            !small && shape.capitals > 0 && shape.words > shape.numbers,
        );
        self.flag(Feature::LowerStart, line.starts_with(char::is_lowercase));
        self.flag(Feature::Listed, shape.listed);
        self.set(Feature::Numbers, f64::from(shape.numbers) / words);
        self.flag(Feature::Money, line.contains(['$', '£', '€']));
        self.flag(Feature::Mark, has_mark(text, unit.span));
        self.set(
            Feature::Separators,
            f64::from(shape.separators.min(3)) / 3.0,
        );
        self.flag(Feature::Code, is_code(line));
        let bytes = line.as_bytes();
        self.flag(
            Feature::Handle,
            memchr::memchr(b'@', bytes).is_some()
                || line.contains("http")
                || (memchr::memchr(b'.', bytes).is_some() && line.contains("www.")),
        );
        self.flag(
            Feature::DateForm,
            matches!(shape.form, Form::Date | Form::Dated),
        );
        self.flag(
            Feature::NamesForm,
            matches!(shape.form, Form::Names | Form::Byline),
        );
    }

    fn add_words(&mut self, counts: &WordCounts) {
        let share = |class| counts.share(class).min(0.5) * 2.0;
        let has = |class: WordClass| counts.of[class as usize] > 0;
        let pairs = [
            (Feature::Act, WordClass::Act),
            (Feature::Reader, WordClass::Reader),
            (Feature::Medium, WordClass::Medium),
            (Feature::Network, WordClass::Network),
            (Feature::Guide, WordClass::Guide),
            (Feature::Legal, WordClass::Legal),
            (Feature::Trade, WordClass::Trade),
            (Feature::Reply, WordClass::Reply),
            (Feature::Credit, WordClass::Credit),
            (Feature::Report, WordClass::Report),
            (Feature::Verb, WordClass::Verb),
            (Feature::SmallShare, WordClass::Small),
            (Feature::Calendar, WordClass::Calendar),
        ];
        for (feature, class) in pairs {
            self.set(feature, share(class));
        }
        self.flag(Feature::ActFirst, counts.opens_with(WordClass::Act));
        self.flag(Feature::GuideFirst, counts.opens_with(WordClass::Guide));
        self.flag(
            Feature::ActReader,
            has(WordClass::Act) && has(WordClass::Reader),
        );
        self.set(Feature::SiteShare, counts.site_share());
        self.set(Feature::SiteWords, f64::from(counts.site.min(5)) / 5.0);
        self.flag(
            Feature::AllSite,
            counts.words > 0 && counts.site == counts.words,
        );
        self.flag(Feature::Bare, counts.words >= 3 && !has(WordClass::Small));
        let content = f64::from(counts.content);
        self.flag(Feature::NoContent, counts.content == 0);
        self.flag(Feature::Strange, counts.content >= 2 && counts.known == 0);
        let known = f64::from(counts.known) / content.max(1.0);
        self.set(Feature::SiteKnowledge, known);
        let stop = f64::from(self.values[Feature::LongStop as usize]);
        self.set(Feature::KnownSentence, stop * known);
        self.flag(Feature::StrangeSentence, stop > 0.0 && counts.known == 0);
    }

    fn add_place(&mut self, units: &Units, draft: &UnitFeatures) {
        let unit = &units.list[draft.unit];
        let short = draft.is_short();
        let behind = units.list.len() - 1 - draft.unit;
        self.flag(Feature::Head, unit.place == Place::Head);
        self.flag(Feature::HeadShort, unit.place == Place::Head && short);
        self.flag(Feature::Tail, unit.place == Place::Tail);
        self.flag(Feature::TailShort, unit.place == Place::Tail && short);
        self.flag(Feature::First, draft.unit == 0);
        self.flag(Feature::Last, behind == 0);
        self.flag(Feature::NearStart, draft.unit < 5);
        self.flag(Feature::NearEnd, behind < 5);
        self.flag(Feature::Opens, unit.opens_block);
        let key = unit.keys.whole;
        let near = &units.list[draft.unit.saturating_sub(TWIN_REACH)
            ..(draft.unit + TWIN_REACH).min(units.list.len())];
        let twins = near.iter().filter(|other| other.keys.whole == key).count();
        self.flag(Feature::Repeated, key != 0 && twins > 1);
    }

    fn add_neighbours(&mut self, units: &Units, drafts: &[UnitFeatures], at: usize) {
        let here = drafts[at].unit;
        let plain = |unit: Option<usize>| {
            unit.and_then(|unit| units.list.get(unit))
                .is_some_and(|unit| unit.extent == UnitKind::Plain)
        };
        let (above, below) = (plain(here.checked_sub(1)), plain(Some(here + 1)));
        self.flag(Feature::AfterText, above);
        self.flag(Feature::BeforeText, below);
        self.flag(Feature::Embedded, above && below);
        self.add_prose_near(units, drafts, at);
        let adjoining = |steps: usize, draft: &&UnitFeatures| draft.unit.abs_diff(here) == steps;
        let before = drafts[..at].iter().rev().take(REACH);
        let before: Vec<&UnitFeatures> = (1..)
            .zip(before)
            .take_while(|(n, d)| adjoining(*n, d))
            .map(|(_, d)| d)
            .collect();
        let after = drafts[at + 1..].iter().take(REACH);
        let after: Vec<&UnitFeatures> = (1..)
            .zip(after)
            .take_while(|(n, d)| adjoining(*n, d))
            .map(|(_, d)| d)
            .collect();
        let short = |side: &[&UnitFeatures]| {
            side.iter().filter(|draft| draft.is_short()).count() as f64 / REACH as f64
        };
        let site = |side: &[&UnitFeatures]| {
            side.iter()
                .map(|draft| draft.counts.site_share())
                .sum::<f64>()
                / REACH as f64
        };
        let cued = |side: &[&UnitFeatures]| {
            side.first()
                .map_or(0.0, |draft| draft.cued.clamp(-5.0, 5.0) / 5.0)
        };
        self.set(Feature::ShortBefore, short(&before));
        self.set(Feature::ShortAfter, short(&after));
        self.set(Feature::SiteBefore, site(&before));
        self.set(Feature::SiteAfter, site(&after));
        self.set(Feature::CuedBefore, cued(&before));
        self.set(Feature::CuedAfter, cued(&after));
    }
}

impl Measurer {
    /// What the lines above and below read like: prose, or entries of the same form as this one.
    fn add_prose_near(&mut self, units: &Units, drafts: &[UnitFeatures], at: usize) {
        let draft = &drafts[at];
        let near = |offset: isize| Neighbour::of(units, drafts, at, offset);
        let (above, below) = (near(-1), near(1));
        self.flag(Feature::AfterSentence, above.is_prose());
        self.flag(Feature::BeforeSentence, below.is_prose());
        let between = above.is_prose() && below.is_prose();
        self.flag(Feature::BetweenSentences, between);
        let bare = draft.counts.site == 0 && draft.cued <= 0.0;
        self.flag(Feature::BareBetween, between && bare && draft.is_short());
        self.flag(Feature::ProseSentence, draft.is_prose());
        let prose = [-3, -2, 2, 3]
            .iter()
            .filter(|&&offset| near(offset).is_prose());
        let prose = prose.count() + usize::from(above.is_prose()) + usize::from(below.is_prose());
        self.set(Feature::ProseNear, prose as f64 / 6.0);
        let alike = |other: &Neighbour<'_>| matches!(other, Neighbour::UnitFeatures(other) if other.outline == draft.outline);
        let alike = alike(&above) || alike(&below);
        let entry = draft.outline.is_entry();
        self.flag(Feature::Entry, entry);
        self.flag(Feature::Alike, alike);
        self.flag(Feature::EntryAlike, entry && alike);
        self.flag(
            Feature::ColonBefore,
            matches!(above, Neighbour::UnitFeatures(above) if above.cues.shape.colon),
        );
        self.flag(Feature::InnerColon, draft.outline.label);
    }
}

/// How far away a line that stands twice is looked for.
const TWIN_REACH: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_weights_names_every_feature() {
        let table = include_str!("weights.txt");
        for name in NAMES {
            assert!(
                table
                    .lines()
                    .any(|line| line.split('\t').next() == Some(*name)),
                "{name}"
            );
        }
        assert!(Model::shared().steps != Transitions::default());
    }
}
