//! Names in comparison form. The functions live in the budget crate, because rules compare names too.

pub use mz_budget::normalise::{
    Folded, distance, fold, label, likeness, name, same_name, split_numbering, squeeze,
    strip_numbering, strip_of_which,
};
