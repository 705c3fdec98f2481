//! Cutting a document into the units that are judged: lines, and sentences of long lines that carry a telling phrase.

use wirecopy_text::ByteSpan;

use super::credits::{closes_credit, credit_rest};
use super::lexicon::{Hit, Lexicon};
use super::line_fingerprint::LineKeys;
use super::phrases::{Anchor, LIKELY};
use super::sentences::{is_first_sentence, opens_near, sentence_around};
use super::shape::{has_quotation_mark, opens_with_credit};
use super::stops::ends_statement;
use super::word_classes::{BloomPair, LineWords, Membership, WordClass, WordCounts};
use super::{BoilerplateType, Role};
use wirecopy_document::lines::{line_breaks, lines};

/// Lines up to this many bytes are judged as a whole by shape and place. Of lines that recur in a source, 97 % are
/// shorter; of paragraphs, 75 % are longer (measured on a collection of real articles).
pub(crate) const SHORT_LINE_BYTES: usize = 200;

/// Lines up to this many bytes are judged as a whole where a phrase stands in their first sentence.
const WHOLE_LINE_BYTES: usize = 520;

/// A line of this many bytes without a telling phrase is taken for article text when places are reckoned.
const SOLID_LINE_BYTES: usize = 160;

/// The same for a line that ends a sentence.
const SOLID_SENTENCE_BYTES: usize = 80;

/// The same for a line of this many words, stop or not: the last sentence may be cut. Of titles of real articles, 94 %
/// are shorter (measured over 5,297).
const SOLID_WORDS: u32 = 15;

/// Bytes at the start of a paragraph in which phrases are looked for: an opening sentence.
const HEAD_BYTES: usize = 120;
/// Bytes at the end of a paragraph in which phrases are looked for: a glued credit.
const TAIL_BYTES: usize = 200;
/// A line longer than this is a page whose line ends were lost, not a paragraph.
const FLATTENED_BYTES: usize = 2_500;

/// Bytes of lines that may be prompts without a telling phrase; shorter ones are judged anyway.
const PROMPT_BYTES: std::ops::RangeInclusive<usize> = 80..=600;
/// Words for the reader and the publisher from which on it may be one. Set by hand.
const PROMPT_READERS: u32 = 2;
/// Share of site words from which on a long line may be a prompt: one in six. Set by hand; the model decides.
const PROMPT_SHARE: f64 = 1.0 / 6.0;
/// Strong phrases of boilerplate from which on a paragraph that talks to the reader is an offer or a notice as a whole, and
/// bytes of it for each of them at most. Set by hand.
const OFFER_PHRASES: usize = 2;
const OFFER_BYTES: usize = 400;
/// A line without a telling phrase that ends a sentence and has this many bytes lends its words to the article.
const SENTENCE_BYTES: usize = 60;

/// Bytes behind an advertisement's marker from which on they are a paragraph of their own.
const MARKED_TEXT_BYTES: u32 = 40;
/// Bytes before a credit from which on they are its caption.
const CAPTION_BYTES: usize = 20;

/// The character that ends a paragraph, as a blank line does.
const PARAGRAPH_END: char = '\u{2029}';

/// Where a unit stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Before the first solid line.
    Head,
    /// Among solid lines, or in a document without any.
    #[default]
    Middle,
    /// After the last solid line.
    Tail,
}

/// How a unit came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnitKind {
    /// A whole line, judged by everything.
    Line,
    /// A sentence or the end of a line, cut out for the phrase in it.
    Sentence,
    /// A long line without telling phrases: article text unless the corpus knows it.
    Plain,
}

/// Which units have keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyed {
    /// All: there are counts to look them up in.
    All,
    /// Those that are judged by more than counts. Keys of paragraphs cost as much as all else.
    Doubtful,
}

/// One unit.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub span: ByteSpan,
    pub extent: UnitKind,
    pub keys: LineKeys,
    pub place: Place,
    /// Range in [`Units::hits`].
    pub hits: (u32, u32),
    /// Whether a blank line, or the text's start, stands before.
    pub opens_block: bool,
    /// Whether a line too long to be doubtful talks to the reader about the site.
    pub prompt: bool,
    /// Whether its words are among those of the article.
    pub member: Membership,
}

/// The units of one document in order, disjoint, and the phrases found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Units {
    pub list: Vec<Unit>,
    pub hits: Vec<Hit>,
    /// The words of paragraphs and sentences.
    pub article: BloomPair,
    /// Which units have keys.
    keyed: Option<Keyed>,
}

impl Units {
    /// Cuts `text`; lines that [`UnitKind::Plain`] stands for have keys where `keyed` says so. O(n).
    pub(crate) fn cut(text: &str, lexicon: &Lexicon, keyed: Keyed) -> Self {
        let mut units = Self {
            keyed: Some(keyed),
            ..Self::default()
        };
        let mut words = LineWords::default();
        let mut last_end = 0;
        for line in lines(text) {
            let first = units.hits.len();
            for window in windows(text, line) {
                lexicon.find_anywhere(text, window, &mut units.hits);
            }
            lexicon.find_ending(text, line, &mut units.hits);
            let next_hit = units.hits.len();
            let gap = text.get(last_end..line.start as usize).unwrap_or_default();
            let opens_block = last_end == 0 || line_breaks(gap) > 1 || gap.contains(PARAGRAPH_END);
            Cutter {
                text,
                lexicon,
                units: &mut units,
                words: &mut words,
                opens_block,
                keyed,
            }
            .add_line(line, (first, next_hit));
            last_end = line.end as usize;
        }
        units.reckon_places(text);
        units
    }

    /// The keys of `unit`, which is of `text`, also where units of its extent were not given keys.
    pub(crate) fn keys_of(&self, text: &str, unit: &Unit) -> LineKeys {
        match (self.keyed, unit.extent) {
            (Some(Keyed::Doubtful), UnitKind::Plain) => LineKeys::of(unit.span.of(text)),
            _ => unit.keys,
        }
    }

    /// The phrases in `unit`.
    pub(crate) fn hits_of(&self, unit: &Unit) -> &[Hit] {
        &self.hits[unit.hits.0 as usize..unit.hits.1 as usize]
    }

    /// The article is the stretch of units with the greatest worth in all: what comes before it is the head, what comes
    /// behind it the tail. A long prompt behind a list of links does not make the links a part of the article.
    fn reckon_places(&mut self, text: &str) {
        let worth = |unit: &Unit| worth(unit, unit.span.of(text));
        let Some((first, last)) = greatest_stretch(self.list.iter().map(worth)) else {
            return;
        };
        self.list[..first]
            .iter_mut()
            .for_each(|unit| unit.place = Place::Head);
        self.list[last + 1..]
            .iter_mut()
            .for_each(|unit| unit.place = Place::Tail);
    }
}

/// What a short line that is no sentence takes from the worth of the text around it, in bytes of paragraphs: two of them
/// outweigh a sentence, a subheading costs little. Set by hand.
const SHORT_LINE_COST: i64 = 40;
/// What a sentence of four words or more is worth at least: answers of interviews are short. Set by hand.
const LEAST_SENTENCE_WORTH: i64 = 40;
/// A longer paragraph is worth no more: one long paragraph is no article.
const MOST_WORTH: usize = 400;

/// How much a unit speaks for being within the article.
fn worth(unit: &Unit, line: &str) -> i64 {
    let phrases = unit.hits.0 != unit.hits.1;
    let worded = unit.keys.words >= SOLID_WORDS && line.len() >= SOLID_SENTENCE_BYTES;
    let bytes = line.len().min(MOST_WORTH) as i64;
    match unit.extent {
        UnitKind::Sentence => 0,
        _ if phrases => -SHORT_LINE_COST,
        _ if worded || is_solid(line) => bytes,
        _ if unit.keys.words >= 4 && ends_statement(line) => (bytes / 2).max(LEAST_SENTENCE_WORTH),
        _ if ends_statement(line) => 0,
        _ => -SHORT_LINE_COST,
    }
}

/// First and last of the run of `worths` with the greatest sum (Kadane's scan, as in Bentley 1984), if any is positive;
/// of equals the first. O(n).
fn greatest_stretch(worths: impl Iterator<Item = i64>) -> Option<(usize, usize)> {
    let (mut best, mut found) = (0, None);
    let (mut sum, mut start) = (0, 0);
    for (at, worth) in worths.enumerate() {
        if sum <= 0 {
            (sum, start) = (0, at);
        }
        sum += worth;
        if sum > best {
            (best, found) = (sum, Some((start, at)));
        }
    }
    found
}

/// Where phrases are looked for in a line: everywhere in short lines and in lines that hold a whole flattened page, at
/// the ends of paragraphs.
fn windows(text: &str, line: ByteSpan) -> impl Iterator<Item = ByteSpan> {
    let (start, end) = (line.start as usize, line.end as usize);
    let paragraph = line.len() > HEAD_BYTES + TAIL_BYTES && line.len() <= FLATTENED_BYTES;
    let head_end = if paragraph {
        text.floor_char_boundary(start + HEAD_BYTES)
    } else {
        end
    };
    let tail = paragraph.then(|| ByteSpan::new(text.ceil_char_boundary(end - TAIL_BYTES), end));
    std::iter::once(ByteSpan::new(start, head_end)).chain(tail)
}

/// Whether a line without telling phrases is long enough to be taken for article text when places are reckoned.
fn is_solid(line: &str) -> bool {
    line.len() >= SOLID_LINE_BYTES || (line.len() >= SOLID_SENTENCE_BYTES && ends_statement(line))
}

struct Cutter<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    units: &'a mut Units,
    words: &'a mut LineWords,
    opens_block: bool,
    keyed: Keyed,
}

impl Cutter<'_> {
    /// Adds the units of one line; `hits` is its range of phrases.
    fn add_line(&mut self, line: ByteSpan, hits: (usize, usize)) {
        let telling = self.telling(line, hits);
        if telling.is_none() {
            let content = line.of(self.text);
            let credit = || line.len() <= WHOLE_LINE_BYTES && opens_with_credit(content);
            let prompt = self.is_prompt(line);
            let extent = if line.len() <= SHORT_LINE_BYTES || prompt || credit() {
                UnitKind::Line
            } else {
                UnitKind::Plain
            };
            self.push(line, extent, hits);
            if let Some(unit) = self.units.list.last_mut() {
                unit.prompt = prompt;
            }
            return;
        }
        let hits = match self.offer(line, hits) {
            Ok(hits) => return self.push(line, UnitKind::Line, hits),
            Err(hits) => hits,
        };
        if self.is_whole(line, hits) {
            let end = self.caption_end(line, hits).unwrap_or(line.end as usize);
            let inside = (hits.0..hits.1).filter(|&at| self.units.hits[at].end as usize <= end);
            let inside = (hits.0, hits.0 + inside.count());
            return self.push(
                ByteSpan::new(line.start as usize, end),
                UnitKind::Line,
                inside,
            );
        }
        self.add_sentences(line, hits);
    }

    /// Whether a long line with a strong phrase of boilerplate is all boilerplate: an offer, a consent text, a note on
    /// comments. It talks to the reader throughout, quotes nobody, and holds several such phrases, which are looked for in
    /// all of it. Gives its range of phrases either way.
    fn offer(
        &mut self,
        line: ByteSpan,
        hits: (usize, usize),
    ) -> Result<(usize, usize), (usize, usize)> {
        let content = line.of(self.text);
        let long = line.len() > SHORT_LINE_BYTES && line.len() <= FLATTENED_BYTES;
        let chrome = |cutter: &Self, &at: &usize| {
            cutter.is_strong(at, line)
                && cutter.lexicon.entry(cutter.units.hits[at]).role == Role::Chrome
        };
        if !long || !(hits.0..hits.1).any(|at| chrome(self, &at)) || has_quotation_mark(content) {
            return Err(hits);
        }
        let counts = WordCounts::of(content, &self.units.article, Membership::Absent);
        if counts.site_share() < PROMPT_SHARE {
            return Err(hits);
        }
        self.units.hits.truncate(hits.0);
        self.lexicon
            .find_anywhere(self.text, line, &mut self.units.hits);
        self.lexicon
            .find_ending(self.text, line, &mut self.units.hits);
        let hits = (hits.0, self.units.hits.len());
        let strong = (hits.0..hits.1).filter(|at| chrome(self, at)).count();
        if strong >= OFFER_PHRASES && strong * OFFER_BYTES >= line.len() {
            Ok(hits)
        } else {
            Err(hits)
        }
    }

    /// Whether a long line talks to the reader about the site, densely enough to be judged like a short one.
    fn is_prompt(&mut self, line: ByteSpan) -> bool {
        if !PROMPT_BYTES.contains(&line.len()) {
            return false;
        }
        self.words.read(self.text, line, *PROMPT_BYTES.end());
        let content = line.of(self.text);
        if !self.words.may_hold_readers(PROMPT_READERS) || has_quotation_mark(content) {
            return false;
        }
        let counts = WordCounts::of(content, &self.units.article, Membership::Absent);
        counts.of[WordClass::Reader as usize] >= PROMPT_READERS
            && counts.site_share() >= PROMPT_SHARE
    }

    /// The first phrase that may decide: any in a short line, strong ones in a long line.
    fn telling(&self, line: ByteSpan, hits: (usize, usize)) -> Option<usize> {
        let short = line.len() <= SHORT_LINE_BYTES;
        (hits.0..hits.1).find(|&at| short || self.is_strong(at, line))
    }

    fn is_strong(&self, at: usize, line: ByteSpan) -> bool {
        let hit = self.units.hits[at];
        let entry = self.lexicon.entry(hit);
        entry.weight >= LIKELY && (entry.anchor == Anchor::Any || line.end - hit.end <= 3)
    }

    /// Whether the line is judged as one: a picture credit at an end of a line of moderate length, a phrase in the
    /// first sentence, or an opening phrase.
    fn is_whole(&self, line: ByteSpan, hits: (usize, usize)) -> bool {
        let content = line.of(self.text);
        let short = content.len() <= SHORT_LINE_BYTES;
        let at = (hits.0..hits.1)
            .find(|&at| self.is_strong(at, line))
            .unwrap_or(hits.0);
        let hit = self.units.hits[at];
        let offset = (hit.start - line.start) as usize;
        if content.len() > WHOLE_LINE_BYTES {
            return false;
        }
        match self.lexicon.entry(hit).role {
            _ if self.marker_end(at, line).is_some() => false,
            Role::Caption => offset < 80 || content.len() - offset < 120,
            Role::Chrome if short => content.len() <= 120 || is_first_sentence(content, offset),
            _ => is_first_sentence(content, offset),
        }
    }

    /// "Story continues below" right before other text: the words alone, or with the rest of their short sentence, are
    /// the marker. Gives its end in the text.
    fn marker_end(&self, at: usize, line: ByteSpan) -> Option<usize> {
        let hit = self.units.hits[at];
        let entry = self.lexicon.entry(hit);
        let marker = entry.kind == BoilerplateType::AdMarker && entry.weight >= LIKELY;
        let offset = (hit.start - line.start) as usize;
        let opens = || opens_near(line.of(self.text), offset, 2);
        if !marker || line.end - hit.end <= MARKED_TEXT_BYTES || !opens() {
            return None;
        }
        let rest = self.between(hit.end, line.end);
        let goes_on = rest.trim_start().starts_with(char::is_lowercase);
        let stop = rest
            .find(['.', '!', '?'])
            .filter(|&stop| stop < MARKED_TEXT_BYTES as usize);
        match (goes_on, stop) {
            (false, _) => Some(hit.end as usize),
            (true, Some(stop)) => Some(hit.end as usize + stop + 1),
            (true, None) => None,
        }
    }

    /// Where a caption ends that has its credit behind it and then other text, as a headline.
    fn caption_end(&self, line: ByteSpan, hits: (usize, usize)) -> Option<usize> {
        let mut credits = (hits.0..hits.1).map(|at| self.units.hits[at]);
        let last = credits.rfind(|&hit| self.lexicon.entry(hit).role == Role::Caption)?;
        let before = self.between(line.start, last.start);
        let rest = self.between(last.end, line.end);
        let captioned = before.len() >= CAPTION_BYTES;
        let other = rest.split_whitespace().count() >= 4 && !closes_credit(rest);
        let length = credit_rest((before, rest), self.lexicon.entry(last))?;
        let credit = rest.get(..length)?.trim_end();
        (captioned && other).then_some(last.end as usize + credit.len())
    }

    fn between(&self, from: u32, to: u32) -> &str {
        let range = from as usize..to as usize;
        self.text.get(range).unwrap_or_default()
    }

    fn add_sentences(&mut self, line: ByteSpan, hits: (usize, usize)) {
        let content = line.of(self.text);
        let base = line.start as usize;
        let mut at = hits.0;
        let mut done = 0;
        while at < hits.1 {
            if content.len() > SHORT_LINE_BYTES && !self.is_strong(at, line) {
                at += 1;
                continue;
            }
            let offset = self.units.hits[at].start as usize - base;
            let range = match self.marker_end(at, line) {
                Some(end) => offset..end - base,
                None => sentence_around(content, offset),
            };
            let mut end = base + range.end;
            let start = (base + range.start).max(done);
            let first = at;
            // A phrase may hold a bound of sentences: it is not cut.
            while at < hits.1 && (at == first || (self.units.hits[at].start as usize) < end) {
                end = end.max(self.units.hits[at].end as usize);
                at += 1;
            }
            if start < end {
                self.push(ByteSpan::new(start, end), UnitKind::Sentence, (first, at));
            }
            done = end;
        }
    }

    fn push(&mut self, span: ByteSpan, extent: UnitKind, hits: (usize, usize)) {
        let keys = match (self.keyed, extent) {
            (Keyed::Doubtful, UnitKind::Plain) => LineKeys::default(),
            _ => LineKeys::of(span.of(self.text)),
        };
        let line = span.of(self.text);
        let sentence = line.len() >= SENTENCE_BYTES && ends_statement(line);
        let member = if extent == UnitKind::Plain || (sentence && hits.0 == hits.1) {
            self.words.read(self.text, span, 0);
            self.units.article.add(self.words);
            Membership::Member
        } else {
            Membership::Absent
        };
        let fit = |n: usize| u32::try_from(n).expect("there are fewer phrases than bytes");
        let hits = (fit(hits.0), fit(hits.1));
        self.units.list.push(Unit {
            span,
            extent,
            keys,
            place: Place::Middle,
            hits,
            opens_block: self.opens_block,
            prompt: false,
            member,
        });
        self.opens_block = false;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_greatest_stretch_is_the_greatest_of_all(worths in prop::collection::vec(-60i64..200, 0..20)) {
            let sum = |(first, last): (usize, usize)| worths[first..=last].iter().sum::<i64>();
            let all = (0..worths.len()).flat_map(|first| (first..worths.len()).map(move |last| (first, last)));
            let greatest = all.map(sum).max().filter(|&sum| sum > 0);
            prop_assert_eq!(greatest_stretch(worths.iter().copied()).map(sum), greatest);
        }
    }
}
