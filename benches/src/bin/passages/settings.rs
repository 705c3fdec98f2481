//! What a run can be told on its command line.

use anyhow::{Context, bail};
use wirecopy_core::align::AlignOptions;

/// Settings of one run.
#[derive(Clone)]
pub(crate) struct Settings {
    /// Those of the aligner.
    pub(crate) options: AlignOptions,
    /// Bits of shared fingerprints from which a pair is aligned.
    pub(crate) candidate_bits: f32,
}

impl Settings {
    /// The defaults, changed by `name=value` settings.
    pub(crate) fn parse(settings: &[String]) -> anyhow::Result<Self> {
        let mut out = Self {
            options: AlignOptions::default(),
            candidate_bits: 12.0,
        };
        settings.iter().try_for_each(|s| out.set(s))?;
        Ok(out)
    }

    fn set(&mut self, setting: &str) -> anyhow::Result<()> {
        let (name, value) = setting.split_once('=').context("settings are name=value")?;
        let number: f32 = value.parse()?;
        let o = &mut self.options;
        match name {
            "candidate_bits" => self.candidate_bits = number,
            "min_bits" => o.min_bits = number,
            "min_bits_beside" => o.min_bits_beside = number,
            "min_quote_bits" => o.min_quote_bits = number,
            "least_seed_bits" => o.least_seed_bits = number,
            "least_bits" => o.least_bits = number,
            "soft_share" => o.soft_share = number,
            "max_points_per_concept" => o.max_points_per_concept = number as usize,
            "max_step" => o.max_step = number as u32,
            "max_back" => o.max_back = number as u32,
            "skip_cost" => o.skip_cost = number,
            "shift_cost" => o.shift_cost = number,
            "back_cost" => o.back_cost = number,
            "run_bits" => o.run_bits = number,
            "jump_cost" => o.jump_cost = number,
            "name_share" => o.name_share = number,
            "weak_near" => o.weak_near = number as u32,
            "weak_far" => o.weak_far = number as u32,
            "one_event_bits" => o.one_event_bits = number,
            "min_words" => o.min_words = number as usize,
            "reworded_bits" => o.reworded_bits = number,
            "merge_near" => o.merge_near = number as u32,
            "merge_far" => o.merge_far = number as u32,
            "snap" => o.snap = number as u32,
            "snap_share" => o.snap_share = number,
            other => bail!("no setting named {other}"),
        }
        Ok(())
    }
}
