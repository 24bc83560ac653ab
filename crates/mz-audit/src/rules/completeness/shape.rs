//! Whether a document is whole enough to say that something is missing from it.

use mz_budget::disclosure::Disclosure;

/// At least half of the profile's required tables and three headings of its outline were recognised. A piece of a document
/// lacks most things without fault.
pub(super) fn is_whole(disclosure: &Disclosure) -> bool {
    let required: Vec<_> = disclosure
        .profile
        .tables
        .iter()
        .filter(|table| table.required)
        .collect();
    let found = required
        .iter()
        .filter(|spec| disclosure.tables.iter().any(|table| table.id == spec.id))
        .count();
    let headings = disclosure
        .sections
        .iter()
        .filter(|s| !s.in_contents && s.id.is_some())
        .count();
    !required.is_empty() && 2 * found >= required.len() && headings >= 3
}
