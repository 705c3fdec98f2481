//! Direct quotations: what stands between quotation marks, who said it, and who passed it on.
//!
//! [`detect`] is called once for each document and gives its [`Quote`]s; [`group`] is called once for a run and
//! brings the variants of one utterance together. Neither needs a parser or a model: marks are paired by their
//! surroundings ([`marks`]), speakers are found by verbs of saying around the marks, with the quotations masked.

mod attribute;
mod bag;
mod cues;
mod form;
mod group;
mod lexicon;
mod marks;
mod people;
mod phrase;
mod resolve;
mod shape;
mod subject;
mod synonyms;
mod tokens;
mod words_de;
mod words_en;
mod words_romance;

pub use group::{ParentScratch, QuoteGroup, QuoteIn, QuoteIndex, group};
use wirecopy_core::ByteSpan;

use attribute::Attribution;
use lexicon::Lexicon;
use marks::Marked;
use people::People;
use phrase::Clauses;
use resolve::Speaker;
use wirecopy_core::text::Language;

/// What a marked span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteForm {
    /// Words that somebody said or wrote.
    Speech,
    /// Marks of distance or of a term.
    Scare,
    /// The title of a work.
    Title,
}

/// What two single marks side by side (`''so'' she said`) mean: some archives write all double marks that way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DoubledMarks {
    /// Nothing.
    #[default]
    Ignored,
    /// A double mark.
    Read,
}

/// One quotation of one document. Spans index the bytes of the document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Inside the marks.
    pub span: ByteSpan,
    /// With the marks.
    pub outer: ByteSpan,
    /// What it is.
    pub form: QuoteForm,
    /// Who said it, by the longest mention of the name in the document; `None` when the text does not say.
    pub speaker: Option<String>,
    /// Who passed the words on, where that is somebody else.
    pub relayed_by: Option<String>,
    /// The words that name the speaker for this quotation, often a pronoun.
    pub mention: Option<ByteSpan>,
    /// The verb of saying.
    pub cue: Option<ByteSpan>,
}

/// Finds the quotations of `text`, outside the byte spans `skip` (ascending and disjoint: site furniture, captions).
/// Sorted by start, outer before inner. O(length).
#[must_use]
pub fn detect(text: &str, language: Language, skip: &[ByteSpan]) -> Vec<Quote> {
    detect_with(text, language, skip, DoubledMarks::default())
}

/// As [`detect`], with a choice about doubled single marks.
#[must_use]
pub fn detect_with(
    text: &str,
    language: Language,
    skip: &[ByteSpan],
    doubled: DoubledMarks,
) -> Vec<Quote> {
    let marked = marks::scan(text, skip, doubled);
    if marked.is_empty() {
        return Vec::new();
    }
    let outer: Vec<Marked> = marked.iter().filter(|m| m.depth == 0).copied().collect();
    let mut tokens = tokens::tokenize(text, Lexicon::of(language), &outer, skip);
    let people = people::find(text, &mut tokens);
    let clauses = Clauses {
        text,
        tokens: &tokens,
        people: &people,
        language,
    };
    let attributions = attribute::attribute(&clauses, outer.len());
    let forms = form::judge(&clauses, &outer, &attributions);
    let mut number = 0;
    let mut quotes = Vec::with_capacity(marked.len());
    for m in &marked {
        if m.depth == 0 {
            number += 1;
        }
        let at = number - 1;
        let nested = m.depth > 0;
        let form = if nested {
            form::nested(text, m, forms[at])
        } else {
            forms[at]
        };
        quotes.push(quote(text, m, &attributions[at], (form, &people)));
    }
    quotes
}

fn quote(
    text: &str,
    marked: &Marked,
    found: &Attribution,
    (form, people): (QuoteForm, &People),
) -> Quote {
    let name = |speaker: &Speaker| match speaker {
        Speaker::Person(person) => people.persons[*person as usize].name.of(text).to_owned(),
        Speaker::Described(words) => words.clone(),
    };
    let says = form != QuoteForm::Title;
    Quote {
        span: marked.inner,
        outer: marked.outer,
        form,
        speaker: found.speaker.as_ref().filter(|_| says).map(name),
        relayed_by: found.relayed_by.as_ref().filter(|_| says).map(name),
        mention: found.mention.filter(|_| says),
        cue: found.cue.filter(|_| says),
    }
}

#[cfg(test)]
mod tests;
