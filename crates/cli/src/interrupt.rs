//! Signals: the first SIGINT or SIGTERM ends reading and lets the run finish, the second aborts.
//!
//! A run that was told to terminate has [`GRACE`] to finish; whoever sends SIGTERM sends SIGKILL soon after.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::output;
use crate::tell::tell;

/// How long a run may go on after a first SIGTERM: less than the ten seconds that container managers wait.
const GRACE: Duration = Duration::from_secs(4);

/// What signals have come.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupts {
    stop: Arc<AtomicBool>,
    signal: Arc<AtomicUsize>,
}

impl Interrupts {
    /// Takes over SIGINT and SIGTERM. `first` is run when one of them comes for the first time, on a thread of its own.
    ///
    /// # Errors
    /// When the system refuses.
    pub(crate) fn watch(&self, first: impl Fn() + Send + 'static) -> std::io::Result<()> {
        let mut signals = Signals::new([SIGINT, SIGTERM])?;
        let seen = self.clone();
        let watch = move || {
            for signal in signals.forever() {
                if seen.stop.load(Ordering::Relaxed) {
                    output::abort(128 + signal);
                }
                seen.signal
                    .store(signal.unsigned_abs() as usize, Ordering::Relaxed);
                seen.stop.store(true, Ordering::Relaxed);
                first();
                if signal == SIGTERM {
                    abort_later();
                }
            }
        };
        let thread = std::thread::Builder::new().name("signals".to_owned());
        thread.spawn(watch).map(drop)
    }

    /// Set once a signal has come.
    pub(crate) fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// Whether the run was told to terminate: what is left of a long stage is passed over.
    pub(crate) fn must_hurry(&self) -> bool {
        self.signal.load(Ordering::Relaxed) == SIGTERM.unsigned_abs() as usize
    }

    /// The exit code that the signal asks for, if one came.
    pub(crate) fn exit_code(&self) -> Option<u8> {
        let signal = self.signal.load(Ordering::Relaxed);
        let code = u8::try_from(128 + signal).ok();
        code.filter(|_| signal > 0)
    }
}

/// Ends the process when its time to finish is over. Where no thread can be had, it ends at once.
fn abort_later() {
    let wait = || {
        std::thread::sleep(GRACE);
        tell("told to terminate, and not done in time: there is no result");
        output::abort(128 + SIGTERM);
    };
    if std::thread::Builder::new().spawn(wait).is_err() {
        output::abort(128 + SIGTERM);
    }
}
