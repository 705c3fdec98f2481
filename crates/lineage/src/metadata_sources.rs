//! What a page says of its sources outside its text: the work it is based on, a canonical address on another site,
//! credited organisations, authors that are agencies.

use wirecopy_document::page_metadata::{Field, Reliability, Statement};
use wirecopy_text::ByteSpan;

use super::names::is_own;
use super::provenance::{CueKind, ProvenanceCue};
use wirecopy_document::credit;
use wirecopy_document::credit::is_outlet_like;
use wirecopy_document::outlets;

/// The clues in `statements`, in their order. `own` holds what the page's own site and publisher are called or addressed
/// by: what it says of itself is no clue. The clues have empty spans, since they stand outside the text. O(statements).
#[must_use]
pub fn stated(statements: &[Statement], own: &[&str]) -> Vec<ProvenanceCue> {
    let mut own: Vec<String> = own.iter().map(|&name| name.to_owned()).collect();
    own.extend(own_names(statements));
    let foreign = |name: &String| !is_own(name, own.iter().map(String::as_str));
    let mut cues: Vec<ProvenanceCue> = Vec::new();
    for statement in statements {
        let Some(name) = source_in(statement).filter(foreign) else {
            continue;
        };
        let kind = CueKind::Stated(statement.subject);
        if cues
            .iter()
            .all(|held| held.name != name || held.kind != kind)
        {
            cues.push(ProvenanceCue {
                name,
                kind,
                span: ByteSpan::default(),
                weight: kind.weight(),
            });
        }
    }
    cues
}

/// What the page calls its own site, publisher and place.
fn own_names(statements: &[Statement]) -> impl Iterator<Item = String> {
    statements
        .iter()
        .filter_map(|statement| match statement.subject {
            Field::Site | Field::Publisher => Some(statement.value.clone()),
            Field::Address => outlets::of_address(&statement.value),
            _ => None,
        })
}

/// The outlet that a statement names as a source.
fn source_in(statement: &Statement) -> Option<String> {
    let value = statement.value.as_str();
    match statement.subject {
        _ if statement.trust == Reliability::Low => None,
        Field::BasedOn | Field::Canonical | Field::Credit if value.contains("://") => {
            outlets::of_address(value)
        }
        Field::BasedOn | Field::Credit => match outlets::at_start(value) {
            Some((known, length)) if length == value.len() => Some(known.to_owned()),
            _ => is_outlet_like(value).then(|| value.to_owned()),
        },
        Field::Author => credit::author(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wirecopy_document::page_metadata::Origin;

    fn statement(subject: Field, value: &str) -> Statement {
        Statement {
            subject,
            value: value.to_owned(),
            origin: Origin::JsonLd,
            trust: Reliability::High,
        }
    }

    #[test]
    fn other_sites_and_agencies_are_sources_and_the_page_itself_is_none() {
        let page = [
            statement(Field::Site, "Lorne Courier"),
            statement(Field::Address, "https://www.lorne-courier.org/ferry"),
            statement(Field::Canonical, "https://www.reuters.com/ferry"),
            statement(Field::BasedOn, "https://news.harbour-wire.org/ferry"),
            statement(Field::Credit, "The Lorne Courier"),
            statement(Field::Credit, "AP"),
            statement(Field::Title, "Reuters"),
            statement(Field::Author, "Ann Low"),
            statement(Field::Author, "By AFP"),
        ];
        let found: Vec<_> = stated(&page, &[])
            .into_iter()
            .map(|cue| (cue.name, cue.kind.name()))
            .collect();
        let wanted = [
            ("Reuters", "canonical"),
            ("harbour-wire.org", "based_on"),
            ("Associated Press", "credit"),
            ("Agence France-Presse", "author"),
        ];
        assert_eq!(found, wanted.map(|(name, cue)| (name.to_owned(), cue)));
        assert_eq!(stated(&page[2..3], &["reuters.com"]), []);
    }
}
