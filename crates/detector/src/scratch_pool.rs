//! Scratch memory that workers hand on to each other.

use std::sync::{Mutex, PoisonError};

/// Free list of workers' buffers. Rayon's `map_init` makes a new state for every split of the work; this reuses them, so there are
/// never more than threads that worked at once.
#[derive(Debug, Default)]
pub(crate) struct Pool<T>(Mutex<Vec<T>>);

impl<T> Pool<T> {
    /// An empty list.
    pub(crate) fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Runs `work` with a free buffer, made by `new` if there is none. A buffer of work that panicked is dropped, since its state
    /// is unknown.
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
