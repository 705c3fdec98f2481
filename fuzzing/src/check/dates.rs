//! Dates of records: what is read is a moment that can be counted with, and says the same when it is written and read again.

use wirecopy_document::date::Published;

use super::{Checked, hold};
use crate::case::Article;

pub(super) fn dates(articles: &[Article]) -> Checked {
    let read = |article: &Article| Published::parse(article.published.as_deref()?);
    let dates: Vec<Published> = articles.iter().filter_map(read).collect();
    for &date in &dates {
        let again = Published::parse(&date.to_string());
        hold(
            again.map(Published::out_by) == Some(date.out_by()),
            "a date is read again as it was written",
            || format!("{date} is read as {again:?}"),
        )?;
        hold(
            date.is_within(date, 0) && date.hours_until(date).is_none_or(|hours| hours == 0.0),
            "no time passes between a date and itself",
            || date.to_string(),
        )?;
    }
    for (&one, &other) in dates.iter().zip(dates.iter().skip(1)) {
        let (there, back) = (one.hours_until(other), other.hours_until(one));
        hold(
            there.map(|h| -h + 0.0) == back.map(|h| h + 0.0),
            "hours there and back are the same",
            || format!("{there:?} and {back:?} between {one} and {other}"),
        )?;
    }
    Ok(())
}
