//! Charts as pictures inside the page, whose description holds every figure drawn.

use super::{flows, treemap};
use crate::{
    Chart, Figure,
    write::{escape, escaped},
};

/// Width of a chart, in units of its picture.
pub(super) const WIDTH: f64 = 960.0;
/// Height of its title line.
pub(super) const TOP: f64 = 40.0;

/// A number of the picture, with one decimal: the same on every machine.
pub(super) fn coordinate(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let tenths = tenths.abs();
    if tenths % 10 == 0 {
        format!("{sign}{}", tenths / 10)
    } else {
        format!("{sign}{}.{}", tenths / 10, tenths % 10)
    }
}

pub(super) fn write(out: &mut String, figure: &Figure, number: usize) {
    let (height, body) = match &figure.chart {
        Chart::Treemap(tiles) => (treemap::HEIGHT, treemap::draw(tiles)),
        Chart::Flows { columns, links } => flows::draw(columns, links),
    };
    out.push_str(&format!(
        "<figure class=\"chart\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" \
         aria-labelledby=\"f{number}t\" aria-describedby=\"f{number}d\">\n<title id=\"f{number}t\">{}</title>\n<desc id=\"f{number}d\">",
        coordinate(WIDTH),
        coordinate(height),
        escaped(&figure.title),
    ));
    describe(out, figure);
    out.push_str(&format!(
        "</desc>\n<text class=\"head\" x=\"0\" y=\"24\">{}</text>\n",
        escaped(&figure.title)
    ));
    let source = figure
        .source
        .as_ref()
        .map_or(String::new(), |(anchor, title)| {
            format!(
                "<a href=\"#{}\">数据见{}</a>　",
                escaped(anchor),
                escaped(title)
            )
        });
    out.push_str(&format!(
        "<text class=\"unit\" x=\"{}\" y=\"24\" text-anchor=\"end\">{source}单位：{}</text>\n{body}</svg>\n</figure>\n",
        coordinate(WIDTH),
        escaped(&figure.unit)
    ));
}

/// Every figure in words, for those who cannot see the picture.
fn describe(out: &mut String, figure: &Figure) {
    let unit = &figure.unit;
    let mut sentences: Vec<String> = Vec::new();
    match &figure.chart {
        Chart::Treemap(tiles) => {
            for tile in tiles {
                let note = match tile.note.as_str() {
                    "" => String::new(),
                    note => format!("（{note}）"),
                };
                sentences.push(format!("{} {} {unit}{note}", tile.name, tile.printed));
            }
        }
        Chart::Flows { columns, .. } => {
            for (i, column) in columns.iter().enumerate() {
                let nodes: Vec<String> = column
                    .iter()
                    .map(|node| format!("{} {} {unit}", node.name, node.printed))
                    .collect();
                sentences.push(format!("第 {} 列：{}", i + 1, nodes.join("，")));
            }
        }
    }
    escape(out, &sentences.join("；"));
}

/// At most so many characters of the width of a Chinese one.
pub(super) fn shortened(text: &str, most: f64) -> String {
    let wide = |c: char| if c < '\u{2000}' { 0.55 } else { 1.0 };
    if text.chars().map(wide).sum::<f64>() <= most {
        return text.to_owned();
    }
    let mut used = 1.0;
    let mut out = String::new();
    for c in text.chars() {
        used += wide(c);
        if used > most {
            break;
        }
        out.push(c);
    }
    if !out.is_empty() {
        out.push('…');
    }
    out
}
