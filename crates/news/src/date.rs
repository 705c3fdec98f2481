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
    /// (`Fri, 31 Dec 2021 01:07:50 +0000`) and seconds or milliseconds since 1970. `None` for anything else.
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
        epoch(text)
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
