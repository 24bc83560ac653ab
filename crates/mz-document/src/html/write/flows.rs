//! Quantities that flow from column to column (a Sankey diagram).

use super::figure::{TOP, WIDTH, coordinate, shortened};
use crate::{Link, Node, write::escaped};

/// Width of a node.
const NODE: f64 = 16.0;
/// Space between nodes, room for one line of letters.
const GAP: f64 = 30.0;
/// Height that the largest column has for its values.
const SCALE: f64 = 360.0;

/// A node as placed.
#[derive(Clone, Copy, Debug, Default)]
struct Bar {
    x: f64,
    y: f64,
    height: f64,
    /// How much of its left and right edge is taken.
    left: f64,
    right: f64,
}

/// The height of the chart, and the chart.
pub(super) fn draw(columns: &[Vec<Node>], links: &[Link]) -> (f64, String) {
    let largest = columns
        .iter()
        .map(|column| column.iter().map(|node| node.value.max(0)).sum::<i64>())
        .max()
        .unwrap_or(0)
        .max(1) as f64;
    let scale = SCALE / largest;
    let most = columns.iter().map(Vec::len).max().unwrap_or(0);
    let height = TOP + SCALE + GAP * (most as f64 + 1.0);
    let mut bars = placed(columns, scale, height);
    let mut out = String::new();
    for link in links {
        out.push_str(&ribbon(&mut bars, columns, link, scale));
    }
    for (c, column) in columns.iter().enumerate() {
        for (n, node) in column.iter().enumerate() {
            if node.value > 0 {
                out.push_str(&labelled(&bars[c][n], node, c, columns.len(), n));
            }
        }
    }
    (height, out)
}

fn placed(columns: &[Vec<Node>], scale: f64, height: f64) -> Vec<Vec<Bar>> {
    let step = if columns.len() > 1 {
        (WIDTH - NODE) / (columns.len() - 1) as f64
    } else {
        0.0
    };
    let place = |(c, column): (usize, &Vec<Node>)| {
        let n = column.iter().filter(|node| node.value > 0).count() as f64;
        let total: f64 = column
            .iter()
            .map(|node| node.value.max(0) as f64 * scale)
            .sum();
        let mut y = TOP + (height - TOP - total - GAP * n) / 2.0 + GAP / 2.0;
        let bar = |node: &Node| {
            let bar = Bar {
                x: c as f64 * step,
                y,
                height: node.value.max(0) as f64 * scale,
                ..Bar::default()
            };
            y += bar.height + if node.value > 0 { GAP } else { 0.0 };
            bar
        };
        column.iter().map(bar).collect()
    };
    columns.iter().enumerate().map(place).collect()
}

/// A link as a band between two nodes; nothing for a link that leads nowhere.
fn ribbon(bars: &mut [Vec<Bar>], columns: &[Vec<Node>], link: &Link, scale: f64) -> String {
    let names = |(c, n): (usize, usize)| columns.get(c)?.get(n).map(|node| node.name.as_str());
    let (Some(from_name), Some(to_name)) = (names(link.from), names(link.to)) else {
        return String::new();
    };
    if link.value <= 0 {
        return String::new();
    }
    let thick = link.value as f64 * scale;
    let from = &mut bars[link.from.0][link.from.1];
    let (x0, y0) = (from.x + NODE, from.y + from.right);
    from.right += thick;
    let to = &mut bars[link.to.0][link.to.1];
    let (x1, y1) = (to.x, to.y + to.left);
    to.left += thick;
    let middle = (x0 + x1) / 2.0;
    let [x0, x1, middle] = [x0, x1, middle].map(coordinate);
    let [a, b, c, d] = [y0, y1, y1 + thick, y0 + thick].map(coordinate);
    format!(
        "<path class=\"flow\" d=\"M{x0} {a}C{middle} {a} {middle} {b} {x1} {b}L{x1} {c}C{middle} {c} {middle} {d} {x0} {d}Z\"><title>{} → {}</title></path>\n",
        escaped(from_name),
        escaped(to_name)
    )
}

fn labelled(bar: &Bar, node: &Node, column: usize, n_columns: usize, number: usize) -> String {
    let is_last = column + 1 == n_columns && n_columns > 1;
    let (x, anchor) = if is_last {
        (bar.x - 6.0, "end")
    } else {
        (bar.x + NODE + 6.0, "start")
    };
    let label = format!("{} {}", shortened(&node.name, 16.0), node.printed);
    format!(
        "<g class=\"k{}\"><title>{} {}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></g>\
         <text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>\n",
        number % 8,
        escaped(&node.name),
        escaped(&node.printed),
        coordinate(bar.x),
        coordinate(bar.y),
        coordinate(NODE),
        coordinate(bar.height.max(1.0)),
        coordinate(x),
        coordinate(bar.y + bar.height / 2.0 + 5.5),
        escaped(&label),
    )
}
