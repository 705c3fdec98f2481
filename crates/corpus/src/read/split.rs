//! Where records end: lines, JSON values, rows of tables.
//!
//! A splitter sees a stream in pieces cut anywhere and reports the boundaries between records. It keeps a few words of
//! state and no bytes, so a record may span any number of pieces. Each stream position belongs to exactly one record;
//! white space, commas and brackets between JSON values count to the record that follows.

use crate::read::pieces::{Piece, RecordEnd};
use memchr::memchr2;

use crate::error::Reason;
use crate::read::rows::Rows;
use crate::read::values::Values;

/// Finds the ends of the records of one stream.
#[derive(Clone, Debug)]
pub(crate) enum Splitter {
    /// Records end at line ends.
    Lines(Lines),
    /// Records are JSON values, or the elements of JSON arrays.
    Json(Values),
    /// Records are rows; line ends inside quotation marks do not end them.
    Rows(Rows),
}

impl Splitter {
    /// Looks at `open`, which begins where the last record ended and of which `seen` bytes were looked at before. Adds to
    /// `ends` the place in it behind each record that ends there. O(new bytes), and O(row) for each row whose quotation
    /// marks are in doubt.
    pub(crate) fn feed(&mut self, open: &[u8], seen: usize, ends: &mut Vec<RecordEnd>) {
        let piece = open.get(seen..).unwrap_or_default();
        match self {
            Self::Lines(lines) => lines.feed(piece, seen, ends),
            Self::Json(values) => values.feed(piece, seen, ends),
            Self::Rows(rows) => rows.feed(open, seen, ends),
        }
    }

    /// Ends the stream behind `open`, all of which was looked at: the records that are left. The error is what is wrong if
    /// the stream ends here.
    pub(crate) fn finish(&mut self, open: &[u8], ends: &mut Vec<RecordEnd>) -> Result<(), Reason> {
        let at = open.len();
        let piece = match self {
            Self::Rows(rows) => {
                rows.finish(open, ends);
                return Ok(());
            }
            Self::Json(values) if values.is_open() => return Err(Reason::UnclosedJson),
            Self::Json(values) if values.is_lost() => Piece::Nothing,
            Self::Json(_) | Self::Lines(_) => Piece::Record,
        };
        ends.push(RecordEnd { at, piece });
        Ok(())
    }

    /// Why the `piece` is broken.
    pub(crate) fn why_broken(&self, piece: &[u8]) -> Reason {
        match self {
            Self::Json(_) | Self::Lines(_) => Reason::UnclosedString,
            Self::Rows(_) => Reason::unclosed_quote(piece),
        }
    }

    /// Drops what stands around the record in its piece of the stream: the range inside `bytes` that is the record
    /// itself. Empty when there is none.
    pub(crate) fn trim(&self, bytes: &[u8]) -> std::ops::Range<usize> {
        let is_line_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let is_around = |byte: &u8| match self {
            Self::Lines(_) => byte.is_ascii_whitespace(),
            Self::Json(_) => byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']'),
            Self::Rows(_) => is_line_end(byte), // a leading tab or space may be an empty cell
        };
        let start = bytes.iter().position(|b| !is_around(b));
        let start = start.unwrap_or(bytes.len());
        let end = match self {
            Self::Rows(_) => {
                bytes.len() - bytes.iter().rev().take_while(|b| is_line_end(b)).count()
            }
            _ => bytes.trim_ascii_end().len(),
        };
        start..start.max(end)
    }
}

/// State between two bytes of a stream of lines. A line ends at `\n`, `\r\n`, or `\r` alone.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lines {
    /// The bytes so far end in `\r`: the next one says whether the line ends here.
    after_return: bool,
}

impl Lines {
    fn feed(&mut self, piece: &[u8], base: usize, ends: &mut Vec<RecordEnd>) {
        let Some(first) = piece.first() else {
            return;
        };
        let mut end_at = |at: usize| {
            ends.push(RecordEnd {
                at: base + at,
                piece: Piece::Record,
            });
        };
        if std::mem::take(&mut self.after_return) && *first != b'\n' {
            end_at(0);
        }
        let mut from = 0;
        while let Some(found) = memchr2(b'\n', b'\r', piece.get(from..).unwrap_or_default()) {
            let next = from + found + 1;
            match (piece.get(next - 1), piece.get(next)) {
                (Some(b'\r'), Some(b'\n')) => {}
                (Some(b'\r'), None) => self.after_return = true,
                _ => end_at(next),
            }
            from = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::envelope::{Envelope, envelope};
    use proptest::prelude::*;

    fn json() -> Splitter {
        Splitter::Json(Values::default())
    }

    /// Adds the records before `ends`, `-` before broken ones; returns where the last one ended.
    fn take(
        splitter: &Splitter,
        stream: &[u8],
        (start, ends): (usize, &mut Vec<RecordEnd>),
        out: &mut Vec<Vec<u8>>,
    ) -> usize {
        let mut from = start;
        for end in ends.drain(..) {
            let to = start + end.at;
            let range = splitter.trim(&stream[from..to]);
            if !range.is_empty() && end.piece != Piece::Nothing {
                let mark: &[u8] = if end.piece == Piece::Broken {
                    b"-"
                } else {
                    b""
                };
                out.push([mark, &stream[from..to][range]].concat());
            }
            from = to;
        }
        from
    }

    fn records(mut splitter: Splitter, stream: &[u8], cuts: &[usize]) -> Vec<Vec<u8>> {
        let mut ends = Vec::new();
        let (mut from, mut start) = (0, 0);
        let mut out = Vec::new();
        for &cut in cuts.iter().chain([&stream.len()]) {
            splitter.feed(&stream[start..cut], from - start, &mut ends);
            from = cut;
            start = take(&splitter, stream, (start, &mut ends), &mut out);
        }
        let finished = splitter.finish(&stream[start..], &mut ends);
        take(&splitter, stream, (start, &mut ends), &mut out);
        if let Err(reason) = finished {
            out.push(reason.code().as_bytes().to_vec());
        }
        out
    }

    fn strings(splitter: Splitter, stream: &str) -> Vec<String> {
        records(splitter, stream.as_bytes(), &[])
            .into_iter()
            .map(|r| String::from_utf8(r).unwrap())
            .collect()
    }

    #[test]
    fn json_values_are_found_in_arrays_and_side_by_side() {
        let three = [r#"{"a": "}]"}"#, r#"{"b": [{}, "\"{"]}"#, "3"];
        assert_eq!(
            strings(json(), r#" [{"a": "}]"}, {"b": [{}, "\"{"]}, 3] "#),
            three
        );
        assert_eq!(
            strings(json(), "{\"a\": \"}]\"}\n{\"b\": [{}, \"\\\"{\"]}3"),
            three
        );
        assert_eq!(strings(json(), "[] \n"), Vec::<String>::new());
    }

    #[test]
    fn an_open_array_is_noticed() {
        assert_eq!(strings(json(), "[{}, {}"), ["{}", "{}", "invalid_json"]);
        assert_eq!(strings(json(), "[{}, {}]"), ["{}", "{}"]);
    }

    #[test]
    fn a_string_that_is_never_closed_costs_its_own_record() {
        let lines = "{\"a\": 1}\n{\"a\": \"open\n{\"a\": 3}\n";
        let three = ["{\"a\": 1}", "-{\"a\": \"open", "{\"a\": 3}"];
        assert_eq!(strings(json(), lines), three);
        let array = "[\n {\n  \"a\": \"open,\n  \"b\": \"x\"\n },\n {\n  \"a\": 3\n }\n]\n";
        let two = ["-{\n  \"a\": \"open,\n  \"b\": \"x\"", "{\n  \"a\": 3\n }"];
        assert_eq!(strings(json(), array), two);
        // Line feeds that nobody escaped: the parser has to refuse the record, which ends where it ends.
        let raw = "[{\"a\": \"one\ntwo\"}, {\"a\": \"3\"}]";
        assert_eq!(
            strings(json(), raw),
            ["{\"a\": \"one\ntwo\"}", "{\"a\": \"3\"}"]
        );
    }

    #[test]
    fn records_in_an_envelope_are_found_and_what_follows_it() {
        let stream = r#"{"ok":1,"n":{"list":[{"a":1},{"a":[2]}],"z":"]"},"y":[{}]} {"b":1}"#;
        let found = envelope(stream.as_bytes(), &["a".to_owned()]);
        assert_eq!(found, None, "numbers are no text");
        let before = stream.find('[').unwrap() as u64 + 1;
        let splitter = Splitter::Json(Values::new(Some(Envelope { before, depth: 2 })));
        let three = [r#"{"a":1}"#, r#"{"a":[2]}"#, r#"{"b":1}"#];
        assert_eq!(strings(splitter, stream), three);
    }

    #[test]
    fn lines_end_as_on_any_system() {
        let lines = || Splitter::Lines(Lines::default());
        assert_eq!(
            strings(lines(), "a\r\n\r\nb\n c \u{2028}d\n"),
            ["a", "b", "c \u{2028}d"]
        );
        assert_eq!(strings(lines(), "a\rb\r\rc"), ["a", "b", "c"]);
    }

    #[test]
    fn rows_end_outside_quotation_marks_only() {
        let rows = strings(
            Splitter::Rows(Rows::new(b',')),
            "id,text\n1,\"a\nb, \"\"c\"\"\"\r\n\n2,5\" pipe\n,\n",
        );
        assert_eq!(
            rows,
            ["id,text", "1,\"a\nb, \"\"c\"\"\"", "2,5\" pipe", ","]
        );
    }

    fn rows(stream: &str) -> Vec<String> {
        strings(Splitter::Rows(Rows::new(b',')), stream)
    }

    #[test]
    fn a_row_that_swallows_others_is_divided() {
        // Closed by another mark, in the last and in another column.
        let stream = "id,text\n1,\"one, he said.”\n2,\"two\"\n3,\"three\"\n";
        let four = ["id,text", "1,\"one, he said.”", "2,\"two\"", "3,\"three\""];
        assert_eq!(rows(stream), four);
        let stream = "id,text,n\n1,\"one, he said.”,7\n2,two,8\n3,\"three\",9\n";
        let four = [
            "id,text,n",
            "-1,\"one, he said.”,7",
            "2,two,8",
            "3,\"three\",9",
        ];
        assert_eq!(rows(stream), four);
        // Never closed at all, and only at the end.
        let stream = "id,text\n1,\"one\n2,two\n3,three\n4,\"four";
        let five = ["id,text", "1,\"one", "2,two", "3,three", "-4,\"four"];
        assert_eq!(rows(stream), five);
        // The text comes first.
        let stream = "text,id\n\"one,1\n\"two\",2\n\"three\",3\n";
        let four = ["text,id", "-\"one,1", "\"two\",2", "\"three\",3"];
        assert_eq!(rows(stream), four);
        // The text comes first, and only one of them is quoted.
        let five = ["text,id", "-\"a b,1", "c d,2", "e f,3", "g h,4"];
        assert_eq!(rows(&five.join("\n").replace('-', "")), five);
        let four = ["text,id,day", "-\"a b,1,x", "c d,2,x y", "e f,3,z"];
        assert_eq!(rows(&four.join("\n").replace('-', "")), four);
        // Two lines of prose with a comma each are no rows.
        let two = ["text,id", "\"a \"b\" c,\nd e, f\ng h, i\n\",1"];
        assert_eq!(rows(&two.join("\n")), two);
    }

    #[test]
    fn line_breaks_and_marks_inside_cells_divide_nothing() {
        for row in [
            "1,\"one\n\ntwo, and three\nfour\"",
            "1,\"Ann said \"yes\" to it.\nHe left, and she stayed.\n\"No,\" said Bob.\"",
            "1,\"Ann said \\\"yes\\\", and left.\nHe said \\\"no\\\".\"",
            "1,\"a list:\n2,two\n3,three\"",
            "1,\"\n\"",
        ] {
            let stream = format!("id,text\n{row}\n2,\"two\"\n");
            assert_eq!(rows(&stream), ["id,text", row, "2,\"two\""]);
        }
    }

    #[test]
    fn a_mark_in_each_row_costs_no_more_than_its_rows() {
        let row = |n: usize| format!("{n},\"{} open\n", "word ".repeat(60));
        let stream: String = (0..4000).map(row).collect();
        let read = rows(&format!("id,text\n{stream}"));
        assert_eq!(read.len(), 4001);
        assert!(read[3999].ends_with("open") && read[4000].starts_with("-3999,"));
        let row = |n: usize| format!("{n},\"{} open\nmore, of it\n", "word ".repeat(60));
        let stream: String = (0..4000).map(row).collect();
        let read = rows(&format!("id,text\n{stream}"));
        assert_eq!(read.len(), 4001);
        assert!(read[1].starts_with("-0,") && read[4000].starts_with("-3999,"));
    }

    proptest! {
        #[test]
        fn cutting_the_stream_anywhere_changes_nothing(
            stream in "[\\[\\]{}\",:a\\\\ \\r\\n]{0,60}",
            mut cuts in prop::collection::vec(0_usize..60, 0..6),
            kind in 0..4,
        ) {
            let splitter = match kind {
                0 => Splitter::Lines(Lines::default()),
                1 => Splitter::Json(Values::default()),
                2 => Splitter::Json(Values::new(Some(Envelope {
                    before: 3,
                    depth: 1,
                }))),
                _ => Splitter::Rows(Rows::new(b',')),
            };
            cuts.retain(|&cut| cut <= stream.len());
            cuts.sort_unstable();
            let whole = records(splitter.clone(), stream.as_bytes(), &[]);
            prop_assert_eq!(&records(splitter, stream.as_bytes(), &cuts), &whole);
            if kind == 0 {
                let naive: Vec<_> = stream.split(['\n', '\r']).map(|l| l.trim_ascii().as_bytes().to_vec())
                    .filter(|l| !l.is_empty()).collect();
                prop_assert_eq!(whole, naive);
            }
        }

        #[test]
        fn json_values_come_back_as_they_went_in(
            values in prop::collection::vec(("\\PC{0,20}", any::<i32>(), any::<bool>()), 0..6),
        ) {
            let values: Vec<_> = values.into_iter().map(|(text, n, deep)| {
                if deep { serde_json::json!({"text": [{"n": n}, text]}) } else { serde_json::json!({"text": text}) }
            }).collect();
            let array = serde_json::to_string_pretty(&values).unwrap();
            let back: Vec<serde_json::Value> = records(Splitter::Json(Values::default()), array.as_bytes(), &[])
                .iter().map(|r| serde_json::from_slice(r).unwrap()).collect();
            prop_assert_eq!(back, values);
        }
    }
}
