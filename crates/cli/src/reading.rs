//! Reading that goes wrong costs the file that it went wrong in.

use wirecopy_corpus::Inputs;
use wirecopy_detector::isolation::{Cost, Isolation, Step, entry};
use wirecopy_findings::ErrorRecord;

/// Panics while reading after which an input is over: the next call may panic for ever.
const MOST_PANICS: usize = 100;

/// Inputs whose panics are errors about the file that was read.
pub(crate) struct Reading {
    inputs: Inputs,
    isolation: Isolation,
    panics: usize,
}

impl Reading {
    /// Reads `inputs`.
    pub(crate) fn new(inputs: Inputs, isolation: Isolation) -> Self {
        Self {
            inputs,
            isolation,
            panics: 0,
        }
    }

    /// What `next` gives of the inputs, or the entry of its panic.
    pub(crate) fn next<T>(
        &mut self,
        next: impl Fn(&mut Inputs) -> Option<T>,
    ) -> Option<Result<T, ErrorRecord>> {
        if self.panics >= MOST_PANICS {
            return None;
        }
        match self.isolation.guard(|| next(&mut self.inputs)) {
            Ok(item) => item.map(Ok),
            Err(panic) => {
                self.panics += 1;
                let file = self.inputs.abandon();
                let paths: Vec<&str> = file.as_deref().into_iter().collect();
                Some(Err(entry(Step::Read, &paths, (Cost::RestOfFile, &panic))))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;
    use wirecopy_corpus::ReadOptions;
    use wirecopy_detector::isolation::{INTERNAL, OnPanic};

    fn reading() -> Reading {
        let paths = [PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")];
        let inputs = Inputs::open(&paths, ReadOptions::default()).unwrap();
        let isolation = Isolation {
            on_panic: OnPanic::Isolate,
            planted: None,
        };
        Reading::new(inputs, isolation)
    }

    #[test]
    fn a_panic_while_reading_is_an_error_and_the_rest_goes_on() {
        let mut reading = reading();
        let failed = reading.next(|_| -> Option<()> { panic!("cut wrongly") });
        let error = failed.unwrap().unwrap_err();
        assert_eq!(error.code, INTERNAL);
        assert!(error.message.contains("cut wrongly"), "{}", error.message);
        assert!(reading.next(Iterator::next).is_some());
        assert!(reading.next(Iterator::next).is_none());
    }

    #[test]
    fn an_input_that_always_panics_ends() {
        let mut reading = reading();
        let mut next = || reading.next(|_| -> Option<()> { panic!("for ever") });
        assert_eq!(std::iter::from_fn(&mut next).count(), MOST_PANICS);
    }
}
