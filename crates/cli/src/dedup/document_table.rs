//! What is remembered of the documents of a run, in columns: some 80 bytes each and the id.

use wirecopy_boilerplate::Templates;
use wirecopy_corpus::{Locator, Rereader, decode};
use wirecopy_detector::dedup::{Documents, Reloaded};
use wirecopy_detector::options::SameSite;
use wirecopy_document::date::Published;
use wirecopy_document::site::site_of_document;
use wirecopy_findings::ErrorRecord;
use wirecopy_text::DocId;

use super::batches::Role;
use crate::session::entry;

/// Which documents are not compared with each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Limits {
    /// Those that were published further apart.
    pub(super) days: Option<u32>,
    /// Those of one site, where it says so.
    pub(super) same_site: SameSite,
}

/// One document, as the workers saw it.
pub(super) struct Seen {
    pub(super) published: Option<Published>,
    pub(super) site: Option<u32>,
    pub(super) locator: Locator,
    pub(super) bytes: u64,
}

/// The documents of a run: those that are reported on, then those of the archive.
pub(crate) struct Catalogue {
    limits: Limits,
    names: String,
    /// Entry `i`: where the name of document `i` ends in `names`.
    name_ends: Vec<usize>,
    locators: Vec<Locator>,
    /// Dates of publication; none where nobody asks for them.
    dates: Vec<Option<Published>>,
    sites: Vec<Option<u32>>,
    reported: usize,
    bytes: u64,
    templates: Option<Templates>,
}

impl Catalogue {
    pub(super) fn new(limits: Limits, templates: Option<Templates>) -> Self {
        Self {
            limits,
            templates,
            names: String::new(),
            name_ends: Vec::new(),
            locators: Vec::new(),
            dates: Vec::new(),
            sites: Vec::new(),
            reported: 0,
            bytes: 0,
        }
    }

    /// Adds a document behind those that came before.
    pub(super) fn push(&mut self, role: Role, name: &str, seen: Seen) {
        self.names.push_str(name);
        self.name_ends.push(self.names.len());
        self.locators.push(seen.locator);
        self.dates.push(seen.published);
        self.sites.push(seen.site);
        self.reported += usize::from(role == Role::Reported);
        self.bytes += seen.bytes;
    }

    /// Number of documents that are reported on.
    pub(super) fn reported(&self) -> usize {
        self.reported
    }

    /// Bytes of text of all documents.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Seconds since 1970 at which each document was out, by document.
    pub(super) fn times(&self) -> Vec<Option<i64>> {
        let times = self.dates.iter().map(|date| date.map(Published::out_by));
        times.collect()
    }

    /// The name of a document.
    pub(super) fn name(&self, document: usize) -> &str {
        let start = document
            .checked_sub(1)
            .map_or(0, |before| self.name_ends[before]);
        let end = self.name_ends[document];
        self.names.get(start..end).unwrap_or_default()
    }

    /// The way back to a document.
    pub(super) fn locator(&self, document: usize) -> &Locator {
        &self.locators[document]
    }
}

impl Documents for Catalogue {
    type Reader = Rereader;

    fn read(&self, document: DocId, reader: &mut Rereader) -> Result<Reloaded, ErrorRecord> {
        let raw = reader.read(&self.locators[document.index()]);
        let decoded = raw.and_then(|raw| decode(&raw));
        let document = decoded.map_err(|error| entry(&error))?.document;
        let site = self
            .templates
            .as_ref()
            .and_then(|_| site_of_document(&document));
        Ok(Reloaded {
            text: document.text,
            headline: document.title,
            site,
        })
    }

    fn place(&self, document: DocId) -> &str {
        self.name(document.index())
    }

    fn templates(&self) -> Option<&Templates> {
        self.templates.as_ref()
    }

    fn may_compare(&self, a: DocId, b: DocId) -> bool {
        let (a, b) = (a.index(), b.index());
        let dates = self.limits.days.zip(self.dates[a]).zip(self.dates[b]);
        let near = dates.is_none_or(|((most, a), b)| a.is_within(b, most));
        let one_site = self.sites[a].is_some() && self.sites[a] == self.sites[b];
        near && !(one_site && self.limits.same_site == SameSite::Ignore)
    }
}
