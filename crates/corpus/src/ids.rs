//! Ids that are unique in a run: the record's own, else its path.

use std::collections::HashMap;

use wirecopy_document::{DocKey, Document};
use wirecopy_text::hash::hash_bytes_128;

use crate::error::{ReadError, Reason};

/// Where a proposed id comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdOrigin {
    /// The record says it.
    Record,
    /// The record says none: it is the path, with `#number` in a container.
    Path,
}

/// The id that a document asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProposedId {
    /// The id.
    pub name: String,
    /// Where it comes from.
    pub origin: IdOrigin,
}

/// Makes ids unique. The caller asks in input order, so the same input gives the same ids.
///
/// Keeps 20 bytes for each id, not the id. Two ids that share a 128-bit hash would be taken for one, and the later one
/// renamed; nothing else would happen.
#[derive(Clone, Debug, Default)]
pub struct IdAssigner {
    /// The number that the next record of that id gets.
    next: HashMap<u128, u32>,
}

impl IdAssigner {
    /// Gives `document` a key of its own: the id that it asks for, or that id with `#2`, `#3`, ... when it is taken. In
    /// that case the entry for the findings' list of errors is returned.
    pub fn assign(&mut self, document: &mut Document, id: &ProposedId) -> Option<ReadError> {
        let key = hash_bytes_128(id.name.as_bytes());
        let Some(next) = self.next.get_mut(&key) else {
            self.next.insert(key, 2);
            document.key = DocKey(id.name.clone());
            return None;
        };
        let mut number = *next;
        let mut renamed = format!("{}#{number}", id.name);
        while self.next.contains_key(&hash_bytes_128(renamed.as_bytes())) {
            number += 1;
            renamed = format!("{}#{number}", id.name);
        }
        self.next.insert(key, number + 1);
        self.next.insert(hash_bytes_128(renamed.as_bytes()), 2);
        document.key = DocKey(renamed.clone());
        let path = document.path.clone().unwrap_or_default();
        Some(ReadError::of_file(
            path,
            Reason::DuplicateId {
                id: id.name.clone(),
                renamed,
            },
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assign(names: &[String]) -> Vec<(String, bool)> {
        let mut ids = IdAssigner::default();
        let one = |name: &String| {
            let mut document = Document::default();
            let note = ids.assign(
                &mut document,
                &ProposedId {
                    name: name.clone(),
                    origin: IdOrigin::Record,
                },
            );
            (document.key.0, note.is_some())
        };
        names.iter().map(one).collect()
    }

    #[test]
    fn later_records_of_an_id_are_numbered() {
        let names = ["a", "a#2", "b", "a", "a", "a#2"].map(str::to_owned);
        let keys: Vec<_> = assign(&names).into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["a", "a#2", "b", "a#3", "a#4", "a#2#2"]);
    }

    proptest! {
        #[test]
        fn ids_are_unique_and_first_comers_keep_theirs(names in prop::collection::vec("[ab](#2)?(#2)?", 0..30)) {
            let keys = assign(&names);
            let distinct: std::collections::BTreeSet<_> = keys.iter().map(|(key, _)| key).collect();
            prop_assert_eq!(distinct.len(), names.len());
            for ((key, renamed), name) in keys.iter().zip(&names) {
                prop_assert_eq!(key != name, *renamed);
                prop_assert!(key.starts_with(name.as_str()));
            }
        }
    }
}
