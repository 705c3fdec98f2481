//! Registrable domains of hosts, by the Public Suffix List that is compiled in.
//!
//! The list is a tree of thousands of small generic functions, which the compiler makes anew in every crate that asks
//! it anything (a minute of optimising). This crate exists so that it happens once.
//!
//! ```
//! assert_eq!(wirecopy_domains::registrable("www.courier.co.uk"), Some("courier.co.uk"));
//! assert!(wirecopy_domains::has_known_suffix("courier.co.uk"));
//! assert!(!wirecopy_domains::has_known_suffix("story.txt2"));
//! ```

#![forbid(unsafe_code)]

/// The part of `host` that somebody registered: one label more than its public suffix. `None` for a bare suffix.
/// O(length).
#[must_use]
pub fn registrable(host: &str) -> Option<&str> {
    psl::domain_str(host)
}

/// Whether `host` ends in a suffix that is on the list. O(length).
#[must_use]
pub fn has_known_suffix(host: &str) -> bool {
    psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known())
}
