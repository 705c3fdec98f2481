//! What a marked span is: speech, a title of a work, or marks of distance.

use super::QuoteForm;
use super::coreference::ResolvedAttribution;
use super::mark_pairing::Marked;
use super::noun_phrases::TokenView;
use super::tokens::Kind;
use super::word_classes::Flags;

/// Words up to which a span without any attribution is taken for a term.
const TERM: usize = 2;
/// Words up to which a span may be a title.
const TITLE: usize = 10;

/// The form of each outermost quotation.
pub(crate) fn judge(
    clauses: &TokenView<'_>,
    outer: &[Marked],
    found: &[ResolvedAttribution],
) -> Vec<QuoteForm> {
    let mut forms = vec![QuoteForm::Speech; outer.len()];
    for (at, token) in clauses.tokens.iter().enumerate() {
        let Kind::Quote(number) = token.kind else {
            continue;
        };
        let number = number as usize;
        let words = outer[number].inner.of(clauses.text);
        if is_title(clauses, at, words, &found[number]) {
            forms[number] = QuoteForm::Title;
        } else if found[number].cue.is_none()
            && found[number].speaker.is_none()
            && words.split_whitespace().count() <= TERM
        {
            forms[number] = QuoteForm::Scare;
        }
    }
    forms
}

/// The form of a quotation inside another: short terms are no speech of their own.
pub(crate) fn nested(text: &str, marked: &Marked, around: QuoteForm) -> QuoteForm {
    let words = marked.inner.of(text);
    match around {
        QuoteForm::Title => QuoteForm::Title,
        _ if is_capitalised(words) => QuoteForm::Title,
        _ if words.split_whitespace().count() <= TERM => QuoteForm::Scare,
        other => other,
    }
}

/// A title: every word of weight has a capital, in a sentence that is written otherwise.
fn is_title(clauses: &TokenView<'_>, at: usize, words: &str, found: &ResolvedAttribution) -> bool {
    if !is_capitalised(words) {
        return false;
    }
    let beside = |i: Option<usize>| {
        i.and_then(|i| clauses.at(i))
            .is_some_and(|t| t.is(Flags::WORK) && t.kind.is_word())
    };
    let work = beside(at.checked_sub(1)) || beside(at.checked_sub(2)) || beside(Some(at + 1));
    let around: Vec<_> = clauses.tokens[at.saturating_sub(12)..(at + 12).min(clauses.tokens.len())]
        .iter()
        .filter(|t| t.kind.is_word() && t.span.len() >= 4)
        .collect();
    let lower = around.iter().filter(|t| t.kind == Kind::Lower).count();
    let plain = lower * 3 >= around.len() && lower > 0;
    let said = found.cue.is_some();
    work && !(said && found.direct) || plain && !said && words.split_whitespace().count() >= 2
}

fn is_capitalised(words: &str) -> bool {
    let weighty = |w: &&str| w.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    let capital = |w: &str| {
        w.chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(|c| c.is_uppercase() || c.is_numeric())
    };
    let mut split = words.split_whitespace();
    let count = words.split_whitespace().count();
    count <= TITLE
        && words.split_whitespace().next().is_some_and(capital)
        && words.split_whitespace().any(|w| weighty(&w))
        && split.all(|w| !weighty(&w) || capital(w))
}
