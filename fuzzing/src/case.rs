//! The input of one stage, and how it is made from bytes.

use std::io;

use serde::{Deserialize, Serialize};

use crate::article::Writer;
use crate::bytes::Bytes;
use crate::markup;
use crate::pieces::Pieces;

/// A part of the program that is tried by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Files of all formats, compressed or not, to documents.
    Decode,
    /// Pages to text.
    Html,
    /// Words and their places.
    Tokens,
    /// Site boilerplate of single articles and in a collection.
    Boilerplate,
    /// Quotations and who said them.
    Quotations,
    /// Credits and other clues to sources.
    Provenance,
    /// What two texts share.
    Align,
    /// A whole run over two to six articles: relations, families, lineage.
    Detect,
    /// The deduplicating engine.
    Dedup,
    /// All reports of a run.
    Render,
    /// Dates of records.
    Dates,
    /// What was learned about sites, kept as JSON.
    Templates,
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 12] = [
        Self::Decode,
        Self::Html,
        Self::Tokens,
        Self::Boilerplate,
        Self::Quotations,
        Self::Provenance,
        Self::Align,
        Self::Detect,
        Self::Dedup,
        Self::Render,
        Self::Dates,
        Self::Templates,
    ];

    /// The name that commands and case files use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Html => "html",
            Self::Tokens => "tokens",
            Self::Boilerplate => "boilerplate",
            Self::Quotations => "quotations",
            Self::Provenance => "provenance",
            Self::Align => "align",
            Self::Detect => "detect",
            Self::Dedup => "dedup",
            Self::Render => "render",
            Self::Dates => "dates",
            Self::Templates => "templates",
        }
    }

    /// The stage with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }
}

/// An article as a record brings it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its text.
    pub text: String,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Language tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Authors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
}

/// Bytes of a file: text where they are UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// UTF-8.
    Text(String),
    /// Anything else.
    Bytes(Vec<u8>),
}

impl Content {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text),
            Err(error) => Self::Bytes(error.into_bytes()),
        }
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RawFile {
    /// Its name, which may tell the format.
    pub name: String,
    /// What it holds.
    pub content: Content,
}

/// The input of one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The stage.
    pub stage: Stage,
    /// Which of the stage's settings are tried.
    #[serde(default)]
    pub variant: u8,
    /// Articles, for all stages but those that read a file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<Article>,
    /// The file, for the stages that read one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<RawFile>,
}

/// Makes cases from bytes.
#[derive(Clone, Debug)]
pub struct Generator {
    pieces: Pieces,
}

/// One in so many cases has the bytes themselves for its text, for a fuzzer that finds its own way.
const RAW_OF_256: u8 = 24;

impl Generator {
    /// Reads the pieces that cases are made of: fixtures and sources of this repository.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn new() -> io::Result<Self> {
        Ok(Self {
            pieces: Pieces::read()?,
        })
    }

    /// The case of `stage` that `bytes` stand for.
    #[must_use]
    pub fn case(&self, stage: Stage, bytes: &[u8]) -> Case {
        let mut choices = Bytes::new(bytes);
        let variant = choices.byte();
        let is_raw = choices.chance(RAW_OF_256);
        let mut writer = Writer {
            pieces: &self.pieces,
            choices,
        };
        let (articles, file) = match stage {
            // The same articles in several formats.
            Stage::Decode if variant.is_multiple_of(4) => (writer.pile(2), None),
            Stage::Decode => (Vec::new(), Some(markup::file(&mut writer, is_raw))),
            Stage::Html => (Vec::new(), Some(markup::page_file(&mut writer, is_raw))),
            Stage::Templates => {
                let pile = writer.pile(3);
                (pile, Some(markup::templates_file(&mut writer, is_raw)))
            }
            _ if is_raw => (raw_articles(writer.choices.rest()), None),
            Stage::Dates => {
                let one = |writer: &mut Writer<'_, '_>| Article {
                    published: Some(writer.date()),
                    ..Article::default()
                };
                (vec![one(&mut writer), one(&mut writer)], None)
            }
            Stage::Tokens | Stage::Quotations | Stage::Provenance => (writer.pile(1), None),
            Stage::Align => (writer.pile(2), None),
            Stage::Boilerplate => {
                let count = 1 + writer.choices.below(3);
                (writer.pile(count), None)
            }
            Stage::Detect | Stage::Dedup | Stage::Render => {
                let count = 2 + writer.choices.below(5);
                (writer.pile(count), None)
            }
        };
        Case {
            stage,
            variant,
            articles,
            file,
        }
    }
}

/// Articles that are the bytes themselves, divided at byte 255.
fn raw_articles(bytes: &[u8]) -> Vec<Article> {
    let texts = bytes.split(|&byte| byte == 255);
    let mut out: Vec<Article> = texts
        .map(|text| Article {
            text: String::from_utf8_lossy(text).into_owned(),
            published: Some(String::from_utf8_lossy(text).into_owned()),
            ..Article::default()
        })
        .collect();
    out.truncate(6);
    if let [only] = &out[..] {
        out.push(only.clone());
    }
    out
}
