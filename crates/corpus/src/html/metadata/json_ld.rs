//! Articles in blocks of JSON-LD.

use serde_json::Value;
use wirecopy_document::page_metadata::{Field, Origin, Reliability};

use super::own::Article;
use super::tables::JSON_LD;
use super::{Found, PageKind, statement};

/// Most articles that are read; pages that list more describe others.
const MOST_ARTICLES: usize = 256;

impl Found {
    /// Looks for articles in a JSON-LD value. `depth` bounds the search; publishers nest two or three levels. What an
    /// article is part of, has parts in or lists is not looked at: those are other works.
    pub(super) fn json_ld(&mut self, value: &Value, depth: usize) {
        match value {
            _ if depth > 4 => {}
            Value::Array(list) => list.iter().for_each(|value| self.json_ld(value, depth + 1)),
            Value::Object(object) => {
                if let Some(kind) = article_kind(object.get("@type"))
                    && self.articles.len() < MOST_ARTICLES
                {
                    self.articles.push(article(kind, object, self.values.len()));
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
}

/// What `object` says of an article, read when `place` values of the page were known.
fn article(kind: PageKind, object: &serde_json::Map<String, Value>, place: usize) -> Article {
    let mut article = Article {
        kind,
        place,
        body: object
            .get("articleBody")
            .and_then(Value::as_str)
            .map(str::to_owned),
        ..Article::default()
    };
    for key in ["url", "@id", "mainEntityOfPage"] {
        if let Some(value) = object.get(key) {
            names(value, ADDRESS_FIRST, &mut |address| {
                article.addresses.push(address.to_owned())
            });
        }
    }
    for &(key, subject) in JSON_LD {
        if let Some(value) = object.get(key) {
            let keys = match subject {
                Field::Address | Field::BasedOn => ADDRESS_FIRST,
                _ => NAME_FIRST,
            };
            names(value, keys, &mut |name| {
                article.values.extend(statement(
                    subject,
                    name,
                    (Origin::JsonLd, Reliability::High),
                ));
            });
        }
    }
    article
}

/// Reads a block, the commonest faults forgiven; none for what is no JSON.
pub(super) fn parse_json_ld(text: &str) -> Option<Value> {
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
