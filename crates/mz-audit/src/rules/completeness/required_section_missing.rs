use mz_budget::{finding::Severity, place::Place};

use super::shape;
use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static REQUIRED_SECTION_MISSING = {
        code: "MZ5002",
        name: "required-section-missing",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["procedure-2016-143", "unit-guidance-2021-29"],
        checks: &["CP-01", "CP-07", "CP-08", "CP-09", "CP-10", "CP-11"],
        page: "required_section_missing.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    if !shape::is_whole(disclosure) {
        return;
    }
    let body = || {
        disclosure
            .sections
            .iter()
            .filter(|section| !section.in_contents)
    };
    let mut before: Option<Place> = None;
    for spec in &disclosure.profile.outline {
        match body().find(|section| section.id.as_deref() == Some(&spec.id)) {
            Some(section) => {
                before = Some(wording::quoting(&section.place, &section.heading));
                sink.checked(usize::from(spec.required));
            }
            None if spec.required => {
                sink.checked(1);
                let place = before.clone().or_else(|| {
                    body()
                        .next()
                        .map(|s| wording::quoting(&s.place, &s.heading))
                });
                let Some(place) = place else {
                    continue;
                };
                let title = spec
                    .title
                    .replace("{unit}", "")
                    .replace("{year}年", "")
                    .replace("关于", "");
                sink.broken(
                    &place,
                    format!("缺少“{title}”部分（应在“{}”之后）", place.quote),
                    format!("the section “{title}” is missing"),
                );
            }
            None => {}
        }
    }
}
