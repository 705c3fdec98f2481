//! Properties of the aligner: symmetric, on character boundaries, one to one, bounded, and no worse than an exhaustive
//! search for exact runs.

use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, proptest};
use wirecopy_core::align::{
    AlignOptions, AlignScratch, Aligner, AnalysedText, EditKind, PairAlignment, PassageKind,
    TextView,
};
use wirecopy_text::ByteSpan;
use wirecopy_text::{Language, TermCache};

fn prepare(aligner: &Aligner, text: &str) -> AnalysedText {
    let mut out = AnalysedText::default();
    let body = [ByteSpan::new(0, text.len())];
    aligner.prepare(
        &TextView {
            text,
            body: &body,
            quotes: &[],
            language: Language::English,
        },
        &mut TermCache::default(),
        &mut out,
    );
    out
}

fn align(a: &str, b: &str) -> PairAlignment {
    let aligner = Aligner::new(AlignOptions::default()).expect("the defaults are in range");
    aligner.align(
        &prepare(&aligner, a),
        &prepare(&aligner, b),
        &mut AlignScratch::default(),
    )
}

const WORDS: [&str; 40] = [
    "harbour",
    "ferry",
    "the",
    "a",
    "of",
    "captain",
    "lighthouse",
    "said",
    "“tide”",
    "Müller",
    "rudder",
    "broken",
    "sandbank",
    "orchard",
    "frost",
    "cherry",
    "harvest",
    "mayor",
    "council",
    "budget",
    "library",
    "roof",
    "leak",
    "to",
    "in",
    "was",
    "and",
    "bridge",
    "river",
    "flood",
    "dam",
    "engineer",
    "concrete",
    "crack",
    "inspect",
    "winter",
    "road",
    "salt",
    "truck",
    "driver",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec((0..WORDS.len(), 0..12_u8), 0..120).prop_map(|words| {
        words
            .iter()
            .map(|&(word, end)| match end {
                0 => format!("{}. ", WORDS[word]),
                1 => format!("{}\n", WORDS[word]),
                _ => format!("{} ", WORDS[word]),
            })
            .collect()
    })
}

/// Two texts with a part in common.
fn related() -> impl Strategy<Value = (String, String)> {
    (text(), text(), text(), text(), text())
        .prop_map(|(a, b, shared, c, d)| (a + &shared + &b, c + &shared + &d))
}

proptest! {
    #[test]
    fn swapping_the_inputs_mirrors_the_passages((a, b) in related()) {
        let (there, back) = (align(&a, &b), align(&b, &a));
        let mut mirrored: Vec<_> = back.passages.iter().map(|p| (p.b, p.a, p.kind, p.score)).collect();
        mirrored.sort_by_key(|p| (p.0, p.1));
        let straight: Vec<_> = there.passages.iter().map(|p| (p.a, p.b, p.kind, p.score)).collect();
        prop_assert_eq!(straight, mirrored);
        prop_assert_eq!((there.aligned, there.aligned_unquoted), (back.aligned, back.aligned_unquoted));
    }

    #[test]
    fn spans_lie_on_characters_and_edits_inside_their_passage((a, b) in related()) {
        for passage in align(&a, &b).passages {
            prop_assert!(a.get(passage.a.range()).is_some() && b.get(passage.b.range()).is_some());
            prop_assert_eq!(passage.kind == PassageKind::Exact, passage.a.of(&a) == passage.b.of(&b));
            for edit in &passage.edits {
                prop_assert!(passage.a.contains(edit.a) || edit.a.is_empty());
                prop_assert!(passage.b.contains(edit.b) || edit.b.is_empty());
                prop_assert_eq!(edit.kind == EditKind::Added, edit.a.is_empty());
                prop_assert_eq!(edit.kind == EditKind::Cut, edit.b.is_empty());
            }
        }
    }

    #[test]
    fn every_word_of_a_passage_is_in_one_edit((a, b) in related()) {
        for passage in align(&a, &b).passages {
            for (side, text, span) in [(0, &a, passage.a), (1, &b, passage.b)] {
                let mut parts: Vec<ByteSpan> = passage
                    .edits
                    .iter()
                    .map(|e| if side == 0 { e.a } else { e.b })
                    .filter(|s| !s.is_empty())
                    .collect();
                parts.sort_unstable();
                prop_assert!(parts.windows(2).all(|w| w[0].end <= w[1].start));
                let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
                let inside: usize = parts.iter().map(|s| letters(s.of(text))).sum();
                prop_assert_eq!(inside, letters(span.of(text)));
            }
        }
    }

    #[test]
    fn no_more_words_are_aligned_than_either_side_has((a, b) in related()) {
        let found = align(&a, &b);
        prop_assert!(found.aligned <= found.tokens_a.min(found.tokens_b));
        prop_assert!(found.aligned_unquoted <= found.aligned);
    }
}

const STORY: &str = "The ferry captain blamed a broken rudder for drifting onto the sandbank near the lighthouse. \
    Engineers who inspected the dam found a crack in the concrete that nobody had reported before winter. \
    Without salt, truck drivers warned, the river road would turn into an ice rink by early January.";

#[test]
fn an_inserted_paragraph_is_found_to_the_byte() {
    let a = format!("Nobody at the orchard expected frost.\n\n{STORY}\n\nThe mayor left early.");
    let b = format!(
        "A library roof leaked again on Monday.\n\n{STORY}\n\nThe council will vote on its budget."
    );
    let found = align(&a, &b);
    assert_eq!(found.passages.len(), 1);
    assert_eq!(found.passages[0].a.of(&a), STORY);
    assert_eq!(found.passages[0].kind, PassageKind::Exact);
}

#[test]
fn moved_sentences_stay_one_passage() {
    let sentences: Vec<&str> = STORY.split_inclusive(". ").collect();
    let turned = format!("{} {}{}", sentences[2], sentences[0], sentences[1]);
    let found = align(STORY, &turned);
    assert_eq!(found.passages.len(), 1);
    assert!(found.share_a() > 0.95);
    assert!(
        found.passages[0]
            .edits
            .iter()
            .any(|e| e.kind == EditKind::Moved)
    );
}

#[test]
fn unrelated_texts_share_nothing() {
    let other = "Nobody at the orchard expected frost before the cherry harvest was over, the growers said on Monday.";
    assert!(align(STORY, other).passages.is_empty());
}

#[test]
fn the_same_text_is_one_exact_passage() {
    let found = align(STORY, STORY);
    assert_eq!((found.passages.len(), found.aligned), (1, found.tokens_a));
    assert_eq!(found.passages[0].kind, PassageKind::Exact);
}

#[test]
fn empty_and_tiny_texts_are_no_trouble() {
    for text in ["", "word", "…", "“", "普京警告", "\u{feff}\u{0301}"] {
        assert!(align(text, STORY).passages.is_empty());
        assert!(align(text, text).aligned <= 4);
    }
}

#[test]
fn periodic_text_stays_bounded() {
    let a = "salt road ".repeat(20_000);
    let b = "salt road winter ".repeat(15_000);
    let found = align(&a, &b);
    assert!(found.aligned <= found.tokens_a);
}

#[test]
fn a_sentence_repeated_for_a_megabyte_is_one_passage() {
    let sentence = "The ferry captain blamed a broken rudder for drifting onto the sandbank. ";
    let text = sentence.repeat((1 << 20) / sentence.len());
    let found = align(&text, &text);
    assert_eq!(found.passages.len(), 1);
    assert_eq!(found.aligned, found.tokens_a);
    let once = align(&text, sentence);
    assert!((1..=4).contains(&once.passages.len()));
    assert_eq!(
        once.passages[0].b.of(sentence).trim_end(),
        sentence.trim_end()
    );
}

#[test]
fn a_name_in_another_spelling_is_aligned() {
    let respelled = STORY.replace("captain", "captain Ilona Petrenko");
    let found = align(&respelled, &respelled.replace("Petrenko", "Petrenco"));
    let changed = found.passages[0]
        .edits
        .iter()
        .find(|e| e.kind == EditKind::Changed);
    let changed = changed.map(|e| (e.a.of(&respelled), e.words));
    assert_eq!(changed, Some(("Petrenko", 1)));
    assert_eq!(found.aligned, found.tokens_a);
}

#[test]
fn a_long_text_with_small_changes_stays_bounded() {
    let mut a = String::new();
    let mut b = String::new();
    for k in 0..4_000_u32 {
        let line = format!(
            "Parcel {} went to {} {} with weight {}.\n",
            k * 7919 % 10_007,
            WORDS[k as usize % 40],
            k,
            k % 97
        );
        a.push_str(&line);
        if k % 50 != 0 {
            b.push_str(&line);
        }
    }
    assert!(align(&a, &b).share_b() > 0.8);
}

/// What two texts share when each is read in a language of its own.
fn aligned_shares(texts: [(&str, Language); 2]) -> (f64, f64) {
    let aligner = Aligner::new(AlignOptions::default()).expect("the default settings hold");
    let mut memo = TermCache::default();
    let [a, b] = texts.map(|(text, language)| {
        let body = [ByteSpan::new(0, text.len())];
        let view = TextView {
            text,
            body: &body,
            quotes: &[],
            language,
        };
        let mut prepared = AnalysedText::default();
        aligner.prepare(&view, &mut memo, &mut prepared);
        prepared
    });
    let found = aligner.align(&a, &b, &mut AlignScratch::default());
    (found.share_a(), found.share_b())
}

const HARBOUR: &str = "The harbour board voted on Tuesday to close the old fish market at the end of the year and to \
    build flats on the site. The vote was seven to four after a debate that went on past midnight, and three of the \
    members walked out before the end of it. Traders who have sold their catch there for sixty years said nobody had \
    asked them.";

#[test]
fn equal_words_match_whatever_the_language() {
    let shares = aligned_shares([(HARBOUR, Language::English), (HARBOUR, Language::French)]);
    assert_eq!(shares, (1.0, 1.0));
}

#[test]
fn texts_without_spaces_align_around_a_changed_word() {
    let thai = "สภาเมืองลงมติเมื่อวันอังคารให้สร้างสะพานใหม่ข้ามแม่น้ำ งานก่อสร้างจะเริ่มในเดือนพฤษภาคมปีหน้า \
        นายกเทศมนตรีกล่าวว่าสะพานนี้จะช่วยให้คนฝั่งตะวันออกเดินทางไปตลาดได้เร็วขึ้น";
    let changed = thai.replace("ปีหน้า", "ปีถัดไป");
    let (a, b) = aligned_shares([(thai, Language::Other), (&changed, Language::Other)]);
    assert!(a > 0.9 && b > 0.9, "{a} {b}");
}
