//! Rules MZ2001 – MZ2200. Written by `cargo xtask gen`; do not edit by hand.

/// MZ2006 category-list-incomplete.
pub mod category_list_incomplete;
pub(crate) mod chains;
/// MZ2100 code-misprinted.
pub mod code_misprinted;
/// MZ2004 economic-classes-mixed.
pub mod economic_classes_mixed;
/// MZ2007 heading-chain-broken.
pub mod heading_chain_broken;
/// MZ2002 heading-name-differs.
pub mod heading_name_differs;
/// MZ2001 heading-not-in-catalogue.
pub mod heading_not_in_catalogue;
/// MZ2005 heading-of-another-budget.
pub mod heading_of_another_budget;
/// MZ2003 heading-under-wrong-parent.
pub mod heading_under_wrong_parent;
pub(crate) mod items;
/// MZ2200 purpose-nature-contradicted.
pub mod purpose_nature_contradicted;
/// MZ2008 purpose-of-another-heading.
pub mod purpose_of_another_heading;
/// MZ2009 wages-in-project.
pub mod wages_in_project;
