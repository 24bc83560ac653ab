//! Rules MZ1001 – MZ1202. Written by `cargo xtask gen`; do not edit by hand.

pub(crate) mod contradiction;
/// MZ1202 nature-misplaced.
pub mod nature_misplaced;
/// MZ1201 paired-headings-differ.
pub mod paired_headings_differ;
pub(crate) mod pairs;
/// MZ1003 part-exceeds-whole.
pub mod part_exceeds_whole;
/// MZ1001 parts-miss-total.
pub mod parts_miss_total;
/// MZ1005 parts-unlisted.
pub mod parts_unlisted;
/// MZ1004 rounding-only.
pub mod rounding_only;
/// MZ1002 same-figure-differs.
pub mod same_figure_differs;
