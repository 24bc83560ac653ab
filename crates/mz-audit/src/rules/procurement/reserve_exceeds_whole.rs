use mz_budget::finding::Severity;

use super::facts;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static RESERVE_EXCEEDS_WHOLE = {
        code: "MZ7001",
        name: "reserve-exceeds-whole",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["sme-procurement-2020-46"],
        checks: &["GP-02", "GP-03"],
        page: "reserve_exceeds_whole.md",
        check: check,
    };
}

/// Part, whole, and what to call them.
const PAIRS: [(&str, &str, &str, &str); 3] = [
    (
        "procurement.sme",
        "procurement",
        "面向中小企业预留",
        "政府采购预算",
    ),
    (
        "procurement.micro",
        "procurement.sme",
        "面向小微企业预留",
        "面向中小企业预留",
    ),
    (
        "procurement.micro",
        "procurement",
        "面向小微企业预留",
        "政府采购预算",
    ),
];

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for (part_key, whole_key, part_name, whole_name) in PAIRS {
        let (Some((part, part_fen)), Some((whole, whole_fen))) = (
            facts::money(audit.disclosure, part_key),
            facts::money(audit.disclosure, whole_key),
        ) else {
            continue;
        };
        sink.checked(1);
        if part_fen <= whole_fen {
            continue;
        }
        let (more, less) = (facts::printed(part), facts::printed(whole));
        sink.broken(
            &part.place,
            format!("{part_name} {more}，超过{whole_name} {less}"),
            format!("the reserve of {more} exceeds the whole of {less}"),
        )
        .side(part_name, more.clone(), Some(part_fen))
        .side(whole_name, less.clone(), Some(whole_fen))
        .difference(mz_budget::money::Fen(part_fen.0 - whole_fen.0))
        .also(&whole.place)
        .group(format!("procurement:{part_key}"));
    }
}
