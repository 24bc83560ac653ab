use mz_budget::finding::Severity;

use crate::{Audit, Sink, cubes::observed, declare_rule};

declare_rule! {
    pub static ROUNDING_ONLY = {
        code: "MZ1004",
        name: "rounding-only",
        severity: Severity::Info,
        since: "0.1.0",
        law: &["arithmetic"],
        checks: &["TI-12", "TI-13"],
        page: "rounding_only.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    for (_, solved) in audit.cubes().stages() {
        sink.checked(solved.counts().0);
        let mut places = Vec::new();
        let mut example = String::new();
        for rounding in solved
            .rounding()
            .iter()
            .filter(|rounding| rounding.difference != 0)
        {
            let term = rounding
                .terms
                .first()
                .and_then(|(given, _)| solved.source(*given));
            let Some(place) = term.and_then(|source| audit.place_of(source)) else {
                continue;
            };
            if example.is_empty() {
                let figure = term.and_then(|source| observed(audit.disclosure, source));
                example = format!(
                    "《{}》{} {}，与各项之和差 {}",
                    place.table.as_deref().unwrap_or_default(),
                    place.row.as_deref().unwrap_or_default(),
                    figure.map_or_else(String::new, |money| money.to_string()),
                    audit.money(rounding.difference.abs())
                );
            }
            if !places.contains(&place) {
                places.push(place);
            }
        }
        let Some((first, rest)) = places.split_first() else {
            continue;
        };
        sink.broken(
            first,
            format!(
                "{} 处合计与分项只差四舍五入的尾数，如{example}",
                places.len()
            ),
            format!(
                "{} totals differ from their parts by rounding only",
                places.len()
            ),
        )
        .also_all(rest.iter().copied());
    }
}
