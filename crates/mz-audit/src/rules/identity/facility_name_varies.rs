use std::collections::BTreeMap;

use mz_budget::{disclosure::TextKind, finding::Severity, normalise::Folded, place::Place};

use crate::{Audit, Sink, declare_rule, lexicon::WORDING, wording};

declare_rule! {
    pub static FACILITY_NAME_VARIES = {
        code: "MZ9033",
        name: "facility-name-varies",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["FM-07"],
        page: "facility_name_varies.md",
        check: check,
    };
}

/// Two characters and the ending: 文印中心.
type Name = (char, char, &'static str);

/// Names of one facility that differ in one character, one of them standing only once. A hint: both may exist.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut names: BTreeMap<Name, Vec<Place>> = BTreeMap::new();
    let wanted = [TextKind::Body, TextKind::Cell, TextKind::Heading];
    for text in wording::texts(audit.disclosure, &wanted) {
        let folded = Folded::new(&text.text);
        let chars: Vec<char> = folded.text.chars().collect();
        for ending in &WORDING.facility.endings {
            let n = ending.chars().count();
            for (byte, _) in folded.text.match_indices(ending.as_str()) {
                let at = wording::chars_before(&folded.text, byte);
                let Some(&[a, b]) = at.checked_sub(2).and_then(|start| chars.get(start..at)) else {
                    continue;
                };
                let head: String = [a, b].iter().collect();
                if !wording::is_han(a)
                    || !wording::is_han(b)
                    || WORDING.facility.generic.contains(&head)
                {
                    continue;
                }
                let range = wording::byte_range(&text.text, folded.source_range(at - 2, at + n));
                names
                    .entry((a, b, ending))
                    .or_default()
                    .push(wording::part(text, range));
            }
        }
    }
    sink.checked(names.len());
    for (name, places) in names.iter().filter(|(_, places)| places.len() == 1) {
        let usual = names.iter().find(|(other, others)| {
            others.len() >= 2 && other.2 == name.2 && other.1 == name.1 && other.0 != name.0
        });
        let (Some((usual, others)), Some(place)) = (usual, places.first()) else {
            continue;
        };
        let nearby = others
            .iter()
            .min_by_key(|other| other.block.abs_diff(place.block));
        let (odd, usual) = (
            format!("{}{}{}", name.0, name.1, name.2),
            format!("{}{}{}", usual.0, usual.1, usual.2),
        );
        let finding = sink.broken(
            place,
            format!(
                "“{odd}”只出现一次，别处写作“{usual}”（{} 处）",
                others.len()
            ),
            format!(
                "“{odd}” stands once, elsewhere it is “{usual}” ({}×)",
                others.len()
            ),
        );
        if let Some(nearby) = nearby {
            finding.also(nearby);
        }
    }
}
