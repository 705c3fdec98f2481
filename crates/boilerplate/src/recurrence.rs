//! Counting lines over a collection, by story and by site.
//!
//! [`LineColumns`] is what stays of a document when its text is gone; [`CorpusCounts`] folds all of them into what
//! [`classify_in_corpus`](super::classify_in_corpus) asks.

use std::collections::BTreeMap;

use hashbrown::HashMap;
use wirecopy_text::ByteSpan;
use wirecopy_text::hash::combine;

use super::lexicon::Lexicon;
use super::line_fingerprint::LineKeys;
use super::segmentation::{Keyed, SHORT_LINE_BYTES, Unit, UnitKind, Units};
use super::shape::{Form, Shape};
use super::stops::ends_statement;
use super::templates::{SiteTemplates, TemplateLine, Templates};

/// Prefix of the names of inferred sites; no address, source or folder has it.
pub(crate) const INFERRED: &str = "\u{0}inferred ";

/// Separates keys of slots from keys of lines.
const SLOT: u64 = 0x736c_6f74_0000_0001;
/// Opening words of a slot template: two ("see also _") or three.
pub(crate) const SLOT_WORDS: [usize; 2] = [2, 3];
/// A line on this many sites is a platform's: two may be sisters that share one template.
const PLATFORM_SITES: u32 = 3;

/// The lines of one document as keys. Columns run in parallel; entry `i` of each belongs to one line, or to one slot
/// template that a line fits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineColumns {
    keys: Vec<u64>,
    fillers: Vec<u64>,
    spans: Vec<ByteSpan>,
    headline: Option<u64>,
    /// Keys of short lines that no phrase of the lexicon is in: a site's own boilerplate, or headings.
    own: Vec<u64>,
}

impl LineColumns {
    /// The columns of a document.
    ///
    /// `text` is the full text, which the spans index; `headline` is the record's title, if it has one, else the
    /// headline found in the text. O(n).
    #[must_use]
    pub fn of(text: &str, headline: Option<&str>) -> Self {
        let mut columns = Self::of_units(text, &Units::cut(text, Lexicon::shared(), Keyed::All));
        columns.name(headline);
        columns
    }

    /// The columns of a document that is cut into `units`, without a headline.
    pub(crate) fn of_units(text: &str, units: &Units) -> Self {
        let mut columns = Self::default();
        for unit in &units.list {
            let keys = units.keys_of(text, unit);
            if keys.whole == 0 {
                continue;
            }
            columns.push(keys.whole, keys.whole, unit.span);
            if is_own_line(text, unit) {
                columns.own.push(keys.whole);
            }
            for slot in slots(text, unit) {
                columns.push(slot, keys.whole, unit.span);
            }
        }
        columns
    }

    /// Takes `headline` over as the document's.
    pub fn name(&mut self, headline: Option<&str>) {
        self.headline = headline.and_then(headline_key);
    }

    /// Number of entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether the document has no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The bytes of each entry's line in the document's text.
    #[must_use]
    pub fn spans(&self) -> &[ByteSpan] {
        &self.spans
    }

    /// Keys of the short lines that may be a site's own.
    pub(crate) fn own_lines(&self) -> &[u64] {
        &self.own
    }

    fn push(&mut self, key: u64, filler: u64, span: ByteSpan) {
        self.keys.push(key);
        self.fillers.push(filler);
        self.spans.push(span);
    }
}

/// Whether a unit may be boilerplate that one site alone has: a short line of two words or more that ends no sentence, is no
/// date and holds no phrase that all sites use.
fn is_own_line(text: &str, unit: &Unit) -> bool {
    let line = unit.span.of(text);
    let short = unit.extent == UnitKind::Line
        && line.len() <= SHORT_LINE_BYTES
        && unit.hits.0 == unit.hits.1;
    let lexicon = Lexicon::shared();
    short
        && unit.keys.words >= 2
        && !ends_statement(line)
        && !line.ends_with(':')
        && lexicon.line(&unit.keys).is_none()
        && lexicon.opening(line, &unit.keys).is_none()
        && Shape::of(line).form == Form::Plain
}

/// The key of a headline; one of fewer than three words is too common to know a link by.
pub(crate) fn headline_key(headline: &str) -> Option<u64> {
    let keys = LineKeys::of(headline);
    (keys.words >= 3).then_some(keys.whole)
}

/// Keys of the slot templates that a unit fits: short lines that go on after their first words.
pub(crate) fn slots(text: &str, unit: &Unit) -> impl Iterator<Item = u64> {
    let line = unit.span.of(text);
    let short =
        unit.extent == UnitKind::Line && line.len() <= SHORT_LINE_BYTES && !ends_statement(line);
    let keys = unit.keys;
    let fits = move |words: &usize| short && keys.words as usize > *words;
    SLOT_WORDS
        .into_iter()
        .filter(fits)
        .filter_map(move |words| keys.prefix(words))
        .map(|key| combine(key, SLOT))
}

/// One document of the collection, for counting.
#[derive(Clone, Copy, Debug)]
pub struct CorpusMember<'a> {
    /// Its lines.
    pub columns: &'a LineColumns,
    /// The story that it tells: documents of one family share the number. Any numbering serves.
    pub story: u32,
    /// Its site, as [`site_of`](wirecopy_document::site::site_of) gives it. Lines of documents without one are counted for no site.
    pub site: Option<&'a str>,
}

/// In how many stories of how many sites each line of a collection stands.
#[derive(Clone, Debug, Default)]
pub struct CorpusCounts {
    templates: Templates,
    /// Headline to the story that carries it; `None` where several do.
    headlines: HashMap<u64, Option<u32>>,
}

/// One line of one document.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    key: u64,
    site: u32,
    story: u32,
    filler: u64,
}

impl CorpusCounts {
    /// Counts over a collection. The order of `members` does not matter.
    ///
    /// O(n log n) in the number of lines, 24 bytes a line while it runs; what is kept grows with the lines that recur
    /// in at least two stories.
    #[must_use]
    pub fn build(members: &[CorpusMember<'_>]) -> Self {
        let mut names: Vec<&str> = members.iter().filter_map(|member| member.site).collect();
        names.sort_unstable();
        names.dedup();
        let mut rows = Vec::with_capacity(members.iter().map(|member| member.columns.len()).sum());
        for member in members {
            let Some(site) = member.site.and_then(|name| names.binary_search(&name).ok()) else {
                continue;
            };
            let site = u32::try_from(site).expect("there are fewer sites than documents");
            let columns = member.columns.keys.iter().zip(&member.columns.fillers);
            rows.extend(columns.map(|(&key, &filler)| Row {
                key,
                site,
                story: member.story,
                filler,
            }));
        }
        rows.sort_unstable();
        rows.dedup();
        let batches = batch_key(&rows, &names).into_iter().collect();
        let mut sites: Vec<SiteTemplates> = story_counts(members, &names);
        let mut platform = SiteTemplates {
            stories: sites.iter().map(|site| site.stories).sum(),
            lines: Vec::new(),
        };
        for group in rows.chunk_by(|left, right| left.key == right.key) {
            count_key(group, &mut sites, &mut platform);
        }
        let sites: BTreeMap<String, SiteTemplates> = names
            .iter()
            .map(|name| (*name).to_owned())
            .zip(sites)
            .collect();
        Self {
            templates: Templates {
                sites,
                platform,
                batches,
            },
            headlines: headlines(members),
        }
    }

    /// The same counts with those of earlier runs.
    #[must_use]
    pub fn with(mut self, known: &Templates) -> Self {
        let mut templates = known.clone();
        templates.add(&self.templates);
        self.templates = templates;
        self
    }

    /// What was learned, to be kept for documents that come later.
    #[must_use]
    pub fn templates(&self) -> &Templates {
        &self.templates
    }

    /// The same, handed over, without the sites that were only [inferred](super::infer_sites): their names mean nothing in
    /// another run.
    #[must_use]
    pub fn into_templates(mut self) -> Templates {
        self.templates
            .sites
            .retain(|name, _| !name.starts_with(INFERRED));
        self.templates
    }

    /// Whether `key` is the headline of a story other than `story`.
    pub(crate) fn is_other_headline(&self, key: u64, story: u32) -> bool {
        self.headlines
            .get(&key)
            .is_some_and(|owner| *owner != Some(story))
    }
}

/// What tells one batch from another: its lines and their sites, in any order. `None` for a batch without lines.
fn batch_key(rows: &[Row], names: &[&str]) -> Option<u64> {
    let sites: Vec<u64> = names.iter().map(|name| LineKeys::of(name).whole).collect();
    let row = |row: &Row| combine(combine(row.key, row.filler), sites[row.site as usize]);
    rows.iter().map(row).reduce(u64::wrapping_add)
}

fn story_counts(members: &[CorpusMember<'_>], names: &[&str]) -> Vec<SiteTemplates> {
    let mut pairs: Vec<(usize, u32)> = members
        .iter()
        .filter_map(|member| Some((names.binary_search(&member.site?).ok()?, member.story)))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let mut sites = vec![SiteTemplates::default(); names.len()];
    pairs.iter().for_each(|(site, _)| sites[*site].stories += 1);
    sites
}

/// Books the rows of one key, which are sorted by site, story and filler.
fn count_key(group: &[Row], sites: &mut [SiteTemplates], platform: &mut SiteTemplates) {
    let site_count = group
        .chunk_by(|left, right| left.site == right.site)
        .count();
    let site_count = u32::try_from(site_count).expect("there are fewer sites than documents");
    let key = group[0].key;
    for rows in group.chunk_by(|left, right| left.site == right.site) {
        let stories = distinct_stories(rows);
        if stories >= 2 {
            let line = TemplateLine {
                key,
                stories,
                sites: site_count,
                spread: spread(rows),
            };
            sites[rows[0].site as usize].lines.push(line);
        }
    }
    if site_count >= PLATFORM_SITES {
        platform.lines.push(TemplateLine {
            key,
            stories: distinct_stories(group),
            sites: site_count,
            spread: spread(group),
        });
    }
}

fn distinct_stories(rows: &[Row]) -> u32 {
    let mut stories: Vec<u32> = rows.iter().map(|row| row.story).collect();
    stories.sort_unstable();
    stories.dedup();
    u32::try_from(stories.len()).expect("there are fewer stories than documents")
}

/// Entropy of the fillers in bits: 0 for a line, log2 of the count for a slot that is filled otherwise each time.
fn spread(rows: &[Row]) -> f32 {
    let mut fillers: Vec<u64> = rows.iter().map(|row| row.filler).collect();
    fillers.sort_unstable();
    let total = fillers.len() as f64;
    let part = |run: &[u64]| {
        let share = run.len() as f64 / total;
        -share * libm::log2(share)
    };
    fillers
        .chunk_by(|left, right| left == right)
        .map(part)
        .sum::<f64>() as f32
}

fn headlines(members: &[CorpusMember<'_>]) -> HashMap<u64, Option<u32>> {
    let mut out: HashMap<u64, Option<u32>> = HashMap::new();
    for member in members {
        if let Some(key) = member.columns.headline {
            out.entry(key)
                .and_modify(|owner| *owner = owner.filter(|story| *story == member.story))
                .or_insert(Some(member.story));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_are_counted_and_not_documents() {
        let text = "Bell Weather Service\n\nThe tide rose by three feet in the northern harbour on Sunday evening.";
        let columns = LineColumns::of(text, None);
        let member = |story, site| CorpusMember {
            columns: &columns,
            story,
            site: Some(site),
        };
        let counts = CorpusCounts::build(&[
            member(1, "a"),
            member(1, "a"),
            member(1, "b"),
            member(2, "b"),
        ]);
        let key = LineKeys::of("bell weather service").whole;
        assert_eq!(counts.templates().for_site(Some("a")).get(key), None);
        let at_b = counts.templates().for_site(Some("b")).get(key).unwrap();
        assert_eq!((at_b.stories, at_b.sites, at_b.spread), (2, 2, 0.0));
        assert_eq!(counts.templates().for_site(Some("b")).stories, 2);
    }

    #[test]
    fn a_slot_template_knows_the_entropy_of_what_fills_it() {
        let columns: Vec<LineColumns> = ["one two", "three", "four five", "six"]
            .iter()
            .map(|tail| LineColumns::of(&format!("Bell tolls for {tail}"), None))
            .collect();
        let members: Vec<CorpusMember<'_>> = columns
            .iter()
            .zip(0..)
            .map(|(columns, story)| CorpusMember {
                columns,
                story,
                site: Some("a"),
            })
            .collect();
        let counts = CorpusCounts::build(&members);
        let slot = combine(LineKeys::of("bell tolls for").prefix(3).unwrap(), SLOT);
        let found = counts.templates().for_site(Some("a")).get(slot).unwrap();
        assert_eq!((found.stories, found.spread), (4, 2.0));
    }
}
