//! `mingzhang check`: everything wrong in a package and everything still to do, with sheet and cell.

mod places;

use mz_budget::{
    finding::{Finding, Severity},
    library::Library,
    package::FormPlace,
};
use mz_compose::{
    disclosure::{Missing, MissingKind},
    lang::Lang,
};
use mz_package::{FormProblem, Level, check};
use serde_json::{Value, json};

use super::{
    build::shown,
    composed::{self, Blocked, Seen},
};
use crate::{
    Outcome,
    package_arguments::{CheckArguments, TextOrJson},
    packages, terminal,
};

/// What a check found.
#[derive(Default)]
struct Checked {
    problems: Vec<FormProblem>,
    findings: Vec<(Finding, Vec<FormPlace>)>,
    missing: Vec<(Missing, &'static str)>,
    /// Contradictions and the like, as `build` says them.
    notes: String,
    drafts: Vec<FormPlace>,
}

impl Checked {
    fn is_clean(&self) -> bool {
        !packages::has_error(&self.problems)
            && self.missing.is_empty()
            && self.notes.is_empty()
            && self
                .findings
                .iter()
                .all(|(finding, _)| finding.severity < Severity::Warning)
    }
}

/// Checks a package.
pub fn run(arguments: &CheckArguments, lang: Lang) -> Outcome {
    let opened = match packages::open(&arguments.package) {
        Ok(opened) => opened,
        Err(reason) => {
            terminal::complain(&format!("{}: {reason}", arguments.package.display()));
            return Outcome::Unusable;
        }
    };
    let mut checked = Checked {
        problems: opened.problems,
        ..Checked::default()
    };
    checked
        .problems
        .extend(check::check(&opened.package, Library::embedded()));
    checked.drafts = check::drafts(&opened.package);
    match composed::see(&opened.package) {
        Ok(seen) => audit(&seen, &mut checked),
        Err(Blocked::Leaks(leaks)) => checked.notes = shown::leaks(&leaks),
        Err(Blocked::Reason(reason)) => checked.notes = format!("{reason}\n"),
    }
    let text = match arguments.format {
        TextOrJson::Human => human(&checked, lang),
        TextOrJson::Json => as_json(&checked),
    };
    if terminal::print(text.as_bytes()).is_err() {
        return Outcome::Unusable;
    }
    if checked.is_clean() {
        Outcome::Clean
    } else {
        Outcome::Found
    }
}

/// The audit of the document that would be built, with the cells its figures come from.
fn audit(seen: &Seen, checked: &mut Checked) {
    let mut composed = seen.composed.clone();
    let missing = std::mem::take(&mut composed.missing);
    composed.n_drafts = 0;
    checked.notes = shown::notes(&composed, &seen.public);
    checked.missing = missing
        .into_iter()
        .map(|missing| {
            let sheet = sheet_of(&missing.kind);
            (missing, sheet)
        })
        .collect();
    if let Some(disclosure) = &seen.disclosure {
        let report = mz_audit::audit(disclosure, Library::embedded());
        let serious = report
            .findings
            .into_iter()
            .filter(|f| f.severity > Severity::Info);
        checked.findings = serious
            .map(|finding| {
                let places = places::of_finding(&finding, disclosure, &seen.public);
                (finding, places)
            })
            .collect();
    }
}

/// The sheet on which something missing is filled in.
fn sheet_of(kind: &MissingKind) -> &'static str {
    use mz_budget::disclosure::Stage;
    match kind {
        MissingKind::Amount(Stage::Budget | Stage::Final, _) => "本年预算",
        MissingKind::Amount(..) => "上年预算",
        MissingKind::Fact(_) | MissingKind::PriorFact(_) => "其他事实",
        MissingKind::Reason(_) => "变动原因",
        MissingKind::Purpose(_) => "资金用途",
        MissingKind::ProjectField(..) => "项目文字",
        MissingKind::Target(..) => "绩效目标",
        MissingKind::Text(key) => match key.as_str() {
            "duties" => "主要职能",
            "offices" => "内设机构",
            "bodies" => "所属单位",
            _ => "基本信息",
        },
    }
}

fn human(checked: &Checked, lang: Lang) -> String {
    let mut out = String::new();
    let n_errors = checked
        .problems
        .iter()
        .filter(|p| p.level == Level::Error)
        .count();
    if !checked.problems.is_empty() {
        out.push_str(&format!(
            "资料中的问题 {} 处（错误 {n_errors} 处）\n",
            checked.problems.len()
        ));
        out.push_str(&packages::lines(&checked.problems));
    }
    out.push_str(&checked.notes);
    if !checked.findings.is_empty() {
        out.push_str(&format!(
            "按这些资料成稿，审核发现 {} 个问题\n",
            checked.findings.len()
        ));
    }
    for (finding, places) in &checked.findings {
        let message = lang.pick(&finding.message, &finding.message_en);
        out.push_str(&format!(
            "  {} {}\n",
            finding.code,
            terminal::plain(message)
        ));
        for place in places {
            out.push_str(&format!("    见 {}\n", terminal::plain(&place.to_string())));
        }
    }
    if !checked.missing.is_empty() {
        out.push_str(&format!("待办：还缺 {} 项\n", checked.missing.len()));
    }
    for (missing, sheet) in &checked.missing {
        out.push_str(&format!(
            "  [ ] {sheet}：{}（用于：{}）\n",
            missing.what, missing.needed_by
        ));
    }
    if !checked.drafts.is_empty() {
        out.push_str(&format!(
            "待办：{} 项由上年带来，核对后去掉“待确认”\n",
            checked.drafts.len()
        ));
        for place in checked.drafts.iter().filter(|place| !place.is_empty()) {
            out.push_str(&format!("  [ ] {}\n", terminal::plain(&place.to_string())));
        }
    }
    if out.is_empty() {
        out.push_str("没有问题，没有缺项，可以运行 mingzhang build\n");
    }
    out
}

fn as_json(checked: &Checked) -> String {
    let place = |place: &FormPlace| json!({"sheet": place.sheet, "cell": place.cell});
    let problems: Vec<Value> = checked
        .problems
        .iter()
        .map(|p| {
            let level = match p.level {
                Level::Error => "error",
                Level::Query => "query",
                Level::Note => "info",
            };
            json!({"name": p.name, "level": level, "message": p.message, "place": place(&p.place)})
        })
        .collect();
    let findings: Vec<Value> = checked
        .findings
        .iter()
        .map(|(f, places)| {
            json!({"code": f.code, "name": f.name, "message": f.message, "message_en": f.message_en,
                "places": places.iter().map(place).collect::<Vec<_>>()})
        })
        .collect();
    let missing: Vec<Value> = checked
        .missing
        .iter()
        .map(|(m, sheet)| json!({"what": m.what, "needed_by": m.needed_by, "sheet": sheet}))
        .collect();
    let whole = json!({
        "schema": "mingzhang.check/1",
        "problems": problems,
        "findings": findings,
        "missing": missing,
        "notes": checked.notes,
        "to_confirm": checked.drafts.iter().map(place).collect::<Vec<_>>(),
    });
    format!("{whole}\n")
}
