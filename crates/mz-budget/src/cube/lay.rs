//! Laying the sums around known slices, and listing the parts of those that say something.
//!
//! Most sums say nothing: of the parts of a figure along a dimension that its table does not divide, none is known. To
//! tell, it is enough to see two members that are not known, so such a sum waits for these two (as clauses do in
//! satisfiability solvers) and its other parts are neither looked up nor made nodes.

use std::sync::Arc;

use crate::{
    cube::{
        fold::FoldedAxis,
        spread::{How, NONE, Net, Sum, Waiting, Waits},
    },
    dimension::{NodeId, Slice},
};

/// How a part of a sum stands.
enum Standing {
    /// Known, and not zero by a zero.
    Amount,
    /// Known to be zero: by this zero, or by being a node that is.
    Nothing,
    /// Not known.
    Unknown,
}

impl Net {
    /// Lays the sums a known slice is a member of.
    pub fn lay_around(&mut self, node: u32, axes: &[Arc<FoldedAxis>]) {
        let slice = self.nodes[node as usize].slice;
        for (d, axis) in axes.iter().enumerate() {
            let at = usize::from(slice.0[d]);
            if slice.0[d] != axis.rep[0] {
                self.lay_above(slice, (d, axis.up[at], 0), axis);
            }
            for (group, split) in &axis.groups[at] {
                self.lay_above(slice, (d, *group, *split), axis);
            }
            for split in 0..axis.splits[at].len() {
                self.lay(node, (d, split as u8), axis, false);
            }
        }
    }

    /// Lays the sum of a whole one of whose parts has an amount.
    fn lay_above(&mut self, slice: Slice, (d, up, split): (usize, NodeId, u8), axis: &FoldedAxis) {
        let mut whole = slice;
        whole.0[d] = up;
        if self.fold.settle(&self.cube.lattice, whole) != Some(whole)
            || !self.cube.lattice.is_complete(whole, d)
        {
            return;
        }
        let node = match self.find(whole) {
            Some(node) => node,
            // A part of a zero that is not zero is a contradiction already; do not carry it further.
            None if !self.signed && self.zeros.above(whole).is_some() => return,
            None if !self.is_wanted(whole) => return,
            None => self.node(whole),
        };
        self.lay(node, (d, split), axis, true);
    }

    /// Whether a whole nothing is printed of is worth deriving: in large documents, only when something wider is printed
    /// that is about the same node of its most detailed dimension. All else would be a copy of what is known already.
    fn is_wanted(&self, whole: Slice) -> bool {
        let Some(figures) = &self.figures else {
            return true;
        };
        if self.is_part_of_laid(whole) {
            return true;
        }
        let named = (0..self.fold.axes.len()).filter(|d| whole.0[*d] != self.fold.axes[*d].rep[0]);
        named
            .max_by_key(|d| self.fold.axes[*d].rep.len())
            .is_none_or(|d| figures.has_named(whole, d))
    }

    /// Whether the slice is a part of something whose parts were asked for.
    fn is_part_of_laid(&self, slice: Slice) -> bool {
        self.fold.axes.iter().enumerate().any(|(d, axis)| {
            axis.wholes(slice.0[d]).any(|up| {
                let mut whole = slice;
                whole.0[d] = up;
                up != slice.0[d]
                    && self
                        .find(whole)
                        .is_some_and(|whole| self.nodes[whole as usize].down[d] != NONE)
            })
        })
    }

    /// Lays a sum, or looks again at one that waits; `has_figure` when a part has an amount.
    fn lay(&mut self, whole: u32, (d, split): (usize, u8), axis: &FoldedAxis, has_figure: bool) {
        let key = (whole, d as u8, split);
        let laid = match split {
            0 => self.nodes[whole as usize].down[d],
            _ => self.other_sums.get(&key).copied().unwrap_or(NONE),
        };
        if laid != NONE {
            if let Some(waits) = &mut self.sums[laid as usize].waits {
                waits.has_figure |= has_figure;
                self.look(laid);
            }
            return;
        }
        if self.sums.len() >= self.max_sums {
            self.truncated = true;
            return;
        }
        let slice = self.nodes[whole as usize].slice;
        let ways = &axis.splits[usize::from(slice.0[d])];
        if usize::from(split) >= ways.len() || !self.cube.lattice.is_complete(slice, d) {
            return;
        }
        let id = self.sums.len() as u32;
        if split == 0 {
            self.nodes[whole as usize].down[d] = id;
        } else {
            self.other_sums.insert(key, id);
        }
        self.sums.push(Sum {
            whole,
            d: d as u8,
            split,
            is_bound: false,
            is_used: false,
            is_void: false,
            n_unknown: 2,
            loose: 0,
            parts: (0, 0),
            zeros: (0, 0),
            is_stale: true,
            waits: Some(Waits {
                members: [NONE; 2],
                seen: 0,
                has_figure,
            }),
        });
        self.look(id);
    }

    /// Lays a sum in place of one whose parts are no longer what they were.
    pub fn lay_anew(&mut self, id: u32) {
        let old = &mut self.sums[id as usize];
        old.is_void = true;
        let (whole, d, split) = (old.whole, usize::from(old.d), old.split);
        if split == 0 {
            self.nodes[whole as usize].down[d] = NONE;
        } else {
            self.other_sums.remove(&(whole, d as u8, split));
        }
        let axis = Arc::clone(&self.fold.axes[d]);
        self.lay(whole, (d, split), &axis, true);
    }

    /// Looks for two members that are not known; lists the parts when there are none, or when an amount of a part can be
    /// held against the whole.
    pub fn look(&mut self, id: u32) {
        let Sum {
            whole,
            d,
            split,
            waits: Some(mut waits),
            ..
        } = self.sums[id as usize]
        else {
            return;
        };
        let is_whole_known = self.is_known(whole);
        if is_whole_known && waits.has_figure {
            return self.list(id);
        }
        let (d, slice) = (usize::from(d), self.nodes[whole as usize].slice);
        let axis = Arc::clone(&self.fold.axes[d]);
        let parts = &axis.splits[usize::from(slice.0[d])][usize::from(split)].parts;
        self.meet(slice, d);
        let mut unknown = [whole, NONE];
        let mut n_unknown = usize::from(!is_whole_known);
        let mut first = None;
        let mut at = waits.seen as usize;
        while let Some(part) = parts.get(at).filter(|_| n_unknown < 2) {
            let mut part_slice = slice;
            part_slice.0[d] = axis.rep[usize::from(*part)];
            if self.fold.settle(&self.cube.lattice, part_slice) != Some(part_slice) {
                return self.list(id);
            }
            match self.standing(part_slice, d) {
                Standing::Amount if is_whole_known => return self.list(id),
                Standing::Amount | Standing::Nothing => {}
                Standing::Unknown => {
                    unknown[n_unknown] = self.node(part_slice);
                    n_unknown += 1;
                    first.get_or_insert(at);
                }
            }
            at += 1;
        }
        if n_unknown < 2 || (is_whole_known && self.was_passed_over(slice, d, &waits, &parts[at..]))
        {
            return self.list(id);
        }
        for member in unknown.iter().filter(|it| !waits.members.contains(it)) {
            self.wait_for(*member, id, false);
        }
        waits.seen = first.unwrap_or(at) as u32;
        waits.members = unknown;
        self.sums[id as usize].waits = Some(waits);
    }

    /// Whether one of the last parts has an amount though it never asked for its whole: in large documents a whole is not
    /// made for every part, and may come to be known later. Told when the sum is looked at first.
    fn was_passed_over(&self, whole: Slice, d: usize, waits: &Waits, last: &[NodeId]) -> bool {
        let is_amount = |part: &NodeId| {
            let mut slice = whole;
            slice.0[d] = self.fold.axes[d].rep[usize::from(*part)];
            let how = self.find(slice).map(|node| self.nodes[node as usize].how);
            how.is_some_and(|how| !matches!(how, How::Unknown | How::Zero(_)))
        };
        self.figures.is_some() && waits.members == [NONE; 2] && last.iter().any(is_amount)
    }

    /// Collects the zeros around a slice, its coordinate in one dimension left open.
    fn meet(&mut self, slice: Slice, d: usize) {
        self.meeting.clear();
        if !self.signed {
            self.zeros.meeting(slice, d, &mut self.meeting);
        }
    }

    /// How a part of the slice that was met stands.
    fn standing(&self, part: Slice, d: usize) -> Standing {
        match self.find(part) {
            Some(node) => match self.nodes[node as usize].how {
                How::Unknown => Standing::Unknown,
                How::Zero(_) => Standing::Nothing,
                _ => Standing::Amount,
            },
            None if self.zero_met(part, d).is_some() => Standing::Nothing,
            None => Standing::Unknown,
        }
    }

    fn zero_met(&self, part: Slice, d: usize) -> Option<u32> {
        self.zeros.above_met(&self.meeting, d, part.0[d])
    }

    pub fn wait_for(&mut self, member: u32, sum: u32, is_counted: bool) {
        let node = &mut self.nodes[member as usize];
        self.waiting.push(Waiting {
            sum,
            is_counted,
            next: node.waiting,
        });
        node.waiting = self.waiting.len() as u32 - 1;
    }

    /// Lists the parts of a sum that waited.
    pub fn list(&mut self, id: u32) {
        let sum = &mut self.sums[id as usize];
        if sum.waits.take().is_none() {
            return;
        }
        let (whole, d, split) = (sum.whole, usize::from(sum.d), usize::from(sum.split));
        let slice = self.nodes[whole as usize].slice;
        let axis = Arc::clone(&self.fold.axes[d]);
        let way = &axis.splits[usize::from(slice.0[d])][split];
        let (first_part, first_zero) = (self.parts.len(), self.sum_zeros.len());
        self.sum_zeros.extend(&way.pruned);
        self.meet(slice, d);
        for part in &way.parts {
            let mut plain = slice;
            plain.0[d] = axis.rep[usize::from(*part)];
            let Some(slice) = self.fold.settle(&self.cube.lattice, plain) else {
                continue;
            };
            let zero = |net: &Self| match (net.signed, slice == plain) {
                (true, _) => None,
                (false, true) => net.zero_met(slice, d),
                (false, false) => net.zeros.above(slice),
            };
            if let Some(node) = self.find(slice) {
                self.parts.push(node);
            } else if let Some(zero) = zero(self) {
                self.sum_zeros.push(zero);
            } else {
                let node = self.node(slice);
                self.parts.push(node);
            }
        }
        let loose = self.order_zeros(first_zero);
        let sum = &mut self.sums[id as usize];
        sum.loose = loose;
        sum.is_stale = true;
        sum.parts = (first_part as u32, self.parts.len() as u32);
        sum.zeros = (first_zero as u32, self.sum_zeros.len() as u32);
        self.count_unknown(id);
    }

    /// Brings the last zeros listed into order; what they may hide.
    fn order_zeros(&mut self, first: usize) -> i64 {
        self.sum_zeros[first..].sort_unstable();
        let (mut kept, mut loose) = (first, 0_i64);
        for i in first..self.sum_zeros.len() {
            let zero = self.sum_zeros[i];
            if i == first || self.sum_zeros[kept - 1] != zero {
                self.sum_zeros[kept] = zero;
                kept += 1;
                loose = loose.saturating_add(self.zeros.list[zero as usize].loose);
            }
        }
        self.sum_zeros.truncate(kept);
        loose
    }

    /// Has the members of a sum that are not known tell it when they are.
    fn count_unknown(&mut self, id: u32) {
        let Sum { whole, parts, .. } = self.sums[id as usize];
        let mut n_unknown = 0;
        for i in parts.0..=parts.1 {
            let member = match i < parts.1 {
                true => self.parts[i as usize],
                false => whole,
            };
            if !self.is_known(member) {
                n_unknown += 1;
                self.wait_for(member, id, true);
            }
        }
        self.sums[id as usize].n_unknown = n_unknown;
        if n_unknown == 1 {
            self.propose(id);
        }
    }

    /// Lays what bounds only: known parts, and the known whole whose list of parts is not complete.
    pub fn lay_bounds(&mut self) {
        let mut found: Vec<(u32, u8, u32)> = Vec::new();
        for part in 0..self.nodes.len() as u32 {
            let node = &self.nodes[part as usize];
            if node.value == 0 || node.how == How::Unknown {
                continue;
            }
            for (d, axis) in self.fold.axes.iter().enumerate() {
                let up = axis.up[usize::from(node.slice.0[d])];
                let mut whole = node.slice;
                whole.0[d] = up;
                if up == node.slice.0[d]
                    || self.cube.lattice.axes[d].is_overlay(node.slice.0[d])
                    || self.cube.lattice.is_complete(whole, d)
                {
                    continue;
                }
                // Parts settle inside the scope of their node, so the whole may be wider in other dimensions too.
                if let Some(whole) = self.find(whole).filter(|whole| self.is_known(*whole)) {
                    found.push((whole, d as u8, part));
                }
            }
        }
        found.sort_unstable();
        for group in found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let first = self.parts.len() as u32;
            self.parts.extend(group.iter().map(|(_, _, part)| *part));
            self.sums.push(Sum {
                whole: group[0].0,
                d: group[0].1,
                split: 0,
                is_bound: true,
                is_used: false,
                is_void: false,
                n_unknown: 0,
                loose: 0,
                parts: (first, self.parts.len() as u32),
                zeros: (0, 0),
                is_stale: false,
                waits: None,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        cube::{Constraints, Cube, Given, Kind},
        dimension::{Slice, Tree},
    };

    fn figure(slice: Slice, value: i64) -> Given {
        Given {
            value,
            kind: Kind::Printed,
            ..Given::blank(slice, 1)
        }
    }

    /// A table that sets two classifications side by side leaves most sums with nothing to say.
    #[test]
    fn parts_nobody_speaks_of_are_not_made() {
        const N: u16 = 40;
        let mut trees = vec![Tree::new("left"), Tree::new("right")];
        for tree in &mut trees {
            let category = tree.add(0, "category", "category");
            for i in 0..N {
                tree.add(category, &format!("{i}"), "heading");
            }
        }
        let pair = |i: u16| Slice([i + 2, i + 2, 0, 0, 0, 0, 0, 0]);
        let mut givens: Vec<Given> = (0..N).map(|i| figure(pair(i), 100)).collect();
        givens.push(figure(Slice::WHOLE, i64::from(N) * 100 + 1));
        let solution = Cube::new(&trees, givens, &Constraints::default()).solve();
        let n_nodes = solution.net.nodes.len();
        assert!(n_nodes < 10 * usize::from(N), "{n_nodes}");
        assert!(solution.conflicts.is_empty());
    }

    /// A sum that waited is listed once its other parts turn out to be nothing, and once a part has an amount.
    #[test]
    fn a_sum_that_waited_speaks_when_it_can() {
        let mut tree = Tree::new("all");
        let nodes: Vec<u16> = (0..6)
            .map(|i| tree.add(0, &format!("{i}"), "part"))
            .collect();
        let at = |node: u16| Slice::WHOLE.with(crate::dimension::Dimension::Fund, node);
        let solve = |givens: Vec<Given>| {
            Cube::new(std::slice::from_ref(&tree), givens, &Constraints::default()).solve()
        };
        let whole = figure(Slice::WHOLE, 500);
        let blanks = |n: usize| nodes[..n].iter().map(|node| Given::blank(at(*node), 1));
        let copied = solve(blanks(5).chain([whole]).collect());
        assert_eq!(
            copied.known(at(nodes[5])).map(|known| known.value),
            Some(500)
        );
        assert_eq!(
            solve(blanks(4).chain([whole]).collect()).known(at(nodes[5])),
            None
        );
        let part = figure(at(nodes[5]), 501);
        let exceeded = solve(blanks(2).chain([part, whole]).collect());
        assert_eq!(exceeded.conflicts.len(), 1);
        assert_eq!(exceeded.n_identities, 1);
    }
}
