//! Dates in words or figures, as people and pages write them: a day, alone or with a time of day and a zone.
//!
//! Every word must have its place in a date; one that has none makes the text prose, and prose is not read.

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use wirecopy_text::fold;

use super::names::{self, Name};
use super::zones::{self, Named};
use super::{Published, Reading, Zone};

/// The longest text that is taken for a date.
const LONGEST_DATE_BYTES: usize = 90;

/// Reads `text` as a date in words or figures.
pub(super) fn read(text: &str) -> Option<Reading> {
    if text.len() > LONGEST_DATE_BYTES {
        return None;
    }
    let text = divided(without_comment(text))
        .replace("a. m.", "am")
        .replace("p. m.", "pm");
    let marks = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|' | '(' | ')' | '·' | '•');
    let words: Vec<&str> = text.split(marks).filter(|word| !word.is_empty()).collect();
    let mut parts = Parts::default();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        parts.add(
            word,
            [before, words.get(at + 1)].map(Option::<&&str>::copied),
        )?;
    }
    parts.reading()
}

/// `text` without the name of a zone that stands in brackets behind its offset, as JavaScript writes dates.
fn without_comment(text: &str) -> &str {
    let bracket = text.split_once('(').filter(|(_, name)| name.ends_with(')'));
    let offset = |head: &str| head.split_whitespace().last().and_then(zones::offset);
    match bracket {
        Some((head, _)) if offset(head).is_some() => head,
        _ => text,
    }
}

/// `text` with the marks of year, month, day, hour and minute of Chinese, Japanese and Korean behind figures replaced by
/// those of Latin dates.
fn divided(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut glue = false;
    for c in text.chars() {
        if glue && c.is_whitespace() {
            continue;
        }
        let mark = match c {
            '年' | '月' | '년' | '월' => Some('/'),
            '時' | '时' | '시' => Some(':'),
            '日' | '일' | '分' | '분' => Some(' '),
            _ => None,
        };
        let mark = mark.filter(|_| out.ends_with(|last: char| last.is_ascii_digit()));
        glue = mark.is_some_and(|mark| mark != ' ');
        out.push(mark.unwrap_or(c));
    }
    out
}

/// A number of a date.
#[derive(Clone, Copy)]
struct Number {
    value: i16,
    digits: usize,
    /// A full stop stands behind it.
    stopped: bool,
}

type Clock = (i8, i8, i8);

/// What the words of a written date say.
#[derive(Default)]
struct Parts<'t> {
    month: Option<i8>,
    /// The month that a word would be which can be a weekday too.
    weak_month: Option<i8>,
    /// The month's name is October or November, by the stop behind the day.
    autumn: bool,
    numbers: Vec<Number>,
    day: Option<Date>,
    time: Option<Clock>,
    offset: Option<Offset>,
    /// Name of the zone.
    zone: Option<&'t str>,
}

impl<'t> Parts<'t> {
    /// Takes a word in; `None` where it has no business in a date. `around`: the words before and behind it.
    fn add(&mut self, word: &'t str, around: [Option<&str>; 2]) -> Option<()> {
        let bare = word.trim_end_matches('.');
        let lower = bare.to_lowercase();
        if let Some(name) = name(bare) {
            return self.name(name, &lower);
        }
        if let Some(half) = half(&lower).filter(|_| self.time.is_some() || !self.numbers.is_empty())
        {
            return self.halve(half);
        }
        if let Some(offset) = zones::offset(bare).filter(|_| self.time.is_some()) {
            self.offset = Some(offset);
            return Some(());
        }
        if is_filler(&lower) && bare != "ET" {
            return Some(());
        }
        if self.time.is_some() && is_zone(bare) {
            return self.zone(bare);
        }
        let dotted = self.has_day() || around.into_iter().flatten().any(tells_time);
        if let Some(time) = clock(
            &lower,
            if dotted {
                &[':', 'h', '.']
            } else {
                &[':', 'h']
            },
        ) {
            return self.time.replace(time).is_none().then_some(());
        }
        if let Some(day) = figures(&lower) {
            return self.day.replace(day).is_none().then_some(());
        }
        if let Some((day, time)) = bare.split_once(['T', 't']).filter(|_| self.day.is_none())
            && let Some(day) = figures(day)
        {
            self.day = Some(day);
            return self.add(time, [None, None]);
        }
        if let Some(number) = number(word, &lower) {
            self.numbers.push(number);
            return Some(());
        }
        self.joined(bare)
    }

    fn name(&mut self, name: Name, lower: &str) -> Option<()> {
        match name {
            Name::Weekday => Some(()),
            Name::MonthOrWeekday(month) => {
                self.weak_month = Some(month);
                Some(())
            }
            Name::Month(month) => {
                self.autumn |= lower == "listopada";
                self.month.replace(month).is_none().then_some(())
            }
        }
    }

    /// "am" or "pm" behind a time, or behind a number that is an hour.
    fn halve(&mut self, half: i8) -> Option<()> {
        let time = self.time.or_else(|| {
            let hour = self.numbers.pop()?;
            Some((i8::try_from(hour.value).ok()?, 0, 0))
        });
        let (hour, minute, second) = time.filter(|time| (1..=12).contains(&time.0))?;
        self.time = Some((hour % 12 + half, minute, second));
        Some(())
    }

    /// A second name must be that of a zone in whose terms the first is explained, which nobody writes.
    fn zone(&mut self, name: &'t str) -> Option<()> {
        self.zone.replace(name).is_none().then_some(())
    }

    /// "5-Mar-2024", "5.März": numbers and a month.
    fn joined(&mut self, word: &'t str) -> Option<()> {
        let parts: Vec<&str> = word
            .split(['-', '/', '.'])
            .filter(|part| !part.is_empty())
            .collect();
        if !(2..=3).contains(&parts.len()) || !parts.iter().any(|part| name(part).is_some()) {
            return None;
        }
        for part in parts {
            match name(part) {
                Some(name) => self.name(name, &part.to_lowercase())?,
                None => self.numbers.push(number(part, &part.to_lowercase())?),
            }
        }
        Some(())
    }

    /// Whether the words so far give a day: figures that follow are a time.
    fn has_day(&self) -> bool {
        self.day.is_some() || (self.month.is_some() && self.numbers.len() >= 2)
    }

    fn reading(self) -> Option<Reading> {
        let day = self.date()?;
        let reading = |published, zone| Some(Reading { published, zone });
        let Some((hour, minute, second)) = self.time else {
            return reading(Published::Day(day), Zone::Clear);
        };
        // Midnight at the end of the day.
        let day = if hour == 24 {
            day.tomorrow().ok()?
        } else {
            day
        };
        let at = day.at(hour % 24, minute, second, 0);
        match self.offset_at(at) {
            Some(offset) => reading(Published::moment(at, offset), Zone::Clear),
            None => reading(Published::Day(day), Zone::Unclear),
        }
    }

    /// The offset that a clock showing `at` has; UTC where no zone is given, `None` where its name does not say.
    fn offset_at(&self, at: DateTime) -> Option<Offset> {
        let Some(zone) = self.zone.filter(|_| self.offset.is_none()) else {
            return Some(self.offset.unwrap_or(Offset::UTC));
        };
        match zones::named(&zone.to_uppercase(), at.year()) {
            Named::Offset(offset) => Some(offset),
            Named::Ruled(rule) => zones::ruled(rule, at),
            Named::Unclear => None,
        }
    }

    fn date(&self) -> Option<Date> {
        let month = self.month.or(self.weak_month);
        let (year, month, day) = match (self.day, month, &self.numbers[..]) {
            (Some(day), None, []) => return Some(day),
            (None, Some(month), &[one, other]) => {
                if self.autumn && one.stopped && one.digits <= 2 {
                    return None;
                }
                let (year, day) = if one.digits == 4 {
                    (one, other)
                } else {
                    (other, one)
                };
                (full_year(year.value, year.digits)?, month, day.value)
            }
            _ => return None,
        };
        Date::new(year, month, i8::try_from(day).ok()?).ok()
    }
}

/// A year of four digits, or of two: 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999 (RFC 2822, section 4.3).
fn full_year(year: i16, digits: usize) -> Option<i16> {
    match (digits, year) {
        (4, 1000..) => Some(year),
        (2, 0..50) => Some(year + 2000),
        (2, 50..) => Some(year + 1900),
        _ => None,
    }
}

/// The month or weekday that a word of letters is.
fn name(word: &str) -> Option<Name> {
    let word = word.strip_suffix("-feira").unwrap_or(word);
    let letters = !word.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.'));
    names::of(word).filter(|_| letters)
}

/// Hours that "am" and "pm" add.
fn half(lower: &str) -> Option<i8> {
    match lower {
        "am" | "a.m" => Some(0),
        "pm" | "p.m" => Some(12),
        _ => None,
    }
}

/// Words that stand in dates and say nothing: articles, prepositions, "o'clock", "of the year", in the languages of the
/// names; CJK weekdays.
fn is_filler(word: &str) -> bool {
    const FILLERS: &[&str] = &[
        "at",
        "of",
        "on",
        "the",
        "published",
        "updated",
        "de",
        "del",
        "la",
        "las",
        "les",
        "le",
        "el",
        "il",
        "a",
        "alle",
        "ore",
        "um",
        "am",
        "den",
        "der",
        "vom",
        "uhr",
        "h",
        "hrs",
        "kl",
        "klo",
        "o",
        "ob",
        "dne",
        "hod",
        "godz",
        "r",
        "roku",
        "et",
        "as",
        "em",
        "di",
        "pukul",
        "saat",
        "u",
        "ur",
        "στις",
        "ωρα",
        "του",
        "в",
        "о",
        "г",
        "р",
        "года",
        "року",
        "-",
        "–",
        "—",
    ];
    let mut folded = String::new();
    fold(word, &mut folded);
    let weekday = word
        .strip_suffix("曜日")
        .or_else(|| word.strip_suffix("曜"))
        .or_else(|| word.strip_suffix("요일"))
        .or_else(|| word.strip_prefix("星期"))
        .or_else(|| word.strip_prefix("周"))
        .unwrap_or(word);
    let mut letters = weekday.chars();
    let lone = letters.next().filter(|_| letters.next().is_none());
    FILLERS.contains(&word)
        || FILLERS.contains(&folded.as_str())
        || lone.is_some_and(|c| "月火水木金土日天一二三四五六월화수목금토일".contains(c))
}

/// Whether figures beside this word are a time.
fn tells_time(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    matches!(
        lower.as_str(),
        "um" | "uhr" | "kl" | "klo" | "ore" | "alle" | "godz" | "hod" | "saat" | "pukul" | "às"
    )
}

/// Whether a word behind a time can be the name of a zone: one that is known, some capitals, or "Asia/Kolkata".
fn is_zone(word: &str) -> bool {
    let capitals = (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let place = word.split_once('/').is_some_and(|(area, place)| {
        let letters = |part: &str| {
            part.chars()
                .all(|c| c.is_alphabetic() || matches!(c, '_' | '/'))
        };
        area.starts_with(char::is_uppercase) && letters(area) && letters(place)
    });
    let known = || !matches!(zones::named(&word.to_uppercase(), i16::MAX), Named::Unclear);
    capitals || place || known()
}

/// "14:05", "2:05pm", "2pm", "14h05", "8h", "14:05:33", "14:05:33z", "24:00", the leap second "23:59:60". `dividers`: what
/// stands between hours and minutes.
fn clock(word: &str, dividers: &[char]) -> Option<Clock> {
    let (figures, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(12)),
        _ => (word.strip_suffix('z').unwrap_or(word), None),
    };
    let divider = dividers.iter().find(|&&mark| figures.contains(mark));
    let mut fields = match divider {
        Some(&mark) => figures.split(mark).collect::<Vec<_>>(),
        None if half.is_some() => vec![figures],
        None => return None,
    };
    // "8h".
    if divider == Some(&'h') && fields.last() == Some(&"") {
        fields.pop();
    }
    let number = |field: Option<&&str>| match field {
        None => Some(0),
        Some(field) => {
            let whole = field.split('.').next().unwrap_or(field);
            let short = (1..=2).contains(&whole.len());
            whole
                .parse::<i8>()
                .ok()
                .filter(|number| short && *number >= 0)
        }
    };
    let (hour, minute) = (number(fields.first())?, number(fields.get(1))?);
    let second = number(fields.get(2))?;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
        None => hour,
    };
    let whole_day = hour == 24 && minute == 0 && second == 0;
    let fits = (hour < 24 || whole_day) && minute < 60 && second <= 60 && fields.len() <= 3;
    fits.then_some((hour, minute, second.min(59)))
}

/// "5", "5.", "5th", "1er", "2024", "'24", "2024г".
fn number(word: &str, lower: &str) -> Option<Number> {
    const ENDS: [&str; 9] = ["st", "nd", "rd", "th", "er", "º", "ª", "г", "р"];
    let bare = lower.trim_start_matches(['\'', '’']);
    let digits = ENDS
        .iter()
        .find_map(|end| bare.strip_suffix(end))
        .unwrap_or(bare);
    let figures = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let value = digits.parse().ok().filter(|_| figures)?;
    Some(Number {
        value,
        digits: digits.len(),
        stopped: word.ends_with('.'),
    })
}

/// "31.12.2021", "2021/12/31", "2021.12.31", "12/31/2021", "31-12-2021", "12/31/21", and "2021-12-31" beside other words.
/// Figures with full stops stand day first; with others, the order must be certain.
fn figures(word: &str) -> Option<Date> {
    let divider = ['.', '/', '-']
        .into_iter()
        .find(|&mark| word.contains(mark))?;
    let fields: Vec<&str> = word.split(divider).collect();
    let &[first, second, third] = &fields[..] else {
        return None;
    };
    let [a, b, c] = [first, second, third].map(|field| number(field, field));
    let (a, b, c) = (a?, b?, c?);
    if a.digits == 4 {
        return date(a, b, c);
    }
    let day_first = date(c, b, a);
    if divider == '.' {
        return day_first;
    }
    let month_first = date(c, a, b);
    let year_first = date(a, b, c).filter(|day| YEARS_FIRST.contains(&day.year()));
    let mut readings = [day_first, month_first, year_first].into_iter().flatten();
    let one = readings.next()?;
    readings.all(|other| other == one).then_some(one)
}

/// Years that two digits at the start may mean: "31/12/18" is no day of 2031. News on the web is not older, and the last
/// one is to move on before it is reached.
const YEARS_FIRST: std::ops::RangeInclusive<i16> = 1990..=2030;

fn date(year: Number, month: Number, day: Number) -> Option<Date> {
    let year = full_year(year.value, year.digits)?;
    let (month, day) = (
        i8::try_from(month.value).ok()?,
        i8::try_from(day.value).ok()?,
    );
    Date::new(year, month, day).ok()
}
