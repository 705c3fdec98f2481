//! Marking one document: gathers the cues of its units, decodes the chain, and writes the blocks.

use wirecopy_core::ByteSpan;

use super::chain::posteriors;
use super::corpus::{CorpusCounts, headline_key, slots};
use super::cues::{Cue, Cues, Seen, after_label};
use super::keys::LineKeys;
use super::lexicon::Lexicon;
use super::parts::{glued_links, shortcodes};
use super::templates::SiteTemplates;
use super::units::{Extent, Keyed, Unit, Units};
use super::{BoilerplateBlock, CueWeight, Role};
use crate::findings::{BoilerplateClass, BoilerplateType};

/// A unit is marked when it is more likely not article text than article text.
const MARK_FROM: f64 = 0.5;

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
    Document::new(text, headline, keyed).classify(&known)
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

/// A unit that is in doubt, with its cues.
struct Doubt {
    unit: usize,
    cues: Cues,
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
        let mut blocks = Vec::new();
        let mut run: Vec<Doubt> = Vec::new();
        for (at, unit) in self.units.list.iter().enumerate() {
            let seen = known.seen(self.text, unit);
            if seen.is_none() && self.is_plain(unit) {
                self.settle(&mut run, &mut blocks);
                continue;
            }
            let mut cues = Cues::gather(self.text, &self.units, at, self.headline);
            match seen {
                Some(seen) => cues.add_seen(unit, &seen),
                None if known.knows_well() => {
                    cues.one(Role::Chrome, None, ("corpus:in no other story", -1.2))
                }
                None => {}
            }
            run.push(Doubt { unit: at, cues });
        }
        self.settle(&mut run, &mut blocks);
        add_parts(self.text, blocks)
    }

    /// Whether a unit is article text beyond doubt: a long line, or a sentence too long for a caption's, without a
    /// phrase. Most lines end here, before their shape is measured.
    fn is_plain(&self, unit: &Unit) -> bool {
        let line = unit.span.of(self.text);
        let sentence = || {
            unit.hits.0 == unit.hits.1
                && unit.keys.words > 18
                && line.ends_with(['.', '”', '"', '?', '’'])
        };
        let opening = || Lexicon::shared().opening(line, &unit.keys).is_some();
        unit.extent == Extent::Plain || (sentence() && !opening())
    }

    /// Decodes a run of doubtful units and writes what is not body.
    fn settle(&self, run: &mut Vec<Doubt>, blocks: &mut Vec<BoilerplateBlock>) {
        self.add_neighbour_cues(run);
        let scores: Vec<_> = run.iter().map(|doubt| doubt.cues.scores()).collect();
        for (doubt, roles) in run.iter().zip(posteriors(&scores)) {
            let probability = 1.0 - roles[Role::Body as usize];
            let best = Role::ALL[1..]
                .iter()
                .copied()
                .max_by(|a, b| roles[*a as usize].total_cmp(&roles[*b as usize]));
            let best = best.map(|role| {
                if doubt.cues.names(role) {
                    role
                } else {
                    Role::Chrome
                }
            });
            if let Some(role) = best.filter(|_| probability >= MARK_FROM) {
                blocks.extend(self.block(doubt, role, probability));
            }
        }
        run.clear();
    }

    /// A slug over a caption, and an address under a link's label, are known by what stands beside them.
    fn add_neighbour_cues(&self, run: &mut [Doubt]) {
        for at in 1..run.len() {
            let below = run[at].cues.scores();
            let above = run[at - 1].cues.shape;
            let next = run[at].cues.shape.words > above.words + 3
                && !self.units.list[run[at].unit].opens_block;
            let slug =
                !above.stop && !above.quoted && (1..=5).contains(&above.words) && above.is_titled();
            if slug && next && below[Role::Caption as usize] > 0.0 {
                run[at - 1].cues.one(
                    Role::Caption,
                    Some(BoilerplateType::Caption),
                    ("neighbour:slug of a caption", 8.0),
                );
            }
        }
    }

    fn block(&self, doubt: &Doubt, role: Role, probability: f64) -> Option<BoilerplateBlock> {
        let span = self.units.list[doubt.unit].span;
        let kind = doubt.cues.kind(role).unwrap_or(default_kind(role));
        let class = class_of(span.of(self.text), kind, role)?;
        let mut cues: Vec<&Cue> = doubt
            .cues
            .list
            .iter()
            .filter(|cue| cue.role.is_none_or(|r| r == role))
            .collect();
        cues.sort_by(|left, right| right.weight.abs().total_cmp(&left.weight.abs()));
        let evidence = cues
            .iter()
            .map(|cue| CueWeight {
                cue: cue.name.to_string(),
                weight: cue.weight,
            })
            .collect();
        Some(BoilerplateBlock {
            span,
            kind,
            class,
            probability,
            evidence,
        })
    }
}

fn default_kind(role: Role) -> BoilerplateType {
    match role {
        Role::Body | Role::Chrome => BoilerplateType::WidgetHeading,
        Role::Caption => BoilerplateType::Caption,
        Role::Provenance => BoilerplateType::Byline,
        Role::Stock => BoilerplateType::StockBackground,
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
