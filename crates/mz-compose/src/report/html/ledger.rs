//! What was checked and what was not, at the end of each document.

use std::fmt::Write as _;

use mz_budget::finding::{Obligation, ObligationStatus};

use super::{AuditedDocument, escape::escape};
use crate::{
    lang::{Lang, status_key},
    report::trail,
};

/// Writes the ledger.
pub fn write(out: &mut String, audited: &AuditedDocument<'_>, lang: Lang) {
    let report = audited.report;
    let counts = report.counts;
    let n_tables = audited.disclosure.tables.len();
    let heading = lang.pick("已查与未查", "What was checked and what was not");
    let _ = write!(out, "<section class=\"ledger\"><h3>{heading}</h3>\n<p>");
    let _ = match lang {
        Lang::Zh => write!(
            out,
            "表 {n_tables} 张，单元格 {} 个，已知数 {} 个，勾稽关系 {} 条，文字表述 {} 项，未能证实的数字 {} 个。",
            counts.cells, counts.slices, counts.identities, counts.claims, counts.claims_unproved
        ),
        Lang::En => write!(
            out,
            "{n_tables} tables, {} cells, {} slices, {} identities, {} claims, {} unproved numbers.",
            counts.cells, counts.slices, counts.identities, counts.claims, counts.claims_unproved
        ),
    };
    out.push_str("</p>\n");
    let with = |wanted: fn(ObligationStatus) -> bool| -> Vec<&Obligation> {
        report
            .obligations
            .iter()
            .filter(|o| wanted(o.status))
            .collect()
    };
    let not_done = with(|status| {
        !matches!(
            status,
            ObligationStatus::Done | ObligationStatus::NotApplicable
        )
    });
    let done = with(|status| status == ObligationStatus::Done);
    let idle = with(|status| status == ObligationStatus::NotApplicable);
    rows(out, lang.pick("未查", "Not checked"), &not_done, true, lang);
    lines(
        out,
        lang.pick("未能证实的数字", "Unproved numbers"),
        audited
            .disclosure
            .unproved
            .iter()
            .map(|one| (&one.place, format!("{}（{}）", one.number, one.why))),
        lang,
    );
    lines(
        out,
        lang.pick("未能读懂", "Not understood"),
        audited
            .disclosure
            .problems
            .iter()
            .map(|one| (&one.place, one.message.clone())),
        lang,
    );
    rows(out, lang.pick("已查", "Checked"), &done, false, lang);
    rows(
        out,
        lang.pick(
            "文中没有可查的内容",
            "Nothing of their kind in the document",
        ),
        &idle,
        false,
        lang,
    );
    out.push_str("</section>\n");
}

fn rows(out: &mut String, summary: &str, obligations: &[&Obligation], open: bool, lang: Lang) {
    if obligations.is_empty() {
        return;
    }
    let open = if open { " open" } else { "" };
    let _ = writeln!(
        out,
        "<details{open}><summary>{summary} {}</summary><table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"num\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
        obligations.len(),
        lang.pick("编号", "Code"),
        lang.pick("事项", "Obligation"),
        lang.pick("状态", "State"),
        lang.pick("核对处数", "Instances"),
        lang.pick("说明", "Reason"),
    );
    for obligation in obligations {
        let name = match lang {
            Lang::Zh => &obligation.name,
            Lang::En => &obligation.name_en,
        };
        let _ = writeln!(
            out,
            "<tr class=\"{}\"><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"num\">{}</td><td>{}</td></tr>",
            status_key(obligation.status),
            escape(&obligation.id),
            escape(name),
            lang.status(obligation.status),
            obligation.n_checked,
            escape(&obligation.reason)
        );
    }
    out.push_str("</tbody></table></details>\n");
}

fn lines<'p>(
    out: &mut String,
    summary: &str,
    items: impl ExactSizeIterator<Item = (&'p mz_budget::place::Place, String)>,
    lang: Lang,
) {
    let n = items.len();
    if n == 0 {
        return;
    }
    let _ = writeln!(out, "<details open><summary>{summary} {n}</summary><ul>");
    for (place, text) in items {
        let _ = writeln!(
            out,
            "<li>{} {}</li>",
            escape(&trail::inside(place, lang)),
            escape(&text)
        );
    }
    out.push_str("</ul></details>\n");
}
