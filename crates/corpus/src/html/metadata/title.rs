//! Titles without the name of their site.

/// A name without case, spaces and punctuation, for comparing.
pub(super) fn letters(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// What a site may call itself after its address: `example.org`, `example`.
pub(super) fn host_names(address: &str) -> Vec<String> {
    let Some((_, rest)) = address.split_once("://") else {
        return Vec::new();
    };
    let host = rest.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let label = host.split('.').next().unwrap_or_default();
    vec![letters(host), letters(label)]
}

/// The title without the site's name, or without anything that follows the page's own heading.
pub(super) fn without_site<'t>(title: &'t str, heading: &str, site_names: &[String]) -> &'t str {
    let mut best = title;
    for divider in [" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • "] {
        for (at, _) in title.rmatch_indices(divider) {
            let Some((head, tail)) = title.split_at_checked(at) else {
                continue;
            };
            let (head, tail) = (
                head.trim(),
                tail.strip_prefix(divider).unwrap_or(tail).trim(),
            );
            let is_site = site_names.contains(&letters(tail));
            let is_heading = !heading.is_empty() && letters(head) == letters(heading);
            if (is_site || is_heading) && !head.is_empty() && head.len() < best.len() {
                best = head;
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_suffix_goes_and_a_dash_in_a_headline_stays() {
        let sites = ["lornecourier".to_owned()];
        assert_eq!(
            without_site("Storm - and after | Lorne Courier", "", &sites),
            "Storm - and after"
        );
        assert_eq!(
            without_site("Storm - and after", "", &sites),
            "Storm - and after"
        );
        assert_eq!(
            without_site("Storm at sea | News | Daily", "Storm at Sea", &sites),
            "Storm at sea"
        );
    }
}
