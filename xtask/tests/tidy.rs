//! Style and structure, enforced. Each test names every offence it finds.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde::Deserialize;
use xtask::{
    generate,
    rooms::ROOMS,
    rule_files,
    source::{self, Kind, Token},
    workspace::{self, files, shown, text},
};

fn fail_on(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Every Rust file of the project.
fn rust_files(root: &Path) -> Vec<PathBuf> {
    let mut out = files(&root.join("crates"), &["rs"]);
    out.extend(files(&root.join("xtask"), &["rs"]));
    out
}

/// Whether a file holds nothing but tests.
fn is_test(path: &Path) -> bool {
    path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests")
}

/// Tokens of the sources of one crate, tests left out.
fn crate_tokens(root: &Path, name: &str) -> Vec<(PathBuf, Vec<Token>)> {
    files(&root.join("crates").join(name).join("src"), &["rs"])
        .into_iter()
        .filter(|path| !is_test(path))
        .map(|path| {
            let tokens = source::without_tests(&source::tokens(&text(&path)));
            (path, tokens)
        })
        .collect()
}

#[test]
fn generated_files_are_current() {
    if let Err(message) = generate::check(&workspace::root()) {
        panic!("{message}");
    }
}

#[derive(Deserialize)]
struct Manifest {
    package: Option<Package>,
    #[serde(default)]
    dependencies: BTreeMap<String, toml::Value>,
    #[serde(default, rename = "build-dependencies")]
    build_dependencies: BTreeMap<String, toml::Value>,
    #[serde(default, rename = "dev-dependencies")]
    dev_dependencies: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
}

fn manifests(root: &Path) -> Vec<(PathBuf, Manifest)> {
    let mut paths = files(&root.join("crates"), &["toml"]);
    paths.extend(files(&root.join("xtask"), &["toml"]));
    paths
        .into_iter()
        .filter(|path| path.ends_with("Cargo.toml"))
        .map(|path| {
            let manifest =
                toml::from_str(&text(&path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            (path, manifest)
        })
        .collect()
}

#[test]
fn rooms_use_only_what_they_may() {
    let root = workspace::root();
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, manifest) in manifests(&root) {
        let name = manifest
            .package
            .map_or_else(String::new, |package| package.name);
        let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
            faults.push(format!(
                "{}: {name} is not in xtask/src/rooms.rs",
                shown(&root, &path)
            ));
            continue;
        };
        seen.insert(room.name);
        let ours = |dependency: &&String| ROOMS.iter().any(|room| room.name == dependency.as_str());
        for used in manifest
            .dependencies
            .keys()
            .chain(manifest.build_dependencies.keys())
            .filter(ours)
        {
            if !room.may_use.contains(&used.as_str()) {
                faults.push(format!("{name} must not use {used}"));
            }
        }
        for used in manifest.dev_dependencies.keys().filter(ours) {
            if used == "mingzhang" || used.starts_with("xtask") {
                faults.push(format!("the tests of {name} must not use {used}"));
            }
        }
    }
    for room in ROOMS.iter().filter(|room| !seen.contains(room.name)) {
        faults.push(format!(
            "{} is in xtask/src/rooms.rs and nowhere else",
            room.name
        ));
    }
    fail_on(faults);
}

#[test]
fn every_file_says_what_it_is_for() {
    let root = workspace::root();
    // The page of a rule says what it is for.
    let is_rule = |path: &PathBuf| {
        path.starts_with(rule_files::folder(&root)) && !rule_files::declared(&text(path)).is_empty()
    };
    let faults = rust_files(&root)
        .into_iter()
        .filter(|path| !text(path).starts_with("//!") && !is_rule(path))
        .map(|path| format!("{}: begins without //!", shown(&root, &path)))
        .collect();
    fail_on(faults);
}

#[test]
fn every_rule_has_its_page_and_its_law() {
    #[derive(Deserialize)]
    struct Laws {
        law: BTreeMap<String, toml::Value>,
    }
    let root = workspace::root();
    let laws: Laws =
        toml::from_str(&text(&root.join("data/law.toml"))).expect("data/law.toml reads");
    let mut faults = Vec::new();
    for path in files(&rule_files::folder(&root), &["rs"]) {
        for rule in rule_files::declared(&text(&path)) {
            if !path.with_extension("md").exists() {
                faults.push(format!("{}: no page beside it", shown(&root, &path)));
            }
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .replace('_', "-");
            if stem != rule.name {
                faults.push(format!(
                    "{}: the rule is named {}",
                    shown(&root, &path),
                    rule.name
                ));
            }
            for key in rule.law.iter().filter(|key| !laws.law.contains_key(*key)) {
                faults.push(format!(
                    "{}: {key} is not in data/law.toml",
                    shown(&root, &path)
                ));
            }
        }
    }
    fail_on(faults);
}

#[test]
fn nothing_is_unsafe() {
    let root = workspace::root();
    let mut faults = Vec::new();
    for path in rust_files(&root) {
        for token in source::tokens(&text(&path))
            .iter()
            .filter(|token| token.is_word("unsafe"))
        {
            faults.push(format!("{}:{}: unsafe", shown(&root, &path), token.line));
        }
    }
    fail_on(faults);
}

#[test]
fn money_never_floats() {
    // Boxes on a page are geometry, not money.
    let exempt = Path::new("crates/mz-budget/src/place.rs");
    let root = workspace::root();
    let mut faults = Vec::new();
    for name in ["mz-budget", "mz-audit"] {
        for (path, tokens) in crate_tokens(&root, name) {
            if path.ends_with(exempt) {
                continue;
            }
            for token in &tokens {
                let float = match &token.kind {
                    Kind::Word(word) => word == "f32" || word == "f64",
                    Kind::Number(number) => {
                        number.contains('.') || number.ends_with("f32") || number.ends_with("f64")
                    }
                    _ => false,
                };
                if float {
                    faults.push(format!(
                        "{}:{}: {:?}",
                        shown(&root, &path),
                        token.line,
                        token.kind
                    ));
                }
            }
        }
    }
    fail_on(faults);
}

/// A province is data. Names are looked for in code and strings, not in comments.
#[test]
fn code_knows_no_province() {
    const NAMES: &str = "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 \
        广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 乌鲁木齐 \
        beijing tianjin hebei shanxi neimenggu liaoning jilin heilongjiang shanghai jiangsu zhejiang anhui fujian jiangxi \
        shandong henan hubei hunan guangdong guangxi hainan chongqing sichuan guizhou yunnan xizang shaanxi gansu qinghai \
        ningxia xinjiang urumqi";
    // The simulator prints one province's form; it is used by tests and studies only.
    const TESTS_ONLY: [&str; 1] = ["mz-simulate"];
    let root = workspace::root();
    let mut faults = Vec::new();
    for room in ROOMS.iter().filter(|room| !TESTS_ONLY.contains(&room.name)) {
        for (path, tokens) in crate_tokens(&root, room.name) {
            for token in &tokens {
                let (Kind::Word(said) | Kind::Text(said)) = &token.kind else {
                    continue;
                };
                let said = said.to_lowercase();
                for name in NAMES.split_whitespace().filter(|name| said.contains(*name)) {
                    faults.push(format!("{}:{}: {name}", shown(&root, &path), token.line));
                }
            }
        }
    }
    fail_on(faults);
}

#[test]
fn data_files_name_their_source() {
    let root = workspace::root();
    let mut faults = Vec::new();
    for path in files(&root.join("data"), &["toml"]) {
        let Ok(data) = text(&path).parse::<toml::Table>() else {
            faults.push(format!("{}: not TOML", shown(&root, &path)));
            continue;
        };
        let title = data
            .get("source")
            .and_then(|source| source.get("title"))
            .and_then(toml::Value::as_str);
        if title.is_none_or(|title| title.trim().is_empty()) {
            faults.push(format!("{}: no [source] with a title", shown(&root, &path)));
        }
    }
    // A table of codes has no room for a heading: it names its source in a first line, or SOURCE.toml of its folder or of
    // one above names the file.
    for path in files(&root.join("data"), &["csv"]) {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let named = path
            .ancestors()
            .skip(1)
            .take_while(|folder| folder.starts_with(root.join("data")))
            .any(|folder| text(&folder.join("SOURCE.toml")).contains(&format!("{name}\"")));
        if !named && !text(&path).starts_with("# source:") {
            faults.push(format!(
                "{}: neither SOURCE.toml nor a first line `# source:` names it",
                shown(&root, &path)
            ));
        }
    }
    fail_on(faults);
}

#[test]
fn identifiers_avoid_banned_words() {
    #[derive(Deserialize)]
    struct Glossary {
        term: Vec<Term>,
    }
    #[derive(Deserialize)]
    struct Term {
        zh: String,
        ident: String,
        #[serde(default)]
        not: Vec<String>,
    }
    let root = workspace::root();
    let glossary: Glossary =
        toml::from_str(&text(&root.join("data/glossary.toml"))).expect("data/glossary.toml reads");
    let banned: Vec<(Vec<String>, &Term)> = glossary
        .term
        .iter()
        .flat_map(|term| term.not.iter().map(move |word| (source::words(word), term)))
        .collect();
    let mut faults = BTreeSet::new();
    for path in rust_files(&root).into_iter().filter(|path| !is_test(path)) {
        for token in source::tokens(&text(&path)) {
            let Kind::Word(identifier) = &token.kind else {
                continue;
            };
            let words = source::words(identifier);
            for (ban, term) in &banned {
                if words
                    .windows(ban.len())
                    .any(|window| window == ban.as_slice())
                {
                    faults.insert(format!(
                        "{}:{}: {identifier}; {} is {}",
                        shown(&root, &path),
                        token.line,
                        term.zh,
                        term.ident
                    ));
                }
            }
        }
    }
    fail_on(faults.into_iter().collect());
}

/// At most 70 lines; the exceptions in `xtask/long-functions.csv` may shrink, never grow, and go when they fit.
#[test]
fn functions_stay_short() {
    const LIMIT: usize = 70;
    let root = workspace::root();
    let mut allowed: BTreeMap<(String, String), usize> = BTreeMap::new();
    for line in text(&root.join("xtask/long-functions.csv")).lines().skip(1) {
        if let [path, name, lines] = line.split(',').collect::<Vec<_>>()[..] {
            allowed.insert(
                (path.to_owned(), name.to_owned()),
                lines.parse().expect("a number of lines"),
            );
        }
    }
    let mut longest: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for path in rust_files(&root).into_iter().filter(|path| !is_test(path)) {
        for function in source::functions(&source::without_tests(&source::tokens(&text(&path)))) {
            let at = longest
                .entry((shown(&root, &path), function.name))
                .or_default();
            *at = (*at).max((function.n_lines, function.line));
        }
    }
    let mut faults = Vec::new();
    for ((file, name), (n_lines, line)) in &longest {
        let limit = allowed
            .get(&(file.clone(), name.clone()))
            .copied()
            .unwrap_or(LIMIT);
        if *n_lines > limit {
            faults.push(format!(
                "{file}:{line}: {name} has {n_lines} lines, at most {limit}"
            ));
        }
    }
    for ((file, name), _) in allowed {
        let n_lines = longest
            .get(&(file.clone(), name.clone()))
            .map_or(0, |(n, _)| *n);
        if n_lines <= LIMIT {
            faults.push(format!(
                "{file}: {name} need not be listed as long any more"
            ));
        }
    }
    fail_on(faults);
}

#[test]
fn file_names_follow_one_form() {
    let root = workspace::root();
    let plain = |stem: &str, separators: &[char]| {
        stem.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || separators.contains(&c))
    };
    let mut faults = Vec::new();
    for path in rust_files(&root) {
        if !plain(
            &path.file_stem().unwrap_or_default().to_string_lossy(),
            &['_'],
        ) {
            faults.push(format!(
                "{}: Rust files are in snake_case",
                shown(&root, &path)
            ));
        }
    }
    for folder in ["data", "docs", "examples"] {
        for path in files(&root.join(folder), &["toml", "csv", "md", "txt"]) {
            let stem = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if !["README", "SOURCE"].contains(&stem.as_str()) && !plain(&stem, &['-']) {
                faults.push(format!(
                    "{}: names of pages and data are in kebab-case",
                    shown(&root, &path)
                ));
            }
        }
    }
    fail_on(faults);
}

/// Nothing of the machine it was made on: the project must mean the same everywhere.
#[test]
fn nothing_names_a_machine() {
    let folders = ["home", "root", "Users", "work", "mnt"];
    let root = workspace::root();
    let mut faults = Vec::new();
    for path in files(
        &root,
        &["rs", "md", "toml", "csv", "txt", "html", "json", "sh"],
    ) {
        for (i, line) in text(&path).lines().enumerate() {
            for folder in folders {
                // A path begins after a space, a quote or a bracket; `crates/root/` does not.
                let absolute = format!("/{folder}/");
                let begins = line.match_indices(&absolute).any(|(at, _)| {
                    line.get(..at)
                        .unwrap_or_default()
                        .chars()
                        .next_back()
                        .is_none_or(|c| " \t\"'`(=:".contains(c))
                });
                if begins && !line.contains("https://") {
                    faults.push(format!("{}:{}: {absolute}", shown(&root, &path), i + 1));
                }
            }
        }
    }
    fail_on(faults);
}

#[test]
fn changelog_keeps_its_shape() {
    let changelog = text(&workspace::root().join("CHANGELOG.md"));
    let mut faults = Vec::new();
    if !changelog.starts_with("# ") {
        faults.push("CHANGELOG.md begins with its title".to_owned());
    }
    let mut in_version = false;
    for (i, line) in changelog.lines().enumerate().skip(1) {
        let version = line.strip_prefix("## ");
        if let Some(version) = version {
            in_version = true;
            let dated = version.split_once(" — ").is_some_and(|(number, date)| {
                number.split('.').count() == 3
                    && (date == "unreleased" || date.len() == "2026-01-01".len())
            });
            if !dated {
                faults.push(format!(
                    "line {}: a version reads `## 0.1.0 — 2026-01-01` or `— unreleased`",
                    i + 1
                ));
            }
        } else if in_version && !(line.is_empty() || line.starts_with("- ")) {
            faults.push(format!(
                "line {}: one line a change, beginning with `- `",
                i + 1
            ));
        }
    }
    if !in_version {
        faults.push("no version".to_owned());
    }
    fail_on(faults);
}

/// Every check of the checklist is disposed of once, and what is said to be a rule exists.
#[test]
fn every_check_is_disposed_of() {
    let root = workspace::root();
    let codes: BTreeSet<String> = rule_files::all(&root)
        .into_iter()
        .flat_map(|file| file.rules)
        .map(|rule| rule.code)
        .collect();
    let path = root.join("data/checks.csv");
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_path(&path)
        .expect("data/checks.csv reads");
    let mut ids = BTreeSet::new();
    let mut faults = Vec::new();
    for record in reader.records() {
        let record = record.expect("data/checks.csv is CSV");
        let id = record.get(0).unwrap_or_default().to_owned();
        let detail = record.get(2).unwrap_or_default();
        if detail.trim().is_empty() {
            faults.push(format!("{id}: neither a code nor a reason"));
        }
        for code in detail.split(|c: char| !c.is_ascii_alphanumeric()) {
            let is_code = code.len() == 6
                && code.starts_with("MZ")
                && code.chars().skip(2).all(|c| c.is_ascii_digit());
            if is_code && !codes.contains(code) {
                faults.push(format!("{id}: there is no rule {code}"));
            }
        }
        if !ids.insert(id.clone()) {
            faults.push(format!("{id} stands twice"));
        }
    }
    if ids.len() != 279 {
        faults.push(format!("{} checks, expected 279", ids.len()));
    }
    let shared =
        std::env::var_os("MINGZHANG_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    match csv::Reader::from_path(shared.join("domain/audit-checks.csv")) {
        Ok(mut list) => {
            for record in list.records().flatten() {
                let id = record.get(0).unwrap_or_default();
                if !ids.contains(id) {
                    faults.push(format!("{id} of the checklist is missing"));
                }
            }
        }
        Err(_) => println!("the checklist itself is not here: ids not compared"),
    }
    fail_on(faults);
}
