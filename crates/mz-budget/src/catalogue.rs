//! Classification codes by year, with source and confidence kept.
