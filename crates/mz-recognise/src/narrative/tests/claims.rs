//! Figures of sentences.

use super::check;

#[test]
fn the_same_words_mean_what_their_section_means() {
    check(
        "三、关于红石市农机局 2030 年支出预算情况说明

        红石市农机局 2030 年支出预算 500.00 万元，其中：

        基本支出 300.00 万元，占 60.00%，比上年预算增加 12.00 万元，增长 4.17%，主要原因是人员增加。

        五、关于红石市农机局 2030 年一般公共预算当年拨款情况说明

        （一）一般公共预算当年拨款规模变化情况

        基本支出 280.00 万元，比上年预算减少 3.00 万元，下降 1.06%。主要原因是压缩开支。",
        "all | amount | budget | 500.00 万元 | g0
        basic | amount | budget | 300.00 万元 | g1 in g0
        basic | share of all | budget | 60.00% | g1 in g0
        basic | change | budget | +12.00 万元 on prior-budget | g1 in g0
        basic | growth | budget | +4.17% on prior-budget | g1 in g0
        general-public/current/basic | amount | budget | 280.00 万元 | g2
        general-public/current/basic | change | budget | -3.00 万元 on prior-budget | g2
        general-public/current/basic | growth | budget | -1.06% on prior-budget | g2
        ? g1 人员增加
        ? g2 压缩开支",
    );
}

#[test]
fn chains_are_one_subject() {
    check(
        "五、关于红石市农机局 2030 年一般公共预算当年拨款情况说明

        - 1、农林水支出（类）95.00 万元，占 50.00%。

        2、农林水支出（类）农业农村（款）行政运行(项)：2030年预算数为95.00万元，比上年预算增加4.75万元，增长5.26%。主要原因是人员工资调整。",
        "general-public/current/213 | amount | budget | 95.00 万元 | g0
        general-public/current/213 | share of general-public/current | budget | 50.00% | g0
        general-public/current/2130101 | amount | budget | 95.00 万元 | g1
        general-public/current/2130101 | change | budget | +4.75 万元 on prior-budget | g1
        general-public/current/2130101 | growth | budget | +5.26% on prior-budget | g1
        ? g1 人员工资调整",
    );
}

#[test]
fn a_comparison_after_a_list_is_about_the_total() {
    check(
        "三、关于红石市农机局 2030 年支出预算情况说明

        2030 年支出预算 100 万元，其中：基本支出 60 万元，项目支出 40 万元，比上年增加 5 万元。
        2030 年支出预算 100 万元，其中：基本支出 60 万元，比上年增加 5 万元，项目支出 40 万元，与上年预算持平。",
        "all | amount | budget | 100 万元 | g0
        basic | amount | budget | 60 万元 | g1 in g0
        project | amount | budget | 40 万元 | g2 in g0
        all | change | budget | +5 万元 on prior-budget | g0
        all | amount | budget | 100 万元 | g3
        basic | amount | budget | 60 万元 | g4 in g3
        basic | change | budget | +5 万元 on prior-budget | g4 in g3
        project | amount | budget | 40 万元 | g5 in g3
        project | change | budget | = on prior-budget | g5 in g3",
    );
}

#[test]
fn a_comparison_in_the_sentence_after_a_list_is_about_the_total() {
    check(
        "三、关于红石市农机局 2030 年支出预算情况说明

        2030 年支出预算 100 万元，其中：基本支出 60 万元，项目支出 40 万元。支出较去年增加 5 万元。
        2030 年支出预算 100 万元，其中：基本支出 60 万元，项目支出 40 万元。2030 年预算比 2029 年预算增加 5 万元，增长 5.26%。
        2030 年支出预算 100 万元，其中：基本支出 60 万元。比上年增加 5 万元。",
        "all | amount | budget | 100 万元 | g0
        basic | amount | budget | 60 万元 | g1 in g0
        project | amount | budget | 40 万元 | g2 in g0
        all | change | budget | +5 万元 on prior-budget | g0
        all | amount | budget | 100 万元 | g3
        basic | amount | budget | 60 万元 | g4 in g3
        project | amount | budget | 40 万元 | g5 in g3
        all | change | budget | +5 万元 on prior-budget | g3
        all | growth | budget | +5.26% on prior-budget | g3
        all | amount | budget | 100 万元 | g6
        basic | amount | budget | 60 万元 | g7 in g6
        basic | change | budget | +5 万元 on prior-budget | g7",
    );
}

#[test]
fn bases_are_told_apart() {
    check(
        "三、关于红石市农机局 2030 年支出预算情况说明

        2030 年支出预算 100 万元，较 2029 年执行数减少 5 万元，下降 4.76%，完成年初预算的 98.5%。
        支出预算比上年决算数增加 3 万元，比 2028 年预算减少 4 万元，与上年相比增长 1%，同比下降 2%。",
        "all | amount | budget | 100 万元 | g0
        all | change | budget | -5 万元 on prior-execution | g0
        all | growth | budget | -4.76% on prior-execution | g0
        all | completion | budget | 98.5% on initial-budget | g0
        all | change | budget | +3 万元 on prior-final | g1
        all | change | budget | -4 万元 on prior-budget | g1
        all | growth | budget | +1% on prior-budget | g1
        all | growth | budget | -2% on prior-budget | g1",
    );
}

#[test]
fn amounts_of_other_years_and_what_they_reach() {
    check(
        "三、关于红石市农机局 2030 年支出预算情况说明

        支出预算 2029 年预算数为 90 万元。支出预算增加到 100 万元。
        1.2.3 万元；支出预算占 50；宣传车改装 7 万元；提高 3 个百分点。",
        "all | amount | priorbudget | 90 万元 | g0
        all | amount | budget | 100 万元 | g1
        ~ 1.2.3 不是一个数
        ~ 50 占比后没有百分号
        ~ 7万元 “宣传车改装”不在口径词、科目和项目名称之内
        ~ 3个百分点 百分点没有可核对的比率",
    );
}

#[test]
fn extraction_noise_is_read_through() {
    check(
        "三、关于红石市农机局 2030 年支出预算情况说明

        红石市农机局２０３０年 支 出 预 算 3, 321.4 5 万 元，其中：**基本支出** 2，295.15 万元（占 69 .10％），
        项目支出 1 026.30 万元，比上年预算增加

        3

        298.96 万元，增长 41.10%。",
        "all | amount | budget | 3,321.45 万元 | g0
        basic | amount | budget | 2,295.15 万元 | g1 in g0
        basic | share of all | budget | 69.10% | g1 in g0
        project | amount | budget | 1,026.30 万元 | g2 in g0
        all | change | budget | +298.96 万元 on prior-budget | g0
        all | growth | budget | +41.10% on prior-budget | g0",
    );
}

#[test]
fn three_public_costs_carry_their_base_through_the_list() {
    check(
        "十、关于红石市农机局2030年财政拨款“三公”经费预算情况说明

        红石市农机局2030年财政拨款“三公”经费预算数为66.92万元，其中：因公出国（境）费0.00万元，公务用车购置费0.00万元，公务用车运行费66.92万元，公务接待费0.00万元。

        2030年财政拨款“三公”经费预算比上年预算减少3.72万元，下降5.27%，其中：因公出国（境）费增加0.00万元，增长0.00%，主要原因是上年度及本年度均未安排此项预算；公务用车运行费减少3.72万元，下降5.27%，主要原因是压减开支；

        公务接待费增加 0.00 万元，增长 0.00%，主要原因是未安排。",
        "appropriation/current/three-public | amount | budget | 66.92 万元 | g0
        appropriation/current/30212 | amount | budget | 0.00 万元 | g1 in g0
        appropriation/current/vehicle-purchase | amount | budget | 0.00 万元 | g2 in g0
        appropriation/current/30231 | amount | budget | 66.92 万元 | g3 in g0
        appropriation/current/30217 | amount | budget | 0.00 万元 | g4 in g0
        appropriation/current/three-public | change | budget | -3.72 万元 on prior-budget | g5
        appropriation/current/three-public | growth | budget | -5.27% on prior-budget | g5
        appropriation/current/30212 | change | budget | +0.00 万元 on prior-budget | g6 in g5
        appropriation/current/30212 | growth | budget | +0.00% on prior-budget | g6 in g5
        appropriation/current/30231 | change | budget | -3.72 万元 on prior-budget | g7 in g5
        appropriation/current/30231 | growth | budget | -5.27% on prior-budget | g7 in g5
        appropriation/current/30217 | change | budget | +0.00 万元 on prior-budget | g8 in g5
        appropriation/current/30217 | growth | budget | +0.00% on prior-budget | g8 in g5
        ? g6 上年度及本年度均未安排此项预算
        ? g7 压减开支
        ? g8 未安排",
    );
}

#[test]
fn brackets_and_numbered_items_nest() {
    check(
        "三、关于红石市农机局 2030 年支出预算情况说明

        2030年收支预算100万元，比上年减少10万元，其中：
        1.收入预算减少10万元，其中一般公共预算收入减少8万元，事业收入减少2万元；
        2.支出预算减少10万元，其中基本支出减少4万元，项目支出减少6万元。
        公务用车购置及运行费17.4万元（其中：公务用车购置费0万元，公务用车运行维护费17.4万元），比上年减少2.5万元。",
        "all | amount | budget | 100 万元 | g0
        all | change | budget | -10 万元 on prior-budget | g0
        all | change | budget | -10 万元 on prior-budget | g1 in g0
        general-public | change | budget | -8 万元 on prior-budget | g2 in g1
        service | change | budget | -2 万元 on prior-budget | g3 in g1
        all | change | budget | -10 万元 on prior-budget | g4 in g0
        basic | change | budget | -4 万元 on prior-budget | g5 in g4
        project | change | budget | -6 万元 on prior-budget | g6 in g4
        vehicles | amount | budget | 17.4 万元 | g7
        vehicle-purchase | amount | budget | 0 万元 | g8 in g7
        30231 | amount | budget | 17.4 万元 | g9 in g7
        vehicles | change | budget | -2.5 万元 on prior-budget | g7",
    );
}
