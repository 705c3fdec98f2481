//! Which names of `<meta>` elements and JSON-LD properties say what.

use wirecopy_document::page_metadata::{Field, Origin, Reliability};

use Field::{
    Address, Author, BasedOn, Credit, Language, Modified, Published, Publisher, Site, Title,
};

/// Names of `<meta>` elements and what they say: the Open Graph protocol, Dublin Core, and the conventions of Google
/// News, Parse.ly and Sailthru.
pub(super) const META: &[(&str, Field, Origin, Reliability)] = &[
    ("og:title", Title, Origin::OpenGraph, Reliability::High),
    ("twitter:title", Title, Origin::Meta, Reliability::Medium),
    ("dc.title", Title, Origin::Meta, Reliability::Medium),
    ("og:site_name", Site, Origin::OpenGraph, Reliability::High),
    ("application-name", Site, Origin::Meta, Reliability::Low),
    ("og:url", Address, Origin::OpenGraph, Reliability::Medium),
    (
        "og:locale",
        Language,
        Origin::OpenGraph,
        Reliability::Medium,
    ),
    ("content-language", Language, Origin::Meta, Reliability::Low),
    ("language", Language, Origin::Meta, Reliability::Low),
    ("dc.language", Language, Origin::Meta, Reliability::Low),
    (
        "article:published_time",
        Published,
        Origin::ArticleProperty,
        Reliability::High,
    ),
    (
        "article:modified_time",
        Modified,
        Origin::ArticleProperty,
        Reliability::High,
    ),
    (
        "og:published_time",
        Published,
        Origin::OpenGraph,
        Reliability::High,
    ),
    (
        "og:updated_time",
        Modified,
        Origin::OpenGraph,
        Reliability::Medium,
    ),
    (
        "datepublished",
        Published,
        Origin::Microdata,
        Reliability::High,
    ),
    (
        "datemodified",
        Modified,
        Origin::Microdata,
        Reliability::High,
    ),
    (
        "parsely-pub-date",
        Published,
        Origin::Meta,
        Reliability::High,
    ),
    (
        "sailthru.date",
        Published,
        Origin::Meta,
        Reliability::Medium,
    ),
    ("date", Published, Origin::Meta, Reliability::Medium),
    ("dc.date", Published, Origin::Meta, Reliability::Medium),
    (
        "dc.date.issued",
        Published,
        Origin::Meta,
        Reliability::Medium,
    ),
    (
        "dcterms.created",
        Published,
        Origin::Meta,
        Reliability::Medium,
    ),
    ("pubdate", Published, Origin::Meta, Reliability::Medium),
    ("publish-date", Published, Origin::Meta, Reliability::Medium),
    (
        "citation_publication_date",
        Published,
        Origin::Meta,
        Reliability::Medium,
    ),
    ("last-modified", Modified, Origin::Meta, Reliability::Medium),
    (
        "dcterms.modified",
        Modified,
        Origin::Meta,
        Reliability::Medium,
    ),
    (
        "article:author",
        Author,
        Origin::ArticleProperty,
        Reliability::Medium,
    ),
    ("author", Author, Origin::Meta, Reliability::Medium),
    ("byl", Author, Origin::Meta, Reliability::Medium),
    ("dc.creator", Author, Origin::Meta, Reliability::Medium),
    ("parsely-author", Author, Origin::Meta, Reliability::Medium),
    ("sailthru.author", Author, Origin::Meta, Reliability::Medium),
    (
        "article:publisher",
        Publisher,
        Origin::ArticleProperty,
        Reliability::Medium,
    ),
    ("dc.publisher", Publisher, Origin::Meta, Reliability::Medium),
    (
        "original-source",
        BasedOn,
        Origin::SyndicationTag,
        Reliability::High,
    ),
    (
        "syndication-source",
        BasedOn,
        Origin::SyndicationTag,
        Reliability::High,
    ),
    ("copyright", Credit, Origin::Meta, Reliability::Medium),
];

/// Properties of schema.org articles.
pub(super) const JSON_LD: &[(&str, Field)] = &[
    ("headline", Title),
    ("author", Author),
    ("creator", Author),
    ("datePublished", Published),
    ("dateModified", Modified),
    ("publisher", Publisher),
    ("url", Address),
    ("inLanguage", Language),
    ("isBasedOn", BasedOn),
    ("isBasedOnUrl", BasedOn),
    ("sourceOrganization", Credit),
    ("provider", Credit),
    ("copyrightHolder", Credit),
    ("creditText", Credit),
];
