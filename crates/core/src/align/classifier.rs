//! Whether a proposed passage has one origin: a logistic model over its measurements.
//!
//! The weights stand in `data/passage-weights.txt` and come from `scripts/fit-passages`, fitted to 1,582 proposals in
//! real news that were read one by one, and to the marked passages of invented events.

use super::features::{Features, MEASURE_NAMES, MEASURES};

const WEIGHTS: &str = include_str!("../../data/passage-weights.txt");

/// The fitted model.
#[derive(Clone, Debug)]
pub(super) struct PassageClassifier {
    weights: Features,
}

impl Default for PassageClassifier {
    fn default() -> Self {
        let mut weights = [0.0; MEASURES];
        let lines = WEIGHTS.lines().filter(|line| !line.starts_with('#'));
        for (line, (weight, name)) in lines.zip(weights.iter_mut().zip(MEASURE_NAMES)) {
            let value = line.strip_prefix(name).and_then(|v| v.trim().parse().ok());
            *weight = value.expect("the table has a number for each measurement, in order");
        }
        Self { weights }
    }
}

impl PassageClassifier {
    /// Log-odds, in bits, that what was measured has one origin.
    pub(super) fn weigh(&self, measured: &Features) -> f32 {
        let terms = self.weights.iter().zip(measured).map(|(w, m)| w * m);
        terms.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_table_has_every_measurement() {
        let lines = WEIGHTS.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), MEASURES);
        let classifier = PassageClassifier::default();
        assert!(classifier.weights.iter().all(|w| w.is_finite()));
        assert_eq!(classifier.weigh(&[0.0; MEASURES]), 0.0);
    }
}
