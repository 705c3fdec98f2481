//! Texts and pages that declare one encoding and are in another: what counts is a byte-order mark, then what is declared
//! if it can be true, then valid UTF-8, then what the bytes look like. Valid UTF-8 outweighs any declaration, because
//! text in another encoding is next to never valid UTF-8 by chance.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files has nothing to say"
)]

use wirecopy_corpus::{Decoded, Inputs, ReadOptions, decode};

const ENGLISH: &str = "“Nobody was hurt,” said Zoë Núñez, who runs the café on the pier — and it’s £3 a cup. \
    The ferry ran aground off Lorne Point on Wednesday morning, and waited three hours for the tide.";
const RUSSIAN: &str = "Паром сел на мель у мыса Лорн, сообщил в среду начальник порта Андрей Белов. \
    Никто не пострадал: судно три часа ждало прилива, а потом буксир привёл его в порт.";
const CZECH: &str = "Trajekt uvízl ve středu ráno na mělčině, řekl přednosta přístavu Jiří Dvořák. \
    Nikdo nebyl zraněn; loď čekala tři hodiny na příliv a pak ji odtáhl člun.";

fn read(name: &str, bytes: &[u8]) -> Decoded {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let inputs = Inputs::open(&[folder.path().into()], ReadOptions::default()).unwrap();
    let mut all: Vec<_> = inputs.map(|raw| decode(&raw.unwrap()).unwrap()).collect();
    all.remove(0)
}

fn encoded(label: &str, text: &str) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{label} has all letters of the text");
    bytes.into_owned()
}

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn plain_texts() {
    let marked = format!("\u{feff}{ENGLISH}");
    let cases = [
        ("windows-1252", encoded("windows-1252", ENGLISH), ENGLISH),
        ("windows-1251", encoded("windows-1251", RUSSIAN), RUSSIAN),
        // The detector knows koi8-r as a part of koi8-u.
        ("koi8-u", encoded("koi8-r", RUSSIAN), RUSSIAN),
        ("windows-1250", encoded("windows-1250", CZECH), CZECH),
        ("utf-8", ENGLISH.as_bytes().to_vec(), ENGLISH),
        ("utf-8", marked.clone().into_bytes(), ENGLISH),
        ("utf-16le", wide(&marked, u16::to_le_bytes), ENGLISH),
        ("utf-16be", wide(&marked, u16::to_be_bytes), ENGLISH),
        ("utf-16le", wide(ENGLISH, u16::to_le_bytes), ENGLISH),
        ("utf-16be", wide(ENGLISH, u16::to_be_bytes), ENGLISH),
        ("utf-16le", wide(RUSSIAN, u16::to_le_bytes), RUSSIAN),
    ];
    for (encoding, bytes, text) in cases {
        let got = read("a.txt", &bytes);
        let what = (
            got.document.encoding,
            got.document.text.trim_start_matches('\u{feff}'),
        );
        assert_eq!(what, (encoding.into(), text));
    }
}

#[test]
fn a_mark_of_utf8_before_single_bytes_keeps_both() {
    let mut bytes = b"\xef\xbb\xbf".to_vec();
    bytes.extend(encoded("windows-1252", ENGLISH));
    let got = read("a.txt", &bytes);
    assert_eq!(got.document.encoding, "utf-8");
    assert_eq!(got.document.text.trim_start_matches('\u{feff}'), ENGLISH);
}

#[cfg(feature = "html")]
#[test]
fn pages_that_declare_what_they_are_not() {
    let page = |declared: &str, text: &str| {
        format!(
            "<!DOCTYPE html><html><head><meta charset=\"{declared}\"><title>Ferry</title></head>\
             <body><article><h1>Ferry</h1><p>{text}</p><p>{text}</p></article></body></html>"
        )
    };
    let as_bytes = |label: &str, declared: &str, text| encoded(label, &page(declared, text));
    let marked = |declared: &str| format!("\u{feff}{}", page(declared, ENGLISH));
    let cases = [
        // declared, in truth, text, bytes
        (
            "iso-8859-1",
            "windows-1252",
            ENGLISH,
            as_bytes("windows-1252", "iso-8859-1", ENGLISH),
        ),
        (
            "us-ascii",
            "windows-1252",
            ENGLISH,
            as_bytes("windows-1252", "us-ascii", ENGLISH),
        ),
        (
            "utf-8",
            "windows-1252",
            ENGLISH,
            as_bytes("windows-1252", "utf-8", ENGLISH),
        ),
        (
            "utf-8",
            "windows-1251",
            RUSSIAN,
            as_bytes("windows-1251", "utf-8", RUSSIAN),
        ),
        (
            "iso-8859-1",
            "utf-8",
            ENGLISH,
            page("iso-8859-1", ENGLISH).into_bytes(),
        ),
        (
            "windows-1251",
            "utf-8",
            RUSSIAN,
            page("windows-1251", RUSSIAN).into_bytes(),
        ),
        (
            "windows-1252, with one byte that is in that",
            "utf-8",
            ENGLISH,
            [page("windows-1252", ENGLISH).as_bytes(), b"<p>caf\xe9</p>"].concat(),
        ),
        (
            "iso-8859-1",
            "windows-1251",
            RUSSIAN,
            as_bytes("windows-1251", "iso-8859-1", RUSSIAN),
        ),
        (
            "shift_jis",
            "windows-1251",
            RUSSIAN,
            as_bytes("windows-1251", "shift_jis", RUSSIAN),
        ),
        (
            "iso-8859-2",
            "iso-8859-2",
            CZECH,
            as_bytes("iso-8859-2", "iso-8859-2", CZECH),
        ),
        (
            "utf-16",
            "windows-1252",
            ENGLISH,
            as_bytes("windows-1252", "utf-16", ENGLISH),
        ),
        (
            "utf-16",
            "utf-8",
            ENGLISH,
            page("utf-16", ENGLISH).into_bytes(),
        ),
        (
            "no-such-thing",
            "windows-1252",
            ENGLISH,
            as_bytes("windows-1252", "no-such-thing", ENGLISH),
        ),
        (
            "iso-8859-1 but marked",
            "utf-8",
            ENGLISH,
            marked("iso-8859-1").into_bytes(),
        ),
        (
            "utf-8 but marked",
            "utf-16le",
            ENGLISH,
            wide(&marked("utf-8"), u16::to_le_bytes),
        ),
        (
            "iso-8859-1 but marked",
            "utf-16be",
            ENGLISH,
            wide(&marked("iso-8859-1"), u16::to_be_bytes),
        ),
        (
            "utf-8",
            "utf-16le",
            ENGLISH,
            wide(&page("utf-8", ENGLISH), u16::to_le_bytes),
        ),
        (
            "utf-8",
            "utf-16be",
            RUSSIAN,
            wide(&page("utf-8", RUSSIAN), u16::to_be_bytes),
        ),
    ];
    for (declared, truth, text, bytes) in cases {
        let got = read("a.html", &bytes).document;
        assert_eq!(got.encoding, truth, "declared {declared}");
        assert!(got.text.contains(text), "declared {declared}: {}", got.text);
    }
}
