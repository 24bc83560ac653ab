use mz_budget::{disclosure::Reason, finding::Severity};

use super::movers;
use crate::{Audit, Sink, claim_groups, declare_rule};

declare_rule! {
    pub static REASON_EMPTY = {
        code: "MZ4014",
        name: "reason-empty",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["NA-14"],
        page: "reason_empty.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut hollow: Vec<&Reason> = Vec::new();
    for group in &audit.groups {
        let nothing_moved = group
            .change
            .and_then(claim_groups::interval)
            .is_none_or(|i| i.middle() == 0);
        if nothing_moved {
            continue;
        }
        for reason in &group.reasons {
            sink.checked(1);
            let seen = hollow.iter().any(|other| std::ptr::eq(*other, *reason));
            if !seen && movers::is_hollow(audit, reason) {
                hollow.push(reason);
            }
        }
    }
    let Some((first, rest)) = hollow.split_first() else {
        return;
    };
    sink.broken(
        &first.place,
        format!(
            "{} 处原因只重复变动本身，没有说明事由，如“{}”",
            hollow.len(),
            first.text.trim_end_matches(['。', '；', '，'])
        ),
        format!(
            "{} reasons only repeat the change they are meant to explain",
            hollow.len()
        ),
    )
    .also_all(rest.iter().map(|reason| &reason.place));
}
