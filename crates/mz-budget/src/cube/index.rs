//! Slices, indexed by what is part of them: one bit a slice, for every node of every tree.

use crate::{cube::lattice::Lattice, dimension::Slice};

/// Slices numbered from 0, and which of them have a given slice as a part.
#[derive(Debug, Default)]
pub(super) struct Index {
    n: u32,
    /// By dimension and node: slices whose coordinate is the node or above it, but not the root.
    bits: Vec<Vec<Bits>>,
    /// By dimension: slices whose coordinate is the root.
    root: Vec<Bits>,
}

impl Index {
    pub fn new(lattice: &Lattice) -> Self {
        Self {
            n: 0,
            bits: lattice
                .axes
                .iter()
                .map(|axis| vec![Bits::default(); axis.parent.len()])
                .collect(),
            root: vec![Bits::default(); lattice.axes.len()],
        }
    }

    /// Adds the next slice.
    pub fn add(&mut self, lattice: &Lattice, slice: Slice) {
        let id = self.n;
        self.n += 1;
        for (d, axis) in lattice.axes.iter().enumerate() {
            if slice.0[d] == 0 {
                self.root[d].set(id);
            } else {
                for node in axis.below(slice.0[d]) {
                    self.bits[d][usize::from(*node)].set(id);
                }
            }
        }
    }

    /// The first slice that has this one as a part, from about the number `from` on.
    pub fn above(&self, slice: Slice, from: usize) -> Option<u32> {
        self.words(slice, from / 64, None).next().map(first_bit)
    }

    /// All slices that have this one as a part.
    pub fn all_above(&self, slice: Slice) -> impl Iterator<Item = u32> + '_ {
        self.words(slice, 0, None).flat_map(|(i, word)| {
            (0..64)
                .filter(move |bit| word >> bit & 1 == 1)
                .map(move |bit| i as u32 * 64 + bit)
        })
    }

    /// Whether a slice has this one as a part and is not at the root in this dimension.
    pub fn has_named(&self, slice: Slice, d: usize) -> bool {
        self.words(slice, 0, Some(d)).next().is_some()
    }

    /// Words of the bits of slices above, those that are not zero, with their number.
    fn words(
        &self,
        slice: Slice,
        from: usize,
        named: Option<usize>,
    ) -> impl Iterator<Item = (usize, u64)> + '_ {
        let meet = move |i: usize, level: fn(&Bits) -> &Vec<u64>| {
            let mut word = if self.root.is_empty() {
                u64::from(self.n > 0)
            } else {
                u64::MAX
            };
            for (d, root) in self.root.iter().enumerate() {
                let mut own = level(&self.bits[d][usize::from(slice.0[d])])
                    .get(i)
                    .copied()
                    .unwrap_or(0);
                if named != Some(d) {
                    own |= level(root).get(i).copied().unwrap_or(0);
                }
                word &= own;
                if word == 0 {
                    break;
                }
            }
            word
        };
        let n_words = (self.n as usize).div_ceil(64);
        (from / 64..n_words.div_ceil(64)).flat_map(move |block| {
            let filled = if n_words < 4 {
                u64::MAX
            } else {
                meet(block, |bits| &bits.filled)
            };
            let words = block * 64..((block + 1) * 64).min(n_words);
            words
                .filter(move |i| *i >= from && filled >> (i % 64) & 1 == 1)
                .map(move |i| (i, meet(i, |bits| &bits.words)))
                .filter(|(_, word)| *word != 0)
        })
    }
}

fn first_bit((i, word): (usize, u64)) -> u32 {
    i as u32 * 64 + word.trailing_zeros()
}

/// A set of numbers, with a coarser set of the words that are not empty.
#[derive(Clone, Debug, Default)]
struct Bits {
    words: Vec<u64>,
    filled: Vec<u64>,
}

impl Bits {
    fn set(&mut self, id: u32) {
        let word = id as usize / 64;
        for (bits, at) in [(&mut self.words, id as usize), (&mut self.filled, word)] {
            if bits.len() <= at / 64 {
                bits.resize(at / 64 + 1, 0);
            }
            bits[at / 64] |= 1 << (at % 64);
        }
    }
}
