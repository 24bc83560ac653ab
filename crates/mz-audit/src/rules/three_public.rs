//! Rules MZ7030 – MZ7042. Written by `cargo xtask gen`; do not edit by hand.

/// MZ7041 count-contradicts-outlay.
pub mod count_contradicts_outlay;
/// MZ7042 counts-missing.
pub mod counts_missing;
/// MZ7030 purchase-without-number.
pub mod purchase_without_number;
