use mz_budget::{
    disclosure::{Measure, Subject},
    finding::{Severity, Suspect},
    money::Decimal,
};

use crate::{
    Audit, Sink,
    candidates::Candidate,
    claim_groups::{self, ClaimGroup},
    declare_rule,
    interval::{percent_holds, percent_of},
};

declare_rule! {
    pub static SHARE_WRONG = {
        code: "MZ4001",
        name: "share-wrong",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["NA-01"],
        page: "share_wrong.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for group in &audit.groups {
        let Some(claim) = group.share else { continue };
        let Measure::Share { of } = &claim.measure else {
            continue;
        };
        let Some(percent) = claim_groups::percent(claim) else {
            continue;
        };
        one(audit, sink, group, of, percent);
    }
}

fn one<'a>(
    audit: &Audit<'a>,
    sink: &mut Sink,
    group: &ClaimGroup<'a>,
    of: &Subject,
    percent: Decimal,
) {
    let Some(claim) = group.share else { return };
    let parts = audit.amounts(group.subject, group.stage, group.amount);
    let wholes = audit.amounts(of, group.stage, None);
    let pairs: Vec<(&Candidate<'_>, &Candidate<'_>)> = parts
        .iter()
        .flat_map(|part| wholes.iter().map(move |whole| (part, whole)))
        .collect();
    let verdicts: Vec<bool> = pairs
        .iter()
        .filter_map(|(part, whole)| percent_holds(percent, part.interval, whole.interval))
        .collect();
    if verdicts.is_empty() {
        return;
    }
    if verdicts.contains(&true) {
        sink.held([&claim.place]);
        return;
    }
    sink.checked(1);
    let Some((part, whole)) = pairs.first() else {
        return;
    };
    let Some(implied) = percent_of(part.interval, whole.interval, percent.decimals) else {
        return;
    };
    let (words, whole_name) = (group.words(), audit.name(of));
    let finding = sink
        .broken(
            &claim.place,
            format!(
                "{words}占{whole_name}的比重写为 {percent}%，按 {} ÷ {} 计算为 {implied}%",
                part.printed, whole.printed
            ),
            format!(
                "the share of {words} is printed as {percent}%, but {} ÷ {} is {implied}%",
                part.printed, whole.printed
            ),
        )
        .also_all([part.place, whole.place].into_iter().flatten())
        .side(format!("{words}占比"), format!("{percent}%"), None)
        .side("按金额计算", format!("{implied}%"), None);
    finding.suspect(Suspect {
        place: claim.place.clone(),
        printed: format!("{percent}%"),
        implied: Some(format!("{implied}%")),
    });
}
