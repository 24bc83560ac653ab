//! The three forms are interchangeable: any package comes back equal from any of them, in any order, without a problem.

use std::collections::{BTreeMap, BTreeSet};

use mz_budget::{
    dimension::{Coordinates, Dimension},
    disclosure::Operator,
    library::Library,
    money::{Decimal, MoneyUnit, PrintedMoney},
    package::{
        Allocation, Body, Explained, Explanation, Fact, FormPlace, Indicator, Line, Listing,
        Manner, Package, Passage, Project, Quantity, Secrecy, Target, Term, Withheld, WithheldFact,
    },
    profile::narrative::{BaseWord, StageWord},
};
use mz_package::{Opened, folder, json, workbook};
use proptest::{collection::vec, option, prelude::*, sample::select};

/// Dimensions a package is filled in by.
fn asked() -> Vec<Dimension> {
    let mut all = Dimension::ALL.to_vec();
    all.retain(|dimension| *dimension != Dimension::Governmental);
    all
}

/// Texts people write, and texts that a form could mistake for something else.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[一-龥]{1,8}",
        1 => "[一-龥a-z0-9，。；“” \n\\\\=+@'\"|-]{0,12}",
        1 => select(vec![
            "", " ", "=1+1", "'=1+1", "''=x", "@x", "+A1", "-cmd", "'", "''x", "是", "否", "无", "00123", "12.50", "1,234", "-5%",
            "\n", "\t甲", " 首尾 ", "第一行\n第二行", "_x0041_", "<b>&amp;</b>", "\\n", "\\", "#REF!", "TRUE", "1e5",
        ]).prop_map(str::to_owned),
    ]
}

/// Keys: not blank, one line, no blanks at the ends.
fn key() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z][a-z0-9.-]{0,12}", "[一-龥]{1,6}"]
}

fn fact<T: Clone + std::fmt::Debug>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Fact<T>> {
    (value, any::<bool>(), text()).prop_map(|(value, to_confirm, source)| Fact {
        value,
        to_confirm,
        source,
        place: FormPlace::default(),
    })
}

fn number() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        4 => (0..100_000_000_i64, 0..=6_u8),
        1 => (-1_000_000_i64..1_000_000, 0..=2_u8),
        1 => (any::<i64>().prop_map(|n| n / 2), 0..=12_u8),
    ]
    .prop_map(|(digits, decimals)| Decimal { digits, decimals })
}

fn money() -> impl Strategy<Value = PrintedMoney> {
    (
        number(),
        select(vec![MoneyUnit::Yuan, MoneyUnit::WanYuan, MoneyUnit::YiYuan]),
    )
        .prop_map(|(number, unit)| PrintedMoney { number, unit })
}

fn coordinates() -> impl Strategy<Value = Coordinates> {
    let keys = |keys: &[&'static str]| {
        option::weighted(0.4, select(keys.to_vec()).prop_map(str::to_owned))
    };
    (
        keys(&[
            "appropriation",
            "general-public",
            "government-managed",
            "own-invention",
            "special-account",
        ]),
        keys(&["current", "carried-over", "this-year"]),
        keys(&["201", "20101", "2010301", "2080505", "9999999", "2130153"]),
        keys(&["basic", "personnel", "operating", "project"]),
        keys(&["301", "30101", "30299", "three-public", "399"]),
        option::weighted(0.4, "p[0-9]"),
        option::weighted(0.2, "b[0-9]"),
    )
        .prop_map(
            |(fund, vintage, function, nature, economic, project, body)| {
                let all = [
                    (Dimension::Fund, fund),
                    (Dimension::Vintage, vintage),
                    (Dimension::Function, function),
                    (Dimension::Nature, nature),
                    (Dimension::Economic, economic),
                    (Dimension::Project, project),
                    (Dimension::Body, body),
                ];
                all.into_iter()
                    .filter_map(|(d, key)| Some((d, key?)))
                    .collect()
            },
        )
}

fn explained() -> impl Strategy<Value = Explained> {
    prop_oneof![
        coordinates().prop_map(Explained::At),
        key().prop_map(Explained::Fact)
    ]
}

fn explanations() -> impl Strategy<Value = Vec<Explanation>> {
    let base = select(vec![
        BaseWord::PriorBudget,
        BaseWord::PriorExecution,
        BaseWord::PriorFinal,
        BaseWord::InitialBudget,
        BaseWord::AdjustedBudget,
    ]);
    let one = (explained(), option::of(base), text(), any::<bool>()).prop_map(
        |(of, base, text, to_confirm)| Explanation {
            of,
            base,
            text,
            to_confirm,
            place: FormPlace::default(),
        },
    );
    vec(one, 0..4)
}

fn listing() -> impl Strategy<Value = Listing> {
    let stage = select(vec![
        StageWord::Budget,
        StageWord::PriorBudget,
        StageWord::PriorExecution,
        StageWord::Adjusted,
        StageWord::Final,
        StageWord::PriorFinal,
    ]);
    let line = (coordinates(), money(), any::<bool>(), text(), text()).prop_map(
        |(at, amount, to_confirm, source, note)| Line {
            at,
            amount,
            to_confirm,
            source,
            note,
            place: FormPlace::default(),
        },
    );
    let named = select(vec![
        "budget",
        "prior-budget",
        "basic-expenditure",
        "项目",
        "a/b:c*?[x]",
    ])
    .prop_map(str::to_owned);
    (
        prop_oneof![named, key()],
        stage,
        select(vec![Manner::Detail, Manner::Figures]),
        coordinates(),
        vec(select(asked()), 0..3),
        vec(line, 0..6),
    )
        .prop_map(|(key, stage, manner, at, complete, lines)| Listing {
            key,
            stage,
            manner,
            at,
            complete,
            lines,
        })
}

fn project(n: usize) -> impl Strategy<Value = Project> {
    let withheld = vec(
        prop_oneof![
            select(vec![
                Withheld::Whole,
                Withheld::Amount,
                Withheld::Allocation,
                Withheld::Target
            ]),
            key().prop_map(Withheld::Field),
        ],
        0..3,
    );
    let secrecy =
        (option::of(text()), withheld, text()).prop_map(|(alias, withheld, ground)| Secrecy {
            alias,
            withheld: withheld.into_iter().collect::<BTreeSet<_>>(),
            ground,
        });
    let allocation = (
        option::of(select(vec!["30201", "302"])),
        text(),
        money(),
        any::<bool>(),
    )
        .prop_map(|(economic, item, amount, to_confirm)| Allocation {
            economic: economic.map(str::to_owned),
            item,
            amount,
            to_confirm,
            place: FormPlace::default(),
        });
    (
        fact(text()),
        text(),
        vec(text(), 0..3),
        proptest::collection::btree_map(key(), fact(text()), 0..3),
        vec(allocation, 0..3),
        option::of(secrecy),
    )
        .prop_map(
            move |(name, code, other_names, fields, allocations, secrecy)| Project {
                key: format!("p{n}"),
                name,
                code,
                other_names,
                fields,
                allocations,
                secrecy,
                place: FormPlace::default(),
            },
        )
}

fn target() -> impl Strategy<Value = Target> {
    let operator = select(vec![
        Operator::Equal,
        Operator::AtLeast,
        Operator::AtMost,
        Operator::More,
        Operator::Less,
    ]);
    let words = (text(), text(), text(), text(), text(), text(), text());
    let indicator = (
        words,
        option::of(operator),
        option::of(number()),
        text(),
        text(),
        any::<bool>(),
    )
        .prop_map(
            |(
                (level1, level2, name, value, unit, basis, prior),
                operator,
                weight,
                scoring,
                evidence,
                to_confirm,
            )| Indicator {
                level1,
                level2,
                name,
                operator,
                value,
                unit,
                basis,
                prior,
                weight,
                scoring,
                evidence,
                to_confirm,
                place: FormPlace::default(),
            },
        );
    (
        option::of("p[0-9]"),
        option::of(fact(text())),
        option::of(fact(money())),
        option::of(fact(money())),
        option::of(fact(money())),
        option::of(fact(text())),
        vec(indicator, 0..4),
    )
        .prop_map(
            |(project, leader, total, appropriation, other, goal, indicators)| Target {
                project,
                leader,
                total,
                appropriation,
                other,
                goal,
                indicators,
                place: FormPlace::default(),
            },
        )
}

fn facts() -> impl Strategy<Value = BTreeMap<String, Fact<Quantity>>> {
    let quantity =
        (number(), select(vec!["", "万元", "辆", "平方米", "人"])).prop_map(|(number, unit)| {
            Quantity {
                number,
                unit: unit.to_owned(),
            }
        });
    proptest::collection::btree_map(key(), fact(quantity), 0..4)
}

fn package() -> impl Strategy<Value = Package> {
    let projects = (0..4_usize).prop_flat_map(|n| (0..n).map(project).collect::<Vec<_>>());
    let body = (key(), fact(text())).prop_map(|(key, name)| Body { key, name });
    let term = (text(), fact(text())).prop_map(|(name, text)| Term { name, text });
    let passage = (key(), fact(text())).prop_map(|(section, text)| Passage { section, text });
    let withheld = (explained(), text()).prop_map(|(of, ground)| WithheldFact {
        of,
        ground,
        place: FormPlace::default(),
    });
    let head = (
        select(vec!["xinjiang-unit-2024", "no-such-profile"]),
        fact(text()),
        fact(1990..2100_u16),
        vec(listing(), 0..4),
        facts(),
        facts(),
    );
    let middle = (
        projects,
        vec(target(), 0..3),
        explanations(),
        explanations(),
        vec(fact(text()), 0..3),
    );
    let tail = (
        option::of(vec(fact(text()), 0..3)),
        option::of(vec(body, 0..3)),
        vec(term, 0..3),
        vec(passage, 0..3),
        proptest::collection::btree_map(key(), fact(text()), 0..3),
        vec(withheld, 0..3),
    );
    (head, middle, tail).prop_map(|(head, middle, tail)| Package {
        unit: head.1,
        year: head.2,
        listings: head.3,
        facts: head.4,
        prior_facts: head.5,
        projects: middle.0,
        targets: middle.1,
        reasons: middle.2,
        purposes: middle.3,
        duties: middle.4,
        offices: tail.0,
        bodies: tail.1,
        glossary: tail.2,
        passages: tail.3,
        texts: tail.4,
        withheld: tail.5,
        ..Package::new(head.0, "", 0)
    })
}

fn through_workbook(package: &Package) -> Opened {
    let library = Library::embedded();
    let bytes = workbook::write(package, library).expect("written");
    assert_eq!(
        bytes,
        workbook::write(package, library).unwrap(),
        "same package, same bytes"
    );
    let read = mz_document::workbook::read_workbook(&bytes).expect("a workbook");
    workbook::read(&read, library).expect("a package")
}

fn through_folder(package: &Package) -> Opened {
    let library = Library::embedded();
    let files = folder::write(package, library).expect("written");
    folder::read(&files, library).expect("a package")
}

fn through_json(package: &Package) -> Opened {
    json::read(&json::write(package).expect("written"), "a.json").expect("a package")
}

/// Few by default, because a workbook with its drop-downs takes a while unoptimised; `FORMS_CASES=200` for the full run.
fn cases() -> u32 {
    std::env::var("FORMS_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_form_gives_the_package_back(package in package()) {
        for (form, opened) in [
            ("workbook", through_workbook(&package)),
            ("folder", through_folder(&package)),
            ("json", through_json(&package)),
        ] {
            prop_assert_eq!(&opened.package, &package, "{}", form);
            let problems: Vec<_> = opened.problems.iter().map(|p| &p.message).collect();
            prop_assert!(problems.is_empty(), "{}: {:?}", form, problems);
        }
    }

    #[test]
    fn forms_follow_each_other(package in package()) {
        let chained = through_json(&through_folder(&through_workbook(&package).package).package).package;
        prop_assert_eq!(&chained, &package);
        let back = through_workbook(&through_folder(&through_json(&package).package).package).package;
        prop_assert_eq!(&back, &package);
    }
}
