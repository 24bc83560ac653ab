//! Everything understood as flat records, the same for text, CSV and XLSX.

use mz_budget::{
    dimension::{Dimension, Dimensions, Slice},
    disclosure::{
        Base, Claim, ClaimValue, Direction, Disclosure, Measure, Origin, Reading, Stage,
        StatementKind, Subject,
    },
    place::Place,
};

use crate::{lang::Lang, layout::one_line};

/// One figure, claim, statement or unbound number.
#[derive(Debug)]
pub struct Record<'d> {
    /// `cell`, `claim`, `statement`, `unproved`.
    pub kind: &'static str,
    /// Table and its row and column, or the words of the claim.
    pub label: String,
    /// Whose figure.
    pub stage: &'static str,
    /// Name of the slice, or key of the fact.
    pub subject: String,
    /// What is claimed, with base and direction.
    pub measure: String,
    /// As printed, with unit.
    pub printed: String,
    /// In fen, for money.
    pub fen: Option<i64>,
    /// Why it is not bound or not read.
    pub note: String,
    /// Where.
    pub place: &'d Place,
}

/// All records: cells in table order, then claims, statements, unbound numbers.
pub fn all(disclosure: &Disclosure, lang: Lang) -> Vec<Record<'_>> {
    let mut records = cells(disclosure, lang);
    records.extend(
        disclosure
            .claims
            .iter()
            .map(|one| claim(disclosure, one, lang)),
    );
    records.extend(disclosure.statements.iter().map(|statement| {
        Record {
            kind: "statement",
            label: one_line(&statement.place.quote),
            stage: "",
            subject: statement
                .subject
                .as_ref()
                .map(|subject| subject_name(&disclosure.dimensions, subject))
                .unwrap_or_default(),
            measure: statement_name(&statement.kind, lang),
            printed: String::new(),
            fen: None,
            note: String::new(),
            place: &statement.place,
        }
    }));
    records.extend(disclosure.unproved.iter().map(|unproved| {
        Record {
            kind: "unproved",
            label: one_line(
                unproved
                    .place
                    .context
                    .as_deref()
                    .unwrap_or(&unproved.place.quote),
            ),
            stage: "",
            subject: String::new(),
            measure: String::new(),
            printed: one_line(&unproved.number),
            fen: None,
            note: one_line(&unproved.why),
            place: &unproved.place,
        }
    }));
    records
}

/// Cells of tables that hold something; blanks are counted elsewhere.
fn cells(disclosure: &Disclosure, lang: Lang) -> Vec<Record<'_>> {
    let mut cells: Vec<_> = disclosure
        .observations
        .iter()
        .filter_map(|observation| match observation.origin {
            Origin::Cell { table, row, column } => Some(((table, row, column), observation)),
            Origin::AbsentRow { .. } | Origin::Claim(_) => None,
        })
        .collect();
    cells.sort_by_key(|(at, _)| *at);
    let records = cells
        .into_iter()
        .filter_map(|((table, _, _), observation)| {
            let (printed, fen, note) = match &observation.reading {
                Reading::Value(money) => (money.to_string(), money.fen().map(|fen| fen.0), ""),
                Reading::Unread(text) => (one_line(text), None, lang.pick("读不懂", "unread")),
                Reading::Blank | Reading::Absent => return None,
            };
            let place = &observation.place;
            let title = disclosure
                .tables
                .get(table)
                .map(|table| table.title.as_str())
                .or(place.table.as_deref());
            let parts = [title, place.row.as_deref(), place.column.as_deref()];
            Some(Record {
                kind: "cell",
                label: parts
                    .into_iter()
                    .flatten()
                    .map(one_line)
                    .collect::<Vec<_>>()
                    .join(" › "),
                stage: stage(observation.stage, lang),
                subject: disclosure.dimensions.name(observation.slice),
                measure: String::new(),
                printed,
                fen,
                note: note.to_owned(),
                place,
            })
        });
    records.collect()
}

fn claim<'d>(disclosure: &'d Disclosure, claim: &'d Claim, lang: Lang) -> Record<'d> {
    let dimensions = &disclosure.dimensions;
    let mut measure = match &claim.measure {
        Measure::Amount => lang.pick("数额", "amount").to_owned(),
        Measure::Share { of } => {
            let of = subject_name(dimensions, of);
            match lang {
                Lang::Zh => format!("占{of}的比重"),
                Lang::En => format!("share of {of}"),
            }
        }
        Measure::Change => lang.pick("增减额", "change").to_owned(),
        Measure::Growth => lang.pick("增减率", "growth rate").to_owned(),
        Measure::Completion => lang.pick("完成率", "completion rate").to_owned(),
    };
    if let Some(base) = claim.base {
        measure.push_str(lang.pick("，对比", ", against "));
        measure.push_str(base_name(base, lang));
    }
    let (printed, fen) = value(&claim.value);
    let printed = match claim.direction {
        Some(direction) => format!("{} {printed}", direction_name(direction, lang))
            .trim_end()
            .to_owned(),
        None => printed,
    };
    Record {
        kind: "claim",
        label: one_line(&claim.words),
        stage: stage(claim.stage, lang),
        subject: subject_name(dimensions, &claim.subject),
        measure,
        printed,
        fen,
        note: String::new(),
        place: &claim.place,
    }
}

/// A claimed value as printed, with fen for money.
pub fn value(value: &ClaimValue) -> (String, Option<i64>) {
    match value {
        ClaimValue::Money(money) => (money.to_string(), money.fen().map(|fen| fen.0)),
        ClaimValue::Percent(number) => (format!("{number}%"), None),
        ClaimValue::Quantity { number, unit } => (format!("{number} {unit}"), None),
        ClaimValue::None => (String::new(), None),
    }
}

/// Name of a subject.
pub fn subject_name(dimensions: &Dimensions, subject: &Subject) -> String {
    match subject {
        Subject::Slice(slice) => dimensions.name(*slice),
        Subject::Fact(key) => key.clone(),
    }
}

/// Coordinates of a slice as `(dimension, key)`, roots left out.
pub fn coordinates(dimensions: &Dimensions, slice: Slice) -> Vec<(&'static str, &str)> {
    Dimension::ALL
        .iter()
        .filter(|dimension| slice.node(**dimension) != 0)
        .map(|dimension| {
            (
                dimension_key(*dimension),
                dimensions
                    .tree(*dimension)
                    .node(slice.node(*dimension))
                    .key
                    .as_str(),
            )
        })
        .collect()
}

fn dimension_key(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Fund => "fund",
        Dimension::Vintage => "vintage",
        Dimension::Function => "function",
        Dimension::Nature => "nature",
        Dimension::Economic => "economic",
        Dimension::Project => "project",
        Dimension::Body => "body",
        Dimension::Governmental => "governmental",
    }
}

/// Name of a stage.
pub fn stage(stage: Stage, lang: Lang) -> &'static str {
    match (stage, lang) {
        (Stage::Budget, Lang::Zh) => "本年预算",
        (Stage::PriorBudget, Lang::Zh) => "上年预算",
        (Stage::PriorExecution, Lang::Zh) => "上年执行数",
        (Stage::Adjusted, Lang::Zh) => "调整预算",
        (Stage::Final, Lang::Zh) => "本年决算",
        (Stage::PriorFinal, Lang::Zh) => "上年决算",
        (stage, Lang::En) => stage_key(stage),
    }
}

/// Key of a stage in data formats.
pub fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Budget => "budget",
        Stage::PriorBudget => "prior-budget",
        Stage::PriorExecution => "prior-execution",
        Stage::Adjusted => "adjusted",
        Stage::Final => "final",
        Stage::PriorFinal => "prior-final",
    }
}

/// Key of a base in data formats.
pub fn base_key(base: Base) -> &'static str {
    match base {
        Base::PriorBudget => "prior-budget",
        Base::PriorExecution => "prior-execution",
        Base::PriorFinal => "prior-final",
        Base::InitialBudget => "initial-budget",
        Base::AdjustedBudget => "adjusted-budget",
    }
}

fn base_name(base: Base, lang: Lang) -> &'static str {
    match (base, lang) {
        (Base::PriorBudget, Lang::Zh) => "上年预算",
        (Base::PriorExecution, Lang::Zh) => "上年执行数",
        (Base::PriorFinal, Lang::Zh) => "上年决算",
        (Base::InitialBudget, Lang::Zh) => "年初预算",
        (Base::AdjustedBudget, Lang::Zh) => "调整预算",
        (base, Lang::En) => base_key(base),
    }
}

/// Key of a direction in data formats.
pub fn direction_key(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Level => "level",
    }
}

fn direction_name(direction: Direction, lang: Lang) -> &'static str {
    match (direction, lang) {
        (Direction::Up, Lang::Zh) => "增",
        (Direction::Down, Lang::Zh) => "减",
        (Direction::Level, Lang::Zh) => "持平",
        (direction, Lang::En) => direction_key(direction),
    }
}

/// What a statement says.
pub fn statement_name(kind: &StatementKind, lang: Lang) -> String {
    match (kind, lang) {
        (StatementKind::NilTable { table }, Lang::Zh) => format!("说明 {table} 为空表"),
        (StatementKind::NilTable { table }, Lang::En) => format!("table {table} stated empty"),
        (StatementKind::Nil, lang) => lang.pick("说明没有安排", "stated as none").to_owned(),
        (StatementKind::AllFrom { .. }, lang) => {
            lang.pick("说明全部来自此项", "all from this").to_owned()
        }
        (StatementKind::Withheld, lang) => lang.pick("说明不予公开", "withheld").to_owned(),
        (StatementKind::SecretProjects, lang) => {
            lang.pick("说明涉密项目", "secret projects").to_owned()
        }
    }
}
