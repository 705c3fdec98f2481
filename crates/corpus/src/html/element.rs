//! What kinds of elements there are, as far as the shape of a text depends on them.

/// How an element stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// Has no inside.
    Void,
    /// Changes letters only (the formatting elements of the HTML standard, and the page's outermost shell). No node is made
    /// for it: the standard's rules for such elements left open multiply them with every block that follows.
    Transparent,
    /// `<a>`: kept as a property of the text.
    Link,
    Inline,
    Block,
    Paragraph,
    Heading,
    Item,
    Term,
    List,
    Table,
    RowGroup,
    Row,
    Cell,
    /// `<q>`: browsers draw its quotation marks.
    Quote,
    /// Its text is none of the page's: code, labels of controls, readings above characters.
    Mute,
    /// A reading beside characters (`<rt>`, `<rp>`), ended by the next of its kind.
    Reading,
}

impl Class {
    /// Whether text before, in and after the element stands on lines of its own.
    pub(crate) fn breaks(self) -> bool {
        !matches!(
            self,
            Self::Void
                | Self::Transparent
                | Self::Link
                | Self::Inline
                | Self::Quote
                | Self::Mute
                | Self::Reading
        )
    }

    /// Whether the standard ends an open paragraph where the element begins.
    pub(crate) fn ends_paragraph(self) -> bool {
        self.breaks() && !matches!(self, Self::RowGroup | Self::Row | Self::Cell)
    }

    /// Whether end tags inside the element do not reach beyond it.
    pub(crate) fn is_fence(self) -> bool {
        matches!(self, Self::Cell | Self::Table)
    }
}

/// The name in lower case and the class of the element that a page calls `name`; unknown ones are inline.
pub(crate) fn lookup(name: &str) -> (&'static str, Class) {
    let mut known = ELEMENTS
        .iter()
        .flat_map(|(class, names)| names.iter().map(|n| (*n, *class)));
    known
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .unwrap_or(("span", Class::Inline))
}

/// The elements of the HTML standard (and obsolete ones that old pages have) by class, the frequent classes first.
const ELEMENTS: &[(Class, &[&str])] = &[
    (Class::Block, &["div"]),
    (Class::Paragraph, &["p"]),
    (Class::Link, &["a"]),
    (Class::Inline, &["span"]),
    (Class::Item, &["li"]),
    (Class::List, &["ul", "ol", "dl", "menu", "dir"]),
    (
        Class::Transparent,
        &[
            "b", "i", "em", "strong", "font", "u", "s", "small", "big", "tt", "code", "nobr",
            "strike", "html", "head", "body",
        ],
    ),
    (
        Class::Void,
        &[
            "br", "img", "hr", "meta", "link", "input", "wbr", "area", "base", "col", "embed",
            "param", "source", "track", "basefont", "bgsound", "frame", "keygen",
        ],
    ),
    (Class::Heading, &["h1", "h2", "h3", "h4", "h5", "h6"]),
    (
        Class::Mute,
        &[
            "script", "style", "title", "svg", "button", "select", "option", "optgroup",
            "textarea", "iframe", "object", "video", "audio", "canvas", "datalist", "noembed",
            "noframes", "applet", "map", "progress", "meter", "frameset",
        ],
    ),
    (
        Class::Block,
        &[
            "article",
            "section",
            "main",
            "header",
            "footer",
            "nav",
            "aside",
            "figure",
            "figcaption",
            "blockquote",
            "pre",
            "form",
            "fieldset",
            "address",
            "center",
            "details",
            "summary",
            "dialog",
            "hgroup",
            "noscript",
            "template",
            "search",
            "listing",
            "xmp",
            "legend",
        ],
    ),
    (Class::Table, &["table"]),
    (
        Class::RowGroup,
        &["tbody", "thead", "tfoot", "caption", "colgroup"],
    ),
    (Class::Row, &["tr"]),
    (Class::Cell, &["td", "th"]),
    (Class::Term, &["dt", "dd"]),
    (Class::Quote, &["q"]),
    (Class::Reading, &["rt", "rp", "rtc"]),
    (
        Class::Inline,
        &[
            "time", "cite", "abbr", "label", "mark", "sub", "sup", "ruby", "rb", "ins", "del",
            "dfn", "kbd", "samp", "var", "bdi", "bdo", "data", "output", "acronym", "picture",
            "slot", "math",
        ],
    ),
];

/// Quotation marks of `<q>`, outer and inner, in the language of a `lang` attribute. After the delimiters of the Unicode
/// CLDR 45; languages that it gives the English ones are not listed.
pub(crate) fn quotation_marks(language: &str) -> [&'static str; 4] {
    let language = language.trim().to_ascii_lowercase().replace('_', "-");
    let primary = language.split('-').next().unwrap_or_default();
    let is_listed = |names: &str| {
        let mut names = names.split(' ');
        names.any(|name| name == language || name == primary)
    };
    MARKS
        .iter()
        .find(|(names, _)| is_listed(names))
        .map_or(["“", "”", "‘", "’"], |(_, marks)| *marks)
}

const MARKS: &[(&str, [&str; 4])] = &[
    ("de-ch de-li", ["«", "»", "‹", "›"]),
    ("zh-tw zh-hk zh-mo zh-hant yue ja", ["「", "」", "『", "』"]),
    ("pt-pt", ["«", "»", "“", "”"]),
    ("fr-ch", ["«", "»", "‹", "›"]),
    (
        "fr es it el ca gl eu hy be fa an ast mg",
        ["«", "»", "“", "”"],
    ),
    ("ru uk kk az-cyrl", ["«", "»", "„", "“"]),
    ("de cs sk sl is lt lb hsb dsb sq-mk", ["„", "“", "‚", "‘"]),
    ("et bg mk ka", ["„", "“", "„", "“"]),
    ("pl hu hr sr bs", ["„", "”", "‚", "’"]),
    ("ro", ["„", "”", "«", "»"]),
    ("sq", ["«", "»", "“", "”"]),
    ("sv fi", ["”", "”", "’", "’"]),
    ("nb no nn", ["«", "»", "‘", "’"]),
    ("he", ["”", "”", "’", "’"]),
    ("ar", ["”", "“", "’", "‘"]),
    ("ur", ["”", "“", "’", "‘"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_and_marks_are_found() {
        assert_eq!(lookup("DIV"), ("div", Class::Block));
        assert_eq!(lookup("x-card"), ("span", Class::Inline));
        assert_eq!(quotation_marks("de-AT")[0], "„");
        assert_eq!(quotation_marks("de-CH")[0], "«");
        assert_eq!(quotation_marks("")[0], "“");
        assert_eq!(quotation_marks("zh_TW")[1], "」");
    }
}
