//! A difference as text, JSON (`mingzhang.diff/1`) and one self-contained page.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Change, Difference, Entry};

/// As text for people: one line a difference, by section.
pub fn text(difference: &Difference) -> String {
    let mut out = format!(
        "− {}\n+ {}\n",
        line(&difference.before),
        line(&difference.after)
    );
    let mut section = None;
    for change in &difference.changes {
        if section != Some(change.section()) {
            section = Some(change.section());
            let n = difference
                .changes
                .iter()
                .filter(|c| c.section() == change.section())
                .count();
            let _ = writeln!(out, "\n{} {n} 处", change.section().name());
        }
        let _ = writeln!(out, "  {}", line(change.name()));
        if let Some(before) = &change.before {
            let _ = writeln!(out, "    − {}{}", line(&before.value), at(before));
        }
        if let Some(after) = &change.after {
            let _ = writeln!(out, "    + {}{}", line(&after.value), at(after));
        }
        if let Some(difference) = change.difference() {
            let _ = writeln!(out, "    差 {}", money(difference.0));
        }
    }
    let _ = writeln!(
        out,
        "\n不同 {} 处，相同 {} 处",
        difference.changes.len(),
        difference.n_same
    );
    out
}

fn at(entry: &Entry) -> String {
    if entry.place.is_empty() {
        String::new()
    } else {
        format!("（{}）", line(&entry.place))
    }
}

fn money(fen: i64) -> String {
    let number = mz_budget::money::Decimal {
        digits: fen,
        decimals: 2,
    };
    format!("{number} 元")
}

/// One line, without anything that could move the cursor.
fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .chars()
        .map(|c| if c.is_control() { '\u{FFFD}' } else { c })
        .collect()
}

/// As JSON.
pub fn json(difference: &Difference) -> String {
    let entry = |entry: &Option<Entry>| match entry {
        Some(entry) => {
            json!({"value": entry.value, "fen": entry.fen.map(|fen| fen.0), "place": entry.place})
        }
        None => Value::Null,
    };
    let changes: Vec<Value> = difference
        .changes
        .iter()
        .map(|change| {
            json!({
                "section": change.section().key(),
                "name": change.name(),
                "before": entry(&change.before),
                "after": entry(&change.after),
                "difference_fen": change.difference().map(|fen| fen.0),
            })
        })
        .collect();
    let whole = json!({
        "schema": "mingzhang.diff/1",
        "before": difference.before,
        "after": difference.after,
        "same": difference.n_same,
        "changes": changes,
    });
    format!("{whole}\n")
}

/// As one page that needs nothing else.
pub fn html(difference: &Difference) -> String {
    let mut out = String::from(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>对比</title><style>\
         body{font:16px/1.6 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#222;background:#fff}\
         table{border-collapse:collapse;width:100%;margin:0 0 2rem}caption{text-align:left;font-weight:bold;padding:.4rem 0}\
         th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
         th{background:#eceae2}del{background:#fbe3e4;text-decoration:none}ins{background:#e2f3e4;text-decoration:none}\
         small{color:#555;display:block}@media print{body{margin:0;max-width:none}}</style></head><body>\n<h1>对比</h1>\n",
    );
    let _ = writeln!(
        out,
        "<p>前：{}<br>后：{}<br>不同 {} 处，相同 {} 处</p>",
        escaped(&difference.before),
        escaped(&difference.after),
        difference.changes.len(),
        difference.n_same
    );
    let mut start = 0;
    while let Some(first) = difference.changes.get(start) {
        let section = first.section();
        let n = difference.changes[start..]
            .iter()
            .take_while(|c| c.section() == section)
            .count();
        let _ = writeln!(
            out,
            "<table><caption>{} {n} 处</caption><thead><tr><th scope=\"col\">内容</th><th scope=\"col\">前</th><th scope=\"col\">后</th><th scope=\"col\">差</th></tr></thead><tbody>",
            section.name()
        );
        for change in &difference.changes[start..start + n] {
            row(change, &mut out);
        }
        out.push_str("</tbody></table>\n");
        start += n;
    }
    out.push_str("</body></html>\n");
    out
}

fn row(change: &Change, out: &mut String) {
    let cell = |entry: &Option<Entry>, tag: &str| match entry {
        Some(entry) => format!(
            "<{tag}>{}</{tag}><small>{}</small>",
            escaped(&entry.value),
            escaped(&entry.place)
        ),
        None => "（没有）".to_owned(),
    };
    let difference = change
        .difference()
        .map(|fen| money(fen.0))
        .unwrap_or_default();
    let _ = writeln!(
        out,
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{difference}</td></tr>",
        escaped(change.name()),
        cell(&change.before, "del"),
        cell(&change.after, "ins"),
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
