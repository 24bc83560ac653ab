use mz_budget::finding::Severity;

use super::facts;
use crate::{Audit, Sink, declare_rule, lexicon::STANDARDS};

declare_rule! {
    pub static RESERVE_SHARE_LOW = {
        code: "MZ7002",
        name: "reserve-share-low",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["sme-procurement-2020-46"],
        checks: &["GP-04"],
        page: "reserve_share_low.md",
        check: check,
    };
}

/// A hint: the share is taken of what suits small enterprises, and a document gives only the total.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let standard = &STANDARDS.procurement;
    for (part_key, whole_key, percent, name) in [
        (
            "procurement.sme",
            "procurement",
            standard.sme_share_percent,
            "面向中小企业预留的份额",
        ),
        (
            "procurement.micro",
            "procurement.sme",
            standard.micro_share_percent,
            "其中面向小微企业的份额",
        ),
    ] {
        let (Some((part, part_fen)), Some((whole, whole_fen))) = (
            facts::money(audit.disclosure, part_key),
            facts::money(audit.disclosure, whole_key),
        ) else {
            continue;
        };
        if whole_fen.0 <= 0 {
            continue;
        }
        sink.checked(1);
        let too_low = i128::from(part_fen.0) * 100 < i128::from(percent) * i128::from(whole_fen.0);
        if too_low {
            let per_thousand = i128::from(part_fen.0) * 1000 / i128::from(whole_fen.0);
            let shown = format!("{}.{}%", per_thousand / 10, per_thousand % 10);
            sink.broken(
                &part.place,
                format!("{name}为 {shown}，低于{}的 {percent}%", standard.number),
                format!("the reserved share is {shown}, below {percent}%"),
            )
            .side("预留", facts::printed(part), Some(part_fen))
            .side("总额", facts::printed(whole), Some(whole_fen))
            .also(&whole.place);
        }
    }
}
