//! What a text says about its own origin: datelines, credits, source lines, shortcodes.
//!
//! A clue is only read where credits stand: at the start of a line, in a line about "this story", in a copyright line.
//! The same words in running prose ("an essay first published in ...") are no clue.

use wirecopy_document::lines::lines;
use wirecopy_document::page_metadata::Field;
use wirecopy_text::ByteSpan;

use super::credit_phrases::{
    CONTRIBUTED, COPYRIGHT, PHOTO, REPORTED, REPORTING, SOURCE_PHRASES, SUBJECTS, TRIGGERS,
};
use super::names::{continues, read_name};
use wirecopy_document::credit;
use wirecopy_document::credit::{Credit, CreditForm};
use wirecopy_document::outlets;

pub use super::names::same_outlet;

/// What a clue to the origin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CueKind {
    /// `CITY (AP) —`, `(CNN) —`.
    Dateline,
    /// `With reporting from ...`, `... of the Associated Press contributed to this report`.
    Contributor,
    /// `Originally published by ...`, `Sourced From: ...`, `The post ... appeared first on ...`.
    SourceLine,
    /// `© 2021 ...`.
    Copyright,
    /// `By NAME, Reuters`; an agency alone on the first or last lines.
    Byline,
    /// `(ANI)`, `/ritzau/`, `... to court. (AFP)` on the last lines.
    CreditLine,
    /// A photo credit: weak, since pictures travel without their story.
    PhotoCredit,
    /// A shortcode that names an outlet.
    Shortcode,
    /// `told CNN`: weak.
    OwnReporting,
    /// What the page says outside its text.
    Stated(Field),
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
            Self::CreditLine => "credit_line",
            Self::PhotoCredit => "photo_credit",
            Self::Shortcode => "shortcode",
            Self::OwnReporting => "own_reporting",
            Self::Stated(subject) => subject.name(),
        }
    }

    /// Log-odds that the text came from the outlet named. Set by judgement, strongest for lines that say so outright; not
    /// fitted.
    pub(super) fn weight(self) -> f64 {
        match self {
            Self::SourceLine | Self::Stated(Field::BasedOn) => 5.0,
            Self::Dateline | Self::Stated(Field::Canonical) => 4.5,
            Self::Copyright | Self::CreditLine => 3.5,
            Self::Byline | Self::Contributor | Self::Stated(_) => 3.0,
            Self::Shortcode => 2.0,
            Self::PhotoCredit => 0.7,
            Self::OwnReporting => 0.5,
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
    /// Its words; indexes the text.
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

/// Lines from either end in which bylines and lone agency names are looked for.
const EDGE_LINES: usize = 6;
/// Bytes from the start in which a dateline may open a line (a caption or a menu may stand before it).
const DATELINE_BYTES: usize = 3000;
/// Words up to which a line may be nothing but a credit.
const SHORT_LINE_WORDS: usize = 14;
/// Bytes of a line that may be a label and its source.
const LABELLED_BYTES: usize = 300;
/// Bytes of a line that are read: a text without line breaks is read at both ends only.
const MAX_LINE_BYTES: usize = 4000;

/// Reads the clues of one document, by their place in the text. Names of the document's own outlet are clues too; who
/// uses them decides. O(bytes).
#[must_use]
pub fn read(document: &SourceText<'_>) -> Vec<ProvenanceCue> {
    let lines: Vec<(&str, usize)> = lines(document.text)
        .map(|line| (line.of(document.text), line.start as usize))
        .collect();
    let mut out = Vec::new();
    let mut triggers = TRIGGERS.find_iter(document.text).map(|found| found.start());
    let mut trigger = triggers.next();
    for (number, &(line, at)) in lines.iter().enumerate() {
        while trigger.is_some_and(|trigger| trigger < at) {
            trigger = triggers.next();
        }
        let telling = trigger.is_some_and(|trigger| trigger < at + line.len());
        let last = number > 0 && number + EDGE_LINES >= lines.len();
        let edge = number < EDGE_LINES || last;
        for (part, at) in parts(line, at) {
            let reader = Reader { line: part, at };
            if at < DATELINE_BYTES {
                reader.dateline(&mut out);
            }
            if edge && !reader.credit(last, &mut out) {
                reader.byline(&mut out);
            }
            if telling {
                reader.credits(&mut out);
            }
            reader.labelled(&mut out);
            reader.shortcode(&mut out);
            reader.own_reporting(&mut out);
        }
    }
    out.sort_by_key(|cue| (cue.span, cue.kind));
    out.dedup();
    out
}

/// The first place of `phrase` in `line`.
fn find(line: &str, phrase: &str) -> Option<usize> {
    memchr::memmem::find(line.as_bytes(), phrase.as_bytes())
}

/// `text` up to a place that was found in it.
fn until(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or(text)
}

/// `text` from a place on that was found in it.
fn behind(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or("")
}

/// A line, or the two ends of an overlong one.
fn parts(line: &str, at: usize) -> Vec<(&str, usize)> {
    if line.len() <= 2 * MAX_LINE_BYTES {
        return vec![(line, at)];
    }
    let head = line.floor_char_boundary(MAX_LINE_BYTES);
    let tail = line.ceil_char_boundary(line.len() - MAX_LINE_BYTES);
    vec![(until(line, head), at), (behind(line, tail), at + tail)]
}

/// One line under reading.
struct Reader<'t> {
    line: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn cue(&self, kind: CueKind, name: String, range: std::ops::Range<usize>) -> ProvenanceCue {
        ProvenanceCue {
            name,
            kind,
            span: ByteSpan::new(self.at + range.start, self.at + range.end),
            weight: kind.weight(),
        }
    }

    /// `PLACE, DATE (NAME) —` at the start of the line.
    fn dateline(&self, out: &mut Vec<ProvenanceCue>) {
        if let Some(credit) = credit::dateline(self.line) {
            self.credited(CueKind::Dateline, credit, out);
        }
    }

    /// A line that is nothing but a credit, or ends with one where it is among the last. Whether it is one.
    fn credit(&self, last: bool, out: &mut Vec<ProvenanceCue>) -> bool {
        let whole = if last {
            CueKind::CreditLine
        } else {
            CueKind::Byline
        };
        let closing = credit::closing(self.line);
        let found = closing.or_else(|| credit::tail(self.line).filter(|_| last));
        let Some(credit) = found else {
            return false;
        };
        let kind = match credit.form {
            CreditForm::Whole => whole,
            CreditForm::Part => CueKind::Contributor,
        };
        self.credited(kind, credit, out);
        true
    }

    fn credited(&self, kind: CueKind, credit: Credit, out: &mut Vec<ProvenanceCue>) {
        for name in credit.names {
            out.push(self.cue(kind, name, credit.range.clone()));
        }
    }

    /// `By NAME, Reuters`.
    fn byline(&self, out: &mut Vec<ProvenanceCue>) {
        if self.line.split_whitespace().count() > SHORT_LINE_WORDS {
            return;
        }
        let whole = 0..self.line.len();
        let Some(rest) = strip_word(self.line, "by") else {
            return;
        };
        let breaks = rest
            .char_indices()
            .filter(|&(_, c)| matches!(c, ',' | '/' | '|' | '–' | '—' | '('));
        let starts = std::iter::once(0).chain(breaks.map(|(at, c)| at + c.len_utf8()));
        for start in starts {
            if let Some((name, _)) = outlets::at_start(behind(rest, start).trim_start()) {
                out.push(self.cue(CueKind::Byline, name.to_owned(), whole));
                return;
            }
        }
        if let Some((_, behind)) = rest.split_once(" and the ")
            && let Some((name, _)) = read_name(behind).filter(|(name, _)| name.contains(' '))
        {
            out.push(self.cue(CueKind::Byline, name, whole));
        }
    }

    fn credits(&self, out: &mut Vec<ProvenanceCue>) {
        // What is looked for is ASCII or has no case, and offsets must carry over.
        let lower = self.line.to_ascii_lowercase();
        self.source_line(&lower, out);
        self.contributors(&lower, out);
        self.reporting(&lower, out);
        self.copyright(&lower, out);
        self.photo(out);
    }

    fn source_line(&self, lower: &str, out: &mut Vec<ProvenanceCue>) {
        let words = lower.split_whitespace().count();
        for phrase in SOURCE_PHRASES {
            let Some(found) = find(lower, phrase) else {
                continue;
            };
            let before = until(lower, found);
            let sentence = before.rfind(['.', '!', '?']).map_or(0, |stop| stop + 1);
            let before = behind(before, sentence);
            let about = ["this ", "the post "]
                .iter()
                .any(|this| before.contains(this))
                && SUBJECTS.iter().any(|subject| before.contains(subject));
            if !(about || (words <= SHORT_LINE_WORDS && before.trim().is_empty())) {
                continue;
            }
            let start = found + phrase.len();
            if let Some((name, len)) = read_name(behind(self.line, start)) {
                out.push(self.cue(CueKind::SourceLine, name, sentence..start + len));
                return;
            }
        }
        self.reported(lower, out);
    }

    /// `Bron: ANP`.
    fn labelled(&self, out: &mut Vec<ProvenanceCue>) {
        if self.line.len() <= LABELLED_BYTES
            && let Some(credit) = credit::labelled(self.line)
        {
            self.credited(CueKind::SourceLine, credit, out);
        }
    }

    /// `This report by NAME was first published ...`.
    fn reported(&self, lower: &str, out: &mut Vec<ProvenanceCue>) {
        let opening = REPORTED
            .iter()
            .find(|opening| lower.starts_with(**opening) && lower.contains("publi"));
        if let Some(opening) = opening
            && let Some((name, len)) = read_name(behind(self.line, opening.len()))
        {
            out.push(self.cue(CueKind::SourceLine, name, 0..opening.len() + len));
        }
    }

    /// A known outlet in a line that says who contributed.
    fn contributors(&self, lower: &str, out: &mut Vec<ProvenanceCue>) {
        let Some(phrase) = CONTRIBUTED.iter().find_map(|phrase| lower.rfind(phrase)) else {
            return;
        };
        // In a long line the credit is its own sentence, behind the last closing mark or at most 400 bytes before.
        let from = until(self.line, phrase)
            .rfind(['”', '"', '\u{2022}'])
            .map_or(0, |mark| mark + 1);
        let from = self
            .line
            .ceil_char_boundary(from.max(phrase.saturating_sub(400)));
        let known = outlets::inside(behind(self.line, from)).map(|(name, _)| name.to_owned());
        let named = known.or_else(|| self.named_outlet(from..phrase));
        if let Some(name) = named {
            out.push(self.cue(CueKind::Contributor, name, from..self.line.len()));
        }
    }

    /// The outlet in "Ann Low of the Valley Herald": what follows the last "of the", or "the" at the start.
    fn named_outlet(&self, range: std::ops::Range<usize>) -> Option<String> {
        let part = self.line.get(range)?;
        let at = part.rfind(" of the ").map(|at| at + " of the ".len());
        let at = at.or_else(|| strip_word(part, "the").map(|rest| part.len() - rest.len()))?;
        let (name, _) = read_name(behind(part, at))?;
        name.contains(' ').then_some(name)
    }

    /// `With reporting from NAME`, `(Reporting by A; Editing by B)`.
    fn reporting(&self, lower: &str, out: &mut Vec<ProvenanceCue>) {
        for phrase in REPORTING {
            if let Some(rest) = find(lower, phrase).map(|found| found + phrase.len()) {
                self.reporter(phrase, rest, out);
            }
        }
        if let (Some(start), Some(_)) = (find(lower, "(reporting by "), find(lower, "editing by "))
        {
            out.push(self.cue(
                CueKind::Contributor,
                "Reuters".to_owned(),
                start..self.line.len(),
            ));
        }
    }

    /// The outlets behind "with reporting by", which ends at `rest`. Names of people are passed over, save that the
    /// outlet they are "of" counts.
    fn reporter(&self, phrase: &str, rest: usize, out: &mut Vec<ProvenanceCue>) {
        let text = behind(self.line, rest);
        let article = text.starts_with("the ");
        let open = article || !(phrase.ends_with("by ") || phrase.contains("input"));
        let known = outlets::at_start(text).map(|(name, len)| (name.to_owned(), len));
        let skipped = if article { "the ".len() } else { 0 };
        let first = behind(text, skipped).split(" and ").next().unwrap_or("");
        let read = || read_name(first).map(|(name, len)| (name, len + skipped));
        let named = known.or_else(|| read().filter(|_| open));
        let listed = |len: usize| !article && continues(behind(text, len));
        if let Some((name, len)) = named.filter(|&(_, len)| !listed(len)) {
            let span = rest - phrase.len()..rest + len;
            out.push(self.cue(CueKind::Contributor, name, span));
        }
        if let Some(name) = self
            .named_outlet(rest..self.line.len())
            .filter(|_| text.contains(" of the "))
        {
            let span = rest - phrase.len()..self.line.len();
            out.push(self.cue(CueKind::Contributor, name, span));
        }
    }

    fn copyright(&self, lower: &str, out: &mut Vec<ProvenanceCue>) {
        let Some((mark_text, mark, found)) = COPYRIGHT
            .iter()
            .find_map(|mark| find(lower, mark).map(|at| (mark, at, at + mark.len())))
        else {
            return;
        };
        let rest = behind(self.line, found);
        let skip = |c: char| {
            c.is_ascii_digit()
                || matches!(c, ' ' | '©' | '-' | '–' | ',' | '(' | ')' | 'c' | '\u{a0}')
        };
        let name_at = rest.find(|c: char| !skip(c)).unwrap_or(rest.len());
        let year = until(rest, name_at).contains(|c: char| c.is_ascii_digit());
        let named = behind(rest, name_at);
        let sure =
            year || (*mark_text == "©" && wirecopy_document::agencies::anywhere(named).is_some());
        let Some((name, len)) = read_name(named).filter(|_| sure) else {
            return;
        };
        let kind = if lower.contains("photo") || lower.contains("getty") {
            CueKind::PhotoCredit
        } else {
            CueKind::Copyright
        };
        out.push(self.cue(kind, name, mark..found + name_at + len));
    }

    /// `[time-brightcove not-tgx="true"]`: the first part of the name.
    fn shortcode(&self, out: &mut Vec<ProvenanceCue>) {
        let Some(rest) = self.line.strip_prefix('[') else {
            return;
        };
        let Some(close) = rest.find(']').filter(|_| rest.contains('=')) else {
            return;
        };
        let first = until(rest, close)
            .split(['-', '_', ' '])
            .next()
            .unwrap_or("");
        let known = outlets::of_address(&format!("{first}.com")).filter(|name| !name.contains('.'));
        if let Some(name) = known.filter(|_| first.len() > 1) {
            out.push(self.cue(CueKind::Shortcode, name, 0..close + 2));
        }
    }

    fn photo(&self, out: &mut Vec<ProvenanceCue>) {
        for (mark, name) in PHOTO {
            if let Some(found) = find(self.line, mark) {
                out.push(self.cue(
                    CueKind::PhotoCredit,
                    name.to_owned(),
                    found..found + mark.len(),
                ));
            }
        }
    }

    fn own_reporting(&self, out: &mut Vec<ProvenanceCue>) {
        for (found, told) in self.line.match_indices("told ") {
            let start = found + told.len();
            if let Some((name, len)) = outlets::at_start(behind(self.line, start)) {
                out.push(self.cue(CueKind::OwnReporting, name.to_owned(), found..start + len));
                return;
            }
        }
    }
}

/// `line` without a leading `word` (any case) and the space after it.
fn strip_word<'t>(line: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = line.split_at_checked(word.len())?;
    let rest = rest.strip_prefix([' ', ':'])?;
    head.eq_ignore_ascii_case(word).then(|| rest.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues(text: &str) -> Vec<(String, CueKind, String)> {
        let found = read(&SourceText {
            text,
            ..SourceText::default()
        });
        found
            .into_iter()
            .map(|c| (c.name, c.kind, c.span.of(text).to_owned()))
            .collect()
    }

    fn names(text: &str) -> Vec<(String, CueKind)> {
        cues(text)
            .into_iter()
            .map(|(name, kind, _)| (name, kind))
            .collect()
    }

    fn one(name: &str, kind: CueKind) -> Vec<(String, CueKind)> {
        vec![(name.to_owned(), kind)]
    }

    #[test]
    fn a_line_ends_where_any_editor_ends_it() {
        let text =
            "Harbour shut again\nLISBON (AP) — The harbour was shut.\nBoats stayed in.\n(Reuters)";
        let wanted = names(text);
        assert_eq!(wanted.len(), 2);
        for end in ["\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"] {
            assert_eq!(names(&text.replace('\n', end)), wanted, "{end:?}");
        }
    }

    #[test]
    fn datelines_name_agencies_known_and_unknown() {
        assert_eq!(
            names("LISBON (AP) — The harbour was shut."),
            one("Associated Press", CueKind::Dateline)
        );
        assert_eq!(
            names("PARIS, March 3 (Reuters) - Rain fell."),
            one("Reuters", CueKind::Dateline)
        );
        assert_eq!(names("(CNN) — Rain fell."), one("CNN", CueKind::Dateline));
        assert_eq!(
            names("(Harbour Wire) - Rain fell."),
            one("Harbour Wire", CueKind::Dateline)
        );
        assert_eq!(names("Senator Low (D-Ohio) - a quiet man - spoke."), []);
        assert_eq!(names("The mayor (who was late) - spoke."), []);
    }

    #[test]
    fn source_lines_name_outlets_and_hosts() {
        let source = |name| one(name, CueKind::SourceLine);
        assert_eq!(
            names("This story was originally published by Harbour Wire."),
            source("Harbour Wire")
        );
        assert_eq!(
            names("The post Rain stops play appeared first on Valley Herald."),
            source("Valley Herald")
        );
        assert_eq!(
            names("Sourced From: www.nytimes.com/2021/12/30/rain.html"),
            source("The New York Times")
        );
        assert_eq!(
            names("Source: https://news.harbour.example.org/rain"),
            source("example.org")
        );
        assert_eq!(names("This story was first published in May."), []);
        assert_eq!(names("Source: Harbour Survey"), []);
        assert_eq!(
            names("Her essay, first published in Valley Herald, made her known to many."),
            []
        );
    }

    #[test]
    fn contributors_and_bylines_need_a_known_outlet_or_the_word_from() {
        assert_eq!(
            names("Ann Low and Bo Reed of the Associated Press contributed to this report."),
            one("Associated Press", CueKind::Contributor)
        );
        assert_eq!(
            names("He told NBC News of “rain.”The Associated Press contributed to this report.")
                [1..],
            one("Associated Press", CueKind::Contributor)
        );
        assert_eq!(
            names("With reporting from Harbour Wire."),
            one("Harbour Wire", CueKind::Contributor)
        );
        assert_eq!(names("With input from Ann Low, Bo Reed and Cy Day"), []);
        assert_eq!(
            names("By Ann Low, Associated Press\nText."),
            one("Associated Press", CueKind::Byline)
        );
        assert_eq!(names("By Ann Low\nText."), []);
    }

    #[test]
    fn copyright_lines_and_shortcodes_point_at_their_owner() {
        assert_eq!(
            names("© 2021 AFP"),
            one("Agence France-Presse", CueKind::Copyright)
        );
        assert_eq!(
            names("Copyright 2019 Valley Herald. All rights reserved."),
            one("Valley Herald", CueKind::Copyright)
        );
        assert_eq!(
            names("[time-brightcove not-tgx=\"true\"]"),
            one("TIME", CueKind::Shortcode)
        );
    }

    #[test]
    fn spans_slice_the_text_and_odd_input_is_read() {
        assert_eq!(cues("© 2021 AFP")[0].2, "© 2021 AFP");
        let line = "Copyright 2019 Valley Herald";
        assert_eq!(cues(line)[0].2, line);
        for text in [
            "",
            "(",
            "()",
            "(AP)",
            "©",
            "source:",
            "[=]",
            "By ",
            "told ",
            "İ (AP) — x",
            "İ©é ẞ",
            "İ ẞ Copyright 2019 Valley Herald",
            "© 20",
        ] {
            for cue in read(&SourceText {
                text,
                ..SourceText::default()
            }) {
                assert!(!cue.span.of(text).is_empty());
            }
        }
    }

    #[test]
    fn credits_of_outlets_that_no_list_knows_are_read_behind_the_article() {
        let names = |text| names(text).into_iter().map(|x| x.0).collect::<Vec<_>>();
        assert_eq!(
            names("Ann Low of the Harbour Wire contributed to this report."),
            ["Harbour Wire"]
        );
        assert_eq!(
            names("With reporting by the Harbour Wire and Bo Reed of the Valley Herald"),
            ["Harbour Wire", "Valley Herald"]
        );
        assert_eq!(
            names("By Herald staff and the Harbour Wire\nText."),
            ["Harbour Wire"]
        );
    }
}
