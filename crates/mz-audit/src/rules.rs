//! Every rule, by code. Written by `cargo xtask gen`; do not edit by hand.

use crate::Rule;

/// All rules, in code order.
pub static RULES: &[&Rule] = &[];
