//! Settings of reading: limits, patterns, names of fields.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::error::{ReadError, Reason};
use crate::read::{Format, Tally};

/// Settings of reading. The default reads everything that the command reads without flags.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Patterns of the files to take from walked folders; empty takes every known format. A pattern without `/`
    /// matches the file's name, one with `/` its path below the folder.
    pub include: Vec<String>,
    /// Patterns of the files to leave out of walked folders.
    pub exclude: Vec<String>,
    /// Names of the fields of JSON and CSV records.
    pub fields: FieldNames,
    /// Longest document, in bytes as it stands in the file (after decompression). Longer ones are an error.
    pub max_document_bytes: u64,
    /// Decompressed bytes of one file above which [`max_ratio`](Self::max_ratio) must hold.
    pub max_decompressed_bytes: u64,
    /// Ratio of decompressed to compressed bytes that is still believed above
    /// [`max_decompressed_bytes`](Self::max_decompressed_bytes). Containers are streamed, so an honest file of any
    /// length passes; only one that is both huge and absurdly dense is refused.
    pub max_ratio: u64,
    /// What to do with symbolic links inside walked folders. A link that is named itself is always followed.
    pub links: Links,
    /// Encoding of all inputs, by WHATWG label, instead of finding it out.
    pub encoding: Option<String>,
    /// Format of standard input, instead of finding it out.
    pub stdin_format: Option<Format>,
    /// Whether records can be had again after they were read.
    pub keep: Keep,
    /// How the main text of a page is found.
    pub html: HtmlMode,
    /// Once this is set, reading ends: after the records that were read already, even while a stream keeps the reader waiting. If
    /// anything was left, the last item is [`Reason::Interrupted`](crate::Reason::Interrupted).
    pub stop: Option<Arc<AtomicBool>>,
    /// Counts what is left out of walked folders, while they are read.
    pub left_out: Tally,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            include: Vec::new(),
            exclude: Vec::new(),
            fields: FieldNames::default(),
            max_document_bytes: 64 << 20,
            max_decompressed_bytes: 1 << 30,
            max_ratio: 200,
            links: Links::Report,
            encoding: None,
            stdin_format: None,
            keep: Keep::Rereadable,
            html: HtmlMode::default(),
            stop: None,
            left_out: Tally::default(),
        }
    }
}

/// What to do with symbolic links inside walked folders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Links {
    /// Each one that leads to something readable is an error entry, and is not followed: a link may leave the folder,
    /// or give the same document twice.
    #[default]
    Report,
    /// They are followed; loops are errors.
    Follow,
}

/// Whether records can be had again after they were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// What is no plain file (standard input, compressed containers) is copied to a temporary file while it is read.
    #[default]
    Rereadable,
    /// Nothing is copied; records of streams are gone once dropped.
    Once,
}

/// How the main text of a page is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HtmlMode {
    /// The library that looks at a page's structure and text longest; large pages go to the fast one all the same.
    #[default]
    Accurate,
    /// The faster library, which is a little less accurate.
    Fast,
}

/// Whether the text field of records holds HTML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Markup {
    /// Where it looks like a page or a piece of one.
    #[default]
    Detected,
    /// Always.
    Html,
}

/// Which field says what site a record belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SiteField {
    /// The address; the source where there is none.
    #[default]
    Address,
    /// The source, because somebody named its field; the address where a record has none.
    Source,
}

/// Names of the fields of JSON and CSV records. The first name of a list that a record has a value for wins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNames {
    /// The article's text, plain or as HTML.
    pub text: Vec<String>,
    /// Whether the text is HTML.
    pub markup: Markup,
    /// The record's own id.
    pub id: Vec<String>,
    /// Address of the page.
    pub url: Vec<String>,
    /// Headline.
    pub title: Vec<String>,
    /// Date of publication.
    pub published: Vec<String>,
    /// Publisher or site.
    pub source: Vec<String>,
    /// Whether the source says which site a record belongs to, against its address.
    pub site: SiteField,
    /// Language tag.
    pub language: Vec<String>,
    /// Authors.
    pub authors: Vec<String>,
}

impl Default for FieldNames {
    fn default() -> Self {
        let list = |names: &str| names.split('|').map(str::to_owned).collect();
        Self {
            text: list(
                "text|maintext|content|body|plaintext|article|articleBody|raw_content|main_content|html|raw_html",
            ),
            markup: Markup::default(),
            id: list("id|ID|doc_id|uuid|guid|url"),
            url: list("url|link|canonical_url|source_url"),
            title: list("title|headline"),
            published: list(
                "published|date|publish_date|date_publish|publishing_date|published_at|created|datePublished|timestamp|pubDate|pubdate|pub_date|publishedAt|published_date|publishedDate|date_published|publication_date|publicationDate",
            ),
            source: list("source|site|source_domain|domain|publisher|outlet"),
            site: SiteField::default(),
            language: list("lang|language"),
            authors: list("authors|author|byline"),
        }
    }
}

impl FieldNames {
    /// The lists in a fixed order: text, id, url, title, published, source, language, authors.
    pub(crate) fn lists(&self) -> [&[String]; 8] {
        [
            &self.text,
            &self.id,
            &self.url,
            &self.title,
            &self.published,
            &self.source,
            &self.language,
            &self.authors,
        ]
    }
}

/// The patterns of one run, compiled.
#[derive(Clone, Debug)]
pub(crate) struct Patterns {
    include: Option<GlobSet>,
    exclude: GlobSet,
}

/// What the patterns say about a file of a walked folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A pattern asks for it by name: take it whatever its extension.
    ByName,
    /// No pattern was given: take it if its format is known.
    IfKnown,
    /// Leave it out.
    No,
}

impl Patterns {
    pub(crate) fn new(options: &ReadOptions) -> Result<Self, ReadError> {
        let include = if options.include.is_empty() {
            None
        } else {
            Some(compile(&options.include)?)
        };
        Ok(Self {
            include,
            exclude: compile(&options.exclude)?,
        })
    }

    /// What they say about the file at `relative`, a path below the walked folder.
    pub(crate) fn judge(&self, relative: &std::path::Path) -> Wanted {
        match &self.include {
            _ if self.exclude.is_match(relative) => Wanted::No,
            None => Wanted::IfKnown,
            Some(include) if include.is_match(relative) => Wanted::ByName,
            Some(_) => Wanted::No,
        }
    }
}

fn compile(patterns: &[String]) -> Result<GlobSet, ReadError> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let anywhere = format!("**/{pattern}");
        let full = if pattern.contains('/') {
            pattern
        } else {
            &anywhere
        };
        let glob = GlobBuilder::new(full).literal_separator(true).build();
        set.add(glob.map_err(|e| ReadError::of_file(pattern.as_str(), Reason::BadPattern(e)))?);
    }
    set.build()
        .map_err(|e| ReadError::of_file("--include/--exclude", Reason::BadPattern(e)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn patterns_match_names_anywhere_and_paths_from_the_folder() {
        let options = ReadOptions {
            include: vec!["*.txt".into(), "wire/*.story".into()],
            exclude: vec!["drafts/**".into()],
            ..ReadOptions::default()
        };
        let patterns = Patterns::new(&options).unwrap();
        assert_eq!(patterns.judge(Path::new("a/b.txt")), Wanted::ByName);
        assert_eq!(patterns.judge(Path::new("wire/x.story")), Wanted::ByName);
        assert_eq!(patterns.judge(Path::new("old/wire/x.story")), Wanted::No);
        assert_eq!(patterns.judge(Path::new("drafts/b.txt")), Wanted::No);
    }

    #[test]
    fn a_bad_pattern_is_named() {
        let options = ReadOptions {
            include: vec!["[".into()],
            ..ReadOptions::default()
        };
        let error = Patterns::new(&options).unwrap_err();
        assert_eq!((error.code(), error.path()), ("bad_pattern", "["));
    }
}
