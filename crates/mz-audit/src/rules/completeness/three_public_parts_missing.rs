use mz_budget::{
    dimension::Dimension,
    disclosure::{Statement, StatementKind, Subject, TextKind},
    finding::Severity,
};

use super::shape;
use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static THREE_PUBLIC_PARTS_MISSING = {
        code: "MZ5011",
        name: "three-public-parts-missing",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["procedure-2016-143"],
        checks: &["CP-06", "SG-09"],
        page: "three_public_parts_missing.md",
        check: check,
    };
}

/// Each part with the words it goes by; any of them will do.
const PARTS: [(&str, &[&str]); 3] = [
    ("因公出国（境）费", &["出国"]),
    ("公务用车购置及运行费", &["公务用车", "公车"]),
    ("公务接待费", &["接待"]),
];

/// The narrative of the three public expenses must speak of all three.
fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let disclosure = audit.disclosure;
    let section = disclosure
        .sections
        .iter()
        .position(|s| !s.in_contents && s.heading.contains("三公"));
    let Some((index, section)) = section.and_then(|i| Some((i, disclosure.sections.get(i)?)))
    else {
        return;
    };
    let said: Vec<&str> = wording::texts(disclosure, &[TextKind::Body, TextKind::Cell])
        .filter(|text| text.section == Some(index))
        .map(|text| text.text.as_str())
        .collect();
    // A statement that there is nothing at all needs no parts, nor does a section that could not be read.
    let three_public = disclosure
        .dimensions
        .tree(Dimension::Economic)
        .find("three-public");
    let is_all = |statement: &&Statement| {
        let Some(Subject::Slice(slice)) = &statement.subject else {
            return false;
        };
        statement.kind == StatementKind::Nil
            && Some(slice.node(Dimension::Economic)) == three_public
            && slice.node(Dimension::Function) == 0
    };
    let nothing = disclosure
        .statements
        .iter()
        .any(|statement| is_all(&statement))
        || said.iter().any(|text| {
            text.contains("没有安排") || text.contains("未安排") && !text.contains("万元")
        });
    if said.is_empty() || nothing || !shape::is_whole(disclosure) {
        return;
    }
    for (name, words) in PARTS {
        sink.checked(1);
        if !said
            .iter()
            .any(|text| words.iter().any(|word| text.contains(word)))
        {
            sink.broken(
                &wording::quoting(&section.place, &section.heading),
                format!("“三公”经费说明没有提到{name}"),
                format!("the narrative of the three public expenses does not mention {name}"),
            );
        }
    }
}
