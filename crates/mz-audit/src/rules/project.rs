//! Rules MZ8001 – MZ8007. Written by `cargo xtask gen`; do not edit by hand.

/// MZ8007 amount-without-unit.
pub mod amount_without_unit;
/// MZ8006 carry-over-old.
pub mod carry_over_old;
/// MZ8005 document-number-brackets.
pub mod document_number_brackets;
pub(crate) mod execution_period;
pub(crate) mod matching;
pub(crate) mod mentions;
/// MZ8004 period-one-day.
pub mod period_one_day;
/// MZ8003 period-outside-year.
pub mod period_outside_year;
/// MZ8001 project-name-differs.
pub mod project_name_differs;
/// MZ8002 project-without-target.
pub mod project_without_target;
