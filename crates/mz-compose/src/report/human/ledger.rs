//! The end of the report: what was checked, what was not, and why. As visible as the findings.

use std::fmt::Write as _;

use mz_budget::finding::{Obligation, ObligationStatus};

use super::{AuditedDocument, Ink, Settings, quote, trail};
use crate::{lang::Lang, layout::one_line};

/// Unproved numbers and reading problems shown unless everything is asked for.
const SHOWN: usize = 8;

/// Writes the ledger.
pub fn write(out: &mut String, audited: &AuditedDocument<'_>, settings: &Settings<'_>, ink: Ink) {
    let lang = settings.lang;
    let _ = writeln!(out, "\n{}", ink.bold(lang.pick("已查", "Checked")));
    checked(out, audited, lang);
    let not_done: Vec<&Obligation> = audited
        .report
        .obligations
        .iter()
        .filter(|o| {
            !matches!(
                o.status,
                ObligationStatus::Done | ObligationStatus::NotApplicable
            )
        })
        .collect();
    let idle: Vec<&str> = audited
        .report
        .obligations
        .iter()
        .filter(|o| o.status == ObligationStatus::NotApplicable)
        .map(|o| o.id.as_str())
        .collect();
    let disclosure = audited.disclosure;
    if not_done.len() + idle.len() + disclosure.unproved.len() + disclosure.problems.len() == 0 {
        let _ = writeln!(
            out,
            "{}",
            ink.bold(lang.pick("未查 无", "Not checked: nothing"))
        );
        return;
    }
    let _ = writeln!(out, "{}", ink.bold(lang.pick("未查", "Not checked")));
    for obligation in not_done {
        let name = match lang {
            Lang::Zh => &obligation.name,
            Lang::En => &obligation.name_en,
        };
        let status = lang.status(obligation.status);
        let colon = lang.pick("：", ": ");
        let _ = writeln!(
            out,
            "  {} {}（{status}）{colon}{}",
            obligation.id,
            one_line(name),
            one_line(&obligation.reason)
        );
    }
    if !idle.is_empty() {
        let _ = match (lang, settings.verbose) {
            (Lang::Zh, false) => writeln!(out, "  另有 {} 条规则，文中没有可查的内容", idle.len()),
            (Lang::En, false) => writeln!(
                out,
                "  {} rules found nothing of their kind to check",
                idle.len()
            ),
            (Lang::Zh, true) => writeln!(out, "  文中没有可查内容的规则：{}", idle.join(" ")),
            (Lang::En, true) => writeln!(
                out,
                "  rules without anything of their kind: {}",
                idle.join(" ")
            ),
        };
    }
    unproved(out, audited, settings);
    problems(out, audited, settings);
}

fn checked(out: &mut String, audited: &AuditedDocument<'_>, lang: Lang) {
    let counts = audited.report.counts;
    let disclosure = audited.disclosure;
    let (n_tables, n_expected) = (disclosure.tables.len(), disclosure.profile.tables.len());
    let done: Vec<&Obligation> = audited
        .report
        .obligations
        .iter()
        .filter(|o| o.status == ObligationStatus::Done)
        .collect();
    let n_rules = done.iter().filter(|o| o.id.starts_with("MZ")).count();
    let n_instances: usize = done.iter().map(|o| o.n_checked).sum();
    let n_unread: usize = disclosure.tables.iter().map(|table| table.n_unread).sum();
    let _ = match lang {
        Lang::Zh => writeln!(
            out,
            "  表 {n_tables} 张（模板共 {n_expected} 张），单元格 {} 个，其中读不懂 {n_unread} 个；已知数 {} 个，勾稽关系 {} 条\n  \
             文字表述 {} 项已与表或文对应，{} 个数字未能证实；规则 {n_rules} 条，共核对 {n_instances} 处",
            counts.cells, counts.slices, counts.identities, counts.claims, counts.claims_unproved
        ),
        Lang::En => writeln!(
            out,
            "  {n_tables} tables (the profile has {n_expected}), {} cells, {n_unread} of them unread; {} slices known, {} identities\n  \
             {} claims bound, {} numbers unproved; {n_rules} rules, {n_instances} instances",
            counts.cells, counts.slices, counts.identities, counts.claims, counts.claims_unproved
        ),
    };
}

fn unproved(out: &mut String, audited: &AuditedDocument<'_>, settings: &Settings<'_>) {
    let all = &audited.disclosure.unproved;
    if all.is_empty() {
        return;
    }
    let _ = match settings.lang {
        Lang::Zh => writeln!(out, "  未能证实的数字 {} 个", all.len()),
        Lang::En => writeln!(out, "  {} unproved numbers", all.len()),
    };
    let n = if settings.verbose { all.len() } else { SHOWN };
    for one in all.iter().take(n) {
        let position = trail::brief(&one.place, settings.lang);
        let words = quote::marked(audited.document, &[&one.place], settings.verbose);
        let _ = writeln!(
            out,
            "    {position} {}（{}）{words}",
            one_line(&one.number),
            one_line(&one.why)
        );
    }
    more(out, all.len().saturating_sub(n), settings.lang);
}

fn problems(out: &mut String, audited: &AuditedDocument<'_>, settings: &Settings<'_>) {
    let all = &audited.disclosure.problems;
    let n = if settings.verbose { all.len() } else { SHOWN };
    if !all.is_empty() {
        let _ = match settings.lang {
            Lang::Zh => writeln!(out, "  未能读懂 {} 处", all.len()),
            Lang::En => writeln!(out, "  {} things that could not be read", all.len()),
        };
    }
    for one in all.iter().take(n) {
        let position = trail::brief(&one.place, settings.lang);
        let gap = if position.is_empty() { "" } else { " " };
        let _ = writeln!(out, "    {position}{gap}{}", one_line(&one.message));
    }
    more(out, all.len().saturating_sub(n), settings.lang);
}

fn more(out: &mut String, n: usize, lang: Lang) {
    if n > 0 {
        let _ = match lang {
            Lang::Zh => writeln!(out, "    还有 {n} 项（--verbose 全部列出）"),
            Lang::En => writeln!(out, "    {n} more (--verbose lists all)"),
        };
    }
}
