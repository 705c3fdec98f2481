//! Names: which words name a person, which mentions name the same one, and what that person is called in full.
//!
//! The main type is [`People`]. Mentions of one last name form a cluster, folded over transliterations; the longest
//! mention names it. Places, organisations and days are no people.

use hashbrown::HashMap;
use wirecopy_text::ByteSpan;

use super::tokens::{Kind, Token};
use super::word_classes::{CUE, Flags, PRONOUN};

/// Longest name in words, particles and initials included.
const MAX_NAME: usize = 6;

/// Lower-case words inside names.
const PARTICLES: &[&str] = &[
    "de", "del", "della", "di", "da", "dos", "van", "von", "bin", "ibn", "al", "el", "la", "le",
    "du", "d",
];

/// What a run of capitalised words names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// The person of this number.
    Person(u32),
    /// A body or a place.
    Body,
}

/// One run of capitalised words, with offices before it cut off.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// First token of the name.
    pub(crate) start: u32,
    /// First token of the run, offices included.
    pub(crate) lead: u32,
    /// One past the last token.
    pub(crate) end: u32,
    /// What it names.
    pub(crate) named: Named,
}

/// One person of a document.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// The longest mention.
    pub(crate) name: ByteSpan,
    /// Words of the longest mention.
    words: u32,
    /// Folded given name; empty if only the last name is known.
    first: String,
    /// Full mentions so far.
    full: u32,
    /// `MALE`, `FEMALE`, or nothing.
    pub(crate) gender: Flags,
    /// Byte spans of nouns that say what the person does, a few.
    pub(crate) roles: Vec<ByteSpan>,
}

/// The people of a document.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// By first mention.
    pub(crate) persons: Vec<Person>,
    /// In order of the text; [`Token::mention`] points here.
    pub(crate) mentions: Vec<Mention>,
    by_last: HashMap<String, Vec<u32>>,
    by_first: HashMap<String, Vec<u32>>,
}

/// Finds the names among `tokens` and writes their numbers into them. `town` holds the words of the dateline's place,
/// which is nobody's name where it stands alone. O(tokens).
pub(crate) fn find(text: &str, tokens: &mut [Token], town: &str) -> People {
    set_places(text, tokens, town);
    let mut people = People::default();
    let runs = runs(text, tokens);
    for run in runs.iter().filter(|r| r.end - r.start >= 2 && !r.body) {
        people.full_name(text, tokens, *run);
    }
    for run in runs {
        let named = if run.body {
            Some(Named::Body)
        } else {
            people.named(text, tokens, run)
        };
        let Some(named) = named else { continue };
        let number = u32::try_from(people.mentions.len()).unwrap_or(u32::MAX);
        tokens[run.start..run.end]
            .iter_mut()
            .for_each(|t| t.mention = number);
        people.mentions.push(Mention {
            start: to_u32(run.start),
            lead: to_u32(run.lead),
            end: to_u32(run.end),
            named,
        });
        if let Named::Person(person) = named {
            people.learn(tokens, run, person);
        }
    }
    people
}

/// Marks the words of `town` as a place wherever no other capital stands beside them.
fn set_places(text: &str, tokens: &mut [Token], town: &str) {
    let words: Vec<String> = town.split_whitespace().map(fold).collect();
    if words.is_empty() || tokens.len() < words.len() {
        return;
    }
    let capital = |t: Option<&Token>| t.is_some_and(|t| t.kind == Kind::Capital);
    for at in 0..=tokens.len() - words.len() {
        let end = at + words.len();
        let same = |(t, word): (&Token, &String)| {
            t.kind == Kind::Capital && fold(t.span.of(text)) == *word
        };
        let beside =
            capital(at.checked_sub(1).and_then(|b| tokens.get(b))) || capital(tokens.get(end));
        if !beside && tokens[at..end].iter().zip(&words).all(same) {
            for token in &mut tokens[at..end] {
                token.flags = Flags::PLACE;
            }
        }
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[derive(Clone, Copy)]
struct Run {
    lead: usize,
    start: usize,
    end: usize,
    body: bool,
}

/// Runs of capitalised words that may be names.
fn runs(text: &str, tokens: &[Token]) -> Vec<Run> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let opening = matches!(tokens[at].span.of(text), "Von" | "Van" | "De");
        let particle = opening.then(|| particles_at(text, tokens, at)).flatten();
        if !may_name(&tokens[at]) && particle.is_none() {
            at += 1;
            continue;
        }
        let lead = at;
        at += particle.unwrap_or(1);
        while at < tokens.len() && !tokens[at - 1].is(Flags::OWN) {
            if may_name(&tokens[at]) {
                at += 1;
            } else if let Some(step) = particles(text, tokens, at) {
                at += step;
            } else {
                break;
            }
        }
        out.extend(name_in(text, tokens, lead, at));
    }
    out
}

fn may_name(token: &Token) -> bool {
    let barred = Flags(
        Flags::DET.0
            | Flags::PREP.0
            | Flags::CONJ.0
            | Flags::SUB.0
            | PRONOUN.0
            | Flags::TIME.0
            | Flags::AUX.0
            | Flags::ADVERB.0
            | Flags::WHO.0
            | Flags::SAY.0
            | Flags::ACCORDING.0
            | Flags::REPORTED.0,
    );
    let given = Flags::MALE | Flags::FEMALE;
    let known = token.is(given) && !token.is(Flags::AUX | Flags::SUB) || token.is(Flags::PLACE);
    token.kind == Kind::Capital && (!token.is(barred) && !token.is(Flags::WEAK) || known)
}

/// Tokens from `at` on that are particles of a name (`van der`) with the capital after them.
fn particles(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let single = PARTICLES.contains(&word(text, tokens, at));
    let one = (single && tokens.get(at + 1).is_some_and(may_name)).then_some(2);
    particles_at(text, tokens, at).or(one)
}

/// As [`particles`], for two of them, in any case.
fn particles_at(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let two = matches!(
        (word(text, tokens, at), word(text, tokens, at + 1)),
        ("von" | "van" | "Von" | "Van", "der" | "den" | "dem") | ("de" | "De", "la" | "los")
    );
    (two && tokens.get(at + 2).is_some_and(may_name)).then_some(3)
}

fn word<'t>(text: &'t str, tokens: &[Token], at: usize) -> &'t str {
    tokens
        .get(at)
        .filter(|t| t.kind.is_word())
        .map_or("", |t| t.span.of(text))
}

/// Cuts offices, nations and bodies off the front of a run, and judges what is left.
fn name_in(text: &str, tokens: &[Token], lead: usize, end: usize) -> Option<Run> {
    let start = after_offices(tokens, lead, end);
    let last = &tokens[end - 1];
    let lone = end - start == 1;
    let lone_office = lone && last.is(OFFICE | Flags::ADJECTIVE);
    if end - start > MAX_NAME || lone_office {
        return None;
    }
    let acronym = lone && start == lead && is_acronym(last.span.of(text));
    let articled = lead.checked_sub(1).is_some_and(|b| {
        let t = &tokens[b];
        t.kind == Kind::Number || t.kind.is_word() && t.is(Flags::DET) && !t.is(PRONOUN)
    });
    let thing = articled && start == lead && !lone && !is_given(&tokens[start]);
    Some(Run {
        lead,
        start,
        end,
        body: thing || acronym || names_body(&tokens[start..end]),
    })
}

/// What stands before a name.
const OFFICE: Flags = Flags(Flags::TITLE.0 | Flags::ROLE.0);

/// The first token of `lead..end` behind offices, nations and bodies; at least one token is left.
fn after_offices(tokens: &[Token], lead: usize, end: usize) -> usize {
    let title = tokens[lead..end - 1]
        .iter()
        .rposition(|t| t.is(OFFICE) && !is_given(t));
    let mut start = title.map_or(lead, |title| lead + title + 1);
    while start + 2 < end
        && tokens[start].is(Flags::ADJECTIVE | Flags::PLACE | Flags::ORG)
        && !is_given(&tokens[start])
    {
        start += 1;
    }
    start
}

/// Whether a word has capitals inside, and not as `McKay` or `Anne-Marie` have.
fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() > 1
        && !word.starts_with("Mc")
        && !word.starts_with("Mac")
        && !word.contains('-')
}

/// Whether the words of a name are those of a body, a place or a work.
fn names_body(words: &[Token]) -> bool {
    let (first, last) = (&words[0], &words[words.len() - 1]);
    let body = last.is(Flags::ORG | Flags::PLACE | Flags::WORK)
        || words.iter().any(|t| t.is(Flags::ORG) && !is_given(t));
    body && !(is_given(first) && words.len() >= 2 && !last.is(Flags::ORG))
}

fn is_given(token: &Token) -> bool {
    token.is(Flags::MALE | Flags::FEMALE) && !token.is(Flags::TITLE)
}

/// Folds a name for comparison: case, accents, doubled letters and common transliterations (`Yury` = `Yuri`,
/// `Zelenskyy` = `Zelensky`).
pub(crate) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        let base = match c {
            'á' | 'à' | 'â' | 'ã' | 'å' | 'ä' | 'ā' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ё' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'j' | 'y' | 'ī' | 'ı' => 'i',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => 'o',
            'ú' | 'ù' | 'û' | 'ü' | 'ū' => 'u',
            'ç' | 'ć' | 'č' => 'c',
            'ñ' | 'ń' => 'n',
            'š' | 'ś' | 'ş' => 's',
            'ž' | 'ź' | 'ż' => 'z',
            'ł' => 'l',
            'w' => 'v',
            '\'' | '’' | '-' | '.' | '\u{300}'..='\u{36f}' => continue,
            other => other,
        };
        if !out.ends_with(base) {
            out.push(base);
        }
    }
    for (long, short) in [
        ("kh", "h"),
        ("ph", "f"),
        ("ks", "x"),
        ("ou", "u"),
        ("dzh", "j"),
        ("sch", "sh"),
    ] {
        if out.contains(long) {
            out = out.replace(long, short);
        }
    }
    out
}

impl People {
    fn word(text: &str, tokens: &[Token], at: usize) -> String {
        fold(tokens[at].span.of(text))
    }

    /// Index of the last word of the name that is no suffix (`Jr`, `III`).
    fn last_word(text: &str, tokens: &[Token], run: Run) -> usize {
        let suffix =
            |i: usize| matches!(tokens[i].span.of(text), "Jr" | "Sr" | "II" | "III" | "IV");
        let mut last = run.end - 1;
        while last > run.start && suffix(last) {
            last -= 1;
        }
        last
    }

    /// First pass: a name of two words or more joins the person with the same last name and a fitting given name.
    fn full_name(&mut self, text: &str, tokens: &[Token], run: Run) {
        let last = Self::word(text, tokens, Self::last_word(text, tokens, run));
        let first = Self::word(text, tokens, run.start);
        let known = self.by_last.get(&last).and_then(|list| {
            list.iter()
                .copied()
                .find(|&p| fits(&self.persons[p as usize].first, &first))
        });
        let span = tokens[run.start].span.cover(tokens[run.end - 1].span);
        let words = to_u32(run.end - run.start);
        if let Some(known) = known {
            let person = &mut self.persons[known as usize];
            person.full += 1;
            if words > person.words || words == person.words && span.len() > person.name.len() {
                person.words = words;
                person.name = span;
            }
            return;
        }
        let number = self.add(span, words, first.clone());
        self.by_last.entry(last).or_default().push(number);
        self.by_first.entry(first).or_default().push(number);
    }

    fn add(&mut self, name: ByteSpan, words: u32, first: String) -> u32 {
        let number = to_u32(self.persons.len());
        self.persons.push(Person {
            name,
            words,
            first,
            full: 1,
            gender: Flags(0),
            roles: Vec::new(),
        });
        number
    }

    /// Second pass: whom a run names. A lone last name goes to the person most often named in full.
    fn named(&mut self, text: &str, tokens: &[Token], run: Run) -> Option<Named> {
        let last = Self::word(text, tokens, Self::last_word(text, tokens, run));
        if run.end - run.start >= 2 {
            let first = Self::word(text, tokens, run.start);
            let list = self.by_last.get(&last)?;
            return list
                .iter()
                .copied()
                .find(|&p| fits(&self.persons[p as usize].first, &first))
                .map(Named::Person);
        }
        let titled = title_gender(tokens, run);
        if let Some(list) = self.by_last.get(&last) {
            let fit =
                |p: &&u32| titled.0 == 0 || self.persons[**p as usize].gender.0 & titled.0 != 0;
            let pool = list.iter().find(fit).or(list.first());
            let best = list
                .iter()
                .filter(fit)
                .max_by_key(|&&p| (self.persons[p as usize].full, std::cmp::Reverse(p)));
            return best.or(pool).copied().map(Named::Person);
        }
        if let Some([only]) = self.by_first.get(&last).map(Vec::as_slice) {
            return Some(Named::Person(*only));
        }
        let opening = run.lead == 0
            || !tokens[run.lead - 1].kind.is_word() && tokens[run.lead - 1].kind != Kind::Comma;
        let certain = run.lead < run.start || is_given(&tokens[run.start]);
        if !certain && (opening && !beside_cue(tokens, run)) {
            return None;
        }
        if !certain && !beside_cue(tokens, run) {
            return None;
        }
        let number = self.add(tokens[run.start].span, 1, String::new());
        self.by_last.entry(last).or_default().push(number);
        Some(Named::Person(number))
    }

    /// Notes gender and roles that stand around a mention.
    fn learn(&mut self, tokens: &[Token], run: Run, person: u32) {
        let given = tokens[run.start].flags;
        let mut gender = title_gender(tokens, run);
        if gender.0 == 0 && run.end - run.start >= 2 && !given.any(Flags::TITLE) {
            gender = Flags(given.0 & (Flags::MALE.0 | Flags::FEMALE.0));
        }
        let both = Flags::MALE.0 | Flags::FEMALE.0;
        let person = &mut self.persons[person as usize];
        if person.gender.0 == 0 && gender.0 != both {
            person.gender = gender;
        }
        if person.roles.len() < 8 {
            let before = tokens[..run.start]
                .iter()
                .rev()
                .take(3)
                .take_while(|t| t.kind.is_word());
            person.roles.extend(
                before
                    .filter(|t| t.is(Flags::ROLE | Flags::TITLE))
                    .map(|t| t.span),
            );
            if tokens.get(run.end).is_some_and(|t| t.kind == Kind::Comma) {
                let after = tokens[run.end + 1..]
                    .iter()
                    .take(7)
                    .take_while(|t| t.kind.is_word() && !t.is(CUE));
                person.roles.extend(
                    after
                        .filter(|t| t.is(Flags::ROLE) && !t.is(Flags::OWN))
                        .map(|t| t.span),
                );
            }
        }
    }
}

/// Whether two folded given names may be one person's: equal, an initial, one a beginning of the other, or unknown.
fn fits(a: &str, b: &str) -> bool {
    a.is_empty()
        || b.is_empty()
        || a.starts_with(b)
        || b.starts_with(a)
        || is_short_form(a, b)
        || is_short_form(b, a)
}

fn is_short_form(short: &str, long: &str) -> bool {
    const FORMS: &[(&str, &str)] = &[
        ("bil", "viliam"),
        ("bob", "robert"),
        ("iim", "iames"),
        ("ioe", "iosef"),
        ("mike", "michael"),
        ("tom", "thomas"),
        ("dick", "richard"),
        ("rick", "richard"),
        ("ted", "eduard"),
        ("iack", "iohn"),
        ("chuck", "charles"),
        ("toni", "anthoni"),
        ("liz", "elizabeth"),
        ("kate", "katherine"),
        ("beth", "elizabeth"),
        ("bernie", "bernard"),
        ("ieb", "iohn"),
        ("mitch", "mitchel"),
        ("hari", "harold"),
        ("dave", "david"),
    ];
    FORMS.contains(&(short, long))
}

fn title_gender(tokens: &[Token], run: Run) -> Flags {
    let both = Flags::MALE.0 | Flags::FEMALE.0;
    let titles = tokens[run.lead..run.start]
        .iter()
        .filter(|t| t.is(Flags::TITLE | Flags::ROLE));
    Flags(titles.fold(0, |all, t| all | t.flags.0 & both))
}

/// Whether a verb of saying stands next to the run.
fn beside_cue(tokens: &[Token], run: Run) -> bool {
    let cue = |t: &Token| t.is(CUE);
    let after = tokens[run.end..]
        .iter()
        .take(2)
        .find(|t| !t.is(Flags::ADVERB | Flags::AUX));
    let before = tokens[..run.lead]
        .iter()
        .rev()
        .take(2)
        .find(|t| !t.is(Flags::ADVERB | Flags::AUX));
    after.is_some_and(cue) || before.is_some_and(|t| cue(t) || t.is(Flags::ACCORDING))
}
