//! Asking a solution: what is known of a slice, within which bounds it lies, and by which steps it was derived.

use crate::{
    cube::{
        Solution,
        spread::{How, Net},
    },
    dimension::Slice,
};

/// A known amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The value the figures give.
    pub value: i64,
    /// What it may be off by, given the digits of the figures (and what zeros may hide).
    pub slack: i64,
    /// Printed figures other than zero it is made of.
    pub n: usize,
    /// Givens it rests on, ascending.
    pub support: Vec<usize>,
}

/// What an amount can be at least and at most. Without an upper bound, `most` is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// At least.
    pub least: i64,
    /// At most.
    pub most: Option<i64>,
}

/// How a step comes to its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Printed: index of the given.
    Given(usize),
    /// Sum of these slices along the dimension.
    Sum {
        /// Index of the tree.
        dimension: usize,
        /// The parts that are not zero.
        parts: Vec<Slice>,
    },
    /// The whole less the other parts along the dimension.
    Rest {
        /// Index of the tree.
        dimension: usize,
        /// The whole.
        whole: Slice,
        /// The other parts that are not zero.
        others: Vec<Slice>,
    },
    /// Part of something that these givens make zero.
    Zero {
        /// Indices of the givens.
        because: Vec<usize>,
    },
}

/// One step of a computation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is computed.
    pub slice: Slice,
    /// Its value.
    pub value: i64,
    /// How.
    pub kind: StepKind,
}

fn indices(given: &[u32]) -> Vec<usize> {
    given.iter().map(|given| *given as usize).collect()
}

impl Solution {
    /// What is known of a slice; `None` when it does not follow (or is not in the trees).
    pub fn known(&self, slice: Slice) -> Option<Known> {
        self.net.known(slice)
    }

    /// Bounds of a slice, also when it is not known exactly: it is at least what its known parts add up to, and at most
    /// what any whole of it leaves.
    pub fn bounds(&self, slice: Slice) -> Bounds {
        if let Some(known) = self.known(slice) {
            let least = known.value.saturating_sub(known.slack);
            let least = if self.net.signed { least } else { least.max(0) };
            return Bounds {
                least,
                most: Some(known.value.saturating_add(known.slack)),
            };
        }
        let nothing = Bounds {
            least: if self.net.signed { i64::MIN } else { 0 },
            most: None,
        };
        if self.net.signed || !self.net.cube.lattice.holds(slice) {
            return nothing;
        }
        let net = &self.net;
        let folded = net.place(slice);
        let mut bounds = nothing;
        let own = net.find(folded);
        for sum in &net.sums {
            let whole = &net.nodes[sum.whole as usize];
            let is_part = own.is_some_and(|own| net.parts(sum).contains(&own));
            if (!is_part || whole.how == How::Unknown) && Some(sum.whole) != own {
                continue;
            }
            let known = net
                .parts(sum)
                .iter()
                .map(|part| &net.nodes[*part as usize])
                .filter(|p| p.how != How::Unknown);
            let least = known.fold(0_i64, |least, part| {
                least.saturating_add(part.value.saturating_sub(part.loose).max(0))
            });
            if Some(sum.whole) == own {
                bounds.least = bounds.least.max(least);
            } else {
                let most = whole
                    .value
                    .saturating_add(whole.loose)
                    .saturating_sub(least)
                    .max(0);
                bounds.most = Some(bounds.most.map_or(most, |other| other.min(most)));
            }
        }
        for node in net.nodes.iter().filter(|node| node.how != How::Unknown) {
            if net.cube.lattice.contains(node.slice, folded) {
                let most = node.value.saturating_add(node.loose);
                bounds.most = Some(bounds.most.map_or(most, |other| other.min(most)));
            } else if net.cube.lattice.contains(folded, node.slice) {
                bounds.least = bounds.least.max(node.value.saturating_sub(node.loose));
            }
        }
        bounds
    }

    /// The computation of a slice, each step after those it uses. Empty when the slice is not known.
    pub fn explain(&self, slice: Slice) -> Vec<Step> {
        let mut steps = Vec::new();
        if !self.net.cube.lattice.holds(slice) {
            return steps;
        }
        let folded = self.net.place(slice);
        match self
            .net
            .find(folded)
            .filter(|node| self.net.is_known(*node))
        {
            Some(node) => steps_to(&self.net, node, &mut steps),
            None => {
                if let Some(zero) = self.net.zeros.above(folded) {
                    let because = self.net.because(zero);
                    steps.push(Step {
                        slice,
                        value: 0,
                        kind: StepKind::Zero { because },
                    });
                }
            }
        }
        steps
    }
}

impl Net {
    /// What is known of a slice, in coordinates of the document.
    pub fn known(&self, slice: Slice) -> Option<Known> {
        if !self.cube.lattice.holds(slice) {
            return None;
        }
        let folded = self.place(slice);
        if let Some(node) = self.find(folded).filter(|node| self.is_known(*node)) {
            let balance = self.weigh_at(node, slice);
            return Some(Known {
                value: self.nodes[node as usize].value,
                slack: i64::try_from(balance.loose).unwrap_or(i64::MAX),
                n: balance.terms.len(),
                support: indices(&balance.support(self)),
            });
        }
        let id = self.zeros.above(folded)?;
        Some(Known {
            value: 0,
            slack: self.zeros.list[id as usize].loose,
            n: 0,
            support: self.because(id),
        })
    }

    /// Givens a zero rests on, ascending.
    fn because(&self, zero: u32) -> Vec<usize> {
        let mut support = Vec::new();
        self.zeros.support(std::iter::once(zero), &mut support);
        indices(&support)
    }
}

/// Collects the steps a node rests on, lowest rank first.
fn steps_to(net: &Net, node: u32, steps: &mut Vec<Step>) {
    let mut needed = std::collections::BTreeSet::new();
    let mut pending = vec![node];
    while let Some(id) = pending.pop() {
        let it = &net.nodes[id as usize];
        if !needed.insert((it.rank, id)) {
            continue;
        }
        if let How::Sum(sum) | How::Rest(sum) = it.how {
            let sum = &net.sums[sum as usize];
            let members = net.parts(sum).iter().chain(Some(&sum.whole)).copied();
            pending.extend(
                members.filter(|member| *member != id && net.nodes[*member as usize].value != 0),
            );
        }
    }
    steps.extend(needed.iter().map(|(_, id)| step(net, *id)));
}

fn step(net: &Net, id: u32) -> Step {
    let node = &net.nodes[id as usize];
    let others = |sum: u32| -> Vec<Slice> {
        let parts = net.parts(&net.sums[sum as usize]).iter();
        parts
            .filter(|part| **part != id && net.nodes[**part as usize].value != 0)
            .map(|part| net.shown(*part))
            .collect()
    };
    let kind = match node.how {
        How::Given(given) => StepKind::Given(given as usize),
        How::Sum(sum) => StepKind::Sum {
            dimension: usize::from(net.sums[sum as usize].d),
            parts: others(sum),
        },
        How::Rest(sum) => StepKind::Rest {
            dimension: usize::from(net.sums[sum as usize].d),
            whole: net.shown(net.sums[sum as usize].whole),
            others: others(sum),
        },
        How::Zero(zero) => StepKind::Zero {
            because: net.because(zero),
        },
        How::Unknown => StepKind::Zero {
            because: Vec::new(),
        },
    };
    Step {
        slice: net.shown(id),
        value: node.value,
        kind,
    }
}
