//! The eleven statutory tables as tab-separated text.

use crate::{
    budget::{Budget, Fund, Line, Nature, name},
    print::cell,
};

const CATEGORIES: [(&str, &str); 30] = [
    ("201", "一般公共服务支出"),
    ("202", "外交支出"),
    ("203", "国防支出"),
    ("204", "公共安全支出"),
    ("205", "教育支出"),
    ("206", "科学技术支出"),
    ("207", "文化旅游体育与传媒支出"),
    ("208", "社会保障和就业支出"),
    ("209", "社会保险基金支出"),
    ("210", "卫生健康支出"),
    ("211", "节能环保支出"),
    ("212", "城乡社区支出"),
    ("213", "农林水支出"),
    ("214", "交通运输支出"),
    ("215", "资源勘探工业信息等支出"),
    ("216", "商业服务业等支出"),
    ("217", "金融支出"),
    ("219", "援助其他地区支出"),
    ("220", "自然资源海洋气象等支出"),
    ("221", "住房保障支出"),
    ("222", "粮油物资储备支出"),
    ("223", "国有资本经营预算支出"),
    ("224", "灾害防治及应急管理支出"),
    ("227", "预备费"),
    ("229", "其他支出"),
    ("230", "转移性支出"),
    ("231", "债务还本支出"),
    ("232", "债务付息支出"),
    ("233", "债务发行费用支出"),
    ("234", "抗疫特别国债安排的支出"),
];

const NUMBERS: [&str; 11] = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"];

type Keep<'a> = &'a dyn Fn(&Line) -> bool;

/// Writes all tables.
pub fn all(b: &Budget, text: &mut String) {
    let writers: [fn(&Budget, &mut String); 11] = [
        summary,
        revenue,
        expenditure,
        appropriation,
        general,
        basic,
        projects,
        managed,
        state_capital,
        three_public,
        carried,
    ];
    let titles = [
        "单位收支总体情况表",
        "单位收入总体情况表",
        "单位支出总体情况表",
        "财政拨款收支预算总体情况表",
        "一般公共预算支出情况表",
        "一般公共预算基本支出情况表",
        "一般公共预算项目支出情况表",
        "政府性基金预算支出情况表",
        "国有资本经营预算支出情况表",
        "财政拨款“三公”经费支出情况表",
        "上年结转结余情况明细表",
    ];
    text.push_str("第二部分 2024年单位预算公开表\n\n");
    for ((number, title), write) in NUMBERS.iter().zip(titles).zip(writers) {
        text.push_str(&format!(
            "表{number}\n\n{title}\n\n编制单位：{}\n\n单位：万元\n\n",
            b.unit
        ));
        write(b, text);
        text.push('\n');
    }
}

fn row(text: &mut String, cells: &[String]) {
    text.push_str(&cells.join("\t"));
    text.push('\n');
}

fn amounts(b: &Budget, keeps: &[Keep<'_>]) -> Vec<String> {
    keeps.iter().map(|keep| cell(b.sum(keep))).collect()
}

fn two_sided(text: &mut String, left: &[(String, i64)], right: &[Vec<String>]) {
    let width = right.first().map_or(2, Vec::len);
    for i in 0..left.len().max(right.len()) {
        let mut cells = match left.get(i) {
            Some((label, fen)) => vec![label.clone(), cell(*fen)],
            None => vec![String::new(); 2],
        };
        cells.extend(
            right
                .get(i)
                .cloned()
                .unwrap_or_else(|| vec![String::new(); width]),
        );
        row(text, &cells);
    }
}

fn summary(b: &Budget, text: &mut String) {
    text.push_str("收入\t\t支出\t\n项目\t预算数\t支出功能分类\t预算数\n");
    let new = |keep: Keep<'_>| b.sum(|l| !l.carried && keep(l));
    let old = |keep: Keep<'_>| b.sum(|l| l.carried && keep(l));
    let line = |label: &str, fen: i64| (label.to_owned(), fen);
    let is = |fund: Fund| move |l: &Line| l.fund == fund;
    let left = [
        line("一、本年收入", new(&|_| true)),
        line("1. 一般公共预算拨款", new(&|l| l.fund.is_general())),
        line("其中：一般财力", new(&is(Fund::General))),
        line(
            "上级一般公共预算安排转移支付",
            new(&is(Fund::GeneralTransfer)),
        ),
        line("2. 基金预算拨款", new(&is(Fund::Managed))),
        line("其中：政府性基金收入", new(&is(Fund::Managed))),
        line("上级政府性基金安排转移支付", 0),
        line("3. 国有资本经营预算拨款", new(&is(Fund::StateCapital))),
        line("其中：国有资本经营收入", new(&is(Fund::StateCapital))),
        line("上级国有资本经营预算安排转移支付", 0),
        line("4. 财政专户核拨", new(&is(Fund::SpecialAccount))),
        line("5. 单位资金", new(&|l| l.fund.is_unit_money())),
        line("其中：事业收入", new(&is(Fund::Service))),
        line("上级补助收入", 0),
        line("附属单位上缴收入", 0),
        line("事业单位经营收入", 0),
        line("其他收入", new(&is(Fund::Other))),
        line("二、上年结转结余", old(&|_| true)),
        line("1、财政拨款结转", old(&|l| l.fund.is_appropriation())),
        line("其中：一般公共预算拨款", old(&|l| l.fund.is_general())),
        line("基金预算拨款", 0),
        line("国有资本经营预算拨款", 0),
        line("2、非财政拨款结转结余", 0),
        line("其中：财政专户核拨", 0),
        line("单位资金", 0),
    ];
    let right: Vec<_> = CATEGORIES
        .iter()
        .map(|(code, name)| {
            vec![
                format!("{code} {name}"),
                cell(b.sum(|l| l.function.starts_with(code))),
            ]
        })
        .collect();
    two_sided(text, &left, &right);
    let total = cell(b.sum(|_| true));
    row(
        text,
        &["收入总计".into(), total.clone(), "支出总计".into(), total],
    );
}

/// Rows 总计, 类, 款, 项 of the functions that lines kept by `all` use.
fn by_function(b: &Budget, text: &mut String, all: Keep<'_>, columns: &[Keep<'_>]) {
    let line = |code: &str, label: &str, text: &mut String| {
        let level = |from: usize, to: usize| {
            if code.len() >= to {
                code[from..to].to_owned()
            } else {
                String::new()
            }
        };
        let mut cells = vec![level(0, 3), level(3, 5), level(5, 7), label.to_owned()];
        cells.extend(
            columns
                .iter()
                .map(|keep| cell(b.sum(|l| all(l) && keep(l) && l.function.starts_with(code)))),
        );
        row(text, &cells);
    };
    line("", "总计", text);
    for category in b.functions(3, all) {
        line(category, name(category), text);
        for section in b.functions(5, |l| all(l) && l.function.starts_with(category)) {
            line(section, name(section), text);
            for item in b.functions(7, |l| all(l) && l.function.starts_with(section)) {
                line(item, name(item), text);
            }
        }
    }
}

fn revenue(b: &Budget, text: &mut String) {
    text.push_str("功能分类科目编码\t\t\t功能分类科目名称\t总计\t财政拨款（补助）\t\t\t\t\t\t\t财政专户（教育收费）\t单位资金\t财政拨款结转\t非财政拨款结转结余\n");
    text.push_str("类\t款\t项\t\t\t财政拨款（补助）小计\t一般公共预算\t上级一般公共预算安排的转移支付\t政府性基金预算\t上级政府性基金安排的转移支付\t国有资本经营预算\t上级国有资本经营预算安排的转移支付\t\t\t\t\n");
    text.push_str("※\t※\t※\t※\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12\n");
    by_function(
        b,
        text,
        &|_| true,
        &[
            &|_| true,
            &|l| !l.carried && l.fund.is_appropriation(),
            &|l| !l.carried && l.fund == Fund::General,
            &|l| !l.carried && l.fund == Fund::GeneralTransfer,
            &|l| !l.carried && l.fund == Fund::Managed,
            &|_| false,
            &|l| !l.carried && l.fund == Fund::StateCapital,
            &|_| false,
            &|l| !l.carried && l.fund == Fund::SpecialAccount,
            &|l| !l.carried && l.fund.is_unit_money(),
            &|l| l.carried && l.fund.is_appropriation(),
            &|l| l.carried && !l.fund.is_appropriation(),
        ],
    );
}

fn natures(b: &Budget, text: &mut String, header: &str, all: Keep<'_>) {
    text.push_str(&format!("科目\t\t\t\t{header}\t\t\n功能分类科目编码\t\t\t功能分类科目名称\t合计\t基本支出\t项目支出\n类\t款\t项\t\t\t\t\n※\t※\t※\t※\t1\t2\t3\n"));
    by_function(
        b,
        text,
        all,
        &[&|_| true, &|l| l.nature != Nature::Project, &|l| {
            l.nature == Nature::Project
        }],
    );
}

fn expenditure(b: &Budget, text: &mut String) {
    natures(b, text, "支出预算", &|_| true);
}

fn appropriation(b: &Budget, text: &mut String) {
    text.push_str("财政拨款收入\t\t财政拨款支出\t\t\t\t\n项目\t合计\t支出功能分类\t合计\t一般公共预算\t政府性基金预算\t国有资本经营预算\n");
    let new = |keep: Keep<'_>| b.sum(|l| !l.carried && keep(l));
    let left = [
        (
            "一、财政拨款（补助）".to_owned(),
            new(&|l| l.fund.is_appropriation()),
        ),
        ("一般公共预算".to_owned(), new(&|l| l.fund.is_general())),
        (
            "政府性基金预算".to_owned(),
            new(&|l| l.fund == Fund::Managed),
        ),
        (
            "国有资本经营预算".to_owned(),
            new(&|l| l.fund == Fund::StateCapital),
        ),
    ];
    let columns: [Keep<'_>; 4] = [
        &|l| l.fund.is_appropriation(),
        &|l| l.fund.is_general(),
        &|l| l.fund == Fund::Managed,
        &|l| l.fund == Fund::StateCapital,
    ];
    let side = |prefix: &str| {
        columns
            .iter()
            .map(|keep| cell(new(&|l| keep(l) && l.function.starts_with(prefix))))
            .collect::<Vec<_>>()
    };
    let right: Vec<_> = CATEGORIES
        .iter()
        .map(|(code, name)| [vec![format!("{code} {name}")], side(code)].concat())
        .collect();
    two_sided(text, &left, &right);
    row(
        text,
        &[
            vec!["收入总计".into(), cell(left[0].1), "支出总计".into()],
            side(""),
        ]
        .concat(),
    );
}

fn general(b: &Budget, text: &mut String) {
    natures(b, text, "一般公共预算支出", &|l| {
        !l.carried && l.fund.is_general()
    });
}

fn basic(b: &Budget, text: &mut String) {
    text.push_str("科目\t\t\t一般公共预算基本支出\t\t\n经济分类科目编码\t\t经济分类科目名称\t合计\t人员经费\t公用经费\n类\t款\t\t\t\t\n※\t※\t※\t1\t2\t3\n");
    let keep = |l: &Line| !l.carried && l.fund.is_general() && l.nature != Nature::Project;
    let line = |code: &str, label: &str, text: &mut String| {
        let level = |from: usize, to: usize| {
            if code.len() >= to {
                code[from..to].to_owned()
            } else {
                String::new()
            }
        };
        let here = |l: &Line| keep(l) && l.economic.starts_with(code);
        let mut cells = vec![level(0, 3), level(3, 5), label.to_owned()];
        cells.extend(amounts(
            b,
            &[&here, &|l| here(l) && l.nature == Nature::Personnel, &|l| {
                here(l) && l.nature == Nature::Operating
            }],
        ));
        row(text, &cells);
    };
    line("", "总计", text);
    for class in b.economics(3, keep) {
        line(class, name(class), text);
        for item in b.economics(5, |l| keep(l) && l.economic.starts_with(class)) {
            line(item, name(item), text);
        }
    }
}

fn projects(b: &Budget, text: &mut String) {
    text.push_str("科目编码\t\t\t功能分类科目名称\t项目名称\t项目支出合计\t工资福利支出\t商品服务支出\t对个人和家庭的补助\t债务利息及费用支出\t资本性支出（基本建设）\t资本性支出\t对企业补助（基本建设）\t对企业补助\t对社会保障基金补助\t其他支出\n类\t款\t项\t\t\t\t\t\t\t\t\t\t\t\t\t\n※\t※\t※\t※\t※\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\n");
    let keep = |l: &Line| !l.carried && l.fund.is_general() && l.nature == Nature::Project;
    let line = |code: &str, label: &str, project: Option<usize>, text: &mut String| {
        let level = |from: usize, to: usize| {
            if code.len() >= to {
                code[from..to].to_owned()
            } else {
                String::new()
            }
        };
        let here = |l: &Line| {
            keep(l) && l.function.starts_with(code) && (project.is_none() || l.project == project)
        };
        let title = project.map_or(String::new(), |p| b.projects[p].name.clone());
        let mut cells = vec![
            level(0, 3),
            level(3, 5),
            level(5, 7),
            label.to_owned(),
            title,
            cell(b.sum(here)),
        ];
        for class in [
            "301", "302", "303", "307", "309", "310", "311", "312", "313", "399",
        ] {
            cells.push(cell(b.sum(|l| here(l) && l.economic == class)));
        }
        row(text, &cells);
    };
    line("", "总计", None, text);
    for category in b.functions(3, keep) {
        line(category, name(category), None, text);
        for section in b.functions(5, |l| keep(l) && l.function.starts_with(category)) {
            line(section, name(section), None, text);
            for item in b.functions(7, |l| keep(l) && l.function.starts_with(section)) {
                for project in projects_of(b, |l| keep(l) && l.function == item) {
                    line(item, name(item), Some(project), text);
                }
            }
        }
    }
}

/// Projects with money among the lines kept, in order.
pub fn projects_of(b: &Budget, keep: impl Fn(&Line) -> bool) -> Vec<usize> {
    (0..b.projects.len())
        .filter(|p| b.sum(|l| l.project == Some(*p) && keep(l)) > 0)
        .collect()
}

fn fund_table(b: &Budget, text: &mut String, title: &str, fund: Fund) {
    text.push_str(&format!("科目\t\t\t\t{title}支出\t\t\t\n功能分类科目编码\t\t\t功能分类科目名称\t合计\t基本支出\t\t项目支出\n类\t款\t项\t\t\t人员经费\t公用经费\t\n※\t※\t※\t※\t1\t2\t3\t4\n"));
    if b.sum(|l| l.fund == fund) > 0 {
        by_function(
            b,
            text,
            &|l| l.fund == fund && !l.carried,
            &[
                &|_| true,
                &|l| l.nature == Nature::Personnel,
                &|l| l.nature == Nature::Operating,
                &|l| l.nature == Nature::Project,
            ],
        );
    } else {
        text.push_str(&format!(
            "\n{}2024年没有使用{title}拨款安排的支出，{title}支出情况表为空表。\n",
            b.unit
        ));
    }
}

fn managed(b: &Budget, text: &mut String) {
    fund_table(b, text, "政府性基金预算", Fund::Managed);
}

fn state_capital(b: &Budget, text: &mut String) {
    fund_table(b, text, "国有资本经营预算", Fund::StateCapital);
}

fn three_public(b: &Budget, text: &mut String) {
    text.push_str("“三公”经费支出内容\t合计\t资金来源\t\t\n\t\t一般公共预算\t政府性基金\t国有资本经营预算\n※\t1\t2\t3\t4\n");
    let of = |codes: &[&str]| b.sum(|l| !l.carried && codes.contains(&l.economic));
    for (label, codes) in [
        ("合计", &["30217", "30231"] as &[&str]),
        ("因公出国（境）费", &[]),
        ("公务接待费", &["30217"]),
        ("公务用车购置及运行费（小计）", &["30231"]),
        ("其中：公务用车购置费", &[]),
        ("公务用车运行费", &["30231"]),
    ] {
        let fen = cell(of(codes));
        row(
            text,
            &[label.into(), fen.clone(), fen, String::new(), String::new()],
        );
    }
    if of(&["30217", "30231"]) == 0 {
        text.push_str(&format!(
            "\n{}2024年没有财政拨款安排的“三公”经费支出，财政拨款“三公”经费支出情况表为空表。\n",
            b.unit
        ));
    }
}

fn carried(b: &Budget, text: &mut String) {
    text.push_str("项目名称\t总计\t财政拨款\t\t\t\t非财政拨款\t\t\t\n\t\t合计\t基本支出\t\t项目支出\t合计\t基本支出\t\t项目支出\n\t\t\t人员经费\t公用经费\t\t\t人员经费\t公用经费\t\n※\t1\t2\t3\t4\t5\t6\t7\t8\t9\n");
    if b.sum(|l| l.carried) == 0 {
        text.push_str(&format!(
            "\n{}2024年没有上年结转结余，上年结转结余情况明细表为空表。\n",
            b.unit
        ));
        return;
    }
    let line = |label: &str, project: Option<usize>, text: &mut String| {
        let fen = cell(b.sum(|l| l.carried && (project.is_none() || l.project == project)));
        let blank = String::new;
        row(
            text,
            &[
                label.into(),
                fen.clone(),
                fen.clone(),
                blank(),
                blank(),
                fen,
                blank(),
                blank(),
                blank(),
                blank(),
            ],
        );
    };
    line("总计", None, text);
    line(&b.unit, None, text);
    for project in projects_of(b, |l| l.carried) {
        line(&b.projects[project].name, Some(project), text);
    }
}
