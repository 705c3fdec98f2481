//! A page as a tree, in the order of its source. Linear in the page, whatever it holds: end tags that are left out are put in
//! as the HTML standard says, formatting elements make no nodes, links are a property of the text.

use super::element::{Class, lookup, quotation_marks};
use super::tags::{Event, Events, Tag};

/// Sums of `counts` (place, number) over `nodes` places: at `n`, of all places before `n`.
pub(super) fn sums(nodes: usize, counts: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut out = vec![0; nodes + 1];
    for (at, count) in counts {
        if let Some(place) = out.get_mut(at + 1) {
            *place += count;
        }
    }
    let mut all = 0;
    for place in &mut out {
        all += *place;
        *place = all;
    }
    out
}

/// What is counted in the places `from..to`.
pub(super) fn within(sums: &[usize], from: usize, to: usize) -> usize {
    let at = |place: usize| sums.get(place).or(sums.last()).copied().unwrap_or_default();
    at(to).saturating_sub(at(from))
}

/// The nodes of a page, each before what it holds; what node `n` holds stands in `n + 1..nodes[n].end`.
#[derive(Debug, Default)]
pub(crate) struct Tree<'p> {
    pub nodes: Vec<Node<'p>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'p> {
    pub kind: Kind<'p>,
    /// The element that holds it; none at the top.
    pub parent: Option<usize>,
    /// Index after the last node inside.
    pub end: usize,
    /// Whether text in it stands on lines of its own: by its class, or since it holds such an element.
    pub breaks: bool,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind<'p> {
    Element(Element<'p>),
    /// Characters as written.
    Text {
        raw: &'p str,
        link: Link,
    },
    /// What a button says, as written.
    Label(&'p str),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'p> {
    /// In lower case.
    pub name: &'static str,
    pub class: Class,
    pub tag: Tag<'p>,
}

/// Whether text is a link, and where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    No,
    /// To a place in the same page.
    Within,
    Away,
}

/// Elements deeper than browsers nest them make no nodes; their text goes to the element around.
const DEPTH: usize = 512;

impl<'p> Tree<'p> {
    /// The tree of `page`. O(page).
    pub(crate) fn parse(page: &'p str) -> Self {
        let mut builder = Builder::default();
        for event in Events::new(page) {
            match event {
                Event::Open(tag) => builder.open(tag),
                Event::Close(name) => builder.close(name),
                Event::Text(text) => builder.text(text),
            }
        }
        builder.close_from(0);
        builder.tree
    }

    /// The element that node `at` is.
    pub(crate) fn element(&self, at: usize) -> Option<&Element<'p>> {
        match &self.nodes.get(at)?.kind {
            Kind::Element(element) => Some(element),
            Kind::Text { .. } | Kind::Label(_) => None,
        }
    }

    /// Whether node `inner` is in the element at `at`.
    pub(crate) fn holds(&self, at: usize, inner: usize) -> bool {
        at < inner && inner < self.end(at)
    }

    /// Elements around node `at`, the innermost first.
    pub(crate) fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let parent = |at: &usize| self.nodes.get(*at)?.parent;
        std::iter::successors(parent(&at), parent)
    }

    /// Without the nodes (and what they hold) of which `drops` is true.
    pub(crate) fn without(&self, drops: &[bool]) -> Self {
        let mut nodes: Vec<Node<'p>> = Vec::with_capacity(self.nodes.len());
        let mut place = vec![None; self.nodes.len()];
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(node) = self.nodes.get(at) {
            while let Some(last) = open.pop_if(|last| self.end(*last) <= at) {
                set_end(&mut nodes, place.get(last).copied().flatten());
            }
            if drops.get(at).copied().unwrap_or(false) {
                at = node.end;
                continue;
            }
            if let Some(place) = place.get_mut(at) {
                *place = Some(nodes.len());
            }
            let parent = node.parent.and_then(|p| place.get(p).copied().flatten());
            nodes.push(Node {
                parent,
                end: nodes.len() + 1,
                ..*node
            });
            open.push(at);
            at += 1;
        }
        while let Some(last) = open.pop() {
            set_end(&mut nodes, place.get(last).copied().flatten());
        }
        Self { nodes }
    }

    fn end(&self, at: usize) -> usize {
        self.nodes.get(at).map_or(0, |node| node.end)
    }
}

fn set_end(nodes: &mut [Node<'_>], at: Option<usize>) {
    let end = nodes.len();
    if let Some(node) = at.and_then(|at| nodes.get_mut(at)) {
        node.end = end;
    }
}

/// An element whose end has not come.
#[derive(Clone, Copy, Debug)]
struct Open<'p> {
    node: usize,
    name: &'static str,
    class: Class,
    language: &'p str,
    /// The quotation mark that ends it.
    mark: Option<&'static str>,
}

#[derive(Debug, Default)]
struct Builder<'p> {
    tree: Tree<'p>,
    open: Vec<Open<'p>>,
    /// Open elements whose text does not count.
    muted: usize,
    /// The link around, with the number of elements that were open where it began.
    link: Option<(Link, usize)>,
    language: &'p str,
    /// A `<q>` that began and has no text yet: its marks.
    quote: Option<[&'static str; 2]>,
}

impl<'p> Builder<'p> {
    fn open(&mut self, tag: Tag<'p>) {
        let (name, class) = lookup(tag.name);
        match class {
            Class::Transparent => {
                if tag.is("html") {
                    self.language = language_of(tag).unwrap_or(self.language);
                }
                return;
            }
            Class::Link => {
                self.link = link_of(tag).map(|link| (link, self.open.len()));
                return;
            }
            _ => {}
        }
        self.end_implied(class);
        let breaks = class.breaks() || (class == Class::Inline && is_shown_as_block(tag));
        let node = self.push(Kind::Element(Element { name, class, tag }), breaks);
        if class == Class::Void || self.open.len() >= DEPTH {
            return;
        }
        let around = self.open.last().map_or(self.language, |open| open.language);
        let language = language_of(tag).unwrap_or(around);
        self.muted += usize::from(is_mute(class));
        self.open.push(Open {
            node,
            name,
            class,
            language,
            mark: None,
        });
        if class == Class::Quote {
            self.quote = Some(self.marks(language));
        }
    }

    /// The marks of a quotation that begins here; those inside another one are the inner ones.
    fn marks(&self, language: &str) -> [&'static str; 2] {
        let [start, end, inner_start, inner_end] = quotation_marks(language);
        let depth = self
            .open
            .iter()
            .filter(|open| open.class == Class::Quote)
            .count();
        if depth % 2 == 1 {
            [start, end]
        } else {
            [inner_start, inner_end]
        }
    }

    /// Ends what ends where an element of `class` begins.
    fn end_implied(&mut self, class: Class) {
        if class.ends_paragraph() {
            self.end_last(|open| open == Class::Paragraph, Class::is_fence);
        }
        let is_list = |class: Class| matches!(class, Class::List) || class.is_fence();
        let is_table = |class: Class| class == Class::Table;
        match class {
            Class::Heading => match self.open.last() {
                Some(open) if open.class == Class::Heading => self.close_from(self.open.len() - 1),
                _ => {}
            },
            Class::Item => self.end_last(|open| open == Class::Item, is_list),
            Class::Term => self.end_last(|open| open == Class::Term, is_list),
            Class::RowGroup => self.end_last(|open| open == Class::RowGroup, is_table),
            Class::Row => self.end_last(|open| open == Class::Row, is_table),
            Class::Cell => self.end_last(|open| open == Class::Cell, is_table),
            Class::Reading => self.end_last(|open| open == Class::Reading, Class::breaks),
            _ => {}
        }
    }

    /// Ends the innermost open element that is `wanted`, unless a `fence` stands before it.
    fn end_last(&mut self, wanted: impl Fn(Class) -> bool, fence: impl Fn(Class) -> bool) {
        let mut inner = self.open.iter().enumerate().rev();
        let found = inner.find(|(_, open)| wanted(open.class) || fence(open.class));
        if let Some(at) = found
            .filter(|(_, open)| wanted(open.class))
            .map(|(at, _)| at)
        {
            self.close_from(at);
        }
    }

    fn close(&mut self, name: &str) {
        let (name, class) = lookup(name);
        match class {
            Class::Transparent => return,
            Class::Link => {
                self.link = None;
                return;
            }
            _ => {}
        }
        let is_fence = |open: &Open<'_>| match class {
            Class::Table => false,
            Class::Cell | Class::Row | Class::RowGroup => open.class == Class::Table,
            _ if class.breaks() => open.class.is_fence(),
            Class::Mute => open.class.is_fence(),
            _ => open.class.breaks(),
        };
        let mut inner = self.open.iter().enumerate().rev();
        let found = inner.find(|(_, open)| open.name == name || is_fence(open));
        match found
            .filter(|(_, open)| open.name == name)
            .map(|(at, _)| at)
        {
            Some(at) => self.close_from(at),
            // The standard makes an empty paragraph of `</p>` alone, and a line break of `</br>`.
            None if class == Class::Paragraph || name == "br" => {
                let tag = Tag::named(name);
                self.push(Kind::Element(Element { name, class, tag }), class.breaks());
            }
            None => {}
        }
    }

    /// Ends the open elements from number `at` on.
    fn close_from(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(last) = self.open.pop() else { return };
            if let Some(mark) = last.mark {
                self.text_node(mark);
            }
            if last.class == Class::Quote {
                self.quote = None;
            }
            self.muted -= usize::from(is_mute(last.class));
            let end = self.tree.nodes.len();
            let breaks = self.tree.nodes.get_mut(last.node).is_some_and(|node| {
                node.end = end;
                node.breaks
            });
            let parent = self
                .open
                .last()
                .and_then(|open| self.tree.nodes.get_mut(open.node));
            if let Some(parent) = parent {
                parent.breaks |= breaks;
            }
        }
        if self.link.is_some_and(|(_, depth)| depth > self.open.len()) {
            self.link = None;
        }
    }

    fn text(&mut self, text: &'p str) {
        if self.open.last().is_some_and(|open| open.name == "button") && !text.trim().is_empty() {
            self.push(Kind::Label(text), false);
        }
        if text.is_empty() || self.muted > 0 {
            return;
        }
        if let Some([start, end]) = self.quote
            && let Some(first) = text.trim_start().chars().next()
        {
            self.quote = None;
            // Writers who do not trust the browser write the marks as well.
            if !"\"“”„«»‹›‘’「『&".contains(first) || is_other_reference(text) {
                self.text_node(start);
                let quote = self
                    .open
                    .iter_mut()
                    .rfind(|open| open.class == Class::Quote);
                if let Some(quote) = quote {
                    quote.mark = Some(end);
                }
            }
        }
        self.text_node(text);
    }

    fn text_node(&mut self, raw: &'p str) {
        let link = self.link.map_or(Link::No, |(link, _)| link);
        self.push(Kind::Text { raw, link }, false);
    }

    fn push(&mut self, kind: Kind<'p>, breaks: bool) -> usize {
        let at = self.tree.nodes.len();
        let parent = self.open.last().map(|open| open.node);
        self.tree.nodes.push(Node {
            kind,
            parent,
            end: at + 1,
            breaks,
        });
        at
    }
}

/// Whether a text begins with a character reference that is no quotation mark.
fn is_other_reference(text: &str) -> bool {
    let head: String = text.trim_start().chars().take(8).collect();
    let read = super::entities::unescape(&head);
    head.starts_with('&') && !read.starts_with(['"', '“', '”', '„', '«', '»', '‹', '›', '‘', '’'])
}

/// Whether an inline element stands on lines of its own by its style, or by the names that the Bootstrap and Tailwind style
/// sheets give to that.
fn is_shown_as_block(tag: Tag<'_>) -> bool {
    tag.attributes().any(|(name, value)| {
        if name.eq_ignore_ascii_case("class") {
            let mut names = value.split_ascii_whitespace();
            names.any(|name| matches!(name, "block" | "d-block"))
        } else {
            name.eq_ignore_ascii_case("style")
                && value
                    .split(';')
                    .filter_map(|rule| rule.split_once(':'))
                    .any(|(key, value)| {
                        let shown = value.trim();
                        let is_block = ["block", "flex", "grid", "table", "list-item"];
                        key.trim().eq_ignore_ascii_case("display")
                            && is_block.iter().any(|name| shown.eq_ignore_ascii_case(name))
                    })
        }
    })
}

fn is_mute(class: Class) -> bool {
    matches!(class, Class::Mute | Class::Reading)
}

fn language_of<'p>(tag: Tag<'p>) -> Option<&'p str> {
    let mut attributes = tag.attributes();
    let is_language = |name: &str| {
        ["lang", "xml:lang"]
            .iter()
            .any(|l| name.eq_ignore_ascii_case(l))
    };
    attributes
        .find(|(name, _)| is_language(name))
        .map(|(_, value)| value)
}

fn link_of(tag: Tag<'_>) -> Option<Link> {
    let mut attributes = tag.attributes();
    let (_, address) = attributes.find(|(name, _)| name.eq_ignore_ascii_case("href"))?;
    Some(if address.trim_start().starts_with('#') {
        Link::Within
    } else {
        Link::Away
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(page: &str) -> String {
        let tree = Tree::parse(page);
        let mut out = String::new();
        let mut ends: Vec<(usize, &str)> = Vec::new();
        for (at, node) in tree.nodes.iter().enumerate() {
            while let Some((_, name)) = ends.pop_if(|(end, _)| *end <= at) {
                out.push_str(&format!("/{name} "));
            }
            match node.kind {
                Kind::Element(element) => {
                    out.push_str(&format!("{} ", element.name));
                    ends.push((node.end, element.name));
                }
                Kind::Text {
                    raw,
                    link: Link::No,
                } => out.push_str(&format!("'{raw}' ")),
                Kind::Text { raw, .. } | Kind::Label(raw) => out.push_str(&format!("[{raw}] ")),
            }
        }
        for (_, name) in ends.iter().rev() {
            out.push_str(&format!("/{name} "));
        }
        out.trim_end().to_owned()
    }

    #[test]
    fn ends_that_are_left_out_are_put_in() {
        assert_eq!(
            outline("<p>a<p>b<div>c</p>d"),
            "p 'a' /p p 'b' /p div 'c' p /p 'd' /div"
        );
        assert_eq!(
            outline("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>"),
            "ul li 'a' /li li 'b' ul li 'c' /li /ul /li li 'd' /li /ul"
        );
        assert_eq!(
            outline("<table><tr><td>a<td>b</div><tr><td>c</table>d"),
            "table tr td 'a' /td td 'b' /td /tr tr td 'c' /td /tr /table 'd'"
        );
        assert_eq!(
            outline("<p><span>a</p><p>b</span>c"),
            "p span 'a' /span /p p 'b' 'c' /p"
        );
    }

    #[test]
    fn formatting_makes_no_nodes_and_links_mark_their_text() {
        assert_eq!(
            outline("<b><p><i>a</b><a href=/x>b<p>c</p><a href=/y><p>d</a>e</p><a name=n>f"),
            "p 'a' [b] /p p 'c' /p p [d] 'e' /p 'f'"
        );
        assert_eq!(outline("<div><a href=/x>a</div>b"), "div [a] /div 'b'");
    }

    #[test]
    fn readings_and_code_have_no_text() {
        assert_eq!(
            outline("<ruby>東<rp>(<rt>とう<rp>)</rp>京<rt>きょう</ruby>へ<script>x</script>"),
            "ruby '東' rp /rp rt /rt rp /rp '京' rt /rt /ruby 'へ' script /script"
        );
    }

    #[test]
    fn q_has_the_marks_of_its_language() {
        assert_eq!(
            outline("<html lang=de><q>Ja <q>und</q></q>"),
            "q '„' 'Ja ' q '‚' 'und' '‘' /q '“' /q"
        );
        assert_eq!(
            outline("<p lang=fr><q>Oui<p>a"),
            "p q '«' 'Oui' '»' /q /p p 'a' /p"
        );
        assert_eq!(
            outline("<q>“Yes”</q><q>&quot;Yes&quot;</q>"),
            "q '“Yes”' /q q '&quot;Yes&quot;' /q"
        );
    }

    #[test]
    fn without_keeps_the_shape() {
        let tree = Tree::parse("<div><p>a</p><p>b</p></div><p>c</p>");
        let drops: Vec<bool> = (0..tree.nodes.len()).map(|at| at == 1).collect();
        let left = tree.without(&drops);
        let ends: Vec<_> = left
            .nodes
            .iter()
            .map(|node| (node.parent, node.end))
            .collect();
        assert_eq!(
            ends,
            [
                (None, 3),
                (Some(0), 3),
                (Some(1), 3),
                (None, 5),
                (Some(3), 5)
            ]
        );
    }
}
