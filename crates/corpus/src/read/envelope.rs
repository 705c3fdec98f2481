//! The answer of a service that holds its records in an array: `{"status": "ok", "articles": [{...}, ...]}`.
//!
//! No list of names says which array: it is the one whose objects have a field for the text.

/// Where the records of an envelope stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// Bytes of the stream up to and with the bracket that opens the array; a byte-order mark does not count.
    pub before: u64,
    /// Objects around the array.
    pub depth: u64,
}

/// An open bracket.
struct Open<'j> {
    bracket: u8,
    at: usize,
    /// In an object: the key whose value is read.
    key: Option<&'j [u8]>,
}

/// The envelope that `head`, the first bytes of a stream, shows; none where it is a record itself, where no array has
/// objects with one of `text_fields`, and where several have. O(head).
pub(crate) fn envelope(head: &[u8], text_fields: &[String]) -> Option<Envelope> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let is_text = |key: Option<&[u8]>| {
        let key = key.unwrap_or_default();
        text_fields.iter().any(|known| known.as_bytes() == key)
    };
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut found: Option<Envelope> = None;
    let mut at = head.iter().position(|byte| !byte.is_ascii_whitespace())?;
    while let Some(&byte) = head.get(at) {
        match byte {
            b'"' => {
                let string = string_at(head, at);
                at += string.len() + 1;
                let is_key = next_token(head, at + 1) == Some(b':');
                match open.last_mut() {
                    Some(object) if is_key && object.bracket == b'{' => object.key = Some(string),
                    _ if string.trim_ascii().is_empty() => {}
                    _ => match (array_of_record(&open, &is_text)?, found) {
                        (Some(here), Some(before)) if here != before => return None,
                        (here, before) => found = here.or(before),
                    },
                }
            }
            b'{' | b'[' => {
                let (bracket, key) = (byte, None);
                open.push(Open { bracket, at, key });
            }
            b'}' | b']' => drop(open.pop()),
            _ => {}
        }
        if open.first().is_none_or(|root| root.bracket != b'{') {
            break;
        }
        at += 1;
    }
    found
}

/// The array that holds the object whose text is read, if it is one of those in objects alone (the inner option). The text
/// may be a list of paragraphs, and the object one inside the element. None where the text is that of the root: a record.
fn array_of_record(
    open: &[Open<'_>],
    is_text: &impl Fn(Option<&[u8]>) -> bool,
) -> Option<Option<Envelope>> {
    if let [root] = open {
        return (!is_text(root.key)).then_some(None);
    }
    let is_array = |bracket: &Open<'_>| bracket.bracket == b'[';
    let depth = open.iter().position(is_array).unwrap_or(open.len());
    let is_record = match open.get(depth + 1..).unwrap_or_default() {
        [record] => is_text(record.key),
        [record, inner] if is_array(inner) => is_text(record.key),
        [_, inner] => is_text(inner.key),
        _ => false,
    };
    let array = open.get(depth).filter(|_| is_record);
    Some(array.map(|array| Envelope {
        before: array.at as u64 + 1,
        depth: depth as u64,
    }))
}

/// What stands between the quotation mark at `at` and the closing one, or the end.
fn string_at(head: &[u8], at: usize) -> &[u8] {
    let rest = head.get(at + 1..).unwrap_or_default();
    let mut end = 0;
    while let Some(found) = rest
        .get(end..)
        .and_then(|rest| memchr::memchr2(b'"', b'\\', rest))
    {
        end += found;
        if rest.get(end) == Some(&b'"') {
            return rest.get(..end).unwrap_or(rest);
        }
        end += 2;
    }
    rest
}

/// The first byte from `at` on that is no white space.
fn next_token(head: &[u8], at: usize) -> Option<u8> {
    let rest = head.get(at..)?;
    rest.iter()
        .copied()
        .find(|byte| !byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(head: &str) -> Option<(usize, u64)> {
        let fields = crate::FieldNames::default().text;
        let found = envelope(head.as_bytes(), &fields)?;
        Some((found.before as usize, found.depth))
    }

    #[test]
    fn the_array_of_articles_is_found_by_its_objects() {
        let news = r#"{"status":"ok","articles":[{"source":{"id":null},"content":"A ferry."}]}"#;
        assert_eq!(shown(news), Some((news.find('[').unwrap() + 1, 1)));
        let solr = r#"{"response": {"tags": ["a"], "docs": [{"id": 1, "text": ["A", "b"]}, {"te"#;
        assert_eq!(shown(solr), Some((solr.rfind("[{").unwrap() + 1, 2)));
        let elastic = r#"{"hits":{"hits":[{"_id":"1","_source":{"body":"A ferry."}}]}}"#;
        assert_eq!(shown(elastic).map(|(_, depth)| depth), Some(2));
    }

    #[test]
    fn records_and_what_may_be_either_are_no_envelopes() {
        for head in [
            r#"{"id": 1, "text": "A ferry.", "comments": [{"text": "Oh."}]}"#,
            r#"{"articles": [{"text": "a"}], "related": [{"text": "b"}]}"#,
            r#"{"text": "a"} {"articles": [{"text": "b"}]}"#,
            r#"[{"text": "a"}]"#,
            r#"{"articles": []}"#,
            r#"{"articles": [{"title": "a"}]}"#,
            "",
            "{\"",
        ] {
            assert_eq!(shown(head), None, "{head}");
        }
    }
}
