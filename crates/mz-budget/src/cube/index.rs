//! Slices, indexed by what is part of them: one bit a slice, for every node of every tree.

use std::cmp::Reverse;

use crate::{
    cube::lattice::Lattice,
    dimension::{NodeId, Slice},
};

/// Slices numbered from 0, and which of them have a given slice as a part.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    n: u32,
    /// Dimensions that tell slices apart, those with most nodes first, because they do so best.
    order: Vec<usize>,
    /// By dimension and node: slices whose coordinate is the node or above it, but not the root.
    bits: Vec<Vec<Bits>>,
    /// By dimension: slices whose coordinate is the root.
    root: Vec<Bits>,
}

impl Index {
    pub fn new(lattice: &Lattice) -> Self {
        let n_nodes = |d: &usize| lattice.axes[*d].parent.len();
        let mut order: Vec<usize> = (0..lattice.axes.len()).filter(|d| n_nodes(d) > 1).collect();
        order.sort_by_key(|d| Reverse(n_nodes(d)));
        Self {
            n: 0,
            order,
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
        self.write(lattice, slice, |bits| bits.set(id));
    }

    /// Forgets the slice with this number.
    pub fn remove(&mut self, lattice: &Lattice, id: u32, slice: Slice) {
        self.write(lattice, slice, |bits| bits.clear(id));
    }

    fn write(&mut self, lattice: &Lattice, slice: Slice, change: impl Fn(&mut Bits)) {
        for (d, axis) in lattice.axes.iter().enumerate() {
            if slice.0[d] == 0 {
                change(&mut self.root[d]);
            } else {
                for node in axis.below(slice.0[d]) {
                    change(&mut self.bits[d][usize::from(*node)]);
                }
            }
        }
    }

    /// The first slice that has this one as a part, from about the number `from` on.
    pub fn above(&self, slice: Slice, from: usize) -> Option<u32> {
        self.words(slice, None, from / 64).next().map(first_bit)
    }

    /// All slices that have this one as a part, from this number on.
    pub fn all_above(&self, slice: Slice, from: usize) -> impl Iterator<Item = u32> + '_ {
        let words = self.words(slice, None, from / 64);
        words
            .flat_map(|(i, word)| {
                (0..64)
                    .filter(move |bit| word >> bit & 1 == 1)
                    .map(move |bit| i as u32 * 64 + bit)
            })
            .filter(move |id| *id as usize >= from)
    }

    /// Whether a slice has this one as a part and is not at the root in this dimension.
    pub fn has_named(&self, slice: Slice, d: usize) -> bool {
        let own = &self.bits[d][usize::from(slice.0[d])];
        self.words(slice, Some(d), 0)
            .any(|(i, word)| word & own.word(i) != 0)
    }

    /// Words of the slices that have this one as a part in all dimensions but one.
    pub fn meeting(&self, slice: Slice, d: usize) -> impl Iterator<Item = (usize, u64)> + '_ {
        self.words(slice, Some(d), 0)
    }

    /// The first of the slices met that has a node as a part in the dimension left out.
    pub fn above_met(&self, met: &[(usize, u64)], d: usize, node: NodeId) -> Option<u32> {
        let (own, root) = (&self.bits[d][usize::from(node)], &self.root[d]);
        met.iter()
            .map(|(i, word)| (*i, word & (own.word(*i) | root.word(*i))))
            .find(|(_, word)| *word != 0)
            .map(first_bit)
    }

    /// Words of the bits of slices above, those that are not zero, with their number. This is the innermost loop of
    /// solving, so it is written out.
    fn words(
        &self,
        slice: Slice,
        but: Option<usize>,
        from: usize,
    ) -> impl Iterator<Item = (usize, u64)> + '_ {
        let n_words = (self.n as usize).div_ceil(64);
        let n_blocks = n_words.div_ceil(64);
        let mut block = from / 64;
        let mut filled = 0;
        std::iter::from_fn(move || {
            loop {
                while filled == 0 {
                    if block >= n_blocks {
                        return None;
                    }
                    // With few words, looking at each costs less than asking which may have something.
                    filled = first_bits(n_words - block * 64);
                    if n_words.saturating_sub(from) > 3 {
                        filled = self.meet(slice, but, filled, block, |bits| &bits.filled);
                    }
                    if block == from / 64 {
                        filled &= u64::MAX << (from % 64);
                    }
                    block += 1;
                }
                let i = (block - 1) * 64 + filled.trailing_zeros() as usize;
                filled &= filled - 1;
                let all = first_bits(self.n as usize - i * 64);
                let word = self.meet(slice, but, all, i, |bits| &bits.words);
                if word != 0 {
                    return Some((i, word));
                }
            }
        })
    }

    /// The bits of one word that are set in all dimensions, or all but one.
    fn meet(
        &self,
        slice: Slice,
        but: Option<usize>,
        among: u64,
        i: usize,
        level: fn(&Bits) -> &Vec<u64>,
    ) -> u64 {
        let word = |bits: &Bits| level(bits).get(i).copied().unwrap_or(0);
        let mut met = among;
        for d in self.order.iter().copied().filter(|d| but != Some(*d)) {
            met &= word(&self.bits[d][usize::from(slice.0[d])]) | word(&self.root[d]);
            if met == 0 {
                break;
            }
        }
        met
    }
}

/// The first bits of a word, as many as there are.
fn first_bits(n: usize) -> u64 {
    if n < 64 { (1 << n) - 1 } else { u64::MAX }
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
    fn word(&self, i: usize) -> u64 {
        self.words.get(i).copied().unwrap_or(0)
    }

    fn set(&mut self, id: u32) {
        let word = id as usize / 64;
        for (bits, at) in [(&mut self.words, id as usize), (&mut self.filled, word)] {
            if bits.len() <= at / 64 {
                bits.resize(at / 64 + 1, 0);
            }
            bits[at / 64] |= 1 << (at % 64);
        }
    }

    fn clear(&mut self, id: u32) {
        let word = id as usize / 64;
        self.words[word] &= !(1 << (id % 64));
        if self.words[word] == 0 {
            self.filled[word / 64] &= !(1 << (word % 64));
        }
    }
}
