//! Forms and lists of performance targets, as text a person can read.

use mz_budget::{
    disclosure::{Operator, PerformanceTarget},
    money::MoneyUnit,
    profile::targets::{TargetColumn, TargetForm},
};
use mz_document::{Content, Document};

use super::{reader::Reader, state::Reading};

const XINJIANG: &str = include_str!("../../../../data/profiles/xinjiang-unit-2024/targets.toml");

/// A list of many projects, as some provinces print it, sign and unit in columns of their own.
const LIST: &str = r#"
titles = ["项目支出绩效目标表"]
[[column]]
key = "project"
labels = ["项目名称", "单位（项目）名称"]
[[column]]
key = "total"
labels = ["项目总额", "资金总额"]
[[column]]
key = "appropriation"
labels = ["财政拨款"]
[[column]]
key = "other"
labels = ["其他资金"]
[[column]]
key = "goal"
labels = ["绩效目标"]
[[column]]
key = "level1"
labels = ["一级指标"]
[[column]]
key = "level2"
labels = ["二级指标"]
[[column]]
key = "name"
labels = ["三级指标"]
[[column]]
key = "operator"
labels = ["绩效指标性质"]
[[column]]
key = "value"
labels = ["本年绩效指标值"]
[[column]]
key = "unit"
labels = ["绩效度量单位"]
"#;

/// A form whose title names the project.
const TITLED: &str = r#"
titles = ["项目绩效目标表"]
project-in-title = true
[[field]]
key = "money"
labels = ["专项资金情况"]
[[field]]
key = "total"
labels = ["资金总额"]
[[field]]
key = "appropriation"
labels = ["财政拨款"]
[[field]]
key = "goal"
labels = ["项目实施期目标"]
[[column]]
key = "level1"
labels = ["一级指标"]
[[column]]
key = "level2"
labels = ["二级指标"]
[[column]]
key = "name"
labels = ["三级指标"]
[[column]]
key = "value"
labels = ["目标值"]
"#;

fn form(toml: &str) -> TargetForm {
    let mut table: toml::Table = toml.parse().expect("TOML");
    table.remove("source");
    table.try_into().expect("a target form")
}

fn document(text: &str) -> Document {
    mz_document::read(text.as_bytes(), "test").expect("text")
}

fn read(toml: &str, text: &str) -> Reading {
    let form = form(toml);
    let mut reader = Reader::new(&form, MoneyUnit::WanYuan);
    for (i, block) in document(text).blocks.iter().enumerate() {
        match &block.content {
            Content::Heading { text, .. } | Content::Paragraph(text) => {
                reader.paragraph(i, block, text)
            }
            Content::Table(table) => reader.table(i, block, table),
        }
    }
    reader.finish()
}

fn one(reading: &Reading) -> &PerformanceTarget {
    let [target] = reading.targets.as_slice() else {
        panic!("{} targets", reading.targets.len())
    };
    target
}

/// One line an indicator.
fn lines(target: &PerformanceTarget) -> Vec<String> {
    let lines = target.indicators.iter().map(|i| {
        let number = i.value.number.map_or(String::new(), |n| n.to_string());
        let weight = i.weight.map_or(String::new(), |w| w.to_string());
        let line = i.place.line.unwrap_or(0);
        format!(
            "{line} {}/{}/{} {:?} {number}{} w{weight}",
            i.level1, i.level2, i.name, i.value.operator, i.value.unit
        )
    });
    lines.collect()
}

const FORM: &str = "项目支出绩效目标表\n\n(2025 年)\n\n\
预算单位\t\t云岭市档案服务中心\t\t\t\t\t\t\n\
项目名称\t\t馆藏档案 数字化项目\t\t\t\t项目负责人\t何川\t\n\
项目资金(万元)\t\t年度预算总额\t36.80\t其中：财政拨款\t36.80\t其他资金\t0.00\t\n\
项目总体目标\t\t完成馆藏档案扫描。\t\t\t\t\t\t\n\
一级指标\t二级指标\t三级指标\t指标值\t指标值设置依据\t上年完成值\t指标分值权重\t指标赋分规则\t佐证资料\n\
产出 指标\t数量 指标\t扫描页数\t> =40 万页\t计划标准\t35万 页\t20\t按照完成比例赋分\t工作资料\n\
\t\t培训人次\t=60人次\t计划标准\t\t20\t按照完成比例赋分\t工作资料\n\
\t时效 指标\t完成时间\t<=2025年11月\t历史标准\t2024年11月\t10\t直接赋分\t工作资料\n\
\n\
效益 指标\t社会 效益 指标\t提高查档便利程度\t有效 提高\t自定义\t有效 提高\t40\t按评判等级赋分\t工作资料\n\
----------\t----------------\t--------\t-----\t----\t-----\t--\t----\t----\n\
\n\
（五）其他需说明的事项\n";

#[test]
fn a_form_is_read_completely() {
    let reading = read(XINJIANG, FORM);
    assert_eq!(reading.problems, []);
    let target = one(&reading);
    assert_eq!(
        (target.project.as_str(), target.leader.as_str()),
        ("馆藏档案数字化项目", "何川")
    );
    assert_eq!(
        (target.budget_unit.as_str(), target.year),
        ("云岭市档案服务中心", Some(2025))
    );
    assert_eq!(
        (target.goal.as_str(), target.goal_place.line),
        ("完成馆藏档案扫描。", Some(8))
    );
    assert_eq!((target.place.line, target.is_whole), (Some(5), false));
    let total = target.total.as_ref().expect("total");
    assert_eq!(
        (total.money.to_string().as_str(), total.place.line),
        ("36.80 万元", Some(7))
    );
    assert_eq!(
        (total.place.quote.as_str(), total.place.row.as_deref()),
        ("36.80", Some("年度预算总额"))
    );
    assert_eq!(total.place.table.as_deref(), Some("项目支出绩效目标表"));
    let other = target.other.as_ref().expect("a printed zero is a figure");
    assert_eq!(other.money.to_string(), "0.00 万元");
    assert_eq!(
        lines(target),
        [
            "10 产出指标/数量指标/扫描页数 Some(AtLeast) 40万页 w20",
            "11 产出指标/数量指标/培训人次 Some(Equal) 60人次 w20",
            "12 产出指标/时效指标/完成时间 Some(AtMost)  w10",
            "14 效益指标/社会效益指标/提高查档便利程度 None  w40",
        ]
    );
    let first = &target.indicators[0];
    assert_eq!(
        (
            first.value.text.as_str(),
            first.value.operator_text.as_str()
        ),
        ("> =40 万页", ">=")
    );
    assert_eq!(
        first.prior.as_ref().map(|prior| prior.unit.as_str()),
        Some("万页")
    );
    assert_eq!(first.cell(TargetColumn::Value).quote, "> =40 万页");
    assert_eq!(
        first.cell(TargetColumn::Value).column.as_deref(),
        Some("指标值")
    );
    assert_eq!(first.place.quote, "扫描页数");
    assert_eq!(target.indicators[1].prior, None);
    assert_eq!(target.indicators[2].value.years, [2025]);
    assert_eq!(target.indicators[3].basis, "自定义");
    assert!(reading.n_numbers >= 11, "{}", reading.n_numbers);
}

#[test]
fn forms_follow_one_another_with_and_without_titles() {
    let second = FORM.replace("馆藏档案 数字化项目", "库房改造项目");
    let reading = read(XINJIANG, &format!("{FORM}{second}"));
    let projects: Vec<&str> = reading.targets.iter().map(|t| t.project.as_str()).collect();
    assert_eq!(projects, ["馆藏档案数字化项目", "库房改造项目"]);
    assert!(
        reading
            .targets
            .iter()
            .all(|t| t.indicators.len() == 4 && t.year == Some(2025))
    );
    // Without a title between them, the project's name begins the second form.
    let rows = |text: &str| {
        text.lines()
            .filter(|line| line.contains('\t'))
            .map(|l| format!("{l}\n"))
            .collect::<String>()
    };
    let reading = read(
        XINJIANG,
        &format!("项目支出绩效目标表\n{}{}", rows(FORM), rows(&second)),
    );
    assert_eq!(reading.targets.len(), 2);
    assert_eq!(reading.problems, []);
    assert!(
        reading
            .targets
            .iter()
            .all(|t| t.indicators.len() == 4 && t.budget_unit == "云岭市档案服务中心"),
        "{reading:#?}"
    );
}

#[test]
fn rows_that_lost_their_first_cells_are_put_right() {
    let text = FORM
        .replace("\t\t培训人次", "培训人次")
        .replace("\t时效 指标", "时效 指标");
    let reading = read(XINJIANG, &text);
    assert_eq!(lines(one(&reading)), lines(one(&read(XINJIANG, FORM))));
}

#[test]
fn what_is_not_understood_is_said() {
    let text = FORM
        .replace("\t36.80\t其中", "\t三十六\t其中")
        .replace("35万 页\t20\t", "35万 页\t二十\t")
        .replace(
            "\t\t培训人次\t=60人次\t计划标准\t\t20\t",
            "\t\t培训人次\t\t\t\t\t",
        );
    let reading = read(XINJIANG, &text);
    let names: Vec<&str> = reading.problems.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "target-amount-unread",
            "indicator-weight-unread",
            "target-row-unread"
        ]
    );
    assert!(
        reading
            .problems
            .iter()
            .all(|p| p.place.line.is_some() && !p.place.quote.is_empty()),
        "{:#?}",
        reading.problems
    );
    assert_eq!(one(&reading).indicators.len(), 3);
    let unnamed = read(XINJIANG, &FORM.replace("馆藏档案 数字化项目", ""));
    assert_eq!(unnamed.problems[0].name, "target-project-missing");
}

#[test]
fn other_tables_are_left_alone() {
    for text in [
        "项目支出绩效目标表\n\n项目\t合计\n办公费\t3.00\n",
        "表七 项目支出情况表\n单位名称\t项目名称\t财政拨款\t其他资金\n某局\t某项目\t1.00\t0.00\n",
        "十一、项目支出绩效目标表\n十二、名词解释\n",
        "",
    ] {
        if let Ok(document) = mz_document::read(text.as_bytes(), "test") {
            assert!(!document.blocks.is_empty());
            let reading = read(XINJIANG, text);
            assert_eq!(
                (reading.targets.len(), reading.problems.len()),
                (0, 0),
                "{text}"
            );
        }
    }
}

#[test]
fn lists_of_projects_are_read() {
    let text = "预算表12 项目支出绩效目标表\n2025年 单位：元\n\
| 项目名称 | 项目总额 | 其中： | | 绩效目标 | 一级指标 | 二级指标 | 三级指标 | 绩效指标性质 | 本年绩效指标值 | 绩效度量单位 |\n\
|---|---|---|---|---|---|---|---|---|---|---|\n\
| | | 财政拨款 | 其他资金 | | | | | | | |\n\
| 合计 | 900 | 900 | | | | | | | | |\n\
| 甲项目 | 600 | 600 | | 做好甲事 | 产出指标 | 数量指标 | 次数 | ≥ | 4 | 次 |\n\
| | | | | | 效益指标 | 社会效益指标 | 影响 | 定性 | 良好 | |\n\
| 乙项目 | 300 | 300 | - | 做好乙事 | 产出指标 | 质量指标 | 合格率 | ＝ | 98.5 | % |\n";
    let reading = read(LIST, text);
    assert_eq!(reading.problems, []);
    let [first, second] = reading.targets.as_slice() else {
        panic!("{} targets", reading.targets.len())
    };
    assert_eq!(
        (first.project.as_str(), first.goal.as_str(), first.year),
        ("甲项目", "做好甲事", Some(2025))
    );
    assert_eq!(
        first.total.as_ref().map(|t| t.money.to_string()).as_deref(),
        Some("600 元")
    );
    assert_eq!(
        lines(first),
        [
            "7 产出指标/数量指标/次数 Some(AtLeast) 4次 w",
            "8 效益指标/社会效益指标/影响 None  w"
        ]
    );
    assert_eq!(first.indicators[0].value.text, "≥4次");
    assert_eq!(
        (second.project.as_str(), second.other.is_none()),
        ("乙项目", true)
    );
    assert_eq!(
        lines(second),
        ["9 产出指标/质量指标/合格率 Some(Equal) 98.5% w"]
    );
    assert_eq!(second.project_place.line, Some(9));
}

#[test]
fn the_title_may_name_the_project() {
    let text = "1.项目支出绩效目标情况\n云岭门户网站运维项目绩效目标表\n\
专项资金情况（万元）\t资金总额：\t12.50\t\t\n\t财政拨款：\t12.50\t\t\n项目实施期目标\t保障门户网站运行。\t\t\t\n\
绩效目标指标\t一级指标\t二级指标\t三级指标\t目标值\n\t产出指标\t数量指标\t更新条数\t≥300条\n\
档案咨询项目绩效目标表\n\
专项资金情况（元）\t资金总额：\t3,000\t\t\n项目实施期目标\t\t\t\t\n提供咨询。\n\
绩效目标指标\t一级指标\t二级指标\t三级指标\t目标值\n\t产出指标\t数量指标\t咨询人次\t≥20人次\n";
    let reading = read(TITLED, text);
    let [first, second] = reading.targets.as_slice() else {
        panic!("{} targets", reading.targets.len())
    };
    assert_eq!(first.project, "云岭门户网站运维");
    assert_eq!(
        (
            first.project_place.line,
            first.total.as_ref().map(|t| t.money.unit)
        ),
        (Some(2), Some(MoneyUnit::WanYuan))
    );
    assert_eq!(
        second
            .total
            .as_ref()
            .map(|t| t.money.to_string())
            .as_deref(),
        Some("3,000 元")
    );
    assert_eq!(second.indicators[0].value.operator, Some(Operator::AtLeast));
}

#[test]
fn tables_about_the_whole_unit_are_told_apart() {
    let text = FORM.replace(
        "项目支出绩效目标表\n\n(2025 年)",
        "2025年单位整体支出绩效目标表",
    );
    let reading = read(XINJIANG, &text);
    assert!(one(&reading).is_whole);
    assert_eq!(one(&reading).year, Some(2025));
}

#[test]
fn a_published_document_is_read_without_problems() {
    let shared = std::env::var_os("MINGZHANG_SHARED").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        Into::into,
    );
    let Ok(text) =
        std::fs::read_to_string(shared.join("samples/xinjiang/urumqi-gov-office-2024.txt"))
    else {
        println!("the shared samples are not here; nothing tested");
        return;
    };
    let reading = read(XINJIANG, &text);
    assert_eq!(reading.problems, []);
    assert_eq!(reading.targets.len(), 7);
    let total: i64 = reading
        .targets
        .iter()
        .map(|t| t.total.as_ref().map_or(0, |a| a.money.number.digits))
        .sum();
    assert_eq!(total, 84_859);
    let mut n_indicators = 0;
    for target in &reading.targets {
        n_indicators += target.indicators.len();
        let weights: i64 = target
            .indicators
            .iter()
            .map(|i| i.weight.map_or(0, |w| w.digits))
            .sum();
        assert_eq!(
            (weights, target.year),
            (90, Some(2024)),
            "{}",
            target.project
        );
        for indicator in &target.indicators {
            assert!(
                indicator.level1.ends_with("指标") && indicator.level2.ends_with("指标"),
                "{indicator:?}"
            );
            let is_read = indicator.value.number.is_some() == indicator.value.years.is_empty();
            assert!(
                is_read || indicator.value.operator.is_none(),
                "{indicator:?}"
            );
            assert!(
                indicator.prior.is_some()
                    && !indicator.basis.is_empty()
                    && !indicator.evidence.is_empty()
            );
        }
    }
    assert_eq!(n_indicators, 53);
}
