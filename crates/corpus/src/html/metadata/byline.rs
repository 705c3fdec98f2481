//! Bylines that stand in the page for its readers: who wrote a story whose head names no author.

use crate::html::tags::Tag;

/// Longest text of a byline that is read as a name, in bytes; what is longer says more than who wrote it.
const LONGEST: usize = 80;

/// Elements that have no end tag.
const VOID: [&str; 6] = ["br", "img", "meta", "link", "hr", "input"];

/// The byline that is being read, and those that were.
#[derive(Debug, Default)]
pub(super) struct Bylines {
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    /// The element's name.
    name: String,
    /// Elements of that name that are open in it, itself among them.
    depth: usize,
    text: String,
}

impl Bylines {
    /// Takes a start tag.
    pub(super) fn open(&mut self, tag: Tag<'_>) {
        match &mut self.open {
            Some(open) => open.depth += usize::from(tag.is(&open.name)),
            None if is_byline(tag) => {
                self.open = Some(Open {
                    name: tag.name.to_ascii_lowercase(),
                    depth: 1,
                    text: String::new(),
                });
            }
            None => {}
        }
    }

    /// Takes text.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(open) = &mut self.open
            && open.text.len() <= LONGEST
        {
            open.text.push_str(text);
            open.text.push(' ');
        }
    }

    /// Takes an end tag; gives the words of the byline that ends with it, if they may be a name.
    pub(super) fn close(&mut self, name: &str) -> Option<String> {
        let open = self.open.as_mut()?;
        open.depth -= usize::from(name.eq_ignore_ascii_case(&open.name));
        if open.depth > 0 {
            return None;
        }
        let words: Vec<&str> = open.text.split_whitespace().collect();
        let words = words.join(" ");
        self.open = None;
        is_name(&words).then_some(words)
    }
}

/// Whether an element holds the name of who wrote the story: by schema.org's `itemprop`, HTML's `rel`, or a class that
/// says so, alone (`author`, `byline`) or in the parts of a longer name (`article__byline`, `author-name`).
fn is_byline(tag: Tag<'_>) -> bool {
    if VOID.iter().any(|void| tag.is(void)) {
        return false;
    }
    let says = |key: &str, wanted: &str| {
        let value = tag.attribute(key).unwrap_or_default();
        value
            .split_whitespace()
            .any(|word| word.eq_ignore_ascii_case(wanted))
    };
    says("itemprop", "author") || says("rel", "author") || {
        let classes = tag.attribute("class").unwrap_or_default();
        classes.split_whitespace().any(is_byline_class)
    }
}

fn is_byline_class(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    let mut parts = class.split(['-', '_']).filter(|part| !part.is_empty());
    let all: Vec<&str> = parts.by_ref().collect();
    match *all.as_slice() {
        ["author"] | [.., "author", "name"] => true,
        ["article" | "entry" | "news" | "post" | "story", "author"] => true,
        [.., last] => last == "byline",
        [] => false,
    }
}

/// Whether words may be a name, with or without "By": short, without digits and marks of other things.
fn is_name(words: &str) -> bool {
    !words.is_empty()
        && words.len() <= LONGEST
        && !words
            .contains(|c: char| c.is_numeric() || matches!(c, '|' | '@' | '?' | '!' | '•' | ':'))
        && words.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_name_a_byline_are_told_from_those_about_authors() {
        for class in [
            "byline",
            "article__byline",
            "author",
            "post-author-name",
            "article-author",
            "story__author",
            "Byline",
        ] {
            assert!(is_byline_class(class), "{class}");
        }
        for class in [
            "author-bio",
            "authors-other-stories",
            "bylines-list",
            "",
            "co-author-box",
            "about-author",
        ] {
            assert!(!is_byline_class(class), "{class}");
        }
    }

    #[test]
    fn what_says_more_than_a_name_is_none() {
        assert!(is_name("By Associated Press"));
        for words in [
            "Published 12 March",
            "Ann Low | Crime",
            "follow @annlow",
            "share this?",
            "",
        ] {
            assert!(!is_name(words), "{words}");
        }
    }
}
