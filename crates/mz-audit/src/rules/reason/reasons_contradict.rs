use std::collections::BTreeMap;

use mz_budget::{
    dimension::Slice,
    disclosure::{Direction, Reason},
    finding::Severity,
};

use super::movers;
use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static REASONS_CONTRADICT = {
        code: "MZ4013",
        name: "reasons-contradict",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["NA-13"],
        page: "reasons_contradict.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut said: BTreeMap<Slice, Vec<(&Reason, Direction, String)>> = BTreeMap::new();
    for group in &audit.groups {
        let Some(explained) = movers::slice_of(group) else {
            continue;
        };
        for reason in &group.reasons {
            for mover in movers::movers(audit, explained, reason) {
                if let (Some(slice), Some(direction)) = (mover.slice, mover.direction) {
                    said.entry(slice)
                        .or_default()
                        .push((reason, direction, mover.words));
                }
            }
        }
    }
    for (slice, reasons) in said {
        sink.checked(1);
        let up = reasons
            .iter()
            .find(|(_, direction, _)| *direction == Direction::Up);
        let down = reasons
            .iter()
            .find(|(_, direction, _)| *direction == Direction::Down);
        let (Some((up, _, up_words)), Some((down, _, down_words))) = (up, down) else {
            continue;
        };
        if std::ptr::eq(*up, *down) {
            continue;
        }
        // Where the figures settle the matter, the reason they contradict is named by its own rule.
        let group = audit
            .moved(slice)
            .filter(|moved| !moved.interval.may_be_zero())
            .map(|moved| {
                format!(
                    "reason {} {}",
                    if moved.interval.is_negative() {
                        "增加"
                    } else {
                        "减少"
                    },
                    audit.cause_of(slice)
                )
            });
        let name = audit.disclosure.dimensions.name(slice);
        let finding = sink
            .broken(
                &up.place,
                format!("两处原因相反：一处称“{up_words}增加”，一处称“{down_words}减少”（{name}）"),
                format!("one reason says {up_words} rose, another that {down_words} fell"),
            )
            .also(&down.place);
        if let Some(group) = group {
            finding.group(group);
        }
    }
}
