//! Every rule, by code. Written by `cargo xtask gen` from the folder; do not edit by hand.

use crate::Rule;

/// All rules, in code order.
pub static RULES: &[&Rule] = &[];
