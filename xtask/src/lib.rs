//! Project chores: generated files, tidy checks. Run as `cargo xtask …`; the checks run as `cargo test -p xtask`.

pub mod generate;
pub mod rooms;
pub mod rule_files;
pub mod source;
pub mod workspace;
