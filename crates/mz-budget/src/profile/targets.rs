//! The form of a profile's performance-target tables; read from `targets.toml`.

use serde::Deserialize;

/// The performance-target form of a profile.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct TargetForm {}
