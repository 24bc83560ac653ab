use mz_budget::finding::Severity;

use super::between::{Words, difference, last_year};
use crate::{
    Audit, Sink,
    against::{
        Companion,
        joint::{Joint, Source},
    },
    declare_rule,
};

declare_rule! {
    pub static PRIOR_AMOUNT_RESTATED = {
        code: "MZ1400",
        name: "prior-amount-restated",
        severity: Severity::Query,
        since: "0.1.0",
        law: &[],
        checks: &[],
        page: "prior_amount_restated.md",
        check: check,
    };
}

/// Differences reported at most; more have one cause.
const MOST: usize = 12;

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for other in last_year(audit, sink) {
        let joint = Joint::last_year(audit, other);
        sink.checked(joint.n_identities());
        for conflict in joint.differences().into_iter().take(MOST) {
            let (own, _) = joint.sides(conflict);
            let implied = own
                .iter()
                .any(|given| matches!(joint.source(*given), Some(Source::Claim(_))));
            let words = words(other, implied);
            if let Some(finding) = difference(audit, sink, (&joint, other), conflict, &words) {
                // One change of basis moves many figures.
                let finding = finding.group(format!("restated:{}", other.file));
                if !implied {
                    finding.severity(Severity::Warning);
                }
            }
        }
    }
}

fn words(other: &Companion<'_>, implied: bool) -> Words {
    let own = if implied {
        "按本文件的增减推算"
    } else {
        "本文件"
    };
    Words {
        own: own.to_owned(),
        other: format!("{} 年文件", other.year()),
        what: "的上年数".to_owned(),
    }
}
