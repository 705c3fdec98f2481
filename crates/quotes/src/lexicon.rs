//! Word classes that attribution goes by, for ten languages or groups of near languages.
//!
//! The main type is [`Lexicon`]: a closed table from lower-case words to [`Flags`]. The lists were written for this
//! project from general knowledge of the languages and of newsroom style; verbs were then checked against the cue
//! words of annotated news.

use std::sync::LazyLock;

use hashbrown::HashMap;

use super::word_classes::{Flags, PRONOUN};
use wirecopy_text::Language;

/// How a language writes what persons say in turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialogue {
    /// Between quotation marks alone.
    Marks,
    /// Also behind a dash at the start of the paragraph.
    Dashes,
}

/// The table of one language.
pub(crate) struct Lexicon {
    words: HashMap<&'static str, Flags>,
    suffixes: &'static [(&'static str, Flags)],
    /// How it writes dialogues.
    pub(crate) dialogue: Dialogue,
    /// Articles, prepositions and pronouns that lose their vowel before another word's: `l'` in `l'accusé`.
    elided: &'static [&'static str],
}

impl Lexicon {
    /// The table for `language`; English serves for languages without one.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::German => &DE,
            Language::French => &FR,
            Language::Spanish => &ES,
            Language::Italian => &IT,
            Language::Portuguese => &PT,
            Language::English | Language::Other => &EN,
        }
    }

    /// The table for `text`, and its language: that of `language`, unless one of a language without a name here knows
    /// far more of the words at the text's beginning, names and places aside. Guesses of languages know few, and take Polish for one of
    /// theirs. O(1).
    pub(crate) fn for_text(text: &str, language: Language) -> (&'static Self, Language) {
        let named = Self::of(language);
        let words = || {
            let words = text.split(|c: char| !c.is_alphanumeric());
            words.filter(|word| !word.is_empty()).take(VOTERS)
        };
        let mut counts = [0_usize; UNNAMED];
        for word in words() {
            let tables = with_lower_case(word, |lower| KNOWN_TO.get(lower)).copied();
            for (table, count) in counts.iter_mut().enumerate() {
                *count += usize::from(tables.unwrap_or(0) >> table & 1);
            }
        }
        let best = counts.into_iter().zip(unnamed());
        let Some((most, table)) = best.max_by_key(|(count, _)| *count) else {
            return (named, language);
        };
        // Most texts say after a few words that their language's own table knows enough of them.
        let enough = most.saturating_sub(1) * 4 / 5;
        let known = words().filter(|word| named.look_up(word).says_something());
        let known = known.take(enough + 2).count();
        if most > known * 5 / 4 + 1 {
            (table, Language::Other)
        } else {
            (named, language)
        }
    }

    /// Length of the elided word that `word` begins with (`l` in `l'accusé`), unless the whole word is known.
    pub(crate) fn elision(&self, word: &str) -> Option<usize> {
        let (first, rest) = word.split_once(['\'', '’'])?;
        let known = self
            .words
            .contains_key(word.replace('’', "'").to_lowercase().as_str());
        let elided = self.elided.iter().any(|e| e.eq_ignore_ascii_case(first));
        (elided && !known && rest.starts_with(char::is_alphanumeric)).then_some(first.len())
    }

    /// Length of the verb in `dit-il`, `a-t-elle`, where the language puts its pronouns so.
    pub(crate) fn inversion(&self, word: &str) -> Option<usize> {
        if self.elided.is_empty() {
            return None;
        }
        let (verb, pronoun) = word.rsplit_once('-')?;
        let verb = verb.strip_suffix("-t").unwrap_or(verb);
        let plain = self.words.get(pronoun).is_some_and(|f| f.any(PRONOUN));
        (plain && !self.words.contains_key(word) && !verb.is_empty()).then_some(verb.len())
    }

    fn new(
        lists: &[&'static [(Flags, &'static str)]],
        suffixes: &'static [(&'static str, Flags)],
    ) -> Self {
        let mut words = HashMap::with_capacity(2048);
        for (flags, list) in lists.iter().flat_map(|l| l.iter()) {
            for word in list.split_whitespace() {
                let entry = words.entry(word).or_insert(Flags(0));
                *entry = *entry | *flags;
            }
        }
        Self {
            words,
            suffixes,
            dialogue: Dialogue::Marks,
            elided: &[],
        }
    }

    /// The same for a language that writes dialogues behind dashes.
    fn dashed(lists: &[&'static [(Flags, &'static str)]]) -> Self {
        Self {
            dialogue: Dialogue::Dashes,
            ..Self::new(lists, &[])
        }
    }

    /// Classes of `word`, in any case. O(length of the word).
    pub(crate) fn look_up(&self, word: &str) -> Flags {
        if word.is_ascii() && word.len() > LONGEST_ASCII {
            return Flags(0);
        }
        let found = with_lower_case(word, |lower| self.words.get(lower));
        found.copied().unwrap_or_else(|| self.by_suffix(word))
    }

    fn by_suffix(&self, word: &str) -> Flags {
        if word.len() < 6 {
            return Flags(0);
        }
        let found = self
            .suffixes
            .iter()
            .find(|(suffix, _)| word.ends_with(suffix));
        let capital = word.starts_with(char::is_uppercase);
        found.map_or(Flags(0), |&(_, flags)| {
            if capital && flags == Flags::ADVERB {
                Flags(0)
            } else {
                flags
            }
        })
    }
}

/// Longest ASCII word that a table holds, in bytes; of others, [`LONGEST`].
const LONGEST_ASCII: usize = 24;
const LONGEST: usize = 40;

/// Calls `find` with `word` in lower case; words longer than any that is held are not looked for.
fn with_lower_case<'r, T>(word: &str, find: impl FnOnce(&str) -> Option<&'r T>) -> Option<&'r T> {
    if word.len() > LONGEST {
        return None;
    }
    if !word.is_ascii() {
        return find(word.to_lowercase().as_str());
    }
    let mut buffer = [0_u8; LONGEST_ASCII];
    let lower = buffer.get_mut(..word.len())?;
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    find(std::str::from_utf8(lower).ok()?)
}

/// Number of tables for languages without a name in [`Language`].
const UNNAMED: usize = 4;

/// The tables for languages without a name in [`Language`].
fn unnamed() -> [&'static Lexicon; UNNAMED] {
    [&RU, &PL, &NORTH, &NL]
}

/// Words by which [`unnamed`] tables tell their language: bit `i` is set where table `i` knows the word.
static KNOWN_TO: LazyLock<HashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (table, lexicon) in unnamed().into_iter().enumerate() {
        let words = lexicon.words.iter();
        for (&word, _) in words.filter(|(_, flags)| flags.says_something()) {
            *known.entry(word).or_insert(0) |= 1 << table;
        }
    }
    known
});

static EN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(&[super::words_en::WORDS, NAMES], super::words_en::SUFFIXES));
static DE: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(&[super::words_de::WORDS, NAMES], super::words_de::SUFFIXES));
static FR: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    elided: &[
        "l", "d", "qu", "c", "j", "m", "n", "s", "t", "jusqu", "lorsqu", "puisqu",
    ],
    ..Lexicon::dashed(&[super::words_romance::FRENCH, NAMES])
});
static ES: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::dashed(&[super::words_romance::SPANISH, NAMES]));
static IT: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    elided: &[
        "l", "un", "d", "all", "dall", "dell", "nell", "sull", "coll", "c", "m", "s", "t", "v",
        "quell", "quest",
    ],
    ..Lexicon::dashed(&[super::words_romance::ITALIAN, NAMES])
});
static PT: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::dashed(&[super::words_romance::PORTUGUESE, NAMES]));
static NL: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::new(&[super::words_more::DUTCH, NAMES], &[]));
static NORTH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::dashed(&[super::words_more::SCANDINAVIAN, NAMES]));
static PL: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::dashed(&[super::words_more::POLISH, NAMES]));
static RU: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::dashed(&[super::words_more::RUSSIAN, NAMES]));

/// Words at the beginning of a text that say which table serves it.
const VOTERS: usize = 200;

/// Common given names, which say whether a pronoun fits.
const NAMES: &[(Flags, &str)] = &[
    (
        Flags::MALE,
        "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony \
         steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary \
         nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond \
         patrick jack dennis jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter harold jeremy \
         carl keith roger gerald ethan arthur terry christian sean lawrence austin joe noah jesse albert bryan billy \
         bruce willie jordan dylan alan ralph gabriel roy juan wayne eugene logan randy louis russell vincent philip \
         bobby johnny bradley mike bill tom tim jim bob ben dan dave donald don ted jeb bernie barack chris matt rick \
         steve jeff greg ken ron mitt newt rand marco mitch harry chuck lindsey rush glenn rudy corey reince paulo \
         vladimir sergey sergei dmitry dmitri yuri yury anatoly oleg igor boris ivan alexei mikhail nikolai viktor \
         volodymyr oleksiy emmanuel francois françois pierre jean jacques nicolas hans klaus wolfgang jürgen helmut \
         gerhard karl franz günter horst uwe ulrich dieter heinz bernd rainer manfred werner otto friedrich wilhelm \
         johannes jens sebastian florian tobias markus martin stefan andreas olaf armin guido sigmar joschka jörg \
         matthias thorsten holger volker norbert reinhard rolf ralf detlef dirk kai sven lars erik björn heiko \
         carlos luis jorge pedro miguel javier fernando manuel antonio francisco rafael diego pablo alejandro \
         giovanni giuseppe luca matteo francesco marco paolo roberto silvio mario andrea romano joão luiz tiago \
         mohammed muhammad mohamed ahmed ali hassan hussein mahmoud ibrahim omar abdul khalid benjamin bibi recep \
         xi hu wen wang li kofi ban shinzo hugo evo nelson jacob robert tony gordon nigel jeremy simon graham \
         mr mr. sir lord king prince pope herr señor monsieur signor senhor don bishop father imam congressman \
         chairman spokesman businessman",
    ),
    (
        Flags::FEMALE,
        "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret \
         ashley kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca laura sharon cynthia \
         kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel \
         carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina \
         joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn \
         janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa \
         diana natalie brittany charlotte marie kayla alexis lori hillary ivanka melania carly kellyanne megyn condoleezza \
         jen jill kate kathy katie debbie loretta elena sonia nikki tulsi kamala kirsten claire susana sheryl huma \
         kristen donna ursula angela heidemarie renate claudia sabine petra monika ingrid gabriele brigitte annegret \
         andrea katrin silke anja birgit heike martina susanne ulrike beate ilse christiane franziska svenja annalena \
         sahra cem-less ségolène segolene christine anne marine carmen isabel dolores cristina dilma giorgia emma \
         federica mariana ana lucía lucia sofia irina natalia olga tatiana yulia julija maria ekaterina svetlana \
         theresa jacinda margaret mrs mrs. ms ms. miss madame lady queen princess frau señora signora senhora dame \
         congresswoman chairwoman spokeswoman businesswoman",
    ),
];
