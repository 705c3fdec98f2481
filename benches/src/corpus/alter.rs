//! The ways in which copies differ from what they were copied from.

use serde::{Deserialize, Serialize};

use crate::corpus::Random;
use crate::corpus::base::{in_the_case_of, is_word, pieces, sentences};

/// One way of copying.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyClass {
    /// The same text.
    Exact,
    /// 2 % of the words are other words.
    Substituted2,
    /// 5 % of the words are other words.
    Substituted5,
    /// 10 % of the words are other words.
    Substituted10,
    /// 20 % of the words are other words.
    Substituted20,
    /// The first 80 % of the words.
    Cut80,
    /// The first half.
    Cut50,
    /// The first quarter.
    Cut25,
    /// A page's boilerplate in front.
    ChromeBefore,
    /// A page's boilerplate in front and behind.
    ChromeAround,
    /// All sentences, in another order.
    Reordered,
    /// 5 % of the characters misread.
    Garbled5,
    /// 40 % of it in one piece, in the middle of another article.
    Lifted40,
}

impl CopyClass {
    /// Every class, in the order of tables.
    pub const ALL: [Self; 13] = [
        Self::Exact,
        Self::Substituted2,
        Self::Substituted5,
        Self::Substituted10,
        Self::Substituted20,
        Self::Cut80,
        Self::Cut50,
        Self::Cut25,
        Self::ChromeBefore,
        Self::ChromeAround,
        Self::Reordered,
        Self::Garbled5,
        Self::Lifted40,
    ];

    /// A copy of `text` in this way. `host` is the article that a lifted part is put into.
    pub(super) fn copy(self, text: &str, host: &str, random: &mut Random) -> String {
        match self {
            Self::Exact => text.to_owned(),
            Self::Substituted2 => substitute(text, host, (0.02, random)),
            Self::Substituted5 => substitute(text, host, (0.05, random)),
            Self::Substituted10 => substitute(text, host, (0.10, random)),
            Self::Substituted20 => substitute(text, host, (0.20, random)),
            Self::Cut80 => cut(text, 0.8),
            Self::Cut50 => cut(text, 0.5),
            Self::Cut25 => cut(text, 0.25),
            Self::ChromeBefore => format!("{}{text}", chrome(random)),
            Self::ChromeAround => format!("{}{text}\n\n{}", chrome(random), chrome(random)),
            Self::Reordered => reorder(text, random),
            Self::Garbled5 => garble(text, random),
            Self::Lifted40 => lift(text, host, random),
        }
    }
}

/// Puts words of `other` in the place of a share of the words of `text`.
fn substitute(text: &str, other: &str, (share, random): (f64, &mut Random)) -> String {
    let others: Vec<&str> = pieces(other).filter(|piece| is_word(piece)).collect();
    let words = pieces(text).filter(|piece| is_word(piece)).count();
    let mut places: Vec<usize> = (0..words).collect();
    random.shuffle(&mut places);
    let mut chosen = vec![false; words];
    places[..(words as f64 * share).round() as usize]
        .iter()
        .for_each(|&place| chosen[place] = true);
    let mut place = 0..;
    let altered = pieces(text).map(|piece| {
        let taken = is_word(piece) && place.next().is_some_and(|n: usize| chosen[n]);
        if taken {
            in_the_case_of(piece, &random.pick(&others).to_lowercase())
        } else {
            piece.to_owned()
        }
    });
    altered.collect()
}

/// The first `share` of the words.
fn cut(text: &str, share: f64) -> String {
    let words = text.split_whitespace().count();
    let keep = (words as f64 * share) as usize;
    let mut rest = text;
    for _ in 0..keep {
        rest = rest.trim_start();
        rest = rest.trim_start_matches(|c: char| !c.is_whitespace());
    }
    text.strip_suffix(rest).unwrap_or(text).to_owned()
}

fn reorder(text: &str, random: &mut Random) -> String {
    let mut order: Vec<&str> = sentences(text);
    random.shuffle(&mut order);
    let parts: Vec<&str> = order.into_iter().map(str::trim).collect();
    parts.join(" ")
}

/// What a scanner takes letters for.
const LOOKALIKES: &[(char, char)] = &[
    ('e', 'c'),
    ('o', '0'),
    ('l', '1'),
    ('i', 'j'),
    ('a', 'o'),
    ('n', 'u'),
    ('h', 'b'),
    ('t', 'f'),
    ('s', '5'),
    ('m', 'n'),
    ('r', 'v'),
    ('c', 'e'),
    ('u', 'v'),
    ('d', 'a'),
    ('g', 'q'),
];

/// Five characters in a hundred are taken for another, lost, or doubled.
fn garble(text: &str, random: &mut Random) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() || !random.chance(0.05) {
            out.push(c);
            continue;
        }
        match random.below(10) {
            0 => {}
            1 => out.extend([c, c]),
            _ => out.push(LOOKALIKES.iter().find(|l| l.0 == c).map_or('x', |l| l.1)),
        }
    }
    out
}

/// Two fifths of the sentences of `text`, in one piece, between the halves of `host`.
fn lift(text: &str, host: &str, random: &mut Random) -> String {
    let from = sentences(text);
    let words = |s: &[&str]| {
        s.iter()
            .map(|s| s.split_whitespace().count())
            .sum::<usize>()
    };
    let wanted = words(&from) * 2 / 5;
    let mut first = random.below(from.len());
    while first > 0 && words(&from[first..]) < wanted {
        first -= 1;
    }
    let len = (1..=from.len() - first).find(|&n| words(&from[first..first + n]) >= wanted);
    let lifted = from[first..first + len.unwrap_or(from.len() - first)].concat();
    let host = sentences(host);
    let (before, behind) = host.split_at(host.len() / 2);
    format!(
        "{}\n\n{}\n\n{}",
        before.concat().trim(),
        lifted.trim(),
        behind.concat().trim()
    )
}

/// Lines of page boilerplate.
const CHROME: &[&str] = &[
    "Home",
    "News",
    "Sport",
    "Business",
    "Opinion",
    "Subscribe",
    "Sign in",
    "Menu",
    "Search",
    "Weather",
    "Sign up for our daily newsletter and never miss a story",
    "Share this article",
    "Share on Facebook",
    "Follow us on Twitter",
    "Click here to comment",
    "Advertisement",
    "Story continues below advertisement",
    "Read more: the ten stories that everybody talks about",
    "You may also like",
    "Most read",
    "Accept all cookies",
    "We use cookies to improve your experience on our site",
    "Terms of use",
    "Privacy policy",
    "All rights reserved",
    "Contact the newsroom",
    "Download our app",
    "Watch live",
    "Photo: handout",
    "Related topics",
    "This site is protected and the privacy policy and terms of service apply",
    "Back to top",
    "Print this page",
];

fn chrome(random: &mut Random) -> String {
    let lines = 6 + random.below(8);
    (0..lines)
        .map(|_| format!("{}\n", random.pick(CHROME)))
        .chain(["\n".to_owned()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The ferry ran aground. Nobody was hurt, the owners said. Divers looked at the hull. It was whole.";

    #[test]
    fn copies_differ_as_their_class_says() {
        let words = |t: &str| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let random = || Random::new(1);
        let copy = |class: CopyClass| {
            class.copy(
                TEXT,
                "Other words stand here. Quite others. Again.",
                &mut random(),
            )
        };
        assert_eq!(copy(CopyClass::Exact), TEXT);
        assert_eq!(words(&copy(CopyClass::Cut50)), words(TEXT)[..9]);
        let changed = words(&copy(CopyClass::Substituted20))
            .iter()
            .zip(words(TEXT))
            .filter(|(a, b)| *a != b)
            .count();
        assert!((1..=4).contains(&changed));
        let mut sorted = (words(&copy(CopyClass::Reordered)), words(TEXT));
        sorted.0.sort();
        sorted.1.sort();
        assert_eq!(sorted.0, sorted.1);
        assert!(copy(CopyClass::ChromeAround).contains(TEXT));
        assert!(copy(CopyClass::Lifted40).starts_with("Other words"));
    }
}
