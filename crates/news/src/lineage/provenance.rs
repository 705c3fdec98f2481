//! What a text says about its own origin: datelines, credits, source lines, shortcodes, metadata.

use wirecopy_core::ByteSpan;

/// What a clue to the origin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueKind {
    /// `CITY (AP) —`, `(CNN) —`.
    Dateline,
    /// `With reporting from ...`, `Associated Press writer ... contributed to this report`.
    Contributor,
    /// `Originally published by ...`, `Sourced From: ...`, `The post ... appeared first on ...`.
    SourceLine,
    /// `© 2021 ...`.
    Copyright,
    /// `By NAME, Reuters`, an agency as the last line.
    Byline,
    /// A photo credit: weak, since pictures travel without their story.
    PhotoCredit,
    /// A shortcode that names an outlet.
    Shortcode,
    /// `told CNN`: weak.
    OwnReporting,
    /// The record's canonical address or site.
    Metadata,
}

impl CueKind {
    /// Its name in the findings.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dateline => "dateline",
            Self::Contributor => "contributor",
            Self::SourceLine => "source_line",
            Self::Copyright => "copyright",
            Self::Byline => "byline",
            Self::PhotoCredit => "photo_credit",
            Self::Shortcode => "shortcode",
            Self::OwnReporting => "own_reporting",
            Self::Metadata => "metadata",
        }
    }
}

/// One clue to where a text came from.
#[derive(Clone, Debug, PartialEq)]
pub struct ProvenanceCue {
    /// The outlet or agency, in its usual full name.
    pub name: String,
    /// What the clue is.
    pub kind: CueKind,
    /// Its words; indexes the text. Empty for metadata.
    pub span: ByteSpan,
    /// Log-odds that the text came from there.
    pub weight: f64,
}

/// What the record and the text of one document offer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SourceText<'a> {
    /// The full text.
    pub text: &'a str,
    /// Address of the page.
    pub url: Option<&'a str>,
    /// Publisher or site, as the record names it.
    pub outlet: Option<&'a str>,
}

/// Reads the clues of one document, by their place in the text. O(bytes · phrases).
#[must_use]
pub fn read(document: &SourceText<'_>) -> Vec<ProvenanceCue> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in document.text.split_inclusive('\n') {
        read_line(line, start, &mut out);
        start += line.len();
    }
    out
}

const PHRASES: [(&str, CueKind, f64); 8] = [
    ("originally published by ", CueKind::SourceLine, 4.0),
    ("originally published on ", CueKind::SourceLine, 4.0),
    ("originally published in ", CueKind::SourceLine, 4.0),
    ("first appeared on ", CueKind::SourceLine, 4.0),
    ("first appeared in ", CueKind::SourceLine, 4.0),
    ("appeared first on ", CueKind::SourceLine, 4.0),
    ("With reporting from ", CueKind::Contributor, 3.0),
    ("With reporting by ", CueKind::Contributor, 3.0),
];

fn read_line(line: &str, start: usize, out: &mut Vec<ProvenanceCue>) {
    for (phrase, kind, weight) in PHRASES {
        if let Some(at) = line.find(phrase) {
            let rest = &line[at + phrase.len()..];
            let name = rest
                .split(['.', ',', '\n', ';'])
                .next()
                .unwrap_or("")
                .trim();
            if !name.is_empty() && name.len() < 50 {
                let span = ByteSpan::new(start + at, start + at + phrase.len() + name.len());
                out.push(ProvenanceCue {
                    name: name.to_owned(),
                    kind,
                    span,
                    weight,
                });
            }
        }
    }
    if let Some(rest) = line.strip_prefix('(')
        && let Some((name, after)) = rest.split_once(')')
        && name.len() < 40
        && after.trim_start().starts_with(['-', '–', '—'])
    {
        let span = ByteSpan::new(start, start + name.len() + 2);
        out.push(ProvenanceCue {
            name: name.to_owned(),
            kind: CueKind::Dateline,
            span,
            weight: 4.0,
        });
    }
}

/// Whether two names mean one outlet: equal letters and digits, whatever the case.
#[must_use]
pub fn same_outlet(a: &str, b: &str) -> bool {
    let letters = |name: &str| -> String {
        name.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    letters(a) == letters(b)
}
