//! Scratch memory that workers hand on to each other.

use std::sync::{Mutex, PoisonError};

/// As many pieces of scratch as ever worked at once. A parallel map makes its state anew for every piece of work that it
/// deals out, and would never be warm.
#[derive(Debug, Default)]
pub(crate) struct Pool<T>(Mutex<Vec<T>>);

impl<T> Pool<T> {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Does `work` with a piece of scratch that nobody uses, made by `new` if there is none.
    pub(crate) fn with<R>(&self, new: impl FnOnce() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = free().pop();
        let mut scratch = taken.unwrap_or_else(new);
        let result = work(&mut scratch);
        free().push(scratch);
        result
    }
}
