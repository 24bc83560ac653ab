//! The dimensions of the open data as code lists: key, name, parent.

use std::collections::BTreeSet;

use mz_budget::dimension::{Dimension, Dimensions, NodeId, Slice};

/// A dimension with a list of its own.
#[derive(Clone, Copy, Debug)]
pub struct CodeList {
    /// The dimension.
    pub dimension: Dimension,
    /// Column of the figures, and name of the list.
    pub name: &'static str,
    /// Chinese name.
    pub title: &'static str,
    /// What the column is to the Fiscal Data Package.
    pub column_type: &'static str,
}

/// Those a package is filled in by, in slice order.
pub const CODE_LISTS: [CodeList; 7] = [
    list(
        Dimension::Fund,
        "fund",
        "资金来源",
        "fin-source:generic:code",
    ),
    list(
        Dimension::Vintage,
        "vintage",
        "本年或结转",
        "value-kind:code",
    ),
    list(
        Dimension::Function,
        "function",
        "支出功能分类科目",
        "functional-classification:generic:code",
    ),
    list(
        Dimension::Nature,
        "nature",
        "支出性质",
        "expenditure-type:code",
    ),
    list(
        Dimension::Economic,
        "economic",
        "部门预算支出经济分类科目",
        "economic-classification:generic:code",
    ),
    list(
        Dimension::Project,
        "project",
        "项目",
        "activity:generic:project:code",
    ),
    list(
        Dimension::Body,
        "body",
        "单位",
        "administrative-classification:generic:code",
    ),
];

const fn list(
    dimension: Dimension,
    name: &'static str,
    title: &'static str,
    column_type: &'static str,
) -> CodeList {
    CodeList {
        dimension,
        name,
        title,
        column_type,
    }
}

/// The key of a slice in a dimension; empty for the whole.
pub fn key(dimensions: &Dimensions, slice: Slice, dimension: Dimension) -> &str {
    match slice.node(dimension) {
        0 => "",
        id => &dimensions.tree(dimension).node(id).key,
    }
}

/// The nodes that slices use, with what is above them, by key: key, name, key of the parent.
pub fn rows(
    dimensions: &Dimensions,
    dimension: Dimension,
    slices: impl Iterator<Item = Slice>,
) -> Vec<[String; 3]> {
    let tree = dimensions.tree(dimension);
    let mut used: BTreeSet<NodeId> = BTreeSet::new();
    for slice in slices {
        let mut id = slice.node(dimension);
        while id != 0 && used.insert(id) {
            id = tree.node(id).parent;
        }
    }
    let mut rows: Vec<[String; 3]> = used
        .into_iter()
        .map(|id| {
            let node = tree.node(id);
            let parent = match node.parent {
                0 => String::new(),
                parent => tree.node(parent).key.clone(),
            };
            [node.key.clone(), node.name.clone(), parent]
        })
        .collect();
    rows.sort();
    rows
}
