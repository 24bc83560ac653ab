use mz_budget::{
    disclosure::{Statement, StatementKind, Subject},
    finding::Severity,
};

use crate::{Audit, Sink, cubes::observed, declare_rule, nil_tables};

declare_rule! {
    pub static NIL_SUBJECT_HAS_MONEY = {
        code: "MZ3002",
        name: "nil-subject-has-money",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["TN-19", "TN-21"],
        page: "nil_subject_has_money.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for statement in &audit.disclosure.statements {
        if statement.kind == StatementKind::Nil {
            nil_subject(audit, sink, statement);
        }
    }
}

/// “没有使用…安排的支出”, “…未安排” about a subject with money.
fn nil_subject(audit: &Audit<'_>, sink: &mut Sink, statement: &Statement) {
    let Some(Subject::Slice(slice)) = &statement.subject else {
        return;
    };
    let Some(known) = audit.tables(audit.disclosure.own_stage(), *slice) else {
        return;
    };
    if known.interval.may_be_zero() {
        sink.held([&statement.place]);
        return;
    }
    sink.checked(1);
    let name = audit.disclosure.dimensions.name(*slice);
    let cell = audit
        .cubes()
        .printed(audit.disclosure.own_stage(), *slice)
        .first()
        .copied();
    let shown = cell
        .and_then(|i| observed(audit.disclosure, i))
        .map_or_else(
            || audit.money(known.interval.middle()),
            |money| money.to_string(),
        );
    let cause = cell.and_then(|cell| nil_tables::cause_beside(audit, statement, cell));
    let place = cell
        .or(known.support.first().copied())
        .and_then(|i| audit.place_of(i));
    let finding = sink
        .broken(
            &statement.place,
            format!("文字称没有安排{name}，报表中{name}为 {shown}"),
            format!("the narrative says there is no {name}, the tables show {shown}"),
        )
        .also_all(place);
    if let Some(cause) = cause {
        finding.group(cause);
    }
}
