//! From one unit's words, shape, place and frequency to its cues.

use std::borrow::Cow;

use super::Role;
use super::bylines::introduces_writer;
use super::credits::hit_factor;
use super::forward_backward::Scores;
use super::lexicon::Lexicon;
use super::line_fingerprint::LineKeys;
use super::liveblog::{has_twin, is_time_of_post, is_update_heading};
use super::phrases::{Entry, LIKELY};
use super::segmentation::{Place, Unit, UnitKind, Units};
use super::shape::{Form, Shape, has_arrow};
use super::templates::TemplateLine;
use wirecopy_document::credit;
use wirecopy_document::credit::CreditForm;
use wirecopy_findings::BoilerplateType as Kind;

/// Part of a small site's stories from which a sentence at their edges frames them: an outlet repeats background in some.
const MOST_STORIES: f64 = 0.6;

/// Log-odds of the roles before anything is seen, for a line short enough to be judged.
const PRIOR: Scores = [0.0, -4.5, -5.0, -5.0, -9.0];

/// One cue: for one role, or for all but body.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cue {
    pub name: CueName,
    pub role: Option<Role>,
    pub weight: f64,
    pub kind: Option<Kind>,
}

/// Name of a cue, put into words only where a block is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CueName {
    /// A phrase of the lexicon.
    Lexicon(&'static str),
    /// Shape, place, neighbours or corpus.
    Plain(&'static str),
}

impl From<CueName> for Cow<'static, str> {
    fn from(name: CueName) -> Self {
        match name {
            CueName::Lexicon(phrase) => Cow::Owned(["lexicon:", phrase].concat()),
            CueName::Plain(name) => Cow::Borrowed(name),
        }
    }
}

/// The cues of one unit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cues {
    pub list: Vec<Cue>,
    pub shape: Shape,
}

/// What the collection, or learned templates, know about a unit.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Recurrence<'a> {
    /// Stories of the site that were counted.
    pub site_stories: u32,
    /// The line itself, at its site.
    pub line: Option<&'a TemplateLine>,
    /// The slot template that it fits best, at its site.
    pub slot: Option<&'a TemplateLine>,
    /// The line, on platforms.
    pub platform: Option<&'a TemplateLine>,
    /// Whether it is another story's headline.
    pub other_headline: Option<()>,
}

impl Cues {
    /// All cues of a unit of `text` but those of its neighbours. `own_headline` is the key of the document's headline.
    pub(crate) fn gather(text: &str, units: &Units, at: usize, own_headline: Option<u64>) -> Self {
        let unit = &units.list[at];
        let line = unit.span.of(text);
        let mut cues = Self {
            list: Vec::with_capacity(4),
            shape: Shape::of(line),
        };
        cues.add_lexicon(line, units, unit);
        cues.add_form(line, unit);
        cues.add_prose(unit);
        cues.add_place(unit, at);
        cues.add_prompts(text, unit);
        if at == 0 && unit.place == Place::Head && cues.shape.words >= 6 && has_label(line) {
            // "Poll: ...", "Exclusive: ..." before everything is the headline.
            cues.one(Role::Chrome, None, ("place:first line", -4.0));
        }
        if unit.extent == UnitKind::Line && is_time_of_post(line) && has_twin(units, at) {
            cues.all("shape:times of posts", -6.0);
        }
        if is_update_heading(line) {
            cues.all("shape:time of an update", -6.0);
        }
        if own_headline.is_some_and(|key| key == unit.keys.whole) {
            cues.all("shape:own headline", -9.0);
        }
        cues
    }

    /// Sum for each role, body at 0.
    pub(crate) fn scores(&self) -> Scores {
        let mut scores = PRIOR;
        for cue in &self.list {
            match cue.role {
                Some(role) => scores[role as usize] += cue.weight,
                None => scores[1..]
                    .iter_mut()
                    .for_each(|score| *score += cue.weight),
            }
        }
        scores
    }

    /// The greatest weight of a cue that speaks for `role` in particular, 0 where none does. What only recurs is
    /// boilerplate.
    pub(crate) fn strongest(&self, role: Role) -> f64 {
        let of_role = self
            .list
            .iter()
            .filter(|cue| cue.role == Some(role) && cue.kind.is_some());
        of_role.map(|cue| cue.weight).fold(0.0, f64::max)
    }

    /// The type that the strongest cue for `role` names.
    pub(crate) fn kind(&self, role: Role) -> Option<Kind> {
        let of_role = self
            .list
            .iter()
            .filter(|cue| cue.role == Some(role) && cue.kind.is_some());
        of_role
            .max_by(|left, right| left.weight.total_cmp(&right.weight))
            .and_then(|cue| cue.kind)
    }

    /// Adds what frequency tells.
    pub(crate) fn add_seen(&mut self, unit: &Unit, seen: &Recurrence<'_>) {
        if seen.other_headline.is_some() {
            self.one(
                Role::Chrome,
                Some(Kind::RelatedLinks),
                ("corpus:headline of another story", 5.0),
            );
        }
        if let Some(line) = seen.line {
            self.add_recurrence(unit, line.stories, seen.site_stories);
        } else if let Some(line) = seen
            .platform
            .filter(|line| line.stories >= 5 && !self.is_sentence())
        {
            self.all(
                "corpus:stories of several sites",
                2.0 + libm::log(f64::from(line.stories) / 5.0).min(3.0),
            );
        }
        if let Some(slot) = seen
            .slot
            .filter(|slot| slot.stories >= 5 && slot.spread >= 2.0 && slot.sites == 1)
        {
            self.all(
                "corpus:slot template",
                (1.0 + libm::log(f64::from(slot.stories) / 5.0)).min(3.5),
            );
        }
    }

    /// A line that recurs in `stories` of the site's `of` stories: boilerplate when it is no sentence, or when it
    /// frames a good part of the stories; else background.
    fn add_recurrence(&mut self, unit: &Unit, stories: u32, of: u32) {
        let count = f64::from(stories);
        let strength = match stories {
            0 | 1 => return,
            2 => 1.5,
            3 => 3.0,
            4 => 4.5,
            _ => (6.5 + libm::log(count / 5.0)).min(10.0),
        };
        if !self.is_sentence() {
            let brevity = if self.shape.words <= 14 { 1.0 } else { 0.7 };
            return self.all("corpus:stories of the site", strength * brevity);
        }
        let part = count / f64::from(of.max(1));
        let often = (stories >= 5 && part >= 0.1) || (stories >= 3 && part >= MOST_STORIES);
        if often && unit.place != Place::Middle {
            self.one(
                Role::Chrome,
                None,
                ("corpus:frames the site's stories", 10.0),
            );
        } else if stories >= 3 {
            self.one(
                Role::Stock,
                Some(Kind::StockBackground),
                ("corpus:sentence in stories of the site", 8.0 + strength),
            );
        }
    }

    fn is_sentence(&self) -> bool {
        self.shape.stop && self.shape.words >= 7
    }

    fn add_lexicon(&mut self, line: &str, units: &Units, unit: &Unit) {
        let lexicon = Lexicon::shared();
        if let Some(entry) = lexicon.line(&unit.keys) {
            self.phrase(entry, 1.0);
        }
        if unit.extent != UnitKind::Plain
            && let Some(entry) = lexicon.opening(line, &unit.keys)
        {
            self.phrase(entry, 1.0);
        }
        let mut given = [0u32; Role::COUNT];
        for &hit in units.hits_of(unit) {
            let entry = lexicon.entry(hit);
            let factor = hit_factor(line, hit, unit, entry);
            if factor > 0.0 && given[entry.role as usize] < 3 {
                given[entry.role as usize] += 1;
                self.phrase(entry, factor);
            }
        }
    }

    fn phrase(&mut self, entry: &'static Entry, factor: f64) {
        let name = CueName::Lexicon(entry.phrase);
        self.list.push(Cue {
            name,
            role: Some(entry.role),
            weight: entry.weight * factor,
            kind: Some(entry.kind),
        });
    }

    fn add_form(&mut self, line: &str, unit: &Unit) {
        let edge = if unit.place == Place::Middle {
            0.0
        } else {
            2.0
        };
        match self.shape.form {
            Form::Plain => {}
            Form::Rule => self.one(Role::Chrome, Some(Kind::WidgetHeading), ("shape:rule", 1.0)),
            Form::Address => self.one(
                Role::Chrome,
                Some(Kind::RelatedLinks),
                ("shape:bare address", 7.0),
            ),
            Form::Handle => self.one(Role::Chrome, Some(Kind::SocialBar), ("shape:handle", 6.0)),
            Form::Duration => self.one(
                Role::Chrome,
                Some(Kind::VideoDuration),
                ("shape:running time", 7.5),
            ),
            Form::Date => self.one(
                Role::Provenance,
                Some(Kind::Byline),
                ("shape:bare date", 4.0 + edge),
            ),
            Form::Byline => self.one(
                Role::Provenance,
                Some(Kind::Byline),
                ("shape:byline", 5.5 + edge),
            ),
            Form::Dated if edge > 0.0 => self.one(
                Role::Provenance,
                Some(Kind::Byline),
                ("shape:names and date", 6.0),
            ),
            Form::Dated => {}
            Form::Post => self.all("shape:post of a network", -6.0),
            Form::Names => {
                let weight = if unit.place == Place::Head { 3.0 } else { 0.5 };
                self.one(
                    Role::Provenance,
                    Some(Kind::Byline),
                    ("shape:names", weight),
                );
            }
        }
        self.add_boilerplate(line, unit);
    }

    /// What only boilerplate and captions look like.
    fn add_boilerplate(&mut self, line: &str, unit: &Unit) {
        match self.shape.glued {
            0 => {}
            1 => self.one(
                Role::Chrome,
                Some(Kind::NavMenu),
                ("shape:glued capitals", 2.0),
            ),
            _ if self.shape.stop || self.shape.form == Form::Post => {}
            _ => self.one(
                Role::Chrome,
                Some(Kind::NavMenu),
                ("shape:glued capitals", 8.0),
            ),
        }
        if self.shape.credit {
            self.one(
                Role::Caption,
                Some(Kind::Caption),
                ("shape:name and agency", 6.5),
            );
        }
        if unit.extent == UnitKind::Line
            && let Some(kind) = credit_kind(line)
        {
            self.one(Role::Provenance, Some(kind), ("shape:agency credit", 6.5));
        }
        if self.shape.direction {
            self.all("shape:stage direction", -4.0);
        }
        if self.shape.addressed {
            self.one(
                Role::Provenance,
                Some(Kind::Byline),
                ("shape:name and address", 6.5),
            );
        }
        if unit.place == Place::Tail && self.shape.words <= 30 && introduces_writer(line) {
            // Too weak to mark a line for, it names the role of one that is marked.
            self.one(
                Role::Provenance,
                Some(Kind::Byline),
                ("shape:who somebody is", 0.5),
            );
        }
        if self.shape.signed {
            self.one(
                Role::Provenance,
                Some(Kind::Byline),
                ("shape:name and outlet", 3.5),
            );
        }
        let captioned = self.strongest(Role::Caption) >= LIKELY;
        if !captioned && self.shape.separators >= 2 && !self.shape.stop && self.shape.words <= 25 {
            self.one(Role::Chrome, Some(Kind::NavMenu), ("shape:separators", 5.0));
        }
    }

    /// What speaks for an article's own words.
    fn add_prose(&mut self, unit: &Unit) {
        let shape = self.shape;
        if shape.stop && shape.words >= 4 {
            self.one(Role::Chrome, None, ("shape:sentence", -2.5));
            self.one(Role::Provenance, None, ("shape:sentence", -2.0));
            self.one(Role::Caption, None, ("shape:sentence", -1.0));
        } else if shape.colon && shape.words >= 3 {
            self.all("shape:introduces what follows", -2.0);
        } else if !shape.stop && shape.words >= 3 {
            self.one(Role::Chrome, None, ("shape:no stop", 0.5));
        }
        if shape.stop && shape.words >= 4 && shape.capitals * 5 >= shape.words * 2 {
            self.one(Role::Provenance, None, ("shape:many names", 2.5));
        }
        if shape.quoted {
            self.all("shape:quotation", -1.0);
        }
        if shape.words > 60 {
            self.all("shape:long", -3.0);
        } else if shape.words > 30 {
            self.all("shape:long", -1.0);
        }
        if unit.extent == UnitKind::Line
            && self.is_verbless_caption()
            && unit.opens_block
            && unit.place == Place::Middle
        {
            self.one(
                Role::Caption,
                Some(Kind::Caption),
                ("shape:names without a verb", 7.0),
            );
        }
    }

    /// Six or more words, mostly capitalised, a stop, and hardly a small word that could be a verb.
    fn is_verbless_caption(&self) -> bool {
        let shape = self.shape;
        shape.verbless
            && shape.numbers == 0
            && (6..=16).contains(&shape.words)
            && shape.lower_content <= shape.words / 8
            && shape.capitals * 2 > shape.words
    }

    /// Short lines that are no sentences and stand before or after all paragraphs are mostly not the article's.
    fn add_place(&mut self, unit: &Unit, at: usize) {
        let short = !self.shape.stop && self.shape.words <= 14 && unit.extent == UnitKind::Line;
        let listed = self.shape.listed;
        let (chrome, provenance) = match (unit.place, short) {
            (Place::Middle, _) => return,
            (Place::Head, _) if at == 0 && self.shape.words >= 4 => (-2.0, 0.0),
            (Place::Head, true) if self.shape.words <= 3 => (4.0, 3.0),
            (Place::Head, _) => (0.5, 0.5),
            (Place::Tail, true) if listed => (0.0, 0.0),
            (Place::Tail, true) => (4.5, 4.0),
            (Place::Tail, false) => (1.5, 1.5),
        };
        let name = if unit.place == Place::Head {
            "place:head"
        } else {
            "place:tail"
        };
        self.one(Role::Chrome, None, (name, chrome));
        self.one(Role::Provenance, None, (name, provenance));
    }

    /// Marks of links and prompts whatever they say: a short label before a title, an imperative without a stop.
    fn add_prompts(&mut self, text: &str, unit: &Unit) {
        let line = unit.span.of(text);
        let shape = self.shape;
        if unit.extent != UnitKind::Line
            || shape.stop
            || shape.quoted
            || shape.words > 25
            || shape.form == Form::Post
        {
            return;
        }
        if shape.words >= 4 && has_label(line) {
            self.one(
                Role::Chrome,
                Some(Kind::RelatedLinks),
                ("shape:label and title", 2.0),
            );
        }
        if has_arrow(text, unit.span) {
            self.one(
                Role::Chrome,
                Some(Kind::RelatedLinks),
                ("shape:arrows", 4.0),
            );
        }
        let threshold = || memchr::memchr(b'|', line.as_bytes()).is_some() && line.contains(" | ");
        if threshold() || (!line.is_ascii() && (line.contains(" · ") || line.contains(" • "))) {
            self.one(Role::Chrome, Some(Kind::NavMenu), ("shape:bar", 2.0));
        }
        if (3..=40).contains(&line.len())
            && shape.words >= 1
            && !line.chars().any(char::is_lowercase)
            && line.chars().any(char::is_uppercase)
        {
            self.one(Role::Chrome, None, ("shape:capitals only", 1.5));
        }
    }

    pub(crate) fn all(&mut self, name: &'static str, weight: f64) {
        self.list.push(Cue {
            name: CueName::Plain(name),
            role: None,
            weight,
            kind: None,
        });
    }

    pub(crate) fn one(&mut self, role: Role, kind: Option<Kind>, cue: (&'static str, f64)) {
        let (name, weight) = cue;
        self.list.push(Cue {
            name: CueName::Plain(name),
            role: Some(role),
            weight,
            kind,
        });
    }
}

/// The key of what follows the first colon of `line`, where a link's label may stand before it.
pub(crate) fn after_label(line: &str) -> Option<LineKeys> {
    let (label, rest) = line.split_once([':', '|', '»'])?;
    (label.len() <= 40 && !rest.trim().is_empty()).then(|| LineKeys::of(rest))
}

/// "Label: title", "LABEL | title", with a label of one to three words.
fn has_label(line: &str) -> bool {
    let Some((label, rest)) = line.split_once([':', '|']) else {
        return false;
    };
    let words = label.split_whitespace().count();
    let title = rest.trim_start().starts_with(|c: char| c.is_uppercase());
    (1..=3).contains(&words) && title && !label.ends_with(|c: char| c.is_ascii_digit())
}

/// What a line is that is nothing but the credit of an agency.
fn credit_kind(line: &str) -> Option<Kind> {
    let closing = credit::closing(line).map(|credit| match credit.form {
        CreditForm::Whole => Kind::Credit,
        CreditForm::Part => Kind::ContributorLine,
    });
    closing.or_else(|| credit::labelled(line).map(|_| Kind::SourceLine))
}
