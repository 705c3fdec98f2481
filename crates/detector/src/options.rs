//! Settings of a run and their named presets. One struct to log, serialise and reproduce a run.

use crate::relation::RelationOptions;
use serde::{Deserialize, Serialize};

/// Named settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// For news as it comes.
    #[default]
    News,
    /// Fewer and surer answers: higher bars for near-duplicates, containment and passages.
    Strict,
    /// More answers: lower bars.
    Loose,
}

/// What boilerplate does to similarity and output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BoilerplateMode {
    /// Masked for similarity and lineage, and reported.
    #[default]
    Mask,
    /// Chrome and captions that the document alone (or a learned template) shows are taken out before anything is
    /// looked at; offsets index what is left, which the findings carry. What only the corpus shows is masked.
    Strip,
    /// Reported only: similarity sees the whole text.
    Report,
}

/// Whether documents of one site are compared with each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SameSite {
    /// Like any others.
    #[default]
    Compare,
    /// Not at all.
    Ignore,
}

/// How much of an alignment findings carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EditDetail {
    /// Passages only.
    #[default]
    Passages,
    /// Passages with their aligned words.
    Words,
}

/// Settings of a run: what the findings depend on beside the inputs and how they were read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// The preset that the other values started from.
    pub preset: Preset,
    /// Documents with fewer words in their body are listed, and not compared.
    pub min_words: u32,
    /// Pairs of dated documents further apart than this many days are not compared.
    pub max_days: Option<u32>,
    /// Whether documents of one site are compared.
    pub same_site: SameSite,
    /// What boilerplate does.
    pub boilerplate: BoilerplateMode,
    /// How much of an alignment is kept.
    pub edits: EditDetail,
    /// Whether pairs that share nothing but facts ([`Relation::SameEvent`](wirecopy_findings::Relation::SameEvent)) are reported.
    pub report_events: bool,
    /// Seed of the sketches' hash functions.
    pub seed: u64,
}

/// Words below which a document is not compared: a news brief of one sentence has about as many.
const MIN_WORDS: u32 = 20;

impl Options {
    /// The settings that `preset` names.
    #[must_use]
    pub fn preset(preset: Preset) -> Self {
        Self {
            preset,
            min_words: MIN_WORDS,
            max_days: None,
            same_site: SameSite::default(),
            boilerplate: BoilerplateMode::default(),
            edits: EditDetail::default(),
            report_events: false,
            seed: 0,
        }
    }
}

impl Options {
    /// Bars of the relations under this preset.
    #[must_use]
    pub fn relations(&self) -> RelationOptions {
        let news = RelationOptions::default();
        match self.preset {
            Preset::News => news,
            Preset::Strict => RelationOptions {
                near_duplicate_share: 0.8,
                contained_share: 0.9,
                copied_words: news.copied_words * 2,
                ..news
            },
            Preset::Loose => RelationOptions {
                near_duplicate_share: 0.6,
                contained_share: 0.7,
                copied_words: news.copied_words / 2,
                ..news
            },
        }
    }

    /// The settings as the findings state them.
    ///
    /// # Panics
    /// Never: the settings are a flat struct of numbers and names.
    #[must_use]
    pub fn to_map(&self) -> serde_json::Map<String, serde_json::Value> {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(map)) => map,
            other => unreachable!("a struct serialises to an object, not to {other:?}"),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::preset(Preset::News)
    }
}
