//! A random budget as a package: the same money as facts, with everything a document of it needs.

use mz_budget::{
    dimension::{Coordinates, Dimension},
    disclosure::Operator,
    money::{Decimal, MoneyUnit, PrintedMoney},
    package::{
        Explained, Explanation, Fact, FormPlace, Indicator, Line, Listing, Manner, Package,
        Project, Quantity, Secrecy, Target, Withheld,
    },
    profile::narrative::StageWord,
};

use crate::{
    budget::{self, Budget, Fund, Nature},
    narrative::reason,
    random::Random,
    tables::projects_of,
};

/// Whether a line belongs.
type Keep<'a> = &'a dyn Fn(&budget::Line) -> bool;

/// The package of a budget.
pub fn package(b: &Budget, random: &mut Random) -> Package {
    let mut package = Package::new("xinjiang-unit-2024", &b.unit, 2024);
    package.listings = vec![
        listing("budget", StageWord::Budget, b, |line| line.fen),
        listing("prior-budget", StageWord::PriorBudget, b, |line| line.prior),
        three_public("three-public", StageWord::Budget, b, |line| line.fen),
        three_public("prior-three-public", StageWord::PriorBudget, b, |line| {
            line.prior
        }),
    ];
    facts(b, &mut package);
    package.duties = [
        "贯彻执行有关法律法规和政策，拟订工作计划并组织实施。",
        "承担本领域的综合协调和服务工作。",
        "完成上级交办的其他任务。",
    ]
    .map(|duty| Fact::from(duty.to_owned()))
    .to_vec();
    package.offices = Some(
        b.offices
            .iter()
            .map(|office| Fact::from((*office).to_owned()))
            .collect(),
    );
    package.bodies = Some(Vec::new());
    package
        .texts
        .insert("published".into(), Fact::from("2024年2月20日".to_owned()));
    projects(b, &mut package, random);
    package.reasons = reasons(b);
    package.purposes = purposes(b);
    package
}

fn key(project: usize) -> String {
    format!("p{}", project + 1)
}

fn yuan(fen: i64) -> PrintedMoney {
    PrintedMoney {
        number: Decimal {
            digits: fen,
            decimals: 2,
        },
        unit: MoneyUnit::Yuan,
    }
}

fn fund_key(fund: Fund) -> &'static str {
    match fund {
        Fund::General => "general-public-local",
        Fund::GeneralTransfer => "general-public-transfer",
        Fund::Managed => "government-managed-local",
        Fund::StateCapital => "state-capital-local",
        Fund::SpecialAccount => "special-account",
        Fund::Service => "service",
        Fund::Other => "other",
    }
}

fn nature_key(nature: Nature) -> &'static str {
    match nature {
        Nature::Personnel => "personnel",
        Nature::Operating => "operating",
        Nature::Project => "project",
    }
}

fn listing(
    name: &str,
    stage: StageWord,
    b: &Budget,
    amount: impl Fn(&budget::Line) -> i64,
) -> Listing {
    let lines = b.lines.iter().filter(|line| amount(line) != 0).map(|line| {
        let vintage = if line.carried { "carried" } else { "current" };
        let mut at = Coordinates::from([
            (Dimension::Fund, fund_key(line.fund).to_owned()),
            (Dimension::Vintage, vintage.to_owned()),
            (Dimension::Function, line.function.to_owned()),
            (Dimension::Nature, nature_key(line.nature).to_owned()),
            (Dimension::Economic, line.economic.to_owned()),
        ]);
        if let Some(project) = line.project {
            at.insert(Dimension::Project, key(project));
        }
        Line::new(at, yuan(amount(line)))
    });
    Listing {
        key: name.to_owned(),
        stage,
        manner: Manner::Detail,
        at: Coordinates::new(),
        complete: vec![
            Dimension::Fund,
            Dimension::Vintage,
            Dimension::Function,
            Dimension::Nature,
            Dimension::Economic,
            Dimension::Project,
        ],
        lines: lines.collect(),
    }
}

/// The three public expenses, which project lines by category do not tell.
fn three_public(
    name: &str,
    stage: StageWord,
    b: &Budget,
    amount: impl Fn(&budget::Line) -> i64,
) -> Listing {
    let lines = ["30212", "vehicle-purchase", "30217", "30231"].map(|code| {
        let fen = b
            .lines
            .iter()
            .filter(|line| !line.carried && line.economic == code)
            .map(&amount)
            .sum();
        Line::new(
            Coordinates::from([
                (Dimension::Fund, "general-public".to_owned()),
                (Dimension::Economic, code.to_owned()),
            ]),
            yuan(fen),
        )
    });
    Listing {
        key: name.to_owned(),
        stage,
        manner: Manner::Figures,
        at: Coordinates::from([
            (Dimension::Fund, "appropriation".to_owned()),
            (Dimension::Vintage, "current".to_owned()),
        ]),
        complete: vec![Dimension::Fund],
        lines: lines.to_vec(),
    }
}

fn facts(b: &Budget, package: &mut Package) {
    let mut set = |key: &str, number: i64, decimals: u8, unit: &str| {
        let quantity = Quantity {
            number: Decimal {
                digits: number,
                decimals,
            },
            unit: unit.to_owned(),
        };
        package.facts.insert(key.to_owned(), Fact::from(quantity));
    };
    set("headcount.establishment", b.staff + 6, 0, "人");
    set("headcount.actual", b.staff, 0, "人");
    set("headcount.active", b.staff, 0, "人");
    set("headcount.retired", 0, 0, "人");
    set("headcount.veteran-retired", 0, 0, "人");
    let [goods, works, services] = b.procurement.map(crate::print::hundredths);
    set("procurement", goods + works + services, 2, "万元");
    set("procurement.goods", goods, 2, "万元");
    set("procurement.works", works, 2, "万元");
    set("procurement.services", services, 2, "万元");
    let [sme, micro] = b.reserve.map(crate::print::hundredths);
    set("procurement.sme", sme, 2, "万元");
    set("procurement.micro", micro, 2, "万元");
    set("house.area", 0, 2, "平方米");
    set("house.value", 0, 2, "万元");
    for (kind, n) in [
        ("", b.vehicles),
        ("general.", b.vehicles),
        ("enforcement.", 0),
        ("other.", 0),
    ] {
        set(&format!("vehicles.{kind}count"), n, 0, "辆");
        set(&format!("vehicles.{kind}value"), n * 2_113, 2, "万元");
    }
    set("furniture.value", 3_620, 2, "万元");
    set("other-assets.value", 1_275, 2, "万元");
    for key in ["equipment.50.count", "equipment.100.count"] {
        set(key, 0, 0, "台");
        set(&format!("plan.{key}"), 0, 0, "台");
    }
    set("plan.vehicles.amount", 0, 2, "万元");
    for (key, number) in [
        ("headcount.active", b.staff - b.staff_change),
        ("headcount.retired", 0),
        ("headcount.veteran-retired", 0),
    ] {
        let quantity = Quantity {
            number: Decimal {
                digits: number,
                decimals: 0,
            },
            unit: "人".to_owned(),
        };
        package
            .prior_facts
            .insert(key.to_owned(), Fact::from(quantity));
    }
}

fn projects(b: &Budget, package: &mut Package, random: &mut Random) {
    let with_target = crate::targets::projects(b);
    for (p, it) in b.projects.iter().enumerate() {
        let mut project = Project::new(&key(p), &it.name);
        for (field, text) in [
            ("basis", "根据有关会议精神设立此项目"),
            ("period", "2024年1月1日至2024年12月31日"),
        ] {
            project
                .fields
                .insert(field.to_owned(), Fact::from(text.to_owned()));
        }
        let has_target = with_target.contains(&p);
        // Only projects that some table names; of the others a document says nothing that could be withheld.
        let is_carried = b.lines.iter().any(|l| l.project == Some(p) && l.carried);
        if (has_target || is_carried) && random.chance(15) {
            let split = if random.chance(50) {
                Withheld::Allocation
            } else {
                Withheld::Field("allocation".into())
            };
            let fields = ["basis", "period", "purpose"].map(|f| Withheld::Field(f.into()));
            project.secrecy = Some(Secrecy {
                alias: Some(format!("特定目标 10{p:02}178W")),
                withheld: fields
                    .into_iter()
                    .chain([split, Withheld::Target])
                    .collect(),
                ground: "定密文书".to_owned(),
            });
        } else if has_target {
            package.targets.push(target(&key(p), it.topic));
        }
        package.projects.push(project);
    }
}

/// Indicators: levels, name behind the topic, sign, value, unit, weight.
const INDICATORS: [(&str, &str, &str, Option<Operator>, &str, &str, i64); 5] = [
    (
        "产出指标",
        "数量指标",
        "完成批次",
        Some(Operator::AtLeast),
        "4",
        "批次",
        20,
    ),
    (
        "产出指标",
        "质量指标",
        "验收合格率",
        Some(Operator::AtLeast),
        "95",
        "%",
        15,
    ),
    (
        "产出指标",
        "时效指标",
        "按期完成率",
        Some(Operator::Equal),
        "100",
        "%",
        15,
    ),
    (
        "效益指标",
        "社会效益指标",
        "支撑履职的作用",
        None,
        "有效提升",
        "",
        30,
    ),
    (
        "满意度指标",
        "满意度指标",
        "服务对象满意度",
        Some(Operator::AtLeast),
        "90",
        "%",
        10,
    ),
];

fn target(project: &str, topic: &str) -> Target {
    let indicators = INDICATORS.map(|(level1, level2, name, operator, value, unit, weight)| {
        let scoring = match (level1, operator) {
            ("满意度指标", _) => "满意度赋分",
            (_, Some(_)) => "按照完成比例赋分",
            (_, None) => "按评判等级赋分",
        };
        let topic = if level1 == "满意度指标" {
            ""
        } else {
            topic
        };
        Indicator {
            level1: level1.to_owned(),
            level2: level2.to_owned(),
            name: format!("{topic}{name}"),
            operator,
            value: value.to_owned(),
            unit: unit.to_owned(),
            basis: "计划标准".to_owned(),
            prior: format!("{value}{unit}"),
            weight: Some(Decimal {
                digits: weight,
                decimals: 0,
            }),
            scoring: scoring.to_owned(),
            evidence: "工作资料".to_owned(),
            ..Indicator::default()
        }
    });
    Target {
        project: Some(project.to_owned()),
        leader: Some(Fact::from("林青".to_owned())),
        total: None,
        appropriation: None,
        other: None,
        goal: Some(Fact::from(format!(
            "通过开展{topic}，保障本单位相关工作按计划完成，服务质量稳步提升。"
        ))),
        indicators: indicators.to_vec(),
        place: FormPlace::default(),
    }
}

/// An explanation of money.
fn explanation(at: &[(Dimension, &str)], text: String) -> Explanation {
    Explanation {
        of: Explained::At(at.iter().map(|(d, k)| (*d, (*k).to_owned())).collect()),
        base: None,
        text,
        to_confirm: false,
        place: FormPlace::default(),
    }
}

/// Reasons of everything that changed.
fn reasons(b: &Budget) -> Vec<Explanation> {
    let mut reasons = Vec::new();
    let mut add = |at: &[(Dimension, &str)], keep: Keep<'_>| {
        let delta = b.sum(keep) - b.prior(keep);
        if delta != 0 {
            reasons.push(explanation(at, reason(b, &|l| keep(l), delta)));
        }
    };
    let (fund, nature) = (Dimension::Fund, Dimension::Nature);
    let general: Keep<'_> = &|l| !l.carried && l.fund.is_general();
    let current = (Dimension::Vintage, "current");
    let public = (fund, "general-public");
    add(&[public, current], general);
    add(&[(fund, "government-managed"), current], &|l| {
        !l.carried && l.fund == Fund::Managed
    });
    add(&[(fund, "unit-funds"), current], &|l| {
        !l.carried && l.fund.is_unit_money()
    });
    add(
        &[(fund, "appropriation"), (Dimension::Vintage, "carried")],
        &|l| l.carried,
    );
    for (key, is_project) in [("basic", false), ("project", true)] {
        let here = |l: &budget::Line| (l.nature == Nature::Project) == is_project;
        add(&[(nature, key)], &here);
        add(&[public, current, (nature, key)], &|l| {
            general(l) && here(l)
        });
    }
    add(&[public, current, (nature, "operating")], &|l| {
        general(l) && l.nature == Nature::Operating
    });
    for code in b.functions(7, general) {
        add(&[public, current, (Dimension::Function, code)], &|l| {
            general(l) && l.function == code
        });
    }
    for code in ["30217", "30231"] {
        let keep: Keep<'_> = &|l| !l.carried && l.economic == code;
        if b.sum(keep) != b.prior(keep) {
            let at = [
                (fund, "appropriation"),
                current,
                (Dimension::Economic, code),
            ];
            let text = "按本年出行和接待任务据实核定，任务量有变化";
            reasons.push(explanation(&at, text.to_owned()));
        }
    }
    reasons
}

/// What money is for.
fn purposes(b: &Budget) -> Vec<Explanation> {
    let mut purposes = Vec::new();
    for of in ["general-public", "government-managed"] {
        for code in b.functions(3, |l| !l.carried && l.fund.is_appropriation()) {
            let at = [
                (Dimension::Fund, of),
                (Dimension::Vintage, "current"),
                (Dimension::Function, code),
            ];
            purposes.push(explanation(&at, "本单位履行职能相关支出".to_owned()));
        }
    }
    for p in projects_of(b, |l| l.carried) {
        let project = key(p);
        let text = format!("完成上年未完成的{}工作", b.projects[p].topic);
        let at = [
            (Dimension::Vintage, "carried"),
            (Dimension::Project, project.as_str()),
        ];
        purposes.push(explanation(&at, text));
    }
    purposes
}
