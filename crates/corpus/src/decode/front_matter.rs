//! The block of fields at the head of Markdown files: YAML between `---`, or TOML between `+++`.
//!
//! A small part of either language is read: `key: value` (or `key = value`) at the margin, with strings in quotation marks or
//! without, lists of strings, and texts that go on in indented lines. What else stands in the block is passed over with it.

use std::iter::Peekable;

use wirecopy_document::{Document, TextOrigin};

use crate::decode::fields::{Fields, Value, places};
use crate::read::FieldNames;

/// Most bytes of a block; a longer one is text between two rules.
const MOST_BYTES: usize = 64 << 10;

/// Which language a block is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Yaml,
    Toml,
}

impl Language {
    fn is_fence(self, line: &str) -> bool {
        match self {
            Self::Yaml => matches!(line, "---" | "..."),
            Self::Toml => line == "+++",
        }
    }

    fn assigns(self) -> char {
        match self {
            Self::Yaml => ':',
            Self::Toml => '=',
        }
    }
}

/// Takes the block off the text of `document`, and its fields where the document says nothing. A text without a block, whose
/// first line is a heading, has that for its title.
pub(crate) fn take(document: &mut Document, names: &FieldNames) {
    if let Some((block, text, language)) = split(&document.text) {
        let mut fields = Fields::default();
        for (key, value) in entries(block, language) {
            let exact = places(names, &key);
            let known = if exact.iter().any(Option::is_some) {
                exact
            } else {
                places(names, &key.to_ascii_lowercase())
            };
            fields.put(known, value);
        }
        let text = text.to_owned();
        fields.fill_in(document);
        document.text = text;
        document.text_origin = TextOrigin::Derived;
    }
    if document.title.is_none() {
        document.title = heading(&document.text).map(str::to_owned);
    }
}

/// The words of a heading that stands first in `text`.
fn heading(text: &str) -> Option<&str> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let line = lines.find(|line| !line.trim().is_empty())?;
    let words = line
        .strip_prefix("# ")?
        .trim()
        .trim_end_matches('#')
        .trim_end();
    (!words.is_empty()).then_some(words)
}

/// The block, the text behind it, and the language.
fn split(text: &str) -> Option<(&str, &str, Language)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (first, rest) = text.split_once('\n')?;
    let language = match first.trim_end() {
        "---" => Language::Yaml,
        "+++" => Language::Toml,
        _ => return None,
    };
    let mut length = 0;
    for line in rest.split_inclusive('\n') {
        if length > MOST_BYTES {
            break;
        }
        if language.is_fence(line.trim_end()) {
            let (block, behind) = rest.split_at_checked(length)?;
            let text = behind.split_once('\n').map_or("", |(_, text)| text);
            return is_block(block, language).then_some((block, text, language));
        }
        length += line.len();
    }
    None
}

/// Whether `block` holds fields, and is no text between two rules: its first line says so.
fn is_block(block: &str, language: Language) -> bool {
    let is_told = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let first = block.lines().find(is_told);
    first.is_none_or(|line| assignment(line, language).is_some() || line.starts_with('['))
}

/// The key and the value of a line at the margin.
fn assignment(line: &str, language: Language) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(language.assigns())?;
    let key = key.trim_end().trim_matches('"');
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_apart = value.is_empty() || value.starts_with([' ', '\t', '\r']);
    let is_whole = !key.is_empty() && key.chars().all(is_key);
    (is_whole && (is_apart || language == Language::Toml)).then_some((key, value.trim()))
}

/// The fields of a block, in order. Those of TOML tables are left out: they are not the page's own.
fn entries(block: &str, language: Language) -> Vec<(String, Value)> {
    let mut lines = block.lines().peekable();
    let mut entries = Vec::new();
    while let Some(line) = lines.next() {
        if language == Language::Toml && line.starts_with('[') {
            break;
        }
        if let Some((key, value)) = assignment(line, language) {
            let more = indented(&mut lines);
            entries.push((key.to_owned(), whole_value(value, &more)));
        }
    }
    entries
}

/// The lines that go on with a value: indented ones, items of a list, and blank ones among them.
fn indented<'b>(lines: &mut Peekable<impl Iterator<Item = &'b str>>) -> Vec<&'b str> {
    let goes_on = |line: &&str| line.starts_with([' ', '\t', '-', ']']) || line.trim().is_empty();
    std::iter::from_fn(|| lines.next_if(goes_on)).collect()
}

fn whole_value(value: &str, more: &[&str]) -> Value {
    let first = value.chars().next();
    let lines = more
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty());
    if first == Some('[') {
        let all: String = std::iter::once(value).chain(lines).collect();
        return Value::List(items(&all));
    }
    if first.is_none() {
        let listed = |line: &str| Some(scalar(line.strip_prefix("- ")?));
        let list: Vec<String> = lines.clone().filter_map(listed).collect();
        // An object, as of an author: what it is called.
        let named = lines.clone().find_map(|line| line.strip_prefix("name:"));
        return match (list.is_empty(), named) {
            (false, _) => Value::List(list),
            (true, Some(name)) => Value::Text(scalar(name)),
            (true, None) => Value::Other,
        };
    }
    let is_folded = matches!(value, "|" | ">" | "|-" | ">-" | "|+" | ">+");
    let own = (!is_folded).then_some(value);
    let all: Vec<&str> = own.into_iter().chain(lines).collect();
    Value::Text(scalar(&all.join(" ")))
}

/// The items of a list in square brackets.
fn items(list: &str) -> Vec<String> {
    let inside = list.trim_start_matches('[');
    let inside = inside.rsplit_once(']').map_or(inside, |(inside, _)| inside);
    let items = inside.split(',').map(scalar);
    items.filter(|item| !item.is_empty()).collect()
}

/// What a string says: quotation marks, or the comment behind it, taken away.
fn scalar(written: &str) -> String {
    let written = written.trim();
    for mark in ['"', '\''] {
        let inside = written
            .strip_prefix(mark)
            .and_then(|rest| rest.rsplit_once(mark));
        if let Some((inside, _)) = inside {
            return match mark {
                '"' => inside.replace("\\\"", "\"").replace("\\\\", "\\"),
                _ => inside.replace("''", "'"),
            };
        }
    }
    let bare = written.split_once(" #").map_or(written, |(bare, _)| bare);
    bare.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Document {
        let mut document = Document {
            text: text.to_owned(),
            ..Document::default()
        };
        take(&mut document, &FieldNames::default());
        document
    }

    #[test]
    fn fields_are_taken_and_the_block_is_no_text() {
        let yaml = "---\r\ntitle: \"Fish: \\\"closed\\\"\"\r\nDate: 2024-03-05 # posted\r\nauthors:\r\n  - Leonie Tarn\r\n  - 'J. O''Dea'\r\n\
            url: https://a.example/x#y\r\ntags: [a, b]\r\nid: 7\r\n---\r\n\r\n# Heading\r\nText.\r\n";
        let document = read(yaml);
        assert_eq!(document.text, "\r\n# Heading\r\nText.\r\n");
        assert_eq!(document.text_origin, TextOrigin::Derived);
        assert_eq!(document.title.as_deref(), Some("Fish: \"closed\""));
        assert_eq!(document.published.as_deref(), Some("2024-03-05"));
        assert_eq!(document.authors, ["Leonie Tarn", "J. O'Dea"]);
        assert_eq!(document.url.as_deref(), Some("https://a.example/x#y"));
        let toml = "+++\ntitle = 'Fish'\ndate = 2024-03-05T10:00:00Z\nauthors = [\n  \"A\",\n  \"B\",\n]\n[extra]\ntitle = \"no\"\n+++\nText.";
        let document = read(toml);
        assert_eq!(
            (document.text.as_str(), document.title.as_deref()),
            ("Text.", Some("Fish"))
        );
        assert_eq!(document.published.as_deref(), Some("2024-03-05T10:00:00Z"));
        assert_eq!(document.authors, ["A", "B"]);
    }

    #[test]
    fn texts_that_go_on_and_objects_are_read_as_far_as_they_say_one_thing() {
        let document = read(
            "\u{feff}---\ntitle: >-\n  Fish\n  market\nauthor:\n  name: Leonie Tarn\n  url: x\n---\nText.",
        );
        assert_eq!(document.title.as_deref(), Some("Fish market"));
        assert_eq!(document.authors, ["Leonie Tarn"]);
        assert_eq!(document.text, "Text.");
    }

    #[test]
    fn rules_are_no_block() {
        for text in [
            "---\nThe ferry sank.\n---\nMore.",
            "---\ntitle: open",
            "Text\n---\na: b\n---\n",
            "- - -\n",
        ] {
            let document = read(text);
            assert_eq!((document.text.as_str(), document.title), (text, None));
        }
    }

    #[test]
    fn a_heading_is_the_title_without_its_mark() {
        assert_eq!(
            read("\n# Fish market #\n\nText.").title.as_deref(),
            Some("Fish market")
        );
        assert_eq!(read("#hashtag\n\nText.").title, None);
        assert_eq!(
            read("---\ndate: 2024\n---\n\n# Fish\nText.")
                .title
                .as_deref(),
            Some("Fish")
        );
    }
}
