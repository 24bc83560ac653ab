//! How documents of provinces without a profile of their own speak, read through the national base.

use super::check_through;

/// Compares what a text says with the lines expected.
#[track_caller]
fn check(text: &str, expected: &str) {
    let titles = ["2030 年部门预算公开", "2030 年部门预算情况说明"];
    check_through("national-budget", titles, text, expected);
}

#[test]
fn a_heading_that_is_a_name_is_the_subject_of_what_stands_below() {
    check(
        "六、一般公共预算“三公”经费支出情况

        2030年“三公”经费预算安排46.00万元。

        （一）公务接待费

        2030年预算安排14.00万元，比上年增加1.00万元。

        （二）公务用车购置及运行费

        2030年预算安排32.00万元。

        公务接待费14.00万元，公务用车购置及运行费32.00万元，“三公”经费46.00万元。",
        "three-public | amount | budget | 46.00 万元 | g0
        30217 | amount | budget | 14.00 万元 | g1
        30217 | change | budget | +1.00 万元 on prior-budget | g1
        vehicles | amount | budget | 32.00 万元 | g2
        30217 | amount | budget | 14.00 万元 | g3
        vehicles | amount | budget | 32.00 万元 | g4
        three-public | amount | budget | 46.00 万元 | g5",
    );
}

#[test]
fn an_item_may_be_a_heading_in_all_but_form() {
    check(
        "十、其他重要事项的情况说明

        1.政府采购情况。

        2030年政府采购预算总额10万元，其中：政府采购货物类预算4万元、政府采购服务类预算6万元。

        2.预算绩效情况说明。

        2030年项目均实行绩效目标管理，共计7个一级项目。",
        "#procurement | amount | budget | 10 万元 | g0
        #procurement.goods | amount | budget | 4 万元 | g1 in g0
        #procurement.services | amount | budget | 6 万元 | g2 in g0
        #performance.projects.count | amount | budget | 7 个 | g3",
    );
}

#[test]
fn revenue_and_expenditure_may_grow_differently() {
    check(
        "二、收入预算情况说明

        2030年收入预算100万元，比上年执行数减少10万元，下降9.1%。

        三、支出预算情况说明

        2030年支出预算100万元，比上年执行数增加20万元，增长25%。",
        "all | amount | budget | 100 万元 | g0
        all | change | budget | -10 万元 on prior-execution | g0
        all | growth | budget | -9.1% on prior-execution | g0
        all | amount | budget | 100 万元 | g1
        all | change | budget | +20 万元 on prior-execution | g1
        all | growth | budget | +25% on prior-execution | g1",
    );
}

#[test]
fn a_change_of_an_unknown_amount_is_not_the_change_of_the_subject_before() {
    check(
        "五、一般公共预算支出情况说明

        2030年一般公共预算支出100.00万元，机关后勤杂项50.00万元，比上年减少3.00万元。

        2030年一般公共预算支出100.00万元。",
        "general-public | amount | budget | 100.00 万元 | g0
        #unproved.said.1 | amount | budget | 50.00 万元 | g1
        #unproved.said.1 | change | budget | -3.00 万元 on prior-budget | g1
        general-public | amount | budget | 100.00 万元 | g2
        ~ 50.00万元 主语不在口径词、科目和项目名称之内，只与同句的数核对
        ~ 3.00万元 主语不在口径词、科目和项目名称之内，只与同句的数核对",
    );
}

#[test]
fn what_procurement_is_paid_from_is_not_the_fund() {
    check(
        "十、其他重要事项的情况说明

        （二）政府采购预算安排情况说明。

        2030年政府采购预算10.00万元，其中：财政专户管理资金安排4.00万元。

        按资金类型划分，单位资金6.00万元。",
        "#procurement | amount | budget | 10.00 万元 | g0
        ~ 4.00万元 政府采购的资金来源，不与报表核对
        ~ 6.00万元 政府采购的资金来源，不与报表核对",
    );
}
