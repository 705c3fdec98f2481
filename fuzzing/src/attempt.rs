//! Runs a case and survives its panic.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, Once, PoisonError};

use crate::case::Case;
use crate::check::{Broken, check};

/// How a case failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A panic: where, and what it said.
    Panic {
        /// Source file and line.
        place: String,
        /// The message.
        message: String,
    },
    /// A rule that the answer broke.
    Broken(Broken),
}

impl Fault {
    /// What is the same for two inputs that show one fault.
    #[must_use]
    pub fn kind(&self) -> String {
        match self {
            Self::Panic { place, .. } => format!("panic at {place}"),
            Self::Broken(broken) => format!("broken: {}", broken.rule),
        }
    }

    /// What was found.
    #[must_use]
    pub fn detail(&self) -> &str {
        match self {
            Self::Panic { message, .. } => message,
            Self::Broken(broken) => &broken.detail,
        }
    }
}

/// Where the last panic was, whichever thread had it.
static LAST: Mutex<Option<(String, String)>> = Mutex::new(None);

/// Keeps panics off standard error, and remembers where they were. Called by [`attempt`]; a libFuzzer target calls it
/// after libFuzzer set its own hook.
pub fn quiet() {
    std::panic::set_hook(Box::new(|info| {
        let place = info
            .location()
            .map_or_else(String::new, |at| format!("{}:{}", at.file(), at.line()));
        let message = info.payload_as_str().unwrap_or_default().to_owned();
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        *last = Some((place, message));
    }));
}

/// Runs the stage of `case`; a panic is a fault like a broken rule. One case at a time: panics are remembered for the
/// process.
///
/// # Errors
/// With the fault.
pub fn attempt(case: &Case) -> Result<(), Fault> {
    static HOOK: Once = Once::new();
    HOOK.call_once(quiet);
    match catch_unwind(AssertUnwindSafe(|| check(case))) {
        Ok(answer) => answer.map_err(Fault::Broken),
        Err(_) => {
            let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
            let (place, message) = last.take().unwrap_or_default();
            Err(Fault::Panic { place, message })
        }
    }
}
