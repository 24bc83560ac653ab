//! Rules MZ5001 – MZ5011. Written by `cargo xtask gen`; do not edit by hand.

/// MZ5010 changes-not-disclosed.
pub mod changes_not_disclosed;
/// MZ5004 nil-statement-contradicted.
pub mod nil_statement_contradicted;
/// MZ5003 nil-table-unstated.
pub mod nil_table_unstated;
/// MZ5007 prepared-by-blank.
pub mod prepared_by_blank;
/// MZ5006 project-field-missing.
pub mod project_field_missing;
/// MZ5002 required-section-missing.
pub mod required_section_missing;
/// MZ5001 required-table-missing.
pub mod required_table_missing;
/// MZ5008 ruler-incomplete.
pub mod ruler_incomplete;
pub(crate) mod shape;
/// MZ5009 term-unexplained.
pub mod term_unexplained;
/// MZ5011 three-public-parts-missing.
pub mod three_public_parts_missing;
