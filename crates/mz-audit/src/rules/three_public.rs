//! Rule MZ7030. Written by `cargo xtask gen`; do not edit by hand.

/// MZ7030 purchase-without-number.
pub mod purchase_without_number;
