//! Rules MZ7001 – MZ7002. Written by `cargo xtask gen`; do not edit by hand.

pub(crate) mod facts;
/// MZ7001 reserve-exceeds-whole.
pub mod reserve_exceeds_whole;
/// MZ7002 reserve-share-low.
pub mod reserve_share_low;
