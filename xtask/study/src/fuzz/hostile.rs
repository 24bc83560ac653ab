//! Files made to hurt: small ones that claim, nest or unpack to more than any machine has.

mod markup;
mod package;
mod pdf;

/// A file made to hurt.
pub struct Hostile {
    /// What is in it; the ending is the format it claims.
    pub name: &'static str,
    /// Makes it; `scale` 1 is the full size, larger is that many times smaller.
    pub make: fn(scale: usize) -> Vec<u8>,
}

/// All of them.
pub fn all() -> impl Iterator<Item = &'static Hostile> {
    pdf::ALL.iter().chain(package::ALL).chain(markup::ALL)
}
