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

    /// Does `work` with a piece of scratch that nobody uses, made by `new` if there is none. If `work` panics, the scratch
    /// is dropped: nobody knows what state it is in.
    pub(crate) fn with<R>(&self, new: impl FnOnce() -> T, work: impl FnOnce(&mut T) -> R) -> R {
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = free().pop();
        let mut scratch = taken.unwrap_or_else(new);
        let result = work(&mut scratch);
        free().push(scratch);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::isolation::catch;

    #[test]
    fn scratch_of_work_that_panicked_is_not_used_again() {
        let pool: Pool<Vec<u32>> = Pool::new();
        pool.with(Vec::new, |scratch| scratch.push(1));
        let half_done = |scratch: &mut Vec<u32>| {
            scratch.push(2);
            assert!(scratch.is_empty(), "half done");
        };
        assert!(catch(|| pool.with(Vec::new, half_done)).is_err());
        assert_eq!(pool.with(Vec::new, |scratch| scratch.len()), 0);
    }
}
