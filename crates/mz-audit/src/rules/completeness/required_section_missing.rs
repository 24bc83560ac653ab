use mz_budget::{
    disclosure::Disclosure,
    finding::{ObligationStatus, Severity},
    place::Place,
    profile::outline::OutlineSpec,
};

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

/// With more than this share (in percent) of the required headings missing, the document follows another outline.
const OTHER_OUTLINE: usize = 25;

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    if !shape::is_whole(disclosure) {
        return;
    }
    let is_open = disclosure.profile.is_proposed;
    let body = || {
        disclosure
            .sections
            .iter()
            .filter(|section| !section.in_contents)
    };
    let found = |id: &str| body().find(|section| section.id.as_deref() == Some(id));
    let required: Vec<_> = disclosure
        .profile
        .outline
        .iter()
        .filter(|spec| spec.is_required_in(disclosure.kind))
        .collect();
    let is_missing = |spec: &OutlineSpec| {
        found(&spec.id).is_none() && !(is_open && is_mentioned(disclosure, spec))
    };
    let n_missing = required.iter().filter(|spec| is_missing(spec)).count();
    if 100 * n_missing > OTHER_OUTLINE * required.len() {
        let reason = format!(
            "{} 个应有的部分中 {n_missing} 个没有认出，篇章与模板不同",
            required.len()
        );
        sink.skipped(ObligationStatus::Ambiguous, reason);
        return;
    }
    let mut before: Option<Place> = body()
        .next()
        .map(|s| wording::quoting(&s.place, &s.heading));
    for spec in &disclosure.profile.outline {
        if let Some(section) = found(&spec.id) {
            before = Some(wording::quoting(&section.place, &section.heading));
            sink.checked(usize::from(spec.is_required_in(disclosure.kind)));
            continue;
        }
        if !spec.is_required_in(disclosure.kind) || !is_missing(spec) {
            continue;
        }
        // What stands under a part that is missing is missing with it.
        let part_missing = spec.parent.as_deref().is_some_and(|parent| {
            required.iter().any(|spec| spec.id == parent) && found(parent).is_none()
        });
        if let Some(place) = before.as_ref().filter(|_| !part_missing) {
            sink.checked(1);
            let title = spec
                .title
                .replace("{unit}", "")
                .replace("{year}年", "")
                .replace("关于", "");
            sink.broken(
                place,
                format!("缺少“{title}”部分（应在“{}”之后）", place.quote),
                format!("the section “{title}” is missing"),
            );
        }
    }
}

/// Whether the text speaks of what the section is about, under whatever heading: forms known by their words alone word their
/// headings in many ways.
fn is_mentioned(disclosure: &Disclosure, spec: &OutlineSpec) -> bool {
    let says = |text: &str| {
        let mut alternatives = spec.keywords.iter();
        alternatives.any(|words| words.split_whitespace().all(|word| text.contains(word)))
    };
    wording::saying(disclosure).any(|text| says(&text.text))
}
