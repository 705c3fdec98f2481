//! The lexicon's tables: what site boilerplate, captions and credits say in English, German, French, Spanish, Italian
//! and Portuguese.
//!
//! Tables are text files beside this one. A line in brackets opens a group and names the type, role, anchor and weight
//! of the phrases under it, one a line, in lower case; `'` also stands for `’`.
//!
//! Weights are log-odds against article text. They come in three steps, so that a table can be extended without
//! fitting: `sure` for words that nothing but boilerplate says, `likely` for words that need a little support from
//! shape or place, `hint` for words that articles use too. The steps were set by hand, looking at the fitting part of the
//! labelled articles and at real articles; they are no estimates, and neither are the probabilities made of them.

use super::Role;
use wirecopy_findings::BoilerplateType;

/// The tables. `offers.txt` has what subscription offers, consent texts and closed comments say: the standard texts, purposes
/// and features of the IAB Europe Transparency and Consent Framework (policies, version 2.2, appendix A) in the official
/// translations, and the usual words of barriers, price lists and log-in forms of newspapers and their subscription platforms.
const TABLES: [&str; 4] = [
    include_str!("chrome.txt"),
    include_str!("short.txt"),
    include_str!("credit.txt"),
    include_str!("offers.txt"),
];

/// Decides alone.
pub(crate) const SURE: f64 = 9.0;
/// Decides on a short line.
pub(crate) const LIKELY: f64 = 6.0;
/// Decides with support.
pub(crate) const HINT: f64 = 3.0;

/// Where in a line a phrase counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// It is the whole line, but for case, digits and punctuation.
    Line,
    /// The line opens with it. A phrase that ends in a colon wants a colon, dash or bar after it.
    Start,
    /// The line ends with it, but for punctuation.
    End,
    /// Anywhere, at word boundaries.
    Any,
}

/// One phrase.
pub(crate) struct Entry {
    /// What it marks.
    pub kind: BoilerplateType,
    /// Whose role it speaks for.
    pub role: Role,
    /// Where it counts.
    pub anchor: Anchor,
    /// Log-odds.
    pub weight: f64,
    /// The words, lower case.
    pub phrase: &'static str,
}

/// All phrases, in the order of the tables.
///
/// # Panics
/// When a table is malformed, which a test rules out.
pub(crate) fn entries() -> Vec<Entry> {
    let mut entries = Vec::new();
    for table in TABLES {
        let mut group = None;
        for line in table.lines().filter(|line| !line.is_empty()) {
            if let Some(head) = line
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
                .filter(|h| h.contains(' '))
            {
                group = Some(header(head).expect("a group names type, role, anchor and weight"));
            } else {
                let (kind, role, anchor, weight) = group.expect("phrases stand under a group");
                entries.push(Entry {
                    kind,
                    role,
                    anchor,
                    weight,
                    phrase: line,
                });
            }
        }
    }
    entries
}

/// Reads `newsletter_prompt chrome any sure`.
fn header(head: &str) -> Option<(BoilerplateType, Role, Anchor, f64)> {
    let [kind, role, anchor, weight] = head.split(' ').collect::<Vec<_>>().try_into().ok()?;
    let kind = serde_json::from_value(serde_json::Value::from(kind)).ok()?;
    let role = match role {
        "chrome" => Role::Chrome,
        "caption" => Role::Caption,
        "provenance" => Role::Provenance,
        _ => return None,
    };
    let anchor = match anchor {
        "line" => Anchor::Line,
        "start" => Anchor::Start,
        "end" => Anchor::End,
        "any" => Anchor::Any,
        _ => return None,
    };
    let weight = match weight {
        "sure" => SURE,
        "likely" => LIKELY,
        "hint" => HINT,
        _ => return None,
    };
    Some((kind, role, anchor, weight))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_well_formed() {
        let entries = entries();
        assert!(entries.len() > 1_000);
        for entry in &entries {
            assert_eq!(
                entry.phrase,
                entry.phrase.trim(),
                "no blanks around a phrase"
            );
            assert_eq!(
                entry.phrase,
                entry.phrase.to_lowercase(),
                "phrases are lower case"
            );
            assert!(
                entry.anchor != Anchor::Any || entry.phrase.len() >= 4,
                "{}: phrases that count anywhere have four bytes",
                entry.phrase
            );
            assert!(
                entry.phrase.chars().any(char::is_alphanumeric),
                "{}",
                entry.phrase
            );
        }
    }
}
