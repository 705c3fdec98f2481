//! Panics: caught where an item of a run can be passed over, told in one line where not.
//!
//! `WIRECOPY_PANIC=abort` ends the process at the first panic instead, for who looks for the fault.

use std::panic::PanicHookInfo;
use std::sync::OnceLock;

use wirecopy_detector::isolation;
use wirecopy_detector::isolation::{Isolation, OnPanic, Planted};

/// How this process treats panics: isolated, unless the environment says otherwise.
pub(crate) fn isolation() -> Isolation {
    static ASKED: OnceLock<Isolation> = OnceLock::new();
    *ASKED.get_or_init(|| Isolation {
        on_panic: if aborts() {
            OnPanic::Propagate
        } else {
            OnPanic::Isolate
        },
        planted: planted(),
    })
}

/// Installs the panic hook, which keeps the place of a panic for the guard that catches it. It prints where nobody would
/// catch it, and all that is known where `RUST_BACKTRACE` asks for it.
pub(crate) fn install_hook() {
    let full = std::panic::take_hook();
    let aborts = aborts();
    let wants_backtrace = std::env::var_os("RUST_BACKTRACE").is_some_and(|value| value != "0");
    std::panic::set_hook(Box::new(move |info| {
        isolation::note(info);
        if aborts || wants_backtrace {
            full(info);
        } else if !isolation::is_guarded() && rayon::current_thread_index().is_none() {
            tell(info);
        }
        if aborts {
            std::process::abort();
        }
    }));
}

/// What is said of a panic that ended the run.
pub(crate) fn ended(panic: &str) -> String {
    format!(
        "a fault of wirecopy {} ended the run ({panic}); please report this line, with the input if you may share it",
        env!("CARGO_PKG_VERSION")
    )
}

/// Says so on standard error, if that takes anything.
fn tell(info: &PanicHookInfo<'_>) {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let words = info.payload_as_str().unwrap_or_default();
    crate::print_error::tell(ended(&format!("{words}, at {place}")));
}

fn aborts() -> bool {
    std::env::var_os("WIRECOPY_PANIC").is_some_and(|value| value == "abort")
}

/// The fault that a test asks for, as `align:some words of a text`. In test builds only.
fn planted() -> Option<Planted> {
    if !cfg!(debug_assertions) {
        return None;
    }
    let asked = std::env::var("WIRECOPY_PLANTED_PANIC").ok()?;
    let (step, marker) = asked.split_once(':')?;
    Some(Planted {
        step: isolation::Step::named(step)?,
        marker: marker.to_owned().leak(),
    })
}
