//! Names of outlets: what they are called in credits, and which hosts are theirs. The agencies of [`crate::agencies`], and a
//! fixed list of the best known of the others; names that are in neither are read by pattern, and hosts name themselves.

use std::sync::LazyLock;

use crate::agencies;
use crate::agencies::Found;

/// One outlet.
struct Outlet {
    /// Its usual full name.
    name: &'static str,
    /// What credits call it, longest first; case counts.
    aliases: &'static [&'static str],
    /// Its registrable domains.
    domains: &'static [&'static str],
}

const fn outlet(
    name: &'static str,
    aliases: &'static [&'static str],
    domains: &'static [&'static str],
) -> Outlet {
    Outlet {
        name,
        aliases,
        domains,
    }
}

#[rustfmt::skip]
const OUTLETS: &[Outlet] = &[
    outlet("CNN", &["CNN Newsource", "CNN", "Cnn"], &["cnn.com"]),
    outlet("CNN en Español", &["CNN en Español", "CNN en Espanol", "CNN Español"], &["cnnespanol.cnn.com"]),
    outlet("CNBC", &["CNBC"], &["cnbc.com"]),
    outlet("The New York Times", &["New York Times", "NYTimes", "NYT"], &["nytimes.com"]),
    outlet("The Washington Post", &["Washington Post"], &["washingtonpost.com"]),
    outlet("The Wall Street Journal", &["Wall Street Journal", "WSJ"], &["wsj.com"]),
    outlet("USA TODAY", &["USA TODAY", "USA Today"], &["usatoday.com"]),
    outlet("Los Angeles Times", &["Los Angeles Times", "L.A. Times"], &["latimes.com"]),
    outlet("Chicago Tribune", &["Chicago Tribune"], &["chicagotribune.com"]),
    outlet("The Boston Globe", &["Boston Globe"], &["bostonglobe.com"]),
    outlet("Fox News", &["Fox News", "FOX News", "FoxNews.com"], &["foxnews.com"]),
    outlet("NBC News", &["NBC News", "NBC"], &["nbcnews.com"]),
    outlet("MSNBC", &["MSNBC"], &["msnbc.com"]),
    outlet("CBS News", &["CBS News", "CBS/AP", "CBS"], &["cbsnews.com"]),
    outlet("ABC News", &["ABC News"], &["abcnews.com", "abcnews.go.com"]),
    outlet("NPR", &["National Public Radio", "NPR"], &["npr.org"]),
    outlet("BBC", &["BBC News", "BBC"], &["bbc.com", "bbc.co.uk"]),
    outlet("The Guardian", &["Guardian"], &["theguardian.com"]),
    outlet("The Telegraph", &["Daily Telegraph", "Telegraph"], &["telegraph.co.uk"]),
    outlet("The Independent", &["The Independent"], &["independent.co.uk"]),
    outlet("Financial Times", &["Financial Times"], &["ft.com"]),
    outlet("Daily Mail", &["Daily Mail", "MailOnline"], &["dailymail.co.uk"]),
    outlet("Politico", &["POLITICO", "Politico"], &["politico.com", "politico.eu"]),
    outlet("The Hill", &["The Hill"], &["thehill.com"]),
    outlet("Axios", &["Axios"], &["axios.com"]),
    outlet("ProPublica", &["ProPublica"], &["propublica.org"]),
    outlet("Kaiser Health News", &["Kaiser Health News", "KHN"], &["khn.org"]),
    outlet("The Conversation", &["The Conversation"], &["theconversation.com"]),
    outlet("TIME", &["TIME magazine", "Time magazine", "TIME"], &["time.com"]),
    outlet("Newsweek", &["Newsweek"], &["newsweek.com"]),
    outlet("Forbes", &["Forbes"], &["forbes.com"]),
    outlet("The Atlantic", &["The Atlantic"], &["theatlantic.com"]),
    outlet("The Christian Science Monitor", &["Christian Science Monitor"], &["csmonitor.com"]),
    outlet("HuffPost", &["Huffington Post", "HuffPost"], &["huffpost.com", "huffingtonpost.com"]),
    outlet("Business Insider", &["Business Insider"], &["businessinsider.com"]),
    outlet("Voice of America", &["Voice of America", "VOA"], &["voanews.com"]),
    outlet("Radio Free Europe/Radio Liberty", &["RFE/RL", "Radio Free Europe"], &["rferl.org"]),
    outlet("Al Jazeera", &["Al Jazeera"], &["aljazeera.com"]),
    outlet("Deutsche Welle", &["Deutsche Welle", "DW"], &["dw.com"]),
    outlet("RT", &["RT"], &["rt.com"]),
    outlet("Le Monde", &["Le Monde"], &["lemonde.fr"]),
    outlet("El País", &["El País"], &["elpais.com"]),
    outlet("Der Spiegel", &["Der Spiegel", "SPIEGEL ONLINE"], &["spiegel.de"]),
    outlet("The Jerusalem Post", &["Jerusalem Post"], &["jpost.com"]),
    outlet("The Times of Israel", &["Times of Israel"], &["timesofisrael.com"]),
    outlet("South China Morning Post", &["South China Morning Post"], &["scmp.com"]),
    outlet("The Times of India", &["Times of India"], &["indiatimes.com"]),
    outlet("CBC", &["CBC News", "CBC"], &["cbc.ca"]),
];

/// The known outlet that a host belongs to, else its registrable domain; `None` when the host has none. `host` may
/// carry a scheme, a path and a port.
pub fn of_address(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest
        .split(['/', ':', '?', '#', ' ', ')', ']'])
        .next()?
        .trim_end_matches('.')
        .to_ascii_lowercase();
    let domain = wirecopy_domains::registrable(&host)?;
    let known = |wanted: &str| {
        let agencies = agencies::AGENCIES.iter().map(|a| (a.name, a.domains));
        let mut all = agencies.chain(OUTLETS.iter().map(|o| (o.name, o.domains)));
        all.find(|(_, domains)| domains.contains(&wanted))
            .map(|(name, _)| name.to_owned())
    };
    let bare = host.strip_prefix("www.").unwrap_or(&host);
    known(bare)
        .or_else(|| known(domain))
        .or_else(|| Some(domain.to_owned()))
}

/// The known outlet that `text` starts with (a leading article aside), and the bytes that its name takes.
pub fn at_start(text: &str) -> Found {
    behind_article(text, |text| longer(agencies::anywhere(text), listed(text)))
}

/// As [`at_start`], for the words of a credit, where short forms of agencies count that mean other things elsewhere.
pub fn credited(text: &str) -> Found {
    behind_article(text, |text| longer(agencies::credited(text), listed(text)))
}

fn behind_article(text: &str, find: impl Fn(&str) -> Found) -> Found {
    find(text).or_else(|| {
        let bare = ["the ", "The "]
            .iter()
            .find_map(|article| text.strip_prefix(article))?;
        find(bare).map(|(name, length)| (name, length + text.len() - bare.len()))
    })
}

fn longer(one: Found, other: Found) -> Found {
    let length = |found: Found| found.map_or(0, |(_, length)| length);
    if length(other) > length(one) {
        other
    } else {
        one
    }
}

/// All aliases with their outlet's name, by their first byte, in the order of the table.
static BY_FIRST_BYTE: LazyLock<[Vec<(&'static str, &'static str)>; 256]> = LazyLock::new(|| {
    let mut by_byte = [const { Vec::new() }; 256];
    for outlet in OUTLETS {
        for &alias in outlet.aliases {
            if let Some(&byte) = alias.as_bytes().first() {
                by_byte[usize::from(byte)].push((outlet.name, alias));
            }
        }
    }
    by_byte
});

/// The outlet of the list that `text` starts with. O(aliases with its first byte).
fn listed(text: &str) -> Found {
    let byte = *text.as_bytes().first()?;
    let hits = BY_FIRST_BYTE[usize::from(byte)].iter();
    let ends = |alias: &str| {
        text.strip_prefix(alias)
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    hits.filter(|(_, alias)| ends(alias))
        .max_by_key(|(_, alias)| alias.len())
        .map(|&(name, alias)| (name, alias.len()))
}

/// The first known outlet that is named in `text`, with the place of its name. O(words · outlets).
pub fn inside(text: &str) -> Option<(&'static str, std::ops::Range<usize>)> {
    let mut boundary = true;
    for (at, c) in text.char_indices() {
        if boundary
            && c.is_alphanumeric()
            && let Some((name, len)) = text.get(at..).and_then(at_start)
        {
            return Some((name, at..at + len));
        }
        boundary = !c.is_alphanumeric();
    }
    None
}

/// One name for all names of an outlet: that of the list where it is there, else lower-case letters and digits without
/// a leading article.
pub fn canonical(name: &str) -> String {
    let name = name.trim();
    if let Some((known, len)) = at_start(name)
        && len == name.len()
    {
        return letters(known);
    }
    let dotted = !name.contains(' ') && name.contains('.');
    match of_address(name).filter(|_| dotted) {
        Some(outlet) => letters(&outlet),
        None => letters(name),
    }
}

fn letters(name: &str) -> String {
    let lower: String = name.chars().flat_map(char::to_lowercase).collect();
    let bare = lower.strip_prefix("the ").unwrap_or(&lower);
    bare.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_name_their_outlet_or_themselves() {
        assert_eq!(
            of_address("https://www.nytimes.com/2020/01/x.html").as_deref(),
            Some("The New York Times")
        );
        assert_eq!(
            of_address("cnnespanol.cnn.com/2021").as_deref(),
            Some("CNN en Español")
        );
        assert_eq!(
            of_address("news.valley-herald.co.uk:80").as_deref(),
            Some("valley-herald.co.uk")
        );
        assert_eq!(of_address("localhost"), None);
    }

    #[test]
    fn names_of_one_outlet_have_one_canonical_form() {
        assert_eq!(canonical("The New York Times"), canonical("nytimes.com"));
        assert_eq!(canonical("AP"), canonical("The Associated Press"));
        assert_eq!(canonical("the Valley Herald"), canonical("Valley Herald"));
        assert_ne!(canonical("AP Automotive"), canonical("AP"));
    }

    #[test]
    fn known_names_are_found_at_word_boundaries() {
        assert_eq!(
            inside("all Associated Press journalists").map(|x| x.0),
            Some("Associated Press")
        );
        assert_eq!(inside("CAPITAL MAPS"), None);
    }
}
