//! The words that records are called by, and numbers as people write them.

use wirecopy_findings::{
    BoilerplateClass, BoilerplateType, EdgeRecord, EdgeRelation, EditKindName, ErrorRecord,
    PairRecord, PassageKindName, Relation,
};

/// `1 document`, `5,297 documents`, `2 families`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    let ending = match noun.strip_suffix('y') {
        _ if n == 1 => return format!("1 {noun}"),
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if noun.ends_with('s') => format!("{noun}es"),
        _ => format!("{noun}s"),
    };
    format!("{} {ending}", number(n))
}

/// A count with commas between thousands.
pub(crate) fn number(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A share as a whole percentage that never rounds to "none" or "all" what is neither.
pub(crate) fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    match share {
        s if s > 0.0 && rounded < 1.0 => "<1 %".to_owned(),
        s if s < 1.0 && rounded > 99.0 => ">99 %".to_owned(),
        _ => format!("{rounded:.0} %"),
    }
}

/// A size in bytes, kB or MB.
pub(crate) fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let amount = bytes as f64;
    match bytes {
        0..1_000 => count(usize::try_from(bytes).unwrap_or(usize::MAX), "byte"),
        1_000..1_000_000 => format!("{:.1} kB", amount / 1e3),
        _ => format!("{:.1} MB", amount / 1e6),
    }
}

/// The name of a clue, as `source line` for `source_line`.
pub(crate) fn cue(name: &str) -> String {
    name.replace(['_', ':'], " ")
}

/// The message of an error without the place that it begins with, for where that stands before it already.
pub(crate) fn reason(error: &ErrorRecord) -> &str {
    let message = &*error.message;
    let rest = message.strip_prefix(&*error.path).unwrap_or(message);
    let rest = match error.offset {
        Some(at) => rest
            .strip_prefix(&*format!(", at byte {at}"))
            .unwrap_or(rest),
        None => rest,
    };
    rest.strip_prefix(": ").unwrap_or(message)
}

pub(crate) fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Update => "later version by the same outlet",
        Relation::Identical => "identical",
        Relation::NearDuplicate => "near-duplicate",
        Relation::Contains => "one holds the other",
        Relation::SharesPassages => "shares passages",
        Relation::SameForm => "one form filled in with other facts",
        Relation::SharesQuotes => "shares quotations only",
        Relation::SharesBoilerplate => "shares boilerplate only",
        Relation::SameEvent => "too little in common to tell of copying",
    }
}

/// What a pair means, with `names` for its documents where the relation has sides.
pub(crate) fn pair(pair: &PairRecord, [a, b]: [&str; 2]) -> String {
    let words = match (pair.relation, pair.whole.as_deref()) {
        (Relation::Contains, Some(whole)) if whole == pair.a => format!("{a} holds {b}"),
        (Relation::Contains, Some(_)) => format!("{b} holds {a}"),
        (found, _) => relation(found).to_owned(),
    };
    if pair.same_outlet && pair.relation.is_copy() {
        words + ", within one outlet"
    } else {
        words
    }
}

/// What a copy is to where it was taken from. With a source outside the documents nothing was compared.
pub(crate) fn edge(edge: &EdgeRecord) -> &'static str {
    if edge.share.is_none() {
        return "its source";
    }
    match edge.relation {
        EdgeRelation::Verbatim => "word for word",
        EdgeRelation::Partial => "in part",
        EdgeRelation::LightEdit => "lightly edited",
        EdgeRelation::Rewrite => "rewritten",
        EdgeRelation::Translation => "by way of another language",
        EdgeRelation::Update => "later version",
    }
}

pub(crate) fn passage(kind: PassageKindName) -> &'static str {
    match kind {
        PassageKindName::Exact => "exact",
        PassageKindName::Near => "near",
        PassageKindName::Reworded => "reworded",
        PassageKindName::QuoteVariant => "quote-variant",
    }
}

pub(crate) fn edit(kind: EditKindName) -> &'static str {
    match kind {
        EditKindName::Kept => "kept",
        EditKindName::Changed => "changed",
        EditKindName::Cut => "cut",
        EditKindName::Added => "added",
        EditKindName::Moved => "moved",
    }
}

pub(crate) fn boilerplate(kind: BoilerplateType) -> &'static str {
    match kind {
        BoilerplateType::NavMenu => "navigation menu",
        BoilerplateType::NewsletterPrompt => "newsletter prompt",
        BoilerplateType::SocialBar => "social bar",
        BoilerplateType::CookieNotice => "cookie notice",
        BoilerplateType::CommentForm => "comment form",
        BoilerplateType::RelatedLinks => "related links",
        BoilerplateType::SeeAlso => "see also",
        BoilerplateType::ReadMore => "read more",
        BoilerplateType::VideoDuration => "video duration",
        BoilerplateType::Shortcode => "shortcode",
        BoilerplateType::AdMarker => "advertisement marker",
        BoilerplateType::Copyright => "copyright",
        BoilerplateType::Caption => "caption",
        BoilerplateType::Credit => "credit",
        BoilerplateType::ContributorLine => "contributor line",
        BoilerplateType::SourceLine => "source line",
        BoilerplateType::Byline => "by-line",
        BoilerplateType::WidgetHeading => "widget heading",
        BoilerplateType::StockBackground => "stock background",
    }
}

pub(crate) fn class(class: BoilerplateClass) -> &'static str {
    match class {
        BoilerplateClass::Chrome => "chrome",
        BoilerplateClass::Caption => "caption",
        BoilerplateClass::Provenance => "provenance",
        BoilerplateClass::Stock => "stock",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_an_error_is_not_told_twice() {
        let error = |message: &str, offset| ErrorRecord {
            path: "a.txt".into(),
            code: "binary".into(),
            offset,
            message: message.into(),
        };
        let cases = [
            ("a.txt: binary, not text", None, "binary, not text"),
            ("a.txt, at byte 7: no row", Some(7), "no row"),
            ("The file holds no word.", None, "The file holds no word."),
        ];
        for (message, offset, wanted) in cases {
            assert_eq!(reason(&error(message, offset)), wanted);
        }
    }

    #[test]
    fn counts_and_shares_read_as_people_write_them() {
        assert_eq!(count(1, "family"), "1 family");
        assert_eq!(count(1_234_567, "family"), "1,234,567 families");
        assert_eq!(count(0, "essay"), "0 essays");
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.004), "<1 %");
        assert_eq!(percent(0.9999), ">99 %");
        assert_eq!(percent(1.0), "100 %");
        assert_eq!(size(2_100), "2.1 kB");
    }
}
