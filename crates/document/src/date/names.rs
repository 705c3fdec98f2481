//! Names of months and weekdays.

use std::sync::LazyLock;

use hashbrown::HashMap;
use wirecopy_text::fold;

/// What a word of a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// A month, from 1.
    Month(i8),
    /// A weekday.
    Weekday,
    /// Either: "mar" is March, and Tuesday in Spanish.
    MonthOrWeekday(i8),
}

/// Names by their folded form. The first word of a line of the table is a month's number or `weekday`.
static NAMES: LazyLock<HashMap<String, Name>> = LazyLock::new(|| {
    let mut names: HashMap<String, Name> = HashMap::new();
    let mut folded = String::new();
    let lines = include_str!("names.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let (what, words) = line.split_once(' ').unwrap_or((line, ""));
        let month: Option<i8> = what.parse().ok();
        for word in words.split(' ') {
            fold(word, &mut folded);
            let name = match (month, names.get(folded.as_str())) {
                (Some(month), _) => Name::Month(month),
                (None, Some(&Name::Month(month))) => Name::MonthOrWeekday(month),
                (None, _) => Name::Weekday,
            };
            names.insert(folded.clone(), name);
        }
    }
    names
});

/// The month or weekday called `word`, whatever its case and accents.
pub(super) fn of(word: &str) -> Option<Name> {
    let mut folded = String::new();
    fold(word, &mut folded);
    NAMES.get(folded.as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_months() {
        let mut seen: HashMap<&str, &str> = HashMap::new();
        let lines = include_str!("names.txt").lines();
        for line in lines.filter(|line| !line.starts_with(['#', 'w'])) {
            let (month, words) = line.split_once(' ').unwrap();
            for word in words.split(' ') {
                assert_eq!(seen.insert(word, month), None, "{word}");
            }
        }
        assert!(seen.len() > 500);
    }

    #[test]
    fn case_and_accents_do_not_matter() {
        for (word, month) in [
            ("MÄRZ", 3),
            ("fevrier", 2),
            ("Ağustos", 8),
            ("мая", 5),
            ("Μαρτίου", 3),
            ("फ़रवरी", 2),
        ] {
            assert_eq!(of(word), Some(Name::Month(month)), "{word}");
        }
        assert_eq!(of("mar"), Some(Name::MonthOrWeekday(3)));
        assert_eq!(of("Donnerstag"), Some(Name::Weekday));
        assert_eq!(of("Vell"), None);
    }
}
