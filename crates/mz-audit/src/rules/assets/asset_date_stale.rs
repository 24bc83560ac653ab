use std::sync::LazyLock;

use mz_budget::{
    disclosure::{Kind, TextKind},
    finding::Severity,
};

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static ASSET_DATE_STALE = {
        code: "MZ7011",
        name: "asset-date-stale",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["AS-06"],
        page: "asset_date_stale.md",
        check: check,
    };
}

static UNTIL: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"截[至止]\s*(?P<at>(?P<year>20\d{2})\s*年[^，。；]{0,10}?(?:底|末|日|月))[^。；]{0,60}(?:资产|车辆|房屋|设备)",
    )
});

/// Assets are counted at the end of the year before the budget, or of the year of the final accounts; a budget may already
/// use its own year.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let Some(year) = audit.disclosure.year else {
        return;
    };
    let is_budget = matches!(
        audit.disclosure.kind,
        Kind::UnitBudget | Kind::DepartmentBudget
    );
    for text in audit
        .texts_with(&UNTIL)
        .filter(|text| text.kind == TextKind::Body)
    {
        for found in UNTIL.captures_iter(&text.text) {
            let (Some(date), Some(until)) = (found.name("at"), found.name("year")) else {
                continue;
            };
            let Ok(until) = until.as_str().parse::<u16>() else {
                continue;
            };
            sink.checked(1);
            let fits = until == year || (is_budget && until + 1 == year);
            if !fits {
                let wanted = if is_budget {
                    year.saturating_sub(1)
                } else {
                    year
                };
                sink.broken(
                    &wording::part(text, date.range()),
                    format!(
                        "{year} 年度文件的资产截止日写作“{}”，应为 {wanted} 年",
                        date.as_str()
                    ),
                    format!(
                        "assets are counted at “{}”, the document is about {year}",
                        date.as_str()
                    ),
                );
            }
        }
    }
}
