//! The package model: its written form is lossless, and nothing withheld passes the boundary.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::{Coordinates, Dimension},
    money::PrintedMoney,
    package::{
        Explained, Explanation, Fact, Line, Listing, Manner, Package, Project, PublicPackage,
        Quantity, Secrecy, Withheld,
    },
    profile::narrative::StageWord,
};

fn at(pairs: &[(Dimension, &str)]) -> Coordinates {
    pairs.iter().map(|(d, k)| (*d, (*k).to_owned())).collect()
}

fn money(text: &str) -> PrintedMoney {
    PrintedMoney::parse(text).expect("an amount with a unit")
}

fn detail(lines: &[(&[(Dimension, &str)], &str)]) -> Listing {
    Listing {
        key: "budget".into(),
        stage: StageWord::Budget,
        manner: Manner::Detail,
        at: Coordinates::new(),
        complete: vec![Dimension::Function, Dimension::Economic, Dimension::Project],
        lines: lines
            .iter()
            .map(|(c, amount)| Line::new(at(c), money(amount)))
            .collect(),
    }
}

fn secret_package() -> Package {
    let mut package = Package::new("xinjiang-unit-2024", "云岭市教育局", 2024);
    package.listings.push(detail(&[
        (
            &[(Dimension::Project, "p1"), (Dimension::Economic, "302")],
            "17.00 万元",
        ),
        (
            &[(Dimension::Project, "p2"), (Dimension::Economic, "302")],
            "60.00 万元",
        ),
        (
            &[(Dimension::Project, "p2"), (Dimension::Economic, "310")],
            "7.40 万元",
        ),
    ]));
    let mut secret = Project::new("p1", "青松应急演练专项");
    secret
        .fields
        .insert("basis".into(), Fact::from("青发〔2023〕1号".to_owned()));
    secret.secrecy = Some(Secrecy {
        alias: Some("特定目标 0310034F".into()),
        withheld: [Withheld::Allocation, Withheld::Field("basis".into())].into(),
        ground: "密级文件".into(),
    });
    package.projects = vec![secret, Project::new("p2", "平台升级项目")];
    package
}

#[test]
fn the_written_form_is_lossless() {
    let mut package = secret_package();
    package.facts = BTreeMap::from([(
        "house.area".to_owned(),
        Fact::from(Quantity::parse("1,200.50 平方米").expect("a quantity")).draft(),
    )]);
    package.reasons.push(Explanation {
        of: Explained::At(at(&[(Dimension::Nature, "basic")])),
        base: None,
        text: "工资标准调整".into(),
        to_confirm: true,
        place: Default::default(),
    });
    let text = toml::Value::try_from(&package).expect("serialises");
    let back: Package = text.try_into().expect("reads back");
    assert_eq!(back, package);
}

#[test]
fn nothing_withheld_passes_the_boundary() {
    let public = PublicPackage::of(&secret_package()).expect("no text names the project");
    let written = format!("{:?}", *public);
    for secret in ["青松", "p1\"", "青发", "密级"] {
        assert!(!written.contains(secret), "{secret} in {written}");
    }
    assert!(written.contains("特定目标 0310034F"));
    // Totals by economic class and amounts by project stay; the classes of the withheld project do not.
    let [totals, other, secret] = public.listings.as_slice() else {
        panic!("one listing of totals, one a project")
    };
    let amounts = |listing: &Listing| -> Vec<String> {
        listing
            .lines
            .iter()
            .map(|line| format!("{:?} {}", line.at.values().collect::<Vec<_>>(), line.amount))
            .collect()
    };
    assert_eq!(
        amounts(totals),
        [r#"["302"] 77.00 万元"#, r#"["310"] 7.40 万元"#]
    );
    assert_eq!(
        amounts(other),
        [r#"["302"] 60.00 万元"#, r#"["310"] 7.40 万元"#]
    );
    assert_eq!(amounts(secret), ["[] 17.00 万元"]);
    assert_eq!(secret.key, "budget-withheld-1");
}

#[test]
fn a_text_that_names_a_withheld_project_stops_at_the_boundary() {
    let mut package = secret_package();
    package
        .duties
        .push(Fact::from("组织青松应急演练专项工作".to_owned()));
    let leaks = PublicPackage::of(&package).expect_err("the duty names the project");
    assert_eq!(leaks.len(), 1);
    assert!(leaks.iter().all(|leak| !leak.message.contains("青松")));
}
