//! Lineage of every family, and of every document that stands alone.

use hashbrown::{HashMap, HashSet};
use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator,
};
use wirecopy_document::Document;
use wirecopy_document::page_metadata::{Field, Origin as StatementOrigin, Reliability, Statement};
use wirecopy_text::{ByteSpan, DocId};

use super::analyse::{AnalysedDocument, Role, is_boilerplate, spans_of};
use super::compare::AlignedPair;
use super::equal_bodies::{MOST_EQUAL_BODIES, first_alike};
use crate::family::Family;
use crate::isolation::{Failures, Step};
use wirecopy_document::date::Published;
use wirecopy_document::outlets;
use wirecopy_findings::SourceKind;
use wirecopy_lineage::provenance;
use wirecopy_lineage::provenance::{ProvenanceCue, SourceText, same_outlet};
use wirecopy_lineage::{
    CopyEdge, FamilyPair, FullNames, Lineage, LineageOptions, MIN_CREDIT, MemberFacts, Origin,
    Source, Undetermined, infer, is_own, stated,
};

/// The lineage of the whole run. Sources of one name are one source; edges and open pairs are in
/// working order (see `scan::arrange`).
#[derive(Default)]
pub(super) struct LineageResult {
    pub(super) sources: Vec<Source>,
    pub(super) edges: Vec<CopyEdge>,
    pub(super) undetermined: Vec<Undetermined>,
    pub(super) told: ToldOrigins,
}

/// What lineage reads from one document.
struct Member<'c> {
    id: DocId,
    cues: &'c [ProvenanceCue],
    chrome: Vec<ByteSpan>,
}

/// Infers the lineage of all `families` and of the documents outside them. O(pairs) over workers.
pub(super) fn trace(
    documents: &[AnalysedDocument],
    families: &[Family],
    pairs: &[AlignedPair],
    (options, failures): (&LineageOptions, &Failures),
) -> LineageResult {
    let groups = groups(documents, families);
    let pairs_of = pairs_by_group(&groups, documents.len(), pairs);
    let reading = Reading {
        documents,
        told: ToldOrigins::read(documents, failures),
    };
    let lineages: Vec<Lineage> = groups
        .par_iter()
        .zip(&pairs_of)
        .map(|(members, pairs)| {
            let infer = || {
                let texts = members
                    .iter()
                    .map(|id| documents[id.index()].document.text.as_str());
                failures.isolation().trip(Step::Lineage, texts);
                infer_family(&reading, members, pairs, options)
            };
            let inferred = failures.item(Step::Lineage, members, infer);
            inferred.unwrap_or_default()
        })
        .collect();
    LineageResult {
        told: reading.told,
        ..join(lineages)
    }
}

/// All documents, and what each says of its origin.
struct Reading<'d> {
    documents: &'d [AnalysedDocument],
    told: ToldOrigins,
}

/// What the documents of a run say of their origin; documents that are alike share it.
#[derive(Default)]
pub(super) struct ToldOrigins {
    /// By document; none where an earlier one says the same, and where reading it panicked.
    told: Vec<Option<ToldOrigin>>,
    /// For each document, the first that says the same.
    like: Vec<usize>,
}

/// What one document says of its origin.
pub(super) struct ToldOrigin {
    /// What names another outlet.
    cues: Vec<ProvenanceCue>,
    /// What names the outlet itself: no source.
    own: Vec<ProvenanceCue>,
}

/// What a document says of which nothing could be read.
static NOTHING_TOLD: ToldOrigin = ToldOrigin {
    cues: Vec::new(),
    own: Vec::new(),
};

impl ToldOrigins {
    /// Reads all `documents`; abbreviations of agencies are spelled out where the run spells them. O(bytes).
    fn read(documents: &[AnalysedDocument], failures: &Failures) -> Self {
        let key = |number: usize| {
            let analysed = &documents[number];
            (analysed.body.key, &analysed.document.url, outlet(analysed))
        };
        let same = |one: usize, number: usize| say_the_same(&documents[one], &documents[number]);
        let like = first_alike(documents.len(), key, same);
        let read = |number: usize| {
            let analysed = &documents[number];
            let read = || {
                let isolation = failures.isolation();
                isolation.trip(Step::Provenance, [analysed.document.text.as_str()]);
                ToldOrigin::read(analysed)
            };
            failures.item(Step::Provenance, &[DocId::new(number)], read)
        };
        let of_first = |number: usize| (like[number] == number).then(|| read(number)).flatten();
        let numbers = (0..documents.len()).into_par_iter();
        let mut told: Vec<Option<ToldOrigin>> = numbers.map(of_first).collect();
        // Where reading the first of them panicked, each of the others is to be named, too.
        let is_lost = |&n: &usize| like[n] != n && told[like[n]].is_none();
        let lost: Vec<usize> = (0..documents.len()).filter(is_lost).collect();
        for number in lost {
            told[number] = read(number);
        }
        spell_out(&mut told, documents);
        Self { told, like }
    }

    /// What the document says.
    pub(super) fn of(&self, id: DocId) -> &ToldOrigin {
        let own = self.told[id.index()].as_ref();
        let of_first = || self.told[self.like[id.index()]].as_ref();
        own.or_else(of_first).unwrap_or(&NOTHING_TOLD)
    }
}

/// Gives agencies that are named by their initials the full names that others give, or that a text spells out.
fn spell_out(told: &mut [Option<ToldOrigin>], documents: &[AnalysedDocument]) {
    let mut names = FullNames::default();
    for (told, analysed) in told.iter().zip(documents) {
        if let Some(told) = told {
            told.cues.iter().for_each(|cue| names.add(&cue.name));
            names.add_spelled(&analysed.document.text);
        }
    }
    let cues = told.iter_mut().flatten().flat_map(|told| &mut told.cues);
    for cue in cues {
        if let Some(full) = names.of(&cue.name) {
            full.clone_into(&mut cue.name);
        }
    }
}

impl ToldOrigin {
    fn read(analysed: &AnalysedDocument) -> Self {
        let document = &analysed.document;
        let mut cues = provenance::read(&source_text(analysed));
        let own = own_names(analysed);
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let mut statements = document.statements.clone();
        statements.extend(authors(document));
        cues.extend(stated(&statements, &own));
        let is_own = |cue: &ProvenanceCue| is_own(&cue.name, own.iter().copied());
        let (own, cues) = cues.into_iter().partition(is_own);
        Self { cues, own }
    }

    /// What a credit that is marked at `span` names: `names:Reuters`, `names:own outlet`, or `names:no outlet` where it is
    /// about people or versions, or not strong enough to name a source.
    pub(super) fn credit_names(&self, span: ByteSpan) -> String {
        let telling = |cue: &&ProvenanceCue| {
            cue.weight >= MIN_CREDIT && cue.span.start < span.end && cue.span.end > span.start
        };
        if let Some(cue) = self.cues.iter().find(telling) {
            format!("names:{}", cue.name)
        } else if self.own.iter().any(|cue| telling(&cue)) {
            "names:own outlet".to_owned()
        } else {
            "names:no outlet".to_owned()
        }
    }
}

/// Whether all that [`ToldOrigin`] looks at is the same in both.
fn say_the_same(one: &AnalysedDocument, other: &AnalysedDocument) -> bool {
    let (a, b) = (&one.document, &other.document);
    a.text == b.text
        && a.url == b.url
        && a.source == b.source
        && one.site == other.site
        && a.statements == b.statements
        && a.authors == b.authors
}

/// Members of each family, and each other document by itself; by first member. Groups of archived documents alone are
/// not reported on.
fn groups(documents: &[AnalysedDocument], families: &[Family]) -> Vec<Vec<DocId>> {
    let count = documents.len();
    let mut alone = vec![true; count];
    let mut groups: Vec<Vec<DocId>> = families
        .iter()
        .map(|family| family.members.clone())
        .collect();
    groups
        .iter()
        .flatten()
        .for_each(|id| alone[id.index()] = false);
    groups.extend(
        (0..count)
            .filter(|&n| alone[n])
            .map(|n| vec![DocId::new(n)]),
    );
    let reported = |id: &DocId| documents[id.index()].role == Role::Reported;
    groups.retain(|group| group.iter().any(reported));
    groups.sort_by_key(|group| group[0]);
    groups
}

fn pairs_by_group<'p>(
    groups: &[Vec<DocId>],
    count: usize,
    pairs: &'p [AlignedPair],
) -> Vec<Vec<&'p AlignedPair>> {
    let mut group_of = vec![None; count];
    for (group, members) in groups.iter().enumerate() {
        members
            .iter()
            .for_each(|id| group_of[id.index()] = Some(group));
    }
    let mut out: Vec<Vec<&AlignedPair>> = vec![Vec::new(); groups.len()];
    for pair in pairs {
        let ends = [pair.a, pair.b].map(|id| group_of[id.index()]);
        if let [Some(group), Some(other)] = ends
            && group == other
        {
            out[group].push(pair);
        }
    }
    out
}

/// The lineage of a family. Of very many members with equal bodies the first takes part for all, and each of the others is
/// tied to it by what those two alone tell. O(members + pairs) beside [`infer`] of the members that take part.
fn infer_family(
    reading: &Reading<'_>,
    ids: &[DocId],
    pairs: &[&AlignedPair],
    options: &LineageOptions,
) -> Lineage {
    let mut heads = heads(reading.documents, ids);
    let tied: HashSet<DocId> = pairs
        .iter()
        .filter(|pair| heads.get(&pair.b) == Some(&pair.a))
        .map(|pair| pair.b)
        .collect();
    heads.retain(|id, _| tied.contains(id));
    if heads.is_empty() {
        return infer_group(reading, ids, pairs, options);
    }
    let head = |id: DocId| heads.get(&id).copied();
    let kept: Vec<DocId> = ids
        .iter()
        .copied()
        .filter(|&id| head(id).is_none())
        .collect();
    let (spokes, inner): (Vec<&AlignedPair>, Vec<&AlignedPair>) = pairs
        .iter()
        .partition(|pair| head(pair.a).is_some() || head(pair.b).is_some());
    let mut lineage = infer_group(reading, &kept, &inner, options);
    let ties: Vec<&AlignedPair> = spokes
        .into_iter()
        .filter(|pair| head(pair.b) == Some(pair.a))
        .collect();
    let like = alike(reading, &ties);
    let firsts = like.par_iter().enumerate().map(|(number, &first)| {
        let is_first = first == number;
        is_first.then(|| tie(reading, ties[number], options))
    });
    let firsts: Vec<Option<Lineage>> = firsts.collect();
    for (pair, &first) in ties.iter().zip(&like) {
        let tied = firsts[first].clone().unwrap_or_default();
        let tied = tied.of_twin(ties[first].b, pair.b);
        lineage.edges.extend(tied.edges);
        lineage.undetermined.extend(tied.undetermined);
    }
    lineage
}

/// For each of `ties`, the first with the same head whose second document is the same to lineage in everything but its number.
/// O(ties).
fn alike(reading: &Reading<'_>, ties: &[&AlignedPair]) -> Vec<usize> {
    let document = |number: usize| &reading.documents[ties[number].b.index()];
    let told = |number: usize| reading.told.like[ties[number].b.index()];
    let key = |number: usize| {
        let record = &document(number).document;
        (
            ties[number].a,
            record.url.as_deref(),
            outlet(document(number)),
        )
    };
    first_alike(ties.len(), key, |one, number| {
        let (a, b) = (document(one), document(number));
        a.has_equal_text(b)
            && a.published == b.published
            && a.blocks == b.blocks
            && told(one) == told(number)
    })
}

/// For each member of a body that more than [`MOST_EQUAL_BODIES`] members have: the first that has it, itself for that. The
/// earliest of them is left out: it takes part itself.
fn heads(documents: &[AnalysedDocument], ids: &[DocId]) -> HashMap<DocId, DocId> {
    let body = |id: DocId| &documents[id.index()].body;
    let mut members: HashMap<[u64; 2], Vec<DocId>> = HashMap::new();
    for &id in ids.iter().filter(|&&id| body(id).tokens > 0) {
        members.entry(body(id).key).or_default().push(id);
    }
    let mut heads = HashMap::new();
    let out_by = |id: &DocId| documents[id.index()].published.map(Published::out_by);
    let earliest: HashSet<DocId> = members
        .values()
        .filter_map(|equal| {
            equal
                .iter()
                .filter(|id| out_by(id).is_some())
                .min_by_key(|id| out_by(id))
        })
        .copied()
        .collect();
    for &id in ids.iter().filter(|id| !earliest.contains(*id)) {
        let equal = members.get(&body(id).key).map_or(&[][..], Vec::as_slice);
        if let Some(&head) = equal.first().filter(|_| equal.len() > MOST_EQUAL_BODIES) {
            heads.insert(id, head);
        }
    }
    heads
}

/// How the second document of a pair of equal bodies is tied to the first, which stands for others as well: as its copy,
/// or with the direction open. What the first took from elsewhere is inferred with its family.
fn tie(reading: &Reading<'_>, pair: &AlignedPair, options: &LineageOptions) -> Lineage {
    let mut tied = infer_group(reading, &[pair.a, pair.b], &[pair], options);
    let reversed = tied.edges.iter().find(|edge| edge.to == pair.a);
    let open = reversed.and_then(|edge| {
        (edge.from == Origin::Article(pair.b)).then_some(Undetermined {
            a: pair.a,
            b: pair.b,
            copy_probability: edge.probability,
            a_to_b: 1.0 - edge.direction_probability,
        })
    });
    tied.undetermined.extend(open);
    let from_head = Origin::Article(pair.a);
    tied.edges
        .retain(|edge| edge.to == pair.b && edge.from == from_head);
    tied
}

fn infer_group(
    reading: &Reading<'_>,
    ids: &[DocId],
    pairs: &[&AlignedPair],
    options: &LineageOptions,
) -> Lineage {
    let documents = reading.documents;
    let members: Vec<Member<'_>> = ids
        .iter()
        .map(|&id| Member {
            id,
            cues: &reading.told.of(id).cues,
            chrome: spans_of(&documents[id.index()].blocks, is_boilerplate),
        })
        .collect();
    let facts: Vec<MemberFacts<'_>> = members
        .iter()
        .map(|member| facts(member, &documents[member.id.index()]))
        .collect();
    let place = |id: DocId| {
        ids.binary_search(&id)
            .expect("a pair of a family has its members")
    };
    let pairs: Vec<FamilyPair<'_>> = pairs
        .iter()
        .map(|pair| FamilyPair {
            a: place(pair.a),
            b: place(pair.b),
            relation: pair.relation,
            alignment: &pair.alignment,
        })
        .collect();
    infer(&facts, &pairs, options)
}

fn source_text(analysed: &AnalysedDocument) -> SourceText<'_> {
    let document = &analysed.document;
    SourceText {
        text: &document.text,
        url: document.url.as_deref(),
        outlet: document.source.as_deref().or(analysed.site.as_deref()),
    }
}

/// What the document's own outlet is called: by the record, by its address, by the page.
fn own_names(analysed: &AnalysedDocument) -> Vec<String> {
    let document = &analysed.document;
    let named = [document.source.as_ref(), analysed.site.as_ref()];
    let addressed = document.url.as_deref().and_then(outlets::of_address);
    let stated = document.statements.iter().filter(|statement| {
        let own = matches!(statement.subject, Field::Site | Field::Publisher);
        own && statement.trust > Reliability::Low
    });
    let stated = stated.map(|statement| statement.value.clone());
    let mut names: Vec<String> = named.into_iter().flatten().cloned().collect();
    names.extend(addressed);
    names.extend(stated);
    names
}

/// The authors of a record, as a page would state them.
fn authors(document: &Document) -> impl Iterator<Item = Statement> {
    let stated = |author: &String| Statement {
        subject: Field::Author,
        value: author.clone(),
        origin: StatementOrigin::Meta,
        trust: Reliability::Medium,
    };
    document.authors.iter().map(stated)
}

/// Publisher or site, as the record names it, else as its address does.
fn outlet(analysed: &AnalysedDocument) -> Option<&str> {
    let source = analysed.document.source.as_deref();
    source.or(analysed.site.as_deref())
}

/// Whether one outlet published both documents: they have one site, or names that mean one outlet.
pub(super) fn of_one_outlet([a, b]: [&AnalysedDocument; 2]) -> bool {
    let same_site = a.site.is_some() && a.site == b.site;
    same_site || matches!((outlet(a), outlet(b)), (Some(a), Some(b)) if same_outlet(a, b))
}

fn facts<'a>(member: &'a Member<'_>, analysed: &'a AnalysedDocument) -> MemberFacts<'a> {
    MemberFacts {
        id: member.id,
        text: &analysed.document.text,
        body: &analysed.body.spans,
        quotes: &analysed.body.quoted,
        chrome: &member.chrome,
        outlet: outlet(analysed),
        url: analysed.document.url.as_deref(),
        published: analysed.published,
        cues: member.cues,
    }
}

/// Numbers the sources of all groups in one list. A named source is one source wherever it is named; an inferred one
/// belongs to its family.
fn join(lineages: Vec<Lineage>) -> LineageResult {
    let mut traced = LineageResult::default();
    let mut named: HashMap<String, usize> = HashMap::new();
    for lineage in lineages {
        let mut place = |source: Source| {
            let next = traced.sources.len();
            let place = match (&source.name, source.kind) {
                (Some(name), SourceKind::Named) => *named.entry(name.clone()).or_insert(next),
                _ => next,
            };
            if place == next {
                traced.sources.push(source);
            }
            place
        };
        let places: Vec<usize> = lineage.sources.into_iter().map(&mut place).collect();
        traced
            .edges
            .extend(lineage.edges.into_iter().map(|mut edge| {
                if let Origin::Source(number) = edge.from {
                    edge.from = Origin::Source(places[number]);
                }
                edge
            }));
        traced.undetermined.extend(lineage.undetermined);
    }
    traced.edges.sort_by_key(|edge| edge.to);
    traced.undetermined.sort_by_key(|pair| (pair.a, pair.b));
    traced
}
