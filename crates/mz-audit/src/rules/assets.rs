//! Rules MZ7010 – MZ7013. Written by `cargo xtask gen`; do not edit by hand.

/// MZ7012 area-without-value.
pub mod area_without_value;
/// MZ7011 asset-date-stale.
pub mod asset_date_stale;
/// MZ7010 running-cost-unusual.
pub mod running_cost_unusual;
/// MZ7013 vehicle-count-differs.
pub mod vehicle_count_differs;
