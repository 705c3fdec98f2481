//! What a page says about itself outside its text, each value with where it stood and how far to trust it.
//!
//! The reader of pages fills [`Statement`]s in; findings list them, and lineage reads the names of sources from them.

/// What a page's statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The headline.
    Title,
    /// One author.
    Author,
    /// Date of publication.
    Published,
    /// Date of the last change.
    Modified,
    /// Publishing organisation.
    Publisher,
    /// Name of the site.
    Site,
    /// The address under which the page was served, as the page has it.
    Address,
    /// The address that the page wants to be known by; on another site it names the source.
    Canonical,
    /// Language tag.
    Language,
    /// A work that the page is based on: an address or a name.
    BasedOn,
    /// Who is credited: a source organisation, a provider, a holder of rights.
    Credit,
}

impl Field {
    /// Its name in the findings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Author => "author",
            Self::Published => "published",
            Self::Modified => "modified",
            Self::Publisher => "publisher",
            Self::Site => "site",
            Self::Address => "address",
            Self::Canonical => "canonical",
            Self::Language => "language",
            Self::BasedOn => "based_on",
            Self::Credit => "credit",
        }
    }
}

/// Where in a page a value stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A JSON-LD object that describes an article.
    JsonLd,
    /// An Open Graph property.
    OpenGraph,
    /// An `article:*` property.
    ArticleProperty,
    /// `<meta name="original-source">` or `syndication-source`.
    SyndicationTag,
    /// Another `<meta>`.
    Meta,
    /// A `<link>`.
    Link,
    /// A `<time>` element.
    Time,
    /// An attribute `itemprop` of schema.org.
    Microdata,
    /// The `<title>`.
    Title,
    /// The first `<h1>`.
    Heading,
    /// A byline in the page, as readers see it.
    Byline,
    /// The attribute `lang` of the page.
    Lang,
}

impl Origin {
    /// Its name in the findings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLd => "json_ld",
            Self::OpenGraph => "open_graph",
            Self::ArticleProperty => "article_property",
            Self::SyndicationTag => "syndication_tag",
            Self::Meta => "meta",
            Self::Link => "link",
            Self::Time => "time",
            Self::Microdata => "microdata",
            Self::Title => "title_element",
            Self::Heading => "heading",
            Self::Byline => "byline",
            Self::Lang => "lang",
        }
    }
}

/// How far to trust a value, by who writes such a place and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reliability {
    /// May mean something else: the first `<time>` may be today's date.
    Low,
    /// Written for people or for search engines of old, and sometimes left over from a template.
    Medium,
    /// Written by the publishing system for machines.
    High,
}

impl Reliability {
    /// Its name in the findings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// One thing that a page says about itself outside its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it is about.
    pub subject: Field,
    /// The value as written, white space squeezed.
    pub value: String,
    /// Where it stood.
    pub origin: Origin,
    /// How far to trust it.
    pub trust: Reliability,
}
