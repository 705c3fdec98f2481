//! The quotations of a run: grouped by utterance over workers, and numbered.

use std::sync::Arc;

use hashbrown::HashMap;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use wirecopy_text::DocId;
use wirecopy_text::span::overlap_with;

use super::analyse::{AnalysedDocument, Role, boilerplate};
use super::quote_passages::QuoteOccurrence;
use crate::isolation::{Failures, Step};
use crate::scratch_pool::Pool;
use wirecopy_findings::{QuoteFormName, QuoteGroupRecord, QuoteRecord};
use wirecopy_quotes::{ParentScratch, Quote, QuoteForm, QuoteGroup, QuoteIn, QuoteIndex};

/// Quotations of the reported documents, with their groups.
#[derive(Default)]
pub(super) struct Quotations {
    pub(super) quotes: Vec<QuoteRecord>,
    pub(super) groups: Vec<QuoteGroupRecord>,
    /// The renderings of each utterance, by document.
    pub(super) utterances: Vec<Vec<QuoteOccurrence>>,
}

/// The quotations of all reported documents, grouped and numbered. Those in site boilerplate are left out.
pub(super) fn quotations(documents: &[AnalysedDocument], failures: &Failures) -> Quotations {
    let listed = listed(documents);
    let mut groups = grouped(documents, &inputs(documents, &listed), failures);
    let rendering = |&member: &usize| QuoteOccurrence {
        document: listed[member].0,
        span: listed[member].1.span,
    };
    let utterances = groups
        .iter()
        .map(|group| group.members.iter().map(rendering).collect())
        .collect();
    let listed = by_input(documents, listed, &mut groups);
    let mut group_of: Vec<Option<usize>> = vec![None; listed.len()];
    for (number, group) in groups.iter().enumerate() {
        let members = group.members.iter();
        members.for_each(|&member| group_of[member] = Some(number));
    }
    let mut told = ToldQuotes::default();
    let quote = |(n, &(doc, quote)): (usize, &Listed<'_>)| {
        let analysed = &documents[doc.index()];
        quote_record(n, quote, told.of(quote, analysed), (analysed, group_of[n]))
    };
    let numbered = groups.iter().enumerate();
    Quotations {
        quotes: listed.iter().enumerate().map(quote).collect(),
        utterances,
        groups: numbered
            .map(|(n, group)| quote_group(n, group, &listed))
            .collect(),
    }
}

/// A quotation and the document that it stands in.
type Listed<'q> = (DocId, &'q Quote);

fn listed(documents: &[AnalysedDocument]) -> Vec<Listed<'_>> {
    documents
        .iter()
        .enumerate()
        .filter(|(_, analysed)| analysed.role == Role::Reported)
        .flat_map(|(n, analysed)| article_quotes(analysed).map(move |quote| (DocId::new(n), quote)))
        .collect()
}

/// The quotations in the order of the input, and `groups` with their new numbers, by first member. O(n log n).
fn by_input<'q>(
    documents: &[AnalysedDocument],
    listed: Vec<Listed<'q>>,
    groups: &mut [QuoteGroup],
) -> Vec<Listed<'q>> {
    let mut order: Vec<usize> = (0..listed.len()).collect();
    order.sort_by_key(|&n| documents[listed[n].0.index()].place);
    let mut number = vec![0; listed.len()];
    for (new, &old) in order.iter().enumerate() {
        number[old] = new;
    }
    for group in &mut *groups {
        group
            .members
            .iter_mut()
            .for_each(|member| *member = number[*member]);
        group.members.sort_unstable();
    }
    groups.sort_by_key(|group| group.members.first().copied());
    order.into_iter().map(|old| listed[old]).collect()
}

fn inputs<'d>(documents: &'d [AnalysedDocument], listed: &[Listed<'d>]) -> Vec<QuoteIn<'d>> {
    let input = |&(doc, quote): &Listed<'d>| QuoteIn {
        doc,
        text: quote.span.of(&documents[doc.index()].document.text),
        form: quote.form,
        speaker: quote.speaker.as_deref(),
        relayed_by: quote.relayed_by.as_deref(),
    };
    listed.iter().map(input).collect()
}

/// The groups of all quotations, looked for by all workers.
fn grouped(
    documents: &[AnalysedDocument],
    inputs: &[QuoteIn<'_>],
    failures: &Failures,
) -> Vec<QuoteGroup> {
    let index = QuoteIndex::new(inputs);
    let scratches = Pool::new();
    let parent = |i: usize| {
        let id = inputs[i].doc;
        let find = |scratch: &mut ParentScratch| {
            let text = documents[id.index()].document.text.as_str();
            failures.isolation().trip(Step::Quotations, [text]);
            index.parent(i, scratch)
        };
        let find = || scratches.with(ParentScratch::default, find);
        failures.item(Step::Quotations, &[id], find).flatten()
    };
    let parents: Vec<Option<usize>> = (0..inputs.len()).into_par_iter().map(parent).collect();
    index.groups(inputs, &parents)
}

fn article_quotes(analysed: &AnalysedDocument) -> impl Iterator<Item = &Quote> {
    let boilerplate = boilerplate(&analysed.document.text, &analysed.blocks);
    analysed
        .quotes
        .iter()
        .filter(move |quote| overlap_with(quote.span, &boilerplate) == 0)
}

/// The words of a quotation, and who speaks.
type ToldQuote = (Arc<str>, Option<Arc<str>>);

/// What records tell of quotations, by the address of each: equal documents share their quotations.
#[derive(Default)]
struct ToldQuotes(HashMap<*const Quote, ToldQuote>);

impl ToldQuotes {
    fn of(&mut self, quote: &Quote, analysed: &AnalysedDocument) -> ToldQuote {
        let tell = || {
            let text = quote.span.of(&analysed.document.text);
            (text.into(), quote.speaker.as_deref().map(Arc::from))
        };
        self.0.entry(quote).or_insert_with(tell).clone()
    }
}

fn quote_record(
    number: usize,
    quote: &Quote,
    (text, speaker): ToldQuote,
    (analysed, group): (&AnalysedDocument, Option<usize>),
) -> QuoteRecord {
    QuoteRecord {
        id: format!("Q{}", number + 1),
        document: analysed.document.key.0.clone(),
        start: quote.span.start,
        end: quote.span.end,
        text,
        form: match quote.form {
            QuoteForm::Speech => QuoteFormName::Speech,
            QuoteForm::Scare => QuoteFormName::Scare,
            QuoteForm::Title => QuoteFormName::Title,
        },
        speaker,
        relayed_by: quote.relayed_by.clone(),
        group: group.map(|n| format!("G{}", n + 1)),
        mention: quote.mention.map(Into::into),
        cue: quote.cue.map(Into::into),
    }
}

fn quote_group(number: usize, group: &QuoteGroup, listed: &[Listed<'_>]) -> QuoteGroupRecord {
    let mut documents: Vec<DocId> = group
        .members
        .iter()
        .map(|&member| listed[member].0)
        .collect();
    documents.dedup();
    QuoteGroupRecord {
        id: format!("G{}", number + 1),
        speaker: group.speaker.clone(),
        quotes: group
            .members
            .iter()
            .map(|member| format!("Q{}", member + 1))
            .collect(),
        documents: documents.len() as u64,
        altered: group.altered,
    }
}
