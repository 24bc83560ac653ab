use mz_budget::{
    disclosure::{Base, Claim, Stage},
    finding::{Severity, Suspect},
    money::Decimal,
};

use crate::{
    Audit, Sink,
    candidates::Candidate,
    claim_groups::{self, ClaimGroup},
    declare_rule,
    interval::{percent_holds, percent_of},
    rule::FindingBuilder,
};

declare_rule! {
    pub static COMPLETION_WRONG = {
        code: "MZ4200",
        name: "completion-wrong",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["NA-15"],
        page: "completion_wrong.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for group in &audit.groups {
        if let Some(claim) = group.completion {
            one(audit, sink, group, claim);
        }
    }
}

fn one<'a>(audit: &Audit<'a>, sink: &mut Sink, group: &ClaimGroup<'a>, claim: &Claim) {
    let (Some(percent), Some(base)) = (claim_groups::percent(claim), claim.base) else {
        return;
    };
    let outturns = audit.amounts(group.subject, group.stage, group.amount);
    let bases = budgets(audit, group, base.stage());
    let (Some(outturn), Some(budget)) = (outturns.first(), bases.first()) else {
        return;
    };
    let holds = |bases: &[Candidate<'_>]| {
        let pairs = outturns
            .iter()
            .flat_map(|o| bases.iter().map(move |b| (o, b)));
        pairs
            .filter_map(|(o, b)| percent_holds(percent, o.interval, b.interval))
            .any(|held| held)
    };
    let places = [outturn.place, budget.place].into_iter().flatten();
    if holds(&bases) {
        sink.held(places.chain([&claim.place]));
        return;
    }
    sink.checked(1);
    let (words, base_name) = (group.words(), name(base));
    let implied = percent_of(outturn.interval, budget.interval, percent.decimals)
        .filter(|_| budget.interval.middle() != 0);
    let by_figures = match &implied {
        Some(implied) => format!(
            "按 {} ÷ {} 计算为 {implied}%",
            outturn.printed, budget.printed
        ),
        None => format!("{base_name}为 {}，没有完成率", budget.printed),
    };
    // The rate may be right and the name of its base wrong.
    let meant = [Base::InitialBudget, Base::AdjustedBudget]
        .into_iter()
        .filter(|other| *other != base)
        .find(|other| holds(&budgets(audit, group, other.stage())));
    let hint = meant.map_or_else(String::new, |other| {
        format!("；以{}为基数恰好相符", name(other))
    });
    let finding = sink
        .broken(
            &claim.place,
            format!("{words}写为完成{base_name}的 {percent}%，{by_figures}{hint}"),
            format!("{words} is said to have completed {percent}% of its budget; the figures say otherwise"),
        )
        .also_all(places)
        .side("文字", format!("{percent}%"), None);
    // Nothing of nothing is a matter of form.
    let is_nothing = [&outturn.interval, &budget.interval]
        .iter()
        .all(|i| i.middle() == 0);
    let finding = if is_nothing && percent.digits == 0 {
        finding.severity(Severity::Info)
    } else {
        finding
    };
    advise(finding, claim, &format!("{percent}%"), meant, implied);
}

/// What to do about it, where that is earned.
fn advise(
    finding: FindingBuilder<'_>,
    claim: &Claim,
    printed: &str,
    meant: Option<Base>,
    implied: Option<Decimal>,
) {
    match (meant, implied) {
        (Some(other), _) => {
            finding.advice(format!("基数应写“{}”。", name(other)));
        }
        (None, Some(implied)) => {
            finding
                .side("按金额计算", format!("{implied}%"), None)
                .suspect(Suspect {
                    place: claim.place.clone(),
                    printed: printed.to_owned(),
                    implied: Some(format!("{implied}%")),
                });
        }
        (None, None) => {
            finding.advice("预算为 0 时不写完成率，写明年初未安排即可。");
        }
    }
}

/// Figures of a budget of the subject: the statement's own, else those of the tables and of other statements.
fn budgets<'a>(audit: &Audit<'a>, group: &ClaimGroup<'a>, stage: Stage) -> Vec<Candidate<'a>> {
    let own = audit
        .groups
        .iter()
        .find(|g| g.group == group.group && g.subject == group.subject && g.stage == stage);
    let mut all = audit.amounts(group.subject, stage, own.and_then(|g| g.amount));
    if own.is_some_and(|g| g.amount.is_some()) {
        all.truncate(1);
    }
    all
}

fn name(base: Base) -> &'static str {
    match base {
        Base::PriorBudget => "上年预算",
        Base::PriorExecution => "上年执行数",
        Base::PriorFinal => "上年决算",
        Base::InitialBudget => "年初预算",
        Base::AdjustedBudget => "全年预算",
    }
}
