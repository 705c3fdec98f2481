//! What kind of file this is: by its name, and where the name says nothing by its first bytes.

use std::path::Path;

/// How the bytes of a file make up documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One document of plain text or Markdown.
    Text,
    /// One page.
    Html,
    /// One JSON object on each line.
    JsonLines,
    /// JSON values one after the other; the elements of an array are a record each.
    Json,
    /// A header row, then one row for each document.
    Csv {
        /// The byte between two fields.
        delimiter: u8,
    },
}

/// What a file's name says about its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ByName {
    /// A format that is read.
    Known(Format),
    /// An extension that stands for something else.
    Foreign(String),
    /// Nothing.
    Silent,
}

/// Longest ending that is taken for an extension. Real ones are short; "St. Bartholomew" ends in none.
const LONGEST_EXTENSION: usize = 8;

/// What the name of `path` says, compression endings left out of account.
pub(crate) fn by_name(path: &Path) -> ByName {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .to_ascii_lowercase();
    let plain = [".gz", ".zst", ".gzip", ".zstd"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(&name);
    let Some((stem, extension)) = plain.rsplit_once('.') else {
        return ByName::Silent;
    };
    let looks_like_one = !stem.is_empty()
        && (1..=LONGEST_EXTENSION).contains(&extension.len())
        && extension.bytes().all(|b| b.is_ascii_alphanumeric())
        && extension.bytes().any(|b| b.is_ascii_alphabetic());
    if !looks_like_one {
        return ByName::Silent;
    }
    match extension {
        "txt" | "text" | "md" | "markdown" => ByName::Known(Format::Text),
        "html" | "htm" | "xhtml" => ByName::Known(Format::Html),
        "jsonl" | "ndjson" => ByName::Known(Format::JsonLines),
        "json" => ByName::Known(Format::Json),
        "csv" => ByName::Known(Format::Csv { delimiter: b',' }),
        "tsv" => ByName::Known(Format::Csv { delimiter: b'\t' }),
        other => ByName::Foreign(other.to_owned()),
    }
}

/// The format of a file whose name says `named` and that begins with `head` (decompressed, UTF-8 if it is text).
/// `text_fields` are the column names that make a table a table of articles.
pub(crate) fn settle(named: &ByName, head: &[u8], text_fields: &[String]) -> Format {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match named {
        ByName::Known(Format::JsonLines) if first_byte(head) == Some(b'[') => Format::Json,
        ByName::Known(Format::Csv { delimiter: b',' }) => Format::Csv {
            delimiter: delimiter(head, text_fields).unwrap_or(b','),
        },
        ByName::Known(format) => *format,
        ByName::Foreign(_) | ByName::Silent => sniff(head, text_fields),
    }
}

fn sniff(head: &[u8], text_fields: &[String]) -> Format {
    match first_byte(head) {
        Some(b'{') if is_json_line(first_line(head.trim_ascii_start())) => Format::JsonLines,
        Some(b'{' | b'[') if begins_with_json(head) => Format::Json,
        Some(b'<') if looks_like_html(head) => Format::Html,
        _ => match delimiter(head, text_fields) {
            Some(delimiter) => Format::Csv { delimiter },
            None => Format::Text,
        },
    }
}

fn first_byte(head: &[u8]) -> Option<u8> {
    head.trim_ascii_start().first().copied()
}

fn first_line(head: &[u8]) -> &[u8] {
    &head[..memchr::memchr(b'\n', head).unwrap_or(head.len())]
}

fn is_json_line(line: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
        || (line.len() >= SNIFFED_BYTES && begins_with_json(line))
}

/// How much of a file is looked at. Enough for the head of any page and most records.
pub(crate) const SNIFFED_BYTES: usize = 64 << 10;

/// Whether `head` is JSON as far as it goes: a value, or the beginning of one.
fn begins_with_json(head: &[u8]) -> bool {
    let mut values =
        serde_json::Deserializer::from_slice(head).into_iter::<serde::de::IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => true,
        Some(Err(error)) => error.is_eof(),
        None => false,
    }
}

fn looks_like_html(head: &[u8]) -> bool {
    let lower = head[..head.len().min(4096)].to_ascii_lowercase();
    [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<article",
    ]
    .iter()
    .any(|tag| memchr::memmem::find(&lower, tag.as_bytes()).is_some())
}

/// The byte between the fields of a header row that names one of `text_fields`; none if it does not.
fn delimiter(head: &[u8], text_fields: &[String]) -> Option<u8> {
    let line = first_line(head);
    [b',', b'\t', b';', b'|'].into_iter().find(|delimiter| {
        let names: Vec<_> = line.split(|byte| byte == delimiter).map(bare).collect();
        names.len() > 1
            && names
                .iter()
                .any(|name| text_fields.iter().any(|f| f.as_bytes() == *name))
    })
}

fn bare(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    cell.strip_prefix(b"\"")
        .and_then(|c| c.strip_suffix(b"\""))
        .unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_the_format() {
        let known = |name: &str| by_name(Path::new(name));
        assert_eq!(known("a/b.TXT.gz"), ByName::Known(Format::Text));
        assert_eq!(known("b.jsonl.zst"), ByName::Known(Format::JsonLines));
        assert_eq!(known("b.htm"), ByName::Known(Format::Html));
        assert_eq!(known("b.tar.gz"), ByName::Foreign("tar".into()));
        for silent in [
            "51060",
            "Storm over St. Bartholomew Bay",
            "report.2013",
            "dump.gz",
            ".txt",
        ] {
            assert_eq!(known(silent), ByName::Silent, "{silent}");
        }
    }

    #[test]
    fn content_says_the_format_where_the_name_does_not() {
        let fields = crate::FieldNames::default().text;
        let format = |head: &str| settle(&ByName::Silent, head.as_bytes(), &fields);
        assert_eq!(
            format("{\"text\": \"a\"}\n{\"text\": \"b\"}\n"),
            Format::JsonLines
        );
        assert_eq!(format("{\n  \"text\": \"a\"\n}"), Format::Json);
        assert_eq!(format("\u{feff}[{\"text\": \"a"), Format::Json);
        assert_eq!(format("[Photo: the harbour]\nThe ferry"), Format::Text);
        assert_eq!(format("{Editor's note} The ferry"), Format::Text);
        assert_eq!(format("<!DOCTYPE html><p>x"), Format::Html);
        assert_eq!(format("<3 is not a tag"), Format::Text);
        assert_eq!(
            format("id;text;date\n1;x;2020"),
            Format::Csv { delimiter: b';' }
        );
        assert_eq!(format("The ferry, the text, and the rest"), Format::Text);
        assert_eq!(
            settle(&ByName::Known(Format::JsonLines), b" [\n{}]", &fields),
            Format::Json
        );
    }
}
