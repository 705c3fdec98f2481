//! The forms in which a text credits an agency: datelines at its start, credits at its end.
//!
//! One grammar for lineage, which wants the names, and for boilerplate, which wants the lines. Agencies of the table
//! ([`crate::agencies`]) are known in all forms; others only in those that nothing but a credit has.

mod dateline;

use std::ops::Range;

use crate::agencies;
use crate::agencies::Found;
use crate::outlets::{at_start, credited, of_address};

pub use dateline::dateline;

/// Outlets that a line credits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Their usual full names, known or as the line has them.
    pub names: Vec<String>,
    /// The words that say so; indexes the line.
    pub range: Range<usize>,
    /// What it says.
    pub form: CreditForm,
}

/// What a credit says of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditForm {
    /// It is the agency's.
    Whole,
    /// Parts of it are.
    Part,
}

/// Words with which a credit opens, and what it then says. All that follows must be names of agencies.
const OPENINGS: &[(&str, CreditForm)] = &[
    ("with inputs from", CreditForm::Part),
    ("with input from", CreditForm::Part),
    ("with agency inputs from", CreditForm::Part),
    ("inputs from", CreditForm::Part),
    ("with information from", CreditForm::Part),
    ("with material from", CreditForm::Part),
    ("with reporting from", CreditForm::Part),
    ("with reporting by", CreditForm::Part),
    ("with files from", CreditForm::Part),
    ("with", CreditForm::Part),
    ("avec des informations de", CreditForm::Part),
    ("avec les informations de", CreditForm::Part),
    ("avec", CreditForm::Part),
    ("mit material von", CreditForm::Part),
    ("mit material der", CreditForm::Part),
    ("mit material des", CreditForm::Part),
    ("mit material", CreditForm::Part),
    ("mit informationen von", CreditForm::Part),
    ("mit informationen der", CreditForm::Part),
    ("mit agenturmaterial von", CreditForm::Part),
    ("mit", CreditForm::Part),
    ("con información de", CreditForm::Part),
    ("con informacion de", CreditForm::Part),
    ("con informaciones de", CreditForm::Part),
    ("con datos de", CreditForm::Part),
    ("con informazioni di", CreditForm::Part),
    ("con informazioni da", CreditForm::Part),
    ("con", CreditForm::Part),
    ("com informações da", CreditForm::Part),
    ("com informações do", CreditForm::Part),
    ("com informações de", CreditForm::Part),
    ("com", CreditForm::Part),
    ("met informatie van", CreditForm::Part),
    ("met", CreditForm::Part),
    ("med materiale fra", CreditForm::Part),
    ("by", CreditForm::Whole),
    ("from", CreditForm::Whole),
    ("via", CreditForm::Whole),
    ("por", CreditForm::Whole),
    ("par", CreditForm::Whole),
    ("von", CreditForm::Whole),
    ("door", CreditForm::Whole),
    ("av", CreditForm::Whole),
    ("af", CreditForm::Whole),
];

/// Words before a colon that say where a text is from.
const LABELS: &[&str] = &[
    "source",
    "sources",
    "via",
    "quelle",
    "quellen",
    "fuente",
    "fuentes",
    "fonte",
    "fonti",
    "fontes",
    "bron",
    "bronnen",
    "kilde",
    "kilder",
    "källa",
    "källor",
    "lähde",
    "lähteet",
    "źródło",
    "źródła",
    "zdroj",
    "zdroje",
    "forrás",
    "sursa",
    "sursă",
    "surse",
    "izvor",
    "vir",
    "извор",
    "източник",
    "источник",
    "джерело",
    "крыніца",
    "kaynak",
    "πηγή",
    "sumber",
    "nguồn",
    "allikas",
    "avots",
    "šaltinis",
    "font",
    "来源",
    "來源",
    "消息来源",
    "出典",
    "출처",
    "المصدر",
    "स्रोत",
];

/// The sides that a credit of its own may stand between.
const SIDES: [char; 18] = [
    '(', ')', '[', ']', '（', '）', '【', '】', '.', '。', '—', '–', '-', '/', '|', '*', '©', ' ',
];

/// Reads a line that is nothing but a credit: `(ANI)`, `/ritzau/`, `Lusa/Fim`, `dpa/afp`, `(avec AFP)`, `By Associated
/// Press`. O(length · agencies).
pub fn closing(line: &str) -> Option<Credit> {
    /// Words of the longest such line.
    const MOST_WORDS: usize = 14;
    if line.split_whitespace().nth(MOST_WORDS).is_some() {
        return None;
    }
    let body = line.trim_matches(SIDES);
    let marked = line.starts_with(['(', '（', '【', '[', '/', '—', '–', '©']) && !body.is_empty();
    // An outlet alone on its line, in no brackets: links to other outlets' stories have their names in brackets.
    if !marked && let Some((name, _)) = at_start(body).filter(|&(_, length)| length == body.len()) {
        return Some(Credit::whole(vec![name.to_owned()], 0..line.len()));
    }
    let (rest, form) = opened(body).map_or((body, None), |(rest, form)| (rest, Some(form)));
    let names = listed(rest, agencies::credited)?;
    // "PA" alone may be anything; what stands in brackets, behind a word or beside another is a credit.
    let sure = marked || form.is_some() || names.len() > 1 || rest.contains('/');
    sure.then(|| Credit {
        names,
        range: 0..line.len(),
        form: form.unwrap_or(CreditForm::Whole),
    })
}

/// Reads the credit in brackets that `line` ends with, behind a sentence: `... to court. (AFP)`.
pub fn tail(line: &str) -> Option<Credit> {
    let bare = line.trim_end_matches(['.', ' ', '。']);
    if !bare.ends_with([')', '）']) {
        return None;
    }
    let (open, _) = bare
        .char_indices()
        .rev()
        .find(|&(_, c)| matches!(c, '(' | '（'))?;
    let (before, bracket) = bare.split_at_checked(open)?;
    let stops = [
        '.', '!', '?', '”', '"', '»', '“', '’', '।', '。', '」', '؟', '…',
    ];
    if !before.trim_end().ends_with(stops) {
        return None;
    }
    let credit = closing(bracket)?;
    Some(Credit {
        range: open..bare.len(),
        ..credit
    })
}

/// Reads a line that names its source behind a label: `Bron: ANP`, `Source: ANI/PTI`, `Source: www.harbour.example`,
/// `Source: Harbour News`. A name that no table holds must be one of an outlet by one of its words: tables and charts have
/// sources too.
pub fn labelled(line: &str) -> Option<Credit> {
    let (label, rest) = line.split_once([':', '：'])?;
    let label = label.trim_matches(SIDES).to_lowercase();
    let value = rest.trim_matches(SIDES);
    if !LABELS.contains(&label.as_str()) || value.split_whitespace().count() > 12 {
        return None;
    }
    let whole = |names| Some(Credit::whole(names, 0..line.len()));
    if let Some(names) = listed(value, credited) {
        return whole(names);
    }
    let address = value.split_whitespace().next().unwrap_or("");
    if (address.contains("://") || address.starts_with("www.") || is_host(address))
        && let Some(name) = of_address(address)
    {
        return whole(vec![name]);
    }
    let outlet = is_outlet_like(value) && value.split_whitespace().any(is_outlet_word);
    whole(vec![value.to_owned()]).filter(|_| outlet)
}

/// Words that names of outlets hold and those of people, places and offices do not.
fn is_outlet_word(word: &str) -> bool {
    const WORDS: [&str; 22] = [
        "News",
        "Wire",
        "Newswire",
        "Press",
        "Herald",
        "Times",
        "Post",
        "Tribune",
        "Gazette",
        "Courier",
        "Chronicle",
        "Observer",
        "Telegraph",
        "Daily",
        "Presse",
        "Zeitung",
        "Tageblatt",
        "Diario",
        "Periódico",
        "Jornal",
        "Nachrichtenagentur",
        "Newspaper",
    ];
    WORDS.contains(&word)
}

/// Authors, as a page or a record names them, that are an agency: "AFP", "By Associated Press", "Ann Low, Reuters", "PTI
/// Staff".
pub fn author(value: &str) -> Option<String> {
    const DESKS: [&str; 9] = [
        "",
        "staff",
        "staff writer",
        "news agency",
        "news",
        "desk",
        "feed",
        "feeds",
        "correspondent",
    ];
    let bare = value.trim_matches(SIDES);
    let bare = opened(bare).map_or(bare, |(rest, _)| rest);
    if let Some(names) = listed(bare, agencies::credited) {
        return names.into_iter().next();
    }
    bare.split([',', '/', '|', '(', ')']).find_map(|part| {
        let part = part.trim();
        let (name, length) = agencies::anywhere(part.strip_prefix("The ").unwrap_or(part))?;
        let desk = part.strip_prefix("The ").unwrap_or(part).get(length..)?;
        DESKS
            .contains(&desk.trim().to_lowercase().as_str())
            .then(|| name.to_owned())
    })
}

/// What follows the opening words of a credit.
fn opened(body: &str) -> Option<(&str, CreditForm)> {
    let found = |&(opening, form): &(&str, CreditForm)| {
        let rest = strip_prefix_ignoring_case(body, opening)?;
        let bare = rest.strip_prefix(':').unwrap_or(rest);
        (bare.starts_with(char::is_whitespace)).then(|| (bare.trim_start(), form))
    };
    OPENINGS.iter().find_map(found)
}

/// `text` without `prefix` (in small letters), whatever the case of its letters.
fn strip_prefix_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let mut chars = text.chars();
    for wanted in prefix.chars() {
        let found = chars.next()?;
        if !found.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    Some(chars.as_str())
}

/// What divides the names of a list.
const PARTS: [char; 5] = ['/', ',', '+', ';', '、'];
/// Words that close a story, on its last line.
const ENDS: [&str; 5] = ["fim", "end", "ends", "fin", "ende"];

/// The agencies of a list of nothing but agencies, the initials of their writers and marks of the end ("dpa/lsw",
/// "Lusa/Fim", "AFP und Reuters").
fn listed(text: &str, known: impl Fn(&str) -> Found) -> Option<Vec<String>> {
    const JOINTS: [&str; 12] = [
        " und ", " and ", " y ", " e ", " et ", " og ", " och ", " en ", " i ", " ja ", " & ",
        " ve ",
    ];
    if !may_open_list(text, &known) {
        return None;
    }
    let mut joined = text.to_owned();
    for joint in JOINTS {
        joined = joined.replace(joint, "/");
    }
    let mut names: Vec<String> = Vec::new();
    for part in joined.split(PARTS) {
        let part = part.trim_matches(SIDES);
        let bare = behind_article(part);
        let agency = |form: &str| known(form).filter(|&(_, length)| length == form.len());
        if let Some((name, _)) = agency(part).or_else(|| agency(bare)) {
            if !names.iter().any(|held| held == name) {
                names.push(name.to_owned());
            }
            continue;
        }
        let initials =
            part.len() <= 4 && part.chars().all(|c| c.is_lowercase() || c.is_ascii_digit());
        let end = || ENDS.contains(&part.to_lowercase().as_str());
        if !((initials && !names.is_empty()) || part.is_empty() || end()) {
            return None;
        }
    }
    (!names.is_empty()).then_some(names)
}

/// Whether a list may open `text`: an agency, or parts that are no names. Most lines do not, and need not be cut.
fn may_open_list(text: &str, known: impl Fn(&str) -> Found) -> bool {
    let opening = text.trim_start_matches(SIDES);
    let is_name = |form: &str| known(form).is_some();
    let is_end = |end: &&str| {
        let word = opening.get(..end.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(end))
    };
    is_name(opening)
        || is_name(behind_article(opening))
        || opening.starts_with(PARTS)
        || ENDS.iter().any(is_end)
}

/// `part` without the article that it begins with.
fn behind_article(part: &str) -> &str {
    const ARTICLES: [&str; 6] = ["the ", "The ", "die ", "der ", "l'", "l’"];
    let mut articles = ARTICLES.iter();
    articles
        .find_map(|article| part.strip_prefix(article))
        .unwrap_or(part)
}

impl Credit {
    fn whole(names: Vec<String>, range: Range<usize>) -> Self {
        Self {
            names,
            range,
            form: CreditForm::Whole,
        }
    }
}

fn is_abbreviation(name: &str) -> bool {
    (2..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// Words in small letters that names and datelines may hold.
pub const PARTICLES: [&str; 20] = [
    "of", "the", "and", "for", "de", "la", "en", "del", "du", "in", "to", "am", "le", "den", "di",
    "da", "do", "dos", "el", "los",
];

/// Bracketed words at a line's start that are no outlet.
const NO_OUTLETS: [&str; 10] = [
    "updated", "update", "video", "photo", "photos", "opinion", "note", "editor", "live",
    "breaking",
];

/// Whether the words can be the name of an outlet that no table holds.
pub fn is_outlet_like(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let lower = name.to_lowercase();
    let state = words.len() == 1 && name.len() > 2 && name.as_bytes().get(1) == Some(&b'-');
    (1..=5).contains(&words.len())
        && name.len() >= 2
        && !state
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | ';' | ':' | '"'))
        && !NO_OUTLETS.iter().any(|no| lower.starts_with(no))
        && words
            .iter()
            .all(|w| w.starts_with(char::is_uppercase) || PARTICLES.contains(w))
}

/// Whether `token` is a host name.
pub fn is_host(token: &str) -> bool {
    let dotted = token.rsplit_once('.').is_some_and(|(before, after)| {
        !before.is_empty() && after.len() >= 2 && after.bytes().all(|b| b.is_ascii_lowercase())
    });
    dotted && token.is_ascii() && token.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(credit: Option<Credit>) -> Vec<String> {
        credit.map(|credit| credit.names).unwrap_or_default()
    }

    #[test]
    fn closing_credits_name_their_agencies() {
        for (line, wanted) in [
            ("(ANI)", vec!["ANI"]),
            ("(ANSA).", vec!["ANSA"]),
            ("/ritzau/", vec!["Ritzau"]),
            ("Lusa/Fim", vec!["Lusa"]),
            ("dpa/lsw", vec!["dpa"]),
            ("Deutsche Welle", vec!["Deutsche Welle"]),
            ("The Associated Press", vec!["Associated Press"]),
            (
                "AFP, dpa und Reuters",
                vec!["Agence France-Presse", "dpa", "Reuters"],
            ),
            ("(avec AFP)", vec!["Agence France-Presse"]),
            ("Mit Material der dpa", vec!["dpa"]),
            (
                "(With inputs from ANI and PTI)",
                vec!["ANI", "Press Trust of India"],
            ),
            ("Con información de EFE.", vec!["EFE"]),
            ("By: The Associated Press", vec!["Associated Press"]),
            ("/TT", vec!["TT"]),
            ("©NTB", vec!["NTB"]),
        ] {
            assert_eq!(names(closing(line)), wanted, "{line}");
        }
        for line in [
            "PA",
            "TT",
            "With love",
            "By Ann Low",
            "(PA system)",
            "AP Automotive",
            "(END)",
            "",
        ] {
            assert_eq!(closing(line), None, "{line}");
        }
        assert_eq!(
            names(tail("They would go to court. (AFP)")),
            ["Agence France-Presse"]
        );
        assert_eq!(tail("He works for the agency (AFP)"), None);
    }

    #[test]
    fn labels_of_many_languages_name_sources() {
        for (line, name) in [
            ("Bron: ANP", "ANP"),
            ("Källa: TT", "TT"),
            ("Źródło: PAP", "PAP"),
            ("来源：新华社", "Xinhua"),
            (
                "Source: https://news.harbour.example.org/rain",
                "example.org",
            ),
            ("Source: Valley News", "Valley News"),
        ] {
            assert_eq!(names(labelled(line)), [name], "{line}");
        }
        for line in [
            "Source: Harbour Survey",
            "Source: the board",
            "Time: AFP",
            "Source: Ann Low",
        ] {
            assert_eq!(labelled(line), None, "{line}");
        }
    }

    #[test]
    fn authors_that_are_agencies_are_told_from_people() {
        for (value, name) in [
            ("AFP", Some("Agence France-Presse")),
            ("By Associated Press", Some("Associated Press")),
            ("The Associated Press", Some("Associated Press")),
            ("Ann Low, Reuters", Some("Reuters")),
            ("PTI Staff", Some("Press Trust of India")),
            ("ANI", Some("ANI")),
            ("Ani Low", None),
            ("Ann Low", None),
            ("Lusa Low", None),
        ] {
            assert_eq!(author(value).as_deref(), name, "{value}");
        }
    }
}
