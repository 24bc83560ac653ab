//! Parts of a whole as areas of a rectangle (the squarified layout of Bruls, Huizing and van Wijk).

use super::figure::{TOP, WIDTH, coordinate, shortened};
use crate::{Tile, write::escaped};

/// Height of the chart.
pub(super) const HEIGHT: f64 = 360.0;
/// Size of the letters.
const SIZE: f64 = 16.0;

#[derive(Clone, Copy, Debug)]
struct Area {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

pub(super) fn draw(tiles: &[Tile]) -> String {
    let mut tiles: Vec<&Tile> = tiles.iter().filter(|tile| tile.value > 0).collect();
    tiles.sort_by_key(|tile| std::cmp::Reverse(tile.value));
    let values: Vec<f64> = tiles.iter().map(|tile| tile.value as f64).collect();
    let whole = Area {
        x: 0.0,
        y: TOP,
        width: WIDTH,
        height: HEIGHT - TOP,
    };
    let mut out = String::new();
    for (i, (tile, area)) in tiles.iter().zip(squarified(&values, whole)).enumerate() {
        let hint = format!("{} {} {}", tile.name, tile.printed, tile.note);
        out.push_str(&format!(
            "<g class=\"k{}\"><title>{}</title><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            i % 8,
            escaped(hint.trim()),
            coordinate(area.x),
            coordinate(area.y),
            coordinate(area.width),
            coordinate(area.height),
        ));
        let room = (area.width - 12.0) / SIZE;
        for (n, text) in [&tile.name, &tile.printed, &tile.note]
            .into_iter()
            .enumerate()
        {
            let y = area.y + 24.0 + n as f64 * 22.0;
            // A figure is shown whole or not at all.
            let shown = shortened(text, room);
            if y < area.y + area.height - 4.0 && room >= 2.5 && (n == 0 || shown == *text) {
                out.push_str(&format!(
                    "<text x=\"{}\" y=\"{}\">{}</text>",
                    coordinate(area.x + 6.0),
                    coordinate(y),
                    escaped(&shown)
                ));
            }
        }
        out.push_str("</g>\n");
    }
    out
}

/// Areas in proportion to values that are sorted from large to small, as near to squares as rows allow.
fn squarified(values: &[f64], whole: Area) -> Vec<Area> {
    let total: f64 = values.iter().sum();
    let mut out = Vec::with_capacity(values.len());
    let (mut rest, mut left, mut from) = (whole, total, 0);
    while from < values.len() && left > 0.0 {
        let side = rest.width.min(rest.height).max(0.1);
        let scale = rest.width * rest.height / left;
        let mut to = from + 1;
        while to < values.len()
            && worst(&values[from..=to], scale, side) <= worst(&values[from..to], scale, side)
        {
            to += 1;
        }
        let sum: f64 = values[from..to].iter().sum();
        let depth = sum * scale / side;
        let mut along = 0.0;
        for value in &values[from..to] {
            let length = side * value / sum;
            out.push(if rest.width >= rest.height {
                Area {
                    x: rest.x,
                    y: rest.y + along,
                    width: depth,
                    height: length,
                }
            } else {
                Area {
                    x: rest.x + along,
                    y: rest.y,
                    width: length,
                    height: depth,
                }
            });
            along += length;
        }
        if rest.width >= rest.height {
            rest.x += depth;
            rest.width -= depth;
        } else {
            rest.y += depth;
            rest.height -= depth;
        }
        left -= sum;
        from = to;
    }
    out
}

/// The worst ratio of sides in a row of values along a side.
fn worst(row: &[f64], scale: f64, side: f64) -> f64 {
    let sum: f64 = row.iter().sum::<f64>() * scale;
    row.iter()
        .map(|value| {
            let area = value * scale;
            let (a, b) = (
                side * side * area / (sum * sum),
                sum * sum / (side * side * area),
            );
            a.max(b)
        })
        .fold(1.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_in_proportion_and_fill_the_whole() {
        let whole = Area {
            x: 0.0,
            y: 0.0,
            width: 600.0,
            height: 400.0,
        };
        let values = [6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0];
        let areas = squarified(&values, whole);
        assert_eq!(areas.len(), values.len());
        for (value, area) in values.iter().zip(&areas) {
            assert!(
                (area.width * area.height - value * 10_000.0).abs() < 1.0,
                "{area:?}"
            );
            assert!(area.width / area.height < 4.0 && area.height / area.width < 4.0);
            assert!(area.x >= 0.0 && area.x + area.width < 600.1);
        }
    }
}
