//! Each example answers as its first lines promise, on the articles of this repository.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "programs for the terminal, of which the tests call everything but `main`"
)]

use wirecopy_examples::fixtures;

#[path = "../dedup_folder.rs"]
mod dedup_folder;
#[path = "../hash_throughput.rs"]
mod hash_throughput;
#[path = "../page_boilerplate.rs"]
mod page_boilerplate;
#[path = "../shared_passages.rs"]
mod shared_passages;
#[path = "../who_copied_whom.rs"]
mod who_copied_whom;

#[test]
fn dedup_folder_names_what_may_go() {
    let told = dedup_folder::report(&fixtures()).unwrap();
    let copy = "meridian-press/ferry-inquiry-bow-door.txt is NearDuplicate with brightwater-echo/ferry-inquiry.txt (98 %)";
    assert!(told.contains(copy), "{told}");
    assert!(told.ends_with("18 of 24 articles stay\n"), "{told}");
}

#[test]
fn who_copied_whom_names_parents_and_outside_sources() {
    let told = who_copied_whom::report(&fixtures()).unwrap();
    let lift = "tidings-hub-net/ferry-engineer.txt <- harrow-courier/ferry-inquiry-warnings.txt (LightEdit, ";
    assert!(told.contains(lift), "{told}");
    let outside =
        "tidings-hub-net/cattle-vaccine-recall.txt <- fold-and-furrow.example (Verbatim, ";
    assert!(told.contains(outside), "{told}");
}

#[test]
fn shared_passages_shows_both_sides() {
    let [one, other] = [
        "meridian-press/bank-rate-rise.txt",
        "brightwater-echo/rates-up.txt",
    ];
    let told = shared_passages::report(&fixtures().join(one), &fixtures().join(other)).unwrap();
    assert!(
        told.starts_with("bank-rate-rise.txt and rates-up.txt: "),
        "{told}"
    );
    assert!(
        told.contains("\nExact, ") && told.contains(" bits\n  "),
        "{told}"
    );
}

#[test]
fn page_boilerplate_finds_the_scrapers_lines() {
    let told = page_boilerplate::report(&fixtures().join("tidings-hub-net")).unwrap();
    assert!(
        told.contains("ReadMore") || told.contains("NewsletterPrompt"),
        "{told}"
    );
}

#[test]
fn hash_throughput_sketches_every_article() {
    let (sketches, bytes) = hash_throughput::sketches(&fixtures()).unwrap();
    assert_eq!(sketches.len(), 24);
    assert!(bytes > 30_000);
    assert_eq!(sketches[0].lanes().len(), 128);
}
