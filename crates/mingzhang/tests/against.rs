//! Two real documents beside each other, when they are there: figures of the second are changed one by one, and each must
//! be noticed that the first says something about. The documents are published elsewhere and stay outside the project.

use std::{
    collections::BTreeSet,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use mz_audit::{
    Audit, Rule,
    against::{Companion, Relation},
    rules::RULES,
};
use mz_budget::{
    dimension::{Dimension, Slice},
    disclosure::{Claim, Disclosure, Measure, Origin, Reading, Stage, Subject},
    library::Library,
    money::{Decimal, PrintedMoney},
};

/// The rules that compare two documents.
const COMPARING: [&str; 5] = ["MZ1400", "MZ1401", "MZ1402", "MZ1403", "MZ3400"];

/// Figures changed at most, taken evenly from all.
const MOST: usize = 40;

fn samples() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    std::env::var_os("MINGZHANG_SHARED")
        .map_or(beside, PathBuf::from)
        .join("samples")
}

fn read(name: &str) -> Option<Disclosure> {
    let bytes = fs::read(samples().join(name)).ok()?;
    let document = mz_document::read(&bytes, name).expect("readable");
    Some(mz_recognise::recognise(&document, Library::embedded(), None).expect("understood"))
}

/// Findings of the comparing rules.
fn n_findings(audit: &mut Audit<'_>, companion: &Disclosure) -> usize {
    // The companion lives as long as this call; the audit outlives it without it.
    let mut beside = Audit::new(audit.disclosure, audit.library);
    beside.companions = vec![Companion::new(audit.disclosure, "other", companion)];
    let comparing: Vec<&&Rule> = RULES
        .iter()
        .filter(|rule| COMPARING.contains(&rule.code))
        .collect();
    let n = beside.run(comparing).findings.len();
    beside.companions.clear();
    n
}

fn amount(disclosure: &Disclosure, i: usize) -> Option<PrintedMoney> {
    match disclosure.observations.get(i)?.reading {
        Reading::Value(money) => Some(money),
        _ => None,
    }
}

/// The figure times `times`, wherever the document prints it: a document that contradicts itself is its own finding.
fn changed(disclosure: &Disclosure, i: usize, times: i64) -> Option<Disclosure> {
    let (one, money) = (disclosure.observations.get(i)?, amount(disclosure, i)?);
    let mut changed = disclosure.clone();
    for other in &mut changed.observations {
        let Reading::Value(printed) = other.reading else {
            continue;
        };
        if (other.stage, other.slice) == (one.stage, one.slice) && printed.fen() == money.fen() {
            other.reading = Reading::Value(PrintedMoney {
                number: Decimal {
                    digits: printed.number.digits.checked_mul(times)?,
                    ..printed.number
                },
                ..printed
            });
        }
    }
    Some(changed)
}

/// The name of a slice; what was budgeted is not called spent in the budget.
fn name(disclosure: &Disclosure, slice: Slice, relation: &Relation) -> String {
    let spent = disclosure.dimensions.tree(Dimension::Nature).find("spent");
    let is_spent = Some(slice.node(Dimension::Nature)) == spent;
    let slice = match relation {
        Relation::Budget if is_spent => slice.with(Dimension::Nature, 0),
        _ => slice,
    };
    // A section and its only item often share a name.
    let function = disclosure.dimensions.tree(Dimension::Function);
    let code = &function.node(slice.node(Dimension::Function)).key;
    format!("{}{code}", disclosure.dimensions.name(slice))
}

/// Slices, by name, that a document says something about at a stage, in its tables or by a change it states.
fn said(disclosure: &Disclosure, stage: Stage, relation: &Relation) -> Vec<String> {
    let name = |slice| name(disclosure, slice, relation);
    let printed = disclosure
        .observations
        .iter()
        .filter(|one| one.stage == stage && matches!(one.reading, Reading::Value(_)))
        .map(|one| name(one.slice));
    let is_change = |claim: &&Claim| {
        stage == disclosure.own_stage().prior_base().stage()
            && claim.measure == Measure::Change
            && claim.stage == disclosure.own_stage()
    };
    let implied = disclosure
        .claims
        .iter()
        .filter(is_change)
        .filter_map(|claim| match claim.subject {
            Subject::Slice(slice) => Some(name(slice)),
            Subject::Fact(_) => None,
        });
    printed.chain(implied).collect()
}

/// Changed figures of the other document that the first speaks about, and how many were noticed.
fn noticed(own: &Disclosure, other: &Disclosure, relation: &Relation) -> (usize, usize) {
    let mut audit = Audit::new(own, Library::embedded());
    assert_eq!(
        &Companion::new(own, "other", other).relation,
        relation,
        "relation"
    );
    let before = n_findings(&mut audit, other);
    let stage = match relation {
        Relation::LastYear => own.own_stage().prior_base().stage(),
        Relation::Budget => Stage::Budget,
        _ => own.own_stage(),
    };
    let known = said(own, stage, relation);
    let comparable: Vec<usize> = (0..other.observations.len())
        .filter(|i| {
            let has_money = amount(other, *i).is_some_and(|money| money.number.digits != 0);
            other.observations.get(*i).is_some_and(|one| {
                let is_cell = matches!(one.origin, Origin::Cell { .. });
                is_cell
                    && has_money
                    && one.stage == other.own_stage()
                    && known.contains(&name(other, one.slice, relation))
            })
        })
        .collect();
    let (mut n, mut found) = (0, 0);
    for i in comparable
        .iter()
        .step_by(comparable.len().div_ceil(MOST).max(1))
        .copied()
    {
        let Some(one) = other.observations.get(i) else {
            continue;
        };
        let Some(changed) = changed(other, i, 10) else {
            continue;
        };
        n += 1;
        let after = n_findings(&mut audit, &changed);
        if after > before {
            found += 1;
        } else if std::env::var_os("SHOW").is_some() {
            println!(
                "missed {} {:?}",
                other.dimensions.name(one.slice),
                one.place.table
            );
        }
    }
    (n, found)
}

/// At least this share of the changes must be noticed, in percent.
fn check(own: &str, other: &str, relation: &Relation, percent: usize) {
    let (Some(own), Some(other)) = (read(own), read(other)) else {
        println!("no documents in {}; nothing compared", samples().display());
        return;
    };
    let (n, found) = noticed(&own, &other, relation);
    println!("{n} figures changed, {found} noticed");
    assert!(n >= 5, "only {n} figures are comparable");
    assert!(100 * found >= percent * n, "{found} of {n} noticed");
}

#[test]
fn changed_figures_of_last_years_document_are_noticed() {
    check(
        "shanghai/wanli-subdistrict-2025.pdf",
        "shanghai/wanli-subdistrict-2024.pdf",
        &Relation::LastYear,
        95,
    );
}

#[test]
fn changed_figures_of_another_version_are_noticed() {
    check(
        "shanghai/wanli-subdistrict-2025.pdf",
        "shanghai/generated-draft-2025.pdf",
        &Relation::Version,
        95,
    );
}

#[test]
fn changed_figures_of_a_unit_are_noticed() {
    check(
        "provinces/quanzhou-gov-office-2026-department.pdf",
        "provinces/quanzhou-gov-office-2026-unit.pdf",
        &Relation::Unit,
        90,
    );
}

/// Final accounts that state, for every item of a published budget, its initial budget in 万元.
fn final_accounts(budget: &Disclosure) -> String {
    let unit = budget.unit.as_deref().unwrap_or("某市档案中心");
    let year = budget.year.unwrap_or(2024);
    let mut text = format!(
        "{unit}{year}年度部门决算\n\n第三部分 {unit}{year}年度部门决算情况说明\n\n\
         五、一般公共预算财政拨款支出决算情况说明\n\n\
         （三）一般公共预算财政拨款支出决算具体情况\n\n"
    );
    let tree = budget.dimensions.tree(Dimension::Function);
    let table = budget
        .tables
        .iter()
        .position(|table| table.id == "general-public-expenditure");
    let mut seen = BTreeSet::new();
    for (i, one) in budget.observations.iter().enumerate() {
        let item = tree.node(one.slice.node(Dimension::Function));
        let is_whole = one.slice.node(Dimension::Nature) == 0;
        let here = matches!(one.origin, Origin::Cell { table: t, .. } if Some(t) == table);
        let (true, true, 7) = (here, is_whole, item.key.len()) else {
            continue;
        };
        let Some(money) = amount(budget, i).and_then(PrintedMoney::fen) else {
            continue;
        };
        if !seen.insert(item.key.clone()) {
            continue;
        }
        let section = tree.node(item.parent);
        let category = tree.node(section.parent);
        let hundredths = (money.0 + 5_000) / 10_000;
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        let _ = write!(
            text,
            "{}.{}（类）{}（款）{}（项）。年初预算为{whole}.{rest:02}万元，支出决算为{whole}.{rest:02}万元，完成年初预算的100%。\n\n",
            seen.len(),
            category.name,
            section.name,
            item.name,
        );
    }
    text
}

#[test]
fn initial_budgets_agree_with_the_budget_and_changes_are_noticed() {
    let Some(budget) = read("shanghai/wanli-subdistrict-2024.pdf") else {
        println!("no documents in {}; nothing compared", samples().display());
        return;
    };
    let text = final_accounts(&budget);
    let document = mz_document::read(text.as_bytes(), "final.txt").expect("readable");
    let profile = Some("shanghai-final");
    let accounts =
        mz_recognise::recognise(&document, Library::embedded(), profile).expect("understood");
    let companion = Companion::new(&accounts, "budget", &budget);
    assert_eq!(companion.relation, Relation::Budget);
    assert_eq!(
        n_findings(&mut Audit::new(&accounts, Library::embedded()), &budget),
        0
    );
    let (n, found) = noticed(&accounts, &budget, &Relation::Budget);
    println!("{n} figures of the budget changed, {found} noticed");
    assert!(n >= 20 && 100 * found >= 95 * n, "{found} of {n} noticed");
}
