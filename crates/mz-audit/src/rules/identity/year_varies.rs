use std::sync::LazyLock;

use mz_budget::{
    disclosure::{Kind, TextKind},
    finding::Severity,
    place::Place,
};

use crate::{Audit, Sink, declare_rule, pattern::Pattern, wording};

declare_rule! {
    pub static YEAR_VARIES = {
        code: "MZ9031",
        name: "year-varies",
        severity: Severity::Error,
        since: "0.1.0",
        law: &[],
        checks: &["MT-02", "FM-14"],
        page: "year_varies.md",
        check: check,
    };
}

/// The year that says what a title is about: straight before 部门预算, 单位概况, 收支 … and not before 项目 or a document.
static TITLE_YEAR: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"(?P<at>20\d{2})\s*年(?:度)?(?P<rest>[^，。；\d]{0,24}?(?:预算|决算|收支|收入|支出|经费|概况|公开|情况说明|绩效目标|表))",
    )
});

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let Some(year) = audit.disclosure.year else {
        return;
    };
    let wanted = |kind| {
        matches!(
            kind,
            TextKind::Contents | TextKind::Heading | TextKind::Caption
        )
    };
    let mut odd: Vec<(u16, Place)> = Vec::new();
    for text in audit
        .disclosure
        .texts
        .iter()
        .filter(|text| wanted(text.kind))
    {
        // A title with last year's figures in it names both years.
        let years: Vec<_> = TITLE_YEAR
            .captures_iter(&text.text)
            .filter_map(|found| found.name("at"))
            .filter_map(|m| Some((m.as_str().parse::<u16>().ok()?, m.range())))
            .collect();
        sink.checked(years.len());
        if text.text.contains(['上', '结']) && text.text.contains("上年")
            || years.iter().any(|(y, _)| *y == year)
        {
            continue;
        }
        if let Some((other, range)) = years.into_iter().next() {
            odd.push((other, wording::part(text, range.start..text.text.len())));
        }
    }
    for target in &audit.disclosure.targets {
        if let Some(other) = target.year {
            sink.checked(1);
            if other != year
                && matches!(
                    audit.disclosure.kind,
                    Kind::UnitBudget | Kind::DepartmentBudget
                )
            {
                odd.push((other, wording::quoting(&target.place, &other.to_string())));
            }
        }
    }
    odd.dedup_by(|a, b| a.1.line.is_some() && a.1.line == b.1.line);
    for (other, place) in odd {
        sink.broken(
            &place,
            format!(
                "标题“{}”写的是 {other} 年，本文件是 {year} 年度",
                place.quote
            ),
            format!(
                "the title “{}” says {other}, the document is about {year}",
                place.quote
            ),
        )
        .side("标题", other.to_string(), None)
        .side("本文件", year.to_string(), None);
    }
}
