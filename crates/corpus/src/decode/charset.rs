//! Bytes to text: byte-order mark, declared encoding, UTF-8, else detection by the text itself.
//!
//! Valid UTF-8 stays as it is, byte-order mark included, so that offsets index the file. Everything else becomes a text
//! of its own.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr;
use wirecopy_document::TextOrigin;

use crate::error::Reason;

/// A text and how it was had from its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub text: String,
    pub encoding: &'static Encoding,
    pub origin: TextOrigin,
    /// Places that stand for no character in the encoding and were replaced.
    pub repaired: usize,
}

/// What is known about the encoding beforehand.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hints {
    /// The user says so: nothing is found out.
    pub asked: Option<&'static Encoding>,
    /// The page says so.
    pub declared: Option<&'static Encoding>,
}

/// The encoding of that WHATWG label.
pub(crate) fn by_label(label: &str) -> Result<&'static Encoding, Reason> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| Reason::InvalidEncoding(label.to_owned()))
}

/// Decodes `bytes`. O(n).
///
/// # Errors
/// [`Reason::Binary`] when they are no text in any encoding, [`Reason::InvalidEncoding`] when they are not in the one
/// asked for.
pub(crate) fn to_text(bytes: &[u8], hints: Hints) -> Result<Text, Reason> {
    if let Some(encoding) = hints.asked {
        let text = convert(bytes, encoding);
        let is_hopeless = text.repaired > text.text.len() / HOPELESS_SHARE;
        return if is_hopeless {
            Err(Reason::InvalidEncoding(
                encoding.name().to_ascii_lowercase(),
            ))
        } else {
            Ok(text)
        };
    }
    if let Some(encoding) = wide_encoding(bytes) {
        return Ok(convert(bytes, encoding)).and_then(reject_binary);
    }
    if has_many_zeros(bytes) {
        return Err(Reason::Binary);
    }
    if is_iso_2022_jp(bytes) {
        return Ok(convert(bytes, ISO_2022_JP));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Text {
            text: text.to_owned(),
            encoding: UTF_8,
            origin: TextOrigin::Source,
            repaired: 0,
        });
    }
    let is_marked = bytes.starts_with(UTF_8_MARK);
    let declared = hints.declared.filter(|&is| is != UTF_8 && !is_marked);
    // Other encodings hardly ever make sequences of UTF-8: some of them beside each bad byte outweigh what is declared.
    let declared = declared.filter(|_| !is_utf8_with(bytes, SURE_BYTES));
    if let Some(text) = declared.and_then(|encoding| plausible(bytes, encoding)) {
        return Ok(text);
    }
    if is_marked || is_utf8_with(bytes, MIXED_BYTES) {
        return reject_binary(mixed(bytes));
    }
    reject_binary(convert(bytes, detect(bytes)))
}

/// One replaced place in so many bytes of text makes an asked-for encoding wrong rather than damaged.
const HOPELESS_SHARE: usize = 10;

const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text in the encoding that its page declares; none where it cannot be in that: it has bytes that stand for nothing
/// there, or is letters of another script read as accented ones.
fn plausible(bytes: &[u8], declared: &'static Encoding) -> Option<Text> {
    let text = convert(bytes, declared);
    if text.repaired > 0 || is_misread(&text.text) {
        return None;
    }
    reject_binary(text).ok()
}

/// Whether words are accented from end to end, as Russian is when it is read as windows-1252 (`Ïàðîì`). Of words of three
/// letters and more with an accent, Latin languages accent a third of the letters.
fn is_misread(text: &str) -> bool {
    let (mut accented, mut all) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let letters = word.chars().count();
        let with_accent = word.chars().filter(|c| matches!(c, 'À'..='ɏ')).count();
        if letters >= 3 && with_accent > 0 {
            (accented, all) = (accented + with_accent, all + letters);
        }
    }
    accented * MISREAD_SHARE.1 > all * MISREAD_SHARE.0 && accented >= MIN_MISREAD_LETTERS
}

/// Seven in ten letters: between the third of Latin languages and the whole of others.
const MISREAD_SHARE: (usize, usize) = (7, 10);

/// A short name in another script is no reason to doubt what a page declares.
const MIN_MISREAD_LETTERS: usize = 20;

fn convert(bytes: &[u8], encoding: &'static Encoding) -> Text {
    let (text, encoding, had_errors) = encoding.decode(bytes);
    let repaired = if had_errors {
        text.matches('\u{fffd}').count().max(1)
    } else {
        0
    };
    let is_source = encoding == UTF_8 && !had_errors;
    if is_source && let Ok(whole) = std::str::from_utf8(bytes) {
        // `decode` takes the byte-order mark away; offsets count it.
        return Text {
            text: whole.to_owned(),
            encoding,
            origin: TextOrigin::Source,
            repaired,
        };
    }
    Text {
        text: text.into_owned(),
        encoding,
        origin: TextOrigin::Derived,
        repaired,
    }
}

/// Whether there are more zero bytes than text can have: a stray one, or one in a great many.
pub(crate) fn has_many_zeros(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0, bytes).count() > 1 + bytes.len() / BYTES_PER_ZERO
}

/// Evenly spread bytes have four zeros in so many.
const BYTES_PER_ZERO: usize = 1024;

/// Whether a file of records that begins with `head` is none. Each record may have a stray zero.
pub(crate) fn is_binary_head(head: &[u8]) -> bool {
    let zeros = memchr::memchr_iter(0, head).count();
    let is_odd = |byte: &&u8| **byte < b' ' && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0xb | 0xc);
    let odd = head.iter().filter(is_odd).count();
    zeros > 1 + head.len() / BYTES_PER_RECORD || odd * BINARY_SHARE > head.len() && odd > 1
}

/// A very short record.
const BYTES_PER_RECORD: usize = 32;

/// Text has line feeds and tabs, and next to no other control characters.
fn reject_binary(text: Text) -> Result<Text, Reason> {
    let is_odd = |c: &char| {
        c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
    };
    let mut sample = text.text.chars().take(BINARY_SAMPLE_CHARS);
    let (odd, all) = sample.by_ref().fold((0, 0), |(odd, all), c| {
        (odd + usize::from(is_odd(&c)), all + 1)
    });
    if odd * BINARY_SHARE > all || has_many_zeros(text.text.as_bytes()) {
        Err(Reason::Binary)
    } else {
        Ok(text)
    }
}

const BINARY_SAMPLE_CHARS: usize = 64 << 10;

/// One control character in so many makes a file binary. Of evenly spread bytes, as compressed data has, more than one in
/// ten is one; prose has none but the odd form feed.
const BINARY_SHARE: usize = 20;

/// UTF-16 by its byte-order mark or by the pattern of its bytes; none for everything else.
pub(crate) fn wide_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(UTF_16LE),
        [0xfe, 0xff, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let sample = bytes.get(..WIDE_SAMPLE_BYTES).unwrap_or(bytes);
    memchr(0, sample)?;
    // UTF-8 with stray zeros; the characters of UTF-16 that several bytes of UTF-8 would make stand in no text together.
    let is_utf8 = sample.utf8_chunks().count() <= 1;
    if is_utf8 && (!has_many_zeros(sample) || !sample.is_ascii()) {
        return None;
    }
    let printable = sample
        .iter()
        .filter(|byte| matches!(byte, 0x20..=0x7e))
        .count();
    if printable * 10 > sample.len() * 8 {
        return None; // half of Latin UTF-16 is zeros, and half of the bytes of other scripts are no ASCII
    }
    let units = sample.len() / 2;
    let little = wide_score(sample, u16::from_le_bytes);
    let big = wide_score(sample, u16::from_be_bytes);
    let (encoding, score) = if little > big {
        (UTF_16LE, little)
    } else {
        (UTF_16BE, big)
    };
    (score.usual * 10 >= units * 9 && score.ascii * 200 >= units && units > 0).then_some(encoding)
}

const WIDE_SAMPLE_BYTES: usize = 4096;

/// How much a sample looks like UTF-16: units in ASCII (each text has spaces and line feeds), then units in scripts in
/// use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct WideScore {
    weighed: usize,
    ascii: usize,
    usual: usize,
}

fn wide_score(sample: &[u8], unit: fn([u8; 2]) -> u16) -> WideScore {
    let units = sample.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let (mut ascii, mut usual) = (0, 0);
    for unit in units {
        ascii += usize::from(matches!(unit, 0x09 | 0x0a | 0x0d | 0x20..=0x7e));
        usual += usize::from(matches!(
            unit,
            0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0x24f | 0x300..=0x77f | 0x900..=0xe7f | 0x10a0..=0x11ff
                | 0x1e00..=0x206f | 0x20a0..=0x2122 | 0x3000..=0x30ff | 0x4e00..=0x9fff | 0xac00..=0xd7a3
                | 0xd83c..=0xd83e | 0xdc00..=0xdfff | 0xff00..=0xffef
        ));
    }
    WideScore {
        weighed: ascii * 4 + usual,
        ascii,
        usual,
    }
}

/// ISO-2022-JP is all ASCII bytes and so valid UTF-8; its escape sequences give it away.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    memchr(0x1b, bytes).is_some() && bytes.is_ascii() && {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny) == ISO_2022_JP
    }
}

/// Bytes of valid sequences for each bad place in text that is damaged or mixed UTF-8 rather than another encoding: one sequence.
const MIXED_BYTES: usize = 2;
/// The same against a declaration that says otherwise: two sequences. Guess.
const SURE_BYTES: usize = 4;

/// Whether the bytes that are not ASCII are UTF-8 for the most part: so many bytes of valid sequences for each bad place.
fn is_utf8_with(bytes: &[u8], for_each: usize) -> bool {
    let (mut good_bytes, mut bad_places) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good_bytes += chunk
            .valid()
            .bytes()
            .filter(|byte| !byte.is_ascii())
            .count();
        bad_places += usize::from(!chunk.invalid().is_empty());
    }
    good_bytes >= for_each * bad_places
}

/// Reads UTF-8 with single bytes of windows-1252 in between, as pages put together from several sources have them; what
/// is a broken sequence of UTF-8 becomes U+FFFD.
fn mixed(bytes: &[u8]) -> Text {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 16);
    let (mut repaired, mut passed) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        passed += chunk.valid().len() + chunk.invalid().len();
        match chunk.invalid() {
            [] => continue,
            [byte] if passed < bytes.len() => {
                text.push_str(&WINDOWS_1252.decode_without_bom_handling(&[*byte]).0)
            }
            _ => text.push('\u{fffd}'),
        }
        repaired += 1;
    }
    Text {
        text,
        encoding: UTF_8,
        origin: TextOrigin::Derived,
        repaired,
    }
}

/// The most likely encoding, from the first stretch that is not ASCII.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(DETECT_BEFORE_BYTES);
    let end = bytes.len().min(first + DETECT_BYTES);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(start..end).unwrap_or(bytes), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The detector judges words by their first letters, so it sees what stands before.
const DETECT_BEFORE_BYTES: usize = 64;

/// Accuracy of the detector is flat beyond a few kilobytes (its author's measurements); the rest is margin.
const DETECT_BYTES: usize = 64 << 10;

/// Gives a stream in another encoding as UTF-8, byte-order mark taken away.
pub(crate) struct Transcoder<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    input: Vec<u8>,
    output: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Transcoder<R> {
    pub(crate) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder();
        Self {
            inner,
            decoder,
            input: vec![0; 16 << 10],
            output: Vec::new(),
            given: 0,
            ended: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        let read = self.inner.read(&mut self.input)?;
        self.ended = read == 0;
        let needed = self
            .decoder
            .max_utf8_buffer_length(read)
            .unwrap_or(read * 4 + 16);
        self.output.resize(needed, 0);
        let (_, _, written, _) =
            self.decoder
                .decode_to_utf8(&self.input[..read], &mut self.output, self.ended);
        self.output.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.output.len() && !self.ended {
            self.refill()?;
        }
        let give = buffer.len().min(self.output.len() - self.given);
        buffer[..give].copy_from_slice(&self.output[self.given..self.given + give]);
        self.given += give;
        Ok(give)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RUSSIAN: &str = "Паром сел на мель у мыса Лорн, сообщил в среду начальник порта Андрей Белов.\n\
        Никто не пострадал. «Мы ждали прилива три часа», — сказал он.\n";
    const JAPANESE: &str = "水曜日の朝、フェリーがローン岬の沖で座礁した。けが人はいなかった。\n\
        「潮が満ちるのを三時間待った」と港長は語った。\n";
    const CHINESE: &str = "周三上午，一艘渡轮在洛恩角附近搁浅，没有人员受伤。港务长说：“我们等了三个小时。”\n\
        渡轮公司表示，服务将于周四恢复。\n";
    const FRENCH: &str = "Le ferry s’est échoué près de la pointe, a déclaré la maire élue à l’été.\n\
        Personne n’a été blessé : « Nous avons attendu la marée trois heures », a-t-elle ajouté.\n";

    fn decoded(bytes: &[u8]) -> Text {
        to_text(bytes, Hints::default()).unwrap()
    }

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    fn forms(text: &str, labels: &[&str]) -> Vec<(String, Vec<u8>)> {
        let marked = format!("\u{feff}{text}");
        let mut out = vec![
            ("utf-8".into(), text.as_bytes().to_vec()),
            ("utf-8 with mark".into(), marked.clone().into_bytes()),
            ("utf-16le with mark".into(), wide(&marked, u16::to_le_bytes)),
            ("utf-16be with mark".into(), wide(&marked, u16::to_be_bytes)),
            ("utf-16le".into(), wide(text, u16::to_le_bytes)),
            ("utf-16be".into(), wide(text, u16::to_be_bytes)),
        ];
        for label in labels {
            let (bytes, _, unmappable) = by_label(label).unwrap().encode(text);
            assert!(!unmappable, "{label} has all letters of the text");
            out.push(((*label).into(), bytes.into_owned()));
        }
        out
    }

    #[test]
    fn one_article_in_many_encodings_is_one_text() {
        let russian = ["windows-1251", "koi8-r", "iso-8859-5", "ibm866", "gb18030"];
        let sets: [(&str, &[&str]); 4] = [
            (RUSSIAN, &russian[..3]),
            (JAPANESE, &["shift_jis", "euc-jp", "iso-2022-jp"]),
            (CHINESE, &["gb18030", "gbk"]),
            (FRENCH, &["windows-1252"]),
        ];
        for (text, labels) in sets {
            let text = if labels.contains(&"iso-8859-5") {
                text.replace(['«', '»'], "\"")
                    .replace('—', "-")
                    .replace('\u{a0}', " ")
            } else {
                text.to_owned()
            };
            for (form, bytes) in forms(&text, labels) {
                let got = decoded(&bytes);
                assert_eq!(got.text.trim_start_matches('\u{feff}'), text, "{form}");
                assert_eq!(got.repaired, 0, "{form}");
                assert_eq!(
                    got.origin == TextOrigin::Source,
                    form.starts_with("utf-8"),
                    "{form}"
                );
            }
        }
    }

    #[test]
    fn big5_and_euc_kr_are_told_from_gbk() {
        let big5 = by_label("big5")
            .unwrap()
            .encode("週三上午，一艘渡輪在洛恩角附近擱淺，沒有人員受傷。")
            .0
            .into_owned();
        assert_eq!(
            decoded(&big5).text,
            "週三上午，一艘渡輪在洛恩角附近擱淺，沒有人員受傷。"
        );
        let korean = "수요일 아침 여객선이 로언 곶 앞바다에서 좌초했다. 다친 사람은 없었다.";
        assert_eq!(
            decoded(&by_label("euc-kr").unwrap().encode(korean).0).text,
            korean
        );
    }

    #[test]
    fn the_mark_of_utf8_stays_in_the_text() {
        let got = decoded(b"\xef\xbb\xbfFerry");
        assert_eq!(
            (got.text.as_str(), got.origin),
            ("\u{feff}Ferry", TextOrigin::Source)
        );
    }

    #[test]
    fn stray_bytes_are_repaired_and_counted() {
        let got = decoded(
            "“Yes,” she said — “it was caf\u{1}’s”"
                .replace('\u{1}', "é")
                .as_bytes(),
        );
        assert_eq!(got.repaired, 0);
        let mut bytes = "“Yes,” she said — ".as_bytes().to_vec();
        bytes.extend(b"it\x92s over\xe2\x80");
        let got = decoded(&bytes);
        assert_eq!(
            (got.text.as_str(), got.repaired),
            ("“Yes,” she said — it’s over\u{fffd}", 2)
        );
    }

    #[test]
    fn what_is_no_text_is_binary() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10";
        let noise: Vec<u8> = (1..4000_u64)
            .map(|i| wirecopy_text::hash::mix(i) as u8 | 1)
            .collect();
        for bytes in [&png[..], b"text\0with\0zeros", &noise, &[0; 100]] {
            assert_eq!(
                to_text(bytes, Hints::default()).map_err(|r| r.code()),
                Err("binary")
            );
        }
    }

    #[test]
    fn a_stray_zero_does_not_make_text_binary() {
        for text in ["text with\0a zero", "Паром сел на\0 мель у мыса Лорн"]
        {
            let got = decoded(text.as_bytes());
            assert_eq!((got.text.as_str(), got.encoding), (text, UTF_8));
        }
        let zeros = "θ \0 οξwaiμμ εφεςω παςεξτ θασ α γοστ \0 εαγθ χοςδ:";
        assert_eq!(wide_encoding(zeros.as_bytes()), None);
        let got = decoded(b"caf\xe9\0 noir, said the mayor of the town");
        assert_eq!(got.text, "café\0 noir, said the mayor of the town");
    }

    #[test]
    fn the_encoding_asked_for_is_taken_or_refused() {
        let hints = Hints {
            asked: Some(by_label("koi8-r").unwrap()),
            declared: None,
        };
        assert_eq!(
            to_text(b"\xf0\xc1\xd2\xcf\xcd", hints).unwrap().text,
            "Паром"
        );
        let hints = Hints {
            asked: Some(UTF_8),
            declared: None,
        };
        assert_eq!(
            to_text(b"\xf0\xc1\xd2\xcf\xcd", hints).map_err(|r| r.code()),
            Err("invalid_encoding")
        );
        assert_eq!(
            by_label("ebcdic-37").map_err(|r| r.code()),
            Err("invalid_encoding")
        );
    }

    proptest! {
        #[test]
        fn decoding_never_fails_but_by_name(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(text) = to_text(&bytes, Hints::default()) {
                prop_assert_eq!(text.origin == TextOrigin::Source, text.text.as_bytes() == &bytes[..]);
            }
        }

        #[test]
        fn a_transcoded_stream_is_the_decoded_whole(text in "\\PC{0,200}", size in 1_usize..40) {
            let bytes = wide(&format!("\u{feff}{text}"), u16::to_le_bytes);
            let mut reader = Transcoder::new(&bytes[..], UTF_16LE);
            let mut out = Vec::new();
            let mut piece = vec![0; size];
            loop {
                let read = reader.read(&mut piece).unwrap();
                if read == 0 { break; }
                out.extend_from_slice(&piece[..read]);
            }
            prop_assert_eq!(String::from_utf8(out).unwrap(), text);
        }
    }
}
