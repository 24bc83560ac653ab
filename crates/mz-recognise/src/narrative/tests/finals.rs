//! How final accounts speak of counts, projects and the year before.

use super::check_through;

/// Compares what a text says with the lines expected.
#[track_caller]
fn check(text: &str, expected: &str) {
    let titles = ["2030 年度部门决算", "2030 年度部门决算情况说明"];
    check_through("national-final", titles, text, expected);
}

#[test]
fn guests_are_those_of_the_groups_before_them() {
    check(
        "七、财政拨款“三公”经费支出决算情况说明

        2030年因公出国（境）团组1个，人数3人；国内公务接待批次40个，接待人次320人；国（境）外公务接待批次2个，接待人次14人。",
        "#overseas.groups | amount | final | 1 个 | g0
        #overseas.persons | amount | final | 3 人 | g1
        #reception.batches | amount | final | 40 个 | g2
        #reception.persons | amount | final | 320 人 | g3
        #reception.abroad.batches | amount | final | 2 个 | g4
        #reception.abroad.persons | amount | final | 14 人 | g5",
    );
}

#[test]
fn a_comparison_behind_brackets_is_of_what_stood_before_them() {
    check(
        "七、财政拨款“三公”经费支出决算情况说明

        “三公”经费支出决算14.00万元，其中：因公出国（境）费支出0万元，与上年持平；公务用车购置及运行维护费支出12.00万元（其中：公务用车购置费支出0万元，公务用车运行维护费支出12.00万元），比上年增加2.00万元；公务接待费支出2.00万元，比上年减少1.00万元。",
        "appropriation/spent/three-public | amount | final | 14.00 万元 | g0
        appropriation/spent/30212 | amount | final | 0 万元 | g1 in g0
        appropriation/spent/30212 | change | final | = on prior-final | g1 in g0
        appropriation/spent/vehicles | amount | final | 12.00 万元 | g2 in g0
        appropriation/spent/vehicle-purchase | amount | final | 0 万元 | g3 in g2
        appropriation/spent/30231 | amount | final | 12.00 万元 | g4 in g2
        appropriation/spent/vehicles | change | final | +2.00 万元 on prior-final | g2 in g0
        appropriation/spent/30217 | amount | final | 2.00 万元 | g5 in g0
        appropriation/spent/30217 | change | final | -1.00 万元 on prior-final | g5 in g0",
    );
}

#[test]
fn an_item_outside_a_list_of_parts_is_of_the_list_above() {
    check(
        "七、财政拨款“三公”经费支出决算情况说明

        “三公”经费支出决算14.00万元，其中：公务用车购置及运行维护费支出12.00万元；其中：公务用车购置费支出0万元；公务用车运行维护费支出12.00万元；公务接待费支出2.00万元。",
        "appropriation/spent/three-public | amount | final | 14.00 万元 | g0
        appropriation/spent/vehicles | amount | final | 12.00 万元 | g1 in g0
        appropriation/spent/vehicle-purchase | amount | final | 0 万元 | g2 in g1
        appropriation/spent/30231 | amount | final | 12.00 万元 | g3 in g1
        appropriation/spent/30217 | amount | final | 2.00 万元 | g4 in g0",
    );
}

#[test]
fn the_comparison_with_last_year_goes_on_behind_the_reason_of_another() {
    check(
        "七、财政拨款“三公”经费支出决算情况说明

        公务接待费支出预算为5.00万元，支出决算为3.00万元，决算数小于预算数的主要原因是厉行节约，与上年相比减少1.00万元，下降25.00%。",
        "appropriation/spent/30217 | amount | budget | 5.00 万元 | g0
        appropriation/spent/30217 | amount | final | 3.00 万元 | g0
        appropriation/spent/30217 | change | final | - on initial-budget | g0
        appropriation/spent/30217 | change | final | -1.00 万元 on prior-final | g0
        appropriation/spent/30217 | growth | final | -25.00% on prior-final | g0
        ? g0 厉行节约",
    );
}

#[test]
fn one_figure_for_several_subjects_is_none_of_theirs() {
    check(
        "三、支出决算情况说明

        2030年度支出合计10.00万元，其中：基本支出10.00万元；上缴上级支出、经营支出、对附属单位补助支出共0.00万元。",
        "spent | amount | final | 10.00 万元 | g0
        basic | amount | final | 10.00 万元 | g1 in g0
        ~ 0.00万元 “上缴上级支出、经营支出”不在口径词、科目和项目名称之内",
    );
}

#[test]
fn projects_are_told_one_by_one() {
    check(
        "十、预算绩效情况说明

        播种项目绩效自评综述：全年预算数为50.00万元，执行数为40.00万元，完成预算的80.00%。

        收割项目绩效自评综述：全年预算数为20.00万元，执行数为20.00万元，完成预算的100.00%。",
        "#performance.project.0 | amount | adjusted | 50.00 万元 | g0
        #performance.project.0 | amount | final | 40.00 万元 | g0
        #performance.project.0 | completion | final | 80.00% on adjusted-budget | g0
        #performance.project.1 | amount | adjusted | 20.00 万元 | g1
        #performance.project.1 | amount | final | 20.00 万元 | g1
        #performance.project.1 | completion | final | 100.00% on adjusted-budget | g1",
    );
}

#[test]
fn words_before_a_short_word_make_another_thing_of_it() {
    check(
        "十、国有资产占用情况说明

        资产总额90.00万元，其中：固定资产70.00万元，在建工程20.00万元。出租车辆1辆。基本工资、津贴补贴等人员经费5.00万元。",
        "#assets.value | amount | final | 90.00 万元 | g0
        #assets.fixed.value | amount | final | 70.00 万元 | g1 in g0
        #assets.construction.value | amount | final | 20.00 万元 | g2 in g0
        personnel | amount | final | 5.00 万元 | g3
        ~ 1辆 “出租车辆”不在口径词、科目和项目名称之内",
    );
}
