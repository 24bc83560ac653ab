//! The rows of one lane: whether they are codes, names of a classification, lines of known words, units or projects.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    catalogue::Catalogue,
    dimension::{Coordinates, Dimension},
    money::Decimal,
    normalise,
    profile::{LineSpec, RowsSpec, Side, TableSpec, WordRole},
};

use super::{
    lanes::Lane,
    subtotals,
    words::{Meaning, Words},
};
use crate::tables::{
    cell, code,
    find::FoundTable,
    rows::{named, unit_name},
};

/// The rows of a lane as a profile would declare them.
#[derive(Debug, Default)]
pub(super) struct Proposed {
    pub(super) rows: RowsSpec,
    /// Indexes of label columns that do not say what the row is.
    pub(super) aside: Vec<usize>,
    /// Indexes of label columns that give the row a second classification.
    pub(super) beside: Vec<usize>,
    /// Rows with money that no words explain.
    pub(super) n_strangers: usize,
}

/// What rows are read against.
pub(super) struct Context<'a, 'p> {
    pub(super) found: &'a FoundTable<'p>,
    pub(super) spec: &'a TableSpec,
    pub(super) words: &'a Words<'p>,
    pub(super) catalogue: &'a Catalogue,
    /// Names of the units the document's tables list, folded.
    pub(super) units: &'a BTreeSet<String>,
}

/// Reads the rows of a lane; `None` when the lane is about no classification of the cube.
pub(super) fn read(lane: &Lane, context: &Context) -> Option<Proposed> {
    let (mut chosen, class, beside) = chosen_labels(lane);
    if class.is_none()
        && let Some(years) = years_column(lane, context)
    {
        chosen = vec![years];
    }
    let aside: Vec<usize> = (0..lane.labels.len())
        .filter(|i| !chosen.contains(i))
        .collect();
    let rows = rows(lane, &chosen, context);
    let mut proposed = match class {
        Some(axis) => coded(axis, !beside.is_empty(), &rows, context),
        None => listed(lane, &chosen, &rows, context),
    };
    proposed.aside = aside;
    proposed.beside = beside;
    Some(proposed)
}

/// One row of a lane.
struct Row<'t> {
    /// Texts of the label columns that say what the row is.
    labels: Vec<&'t str>,
    /// Texts of the other label columns.
    others: Vec<&'t str>,
    /// Figures of the value columns.
    values: Vec<Option<Decimal>>,
    has_text: bool,
}

impl Row<'_> {
    fn label(&self) -> &str {
        self.labels
            .iter()
            .find(|label| !label.is_empty())
            .copied()
            .unwrap_or("")
    }

    /// The label as it is listed: the texts that are no codes.
    fn printed(&self) -> String {
        let mut texts: Vec<String> = self
            .labels
            .iter()
            .filter(|label| !label.is_empty() && !label.bytes().all(|b| b.is_ascii_digit()))
            .map(|label| normalise::squeeze(label))
            .collect();
        // One cell that reaches over several columns is one text.
        texts.dedup();
        texts.join(" ")
    }

    /// What the words of the label mean together.
    fn meaning(&self, words: &Words, side: Option<Side>) -> Option<Meaning> {
        let parts: Vec<&str> = self
            .labels
            .iter()
            .filter(|label| !label.is_empty())
            .copied()
            .collect();
        match parts.as_slice() {
            [] => None,
            [only] => words.read(only, side),
            parts => words.path(parts, side),
        }
    }

    fn has_money(&self) -> bool {
        self.values.iter().flatten().any(|n| n.digits != 0)
    }
}

fn rows<'t>(lane: &Lane, chosen: &[usize], context: &Context<'_, 't>) -> Vec<Row<'t>> {
    let grid = &context.found.grid;
    (context.found.first_data..grid.n_rows())
        .map(|row| {
            let text = |i: &usize| {
                lane.labels
                    .get(*i)
                    .map_or("", |label| grid.label(row, label.column))
            };
            let others: Vec<usize> = (0..lane.labels.len())
                .filter(|i| !chosen.contains(i))
                .collect();
            let value = |column: usize| grid.starting(row, column).map(|cell| cell.text.as_str());
            Row {
                labels: chosen.iter().map(text).collect(),
                others: others.iter().map(text).collect(),
                values: lane
                    .values
                    .iter()
                    .map(|v| value(v.column).and_then(Decimal::parse))
                    .collect(),
                has_text: lane
                    .values
                    .iter()
                    .any(|v| value(v.column).is_some_and(|text| !cell::is_blank(text))),
            }
        })
        .filter(|row| row.has_text || row.labels.iter().any(|label| !label.is_empty()))
        .collect()
}

/// The label columns that say what the rows are, the classification of their codes, and the label columns that say the same
/// of the government's classification beside the departments'.
fn chosen_labels(lane: &Lane) -> (Vec<usize>, Option<Dimension>, Vec<usize>) {
    if lane.labels.is_empty() {
        return (Vec::new(), None, Vec::new());
    }
    let mut groups: Vec<(Vec<usize>, Option<Dimension>, bool)> = Vec::new();
    for (i, label) in lane.labels.iter().enumerate() {
        let is_code = label.role == Some(WordRole::Code);
        let starts = match groups.last() {
            None => true,
            Some((members, class, is_open)) => {
                let last = members.last().and_then(|m| lane.labels.get(*m));
                let after_name = last.is_some_and(|l| l.role != Some(WordRole::Code));
                let other_class = label.class.is_some() && class.is_some() && label.class != *class;
                !is_open || other_class || (is_code && after_name)
            }
        };
        let is_open = matches!(label.role, Some(WordRole::Code | WordRole::Name) | None);
        match groups.last_mut() {
            Some(group) if !starts && is_open => {
                group.0.push(i);
                group.1 = group.1.or(label.class);
            }
            _ => groups.push((vec![i], label.class, is_open)),
        }
    }
    let of_class = |axis| {
        let mut groups = groups.iter();
        let found = groups.find(|(_, class, is_open)| *class == Some(axis) && *is_open);
        found.map(|(members, ..)| members.clone())
    };
    for axis in [
        Dimension::Function,
        Dimension::Economic,
        Dimension::Governmental,
    ] {
        if let Some(members) = of_class(axis) {
            let beside = match axis {
                Dimension::Economic => of_class(Dimension::Governmental).unwrap_or_default(),
                _ => Vec::new(),
            };
            return (members, Some(axis), beside);
        }
    }
    // Names: of projects where there are projects, else of whatever the rows are, else of units.
    let with_role = |roles: &[WordRole]| -> Vec<usize> {
        (0..lane.labels.len())
            .filter(|i| {
                lane.labels
                    .get(*i)
                    .and_then(|l| l.role)
                    .is_some_and(|role| roles.contains(&role))
            })
            .collect()
    };
    let chosen = [
        &[WordRole::Project][..],
        &[WordRole::Name, WordRole::Code][..],
        &[WordRole::Unit][..],
    ]
    .into_iter()
    .map(with_role)
    .find(|found| !found.is_empty())
    .unwrap_or_else(|| (0..lane.labels.len()).collect());
    (chosen, None, Vec::new())
}

/// The label column that tells the rows apart by year.
fn years_column(lane: &Lane, context: &Context) -> Option<usize> {
    let grid = &context.found.grid;
    (0..lane.labels.len()).find(|i| {
        let n_years = (context.found.first_data..grid.n_rows())
            .filter(|row| {
                let text = lane
                    .labels
                    .get(*i)
                    .map_or("", |label| grid.label(*row, label.column));
                says_year(text, context.words)
            })
            .count();
        n_years >= 2
    })
}

/// 2026年, 上年预算数: a text that says whose figures stand in its row. 本年收入 and 上年结转 name money.
fn says_year(text: &str, words: &Words) -> bool {
    let folded = normalise::label(text);
    let is_year = folded
        .split_once('年')
        .is_some_and(|(digits, _)| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()));
    words
        .read(text, None)
        .is_some_and(|meaning| is_year || meaning.stage.is_some())
}

/// Rows with codes.
fn coded(axis: Dimension, is_paired: bool, rows: &[Row], context: &Context) -> Proposed {
    let mut proposed = Proposed {
        rows: RowsSpec {
            axis: Some(axis),
            inner: is_paired.then_some(Dimension::Governmental),
            closed: true,
            ..RowsSpec::default()
        },
        ..Proposed::default()
    };
    let mut above = code::Above::default();
    let mut seen: BTreeMap<String, Vec<Option<Decimal>>> = BTreeMap::new();
    let mut n_blank = 0;
    for row in rows {
        if let Some(found) = code::read(&row.labels, &above) {
            above.code.clone_from(&found.code);
            match seen.get(&found.code) {
                Some(values) if *values != row.values => proposed.rows.parts = true,
                _ => {
                    seen.insert(found.code, row.values.clone());
                }
            }
            continue;
        }
        let label = row.label();
        let meaning = context.words.read(label, None);
        if label.is_empty() && row.others.iter().all(|other| other.is_empty()) {
            proposed.n_strangers += usize::from(row.has_money());
        } else if label.is_empty() {
            n_blank += usize::from(row.has_text);
        } else if meaning
            .as_ref()
            .is_some_and(|m| m.role == Some(WordRole::Total))
        {
            total(&mut proposed.rows, label);
        } else if let Some(meaning) = meaning.filter(|m| !m.at.is_empty()) {
            line(&mut proposed.rows, label, meaning.at, false);
        } else if named(label, &proposed.rows, context.catalogue, &above).is_none() {
            proposed.n_strangers += usize::from(row.has_money());
        }
    }
    // Rows of units above their headings: one is the whole; several are its parts.
    if n_blank > 0 && proposed.rows.total.is_empty() {
        total(&mut proposed.rows, "");
        proposed.rows.parts |= n_blank > 1;
    }
    proposed.rows.closed = proposed.n_strangers == 0;
    proposed
}

fn total(rows: &mut RowsSpec, label: &str) {
    let label = normalise::squeeze(label);
    if !rows.total.contains(&label) {
        rows.total.push(label);
    }
}

fn line(rows: &mut RowsSpec, label: &str, at: Coordinates, skip: bool) {
    rows.lines.push(LineSpec {
        label: normalise::squeeze(label),
        aliases: Vec::new(),
        at,
        skip,
    });
}

/// The classification whose names a lane lists, by the words over it, else the table's.
fn axis_of_names(lane: &Lane, chosen: &[usize], spec: &TableSpec) -> Option<Dimension> {
    let header: String = chosen
        .iter()
        .filter_map(|i| lane.labels.get(*i))
        .map(|label| label.header.as_str())
        .collect();
    let header = normalise::name(&header);
    if header.contains("经济") {
        let is_governmental = header.contains("政府");
        return Some(if is_governmental {
            Dimension::Governmental
        } else {
            Dimension::Economic
        });
    }
    if header.contains("功能") {
        return Some(Dimension::Function);
    }
    spec.axis.filter(|_| lane.side != Some(Side::Income))
}

/// Rows without codes.
fn listed(lane: &Lane, chosen: &[usize], rows: &[Row], context: &Context) -> Proposed {
    let axis = axis_of_names(lane, chosen, context.spec);
    let has_role = |role| {
        chosen
            .iter()
            .filter_map(|i| lane.labels.get(*i))
            .any(|label| label.role == Some(role))
    };
    // 项目名称 may stand over 基本支出 and 项目支出 as well as over names of projects.
    let n_known = rows
        .iter()
        .filter_map(|row| row.meaning(context.words, lane.side))
        .filter(|meaning| !meaning.at.is_empty())
        .count();
    let are_words = axis != Some(Dimension::Project) && n_known * 2 > rows.len();
    // Nor does it stand over projects in a summary, whatever the words under it.
    let may_be_projects = !matches!(
        context.spec.axis,
        Some(Dimension::Function | Dimension::Economic)
    );
    if (has_role(WordRole::Project) && !are_words && may_be_projects)
        || (axis == Some(Dimension::Project) && !has_role(WordRole::Unit))
    {
        return projects(rows, context);
    }
    let has_years = years_column(lane, context).is_some_and(|i| chosen.contains(&i));
    if has_role(WordRole::Unit) || chosen.is_empty() || has_years {
        return units(rows, context);
    }
    names(axis, lane.side, rows, context)
}

/// Rows of projects, with a total and perhaps subtotals of units.
fn projects(rows: &[Row], context: &Context) -> Proposed {
    let mut proposed = Proposed {
        rows: RowsSpec {
            axis: Some(Dimension::Project),
            unit_rows: true,
            unit_endings: context.units.iter().cloned().collect(),
            ..RowsSpec::default()
        },
        ..Proposed::default()
    };
    project_totals(rows, context, &mut proposed.rows);
    let is_total = |row: &Row| {
        proposed
            .rows
            .total
            .contains(&normalise::squeeze(row.label()))
    };
    let figures: Vec<Decimal> = rows
        .iter()
        .filter(|row| !is_total(row))
        .filter_map(|row| row.values.first().copied().flatten())
        .collect();
    let whole = rows
        .iter()
        .find(|row| is_total(row))
        .and_then(|row| row.values.first().copied().flatten());
    let mut is_heads = subtotals::heads(&figures, whole).into_iter().flatten();
    let leaves: BTreeSet<String>;
    let mut heads = Vec::new();
    {
        let mut names = BTreeSet::new();
        for row in rows.iter().filter(|row| !is_total(row)) {
            let has_figure = row.values.first().is_some_and(Option::is_some);
            let is_head = has_figure && is_heads.next() == Some(true);
            let name = row.labels.iter().rev().find(|label| !label.is_empty());
            match (is_head, name) {
                (true, Some(name)) => heads.push(normalise::squeeze(name)),
                (false, Some(name)) => {
                    names.insert(normalise::squeeze(name));
                }
                _ => {}
            }
        }
        leaves = names;
    }
    // Where figures do not add up as they stand there are groups, named like projects: only the total is sure. Groups that
    // are all units are told apart by their names.
    let are_units = heads
        .iter()
        .all(|head| context.units.contains(&unit_name(head)));
    let is_flat = subtotals::heads(&figures, whole).is_some() && are_units;
    if !is_flat {
        for name in heads.iter().chain(&leaves) {
            line(&mut proposed.rows, name, Coordinates::new(), true);
        }
    }
    proposed.rows.closed = is_flat;
    proposed
}

/// The rows of a list of projects that are its total.
fn project_totals(rows: &[Row], context: &Context, spec: &mut RowsSpec) {
    if let Some(unit) = leading_unit(rows, context) {
        total(spec, unit);
    }
    for row in rows {
        let meaning = context.words.read(row.label(), None);
        if meaning.is_some_and(|m| m.role == Some(WordRole::Total)) {
            total(spec, row.label());
        } else if row.label().is_empty() && row.has_text {
            // Only the total has no name; a second nameless row is not known.
            let is_first = !rows
                .iter()
                .take_while(|other| !std::ptr::eq(*other, row))
                .any(|other| other.has_text);
            if is_first {
                total(spec, "");
            }
        }
    }
}

/// The unit in the first row of a list that prints no total, where its figure is the sum of all others.
fn leading_unit<'t>(rows: &[Row<'t>], context: &Context) -> Option<&'t str> {
    let with_text: Vec<usize> = (0..rows.len())
        .filter(|i| rows.get(*i).is_some_and(|row| row.has_text))
        .collect();
    let (first, rest) = with_text.split_first()?;
    let label = rows
        .get(*first)?
        .labels
        .iter()
        .rev()
        .find(|l| !l.is_empty())?;
    let is_unit = context.units.contains(&unit_name(label));
    (is_unit && rest.len() > 1 && is_sum(rows, *first, rest)).then_some(*label)
}

/// Rows of units, years, or nothing at all: the row of the whole document is the total, the others are known and left.
fn units(rows: &[Row], context: &Context) -> Proposed {
    let mut proposed = Proposed::default();
    let of_total = |row: &&Row| {
        row.labels.iter().chain(&row.others).any(|label| {
            let meaning = context.words.read(label, None);
            meaning.is_some_and(|m| m.role == Some(WordRole::Total) && m.stage.is_none())
        })
    };
    let stages: Vec<Option<Meaning>> = rows
        .iter()
        .map(|row| {
            row.labels
                .iter()
                .chain(&row.others)
                .filter(|label| says_year(label, context.words))
                .find_map(|label| context.words.read(label, None))
        })
        .collect();
    let whole = rows
        .iter()
        .position(|row| of_total(&row))
        .or_else(|| {
            let this_year = stages
                .iter()
                .position(|m| m.as_ref().is_some_and(|m| m.stage.is_none()));
            this_year.filter(|_| stages.iter().flatten().count() > 1)
        })
        .or_else(|| {
            let with_text: Vec<usize> = (0..rows.len())
                .filter(|i| rows.get(*i).is_some_and(|row| row.has_text))
                .collect();
            match with_text.as_slice() {
                [only] => Some(*only),
                [first, rest @ ..] if is_sum(rows, *first, rest) => Some(*first),
                _ => None,
            }
        });
    let Some(whole) = whole else {
        proposed.n_strangers = rows.iter().filter(|row| row.has_money()).count();
        return proposed;
    };
    let values = rows.get(whole).map(|row| row.values.clone());
    for (i, row) in rows.iter().enumerate() {
        let same = Some(&row.values) == values.as_ref() && stages.iter().all(Option::is_none);
        if i == whole || same {
            total(&mut proposed.rows, row.label());
        } else {
            line(&mut proposed.rows, row.label(), Coordinates::new(), true);
        }
    }
    if stages.iter().all(Option::is_none) && are_bodies(rows, whole, context) {
        proposed.rows.lines.clear();
        proposed.rows.unit_rows = true;
        proposed.rows.unit_endings = context.units.iter().cloned().collect();
    }
    // A unit of the same name as the whole would be read as the whole.
    proposed
        .rows
        .lines
        .retain(|line| !proposed.rows.total.contains(&line.label));
    proposed.rows.closed = true;
    proposed
}

/// Whether all rows but that of the whole are units that add up to it.
fn are_bodies(rows: &[Row], whole: usize, context: &Context) -> bool {
    let parts: Vec<usize> = (0..rows.len())
        .filter(|i| *i != whole && rows.get(*i).is_some_and(|row| row.has_text))
        .collect();
    let is_unit = |i: &usize| {
        rows.get(*i)
            .is_some_and(|row| context.units.contains(&unit_name(row.label())))
    };
    parts.len() > 1 && parts.iter().all(is_unit) && is_sum(rows, whole, &parts)
}

fn is_sum(rows: &[Row], whole: usize, parts: &[usize]) -> bool {
    let mut all: Vec<&Row> = parts.iter().filter_map(|i| rows.get(*i)).collect();
    all.extend(rows.get(whole));
    let value = |row: &&Row| row.values.first().copied().flatten();
    let decimals = all.iter().filter_map(value).map(|n| n.decimals).max();
    let decimals = decimals.unwrap_or(0);
    let scaled = |n: Decimal| n.digits * 10_i64.pow(u32::from(decimals - n.decimals).min(12));
    let sum: i64 = parts
        .iter()
        .filter_map(|i| rows.get(*i))
        .filter_map(|row| value(&row))
        .map(scaled)
        .sum();
    let own = rows.get(whole).and_then(|row| value(&row)).map(scaled);
    own.is_some_and(|own| (own - sum).abs() * 2 <= i64::try_from(parts.len()).unwrap_or(0) + 1)
}

/// Rows of names: words of the profile, or names of a classification.
fn names(axis: Option<Dimension>, side: Option<Side>, rows: &[Row], context: &Context) -> Proposed {
    let meanings: Vec<Option<Meaning>> = rows
        .iter()
        .map(|row| row.meaning(context.words, side))
        .collect();
    let has = |dimension: Dimension, key: &str| {
        meanings
            .iter()
            .flatten()
            .any(|m| m.at.get(&dimension).is_some_and(|k| k == key))
    };
    // Economic names under 基本支出 and again under 项目支出 are lines of their own.
    let has_natures = axis == Some(Dimension::Economic)
        && (has(Dimension::Nature, "basic") || has(Dimension::Nature, "project"));
    let has_vintages = has(Dimension::Vintage, "carried") && side != Some(Side::Expenditure);
    let mut walk = NameWalk {
        axis,
        has_natures,
        vintage: has_vintages.then_some("current"),
        nature: None,
        above: code::Above::default(),
        seen: BTreeMap::new(),
        proposed: Proposed::default(),
    };
    let partial = partial_subtotal(&meanings);
    for (i, (row, meaning)) in rows.iter().zip(&meanings).enumerate() {
        match meaning {
            Some(_) if partial == Some(i) => {
                line(
                    &mut walk.proposed.rows,
                    &row.printed(),
                    Coordinates::new(),
                    true,
                );
            }
            Some(meaning) => walk.word(row, meaning.clone(), context),
            None => walk.name(row, context),
        }
    }
    let lists_headings = !walk.seen.is_empty() || walk.proposed.rows.lines.is_empty();
    let mut proposed = walk.proposed;
    proposed.rows.axis = axis.filter(|_| !has_natures);
    // What is carried out to next year has no headings.
    if has(Dimension::Nature, "carried-out") || has(Dimension::Nature, "spent") {
        proposed
            .rows
            .at
            .insert(Dimension::Nature, "spent".to_owned());
    }
    proposed.rows.closed = lists_headings
        && proposed.n_strangers == 0
        && matches!(
            proposed.rows.axis,
            Some(Dimension::Function | Dimension::Governmental)
        );
    proposed
}

/// The row of this year's income when income of this year stands below it (上级补助收入): it is not all of this year's.
fn partial_subtotal(meanings: &[Option<Meaning>]) -> Option<usize> {
    let current = Coordinates::from([(Dimension::Vintage, "current".to_owned())]);
    let at = meanings
        .iter()
        .position(|m| m.as_ref().is_some_and(|m| m.at == current))?;
    let below = meanings.get(at + 1..)?.iter().flatten();
    let mut before_others = below.take_while(|m| !m.at.contains_key(&Dimension::Vintage));
    before_others
        .any(|m| m.at.contains_key(&Dimension::Fund))
        .then_some(at)
}

/// What is remembered from row to row of a lane of names.
struct NameWalk {
    axis: Option<Dimension>,
    has_natures: bool,
    /// Whose money funds are that say nothing of it; absent where the lane does not tell this year's from carried over.
    vintage: Option<&'static str>,
    nature: Option<String>,
    above: code::Above,
    /// Figures by heading, to know a heading that comes again.
    seen: BTreeMap<String, Vec<Option<Decimal>>>,
    proposed: Proposed,
}

impl NameWalk {
    /// A row the profile has words for.
    fn word(&mut self, row: &Row, mut meaning: Meaning, context: &Context) {
        let rows = &mut self.proposed.rows;
        if meaning.role == Some(WordRole::Total) && meaning.stage.is_none() {
            if context.spec.total.is_empty() {
                total(rows, &row.printed());
            } else {
                line(rows, &row.printed(), context.spec.total.clone(), false);
            }
            return;
        }
        if meaning.at.is_empty() || meaning.stage.is_some() {
            // 部门预算, 上年…: said of the table as a whole or of another year.
            line(rows, &row.printed(), Coordinates::new(), true);
            return;
        }
        match meaning.at.get(&Dimension::Vintage).map(String::as_str) {
            Some("carried") => self.vintage = self.vintage.and(Some("carried")),
            Some(_) => {}
            None if meaning.at.contains_key(&Dimension::Fund) => {
                if let Some(vintage) = self.vintage {
                    meaning.at.insert(Dimension::Vintage, vintage.to_owned());
                }
            }
            None => {}
        }
        if let Some(key) = meaning.at.get(&Dimension::Nature) {
            self.nature = Some(key.clone());
        }
        line(rows, &row.printed(), meaning.at, false);
    }

    /// A row without words: a name of the classification, or a stranger.
    fn name(&mut self, row: &Row, context: &Context) {
        let spec = RowsSpec {
            axis: self.axis,
            ..RowsSpec::default()
        };
        let entry = self
            .axis
            .and_then(|_| named(row.label(), &spec, context.catalogue, &self.above));
        let Some(entry) = entry else {
            let is_unit = context.units.contains(&unit_name(row.label()));
            self.proposed.n_strangers += usize::from(row.has_money() && !is_unit);
            if !row.has_money() || is_unit {
                line(
                    &mut self.proposed.rows,
                    row.label(),
                    Coordinates::new(),
                    true,
                );
            }
            return;
        };
        self.above.code = entry.code.to_owned();
        // Names that come again under another unit are parts of one heading.
        match self.seen.get(&self.above.code) {
            Some(values) if *values != row.values && !self.has_natures => {
                self.proposed.rows.parts = true;
            }
            _ => {
                self.seen
                    .insert(self.above.code.clone(), row.values.clone());
            }
        }
        if self.has_natures {
            let mut at = Coordinates::from([(Dimension::Economic, self.above.code.clone())]);
            if let Some(nature) = &self.nature {
                at.insert(Dimension::Nature, nature.clone());
            }
            line(&mut self.proposed.rows, &row.printed(), at, false);
        }
    }
}
