//! Changes to a text that ought to leave every answer sound: cuts, strange characters, other scripts, other marks.

use crate::bytes::Bytes;

/// Longest text that changes may lead to, in bytes.
const LONGEST_TEXT: usize = 6_000;

/// Characters that break what takes text for ASCII: spaces that are none, marks that have no width, combining marks, controls,
/// every line end, directions, letters that change their length when folded.
const STRANGE: [char; 78] = [
    '\0',
    '\u{1}',
    '\u{7}',
    '\u{8}',
    '\t',
    '\u{b}',
    '\u{c}',
    '\r',
    '\n',
    '\u{1b}',
    '\u{1c}',
    '\u{1f}',
    '\u{7f}',
    '\u{85}',
    '\u{9b}',
    '\u{a0}',
    '\u{ad}',
    '\u{180e}',
    '\u{2000}',
    '\u{2003}',
    '\u{2007}',
    '\u{2009}',
    '\u{200a}',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202a}',
    '\u{202e}',
    '\u{202f}',
    '\u{205f}',
    '\u{2060}',
    '\u{2066}',
    '\u{2069}',
    '\u{3000}',
    '\u{feff}',
    '\u{fffd}',
    '\u{ffff}',
    '\u{10ffff}',
    '\u{300}',
    '\u{301}',
    '\u{308}',
    '\u{327}',
    '\u{345}',
    '\u{488}',
    '\u{20e3}',
    '\u{fe0f}',
    '\u{1f468}',
    '\u{1f3fd}',
    '\u{1f1e6}',
    '\u{e0001}',
    'İ',
    'ı',
    'ß',
    'ẞ',
    'ŉ',
    'ǆ',
    'ﬁ',
    'ﬃ',
    'ς',
    'Σ',
    'ΐ',
    'Ⅳ',
    '①',
    '²',
    '½',
    '\u{1d400}',
    '\u{ff21}',
    '\u{ff10}',
    '\u{660}',
    '\u{966}',
    '。',
    '、',
    '・',
    '㎏',
];

/// Marks of quotation, apostrophes, dashes, arrows, bullets and ends of sentences of all kinds.
const MARKS: [&str; 64] = [
    "\"", "'", "“", "”", "„", "‟", "‘", "’", "‚", "‛", "«", "»", "‹", "›", "「", "」", "『", "』",
    "``", "''", "〝", "〞", "〟", "＂", "＇", "❝", "❞", "❮", "❯", "`", "´", "′", "″", "-", "--",
    "–", "—", "―", "−", "‐", "_", "*", "•", "·", "|", "/", "\\", "…", "...", ".", "!", "?", "¿",
    "¡", ":", ";", ",", "(", ")", "[", "]", "©", "@", "#",
];

/// Ends of lines, as texts have them.
pub(crate) const LINE_ENDS: [&str; 12] = [
    "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n\n\n", "\u{2028}", "\u{2029}", "\u{85}", "\u{b}",
    "\u{c}", " \n\t",
];

/// First letters of alphabets that Latin letters are replaced by.
const SCRIPTS: [u32; 12] = [
    0x3b1, 0x430, 0x5d0, 0x627, 0x905, 0xe01, 0x10d0, 0xac00, 0x4e00, 0x3042, 0xff41, 0x1d4d0,
];

/// A strange character or a mark.
pub(crate) fn odd(choices: &mut Bytes<'_>) -> String {
    if choices.chance(128) {
        (*choices.pick(&MARKS)).to_owned()
    } else {
        choices.pick(&STRANGE).to_string()
    }
}

/// The byte of a character boundary of `text`, any of them.
pub(crate) fn boundary(text: &str, choices: &mut Bytes<'_>) -> usize {
    let at = choices.below(text.len() + 1);
    text.floor_char_boundary(at)
}

/// Two boundaries, not further apart than `most` bytes.
fn stretch(text: &str, most: usize, choices: &mut Bytes<'_>) -> (usize, usize) {
    let start = boundary(text, choices);
    let end = text.floor_char_boundary((start + choices.below(most)).min(text.len()));
    (start, end.max(start))
}

/// Changes `text` at one place, or throughout.
pub(crate) fn change(text: &mut String, choices: &mut Bytes<'_>) {
    match choices.below(17) {
        0 => {
            let at = boundary(text, choices);
            text.insert_str(at, &odd(choices));
        }
        1 => {
            let (start, end) = stretch(text, 60, choices);
            text.replace_range(start..end, "");
        }
        2 => {
            let at = boundary(text, choices);
            text.truncate(at);
        }
        3 => {
            let at = boundary(text, choices);
            text.replace_range(..at, "");
        }
        4 => {
            let space =
                *choices.pick(&["\u{a0}", "\u{202f}", "\u{3000}", "\u{200b}", "\t", "  ", ""]);
            *text = text.replace(' ', space);
        }
        5 => {
            let end = *choices.pick(&LINE_ENDS);
            *text = text.replace('\n', end);
        }
        6 => {
            let (start, end) = stretch(text, 200, choices);
            let again = text.get(start..end).unwrap_or_default().to_owned();
            let at = boundary(text, choices);
            let times = 1 + choices.below(4);
            text.insert_str(at, &again.repeat(times));
        }
        7 => remark(text, choices),
        8 => script(text, choices),
        9 => recase(text, choices),
        10 => {
            let mark = odd(choices);
            let every = 1 + choices.below(9);
            *text = sprinkled(text, &mark, every);
        }
        11 => {
            let (start, end) = stretch(text, 300, choices);
            let [open, close] = [*choices.pick(&MARKS), *choices.pick(&MARKS)];
            text.insert_str(end, close);
            text.insert_str(start, open);
        }
        13 => {
            let letter = *choices.pick(&['a', 'e', 'o', 'n', 's', 't']);
            let other = choices.pick(&["é", "ö", "ñ", "ſ", "İ", "e\u{301}", "ﬁ", ""]);
            *text = text.replace(letter, other);
        }
        14 => {
            let dash = *choices.pick(&["—", "–", "-", "/", "\u{2028}", "’", "“"]);
            *text = text.replacen(' ', dash, 1 + choices.below(12));
        }
        15 => {
            let (start, end) = stretch(text, 120, choices);
            let glued: String = text
                .get(start..end)
                .unwrap_or_default()
                .split(' ')
                .collect();
            text.replace_range(start..end, &glued);
        }
        12 => {
            let (start, end) = stretch(text, 30, choices);
            let odd = odd(choices).repeat(1 + choices.below(40));
            text.replace_range(start..end, &odd);
        }
        _ => {
            let digits = (*choices.pick(&["0", "99999999999", "1e999", "-1", "½", "٣"])).to_owned();
            let old = choices.pick(&["1", "2", "0", "5", "a"]).to_string();
            *text = text.replace(&old, &digits);
        }
    }
    text.truncate(text.floor_char_boundary(LONGEST_TEXT));
}

/// Replaces one quotation mark, or all that are like it, by another mark.
fn remark(text: &mut String, choices: &mut Bytes<'_>) {
    let old = *choices.pick(&["“", "”", "\"", "'", "’", "—", ".", ",", ":"]);
    let new = *choices.pick(&MARKS);
    *text = if choices.chance(128) {
        text.replacen(old, new, 1 + choices.below(3))
    } else {
        text.replace(old, new)
    };
}

/// Moves the Latin letters of a stretch to another alphabet, one to one.
fn script(text: &mut String, choices: &mut Bytes<'_>) {
    let first = *choices.pick(&SCRIPTS);
    let (start, end) = stretch(text, 2_000, choices);
    let moved: String = text
        .get(start..end)
        .unwrap_or_default()
        .chars()
        .map(|c| match c.to_ascii_lowercase() {
            low @ 'a'..='z' => char::from_u32(first + u32::from(low) - 97).unwrap_or(c),
            _ => c,
        })
        .collect();
    text.replace_range(start..end, &moved);
}

fn recase(text: &mut String, choices: &mut Bytes<'_>) {
    let (start, end) = stretch(text, 400, choices);
    let part = text.get(start..end).unwrap_or_default();
    let cased = match choices.below(3) {
        0 => part.to_uppercase(),
        1 => part.to_lowercase(),
        _ => titled(part),
    };
    text.replace_range(start..end, &cased);
}

fn titled(text: &str) -> String {
    let mut before = ' ';
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if before == ' ' {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        before = c;
    }
    out
}

/// `mark` behind every so many characters.
fn sprinkled(text: &str, mark: &str, every: usize) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for (number, c) in text.chars().enumerate() {
        out.push(c);
        if number % every == every - 1 {
            out.push_str(mark);
        }
    }
    out
}
