use std::{collections::BTreeMap, sync::LazyLock};

use mz_budget::{disclosure::TextKind, finding::Severity, place::Place, words::Words};

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

static ENDINGS: LazyLock<Words> =
    LazyLock::new(|| Words::new(WORDING.facility.endings.iter().map(String::as_str)));

/// Names of one facility that differ in one character, one of them standing only once. A hint: both may exist.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let mut names: BTreeMap<Name, Vec<Place>> = BTreeMap::new();
    let wanted = [TextKind::Body, TextKind::Cell, TextKind::Heading];
    for line in audit.lines.iter().filter(|line| line.is_one_of(&wanted)) {
        for (byte, which) in ENDINGS.find_iter(&line.folded.text) {
            let Some(ending) = WORDING.facility.endings.get(which) else {
                continue;
            };
            let n = ending.chars().count();
            let at = wording::chars_before(&line.folded.text, byte);
            let before = at
                .checked_sub(2)
                .and_then(|start| line.chars.get(start..at));
            let Some(&[a, b]) = before else { continue };
            let head: String = [a, b].iter().collect();
            if !wording::is_han(a)
                || !wording::is_han(b)
                || WORDING.facility.suffixes.contains(b)
                || WORDING.facility.generic.contains(&head)
            {
                continue;
            }
            let source = line.folded.source_range(at - 2, at + n);
            let range = wording::byte_range(&line.text.text, source);
            names
                .entry((a, b, ending))
                .or_default()
                .push(wording::part(line.text, range));
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
