//! Rules MZ7020 – MZ7021. Written by `cargo xtask gen`; do not edit by hand.

/// MZ7020 office-count-differs.
pub mod office_count_differs;
/// MZ7021 staff-exceed-establishment.
pub mod staff_exceed_establishment;
