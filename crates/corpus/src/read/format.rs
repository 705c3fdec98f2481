//! What kind of file this is: by its name, and where the name says nothing by its first bytes.

use std::path::Path;

use crate::decode::json::without_odd_numbers;
use crate::read::envelope::envelope;
use crate::read::rows::separator_line;

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

/// Files of folders that stand beside articles and hold none: images, sound, film, fonts, styles, programs and their
/// settings. What is on neither list and of no known format may hold articles, so that folders say that it was left out.
const BESIDE_ARTICLES: &str = "\
    apng avif bmp gif heic heif ico jfif jpe jpeg jpg png psd svg tif tiff webp \
    aac avi flac flv m4a m4v mkv mov mp3 mp4 mpeg mpg oga ogg ogv opus wav weba webm wma wmv \
    eot otf ttf woff woff2 \
    css js jsx less map mjs sass scss ts tsx wasm vtt \
    a bat bin c cc class cpp cs dll exe go h hpp ipynb jar java kt lib lua o obj php pl ps1 py pyc r rb rs scala sh so sql \
    swift \
    cfg conf ini lock toml yaml yml \
    aux bak crc md5 sha1 sha256 sig asc sum tmp part log pid";

/// Whether files with that extension stand beside articles and hold none.
pub(crate) fn is_beside_articles(extension: &str) -> bool {
    BESIDE_ARTICLES
        .split_ascii_whitespace()
        .any(|known| known == extension)
}

/// Formats that hold text and are not text themselves: named on their own, such files are refused rather than taken for
/// plain text.
const UNREADABLE: &str = "\
    7z arrow avro azw3 br bz2 cab db djvu doc docm docx dot dotx eml epub feather gz h5 hdf5 key lz lz4 lzma mbox mdb mobi msg \
    npy npz numbers odp ods odt orc pages parquet pdf pickle pkl ppt pptx ps rar rtf sqlite sqlite3 tar tbz2 tgz txz warc wps \
    xls xlsb xlsx xz z zip zst atom rdf rss xml";

/// Whether files with that extension cannot be read as text.
pub(crate) fn is_unreadable(extension: &str) -> bool {
    UNREADABLE
        .split_ascii_whitespace()
        .any(|known| known == extension)
}

/// Longest ending that is taken for an extension. Real ones are short; "St. Bartholomew" ends in none.
const LONGEST_EXTENSION: usize = 8;

/// What the name of `path` says, compression endings left out of account.
pub(crate) fn by_name(path: &Path) -> ByName {
    let Some(extension) = extension(path) else {
        return ByName::Silent;
    };
    match extension.as_str() {
        "txt" | "text" => ByName::Known(Format::Text),
        extension if MARKDOWN.contains(&extension) => ByName::Known(Format::Text),
        "html" | "htm" | "xhtml" => ByName::Known(Format::Html),
        "jsonl" | "ndjson" => ByName::Known(Format::JsonLines),
        "json" => ByName::Known(Format::Json),
        "csv" => ByName::Known(Format::Csv { delimiter: b',' }),
        "tsv" => ByName::Known(Format::Csv { delimiter: b'\t' }),
        _ => ByName::Foreign(extension),
    }
}

const MARKDOWN: [&str; 2] = ["md", "markdown"];

/// Whether the name of `path` says that it is Markdown.
pub(crate) fn is_markdown(path: &Path) -> bool {
    extension(path).is_some_and(|extension| MARKDOWN.contains(&extension.as_str()))
}

/// The extension of `path` in small letters, compression endings left out of account.
fn extension(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
    let plain = [".gz", ".zst", ".gzip", ".zstd"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(&name);
    let (stem, extension) = plain.rsplit_once('.')?;
    let looks_like_one = !stem.is_empty()
        && (1..=LONGEST_EXTENSION).contains(&extension.len())
        && extension.bytes().all(|b| b.is_ascii_alphanumeric())
        && extension.bytes().any(|b| b.is_ascii_alphabetic());
    looks_like_one.then(|| extension.to_owned())
}

/// The format of a file whose name says `named` and that begins with `head` (decompressed, UTF-8 if it is text).
/// `text_fields` are the column names that make a table a table of articles.
pub(crate) fn settle(named: &ByName, head: &[u8], text_fields: &[String]) -> Format {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match named {
        ByName::Known(Format::Json) if is_json_lines(head) => Format::JsonLines,
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
        Some(b'{') if envelope(head, text_fields).is_some() && !is_json_lines(head) => Format::Json,
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
    let end = memchr::memchr2(b'\n', b'\r', head);
    head.get(..end.unwrap_or(head.len())).unwrap_or(head)
}

fn is_json_line(line: &[u8]) -> bool {
    is_json(line) || (line.len() >= SNIFFED_BYTES && begins_with_json(line))
}

/// Whether `line` is one JSON value, also one with the numbers that are none (`NaN`) which some writers use.
fn is_json(line: &[u8]) -> bool {
    let is = |line: &[u8]| serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    is(line) || std::str::from_utf8(line).is_ok_and(|line| is(without_odd_numbers(line).as_bytes()))
}

/// Whether a file that should hold JSON holds an object on each line. One of them may be broken; to read it as one value
/// would then cost all that follow.
fn is_json_lines(head: &[u8]) -> bool {
    let lines = head.split(|byte| matches!(byte, b'\n' | b'\r'));
    let lines: Vec<&[u8]> = lines
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty())
        .take(SNIFFED_LINES)
        .collect();
    let objects = lines
        .iter()
        .filter(|line| line.starts_with(b"{") && line.len() > 1);
    lines.len() > 1
        && objects.count() * 3 >= lines.len() * 2
        && lines
            .iter()
            .any(|line| line.starts_with(b"{") && is_json(line))
}

/// Enough lines to see whether each is an object.
const SNIFFED_LINES: usize = 20;

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
    let lower = head.get(..4096).unwrap_or(head).to_ascii_lowercase();
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
    if let Some(named) = separator_line(line) {
        return Some(named);
    }
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
        assert_eq!(
            format("sep=|\r\nid|text\r\n1|x"),
            Format::Csv { delimiter: b'|' }
        );
        assert_eq!(format("The ferry, the text, and the rest"), Format::Text);
        assert_eq!(
            settle(&ByName::Known(Format::JsonLines), b" [\n{}]", &fields),
            Format::Json
        );
        let named_json =
            |head: &str| settle(&ByName::Known(Format::Json), head.as_bytes(), &fields);
        for lines in [
            "{\"text\": \"a\"}\n{\"text\": \"b\"}\n",
            "{\"text\": \"open\n{\"text\": \"b\"}\n\n{\"text\"",
            "{\"text\": \"a\", \"n\": NaN}\r{\"text\": \"b\"",
        ] {
            assert_eq!(named_json(lines), Format::JsonLines, "{lines}");
        }
        for values in [
            "{\n\"text\": \"a\"\n}\n{\n\"text\": \"b\"\n}\n",
            "{\"text\": \"a\"}",
            "[\n{\"text\": \"a\"},\n{\"text\": \"b\"}\n]",
            "{\"text\": \"a\",\n\"tags\": [\n{\"n\": 1}\n]}",
        ] {
            assert_eq!(named_json(values), Format::Json, "{values}");
        }
        let answer = "{\"ok\": 1, \"articles\": [{\"text\": \"a\"}]}";
        assert_eq!(format(answer), Format::Json);
        assert_eq!(format(&format!("{answer}\n{answer}")), Format::JsonLines);
    }
}
