//! What the tests of the program share: running it in a folder of its own, and checking JSON against a schema.

#![allow(
    dead_code,
    reason = "every test binary uses only a part of what is shared"
)]

pub mod folder;
pub mod schema;
