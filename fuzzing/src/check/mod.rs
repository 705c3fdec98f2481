//! What must hold of the answer to any input.

mod dates;
mod files;
mod findings;
mod lineage;
mod pairs;
mod piles;
mod render;
mod run;
mod texts;

use wirecopy_text::ByteSpan;

use crate::case::{Case, Stage};

/// A rule that an answer broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The rule, in a few words: answers that break one rule are one fault.
    pub rule: &'static str,
    /// What was found.
    pub detail: String,
}

/// What a check gives.
pub(crate) type Checked = Result<(), Broken>;

/// Runs the stage of `case` and checks its answer.
///
/// # Errors
/// With the first rule that is broken.
///
/// # Panics
/// When the stage does; [`attempt`](crate::attempt()) survives that.
pub fn check(case: &Case) -> Result<(), Broken> {
    let article = || case.articles.first().cloned().unwrap_or_default();
    match case.stage {
        Stage::Decode | Stage::Html => files::file(case),
        Stage::Tokens => texts::tokens(&article().text),
        Stage::Boilerplate => texts::boilerplate(&case.articles),
        Stage::Quotations => texts::quotations(&article()),
        Stage::Provenance => texts::provenance(&article()),
        Stage::Align => pairs::align(&case.articles),
        Stage::Detect => piles::detect(&case.articles, case.variant),
        Stage::Dedup => piles::dedup(&case.articles, case.variant),
        Stage::Render => render::render(&case.articles, case.variant),
        Stage::Dates => dates::dates(&case.articles),
        Stage::Templates => texts::templates(case),
    }
}

/// Fails with `rule` unless `holds`.
pub(crate) fn hold(holds: bool, rule: &'static str, detail: impl FnOnce() -> String) -> Checked {
    if holds {
        Ok(())
    } else {
        Err(Broken {
            rule,
            detail: detail(),
        })
    }
}

/// The words that a span names, which must lie in the text and be some.
pub(crate) fn slice<'t>(
    text: &'t str,
    span: ByteSpan,
    rule: &'static str,
) -> Result<&'t str, Broken> {
    let broken = || Broken {
        rule,
        detail: format!("{span:?} in a text of {} bytes", text.len()),
    };
    let words = text.get(span.start as usize..span.end as usize);
    words.filter(|words| !words.is_empty()).ok_or_else(broken)
}

/// A share, a probability, a similarity.
pub(crate) fn share(value: f64, rule: &'static str) -> Checked {
    hold((0.0..=1.0).contains(&value), rule, || value.to_string())
}

/// Spans that must be ascending and disjoint.
pub(crate) fn disjoint(spans: impl Iterator<Item = ByteSpan>, rule: &'static str) -> Checked {
    let mut end = 0;
    for span in spans {
        hold(span.start >= end, rule, || format!("{span:?} after {end}"))?;
        end = span.end;
    }
    Ok(())
}
