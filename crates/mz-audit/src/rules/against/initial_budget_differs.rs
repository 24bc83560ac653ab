use mz_budget::finding::Severity;

use super::between::{Words, companions, difference};
use crate::{
    Audit, Sink,
    against::{Relation, joint::Joint},
    declare_rule,
};

declare_rule! {
    pub static INITIAL_BUDGET_DIFFERS = {
        code: "MZ1402",
        name: "initial-budget-differs",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &[],
        page: "initial_budget_differs.md",
        check: check,
    };
}

/// Differences reported at most; more have one cause.
const MOST: usize = 12;

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for other in companions(audit, sink, &Relation::Budget, "同年的预算公开文件") {
        let joint = Joint::budget(audit, other);
        sink.checked(joint.n_identities());
        let words = Words {
            own: "决算".to_owned(),
            other: "预算公开".to_owned(),
            what: "的年初预算数".to_owned(),
        };
        for conflict in joint.differences().into_iter().take(MOST) {
            if let Some(finding) = difference(audit, sink, (&joint, other), &conflict, &words) {
                finding.group(format!("initial:{}", other.file));
            }
        }
    }
}
