//! How many of the pairs that share a passage become candidates, and how many others do.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use wirecopy_core::align::Aligner;

use crate::report::figure;
use crate::settings::Settings;
use crate::{articles, find, gold};

/// Bars that are tried, in bits.
const BARS: [f32; 11] = [
    12.0, 14.0, 16.0, 18.0, 20.0, 22.0, 24.0, 26.0, 28.0, 32.0, 36.0,
];

/// Prints, for each bar, the number of candidates and the share of known passages that they hold, by class.
pub(crate) fn recall(articles: &Path, gold: &Path, settings: &Settings) -> anyhow::Result<()> {
    let articles = articles::read(articles)?;
    let gold = gold::read(gold)?;
    let aligner = Aligner::new(settings.options.clone())?;
    let prepared = find::prepared(&aligner, &articles, false);
    let found = find::candidates(&prepared, 0.0);
    let bits: HashMap<(&str, &str), f32> = found
        .iter()
        .flat_map(|p| {
            let (a, b) = (&articles[p.a.index()].id, &articles[p.b.index()].id);
            [
                ((a.as_str(), b.as_str()), p.bits),
                ((b.as_str(), a.as_str()), p.bits),
            ]
        })
        .collect();
    let mut classes: BTreeMap<&str, Vec<f32>> = BTreeMap::new();
    for row in &gold {
        let shared = bits.get(&(row.susp.as_str(), row.src.as_str()));
        let list = classes.entry(&row.class).or_default();
        list.push(shared.copied().unwrap_or(0.0));
    }
    for bar in BARS {
        let pairs = found.iter().filter(|p| p.bits >= bar).count();
        let shares: Vec<String> = classes
            .iter()
            .map(|(class, bits)| {
                let kept = bits.iter().filter(|&&b| b >= bar).count();
                format!("{class} {:.3}", kept as f64 / bits.len() as f64)
            })
            .collect();
        figure(&format!(
            "bar {bar:4.0}  pairs {pairs:8}  {}",
            shares.join("  ")
        ));
    }
    Ok(())
}
