//! Documents that are in memory: one call for each of the two jobs, with the usual settings.

use std::convert::Infallible;

use wirecopy_document::site::site_of_document;
use wirecopy_document::{DocKey, Document};
use wirecopy_findings::{ErrorRecord, Findings};
use wirecopy_text::DocId;

use crate::dedup::{Collection, Documents, Engine, Order, Preference, Reloaded, Sketcher, Verdict};
use crate::isolation::Isolation;
use crate::options::Options;
use crate::{Detector, Input, Role, Silent};

/// Finds what `documents` share: copies and later versions, passages, quotations, boilerplate, and who copied whom. The
/// settings are those of [`Options::default`]; a [`Detector`] takes others, and reads streams.
///
/// Documents without a key are called `1`, `2`, ... by their place; of equal keys, later ones get `#2`, `#3`, ... behind
/// them. Runs on rayon's threads; the result does not depend on their number. O(bytes + candidate pairs).
///
/// ```
/// use wirecopy_document::Document;
/// use wirecopy_findings::Relation;
///
/// let story = "The harbour board of Port Selwyn closed the outer mole on Tuesday after a storm tore away two of its \
///     lamps. Engineers expect the repairs to take three weeks, and ferries will land at the fish quay until then. \
///     The board said that it would publish a new timetable on Friday.";
/// let document = |text: &str| Document { text: text.to_owned(), ..Document::default() };
/// let findings = wirecopy_detector::detect(&[
///     document(story),
///     document(&format!("From our correspondent. {story}")),
///     document("A choir from Hallam has won the regional prize for the third year in a row, to nobody's surprise."),
/// ]);
/// assert_eq!(findings.pairs.len(), 1);
/// assert_eq!(findings.pairs[0].relation, Relation::NearDuplicate);
/// assert_eq!(findings.families[0].documents, ["1", "2"]);
/// ```
#[must_use]
pub fn detect(documents: &[Document]) -> Findings {
    let mut taken = hashbrown::HashSet::new();
    let mut records = named(documents, &mut taken).map(Ok::<Document, ErrorRecord>);
    let input = Input {
        records: &mut records,
        decode: &|document| Ok((document, ())),
        name: &mut |_, ()| Vec::new(),
        role: Role::Reported,
    };
    Detector::default().detect(vec![input], &Silent).0
}

/// The documents with keys that are unique.
fn named<'d>(
    documents: &'d [Document],
    taken: &'d mut hashbrown::HashSet<String>,
) -> impl Iterator<Item = Document> + Send + 'd {
    documents.iter().zip(1..).map(|(document, number)| {
        let own = &document.key.0;
        let first = if own.is_empty() {
            number.to_string()
        } else {
            own.clone()
        };
        let mut key = first.clone();
        let mut again = 1;
        while !taken.insert(key.clone()) {
            again += 1;
            key = format!("{first}#{again}");
        }
        Document {
            key: DocKey(key),
            ..document.clone()
        }
    })
}

/// Says of each document whether it is a near-duplicate of one that stays, in linear time: what the command's `dedup`
/// does. Of several versions the longest stays. Entry `i` of the result is about `documents[i]`. O(bytes + candidate
/// pairs).
///
/// ```
/// use wirecopy_document::Document;
///
/// let story = "The harbour board of Port Selwyn closed the outer mole on Tuesday after a storm tore away two of its \
///     lamps. Engineers expect the repairs to take three weeks, and ferries will land at the fish quay until then.";
/// let document = |text: &str| Document { text: text.to_owned(), ..Document::default() };
/// let verdicts = wirecopy_detector::dedup::dedup(&[document(story), document(&story.to_uppercase())]);
/// assert!(verdicts[0].duplicate_of.is_none());
/// assert_eq!(verdicts[1].duplicate_of.map(|(of, _, _)| of.index()), Some(0));
/// ```
#[must_use]
pub fn dedup(documents: &[Document]) -> Vec<Verdict> {
    let options = Options::default();
    let engine = Engine {
        seed: options.seed,
        min_words: options.min_words,
        relations: options.relations(),
        boilerplate: options.boilerplate,
        isolation: Isolation::default(),
    };
    let order = Order {
        preference: Preference::Longest,
        reported: documents.len(),
    };
    let mut collection = Collection::default();
    let sketch = |batch: &[Document], sketcher: &mut Sketcher| {
        batch
            .iter()
            .for_each(|document| sketcher.add(&document.text));
        Ok::<(), Infallible>(())
    };
    engine.collect(documents.chunks(BATCH), sketch, (&mut collection, |_| {}));
    engine
        .decide(&mut collection, &order, &InMemory(documents))
        .choice
        .verdicts
}

/// Documents that one worker sketches at a time: some hundred kilobytes.
const BATCH: usize = 64;

/// Documents in memory as what `dedup` reads again: document `i` is entry `i`.
#[derive(Clone, Copy, Debug)]
pub struct InMemory<'d>(pub &'d [Document]);

impl Documents for InMemory<'_> {
    type Reader = ();

    fn read(&self, document: DocId, (): &mut ()) -> Result<Reloaded, ErrorRecord> {
        let document = &self.0[document.index()];
        Ok(Reloaded {
            text: document.text.clone(),
            headline: document.title.clone(),
            site: site_of_document(document),
        })
    }

    fn place(&self, document: DocId) -> &str {
        &self.0[document.index()].key.0
    }

    fn may_compare(&self, _: DocId, _: DocId) -> bool {
        true
    }
}
