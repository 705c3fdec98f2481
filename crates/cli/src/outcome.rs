//! How a run ended, and the exit code that says so.

/// What happened; the code is the highest row of the contract's table that applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Exit code of the signal that stopped the reading.
    pub(crate) interrupted: Option<u8>,
    /// Inputs that were skipped and count (none under `--allow-skips`).
    pub(crate) skipped: usize,
    /// Documents that were read.
    pub(crate) documents: usize,
    /// Pairs that `--fail-on` names.
    pub(crate) named_pairs: usize,
}

impl Outcome {
    /// The exit code.
    pub(crate) fn code(self) -> u8 {
        if let Some(code) = self.interrupted {
            code
        } else if self.documents == 0 {
            2
        } else if self.named_pairs > 0 {
            1
        } else if self.skipped > 0 {
            3
        } else {
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_row_that_applies_wins() {
        let all = Outcome {
            interrupted: Some(130),
            skipped: 2,
            documents: 5,
            named_pairs: 1,
        };
        assert_eq!(all.code(), 130);
        assert_eq!(
            Outcome {
                interrupted: None,
                ..all
            }
            .code(),
            1
        );
        assert_eq!(
            Outcome {
                interrupted: None,
                named_pairs: 0,
                ..all
            }
            .code(),
            3
        );
        assert_eq!(
            Outcome {
                documents: 0,
                ..Outcome::default()
            }
            .code(),
            2
        );
        assert_eq!(
            Outcome {
                documents: 5,
                ..Outcome::default()
            }
            .code(),
            0
        );
    }
}
