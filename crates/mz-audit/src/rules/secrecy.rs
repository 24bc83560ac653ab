//! Rules MZ8010 – MZ8013. Written by `cargo xtask gen`; do not edit by hand.

/// MZ8012 alias-malformed.
pub mod alias_malformed;
/// MZ8010 placeholder-varies.
pub mod placeholder_varies;
/// MZ8013 private-data-shown.
pub mod private_data_shown;
pub(crate) mod withheld;
/// MZ8011 withheld-yet-shown.
pub mod withheld_yet_shown;
