//! Which names of `<meta>` elements and JSON-LD properties say what.

use wirecopy_document::statement::{Origin, Subject, Trust};

use Subject::{
    Address, Author, BasedOn, Credit, Language, Modified, Published, Publisher, Site, Title,
};

/// Names of `<meta>` elements and what they say: the Open Graph protocol, Dublin Core, and the conventions of Google
/// News, Parse.ly and Sailthru.
pub(super) const META: &[(&str, Subject, Origin, Trust)] = &[
    ("og:title", Title, Origin::OpenGraph, Trust::High),
    ("twitter:title", Title, Origin::Meta, Trust::Medium),
    ("dc.title", Title, Origin::Meta, Trust::Medium),
    ("og:site_name", Site, Origin::OpenGraph, Trust::High),
    ("application-name", Site, Origin::Meta, Trust::Low),
    ("og:url", Address, Origin::OpenGraph, Trust::Medium),
    ("og:locale", Language, Origin::OpenGraph, Trust::Medium),
    ("content-language", Language, Origin::Meta, Trust::Low),
    ("language", Language, Origin::Meta, Trust::Low),
    ("dc.language", Language, Origin::Meta, Trust::Low),
    (
        "article:published_time",
        Published,
        Origin::ArticleProperty,
        Trust::High,
    ),
    (
        "article:modified_time",
        Modified,
        Origin::ArticleProperty,
        Trust::High,
    ),
    (
        "og:published_time",
        Published,
        Origin::OpenGraph,
        Trust::High,
    ),
    (
        "og:updated_time",
        Modified,
        Origin::OpenGraph,
        Trust::Medium,
    ),
    ("datepublished", Published, Origin::Microdata, Trust::High),
    ("datemodified", Modified, Origin::Microdata, Trust::High),
    ("parsely-pub-date", Published, Origin::Meta, Trust::High),
    ("sailthru.date", Published, Origin::Meta, Trust::Medium),
    ("date", Published, Origin::Meta, Trust::Medium),
    ("dc.date", Published, Origin::Meta, Trust::Medium),
    ("dc.date.issued", Published, Origin::Meta, Trust::Medium),
    ("dcterms.created", Published, Origin::Meta, Trust::Medium),
    ("pubdate", Published, Origin::Meta, Trust::Medium),
    ("publish-date", Published, Origin::Meta, Trust::Medium),
    (
        "citation_publication_date",
        Published,
        Origin::Meta,
        Trust::Medium,
    ),
    ("last-modified", Modified, Origin::Meta, Trust::Medium),
    ("dcterms.modified", Modified, Origin::Meta, Trust::Medium),
    (
        "article:author",
        Author,
        Origin::ArticleProperty,
        Trust::Medium,
    ),
    ("author", Author, Origin::Meta, Trust::Medium),
    ("byl", Author, Origin::Meta, Trust::Medium),
    ("dc.creator", Author, Origin::Meta, Trust::Medium),
    ("parsely-author", Author, Origin::Meta, Trust::Medium),
    ("sailthru.author", Author, Origin::Meta, Trust::Medium),
    (
        "article:publisher",
        Publisher,
        Origin::ArticleProperty,
        Trust::Medium,
    ),
    ("dc.publisher", Publisher, Origin::Meta, Trust::Medium),
    (
        "original-source",
        BasedOn,
        Origin::SyndicationTag,
        Trust::High,
    ),
    (
        "syndication-source",
        BasedOn,
        Origin::SyndicationTag,
        Trust::High,
    ),
    ("copyright", Credit, Origin::Meta, Trust::Medium),
];

/// Properties of schema.org articles.
pub(super) const JSON_LD: &[(&str, Subject)] = &[
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
