//! Invented articles: paragraphs of fixtures with phrases of our own tables at their edges, quotations, credits and dates;
//! and copies of them, edited as outlets do it.

use crate::bytes::Bytes;
use crate::case::Article;
use crate::disguise::{LINE_ENDS, boundary, change, odd};
use crate::pieces::Pieces;

const URLS: [&str; 12] = [
    "https://www.harbour-tribune.example/news/2024/05/03/ferry-aground",
    "http://meridian-post.example/story?id=1&page=2#top",
    "https://news.harbour-tribune.example/ferry",
    "zipherald.example/a",
    "https://www.co.uk/x",
    "http://[::1]:80/",
    "//a.b/c",
    "javascript:alert(1)",
    "https://xn--e1afmkfd.example/é/%zz",
    "https://user:pass@host.example:99999/",
    "ftp://192.0.2.1/file",
    "not an address",
];

const SOURCES: [&str; 8] = [
    "Harbour Tribune",
    "Meridian Post",
    "Reuters",
    "harbour-tribune.example",
    "Associated Press (AP)",
    "  ",
    "Ünïversal Press",
    "AFP/dpa",
];

const DATES: [&str; 16] = [
    "2024-05-03T10:00:00Z",
    "2024-05-03",
    "May 3, 2024",
    "Fri, 03 May 2024 12:05:00 +0200",
    "3. Mai 2024, 14:05 Uhr",
    "3 de mayo de 2024",
    "9999-12-31",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01",
    "-009999-01-01",
    "1714730400",
    "31 Dec 9999 11:59 pm PST",
    "2024-02-30",
    "12/31/18",
    "2024-05-03 12:05 IST",
    "1 Jan 0000 at 0:00 am +1400",
];

const LANGUAGES: [&str; 10] = [
    "en", "de", "fr", "es", "it", "pt", "en-GB", "th", "zh-Hans", "??",
];

const NAMES: [&str; 10] = [
    "Mara Oduya",
    "Ines Calder",
    "Tobias Renn",
    "Mayor Anna-Lena O’Brien",
    "J. R. van der Meulen",
    "Lucía Ferrán",
    "he",
    "police",
    "Dr. Müller, 54,",
    "Anatoly P. Antonov Jr.",
];

const QUOTATION_MARKS: [(&str, &str); 12] = [
    ("“", "”"),
    ("\"", "\""),
    ("‘", "’"),
    ("„", "“"),
    ("«", "»"),
    ("« ", " »"),
    ("»", "«"),
    ("``", "''"),
    ("'", "'"),
    ("「", "」"),
    ("— ", ""),
    ("”", "”"),
];

/// Makes articles from pieces.
pub(crate) struct Writer<'p, 'b> {
    pub(crate) pieces: &'p Pieces,
    pub(crate) choices: Bytes<'b>,
}

impl Writer<'_, '_> {
    /// A phrase of our own tables.
    pub(crate) fn phrase(&mut self) -> String {
        let pieces = self.pieces;
        if pieces.phrases.is_empty() {
            return String::new();
        }
        let list = self.choices.pick(&pieces.phrases);
        self.choices.pick(list).clone()
    }

    fn paragraph(&mut self) -> String {
        let pieces = self.pieces;
        self.choices.pick(&pieces.paragraphs).clone()
    }

    /// A few phrases of one table, glued or apart, with short words and marks between them: what one rule looks for in a row.
    fn soup(&mut self) -> String {
        let pieces = self.pieces;
        let list = self.choices.pick(&pieces.phrases);
        let mut out = String::new();
        for _ in 0..=self.choices.below(7) {
            match self.choices.below(10) {
                0..5 => {
                    let phrase = self.choices.pick(list).clone();
                    out += &self.dressed(phrase);
                }
                5 => out += *self.choices.pick(&NAMES),
                6 => out.push(char::from(b'A' + self.choices.below(26) as u8)),
                7 => out += &odd(&mut self.choices),
                8 => out += &self.choices.below(2_100).to_string(),
                _ => {
                    let words = self.paragraph();
                    let from = boundary(&words, &mut self.choices);
                    let tail = words.get(from..).unwrap_or_default();
                    out.extend(tail.chars().take(1 + self.choices.below(24)));
                }
            }
            out += *self
                .choices
                .pick(&[" ", " ", " ", " ", "", "", ", ", "\u{a0}"]);
        }
        if self.choices.chance(160) {
            out.truncate(out.trim_end().len());
        }
        out
    }

    /// A phrase as lines carry it: as it is, as a title or in capitals, with a mark behind it.
    fn dressed_phrase(&mut self) -> String {
        let phrase = self.phrase();
        self.dressed(phrase)
    }

    fn dressed(&mut self, phrase: String) -> String {
        let mut dressed = match self.choices.below(4) {
            0 => phrase.to_uppercase(),
            1 => {
                let mut chars = phrase.chars();
                let first = chars.next().map(|c| c.to_uppercase().to_string());
                first.unwrap_or_default() + chars.as_str()
            }
            _ => phrase,
        };
        if self.choices.chance(100) {
            dressed += *self
                .choices
                .pick(&[":", ".", " »", "…", " |", "!", ",", " –"]);
        }
        dressed
    }

    fn quotation(&mut self) -> String {
        let (open, close) = *self.choices.pick(&QUOTATION_MARKS);
        let words = self.paragraph();
        let words = words
            .get(..words.floor_char_boundary(90))
            .unwrap_or_default();
        let (verb, name) = (self.phrase(), *self.choices.pick(&NAMES));
        match self.choices.below(5) {
            0 => format!("{open}{words},{close} {name} {verb}."),
            1 => format!("{name} {verb}: {open}{words}.{close}"),
            2 => format!("{open}{words}{close}, {verb} {name}, {open}{words}{close}."),
            3 => format!("{open}{words}"),
            _ => format!("{verb} {name} {open}{words}{close}"),
        }
    }

    /// One line of an article, or of what stands around it.
    fn line(&mut self) -> String {
        match self.choices.below(16) {
            12.. => self.soup(),
            0..5 => self.paragraph(),
            5 => {
                let phrase = self.dressed_phrase();
                format!("{phrase} {}", self.paragraph())
            }
            6 => {
                let paragraph = self.paragraph();
                format!("{paragraph} {}", self.dressed_phrase())
            }
            7 => self.dressed_phrase(),
            8 | 9 => self.quotation(),
            10 => {
                let (phrase, name) = (self.dressed_phrase(), *self.choices.pick(&NAMES));
                let date = *self.choices.pick(&DATES);
                match self.choices.below(4) {
                    0 => format!("{phrase} {name}"),
                    1 => format!("{name} | {date} | {phrase}"),
                    2 => format!("{} ({phrase}) — {}", name.to_uppercase(), self.paragraph()),
                    _ => format!("({phrase}) {date}"),
                }
            }
            _ => (0..=self.choices.below(6))
                .map(|_| self.dressed_phrase())
                .collect::<Vec<_>>()
                .join(" "),
        }
    }

    /// A text of some lines, changed at some places: paragraphs and what stands around them, or a few short lines of
    /// phrases alone, which are many times quicker to try.
    pub(crate) fn text(&mut self) -> String {
        let short = self.choices.chance(110);
        let lines = 1 + self.choices.below(if short { 3 } else { 8 });
        let usual = *self.choices.pick(&LINE_ENDS);
        let mut text = String::new();
        for number in 0..lines {
            if number > 0 {
                let other = self.choices.chance(16);
                text += if other {
                    *self.choices.pick(&LINE_ENDS)
                } else {
                    usual
                };
            }
            text += &if short { self.soup() } else { self.line() };
        }
        if self.choices.chance(128) {
            text += usual;
        }
        self.disguise(&mut text);
        text
    }

    fn disguise(&mut self, text: &mut String) {
        let changes = self.choices.below(6).saturating_sub(1);
        (0..changes).for_each(|_| change(text, &mut self.choices));
    }

    /// `text` as another outlet prints it.
    pub(crate) fn copy_of(&mut self, text: &str) -> String {
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        for _ in 0..self.choices.below(6) {
            let at = self.choices.below(lines.len() + 1);
            match self.choices.below(6) {
                0 => lines.insert(at, self.line() + "\n"),
                1 if at < lines.len() => drop(lines.remove(at)),
                2 if at < lines.len() => {
                    let line = lines.remove(at);
                    lines.insert(self.choices.below(lines.len() + 1), line);
                }
                3 => {
                    if let Some(line) = lines.get_mut(at) {
                        self.edit(line);
                    }
                }
                4 => lines.truncate(at.max(1)),
                _ => {
                    if let Some(line) = lines.get(at).cloned() {
                        lines.push(line);
                    }
                }
            }
        }
        let mut out = lines.concat();
        if self.choices.chance(96) {
            self.disguise(&mut out);
        }
        out
    }

    /// Replaces, drops or doubles words.
    fn edit(&mut self, line: &mut String) {
        let every = 2 + self.choices.below(9);
        let kind = self.choices.below(6);
        let word = self.phrase();
        let words = line.split(' ').enumerate();
        let edited: Vec<String> = words
            .map(|(number, old)| match (number % every == every - 1, kind) {
                (true, 0) => word.clone(),
                (true, 1) => String::new(),
                (true, 2) => format!("{old} {old}"),
                (true, 3) => old.replace(['e', 'a', 'o'], "é"),
                (true, 4) => format!("{old}—{old}"),
                (true, _) => format!("{word} {old}"),
                (false, _) => old.to_owned(),
            })
            .collect();
        *line = edited.join(" ");
    }

    /// A date as records write it, or something like one.
    pub(crate) fn date(&mut self) -> String {
        let mut date = (*self.choices.pick(&DATES)).to_owned();
        match self.choices.below(8) {
            0..3 => {}
            3 => date = format!("{date} {}", self.phrase()),
            4 => {
                let other = *self.choices.pick(&DATES);
                let cut = boundary(&date, &mut self.choices);
                let from = boundary(other, &mut self.choices);
                date.truncate(cut);
                date += other.get(from..).unwrap_or_default();
            }
            5 => {
                let at = boundary(&date, &mut self.choices);
                date.insert_str(at, &odd(&mut self.choices));
            }
            6 => {
                let (day, year) = (self.choices.below(40), self.choices.below(12_000));
                let month = self.phrase();
                date = format!("{day} {month} {year}");
            }
            _ => {
                let number = |choices: &mut Bytes<'_>, most| choices.below(most);
                let choices = &mut self.choices;
                let mark = *choices.pick(&["/", "-", ".", " ", "", "年"]);
                let day = number(choices, 40);
                let (month, year) = (number(choices, 15), number(choices, 11_000));
                let time = format!("{}:{}", number(choices, 26), number(choices, 70));
                let zone = number(choices, 16);
                date = format!("{day:02}{mark}{month:02}{mark}{year} {time} +{zone:02}00");
            }
        }
        date
    }

    /// A record around `text`.
    pub(crate) fn record(&mut self, text: String) -> Article {
        let mut some = |of_256| self.choices.chance(of_256);
        let [
            has_title,
            has_url,
            has_source,
            has_date,
            has_language,
            has_author,
        ] = [96, 140, 96, 160, 64, 64].map(&mut some);
        let language = *self.choices.pick(&LANGUAGES);
        Article {
            title: has_title.then(|| match self.choices.below(3) {
                0 => text.lines().next().unwrap_or_default().to_owned(),
                1 => self.dressed_phrase(),
                _ => self.line(),
            }),
            url: has_url.then(|| (*self.choices.pick(&URLS)).to_owned()),
            source: has_source.then(|| (*self.choices.pick(&SOURCES)).to_owned()),
            published: has_date.then(|| self.date()),
            language: has_language.then(|| language.to_owned()),
            authors: has_author
                .then(|| (*self.choices.pick(&NAMES)).to_owned())
                .into_iter()
                .collect(),
            text,
        }
    }

    /// Articles of which some are copies of others.
    pub(crate) fn pile(&mut self, count: usize) -> Vec<Article> {
        let mut texts: Vec<String> = vec![self.text()];
        while texts.len() < count {
            let text = match self.choices.below(8) {
                0 => self.text(),
                1 => texts[self.choices.below(texts.len())].clone(),
                2 => {
                    let one = texts[self.choices.below(texts.len())].clone();
                    let other = &texts[self.choices.below(texts.len())];
                    let cut = boundary(&one, &mut self.choices);
                    let from = boundary(other, &mut self.choices);
                    let head = one.get(..cut).unwrap_or_default();
                    head.to_owned() + other.get(from..).unwrap_or_default()
                }
                _ => {
                    let of = self.choices.below(texts.len());
                    self.copy_of(&texts[of].clone())
                }
            };
            texts.push(text);
        }
        texts.into_iter().map(|text| self.record(text)).collect()
    }
}
