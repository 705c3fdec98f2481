//! What a short line looks like, whatever its words mean.

use wirecopy_text::ByteSpan;

use super::bylines::{closes_with_bars, is_addressed, is_mail, is_signed, opens_with_handle};
use super::dates::{is_date, is_dated};
use super::stops::{final_stop, is_quotation_mark, is_stop, without_closing};
use wirecopy_document::lines::is_blank;

/// Measurements of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent observations of one line, not states"
)]
pub(crate) struct Shape {
    /// Words, split at white space, that hold a letter or digit.
    pub words: u32,
    /// Words that start with a capital letter.
    pub capitals: u32,
    /// Lower-case words that are no function words.
    pub lower_content: u32,
    /// Joints of a small letter and a capital, as in "PoliticsVideos" (names such as "McCoy" and "iPhone" left out).
    pub glued: u32,
    /// Words that [`glued`](Self::glued) counts joints of.
    glued_words: u32,
    /// Words with a digit.
    pub numbers: u32,
    /// Bars, bullets and guillemets that stand alone.
    pub separators: u32,
    /// Whether a sentence ends the line.
    pub stop: bool,
    /// Whether the line ends in a colon.
    pub colon: bool,
    /// Whether the line holds a double quotation mark.
    pub quoted: bool,
    /// Whether the line is a quotation as a whole: between quotation marks, or behind the mark of a quoted block.
    pub cited: bool,
    /// Whether the line is one sentence that joins names by "and" or its kin and has no word that looks like a verb.
    pub verbless: bool,
    /// Whether the line is an item of a list: it opens with a dash or bullet and goes on.
    pub listed: bool,
    /// Whether the line opens or closes with "First Last/Agency", as picture credits do.
    pub credit: bool,
    /// Whether the line is a name and an outlet, as "Ann Lee, The Bell".
    pub signed: bool,
    /// Whether the line is words in capitals in brackets, as "(LAUGHTER)" in transcripts.
    pub direction: bool,
    /// Whether the line is a name and an e-mail address, as "Ann Lee at alee@bell.example".
    pub addressed: bool,
    /// What the line as a whole is, if it is one of the telling forms.
    pub form: Form,
}

/// Telling forms of a whole line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// None of these.
    #[default]
    Plain,
    /// No letters and digits.
    Rule,
    /// A web address.
    Address,
    /// A handle, an e-mail address or hash tags.
    Handle,
    /// Text with a running time at its end, as "The flood in pictures 3:52".
    Duration,
    /// A bare date or time.
    Date,
    /// "By Ann Lee", "Von Ann Lee".
    Byline,
    /// Names and a date: "Ann Lee — March 3, 2021", "Ann Lee | Oststrand | 3 MAR 2021 - 4:12".
    Dated,
    /// Capitalised words with "and" or commas: perhaps people.
    Names,
    /// A post of a social network, quoted in full: "... — Ann Lee (@annlee) May 3, 2021".
    Post,
}

/// Words that join others in names, headings and captions, in six languages.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "and", "the", "of", "in", "on", "at", "for", "to", "with", "by", "from", "or",
    "his", "her", "their", "its", "left", "right", "center", "during", "after", "before", "near",
    "outside", "und", "der", "die", "das", "von", "mit", "im", "am", "in", "für", "et", "de", "la",
    "le", "les", "du", "des", "à", "au", "en", "y", "el", "los", "las", "del", "con", "por", "e",
    "di", "da", "il", "lo", "gli", "dei", "della", "do", "dos", "das", "no", "na", "em", "com",
    "para", "van", "bin", "al", "zu",
];

/// Lengths of the function words that start with each byte, a bit for each: sorts out nearly all other words.
const FUNCTION_LENGTHS: [u8; 256] = function_lengths();

const fn function_lengths() -> [u8; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < FUNCTION_WORDS.len() {
        let word = FUNCTION_WORDS[at].as_bytes();
        assert!(word.len() < 8, "a length has its bit");
        table[word[0] as usize] |= 1 << word.len();
        at += 1;
    }
    table
}

/// Whether `word` is one of [`FUNCTION_WORDS`].
pub(super) fn is_function_word(word: &str) -> bool {
    let first = word.bytes().next().unwrap_or(0);
    word.len() < 8
        && FUNCTION_LENGTHS[usize::from(first)] >> word.len() & 1 == 1
        && FUNCTION_WORDS.contains(&word)
}

/// Guillemets and angles that stand alone between words, as between the steps of a path. At an end of the line, or with
/// their partner in it, they quote.
fn inner_guillemets(line: &str) -> u32 {
    const STEPS: [char; 3] = ['»', '›', '>'];
    if !line.contains(STEPS) || line.contains(['«', '‹', '<']) {
        return 0;
    }
    let inner = line.trim_matches(|c| STEPS.contains(&c) || is_blank(c));
    let steps = spaced_words(inner).filter(|word| matches!(*word, "»" | "›" | ">"));
    u32::try_from(steps.count()).unwrap_or(u32::MAX)
}

/// Whether `line` opens and closes with quotation marks, whichever they are.
fn is_between_quotation_marks(line: &str) -> bool {
    let opens = line.starts_with(is_quotation_mark) || line.starts_with("``");
    let body = line.trim_end_matches(|c| is_blank(c) || is_stop(c));
    opens && (body.ends_with(is_quotation_mark) || body.ends_with("''"))
}

/// Whether `line` holds a double quotation mark. A closing guillemet alone may be an arrow. O(length).
pub(super) fn has_quotation_mark(line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr3_iter(b'"', 0xe2, 0xc2, bytes).any(|at| {
        // “ ” „ and «
        matches!(
            bytes[at..],
            [b'"', ..] | [0xe2, 0x80, 0x9c..=0x9e, ..] | [0xc2, 0xab, ..]
        )
    }) || memchr::memmem::find(bytes, b"``").is_some()
        || memchr::memchr2(0xe3, 0xef, bytes).is_some() && line.contains(['「', '『', '＂'])
}

impl Shape {
    /// Measures `line`, which is trimmed. O(length).
    pub(crate) fn of(line: &str) -> Self {
        let mut shape = Self {
            form: Form::Plain,
            ..Self::default()
        };
        for word in spaced_words(line) {
            shape.add_word(word);
        }
        let closed = without_closing(line);
        let goes_on = closed.ends_with([';', ',', '؛', '،', '；', '，', '、']);
        shape.stop = goes_on || (final_stop(line).is_some() && !line.ends_with("..."));
        shape.colon = line.ends_with(':');
        shape.quoted = has_quotation_mark(line);
        shape.separators += inner_guillemets(line);
        shape.cited = line.starts_with("> ") || is_between_quotation_marks(line);
        // One name of several humps ("RealCoastPolitics") is no menu.
        if shape.glued_words == 1 && shape.words > 1 && shape.glued < 3 {
            shape.glued = 1;
        }
        shape.verbless =
            line.ends_with('.') && !shape.quoted && shape.words <= 16 && joins_names(line);
        shape.credit = opens_with_credit(line)
            || closes_with_credit(line)
            || (shape.separators > 0 && closes_with_bars(line));
        shape.signed = !shape.stop && shape.numbers == 0 && shape.words <= 9 && is_signed(line);
        shape.direction = line.starts_with('(')
            && line.ends_with(')')
            && shape.words <= 6
            && !line.contains([':', '/'])
            && !line.chars().any(char::is_lowercase);
        shape.addressed = shape.words <= 12 && line.contains('@') && is_addressed(line);
        shape.listed = shape.words >= 3 && opens_item(line);
        shape.form = form_of(line, &shape);
        shape
    }

    /// Whether most words are capitalised and no content word is small: a title, a name, a menu.
    pub(crate) fn is_titled(&self) -> bool {
        self.words > 0 && self.lower_content == 0
    }

    fn add_word(&mut self, word: &str) {
        let core = core_of(word);
        let Some(first) = core.chars().next() else {
            self.separators += u32::from(matches!(
                word,
                "|" | "•" | "·" | "/" | "←" | "→" | "×" | "▼" | "►" | "★"
            ));
            return;
        };
        self.words += 1;
        self.numbers += u32::from(core.bytes().any(|byte| byte.is_ascii_digit()));
        if !word.starts_with(['@', '#']) {
            let joints = glued_joints(core);
            self.glued += joints;
            self.glued_words += u32::from(joints > 0);
        }
        if first.is_uppercase() {
            self.capitals += 1;
        } else if first.is_alphabetic() && !is_function_word(core) {
            // Letters of scripts without capitals are small.
            self.lower_content += 1;
        }
    }
}

/// The same as [`str::split_whitespace`]; a line that is all ASCII is read byte by byte, which is faster.
pub(super) fn spaced_words(line: &str) -> impl Iterator<Item = &str> {
    let ascii = line.is_ascii();
    let mut plain = line;
    let mut other = if ascii { "" } else { line }.split_whitespace();
    std::iter::from_fn(move || {
        if !ascii {
            return other.next();
        }
        let start = plain.bytes().position(|byte| !is_space(byte))?;
        let rest = plain.get(start..)?;
        let end = rest.bytes().position(is_space).unwrap_or(rest.len());
        let (word, behind) = rest.split_at_checked(end)?;
        plain = behind;
        Some(word)
    })
}

/// Whether `byte` is white space of ASCII, as [`char::is_whitespace`] has it.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// `word` without what is no letter or digit at its ends.
pub(super) fn core_of(word: &str) -> &str {
    let bytes = word.as_bytes();
    let plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    if plain(bytes.first()) && plain(bytes.last()) {
        word
    } else {
        word.trim_matches(|c: char| !c.is_alphanumeric())
    }
}

/// Joints of a small letter and a capital in a word that is longer than a brand name with one would be.
fn glued_joints(word: &str) -> u32 {
    if word.len() < 9 || word.contains(['/', '@', '.', '_', '#', '(', '-']) {
        return 0;
    }
    let joint = |pair: &[u8]| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase();
    let joints = word
        .as_bytes()
        .windows(2)
        .filter(|pair| joint(pair))
        .count();
    if joints == 0 {
        return 0;
    }
    let brand = [
        "Mac", "Mc", "De", "La", "Le", "Di", "You", "Face", "Linked", "Whats", "Tik", "Buzz",
        "Health", "Politi", "Pay", "Snap",
    ]
    .iter()
    .any(|head| {
        word.starts_with(head)
            && word
                .as_bytes()
                .get(head.len())
                .is_some_and(u8::is_ascii_uppercase)
    });
    u32::try_from(joints)
        .unwrap_or(u32::MAX)
        .saturating_sub(u32::from(brand))
}

fn form_of(line: &str, shape: &Shape) -> Form {
    if shape.words == 0 {
        return Form::Rule;
    }
    let single = shape.words == 1;
    if single
        && (line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www."))
    {
        return Form::Address;
    }
    if line
        .split_whitespace()
        .all(|word| word.starts_with(['@', '#']) && word.len() > 1)
        || (single && is_mail(line))
    {
        return Form::Handle;
    }
    if is_post(line) {
        return Form::Post;
    }
    if is_date(line) {
        return Form::Date;
    }
    if has_duration(line, shape) {
        return Form::Duration;
    }
    if is_byline(line, shape) {
        return Form::Byline;
    }
    if is_dated(line, shape) {
        return Form::Dated;
    }
    let names = !shape.stop
        && !shape.colon
        && shape.is_titled()
        && (2..=8).contains(&shape.words)
        && person_like(line);
    if names { Form::Names } else { Form::Plain }
}

/// Whether names are joined by a conjunction, with no colon, dash, question or bracket, and no small word ends like an
/// English verb.
fn joins_names(line: &str) -> bool {
    let joint = |word: &str| {
        matches!(
            word,
            "and" | "with" | "und" | "mit" | "et" | "avec" | "y" | "con" | "e" | "com"
        )
    };
    let verbal = |word: &str| {
        word.starts_with(char::is_lowercase)
            && !is_function_word(word)
            && (word.ends_with("ed") || word.ends_with('s') || word.len() < 4)
    };
    let bytes = line.as_bytes();
    let marked = memchr::memchr3(b':', b'?', b'(', bytes).is_some()
        || memchr::memchr3(b'[', b'!', b';', bytes).is_some()
        || (!line.is_ascii() && line.contains(['—', '–']));
    !marked && spaced_words(line).any(joint) && !spaced_words(line).any(verbal)
}

/// "Ann Lee/Bell Wire", "Ann B. Lee/AFP": two or three capitalised words, a slash after the last, a capital after it.
pub(crate) fn opens_with_credit(line: &str) -> bool {
    let head = line.get(..line.floor_char_boundary(60));
    let Some((before, after)) = head.and_then(|head| head.split_once('/')) else {
        return false;
    };
    let name = |word: &str| {
        word.len() > 1
            && word.starts_with(char::is_uppercase)
            && word.chars().skip(1).all(|c| {
                c.is_lowercase() || matches!(c, '.' | '-' | '\'' | '’') || c.is_uppercase()
            })
    };
    let words = before.split_whitespace().count();
    let article = before
        .split_whitespace()
        .next()
        .is_some_and(|word| is_function_word(&word.to_lowercase()));
    !article
        && (2..=4).contains(&words)
        && before.split_whitespace().all(name)
        && after.chars().take(2).all(char::is_alphabetic)
        && after.starts_with(char::is_uppercase)
        && !before.ends_with(' ')
}

/// "... in the harbour. (Ann Lee/Bell Wire)", "... — Ann Lee / BELL": a name, a slash and an agency at the end, behind a
/// bracket, dash, bar or stop.
fn closes_with_credit(line: &str) -> bool {
    /// "Ann B. Lee/The Bell Wire via Reuters, File".
    const AGENCY_WORDS: usize = 6;
    let Some((before, after)) = line.rsplit_once('/') else {
        return false;
    };
    let agency = after.trim_end_matches([')', ']', '.']).trim_start();
    let named = agency.starts_with(char::is_uppercase)
        && agency.split_whitespace().count() <= AGENCY_WORDS
        && agency.split_whitespace().all(|word| {
            word.starts_with(char::is_uppercase)
                || matches!(word, "via" | "for" | "of" | "the" | "de")
        });
    let before = before.trim_end();
    let named_by = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '’' | '\'');
    let rest = before.trim_end_matches(named_by);
    let name = before.strip_prefix(rest).unwrap_or_default();
    let rest = rest.trim_end();
    let person = (2..=3).contains(&name.split_whitespace().count())
        && name
            .split_whitespace()
            .all(|word| word.starts_with(char::is_uppercase));
    named && person && rest.ends_with(['(', '[', '—', '–', '|', '.', ':', ','])
}

/// A signature of a post: a handle in parentheses, or the short address of a post's picture.
fn is_post(line: &str) -> bool {
    let bytes = line.as_bytes();
    let has = |byte| memchr::memchr(byte, bytes).is_some();
    let handle = || line.contains("(@") || line.starts_with(".@") || opens_with_handle(line);
    let address = || line.contains("pic.twitter.com") || line.contains("https://t.co/");
    (has(b'@') && handle()) || (has(b'/') && address())
}

/// A running time (`3:52`, `1:02:03`) as last word, after at least three words that do not lead up to a time of day
/// or a result.
fn has_duration(line: &str, shape: &Shape) -> bool {
    let mut words = line.split_whitespace().rev();
    let Some(last) = words.next() else {
        return false;
    };
    let before = words.next().unwrap_or("");
    let leads = [
        "at", "um", "à", "a", "las", "alle", "às", "by", "until", "till", "of", "from", "to",
        "time", "in", "won", "before", "after", "around", "about", "hours", "gmt", "—", "-", "–",
    ];
    shape.words >= 4
        && is_running_time(last.trim_matches(['(', ')', '[', ']']))
        && !leads.contains(&before.to_lowercase().as_str())
        && !before.ends_with([',', ':', ';'])
}

fn is_running_time(word: &str) -> bool {
    if !word.contains(':') {
        return false;
    }
    let parts: Vec<&str> = word.split(':').collect();
    let digits = |part: &&str| {
        !part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())
    };
    (2..=3).contains(&parts.len())
        && parts.iter().all(digits)
        && parts[1..]
            .iter()
            .all(|part| part.len() == 2 && *part < "60")
}

/// "By Ann Lee and Bo Ek", "Von Ann Lee", at most ten words, with or without a mark between.
fn is_byline(line: &str, shape: &Shape) -> bool {
    if shape.stop || shape.quoted || shape.colon || shape.words > 14 {
        return false;
    }
    let Some((first, rest)) = line.split_once(char::is_whitespace) else {
        return false;
    };
    let opens = [
        "By", "BY", "by", "di", "Von", "VON", "Par", "PAR", "Por", "POR", "Di", "Texto:", "By:",
        "Por:", "Par:", "Von:", "Di:",
    ];
    opens.contains(&first) && names_people(rest.trim_start(), shape)
}

/// Names, behind which a comma, bracket or bar may part off what they are or where.
fn names_people(rest: &str, shape: &Shape) -> bool {
    let first = rest.split_whitespace().next().unwrap_or("").to_lowercase();
    if !rest.starts_with(|c: char| c.is_uppercase() || c == '@') || is_function_word(&first) {
        return false;
    }
    let named = |word: &str| word.starts_with(char::is_uppercase) || is_function_word(word);
    let parted = rest.split_once([',', '(', '|']).is_some_and(|(names, _)| {
        let names = || names.split_whitespace();
        names().count() >= 2 && names().all(named)
    });
    shape.lower_content == 0 || parted
}

/// Two to eight capitalised words without digits, the first of them not an article.
fn person_like(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words
        .next()
        .unwrap_or("")
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    !is_function_word(&first)
        && !line
            .bytes()
            .any(|b| b.is_ascii_digit() || matches!(b, b'?' | b'(' | b'/' | b'&' | b'#'))
        && line.split_whitespace().all(|word| {
            let capitals = word.chars().filter(|c| c.is_uppercase()).count();
            capitals < 3 || capitals < word.chars().count()
        })
}

/// Bullets that plain text, word processors and scrapers set before the items of a list.
const BULLETS: [char; 20] = [
    '—', '–', '-', '•', '*', '·', '‣', '⁃', '▪', '▫', '■', '□', '●', '○', '◦', '◆', '►', '▶', '→',
    '✓',
];

/// Whether `line` opens with a bullet, or with a number and a point or bracket: an item of a list.
fn opens_item(line: &str) -> bool {
    let numbered = || {
        let behind = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = line.len() - behind.len();
        (1..=2).contains(&digits) && [". ", ") "].iter().any(|mark| behind.starts_with(mark))
    };
    line.starts_with(BULLETS) || numbered()
}

/// Whether an end of the line at `span` of `text` has a mark that points elsewhere. What opens a line is none, for there
/// stand bullets, marks of Markdown's and e-mail's quotations, and quotation marks; nor is what has its partner or
/// stands behind a stop, or closes a quotation that an earlier line opened.
pub(crate) fn has_arrow(text: &str, span: ByteSpan) -> bool {
    let line = span.of(text);
    let bracketed = line.starts_with('[') && line.ends_with(']');
    if bracketed || line.starts_with(['←', '✉', '☰', '×']) || line.ends_with("***") {
        return true;
    }
    match line.chars().next_back() {
        Some('→' | '^' | '▼') => true,
        Some('+') => line.ends_with(" +"),
        Some('>') => (!line.contains('<') || line.starts_with('<')) && final_stop(line).is_none(),
        Some('*') => !line.contains("**") && !line.starts_with('*') && final_stop(line).is_none(),
        Some('»') => {
            !line.contains('«')
                && !line.starts_with('»')
                && final_stop(line).is_none()
                && !is_in_quotation(text, span)
        }
        _ => false,
    }
}

/// Whether the guillemet that comes last before `span` of `text` opens a quotation. O(distance to it).
pub(super) fn is_in_quotation(text: &str, span: ByteSpan) -> bool {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let last = before.rsplit_once(['«', '»']);
    last.is_some_and(|(head, _)| {
        before
            .strip_prefix(head)
            .is_some_and(|rest| rest.starts_with('«'))
    })
}

/// Arrows, brackets and bars at an end of the line at `span` of `text`.
pub(crate) fn has_mark(text: &str, span: ByteSpan) -> bool {
    let line = span.of(text);
    let bracket = || line.starts_with('[') && final_stop(line).is_none();
    let tag = || line.starts_with('#') && !line.starts_with("##") && !line.starts_with("# ");
    has_arrow(text, span)
        || line.starts_with(['<', '+', '/', '|'])
        || line.ends_with('|')
        || bracket()
        || tag()
}

/// Attributes, braces, calls: what leaked from a page's source.
pub(crate) fn is_code(line: &str) -> bool {
    let bytes = line.as_bytes();
    let has = |byte| memchr::memchr(byte, bytes).is_some();
    (has(b'=') && (line.contains("=\"") || line.contains("='")))
        || (has(b'(') && (line.contains("();") || line.contains("({")))
        || (has(b'{') && line.contains("{{"))
        || (has(b'_') && line.split_whitespace().count() <= 2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(line: &str) -> Form {
        Shape::of(line).form
    }

    #[test]
    fn telling_forms_are_recognised() {
        assert_eq!(form("* * *"), Form::Rule);
        assert_eq!(form("https://example.org/a-b"), Form::Address);
        assert_eq!(form("@annlee #news"), Form::Handle);
        assert_eq!(form("What the tide took away 3:52"), Form::Duration);
        assert_eq!(form("Polls close in the north at 8:30"), Form::Plain);
        assert_eq!(form("Fri, 31 Dec 2021 01:07"), Form::Date);
        assert_eq!(form("31.12.2021, 14:05 Uhr"), Form::Date);
        assert_eq!(form("By Ann Lee and Bo Ek"), Form::Byline);
        assert!(Shape::of("A crane lifts the gate in Vell. Ann Lee | Bell Wire | AFP").credit);
        assert!(Shape::of("A crane lifts the gate in Vell. | BELL | AFP").credit);
        assert!(!Shape::of("World Politics | News | Vell").credit);
        assert!(super::super::bylines::introduces_writer(
            "Ann Lee covers health for The Bell."
        ));
        assert_eq!(form("@annlee: The tide is out"), Form::Post);
        assert_eq!(form("Por Ana Leal, ge"), Form::Byline);
        assert_eq!(form("By Thursday the water had gone."), Form::Plain);
        assert!(Shape::of("A crane lifts the gate in Vell. (Ann Lee/Bell Wire via AP)").credit);
        assert!(Shape::of("The mole on Sunday — Ann Lee / BELL").credit);
        assert!(!Shape::of("They met in Vell. Ann Lee won by 3/4 of the votes").credit);
        assert_eq!(form("Posted Wed, Mar 3, 2021 at 4:12 am ET"), Form::Date);
        assert_eq!(form("BY THE NUMBERS"), Form::Plain);
        assert!(
            Shape::of("Ann Lee, CNN").signed && Shape::of("Ann B. Lee, The Vell Gazette").signed
        );
        assert!(!Shape::of("Ann Lee, D-Marsh").signed);
        assert!(Shape::of("(SOUNDBITE OF BELL)").direction);
        assert!(!Shape::of("(PHOTOS: THE BELL)").direction);
        assert!(Shape::of("Ann Lee in Vell at alee@bell.example").addressed);
        assert!(!Shape::of("Send tips to tips@bell.example").addressed);
        assert_eq!(form("Ann Lee"), Form::Names);
        assert_eq!(form("Ann Lee — March 3, 2021 in Coast"), Form::Dated);
        assert_eq!(form("Oststrand votes on March 3, 2021"), Form::Plain);
    }

    proptest! {
        #[test]
        fn spaced_words_are_those_between_white_space(line in "[ a-z\\x00-\\x20é\u{a0}\u{2003}]{0,40}") {
            let expected: Vec<&str> = line.split_whitespace().collect();
            prop_assert_eq!(spaced_words(&line).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn glued_menus_show_by_their_joints() {
        assert_eq!(
            Shape::of("UK PoliticsWorld PoliticsVideosPrivacy PolicyTerms").glued,
            4
        );
        assert_eq!(Shape::of("MacDonald met LinkedIn staff").glued, 0);
    }
}
