//! What the attributes of an element say about its part in the page.

use super::tags::Tag;
use super::tree::Element;

/// The part of an element in its page.
#[allow(
    clippy::struct_excessive_bools,
    reason = "independent marks: an element may bear any of them together"
)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Part {
    /// Not shown to those who look at the page.
    pub is_hidden: bool,
    /// Said to those who cannot see the page, and to nobody else.
    pub is_spoken: bool,
    /// A window over the page.
    pub is_dialog: bool,
    /// The window of a consent management tool.
    pub is_consent_tool: bool,
    /// Neither story nor part of one: navigation, teasers, comments, offers.
    pub is_boilerplate: bool,
    /// Where the page says that its story is.
    pub is_story: bool,
}

impl Part {
    /// Reads the attributes of `element`.
    pub(crate) fn of(element: &Element<'_>) -> Self {
        let mut part = Self::of_name(element.name);
        for (name, value) in element.tag.attributes() {
            match name.to_ascii_lowercase().as_str() {
                "hidden" => part.is_hidden |= !value.eq_ignore_ascii_case("false"),
                "aria-hidden" => part.is_hidden |= value.eq_ignore_ascii_case("true"),
                "aria-modal" => part.is_dialog |= value.eq_ignore_ascii_case("true"),
                "style" => part.is_hidden |= hides(value),
                "role" => part.role(value),
                "itemprop" => part.is_story |= value.eq_ignore_ascii_case("articleBody"),
                "class" | "id" => part.named(value),
                "shadowrootmode" if element.name == "template" => part.is_hidden = false,
                _ => {}
            }
        }
        part
    }

    /// Whether the class of `element` calls it a pull quote.
    pub(crate) fn is_pull_quote(element: &Element<'_>) -> bool {
        let class = attribute(element.tag, "class")
            .unwrap_or_default()
            .to_ascii_lowercase();
        ["pullquote", "pull-quote", "pull_quote"]
            .iter()
            .any(|name| class.contains(name))
    }

    fn of_name(name: &str) -> Self {
        Self {
            is_hidden: matches!(name, "template" | "noscript"),
            is_dialog: name == "dialog",
            is_boilerplate: matches!(name, "nav" | "aside" | "footer" | "form" | "dialog"),
            is_story: matches!(name, "article" | "main" | "h1"),
            ..Self::default()
        }
    }

    fn role(&mut self, role: &str) {
        match role.to_ascii_lowercase().as_str() {
            "dialog" | "alertdialog" => self.is_dialog = true,
            "main" | "article" => self.is_story = true,
            "navigation" | "banner" | "contentinfo" | "complementary" | "search" | "menu"
            | "menubar" | "toolbar" | "tablist" | "form" => self.is_boilerplate = true,
            _ => {}
        }
    }

    /// Reads a `class` or `id`.
    fn named(&mut self, value: &str) {
        let lower = value.to_ascii_lowercase();
        self.is_consent_tool |= CONSENT_TOOLS.iter().any(|tool| lower.contains(tool));
        self.is_spoken |= lower
            .split_ascii_whitespace()
            .any(|name| SPOKEN.contains(&name));
        for word in words(value) {
            let word = word.to_ascii_lowercase();
            self.is_dialog |= DIALOGS.contains(&word.as_str());
            self.is_boilerplate |= BOILERPLATE.contains(&word.as_str());
        }
    }
}

/// Whether a style takes the element off the page.
fn hides(style: &str) -> bool {
    style
        .split(';')
        .filter_map(|rule| rule.split_once(':'))
        .any(|(key, value)| {
            let value = value
                .trim()
                .split('!')
                .next()
                .unwrap_or_default()
                .trim_end();
            match key.trim().to_ascii_lowercase().as_str() {
                "display" => value.eq_ignore_ascii_case("none"),
                "visibility" => value.eq_ignore_ascii_case("hidden"),
                _ => false,
            }
        })
}

/// The words of a name: `relatedLinks`, `related-links` and `related_links` have two.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    parts.flat_map(|part| {
        let bytes = part.as_bytes();
        let is_start = |at: &usize| {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            let here = bytes.get(*at).is_some_and(u8::is_ascii_uppercase);
            before.is_none_or(|before| before.is_ascii_lowercase() && here)
        };
        let starts: Vec<usize> = (0..part.len()).filter(is_start).collect();
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([part.len()]).collect();
        let spans = starts.into_iter().zip(ends);
        spans.filter_map(|(start, end)| part.get(start..end))
    })
}

/// The attribute `name` of a tag, as written.
pub(crate) fn attribute<'p>(tag: Tag<'p>, name: &str) -> Option<&'p str> {
    tag.attributes()
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

/// Names that style sheets in common use (Bootstrap, Foundation, WordPress, Tailwind) give to text for screen readers.
const SPOKEN: [&str; 7] = [
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "screen-reader-text",
    "show-for-sr",
    "element-invisible",
    "screenreader",
];

/// Words in the names of windows over a page.
const DIALOGS: [&str; 6] = [
    "modal",
    "dialog",
    "popup",
    "popover",
    "interstitial",
    "offcanvas",
];

/// Parts of the names that consent management tools on the list of the IAB's framework, and the common plug-ins for
/// it, give to their windows.
const CONSENT_TOOLS: [&str; 30] = [
    "onetrust",
    "optanon",
    "didomi",
    "qc-cmp",
    "sp_message",
    "sp_privacy",
    "usercentrics",
    "cybot",
    "trustarc",
    "cookieconsent",
    "cookie-consent",
    "cookie_consent",
    "cookie-banner",
    "cookiebanner",
    "cookie-notice",
    "cookie-law",
    "fc-consent",
    "fc-dialog",
    "borlabs",
    "iubenda",
    "klaro",
    "tarteaucitron",
    "axeptio",
    "osano",
    "cmplz",
    "termly",
    "gdpr",
    "cookiebar",
    "cookie-bar",
    "cmpbox",
];

/// Words in the names of what stands around stories or between their paragraphs.
const BOILERPLATE: [&str; 62] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "sponsor",
    "sponsored",
    "promo",
    "promotion",
    "related",
    "recommended",
    "recommendation",
    "recommendations",
    "popular",
    "trending",
    "teaser",
    "teasers",
    "outbrain",
    "taboola",
    "readmore",
    "share",
    "sharing",
    "social",
    "newsletter",
    "subscribe",
    "subscription",
    "signup",
    "comment",
    "comments",
    "disqus",
    "respond",
    "nav",
    "navigation",
    "navbar",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "sidebar",
    "footer",
    "widget",
    "tags",
    "taglist",
    "byline",
    "author",
    "authors",
    "bio",
    "caption",
    "credit",
    "copyright",
    "cookie",
    "cookies",
    "consent",
    "paywall",
    "pagination",
    "pager",
    "login",
    "rating",
    "toolbar",
    "masthead",
    "card",
    "cards",
    "disclaimer",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tree::Tree;

    fn part(page: &str) -> Part {
        let tree = Tree::parse(page);
        Part::of(tree.element(0).unwrap())
    }

    #[test]
    fn attributes_say_what_an_element_is() {
        let hidden = [
            "<p hidden>",
            "<p style='color:red; DISPLAY : none!important'>",
            "<p aria-hidden=true>",
            "<template>",
        ];
        for page in hidden {
            assert!(part(page).is_hidden, "{page}");
        }
        for page in [
            "<div role=dialog>",
            "<div class='cookieModal open'>",
            "<dialog>",
            "<p aria-modal=true>",
        ] {
            assert!(part(page).is_dialog, "{page}");
        }
        assert!(part("<div id=onetrust-banner-sdk>").is_consent_tool);
        assert!(part("<span class='a sr-only'>").is_spoken);
        assert!(part("<div class=relatedLinks>").is_boilerplate);
        assert_eq!(
            part("<div class='unrelated modality' style='display:block'>"),
            Part::default()
        );
        assert!(
            part("<div itemprop=articleBody>").is_story
                && !part("<template shadowrootmode=open>").is_hidden
        );
    }

    #[test]
    fn names_are_cut_into_words() {
        let got: Vec<_> = words("relatedLinks box_2 ABCNews").collect();
        assert_eq!(got, ["related", "Links", "box", "2", "ABCNews"]);
    }
}
