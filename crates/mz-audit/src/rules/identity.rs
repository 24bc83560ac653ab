//! Rules MZ7040 – MZ9101. Written by `cargo xtask gen`; do not edit by hand.

/// MZ9032 contents-differ.
pub mod contents_differ;
/// MZ9034 document-date-implausible.
pub mod document_date_implausible;
/// MZ9033 facility-name-varies.
pub mod facility_name_varies;
/// MZ9035 kind-words-mixed.
pub mod kind_words_mixed;
/// MZ9101 level-words-mixed.
pub mod level_words_mixed;
/// MZ7040 money-unit-unstated.
pub mod money_unit_unstated;
/// MZ9036 numbering-broken.
pub mod numbering_broken;
/// MZ9030 unit-name-varies.
pub mod unit_name_varies;
/// MZ9031 year-varies.
pub mod year_varies;
