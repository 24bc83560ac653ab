use mz_budget::{finding::Severity, money::MoneyUnit};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static MONEY_UNIT_UNSTATED = {
        code: "MZ7040",
        name: "money-unit-unstated",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["UN-01", "UN-02"],
        page: "money_unit_unstated.md",
        check: check,
    };
}

/// The unit a table prints.
fn unit(printed: &str) -> Option<MoneyUnit> {
    [MoneyUnit::YiYuan, MoneyUnit::WanYuan, MoneyUnit::Yuan]
        .into_iter()
        .find(|unit| printed.contains(unit.name()))
}

/// Against the other tables of the document, except where the profile gives a table a unit of its own or, read from the
/// tables' own headers, says nothing of units: there a smaller table in the unit of the narrative is usual.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    let specs = &disclosure.profile.tables;
    let has_own = |id: &str| {
        let own = specs
            .iter()
            .any(|spec| spec.id == id && spec.unit.is_some());
        own || disclosure.profile.is_proposed
    };
    let stated: Vec<_> = disclosure
        .tables
        .iter()
        .filter_map(|table| Some((table, unit(table.money_unit.as_deref()?)?)))
        .collect();
    if 2 * stated.len() <= disclosure.tables.len() {
        return;
    }
    let usual = stated
        .iter()
        .map(|(_, unit)| *unit)
        .max_by_key(|unit| stated.iter().filter(|(_, other)| other == unit).count());
    for table in &disclosure.tables {
        sink.checked(1);
        let place = wording::quoting(&table.place, &table.title);
        let own = table.money_unit.as_deref().and_then(unit);
        match (own, usual) {
            (None, _) => {
                sink.broken(
                    &place,
                    format!(
                        "“{}”没有写明金额单位，其余 {} 张表都写了",
                        table.title,
                        stated.len()
                    ),
                    format!(
                        "“{}” does not state its unit, {} other tables do",
                        table.title,
                        stated.len()
                    ),
                )
                .severity(if table.is_nil {
                    Severity::Info
                } else {
                    Severity::Warning
                });
            }
            (Some(own), Some(usual)) if own != usual && !has_own(&table.id) => {
                sink.broken(
                    &place,
                    format!(
                        "“{}”以{}为单位，其余各表以{}为单位",
                        table.title,
                        own.name(),
                        usual.name()
                    ),
                    format!(
                        "“{}” is in {}, the other tables in {}",
                        table.title,
                        own.name(),
                        usual.name()
                    ),
                );
            }
            _ => {}
        }
    }
}
