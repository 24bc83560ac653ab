//! Generated files: the rule list and its modules, the indexes of rules and checks, the picture of the rooms.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use crate::{
    rooms,
    rule_files::{self, RuleFile},
    workspace,
};

const NOTICE: &str = "Written by `cargo xtask gen`; do not edit by hand.";

/// Every generated file with its content.
pub fn outputs(root: &Path) -> Result<Vec<(PathBuf, String)>, String> {
    let files = rule_files::all(root);
    complain_about_duplicates(&files)?;
    let mut outputs = vec![(root.join("crates/mz-audit/src/rules.rs"), rule_list(&files))];
    for (group, members) in by_group(&files) {
        let path = rule_files::folder(root).join(format!("{group}.rs"));
        outputs.push((path, group_module(&members)));
    }
    outputs.push((root.join("docs/rules.md"), rule_index(root, &files)));
    if let Some(page) = checks_page(root, &files)? {
        outputs.push((root.join("docs/checks.md"), page));
    }
    if let Some(text) = architecture(root) {
        outputs.push((root.join("ARCHITECTURE.md"), text));
    }
    Ok(outputs)
}

/// Writes what is not current, and removes group modules whose folder is gone. Returns a line a changed file.
pub fn write(root: &Path) -> Result<Vec<String>, String> {
    let mut lines = Vec::new();
    for (path, content) in outputs(root)? {
        if workspace::text(&path) == content && path.exists() {
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        fs::write(&path, content).map_err(|e| format!("{}: {e}", path.display()))?;
        lines.push(format!("wrote {}", workspace::shown(root, &path)));
    }
    for path in orphans(root) {
        fs::remove_file(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        lines.push(format!("removed {}", workspace::shown(root, &path)));
    }
    Ok(lines)
}

/// Compares only; the error names what is not current.
pub fn check(root: &Path) -> Result<Vec<String>, String> {
    let mut stale: Vec<String> = outputs(root)?
        .into_iter()
        .filter(|(path, content)| workspace::text(path) != *content)
        .map(|(path, _)| workspace::shown(root, &path))
        .collect();
    stale.extend(
        orphans(root)
            .iter()
            .map(|path| workspace::shown(root, path)),
    );
    if stale.is_empty() {
        return Ok(vec!["generated files are current".to_owned()]);
    }
    Err(format!(
        "not current, run `cargo xtask gen`: {}",
        stale.join(", ")
    ))
}

/// Group modules without a folder.
fn orphans(root: &Path) -> Vec<PathBuf> {
    let folder = rule_files::folder(root);
    let groups: BTreeSet<String> = rule_files::all(root)
        .into_iter()
        .map(|file| file.group)
        .collect();
    workspace::files(&folder, &["rs"])
        .into_iter()
        .filter(|path| path.parent() == Some(folder.as_path()))
        .filter(|path| {
            let stem = path
                .file_stem()
                .map(|s| s.to_string_lossy().into_owned())
                .unwrap_or_default();
            !groups.contains(&stem)
        })
        .collect()
}

fn by_group(files: &[RuleFile]) -> BTreeMap<&str, Vec<&RuleFile>> {
    let mut groups: BTreeMap<&str, Vec<&RuleFile>> = BTreeMap::new();
    for file in files {
        groups.entry(&file.group).or_default().push(file);
    }
    groups
}

fn complain_about_duplicates(files: &[RuleFile]) -> Result<(), String> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (file, rule) in files
        .iter()
        .flat_map(|file| file.rules.iter().map(move |rule| (file, rule)))
    {
        if let Some(other) = seen.insert(&rule.code, &file.module) {
            return Err(format!(
                "{} is declared twice: {other} and {}",
                rule.code, file.module
            ));
        }
    }
    Ok(())
}

fn rule_list(files: &[RuleFile]) -> String {
    let mut out = format!("//! Every rule, by code. {NOTICE}\n\n");
    for (group, members) in by_group(files) {
        out.push_str(&format!("/// {}\npub mod {group};\n", range(&members)));
    }
    if !files.is_empty() {
        out.push('\n');
    }
    out.push_str(
        "use crate::Rule;\n\n/// All rules, in code order.\npub static RULES: &[&Rule] = &[",
    );
    let mut rules: Vec<(&str, String)> = files
        .iter()
        .flat_map(|file| {
            file.rules.iter().map(move |rule| {
                (
                    rule.code.as_str(),
                    format!("&{}::{}::{}", file.group, file.module, rule.ident),
                )
            })
        })
        .collect();
    rules.sort();
    for (_, path) in &rules {
        out.push_str(&format!("\n    {path},"));
    }
    out.push_str(if rules.is_empty() { "];\n" } else { "\n];\n" });
    out
}

fn group_module(members: &[&RuleFile]) -> String {
    let mut out = format!("//! {} {NOTICE}\n\n", range(members));
    for file in members {
        match file.rules.as_slice() {
            [] => out.push_str(&format!("pub(crate) mod {};\n", file.module)),
            rules => {
                let codes: Vec<String> = rules
                    .iter()
                    .map(|rule| format!("{} {}", rule.code, rule.name))
                    .collect();
                out.push_str(&format!(
                    "/// {}.\npub mod {};\n",
                    codes.join(", "),
                    file.module
                ));
            }
        }
    }
    out
}

/// The codes of a group in words.
fn range(members: &[&RuleFile]) -> String {
    let mut codes: Vec<&str> = members
        .iter()
        .flat_map(|file| file.rules.iter().map(|rule| rule.code.as_str()))
        .collect();
    codes.sort_unstable();
    match (codes.first(), codes.last()) {
        (Some(first), Some(last)) if first != last => format!("Rules {first} – {last}."),
        (Some(only), _) => format!("Rule {only}."),
        _ => "Shared by other groups.".to_owned(),
    }
}

/// Title, Chinese sentence and English sentence of a page.
fn page_head(root: &Path, file: &RuleFile) -> (String, String) {
    let page = workspace::text(&root.join(file.path.with_extension("md")));
    let mut paragraphs = page
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .skip(1);
    let zh = paragraphs.next().unwrap_or_default().to_owned();
    let en = paragraphs
        .next()
        .unwrap_or_default()
        .trim_matches('*')
        .to_owned();
    (zh, en)
}

fn rule_index(root: &Path, files: &[RuleFile]) -> String {
    let mut rows = Vec::new();
    for file in files {
        let (zh, en) = page_head(root, file);
        for rule in &file.rules {
            let link = format!(
                "../crates/mz-audit/src/rules/{}/{}.md",
                file.group, file.module
            );
            rows.push(format!(
                "| [{}]({link}) | {} | {} | {zh}<br>*{en}* | {} |\n",
                rule.code,
                rule.name,
                severity_zh(&rule.severity),
                rule.checks.join(" ")
            ));
        }
    }
    rows.sort();
    let mut out = format!(
        "# 规则\n\n<!-- {NOTICE} -->\n\n共 {} 条。每条规则一页，页中的例子就是它的测试。\n\n",
        rows.len()
    );
    out.push_str("*Every rule has a page; the examples on the page are its tests.*\n\n");
    out.push_str("| 编号 | 名称 | 级别 | 说的是什么 | 对应检查 |\n|---|---|---|---|---|\n");
    out.extend(rows);
    out
}

fn severity_zh(word: &str) -> &'static str {
    match word {
        "error" => "错误",
        "warning" => "警告",
        "query" => "待核",
        "info" => "提示",
        _ => "随情况",
    }
}

/// Disposition of every domain check, from `data/checks.csv`; nothing while that file does not exist.
fn checks_page(root: &Path, files: &[RuleFile]) -> Result<Option<String>, String> {
    let path = root.join("data/checks.csv");
    if !path.exists() {
        return Ok(None);
    }
    let codes: BTreeMap<&str, &RuleFile> = files
        .iter()
        .flat_map(|f| f.rules.iter().map(move |r| (r.code.as_str(), f)))
        .collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = String::new();
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(&path)
        .map_err(|e| e.to_string())?;
    for record in reader.records() {
        let record = record.map_err(|e| format!("data/checks.csv: {e}"))?;
        let field = |i: usize| record.get(i).unwrap_or_default().trim();
        let (id, disposition, detail) = (field(0), field(1), field(2));
        *counts.entry(disposition.to_owned()).or_default() += 1;
        rows.push_str(&format!(
            "| {id} | {disposition} | {} |\n",
            linked(detail, &codes)
        ));
    }
    let mut out = format!("# 检查清单的处置\n\n<!-- {NOTICE} -->\n\n");
    out.push_str(
        "审计检查清单中的每一项：由哪条规则实现，由数据立方的恒等式覆盖，或者为什么没有做。\n\n",
    );
    out.push_str("*Every check of the audit checklist: the rule that implements it, the cube that covers it, or why it is not done.*\n\n");
    out.push_str("| 处置 | 项数 |\n|---|---:|\n");
    for (disposition, n) in &counts {
        out.push_str(&format!("| {disposition} | {n} |\n"));
    }
    out.push_str(&format!(
        "| 合计 | {} |\n\n| 编号 | 处置 | 规则或原因 |\n|---|---|---|\n",
        counts.values().sum::<usize>()
    ));
    out.push_str(&rows);
    Ok(Some(out))
}

/// Codes in a text become links to their pages.
fn linked(detail: &str, codes: &BTreeMap<&str, &RuleFile>) -> String {
    let mut out = detail.replace('|', "\\|");
    for (code, file) in codes {
        if out.contains(code) {
            let page = format!(
                "[{code}](../crates/mz-audit/src/rules/{}/{}.md)",
                file.group, file.module
            );
            out = out.replace(code, &page);
        }
    }
    out
}

/// ARCHITECTURE.md with the picture of the rooms between its markers renewed.
fn architecture(root: &Path) -> Option<String> {
    let text = workspace::text(&root.join("ARCHITECTURE.md"));
    let (start, end) = (
        "<!-- rooms: written by `cargo xtask gen` -->\n",
        "<!-- end of rooms -->",
    );
    let (before, rest) = text.split_once(start)?;
    let (_, after) = rest.split_once(end)?;
    Some(format!(
        "{before}{start}\n{}\n{end}{after}",
        rooms::picture()
    ))
}
