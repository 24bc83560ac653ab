//! What was understood, as text.

use std::fmt::Write as _;

use mz_budget::disclosure::Reading;

use super::{
    Understood,
    record::{self, Record},
};
use crate::{lang::Lang, layout::one_line};

/// Renders it.
pub fn render(understood: &Understood<'_>, lang: Lang) -> String {
    let disclosure = understood.disclosure;
    let mut out = format!("{}\n", one_line(understood.file));
    let unit = disclosure
        .unit
        .as_deref()
        .unwrap_or(lang.pick("单位名称未读出", "unit not found"));
    let year = disclosure
        .year
        .map_or("—".to_owned(), |year| year.to_string());
    let _ = writeln!(
        out,
        "  {} · {year} · {} · {} {}",
        one_line(unit),
        lang.kind(disclosure.kind),
        lang.pick("模板", "profile"),
        disclosure.profile.id
    );
    tables(&mut out, understood, lang);
    let records = record::all(disclosure, lang);
    let groups = [
        ("cell", lang.pick("单元格", "Cells")),
        ("claim", lang.pick("文字表述", "Claims")),
        ("statement", lang.pick("说明", "Statements")),
        ("unproved", lang.pick("未能证实的数字", "Unproved numbers")),
    ];
    for (kind, heading) in groups {
        let same: Vec<&Record<'_>> = records
            .iter()
            .filter(|record| record.kind == kind)
            .collect();
        let _ = writeln!(out, "\n{heading} {}", same.len());
        for record in same {
            let _ = writeln!(out, "  {}", line(record, lang));
        }
    }
    if !disclosure.problems.is_empty() {
        let _ = writeln!(
            out,
            "\n{} {}",
            lang.pick("未能读懂", "Not understood"),
            disclosure.problems.len()
        );
        for problem in &disclosure.problems {
            let position = crate::report::position(&problem.place, lang);
            let _ = writeln!(out, "  {position} {}", one_line(&problem.message));
        }
    }
    out
}

fn tables(out: &mut String, understood: &Understood<'_>, lang: Lang) {
    let disclosure = understood.disclosure;
    let n_expected = disclosure.profile.tables.len();
    let n_blank = disclosure
        .observations
        .iter()
        .filter(|o| o.reading == Reading::Blank)
        .count();
    let _ = match lang {
        Lang::Zh => writeln!(
            out,
            "\n表 {} 张（模板共 {n_expected} 张），空白单元格 {n_blank} 个",
            disclosure.tables.len()
        ),
        Lang::En => writeln!(
            out,
            "\n{} tables (the profile has {n_expected}), {n_blank} blank cells",
            disclosure.tables.len()
        ),
    };
    for table in &disclosure.tables {
        let position = crate::report::position(&table.place, lang);
        let nil = if table.is_nil {
            lang.pick("，空表", ", empty")
        } else {
            ""
        };
        let _ = match lang {
            Lang::Zh => writeln!(
                out,
                "  {position} {}（{}）：{} 行，{} 个数，读不懂 {} 个{nil}",
                one_line(&table.title),
                table.id,
                table.rows.len(),
                table.n_values,
                table.n_unread
            ),
            Lang::En => writeln!(
                out,
                "  {position} {} ({}): {} rows, {} figures, {} unread{nil}",
                one_line(&table.title),
                table.id,
                table.rows.len(),
                table.n_values,
                table.n_unread
            ),
        };
    }
}

fn line(record: &Record<'_>, lang: Lang) -> String {
    if record.kind == "unproved" {
        let position = crate::report::position(record.place, lang);
        return format!(
            "{position} {}（{}）{}",
            record.printed, record.note, record.label
        )
        .trim_start()
        .to_owned();
    }
    let mut parts = vec![
        crate::report::position(record.place, lang),
        record.label.clone(),
    ];
    if !record.printed.is_empty() {
        parts.push(format!("= {}", record.printed));
    }
    let about: Vec<&str> = [record.stage, &record.subject, &record.measure]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if !about.is_empty() {
        parts.push(format!("[{}]", about.join(" · ")));
    }
    if !record.note.is_empty() {
        parts.push(format!("({})", record.note));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}
