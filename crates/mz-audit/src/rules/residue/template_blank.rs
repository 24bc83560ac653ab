use mz_budget::finding::Severity;

use crate::{Audit, Sink, declare_rule};

declare_rule! {
    pub static TEMPLATE_BLANK = {
        code: "MZ9200",
        name: "template-blank",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["FM-03"],
        page: "template_blank.md",
        check: check,
    };
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    sink.checked(1);
    let Some(template) = &audit.template else {
        return;
    };
    let n = template.n_placeholders;
    sink.broken(
        &template.place,
        format!("这是一份空白模板：各表没有数字，文中 {n} 处是待填的占位，未作其他核对"),
        format!("this is a blank form: no table holds a figure and {n} texts are placeholders; nothing else was checked"),
    );
}
