use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule, rules::procurement::facts};

declare_rule! {
    pub static AREA_WITHOUT_VALUE = {
        code: "MZ7012",
        name: "area-without-value",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["AS-11"],
        page: "area_without_value.md",
        check: check,
    };
}

/// A house with an area and no value, or the reverse; vehicles likewise.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for (count_key, value_key, name) in [
        ("house.area", "house.value", "房屋"),
        ("vehicles.count", "vehicles.value", "车辆"),
    ] {
        let (Some((count, number)), Some((value, fen))) = (
            facts::count(audit.disclosure, count_key),
            facts::money(audit.disclosure, value_key),
        ) else {
            continue;
        };
        sink.checked(1);
        if (number.digits > 0) != (fen.0 > 0) {
            let (a, b) = (facts::printed(count), facts::printed(value));
            sink.broken(
                &count.place,
                format!("{name} {a}，价值 {b}，一个为零一个不为零"),
                format!("{a} with a value of {b}: one is zero, the other is not"),
            )
            .also(&value.place);
        }
    }
}
