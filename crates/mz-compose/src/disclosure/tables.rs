//! The statutory tables: header and rows from the profile's declarations, every cell a question to the cube.

use mz_budget::{
    dimension::{Dimension, NodeId, Slice},
    disclosure::Stage,
    money::MoneyUnit,
    profile::{PanelSpec, TableSpec, compose::TableLayout, narrative::StageWord},
};
use mz_document::{Column, ColumnKind, FlowCell, Table, TablePart};

use super::{
    figures::Figures,
    header,
    sentence::{Context, fill},
};

/// What a cell prints.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Figure {
    Digits(i64),
    /// Not published; whether there is something to publish.
    Withheld(bool),
    /// Nothing the package knows; the document is not made.
    Missing,
}

/// One row of a panel: its labels and its cells.
struct Line {
    labels: Vec<String>,
    cells: Vec<Figure>,
    is_total: bool,
}

/// Composes one table, in its own unit.
pub fn table(figures: &Figures<'_>, spec: &TableSpec) -> TablePart {
    let units = [MoneyUnit::Yuan, MoneyUnit::WanYuan, MoneyUnit::YiYuan];
    let unit = units
        .into_iter()
        .find(|unit| Some(unit.name()) == spec.unit.as_deref())
        .unwrap_or(figures.profile.unit);
    figures.in_unit(unit, || part(figures, spec))
}

fn part(figures: &Figures<'_>, spec: &TableSpec) -> TablePart {
    let own = figures.spec.tables.table.iter().find(|t| t.id == spec.id);
    let default = TableLayout::default();
    let layout = own.unwrap_or(&default);
    let common = &figures.spec.tables;
    let context = Context::of(figures.slice(&spec.at)).with(vec![
        ("title", spec.title.clone()),
        ("number", spec.number.to_string()),
    ]);
    let write = |template: &str| fill(figures, template, None, &context);
    let title = write(&common.title);
    figures.enter(&title);
    let panels: Vec<Vec<Line>> = spec
        .panels
        .iter()
        .map(|panel| lines(figures, spec, panel, layout))
        .collect();
    let is_nil = panels
        .iter()
        .flatten()
        .flat_map(|line| &line.cells)
        .all(|figure| *figure == Figure::Digits(0));
    let mut notes: Vec<String> = layout.notes.iter().map(|note| write(note)).collect();
    if is_nil && !layout.nil.is_empty() {
        notes.push(write(&layout.nil));
    }
    TablePart {
        title,
        level: 2,
        caption_left: write(&common.prepared_by),
        caption_right: write(&common.money_unit),
        table: grid(figures, spec, layout, &panels),
        notes,
        is_landscape: None,
        starts_page: true,
    }
}

/// Header, ruler and body of a table; panels stand side by side, their totals on one line.
fn grid(
    figures: &Figures<'_>,
    spec: &TableSpec,
    layout: &TableLayout,
    panels: &[Vec<Line>],
) -> Table {
    let paths: Vec<Vec<String>> = spec
        .panels
        .iter()
        .flat_map(|panel| panel_paths(panel, layout))
        .collect();
    let mut rows = header::rows(&paths);
    let ruler = &figures.spec.tables.ruler;
    if !ruler.is_empty() && !layout.no_ruler {
        rows.push(ruler_row(spec, ruler));
    }
    let n_header_rows = rows.len();
    let height = panels.iter().map(Vec::len).max().unwrap_or(0);
    for i in 0..height {
        let mut row = Vec::new();
        for (panel, lines) in spec.panels.iter().zip(panels) {
            // The last line of every panel is its total, when the panel ends with one.
            let ends = lines.last().is_some_and(|line| line.is_total) && spec.panels.len() > 1;
            let line = match (ends, i + 1 == height) {
                (true, true) => lines.last(),
                (true, false) => lines.get(..lines.len() - 1).and_then(|lines| lines.get(i)),
                (false, _) => lines.get(i),
            };
            row.extend(cells(figures, panel, line));
        }
        rows.push(row);
    }
    let mut table = Table::flow(rows);
    table.n_header_rows = n_header_rows;
    table.columns = spec.panels.iter().flat_map(columns).collect();
    table
}

fn columns(panel: &PanelSpec) -> impl Iterator<Item = Column> {
    let n_labels = panel.labels.len();
    let labels = (0..n_labels).map(move |i| {
        let is_code = n_labels >= 3 && i < 3 && i + 1 < n_labels;
        Column::from(if is_code {
            ColumnKind::Code
        } else {
            ColumnKind::Label
        })
    });
    labels.chain(
        panel
            .columns
            .iter()
            .map(|_| Column::from(ColumnKind::Number)),
    )
}

/// Paths of a panel's columns, its own header above them.
fn panel_paths(panel: &PanelSpec, layout: &TableLayout) -> Vec<Vec<String>> {
    let above = panel.header.clone();
    let path = |label: &str| -> Vec<String> {
        above
            .iter()
            .cloned()
            .chain(label.split('/').map(str::to_owned))
            .collect()
    };
    let labels = if layout.labels.len() == panel.labels.len() {
        &layout.labels
    } else {
        &panel.labels
    };
    let columns = panel.columns.iter().map(|column| path(&column.label));
    labels
        .iter()
        .map(|label| path(label))
        .chain(columns)
        .collect()
}

fn ruler_row(spec: &TableSpec, mark: &str) -> Vec<FlowCell> {
    let mut n = 0;
    let mut row = Vec::new();
    for panel in &spec.panels {
        row.extend(panel.labels.iter().map(|_| FlowCell::new(mark)));
        for _ in &panel.columns {
            n += 1;
            row.push(FlowCell::new(n.to_string()));
        }
    }
    row
}

fn cells(figures: &Figures<'_>, panel: &PanelSpec, line: Option<&Line>) -> Vec<FlowCell> {
    let Some(line) = line else {
        let n = panel.labels.len() + panel.columns.len();
        return (0..n).map(|_| FlowCell::new("")).collect();
    };
    let labels = line.labels.iter().map(FlowCell::new);
    let values = line.cells.iter().map(|figure| {
        FlowCell::new(match figure {
            Figure::Digits(0) | Figure::Missing => figures.spec.tables.zero.clone(),
            Figure::Digits(digits) => figures.number(*digits).to_string(),
            Figure::Withheld(_) => figures.withheld().to_owned(),
        })
    });
    labels.chain(values).collect()
}

/// The lines of a panel.
fn lines(
    figures: &Figures<'_>,
    spec: &TableSpec,
    panel: &PanelSpec,
    layout: &TableLayout,
) -> Vec<Line> {
    let base = figures.under(figures.slice(&spec.at), &panel.at);
    let rows = Rows {
        figures,
        panel,
        base,
    };
    let mut lines = Vec::new();
    let total = panel.rows.total.first().map(|label| {
        let mut line = rows.line(Slice::WHOLE, rows.labels("", label, ""));
        line.is_total = true;
        line
    });
    if panel.labels.is_empty() {
        lines.push(rows.line(Slice::WHOLE, Vec::new()));
    } else if panel.rows.lines.is_empty() {
        rows.axis(&mut lines);
        if let Some(total) = total
            && !lines.is_empty()
        {
            let unit = rows.line(Slice::WHOLE, rows.labels("", &figures.package.unit, ""));
            let at = if layout.total_last { lines.len() } else { 0 };
            lines.insert(at, total);
            if layout.unit_row {
                lines.insert(at + 1, unit);
            }
        }
    } else {
        for fixed in &panel.rows.lines {
            let at = figures.under(Slice::WHOLE, &fixed.at);
            lines.push(rows.line(at, rows.labels("", &fixed.label, "")));
        }
        lines.extend(total);
    }
    lines
}

struct Rows<'r, 'a> {
    figures: &'r Figures<'a>,
    panel: &'r PanelSpec,
    base: Slice,
}

impl Rows<'_, '_> {
    /// Labels of a row: the code in its columns (or before the name), the name, the name of the inner axis.
    fn labels(&self, code: &str, name: &str, inner: &str) -> Vec<String> {
        let n = self.panel.labels.len();
        let has_inner = self.panel.rows.inner.is_some();
        let n_codes = n.saturating_sub(1 + usize::from(has_inner));
        let mut labels: Vec<String> = (0..n_codes)
            .map(|i| {
                let (from, to) = if i == 0 {
                    (0, 3)
                } else {
                    (i * 2 + 1, i * 2 + 3)
                };
                code.get(from..to).unwrap_or("").to_owned()
            })
            .collect();
        labels.push(
            if n_codes == 0 && self.panel.rows.code_in_label && !code.is_empty() {
                format!("{code} {name}")
            } else {
                name.to_owned()
            },
        );
        if has_inner {
            labels.push(inner.to_owned());
        }
        labels
    }

    /// A row at a slice, whose coordinates lie on top of the panel's.
    fn line(&self, at: Slice, labels: Vec<String>) -> Line {
        let cells = self.panel.columns.iter().map(|column| {
            let mut slice = self.figures.under(self.base, &column.at);
            for dimension in Dimension::ALL {
                if at.node(dimension) != 0 {
                    slice = slice.with(dimension, at.node(dimension));
                }
            }
            let slice = self.figures.dimensions().canonical(slice);
            let stage = column.stage.map_or(Stage::Budget, StageWord::stage);
            match self.figures.digits(stage, slice) {
                Some(digits) => Figure::Digits(digits),
                None if self.figures.is_withheld(slice) => {
                    Figure::Withheld(self.figures.has_hidden(stage, slice))
                }
                None => Figure::Missing,
            }
        });
        Line {
            labels,
            cells: cells.collect(),
            is_total: false,
        }
    }

    /// Rows of the axis, each node followed by its parts.
    fn axis(&self, lines: &mut Vec<Line>) {
        let Some(axis) = self.panel.rows.axis else {
            return;
        };
        let tree = self.figures.dimensions().tree(axis);
        let deepest = match self.panel.rows.to.as_deref() {
            Some("category") => 3,
            Some("section") => 5,
            _ => usize::MAX,
        };
        let mut nodes: Vec<NodeId> = (1..NodeId::try_from(tree.nodes.len()).unwrap_or(0))
            .filter(|id| {
                let node = tree.node(*id);
                let fits = axis == Dimension::Project || node.key.len() <= deepest;
                node.overlay.is_empty() && !node.key.ends_with('*') && fits
            })
            .collect();
        if axis != Dimension::Project {
            nodes.sort_by_key(|id| tree.node(*id).key.as_str());
        }
        for id in nodes {
            let node = tree.node(id);
            let at = Slice::WHOLE.with(axis, id);
            let code = if axis == Dimension::Project {
                ""
            } else {
                node.key.as_str()
            };
            let is_leaf = !node.children.iter().any(|child| {
                let key = &tree.node(*child).key;
                !key.ends_with('*') && key.len() <= deepest
            });
            match self.panel.rows.inner {
                Some(inner) if is_leaf => self.inner(lines, inner, at, (code, &node.name)),
                _ => {
                    let line = self.line(at, self.labels(code, &node.name, ""));
                    lines.extend(Some(line).filter(has_money));
                }
            }
        }
    }

    /// Rows of the inner axis under one node.
    fn inner(
        &self,
        lines: &mut Vec<Line>,
        inner: Dimension,
        at: Slice,
        (code, name): (&str, &str),
    ) {
        let tree = self.figures.dimensions().tree(inner);
        for id in 1..NodeId::try_from(tree.nodes.len()).unwrap_or(0) {
            let node = tree.node(id);
            if node.key.ends_with('*') {
                continue;
            }
            let line = self.line(at.with(inner, id), self.labels(code, name, &node.name));
            lines.extend(Some(line).filter(has_money));
        }
    }
}

/// A row is listed when it has money, also money that is withheld; when that is not known, the missing amount is noted
/// already. A row that only withholds parts of nothing is none.
fn has_money(line: &Line) -> bool {
    let is_known = |figure: &&Figure| !matches!(figure, Figure::Withheld(_));
    let mut known = line.cells.iter().filter(is_known).peekable();
    if known.peek().is_none() {
        return line.cells.contains(&Figure::Withheld(true));
    }
    known.any(|figure| *figure != Figure::Digits(0))
}
