//! Marking one document: gathers the cues of its units, decodes the chain, and writes the blocks.

use super::thresholds::CorpusEvidence;
use std::ops::Range;

use wirecopy_text::ByteSpan;
use wirecopy_text::Language;

use super::attribution::names_speaker;
use super::cues::{Cues, Recurrence, after_label};
use super::forward_backward::{Boundary, boilerplate, posteriors};
use super::lexicon::Lexicon;
use super::line_fingerprint::LineKeys;
use super::model::{Measured, Model, NAMES, headline, measure};
use super::recurrence::{CorpusCounts, LineColumns, headline_key, slots};
use super::segmentation::{Keyed, Place, Unit, UnitKind, Units};
use super::shape::{Form, Shape, is_code, is_in_quotation};
use super::stops::{ends_statement, final_stop};
use super::templates::SiteTemplates;
use super::thresholds::{
    MARK_FROM, NeighbourContext, best_role, class_of, default_kind, evidence, threshold,
};
use super::unit_features::{Ground, UnitFeatures, log_odds};
use super::word_classes::{COVERED_PART, ENOUGH_WORDS, FOREIGN_PART, Membership, short_words};
use super::{BoilerplateBlock, CueRecord, Role};
use wirecopy_document::language::detect;
use wirecopy_document::lines::is_blank;
use wirecopy_document::shortcodes::{glued_links, shortcodes};
use wirecopy_findings::{BoilerplateClass, BoilerplateType};

/// Words of a line that may be wrapped prose.
const WRAPPED_WORDS: u32 = 7;
/// What Markdown and e-mail set before each line of a quotation, and bullets.
const QUOTE_PREFIX: [char; 5] = ['>', '|', ' ', '*', '-'];
/// Words of a first line from which it is taken for a headline unless a cue speaks against it.
const HEADLINE_WORDS: u32 = 4;
/// Words of an outlet's name at most.
const OUTLET_WORDS: u32 = 4;
/// Words of a line from which it may open the article below a byline.
const OPENING_WORDS: u32 = 4;
/// Units at the start among which a line of several names is a byline.
const BYLINE_UNITS: usize = 3;
/// Marks one document alone, with nothing but its own cues and, where there are any, templates that an earlier run
/// learned about its site ([`Templates::for_site`](super::Templates::for_site)).
///
/// `text` is the full text; `headline` is the record's own title, if it has one. Returns blocks that are ascending,
/// disjoint and trimmed, and whose spans index `text`. O(n).
#[must_use]
pub fn classify_single(
    text: &str,
    headline: Option<&str>,
    templates: Option<&SiteTemplates>,
) -> Vec<BoilerplateBlock> {
    let (document, known) = single(text, headline, templates);
    document.classify(&known)
}

/// The same as [`classify_single`], and the lines of the document for [`CorpusCounts`] (without a headline, see
/// [`LineColumns::name`]). O(n).
#[must_use]
pub fn classify_and_list(
    text: &str,
    headline: Option<&str>,
    templates: Option<&SiteTemplates>,
) -> (Vec<BoilerplateBlock>, LineColumns) {
    let (document, known) = single(text, headline, templates);
    let columns = LineColumns::of_units(text, &document.units);
    (document.classify(&known), columns)
}

/// A document by itself, and what is known of its site.
fn single<'a>(
    text: &'a str,
    headline: Option<&str>,
    templates: Option<&'a SiteTemplates>,
) -> (Document<'a>, SiteKnowledge<'a>) {
    let known = SiteKnowledge {
        site: templates,
        platform: None,
        corpus: None,
    };
    let keyed = if templates.is_some() {
        Keyed::All
    } else {
        Keyed::Doubtful
    };
    (Document::new(text, headline, keyed), known)
}

/// Marks one document of a collection that was counted.
///
/// `text` and `headline` as for [`classify_single`]; `member` is the story number and the site that the document was
/// counted under. O(n + log of the templates of its site, a line).
#[must_use]
pub fn classify_in_corpus(
    text: &str,
    headline: Option<&str>,
    counts: &CorpusCounts,
    member: (u32, Option<&str>),
) -> Vec<BoilerplateBlock> {
    let (story, site) = member;
    let templates = counts.templates();
    let known = SiteKnowledge {
        site: site.and_then(|site| templates.site(site)),
        platform: Some(&templates.platform),
        corpus: Some((counts, story)),
    };
    Document::new(text, headline, Keyed::All).classify(&known)
}

/// What is known beyond the document.
struct SiteKnowledge<'a> {
    site: Option<&'a SiteTemplates>,
    platform: Option<&'a SiteTemplates>,
    corpus: Option<(&'a CorpusCounts, u32)>,
}

impl<'a> SiteKnowledge<'a> {
    const NOTHING: SiteKnowledge<'static> = SiteKnowledge {
        site: None,
        platform: None,
        corpus: None,
    };

    /// What is known about a unit, `None` where nothing is.
    fn seen(&self, text: &str, unit: &Unit) -> Option<Recurrence<'a>> {
        if unit.keys.whole == 0 {
            return None;
        }
        let key = unit.keys.whole;
        let slot = |site: &'a SiteTemplates| {
            slots(text, unit)
                .filter_map(|slot| site.get(slot))
                .max_by_key(|line| line.stories)
        };
        let seen = Recurrence {
            site_stories: self.site.map_or(0, |site| site.stories),
            line: self.site.and_then(|site| site.get(key)),
            slot: self.site.and_then(slot),
            platform: self.platform.and_then(|platform| platform.get(key)),
            other_headline: self.is_headline(unit.span.of(text), key).then_some(()),
        };
        let any = seen.line.is_some()
            || seen.slot.is_some()
            || seen.platform.is_some()
            || seen.other_headline.is_some();
        any.then_some(seen)
    }

    /// Whether enough stories of the site were counted for a new line to be a sign of article text.
    fn knows_well(&self) -> bool {
        self.site.is_some_and(|site| site.stories >= 20)
    }

    fn is_headline(&self, line: &str, key: u64) -> bool {
        let Some((counts, story)) = self.corpus.filter(|_| line.len() <= 200) else {
            return false;
        };
        let tail = || after_label(line).filter(|keys: &LineKeys| keys.words >= 3);
        counts.is_other_headline(key, story)
            || tail().is_some_and(|keys| counts.is_other_headline(keys.whole, story))
    }
}

/// A document on its way.
struct Document<'a> {
    text: &'a str,
    units: Units,
    headline: Option<u64>,
    /// Whether the model was fitted to articles in its language.
    covered: bool,
    /// Whether it holds no sentence.
    wordless: bool,
}

/// The doubtful units of a document, in order, and what the collection says of each.
struct UncertainUnits {
    drafts: Vec<UnitFeatures>,
    told: Vec<CorpusEvidence>,
    /// Which of them looks most like a headline.
    headline: Option<usize>,
}

impl UncertainUnits {
    /// Runs of neighbours.
    fn runs(&self) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        self.drafts
            .chunk_by(|left, right| left.unit + 1 == right.unit)
            .map(move |run| {
                from += run.len();
                from - run.len()..from
            })
    }
}

/// Whether `text` is in a language that the model was fitted to, where a quick look left it open: by the small words
/// among the short ones of its sentences, and by the guessed language where they are few. O(n).
fn is_covered(text: &str, units: &Units) -> bool {
    let sentences = units
        .list
        .iter()
        .filter(|unit| unit.member == Membership::Member);
    let counts = sentences.map(|unit| short_words(unit.span.of(text)));
    let (all, function) = counts.fold((0, 0), |sum, line| (sum.0 + line.0, sum.1 + line.1));
    let part = f64::from(function) / f64::from(all.max(1));
    if all >= ENOUGH_WORDS && !(FOREIGN_PART..COVERED_PART).contains(&part) {
        return part >= COVERED_PART;
    }
    detect(text, None) != Language::Other
}

impl<'a> Document<'a> {
    fn new(text: &'a str, headline: Option<&str>, keyed: Keyed) -> Self {
        let units = Units::cut(text, Lexicon::shared(), keyed);
        let wordless = units
            .list
            .iter()
            .all(|unit| unit.member == Membership::Absent);
        let covered = units.article.is_covered() || is_covered(text, &units);
        Self {
            text,
            units,
            headline: headline.and_then(headline_key),
            covered,
            wordless,
        }
    }

    fn classify(&self, known: &SiteKnowledge<'_>) -> Vec<BoilerplateBlock> {
        let doubts = self.doubts(known);
        let mut blocks = Vec::new();
        for run in doubts.runs() {
            self.settle(&doubts, run, &mut blocks);
        }
        blocks.retain(|block| !names_speaker(self.text, block));
        add_parts(self.text, blocks)
    }

    fn doubts(&self, known: &SiteKnowledge<'_>) -> UncertainUnits {
        let mut gathered: Vec<(usize, Cues, Option<Recurrence<'_>>)> = Vec::new();
        for (at, unit) in self.units.list.iter().enumerate() {
            let seen = known.seen(self.text, unit);
            if seen.is_some() || !self.is_plain(unit) {
                gathered.push((
                    at,
                    Cues::gather(self.text, &self.units, at, self.headline),
                    seen,
                ));
            }
        }
        self.add_neighbour_cues(&mut gathered);
        let mut doubts = UncertainUnits {
            drafts: Vec::with_capacity(gathered.len()),
            told: Vec::with_capacity(gathered.len()),
            headline: None,
        };
        for (at, cues, seen) in gathered {
            let mut draft = UnitFeatures::new(self.text, &self.units, at, cues);
            draft.ground = self.ground(&draft);
            doubts.told.push(self.told(known, &mut draft, seen));
            doubts.drafts.push(draft);
        }
        doubts.headline = headline(&self.units, &doubts.drafts);
        doubts
    }

    /// Adds the collection's cues to those of `draft`.
    fn told(
        &self,
        known: &SiteKnowledge<'_>,
        draft: &mut UnitFeatures,
        seen: Option<Recurrence<'_>>,
    ) -> CorpusEvidence {
        let unit = &self.units.list[draft.unit];
        match seen {
            Some(seen) => draft.cues.add_seen(unit, &seen),
            None if known.knows_well() => {
                let cue = ("corpus:in no other story", -1.2);
                draft.cues.one(Role::Chrome, None, cue);
                return CorpusEvidence {
                    added: cue.1,
                    floor: None,
                };
            }
            None => return CorpusEvidence::default(),
        }
        let all = log_odds(&draft.cues.scores());
        CorpusEvidence {
            added: all - draft.cued,
            floor: (all > draft.cued || unit.extent == UnitKind::Plain).then_some(all),
        }
    }

    /// Whether a unit is article text beyond doubt: a long line, or a sentence too long for a caption's, without a
    /// phrase. Most lines end here, before their shape is measured.
    fn is_plain(&self, unit: &Unit) -> bool {
        let line = unit.span.of(self.text);
        let sentence = || {
            unit.hits.0 == unit.hits.1
                && unit.keys.words > 18
                && !unit.prompt
                && ends_statement(line)
        };
        let opening = || Lexicon::shared().opening(line, &unit.keys).is_some();
        unit.extent == UnitKind::Plain || (sentence() && !opening())
    }

    /// Writes what is not body of a run of doubtful units, neighbours of each other.
    fn settle(
        &self,
        doubts: &UncertainUnits,
        run: Range<usize>,
        blocks: &mut Vec<BoilerplateBlock>,
    ) {
        let (measured, found) = self.decode(doubts, run.clone());
        if found.iter().all(|&probability| probability < MARK_FROM) {
            return;
        }
        let drafts = &doubts.drafts[run.clone()];
        let roles: Vec<_> = drafts.iter().map(|draft| draft.cues.scores()).collect();
        let units = drafts.iter().zip(&measured).zip(posteriors(&roles));
        let told = &doubts.told[run];
        for (at, ((unit, roles), told)) in units.zip(told).enumerate() {
            let role = best_role(unit, &roles, told);
            let separates = unit.0.cues.shape.words == 0;
            let standing = (role, NeighbourContext::of(&found, at));
            if !separates && found[at] >= threshold(unit, standing, told) {
                blocks.extend(self.block(unit, role, found[at]));
            }
        }
    }

    /// Measurements of a run's units, and the probability that each is not article text.
    fn decode(&self, doubts: &UncertainUnits, run: Range<usize>) -> (Vec<Measured>, Vec<f64>) {
        let model = Model::shared();
        let measure = |at| {
            measure(
                self.text,
                &self.units,
                &doubts.drafts,
                (at, doubts.headline),
            )
        };
        let measured: Vec<Measured> = run.clone().map(measure).collect();
        let score = |((measured, told), draft): ((&Measured, &CorpusEvidence), &UnitFeatures)| {
            let fitted = model.score(measured);
            let own = match draft.ground {
                Ground::Fitted => fitted,
                Ground::Cues | Ground::Named => fitted.min(draft.cued),
            };
            let fitted = own.max(draft.floor) + told.added;
            told.floor.map_or(fitted, |floor| fitted.max(floor))
        };
        let told = &doubts.told[run.clone()];
        let drafts = &doubts.drafts[run];
        let scores: Vec<f64> = measured.iter().zip(told).zip(drafts).map(score).collect();
        let edges = self.edges(drafts);
        (measured, boilerplate(&scores, model.steps, edges))
    }

    /// What a unit may be marked for. The model was fitted to nothing like a text in another language or without a sentence,
    /// a line of wrapped prose, a separator, a headline above everything, words that introduce a quotation; and a sentence
    /// or quotation without a word of boilerplate is not lost for its place.
    fn ground(&self, draft: &UnitFeatures) -> Ground {
        let list = &self.units.list;
        let at = draft.unit;
        let above = at > 0 && self.goes_on(at - 1, at);
        let below = at + 1 < list.len() && self.goes_on(at, at + 1);
        let headline = at == 0 && list[0].keys.words >= HEADLINE_WORDS;
        let separator = list[at].keys.words == 0;
        let beyond = above || below || headline || separator || draft.introduces();
        let span = list[at].span;
        let goes_on = || span.of(self.text).starts_with('»') && is_in_quotation(self.text, span);
        if beyond || !self.covered || draft.is_statement() || goes_on() {
            Ground::Named
        } else if self.wordless {
            Ground::Cues
        } else {
            Ground::Fitted
        }
    }

    /// Whether the line of unit `at` goes on in that of unit `next` below it, as wrapped prose does, also behind marks of
    /// quotation.
    fn goes_on(&self, at: usize, next: usize) -> bool {
        let (above, below) = (&self.units.list[at], &self.units.list[next]);
        let line = above.span.of(self.text);
        let open = final_stop(line).is_none() && !line.ends_with(':');
        let behind = below.span.of(self.text).trim_start_matches(QUOTE_PREFIX);
        let wraps = !below.opens_block && behind.starts_with(char::is_lowercase);
        wraps && open && above.keys.words >= WRAPPED_WORDS
    }

    /// What stands next to a run.
    fn edges(&self, drafts: &[UnitFeatures]) -> (Boundary, Boundary) {
        let edge = |open| if open { Boundary::Open } else { Boundary::Text };
        let starts = drafts.first().is_none_or(|draft| draft.unit == 0);
        let ends = drafts
            .last()
            .is_none_or(|draft| draft.unit + 1 == self.units.list.len());
        (edge(starts), edge(ends))
    }

    /// An outlet's name or a reporter's address under a byline belongs to it.
    fn add_outlet_cues(&self, gathered: &mut [(usize, Cues, Option<Recurrence<'_>>)]) {
        let list = &self.units.list;
        for at in 1..gathered.len() {
            let (above, here) = (&gathered[at - 1], &gathered[at]);
            let unit = &list[here.0];
            let shape = &here.1.shape;
            let name = shape.words <= OUTLET_WORDS
                && shape.is_titled()
                && !shape.stop
                && !shape.colon
                && shape.numbers == 0
                && !matches!(shape.form, Form::Byline | Form::Date | Form::Dated);
            let address = shape.words == 1 && unit.span.of(self.text).contains('@');
            let adjoins = above.0 + 1 == here.0 && unit.place == Place::Head;
            let text_below = list.get(here.0 + 1).is_some_and(|next| {
                next.keys.words >= OPENING_WORDS || next.extent == UnitKind::Plain
            });
            let people = above.0 < BYLINE_UNITS && self.names_several(above.0, &above.1.shape);
            let weight = match above.1.shape.form {
                Form::Byline | Form::Names if address => 12.0,
                Form::Byline => 8.0,
                Form::Names => 7.0,
                Form::Plain if people => 7.0,
                _ => continue,
            };
            if adjoins && text_below && (name || address) {
                let cue = ("neighbour:outlet under a byline", weight);
                let kind = Some(BoilerplateType::Byline);
                gathered[at].1.one(Role::Provenance, kind, cue);
            }
        }
    }

    /// Whether a unit is names that "and" or commas join.
    fn names_several(&self, unit: usize, shape: &Shape) -> bool {
        let line = self.units.list[unit].span.of(self.text);
        shape.is_titled()
            && shape.numbers == 0
            && !shape.stop
            && (line.contains(" and ") || line.contains(", "))
    }

    /// A slug over a caption is known by what stands below it.
    fn add_neighbour_cues(&self, gathered: &mut [(usize, Cues, Option<Recurrence<'_>>)]) {
        self.add_outlet_cues(gathered);
        for at in 1..gathered.len() {
            let below = gathered[at].1.scores();
            let above = gathered[at - 1].1.shape;
            let next = gathered[at].1.shape.words > above.words + 3
                && gathered[at - 1].0 + 1 == gathered[at].0
                && !self.units.list[gathered[at].0].opens_block;
            let slug =
                !above.stop && !above.quoted && (1..=5).contains(&above.words) && above.is_titled();
            if slug && next && below[Role::Caption as usize] > 0.0 {
                gathered[at - 1].1.one(
                    Role::Caption,
                    Some(BoilerplateType::Caption),
                    ("neighbour:slug of a caption", 8.0),
                );
            }
        }
    }

    fn block(
        &self,
        (draft, measured): (&UnitFeatures, &Measured),
        role: Role,
        probability: f64,
    ) -> Option<BoilerplateBlock> {
        let span = trimmed(self.text, self.units.list[draft.unit].span);
        let line = span.of(self.text);
        let code = line.starts_with('[') && line.ends_with(']') && is_code(line);
        let kind = match draft.cues.kind(role) {
            Some(kind) => kind,
            None if code => BoilerplateType::Shortcode,
            None => default_kind(role, draft),
        };
        let class = class_of(line, kind, role)?;
        Some(BoilerplateBlock {
            span,
            kind,
            class,
            probability,
            evidence: evidence(draft, measured, role),
        })
    }
}

/// `span` without the blanks at its ends.
fn trimmed(text: &str, span: ByteSpan) -> ByteSpan {
    let words = span.of(text);
    let start = span.start as usize + words.len() - words.trim_start_matches(is_blank).len();
    ByteSpan::new(start, start + words.trim_matches(is_blank).len())
}

/// A unit of a document as the fitted model sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasuredUnit {
    /// Its bytes in the text.
    pub span: ByteSpan,
    /// Names and values of its features; empty for a paragraph that is article text beyond doubt.
    pub features: Vec<(&'static str, f32)>,
}

/// The doubtful units of `text`, each with the probability that it is not article text, whether marked or not: for
/// judging the probabilities. O(n).
#[must_use]
pub fn probabilities(text: &str, headline: Option<&str>) -> Vec<(ByteSpan, f64)> {
    let document = Document::new(text, headline, Keyed::Doubtful);
    let doubts = document.doubts(&SiteKnowledge::NOTHING);
    let mut out = Vec::with_capacity(doubts.drafts.len());
    for run in doubts.runs() {
        let drafts = &doubts.drafts[run.clone()];
        let (_, found) = document.decode(&doubts, run);
        out.extend(
            drafts
                .iter()
                .zip(found)
                .map(|(draft, p)| (document.units.list[draft.unit].span, p)),
        );
    }
    out
}

/// The units of `text` with their measurements, for fitting the model. O(n).
#[must_use]
pub fn measure_units(text: &str, headline: Option<&str>) -> Vec<MeasuredUnit> {
    let document = Document::new(text, headline, Keyed::Doubtful);
    let doubts = document.doubts(&SiteKnowledge::NOTHING);
    let mut units: Vec<MeasuredUnit> = document
        .units
        .list
        .iter()
        .map(|unit| MeasuredUnit {
            span: unit.span,
            features: Vec::new(),
        })
        .collect();
    for (at, draft) in doubts.drafts.iter().enumerate() {
        let measured = measure(text, &document.units, &doubts.drafts, (at, doubts.headline));
        units[draft.unit].features = NAMES.iter().copied().zip(measured).collect();
    }
    units
}

/// Adds shortcodes and glued links that do not lie in a block already.
fn add_parts(text: &str, mut blocks: Vec<BoilerplateBlock>) -> Vec<BoilerplateBlock> {
    let codes = shortcodes(text).into_iter().map(shortcode_block);
    let links = glued_links(text).into_iter().map(links_block);
    for part in codes.chain(links) {
        let at = blocks.partition_point(|block| block.span.end <= part.span.start);
        let free = blocks
            .get(at)
            .is_none_or(|block| block.span.start >= part.span.end);
        if free {
            blocks.insert(at, part);
        }
    }
    blocks
}

fn shortcode_block(span: ByteSpan) -> BoilerplateBlock {
    part_block(span, BoilerplateType::Shortcode, "shape:shortcode")
}

fn links_block(span: ByteSpan) -> BoilerplateBlock {
    part_block(
        span,
        BoilerplateType::RelatedLinks,
        "shape:links glued to a name",
    )
}

fn part_block(span: ByteSpan, kind: BoilerplateType, cue: &'static str) -> BoilerplateBlock {
    BoilerplateBlock {
        span,
        kind,
        class: BoilerplateClass::Chrome,
        probability: 0.999,
        evidence: [CueRecord {
            cue: cue.into(),
            weight: 7.0,
        }]
        .into(),
    }
}
