//! Slices as hash keys: 8 × 16 bits in one integer, and a hash made for it.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use crate::dimension::Slice;

/// A slice as one integer.
pub(super) fn pack(slice: Slice) -> u128 {
    slice
        .0
        .iter()
        .fold(0, |key, node| key << 16 | u128::from(*node))
}

/// Map from packed slices.
pub(super) type SliceMap<V> = HashMap<u128, V, BuildHasherDefault<Mix>>;

/// Map from node numbers.
pub(super) type NodeMap<V> = HashMap<u32, V, BuildHasherDefault<Mix>>;

/// Multiplies and folds; slices are not chosen by an adversary who gains from collisions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mix(u64);

impl Mix {
    fn mix(&mut self, word: u64) {
        let wide = u128::from(self.0 ^ word ^ 0x9e37_79b9_7f4a_7c15) * 0xd6e8_feb8_6659_fd93;
        self.0 = (wide >> 64) as u64 ^ wide as u64;
    }
}

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.mix(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }

    fn write_u128(&mut self, value: u128) {
        self.mix((value >> 64) as u64);
        self.mix(value as u64);
    }
}
