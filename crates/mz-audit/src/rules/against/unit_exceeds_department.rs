use mz_budget::{cube::Conflict, dimension::Dimension, finding::Severity};

use super::between::{Words, companions, difference};
use crate::{
    Audit, Sink,
    against::{
        Companion, Relation,
        joint::{Body, Joint},
    },
    declare_rule,
};

declare_rule! {
    pub static UNIT_EXCEEDS_DEPARTMENT = {
        code: "MZ1401",
        name: "unit-exceeds-department",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &[],
        page: "unit_exceeds_department.md",
        check: check,
    };
}

/// Differences reported at most; more have one cause.
const MOST: usize = 12;

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let relations = [
        (Relation::Department, "主管部门的公开文件", Body::OwnIsPart),
        (Relation::Unit, "所属单位的公开文件", Body::OtherIsPart),
    ];
    for (relation, missing, body) in relations {
        for other in companions(audit, sink, &relation, missing) {
            let joint = Joint::bodies(audit, other, body);
            sink.checked(joint.n_identities());
            for conflict in joint.differences().into_iter().take(MOST) {
                one(audit, sink, (&joint, other), conflict, body);
            }
        }
    }
}

fn one(
    audit: &Audit<'_>,
    sink: &mut Sink,
    (joint, other): (&Joint, &Companion<'_>),
    conflict: &Conflict,
    body: Body,
) {
    let [own, theirs] = match body {
        Body::OwnIsPart => ["本单位", "部门"],
        _ => ["本部门", "所属单位"],
    };
    let words = Words {
        own: own.to_owned(),
        other: theirs.to_owned(),
        what: "，单位不能多于部门".to_owned(),
    };
    // Money that units pay one another is taken out of the department's figures, appropriations are not.
    let may_be_internal = !is_appropriation(joint, conflict);
    if let Some(finding) = difference(audit, sink, (joint, other), conflict, &words) {
        let finding = finding.group(format!(
            "bodies:{}:{}",
            other.file,
            conflict.difference.abs()
        ));
        if may_be_internal {
            finding.severity(Severity::Query);
        }
    }
}

fn is_appropriation(joint: &Joint, conflict: &Conflict) -> bool {
    const APPROPRIATIONS: [&str; 4] = [
        "appropriation",
        "general-public",
        "government-managed",
        "state-capital",
    ];
    APPROPRIATIONS.contains(&joint.key(conflict.slice, Dimension::Fund))
}
