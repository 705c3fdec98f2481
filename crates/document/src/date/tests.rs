use super::*;

fn shown(text: &str) -> String {
    read(text).map_or("unknown".to_owned(), |reading| {
        let unclear = if reading.zone == Zone::Unclear {
            " unclear"
        } else {
            ""
        };
        format!("{}{unclear}", reading.published)
    })
}

#[test]
fn the_forms_that_records_use_are_read() {
    for (text, wanted) in [
        ("2021-12-31T01:07:50Z", "2021-12-31T01:07:50Z"),
        ("2021-12-31T03:07:50+02:00", "2021-12-31T01:07:50Z"),
        ("2021-12-31T03:07:50 +02:00", "2021-12-31T01:07:50Z"),
        ("2021-12-31 03:07:50 +0200", "2021-12-31T01:07:50Z"),
        ("Fri, 31 Dec 2021 01:07:50 +0000", "2021-12-31T01:07:50Z"),
        (
            "Fri, 31 Dec 2021 01:07:50 +0000 (UTC)",
            "2021-12-31T01:07:50Z",
        ),
        ("Fri, 31 Dec 2021 01:07:50 GMT", "2021-12-31T01:07:50Z"),
        ("31 Dec 21 01:07 Z", "2021-12-31T01:07:00Z"),
        (
            "Fri Dec 31 2021 02:07:50 GMT+0100 (Central European Standard Time)",
            "2021-12-31T01:07:50Z",
        ),
        ("2021-12-31 01:07:50", "2021-12-31T01:07:50Z"),
        ("2021-12-31", "2021-12-31"),
        ("20211231", "2021-12-31"),
        ("1640912870", "2021-12-31T01:07:50Z"),
        ("31 Dec 2021", "2021-12-31"),
        ("Dec. 31, 2021", "2021-12-31"),
        ("Thursday, 5 February 2024", "2024-02-05"),
        ("Tue, 6 Feb 2024", "2024-02-06"),
        ("February 5th, 2024 at 2:05 pm EST", "2024-02-05T19:05:00Z"),
        ("February 5, 2024, 2 p.m. ET", "2024-02-05T19:00:00Z"),
        ("July 5, 2024, 2pm PT", "2024-07-05T21:00:00Z"),
        ("5 Feb 2024 14:05 +0200", "2024-02-05T12:05:00Z"),
        ("5 Feb 2024 14:05 UTC+5:30", "2024-02-05T08:35:00Z"),
        ("5 Feb 2024 14:05 GMT +2", "2024-02-05T12:05:00Z"),
        ("Mon Feb 05 10:00:00 UTC 2024", "2024-02-05T10:00:00Z"),
        ("31.12.2021, 14:05 Uhr", "2021-12-31T14:05:00Z"),
        ("2021/12/31", "2021-12-31"),
        ("12/31/2021", "2021-12-31"),
        ("2021-12-31 01:07:50 UTC", "2021-12-31T01:07:50Z"),
        ("2021-12-31T01:07:50+0000", "2021-12-31T01:07:50Z"),
        ("1640912870000", "2021-12-31T01:07:50Z"),
        ("1640912870000000", "2021-12-31T01:07:50Z"),
        ("1640912870.25", "2021-12-31T01:07:50Z"),
        ("5-Mar-2024", "2024-03-05"),
        ("05-MAR-24", "2024-03-05"),
        ("Mar 5, '24", "2024-03-05"),
    ] {
        assert_eq!(shown(text), wanted, "{text}");
    }
}

#[test]
fn months_of_many_languages_are_read() {
    for text in [
        "5 mars 2024",
        "mardi 5 mars 2024",
        "5. März 2024",
        "5.März 2024",
        "am 5. MÄRZ 2024",
        "martes, 5 de marzo de 2024",
        "mar 5 mar 2024",
        "5 marzo 2024",
        "terça-feira, 5 de março de 2024",
        "dinsdag 5 maart 2024",
        "5 marca 2024 r.",
        "tisdag den 5 mars 2024",
        "5. marts 2024",
        "5. maaliskuuta 2024",
        "5. března 2024",
        "5 марта 2024 г.",
        "5 березня 2024 року",
        "5 Mart 2024 Salı",
        "5 Μαρτίου 2024",
        "2024. március 5.",
        "2024年3月5日",
        "2024年3月5日(火)",
        "2024년 3월 5일 화요일",
    ] {
        assert_eq!(shown(text), "2024-03-05", "{text}");
    }
    for text in [
        "5 mars 2024 à 14h05",
        "5. marts 2024 kl. 14.05",
        "5.3.2024 klo 14.05",
        "5. März 2024, 14.05 Uhr",
        "2024年3月5日 14時05分",
    ] {
        assert_eq!(shown(text), "2024-03-05T14:05:00Z", "{text}");
    }
    assert_eq!(shown("mar 5 nov 2024"), "2024-11-05");
    assert_eq!(shown("5 listopada 2024"), "2024-11-05");
    assert_eq!(shown("5. listopada 2024."), "unknown");
}

#[test]
fn the_order_of_figures_must_be_certain() {
    for (text, wanted) in [
        ("12/31/18", "2018-12-31"),
        ("31/12/18", "2018-12-31"),
        ("31.12.18", "2018-12-31"),
        ("3/3/2024", "2024-03-03"),
        ("12/31/99", "1999-12-31"),
        ("05/03/2024", "unknown"),
        ("05/03/24", "unknown"),
        ("24/03/05", "unknown"),
        ("31/31/18", "unknown"),
    ] {
        assert_eq!(shown(text), wanted, "{text}");
    }
}

#[test]
fn a_zone_of_several_meanings_leaves_the_day() {
    for zone in ["IST", "CST", "BST", "AST", "XYZ", "Asia/Kolkata"] {
        let text = format!("Tue, 05 Mar 2024 08:00:00 {zone}");
        assert_eq!(shown(&text), "2024-03-05 unclear", "{text}");
    }
    // The rules of summer time are known from 2007 on, Moscow's offset from 2015 on.
    assert_eq!(shown("5 Mar 2006 08:00 ET"), "2006-03-05 unclear");
    assert_eq!(shown("5 Mar 2012 08:00 MSK"), "2012-03-05 unclear");
    assert_eq!(shown("5 Mar 2024 08:00 MSK"), "2024-03-05T05:00:00Z");
    assert_eq!(shown("5 Mar 2024 08:00 +0530 IST"), "2024-03-05T02:30:00Z");
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
        "0000-00-00 00:00:00",
        "5 May 5 2021",
        "-1",
    ] {
        assert_eq!(Published::parse(text), None, "{text}");
    }
}

#[test]
fn the_ends_of_the_calendar_and_leap_seconds_are_dates() {
    for (text, wanted) in [
        ("9999-12-31", "9999-12-31"),
        ("9999-12-31T23:59:59Z", "9999-12-31"),
        ("9999-12-31T23:59:59-11:00", "9999-12-31"),
        ("31 Dec 9999 23:59 UTC", "9999-12-31"),
        ("-009999-01-01", "-009999-01-01"),
        ("0000-01-01", "0000-01-01"),
        ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ("31 Dec 2016 23:59:60 UTC", "2016-12-31T23:59:59Z"),
        ("31 Dec 2016 24:00", "2017-01-01T00:00:00Z"),
    ] {
        assert_eq!(shown(text), wanted, "{text}");
    }
    let (first, last) = (Published::Day(Date::MIN), Published::Day(Date::MAX));
    assert!(first.hours_until(last).unwrap() > 1e8);
    assert!(first.out_by() < last.out_by());
    assert!(!first.is_within(last, u32::MAX / 86_400));
}

#[test]
fn two_articles_of_one_day_have_no_order() {
    let day = Published::parse("2020-05-01").unwrap();
    let noon = Published::parse("2020-05-01T12:00:00Z").unwrap();
    let night = Published::parse("2020-05-02T06:00:00Z").unwrap();
    let later = Published::parse("2020-05-03T12:00:00Z").unwrap();
    assert_eq!(day.hours_until(noon), None);
    assert_eq!(day.hours_until(night), None, "still 1 May in California");
    assert_eq!(day.hours_until(later), Some(60.0));
    assert_eq!(later.hours_until(noon), Some(-48.0));
    assert_eq!(noon.hours_until(night), Some(18.0));
    assert_eq!(day.hours_until(day), None);
}

#[test]
fn days_are_those_of_the_record_and_orders_those_of_moments() {
    let evening = Published::parse("2024-03-05T23:30:00-05:00").unwrap();
    let morning = Published::parse("2024-03-06T08:00:00+01:00").unwrap();
    let day = Published::parse("2024-03-05").unwrap();
    assert_eq!(evening.day().to_string(), "2024-03-05");
    assert!(evening.is_within(day, 0) && !morning.is_within(day, 0));
    assert!(evening.is_within(morning, 1) && !evening.is_within(morning, 0));
    assert_eq!(evening.hours_until(morning), Some(2.5));
    assert!(evening.out_by() < morning.out_by());
    let noon = Published::parse("2024-03-05T12:00:00Z").unwrap();
    assert!(noon.out_by() < day.out_by());
}

#[test]
fn figures_that_read_as_a_calendar_are_no_seconds() {
    for stamp in ["202112310107", "2021123101", "199903041530"] {
        assert_eq!(Published::parse(stamp), None, "{stamp}");
    }
    let moment = Published::parse("1709625600").map(|date| date.to_string());
    assert_eq!(moment.as_deref(), Some("2024-03-05T08:00:00Z"));
}
