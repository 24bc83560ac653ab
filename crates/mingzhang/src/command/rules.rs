//! `mingzhang rules`

use mz_audit::{Status, rules::RULES};
use mz_compose::lang::{Lang, severity_key};
use serde_json::json;

use crate::{
    Outcome,
    arguments::{RulesArguments, RulesFormat},
    terminal,
};

/// Lists the rules.
pub fn run(arguments: &RulesArguments, lang: Lang) -> Outcome {
    let text = match arguments.format {
        RulesFormat::Human => human(lang),
        RulesFormat::Json => json(),
    };
    terminal::print(text.as_bytes()).map_or(Outcome::Unusable, |()| Outcome::Clean)
}

fn human(lang: Lang) -> String {
    let mut out = String::new();
    for rule in RULES {
        let severity = lang.severity(rule.severity);
        let title = match lang {
            Lang::Zh => rule.title(),
            Lang::En => english_title(rule.page).unwrap_or(rule.name),
        };
        let removed = match rule.status {
            Status::Stable { .. } => "",
            Status::Removed { .. } => lang.pick("（已停用）", " (removed)"),
        };
        out.push_str(&format!(
            "{} {}  {severity}  {title}{removed}\n",
            rule.code, rule.name
        ));
    }
    let n = RULES.len();
    out.push_str(&match lang {
        Lang::Zh => format!("共 {n} 条；mingzhang explain 编号 查看一条\n"),
        Lang::En => format!("{n} rules; mingzhang explain CODE shows one\n"),
    });
    out
}

fn json() -> String {
    let rules: Vec<_> = RULES
        .iter()
        .map(|rule| {
            let (status, since, reason) = match rule.status {
                Status::Stable { since } => ("stable", since, None),
                Status::Removed { since, reason } => ("removed", since, Some(reason)),
            };
            json!({
                "code": rule.code, "name": rule.name, "severity": severity_key(rule.severity),
                "status": status, "since": since, "reason": reason,
                "title": rule.title(), "title_en": english_title(rule.page),
                "law": rule.law, "checks": rule.checks,
            })
        })
        .collect();
    format!(
        "{}\n",
        json!({"schema": "mingzhang.rules/1", "rules": rules})
    )
}

/// The English sentence of a page: its third paragraph, in italics.
pub fn english_title(page: &str) -> Option<&str> {
    let line = page.lines().filter(|line| !line.is_empty()).nth(2)?;
    line.strip_prefix('*')?.strip_suffix('*')
}
