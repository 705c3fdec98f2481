//! Which of the articles that a page describes in JSON-LD is its own. Pages describe related ones as well.

use std::collections::HashSet;

use wirecopy_document::page_metadata::{Field, Statement};

use super::PageKind;
use super::title::{host_names, letters};
use crate::html::words::is_unspaced;

/// An article in JSON-LD.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub kind: PageKind,
    /// How many values of the page stood before it.
    pub place: usize,
    pub body: Option<String>,
    /// Addresses that are its own.
    pub addresses: Vec<String>,
    pub values: Vec<Statement>,
}

/// What the page itself says of its story.
#[derive(Debug, Default)]
pub(super) struct Identity {
    titles: Vec<String>,
    addresses: Vec<String>,
    /// Whether a title is more than the name of the site.
    has_headline: bool,
}

impl Identity {
    /// Reads the statements of the page, its `<h1>` and its `<title>`.
    pub(super) fn new(values: &[Statement], heading: &str, title: &str) -> Self {
        let of = |subject| values.iter().filter(move |s| s.subject == subject);
        let addresses = of(Field::Canonical).chain(of(Field::Address));
        let addresses: Vec<&Statement> = addresses.collect();
        let sites: Vec<String> = of(Field::Site)
            .map(|site| letters(&site.value))
            .chain(
                addresses
                    .iter()
                    .flat_map(|address| host_names(&address.value)),
            )
            .collect();
        let told = of(Field::Title)
            .map(|title| title.value.as_str())
            .chain([heading]);
        let told: Vec<&str> = told
            .filter(|t| !sites.contains(&letters(t)) && !telling(t).is_empty())
            .collect();
        Self {
            has_headline: !told.is_empty(),
            titles: told.into_iter().chain([title]).map(str::to_owned).collect(),
            addresses: addresses
                .iter()
                .filter_map(|address| bare(&address.value))
                .collect(),
        }
    }

    /// The articles that are the page's own: all that bear its headline or its address, else the likeliest one, unless
    /// its headline is another one.
    pub(super) fn own(&self, articles: Vec<Article>) -> Vec<Article> {
        let scores: Vec<i32> = articles.iter().map(|article| self.score(article)).collect();
        let best = scores.iter().copied().max().unwrap_or(-1);
        if best < 0 {
            return Vec::new();
        }
        let most = if best >= SURE { usize::MAX } else { 1 };
        let bar = best.min(SURE);
        let rated = articles.into_iter().zip(scores);
        rated
            .filter(|(_, score)| *score >= bar)
            .map(|(article, _)| article)
            .take(most)
            .collect()
    }

    fn score(&self, article: &Article) -> i32 {
        let mut headlines = article.values.iter().filter(|s| s.subject == Field::Title);
        let headline = headlines
            .next()
            .map(|headline| self.likeness(&headline.value));
        let by_headline = match headline.flatten() {
            Some(likeness) if likeness >= SAME_HEADLINE => SURE,
            Some(likeness) if likeness < OTHER_HEADLINE && self.has_headline => -SURE,
            _ => 0,
        };
        let addresses: Vec<String> = article.addresses.iter().filter_map(|a| bare(a)).collect();
        let is_own = addresses
            .iter()
            .any(|address| self.addresses.contains(address));
        let is_other = !is_own && !addresses.is_empty() && !self.addresses.is_empty();
        by_headline
            + if is_own {
                SURE + 1
            } else {
                -i32::from(is_other)
            }
    }

    /// The share of telling words that the headline has in common with the likeliest title; none without such words.
    fn likeness(&self, headline: &str) -> Option<f64> {
        let own = telling(headline);
        let common = |title: &String| {
            let title = telling(title);
            let least = own.len().min(title.len());
            (least > 0).then(|| own.intersection(&title).count() as f64 / least as f64)
        };
        let likeness = self.titles.iter().filter_map(common);
        likeness.reduce(f64::max)
    }
}

/// What a headline or an address that is the page's counts for.
const SURE: i32 = 3;

/// Editors shorten headlines for search engines; two thirds of the shorter one's words stay.
const SAME_HEADLINE: f64 = 0.66;

/// Headlines of one story have more words than this in common.
const OTHER_HEADLINE: f64 = 0.2;

/// Words of four letters or more, and single characters of scripts without spaces.
fn telling(title: &str) -> HashSet<String> {
    let lower = title.to_lowercase();
    let spaced = lower.split(|c: char| !c.is_alphanumeric() || is_unspaced(c));
    let long = spaced
        .filter(|word| word.chars().count() >= 4)
        .map(str::to_owned);
    let single = lower.chars().filter(|c| is_unspaced(*c)).map(String::from);
    long.chain(single).collect()
}

/// An address without what differs between places that name it: scheme, `www.`, query, fragment, closing slash. None for
/// the front page of a site.
fn bare(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let rest = rest.split(['?', '#']).next()?.trim_end_matches('/');
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    rest.contains('/').then(|| rest.to_lowercase())
}
