//! Rules MZ1101 – MZ1109. Written by `cargo xtask gen`; do not edit by hand.

pub(crate) mod cells;
/// MZ1105 children-missing.
pub mod children_missing;
/// MZ1107 code-order.
pub mod code_order;
/// MZ1103 duplicate-row.
pub mod duplicate_row;
/// MZ1101 negative-amount.
pub mod negative_amount;
/// MZ1104 parent-row-missing.
pub mod parent_row_missing;
/// MZ1109 table-repeated.
pub mod table_repeated;
/// MZ1106 total-row-missing.
pub mod total_row_missing;
/// MZ1102 unreadable-cell.
pub mod unreadable_cell;
/// MZ1108 zero-styles-mixed.
pub mod zero_styles_mixed;
