//! Names that lines are signed with: writers and their outlets or addresses, photographers and their agencies, handles.

use super::shape::core_of;

/// Two or three names and what their bearer does for a living.
pub(super) fn introduces_writer(line: &str) -> bool {
    let small = |word: &str| word.starts_with(char::is_lowercase);
    let Some(at) = line.split_whitespace().position(small) else {
        return false;
    };
    let verb = line.split_whitespace().nth(at).unwrap_or("");
    (2..=3).contains(&at)
        && matches!(
            verb,
            "is" | "covers"
                | "writes"
                | "reports"
                | "teaches"
                | "edits"
                | "hosts"
                | "ist"
                | "est"
                | "es"
                | "è"
                | "é"
        )
}

/// Two to four names, a comma, and one to five words in capitals: who wrote the words above, and where.
pub(super) fn is_signed(line: &str) -> bool {
    let Some((person, outlet)) = line.split_once(", ") else {
        return false;
    };
    let titled = |part: &str| {
        part.split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase))
    };
    let lower = |part: &str| {
        part.split_whitespace()
            .all(|word| word.chars().any(char::is_lowercase) || word.len() <= 2)
    };
    (2..=4).contains(&person.split_whitespace().count())
        && (1..=5).contains(&outlet.split_whitespace().count())
        && titled(person)
        && lower(person)
        && titled(outlet)
        && !line.contains([':', '(', '/', '|', '-', '"', '“', '?'])
}

/// "@annlee: The tide is out".
pub(super) fn opens_with_handle(line: &str) -> bool {
    let head = || line.split_whitespace().next().unwrap_or("");
    line.starts_with('@') && head().len() > 2 && head().ends_with(':')
}

/// Names in capitals, small words between them, and the last word an e-mail address.
pub(super) fn is_addressed(line: &str) -> bool {
    let joint = |word: &str| {
        matches!(
            word,
            "at" | "in" | "and" | "or" | "und" | "et" | "y" | "e" | "-" | "–" | "—" | "|"
        )
    };
    let mut words = line.split_whitespace();
    let mail = words.next_back().is_some_and(|word| is_mail(core_of(word)));
    let names = words.clone().count() >= 2;
    mail && names
        && words.all(|word| {
            joint(word) || word.starts_with(char::is_uppercase) || is_mail(core_of(word))
        })
}

pub(super) fn is_mail(word: &str) -> bool {
    word.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// "A crane lifts the gate in Vell, May 3. Ann Lee | Bell Wire | AFP": a name behind a stop, or a whole sentence, then
/// agencies behind bars.
pub(super) fn closes_with_bars(line: &str) -> bool {
    let Some((before, agency)) = line.split_once(" | ") else {
        return false;
    };
    let titled = |part: &str| {
        part.split_whitespace()
            .all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '|'))
    };
    let person = before
        .rsplit(". ")
        .next()
        .filter(|person| person.len() < before.len());
    let named = person.is_some_and(|person| {
        (2..=4).contains(&person.split_whitespace().count()) && titled(person)
    });
    let sentence = before.ends_with('.') && before.split_whitespace().count() >= 5;
    (named || sentence) && titled(agency) && agency.split_whitespace().count() <= 7
}
