//! The articles that are measured on.

use wirecopy_text::hash::mix;

/// `count` invented articles of some 500 words with the punctuation of news: the same on every machine.
pub(crate) fn invented(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| article(mix(number as u64 + 1)))
        .collect()
}

fn article(seed: u64) -> String {
    const ENDS: [&str; 16] = [
        " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", ", ", ". ", "’s ", ",” ", ".\n\n“", " — ",
    ];
    let mut text = String::new();
    let mut state = seed;
    for _ in 0..400 + seed % 200 {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let drawn = mix(state);
        push_word(drawn, &mut text);
        text.push_str(ENDS[(drawn >> 60) as usize]);
    }
    text
}

/// One of some 20,000 words; low ranks are frequent, as in language.
fn push_word(drawn: u64, text: &mut String) {
    const SYLLABLES: [&str; 16] = [
        "the", "an", "or", "tion", "ser", "in", "ed", "al", "mon", "ver", "ta", "re", "com", "ing",
        "er", "is",
    ];
    let rank = (20_000.0_f64).powf((drawn & 0xffff) as f64 / 65_536.0) as u64;
    let mut letters = mix(rank);
    for _ in 0..1 + rank.ilog2() / 5 {
        text.push_str(SYLLABLES[(letters % 16) as usize]);
        letters >>= 4;
    }
}

/// A given text cut into articles of some 5 KB at the ends of lines.
pub(crate) fn articles_of(text: &str) -> Vec<String> {
    const USUAL_BYTES: usize = 5_000;
    let mut articles = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if articles
            .last()
            .is_some_and(|article| article.len() >= USUAL_BYTES)
        {
            articles.push(String::new());
        }
        if let Some(article) = articles.last_mut() {
            article.push_str(line);
        }
    }
    articles
}
