//! Rules MZ1001 – MZ1004. Written by `cargo xtask gen`; do not edit by hand.

pub(crate) mod contradiction;
/// MZ1003 part-exceeds-whole.
pub mod part_exceeds_whole;
/// MZ1001 parts-miss-total.
pub mod parts_miss_total;
/// MZ1004 rounding-only.
pub mod rounding_only;
/// MZ1002 same-figure-differs.
pub mod same_figure_differs;
