//! Quotations as numbers, so that comparing them is cheap: exact words, stems, and who speaks.
//!
//! The main type is [`Bags`].

use super::QuoteForm;
use hashbrown::HashMap;
use wirecopy_text::DocId;

use super::lexicon::Lexicon;
use super::mentions;
use super::word_classes::{Flags, PRONOUN};
use wirecopy_text::Language;

/// One quotation to be grouped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuoteIn<'t> {
    /// Where it stands.
    pub doc: DocId,
    /// The words inside the marks.
    pub text: &'t str,
    /// Who said it.
    pub speaker: Option<&'t str>,
    /// Who passed it on.
    pub relayed_by: Option<&'t str>,
    /// What it is; titles are not grouped.
    pub form: QuoteForm,
}

/// Words of a quotation that are compared.
const MAX_WORDS: usize = 160;
/// Weight of a function word against a content word that occurs once.
const FUNCTION: f64 = 0.12;
/// Size of the collection that document frequencies are shrunk towards.
const PRIOR: f64 = 500.0;

/// One quotation as numbers.
#[derive(Debug, Default)]
pub(crate) struct Bag {
    /// Exact folded words, by number.
    pub(crate) words: Vec<u32>,
    /// Their stems, by number.
    pub(crate) stems: Vec<u32>,
    /// Distinct stems, ascending.
    pub(crate) sorted: Vec<u32>,
    /// Speaker and relay, as keys; 0 for unknown.
    pub(crate) same_speaker: [u64; 2],
    /// The document of the first of the quotations.
    pub(crate) doc: usize,
}

/// All quotations as numbers, with the weight of each stem. Equal quotations of one speaker are one bag.
pub(crate) struct Bags {
    bags: Vec<Bag>,
    /// Entry `i`: the place of quotation `i` in `bags`.
    bag_of: Vec<u32>,
    /// Entry `i`: the first quotation that is equal to quotation `i`.
    pub(crate) first: Vec<u32>,
    pub(crate) weights: Vec<f64>,
    pub(crate) content: Vec<bool>,
}

impl Bags {
    pub(crate) fn read(quotes: &[QuoteIn<'_>]) -> Self {
        let mut numbers = Numbers::default();
        let mut bags: Vec<Bag> = Vec::new();
        let mut bag_of: Vec<u32> = Vec::with_capacity(quotes.len());
        let mut first: Vec<u32> = Vec::with_capacity(quotes.len());
        let mut met: HashMap<_, u32> = HashMap::new();
        for (number, quote) in (0_u32..).zip(quotes) {
            let key = (quote.text, quote.speaker, quote.relayed_by, quote.form);
            let one = *met.entry(key).or_insert(number);
            first.push(one);
            bag_of.push(if one == number {
                bags.push(numbers.bag(quote));
                bags.len() as u32 - 1
            } else {
                bag_of[one as usize]
            });
        }
        let mut frequency = vec![0_u32; numbers.content.len()];
        for &bag in &bag_of {
            let stems = &bags[bag as usize].sorted;
            stems.iter().for_each(|&s| frequency[s as usize] += 1);
        }
        let total = quotes.len() as f64 + PRIOR;
        let weight = |(s, &f): (usize, &u32)| {
            let idf = libm::log(total / (f64::from(f) + 1.0)).max(0.1) / libm::log(total / 2.0);
            if numbers.content[s] {
                idf
            } else {
                idf * FUNCTION
            }
        };
        let weights = frequency.iter().enumerate().map(weight).collect();
        Self {
            bags,
            bag_of,
            first,
            weights,
            content: numbers.content,
        }
    }

    /// Quotation `i` as numbers.
    pub(crate) fn of(&self, i: usize) -> &Bag {
        &self.bags[self.bag_of[i] as usize]
    }

    /// Different content words of quotation `i`.
    pub(crate) fn content_words(&self, i: usize) -> usize {
        let stems = &self.of(i).sorted;
        stems.iter().filter(|&&s| self.content[s as usize]).count()
    }

    pub(crate) fn weight(&self, stems: &[u32]) -> f64 {
        stems.iter().map(|&s| self.weights[s as usize]).sum()
    }
}

/// Gives words and stems their numbers.
#[derive(Default)]
struct Numbers {
    pub(crate) words: HashMap<String, (u32, u32)>,
    pub(crate) stems: HashMap<String, u32>,
    pub(crate) content: Vec<bool>,
}

impl Numbers {
    fn bag(&mut self, quote: &QuoteIn<'_>) -> Bag {
        let mut bag = Bag {
            doc: quote.doc.index(),
            same_speaker: [speaker_key(quote.speaker), speaker_key(quote.relayed_by)],
            ..Bag::default()
        };
        self.read(quote.text, &mut bag);
        bag.sorted.clone_from(&bag.stems);
        bag.sorted.sort_unstable();
        bag.sorted.dedup();
        bag
    }

    fn read(&mut self, text: &str, bag: &mut Bag) {
        let mut folded = String::new();
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’'));
        for word in words
            .filter(|w| w.chars().any(char::is_alphanumeric))
            .take(MAX_WORDS)
        {
            folded.clear();
            folded.extend(
                word.chars()
                    .filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase),
            );
            let (word, stem) = self.number(&folded);
            bag.words.push(word);
            bag.stems.push(stem);
        }
    }

    fn number(&mut self, word: &str) -> (u32, u32) {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let stem = stem(word);
        let next = self.content.len() as u32;
        let number = *self.stems.entry(stem).or_insert(next);
        if number == next {
            self.content.push(is_content(word));
        }
        let entry = (self.words.len() as u32, number);
        self.words.insert(word.to_owned(), entry);
        entry
    }
}

fn is_content(word: &str) -> bool {
    let function = Flags(
        Flags::DET.0
            | Flags::PREP.0
            | Flags::CONJ.0
            | Flags::SUB.0
            | Flags::AUX.0
            | PRONOUN.0
            | Flags::WHO.0
            | Flags::REPORTED.0,
    );
    let short = word.chars().count() < 3 && !word.bytes().any(|b| b.is_ascii_digit());
    let listed = [
        Language::English,
        Language::German,
        Language::French,
        Language::Spanish,
        Language::Italian,
        Language::Portuguese,
    ];
    let number = ["two", "three", "four", "zwei", "drei", "vier"].contains(&word);
    let contraction = [
        "its", "thats", "im", "dont", "cant", "were", "youre", "theyre", "weve", "ive", "isnt",
        "not",
    ];
    number
        || !(short
            || contraction.contains(&word)
            || listed
                .iter()
                .any(|&l| Lexicon::of(l).look_up(word).any(function)))
}

/// A crude stem that serves for several languages: common endings off, then the first six letters.
fn stem(word: &str) -> String {
    let mut base = word;
    for ending in ["'s", "’s", "ies", "ing", "ed", "es", "s", "e", "y"] {
        if let Some(cut) = base.strip_suffix(ending)
            && cut.chars().count() >= 3
        {
            base = cut;
            break;
        }
    }
    base.chars()
        .filter(|c| c.is_alphanumeric())
        .take(6)
        .collect()
}

/// A key for a speaker: the folded last name, or the last word for one unnamed. 0 for nobody.
pub(crate) fn speaker_key(name: Option<&str>) -> u64 {
    let Some(name) = name else { return 0 };
    let unnamed = name.starts_with("unnamed ");
    let last = name
        .split_whitespace()
        .rfind(|w| !matches!(*w, "Jr." | "Jr" | "Sr." | "III" | "II"))
        .unwrap_or_default();
    let mut key = mentions::fold(last);
    if unnamed {
        key = key.trim_end_matches('s').to_owned();
    }
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash << 1 | u64::from(unnamed)).max(2)
}

/// How two quotations' speakers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voices {
    Same,
    Unknown,
    Different,
}

pub(crate) fn same_speaker(a: &Bag, b: &Bag) -> Voices {
    let shared = a
        .same_speaker
        .iter()
        .any(|&v| v != 0 && b.same_speaker.contains(&v));
    let named = |bag: &Bag| bag.same_speaker[0] != 0 && bag.same_speaker[0] & 1 == 0;
    match (shared, named(a) && named(b)) {
        (true, _) => Voices::Same,
        (false, true) => Voices::Different,
        (false, false) => Voices::Unknown,
    }
}
