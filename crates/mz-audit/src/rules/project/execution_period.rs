//! Dates in the fields of project paragraphs.

use std::sync::LazyLock;

use crate::pattern::Pattern;

/// Years of the full dates in a text, in order.
pub(super) fn years(text: &str) -> Vec<u16> {
    static DATE: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::known(r"(20\d{2})\s*(?:年|[-./]\s*\d{1,2}\s*[-./])"));
    DATE.captures_iter(text)
        .filter_map(|c| c.get(1)?.as_str().parse().ok())
        .collect()
}
