//! Which site a document belongs to: the unit within which repeated blocks are boilerplate and across which they are not.
//!
//! Called once per document by the detector, before lines are counted by site.

use crate::Document;

/// The site of a document: the one that somebody told ([`Document::site`]), else see [`site_of`].
#[must_use]
pub fn site_of_document(document: &Document) -> Option<String> {
    let told = document.site.as_deref().and_then(site_of_source);
    told.or_else(|| {
        site_of(
            document.url.as_deref(),
            document.source.as_deref(),
            document.path.as_deref(),
        )
    })
}

/// The name of the site that a document came from, or `None` where nothing tells.
///
/// * `url`: address of the page; its registrable domain by the public suffix list wins (`m.news.example.co.uk` gives
///   `example.co.uk`). A bare host without a scheme is understood.
/// * `source`: the record's own source field; lower-cased and squeezed, or its registrable domain where it is a host.
/// * `path`: the file's path relative to the folder that was read; its top folder, if it has one.
///
/// Hosts without a known suffix (`localhost`, addresses) are returned as they are, lower-cased. O(length).
#[must_use]
pub fn site_of(url: Option<&str>, source: Option<&str>, path: Option<&str>) -> Option<String> {
    url.and_then(site_of_url)
        .or_else(|| source.and_then(site_of_source))
        .or_else(|| path.and_then(top_folder))
}

fn site_of_url(url: &str) -> Option<String> {
    let url = url.trim();
    let parsed = url::Url::parse(url).ok().filter(url::Url::has_host);
    let host = match parsed {
        Some(parsed) => parsed.host_str()?.to_owned(),
        None => bare_host(url)?.to_owned(),
    };
    Some(registrable(&host.to_ascii_lowercase()))
}

/// `www.example.org/path` without its scheme: a dot in the first segment, and nothing that a host cannot hold.
fn bare_host(text: &str) -> Option<&str> {
    let host = text
        .trim_start_matches("//")
        .split(['/', '?', '#', ':'])
        .next()?;
    let legal = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    let dotted = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
    (dotted && host.chars().all(legal)).then_some(host)
}

fn registrable(host: &str) -> String {
    wirecopy_domains::registrable(host)
        .unwrap_or(host)
        .to_owned()
}

fn site_of_source(source: &str) -> Option<String> {
    let squeezed = source
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    if squeezed.is_empty() {
        return None;
    }
    if squeezed.contains("://") {
        return site_of_url(&squeezed);
    }
    let known_suffix = wirecopy_domains::has_known_suffix;
    Some(
        match bare_host(&squeezed).filter(|host| known_suffix(host)) {
            Some(host) => registrable(host),
            None => squeezed,
        },
    )
}

fn top_folder(path: &str) -> Option<String> {
    let mut parts = path
        .split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != "." && *part != "..");
    let first = parts.next()?;
    parts.next().map(|_| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_its_registrable_domain() {
        let site = |url| site_of(Some(url), Some("Other"), None);
        assert_eq!(
            site("https://m.news.example.co.uk/a?b#c").as_deref(),
            Some("example.co.uk")
        );
        assert_eq!(
            site("www.Example.org/story").as_deref(),
            Some("example.org")
        );
        assert_eq!(
            site("http://localhost:8080/x").as_deref(),
            Some("localhost")
        );
        assert_eq!(site("not an address").as_deref(), Some("other"));
    }

    #[test]
    fn a_site_that_was_told_wins_over_the_address() {
        let mut document = Document {
            url: Some("https://aggregator.example/story".into()),
            source: Some("The Daily Bell".into()),
            ..Document::default()
        };
        assert_eq!(
            site_of_document(&document).as_deref(),
            Some("aggregator.example")
        );
        document.site = Some("The Daily Bell".into());
        assert_eq!(
            site_of_document(&document).as_deref(),
            Some("the daily bell")
        );
        document.site = Some(" ".into());
        assert_eq!(
            site_of_document(&document).as_deref(),
            Some("aggregator.example")
        );
    }

    #[test]
    fn without_an_address_the_source_and_then_the_top_folder_count() {
        assert_eq!(
            site_of(None, Some("  The  Daily Bell "), Some("a/b.txt")).as_deref(),
            Some("the daily bell")
        );
        assert_eq!(
            site_of(None, Some("www.bell.com"), None).as_deref(),
            Some("bell.com")
        );
        assert_eq!(
            site_of(None, Some("Bell.com News"), None).as_deref(),
            Some("bell.com news")
        );
        assert_eq!(
            site_of(None, Some(" "), Some("./bell/2021/x.txt")).as_deref(),
            Some("bell")
        );
        assert_eq!(site_of(None, None, Some("x.txt")), None);
    }
}
