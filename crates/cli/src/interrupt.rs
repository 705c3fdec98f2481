//! Signals: the first SIGINT or SIGTERM ends reading and lets the run finish, the second aborts.
//!
//! A run that was told to terminate has [`GRACE`] to finish; whoever sends SIGTERM sends SIGKILL soon after.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{Builder, sleep};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::output;
use crate::print_error::tell;

/// How long a run may go on after a first SIGTERM: less than the ten seconds that container managers wait.
const GRACE: Duration = Duration::from_secs(4);

/// How often the flags of the handlers are looked at.
const PAUSE: Duration = Duration::from_millis(20);

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
    pub(crate) fn watch(&self, first: impl FnOnce() + Send + 'static) -> io::Result<()> {
        let again = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            flag::register(signal, Arc::clone(&again))?;
            flag::register_usize(signal, Arc::clone(&self.signal), signal as usize)?;
            // Last, so that who sees this one sees the others.
            flag::register(signal, Arc::clone(&self.stop))?;
        }
        let seen = self.clone();
        let thread = Builder::new().name("signals".to_owned());
        thread.spawn(move || seen.attend(&again, first)).map(drop)
    }

    /// Waits for the first signal, and then for a reason to abort. Handlers may do very little, so they set flags only.
    fn attend(&self, again: &AtomicBool, first: impl FnOnce() + Send + 'static) {
        while !self.stop.load(Ordering::SeqCst) {
            sleep(PAUSE);
        }
        again.store(false, Ordering::SeqCst);
        let since = Instant::now();
        aside(first);
        while !again.load(Ordering::SeqCst) {
            if self.must_hurry() && since.elapsed() > GRACE {
                aside(|| tell("told to terminate, and not done in time: there is no result"));
                sleep(PAUSE);
                break;
            }
            sleep(PAUSE);
        }
        output::abort(128 + self.signal.load(Ordering::SeqCst) as i32)
    }

    /// Set once a signal has come.
    pub(crate) fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// Whether the run was told to terminate: what is left of a long stage is passed over.
    pub(crate) fn must_hurry(&self) -> bool {
        self.signal.load(Ordering::SeqCst) == SIGTERM as usize
    }

    /// The exit code that the signal asks for, if one came.
    pub(crate) fn exit_code(&self) -> Option<u8> {
        let signal = self.signal.load(Ordering::SeqCst);
        let code = u8::try_from(128 + signal).ok();
        code.filter(|_| signal > 0)
    }
}

/// Says something without waiting for who should hear it: standard error may be a pipe that nobody empties.
fn aside(say: impl FnOnce() + Send + 'static) {
    let _unsaid = Builder::new().spawn(say);
}
