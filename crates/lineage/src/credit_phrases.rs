//! The phrases that credits are told by, all in lower case but the marks of photographs.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// What has to follow (or stand before) a phrase for it to be a credit.
pub(super) const SOURCE_PHRASES: [&str; 20] = [
    "originally published by ",
    "originally published on ",
    "originally published in ",
    "originally published at ",
    "originally appeared on ",
    "originally appeared in ",
    "originally appeared at ",
    "originally reported by ",
    "first appeared on ",
    "first appeared in ",
    "first appeared at ",
    "first published by ",
    "first published on ",
    "first published in ",
    "appeared first on ",
    "republished from ",
    "reprinted from ",
    "syndicated from ",
    "sourced from: ",
    "sourced from ",
];

/// What such a line is about.
pub(super) const SUBJECTS: [&str; 9] = [
    "article", "story", "post", "piece", "report", "column", "content", "version", "essay",
];

pub(super) const CONTRIBUTED: [&str; 6] = [
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
    "contributed reporting",
    "contributed to the report",
    "report was contributed",
];

/// Openings of a line that says when an agency's report was first published.
pub(super) const REPORTED: [&str; 9] = [
    "this report by ",
    "this story by ",
    "this article by ",
    "this content by ",
    "this column by ",
    "cette dépêche de ",
    "cette depeche de ",
    "ce reportage de ",
    "ce texte de ",
];

pub(super) const REPORTING: [&str; 4] = [
    "with reporting from ",
    "with reporting by ",
    "with files from ",
    "with input from ",
];

pub(super) const COPYRIGHT: [&str; 3] = ["©", "copyright ", "(c) "];

/// Marks of a photo credit, with the agency.
pub(super) const PHOTO: [(&str, &str); 5] = [
    ("AP Photo", "Associated Press"),
    ("via AP", "Associated Press"),
    ("REUTERS/", "Reuters"),
    ("AFP/Getty", "Agence France-Presse"),
    ("AFP via Getty", "Agence France-Presse"),
];

/// Parts of all phrases that credits are told by, in any case: one pass over the text tells the few lines
/// that hold one from the many that do not.
pub(super) static TRIGGERS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let parts = [
        "originally ",
        "first appeared ",
        "first published ",
        "appeared first ",
        "republished ",
        "reprinted ",
        "syndicated ",
        "sourced ",
        "via ap",
        "cette d",
        "ce reportage",
        "ce texte",
        "contributed",
        "reporting ",
        "with files ",
        "with input ",
        "©",
        "copyright ",
        "(c) ",
        "ap photo",
        "reuters/",
        "afp",
    ];
    let mut builder = AhoCorasick::builder();
    let searcher = builder.ascii_case_insensitive(true).build(parts);
    searcher.expect("a few short patterns fit an automaton")
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phrase_that_is_looked_for_holds_a_trigger() {
        let phrases = SOURCE_PHRASES.iter().chain(&CONTRIBUTED);
        let phrases = phrases.chain(&REPORTING).chain(&COPYRIGHT);
        for phrase in phrases.copied().chain(PHOTO.map(|(mark, _)| mark)) {
            assert!(TRIGGERS.is_match(phrase), "{phrase}");
        }
    }
}
