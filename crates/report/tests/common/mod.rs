//! An invented newsroom: five articles and everything that a run could say about them.

#![allow(
    clippy::too_many_arguments,
    reason = "records are written out as the tables they are"
)]
#![allow(
    clippy::unwrap_used,
    reason = "a sample that cannot be built is a failed test"
)]

use std::collections::BTreeMap;

use wirecopy_findings::{
    BoilerplateClass, BoilerplateRecord, BoilerplateType, CueRecord, DocumentRecord, EdgeRecord,
    EdgeRelation, EditKindName, EditRecord, ErrorRecord, EvidenceRecord, FamilyRecord, Findings,
    LineageRecord, Occurrence, PairRecord, PassageGroupRecord, PassageKindName, PassageRecord,
    QuoteFormName, QuoteGroupRecord, QuoteRecord, Relation, SCHEMA, SiteRecord, SourceKind,
    SourceRecord, Span, Summary, UndeterminedRecord,
};

pub(crate) const WIRE: &str = "wire/lighthouse.txt";
pub(crate) const REPRINT: &str = "gazette/lighthouse-fund.txt";
pub(crate) const SCRAPE: &str = "scraper.example/beacon-money.txt";
pub(crate) const RIVAL: &str = "herald/keepers.txt";
pub(crate) const SPUN: &str = "spinner.example/pharos-cash.txt";

const WIRE_TEXT: &str = "Island council finds money for the Grey Point lighthouse

CULLEN BAY (Northfleet News) — The island council voted on Monday to spend 1.2 million marks on the \
lighthouse at Grey Point, whose lamp has been dark since the autumn storms.

“A coast without a light is a coast without a memory,” said Orla Fenwick, who leads the council. “We will \
not be the ones who forgot to pay the bill.”

The vote passed by nine to four. Repairs are to begin in March and to last until the herring fleet returns.

Opponents said that the island's school roof should have come first.
";

const REPRINT_TEXT: &str = "Grey Point to shine again

The island council voted on Monday night to spend 1.2 million marks on the lighthouse at Grey Point, whose \
lamp has been dark since last autumn's storms.

The vote passed by nine to four. Repairs should begin in March and last until the herring fleet returns.

“A coast without a light is a coast without memory,” said Orla Fenwick, who leads the council. “We will \
not be the ones who forgot to pay the bill.”

Source: Northfleet News
";

const SCRAPE_TEXT: &str = "Home | Islands | Sport | Subscribe to our newsletter!
Grey Point to shine again

The island council voted on Monday night to spend 1.2 million marks on the lighthouse at Grey Point, whose \
lamp has been dark since last autumn's storms.

The vote passed by nine to four. Repairs should begin in Mar
Sourced From: www.gazette.example/lighthouse-fund
";

const RIVAL_TEXT: &str = "The keepers who never left

On the quay at Cullen Bay nobody talks of anything else this week. Ten old men who once kept the lamp came \
to the gallery and sat through four hours of budget lines.

They stood up only once, when Orla Fenwick spoke. “A coast without a light is a coast without a memory,” \
she said, and one of them took off his cap.
";

const SPUN_TEXT: &str = "Isle board discovers cash for Grey Point beacon

The isle board balloted on Monday to expend 1.2 million marks on the beacon at Grey Point, whose bulb has \
been black since the fall gales.

Foes stated that the isle's school top ought to have arrived first.
";

/// The texts by id.
pub(crate) fn texts() -> BTreeMap<String, String> {
    let all = [
        (WIRE, WIRE_TEXT),
        (REPRINT, REPRINT_TEXT),
        (SCRAPE, SCRAPE_TEXT),
        (RIVAL, RIVAL_TEXT),
        (SPUN, SPUN_TEXT),
    ];
    all.map(|(id, text)| (id.to_owned(), text.to_owned()))
        .into()
}

/// Where `words` stand in a document.
pub(crate) fn span(document: &str, words: &str) -> Span {
    let text = &texts()[document];
    let start = text
        .find(words)
        .unwrap_or_else(|| panic!("{document} has no {words:?}"));
    Span {
        start: u32::try_from(start).unwrap(),
        end: u32::try_from(start + words.len()).unwrap(),
    }
}

/// From the first words to the last.
fn stretch(document: &str, first: &str, last: &str) -> Span {
    Span {
        start: span(document, first).start,
        end: span(document, last).end,
    }
}

fn document(id: &str, site: &str, published: Option<&str>, family: Option<&str>) -> DocumentRecord {
    let text = &texts()[id];
    DocumentRecord {
        id: id.into(),
        path: Some(id.into()),
        title: text
            .lines()
            .find(|l| !l.is_empty() && !l.contains('|'))
            .map(Into::into),
        url: Some(format!("https://{site}/{}", id.rsplit('/').next().unwrap())),
        site: Some(site.into()),
        published: published.map(Into::into),
        language: Some("en".into()),
        encoding: "utf-8".into(),
        bytes: text.len() as u64,
        words: text.split_whitespace().count() as u64,
        family: family.map(Into::into),
        ..DocumentRecord::default()
    }
}

fn passage(a: Span, b: Span, kind: PassageKindName, identity: f64, quoted: f64) -> PassageRecord {
    let score = f64::from(a.end - a.start) / 4.0;
    PassageRecord {
        a,
        b,
        kind,
        identity,
        score,
        quoted,
        edits: None,
    }
}

fn pair(
    a: &str,
    b: &str,
    relation: Relation,
    aligned: (f64, f64),
    passages: Vec<PassageRecord>,
) -> PairRecord {
    PairRecord {
        a: a.into(),
        b: b.into(),
        relation,
        same_outlet: false,
        whole: (relation == Relation::Contains).then(|| a.into()),
        similarity: 0.61,
        containment_a: 0.7,
        containment_b: 0.83,
        aligned_a: aligned.0,
        aligned_b: aligned.1,
        passages,
    }
}

const LEAD: (&str, &str) = ("The island council", "storms.");
const UTTERANCE: &str = "A coast without a light is a coast without a memory,";

/// The edits of the wire's quotation paragraph against the reprint's: one word cut.
fn quotation_edits() -> Vec<EditRecord> {
    let edit = |kind, a, b| EditRecord { kind, a, b };
    let b_at = span(REPRINT, "memory,").start;
    vec![
        edit(
            EditKindName::Kept,
            span(WIRE, "A coast without a light is a coast without"),
            span(REPRINT, "A coast without a light is a coast without"),
        ),
        edit(
            EditKindName::Cut,
            Span {
                start: span(WIRE, "a memory").start,
                end: span(WIRE, "a memory").start + 1,
            },
            Span {
                start: b_at,
                end: b_at,
            },
        ),
        edit(
            EditKindName::Kept,
            stretch(WIRE, "memory,” said", "pay the bill"),
            stretch(REPRINT, "memory,” said", "pay the bill"),
        ),
    ]
}

fn pairs() -> Vec<PairRecord> {
    use PassageKindName::{Exact, Near, Reworded};
    let lead = |id| stretch(id, LEAD.0, LEAD.1);
    let vote = |id| stretch(id, "The vote passed", "fleet returns.");
    let bill = "We will not be the ones who forgot to pay the bill.”";
    let quotation = |id| stretch(id, "“A coast", bill);
    let mut varied = passage(quotation(WIRE), quotation(REPRINT), Near, 0.97, 0.8);
    varied.edits = Some(quotation_edits());
    let near = vec![
        passage(lead(WIRE), lead(REPRINT), Near, 0.88, 0.0),
        varied,
        passage(vote(WIRE), vote(REPRINT), Near, 0.9, 0.0),
    ];
    let cut = passage(
        stretch(REPRINT, "Grey Point to shine", "begin in Mar"),
        stretch(SCRAPE, "Grey Point to shine", "begin in Mar"),
        Exact,
        1.0,
        0.0,
    );
    let spun = vec![
        passage(
            span(
                WIRE,
                "Island council finds money for the Grey Point lighthouse",
            ),
            span(SPUN, "Isle board discovers cash for Grey Point beacon"),
            Reworded,
            0.3,
            0.0,
        ),
        passage(
            lead(WIRE),
            stretch(SPUN, "The isle board", "gales."),
            Reworded,
            0.52,
            0.0,
        ),
        passage(
            stretch(WIRE, "Opponents", "first."),
            stretch(SPUN, "Foes stated", "first."),
            Reworded,
            0.45,
            0.0,
        ),
    ];
    let said = passage(
        span(WIRE, UTTERANCE),
        span(RIVAL, UTTERANCE),
        Exact,
        1.0,
        1.0,
    );
    vec![
        pair(WIRE, REPRINT, Relation::NearDuplicate, (0.78, 0.93), near),
        pair(WIRE, SPUN, Relation::SharesPassages, (0.4, 0.81), spun),
        pair(WIRE, RIVAL, Relation::SharesQuotes, (0.1, 0.14), vec![said]),
        pair(REPRINT, SCRAPE, Relation::Contains, (0.46, 1.0), vec![cut]),
    ]
}

fn quote(id: &str, document: &str, words: &str, group: Option<&str>) -> QuoteRecord {
    let at = span(document, words);
    QuoteRecord {
        id: id.into(),
        document: document.into(),
        start: at.start,
        end: at.end,
        text: words.into(),
        form: QuoteFormName::Speech,
        speaker: Some("Orla Fenwick".into()),
        relayed_by: None,
        group: group.map(Into::into),
        mention: Some(span(document, "Orla Fenwick")),
        cue: None,
    }
}

fn quotes() -> Vec<QuoteRecord> {
    let bill = "We will not be the ones who forgot to pay the bill.";
    vec![
        quote("Q1", WIRE, UTTERANCE, Some("G1")),
        quote("Q2", WIRE, bill, Some("G2")),
        quote(
            "Q3",
            REPRINT,
            "A coast without a light is a coast without memory,",
            Some("G1"),
        ),
        quote("Q4", REPRINT, bill, Some("G2")),
        quote("Q5", RIVAL, UTTERANCE, Some("G1")),
    ]
}

fn block(
    document: &str,
    words: &str,
    kind: BoilerplateType,
    class: BoilerplateClass,
) -> BoilerplateRecord {
    let at = span(document, words);
    let evidence = [CueRecord {
        cue: "lexicon:boilerplate".into(),
        weight: 3.1,
    }]
    .into();
    BoilerplateRecord {
        document: document.into(),
        start: at.start,
        end: at.end,
        kind,
        class,
        probability: 0.99,
        evidence,
    }
}

fn boilerplate() -> Vec<BoilerplateRecord> {
    let menu = "Home | Islands | Sport | Subscribe to our newsletter!";
    vec![
        block(
            REPRINT,
            "Source: Northfleet News",
            BoilerplateType::SourceLine,
            BoilerplateClass::Provenance,
        ),
        block(
            SCRAPE,
            menu,
            BoilerplateType::NavMenu,
            BoilerplateClass::Chrome,
        ),
        block(
            SCRAPE,
            "Sourced From: www.gazette.example/lighthouse-fund",
            BoilerplateType::SourceLine,
            BoilerplateClass::Provenance,
        ),
    ]
}

fn evidence(cue: &str, document: &str, words: &str, weight: f64) -> EvidenceRecord {
    let at = span(document, words);
    EvidenceRecord {
        cue: cue.into(),
        document: document.into(),
        start: at.start,
        end: at.end,
        text: words.into(),
        weight,
    }
}

fn edge(
    from: &str,
    to: &str,
    relation: EdgeRelation,
    share: Option<f64>,
    clue: EvidenceRecord,
) -> EdgeRecord {
    EdgeRecord {
        from: from.into(),
        to: to.into(),
        relation,
        probability: 0.97,
        direction_probability: 0.98,
        share,
        evidence: vec![clue],
    }
}

fn lineage() -> LineageRecord {
    let dateline = evidence("dateline", WIRE, "CULLEN BAY (Northfleet News)", 4.2);
    let credit = evidence("source_line", REPRINT, "Source: Northfleet News", 2.9);
    let address = evidence(
        "source_line",
        SCRAPE,
        "Sourced From: www.gazette.example/lighthouse-fund",
        5.4,
    );
    let mut spun = edge(
        WIRE,
        SPUN,
        EdgeRelation::Rewrite,
        Some(0.81),
        evidence("odd_synonym", SPUN, "balloted on Monday to expend", 1.8),
    );
    spun.direction_probability = 0.84;
    LineageRecord {
        sources: vec![SourceRecord {
            id: "S1".into(),
            name: Some("Northfleet News".into()),
            kind: SourceKind::Named,
        }],
        edges: vec![
            edge("S1", WIRE, EdgeRelation::Verbatim, None, dateline),
            edge(WIRE, REPRINT, EdgeRelation::LightEdit, Some(0.93), credit),
            edge(REPRINT, SCRAPE, EdgeRelation::Verbatim, Some(1.0), address),
            spun,
        ],
        undetermined: vec![UndeterminedRecord {
            a: SCRAPE.into(),
            b: SPUN.into(),
            copy_probability: 0.71,
            a_to_b: 0.45,
        }],
    }
}

fn site(site: &str, documents: u64, copied: u64, boilerplate_share: f64) -> SiteRecord {
    SiteRecord {
        site: site.into(),
        documents,
        originated: documents - copied,
        copied,
        boilerplate_share,
    }
}

/// What a run could say about the five articles.
pub(crate) fn findings() -> Findings {
    let family = Some("F1");
    let occurrences = [WIRE, RIVAL].map(|id| {
        let at = span(id, UTTERANCE);
        Occurrence {
            document: id.into(),
            start: at.start,
            end: at.end,
        }
    });
    Findings {
        schema: SCHEMA.into(),
        options: serde_json::Map::new(),
        summary: Summary {
            documents: 5,
            families: 1,
            pairs: 4,
            quotes: 5,
            boilerplate_bytes: 126,
            errors: 2,
        },
        documents: vec![
            document(
                WIRE,
                "northfleet.example",
                Some("2024-02-05T18:00:00Z"),
                family,
            ),
            document(REPRINT, "gazette.example", Some("2024-02-06"), family),
            document(SCRAPE, "scraper.example", None, family),
            document(RIVAL, "herald.example", Some("2024-02-06"), None),
            document(SPUN, "spinner.example", None, family),
        ],
        sites: vec![
            site("gazette.example", 1, 1, 0.05),
            site("herald.example", 1, 0, 0.0),
            site("scraper.example", 1, 1, 0.31),
        ],
        families: vec![FamilyRecord {
            id: "F1".into(),
            documents: [WIRE, REPRINT, SCRAPE, SPUN].map(String::from).into(),
            representative: WIRE.into(),
        }],
        pairs: pairs(),
        passage_groups: vec![PassageGroupRecord {
            id: "P1".into(),
            occurrences: occurrences.into(),
            truncated: false,
        }],
        quotes: quotes(),
        quote_groups: vec![
            QuoteGroupRecord {
                id: "G1".into(),
                speaker: Some("Orla Fenwick".into()),
                quotes: ["Q1", "Q3", "Q5"].map(String::from).into(),
                documents: 3,
                altered: true,
            },
            QuoteGroupRecord {
                id: "G2".into(),
                speaker: Some("Orla Fenwick".into()),
                quotes: ["Q2", "Q4"].map(String::from).into(),
                documents: 2,
                altered: false,
            },
        ],
        boilerplate: boilerplate(),
        lineage: lineage(),
        errors: vec![
            ErrorRecord {
                path: "inbox/broken.jsonl#17".into(),
                code: "invalid_json".into(),
                offset: Some(20_481),
                message: "The record ends inside a string.".into(),
            },
            ErrorRecord {
                path: "inbox/empty.txt".into(),
                code: "empty_document".into(),
                offset: None,
                message: "The file holds no word.".into(),
            },
        ],
    }
}

/// The findings on the first two documents, as `compare` gets them.
#[allow(dead_code, reason = "each test file is a crate of its own")]
pub(crate) fn two_documents(first: &str, second: &str) -> Findings {
    let mut found = findings();
    let mut both: Vec<DocumentRecord> = Vec::new();
    for id in [first, second] {
        both.extend(found.documents.iter().filter(|d| d.id == id).cloned());
    }
    found.documents = both;
    found
        .pairs
        .retain(|p| [&*p.a, &*p.b].iter().all(|id| [first, second].contains(id)));
    found
        .lineage
        .edges
        .retain(|e| [first, second].contains(&&*e.to) && e.from != "S1");
    found
}
