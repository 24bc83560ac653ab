//! The rules as their source files declare them, read as text so that a half-done rule never stops the generator.

use std::path::{Path, PathBuf};

use crate::workspace;

/// One `.rs` file below `rules/<group>/`.
#[derive(Clone, Debug)]
pub struct RuleFile {
    /// Folder name.
    pub group: String,
    /// File name without extension: the module.
    pub module: String,
    /// Path of the source.
    pub path: PathBuf,
    /// Rules declared in it; none for a module that only helps its neighbors.
    pub rules: Vec<Declared>,
}

/// One declared rule.
#[derive(Clone, Debug)]
pub struct Declared {
    /// Name of the `pub static`.
    pub ident: String,
    /// `MZ4003`
    pub code: String,
    /// `change-contradicted`
    pub name: String,
    /// `error`, `warning`, `query` or `info`.
    pub severity: String,
    /// Ids of the domain checks.
    pub checks: Vec<String>,
    /// Keys into `data/law.toml`.
    pub law: Vec<String>,
}

/// Folder of the rules.
pub fn folder(root: &Path) -> PathBuf {
    root.join("crates/mz-audit/src/rules")
}

/// All files of all groups, by group and name; a rule whose page is still missing is left out.
pub fn all(root: &Path) -> Vec<RuleFile> {
    let folder = folder(root);
    workspace::files(&folder, &["rs"])
        .into_iter()
        .filter_map(|path| {
            let group = path.parent().filter(|parent| *parent != folder)?;
            let group = group.file_name()?.to_str()?.to_owned();
            let module = path.file_stem()?.to_str()?.to_owned();
            let rules = declared(&workspace::text(&path));
            // A rule without its page would not compile; the tidy test names it.
            if !rules.is_empty() && !path.with_extension("md").exists() {
                return None;
            }
            Some(RuleFile {
                group,
                module,
                path,
                rules,
            })
        })
        .collect()
}

/// The rules a source text declares.
pub fn declared(source: &str) -> Vec<Declared> {
    let statics: Vec<usize> = source
        .match_indices("pub static ")
        .map(|(start, _)| start)
        .filter(|start| !commented(source, *start))
        .collect();
    let mut rules = Vec::new();
    for (i, start) in statics.iter().enumerate() {
        let end = statics.get(i + 1).copied().unwrap_or(source.len());
        let body = source
            .get(start + "pub static ".len()..end)
            .unwrap_or_default();
        let ident: String = body
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        let Some(code) = quoted(body, "code:") else {
            continue;
        };
        rules.push(Declared {
            ident,
            code,
            name: quoted(body, "name:").unwrap_or_default(),
            severity: severity(body),
            checks: list(body, "checks:"),
            law: list(body, "law:"),
        });
    }
    rules
}

fn commented(source: &str, at: usize) -> bool {
    let line = source
        .get(..at)
        .unwrap_or_default()
        .rsplit('\n')
        .next()
        .unwrap_or_default();
    line.trim_start().starts_with("//")
}

fn quoted(body: &str, key: &str) -> Option<String> {
    let rest = body.split_once(key)?.1.trim_start().strip_prefix('"')?;
    Some(rest.split_once('"')?.0.to_owned())
}

fn severity(body: &str) -> String {
    let word = body.split_once("Severity::").map_or("", |(_, rest)| rest);
    word.chars()
        .take_while(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_lowercase()
}

fn list(body: &str, key: &str) -> Vec<String> {
    let inside = body
        .split_once(key)
        .and_then(|(_, rest)| rest.split_once(']'))
        .map_or("", |(list, _)| list);
    inside
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_is_read_whatever_its_layout() {
        let source = r#"
            // pub static NOT_THIS = { code: "MZ0000" };
            declare_rule! {
                pub static CHANGE_CONTRADICTED = {
                    code: "MZ4003", name: "change-contradicted",
                    severity: Severity::Error, since: "0.1.0", law: &["x"],
                    checks: &["TN-01",
                              "TN-02"], page: "change_contradicted.md", check,
                };
            }
            static HELPER: u8 = 0;"#;
        let rules = declared(source);
        assert_eq!(rules.len(), 1);
        let rule = &rules[0];
        assert_eq!(
            (rule.ident.as_str(), rule.code.as_str()),
            ("CHANGE_CONTRADICTED", "MZ4003")
        );
        assert_eq!(
            (rule.name.as_str(), rule.severity.as_str()),
            ("change-contradicted", "error")
        );
        assert_eq!(rule.checks, ["TN-01", "TN-02"]);
    }
}
