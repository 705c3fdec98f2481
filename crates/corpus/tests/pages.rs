//! Pages from file to document: text, metadata, encodings, and pages built to hurt.
#![cfg(feature = "html")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot set up its files has nothing to say"
)]

use std::time::{Duration, Instant};

use wirecopy_corpus::read::HtmlMode;
use wirecopy_corpus::{Decoded, Inputs, ReadError, ReadOptions, decode};
use wirecopy_document::TextOrigin;
use wirecopy_document::page_metadata::{Field, Origin};

const PARAGRAPHS: [&str; 4] = [
    "The car ferry Halcyon ran aground off Lorne Point on Wednesday morning with 214 passengers aboard, the harbour master said.",
    "Nobody was hurt. Two lifeboats stood by for three hours until the tide lifted the ferry off the sandbank, and a tug brought her to the quay.",
    "“We knew the channel had moved, and we asked for it to be dredged,” said Ines Okafor, who runs the café on the pier.",
    "The company that owns the ferry said that the service would be suspended until divers have looked at the hull, and that tickets would be refunded.",
];

fn page(charset: &str) -> String {
    let body: String = PARAGRAPHS.iter().map(|p| format!("<p>{p}</p>\n")).collect();
    format!(
        "<!DOCTYPE html><html lang=en><head><meta charset={charset}><title>Ferry aground – Lorne Courier</title>\
         <meta property=og:site_name content='Lorne Courier'><meta property='article:published_time' content='2024-05-01T08:00:00Z'>\
         <script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Ferry aground\"}}</script></head>\
         <body><nav><a href=/>Home</a> <a href=/news>News</a> <a href=/sport>Sport</a></nav>\
         <article><h1>Ferry aground</h1>{body}</article>\
         <footer>© Lorne Courier. <a href=/privacy>Privacy</a> <a href=/terms>Terms</a></footer></body></html>"
    )
}

fn read(name: &str, bytes: &[u8], html: HtmlMode) -> Vec<Result<Decoded, ReadError>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    let options = ReadOptions {
        html,
        ..ReadOptions::default()
    };
    let inputs = Inputs::open(&[folder.path().into()], options).unwrap();
    inputs.map(|raw| raw.and_then(|raw| decode(&raw))).collect()
}

fn one(name: &str, bytes: &[u8], html: HtmlMode) -> Decoded {
    read(name, bytes, html).remove(0).unwrap()
}

#[test]
fn both_modes_find_the_article_and_leave_the_chrome() {
    for mode in [HtmlMode::Accurate, HtmlMode::Fast] {
        let Decoded { document, .. } = one("a.html", page("utf-8").as_bytes(), mode);
        for paragraph in PARAGRAPHS {
            assert!(
                document.text.contains(paragraph),
                "{mode:?}: {}",
                document.text
            );
        }
        assert!(
            !document.text.contains("Privacy") && !document.text.contains("Sport"),
            "{mode:?}: {}",
            document.text
        );
        assert_eq!(document.text_origin, TextOrigin::Derived);
        let fields = [
            &document.title,
            &document.source,
            &document.published,
            &document.language,
        ];
        let fields: Vec<_> = fields
            .iter()
            .map(|field| field.as_deref().unwrap_or_default())
            .collect();
        assert_eq!(
            fields,
            [
                "Ferry aground",
                "Lorne Courier",
                "2024-05-01T08:00:00Z",
                "en"
            ]
        );
        let published = document
            .statements
            .iter()
            .find(|s| s.subject == Field::Published);
        assert_eq!(published.unwrap().origin, Origin::ArticleProperty);
    }
}

#[test]
fn the_declared_encoding_is_believed_where_it_fits() {
    let text = |bytes: &[u8]| one("a.htm", bytes, HtmlMode::Accurate).document;
    let plain = text(page("utf-8").as_bytes());
    let source = page("windows-1252");
    let bytes = encoding_rs::WINDOWS_1252.encode(&source).0;
    let old = text(&bytes);
    assert_eq!(
        (old.text, old.encoding.as_ref()),
        (plain.text.clone(), "windows-1252")
    );
    let lying = text(page("iso-8859-1").as_bytes());
    assert_eq!((lying.text, lying.encoding.as_ref()), (plain.text, "utf-8"));
}

#[test]
fn html_in_a_field_is_unwrapped() {
    let body: String = PARAGRAPHS.iter().map(|p| format!("<p>{p}</p>")).collect();
    let records = [
        serde_json::json!({"content": page("utf-8"), "title": "Its own"}),
        serde_json::json!({"content": body}),
        serde_json::json!({"content": "plain <b>text</b>"}),
    ];
    let lines: String = records.iter().map(|r| format!("{r}\n")).collect();
    let items: Vec<_> = read("a.jsonl", lines.as_bytes(), HtmlMode::Accurate)
        .into_iter()
        .map(|i| i.unwrap().document)
        .collect();
    assert_eq!(items[0].title.as_deref(), Some("Its own"));
    assert!(items[0].text.contains(PARAGRAPHS[2]) && !items[0].text.contains("Privacy"));
    assert_eq!(items[1].text, PARAGRAPHS.join("\n\n"));
    assert_eq!(
        (items[2].text.as_str(), items[2].text_origin),
        ("plain <b>text</b>", TextOrigin::Source)
    );
}

/// A page whose body is `story` between navigation and a footer.
fn page_around(story: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Ferry aground</title></head><body>\
         <nav><a href=/>Home</a> <a href=/news>News</a></nav>{story}\
         <footer><p>© Lorne Courier. All rights reserved.</p></footer></body></html>"
    )
}

/// Each paragraph in `tag`.
fn tagged(open: &str, close: &str) -> String {
    PARAGRAPHS
        .iter()
        .map(|p| format!("{open}{p}{close}"))
        .collect()
}

#[test]
fn each_paragraph_is_kept_once_whatever_the_layout() {
    let [a, b, c, d] = PARAGRAPHS;
    let head = "<h1>Ferry aground</h1>";
    let story = tagged("<p>", "</p>");
    let window = "<p>We and our 132 partners use cookies and process personal data with your consent, for advertising \
        and for measurement. You may refuse.</p>"
        .repeat(9);
    let offer = "<p>Our letter brings you the news of the coast each morning. Sign up now, and leave when you like.</p>"
        .repeat(9);
    let layouts = [
        format!("<div class=story>{head}{}</div>", tagged("", "<br><br>")),
        format!(
            "<article>{head}<figure><img src=a.jpg></figure>{a}<h2>Rescue</h2>{b}<ul><li>One</li></ul>{c}<p>{d}</p></article>"
        ),
        format!(
            "<table><tr><td><a href=/a>Archive</a></td><td>{head}{}</td></tr></table>",
            tagged("", "<br><br>")
        ),
        format!(
            "<article>{head}<ul>{}</ul></article>",
            tagged("<li>", "</li>")
        ),
        format!("<div>{}</div>", tagged("<div><div>", "</div></div>")),
        format!(
            "<article>{head}<p>{a}</p><p><a href=/x><b>{b}</b></a></p><p>{c}</p><p><a href=/y>{d}</a></p></article>"
        ),
        format!(
            "<article class=desktop>{head}{story}</article><article class=mobile>{head}{story}</article>"
        ),
        format!(
            "<div class=mobile>{head}<p>{a}</p><p>{b}</p></div><div class=desktop>{head}{story}</div>"
        ),
        format!(
            "<article>{head}{story}</article><div hidden>{story}</div><template>{story}</template>"
        ),
        format!(
            "<div class=modal role=dialog>{window}<button>Accept all</button></div><article>{head}{story}</article>"
        ),
        format!("<div id=c>{window}<a href=#>Accept all</a></div><div>{head}{story}</div>"),
        format!(
            "<div class=newsletter-popup aria-modal=true>{offer}</div><main aria-hidden=true>{head}{story}</main>"
        ),
        format!(
            "<article>{head}<p>{a}</p><p>{b}</p><p>{c}</p><aside>“We knew the channel had moved”</aside><p>{d}</p></article>"
        ),
    ];
    for (number, layout) in layouts.iter().enumerate() {
        for mode in [HtmlMode::Accurate, HtmlMode::Fast] {
            let text = one("a.html", page_around(layout).as_bytes(), mode)
                .document
                .text;
            for paragraph in PARAGRAPHS {
                assert_eq!(
                    text.matches(paragraph).count(),
                    1,
                    "{number} {mode:?}: {text}"
                );
            }
            let foreign = ["partners", "Sign up", "All rights", "Archive", "Home"];
            assert!(
                !foreign.iter().any(|word| text.contains(word)),
                "{number} {mode:?}: {text}"
            );
            assert_eq!(
                text.matches("the channel had moved").count(),
                1,
                "{number} {mode:?}: {text}"
            );
        }
    }
}

#[test]
fn cells_readings_and_quotations_read_as_a_browser_shows_them() {
    let story = format!(
        "<article>{}<table><tr><th>Member</th><th>Vote</th></tr><tr><td>Rita Collins</td><td>for</td></tr></table>\
         <p><ruby>港<rt>みなと</rt></ruby>の船は水曜日に座礁したが、けが人はいなかったと会社は木曜日に発表した。</p>\
         <p><q>The tide was late,</q> said Tom Hale, who has steered her for eleven years and more.</p>\
         <p>The inquiry opens in May, the harbour board said, and its report is due before the winter.</p></article>",
        tagged("<p>", "</p>")
    );
    for mode in [HtmlMode::Accurate, HtmlMode::Fast] {
        let text = one("a.html", page_around(&story).as_bytes(), mode)
            .document
            .text;
        for shown in [
            "Member Vote\n",
            "Rita Collins for\n",
            "港の船は",
            "“The tide was late,” said",
        ] {
            assert!(text.contains(shown), "{mode:?} {shown}: {text}");
        }
    }
}

#[test]
fn a_zero_byte_is_skipped_and_a_date_stays_as_the_page_has_it() {
    let page = page("utf-8").replace("2024-05-01T08:00:00Z", "2024-05-01T23:30:00-05:00");
    let damaged = page.replace("Nobody was", "Nobody\0 was");
    for mode in [HtmlMode::Accurate, HtmlMode::Fast] {
        let whole = one("a.html", page.as_bytes(), mode).document;
        let got = one("a.html", damaged.as_bytes(), mode).document;
        assert_eq!(got.text, whole.text);
        assert_eq!(got.published.as_deref(), Some("2024-05-01T23:30:00-05:00"));
    }
}

#[test]
fn formatting_left_open_costs_no_more_than_the_page() {
    let open = "<main><b><i>".repeat(400) + &"<p>word word word.</p>".repeat(400);
    let Decoded { document, .. } = one("a.html", open.as_bytes(), HtmlMode::Accurate);
    assert!(document.text.len() <= open.len(), "{}", document.text.len());
}

#[test]
fn pages_built_to_hurt_end_within_two_seconds() {
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
    let cases = [
        ("nested", "<div>".repeat(200_000)),
        ("paragraphs never closed", "<p>word ".repeat(125_000)),
        (
            "items never closed",
            "<ul>".to_owned() + &"<li>word and word ".repeat(50_000),
        ),
        ("spans", "<span>word</span> ".repeat(60_000)),
        ("links", "<a href=/x>word word</a> ".repeat(40_000)),
        (
            "deep but allowed",
            format!(
                "{}{}",
                "<div>".repeat(500),
                "<p>word word word.</p>".repeat(500)
            ),
        ),
        ("attributes", format!("<p{attributes}>text</p>")),
        (
            "scripts",
            "<script>if (a < b) { '</p>' }</script>".repeat(25_000),
        ),
        ("open script", format!("<script>{}", "x<y ".repeat(250_000))),
        (
            "formatting",
            (0..60_000).map(|n| format!("<b id={n}><p>w")).collect(),
        ),
        ("tables", "<table><tr><td>".repeat(30_000)),
        ("entities", "&amp;&#x41;&nosuch".repeat(60_000)),
        ("open comment", "<!-- <p>".repeat(100_000)),
        ("one long text", "word ".repeat(200_000)),
    ];
    let mut late = Vec::new();
    for (name, body) in cases {
        for mode in [HtmlMode::Accurate, HtmlMode::Fast] {
            let start = Instant::now();
            let got = read("a.html", format!("<html><body>{body}").as_bytes(), mode);
            let code = got[0].as_ref().map_or_else(ReadError::code, |d| {
                if d.document.text.is_empty() {
                    "nothing"
                } else {
                    "text"
                }
            });
            eprintln_for_people(name, mode, code, start.elapsed());
            if start.elapsed() > Duration::from_secs(2) {
                late.push((name, mode, start.elapsed()));
            }
            assert!(
                matches!(code, "text" | "page_too_complex" | "no_article"),
                "{name}: {code}"
            );
        }
    }
    assert!(late.is_empty(), "{late:?}");
}

#[allow(
    clippy::print_stderr,
    reason = "shown with --nocapture, to choose the limits by"
)]
fn eprintln_for_people(name: &str, mode: HtmlMode, code: &str, took: Duration) {
    eprintln!("{name}, {mode:?}: {code} in {took:?}");
}
