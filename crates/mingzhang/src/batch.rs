//! Many files over all cores, with a progress bar; one that fails never stops the others.

use std::{
    any::Any,
    cell::RefCell,
    panic::{self, AssertUnwindSafe},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use indicatif::{ProgressBar, ProgressStyle};
use mz_compose::report::Failure;

use crate::files::Asked;

/// Characters shown of the message of a fault of ours.
const LONGEST_WORDS: usize = 200;

/// Where the last fault was, in a thread that helped with a file.
static ANYWHERE: Mutex<String> = Mutex::new(String::new());

thread_local! {
    static WHERE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs the work on every file; results and failures come in the order of the files.
pub fn run<T: Send>(
    asked: &[Asked],
    work: impl Fn(usize, &Asked) -> Result<T, String> + Sync,
) -> (Vec<T>, Vec<Failure>) {
    let slots: Vec<Mutex<Option<Result<T, String>>>> =
        asked.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let bar = progress_bar(asked.len());
    let one_after_another = || {
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let (Some(file), Some(slot)) = (asked.get(i), slots.get(i)) else {
                return;
            };
            let result = guarded(|| work(i, file));
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
            bar.inc(1);
        }
    };
    // One file needs no thread of its own, and asking how many there could be reads a dozen files of the system.
    let n_cores = || thread::available_parallelism().map_or(1, usize::from);
    if asked.len() <= 1 {
        one_after_another();
    } else {
        thread::scope(|scope| {
            for _ in 0..n_cores().min(asked.len()) {
                scope.spawn(one_after_another);
            }
        });
    }
    bar.finish_and_clear();
    let (mut done, mut failures) = (Vec::new(), Vec::new());
    for (index, (file, slot)) in asked.iter().zip(slots).enumerate() {
        match slot.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(Ok(result)) => done.push(result),
            Some(Err(reason)) => failures.push(Failure {
                index,
                file: file.name.clone(),
                reason,
            }),
            None => {}
        }
    }
    (done, failures)
}

/// A fault of ours in one file becomes that file's failure.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        WHERE.with(|cell| cell.replace(place.clone()));
        *ANYWHERE.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let mut place = WHERE.with(RefCell::take);
        if place.is_empty() {
            place.clone_from(&ANYWHERE.lock().unwrap_or_else(PoisonError::into_inner));
        }
        Err(format!(
            "程序内部错误，请反馈：{}（{place}）",
            words(payload.as_ref())
        ))
    })
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied());
    let text = text.unwrap_or("原因不明");
    // A message may carry whole files; its beginning says enough.
    text.chars()
        .take(LONGEST_WORDS)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

/// Drawn on standard error when that is a terminal, else nothing.
fn progress_bar(n: usize) -> ProgressBar {
    if n < 2 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(n as u64);
    if let Ok(style) = ProgressStyle::with_template("审核 {bar:40} {pos}/{len} 个文件，剩余 {eta}")
    {
        bar.set_style(style);
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_fault_stops_no_other_file_and_order_is_kept() {
        let asked: Vec<Asked> = (0..20)
            .map(|i| Asked {
                name: format!("{i}.txt"),
                path: Err(String::new()),
            })
            .collect();
        let (done, failures) = run(&asked, |i, _| match i {
            3 => panic!("broken on purpose"),
            5 => Err("坏".to_owned()),
            i => Ok(i),
        });
        assert_eq!(done.len(), 18);
        assert!(done.is_sorted());
        assert_eq!(failures.len(), 2);
        assert!(
            failures[0].reason.contains("broken on purpose")
                && failures[0].reason.contains("batch.rs")
        );
        assert_eq!((failures[1].index, failures[1].reason.as_str()), (5, "坏"));
    }
}
