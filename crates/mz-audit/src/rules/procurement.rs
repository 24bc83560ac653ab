//! Rules MZ7001 – MZ7200. Written by `cargo xtask gen`; do not edit by hand.

/// MZ7200 awards-exceed-whole.
pub mod awards_exceed_whole;
pub(crate) mod facts;
/// MZ7001 reserve-exceeds-whole.
pub mod reserve_exceeds_whole;
/// MZ7002 reserve-share-low.
pub mod reserve_share_low;
