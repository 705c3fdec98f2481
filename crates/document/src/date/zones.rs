//! Time zones as dates name them.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

/// What a word behind a time says of its zone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Named {
    /// So far from UTC.
    Offset(Offset),
    /// A zone with summer time, which the date decides.
    Ruled(&'static str),
    /// A name that means several zones, or did so in that year, or one that is not known.
    Unclear,
}

/// Names with one meaning, the minutes that they are east of Greenwich, and the first year since which that is so without a
/// break (0: always). Those of RFC 2822 (section 4.3, without CST), then those of the IANA time zone database and of CLDR,
/// German and French ones. The names left out mean several zones: IST (India, Israel, Ireland), CST (North America, China,
/// Cuba), BST (Britain, Bangladesh, Bougainville), AST and ADT (Atlantic, Arabia), SST, GST, AMT, ECT, WST, BDT, COT.
const ZONES: &[(&str, i32, i16)] = &[
    ("UT", 0, 0),
    ("UTC", 0, 0),
    ("GMT", 0, 0),
    ("Z", 0, 0),
    ("EST", -300, 0),
    ("EDT", -240, 0),
    ("CDT", -300, 0),
    ("MST", -420, 0),
    ("MDT", -360, 0),
    ("PST", -480, 0),
    ("PDT", -420, 0),
    ("NST", -210, 0),
    ("NDT", -150, 0),
    ("AKST", -540, 0),
    ("AKDT", -480, 0),
    ("HST", -600, 0),
    ("HNE", -300, 0),
    ("HAE", -240, 0),
    ("BRT", -180, 0),
    ("BRST", -120, 0),
    ("ART", -180, 2010),
    ("UYT", -180, 2016),
    ("CLT", -240, 2016),
    ("CLST", -180, 2016),
    ("PET", -300, 0),
    ("VET", -240, 2017),
    ("WET", 0, 0),
    ("WEST", 60, 0),
    ("CET", 60, 0),
    ("MEZ", 60, 0),
    ("CEST", 120, 0),
    ("MESZ", 120, 0),
    ("EET", 120, 0),
    ("EEST", 180, 0),
    ("MSK", 180, 2015),
    ("TRT", 180, 2017),
    ("WAT", 60, 0),
    ("CAT", 120, 0),
    ("SAST", 120, 0),
    ("EAT", 180, 0),
    ("IDT", 180, 0),
    ("IRST", 210, 0),
    ("AFT", 270, 0),
    ("PKT", 300, 0),
    ("UZT", 300, 0),
    ("NPT", 345, 0),
    ("ICT", 420, 0),
    ("WIB", 420, 0),
    ("WITA", 480, 0),
    ("WIT", 540, 0),
    ("HKT", 480, 0),
    ("MYT", 480, 0),
    ("PHT", 480, 0),
    ("SGT", 480, 0),
    ("AWST", 480, 0),
    ("JST", 540, 0),
    ("KST", 540, 0),
    ("ACST", 570, 0),
    ("ACDT", 630, 0),
    ("AEST", 600, 0),
    ("AEDT", 660, 0),
    ("NZST", 720, 0),
    ("NZDT", 780, 0),
];

/// North American names for standard or summer time, whichever holds, by the rules since 2007 in the form of POSIX TZ.
const RULED: [(&str, &str); 4] = [
    ("ET", "EST5EDT,M3.2.0,M11.1.0"),
    ("CT", "CST6CDT,M3.2.0,M11.1.0"),
    ("MT", "MST7MDT,M3.2.0,M11.1.0"),
    ("PT", "PST8PDT,M3.2.0,M11.1.0"),
];
const RULED_SINCE: i16 = 2007;

/// What `name` (in capitals) means in `year`.
pub(super) fn named(name: &str, year: i16) -> Named {
    if let Some((_, rule)) = RULED.iter().find(|(known, _)| *known == name) {
        return if year >= RULED_SINCE {
            Named::Ruled(rule)
        } else {
            Named::Unclear
        };
    }
    let known = ZONES
        .iter()
        .find(|(known, _, since)| *known == name && *since <= year);
    let offset = known.and_then(|&(_, minutes, _)| Offset::from_seconds(minutes * 60).ok());
    offset.map_or(Named::Unclear, Named::Offset)
}

/// The offset that holds at `at` where the clocks follow `rule`.
pub(super) fn ruled(rule: &str, at: DateTime) -> Option<Offset> {
    let zone = TimeZone::posix(rule).ok()?;
    Some(zone.to_ambiguous_zoned(at).compatible().ok()?.offset())
}

/// The zone farthest from Greenwich (Kiritimati), in hours.
const MOST_HOURS: i32 = 14;

/// "+0200", "+02:00", "+5:30", "-5", also behind "UTC" or "GMT", and with the minus of typographers.
pub(super) fn offset(word: &str) -> Option<Offset> {
    let bare = ["UTC", "GMT"]
        .iter()
        .find_map(|zone| word.strip_prefix(zone))
        .unwrap_or(word);
    let (sign, digits) = match bare.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, bare.strip_prefix(['-', '−'])?),
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(fields) => fields,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    let number = |field: &str| -> Option<i32> {
        let figures = (1..=2).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_digit());
        field.parse().ok().filter(|_| figures)
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let seconds = sign * (hours * 3600 + minutes * 60);
    Offset::from_seconds(seconds)
        .ok()
        .filter(|_| hours <= MOST_HOURS && minutes < 60)
}
