//! What a person sees in a terminal, held against files that are read in review.

#![allow(
    clippy::unwrap_used,
    reason = "output that cannot be written is a failed test"
)]

mod common;

use common::{REPRINT, SPUN, WIRE, findings, texts, two_documents};
use unicode_width::UnicodeWidthStr;
use wirecopy_findings::Findings;
use wirecopy_report::NoTexts;
use wirecopy_report::terminal::{Charset, Colour, Style, compare, lineage, summary};

fn shown(
    style: Style,
    write: impl Fn(&Style, &mut dyn std::io::Write) -> std::io::Result<()>,
) -> String {
    let mut out = Vec::new();
    write(&style, &mut out).unwrap();
    let shown = String::from_utf8(out).unwrap();
    if style.colour == Colour::Never {
        let widest = shown.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        assert!(
            widest <= style.width,
            "a line of {widest} columns where {} are allowed",
            style.width
        );
        assert!(
            !shown.lines().any(|line| line.ends_with(' ')),
            "no line ends in a space"
        );
    }
    shown
}

fn plain(width: usize) -> Style {
    Style {
        width,
        colour: Colour::Never,
        charset: Charset::Unicode,
    }
}

fn colour(width: usize) -> Style {
    Style {
        colour: Colour::Always,
        ..plain(width)
    }
}

/// Escape codes in a form that can be read in a file.
fn readable(coloured: &str) -> String {
    coloured.replace("\u{1b}[0m", "⟩").replace("\u{1b}[", "⟨")
}

#[test]
fn summaries() {
    let (found, texts) = (findings(), texts());
    for width in [60, 80, 120] {
        let out = shown(plain(width), |style, out| {
            summary(&found, &texts, style, out)
        });
        insta::assert_snapshot!(format!("summary_{width}"), out);
    }
    let out = shown(colour(80), |style, out| summary(&found, &texts, style, out));
    insta::assert_snapshot!("summary_80_colour", readable(&out));
}

#[test]
fn a_summary_in_ascii_is_ascii() {
    let style = Style {
        charset: Charset::Ascii,
        ..plain(80)
    };
    let out = shown(style, |style, out| {
        summary(&findings(), &texts(), style, out)
    });
    assert!(out.is_ascii());
    insta::assert_snapshot!("summary_80_ascii", out);
}

#[test]
fn lineages() {
    let out = shown(plain(80), |style, out| {
        lineage(&findings(), &texts(), style, out)
    });
    insta::assert_snapshot!("lineage_80", out);
}

#[test]
fn comparisons() {
    let (found, texts) = (two_documents(WIRE, REPRINT), texts());
    for width in [60, 80, 120] {
        let out = shown(plain(width), |style, out| {
            compare(&found, &texts, style, out)
        });
        insta::assert_snapshot!(format!("compare_{width}"), out);
    }
    let out = shown(colour(120), |style, out| {
        compare(&found, &texts, style, out)
    });
    insta::assert_snapshot!("compare_120_colour", readable(&out));
    let turned = two_documents(REPRINT, WIRE);
    let out = shown(plain(120), |style, out| {
        compare(&turned, &texts, style, out)
    });
    insta::assert_snapshot!("compare_120_turned", out);
    let spun = two_documents(WIRE, SPUN);
    let out = shown(plain(120), |style, out| compare(&spun, &texts, style, out));
    insta::assert_snapshot!("compare_120_spun", out);
}

#[test]
fn without_texts_and_without_findings_nothing_fails() {
    let bare = shown(plain(80), |style, out| {
        summary(&findings(), &NoTexts, style, out)
    });
    assert!(bare.contains("near-duplicate"));
    let none = shown(plain(80), |style, out| {
        summary(&Findings::default(), &NoTexts, style, out)
    });
    assert!(none.starts_with("0 documents") && !none.contains("Families"));
    let none = shown(plain(80), |style, out| {
        compare(&Findings::default(), &NoTexts, style, out)
    });
    assert!(none.starts_with("Two documents"));
}

#[test]
fn no_control_character_of_the_input_reaches_the_terminal() {
    let payload = "\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}evil\u{2066}\u{0}\r\u{8}";
    let poison = |text: &str| text.replace("island", &format!("is{payload}land"));
    let json = serde_json::to_string(&findings()).unwrap();
    let mut found: Findings = serde_json::from_str(&json).unwrap();
    for document in &mut found.documents {
        document.title = document.title.take().map(|t| format!("{t}{payload}"));
        document.site = Some(payload.into());
        document.published = Some(payload.into());
    }
    for quote in &mut found.quotes {
        quote.speaker = Some(format!("Orla{payload}").into());
        quote.text = format!("{}{payload}", quote.text).into();
    }
    for edge in &mut found.lineage.edges {
        edge.evidence[0].text.push_str(payload);
        edge.evidence[0].cue.push_str(payload);
    }
    found.quote_groups[0].speaker = Some(payload.into());
    found.lineage.sources[0].name = Some(payload.into());
    found.errors[0].message = payload.into();
    found.errors[0].path = payload.into();
    found.errors[0].code = payload.into();
    found.sites[0].site = payload.into();
    let texts: std::collections::BTreeMap<_, _> = texts()
        .into_iter()
        .map(|(id, t)| (id, poison(&t)))
        .collect();
    for charset in [Charset::Unicode, Charset::Ascii] {
        let style = Style {
            charset,
            ..plain(80)
        };
        let mut all = shown(style, |style, out| summary(&found, &texts, style, out));
        all += &shown(style, |style, out| lineage(&found, &texts, style, out));
        all += &shown(style, |style, out| compare(&found, &texts, style, out));
        let steers = |c: char| {
            c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!all.chars().any(|c| c != '\n' && steers(c)));
    }
}
