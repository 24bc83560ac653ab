use mz_budget::finding::Severity;

use super::between::{Words, companions, difference};
use crate::{
    Audit, Sink,
    against::{Relation, joint::Joint},
    declare_rule,
};

declare_rule! {
    pub static VERSION_DIFFERS = {
        code: "MZ1403",
        name: "version-differs",
        severity: Severity::Query,
        since: "0.1.0",
        law: &[],
        checks: &[],
        page: "version_differs.md",
        check: check,
    };
}

/// Differences reported at most; more have one cause.
const MOST: usize = 12;

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for other in companions(audit, sink, &Relation::Version, "同一文件的另一版本") {
        let joint = Joint::versions(audit, other);
        sink.checked(joint.n_identities());
        let words = Words {
            own: "本文件".to_owned(),
            other: "另一版本".to_owned(),
            what: String::new(),
        };
        for conflict in joint.differences().into_iter().take(MOST) {
            if let Some(finding) = difference(audit, sink, (&joint, other), &conflict, &words) {
                let off = conflict.difference.abs();
                finding.group(format!("version:{}:{off}", other.file));
            }
        }
    }
}
