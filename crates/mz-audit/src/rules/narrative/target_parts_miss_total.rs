use mz_budget::{finding::Severity, money::Fen};

use crate::{Audit, Sink, declare_rule, interval::Interval};

declare_rule! {
    pub static TARGET_PARTS_MISS_TOTAL = {
        code: "MZ3012",
        name: "target-parts-miss-total",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["performance-2015-88"],
        checks: &["TX-35", "PF-20"],
        page: "target_parts_miss_total.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for target in &audit.disclosure.targets {
        let (Some(total), Some(appropriation), Some(other)) =
            (&target.total, &target.appropriation, &target.other)
        else {
            continue;
        };
        let of = |money| Interval::of(money);
        let (Some(whole), Some(a), Some(b)) =
            (of(total.money), of(appropriation.money), of(other.money))
        else {
            continue;
        };
        // Money carried over is a part of its own where the form has a line for it.
        let carried = target.carried.as_ref();
        let parts = match carried.and_then(|carried| of(carried.money)) {
            Some(carried) => a.plus(b).plus(carried),
            None => a.plus(b),
        };
        if whole.meets(parts) {
            sink.held([&total.place]);
            continue;
        }
        sink.checked(1);
        let difference = whole.difference(parts);
        sink.broken(
            &total.place,
            format!(
                "项目“{}”年度预算总额 {}，财政拨款 {} 与其他资金 {} 合计 {}，相差 {}",
                target.project,
                total.money,
                appropriation.money,
                other.money,
                audit.money(parts.middle()),
                audit.money(difference.0.abs())
            ),
            format!(
                "the parts of the target of “{}” do not add up to its total",
                target.project
            ),
        )
        .also(&appropriation.place)
        .also(&other.place)
        .side("年度预算总额", total.money.to_string(), total.money.fen())
        .side(
            "财政拨款与其他资金合计",
            audit.money(parts.middle()),
            Some(Fen(parts.middle())),
        )
        .difference(difference);
    }
}
