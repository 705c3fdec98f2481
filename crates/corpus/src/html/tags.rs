//! A tolerant scanner of tags: linear whatever the page, no tree.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::entities::unescape;

/// One thing that stands in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// `<name attributes>`
    Open(Tag<'a>),
    /// `</name>`
    Close(&'a str),
    /// Characters between tags, entities as they are. The inside of scripts and styles is text, too.
    Text(&'a str),
}

/// A start tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'a> {
    /// As written.
    pub name: &'a str,
    raw: &'a str,
}

impl<'a> Tag<'a> {
    /// A tag without attributes.
    pub(crate) fn named(name: &'a str) -> Self {
        Self { name, raw: "" }
    }

    /// Whether the tag is called `name`, in any case.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The first attribute called `name`, entities resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| unescape(value))
    }

    /// Names and values as written, in order.
    pub(crate) fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.raw }
    }
}

/// Iterator over the attributes of a tag.
pub(crate) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self
            .rest
            .trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/' || c == '=');
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/'))
            .unwrap_or(rest.len());
        if end == 0 {
            return None;
        }
        let (name, after) = rest.split_at(end);
        let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
            self.rest = after;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, rest) =
            match quote.and_then(|quote| value.strip_prefix(quote)?.split_once(quote)) {
                Some((value, rest)) => (value, rest),
                None => value.split_at(
                    value
                        .find(|c: char| c.is_ascii_whitespace())
                        .unwrap_or(value.len()),
                ),
            };
        self.rest = rest;
        Some((name, value))
    }
}

/// Iterator over the events of a page. O(page) in all.
pub(crate) struct Events<'a> {
    page: &'a str,
    at: usize,
    /// The element whose inside is characters only, while the scanner is in it.
    raw_element: Option<&'a str>,
    /// Quotation marks of which there are none left: double, single. Without it, a page of tags with open quotation
    /// marks would be searched to its end for each.
    used_up: [bool; 2],
}

impl<'a> Events<'a> {
    pub(crate) fn new(page: &'a str) -> Self {
        Self {
            page,
            at: 0,
            raw_element: None,
            used_up: [false; 2],
        }
    }

    fn text_until(&mut self, end: usize) -> Event<'a> {
        let text = self.page.get(self.at..end).unwrap_or_default();
        self.at = end;
        Event::Text(text)
    }

    /// The rest of a script, style or title.
    fn raw_text(&mut self, element: &str) -> Option<Event<'a>> {
        let bytes = self.page.as_bytes();
        let mut from = self.at;
        while let Some(found) = memchr(b'<', &bytes[from..]) {
            let at = from + found;
            let name = bytes.get(at + 2..at + 2 + element.len());
            if bytes.get(at + 1) == Some(&b'/')
                && name.is_some_and(|n| n.eq_ignore_ascii_case(element.as_bytes()))
            {
                return (at > self.at).then(|| self.text_until(at));
            }
            from = at + 1;
        }
        (self.at < self.page.len()).then(|| self.text_until(self.page.len()))
    }

    /// Where the tag whose attributes begin at `from` ends: at its `>`, quotation marks respected.
    fn tag_end(&mut self, from: usize) -> usize {
        let bytes = self.page.as_bytes();
        let mut at = from;
        let mut after_equals = false;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'>' => return at,
                b'"' | b'\'' if after_equals => {
                    let which = usize::from(byte == b'\'');
                    let close = if self.used_up[which] {
                        None
                    } else {
                        memchr(byte, &bytes[at + 1..])
                    };
                    match close {
                        Some(length) => at += length + 1,
                        None => self.used_up[which] = true,
                    }
                    after_equals = false;
                }
                b'=' => after_equals = true,
                _ if byte.is_ascii_whitespace() => {}
                _ => after_equals = false,
            }
            at += 1;
        }
        bytes.len()
    }

    fn markup(&mut self) -> Event<'a> {
        let rest = self.page.get(self.at..).unwrap_or_default();
        let bytes = rest.as_bytes();
        let (name_at, is_close) = if bytes.get(1) == Some(&b'/') {
            (2, true)
        } else {
            (1, false)
        };
        if bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
            let name_end = name_at
                + bytes[name_at..]
                    .iter()
                    .take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/'))
                    .count();
            let name = rest.get(name_at..name_end).unwrap_or_default();
            let start = self.at + name_end;
            let end = self.tag_end(start);
            let raw = self.page.get(start..end).unwrap_or_default();
            self.at = (end + 1).min(self.page.len());
            if is_close {
                return Event::Close(name);
            }
            if ["script", "style", "title", "textarea"]
                .iter()
                .any(|raw| name.eq_ignore_ascii_case(raw))
            {
                self.raw_element = Some(name);
            }
            return Event::Open(Tag { name, raw });
        }
        let skipped = if rest.starts_with("<!--") {
            memmem::find(bytes, b"-->").map_or(rest.len(), |at| at + 3)
        } else if matches!(bytes.get(1), Some(b'!' | b'?' | b'/')) {
            memchr(b'>', bytes).map_or(rest.len(), |at| at + 1)
        } else {
            return self.text_until(self.at + 1);
        };
        self.at += skipped;
        Event::Text("")
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(element) = self.raw_element.take()
            && let Some(text) = self.raw_text(element)
        {
            return Some(text);
        }
        match memchr(b'<', self.page.as_bytes().get(self.at..)?) {
            _ if self.at == self.page.len() => None,
            Some(0) => Some(self.markup()),
            Some(length) => Some(self.text_until(self.at + length)),
            None => Some(self.text_until(self.page.len())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tags_text_and_scripts_are_told_apart() {
        let page = "<p class='a>b' id=x hidden>5 < 6 &amp;<!-- <i> --><SCRIPT>if (a<b) '</p>'</Script>end</p";
        let names: Vec<_> = Events::new(page)
            .filter(|e| *e != Event::Text(""))
            .collect();
        let Event::Open(p) = names[0] else {
            panic!("{names:?}")
        };
        assert_eq!(
            p.attributes().collect::<Vec<_>>(),
            [("class", "a>b"), ("id", "x"), ("hidden", "")]
        );
        let rest: Vec<_> = names[1..]
            .iter()
            .map(|event| match event {
                Event::Open(tag) => format!("<{}", tag.name),
                Event::Close(name) => format!("/{name}"),
                Event::Text(text) => (*text).to_owned(),
            })
            .collect();
        assert_eq!(
            rest,
            [
                "5 ",
                "<",
                " 6 &amp;",
                "<SCRIPT",
                "if (a<b) '</p>'",
                "/Script",
                "end",
                "/p"
            ]
        );
    }

    proptest! {
        #[test]
        fn any_page_is_scanned_to_its_end(page in "[<>/!a-c=\"' &;#-]{0,80}|\\PC{0,40}") {
            for event in Events::new(&page) {
                if let Event::Open(tag) = event {
                    for (_, value) in tag.attributes() { unescape(value); }
                }
            }
        }
    }
}
