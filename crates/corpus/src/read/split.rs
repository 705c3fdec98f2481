//! Where records end: lines, JSON values, CSV rows.
//!
//! A splitter sees a stream in pieces cut anywhere and reports the boundaries between records. It keeps a few words of
//! state and no bytes, so a record may span any number of pieces. Each stream position belongs to exactly one record;
//! white space, commas and brackets between JSON values count to the record that follows.

use memchr::{memchr, memchr_iter, memchr2};

use crate::error::Reason;

/// Finds the ends of the records of one stream.
#[derive(Clone, Debug)]
pub(crate) enum Splitter {
    /// Records end at line feeds.
    Lines,
    /// Records are JSON values, or the elements of JSON arrays.
    Json(JsonState),
    /// Records are rows; line feeds inside quotation marks do not end them.
    Rows(RowState),
}

impl Splitter {
    /// Looks at the next `piece` of the stream and adds to `ends`, for each record that ends in it, `base` plus the
    /// place in the piece just after its last byte. O(piece).
    pub(crate) fn feed(&mut self, piece: &[u8], base: usize, ends: &mut Vec<usize>) {
        match self {
            Self::Lines => ends.extend(memchr_iter(b'\n', piece).map(|at| base + at + 1)),
            Self::Json(state) => state.feed(piece, base, ends),
            Self::Rows(state) => state.feed(piece, base, ends),
        }
    }

    /// What is wrong if the stream ends here; none if it may.
    pub(crate) fn at_end(&self) -> Option<Reason> {
        match self {
            Self::Json(state) if state.is_open() => Some(Reason::UnclosedJson),
            Self::Rows(state) if state.place == CellPlace::Quoted => Some(Reason::UnclosedQuote),
            _ => None,
        }
    }

    /// Drops what stands around the record in its piece of the stream: the range inside `bytes` that is the record
    /// itself. Empty when there is none.
    pub(crate) fn trim(&self, bytes: &[u8]) -> std::ops::Range<usize> {
        let is_around = |byte: &u8| match self {
            Self::Lines | Self::Rows(_) => byte.is_ascii_whitespace(),
            Self::Json(_) => byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']'),
        };
        let start = match self {
            Self::Rows(_) => 0, // a leading tab or space may be an empty field
            _ => bytes
                .iter()
                .position(|b| !is_around(b))
                .unwrap_or(bytes.len()),
        };
        match self {
            Self::Rows(_) if bytes.iter().all(|b| matches!(b, b'\r' | b'\n')) => 0..0,
            Self::Rows(_) => {
                0..bytes.len()
                    - bytes
                        .iter()
                        .rev()
                        .take_while(|b| matches!(b, b'\r' | b'\n'))
                        .count()
            }
            _ => start..start.max(bytes.trim_ascii_end().len()),
        }
    }
}

/// State between two bytes of a stream of JSON values.
#[derive(Clone, Debug, Default)]
pub(crate) struct JsonState {
    /// Inside an outermost array, whose elements are the records.
    in_array: bool,
    /// Open brackets of the current record.
    depth: u64,
    place: JsonPlace,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum JsonPlace {
    /// Between records, or between the tokens of one.
    #[default]
    Outside,
    /// Inside a number, a name or garbage that is a record of its own.
    Scalar,
    /// Inside a string.
    Text,
    /// After a backslash in a string.
    Escape,
}

impl JsonState {
    fn is_open(&self) -> bool {
        self.in_array || self.depth > 0 || matches!(self.place, JsonPlace::Text | JsonPlace::Escape)
    }

    fn feed(&mut self, piece: &[u8], base: usize, ends: &mut Vec<usize>) {
        let mut at = 0;
        while at < piece.len() {
            match self.place {
                JsonPlace::Escape => {
                    self.place = JsonPlace::Text;
                    at += 1;
                }
                JsonPlace::Text => at += self.in_text(&piece[at..], base + at, ends),
                JsonPlace::Scalar if is_delimiter(piece[at]) => {
                    self.place = JsonPlace::Outside;
                    ends.push(base + at);
                }
                JsonPlace::Scalar => at += 1,
                JsonPlace::Outside => {
                    self.outside(piece[at], base + at + 1, ends);
                    at += 1;
                }
            }
        }
    }

    /// Goes to the end of the string, or of the piece; returns the bytes passed.
    fn in_text(&mut self, rest: &[u8], base: usize, ends: &mut Vec<usize>) -> usize {
        let Some(at) = memchr2(b'"', b'\\', rest) else {
            return rest.len();
        };
        if rest[at] == b'\\' {
            self.place = JsonPlace::Escape;
        } else {
            self.place = JsonPlace::Outside;
            if self.depth == 0 {
                ends.push(base + at + 1);
            }
        }
        at + 1
    }

    fn outside(&mut self, byte: u8, end: usize, ends: &mut Vec<usize>) {
        match byte {
            b'"' => self.place = JsonPlace::Text,
            b'[' if self.depth == 0 && !self.in_array => self.in_array = true,
            b']' if self.depth == 0 => self.in_array = false,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    ends.push(end);
                }
            }
            _ if self.depth > 0 || byte == b',' || byte.is_ascii_whitespace() => {}
            _ => self.place = JsonPlace::Scalar,
        }
    }
}

fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | b'[' | b']' | b'{' | b'}' | b'"')
}

/// State between two bytes of a stream of CSV rows.
#[derive(Clone, Debug)]
pub(crate) struct RowState {
    delimiter: u8,
    place: CellPlace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CellPlace {
    /// Just after a delimiter or a line feed: a quotation mark here opens a quoted cell.
    Start,
    /// In a cell without quotation marks, or after the closing one.
    Plain,
    /// Inside quotation marks.
    Quoted,
    /// After a quotation mark inside a quoted cell: the closing one, or the first of a doubled pair.
    MaybeClosed,
}

impl RowState {
    /// The beginning of a stream of rows whose fields are divided by `delimiter`.
    pub(crate) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            place: CellPlace::Start,
        }
    }

    fn feed(&mut self, piece: &[u8], base: usize, ends: &mut Vec<usize>) {
        let mut at = 0;
        while at < piece.len() {
            if self.place == CellPlace::Quoted {
                let Some(quote) = memchr(b'"', &piece[at..]) else {
                    return;
                };
                at += quote + 1;
                self.place = CellPlace::MaybeClosed;
                continue;
            }
            let byte = piece[at];
            at += 1;
            self.place = match byte {
                b'"' if self.place != CellPlace::Plain => CellPlace::Quoted,
                b'\n' => {
                    ends.push(base + at);
                    CellPlace::Start
                }
                _ if byte == self.delimiter => CellPlace::Start,
                _ => CellPlace::Plain,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn records(mut splitter: Splitter, stream: &[u8], cuts: &[usize]) -> Vec<Vec<u8>> {
        let mut ends = Vec::new();
        let mut from = 0;
        for &cut in cuts.iter().chain([&stream.len()]) {
            splitter.feed(&stream[from..cut], from, &mut ends);
            from = cut;
        }
        ends.push(stream.len());
        let mut start = 0;
        let mut out = Vec::new();
        for end in ends {
            let range = splitter.trim(&stream[start..end]);
            if !range.is_empty() {
                out.push(stream[start..end][range].to_vec());
            }
            start = end;
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
        let json = || Splitter::Json(JsonState::default());
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
    fn an_open_array_and_an_open_quote_are_noticed() {
        let open = |mut splitter: Splitter, stream: &str| {
            splitter.feed(stream.as_bytes(), 0, &mut Vec::new());
            splitter.at_end().map(|r| r.code())
        };
        assert_eq!(
            open(Splitter::Json(JsonState::default()), "[{}, {}"),
            Some("invalid_json")
        );
        assert_eq!(open(Splitter::Json(JsonState::default()), "[{}, {}]"), None);
        assert_eq!(
            open(Splitter::Rows(RowState::new(b',')), "a,\"b\n"),
            Some("invalid_csv")
        );
        assert_eq!(
            open(Splitter::Rows(RowState::new(b',')), "a,\"b\"\"c\"\n"),
            None
        );
    }

    #[test]
    fn rows_end_outside_quotation_marks_only() {
        let rows = strings(
            Splitter::Rows(RowState::new(b',')),
            "id,text\n1,\"a\nb, \"\"c\"\"\"\r\n\n2,5\" pipe\n,\n",
        );
        assert_eq!(
            rows,
            ["id,text", "1,\"a\nb, \"\"c\"\"\"", "2,5\" pipe", ","]
        );
    }

    proptest! {
        #[test]
        fn cutting_the_stream_anywhere_changes_nothing(
            stream in "[\\[\\]{}\",:a\\\\ \\n]{0,60}",
            mut cuts in prop::collection::vec(0_usize..60, 0..6),
            kind in 0..3,
        ) {
            let splitter = match kind {
                0 => Splitter::Lines,
                1 => Splitter::Json(JsonState::default()),
                _ => Splitter::Rows(RowState::new(b',')),
            };
            cuts.retain(|&cut| cut <= stream.len());
            cuts.sort_unstable();
            let whole = records(splitter.clone(), stream.as_bytes(), &[]);
            prop_assert_eq!(&records(splitter, stream.as_bytes(), &cuts), &whole);
            if kind == 0 {
                let naive: Vec<_> = stream.split('\n').map(|l| l.trim_ascii().as_bytes().to_vec())
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
            let back: Vec<serde_json::Value> = records(Splitter::Json(JsonState::default()), array.as_bytes(), &[])
                .iter().map(|r| serde_json::from_slice(r).unwrap()).collect();
            prop_assert_eq!(back, values);
        }
    }
}
