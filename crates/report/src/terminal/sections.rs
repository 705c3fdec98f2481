//! The sections behind the families: rivals, quotations, common texts, boilerplate, sites, and what was skipped.

use std::collections::{BTreeMap, HashSet};
use std::io;

use wirecopy_findings::{
    BoilerplateClass, BoilerplateRecord, EditKindName, PairRecord, QuoteGroupRecord, QuoteRecord,
    Relation, SiteRecord, Span,
};

use super::layout::{Canvas, Text, one_line, shorten};
use super::limits::Limits;
use super::passages::{both_names, elided};
use super::style::Paint;
use crate::index::{View, quotes_inside};
use crate::labels::{self, count, number, percent};
use crate::pair_order::Direction;
use crate::variants::{differences, variants};

/// Pairs that share quotations, or too little to be copies.
pub(crate) fn rivals(view: &View<'_>, limits: &Limits, canvas: &mut Canvas<'_>) -> io::Result<()> {
    let all = view.findings.pairs.iter();
    let mut pairs: Vec<&PairRecord> = all.filter(|p| p.relation.is_rivalry()).collect();
    if pairs.is_empty() {
        return Ok(());
    }
    canvas.heading(
        "Same words, no copy",
        "pairs that share what somebody said, a form, or too little to call it copying",
    )?;
    pairs.sort_by_key(|p| std::cmp::Reverse(shared_bytes(p)));
    for pair in pairs.iter().take(limits.rivals) {
        let text =
            both_names(view, pair, Direction::Open, canvas).add(Paint::Plain, &shared_words(pair));
        canvas.hang(("   ", "     "), &text)?;
        if let Some(text) = longest_shared_quote(view, pair, canvas) {
            canvas.hang(("     ", "     "), &text)?;
        }
    }
    canvas.and_more("   ", pairs.len().saturating_sub(limits.rivals))
}

/// How many quotations a pair shares, and how many other passages.
fn shared_words(pair: &PairRecord) -> String {
    if pair.relation == Relation::SameForm {
        return format!("  {}", labels::relation(pair.relation));
    }
    let quoted = pair.passages.iter().filter(|p| p.quoted >= 0.5).count();
    let parts = [
        (quoted, "shared quotation"),
        (pair.passages.len() - quoted, "shared passage"),
    ];
    let named = parts.iter().filter(|(number, _)| *number > 0);
    let named: Vec<String> = named.map(|&(number, noun)| count(number, noun)).collect();
    format!("  {}", named.join(", "))
}

/// The longest quotation that a pair shares, with its speaker; where none is known, the longest passage.
fn longest_shared_quote(view: &View<'_>, pair: &PairRecord, canvas: &Canvas<'_>) -> Option<Text> {
    let room = canvas.style.columns() - 8;
    let quotes = pair
        .passages
        .iter()
        .flat_map(|p| quotes_inside(view, &pair.a, p.a));
    let Some(quote) = quotes.max_by_key(|q| q.end - q.start) else {
        let longest = pair.passages.iter().max_by_key(|p| p.a.end - p.a.start)?;
        let words = view.words(&pair.a, longest.a)?;
        let marks = ['“', '”', '"', '‘', '’', ',', ' '];
        return Some(canvas.text().quote(words.trim_matches(marks), room));
    };
    let speaker = quote
        .speaker
        .as_deref()
        .map(|name| format!("  {name}"))
        .unwrap_or_default();
    let room = room.saturating_sub(speaker.chars().count()).max(24);
    Some(
        canvas
            .text()
            .quote(&quote.text, room)
            .add(Paint::Speaker, &speaker),
    )
}

fn shared_bytes(pair: &PairRecord) -> u32 {
    pair.passages.iter().map(|p| p.a.end - p.a.start).sum()
}

/// Utterances that stand at several places, with their variants.
pub(crate) fn quotations(
    view: &View<'_>,
    limits: &Limits,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let mut groups: Vec<&QuoteGroupRecord> = view.findings.quote_groups.iter().collect();
    if groups.is_empty() {
        return Ok(());
    }
    let altered = groups.iter().filter(|g| g.altered).count();
    let utterances = count(groups.len(), "utterance");
    let remark = format!(
        "{utterances} at several places, {} altered on the way",
        number(altered)
    );
    canvas.heading("Quotations", &remark)?;
    // An altered quotation is news; one that everybody prints alike is less so.
    groups.sort_by_cached_key(|g| std::cmp::Reverse(weight(view, g)));
    for group in groups.iter().take(limits.groups) {
        one_group(view, group, canvas)?;
    }
    canvas.and_more("   ", groups.len().saturating_sub(limits.groups))
}

/// What makes a group worth reading: altered ones before others, sentences before single words, then how far it went.
fn weight(view: &View<'_>, group: &QuoteGroupRecord) -> (bool, bool, u64, usize) {
    const MIN_WORDS: usize = 4;
    let quotes = group.quotes.iter().filter_map(|id| view.quote(id));
    let words = quotes
        .map(|q| q.text.split_whitespace().count())
        .max()
        .unwrap_or(0);
    (group.altered, words >= MIN_WORDS, group.documents, words)
}

/// Variants of one utterance shown at most.
const MAX_VARIANTS: usize = 4;

fn one_group(view: &View<'_>, group: &QuoteGroupRecord, canvas: &mut Canvas<'_>) -> io::Result<()> {
    let glyphs = canvas.style.glyphs();
    let speaker = group.speaker.as_deref().unwrap_or("speaker not named");
    let mut head = canvas.text().add(Paint::Speaker, speaker);
    let documents = count(
        usize::try_from(group.documents).unwrap_or(usize::MAX),
        "document",
    );
    head.push(Paint::Plain, &format!("  {documents}"));
    if group.altered {
        head.push(Paint::Warning, &format!(" {} altered", glyphs.dot));
    }
    canvas.hang(("   ", "     "), &head)?;
    let variants = variants(view, group);
    let Some((main, _)) = variants.first() else {
        return Ok(());
    };
    for (i, (quote, places)) in variants.iter().take(MAX_VARIANTS).enumerate() {
        let words = match i {
            0 => quoted(&quote.text, canvas),
            _ => variant(main, quote, canvas),
        };
        canvas.hang(("     ", "      "), &words)?;
        let places = where_it_stands(view, places, canvas);
        canvas.hang(("       ", "       "), &places)?;
    }
    let left = variants.len().saturating_sub(MAX_VARIANTS);
    if left > 0 {
        let text = format!("{} {}", glyphs.ellipsis, count(left, "more variant"));
        canvas.put("     ", &canvas.text().add(Paint::Faint, &text))?;
    }
    Ok(())
}

fn quoted(words: &str, canvas: &Canvas<'_>) -> Text {
    canvas.text().quote(words, (canvas.style.columns() - 8) * 3)
}

/// A variant against the main wording: what it lacks at its ends is a matter of length, what differs inside is marked.
fn variant(main: &QuoteRecord, other: &QuoteRecord, canvas: &Canvas<'_>) -> Text {
    let pieces = differences(&main.text, &other.text);
    let differs = pieces.iter().any(|p| p.kind != EditKindName::Kept);
    if !differs {
        return quoted(&other.text, canvas);
    }
    let glyphs = canvas.style.glyphs();
    canvas
        .text()
        .add(Paint::Quoted, glyphs.open)
        .join(&elided(&pieces, canvas))
        .add(Paint::Quoted, glyphs.close)
}

/// Documents named in one line at most.
const MAX_PLACES: usize = 2;

fn where_it_stands(view: &View<'_>, places: &[&str], canvas: &Canvas<'_>) -> Text {
    let name = |id: &&str| format!("{id}{}", view.archive_mark(id));
    let named: Vec<String> = places.iter().take(MAX_PLACES).map(name).collect();
    let named = named.join(", ");
    let left = places.len().saturating_sub(MAX_PLACES);
    let more = if left > 0 {
        format!(" and {}", count(left, "more document"))
    } else {
        String::new()
    };
    canvas.text().add(Paint::Faint, &format!("{named}{more}"))
}

/// Texts that stand in many documents.
pub(crate) fn passage_groups(
    view: &View<'_>,
    limits: &Limits,
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let mut groups: Vec<_> = view.findings.passage_groups.iter().collect();
    if groups.is_empty() {
        return Ok(());
    }
    canvas.heading("Texts in many documents", "")?;
    groups.sort_by_key(|g| std::cmp::Reverse(g.occurrences.len()));
    for group in groups.iter().take(limits.groups) {
        let documents: HashSet<&str> = group.occurrences.iter().map(|o| &*o.document).collect();
        let least = if group.truncated { "more than " } else { "" };
        let head = format!("{least}{}  ", count(documents.len(), "document"));
        let mut text = canvas.text().add(Paint::Strong, &head);
        let first = group.occurrences.first();
        if let Some(words) = first.and_then(|o| {
            view.words(
                &o.document,
                Span {
                    start: o.start,
                    end: o.end,
                },
            )
        }) {
            let room = (canvas.style.columns() - 8) * 2;
            text = text.quote(words, room);
        }
        canvas.hang(("   ", "     "), &text)?;
    }
    canvas.and_more("   ", groups.len().saturating_sub(limits.groups))
}

/// Boilerplate by type, with an example of each.
pub(crate) fn boilerplate(view: &View<'_>, canvas: &mut Canvas<'_>) -> io::Result<()> {
    let mut by_type: BTreeMap<_, Vec<&BoilerplateRecord>> = BTreeMap::new();
    for block in &view.findings.boilerplate {
        by_type
            .entry((block.class, block.kind))
            .or_default()
            .push(block);
    }
    if by_type.is_empty() {
        return Ok(());
    }
    canvas.heading("Boilerplate", "text that is not the article's own")?;
    let mut rows: Vec<_> = by_type.into_iter().collect();
    rows.sort_by_key(|((class, _), blocks)| (*class, std::cmp::Reverse(blocks.len())));
    for ((class, kind), blocks) in rows {
        let remark = match class {
            BoilerplateClass::Chrome | BoilerplateClass::Caption => "",
            BoilerplateClass::Provenance => " (kept as evidence)",
            BoilerplateClass::Stock => " (kept, weighs less)",
        };
        let name = format!("{}{remark}", labels::boilerplate(kind));
        let head = format!("{:>5}  {name}  ", number(blocks.len()));
        let room = canvas
            .style
            .columns()
            .saturating_sub(head.chars().count() + 6)
            .max(24);
        let mut text = canvas.text().add(Paint::Strong, head.trim_start());
        if let Some(words) = example(view, &blocks) {
            text = text.quote(words, room);
        }
        let first = format!(
            "   {:>pad$}",
            "",
            pad = head.chars().count() - head.trim_start().chars().count()
        );
        canvas.hang((&first, "          "), &text)?;
    }
    Ok(())
}

/// The example that says most: the longest among the first few, for a type's blocks are much alike.
fn example<'a>(view: &View<'a>, blocks: &[&BoilerplateRecord]) -> Option<&'a str> {
    let words = |b: &&BoilerplateRecord| {
        view.words(
            &b.document,
            Span {
                start: b.start,
                end: b.end,
            },
        )
    };
    blocks
        .iter()
        .take(8)
        .filter_map(words)
        .map(str::trim)
        .max_by_key(|w| w.len().min(60))
}

/// Sites shown at most.
const MAX_SITES: usize = 12;

/// Who writes and who copies.
pub(crate) fn sites(view: &View<'_>, canvas: &mut Canvas<'_>) -> io::Result<()> {
    let mut sites: Vec<&SiteRecord> = view.findings.sites.iter().collect();
    if sites.len() < 2 {
        return Ok(());
    }
    canvas.heading("Sites", "who writes and who copies")?;
    sites.sort_by(|x, y| {
        y.copied
            .cmp(&x.copied)
            .then(y.documents.cmp(&x.documents))
            .then(x.site.cmp(&y.site))
    });
    let columns = ["documents", "copied", "boilerplate"].map(String::from);
    table_row(("", Paint::Faint), &columns, canvas)?;
    for site in sites.iter().take(MAX_SITES) {
        let share = percent(site.boilerplate_share);
        let cells = [site.documents.to_string(), site.copied.to_string(), share];
        table_row((&site.site, Paint::Name), &cells, canvas)?;
    }
    canvas.and_more("   ", sites.len().saturating_sub(MAX_SITES))
}

/// A name and three numbers under each other.
fn table_row(
    (name, paint): (&str, Paint),
    cells: &[String; 3],
    canvas: &mut Canvas<'_>,
) -> io::Result<()> {
    let [documents, copied, share] = cells;
    let numbers = format!("{documents:>9}  {copied:>6}  {share:>11}   ");
    let columns = canvas.style.columns().saturating_sub(numbers.len() + 3);
    let name = shorten(&one_line(name, &canvas.style), columns, &canvas.style);
    let indent = format!("   {numbers}");
    canvas.hang((&indent, &indent), &canvas.text().add(paint, &name))
}

/// What could not be read as it is, and why.
pub(crate) fn skipped(view: &View<'_>, limits: &Limits, canvas: &mut Canvas<'_>) -> io::Result<()> {
    let errors = &view.findings.errors;
    if errors.is_empty() {
        return Ok(());
    }
    canvas.heading("Skipped or repaired", &count(errors.len(), "input"))?;
    for error in errors.iter().take(limits.errors) {
        let place = error
            .offset
            .map(|at| format!(" at byte {at}"))
            .unwrap_or_default();
        let text = canvas
            .text()
            .add(Paint::Name, &error.path)
            .add(
                Paint::Warning,
                &format!("  {}{place}", labels::cue(&error.code)),
            )
            .add(Paint::Plain, &format!(": {}", labels::reason(error)));
        canvas.hang(("   ", "     "), &text)?;
    }
    canvas.and_more("   ", errors.len().saturating_sub(limits.errors))
}
