//! Marking one document: gathers the cues of its units, decodes the chain, and writes the blocks.

use std::ops::Range;

use wirecopy_core::ByteSpan;

use super::chain::{Edge, Scores, furniture, posteriors};
use super::corpus::{CorpusCounts, LineColumns, headline_key, slots};
use super::cues::{Cue, Cues, Seen, after_label};
use super::keys::LineKeys;
use super::lexicon::Lexicon;
use super::model::{Draft, Feature, Measured, Model, NAMES, headline, log_odds, measure};
use super::parts::{glued_links, shortcodes};
use super::templates::SiteTemplates;
use super::units::{Extent, Keyed, Unit, Units};
use super::words::{Membership, WordClass};
use super::{BoilerplateBlock, CueWeight, Role};
use crate::findings::{BoilerplateClass, BoilerplateType};

/// A unit is marked when it is more likely not article text than article text.
const MARK_FROM: f64 = 0.5;
/// The same for one that the fitted model alone speaks against, with no cue that names it: of such lines read in news,
/// below this bar half were subheadings, items of lists and separators of the article.
const MARK_UNNAMED_FROM: f64 = 0.8;
/// The same for a sentence: to lose one hurts more than to keep a prompt. Set by hand.
const MARK_SENTENCE_FROM: f64 = 0.7;
/// Words of a line that may be wrapped prose.
const WRAPPED_WORDS: u32 = 7;
/// Words of a first line from which it is taken for a headline unless a cue speaks against it.
const HEADLINE_WORDS: u32 = 4;
/// Units among which a sentence is looked for.
const WORDLESS_REACH: usize = 200;
/// Words of a sentence, for that purpose.
const SENTENCE_WORDS: u32 = 6;

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
) -> (Document<'a>, Known<'a>) {
    let known = Known {
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
    let known = Known {
        site: site.and_then(|site| templates.site(site)),
        platform: Some(&templates.platform),
        corpus: Some((counts, story)),
    };
    Document::new(text, headline, Keyed::All).classify(&known)
}

/// What is known beyond the document.
struct Known<'a> {
    site: Option<&'a SiteTemplates>,
    platform: Option<&'a SiteTemplates>,
    corpus: Option<(&'a CorpusCounts, u32)>,
}

impl<'a> Known<'a> {
    const NOTHING: Known<'static> = Known {
        site: None,
        platform: None,
        corpus: None,
    };

    /// What is known about a unit, `None` where nothing is.
    fn seen(&self, text: &str, unit: &Unit) -> Option<Seen<'a>> {
        if unit.keys.whole == 0 {
            return None;
        }
        let key = unit.keys.whole;
        let slot = |site: &'a SiteTemplates| {
            slots(text, unit)
                .filter_map(|slot| site.get(slot))
                .max_by_key(|line| line.stories)
        };
        let seen = Seen {
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
}

/// What the collection says of a unit.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    /// Log-odds that it adds.
    added: f64,
    /// Log-odds of all hand-set cues, its own among them, where it speaks for furniture.
    floor: Option<f64>,
}

/// The doubtful units of a document, in order, and what the collection says of each.
struct Doubts {
    drafts: Vec<Draft>,
    told: Vec<Told>,
    /// Which of them looks most like a headline.
    headline: Option<usize>,
}

impl Doubts {
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

impl<'a> Document<'a> {
    fn new(text: &'a str, headline: Option<&str>, keyed: Keyed) -> Self {
        let units = Units::cut(text, Lexicon::shared(), keyed);
        Self {
            text,
            units,
            headline: headline.and_then(headline_key),
        }
    }

    fn classify(&self, known: &Known<'_>) -> Vec<BoilerplateBlock> {
        let doubts = self.doubts(known);
        let mut blocks = Vec::new();
        for run in doubts.runs() {
            self.settle(&doubts, run, &mut blocks);
        }
        add_parts(self.text, blocks)
    }

    fn doubts(&self, known: &Known<'_>) -> Doubts {
        let mut gathered: Vec<(usize, Cues, Option<Seen<'_>>)> = Vec::new();
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
        let mut doubts = Doubts {
            drafts: Vec::with_capacity(gathered.len()),
            told: Vec::with_capacity(gathered.len()),
            headline: None,
        };
        for (at, cues, seen) in gathered {
            let mut draft = Draft::new(self.text, &self.units, at, cues);
            doubts.told.push(self.told(known, &mut draft, seen));
            doubts.drafts.push(draft);
        }
        doubts.headline = headline(&self.units, &doubts.drafts);
        doubts
    }

    /// Adds the collection's cues to those of `draft`.
    fn told(&self, known: &Known<'_>, draft: &mut Draft, seen: Option<Seen<'_>>) -> Told {
        let unit = &self.units.list[draft.unit];
        match seen {
            Some(seen) => draft.cues.add_seen(unit, &seen),
            None if known.knows_well() => {
                let cue = ("corpus:in no other story", -1.2);
                draft.cues.one(Role::Chrome, None, cue);
                return Told {
                    added: cue.1,
                    floor: None,
                };
            }
            None => return Told::default(),
        }
        let all = log_odds(&draft.cues.scores());
        Told {
            added: all - draft.cued,
            floor: (all > draft.cued || unit.extent == Extent::Plain).then_some(all),
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
                && line.ends_with(['.', '”', '"', '?', '’'])
        };
        let opening = || Lexicon::shared().opening(line, &unit.keys).is_some();
        unit.extent == Extent::Plain || (sentence() && !opening())
    }

    /// Writes what is not body of a run of doubtful units, neighbours of each other.
    fn settle(&self, doubts: &Doubts, run: Range<usize>, blocks: &mut Vec<BoilerplateBlock>) {
        let (measured, found) = self.decode(doubts, run.clone());
        let drafts = &doubts.drafts[run];
        let roles: Vec<_> = drafts.iter().map(|draft| draft.cues.scores()).collect();
        let units = drafts.iter().zip(&measured).zip(posteriors(&roles));
        for ((unit, roles), probability) in units.zip(found) {
            let role = best_role(unit.0, &roles);
            if probability >= bar(unit.0, role) {
                blocks.extend(self.block(unit, role, probability));
            }
        }
    }

    /// Measurements of a run's units, and the probability that each is not article text.
    fn decode(&self, doubts: &Doubts, run: Range<usize>) -> (Vec<Measured>, Vec<f64>) {
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
        let score = |((measured, told), draft): ((&Measured, &Told), &Draft)| {
            let fitted = model.score(measured);
            let own = if self.is_beyond_fit(draft) {
                fitted.min(draft.cued)
            } else {
                fitted
            };
            let fitted = own.max(draft.floor) + told.added;
            told.floor.map_or(fitted, |floor| fitted.max(floor))
        };
        let told = &doubts.told[run.clone()];
        let drafts = &doubts.drafts[run];
        let scores: Vec<f64> = measured.iter().zip(told).zip(drafts).map(score).collect();
        let edges = self.edges(drafts);
        (measured, furniture(&scores, model.steps, edges))
    }

    /// Whether the model was fitted to nothing like this unit, so that it may spare it but not mark it: a line of wrapped
    /// prose, a separator, one of a document without a sentence, or a headline above everything.
    fn is_beyond_fit(&self, draft: &Draft) -> bool {
        let list = &self.units.list;
        let starts_small = |unit: &Unit| unit.span.of(self.text).starts_with(char::is_lowercase);
        let goes_on = |unit: &Unit| {
            let open = !unit.span.of(self.text).ends_with(['.', '!', '?', '…', ':']);
            open && unit.keys.words >= WRAPPED_WORDS
        };
        let joined = |above: &Unit, below: &Unit| {
            !below.opens_block && goes_on(above) && starts_small(below)
        };
        let at = draft.unit;
        let above = at > 0 && joined(&list[at - 1], &list[at]);
        let below = list.get(at + 1).is_some_and(|next| joined(&list[at], next));
        let wordless = list
            .iter()
            .take(WORDLESS_REACH)
            .all(|unit| unit.member == Membership::Stranger);
        let headline = at == 0 && list[0].keys.words >= HEADLINE_WORDS;
        let separator = list[at].keys.words == 0;
        above || below || wordless || headline || separator
    }

    /// What stands next to a run.
    fn edges(&self, drafts: &[Draft]) -> (Edge, Edge) {
        let edge = |open| if open { Edge::Open } else { Edge::Text };
        let starts = drafts.first().is_none_or(|draft| draft.unit == 0);
        let ends = drafts
            .last()
            .is_none_or(|draft| draft.unit + 1 == self.units.list.len());
        (edge(starts), edge(ends))
    }

    /// A slug over a caption is known by what stands below it.
    fn add_neighbour_cues(&self, gathered: &mut [(usize, Cues, Option<Seen<'_>>)]) {
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
        (draft, measured): (&Draft, &Measured),
        role: Role,
        probability: f64,
    ) -> Option<BoilerplateBlock> {
        let span = self.units.list[draft.unit].span;
        let kind = draft.cues.kind(role);
        let kind = kind.unwrap_or_else(|| default_kind(role, draft));
        let class = class_of(span.of(self.text), kind, role)?;
        Some(BoilerplateBlock {
            span,
            kind,
            class,
            probability,
            evidence: evidence(draft, measured, role),
        })
    }
}

/// The probability from which a unit is marked as in `role`.
fn bar(draft: &Draft, role: Role) -> f64 {
    let shape = &draft.cues.shape;
    if !draft.cues.names(role) {
        MARK_UNNAMED_FROM
    } else if role == Role::Chrome && shape.stop && shape.words >= SENTENCE_WORDS {
        MARK_SENTENCE_FROM
    } else {
        MARK_FROM
    }
}

/// The role that the cues name; what none names is furniture.
fn best_role(draft: &Draft, roles: &Scores) -> Role {
    let likelier = |a: &Role, b: &Role| roles[*a as usize].total_cmp(&roles[*b as usize]);
    let best = Role::ALL[1..].iter().copied().max_by(likelier);
    best.filter(|&role| draft.cues.names(role))
        .unwrap_or(Role::Chrome)
}

/// Parts of the fitted sum that are worth telling, in log-odds.
const TOLD_PARTS: f64 = 0.4;

/// The cues for `role` and the fitted model's weightiest parts, strongest first.
fn evidence(draft: &Draft, measured: &Measured, role: Role) -> Vec<CueWeight> {
    let cues = draft
        .cues
        .list
        .iter()
        .filter(|cue| cue.role.is_none_or(|named| named == role));
    let cues = cues.map(|cue: &Cue| CueWeight {
        cue: cue.name.into(),
        weight: cue.weight,
    });
    let summed = [Feature::Bias, Feature::CuesFor, Feature::CuesAgainst]
        .map(|feature| NAMES[feature as usize]);
    let parts = Model::shared().parts(measured);
    let parts = parts.filter(|(name, part)| part.abs() >= TOLD_PARTS && !summed.contains(name));
    let parts = parts.map(|(name, part)| CueWeight {
        cue: ["fitted:", name].concat(),
        weight: (part * 100.0).round() / 100.0,
    });
    let mut all: Vec<CueWeight> = cues.chain(parts).collect();
    all.sort_by(|left, right| right.weight.abs().total_cmp(&left.weight.abs()));
    all
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
    let doubts = document.doubts(&Known::NOTHING);
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
    let doubts = document.doubts(&Known::NOTHING);
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

/// The type of what no cue names: furniture by what its words are about.
fn default_kind(role: Role, draft: &Draft) -> BoilerplateType {
    match role {
        Role::Body | Role::Chrome => furniture_kind(draft),
        Role::Caption => BoilerplateType::Caption,
        Role::Provenance => BoilerplateType::Byline,
        Role::Stock => BoilerplateType::StockBackground,
    }
}

fn furniture_kind(draft: &Draft) -> BoilerplateType {
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
fn class_of(line: &str, kind: BoilerplateType, role: Role) -> Option<BoilerplateClass> {
    let agency =
        kind == BoilerplateType::Copyright && AGENCIES.iter().any(|name| line.contains(name));
    if agency {
        Some(BoilerplateClass::Provenance)
    } else {
        role.class()
    }
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

fn part_block(span: ByteSpan, kind: BoilerplateType, cue: &str) -> BoilerplateBlock {
    BoilerplateBlock {
        span,
        kind,
        class: BoilerplateClass::Chrome,
        probability: 0.999,
        evidence: vec![CueWeight {
            cue: cue.to_owned(),
            weight: 7.0,
        }],
    }
}
