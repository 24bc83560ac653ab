//! Every output format of the real program on the shipped example: valid, complete, harmless, the same every time.

mod support;

use std::{
    fs,
    io::{Read as _, Write as _},
    process::Stdio,
};

use serde_json::Value;
use support::{
    folder::{Folder, root},
    schema,
};

const EXAMPLE: &str = "examples/tianshan-coordination-office-2024/disclosure.txt";

fn output(folder: &Folder, arguments: &[&str]) -> String {
    let output = folder.run(arguments.iter().copied());
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn schema_at(path: &str) -> Value {
    json(&fs::read_to_string(root().join(path)).expect("the schema is there"))
}

#[test]
fn json_keeps_its_contract() {
    let folder = Folder::new();
    folder.write("坏.txt", b"");
    let report = folder.run(["audit", EXAMPLE, "坏.txt", "--format", "json"]);
    assert_eq!(report.status.code(), Some(2));
    let report = json(&String::from_utf8(report.stdout).expect("UTF-8"));
    let faults = schema::faults(
        &schema_at("docs/schema/mingzhang.audit-1.schema.json"),
        &report,
    );
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert_eq!(report["failures"][0]["file"], "坏.txt");
    let document = &report["documents"][0];
    assert_eq!(document["file"], EXAMPLE);
    assert_eq!(document["year"], 2024);
    assert!(
        !document["findings"]
            .as_array()
            .expect("findings")
            .is_empty()
    );
    assert!(document["coverage"].as_array().expect("ledger").len() > 10);
}

#[test]
fn sarif_is_what_the_standard_says() {
    let folder = Folder::new();
    folder.write("空 文件.txt", b" ");
    let log = folder.run(["audit", EXAMPLE, "空 文件.txt", "--format", "sarif"]);
    let log = json(&String::from_utf8(log.stdout).expect("UTF-8"));
    let faults = schema::faults(
        &schema_at("crates/mingzhang/tests/schemas/sarif-schema-2.1.0.json"),
        &log,
    );
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let run = &log["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("a rule") as usize;
        assert_eq!(
            run["tool"]["driver"]["rules"][index]["id"],
            result["ruleId"]
        );
        // The standard: a result that is not a failure has level none.
        assert_eq!(result["kind"] == "fail", result["level"] != "none");
    }
}

#[test]
fn the_validator_sees_what_is_wrong() {
    let schema = schema_at("docs/schema/mingzhang.audit-1.schema.json");
    let wrong = json(
        r#"{"schema":"mingzhang.audit/2","tool":{"name":"mingzhang","version":"1"},"documents":[{"file":1}],"failures":[]}"#,
    );
    let faults = schema::faults(&schema, &wrong);
    assert!(
        faults.iter().any(|f| f.starts_with("$.schema: const")),
        "{faults:?}"
    );
    assert!(
        faults
            .iter()
            .any(|f| f.starts_with("$.documents[0].file: type")),
        "{faults:?}"
    );
    assert!(
        faults.iter().any(|f| f.contains("`sha256` is missing")),
        "{faults:?}"
    );
}

#[test]
fn the_page_needs_nothing_and_lets_nothing_run() {
    let folder = Folder::new();
    let text = fs::read_to_string(folder.path(EXAMPLE)).expect("the example");
    let hostile = text.replacen(
        "一、主要职能",
        "一、主要职能<script>alert(1)</script><img src=x onerror=alert(2)>",
        2,
    );
    folder.write("<b>&\"'.txt", hostile.as_bytes());
    let page = output(&folder, &["audit", "<b>&\"'.txt", "--format", "html"]);
    assert!(page.contains("default-src 'none'"));
    assert_eq!(page.matches("<script").count(), 1, "only our own script");
    assert_eq!(page.matches("<style").count(), 1);
    assert!(page.contains("&lt;script&gt;"));
    assert!(!page.contains("<img") && !page.contains("<b>&") && !page.contains("style=\""));
    for request in [
        "src=",
        "url(",
        "@import",
        "<link",
        "<iframe",
        "http-equiv=\"refresh",
    ] {
        assert!(!page.replace("src=x", "").contains(request), "{request}");
    }
    // Every link lands on something, and no two things have one name.
    let ids: Vec<&str> = between(&page, " id=\"");
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "an id is used twice");
    for target in between(&page, "href=\"#") {
        assert!(
            unique.binary_search(&target).is_ok(),
            "#{target} leads nowhere"
        );
    }
}

/// What stands between the opening and the next quotation mark.
fn between<'t>(text: &'t str, opening: &str) -> Vec<&'t str> {
    text.split(opening)
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = Folder::new();
    // The first tables say enough, and a build for tests is slow.
    let text = fs::read_to_string(folder.path(EXAMPLE)).expect("the example");
    let start: String = text
        .lines()
        .take(182)
        .map(|line| format!("{line}\n"))
        .collect();
    folder.write("批/甲.txt", start.as_bytes());
    folder.write(
        "批/乙.txt",
        start.replace("1,304.90", "1,304.09").as_bytes(),
    );
    folder.write("批/丙.txt", b"");
    for format in ["human", "json", "sarif", "html", "xlsx"] {
        let once = folder.run(["audit", "批", "--format", format]).stdout;
        let again = folder.run(["audit", "批", "--format", format]).stdout;
        assert!(!once.is_empty() && once == again, "{format}");
    }
    for format in ["human", "json", "csv", "xlsx"] {
        let once = folder.run(["read", "批/甲.txt", "--format", format]).stdout;
        let again = folder.run(["read", "批/甲.txt", "--format", format]).stdout;
        assert!(!once.is_empty() && once == again, "{format}");
    }
}

#[test]
fn the_extension_of_the_output_names_its_format() {
    let folder = Folder::new();
    for (name, start) in [
        ("r.json", &b"{\"schema\""[..]),
        ("r.sarif", b"{\n  \"$schema\""),
        ("r.html", b"<!doctype html>"),
        ("r.xlsx", b"PK\x03\x04"),
        ("r.txt", b"examples/"),
    ] {
        assert!(output(&folder, &["audit", EXAMPLE, "--out", name]).is_empty());
        let bytes = fs::read(folder.path(name)).expect("written");
        assert!(bytes.starts_with(start), "{name}");
    }
}

#[test]
fn what_was_read_can_be_seen_in_every_format() {
    let folder = Folder::new();
    let read = json(&output(&folder, &["read", EXAMPLE, "--format", "json"]));
    assert_eq!(read["schema"], "mingzhang.read/1");
    let cell = &read["tables"][0]["cells"][0];
    assert!(cell["slice"].is_object() && cell["fen"].is_i64(), "{cell}");
    assert!(!read["claims"].as_array().expect("claims").is_empty());
    let csv = output(&folder, &["read", EXAMPLE, "--format", "csv"]);
    assert!(csv.starts_with("\u{feff}kind,page,line"));
    assert!(csv.lines().filter(|line| line.starts_with("cell,")).count() > 200);
    assert!(
        csv.lines()
            .all(|line| !line.split(',').any(|field| field.starts_with(['=', '@'])))
    );
}

#[test]
fn a_reader_that_leaves_is_no_fault() {
    let folder = Folder::new();
    let mut child = folder
        .command()
        .args(["audit", EXAMPLE, "--format", "sarif"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut first = [0; 16];
    child
        .stdout
        .take()
        .expect("stdout")
        .read_exact(&mut first)
        .expect("some output");
    let done = child.wait_with_output().expect("ended");
    assert_eq!(
        done.status.code(),
        Some(1),
        "errors were found, and nothing else went wrong"
    );
    assert!(
        done.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

#[test]
fn no_more_than_the_limit_is_read() {
    let folder = Folder::new();
    let file = fs::File::create(folder.path("huge.txt")).expect("made");
    file.set_len(1 << 40).expect("a file with a hole");
    let huge = folder.run(["audit", "huge.txt"]);
    assert_eq!(huge.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&huge.stderr).contains("超过上限"));
    // A pipe has no length to trust.
    #[cfg(unix)]
    {
        let mut child = folder
            .command()
            .args(["audit", "/dev/stdin"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        let mut stdin = child.stdin.take().expect("stdin");
        let chunk = vec![b'x'; 1 << 20];
        let written = (0..80)
            .take_while(|_| stdin.write_all(&chunk).is_ok())
            .count();
        drop(stdin);
        let done = child.wait_with_output().expect("ended");
        assert_eq!(done.status.code(), Some(2));
        assert!(written <= 66, "{written} MB were taken");
    }
}

#[test]
fn colors_only_where_asked() {
    let folder = Folder::new();
    let plain = output(&folder, &["audit", EXAMPLE]);
    assert!(!plain.contains('\u{1b}'));
    let colored = output(&folder, &["audit", EXAMPLE, "--color", "always"]);
    assert!(colored.contains("\u{1b}[1;31m"));
    let mut bare = String::new();
    for piece in colored.split('\u{1b}') {
        bare.push_str(
            piece
                .split_once('m')
                .filter(|(code, _)| code.starts_with('['))
                .map_or(piece, |(_, rest)| rest),
        );
    }
    assert_eq!(bare, plain);
}
