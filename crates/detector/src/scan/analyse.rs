//! First pass, a map over documents: read, mark boilerplate by the document's own cues, find quotations, sketch.
//!
//! Tokens live in a worker's scratch and die with their document; what stays is in [`AnalysedDocument`] and in the columns of
//! [`Sketches`].

use std::sync::Arc;

use hashbrown::HashMap;
use rayon::iter::{IntoParallelIterator, IntoParallelRefMutIterator, ParallelIterator};
use wirecopy_core::align::{Aligner, AnalysedText, TextView};
use wirecopy_core::candidates::Postings;
use wirecopy_core::sketch::{Fingerprinter, Fingerprints};
use wirecopy_document::{Document, TextOrigin};
use wirecopy_text::hash::{Seed, hash_bytes, hash_column_128};
use wirecopy_text::span::{complement, union};
use wirecopy_text::{ByteSpan, DocId};
use wirecopy_text::{Language, TermCache, Tokenizer, Tokens};

use crate::isolation::{Cost, Failures, Step, entry};
use crate::options::{BoilerplateMode, Options};
use crate::scratch_pool::Pool;
use crate::{Observer, Stage};
use wirecopy_boilerplate as boilerplate;
use wirecopy_boilerplate::article;
use wirecopy_boilerplate::blocks::segment_marked;
use wirecopy_boilerplate::{BoilerplateBlock, LineColumns, Stripped, Templates};
use wirecopy_document::date::Published;
use wirecopy_document::language;
use wirecopy_document::site::site_of_document;
use wirecopy_findings::{BoilerplateClass, ErrorRecord};
use wirecopy_quotes as quote;
use wirecopy_quotes::Quote;

/// Records that are decoded between two looks at the clock: enough to keep the workers busy, few enough to bound memory.
const BATCH_RECORDS: usize = 512;

/// Whether a document is reported on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is.
    Reported,
    /// It belongs to an archive: matched, not reported on.
    Archive,
}

/// A run's input: raw records in order, a decoder that workers run, and the place where ids are made unique.
pub struct Input<'r, R, N> {
    /// Raw records, in input order; what could not be read is an item, too.
    pub records: &'r mut (dyn Iterator<Item = Result<R, ErrorRecord>> + Send),
    /// From raw record to document, and to what its name is made from. Its panics are the caller's to catch: nobody else
    /// knows which record that was.
    pub decode: &'r (dyn Fn(R) -> Result<(Document, N), ErrorRecord> + Sync),
    /// Gives the document its unique key, in input order, and reports what had to be mended.
    pub name: &'r mut dyn FnMut(&mut Document, N) -> Vec<ErrorRecord>,
    /// Whether the documents are reported on.
    pub role: Role,
}

/// The boilerplate of one document, or of several with equal texts.
pub(super) type Blocks = Arc<[BoilerplateBlock]>;

/// One document after the first pass. What documents with equal texts have in common is shared.
#[derive(Clone)]
pub(super) struct AnalysedDocument {
    pub(super) document: Document,
    /// Its number in the input.
    pub(super) place: u32,
    pub(super) role: Role,
    pub(super) site: Option<String>,
    pub(super) language: Language,
    pub(super) published: Option<Published>,
    pub(super) words: u32,
    /// Bytes that were taken out of the text as it came.
    pub(super) stripped_bytes: u64,
    pub(super) blocks: Blocks,
    /// The blocks of the first pass, where a later one found others.
    pub(super) first_blocks: Option<Blocks>,
    /// Hashes of its stretches of site boilerplate, ascending.
    pub(super) boilerplate: Arc<[u64]>,
    pub(super) headline: Option<String>,
    pub(super) lines: Arc<LineColumns>,
    pub(super) quotes: Arc<[Quote]>,
    pub(super) body: Body,
}

/// The part of a text that similarity looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// What is left when boilerplate is masked; ascending, disjoint.
    pub(super) spans: Arc<[ByteSpan]>,
    /// Quotations inside their marks; ascending, disjoint.
    pub(super) quoted: Arc<[ByteSpan]>,
    /// Equal for equal folded bodies: a hash of 128 bits, in halves, which ask for no wider alignment.
    pub(super) key: [u64; 2],
    /// Its tokens.
    pub(super) tokens: u32,
}

/// Hash of a document's text. Never alone decides: texts are compared where it agrees.
fn text_hash(document: &Document) -> u64 {
    hash_bytes(document.text.as_bytes(), Seed::BLOCK)
}

impl AnalysedDocument {
    /// The analysis of another document with this text. Its fingerprints are those of this one, and are not made again.
    fn twin(&self, document: Document, role: Role) -> Taken {
        let analysed = Self {
            place: 0,
            role,
            site: site_of_document(&document),
            language: self.language,
            published: document.published.as_deref().and_then(Published::parse),
            words: self.words,
            // The text is what is left of this one, as it came: nothing was taken out of the twin's own.
            stripped_bytes: 0,
            blocks: self.blocks.clone(),
            first_blocks: None,
            boilerplate: self.boilerplate.clone(),
            headline: self.headline.clone(),
            lines: self.lines.clone(),
            quotes: self.quotes.clone(),
            body: self.body.clone(),
            document,
        };
        (analysed, Fingerprints::default())
    }

    /// Whether the engine sees the same in both: the same text, body, quotations and language.
    pub(super) fn has_equal_text(&self, other: &Self) -> bool {
        self.body.key == other.body.key
            && self.language == other.language
            && self.document.text == other.document.text
            && self.body.spans == other.body.spans
            && self.body.quoted == other.body.quoted
    }

    /// The text as the engine sees it.
    pub(super) fn view(&self) -> TextView<'_> {
        TextView {
            text: &self.document.text,
            body: &self.body.spans,
            quotes: &self.body.quoted,
            language: self.language,
        }
    }
}

/// One document and its sketch, on the way from a worker to the columns.
type Taken = (AnalysedDocument, Fingerprints);

/// What stays of all documents: their analyses, and the columns that candidates come from.
#[derive(Default)]
pub(super) struct Corpus {
    pub(super) documents: Vec<AnalysedDocument>,
    /// Fingerprints of every document whose text no earlier one has.
    pub(super) postings: Postings,
    pub(super) errors: Vec<ErrorRecord>,
    /// By the hash of its text, the first document that has it.
    first_of: HashMap<u64, usize>,
}

/// See [`Input::decode`].
type Decode<'r, R, N> = &'r (dyn Fn(R) -> Result<(Document, N), ErrorRecord> + Sync);

/// The tools of the first pass, shared by all workers.
pub(super) struct Analyser<'d> {
    pub(super) options: &'d Options,
    pub(super) aligner: &'d Aligner,
    pub(super) templates: Option<&'d Templates>,
    pub(super) observer: &'d dyn Observer,
    pub(super) failures: &'d Failures,
    /// Of the workers.
    pub(super) scratch: Pool<Scratch>,
}

/// What one worker reuses from document to document.
#[derive(Default)]
pub(super) struct Scratch {
    pub(super) prepared: AnalysedText,
    fingerprinter: Fingerprinter,
    words: TermCache,
    tokens: Tokens,
}

impl Analyser<'_> {
    /// Reads `input` to its end. O(bytes).
    pub(super) fn read<R: Send, N: Send>(&self, input: Input<'_, R, N>, corpus: &mut Corpus) {
        let Input {
            records,
            decode,
            name,
            role,
        } = input;
        self.observer.begin(Stage::Read, None);
        let next_batch = |records: &mut (dyn Iterator<Item = _> + Send)| -> Vec<_> {
            records.take(BATCH_RECORDS).collect()
        };
        let mut batch: Vec<Result<R, ErrorRecord>> = next_batch(records);
        while !batch.is_empty() {
            let current = std::mem::take(&mut batch);
            let work = || self.analyse_batch(current, (decode, role), corpus);
            let (next, done) = rayon::join(|| next_batch(records), work);
            batch = next;
            self.observer.advance(done.len() as u64);
            done.into_iter()
                .for_each(|result| corpus.take(result, name));
        }
    }

    /// Decodes a batch and analyses it. What an earlier batch has is not analysed again.
    fn analyse_batch<R: Send, N: Send>(
        &self,
        batch: Vec<Result<R, ErrorRecord>>,
        (decode, role): (Decode<'_, R, N>, Role),
        corpus: &Corpus,
    ) -> Vec<Result<(Taken, N), ErrorRecord>> {
        let analyse = |raw: Result<R, ErrorRecord>| {
            let (document, naming) = raw.and_then(decode)?;
            let taken = match corpus.with_text_of(&document) {
                Some(known) if self.reads_alike(known, &document) => known.twin(document, role),
                _ => self.analyse_guarded(document, role)?,
            };
            Ok((taken, naming))
        };
        batch.into_par_iter().map(analyse).collect()
    }

    /// Whether the analysis of `known` is that of `document` as well: they differ at most in what their records say of
    /// address, site and date.
    fn reads_alike(&self, known: &AnalysedDocument, document: &Document) -> bool {
        let other = &known.document;
        let same_site = || self.templates.is_none() || known.site == site_of_document(document);
        document.text == other.text
            && document.title == other.title
            && document.language == other.language
            && same_site()
    }

    fn analyse_guarded(&self, document: Document, role: Role) -> Result<Taken, ErrorRecord> {
        let path = place(&document).to_owned();
        let isolation = self.failures.isolation();
        let work = |scratch: &mut Scratch| {
            isolation.trip(Step::Analyse, [document.text.as_str()]);
            self.analyse(document, role, scratch)
        };
        isolation
            .guard(|| self.scratch.with(Scratch::default, work))
            .map_err(|panic| entry(Step::Analyse, &[&path], (Cost::Document, &panic)))
    }

    fn analyse(&self, mut document: Document, role: Role, scratch: &mut Scratch) -> Taken {
        let site = site_of_document(&document);
        let known = self.templates.map(|t| t.for_site(site.as_deref()));
        let title = document.title.as_deref();
        let (mut blocks, mut lines) = boilerplate::classify_and_list(&document.text, title, known);
        let bytes = document.text.len();
        if self.options.boilerplate == BoilerplateMode::Strip {
            blocks = take_out(&mut document, &blocks);
            lines = LineColumns::of(&document.text, None);
        }
        let text = document.text.as_str();
        let stripped_bytes = (bytes - text.len()) as u64;
        let headline = headline_of(&document, &blocks);
        let language = language::detect(text, document.language.as_deref());
        lines.name(headline.as_deref());
        let words = scratch.count_words(text);
        let quotes = quote::detect(text, language, &boilerplate(text, &blocks));
        let published = document.published.as_deref().and_then(Published::parse);
        let mut analysed = AnalysedDocument {
            document,
            place: 0,
            role,
            site,
            language,
            published,
            words,
            stripped_bytes,
            lines: Arc::new(lines),
            headline,
            blocks: blocks.into(),
            first_blocks: None,
            boilerplate: [].into(),
            quotes: quotes.into(),
            body: Body::default(),
        };
        let fingerprints = self.sketch(&mut analysed, scratch);
        (analysed, fingerprints)
    }

    /// Works out the body from the blocks, and sketches it. O(bytes).
    fn sketch(&self, analysed: &mut AnalysedDocument, scratch: &mut Scratch) -> Fingerprints {
        self.mask(analysed);
        let Scratch {
            words, prepared, ..
        } = scratch;
        self.aligner.prepare(&analysed.view(), words, prepared);
        analysed.body.take_tokens(prepared.token_hashes());
        let mut fingerprints = Fingerprints::default();
        if analysed.body.tokens >= self.options.min_words {
            scratch
                .fingerprinter
                .fingerprints(&scratch.prepared, &mut fingerprints);
        }
        fingerprints
    }

    /// Brings `documents` back to what they were after the first pass, and gives their sketches once more. O(bytes).
    pub(super) fn again(&self, documents: &mut [AnalysedDocument]) -> Postings {
        let sketch = |analysed: &mut AnalysedDocument| {
            if let Some(first) = analysed.first_blocks.take() {
                analysed.blocks = first;
            }
            let work = |scratch: &mut Scratch| self.sketch(analysed, scratch);
            self.scratch.with(Scratch::default, work)
        };
        let sketches: Vec<Fingerprints> = documents.par_iter_mut().map(sketch).collect();
        let mut postings = Postings::default();
        for (number, fingerprints) in sketches.iter().enumerate() {
            postings.push(DocId::new(number), fingerprints);
        }
        postings
    }

    /// Works out the body anew from the blocks. O(bytes).
    pub(super) fn settle_body(&self, analysed: &mut AnalysedDocument) {
        self.mask(analysed);
        self.scratch.with(Scratch::default, |scratch| {
            let tokens = &mut scratch.tokens;
            let AnalysedDocument { document, body, .. } = analysed;
            Tokenizer::default().tokenize_parts(&document.text, &body.spans, tokens);
            body.take_tokens(tokens.hashes());
        });
    }

    /// Works out from the blocks what of the text is the body.
    fn mask(&self, analysed: &mut AnalysedDocument) {
        analysed.boilerplate = boilerplate_hashes(&analysed.document.text, &analysed.blocks).into();
        let length = analysed.document.text.len();
        let masked = match self.options.boilerplate {
            BoilerplateMode::Mask | BoilerplateMode::Strip => without_named_headlines(
                &analysed.document.text,
                &analysed.blocks,
                spans_of(&analysed.blocks, |_| true),
            ),
            BoilerplateMode::Report => Vec::new(),
        };
        analysed.body.quoted =
            union(analysed.quotes.iter().map(|quote| quote.span).collect()).into();
        analysed.body.spans = complement(&masked, length).into();
    }
}

impl Body {
    /// Takes over what the hashes of its tokens tell.
    fn take_tokens(&mut self, hashes: &[u64]) {
        let key = hash_column_128(hashes);
        self.key = [key as u64, (key >> u64::BITS) as u64];
        self.tokens = u32::try_from(hashes.len()).expect("a document has fewer than 2^32 tokens");
    }
}

impl Scratch {
    fn count_words(&mut self, text: &str) -> u32 {
        Tokenizer::default().tokenize(text, &mut self.tokens);
        u32::try_from(self.tokens.len()).expect("a document has fewer than 2^32 tokens")
    }
}

impl Corpus {
    /// The first document with the text of `document`, as far as a hash tells.
    fn with_text_of(&self, document: &Document) -> Option<&AnalysedDocument> {
        let first = self.first_of.get(&text_hash(document))?;
        self.documents.get(*first)
    }

    fn take<N>(
        &mut self,
        result: Result<(Taken, N), ErrorRecord>,
        name: &mut dyn FnMut(&mut Document, N) -> Vec<ErrorRecord>,
    ) {
        match result {
            Err(error) => self.errors.push(error),
            Ok(((mut analysed, fingerprints), naming)) => {
                self.errors.extend(name(&mut analysed.document, naming));
                analysed.place = u32::try_from(self.documents.len())
                    .expect("a run holds fewer than 2^32 documents");
                self.postings
                    .push(DocId::new(self.documents.len()), &fingerprints);
                self.first_of
                    .entry(text_hash(&analysed.document))
                    .or_insert(self.documents.len());
                self.documents.push(analysed);
            }
        }
    }
}

/// What errors call a document: where it was read from, else its id.
pub(super) fn place(document: &Document) -> &str {
    document.path.as_deref().unwrap_or(&document.key.0)
}

/// Takes chrome and captions out of the document's text; the blocks that are left index the new text.
fn take_out(document: &mut Document, blocks: &[BoilerplateBlock]) -> Vec<BoilerplateBlock> {
    let unwanted = |class| matches!(class, BoilerplateClass::Chrome | BoilerplateClass::Caption);
    let Stripped { text, kept } = boilerplate::strip(&document.text, blocks, unwanted);
    if text.len() < document.text.len() {
        document.text = text;
        document.text_origin = TextOrigin::Derived;
    }
    kept
}

/// The record's own title, else the headline found in the text.
fn headline_of(document: &Document, blocks: &[BoilerplateBlock]) -> Option<String> {
    let own = document
        .title
        .as_deref()
        .map(str::trim)
        .filter(|title| !title.is_empty());
    let found = || {
        let text = document.text.as_str();
        article::headline(text, &segment_marked(text, blocks)).map(|span| span.of(text))
    };
    own.or_else(found).map(str::to_owned)
}

/// The blocks whose class `wanted` accepts; ascending, disjoint.
pub(super) fn spans_of(
    blocks: &[BoilerplateBlock],
    wanted: impl Fn(BoilerplateClass) -> bool,
) -> Vec<ByteSpan> {
    union(
        blocks
            .iter()
            .filter(|block| wanted(block.class))
            .map(|block| block.span)
            .collect(),
    )
}

/// Hashes of the stretches of site boilerplate, ascending.
fn boilerplate_hashes(text: &str, blocks: &[BoilerplateBlock]) -> Vec<u64> {
    let spans = spans_of(blocks, is_boilerplate);
    let mut hashes: Vec<u64> = spans
        .iter()
        .map(|span| hash_bytes(span.of(text).as_bytes(), Seed::BLOCK))
        .collect();
    hashes.sort_unstable();
    hashes
}

/// Text in which quotation marks are not read: site boilerplate and credits. Ascending, disjoint.
pub(super) fn boilerplate(text: &str, blocks: &[BoilerplateBlock]) -> Vec<ByteSpan> {
    without_named_headlines(text, blocks, spans_of(blocks, is_boilerplate))
}

/// `spans` (ascending, disjoint) less the headlines that source blocks name. A scraper's `Title: ...` line is a credit, and
/// what it names is the headline of the original: it is compared like any headline.
fn without_named_headlines(
    text: &str,
    blocks: &[BoilerplateBlock],
    mut spans: Vec<ByteSpan>,
) -> Vec<ByteSpan> {
    let credits = blocks
        .iter()
        .filter(|block| block.class == BoilerplateClass::Provenance);
    let named: Vec<ByteSpan> = credits
        .filter_map(|block| named_headline(text, block.span))
        .collect();
    for span in &mut spans {
        if let Some(headline) = named.iter().find(|headline| headline.end == span.end) {
            span.end = headline.start;
        }
    }
    spans
}

/// The headline in a line such as `Title: Harbour wall gives way`.
fn named_headline(text: &str, line: ByteSpan) -> Option<ByteSpan> {
    const LABELS: [&str; 6] = ["title", "headline", "titel", "titre", "título", "titolo"];
    let (label, headline) = line.of(text).split_once(':')?;
    let known = LABELS.contains(&label.trim().to_lowercase().as_str());
    let start = line.end as usize - headline.trim_start().len();
    (known && !headline.trim().is_empty()).then(|| ByteSpan::new(start, line.end as usize))
}

/// Blocks that are no part of the article: quotation marks in them are not read.
pub(super) fn is_boilerplate(class: BoilerplateClass) -> bool {
    matches!(
        class,
        BoilerplateClass::Chrome | BoilerplateClass::Provenance
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headline_that_a_source_block_names_is_kept() {
        let text = "By: Ann Ode\nTitle: Harbour wall ‘gives way’\nTitle:";
        let line = |n: usize| {
            let line = text.lines().nth(n).unwrap();
            let start = line.as_ptr() as usize - text.as_ptr() as usize;
            ByteSpan::new(start, start + line.len())
        };
        assert_eq!(named_headline(text, line(0)), None);
        assert_eq!(
            named_headline(text, line(1)).unwrap().of(text),
            "Harbour wall ‘gives way’"
        );
        assert_eq!(named_headline(text, line(2)), None);
    }
}
