//! Rules MZ1400 – MZ9400. Written by `cargo xtask gen`; do not edit by hand.

pub(crate) mod between;
/// MZ3401 change-carried-over.
pub mod change_carried_over;
/// MZ3400 figure-carried-over.
pub mod figure_carried_over;
/// MZ1402 initial-budget-differs.
pub mod initial_budget_differs;
/// MZ1400 prior-amount-restated.
pub mod prior_amount_restated;
/// MZ8400 project-renamed.
pub mod project_renamed;
/// MZ4400 reason-carried-over.
pub mod reason_carried_over;
/// MZ1401 unit-exceeds-department.
pub mod unit_exceeds_department;
/// MZ1403 version-differs.
pub mod version_differs;
/// MZ9400 year-unmoved.
pub mod year_unmoved;
