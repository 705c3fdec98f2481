//! What lineage needs to know about the members of a family and about their pairs. The detector fills it.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;
use jiff::{Timestamp, tz::TimeZone};
use wirecopy_core::align::PairAlignment;
use wirecopy_core::{ByteSpan, DocId};

use super::provenance::ProvenanceCue;
use crate::relation::Relation;

/// How exactly a time of publication is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the day: two articles of one day have no order.
    Day,
    /// To the second, as written.
    Second,
}

/// A time of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// Seconds since 1970, UTC.
    pub seconds: i64,
    /// How exactly.
    pub precision: Precision,
}

impl Published {
    /// Reads RFC 3339, RFC 2822, `YYYY-MM-DD[ T]HH:MM:SS` without zone (taken as UTC) and `YYYY-MM-DD`. Anything else
    /// is `None`: guessed dates are right half the time, which is worse than none.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let written = written.trim();
        let exact = |seconds| Self {
            seconds,
            precision: Precision::Second,
        };
        if let Ok(time) = written.parse::<Timestamp>() {
            return Some(exact(time.as_second()));
        }
        if let Ok(time) = rfc2822::parse(written) {
            return Some(exact(time.timestamp().as_second()));
        }
        if written.len() > 10 {
            let time = written
                .parse::<DateTime>()
                .ok()?
                .to_zoned(TimeZone::UTC)
                .ok()?;
            return Some(exact(time.timestamp().as_second()));
        }
        let day = written.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?;
        Some(Self {
            seconds: day.timestamp().as_second(),
            precision: Precision::Day,
        })
    }

    /// Hours from `self` to `later`, negative when it is earlier; `None` when the precision does not tell an order.
    #[must_use]
    pub fn hours_until(self, later: Self) -> Option<f64> {
        let seconds = later.seconds - self.seconds;
        let day = self.precision == Precision::Day || later.precision == Precision::Day;
        if day && seconds.abs() < 86_400 {
            return None;
        }
        Some(seconds as f64 / 3600.0)
    }
}

/// One member of a family.
#[derive(Clone, Copy, Debug)]
pub struct MemberFacts<'a> {
    /// Its number in the run.
    pub id: DocId,
    /// Its full text; every span below indexes it.
    pub text: &'a str,
    /// Body: what is left when chrome, captions, provenance lines and stock text are taken out. Ascending, disjoint.
    pub body: &'a [ByteSpan],
    /// Quotations inside their marks. Ascending, disjoint.
    pub quotes: &'a [ByteSpan],
    /// Site furniture. Ascending, disjoint.
    pub chrome: &'a [ByteSpan],
    /// Publisher or site, as the record names it.
    pub outlet: Option<&'a str>,
    /// Address of the page.
    pub url: Option<&'a str>,
    /// Time of publication.
    pub published: Option<Published>,
    /// What the text says about its origin, from [`provenance::read`](super::provenance::read).
    pub cues: &'a [ProvenanceCue],
}

/// One verified pair of a family.
#[derive(Clone, Copy, Debug)]
pub struct FamilyPair<'a> {
    /// Place of the first document in the members; side a of the alignment.
    pub a: usize,
    /// Place of the second; side b of the alignment.
    pub b: usize,
    /// What the pair means.
    pub relation: Relation,
    /// What they share.
    pub alignment: &'a PairAlignment,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_times_parse_with_their_precision() {
        let seconds = |s: &str| Published::parse(s).map(|p| (p.seconds, p.precision));
        assert_eq!(seconds("1970-01-02"), Some((86_400, Precision::Day)));
        assert_eq!(
            seconds("1970-01-01T01:00:00+01:00"),
            Some((0, Precision::Second))
        );
        assert_eq!(
            seconds("Thu, 01 Jan 1970 00:00:05 +0000"),
            Some((5, Precision::Second))
        );
        assert_eq!(
            seconds("1970-01-01 00:01:00"),
            Some((60, Precision::Second))
        );
        assert_eq!(seconds("last Tuesday"), None);
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
}
