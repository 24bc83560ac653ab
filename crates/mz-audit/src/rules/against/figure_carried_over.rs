use mz_budget::{
    disclosure::{Claim, Measure, Stage, Subject},
    finding::{ObligationStatus, Severity, Suspect},
    money::Fen,
    place::Place,
};

use crate::{
    Audit, Sink,
    against::{Companion, Relation},
    claim_groups,
    cubes::observed,
    declare_rule,
    interval::Interval,
};

declare_rule! {
    pub static FIGURE_CARRIED_OVER = {
        code: "MZ3400",
        name: "figure-carried-over",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &[],
        page: "figure_carried_over.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let own = audit.disclosure.own_stage();
    let related = |other: &&Companion<'_>| !matches!(other.relation, Relation::Unrelated(_));
    if !audit.companions.iter().any(|other| related(&other)) {
        sink.skipped(ObligationStatus::NotApplicable, "没有给出可对照的文件");
    }
    for other in audit.companions.iter().filter(related) {
        for claim in &audit.disclosure.claims {
            let Subject::Slice(slice) = claim.subject else {
                continue;
            };
            if claim.measure != Measure::Amount || claim.stage != own {
                continue;
            }
            let (Some(stated), Some(known)) =
                (claim_groups::interval(claim), audit.tables(own, slice))
            else {
                continue;
            };
            sink.checked(1);
            if stated.middle() != 0
                && !stated.meets(known.interval)
                && let Some(place) = then(audit, other, claim, stated)
            {
                report(
                    audit,
                    sink,
                    (claim, stated),
                    known.interval,
                    (other, &place),
                );
            }
        }
    }
}

/// Where the other document prints the same amount of the same subject: in a sentence, or in a table.
fn then(
    audit: &Audit<'_>,
    other: &Companion<'_>,
    claim: &Claim,
    stated: Interval,
) -> Option<Place> {
    let Subject::Slice(slice) = claim.subject else {
        return None;
    };
    let name = audit.disclosure.dimensions.name(slice);
    let dimensions = &other.disclosure.dimensions;
    let stage = other.disclosure.own_stage();
    let same_name = |slice| dimensions.name(slice) == name;
    let sentence = other.disclosure.claims.iter().find(|then| {
        let Subject::Slice(slice) = then.subject else {
            return false;
        };
        then.measure == Measure::Amount
            && then.stage == stage
            && claim_groups::interval(then).is_some_and(|i| i.middle() == stated.middle())
            && same_name(slice)
    });
    let cell = || same_cell(other, stage, stated, same_name);
    sentence
        .map(|then| &then.place)
        .or_else(cell)
        .map(|place| other.at(place))
}

fn same_cell<'o>(
    other: &Companion<'o>,
    stage: Stage,
    stated: Interval,
    same_name: impl Fn(mz_budget::dimension::Slice) -> bool,
) -> Option<&'o Place> {
    let all = other.disclosure.observations.iter().enumerate();
    let found = all.into_iter().find(|(i, one)| {
        one.stage == stage
            && observed(other.disclosure, *i)
                .and_then(Interval::of)
                .is_some_and(|i| i.middle() == stated.middle())
            && same_name(one.slice)
    });
    found.map(|(_, one)| &one.place)
}

fn report(
    audit: &Audit<'_>,
    sink: &mut Sink,
    (claim, stated): (&Claim, Interval),
    known: Interval,
    (other, then): (&Companion<'_>, &Place),
) {
    let whose = match other.relation {
        Relation::LastYear => "上年文件",
        Relation::Department => "部门文件",
        Relation::Unit => "所属单位文件",
        Relation::Budget => "同年预算",
        _ => "另一份文件",
    };
    let printed = crate::candidates::printed(claim);
    let right = audit.money(known.middle());
    let difference = Fen(stated.middle() - known.middle());
    sink.broken(
        &claim.place,
        format!(
            "{}写 {printed}，与{whose}的数相同，本文件报表为 {right}，相差 {}，像是照抄了{whose}",
            claim.words,
            audit.money(difference.0.abs())
        ),
        format!(
            "{printed} of {} is the figure of {}; the tables here say {right}",
            claim.words, other.file
        ),
    )
    .also(then)
    .side("文字", printed.clone(), Some(Fen(stated.middle())))
    .side("本文件报表", right.clone(), Some(Fen(known.middle())))
    .side(whose, printed.clone(), Some(Fen(stated.middle())))
    .difference(difference)
    .suspect(Suspect {
        place: claim.place.clone(),
        printed,
        implied: Some(right),
    })
    .advice("核对后改为本文件的数");
}
