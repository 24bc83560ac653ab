//! Final accounts of an invented unit in the nine national tables and the usual wording of execution: sound, they yield
//! nothing above info; a figure, rate or word changed is noticed on its line.

use mz_budget::{
    finding::{Finding, Severity},
    library::Library,
};

const SOUND: &str = include_str!("fixtures/final-accounts.txt");

/// What is replaced where it stands first, by what, and the code that must be reported on that line.
const CHANGES: [(&str, &str, &str); 17] = [
    (
        "收、支总计均为517.50万元。与2024",
        "收、支总计均为571.50万元。与2024",
        "MZ3001",
    ),
    ("本年收入合计505.00万元", "本年收入合计550.00万元", "MZ3001"),
    (
        "其中：基本支出417.75万元，占",
        "其中：基本支出471.75万元，占",
        "MZ3001",
    ),
    ("人员经费355.30万元", "人员经费353.50万元", "MZ3001"),
    ("支出预算为6.50万元", "支出预算为6.80万元", "MZ3001"),
    (
        "公务接待费预算为1.50万元",
        "公务接待费预算为1.80万元",
        "MZ3001",
    ),
    ("完成年初预算的104.13%", "完成年初预算的140.13%", "MZ4200"),
    ("年初预算为92.00万元", "年初预算为82.00万元", "MZ4200"),
    (
        "完成年初预算的93.86%。决算数小于",
        "完成年初预算的93.86%。决算数大于",
        "MZ4003",
    ),
    ("1.20万元，占20.69%", "1.20万元，占26.09%", "MZ4001"),
    (
        "服务支出12.20万元。授予",
        "服务支出12.80万元。授予",
        "MZ4006",
    ),
    (
        "机关运行经费支出62.45万元",
        "机关运行经费支出26.45万元",
        "MZ4002",
    ),
    (
        "减少0.40万元，下降6.45%",
        "减少0.40万元，下降4.65%",
        "MZ4002",
    ),
    ("30102\t津贴补贴\t96.45", "30102\t津贴补贴\t69.45", "MZ1001"),
    (
        "2012601\t行政运行\t312.40\t312.40",
        "2012601\t行政运行\t321.40\t312.40",
        "MZ1001",
    ),
    ("4.60\t1.20\n", "4.60\t1.50\n", "MZ1001"),
    (
        "年末结转和结余\t59\t10.20",
        "年末结转和结余\t59\t12.10",
        "MZ1003",
    ),
];

fn above_info(text: &str) -> Vec<Finding> {
    let document = mz_document::read(text.as_bytes(), "final.txt").expect("it reads");
    let disclosure =
        mz_recognise::recognise(&document, Library::embedded(), None).expect("a profile fits");
    assert_eq!(disclosure.profile.id, "national-final");
    let report = mz_audit::audit(&disclosure, Library::embedded());
    let findings = report.findings.into_iter();
    findings.filter(|f| f.severity > Severity::Info).collect()
}

fn lines(finding: &Finding) -> Vec<u32> {
    let own = finding.places.iter().filter_map(|place| place.line);
    let suspects = finding.suspects.iter().filter_map(|s| s.place.line);
    own.chain(suspects)
        .chain(finding.consequences.iter().flat_map(lines))
        .collect()
}

fn shown(findings: &[Finding]) -> String {
    let lines = |f: &Finding| format!("{} {:?} {}", f.code, lines(f), f.message);
    findings.iter().map(lines).collect::<Vec<_>>().join("\n")
}

#[test]
fn sound_final_accounts_yield_nothing() {
    let findings = above_info(SOUND);
    assert!(findings.is_empty(), "\n{}", shown(&findings));
}

#[test]
fn changed_final_accounts_are_noticed() {
    for (printed, changed, code) in CHANGES {
        let at = SOUND.find(printed).expect(printed);
        let line = 1 + u32::try_from(SOUND[..at].matches('\n').count()).expect("few lines");
        let findings = above_info(&SOUND.replacen(printed, changed, 1));
        let is_it = |f: &Finding| f.code == code && lines(f).contains(&line);
        assert!(
            findings.iter().any(is_it),
            "{changed} on line {line}\n{}",
            shown(&findings)
        );
    }
}
