//! Windows that ask for consent, told by their words and by the buttons below them.

use super::text::Block;
use super::tree::{Kind, Tree};
use super::tree::{sums, within};

/// Where a page speaks of consent, counted over its nodes.
pub(crate) struct Consent {
    /// Words of the vocabulary of consent.
    terms: Vec<usize>,
    /// All words.
    words: Vec<usize>,
    /// Elements that hold a story.
    stories: Vec<usize>,
    /// Elements that are such a window, in order.
    windows: Vec<usize>,
}

impl Consent {
    /// Reads the blocks and buttons of `tree`. O(page).
    pub(crate) fn new(tree: &Tree<'_>, blocks: &[Block]) -> Self {
        let nodes = tree.nodes.len();
        let place = |block: &Block| block.to.saturating_sub(1);
        let terms = sums(nodes, blocks.iter().map(|b| (place(b), terms_in(&b.text))));
        let words = sums(nodes, blocks.iter().map(|b| (place(b), b.words.len())));
        let labels = tree
            .nodes
            .iter()
            .enumerate()
            .filter_map(|(at, node)| match node.kind {
                Kind::Label(label) => Some((at, usize::from(is_answer(label)))),
                _ => None,
            });
        let lines = blocks
            .iter()
            .map(|b| (place(b), usize::from(is_answer(&b.text))));
        let is_story = |at| {
            let element = tree.element(at);
            element.is_some_and(|element| matches!(element.name, "article" | "main"))
        };
        let stories = sums(nodes, (0..nodes).map(|at| (at, usize::from(is_story(at)))));
        let mut consent = Self {
            terms,
            words,
            stories,
            windows: Vec::new(),
        };
        let answers: Vec<usize> = labels
            .chain(lines)
            .filter(|(_, n)| *n > 0)
            .map(|(at, _)| at)
            .collect();
        consent.windows = consent.windows_around(tree, &answers);
        consent
    }

    /// Whether the nodes `from..to` speak of consent as such windows do.
    pub(crate) fn asks_in(&self, from: usize, to: usize) -> bool {
        let (terms, words) = (within(&self.terms, from, to), within(&self.words, from, to));
        terms >= LEAST_TERMS && terms * WORDS_A_TERM >= words
    }

    /// Whether the element at `at` is such a window.
    pub(crate) fn is_window(&self, at: usize) -> bool {
        self.windows.binary_search(&at).is_ok()
    }

    /// The innermost element around each of `answers` that asks for consent and has no sign of a story, with those around
    /// it that add next to no words.
    fn windows_around(&self, tree: &Tree<'_>, answers: &[usize]) -> Vec<usize> {
        let mut windows = Vec::new();
        let ends = answers
            .iter()
            .take(MOST_ANSWERS)
            .chain(answers.iter().rev().take(MOST_ANSWERS));
        for &answer in ends {
            let mut found: Option<(usize, usize)> = None;
            for at in tree.around(answer) {
                let Some(node) = tree.nodes.get(at) else {
                    break;
                };
                if within(&self.stories, at, node.end) > 0 {
                    break;
                }
                let words = within(&self.words, at, node.end);
                match found {
                    None if node.breaks && self.asks_in(at, node.end) => found = Some((at, words)),
                    Some((_, inner)) if words * 10 <= inner * 11 => found = Some((at, inner)),
                    Some(_) => break,
                    None => {}
                }
            }
            windows.extend(found.map(|(at, _)| at));
        }
        windows.sort_unstable();
        windows.dedup();
        windows
    }
}

/// A window needs so many words of consent ...
const LEAST_TERMS: usize = 3;
/// ... and one among so many: windows have one in ten to fifteen, articles about privacy one in forty.
const WORDS_A_TERM: usize = 25;

/// Most answers, from either end of the page, whose surroundings are read.
const MOST_ANSWERS: usize = 16;

/// Words of the vocabulary of consent in a text.
fn terms_in(text: &str) -> usize {
    let lower = text.to_lowercase();
    TERMS.iter().map(|term| lower.matches(term).count()).sum()
}

/// Whether a label is the answer to a request for consent.
fn is_answer(label: &str) -> bool {
    let label = label.trim();
    if label.chars().count() > LONGEST_ANSWER {
        return false;
    }
    let lower = label.to_lowercase();
    ANSWERS.iter().any(|answer| lower.starts_with(answer))
}

/// Longest answer in characters ("Accept all cookies and continue").
const LONGEST_ANSWER: usize = 40;

/// Words by which the law of consent (GDPR, ePrivacy) is told to visitors, as stems, in the languages of its states and
/// of those with laws like it.
const TERMS: [&str; 44] = [
    "cookie",
    "consent",
    "privacy",
    "gdpr",
    "partners",
    "personal data",
    "legitimate interest",
    "personali",
    "einwillig",
    "datenschutz",
    "zustimm",
    "dsgvo",
    "partnern",
    "personenbezogen",
    "confidentialité",
    "rgpd",
    "traceurs",
    "partenaires",
    "données personnelles",
    "privacidad",
    "socios",
    "datos personales",
    "riservatezza",
    "dati personali",
    "privacidade",
    "dados pessoais",
    "parceiros",
    "toestemming",
    "persoonsgegevens",
    "samtyck",
    "samtykk",
    "personuppgifter",
    "zgod",
    "danych osobowych",
    "ciastecz",
    "souhlas",
    "hozzájárul",
    "куки",
    "персональных данных",
    "согласи",
    "クッキー",
    "çerez",
    "隐私",
    "プライバシー",
];

/// First words of answers to such requests in the same languages.
const ANSWERS: [&str; 47] = [
    "accept",
    "i accept",
    "agree",
    "i agree",
    "allow",
    "reject",
    "refuse",
    "decline",
    "consent",
    "do not consent",
    "manage cookies",
    "akzept",
    "alle akzept",
    "zustimm",
    "ich stimme",
    "ablehn",
    "alle ablehn",
    "einverstanden",
    "accepter",
    "j'accepte",
    "tout accepter",
    "tout refuser",
    "refuser",
    "continuer sans accepter",
    "acept",
    "rechaz",
    "accett",
    "rifiut",
    "aceit",
    "rejeit",
    "akkoord",
    "alles accepteren",
    "weiger",
    "godkänn",
    "acceptera",
    "aksepter",
    "tillad",
    "hyväksy",
    "akcept",
    "zgadzam",
    "odrzu",
    "přijmout",
    "souhlas",
    "elfogad",
    "принять",
    "同意",
    "kabul",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::text::blocks;

    fn windows(page: &str) -> usize {
        let tree = Tree::parse(page);
        Consent::new(&tree, &blocks(&tree)).windows.len()
    }

    #[test]
    fn a_request_is_told_by_its_words_and_its_buttons() {
        assert_eq!(
            windows(
                "<div id=x><p>We and our partners use cookies and process personal data with your consent.</p><button>Accept all</button></div>"
            ),
            1
        );
        assert_eq!(
            windows(
                "<div><p>Wir und unsere Partner verarbeiten personenbezogene Daten und setzen Cookies. Ihre Einwilligung gilt ein Jahr.</p><a href=#>Alle akzeptieren</a></div>"
            ),
            1
        );
        let about = "<p>The court ruled on Tuesday that websites need consent before they set a cookie. A privacy group had sued.</p>";
        assert_eq!(
            windows(&format!(
                "<article>{about}<button>Accept all</button></article>"
            )),
            0
        );
        assert_eq!(
            windows(&format!("<div>{about}<button>Share</button></div>")),
            0
        );
    }
}
