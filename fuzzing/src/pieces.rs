//! What articles are made of: paragraphs of the invented fixtures, and every string that our own sources match on.

use std::io;
use std::path::{Path, PathBuf};

/// Paragraphs and phrases to make articles from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pieces {
    /// Paragraphs of invented articles.
    pub(crate) paragraphs: Vec<String>,
    /// Strings that the sources match on, by the file that they stand in: boilerplate phrases, verbs of saying, agencies,
    /// names of months. A file is chosen first, so that short lists have their turn.
    pub(crate) phrases: Vec<Vec<String>>,
}

/// Longest string of the sources that is taken for a phrase, in bytes.
const LONGEST_PHRASE: usize = 80;

/// Longest paragraph, in bytes: cases stay small enough to be read.
const LONGEST_PARAGRAPH: usize = 420;

impl Pieces {
    /// Reads fixtures and sources of this repository.
    pub(crate) fn read() -> io::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut out = Self::default();
        for folder in ["newsroom/articles", "events"] {
            for file in files(&root.join("fixtures").join(folder))? {
                if ends_with(&file, "txt") {
                    out.add_paragraphs(&std::fs::read_to_string(file)?);
                }
            }
        }
        for language in ["de", "en", "es", "fr", "it", "pt"] {
            let name = format!("fixtures/boilerplate/wild_{language}.txt");
            out.add_paragraphs(&std::fs::read_to_string(root.join(name))?);
        }
        out.paragraphs
            .extend(FOREIGN.iter().map(|&text| text.to_owned()));
        for folder in [
            "document/src",
            "boilerplate/src",
            "quotes/src",
            "lineage/src",
            "detector/src",
            "corpus/src",
            "text/src",
            "core/src/align",
        ] {
            for file in files(&root.join("crates").join(folder))? {
                let strings = strings_of(&file, &std::fs::read_to_string(&file)?);
                if !strings.is_empty() {
                    out.phrases.push(strings);
                }
            }
        }
        Ok(out)
    }

    fn add_paragraphs(&mut self, text: &str) {
        let lines = text.lines().map(str::trim);
        let fitting = lines.filter(|line| (12..LONGEST_PARAGRAPH).contains(&line.len()));
        self.paragraphs.extend(fitting.map(str::to_owned));
    }
}

fn ends_with(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found == extension)
}

/// The source and text files below `folder`, sorted; tests left out.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            out.extend(files(&path)?);
        } else if ends_with(&path, "txt") || ends_with(&path, "rs") {
            out.push(path);
        }
    }
    out.retain(|path| !path.ends_with("tests.rs") && !path.ends_with("weights.txt"));
    out.sort();
    Ok(out)
}

/// The strings that a file matches on: lines of a table, or string literals before the tests of a source.
fn strings_of(file: &Path, content: &str) -> Vec<String> {
    let mut strings: Vec<String> = if ends_with(file, "txt") {
        let lines = content.lines().filter(|line| !line.starts_with(['[', '#']));
        let words = file.ends_with("words.txt");
        lines
            .flat_map(|line| {
                if words {
                    line.split(' ')
                } else {
                    line.split('\n')
                }
            })
            .map(str::to_owned)
            .collect()
    } else {
        let code = content.split("#[cfg(test)]").next().unwrap_or_default();
        code.lines().flat_map(literals).collect()
    };
    strings.retain(|text| !text.trim().is_empty() && text.len() <= LONGEST_PHRASE);
    strings.sort();
    strings.dedup();
    strings
}

/// The string and character literals of one line of code, escapes resolved where they are the usual ones. What it takes for
/// a literal by mistake is one more hostile string.
fn literals(line: &str) -> Vec<String> {
    let line = line.trim_start();
    let is_prose = ["//", "#", "reason ="].iter().any(|&s| line.starts_with(s));
    if is_prose {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c != '"' && c != '\'' {
            continue;
        }
        let mut literal = String::new();
        while let Some(inside) = chars.next() {
            match inside {
                '\\' => literal.extend(escaped(&mut chars)),
                _ if inside == c => break,
                _ => literal.push(inside),
            }
        }
        out.push(literal);
    }
    out
}

fn escaped(chars: &mut std::str::Chars<'_>) -> Option<char> {
    match chars.next()? {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        '0' => Some('\0'),
        'u' => {
            let code: String = chars.by_ref().skip(1).take_while(|&c| c != '}').collect();
            char::from_u32(u32::from_str_radix(&code, 16).ok()?)
        }
        other => Some(other),
    }
}

/// Sentences in scripts that the fixtures do not have. Invented.
const FOREIGN: [&str; 14] = [
    "Το πλοίο προσάραξε τη Δευτέρα κοντά στο λιμάνι και κανείς δεν τραυματίστηκε, είπε ο δήμαρχος.",
    "Паром сел на мель у мыса Лорн, сообщил в понедельник капитан порта. «Никто не пострадал», — сказал он.",
    "Prom osiadł na mieliźnie koło przylądka. – Nikt nie ucierpiał – powiedział kapitan portu.",
    "جنحت العبّارة يوم الاثنين قرب الميناء، وقال رئيس البلدية: «لم يُصب أحد بأذى».",
    "המעבורת עלתה על שרטון ליד הנמל. \"איש לא נפגע\", אמר ראש העיר ביום שני.",
    "เรือเฟอร์รี่เกยตื้นใกล้ท่าเรือเมื่อวันจันทร์ นายกเทศมนตรีกล่าวว่าไม่มีผู้บาดเจ็บ",
    "सोमवार को बंदरगाह के पास नौका फँस गई। महापौर ने कहा, “कोई घायल नहीं हुआ।”",
    "渡轮星期一在港口附近搁浅。市长说:“没有人受伤。”(完)",
    "月曜日、フェリーが港の近くで座礁した。市長は「けが人はいない」と述べた。",
    "월요일 항구 근처에서 여객선이 좌초했다. 시장은 “다친 사람은 없다”고 말했다.",
    "Feribot Pazartesi günü limanın yakınında karaya oturdu. İlçe başkanı “Kimse yaralanmadı” dedi.",
    "Tàu phà mắc cạn gần cảng hôm thứ Hai. Thị trưởng nói: “Không ai bị thương.”",
    "Lautta ajoi karille sataman lähellä. ”Kukaan ei loukkaantunut”, kaupunginjohtaja sanoi.",
    "A komp hétfőn zátonyra futott. „Senki sem sérült meg” – mondta a polgármester.",
];
