//! How names of outlets are read out of running text, and which names mean one outlet.

use wirecopy_document::credit::{PARTICLES, is_host};
use wirecopy_document::lines::LINE_ENDS;
use wirecopy_document::outlets;

/// Reads the name of an outlet at the start of `rest`: an address, a known name, or a run of capitalised words.
/// Gives the name and the bytes it takes.
pub(super) fn read_name(rest: &str) -> Option<(String, usize)> {
    let text = rest.trim_start_matches([' ', '[', '“', '"', '\u{a0}', '‘', '\'']);
    let skipped = rest.len() - text.len();
    let token = text
        .split(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | ',' | ';'))
        .next()?;
    let address = token.trim_end_matches(['.', ':', '"', '”']);
    if (address.contains("://") || address.starts_with("www.") || is_host(address))
        && let Some(name) = outlets::of_address(address)
    {
        return Some((name, skipped + token.len()));
    }
    if let Some((name, len)) = outlets::at_start(text) {
        return Some((name.to_owned(), skipped + len));
    }
    let len = capitalised_run(text);
    let name = text.get(..len)?.trim();
    let first = name.split(' ').next().unwrap_or("").trim_end_matches('.');
    let dated = MONTHS.contains(&first);
    (name.len() > 1 && name.len() <= 50 && !dated).then(|| (name.to_owned(), skipped + len))
}

/// What a phrase like "first published in" is followed by when it names a time and no outlet.
const MONTHS: [&str; 19] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Aug",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
];

/// Length of the capitalised words (particles between them included) at the start of `text`.
pub(super) fn capitalised_run(text: &str) -> usize {
    let (mut end, mut at) = (0, 0);
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let plain = bare.trim_end_matches(['.', ',', ';', ':', ')', ']', '"', '”', '’', '|', '!']);
        let particle = PARTICLES.contains(&plain) && plain == bare;
        if !(plain.starts_with(char::is_uppercase) || particle || plain == "&") {
            break;
        }
        if !particle && plain != "&" {
            end = at + plain.len();
        }
        at += word.len();
        if plain.len() < bare.len() || word.ends_with(LINE_ENDS) {
            break;
        }
    }
    end
}

/// Whether a list of names goes on after the first: those are people.
pub(super) fn continues(rest: &str) -> bool {
    rest.starts_with(',') || rest.trim_start().starts_with("and ")
}

/// Words that outlets carry or drop: what may follow a name without making it another.
const GENERIC: [&str; 16] = [
    "agency",
    "news",
    "media",
    "press",
    "online",
    "digital",
    "service",
    "newspaper",
    "newspapers",
    "network",
    "group",
    "wire",
    "com",
    "net",
    "org",
    "info",
];

/// The words of an outlet's name in small letters: "Harrow Courier", "harrow-courier" and "www.harrow-courier.example"
/// give the same.
fn words(name: &str) -> Vec<String> {
    let dotted = !name.trim().contains(' ') && name.contains('.');
    let host = outlets::of_address(name).filter(|_| dotted);
    let bare = match &host {
        Some(host) => host.split('.').next().unwrap_or(host),
        None => name,
    };
    let lower = bare.to_lowercase();
    let split = lower.split(|c: char| !c.is_alphanumeric());
    split
        .filter(|word| !word.is_empty() && !matches!(*word, "the" | "www"))
        .map(str::to_owned)
        .collect()
}

/// Whether two names mean one outlet: equal once case, punctuation, a leading article and the ending of a host are
/// taken away; or one is the other with words that every outlet may carry ("Harbour Press", "Harbour Press Agency"); or
/// known other names. O(length).
#[must_use]
pub fn same_outlet(a: &str, b: &str) -> bool {
    if outlets::canonical(a) == outlets::canonical(b) {
        return true;
    }
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    if short.is_empty() {
        return false;
    }
    let extends = short.len() >= 2
        && long.starts_with(short)
        && long
            .iter()
            .skip(short.len())
            .all(|word| GENERIC.contains(&word.as_str()));
    extends || short.concat() == long.concat()
}

/// Whether `name` is one of the `own` names of an outlet: the same one, its abbreviation ("Vell Public Radio", "VPR"), or one
/// that goes on with words that outlets carry or drop. O(length).
pub fn is_own<'n>(name: &str, mut own: impl Iterator<Item = &'n str>) -> bool {
    let bare = name.strip_prefix("the ").unwrap_or(name);
    let short = |short: &str, long: &str| is_abbreviation(short) && initials(long) == short;
    own.any(|own| same_outlet(own, bare) || short(bare, own) || short(own, bare))
}

/// The first letters of the capitalised words of `name`.
fn initials(name: &str) -> String {
    name.split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .collect()
}

fn is_abbreviation(name: &str) -> bool {
    (2..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase())
}

/// The abbreviation that `text` opens with, before a closing bracket.
fn abbreviation_at(text: &str) -> Option<&str> {
    let capitals = text.bytes().take_while(u8::is_ascii_uppercase).take(7);
    let (short, rest) = text.split_at_checked(capitals.count())?;
    (rest.starts_with(')') && is_abbreviation(short)).then_some(short)
}

/// Bytes before an abbreviation in which its full name is looked for.
const MAX_SPELLED_BYTES: usize = 200;

/// Full names by their initials, collected over one run: "MPA" is what the run's credits spell out as "Meridian Press
/// Agency".
#[derive(Clone, Debug, Default)]
pub struct FullNames(std::collections::BTreeMap<String, Vec<String>>);

impl FullNames {
    /// Takes up a name that a credit gives; abbreviations and single words are passed over.
    pub fn add(&mut self, name: &str) {
        let name = name.strip_prefix("the ").unwrap_or(name);
        let short = initials(name);
        if !is_abbreviation(&short) || outlets::at_start(name).is_some() {
            return;
        }
        let held = self.0.entry(short).or_default();
        if !held.iter().any(|known| known == name) {
            held.push(name.to_owned());
        }
    }

    /// Takes up what `text` itself spells out, as "the Meridian Press Agency (MPA)". O(bytes).
    pub fn add_spelled(&mut self, text: &str) {
        for (open, bracket) in text.match_indices(" (") {
            let inside = text.get(open + bracket.len()..);
            let Some(short) = inside.and_then(abbreviation_at) else {
                continue;
            };
            let near = text.ceil_char_boundary(open.saturating_sub(MAX_SPELLED_BYTES));
            let before = text.get(near..open).unwrap_or("");
            let line = before.rsplit(LINE_ENDS).next().unwrap_or(before);
            let mut spaces = line.rmatch_indices(' ').map(|(at, _)| at + 1);
            let start = spaces.nth(short.len() - 1).unwrap_or(0);
            let name = line.get(start..).unwrap_or("").trim();
            if initials(name) == short && name.contains(' ') {
                self.add(name);
            }
        }
    }

    /// The one full name that `short` abbreviates; `None` when there is none, or several.
    pub fn of(&self, short: &str) -> Option<&str> {
        match self
            .0
            .get(short)
            .filter(|_| is_abbreviation(short))?
            .as_slice()
        {
            [name] => Some(name),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_hosts_and_folders_of_one_outlet_are_the_same() {
        assert!(same_outlet("www.harbour-wire.example", "Harbour Wire"));
        assert!(same_outlet("harbour-wire", "the Harbour Wire Agency"));
        assert!(same_outlet("nytimes.com", "The New York Times"));
        assert!(!same_outlet("New York", "New York Post"));
        assert!(!same_outlet("Outlet A", "Outlet B"));
        assert!(!same_outlet("", "Outlet"));
    }

    #[test]
    fn abbreviations_are_spelled_out_where_the_run_does_and_only_one_name_fits() {
        let mut names = FullNames::default();
        names.add("the Meridian Press Agency");
        names.add_spelled("a line\nThe Lower Valley Wire (LVW) said, (AB) (");
        assert_eq!(names.of("MPA"), Some("Meridian Press Agency"));
        assert_eq!(names.of("LVW"), Some("Lower Valley Wire"));
        names.add("Middle Plains Agency");
        assert_eq!(names.of("MPA"), None);
        assert_eq!(names.of("AB"), None);
    }
}
