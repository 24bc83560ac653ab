//! Two independent things at once.

use std::{panic, thread};

/// Does `aside` on a thread of its own while `here` is done; a panic in either is the caller's.
pub(crate) fn beside<A: Send, B>(
    aside: impl FnOnce() -> A + Send,
    here: impl FnOnce() -> B,
) -> (A, B) {
    thread::scope(|scope| {
        let aside = scope.spawn(aside);
        let here = here();
        let aside = aside
            .join()
            .unwrap_or_else(|payload| panic::resume_unwind(payload));
        (aside, here)
    })
}
