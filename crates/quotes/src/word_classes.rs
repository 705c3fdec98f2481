//! The classes that words are sorted into, by the tables of all languages.

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags(pub(crate) u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Flags { $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)* }
    };
}

classes! {
    /// Verbs that are hardly used but for saying: `said`.
    SAY = 0;
    /// Verbs that often say: `called`, `warned`.
    WEAK = 1;
    /// Verb forms without a subject of their own: `saying`.
    PARTICIPLE = 2;
    /// Verbs whose object is the listener: `told`.
    TELL = 3;
    /// Auxiliaries and copulas.
    AUX = 4;
    /// Adverbs.
    ADVERB = 5;
    /// `he`.
    HE = 6;
    /// `she`.
    SHE = 7;
    /// `they`, `it`.
    THEY = 8;
    /// `I`, `we`, `you`.
    ME = 9;
    /// `who`.
    WHO = 10;
    /// Articles, demonstratives and possessives that open a noun phrase.
    DET = 11;
    /// Prepositions.
    PREP = 12;
    /// `and`, `but`.
    CONJ = 13;
    /// Words that open a clause: `that`, `because`.
    SUB = 14;
    /// Forms of address and offices before a name: `Mr`, `President`.
    TITLE = 15;
    /// Nouns for persons by what they do: `spokesman`.
    ROLE = 16;
    /// Nouns for bodies that speak: `ministry`, and their names.
    ORG = 17;
    /// Countries, regions, cities.
    PLACE = 18;
    /// Days, months, `today`.
    TIME = 19;
    /// Given names and titles of men.
    MALE = 20;
    /// Given names and titles of women.
    FEMALE = 21;
    /// `according`, `laut`, `selon`.
    ACCORDING = 22;
    /// Abbreviations that a stop follows within the sentence.
    ABBR = 23;
    /// German reported speech: `sei`, `habe`, `werde`.
    REPORTED = 24;
    /// Works of art: `film`, `book`.
    WORK = 25;
    /// Set by the tokeniser: a genitive `'s` was cut off.
    OWN = 26;
    /// Adjectives of nations and ranks, which may begin with a capital within a name phrase.
    ADJECTIVE = 27;
    /// Set by the tokeniser: a news agency, which is told and passes on.
    AGENCY = 28;
}

impl Flags {
    /// Whether the sets share a class.
    pub(crate) fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }

    /// Whether a word of these classes says of what language it is: names are written in all of them.
    pub(crate) fn says_something(self) -> bool {
        let names = Self::MALE | Self::FEMALE | Self::PLACE | Self::ABBR;
        self.0 & !names.0 != 0
    }

    /// Both sets together.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl std::ops::BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Any verb of saying.
pub(crate) const CUE: Flags = Flags(Flags::SAY.0 | Flags::WEAK.0);
/// Any personal pronoun.
pub(crate) const PRONOUN: Flags = Flags(Flags::HE.0 | Flags::SHE.0 | Flags::THEY.0 | Flags::ME.0);
