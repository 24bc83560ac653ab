//! Charts as typed data: whoever knows the figures gives them here, and a writer only draws.

/// A chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The [`crate::Layout::anchor`] of the block it stands before; a chart whose block is missing stands at the end.
    pub before: String,
    /// Title.
    pub title: String,
    /// Unit of the printed figures, such as 万元.
    pub unit: String,
    /// Anchor and title of the table with the same figures.
    pub source: Option<(String, String)>,
    /// What is drawn.
    pub chart: Chart,
}

/// What a chart draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chart {
    /// Parts of a whole as areas.
    Treemap(Vec<Tile>),
    /// Quantities that flow from left to right.
    Flows {
        /// Columns of nodes from left to right.
        columns: Vec<Vec<Node>>,
        /// What flows between nodes of neighboring columns.
        links: Vec<Link>,
    },
}

/// An area of a treemap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tile {
    /// What it is.
    pub name: String,
    /// How large; nothing below 1 is drawn.
    pub value: i64,
    /// The figure as the document prints it.
    pub printed: String,
    /// A remark, such as its share in percent.
    pub note: String,
}

/// A node of a flow chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub name: String,
    /// How large; nothing below 1 is drawn.
    pub value: i64,
    /// The figure as the document prints it.
    pub printed: String,
}

/// A flow from one node to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// Column and index of the node it comes from.
    pub from: (usize, usize),
    /// Column and index of the node it goes to.
    pub to: (usize, usize),
    /// How large.
    pub value: i64,
}
