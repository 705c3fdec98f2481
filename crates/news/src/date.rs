//! Dates as records write them. Only forms that say what they mean are read; nothing is guessed from prose.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, fmt::rfc2822, tz::TimeZone};

/// A publication date, as exactly as the record gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// A day.
    Day(Date),
    /// A moment. A time without a zone is taken as UTC.
    Moment(Timestamp),
}

impl Published {
    /// Reads RFC 3339 and its kin (`2021-12-31T01:07:50Z`, `2021-12-31 01:07:50`, `2021-12-31`), RFC 2822
    /// (`Fri, 31 Dec 2021 01:07:50 +0000`), days written with the month's name (`31 Dec 2021`, `Dec. 31, 2021 at 1:07 am
    /// EST`), days in figures whose order is certain (`31.12.2021`, `2021/12/31`, `12/31/2021`, but not `12/03/2021`), and
    /// seconds or milliseconds since 1970. `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(moment) = text.parse::<Timestamp>() {
            return Some(Self::Moment(moment));
        }
        if let Ok(zoned) = rfc2822::parse(text) {
            return Some(Self::Moment(zoned.timestamp()));
        }
        if text.len() <= 10
            && let Ok(day) = text.parse::<Date>()
        {
            return Some(Self::Day(day));
        }
        if let Ok(local) = text.parse::<DateTime>() {
            return local
                .to_zoned(TimeZone::UTC)
                .ok()
                .map(|zoned| Self::Moment(zoned.timestamp()));
        }
        epoch(text).or_else(|| written(text))
    }

    /// Hours from `self` to `later`, negative when it is earlier. `None` where the precision does not tell an order: one
    /// of the two is a day, and they are less than 24 hours apart.
    #[must_use]
    pub fn hours_until(self, later: Self) -> Option<f64> {
        let seconds = later.seconds() - self.seconds();
        let exact = matches!((self, later), (Self::Moment(_), Self::Moment(_)));
        (exact || seconds.abs() >= 86_400).then(|| seconds as f64 / 3600.0)
    }

    /// Days since 1970-01-01, in UTC.
    #[must_use]
    pub fn day(self) -> i64 {
        self.seconds().div_euclid(86_400)
    }

    /// Seconds since 1970-01-01T00:00Z; of a day, its start.
    #[must_use]
    pub fn seconds(self) -> i64 {
        match self {
            Self::Moment(moment) => moment.as_second(),
            Self::Day(day) => {
                let midnight = day.to_zoned(TimeZone::UTC);
                midnight
                    .expect("every civil date has a midnight in UTC")
                    .timestamp()
                    .as_second()
            }
        }
    }
}

impl std::fmt::Display for Published {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Moment(moment) => moment.fmt(f),
        }
    }
}

/// The longest text that is taken for a date.
const LONGEST_DATE_BYTES: usize = 60;

/// A day in words or figures, alone or with a time of day and a zone. Any word that belongs to neither makes it prose.
fn written(text: &str) -> Option<Published> {
    if text.len() > LONGEST_DATE_BYTES {
        return None;
    }
    let mut parts = Parts::default();
    let text = text
        .to_lowercase()
        .replace("a.m.", "am")
        .replace("p.m.", "pm");
    let marks = |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')');
    for word in text.split(marks).filter(|word| !word.is_empty()) {
        parts.add(word)?;
    }
    parts.published()
}

/// What the words of a written date say.
#[derive(Default)]
struct Parts {
    month: Option<i8>,
    numbers: Vec<i16>,
    day: Option<Date>,
    time: Option<(i8, i8, i8)>,
    /// Seconds east of Greenwich.
    zone: Option<i32>,
}

impl Parts {
    /// Takes a word in; `None` where it has no business in a date.
    fn add(&mut self, word: &str) -> Option<()> {
        let lower = word.trim_end_matches('.').to_lowercase();
        if let Some(month) = month(&lower) {
            return self.month.replace(month).is_none().then_some(());
        }
        if lower == "am" || lower == "pm" {
            return self.halve(&lower);
        }
        if let Some(seconds) = zone(&lower).filter(|_| self.time.is_some()) {
            self.zone = Some(seconds);
            return Some(());
        }
        if is_filler(&lower) {
            return Some(());
        }
        if let Some(time) = time(&lower) {
            return self.time.replace(time).is_none().then_some(());
        }
        if let Some(day) = figures(&lower) {
            return self.day.replace(day).is_none().then_some(());
        }
        let digits = ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|end| lower.strip_suffix(end));
        let number = digits.unwrap_or(&lower).parse().ok()?;
        self.numbers.push(number);
        Some(())
    }

    /// "am" or "pm" behind a time.
    fn halve(&mut self, half: &str) -> Option<()> {
        let (hour, minute, second) = self.time.filter(|time| (1..=12).contains(&time.0))?;
        let hour = hour % 12 + if half == "pm" { 12 } else { 0 };
        self.time = Some((hour, minute, second));
        Some(())
    }

    fn published(self) -> Option<Published> {
        let day = match (self.day, self.month, &self.numbers[..]) {
            (Some(day), None, []) => day,
            (None, Some(month), &[day, year]) if year >= 1000 => {
                Date::new(year, month, i8::try_from(day).ok()?).ok()?
            }
            _ => return None,
        };
        let Some((hour, minute, second)) = self.time else {
            return Some(Published::Day(day));
        };
        let local = day
            .at(hour, minute, second, 0)
            .to_zoned(TimeZone::UTC)
            .ok()?;
        let moment = local.timestamp().as_second() - i64::from(self.zone.unwrap_or(0));
        Timestamp::from_second(moment).ok().map(Published::Moment)
    }
}

/// English month names, in full or by three or four letters.
fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = if word == "sept" { "sep" } else { word };
    let at = MONTHS
        .iter()
        .position(|name| word.len() >= 3 && name.starts_with(word))?;
    i8::try_from(at + 1).ok()
}

/// Seconds east of Greenwich of "utc", "est", "+0200", "+02:00".
fn zone(word: &str) -> Option<i32> {
    let hours = match word {
        "utc" | "gmt" | "z" | "wet" => 0,
        "bst" | "cet" | "mez" | "west" => 1,
        "cest" | "mesz" | "eet" => 2,
        "edt" => -4,
        "est" | "cdt" => -5,
        "cst" | "mdt" => -6,
        "mst" | "pdt" => -7,
        "pst" => -8,
        _ => return offset(word),
    };
    Some(hours * 3600)
}

/// The zone farthest from Greenwich (Kiritimati), in hours.
const MOST_HOURS: i32 = 14;

fn offset(word: &str) -> Option<i32> {
    let (sign, digits) = match word.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, word.strip_prefix('-')?),
    };
    let digits = digits.replace(':', "");
    let figures = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let number: i32 = digits.parse().ok().filter(|_| figures)?;
    let (hours, minutes) = (number / 100, number % 100);
    (hours <= MOST_HOURS && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Words that stand in dates and say nothing: weekdays, "at".
fn is_filler(word: &str) -> bool {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    matches!(
        word,
        "at" | "of" | "on" | "-" | "–" | "—" | "et" | "uhr" | "published" | "updated"
    ) || DAYS
        .iter()
        .any(|day| word.len() >= 3 && day.starts_with(word))
}

/// "14:05", "2:05pm", "14:05:33", "14:05:33z".
fn time(word: &str) -> Option<(i8, i8, i8)> {
    let (figures, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(12)),
        _ => (word.trim_end_matches('z'), None),
    };
    let mut fields = figures
        .split(':')
        .map(|field| field.split('.').next()?.parse::<i8>().ok());
    let (hour, minute) = (fields.next()??, fields.next()??);
    let second = fields.next().unwrap_or(Some(0))?;
    let fits = fields.next().is_none()
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..60).contains(&second);
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    fits.then_some((hour, minute, second))
}

/// "31.12.2021", "2021/12/31", "2021.12.31", "12/31/2021", "31-12-2021", and "2021-12-31" beside other words. Figures with
/// dots stand day first; with others, the order must be certain.
fn figures(word: &str) -> Option<Date> {
    let divider = ['.', '/', '-']
        .into_iter()
        .find(|&mark| word.contains(mark))?;
    let fields: Vec<i16> = word
        .split(divider)
        .map(|field| field.parse().ok())
        .collect::<Option<_>>()?;
    let &[first, second, third] = &fields[..] else {
        return None;
    };
    let (year, month, day) = match (first, second, third) {
        (1000.., _, _) => (first, second, third),
        (_, _, 1000..) if divider == '.' || first > 12 || first == second => (third, second, first),
        (_, _, 1000..) if second > 12 => (third, first, second),
        _ => return None,
    };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Seconds (10 digits) or milliseconds (13 digits) since 1970, as crawlers write them.
fn epoch(text: &str) -> Option<Published> {
    let digits = text.split('.').next()?;
    let number: i64 = digits.parse().ok()?;
    match digits.len() {
        9 | 10 => Timestamp::from_second(number).ok(),
        12 | 13 => Timestamp::from_millisecond(number).ok(),
        _ => None,
    }
    .map(Published::Moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_that_records_use_are_read() {
        for (text, shown) in [
            ("2021-12-31T01:07:50Z", "2021-12-31T01:07:50Z"),
            ("2021-12-31T03:07:50+02:00", "2021-12-31T01:07:50Z"),
            ("Fri, 31 Dec 2021 01:07:50 +0000", "2021-12-31T01:07:50Z"),
            ("2021-12-31 01:07:50", "2021-12-31T01:07:50Z"),
            ("2021-12-31", "2021-12-31"),
            ("1640912870", "2021-12-31T01:07:50Z"),
            ("31 Dec 2021", "2021-12-31"),
            ("Dec. 31, 2021", "2021-12-31"),
            ("Thursday, 5 February 2024", "2024-02-05"),
            ("Tue, 6 Feb 2024", "2024-02-06"),
            ("February 5th, 2024 at 2:05 pm EST", "2024-02-05T19:05:00Z"),
            ("5 Feb 2024 14:05 +0200", "2024-02-05T12:05:00Z"),
            ("Mon Feb 05 10:00:00 UTC 2024", "2024-02-05T10:00:00Z"),
            ("31.12.2021, 14:05 Uhr", "2021-12-31T14:05:00Z"),
            ("2021/12/31", "2021-12-31"),
            ("12/31/2021", "2021-12-31"),
            ("2021-12-31 01:07:50 UTC", "2021-12-31T01:07:50Z"),
            ("2021-12-31T01:07:50+0000", "2021-12-31T01:07:50Z"),
            ("1640912870000", "2021-12-31T01:07:50Z"),
        ] {
            assert_eq!(Published::parse(text).unwrap().to_string(), shown, "{text}");
        }
    }

    #[test]
    fn prose_is_not_guessed() {
        for text in [
            "",
            "yesterday",
            "12/03/2021",
            "March 3",
            "20211231T",
            "2021",
            "5 Feb",
            "May 2021",
            "31 Dec 2021 in Vell",
            "31 February 2021",
            "25:00 3 May 2021",
        ] {
            assert_eq!(Published::parse(text), None, "{text}");
        }
    }

    #[test]
    fn two_articles_of_one_day_have_no_order() {
        let day = Published::parse("2020-05-01").unwrap();
        let noon = Published::parse("2020-05-01T12:00:00Z").unwrap();
        let later = Published::parse("2020-05-03T12:00:00Z").unwrap();
        assert_eq!(day.hours_until(noon), None);
        assert_eq!(day.hours_until(later), Some(60.0));
        assert_eq!(later.hours_until(noon), Some(-48.0));
    }

    #[test]
    fn a_day_begins_at_midnight() {
        assert_eq!(Published::parse("1970-01-03").unwrap().day(), 2);
        assert_eq!(Published::parse("1969-12-31T23:00:00Z").unwrap().day(), -1);
    }
}
