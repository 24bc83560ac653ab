//! Independent tasks over the cores of the machine, with results in order, so that the same input gives the same output.

use std::{
    panic,
    sync::{
        LazyLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Threads for one document at most. A document takes a few milliseconds: more threads would cost more than they save.
const MOST_THREADS: usize = 2;

static N_THREADS: LazyLock<usize> = LazyLock::new(|| {
    thread::available_parallelism()
        .map_or(1, usize::from)
        .min(MOST_THREADS)
});

/// Does the tasks with these numbers; a panic in one is the caller's.
pub fn in_order<T: Send>(n: usize, task: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let n_threads = (*N_THREADS).min(n);
    if n_threads < 2 {
        return (0..n).map(task).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        numbers
            .take_while(|i| *i < n)
            .map(|i| (i, task(i)))
            .collect::<Vec<(usize, T)>>()
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..n_threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done.extend(
                other
                    .join()
                    .unwrap_or_else(|payload| panic::resume_unwind(payload)),
            );
        }
        done
    });
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        assert_eq!(
            in_order(100, |i| i * i),
            (0..100).map(|i| i * i).collect::<Vec<_>>()
        );
        assert!(in_order(0, |i| i).is_empty());
    }
}
