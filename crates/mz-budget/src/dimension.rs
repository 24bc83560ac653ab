//! Dimension trees and slices: the coordinates of every amount.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A dimension of the budget cube.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    /// Fund source: all → fiscal appropriation → the three budgets …, and non-fiscal funds.
    Fund,
    /// Vintage: this year's money or carried over.
    Vintage,
    /// Functional classification: all → 类 → 款 → 项.
    Function,
    /// Nature: basic (personnel, operating) or project.
    Nature,
    /// Departmental economic classification: all → 类 → 款, with overlay groups.
    Economic,
    /// Project: all → each project; only inside nature = project.
    Project,
    /// Body: department → own level and each unit.
    Body,
    /// Governmental economic classification: all → 类 → 款 (501…). Every yuan has a class of this and of the departmental one.
    Governmental,
}

impl Dimension {
    /// All dimensions, in slice order.
    pub const ALL: [Self; 8] = [
        Self::Fund,
        Self::Vintage,
        Self::Function,
        Self::Nature,
        Self::Economic,
        Self::Project,
        Self::Body,
        Self::Governmental,
    ];

    /// Whether its nodes are the codes of a national list.
    pub fn is_classification(self) -> bool {
        matches!(self, Self::Function | Self::Economic | Self::Governmental)
    }
}

/// Index of a node inside its [`Tree`]; 0 is the root.
pub type NodeId = u16;

/// One node of a dimension tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Stable key: `all`, `general-public`, a classification code, a project's normalised name.
    pub key: String,
    /// Name as printed in findings.
    pub name: String,
    /// Parent; the root is its own parent.
    pub parent: NodeId,
    /// Children that together make up this node.
    pub children: Vec<NodeId>,
    /// For an overlay group (such as 三公): the member nodes it adds up, which may be overlays themselves. Overlays have no
    /// children and are no child of anything; they only bound their members and are bounded by the root.
    pub overlay: Vec<NodeId>,
}

/// One dimension as a tree; node 0 is the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// Nodes, parents before children.
    pub nodes: Vec<Node>,
    by_key: BTreeMap<String, NodeId>,
}

impl Tree {
    /// A tree with only its root, keyed `all`.
    pub fn new(name: &str) -> Self {
        let root = Node {
            key: "all".into(),
            name: name.into(),
            parent: 0,
            children: Vec::new(),
            overlay: Vec::new(),
        };
        Self {
            nodes: vec![root],
            by_key: BTreeMap::from([("all".to_owned(), 0)]),
        }
    }

    /// The node with this key.
    pub fn find(&self, key: &str) -> Option<NodeId> {
        self.by_key.get(key).copied()
    }

    /// Adds a child, or returns the existing node of that key.
    pub fn add(&mut self, parent: NodeId, key: &str, name: &str) -> NodeId {
        if let Some(id) = self.find(key) {
            return id;
        }
        let Some(id) = self.push(parent, key, name, Vec::new()) else {
            return parent;
        };
        self.nodes[usize::from(parent)].children.push(id);
        id
    }

    /// Adds an overlay group of existing nodes.
    pub fn add_overlay(&mut self, key: &str, name: &str, members: Vec<NodeId>) -> NodeId {
        self.push(0, key, name, members).unwrap_or(0)
    }

    /// `None` when the tree is full, which only junk can make it: what does not fit counts for the node above it.
    fn push(
        &mut self,
        parent: NodeId,
        key: &str,
        name: &str,
        overlay: Vec<NodeId>,
    ) -> Option<NodeId> {
        let id = NodeId::try_from(self.nodes.len())
            .ok()
            .filter(|id| *id < NodeId::MAX)?;
        self.nodes.push(Node {
            key: key.into(),
            name: name.into(),
            parent,
            children: Vec::new(),
            overlay,
        });
        self.by_key.insert(key.into(), id);
        Some(id)
    }

    /// The node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[usize::from(id)]
    }

    /// Whether `ancestor` is `id` or above it.
    pub fn contains(&self, ancestor: NodeId, mut id: NodeId) -> bool {
        loop {
            if id == ancestor {
                return true;
            }
            if id == 0 {
                return false;
            }
            id = self.node(id).parent;
        }
    }
}

/// The trees of one disclosure's cube. Function, economic and project nodes are those the disclosure uses.
#[derive(Clone, Debug, PartialEq)]
pub struct Dimensions {
    /// One tree a dimension, in [`Dimension::ALL`] order.
    pub trees: [Tree; 8],
}

impl Dimensions {
    /// The tree of a dimension.
    pub fn tree(&self, dimension: Dimension) -> &Tree {
        &self.trees[dimension as usize]
    }

    /// The tree of a dimension, to add to it.
    pub fn tree_mut(&mut self, dimension: Dimension) -> &mut Tree {
        &mut self.trees[dimension as usize]
    }

    /// The slice with these coordinates; dimensions not named are at their root.
    /// `Err` names the first key that is in no tree.
    pub fn slice(&self, at: &Coordinates) -> Result<Slice, String> {
        let mut slice = Slice::WHOLE;
        for (dimension, key) in at {
            slice.0[*dimension as usize] = self
                .tree(*dimension)
                .find(key)
                .ok_or_else(|| format!("{dimension:?} = {key}"))?;
        }
        Ok(self.canonical(slice))
    }

    /// The slice a project's money has one name for: projects lie inside project expenditure, so a project of all natures
    /// is the project's project expenditure.
    pub fn canonical(&self, slice: Slice) -> Slice {
        if slice.node(Dimension::Project) == 0 || slice.node(Dimension::Nature) != 0 {
            return slice;
        }
        match self.tree(Dimension::Nature).find("project") {
            Some(project) => slice.with(Dimension::Nature, project),
            None => slice,
        }
    }

    /// Chinese name of a slice: the names of its nodes other than roots, in dimension order; 合计 for the whole.
    pub fn name(&self, slice: Slice) -> String {
        let names: Vec<&str> = Dimension::ALL
            .iter()
            .filter(|d| slice.0[**d as usize] != 0)
            .map(|d| self.tree(*d).node(slice.0[*d as usize]).name.as_str())
            .collect();
        if names.is_empty() {
            "合计".into()
        } else {
            names.join("·")
        }
    }
}

/// Coordinates by key, as profiles write them: `{ fund = "general-public", nature = "basic" }`.
pub type Coordinates = BTreeMap<Dimension, String>;

/// One node from each tree: what an amount is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slice(pub [NodeId; 8]);

impl Slice {
    /// The root of every tree: all the money.
    pub const WHOLE: Self = Self([0; 8]);

    /// The node in a dimension.
    pub fn node(self, dimension: Dimension) -> NodeId {
        self.0[dimension as usize]
    }

    /// The same slice with another node in one dimension.
    pub fn with(mut self, dimension: Dimension, node: NodeId) -> Self {
        self.0[dimension as usize] = node;
        self
    }

    /// The dimensions in which a part is another slice than this, one bit each. What other sources bring in this year
    /// stands beside whole funds: to name the year of a fund divides nothing more.
    pub fn division(self, part: Self, current: NodeId) -> u8 {
        let differs = |d: Dimension| self.node(d) != part.node(d);
        let names_year = differs(Dimension::Fund) && part.node(Dimension::Vintage) == current;
        Dimension::ALL
            .into_iter()
            .filter(|d| differs(*d) && !(names_year && *d == Dimension::Vintage))
            .fold(0, |way, d| way | 1 << d as u8)
    }
}
