//! Rules MZ4010 – MZ4402. Written by `cargo xtask gen`; do not edit by hand.

/// MZ4010 change-unexplained.
pub mod change_unexplained;
/// MZ4015 extreme-change-unexplained.
pub mod extreme_change_unexplained;
pub(crate) mod movers;
/// MZ4402 outturn-unexplained.
pub mod outturn_unexplained;
/// MZ4011 reason-direction-contradicted.
pub mod reason_direction_contradicted;
/// MZ4014 reason-empty.
pub mod reason_empty;
/// MZ4100 reason-left-blank.
pub mod reason_left_blank;
/// MZ4012 reason-misses-driver.
pub mod reason_misses_driver;
/// MZ4013 reasons-contradict.
pub mod reasons_contradict;
