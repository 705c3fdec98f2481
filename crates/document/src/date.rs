//! Dates as records write them. Only forms that say what they mean are read; nothing is guessed from prose.
//!
//! [`read`] takes what a record says apart: a day or a moment, and whether the name of the zone was of no use. A date is
//! never made more exact than it was written: a time whose zone has several meanings gives its day.

mod names;
mod written;
mod zones;

use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

/// A publication date, as exactly as the record gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// A day, somewhere on Earth.
    Day(Date),
    /// A moment, and the offset from UTC in which the record gives it. A time without a zone is taken as UTC.
    Moment(Timestamp, Offset),
}

/// What was read in the date of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The date.
    pub published: Published,
    /// Whether the zone was understood.
    pub zone: Zone,
}

/// Whether the zone of a time was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// It was, or there is none.
    Clear,
    /// Its name is unknown, or means several zones, as IST does: only the day was kept.
    Unclear,
}

/// Reads RFC 3339 and its kin (`2021-12-31T01:07:50Z`, `2021-12-31 01:07:50 +01:00`, `2021-12-31`), RFC 2822 (`Fri, 31 Dec
/// 2021 01:07:50 +0000`), days written with the month's name in one of the languages of `date/names.txt` (`Dec. 31, 2021
/// at 1:07 am ET`, `31 décembre 2021`, `31-Dec-2021`), days in figures whose order is certain (`31.12.2021`,
/// `2021/12/31`, `12/31/2021`, `12/31/21`, `2021年12月31日`, but not `12/03/2021`), and seconds, milli-, micro- or
/// nanoseconds since 1970. `None` for anything else. O(length).
#[must_use]
pub fn read(text: &str) -> Option<Reading> {
    let text = text.trim();
    let clear = |published| Reading {
        published,
        zone: Zone::Clear,
    };
    let plain = machine(text).or_else(|| epoch(text)).map(clear);
    plain.or_else(|| written::read(text))
}

/// Whether `word` names a month or a weekday, in one of the languages of `date/names.txt`.
pub fn is_name(word: &str) -> bool {
    names::of(word).is_some()
}

/// Seconds of a day.
const DAY: i64 = 86_400;
/// The first and the last place where a day begins: 14 hours before Greenwich (Kiritimati), 12 behind it (Baker Island).
const FIRST_PLACE: i64 = 14 * 3600;
const LAST_PLACE: i64 = 12 * 3600;

impl Published {
    /// The date alone that [`read`] finds.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        read(text).map(|reading| reading.published)
    }

    /// `at` by the clock of a place that is `offset` from UTC; its day where that lies outside the range of moments (the
    /// ends of the years -9999 and 9999).
    fn moment(at: DateTime, offset: Offset) -> Self {
        match offset.to_timestamp(at) {
            Ok(moment) => Self::Moment(moment, offset),
            Err(_) => Self::Day(at.date()),
        }
    }

    /// Hours from `self` to `later`, negative when it is earlier. `None` where the precision does not tell an order: two
    /// equal days, or a moment that falls on the day somewhere on Earth.
    #[must_use]
    pub fn hours_until(self, later: Self) -> Option<f64> {
        let ordered = match (self, later) {
            (Self::Moment(..), Self::Moment(..)) => true,
            (Self::Day(one), Self::Day(other)) => one != other,
            (Self::Day(_), Self::Moment(..)) | (Self::Moment(..), Self::Day(_)) => {
                let (one, other) = (self.span(), later.span());
                one.1 < other.0 || other.1 < one.0
            }
        };
        let seconds = later.start() - self.start();
        ordered.then(|| seconds as f64 / 3600.0)
    }

    /// Whether the two may be at most `days` days apart: by the days that they give, each in its own zone, or by the
    /// hours between them.
    #[must_use]
    pub fn is_within(self, other: Self, days: u32) -> bool {
        let days = u64::from(days);
        let apart = self.day_number().abs_diff(other.day_number());
        let exact = matches!((self, other), (Self::Moment(..), Self::Moment(..)));
        let hours = self.start().abs_diff(other.start());
        apart <= days || (exact && hours <= days * DAY.unsigned_abs())
    }

    /// The day that the record gives, in its own zone.
    #[must_use]
    pub fn day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Moment(moment, offset) => offset.to_datetime(moment).date(),
        }
    }

    /// Seconds since 1970-01-01T00:00Z at which it was out: the moment, or the end of the day in UTC. An order by this
    /// puts moments before the day that they fall on.
    #[must_use]
    pub fn out_by(self) -> i64 {
        match self {
            Self::Moment(moment, _) => moment.as_second(),
            Self::Day(_) => self.start() + DAY - 1,
        }
    }

    /// Days from 1970-01-01 to [`Self::day`].
    fn day_number(self) -> i64 {
        days_since_1970(self.day())
    }

    /// Seconds since 1970-01-01T00:00Z of the moment, or of the start of the day in UTC.
    fn start(self) -> i64 {
        match self {
            Self::Moment(moment, _) => moment.as_second(),
            Self::Day(day) => days_since_1970(day) * DAY,
        }
    }

    /// The first and last second that it may be, wherever on Earth the day is meant.
    fn span(self) -> (i64, i64) {
        let start = self.start();
        match self {
            Self::Moment(..) => (start, start),
            Self::Day(_) => (start - FIRST_PLACE, start + DAY + LAST_PLACE - 1),
        }
    }
}

fn days_since_1970(day: Date) -> i64 {
    let since: SignedDuration = day.duration_since(Date::constant(1970, 1, 1));
    since.as_secs().div_euclid(DAY)
}

impl std::fmt::Display for Published {
    /// A day as `2021-12-31`, a moment in UTC as `2021-12-31T01:07:50Z`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Moment(moment, _) => moment.fmt(f),
        }
    }
}

/// ISO 8601 and RFC 3339.
fn machine(text: &str) -> Option<Published> {
    let pieces = Pieces::parse(text).ok()?;
    let Some(time) = pieces.time() else {
        // A day with an offset or the name of a zone is in no form that records use.
        let bare = text.len() <= "2021-12-31".len() || text.starts_with(['-', '+']);
        return bare.then(|| Published::Day(pieces.date()));
    };
    let offset = pieces.to_numeric_offset().unwrap_or(Offset::UTC);
    Some(Published::moment(pieces.date().to_datetime(time), offset))
}

/// Whether figures read as year, month, day and hour, and maybe minute: `2021123101`, `202112310107`. As seconds or
/// milliseconds since 1970 they would be a moment in the 2030s or before 2002.
fn is_calendar_stamp(digits: &str) -> bool {
    let part = |from: usize, to: usize| {
        digits
            .get(from..to)
            .and_then(|part| part.parse::<u32>().ok())
    };
    let within = |from: usize, low: u32, high: u32| {
        part(from, from + 2).is_some_and(|number| (low..=high).contains(&number))
    };
    let day = within(0, 19, 20) && within(4, 1, 12) && within(6, 1, 31) && within(8, 0, 23);
    day && (digits.len() == 10 || digits.len() == 12 && within(10, 0, 59))
}

/// Seconds (9 or 10 digits), milliseconds (12, 13), microseconds (15, 16) or nanoseconds (18, 19) since 1970, as crawlers
/// write them; a fraction behind them is dropped.
fn epoch(text: &str) -> Option<Published> {
    let (digits, fraction) = text.split_once('.').unwrap_or((text, ""));
    let figures = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = digits.parse().ok()?;
    if !figures(digits) || !figures(fraction) || is_calendar_stamp(digits) {
        return None;
    }
    match digits.len() {
        9 | 10 => Timestamp::from_second(number).ok(),
        12 | 13 => Timestamp::from_millisecond(number).ok(),
        15 | 16 => Timestamp::from_microsecond(number).ok(),
        18 | 19 => Timestamp::from_nanosecond(i128::from(number)).ok(),
        _ => None,
    }
    .map(|moment| Published::Moment(moment, Offset::UTC))
}

#[cfg(test)]
mod tests;
