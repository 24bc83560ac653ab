use mz_budget::{
    disclosure::{StatementKind, Subject},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static ALL_FROM_CONTRADICTED = {
        code: "MZ3003",
        name: "all-from-contradicted",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["TN-18"],
        page: "all_from_contradicted.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for statement in &audit.disclosure.statements {
        let StatementKind::AllFrom {
            whole: Subject::Slice(whole),
        } = &statement.kind
        else {
            continue;
        };
        let Some(Subject::Slice(part)) = &statement.subject else {
            continue;
        };
        let both = (
            audit.tables(audit.disclosure.own_stage(), *whole),
            audit.tables(audit.disclosure.own_stage(), *part),
        );
        let (Some(whole_known), Some(part_known)) = both else {
            continue;
        };
        if whole_known.interval.meets(part_known.interval) {
            sink.held([&statement.place]);
            continue;
        }
        sink.checked(1);
        let dimensions = &audit.disclosure.dimensions;
        let difference = whole_known.interval.difference(part_known.interval);
        let places = whole_known
            .support
            .first()
            .into_iter()
            .chain(part_known.support.first());
        sink.broken(
            &statement.place,
            format!(
                "文字称{}全部为{}，报表中两者为 {} 与 {}，相差 {}",
                dimensions.name(*whole),
                dimensions.name(*part),
                audit.money(whole_known.interval.middle()),
                audit.money(part_known.interval.middle()),
                audit.money(difference.0.abs())
            ),
            "the narrative says all of it comes from one source, the tables show others".to_owned(),
        )
        .difference(difference)
        .also_all(places.filter_map(|i| audit.place_of(*i)));
    }
}
