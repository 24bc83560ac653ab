//! Cover, contents, the twelve sections and the glossary.

use crate::{
    budget::{Budget, Fund, Line, Nature, name},
    print::{amount, decimal, hundredths, percent},
    tables::projects_of,
    targets,
};

const SECTIONS: [(&str, &str); 12] = [
    ("一", "收支预算情况的总体说明"),
    ("二", "收入预算情况说明"),
    ("三", "支出预算情况说明"),
    ("四", "财政拨款收支预算情况的总体说明"),
    ("五", "一般公共预算当年拨款情况说明"),
    ("六", "一般公共预算基本支出情况说明"),
    ("七", "一般公共预算项目支出情况说明"),
    ("八", "政府性基金预算拨款情况说明"),
    ("九", "国有资本经营预算拨款情况说明"),
    ("十", "财政拨款“三公”经费预算情况说明"),
    ("十一", "上年结转结余预算情况说明"),
    ("十二", "其他重要事项的情况说明"),
];

const TITLES: [&str; 11] = [
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

fn heading(b: &Budget, i: usize) -> String {
    let (number, title) = SECTIONS[i];
    if i == 11 {
        format!("{number}、{title}")
    } else {
        format!("{number}、关于{}2024年{title}", b.unit)
    }
}

/// Cover, contents and the first part.
pub fn cover(b: &Budget, text: &mut String) {
    text.push_str(&format!("{}\n\n2024年单位预算公开\n\n目 录\n\n第一部分 2024年{}单位概况\n\n- 一、主要职能\n- 二、机构设置及人员情况\n\n第二部分 2024年单位预算公开表\n\n", b.unit, b.unit));
    for ((number, _), title) in SECTIONS.iter().zip(TITLES) {
        text.push_str(&format!("- {number}、{title}\n"));
    }
    text.push_str("\n第三部分 2024年单位预算情况说明\n\n");
    for i in 0..12 {
        text.push_str(&format!("- {}\n", heading(b, i)));
    }
    text.push_str(&format!(
        "\n第四部分 名词解释\n\n第一部分 2024年{}单位概况\n\n一、主要职能\n\n",
        b.unit
    ));
    text.push_str("1. 贯彻执行有关法律法规和政策，拟订工作计划并组织实施。\n2. 承担本领域的综合协调和服务工作。\n3. 完成上级交办的其他任务。\n\n");
    text.push_str(&format!(
        "二、机构设置及人员情况\n\n{}无下属预算单位，下设{}个处室，分别是：{}。\n\n",
        b.unit,
        b.offices.len(),
        b.offices.join("、")
    ));
    let change = match b.staff_change {
        0 => "增加0人".to_owned(),
        n if n > 0 => format!("增加{n}人"),
        n => format!("减少{}人", -n),
    };
    text.push_str(&format!(
        "{}编制数{}，实有人数{}人，其中：在职{}人，{change}；退休0人，增加0人；离休0人，增加0人。\n\n",
        b.unit, b.staff + 6, b.staff, b.staff
    ));
}

/// "比上年预算增加 …，增长 …%" with a reason that names what moved.
fn change(b: &Budget, keep: &dyn Fn(&Line) -> bool) -> String {
    let (now, before) = (hundredths(b.sum(keep)), hundredths(b.prior(keep)));
    let delta = now - before;
    if delta == 0 {
        return "与上年预算持平".to_owned();
    }
    let (verb, rate_verb) = if delta > 0 {
        ("增加", "增长")
    } else {
        ("减少", "下降")
    };
    let rate = if before == 0 {
        String::new()
    } else {
        format!("，{rate_verb}{}%", percent(delta.abs(), before))
    };
    format!(
        "比上年预算{verb}{}万元{rate}，主要原因是{}",
        decimal(delta.abs()),
        reason(b, keep, delta)
    )
}

pub fn reason(b: &Budget, keep: &dyn Fn(&Line) -> bool, delta: i64) -> String {
    let parts: [(&str, Keep); 3] = [
        ("人员经费", |l| l.nature == Nature::Personnel),
        ("公用经费", |l| l.nature == Nature::Operating),
        ("项目支出", |l| l.nature == Nature::Project),
    ];
    let moved = |part: Keep| b.sum(|l| keep(l) && part(l)) - b.prior(|l| keep(l) && part(l));
    // Basic expenditure is one mover, whichever of its halves moved more.
    let of_basic = moved(parts[0].1) + moved(parts[1].1);
    let by_basic = moved(parts[2].1) * delta.signum() < of_basic * delta.signum();
    let movers = if by_basic { &parts[..2] } else { &parts[2..] };
    let (label, _) = movers
        .iter()
        .max_by_key(|(_, part)| moved(*part) * delta.signum())
        .expect("there are two halves of basic expenditure, or projects");
    let event = match (*label, delta > 0) {
        ("人员经费", true) => "年内新录用人员、调整工资标准",
        ("人员经费", false) => "年内人员退休调出",
        ("公用经费", true) => "办公用房搬迁后定额标准提高",
        ("公用经费", false) => "压减会议和差旅开支",
        (_, true) => "新增档案库房改造任务",
        (_, false) => "上年一次性任务已经完成",
    };
    format!(
        "{event}，{label}{}",
        if delta > 0 { "增加" } else { "减少" }
    )
}

fn share(b: &Budget, keep: &dyn Fn(&Line) -> bool, whole: &dyn Fn(&Line) -> bool) -> String {
    format!(
        "占{}%",
        percent(hundredths(b.sum(keep)), hundredths(b.sum(whole)))
    )
}

/// The third part, with the performance tables.
pub fn explanations(b: &Budget, text: &mut String) {
    text.push_str("第三部分 2024年单位预算情况说明\n\n");
    let writers: [fn(&Budget, &mut String); 12] = [
        totals,
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
        other,
    ];
    for (i, write) in writers.iter().enumerate() {
        text.push_str(&format!("{}\n\n", heading(b, i)));
        write(b, text);
        text.push('\n');
    }
}

/// Whether a line belongs.
type Keep = fn(&Line) -> bool;

const SOURCES: [(&str, &str, Keep); 5] = [
    ("一般公共预算", "一般公共预算", |l| {
        !l.carried && l.fund.is_general()
    }),
    ("政府性基金预算", "政府性基金预算", |l| {
        !l.carried && l.fund == Fund::Managed
    }),
    (
        "国有资本经营预算",
        "国有资本经营预算",
        |l| !l.carried && l.fund == Fund::StateCapital,
    ),
    ("单位资金", "单位资金", |l| {
        !l.carried && l.fund.is_unit_money()
    }),
    ("财政拨款结转", "财政拨款结转结余", |l| {
        l.carried
    }),
];

fn categories(b: &Budget, keep: impl Fn(&Line) -> bool) -> Vec<&'static str> {
    b.functions(3, keep)
}

fn totals(b: &Budget, text: &mut String) {
    text.push_str(&format!(
        "按照全口径预算的原则，{}2024年所有收入和支出均纳入单位预算管理。收支总预算{}万元。\n\n",
        b.unit,
        amount(b.sum(|_| true))
    ));
    let sources: Vec<&str> = SOURCES
        .iter()
        .filter(|(_, _, keep)| b.sum(keep) > 0)
        .map(|(_, listed, _)| *listed)
        .collect();
    text.push_str(&format!("收入预算包括：{}。\n\n", sources.join("、")));
    let names: Vec<&str> = categories(b, |_| true).into_iter().map(name).collect();
    text.push_str(&format!("支出预算包括：{}。\n", names.join("、")));
}

fn revenue(b: &Budget, text: &mut String) {
    text.push_str(&format!(
        "{}单位收入预算{}万元，其中：\n\n",
        b.unit,
        amount(b.sum(|_| true))
    ));
    for (label, _, keep) in SOURCES {
        if b.sum(keep) > 0 {
            text.push_str(&format!(
                "{label}{}万元，{}，{}。\n\n",
                amount(b.sum(keep)),
                share(b, &keep, &|_| true),
                change(b, &keep)
            ));
        } else if b.prior(keep) == 0 {
            text.push_str(&format!("{label}0.00万元，占0.00%，与上年预算持平。\n\n"));
        }
    }
}

fn natures(b: &Budget, scope: &dyn Fn(&Line) -> bool, with_share: bool, text: &mut String) {
    for (label, keep) in [
        (
            "基本支出",
            (|l: &Line| l.nature != Nature::Project) as fn(&Line) -> bool,
        ),
        ("项目支出", |l| l.nature == Nature::Project),
    ] {
        let here = |l: &Line| scope(l) && keep(l);
        let share = if with_share {
            format!("{}，", share(b, &here, scope))
        } else {
            String::new()
        };
        text.push_str(&format!(
            "{label}{}万元，{share}{}。\n\n",
            amount(b.sum(here)),
            change(b, &here)
        ));
    }
}

fn expenditure(b: &Budget, text: &mut String) {
    text.push_str(&format!(
        "{}2024年支出预算{}万元，其中：\n\n",
        b.unit,
        amount(b.sum(|_| true))
    ));
    natures(b, &|_| true, true, text);
}

fn appropriation(b: &Budget, text: &mut String) {
    let all = |l: &Line| !l.carried && l.fund.is_appropriation();
    text.push_str(&format!(
        "{}2024年财政拨款收支总预算{}万元。\n\n",
        b.unit,
        amount(b.sum(all))
    ));
    let managed = b.sum(|l| l.fund == Fund::Managed);
    if managed == 0 {
        text.push_str(
            "收入全部为一般公共预算拨款，无政府性基金预算拨款和国有资本经营预算拨款。\n\n",
        );
    }
    let general = amount(b.sum(|l| all(l) && l.fund.is_general()));
    let more = if managed == 0 {
        String::new()
    } else {
        format!("、政府性基金预算拨款{}万元", amount(managed))
    };
    text.push_str(&format!(
        "收入预算包括：一般公共预算拨款{general}万元{more}。\n\n"
    ));
    let parts: Vec<String> = categories(b, |l| all(l) && l.fund.is_general())
        .into_iter()
        .map(|code| {
            let fen = b.sum(|l| all(l) && l.fund.is_general() && l.function.starts_with(code));
            format!(
                "{}{}万元，主要用于本单位履行职能相关支出",
                name(code),
                amount(fen)
            )
        })
        .collect();
    text.push_str(&format!("一般公共预算支出包括：{}。\n", parts.join("；")));
}

fn is_general(l: &Line) -> bool {
    !l.carried && l.fund.is_general()
}

fn general(b: &Budget, text: &mut String) {
    text.push_str(&format!(
        "（一）一般公共预算当年拨款规模变化情况\n\n{}2024年一般公共预算拨款合计{}万元，其中：\n\n",
        b.unit,
        amount(b.sum(is_general))
    ));
    natures(b, &is_general, false, text);
    text.push_str("（二）一般公共预算当年拨款结构情况\n\n");
    for (i, code) in categories(b, is_general).into_iter().enumerate() {
        let here = |l: &Line| is_general(l) && l.function.starts_with(code);
        text.push_str(&format!(
            "{}、{}（类）{}万元，{}。\n\n",
            i + 1,
            name(code),
            amount(b.sum(here)),
            share(b, &here, &is_general)
        ));
    }
    text.push_str("（三）一般公共预算当年拨款具体使用情况\n\n");
    for (i, code) in b.functions(7, is_general).into_iter().enumerate() {
        let here = |l: &Line| is_general(l) && l.function == code;
        text.push_str(&format!(
            "{}、{}（类）{}（款）{}（项）：2024年预算数为{}万元，{}。\n\n",
            i + 1,
            name(&code[..3]),
            name(&code[..5]),
            name(code),
            amount(b.sum(here)),
            change(b, &here)
        ));
    }
}

fn basic(b: &Budget, text: &mut String) {
    let all = |l: &Line| is_general(l) && l.nature != Nature::Project;
    text.push_str(&format!(
        "{}2024年一般公共预算基本支出{}万元，其中：\n\n",
        b.unit,
        amount(b.sum(all))
    ));
    for (label, nature) in [
        ("人员经费", Nature::Personnel),
        ("公用经费", Nature::Operating),
    ] {
        let here = |l: &Line| all(l) && l.nature == nature;
        let names: Vec<&str> = b.economics(5, here).into_iter().map(name).collect();
        if !names.is_empty() {
            text.push_str(&format!(
                "{label}{}万元，主要包括：{}。\n\n",
                amount(b.sum(here)),
                names.join("、")
            ));
        }
    }
}

fn projects(b: &Budget, text: &mut String) {
    for (i, project) in targets::projects(b).into_iter().enumerate() {
        let fen = b.sum(|l| l.project == Some(project));
        let parts: Vec<String> = [
            ("301", "劳务派遣人员工资"),
            ("302", "委托业务费"),
            ("310", "办公设备购置"),
        ]
        .iter()
        .map(|(code, item)| {
            (
                item,
                b.sum(|l| l.project == Some(project) && l.economic == *code),
            )
        })
        .filter(|(_, fen)| *fen > 0)
        .map(|(item, fen)| format!("{item}{}万元", amount(fen)))
        .collect();
        let number = ["一", "二", "三", "四", "五", "六", "七", "八", "九"][i.min(8)];
        text.push_str(&format!(
            "（{number}）项目名称：{}\n\n设立的政策依据：根据有关会议精神设立此项目\n\n预算安排规模：{}万元\n\n项目承担单位：{}\n\n资金分配情况：{}\n\n资金执行时间：2024年1月1日至2024年12月31日\n\n",
            b.projects[project].name, amount(fen), b.unit, parts.join("，")
        ));
    }
}

fn fund_section(b: &Budget, text: &mut String, title: &str, fund: Fund) {
    if b.sum(|l| l.fund == fund) == 0 {
        text.push_str(&format!(
            "{}2024年没有使用{title}拨款安排的支出，{title}支出情况表为空表。\n",
            b.unit
        ));
        return;
    }
    let all = |l: &Line| !l.carried && l.fund == fund;
    text.push_str(&format!(
        "{}2024年{title}拨款{}万元，{}。\n\n",
        b.unit,
        amount(b.sum(all)),
        change(b, &all)
    ));
}

fn managed(b: &Budget, text: &mut String) {
    fund_section(b, text, "政府性基金预算", Fund::Managed);
}

fn state_capital(b: &Budget, text: &mut String) {
    fund_section(b, text, "国有资本经营预算", Fund::StateCapital);
}

fn three_public(b: &Budget, text: &mut String) {
    let item =
        |codes: &'static [&'static str]| move |l: &Line| !l.carried && codes.contains(&l.economic);
    let parts = [
        ("因公出国（境）费", item(&["30212"])),
        ("公务用车购置费", item(&["31013"])),
        ("公务用车运行费", item(&["30231"])),
        ("公务接待费", item(&["30217"])),
    ];
    let all = item(&["30217", "30231"]);
    let listed: Vec<String> = parts
        .iter()
        .map(|(label, keep)| format!("{label}{}万元", amount(b.sum(keep))))
        .collect();
    text.push_str(&format!(
        "{}2024年财政拨款“三公”经费预算数为{}万元，其中：{}。\n\n",
        b.unit,
        amount(b.sum(all)),
        listed.join("，")
    ));
    let changes: Vec<String> = parts
        .iter()
        .map(|(label, keep)| {
            let text = change(b, keep).replace("比上年预算", "");
            let (head, _) = text.split_once("，主要原因是").unwrap_or((&text, ""));
            let why = if text.contains("持平") {
                "无变化"
            } else {
                "按本年出行和接待任务据实核定，任务量有变化"
            };
            format!("{label}{head}，主要原因是{why}")
        })
        .collect();
    let total = change(b, &all);
    let (head, _) = total.split_once("，主要原因是").unwrap_or((&total, ""));
    text.push_str(&format!(
        "2024年财政拨款“三公”经费预算{head}，其中：{}。\n",
        changes.join("；")
    ));
}

fn carried(b: &Budget, text: &mut String) {
    let fen = b.sum(|l| l.carried);
    if fen == 0 {
        text.push_str(&format!(
            "{}2024年没有上年结转结余，上年结转结余情况明细表为空表。\n",
            b.unit
        ));
        return;
    }
    text.push_str(&format!(
        "{}2024年上年结转结余{}万元，包括：财政拨款{}万元，非财政拨款0.00万元，其中：\n\n",
        b.unit,
        amount(fen),
        amount(fen)
    ));
    for (i, project) in projects_of(b, |l| l.carried).into_iter().enumerate() {
        text.push_str(&format!(
            "{}. {}{}万元，主要用于完成上年未完成的{}工作。\n\n",
            i + 1,
            b.projects[project].name,
            amount(b.sum(|l| l.carried && l.project == Some(project))),
            b.projects[project].topic
        ));
    }
}

fn other(b: &Budget, text: &mut String) {
    let operating = |l: &Line| is_general(l) && l.nature == Nature::Operating;
    text.push_str(&format!(
        "(一) 机关运行经费情况\n\n{}2024年的机关运行经费财政拨款预算{}万元，{}。\n\n",
        b.unit,
        amount(b.sum(operating)),
        change(b, &operating)
    ));
    let [goods, works, services] = b.procurement.map(hundredths);
    text.push_str(&format!(
        "(二) 政府采购情况\n\n2024年，{}政府采购预算{}万元，其中：政府采购货物预算{}万元，政府采购工程预算{}万元，政府采购服务预算{}万元。\n\n",
        b.unit, decimal(goods + works + services), decimal(goods), decimal(works), decimal(services)
    ));
    text.push_str(&format!(
        "2024年，{}面向中小企业预留政府采购项目预算金额{}万元，其中：小微企业预留政府采购项目预算金额{}万元。\n\n",
        b.unit, amount(b.reserve[0]), amount(b.reserve[1])
    ));
    let value = b.vehicles * 2_113;
    text.push_str(&format!(
        "(三) 国有资产占用使用情况\n\n截至2023年底，{}占用使用国有资产总体情况为\n\n1. 房屋0.00平方米，价值0.00万元。\n\n2. 车辆{n}辆，价值{v}万元；其中：一般公务用车{n}辆，价值{v}万元；执法执勤用车0辆，价值0.00万元；其他车辆0辆，价值0.00万元。\n\n3. 办公家具价值36.20万元。\n\n4. 其他资产价值12.75万元。\n\n单位价值50万元以上大型设备0台，单位价值100万元以上大型设备0台。\n\n2024年单位预算未安排购置车辆经费，安排购置50万元以上大型设备0台，单位价值100万元以上大型设备0台。\n\n",
        b.unit, n = b.vehicles, v = decimal(value)
    ));
    let targets = targets::projects(b);
    let money: i64 = targets
        .iter()
        .map(|p| hundredths(b.sum(|l| l.project == Some(*p))))
        .sum();
    text.push_str(&format!(
        "(四) 预算绩效情况\n\n2024年，本单位预算绩效管理整体预算绩效目标0个，涉及金额0.00万元；当年财政拨款项目{}个，涉及预算金额{}万元；当年非财政拨款项目0个，涉及预算金额0.00万元。具体情况见下表（按项目分别填报）：\n\n",
        targets.len(), decimal(money)
    ));
    targets::all(b, text);
    text.push_str("(五) 其他需说明的事项\n\n无其他需要说明的事项。\n");
}

/// The fourth part.
pub fn glossary(b: &Budget, text: &mut String) {
    text.push_str("第四部分 名词解释\n\n");
    for (number, term, meaning) in [
        (
            "一",
            "财政拨款",
            "由一般公共预算、政府性基金预算、国有资本经营预算安排的资金。",
        ),
        (
            "二",
            "一般公共预算",
            "以税收为主体的财政收入安排的收支预算。",
        ),
        (
            "三",
            "基本支出",
            "为保障机构正常运转而发生的人员经费和公用经费。",
        ),
        ("四", "项目支出", "在基本支出之外为完成特定任务发生的支出。"),
        (
            "五",
            "“三公”经费",
            "因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
        ),
        (
            "六",
            "机关运行经费",
            "行政单位使用一般公共预算安排的公用经费。",
        ),
    ] {
        text.push_str(&format!("{number}、{term}：{meaning}\n\n"));
    }
    text.push_str(&format!("{}\n\n2024年2月20日\n", b.unit));
}
