//! From a found table to its reading and its observations.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    catalogue::Catalogue,
    dimension::{Coordinates, Dimension, Dimensions, NodeId, Slice},
    disclosure::{
        Disclosure, Observation, Origin, Reading, ReadingProblem, RowKind, Stage, TableReading,
        TableRow,
    },
    money::Decimal,
    normalise,
    place::Place,
    profile::{PanelSpec, RowsSpec},
};

use super::{
    cell,
    close::{self, Closing, Open},
    columns::{self, PanelLayout},
    dimensions,
    find::FoundTable,
    parts,
    rows::{self, Meaning, RawRow, RowReading},
};
use crate::place::place;

/// Likeness, in thousandths, of a name to its code's below which it is another heading's.
const MISNAMED: u32 = 400;
/// How the labels of totals end, whatever they are totals of.
const TOTALS: [&str; 3] = ["合计", "总计", "小计"];
/// Most rows of one table that are read; the longest books seen have a few hundred.
const MAX_ROWS: usize = 10_000;

fn is_total(label: &str) -> bool {
    TOTALS.iter().any(|word| label.ends_with(word))
}

/// Adds a table to the disclosure.
pub(super) fn table(
    found: &FoundTable,
    catalogue: &Catalogue,
    disclosure: &mut Disclosure,
    open: &mut Open,
) {
    let title_place = place(&found.title_place, found.title_block, &found.title);
    let mut reading = TableReading {
        id: found.spec.id.clone(),
        title: found.title.clone(),
        number: found.caption.number,
        prepared_by: found.caption.prepared_by.clone(),
        money_unit: found.caption.money_unit.clone(),
        place: title_place,
        rows: Vec::new(),
        columns: Vec::new(),
        ruler: found
            .ruler
            .as_ref()
            .map(|ruler| ruler.numbers.iter().map(|(_, number)| *number).collect()),
        n_values: 0,
        n_unread: 0,
        is_nil: true,
        blocks: found.blocks.clone(),
    };
    if !found.has_title {
        let message = format!(
            "第 {} 张表没有标题，按表头认作“{}”",
            disclosure.tables.len() + 1,
            found.spec.title
        );
        problem(
            disclosure,
            "table-without-title",
            message,
            reading.place.clone(),
        );
    }
    header_rows(found, &mut reading);
    panels(found, catalogue, &mut reading, disclosure, open);
    if found.layout.panels.is_empty() {
        // Only the title and a nil statement: every slice of the table is absent.
        for panel in &found.spec.panels {
            let base = slice_of(&disclosure.dimensions, &[&found.spec.at, &panel.at]);
            open.closings.extend(Closing::of_nil(
                disclosure.tables.len(),
                panel,
                base,
                disclosure,
            ));
        }
    }
    unplaced(found, &mut reading);
    reading.rows.sort_by_key(|row| (row.grid_row, row.panel));
    disclosure.tables.push(reading);
}

/// Figures that are read and are no slices of the cube: of tables that are no budget of money, and of columns left aside.
fn unplaced(found: &FoundTable, reading: &mut TableReading) {
    let placed: BTreeSet<usize> = found
        .layout
        .panels
        .iter()
        .zip(&found.spec.panels)
        .flat_map(|(layout, panel)| {
            let is_placed = |column: &usize| panel.columns.get(*column).is_some_and(|c| !c.skip);
            let values = layout.values.iter().filter(move |(_, c)| is_placed(c));
            values
                .map(|(at, _)| *at)
                .chain(layout.labels.iter().copied())
        })
        .collect();
    for row in found.first_data..found.grid.n_rows() {
        for column in (0..found.grid.n_columns).filter(|column| !placed.contains(column)) {
            let text = found
                .grid
                .starting(row, column)
                .map(|cell| cell.text.as_str());
            if let Some(number) = text.and_then(Decimal::parse) {
                reading.n_values += 1;
                reading.is_nil &= number.digits == 0;
            }
        }
    }
}

/// Reads the panels of a table, and what they say of rows that are not there.
fn panels(
    found: &FoundTable,
    catalogue: &Catalogue,
    reading: &mut TableReading,
    disclosure: &mut Disclosure,
    open: &mut Open,
) {
    let table = disclosure.tables.len();
    let mut closings = Vec::new();
    for (panel_idx, (layout, panel)) in found
        .layout
        .panels
        .iter()
        .zip(&found.spec.panels)
        .enumerate()
    {
        // A lane that is not there is a list printed in fewer lanes.
        let is_lane = found.spec.panels.iter().take(panel_idx).any(|other| {
            other.rows.axis == panel.rows.axis
                && other.columns == panel.columns
                && other.at == panel.at
        });
        if !is_lane || !layout.values.is_empty() {
            missing_columns(found, layout, panel, disclosure, reading);
        }
        let mut emitter = Emitter {
            found,
            catalogue,
            table,
            panel,
            panel_idx,
            layout,
            reading,
        };
        closings.push(emitter.panel(disclosure));
    }
    open.closings.extend(close::lanes(closings));
    nil(found, table, reading, disclosure);
}

/// Zeros that the table's money has by definition.
fn nil(found: &FoundTable, table: usize, reading: &TableReading, disclosure: &mut Disclosure) {
    for at in &found.spec.nil {
        let slice = slice_of(&disclosure.dimensions, &[&found.spec.at, at]);
        let place = Place {
            table: Some(reading.title.clone()),
            ..reading.place.clone()
        };
        disclosure.observations.push(Observation {
            stage: disclosure.own_stage(),
            slice: disclosure.dimensions.canonical(slice),
            reading: Reading::Absent,
            place,
            origin: Origin::AbsentRow { table },
        });
    }
}

/// A code printed otherwise than it is read; the row of its place shows it as printed.
fn code_problem(disclosure: &mut Disclosure, name: &str, code: &str, printed: &str, place: &Place) {
    let message = format!("科目编码印作“{printed}”，按 {code} 读");
    let row = format!("{printed} {}", place.row.as_deref().unwrap_or(""));
    let place = Place {
        row: Some(row),
        ..place.clone()
    };
    problem(disclosure, name, message, place);
}

fn problem(disclosure: &mut Disclosure, name: &str, message: String, place: Place) {
    disclosure.problems.push(ReadingProblem {
        name: name.to_owned(),
        message,
        place,
    });
}

fn header_rows(found: &FoundTable, reading: &mut TableReading) {
    for row in 0..found.first_data.min(found.grid.n_rows()) {
        let Some(at) = found.grid.rows.get(row) else {
            continue;
        };
        let quote = found.grid.texts(row).next().unwrap_or("");
        reading.rows.push(TableRow {
            grid_row: row,
            kind: RowKind::Header,
            inner: None,
            panel: 0,
            place: place(&at.row.place, at.block, quote),
        });
    }
}

/// Columns of the profile that no grid column was matched with.
fn missing_columns(
    found: &FoundTable,
    layout: &PanelLayout,
    panel: &PanelSpec,
    disclosure: &mut Disclosure,
    reading: &TableReading,
) {
    let missing: Vec<&str> = panel
        .columns
        .iter()
        .enumerate()
        .filter(|(i, column)| !column.optional && !layout.values.iter().any(|(_, at)| at == i))
        .map(|(_, column)| column.label.as_str())
        .collect();
    if !missing.is_empty() {
        let message = format!("“{}”没有找到栏目：{}", found.title, missing.join("、"));
        problem(
            disclosure,
            "columns-unmatched",
            message,
            reading.place.clone(),
        );
    }
}

/// The slice of several coordinates, later ones going over earlier ones unless they are wider.
fn slice_of(dimensions: &Dimensions, parts: &[&Coordinates]) -> Slice {
    parts
        .iter()
        .fold(Slice::WHOLE, |slice, at| laid_over(dimensions, slice, at))
}

/// The slice with coordinates laid over it, unless they are wider.
pub(super) fn laid_over(dimensions: &Dimensions, slice: Slice, at: &Coordinates) -> Slice {
    at.iter().fold(slice, |slice, (dimension, key)| {
        match dimensions.tree(*dimension).find(key) {
            Some(node) => narrowed(dimensions, slice, *dimension, node),
            None => slice,
        }
    })
}

/// The slice with one dimension set, unless it already is deeper inside that node.
fn narrowed(dimensions: &Dimensions, slice: Slice, dimension: Dimension, node: NodeId) -> Slice {
    let there = slice.node(dimension);
    if there != 0 && dimensions.tree(dimension).contains(node, there) {
        return slice;
    }
    slice.with(dimension, node)
}

/// A value column as read.
struct Column {
    grid_column: usize,
    slice: Slice,
    stage: Stage,
    label: String,
}

impl Column {
    fn closing(&self) -> (Slice, Stage, String) {
        (self.slice, self.stage, self.label.clone())
    }
}

/// Reads one panel of one table.
struct Emitter<'a, 'g> {
    found: &'a FoundTable<'g>,
    catalogue: &'a Catalogue,
    table: usize,
    panel: &'a PanelSpec,
    panel_idx: usize,
    layout: &'a PanelLayout,
    reading: &'a mut TableReading,
}

impl Emitter<'_, '_> {
    fn panel(&mut self, disclosure: &mut Disclosure) -> Option<Closing> {
        let grid = &self.found.grid;
        let n_data = grid.n_rows().saturating_sub(self.found.first_data);
        if n_data > MAX_ROWS {
            let message = format!(
                "“{}”有 {n_data} 行，只读取了前 {MAX_ROWS} 行",
                self.found.title
            );
            let place = self.reading.place.clone();
            problem(disclosure, "rows-left-out", message, place);
        }
        let raw = self.raw_rows();
        let mut readings = rows::read(&raw, self.panel, self.catalogue, disclosure.unit.as_deref());
        let has_bodies = self.units(&mut readings);
        let alternative = columns::reading(
            &disclosure.dimensions,
            grid,
            self.layout,
            self.panel,
            self.found.first_data,
        );
        let base = slice_of(
            &disclosure.dimensions,
            &[&self.found.spec.at, &self.panel.at],
        );
        let columns = self.columns(base, alternative, disclosure);
        for column in &columns {
            self.reading
                .columns
                .push((column.grid_column, column.label.clone()));
        }
        let mut closing = Closing::new(self.table, self.panel, columns.iter().map(Column::closing));
        let first_observation = disclosure.observations.len();
        let mut walk = Walk {
            body: None,
            has_bodies,
            seen: BTreeMap::new(),
        };
        for row in &readings {
            let slice = self.row(row, base, &mut walk, &mut closing, disclosure);
            if let Some(slice) = slice {
                self.cells(row, slice, &columns, disclosure);
            }
        }
        if self.panel.rows.parts {
            parts::add_up(&mut disclosure.observations, first_observation);
        }
        // A row that was not understood may be the very one that seems to be missing.
        // So may a row whose code is another's.
        let is_misnamed = |r: &RowReading| matches!(&r.meaning, Meaning::Code { code, name, .. } if self.is_misnamed(code, name));
        closing.is_whole = n_data <= MAX_ROWS
            && !readings
                .iter()
                .any(|r| r.meaning == Meaning::Unknown || is_misnamed(r));
        self.panel.rows.closed.then_some(closing)
    }

    /// The rows of the panel before they are understood.
    fn raw_rows(&self) -> Vec<RawRow<'_>> {
        let grid = &self.found.grid;
        (self.found.first_data..grid.n_rows())
            .take(MAX_ROWS)
            .map(|row| self.raw_row(row))
            .collect()
    }

    fn raw_row(&self, row: usize) -> RawRow<'_> {
        let grid = &self.found.grid;
        let labels = self.layout.labels.iter().enumerate();
        let mut labels: Vec<&str> = labels
            .filter(|(i, _)| !self.panel.aside.contains(i))
            .map(|(_, column)| grid.label(row, *column))
            .collect();
        let has_values = self.layout.values.iter().any(|(column, value)| {
            let is_money = self.panel.columns.get(*value).is_some_and(|c| !c.skip);
            is_money
                && grid
                    .starting(row, *column)
                    .is_some_and(|cell| !cell::is_blank(&cell.text))
        });
        if has_values
            && labels.iter().all(|label| label.is_empty())
            && let Some(label) = labels.first_mut()
            && let Some(total) = self.total_from_the_left(row)
        {
            *label = total;
        }
        RawRow {
            row,
            labels,
            beside: self
                .panel
                .beside
                .iter()
                .filter_map(|i| self.layout.labels.get(*i))
                .map(|column| grid.label(row, *column))
                .collect(),
            has_values,
        }
    }

    /// The total that stands in the columns of another panel with nothing but blanks between: a label over both whose cells
    /// are not merged, as in text, or centred across them in a spreadsheet.
    fn total_from_the_left(&self, row: usize) -> Option<&str> {
        let grid = &self.found.grid;
        let first = self.layout.labels.iter().min()?;
        let mut before = (0..*first).rev().map(|column| grid.label(row, column));
        before
            .find(|text| !text.is_empty())
            .filter(|text| is_total(text))
    }

    /// Whether the panel has nothing but blanks beside the label, and the next thing behind it in the row is a figure.
    fn total_goes_right(&self, row: usize) -> bool {
        let grid = &self.found.grid;
        let columns = self.layout.values.iter().map(|(column, _)| *column);
        let Some(last) = columns.clone().max() else {
            return false;
        };
        let is_blank = |column: usize| cell::is_blank(grid.label(row, column));
        let mut behind = (last + 1..grid.n_columns).filter(|column| !is_blank(*column));
        columns.clone().all(is_blank)
            && behind
                .next()
                .is_some_and(|column| Decimal::parse(grid.label(row, column)).is_some())
    }

    /// The value columns, their coordinates laid over the panel's.
    fn columns(&self, base: Slice, alternative: usize, disclosure: &Disclosure) -> Vec<Column> {
        let dimensions = &disclosure.dimensions;
        self.layout
            .values
            .iter()
            .filter_map(|(grid_column, column)| {
                let spec = self.panel.columns.get(*column).filter(|spec| !spec.skip)?;
                let at = columns::coordinates(self.panel, *column, alternative)?;
                let mut slice = base;
                for (dimension, key) in at {
                    if let Some(node) = dimensions.tree(*dimension).find(key) {
                        slice = narrowed(dimensions, slice, *dimension, node);
                    }
                }
                let printed = self
                    .found
                    .headings
                    .get(*grid_column)
                    .map(|h| h.printed.as_str())
                    .unwrap_or("");
                // A shifted header says nothing true of the column; the profile's wording does.
                let label = if printed.is_empty() || self.found.likeness < 850 {
                    &spec.label
                } else {
                    printed
                };
                Some(Column {
                    grid_column: *grid_column,
                    slice,
                    stage: spec.stage_in(disclosure.own_stage()),
                    label: label.to_owned(),
                })
            })
            .collect()
    }

    /// Rows of units: the document's own repeats the total; several stand for bodies of their own. Rows that are named like
    /// a unit and whose figure is the sum of the rows under them are units too. Returns whether there are several.
    fn units(&self, readings: &mut [RowReading]) -> bool {
        let spec = &self.panel.rows;
        if !spec.unit_rows {
            return false;
        }
        let figures: Vec<Option<i64>> = {
            let first = PanelLayout {
                labels: Vec::new(),
                values: self.layout.values.iter().take(1).copied().collect(),
            };
            let all = columns::figures(&self.found.grid, &first, self.found.first_data);
            let of = |row: usize| {
                all.get(row.checked_sub(self.found.first_data)?)?
                    .first()
                    .copied()
                    .flatten()
            };
            readings.iter().map(|reading| of(reading.row)).collect()
        };
        let heads: Vec<usize> = readings
            .iter()
            .enumerate()
            .filter(|(_, r)| is_unit(r, spec))
            .map(|(i, _)| i)
            .collect();
        let first_item = readings
            .iter()
            .position(|r| !matches!(r.meaning, Meaning::Total | Meaning::Note(_)));
        if first_item.is_none() || heads.first().copied() != first_item {
            return false;
        }
        let mut from = 0;
        for (n, head) in heads.iter().enumerate() {
            if *head < from {
                continue;
            }
            // A project may be named like a unit: the rows under a unit end where they add up to its figure.
            let ends = heads
                .get(n + 1..)
                .unwrap_or(&[])
                .iter()
                .copied()
                .chain([readings.len()]);
            let adds_up = |end: &usize| {
                let under: Vec<i64> = figures
                    .get(head + 1..*end)
                    .unwrap_or(&[])
                    .iter()
                    .map(|f| f.unwrap_or(0))
                    .collect();
                let slack = i64::try_from(under.len()).unwrap_or(0) + 1;
                let own = figures.get(*head).copied().flatten();
                !under.is_empty()
                    && own.is_some_and(|own| (own - under.iter().sum::<i64>()).abs() * 2 <= slack)
            };
            if let Some((end, reading)) = ends.clone().find(adds_up).zip(readings.get_mut(*head)) {
                reading.meaning = Meaning::Unit(reading.label.clone());
                from = end;
            }
        }
        readings
            .iter()
            .filter(|r| matches!(r.meaning, Meaning::Unit(_)))
            .count()
            > 1
    }

    /// The code cells of a row as printed, separated by spaces.
    fn printed_code(&self, row: &RowReading) -> String {
        let cells = self.layout.labels.iter();
        let texts = cells.map(|column| self.found.grid.label(row.row, *column));
        let codes = texts.filter(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()));
        codes.collect::<Vec<_>>().join(" ")
    }

    /// Lists a row and returns the slice of its label; `None` when its cells mean nothing.
    fn row(
        &mut self,
        row: &RowReading,
        base: Slice,
        walk: &mut Walk,
        closing: &mut Closing,
        disclosure: &mut Disclosure,
    ) -> Option<Slice> {
        let at = self.found.grid.rows.get(row.row)?;
        let first_text = self.found.grid.texts(row.row).next().unwrap_or("");
        let label = Some(row.label.as_str()).filter(|label| !label.is_empty());
        let quote = label.unwrap_or(first_text);
        let place = Place {
            table: Some(self.found.title.clone()),
            row: Some(row.label.clone()),
            ..place(&at.row.place, at.block, quote)
        };
        let item = |code: Option<&String>, name: &str| RowKind::Item {
            code: code.cloned(),
            name: name.to_owned(),
        };
        let mut inner = None;
        let (kind, slice) = match &row.meaning {
            Meaning::Total => {
                closing.has_total = true;
                (RowKind::Total, Some(base))
            }
            Meaning::Line { line, is_total } => {
                let spec = self.panel.rows.lines.get(*line)?;
                let mut slice = base;
                for (dimension, key) in &spec.at {
                    let node = dimensions::ensure(
                        &mut disclosure.dimensions,
                        self.catalogue,
                        *dimension,
                        key,
                        &row.label,
                    );
                    slice = narrowed(&disclosure.dimensions, slice, *dimension, node);
                    closing.list(*dimension, node);
                }
                closing.lines.insert(*line);
                (
                    if *is_total {
                        RowKind::Total
                    } else {
                        item(None, &row.label)
                    },
                    (!spec.skip).then_some(slice),
                )
            }
            Meaning::Code {
                code,
                name,
                project,
                zero_lost,
                misprinted,
            } => {
                if *zero_lost || *misprinted {
                    let name = if *zero_lost {
                        "code-zero-lost"
                    } else {
                        "code-misprinted"
                    };
                    code_problem(disclosure, name, code, &self.printed_code(row), &place);
                }
                inner.clone_from(project);
                let slice = (!self.is_misnamed(code, name)).then(|| {
                    let project = project.as_deref();
                    self.coded(code, name, project, base, walk, closing, disclosure, &place)
                });
                (item(Some(code), name), slice)
            }
            Meaning::Project(name) => {
                let key = walk.project_key(None, name);
                let slice = self.project(&key, name, base, walk, disclosure);
                closing.list(Dimension::Project, slice.node(Dimension::Project));
                (item(None, name), Some(slice))
            }
            Meaning::Unit(name) if walk.has_bodies => {
                let node = disclosure.dimensions.tree_mut(Dimension::Body).add(
                    0,
                    &normalise::name(name),
                    name,
                );
                walk.body = Some(node);
                (item(None, name), Some(base.with(Dimension::Body, node)))
            }
            Meaning::Unit(_) => (RowKind::Total, Some(base)),
            Meaning::Note(_) => (RowKind::Note, None),
            Meaning::Unknown => {
                let message = format!(
                    "“{}”有一行认不出：{}",
                    self.found.title,
                    if quote.is_empty() { "（空）" } else { quote }
                );
                problem(disclosure, "row-unknown", message, place.clone());
                (RowKind::Unknown, None)
            }
        };
        self.reading.rows.push(TableRow {
            grid_row: row.row,
            kind,
            inner,
            panel: self.panel_idx,
            place,
        });
        slice
    }

    /// Whether an economic code stands beside a name that has nothing to do with it: the row's money is in the category,
    /// but of which item nobody can say.
    fn is_misnamed(&self, code: &str, name: &str) -> bool {
        self.panel.rows.axis == Some(Dimension::Economic)
            && code.len() == 5
            && !name.is_empty()
            && self.catalogue.economic(code).is_some_and(|entry| {
                entry.is_confirmed() && normalise::likeness(entry.name, name) < MISNAMED
            })
    }

    #[expect(clippy::too_many_arguments, reason = "one row's parts, used once")]
    fn coded(
        &self,
        code: &str,
        name: &str,
        project: Option<&str>,
        base: Slice,
        walk: &mut Walk,
        closing: &mut Closing,
        disclosure: &mut Disclosure,
        place: &Place,
    ) -> Slice {
        let axis = self.panel.rows.axis.unwrap_or(Dimension::Function);
        let node = dimensions::ensure(&mut disclosure.dimensions, self.catalogue, axis, code, name);
        let base = laid_over(&disclosure.dimensions, base, &self.panel.rows.at);
        let slice = narrowed(&disclosure.dimensions, base, axis, node);
        let Some(project) = project else {
            closing.list(axis, node);
            return slice;
        };
        if self.panel.rows.inner == Some(Dimension::Governmental) {
            let dimension = Dimension::Governmental;
            let trees = &mut disclosure.dimensions;
            let class = dimensions::ensure(trees, self.catalogue, dimension, project, "");
            closing.list_pair(axis, node, class);
            return narrowed(&disclosure.dimensions, slice, dimension, class);
        }
        let key = walk.project_key(Some(node), project);
        if key.contains('#') {
            let message = format!("“{project}”在同一科目下出现多次，按不同项目计");
            problem(disclosure, "row-repeated", message, place.clone());
        }
        let slice = self.project(&key, project, slice, walk, disclosure);
        closing.list_pair(axis, node, slice.node(Dimension::Project));
        slice
    }

    fn project(
        &self,
        key: &str,
        name: &str,
        slice: Slice,
        walk: &Walk,
        disclosure: &mut Disclosure,
    ) -> Slice {
        let node = disclosure
            .dimensions
            .tree_mut(Dimension::Project)
            .add(0, key, name);
        let slice = slice.with(Dimension::Project, node);
        match walk.body {
            Some(body) => slice.with(Dimension::Body, body),
            None => slice,
        }
    }

    /// Observes the cells of a row.
    fn cells(
        &mut self,
        row: &RowReading,
        slice: Slice,
        columns: &[Column],
        disclosure: &mut Disclosure,
    ) {
        let Some(at) = self.found.grid.rows.get(row.row) else {
            return;
        };
        // The blanks between a total and its figure in the columns of another panel are no zeros of this one.
        if is_total(&row.label) && self.total_goes_right(row.row) {
            return;
        }
        for Column {
            grid_column,
            slice: column,
            stage,
            label,
        } in columns
        {
            let Some(slice) = joined(&disclosure.dimensions, slice, *column) else {
                continue;
            };
            let cell = self.found.grid.starting(row.row, *grid_column);
            if cell.is_none() && self.found.grid.covering(row.row, *grid_column).is_some() {
                // Inside a merged cell: its figure stands where the cell starts.
                continue;
            }
            let printed = cell.map_or("", |cell| cell.text.trim());
            if cell::is_withheld(printed, &disclosure.profile) {
                self.reading.is_nil = false;
                continue;
            }
            let reading = cell::read(printed, self.found.unit);
            let place = Place {
                table: Some(self.found.title.clone()),
                row: Some(row.label.clone()),
                column: Some(label.clone()),
                span: Some((at.row_in_block, *grid_column)),
                ..place(
                    cell.map_or(&at.row.place, |cell| &cell.place),
                    at.block,
                    Some(printed)
                        .filter(|p| !p.is_empty())
                        .unwrap_or(&row.label),
                )
            };
            self.count(&reading, (&row.label, label), &place, disclosure);
            let origin = Origin::Cell {
                table: self.table,
                row: row.row,
                column: *grid_column,
            };
            disclosure.observations.push(Observation {
                stage: *stage,
                slice,
                reading,
                place,
                origin,
            });
        }
    }

    /// Counts what a cell in this row and column holds.
    fn count(
        &mut self,
        reading: &Reading,
        (row, column): (&str, &str),
        place: &Place,
        disclosure: &mut Disclosure,
    ) {
        match reading {
            Reading::Value(money) => {
                self.reading.n_values += 1;
                self.reading.is_nil &= money.number.digits == 0;
            }
            Reading::Unread(text) => {
                let cell = format!("“{row}”行“{column}”栏");
                self.unread(&cell, text, place, disclosure);
            }
            Reading::Blank | Reading::Absent => {}
        }
    }

    /// Counts and notes a cell that holds no figure.
    fn unread(&mut self, cell: &str, text: &str, place: &Place, disclosure: &mut Disclosure) {
        self.reading.n_unread += 1;
        self.reading.is_nil = false;
        let message = format!("“{}”{cell}不是金额：{text}", self.found.title);
        problem(disclosure, "cell-unread", message, place.clone());
    }
}

/// Whether a row is named like a unit.
fn is_unit(reading: &RowReading, spec: &RowsSpec) -> bool {
    let Meaning::Project(name) = &reading.meaning else {
        return matches!(reading.meaning, Meaning::Unit(_));
    };
    let (whole, bare) = (normalise::name(name), rows::unit_name(name));
    let mut endings = spec.unit_endings.iter();
    endings.any(|ending| whole.ends_with(ending.as_str()) || bare.ends_with(ending.as_str()))
}

/// The slice of a row and a column together: in each dimension the narrower of the two; `None` where they exclude one
/// another (this year's money in a column of what was carried over).
fn joined(dimensions: &Dimensions, row: Slice, column: Slice) -> Option<Slice> {
    let mut slice = row;
    for dimension in Dimension::ALL {
        let (own, other) = (row.node(dimension), column.node(dimension));
        let tree = dimensions.tree(dimension);
        let overlay = [own, other]
            .iter()
            .any(|node| !tree.node(*node).overlay.is_empty());
        if !overlay && !tree.contains(own, other) && !tree.contains(other, own) {
            return None;
        }
        if other != 0 {
            slice = narrowed(dimensions, slice, dimension, other);
        }
    }
    Some(dimensions.canonical(slice))
}

/// What is remembered from row to row.
struct Walk {
    body: Option<NodeId>,
    has_bodies: bool,
    seen: BTreeMap<(Option<NodeId>, Option<NodeId>), BTreeSet<String>>,
}

impl Walk {
    /// The project's key: its normalised name, numbered when the same name comes again under the same heading, because two
    /// rows of one table are two projects.
    fn project_key(&mut self, function: Option<NodeId>, name: &str) -> String {
        let folded = normalise::name(name);
        let seen = self.seen.entry((self.body, function)).or_default();
        let mut key = folded.clone();
        let mut n = 1;
        while !seen.insert(key.clone()) {
            n += 1;
            key = format!("{folded}#{n}");
        }
        key
    }
}
