//! What a page says about itself: JSON-LD, Open Graph, `article:*`, `<meta>`, `<time>`, `<link rel=canonical>`.
//!
//! Nothing is guessed from the text. Where several places name a thing, the most trusted wins, then the first.

mod byline;
mod json_ld;
mod own;
mod tables;
mod title;

use std::collections::HashSet;

use wirecopy_document::page_metadata::{Field, Origin, Reliability, Statement};

use self::byline::Bylines;
use self::json_ld::parse_json_ld;
use self::own::{Article, Identity};
use self::tables::META;
use self::title::{host_names, letters, without_site};
use crate::html::entities::unescape;
use crate::html::tags::{Event, Events, Tag};

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
    /// One statement for each subject that has one value (the title without the site's name), in the order of
    /// [`Field`]; of authors those that the most trusted place names; all works that the page is based on and
    /// all credits.
    pub statements: Vec<Statement>,
    /// The longest `articleBody` of an article in JSON-LD, as written.
    pub article_body: Option<String>,
}

impl PageMetadata {
    /// Reads `page`. Never fails; O(page).
    #[must_use]
    pub fn read(page: &str) -> Self {
        let mut found = Found::default();
        let mut inside = None;
        for event in Events::new(page) {
            if let Event::Close(name) = &event {
                found.close_byline(name);
            }
            match event {
                Event::Open(tag) => {
                    found.outside += usize::from(is_outside(tag.name));
                    found.bylines.open(tag);
                    inside = found.open(tag).or(inside);
                }
                Event::Close(name)
                    if ENDS_CAPTURE
                        .iter()
                        .any(|end| name.eq_ignore_ascii_case(end)) =>
                {
                    inside = None
                }
                Event::Text(text) => found.text(text, inside),
                Event::Close(name) => {
                    found.outside = found.outside.saturating_sub(usize::from(is_outside(name)));
                }
            }
        }
        found.settle()
    }

    /// The values of the statements about `subject`, in order.
    pub fn values(&self, subject: Field) -> impl Iterator<Item = &str> {
        let about = self.statements.iter().filter(move |s| s.subject == subject);
        about.map(|statement| statement.value.as_str())
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

/// Bytes of a title that are read.
const LONGEST_TITLE: usize = 2000;

/// Everything that a page says, before the best is chosen.
#[derive(Default)]
struct Found {
    kind: PageKind,
    values: Vec<Statement>,
    title: String,
    heading: String,
    has_heading: bool,
    articles: Vec<Article>,
    /// Open elements around which are no part of the page's story.
    outside: usize,
    bylines: Bylines,
}

/// Elements whose dates are those of other stories.
fn is_outside(name: &str) -> bool {
    ["aside", "nav", "footer"]
        .iter()
        .any(|outside| name.eq_ignore_ascii_case(outside))
}

impl Found {
    fn put(&mut self, subject: Field, value: &str, from: (Origin, Reliability)) {
        if self.about(subject).count() < MOST_VALUES {
            self.values.extend(statement(subject, value, from));
        }
    }

    fn about(&self, subject: Field) -> impl Iterator<Item = &Statement> {
        self.values.iter().filter(move |s| s.subject == subject)
    }

    /// Reads a start tag; gives the element whose text is wanted from here on, if that changes.
    fn open(&mut self, tag: Tag<'_>) -> Option<Inside> {
        if tag.is("meta") {
            self.meta(tag);
        } else if tag.is("link") {
            self.link(tag);
        } else if tag.is("html") {
            if let Some(language) = tag.attribute("lang").or_else(|| tag.attribute("xml:lang")) {
                self.put(
                    Field::Language,
                    &language,
                    (Origin::Lang, Reliability::Medium),
                );
            }
        } else if tag.is("time") {
            self.time(tag);
        } else if tag.is("title") {
            let first = self.title.is_empty();
            return Some(if first { Inside::Title } else { Inside::Other });
        } else if tag.is("h1") && !self.has_heading {
            self.has_heading = true;
            return Some(Inside::Heading);
        } else if tag.is("script") || tag.is("style") {
            let kind = tag.attribute("type").unwrap_or_default();
            let is_json = kind.trim().eq_ignore_ascii_case("application/ld+json");
            return Some(if is_json {
                Inside::JsonLd
            } else {
                Inside::Other
            });
        }
        None
    }

    /// Takes an end tag; the first byline behind the headline is that of the page's story, later ones may be of others.
    fn close_byline(&mut self, name: &str) {
        let is_own = self.outside == 0
            && self.has_heading
            && self
                .about(Field::Author)
                .all(|s| s.origin != Origin::Byline);
        if let Some(byline) = self.bylines.close(name).filter(|_| is_own) {
            let from = (Origin::Byline, Reliability::Low);
            self.put(Field::Author, without_by(&byline), from);
        }
    }

    fn text(&mut self, text: &str, inside: Option<Inside>) {
        if inside.is_none() {
            self.bylines.text(text);
        }
        let head = text
            .get(..text.floor_char_boundary(LONGEST_TITLE))
            .unwrap_or(text);
        match inside {
            Some(Inside::Title) => self.title.push_str(head),
            Some(Inside::Heading) if self.heading.len() < LONGEST_TITLE => {
                self.heading.push_str(head)
            }
            Some(Inside::JsonLd) if text.len() <= JSON_LD_BYTES => {
                if let Some(value) = parse_json_ld(text) {
                    self.json_ld(&value, 0);
                }
            }
            _ => {}
        }
    }

    fn link(&mut self, tag: Tag<'_>) {
        let rel = tag.attribute("rel").unwrap_or_default();
        let canonical = rel
            .split_whitespace()
            .any(|word| word.eq_ignore_ascii_case("canonical"));
        if let Some(href) = tag.attribute("href").filter(|_| canonical) {
            self.put(Field::Canonical, &href, (Origin::Link, Reliability::High));
        }
    }

    fn time(&mut self, tag: Tag<'_>) {
        let Some(date) = tag.attribute("datetime").filter(|_| self.outside == 0) else {
            return;
        };
        let itemprop = tag.attribute("itemprop").unwrap_or_default();
        let from = (Origin::Microdata, Reliability::High);
        if itemprop.contains("datePublished") {
            self.put(Field::Published, &date, from);
        } else if itemprop.contains("dateModified") {
            self.put(Field::Modified, &date, from);
        } else {
            let is_marked = tag
                .attributes()
                .any(|(name, _)| name.eq_ignore_ascii_case("pubdate"));
            let trust = if is_marked {
                Reliability::Medium
            } else {
                Reliability::Low
            };
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
            let article = name == "og:type" && content.eq_ignore_ascii_case("article");
            if article && self.kind == PageKind::Unknown {
                self.kind = PageKind::Article;
            }
            let known = META.iter().find(|(known, ..)| *known == name);
            if let Some(&(_, subject, origin, trust)) = known {
                let bare = match subject {
                    Field::Author => without_by(&content),
                    _ => &content,
                };
                self.put(subject, bare, (origin, trust));
            }
        }
    }

    fn settle(mut self) -> PageMetadata {
        let (title, heading) = (
            std::mem::take(&mut self.title),
            std::mem::take(&mut self.heading),
        );
        let heading_text = squeezed(&unescape(&heading));
        let article_body = self.take_own_articles(&heading_text, &title);
        self.put(Field::Title, &title, (Origin::Title, Reliability::Low));
        self.put(Field::Title, &heading, (Origin::Heading, Reliability::Low));
        let mut statements = Vec::new();
        for subject in SUBJECTS {
            match subject {
                Field::BasedOn | Field::Credit => statements.extend(self.all(subject)),
                Field::Author => statements.extend(self.authors()),
                _ => statements.extend(self.best(subject).cloned()),
            }
        }
        if let Some(title) = statements.iter_mut().find(|s| s.subject == Field::Title) {
            let bare = without_site(&title.value, &heading_text, &self.site_names());
            title.value = bare.to_owned();
        }
        PageMetadata {
            kind: self.kind,
            statements,
            article_body,
        }
    }

    /// Takes over what JSON-LD says of the page's own story, each value where it stood; gives the longest body.
    fn take_own_articles(&mut self, heading: &str, title: &str) -> Option<String> {
        let identity = Identity::new(&self.values, heading, &squeezed(&unescape(title)));
        let mut body: Option<String> = None;
        for article in identity
            .own(std::mem::take(&mut self.articles))
            .into_iter()
            .rev()
        {
            if article.kind == PageKind::NewsArticle || self.kind == PageKind::Unknown {
                self.kind = article.kind;
            }
            let place = article.place.min(self.values.len());
            self.values.splice(place..place, article.values);
            let held = body.as_ref().map_or(0, String::len);
            body = article.body.filter(|body| body.len() >= held).or(body);
        }
        body
    }

    /// What the site may be called at the end of a title.
    fn site_names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for statement in &self.values {
            match statement.subject {
                Field::Site | Field::Publisher => names.push(letters(&statement.value)),
                Field::Canonical | Field::Address => names.extend(host_names(&statement.value)),
                _ => {}
            }
        }
        names
    }

    /// The most trusted statement, of equals the first.
    fn best(&self, subject: Field) -> Option<&Statement> {
        self.about(subject).reduce(
            |best, next| {
                if next.trust > best.trust { next } else { best }
            },
        )
    }

    /// The statements with different values.
    fn all(&self, subject: Field) -> Vec<Statement> {
        let mut out: Vec<Statement> = Vec::new();
        for found in self.about(subject) {
            if out.iter().all(|held| held.value != found.value) {
                out.push(found.clone());
            }
        }
        out
    }

    /// Those whom the most trusted place names, each once however it is spelt: pages name an author in several places,
    /// in capitals here and with a dot there.
    fn authors(&self) -> Vec<Statement> {
        let origin = self.best(Field::Author).map(|best| best.origin);
        let mut named = HashSet::new();
        let of_origin = self.about(Field::Author);
        of_origin
            .filter(|found| Some(found.origin) == origin && named.insert(letters(&found.value)))
            .cloned()
            .collect()
    }
}

/// A statement; none where the value cannot be one about `subject`.
fn statement(
    subject: Field,
    value: &str,
    (origin, trust): (Origin, Reliability),
) -> Option<Statement> {
    let value = squeezed(&unescape(value));
    let fits = match subject {
        Field::Published | Field::Modified => has_year(&value),
        Field::Author => !value.contains("://") && !value.starts_with('@'),
        Field::Publisher => !value.contains("://"),
        Field::Address | Field::Canonical => value.contains("://"),
        _ => true,
    };
    let says = !value.is_empty() && fits;
    says.then_some(Statement {
        subject,
        value,
        origin,
        trust,
    })
}

/// The order of the statements.
const SUBJECTS: [Field; 11] = [
    Field::Title,
    Field::Author,
    Field::Published,
    Field::Modified,
    Field::Publisher,
    Field::Site,
    Field::Address,
    Field::Canonical,
    Field::Language,
    Field::BasedOn,
    Field::Credit,
];

/// `text` with each run of white space as one space.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A byline's names without the word before them.
fn without_by(byline: &str) -> &str {
    let bare = byline
        .strip_prefix("By ")
        .or_else(|| byline.strip_prefix("by "));
    bare.unwrap_or(byline)
}

/// Whether a date is one: it has a year of the printed or the digital age in it.
fn has_year(date: &str) -> bool {
    let digits = |run: &[u8]| run.iter().all(u8::is_ascii_digit);
    date.len() <= 64
        && date
            .as_bytes()
            .windows(4)
            .any(|year| digits(year) && matches!(year, [b'1', b'8' | b'9', ..] | [b'2', b'0', ..]))
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
        let one = |subject| {
            let found = page.statements.iter().find(|s| s.subject == subject);
            found.map(|s| (s.value.as_str(), s.origin, s.trust))
        };
        assert_eq!(page.kind, PageKind::NewsArticle);
        let wanted = [
            (
                Field::Title,
                "Ferry aground off Lorne Point",
                Origin::OpenGraph,
                Reliability::High,
            ),
            (
                Field::Published,
                "2024-05-01T08:00:00+01:00",
                Origin::JsonLd,
                Reliability::High,
            ),
            (
                Field::Site,
                "Lorne Courier",
                Origin::OpenGraph,
                Reliability::High,
            ),
            (
                Field::Publisher,
                "Courier Media",
                Origin::JsonLd,
                Reliability::High,
            ),
            (
                Field::Canonical,
                "https://www.lornecourier.example/ferry?a=1&b=2",
                Origin::Link,
                Reliability::High,
            ),
            (Field::Language, "en-GB", Origin::Lang, Reliability::Medium),
        ];
        for (subject, value, origin, trust) in wanted {
            assert_eq!(one(subject), Some((value, origin, trust)));
        }
        let list = |subject| page.values(subject).collect::<Vec<_>>();
        assert_eq!(list(Field::Author), ["Ines Okafor", "Tom Hale"]);
        assert_eq!(list(Field::BasedOn), ["https://agency.example/ferry"]);
        assert_eq!(list(Field::Credit), ["Northern Agency"]);
    }

    #[test]
    fn places_that_agree_on_the_authors_name_each_once() {
        let json = |authors: &str| {
            format!(
                "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"author\":{authors}}}</script>"
            )
        };
        let meta = "<meta name=author content='By Ines Okafor'>\
            <meta name=parsely-author content='INES OKAFOR'><meta name=byl content='Ines Okafor.'>";
        let both = r#"[{"name": "Ines Okafor"}, "INES  OKAFOR", "Tom Hale"]"#;
        let cases = [
            (meta.to_owned(), vec![("Ines Okafor", Origin::Meta)]),
            (
                meta.to_owned() + &json("\"Ines Okafor\""),
                vec![("Ines Okafor", Origin::JsonLd)],
            ),
            (
                json(both) + meta,
                vec![
                    ("Ines Okafor", Origin::JsonLd),
                    ("Tom Hale", Origin::JsonLd),
                ],
            ),
        ];
        for (page, wanted) in cases {
            let found = PageMetadata::read(&page);
            let authors = found.statements.iter().map(|s| (&*s.value, s.origin));
            assert_eq!(authors.collect::<Vec<_>>(), wanted, "{page}");
        }
    }

    #[test]
    fn a_byline_in_the_page_names_the_author_where_its_head_does_not() {
        let page = |head: &str, byline: &str| {
            format!(
                "<head>{head}</head><div class=byline>By Nobody Yet</div><h1>Mole shut</h1>{byline}<p>Text.</p>\
                 <div class=byline>By Tom Hale</div>"
            )
        };
        for (head, byline, wanted) in [
            (
                "",
                "<div class='story__byline'>By <span>Lorne Press</span></div>",
                Some("Lorne Press"),
            ),
            (
                "",
                "<p>By <a rel=author href=/x>Ines Okafor</a></p>",
                Some("Ines Okafor"),
            ),
            (
                "",
                "<span itemprop=author><span itemprop=name>Ines Okafor</span></span>",
                Some("Ines Okafor"),
            ),
            (
                "<meta name=author content='Ann Low'>",
                "<div class=byline>By Lorne Press</div>",
                Some("Ann Low"),
            ),
            (
                "",
                "<aside><div class=byline>By Lorne Press</div></aside>",
                Some("Tom Hale"),
            ),
        ] {
            let found = PageMetadata::read(&page(head, byline));
            assert_eq!(found.values(Field::Author).next(), wanted, "{byline}");
            assert_eq!(found.values(Field::Author).count(), 1, "{byline}");
        }
    }

    #[test]
    fn only_the_page_s_own_story_speaks() {
        let related = r#"{"@type":"NewsArticle","headline":"Goat comes down","url":"https://p.example/goat","datePublished":"2024-01-01","articleBody":"x"}"#;
        let own = r#"{"@type":"NewsArticle","headline":"Fish market to close","datePublished":"2024-03-05"}"#;
        let by_address = r#"{"@type":"NewsArticle","headline":"Board votes","mainEntityOfPage":{"@id":"https://www.p.example/fish/"},"datePublished":"2024-03-05"}"#;
        let part = r#"{"@type":"NewsArticle","isPartOf":{"@type":"NewsArticle","datePublished":"2001-01-01"},"datePublished":"2024-03-05"}"#;
        let blocks = [
            (format!("[{related},{own}]"), Some("2024-03-05")),
            (
                format!("{{\"@graph\":[{related},{own},{related}]}}"),
                Some("2024-03-05"),
            ),
            (format!("[{related},{by_address}]"), Some("2024-03-05")),
            (part.to_owned(), Some("2024-03-05")),
            (related.to_owned(), None),
        ];
        for (json, published) in blocks {
            let page = format!(
                "<title>Fish market to close | P</title><link rel=canonical href=https://p.example/fish?x>\
                 <script type='application/ld+json'>{json}</script><h1>Fish market to close</h1>\
                 <aside><time itemprop=datePublished datetime=2020-02-02>then</time></aside>"
            );
            let found = PageMetadata::read(&page);
            assert_eq!(found.values(Field::Published).next(), published, "{json}");
            let title = found.values(Field::Title).next().unwrap();
            assert!(
                title == "Fish market to close" || title == "Board votes",
                "{json}"
            );
            assert_eq!(found.article_body, None, "{json}");
        }
    }

    #[test]
    fn a_bare_page_says_little() {
        let page = PageMetadata::read(
            "<title>A</title><p>no <time>yesterday</time><meta name=date content='soon'>",
        );
        let all: Vec<_> = page
            .statements
            .iter()
            .map(|s| (s.subject, s.trust))
            .collect();
        assert_eq!(all, [(Field::Title, Reliability::Low)]);
    }
}
