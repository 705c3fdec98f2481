//! Third pass: boilerplate counted over the corpus by story and by site, and what that changes.

use std::sync::Arc;

use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefMutIterator, ParallelIterator,
};
use wirecopy_core::align::PairAlignment;
use wirecopy_text::DocId;

use super::analyse::{AnalysedDocument, Analyser, Blocks, Body};
use super::compare::{AlignedPair, PairAligner, overlap_of_bodies};
use super::equal_bodies::first_alike;
use super::recurring_background;
use super::recurring_background::shares_stock;
use crate::Stage;
use crate::family::{Family, MemberRank, PairRelation, families};
use crate::isolation::Step;
use wirecopy_boilerplate as boilerplate;
use wirecopy_boilerplate::{BoilerplateBlock, CorpusCounts, CorpusMember, Templates};
use wirecopy_findings::Relation;

/// Families as the relations of `pairs` have them.
pub(super) fn group<'p>(
    documents: &[AnalysedDocument],
    pairs: impl IntoIterator<Item = &'p AlignedPair>,
) -> Vec<Family> {
    let ranks: Vec<MemberRank> = documents
        .iter()
        .map(|d| MemberRank {
            body_tokens: d.body.tokens,
            published: d.published.map(|p| p.out_by()),
        })
        .collect();
    let relations: Vec<PairRelation> = pairs
        .into_iter()
        .map(|p| PairRelation {
            a: p.a,
            b: p.b,
            relation: p.relation,
        })
        .collect();
    families(&ranks, &relations)
}

/// The story of each document: the number of its family, or one of its own.
fn stories(count: usize, families: &[Family]) -> Vec<u32> {
    let mut story: Vec<u32> = (0..count)
        .map(|n| u32::try_from(n).expect("documents fit 32 bits"))
        .collect();
    for family in families {
        let first = story[family.members[0].index()];
        family
            .members
            .iter()
            .for_each(|id| story[id.index()] = first);
    }
    story
}

/// Marks boilerplate anew with the counts of the whole corpus, and aligns again where that changed a body. Gives the
/// pairs and what is known of the sites now.
pub(super) fn settle(
    analyser: &Analyser<'_>,
    pair_aligner: &PairAligner<'_>,
    documents: &mut [AnalysedDocument],
    pairs: Vec<AlignedPair>,
) -> (Vec<AlignedPair>, Templates) {
    analyser
        .observer
        .begin(Stage::Boilerplate, Some(documents.len() as u64));
    // Sites are inferred from lines that several stories share, and stories are told by pairs that one site's stock does not
    // make: at first, as far as the documents name their sites.
    let told: Vec<Option<String>> = documents.iter().map(|d| d.site.clone()).collect();
    let of_stories = pairs.iter().filter(|pair| !shares_stock(&told, pair));
    let story = stories(documents.len(), &group(documents, of_stories));
    let sites = sites(documents, told, &story);
    let (stock_pairs, story_pairs): (Vec<AlignedPair>, Vec<AlignedPair>) = pairs
        .into_iter()
        .partition(|pair| shares_stock(&sites, pair));
    let story = stories(documents.len(), &group(documents, &story_pairs));
    let stock = recurring_background::find(&stock_pairs, &story);
    let texts = documents.iter().map(|d| d.document.text.as_str());
    analyser.failures.isolation().trip(Step::Corpus, texts);
    let mut counts = count(documents, &story, &sites);
    if let Some(known) = analyser.templates {
        counts = counts.with(known);
    }
    let corpus = Corpus {
        documents,
        story: &story,
        sites: &sites,
        stock: &stock,
        counts: &counts,
    };
    let (like, marked) = corpus.mark_all(analyser);
    let take = |(number, (analysed, &first)): (usize, (&mut AnalysedDocument, &usize))| {
        analyser.observer.advance(1);
        let blocks = marked[number].as_ref().or(marked[first].as_ref())?;
        let take = || *blocks != analysed.blocks && remask(analyser, analysed, Arc::clone(blocks));
        let failures = analyser.failures;
        failures.item(Step::Boilerplate, &[DocId::new(number)], take)
    };
    let changed: Vec<bool> = documents
        .par_iter_mut()
        .zip(&like)
        .enumerate()
        .map(|each| take(each).unwrap_or(false))
        .collect();
    let mut settled = realign(pair_aligner, documents, story_pairs, &changed);
    let touched = |pair: &AlignedPair| changed[pair.a.index()] || changed[pair.b.index()];
    let (masked, whole): (Vec<AlignedPair>, Vec<AlignedPair>) =
        stock_pairs.into_iter().partition(touched);
    settled.extend(whole);
    settled.extend(without_stock(pair_aligner, documents, masked));
    settled.sort_by_key(|pair| (pair.a, pair.b));
    (settled, counts.into_templates())
}

/// What boilerplate is decided by, entry for entry of the documents.
struct Corpus<'c> {
    documents: &'c [AnalysedDocument],
    story: &'c [u32],
    sites: &'c [Option<String>],
    stock: &'c [Vec<BoilerplateBlock>],
    counts: &'c CorpusCounts,
}

impl Corpus<'_> {
    /// For each document, the first about which everything is the same that its boilerplate depends on. O(bytes).
    fn alike(&self) -> Vec<usize> {
        let key = |number: usize| {
            let analysed = &self.documents[number];
            (
                analysed.body.key,
                self.story[number],
                self.sites[number].as_deref(),
                analysed.document.title.as_deref(),
            )
        };
        let text = |number: usize| &self.documents[number].document.text;
        first_alike(self.documents.len(), key, |one, number| {
            text(one) == text(number) && self.stock[one] == self.stock[number]
        })
    }

    /// For each document, the first that is alike, and what boilerplate that one has; of the others, only where looking for the
    /// first one's panicked, so that each of them is named.
    fn mark_all(&self, analyser: &Analyser<'_>) -> (Vec<usize>, Vec<Option<Blocks>>) {
        let like = self.alike();
        let numbers = || (0..like.len()).into_par_iter();
        let of_first = |number: usize| {
            let is_first = like[number] == number;
            is_first.then(|| self.mark(analyser, number)).flatten()
        };
        let mut marked: Vec<Option<Blocks>> = numbers().map(of_first).collect();
        let lost: Vec<usize> = numbers().filter(|&n| marked[like[n]].is_none()).collect();
        for number in lost.into_iter().filter(|&n| like[n] != n) {
            marked[number] = self.mark(analyser, number);
        }
        (like, marked)
    }

    /// The boilerplate of one document; none where that panics.
    fn mark(&self, analyser: &Analyser<'_>, number: usize) -> Option<Blocks> {
        let analysed = &self.documents[number];
        let failures = analyser.failures;
        let mark = || {
            let text = analysed.document.text.as_str();
            failures.isolation().trip(Step::Boilerplate, [text]);
            let member = (self.story[number], self.sites[number].as_deref());
            let mut blocks = classify(analysed, member, self.counts);
            recurring_background::add(&mut blocks, &self.stock[number]);
            blocks.into()
        };
        failures.item(Step::Boilerplate, &[DocId::new(number)], mark)
    }
}

/// What pairs share beyond the stock that is masked now; where that is nothing, they share boilerplate.
fn without_stock(
    pair_aligner: &PairAligner<'_>,
    documents: &[AnalysedDocument],
    pairs: Vec<AlignedPair>,
) -> Vec<AlignedPair> {
    let ids: Vec<(DocId, DocId)> = pairs.iter().map(|pair| (pair.a, pair.b)).collect();
    let mut settled = pair_aligner.align(documents, &ids);
    let left: Vec<(DocId, DocId)> = settled.iter().map(|pair| (pair.a, pair.b)).collect();
    let gone = pairs
        .into_iter()
        .filter(|pair| left.binary_search(&(pair.a, pair.b)).is_err());
    settled.extend(gone.map(|pair| AlignedPair {
        alignment: PairAlignment::default(),
        overlap: overlap_of_bodies(&documents[pair.a.index()], &documents[pair.b.index()]),
        relation: Relation::SharesBoilerplate,
        ..pair
    }));
    settled
}

/// The site of each document: as it is `told`, else inferred from lines that it shares with other stories.
fn sites(
    documents: &[AnalysedDocument],
    told: Vec<Option<String>>,
    story: &[u32],
) -> Vec<Option<String>> {
    if told.iter().all(Option::is_some) {
        return told;
    }
    let inferred = boilerplate::infer_sites(&members(documents, story, &told));
    told.into_iter()
        .zip(inferred)
        .map(|(told, inferred)| told.or(inferred))
        .collect()
}

fn members<'a>(
    documents: &'a [AnalysedDocument],
    story: &[u32],
    sites: &'a [Option<String>],
) -> Vec<CorpusMember<'a>> {
    let member =
        |((document, &story), site): ((&'a AnalysedDocument, &u32), &'a Option<String>)| {
            CorpusMember {
                columns: &document.lines,
                story,
                site: site.as_deref(),
            }
        };
    documents.iter().zip(story).zip(sites).map(member).collect()
}

fn count(documents: &[AnalysedDocument], story: &[u32], sites: &[Option<String>]) -> CorpusCounts {
    CorpusCounts::build(&members(documents, story, sites))
}

fn classify(
    analysed: &AnalysedDocument,
    member: (u32, Option<&str>),
    counts: &CorpusCounts,
) -> Vec<BoilerplateBlock> {
    let document = &analysed.document;
    boilerplate::classify_in_corpus(&document.text, document.title.as_deref(), counts, member)
}

/// Takes the new blocks over; true when the body is another one now.
fn remask(analyser: &Analyser<'_>, analysed: &mut AnalysedDocument, blocks: Blocks) -> bool {
    let before: Body = std::mem::take(&mut analysed.body);
    let first = std::mem::replace(&mut analysed.blocks, blocks);
    analysed.first_blocks.get_or_insert(first);
    analyser.settle_body(analysed);
    before != analysed.body
}

fn realign(
    pair_aligner: &PairAligner<'_>,
    documents: &[AnalysedDocument],
    pairs: Vec<AlignedPair>,
    changed: &[bool],
) -> Vec<AlignedPair> {
    let touched = |id: DocId| changed[id.index()];
    let (again, mut settled): (Vec<AlignedPair>, Vec<AlignedPair>) = pairs
        .into_iter()
        .partition(|pair| touched(pair.a) || touched(pair.b));
    let again: Vec<(DocId, DocId)> = again.iter().map(|pair| (pair.a, pair.b)).collect();
    settled.extend(pair_aligner.align(documents, &again));
    settled
}
