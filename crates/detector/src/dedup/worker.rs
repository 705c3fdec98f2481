//! Where one worker reads and compares pairs: each document of a task is read, cut into words and searched for
//! boilerplate once, however many pairs it stands in.

use hashbrown::HashMap;
use wirecopy_text::span::{complement, union};
use wirecopy_text::{ByteSpan, DocId};

use super::losses::Losses;
use super::verify::{Comparison, Edge, Side, UncertainSide, Verifier};
use super::{Documents, Reloaded};
use crate::isolation::{Isolation, Step};
use crate::options::BoilerplateMode;
use crate::relation::{FormWords, RelationOptions};
use wirecopy_boilerplate::{Templates, classify_single};
use wirecopy_findings::ErrorRecord;
use wirecopy_findings::Relation;
use wirecopy_quotes::quoted_spans;

/// Bytes of text above which a worker lets go of the documents it holds, between two pairs. A task of 64 pairs of usual articles
/// stays below.
const HELD_BYTES: usize = 4 << 20;

/// Assumed least share of a text that is the article's own. Pairs that are no copies even if the rest of both texts is
/// boilerplate skip the search for it. Guess.
const LEAST_BODY: f64 = 0.5;

/// Settings of a comparison.
#[derive(Clone, Copy, Debug)]
pub(super) struct PairWorkerOptions {
    pub(super) relations: RelationOptions,
    pub(super) boilerplate: BoilerplateMode,
    pub(super) isolation: Isolation,
}

/// One worker of the comparison: the documents it holds, and memory that is reused from pair to pair.
pub(super) struct PairWorker<'d, D: Documents> {
    documents: &'d D,
    losses: &'d Losses,
    reader: D::Reader,
    cached: Vec<CachedDocument>,
    /// Number of entries of `cached` in use, from the front; the others are kept for their memory.
    used: usize,
    bytes: usize,
    /// Place of each document in `cached`; none for one that cannot be read any more.
    places: HashMap<DocId, Option<usize>>,
    whole: CachedVerifier,
    masked: CachedVerifier,
}

impl<'d, D: Documents> PairWorker<'d, D> {
    /// A worker for the documents of a run.
    pub(super) fn new(documents: &'d D, losses: &'d Losses) -> Self {
        Self {
            documents,
            losses,
            reader: D::Reader::default(),
            cached: Vec::new(),
            used: 0,
            bytes: 0,
            places: HashMap::new(),
            whole: CachedVerifier::default(),
            masked: CachedVerifier::default(),
        }
    }

    /// The copies among `pairs`, which are best ordered by first document. O(bytes of the documents + words of the
    /// pairs).
    pub(super) fn compare_all(
        &mut self,
        pairs: impl Iterator<Item = (DocId, DocId)>,
        options: &PairWorkerOptions,
    ) -> Vec<Edge> {
        self.clear();
        let losses = self.losses;
        let copy = |(a, b)| {
            if self.bytes > HELD_BYTES {
                self.clear();
            }
            let places = [self.load(a)?, self.load(b)?];
            let edge = || self.edge([a, b], places, options);
            let edge = losses.failures.item(Step::Align, &[a, b], edge);
            if edge.is_none() {
                // What a panic leaves half done is not looked at again.
                *self = Self::new(self.documents, losses);
            }
            edge.flatten()
        };
        pairs.filter_map(copy).collect()
    }

    /// The edge between two documents that lie at `places`, if one is a copy of the other. They are compared in an order
    /// that goes by their words, so that the input order makes no difference.
    fn edge(
        &mut self,
        [a, b]: [DocId; 2],
        places: [usize; 2],
        options: &PairWorkerOptions,
    ) -> Option<Edge> {
        let texts = places.map(|place| self.cached[place].reread.text.as_str());
        options.isolation.trip(Step::Align, texts);
        let turned = self.cached[places[1]].whole < self.cached[places[0]].whole;
        let mut comparison = if turned {
            self.compare([places[1], places[0]], options)?.swapped()
        } else {
            self.compare(places, options)?
        };
        let mut relation = comparison.relation(&options.relations);
        if relation.is_some_and(Relation::is_copy) && comparison.measures().may_be_one_form() {
            comparison.one_form = self.is_one_form(places);
            relation = comparison.relation(&options.relations);
        }
        let relation = relation.filter(|relation| relation.joins_family())?;
        Some(Edge {
            a,
            b,
            relation,
            comparison,
        })
    }

    /// Compares a document with itself, which panics if it is the one to blame for a pair that panicked.
    pub(super) fn compare_alone(&mut self, document: DocId, options: &PairWorkerOptions) {
        let Some(first) = self.load(document) else {
            return;
        };
        self.places.clear();
        if let Some(second) = self.load(document) {
            self.edge([document; 2], [first, second], options);
        }
    }

    fn clear(&mut self) {
        self.used = 0;
        self.bytes = 0;
        self.places.clear();
        self.whole.of = None;
        self.masked.of = None;
    }

    /// The place of a document among those that are held; it is read if it is not there yet.
    fn load(&mut self, document: DocId) -> Option<usize> {
        if let Some(&place) = self.places.get(&document) {
            return place;
        }
        let losses = self.losses;
        let read = || self.read(document);
        let read = losses.failures.item(Step::Prepare, &[document], read);
        if read.is_none() {
            self.cached.truncate(self.used);
            self.reader = D::Reader::default();
        }
        let place = match read {
            Some(Ok(place)) => Some(place),
            Some(Err(error)) => {
                losses.cannot_read(document, error);
                None
            }
            None => None,
        };
        self.places.insert(document, place);
        place
    }

    /// Whether the documents at these places are one form filled in for other things.
    fn is_one_form(&mut self, [a, b]: [usize; 2]) -> bool {
        for place in [a, b] {
            let cached = &mut self.cached[place];
            if cached.form.is_none() {
                cached.form = Some(cached.body().form_words(&cached.reread.text));
            }
        }
        match (&self.cached[a].form, &self.cached[b].form) {
            (Some(a), Some(b)) => a.tells_of_other_things(b),
            _ => false,
        }
    }

    fn read(&mut self, document: DocId) -> Result<usize, ErrorRecord> {
        let reread = self.documents.read(document, &mut self.reader)?;
        let isolation = self.losses.failures.isolation();
        isolation.trip(Step::Prepare, [reread.text.as_str()]);
        if self.used == self.cached.len() {
            self.cached.push(CachedDocument::default());
        }
        let bytes = reread.text.len();
        self.cached[self.used].fill(reread);
        self.bytes += bytes;
        self.used += 1;
        Ok(self.used - 1)
    }

    /// Compares two texts as they are, and where boilerplate may matter once more without it: finding it costs more than
    /// comparing. `None` for pairs that can be no copies.
    fn compare(&mut self, places: [usize; 2], options: &PairWorkerOptions) -> Option<Comparison> {
        let Ok([a, b]) = self.cached.get_disjoint_mut(places) else {
            return None;
        };
        let (least_body, masks) = match options.boilerplate {
            BoilerplateMode::Mask | BoilerplateMode::Strip => (LEAST_BODY, true),
            BoilerplateMode::Report => (1.0, false),
        };
        let found = self.whole.align(places[0], [&a.whole, &b.whole]);
        let may_be = |unquoted| found.may_be_copy(unquoted, least_body, &options.relations);
        if !may_be(found.aligned) {
            return None;
        }
        let is_whole = |found: &Comparison| found.is_whole_copy(&options.relations);
        let mut unmasked = found;
        if !is_whole(&found) {
            unmasked = self.whole.leave_quotations_out(found, [a, b], |s| &s.whole);
        }
        if !masks || found.is_plain() {
            return Some(unmasked);
        }
        if !may_be(unmasked.unquoted) {
            return None;
        }
        let templates = self.documents.templates();
        let alone = match found.doubtful(least_body, &options.relations) {
            UncertainSide::A => a.has_boilerplate(templates),
            UncertainSide::B => b.has_boilerplate(templates),
            UncertainSide::Both => true,
        };
        if !alone || !(a.has_boilerplate(templates) | b.has_boilerplate(templates)) {
            return Some(unmasked);
        }
        let found = self.masked.align(places[0], [a.body(), b.body()]);
        if is_whole(&found) {
            return Some(found);
        }
        Some(
            self.masked
                .leave_quotations_out(found, [a, b], CachedDocument::body),
        )
    }
}

/// A verifier that knows which document it is set to.
#[derive(Debug, Default)]
struct CachedVerifier {
    verifier: Verifier,
    of: Option<usize>,
}

impl CachedVerifier {
    /// Aligns a, which lies at `place`, with b.
    fn align(&mut self, place: usize, [a, b]: [&Side; 2]) -> Comparison {
        if self.of != Some(place) {
            self.verifier.set(a);
            self.of = Some(place);
        }
        self.verifier.align(a, b)
    }

    /// Counts what stands outside quotations in what was found last between these `sides` of two documents. Reads their
    /// quotations where nobody did before: only pairs that are no copies as wholes ask for them.
    fn leave_quotations_out(
        &self,
        found: Comparison,
        [a, b]: [&mut CachedDocument; 2],
        side: impl Fn(&CachedDocument) -> &Side,
    ) -> Comparison {
        a.mark_quotations();
        b.mark_quotations();
        self.verifier
            .leave_quotations_out(found, [side(a), side(b)])
    }
}

/// One document that is held for comparison.
#[derive(Debug, Default)]
struct CachedDocument {
    reread: Reloaded,
    whole: Side,
    quoted: Option<Vec<ByteSpan>>,
    boilerplate: Boilerplate,
    /// The words that are no boilerplate, where there is some.
    body: Side,
    /// The words of its body as forms are compared, once somebody asked.
    form: Option<FormWords>,
}

/// What is known of a document's boilerplate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Boilerplate {
    #[default]
    Unknown,
    None,
    Some,
}

impl CachedDocument {
    fn fill(&mut self, reread: Reloaded) {
        self.reread = reread;
        self.whole.read(&self.reread.text);
        self.quoted = None;
        self.form = None;
        self.boilerplate = Boilerplate::Unknown;
    }

    fn mark_quotations(&mut self) {
        if self.quoted.is_none() {
            let quoted = quoted_spans(&self.reread.text);
            self.whole.mark_quotations(&quoted);
            self.quoted = Some(quoted);
        }
        if self.boilerplate == Boilerplate::Some {
            self.body
                .mark_quotations(self.quoted.as_deref().unwrap_or_default());
        }
    }

    /// Whether the document's own cues, or what `templates` know of its site, tell of text that is not the article's.
    fn has_boilerplate(&mut self, templates: Option<&Templates>) -> bool {
        if self.boilerplate == Boilerplate::Unknown {
            let Reloaded {
                text,
                headline,
                site,
            } = &self.reread;
            let known = templates.map(|all| all.for_site(site.as_deref()));
            let blocks = classify_single(text, headline.as_deref(), known);
            if blocks.is_empty() {
                self.boilerplate = Boilerplate::None;
            } else {
                let spans = union(blocks.iter().map(|block| block.span).collect());
                self.body
                    .read_part(&self.whole, &complement(&spans, text.len()));
                self.boilerplate = Boilerplate::Some;
            }
        }
        self.boilerplate == Boilerplate::Some
    }

    /// The document without its boilerplate, as far as [`has_boilerplate`](Self::has_boilerplate) found some.
    fn body(&self) -> &Side {
        match self.boilerplate {
            Boilerplate::Some => &self.body,
            Boilerplate::Unknown | Boilerplate::None => &self.whole,
        }
    }
}
