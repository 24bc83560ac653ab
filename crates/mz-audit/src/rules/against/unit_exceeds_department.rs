use mz_budget::{cube::Conflict, dimension::Dimension, finding::Severity};

use super::between::{Words, companions, difference};
use crate::{
    Audit, Sink,
    against::{
        Companion, Relation,
        joint::{Body, Joint},
        sentences,
    },
    candidates::printed,
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
            facts(audit, sink, other, body);
            for conflict in joint.differences().into_iter().take(MOST) {
                one(audit, sink, (&joint, other), &conflict, body);
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

/// What a department holds and buys its units hold and buy; what it is made of (offices, bodies) does not add up.
const ADDITIVE: [&str; 5] = ["procurement", "vehicles", "equipment", "plan", "house"];

fn facts(audit: &Audit<'_>, sink: &mut Sink, other: &Companion<'_>, body: Body) {
    let theirs = sentences::facts(other.disclosure);
    for (key, (ours, own)) in sentences::facts(audit.disclosure) {
        let is_additive = ADDITIVE.contains(&key.split('.').next().unwrap_or_default());
        let Some((that, their)) = theirs.get(key).filter(|_| is_additive) else {
            continue;
        };
        if !sentences::same_measure(ours, that) {
            continue;
        }
        sink.checked(1);
        let (part, whole, words) = match body {
            Body::OwnIsPart => (own, *their, ["本单位", "部门"]),
            _ => (*their, own, ["所属单位", "本部门"]),
        };
        if part.low <= whole.high {
            continue;
        }
        let name = audit.name(&ours.subject);
        let [a, b] = match body {
            Body::OwnIsPart => [printed(ours), printed(that)],
            _ => [printed(that), printed(ours)],
        };
        let [unit, department] = words;
        sink.broken(
            &ours.place,
            format!("{name}：{unit}为 {a}，{department}为 {b}，单位不能多于部门"),
            format!("{name}: {a} in the unit, {b} in the department"),
        )
        .also(&other.at(&that.place))
        .side(unit, a.clone(), None)
        .side(department, b.clone(), None)
        .severity(Severity::Warning);
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
