//! Slices, indexed by what is part of them: one bit a slice, for every node of every tree.

use crate::{
    cube::lattice::Lattice,
    dimension::{Dimension, Slice},
};

const N_DIMENSIONS: usize = Dimension::ALL.len();

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

    /// Words of the bits of slices above, those that are not zero, with their number. This is the innermost loop of
    /// solving, so it is written out.
    fn words(
        &self,
        slice: Slice,
        from: usize,
        named: Option<usize>,
    ) -> impl Iterator<Item = (usize, u64)> + '_ {
        let rows: [Row<'_>; N_DIMENSIONS] = std::array::from_fn(|d| {
            let root = self.root.get(d)?;
            let own = &self.bits[d][usize::from(slice.0[d])];
            Some((own, (named != Some(d)).then_some(root)))
        });
        let n_words = (self.n as usize).div_ceil(64);
        let n_blocks = n_words.div_ceil(64);
        // Without any tree all slices are the same one.
        let all = if self.root.is_empty() { 1 } else { u64::MAX };
        let mut block = from / 64;
        let mut filled = 0;
        std::iter::from_fn(move || {
            loop {
                while filled == 0 {
                    if block >= n_blocks {
                        return None;
                    }
                    // With few words, looking at each costs less than asking which may have something.
                    filled = match n_words < 4 {
                        true => (1 << n_words) - 1,
                        false => meet(&rows, block, |bits| &bits.filled),
                    };
                    if block == from / 64 {
                        filled &= u64::MAX << (from % 64);
                    }
                    block += 1;
                }
                let i = (block - 1) * 64 + filled.trailing_zeros() as usize;
                filled &= filled - 1;
                let word = meet(&rows, i, |bits| &bits.words) & all;
                if word != 0 {
                    return Some((i, word));
                }
            }
        })
    }
}

/// In one dimension: slices above the node but not at the root, and those at the root, unless they are not asked for.
/// `None` where there is no such dimension.
type Row<'i> = Option<(&'i Bits, Option<&'i Bits>)>;

/// The bits of one word that are set in all dimensions.
fn meet(rows: &[Row<'_>], i: usize, level: fn(&Bits) -> &Vec<u64>) -> u64 {
    let word = |bits: &Bits| level(bits).get(i).copied().unwrap_or(0);
    let mut met = u64::MAX;
    for (own, root) in rows.iter().flatten() {
        met &= word(own) | root.map_or(0, word);
        if met == 0 {
            break;
        }
    }
    met
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
