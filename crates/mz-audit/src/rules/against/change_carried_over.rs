use mz_budget::{
    disclosure::{Disclosure, Subject},
    finding::Severity,
};

use super::between::last_year;
use crate::{
    Audit, Sink,
    claim_groups::{self, ClaimGroup},
    declare_rule,
};

declare_rule! {
    pub static CHANGE_CARRIED_OVER = {
        code: "MZ3401",
        name: "change-carried-over",
        severity: Severity::Query,
        since: "0.1.0",
        law: &[],
        checks: &[],
        page: "change_carried_over.md",
        check: check,
    };
}

/// Change and rate of a group, as printed; `None` unless both are there and not zero.
fn moved(group: &ClaimGroup<'_>) -> Option<(i64, i64, u8)> {
    let change = claim_groups::interval(group.change?)?.middle();
    let rate = claim_groups::percent(group.growth?)?;
    (change != 0 && rate.digits != 0).then_some((change, rate.digits, rate.decimals))
}

fn subject_name(disclosure: &Disclosure, subject: &Subject) -> String {
    match subject {
        Subject::Slice(slice) => disclosure.dimensions.name(*slice),
        Subject::Fact(key) => key.clone(),
    }
}

/// Two years in a row do not move by the same amount and by the same rate.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for other in last_year(audit, sink) {
        let then = claim_groups::groups(other.disclosure);
        for group in &audit.groups {
            let (Some(own), Some(change)) = (moved(group), group.change) else {
                continue;
            };
            sink.checked(1);
            let name = subject_name(audit.disclosure, group.subject);
            let same = then.iter().find(|then| {
                moved(then) == Some(own) && subject_name(other.disclosure, then.subject) == name
            });
            let Some((same, then)) = same.and_then(|same| Some((same, same.change?))) else {
                continue;
            };
            let rate = same
                .growth
                .map_or_else(String::new, crate::candidates::printed);
            let printed = crate::candidates::printed(change);
            sink.broken(
                &change.place,
                format!(
                    "{}的变动 {printed}、{rate} 与上年文件完全相同",
                    group.words()
                ),
                format!(
                    "{} moves by {printed} and {rate} as last year",
                    group.words()
                ),
            )
            .also(&other.at(&then.place))
            .side("本年", printed.clone(), None)
            .side("上年文件", printed.clone(), None)
            .advice("核对是否沿用了上年的文字");
        }
    }
}
