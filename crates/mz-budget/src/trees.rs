//! The cube's trees of one document or package: the small ones the profile names, and the codes that are used.

use std::array;

use crate::{
    catalogue::Catalogue,
    dimension::{Dimension, Dimensions, NodeId, Tree},
    profile::Profile,
};

/// Names of the wholes, in dimension order.
const WHOLES: [&str; 8] = [
    "全部资金",
    "本年和结转",
    "全部功能分类",
    "全部支出",
    "全部经济分类",
    "全部项目",
    "本单位",
    "全部政府经济分类",
];

/// The small trees of the profile, and every code its tables and overlays name.
pub fn start(profile: &Profile, catalogue: &Catalogue) -> Dimensions {
    let mut dimensions = Dimensions {
        trees: array::from_fn(|i| Tree::new(WHOLES.get(i).copied().unwrap_or("合计"))),
    };
    for (dimension, nodes) in &profile.nodes {
        for node in nodes {
            let members: Vec<NodeId> = node
                .overlay
                .iter()
                .map(|key| ensure(&mut dimensions, catalogue, *dimension, key, ""))
                .collect();
            let tree = dimensions.tree_mut(*dimension);
            if members.is_empty() {
                let parent = node
                    .parent
                    .as_deref()
                    .and_then(|key| tree.find(key))
                    .unwrap_or(0);
                tree.add(parent, &node.key, &node.name);
            } else if tree.find(&node.key).is_none() {
                tree.add_overlay(&node.key, &node.name, members);
            }
        }
    }
    for table in &profile.tables {
        for panel in &table.panels {
            let rows = panel.rows.lines.iter().map(|l| &l.at);
            let columns = panel
                .columns
                .iter()
                .flat_map(|c| std::iter::once(&c.at).chain(&c.or_at));
            for at in rows.chain(columns).chain([&table.at, &panel.at]) {
                for (dimension, key) in at {
                    ensure(&mut dimensions, catalogue, *dimension, key, "");
                }
            }
        }
    }
    dimensions
}

/// The node of a key, added with its parents when it is a classification code the document uses for the first time.
/// `printed` names it when the catalogue does not.
pub fn ensure(
    dimensions: &mut Dimensions,
    catalogue: &Catalogue,
    dimension: Dimension,
    key: &str,
    printed: &str,
) -> NodeId {
    if let Some(id) = dimensions.tree(dimension).find(key) {
        return id;
    }
    let is_code = matches!(key.len(), 3 | 5 | 7) && key.bytes().all(|b| b.is_ascii_digit());
    let coded = is_code && dimension.is_classification();
    let parent = match key.get(..key.len().saturating_sub(2)) {
        Some(above) if coded && key.len() > 3 => {
            ensure(dimensions, catalogue, dimension, above, "")
        }
        _ => 0,
    };
    let entry = match dimension {
        Dimension::Function => catalogue.function(key),
        Dimension::Economic => catalogue.economic(key),
        Dimension::Governmental => catalogue.government_economic(key),
        _ => None,
    };
    let name = match entry {
        Some(entry) => entry.name,
        None if printed.is_empty() => key,
        None => printed,
    };
    let is_open = match dimension {
        Dimension::Economic => parent != 0,
        // Few tables list the government's classes, and some of them by names the departments' have too.
        Dimension::Governmental => true,
        _ => false,
    };
    if is_open {
        add_rest(dimensions, dimension, parent);
    }
    dimensions.tree_mut(dimension).add(parent, key, name)
}

/// Key of the node that stands for the parts of a node which the document never names: `302*`, or `*` for projects.
pub fn rest_key(parent: &str) -> String {
    if parent == "all" {
        "*".to_owned()
    } else {
        format!("{parent}*")
    }
}

/// Adds the rest of a node. Only the basic-expenditure table lists economic items, and only some tables list projects, so
/// the parts a document names are not all there are; closed tables say zero of the rest where they list.
pub fn add_rest(dimensions: &mut Dimensions, dimension: Dimension, parent: NodeId) {
    let tree = dimensions.tree_mut(dimension);
    let node = tree.node(parent);
    let key = rest_key(&node.key);
    let name = match (parent, dimension) {
        (0, Dimension::Project) => "其他项目".to_owned(),
        (0, _) => "未列出的类".to_owned(),
        _ => format!("{}（未列出的款）", node.name),
    };
    tree.add(parent, &key, &name);
}
