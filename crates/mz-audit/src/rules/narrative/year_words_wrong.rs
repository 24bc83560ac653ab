use std::collections::BTreeSet;

use mz_budget::{
    disclosure::{Base, Kind, Stage, Subject},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static YEAR_WORDS_WRONG = {
        code: "MZ4020",
        name: "year-words-wrong",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["NA-22"],
        page: "year_words_wrong.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let Some(year) = audit.disclosure.year else {
        return;
    };
    let is_budget = matches!(
        audit.disclosure.kind,
        Kind::UnitBudget | Kind::DepartmentBudget
    );
    let mut seen = BTreeSet::new();
    for claim in &audit.disclosure.claims {
        // One sentence names its years once, whatever figures follow.
        if !seen.insert((claim.group, claim.year, claim.base_year)) {
            continue;
        }
        if let (Some(printed), Some(base)) = (claim.base_year, claim.base) {
            // A budget compared with the budget of its own year is compared with itself.
            let with_itself = is_budget && claim.stage == Stage::Budget;
            let wanted = match base {
                Base::InitialBudget | Base::AdjustedBudget if !with_itself => year,
                _ => year.saturating_sub(1),
            };
            one(sink, claim, printed, wanted, "比较的基数");
        }
        // Facts have cut-off dates of their own (assets at the end of last year).
        if let (Some(printed), Subject::Slice(_)) = (claim.year, &claim.subject) {
            let wanted = match claim.stage {
                Stage::Budget | Stage::Adjusted | Stage::Final => year,
                Stage::PriorBudget | Stage::PriorExecution | Stage::PriorFinal => {
                    year.saturating_sub(1)
                }
            };
            one(sink, claim, printed, wanted, "数据所属年度");
        }
    }
}

fn one(
    sink: &mut Sink,
    claim: &mz_budget::disclosure::Claim,
    printed: u16,
    wanted: u16,
    what: &str,
) {
    // The year named confirms no figure.
    sink.checked(1);
    if printed == wanted {
        return;
    }
    sink.broken(
        &claim.place,
        format!(
            "{}：{what}写作 {printed} 年，按上下文应为 {wanted} 年",
            claim.words
        ),
        format!(
            "{}: the year is printed as {printed}, {wanted} is meant",
            claim.words
        ),
    );
}
