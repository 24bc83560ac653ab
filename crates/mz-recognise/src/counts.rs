//! Counts that final accounts list in a table below the money: groups sent abroad, vehicles kept, guests received. They are
//! facts outside the cube, and stand beside what the sentences say of the same facts.

use mz_budget::{
    disclosure::{Claim, ClaimValue, Disclosure, Measure, Subject},
    money::Decimal,
    normalise,
    place::Place,
    profile::narrative::FactSpec,
};
use mz_document::{Content, Document, Row, Table};

use crate::place::place;

/// Fewest rows of counts that make a list of them; a single one may be an indicator or an example.
const FEWEST: usize = 3;
/// Rows in which the heads of columns are looked for.
const HEADER: usize = 4;
/// Heads of columns whose numbers count lines.
const LINE_NUMBERS: [&str; 3] = ["行次", "栏次", "序号"];

/// Adds the counts of all tables as claims.
pub fn read(document: &Document, disclosure: &mut Disclosure) {
    let mut claims = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        if let Content::Table(table) = &content.content {
            let found = of_table(table, block, disclosure);
            if found.len() >= FEWEST {
                claims.extend(found);
            }
        }
    }
    let groups = disclosure.claims.iter().map(|claim| claim.group + 1);
    let first = groups.max().unwrap_or(0);
    for (i, claim) in claims.iter_mut().enumerate() {
        claim.group = first + i;
    }
    disclosure.n_bound += claims.len();
    disclosure.claims.extend(claims);
}

fn of_table(table: &Table, block: usize, disclosure: &Disclosure) -> Vec<Claim> {
    let asides: Vec<usize> = table
        .rows
        .iter()
        .take(HEADER)
        .flat_map(|row| &row.cells)
        .filter(|cell| LINE_NUMBERS.contains(&normalise::name(&cell.text).as_str()))
        .map(|cell| cell.column)
        .collect();
    let title = disclosure
        .tables
        .iter()
        .find(|reading| reading.blocks.contains(&block))
        .map(|reading| reading.title.clone());
    let mut claims = Vec::new();
    for (i, row) in table.rows.iter().enumerate() {
        claims.extend(of_row(row, &asides, disclosure).map(|mut claim| {
            claim.place.block = block;
            claim.place.table.clone_from(&title);
            claim.place.span = claim.place.span.map(|(_, column)| (i, column));
            claim
        }));
    }
    claims
}

/// The label of a row and the last whole number behind it.
fn of_row(row: &Row, asides: &[usize], disclosure: &Disclosure) -> Option<Claim> {
    let (at, spec, unit) = row.cells.iter().enumerate().find_map(|(at, cell)| {
        let (label, unit) = labelled(&cell.text)?;
        Some((at, fact(disclosure, &label, &unit)?, unit))
    })?;
    let label = &row.cells.get(at)?.text;
    let values = row.cells.iter().skip(at + 1);
    let (cell, number) = values
        .filter(|cell| !asides.contains(&cell.column))
        .filter_map(|cell| Some((cell, Decimal::parse(cell.text.trim())?)))
        .rfind(|(_, number)| number.decimals == 0 && number.digits >= 0)?;
    Some(Claim {
        subject: Subject::Fact(spec.key.clone()),
        measure: Measure::Amount,
        stage: disclosure.own_stage(),
        base: None,
        direction: None,
        value: ClaimValue::Quantity { number, unit },
        group: 0,
        part_of: None,
        exhaustive: false,
        exact: true,
        words: normalise::squeeze(label),
        year: None,
        base_year: None,
        place: Place {
            row: Some(normalise::squeeze(label)),
            span: Some((0, cell.column)),
            ..place(&cell.place, 0, cell.text.trim())
        },
    })
}

/// A label with its unit in brackets behind it: 公务用车保有量（辆）.
fn labelled(text: &str) -> Option<(String, String)> {
    let name = normalise::name(text);
    let (plain, _) = normalise::strip_of_which(normalise::strip_numbering(&name));
    let (label, unit) = plain.strip_suffix(')')?.rsplit_once('(')?;
    (!label.is_empty() && !unit.is_empty()).then(|| (label.to_owned(), unit.to_owned()))
}

fn fact<'d>(disclosure: &'d Disclosure, label: &str, unit: &str) -> Option<&'d FactSpec> {
    disclosure.profile.narrative.facts.iter().find(|fact| {
        let is_unit = fact.unit.split_whitespace().any(|known| known == unit);
        let mut words = fact.words.iter().chain(std::iter::once(&fact.name));
        is_unit && words.any(|word| normalise::name(word) == label)
    })
}

#[cfg(test)]
mod tests {
    use mz_budget::library::Library;

    use super::*;

    #[test]
    fn counts_below_the_money_are_facts() {
        let text = "某县档案局2024年度部门决算\n\n公开10表\n\n“三公”经费、行政参公单位机关运行经费情况表\n\n\
            单位：万元\n\n项目\t行次\t预算数\t决算统计数\n（一）支出合计\t2\t20.00\t15.00\n\
            1.因公出国（境）团组数（个）\t12\t—\t1\n2.因公出国（境）人次数（人）\t13\t—\t2\n\
            4.公务用车保有量（辆）\t15\t—\t3\n5.国内公务接待批次（个）\t16\t—\t\n";
        let document = mz_document::read(text.as_bytes(), "x.txt").expect("readable");
        let disclosure = crate::recognise(&document, Library::embedded(), Some("national-final"))
            .expect("known");
        let said: Vec<String> = disclosure
            .claims
            .iter()
            .map(|claim| match (&claim.subject, &claim.value) {
                (Subject::Fact(key), ClaimValue::Quantity { number, unit }) => {
                    format!("{key} {number} {unit}")
                }
                other => format!("{other:?}"),
            })
            .collect();
        let expected = [
            "overseas.groups 1 个",
            "overseas.persons 2 人",
            "vehicles.kept 3 辆",
        ];
        assert_eq!(said, expected);
    }
}
