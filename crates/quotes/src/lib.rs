//! Direct quotations: what stands between quotation marks, who said it, and who passed it on.
//!
//! [`detect`] is called once for each document and gives its [`Quote`]s; [`group`] is called once for a run and
//! brings the variants of one utterance together. Neither needs a parser or a model: marks are paired by their
//! surroundings ([`mark_pairing`]); turns behind dashes, posts and block quotations are speech without marks ([`unmarked`]);
//! speakers are found by verbs of saying around the marks, with the quotations masked.

#![forbid(unsafe_code)]

mod agency;
mod apposition;
mod attribute;
mod bag_of_words;
mod below;
mod classify_form;
mod coreference;
mod cut;
mod group;
mod inside;
mod lexicon;
mod mark;
mod mark_pairing;
mod mentions;
mod noun_phrases;
mod reporting_verbs;
mod subject;
mod tokens;
mod unmarked;
mod word_classes;
mod words_de;
mod words_en;
mod words_more;
mod words_romance;

pub use bag_of_words::QuoteIn;
pub use group::{ParentScratch, QuoteGroup, QuoteIndex, group};
use wirecopy_text::ByteSpan;

use coreference::ResolvedAttribution;
use coreference::Speaker;
use lexicon::Lexicon;
use mark_pairing::Marked;
use mentions::People;
use noun_phrases::TokenView;
use wirecopy_boilerplate::blocks::dateline_length;
use wirecopy_document::lines::lines;
use wirecopy_text::Language;

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

/// Finds the quotations of `text`, outside the byte spans `skip` (ascending and disjoint: site boilerplate, captions).
/// Sorted by start, outer before inner. O(length).
#[must_use]
pub fn detect(text: &str, language: Language, skip: &[ByteSpan]) -> Vec<Quote> {
    let (lexicon, language) = Lexicon::for_text(text, language);
    let marked = speech(text, lexicon, skip);
    if marked.is_empty() {
        return Vec::new();
    }
    let outer: Vec<Marked> = marked.iter().filter(|m| m.depth == 0).copied().collect();
    let dateline = dateline(text, skip);
    let holes = with_hole(skip, dateline, &outer);
    let mut tokens = tokens::tokenize(text, lexicon, &outer, &holes);
    let people = mentions::find(text, &mut tokens, town(text, dateline));
    let clauses = TokenView {
        text,
        tokens: &tokens,
        people: &people,
        language,
    };
    let attributions = attribute::attribute(&clauses, &outer);
    let forms = classify_form::judge(&clauses, &outer, &attributions);
    let mut number = 0;
    let mut quotes = Vec::with_capacity(marked.len());
    for m in &marked {
        if m.depth == 0 {
            number += 1;
        }
        let at = number - 1;
        let nested = m.depth > 0;
        let form = if nested {
            classify_form::nested(text, m, forms[at])
        } else {
            forms[at]
        };
        quotes.push(quote(text, m, &attributions[at], (form, &people)));
    }
    quotes
}

/// What of `text` is somebody's words, marked or not, ascending and disjoint. For callers that ask only whose words a
/// stretch is. O(length).
#[must_use]
pub fn quoted_spans(text: &str) -> Vec<ByteSpan> {
    let language = wirecopy_document::language::detect(text, None);
    let marked = speech(text, Lexicon::for_text(text, language).0, &[]);
    marked
        .iter()
        .filter(|m| m.depth == 0)
        .map(|m| m.inner)
        .collect()
}

/// All stretches of speech, those between marks and those without.
fn speech(text: &str, lexicon: &Lexicon, skip: &[ByteSpan]) -> Vec<Marked> {
    let mut marked = inside::settle(text, lexicon, mark_pairing::scan(text, skip));
    unmarked::add(text, lexicon, skip, &mut marked);
    marked
}

/// Bytes of the text in which a line may open with a dateline.
const DATELINE_BYTES: u32 = 3_000;
/// Words of a dateline outside parentheses.
const DATELINE_WORDS: usize = 8;

/// The dateline of the article, dash included. Its place is no speaker.
fn dateline(text: &str, skip: &[ByteSpan]) -> Option<ByteSpan> {
    let near = lines(text).take_while(|line| line.start < DATELINE_BYTES);
    near.into_iter().find_map(|line| {
        let words = line.of(text);
        let length = dateline_length(words)?;
        let (place, rest) = words.split_at_checked(length)?;
        let names = place
            .split_whitespace()
            .all(|w| w.chars().count() <= 3 || w.starts_with(|c: char| !c.is_lowercase()));
        let opens = rest
            .trim_start()
            .starts_with(|c: char| c.is_uppercase() || mark::is_mark(c));
        let start = line.start as usize;
        let span = ByteSpan::new(start, start + length);
        let free = skip.iter().all(|s| s.overlap(span) == 0);
        let short = place.split_whitespace().count() <= DATELINE_WORDS;
        (names && opens && free && short).then_some(span)
    })
}

/// The place of a dateline: what stands before the first comma, parenthesis or dash.
fn town(text: &str, dateline: Option<ByteSpan>) -> &str {
    let words = dateline.map_or("", |span| span.of(text));
    let place = words
        .split([',', '(', '—', '–', '/'])
        .next()
        .unwrap_or_default();
    place.trim_end_matches(['-', ' '])
}

/// `skip` with the dateline, where no quotation meets it.
fn with_hole(skip: &[ByteSpan], hole: Option<ByteSpan>, outer: &[Marked]) -> Vec<ByteSpan> {
    let mut holes = skip.to_vec();
    let free = |hole: &ByteSpan| outer.iter().all(|m| m.outer.overlap(*hole) == 0);
    holes.extend(hole.filter(free));
    holes.sort_unstable();
    holes
}

fn quote(
    text: &str,
    marked: &Marked,
    found: &ResolvedAttribution,
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
