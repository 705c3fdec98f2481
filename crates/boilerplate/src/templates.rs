//! What a batch learned about sites, kept for later: lines and slot templates with the number of stories that carry
//! them.
//!
//! Lines are kept as 64-bit keys ([`super::keys`]), so a file of templates holds no text.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// The format's name and version.
const SCHEMA: &str = "wirecopy.templates/1";

/// Learned templates of all sites, and of platforms that serve several. Reads and writes as JSON.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Templates {
    pub(crate) sites: BTreeMap<String, SiteTemplates>,
    pub(crate) platform: SiteTemplates,
    /// Keys of the batches that were counted in, so that none is counted twice.
    pub(crate) batches: BTreeSet<u64>,
}

/// Lines that recur across the stories of one site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SiteTemplates {
    /// Stories of the site that were seen.
    pub(crate) stories: u32,
    /// Ascending by key.
    pub(crate) lines: Vec<TemplateLine>,
}

/// One line, or one slot template.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TemplateLine {
    /// Key of the line, or of the slot.
    pub key: u64,
    /// Stories of this site that carry it.
    pub stories: u32,
    /// Sites that carry it.
    pub sites: u32,
    /// Entropy in bits of what fills the slot; 0 for a line.
    pub spread: f32,
}

/// Why templates could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// Not JSON, or not of the right shape.
    #[error("templates are not valid JSON of the expected shape")]
    Json(#[from] serde_json::Error),
    /// Another format or version.
    #[error("templates have the schema {found:?} where {SCHEMA:?} is understood")]
    Schema {
        /// What the file names.
        found: String,
    },
    /// A key is no hexadecimal number.
    #[error("template key {key:?} of site {site:?} is not a hexadecimal number")]
    Key {
        /// The site.
        site: String,
        /// The key as written.
        key: String,
    },
}

impl Templates {
    /// What is known about `site` (a name as [`site_of`](wirecopy_document::site::site_of) gives it).
    #[must_use]
    pub fn site(&self, site: &str) -> Option<&SiteTemplates> {
        self.sites.get(site)
    }

    /// What is known for `site`, or else about platforms in general.
    #[must_use]
    pub fn for_site(&self, site: Option<&str>) -> &SiteTemplates {
        site.and_then(|site| self.site(site))
            .unwrap_or(&self.platform)
    }

    /// Counts another batch in. One that was counted in before changes nothing, so a run that is repeated learns
    /// nothing new; batches that merely overlap are counted in full. Lines that stand in one story of a batch are in
    /// no batch's templates, and so are not added up over batches. O(lines of both).
    pub fn add(&mut self, batch: &Self) {
        if batch.batches.is_subset(&self.batches) {
            return;
        }
        self.batches.extend(&batch.batches);
        self.platform.add(&batch.platform);
        for (name, site) in &batch.sites {
            self.sites.entry(name.clone()).or_default().add(site);
        }
    }

    /// The templates as JSON; sites by name, lines by key, so that equal templates give equal bytes.
    ///
    /// # Panics
    /// Never: the structure holds only numbers and strings.
    #[must_use]
    pub fn to_json(&self) -> String {
        let file = TemplateFile {
            schema: SCHEMA.to_owned(),
            batches: self
                .batches
                .iter()
                .map(|key| format!("{key:016x}"))
                .collect(),
            platform: SiteFile::from(&self.platform),
            sites: self
                .sites
                .iter()
                .map(|(name, site)| (name.clone(), SiteFile::from(site)))
                .collect(),
        };
        serde_json::to_string_pretty(&file).expect("numbers and strings serialise")
    }

    /// Reads what [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// When `json` is not JSON of that shape, names another schema, or holds a key that is no hexadecimal number.
    pub fn from_json(json: &str) -> Result<Self, TemplateError> {
        let file: TemplateFile = serde_json::from_str(json)?;
        if file.schema != SCHEMA {
            return Err(TemplateError::Schema { found: file.schema });
        }
        let platform = file.platform.read("")?;
        let batches = file.batches.iter().map(|key| number(key, "batches"));
        let batches = batches.collect::<Result<_, _>>()?;
        let read = |(name, site): (String, SiteFile)| site.read(&name).map(|site| (name, site));
        Ok(Self {
            platform,
            batches,
            sites: file.sites.into_iter().map(read).collect::<Result<_, _>>()?,
        })
    }
}

impl SiteTemplates {
    /// Adds the counts of other stories of the site.
    fn add(&mut self, other: &Self) {
        self.stories = self.stories.saturating_add(other.stories);
        self.lines.extend(&other.lines);
        self.lines.sort_by_key(|line| line.key);
        self.lines.dedup_by(|next, line| {
            let same = next.key == line.key;
            if same {
                line.stories = line.stories.saturating_add(next.stories);
                line.sites = line.sites.max(next.sites);
                line.spread = line.spread.max(next.spread);
            }
            same
        });
    }

    /// What is known about a line or slot key. O(log lines).
    pub(crate) fn get(&self, key: u64) -> Option<&TemplateLine> {
        self.lines
            .binary_search_by_key(&key, |line| line.key)
            .ok()
            .map(|at| &self.lines[at])
    }
}

#[derive(Serialize, Deserialize)]
struct TemplateFile {
    schema: String,
    /// Hexadecimal keys of batches.
    batches: Vec<String>,
    platform: SiteFile,
    sites: BTreeMap<String, SiteFile>,
}

#[derive(Serialize, Deserialize)]
struct SiteFile {
    stories: u32,
    /// (hexadecimal key, stories, sites, entropy of the slot in hundredths of a bit).
    lines: Vec<(String, u32, u32, u32)>,
}

impl From<&SiteTemplates> for SiteFile {
    fn from(site: &SiteTemplates) -> Self {
        let row = |line: &TemplateLine| {
            (
                format!("{:016x}", line.key),
                line.stories,
                line.sites,
                hundredths(line.spread),
            )
        };
        Self {
            stories: site.stories,
            lines: site.lines.iter().map(row).collect(),
        }
    }
}

impl SiteFile {
    fn read(self, site: &str) -> Result<SiteTemplates, TemplateError> {
        let mut lines = Vec::with_capacity(self.lines.len());
        for (key, stories, sites, spread) in self.lines {
            lines.push(TemplateLine {
                key: number(&key, site)?,
                stories,
                sites,
                spread: spread as f32 / 100.0,
            });
        }
        lines.sort_by_key(|line| line.key);
        Ok(SiteTemplates {
            stories: self.stories,
            lines,
        })
    }
}

/// Reads a hexadecimal key.
fn number(key: &str, site: &str) -> Result<u64, TemplateError> {
    u64::from_str_radix(key, 16).map_err(|_| TemplateError::Key {
        site: site.to_owned(),
        key: key.to_owned(),
    })
}

/// Rounds to hundredths; entropies are small and not negative.
fn hundredths(bits: f32) -> u32 {
    (bits * 100.0).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_survive_a_round_trip() {
        let line = |key, spread| TemplateLine {
            key,
            stories: 7,
            sites: 1,
            spread,
        };
        let site = SiteTemplates {
            stories: 40,
            lines: vec![line(3, 0.0), line(u64::MAX, 2.25)],
        };
        let templates = Templates {
            sites: [("bell.org".to_owned(), site)].into(),
            platform: SiteTemplates::default(),
            batches: [7].into(),
        };
        let read = Templates::from_json(&templates.to_json()).unwrap();
        assert_eq!(read, templates);
        assert_eq!(
            read.for_site(Some("bell.org"))
                .get(u64::MAX)
                .map(|line| line.stories),
            Some(7)
        );
        assert_eq!(read.for_site(Some("other")), &SiteTemplates::default());
    }

    #[test]
    fn a_batch_is_counted_in_once() {
        let batch = |key: u64, stories| {
            let line = TemplateLine {
                key: 3,
                stories,
                sites: 1,
                spread: 0.0,
            };
            let site = SiteTemplates {
                stories: 10,
                lines: vec![line],
            };
            Templates {
                sites: [("bell.org".to_owned(), site)].into(),
                batches: [key].into(),
                ..Templates::default()
            }
        };
        let mut known = Templates::default();
        for learned in [batch(1, 4), batch(2, 5), batch(1, 4)] {
            known.add(&learned);
        }
        let site = known.site("bell.org").unwrap();
        assert_eq!((site.stories, site.get(3).unwrap().stories), (20, 9));
    }

    #[test]
    fn what_is_not_a_template_file_is_refused_with_its_reason() {
        assert!(matches!(
            Templates::from_json("[]"),
            Err(TemplateError::Json(_))
        ));
        let other = Templates::default()
            .to_json()
            .replace(SCHEMA, "wirecopy.templates/9");
        assert!(
            matches!(Templates::from_json(&other), Err(TemplateError::Schema { found }) if found.ends_with("/9"))
        );
    }
}
