//! Signals: the first SIGINT or SIGTERM ends reading and lets the run finish, the second aborts.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// What the signal handlers have seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interrupts {
    stop: Arc<AtomicBool>,
    signal: Arc<AtomicUsize>,
}

impl Interrupts {
    /// Installs the handlers.
    ///
    /// # Errors
    /// When the system refuses them.
    pub(crate) fn install() -> std::io::Result<Self> {
        let seen = Self::default();
        for signal in [SIGINT, SIGTERM] {
            // The order matters: the shutdown is armed by an earlier signal, and only then does this one arm it.
            flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&seen.stop))?;
            flag::register(signal, Arc::clone(&seen.stop))?;
            flag::register_usize(signal, Arc::clone(&seen.signal), signal as usize)?;
        }
        Ok(seen)
    }

    /// Set once a signal has come.
    pub(crate) fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// The exit code that the signal asks for, if one came.
    pub(crate) fn exit_code(&self) -> Option<u8> {
        let signal = self.signal.load(Ordering::Relaxed);
        u8::try_from(signal)
            .ok()
            .filter(|&s| s > 0)
            .map(|s| 128 + s)
    }
}
