use mz_budget::{
    disclosure::{ClaimValue, Measure},
    finding::Severity,
    money::{Decimal, Fen},
};

use super::between::{Words, difference, last_year};
use crate::{
    Audit, Sink,
    against::{
        Companion,
        joint::{Joint, Source},
        sentences::{self, Told},
    },
    candidates::printed,
    declare_rule,
    interval::Interval,
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
        by_words(audit, sink, other);
        let joint = Joint::last_year(audit, other);
        sink.checked(joint.n_identities());
        for conflict in joint.differences().into_iter().take(MOST) {
            let (own, _) = joint.sides(&conflict);
            let implied = own
                .iter()
                .any(|given| matches!(joint.source(*given), Some(Source::Claim(_))));
            let words = words(other, implied);
            if let Some(finding) = difference(audit, sink, (&joint, other), &conflict, &words) {
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

/// What is not in the cube, or not in both: sentences about the same subject.
fn by_words(audit: &Audit<'_>, sink: &mut Sink, other: &Companion<'_>) {
    for told in sentences::told(audit, other) {
        sink.checked(1);
        if !told.implied.meets(told.published) {
            restated(audit, sink, other, &told);
        }
    }
}

fn restated(audit: &Audit<'_>, sink: &mut Sink, other: &Companion<'_>, told: &Told<'_>) {
    let is_stated = told.now.measure == Measure::Amount;
    let (own, implied) = if is_stated {
        ("本文件", printed(told.now))
    } else {
        ("按本文件的增减推算", amount(audit, told, told.implied))
    };
    let (year, published) = (other.year(), printed(told.then));
    let name = audit.name(&told.now.subject);
    let name = if name.starts_with("unproved") {
        &told.now.words
    } else {
        &name
    };
    let difference = told.implied.middle() - told.published.middle();
    let off = amount(audit, told, Interval::around(difference.abs(), 0));
    sink.broken(
        &told.now.place,
        format!("{name}的上年数：{own}为 {implied}，{year} 年文件为 {published}，相差 {off}"),
        format!(
            "{name}: {implied} last year by this document, {published} in {}",
            other.file
        ),
    )
    .also(&other.at(&told.then.place))
    .side(own, implied.clone(), Some(Fen(told.implied.middle())))
    .side(
        format!("{year} 年文件"),
        published.clone(),
        Some(Fen(told.published.middle())),
    )
    .difference(Fen(difference));
}

/// A computed amount in the unit the sentence uses.
fn amount(audit: &Audit<'_>, told: &Told<'_>, amount: Interval) -> String {
    match &told.then.value {
        ClaimValue::Quantity { unit, .. } => {
            format!("{} {unit}", quantity(amount.middle()))
        }
        _ => audit.money(amount.middle()),
    }
}

/// Ten-thousandths as a number.
fn quantity(value: i64) -> String {
    let number = Decimal {
        digits: value,
        decimals: 4,
    }
    .to_string();
    let short = number.trim_end_matches('0').trim_end_matches('.');
    short.to_owned()
}
