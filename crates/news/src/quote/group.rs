//! The same utterance across articles.

use hashbrown::HashMap;
use wirecopy_core::DocId;
use wirecopy_core::text::{Tokenizer, Tokens};

use super::QuoteForm;

/// One quotation, as grouping sees it.
#[derive(Clone, Copy, Debug)]
pub struct QuoteIn<'a> {
    /// Its document.
    pub doc: DocId,
    /// Its words.
    pub text: &'a str,
    /// What it is.
    pub form: QuoteForm,
    /// Who said it.
    pub speaker: Option<&'a str>,
    /// Who passed it on.
    pub relayed_by: Option<&'a str>,
}

/// Quotations of one utterance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteGroup {
    /// Two or more places in the input, ascending.
    pub members: Vec<usize>,
    /// The speaker that most members name.
    pub speaker: Option<String>,
    /// Whether members differ in more than length and punctuation.
    pub altered: bool,
}

/// Groups equal quotations. O(words).
#[must_use]
pub fn group(quotes: &[QuoteIn<'_>]) -> Vec<QuoteGroup> {
    let mut tokens = Tokens::default();
    let mut groups: HashMap<Vec<u64>, usize> = HashMap::new();
    let mut out: Vec<QuoteGroup> = Vec::new();
    for (n, quote) in quotes
        .iter()
        .enumerate()
        .filter(|(_, q)| q.form != QuoteForm::Title)
    {
        Tokenizer::default().tokenize(quote.text, &mut tokens);
        let place = *groups.entry(tokens.hashes().to_vec()).or_insert_with(|| {
            out.push(QuoteGroup {
                members: Vec::new(),
                speaker: quote.speaker.map(str::to_owned),
                altered: false,
            });
            out.len() - 1
        });
        out[place].members.push(n);
    }
    out.retain(|group| group.members.len() > 1);
    out
}
