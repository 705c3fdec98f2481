//! What a page says about itself: JSON-LD, Open Graph, `article:*`, `<meta>`, `<time>`, `<link rel=canonical>`.
//!
//! Nothing is guessed from the text. Where several places name a thing, the most trusted wins, then the first.

use serde_json::Value;

use crate::html::tags::{Event, Events, Tag, unescape};

/// Where in the page a value stood.
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
    /// The attribute `lang` of the page.
    Lang,
}

/// How far to trust a value, by who writes such a place and for whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// May mean something else: the first `<time>` may be today's date.
    Low,
    /// Written for people or for search engines of old, and sometimes left over from a template.
    Medium,
    /// Written by the publishing system for machines.
    High,
}

/// A value, where it stood and how far to trust it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenanced<T> {
    /// The value.
    pub value: T,
    /// Where it stood.
    pub origin: Origin,
    /// How far to trust it.
    pub trust: Trust,
}

/// What the page declares itself to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageKind {
    /// It says nothing of it.
    #[default]
    Unknown,
    /// An article.
    Article,
    /// A news article (schema.org `NewsArticle` and its kinds).
    NewsArticle,
}

/// What a page says about itself. Dates and languages are as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageMetadata {
    /// What it declares itself to be.
    pub kind: PageKind,
    /// Headline, the site's name taken off its end.
    pub title: Option<Provenanced<String>>,
    /// Authors, in order, all from the most trusted place that names any.
    pub authors: Vec<Provenanced<String>>,
    /// Date of publication.
    pub published: Option<Provenanced<String>>,
    /// Date of the last change.
    pub modified: Option<Provenanced<String>>,
    /// Publishing organisation.
    pub publisher: Option<Provenanced<String>>,
    /// Name of the site.
    pub site: Option<Provenanced<String>>,
    /// Address that the page calls its own; on another host it names the source.
    pub canonical: Option<Provenanced<String>>,
    /// Language tag.
    pub language: Option<Provenanced<String>>,
    /// Works that the page says it is based on: addresses or names.
    pub is_based_on: Vec<Provenanced<String>>,
    /// Who is credited: source organisations, providers, holders of rights.
    pub credits: Vec<Provenanced<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Author,
    Published,
    Modified,
    Publisher,
    Site,
    Canonical,
    Language,
    BasedOn,
    Credit,
}

impl PageMetadata {
    /// Reads `page`. Never fails; O(page).
    #[must_use]
    pub fn read(page: &str) -> Self {
        let mut found = Found::default();
        let mut inside = None;
        for event in Events::new(page) {
            match event {
                Event::Open(tag) => inside = found.open(tag).or(inside),
                Event::Close(name)
                    if ENDS_CAPTURE
                        .iter()
                        .any(|end| name.eq_ignore_ascii_case(end)) =>
                {
                    inside = None
                }
                Event::Text(text) => found.text(text, inside),
                Event::Close(_) => {}
            }
        }
        found.settle()
    }
}

const ENDS_CAPTURE: [&str; 3] = ["title", "h1", "script"];

/// The element whose text is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Title,
    Heading,
    JsonLd,
    Other,
}

/// Longest JSON-LD block that is read. Real ones have a few kilobytes.
const JSON_LD_BYTES: usize = 1 << 20;

/// Most values of one kind that are kept; pages that list more are not describing one article.
const MOST_VALUES: usize = 64;

#[derive(Default)]
struct Found {
    kind: PageKind,
    values: Vec<(Field, Provenanced<String>)>,
    title: String,
    heading: String,
    has_heading: bool,
}

impl Found {
    fn put(&mut self, field: Field, value: &str, from: (Origin, Trust)) {
        let text = unescape(value);
        let value = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let held = self.values.iter().filter(|(f, _)| *f == field).count();
        let fits = match field {
            Field::Published | Field::Modified => has_year(&value),
            Field::Author => !value.contains("://") && !value.starts_with('@'),
            Field::Publisher => !value.contains("://"),
            _ => true,
        };
        if !value.is_empty() && fits && held < MOST_VALUES {
            let (origin, trust) = from;
            self.values.push((
                field,
                Provenanced {
                    value,
                    origin,
                    trust,
                },
            ));
        }
    }

    fn open(&mut self, tag: Tag<'_>) -> Option<Inside> {
        if tag.is("meta") {
            self.meta(tag);
        } else if tag.is("link") {
            let rel = tag.attribute("rel").unwrap_or_default();
            if rel
                .split_whitespace()
                .any(|word| word.eq_ignore_ascii_case("canonical"))
                && let Some(href) = tag.attribute("href")
            {
                self.put(Field::Canonical, &href, (Origin::Link, Trust::High));
            }
        } else if tag.is("html") {
            if let Some(language) = tag.attribute("lang").or_else(|| tag.attribute("xml:lang")) {
                self.put(Field::Language, &language, (Origin::Lang, Trust::Medium));
            }
        } else if tag.is("time") {
            self.time(tag);
        } else if tag.is("title") {
            return Some(if self.title.is_empty() {
                Inside::Title
            } else {
                Inside::Other
            });
        } else if tag.is("h1") && !self.has_heading {
            self.has_heading = true;
            return Some(Inside::Heading);
        } else if tag.is("script") || tag.is("style") {
            let is_json = tag
                .attribute("type")
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
            return Some(if is_json {
                Inside::JsonLd
            } else {
                Inside::Other
            });
        }
        None
    }

    fn text(&mut self, text: &str, inside: Option<Inside>) {
        let mut end = text.len().min(LONGEST_TITLE);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        match inside {
            Some(Inside::Title) => self.title.push_str(&text[..end]),
            Some(Inside::Heading) if self.heading.len() < LONGEST_TITLE => {
                self.heading.push_str(&text[..end])
            }
            Some(Inside::JsonLd) if text.len() <= JSON_LD_BYTES => {
                if let Some(value) = parse_json_ld(text) {
                    self.json_ld(&value, 0);
                }
            }
            _ => {}
        }
    }

    fn time(&mut self, tag: Tag<'_>) {
        let Some(date) = tag.attribute("datetime") else {
            return;
        };
        let itemprop = tag.attribute("itemprop").unwrap_or_default();
        let from = (Origin::Microdata, Trust::High);
        if itemprop.contains("datePublished") {
            self.put(Field::Published, &date, from);
        } else if itemprop.contains("dateModified") {
            self.put(Field::Modified, &date, from);
        } else {
            let is_marked = tag
                .attributes()
                .any(|(name, _)| name.eq_ignore_ascii_case("pubdate"));
            let trust = if is_marked { Trust::Medium } else { Trust::Low };
            self.put(Field::Published, &date, (Origin::Time, trust));
        }
    }

    fn meta(&mut self, tag: Tag<'_>) {
        let Some(content) = tag.attribute("content") else {
            return;
        };
        let names = ["property", "name", "itemprop", "http-equiv"]
            .into_iter()
            .filter_map(|key| tag.attribute(key));
        for name in names {
            let name = name.trim().to_ascii_lowercase();
            if name == "og:type"
                && content.eq_ignore_ascii_case("article")
                && self.kind == PageKind::Unknown
            {
                self.kind = PageKind::Article;
            }
            if let Some((_, field, origin, trust)) = META.iter().find(|(known, ..)| *known == name)
            {
                let byline = content
                    .strip_prefix("By ")
                    .or_else(|| content.strip_prefix("by "));
                let value = if *field == Field::Author {
                    byline.unwrap_or(&content)
                } else {
                    &content
                };
                self.put(*field, value, (*origin, *trust));
            }
        }
    }

    /// Looks for articles in a JSON-LD value. `depth` bounds the search; publishers nest two or three levels.
    fn json_ld(&mut self, value: &Value, depth: usize) {
        match value {
            _ if depth > 4 => {}
            Value::Array(list) => list.iter().for_each(|value| self.json_ld(value, depth + 1)),
            Value::Object(object) => {
                if let Some(kind) = article_kind(object.get("@type")) {
                    if kind == PageKind::NewsArticle || self.kind == PageKind::Unknown {
                        self.kind = kind;
                    }
                    self.json_ld_article(object);
                }
                for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(inner) = object.get(key) {
                        self.json_ld(inner, depth + 1);
                    }
                }
            }
            _ => {}
        }
    }

    fn json_ld_article(&mut self, object: &serde_json::Map<String, Value>) {
        for &(key, field) in JSON_LD {
            if let Some(value) = object.get(key) {
                let keys = if field == Field::Canonical {
                    ADDRESS_FIRST
                } else {
                    NAME_FIRST
                };
                names(value, keys, &mut |name| {
                    self.put(field, name, (Origin::JsonLd, Trust::High))
                });
            }
        }
    }

    fn settle(mut self) -> PageMetadata {
        let (title, heading) = (
            std::mem::take(&mut self.title),
            std::mem::take(&mut self.heading),
        );
        self.put(Field::Title, &title, (Origin::Title, Trust::Low));
        self.put(Field::Title, &heading, (Origin::Heading, Trust::Low));
        let heading = unescape(&heading)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let site_names: Vec<String> = self
            .values
            .iter()
            .filter(|(field, _)| matches!(field, Field::Site | Field::Publisher | Field::Canonical))
            .flat_map(|(field, found)| {
                if *field == Field::Canonical {
                    host_names(&found.value)
                } else {
                    vec![letters(&found.value)]
                }
            })
            .collect();
        let mut title = self.best(Field::Title);
        if let Some(title) = &mut title {
            title.value = without_site(&title.value, &heading, &site_names).to_owned();
        }
        PageMetadata {
            kind: self.kind,
            title,
            authors: self.all_of_best_origin(Field::Author),
            published: self.best(Field::Published),
            modified: self.best(Field::Modified),
            publisher: self.best(Field::Publisher),
            site: self.best(Field::Site),
            canonical: self.best(Field::Canonical),
            language: self.best(Field::Language),
            is_based_on: self.all(Field::BasedOn),
            credits: self.all(Field::Credit),
        }
    }

    fn best(&self, field: Field) -> Option<Provenanced<String>> {
        let mut best: Option<&Provenanced<String>> = None;
        for (_, found) in self.values.iter().filter(|(f, _)| *f == field) {
            if best.is_none_or(|best| found.trust > best.trust) {
                best = Some(found);
            }
        }
        best.cloned()
    }

    fn all(&self, field: Field) -> Vec<Provenanced<String>> {
        let mut out: Vec<Provenanced<String>> = Vec::new();
        for (_, found) in self.values.iter().filter(|(f, _)| *f == field) {
            if out.iter().all(|held| held.value != found.value) {
                out.push(found.clone());
            }
        }
        out
    }

    fn all_of_best_origin(&self, field: Field) -> Vec<Provenanced<String>> {
        let Some(best) = self.best(field) else {
            return Vec::new();
        };
        self.all(field)
            .into_iter()
            .filter(|found| found.origin == best.origin)
            .collect()
    }
}

const LONGEST_TITLE: usize = 2000;

use Field::{
    Author, BasedOn, Canonical, Credit, Language, Modified, Published, Publisher, Site, Title,
};

/// Names of `<meta>` elements and what they say: the Open Graph protocol, Dublin Core, and the conventions of Google
/// News, Parse.ly and Sailthru.
const META: &[(&str, Field, Origin, Trust)] = &[
    ("og:title", Title, Origin::OpenGraph, Trust::High),
    ("twitter:title", Title, Origin::Meta, Trust::Medium),
    ("dc.title", Title, Origin::Meta, Trust::Medium),
    ("og:site_name", Site, Origin::OpenGraph, Trust::High),
    ("application-name", Site, Origin::Meta, Trust::Low),
    ("og:url", Canonical, Origin::OpenGraph, Trust::Medium),
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
const JSON_LD: &[(&str, Field)] = &[
    ("headline", Title),
    ("author", Author),
    ("creator", Author),
    ("datePublished", Published),
    ("dateModified", Modified),
    ("publisher", Publisher),
    ("url", Canonical),
    ("inLanguage", Language),
    ("isBasedOn", BasedOn),
    ("isBasedOnUrl", BasedOn),
    ("sourceOrganization", Credit),
    ("provider", Credit),
    ("copyrightHolder", Credit),
    ("creditText", Credit),
];

fn parse_json_ld(text: &str) -> Option<Value> {
    let text = text
        .trim()
        .trim_start_matches("<!--")
        .trim_end_matches("-->");
    let text = text
        .trim()
        .trim_start_matches("//<![CDATA[")
        .trim_end_matches("//]]>");
    let text = text
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("]]>")
        .trim()
        .trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        // Line breaks inside strings are the commonest fault of hand-made blocks.
        serde_json::from_str(&text.replace(|c: char| c.is_ascii_control(), " ")).ok()
    })
}

/// The kind of article that a JSON-LD `@type` names; none for other things.
fn article_kind(kind: Option<&Value>) -> Option<PageKind> {
    let kinds: Vec<&str> = match kind? {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let has = |end: &str| kinds.iter().any(|kind| kind.ends_with(end));
    if has("NewsArticle") {
        Some(PageKind::NewsArticle)
    } else if has("Article") || has("BlogPosting") || has("Report") {
        Some(PageKind::Article)
    } else {
        None
    }
}

/// Keys of an object that name it, the best first.
const NAME_FIRST: [&str; 3] = ["name", "url", "@id"];
/// The same where an address is wanted.
const ADDRESS_FIRST: [&str; 3] = ["@id", "url", "name"];

/// Calls `each` with every name in a value: strings, the first of `keys` that an object has, elements of lists.
fn names(value: &Value, keys: [&str; 3], each: &mut impl FnMut(&str)) {
    match value {
        Value::String(name) => each(name),
        Value::Array(list) => list.iter().for_each(|value| {
            if !value.is_array() {
                names(value, keys, each);
            }
        }),
        Value::Object(object) => match keys.iter().find_map(|key| object.get(*key)) {
            Some(Value::String(name)) => each(name),
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).for_each(each),
            _ => {}
        },
        _ => {}
    }
}

/// Whether a date is one: it has a year of the printed or the digital age in it.
fn has_year(date: &str) -> bool {
    let digits = |run: &[u8]| run.iter().all(u8::is_ascii_digit);
    date.len() <= 64
        && date
            .as_bytes()
            .windows(4)
            .any(|year| digits(year) && matches!(&year[..2], b"18" | b"19" | b"20"))
}

/// A name without case, spaces and punctuation, for comparing.
fn letters(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What a site may call itself after its address: `example.org`, `example`.
fn host_names(address: &str) -> Vec<String> {
    let Some((_, rest)) = address.split_once("://") else {
        return Vec::new();
    };
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let label = host.split('.').next().unwrap_or_default();
    vec![letters(host), letters(label)]
}

/// The title without the site's name, or without anything that follows the page's own heading.
fn without_site<'t>(title: &'t str, heading: &str, site_names: &[String]) -> &'t str {
    let mut best = title;
    for divider in [" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • "] {
        let mut end = title.len();
        while let Some(at) = title[..end].rfind(divider) {
            let (head, tail) = (title[..at].trim(), title[at + divider.len()..].trim());
            let is_site = site_names.contains(&letters(tail));
            let is_heading = !heading.is_empty() && letters(head) == letters(heading);
            if (is_site || is_heading) && !head.is_empty() && head.len() < best.len() {
                best = head;
            }
            end = at;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head>
        <title>Ferry aground off Lorne Point &#8211; Lorne Courier</title>
        <meta property="og:title" content="Ferry aground off Lorne Point | Lorne Courier">
        <meta property="og:site_name" content="Lorne Courier"><meta name="author" content="By Newsroom">
        <meta property="article:author" content="https://social.example/courier">
        <meta name="date" content="2001-01-01"><meta name="syndication-source" content="https://agency.example/ferry">
        <link rel="canonical" href="https://www.lornecourier.example/ferry?a=1&amp;b=2">
        <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "X"},
         {"@type": ["NewsArticle"], "headline": "Ferry aground off Lorne Point", "datePublished": "2024-05-01T08:00:00+01:00",
          "author": [{"@type": "Person", "name": "Ines Okafor"}, "Tom Hale"], "publisher": {"name": "Courier Media"},
          "sourceOrganization": {"name": "Northern Agency"}, "isBasedOn": "https://agency.example/ferry"}]}</script>
        </head><body><time datetime="2024-05-02">today</time><h1>Ferry aground off <i>Lorne</i> Point</h1></body></html>"#;

    #[test]
    fn the_most_trusted_place_wins_and_is_named() {
        let page = PageMetadata::read(PAGE);
        let value = |found: &Option<Provenanced<String>>| {
            found.as_ref().map(|f| (f.value.clone(), f.origin, f.trust))
        };
        assert_eq!(page.kind, PageKind::NewsArticle);
        assert_eq!(
            page.title.as_ref().map(|t| t.value.as_str()),
            Some("Ferry aground off Lorne Point")
        );
        assert_eq!(
            value(&page.published),
            Some((
                "2024-05-01T08:00:00+01:00".into(),
                Origin::JsonLd,
                Trust::High
            ))
        );
        assert_eq!(
            value(&page.site),
            Some(("Lorne Courier".into(), Origin::OpenGraph, Trust::High))
        );
        assert_eq!(
            value(&page.publisher),
            Some(("Courier Media".into(), Origin::JsonLd, Trust::High))
        );
        assert_eq!(
            value(&page.canonical),
            Some((
                "https://www.lornecourier.example/ferry?a=1&b=2".into(),
                Origin::Link,
                Trust::High
            ))
        );
        assert_eq!(
            value(&page.language),
            Some(("en-GB".into(), Origin::Lang, Trust::Medium))
        );
        let list = |found: &[Provenanced<String>]| {
            found.iter().map(|f| f.value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(list(&page.authors), ["Ines Okafor", "Tom Hale"]);
        assert_eq!(list(&page.is_based_on), ["https://agency.example/ferry"]);
        assert_eq!(list(&page.credits), ["Northern Agency"]);
    }

    #[test]
    fn a_site_suffix_goes_and_a_dash_in_a_headline_stays() {
        let sites = ["lornecourier".to_owned()];
        assert_eq!(
            without_site("Storm - and after | Lorne Courier", "", &sites),
            "Storm - and after"
        );
        assert_eq!(
            without_site("Storm - and after", "", &sites),
            "Storm - and after"
        );
        assert_eq!(
            without_site("Storm at sea | News | Daily", "Storm at Sea", &sites),
            "Storm at sea"
        );
    }

    #[test]
    fn a_bare_page_says_little() {
        let page = PageMetadata::read(
            "<title>A</title><p>no <time>yesterday</time><meta name=date content='soon'>",
        );
        assert_eq!(
            page.title.map(|t| (t.value, t.trust)),
            Some(("A".into(), Trust::Low))
        );
        assert_eq!((page.published, page.authors.len()), (None, 0));
    }
}
