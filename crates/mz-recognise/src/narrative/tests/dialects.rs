//! How other provinces and final accounts speak, as far as the national wording alone can follow.

use super::check;

#[test]
fn sources_with_comparisons_of_their_own() {
    check(
        "2030年，红石市农机局收入预算211.18万元，其中：财政拨款收入211.18万元，比2029年预算增加50.00万元；事业收入0万元；其他收入0万元。

        支出预算211.18万元，其中：财政拨款支出预算211.18万元，比2029年预算增加50.00万元。财政拨款支出预算中，一般公共预算拨款支出预算211.18万元，比2029年预算增加50.00万元；政府性基金拨款支出预算0万元，与2029年预算持平。",
        "all | amount | budget | 211.18 万元 | g0
        appropriation | amount | budget | 211.18 万元 | g1 in g0
        appropriation | change | budget | +50.00 万元 on prior-budget | g1 in g0
        service | amount | budget | 0 万元 | g2 in g0
        other | amount | budget | 0 万元 | g3 in g0
        all | amount | budget | 211.18 万元 | g4
        appropriation | amount | budget | 211.18 万元 | g5 in g4
        appropriation | change | budget | +50.00 万元 on prior-budget | g5 in g4
        general-public | amount | budget | 211.18 万元 | g6
        general-public | change | budget | +50.00 万元 on prior-budget | g6
        government-managed | amount | budget | 0 万元 | g7
        government-managed | change | budget | = on prior-budget | g7",
    );
}

#[test]
fn budget_and_outturn_of_one_heading() {
    check(
        "四、关于红石市农机局 2030 年财政拨款收支预算情况的总体说明

        1. “农林水支出”科目15.00万元，主要用于机关运转。

        2. 农林水支出（类）农业农村（款）行政运行（项）。年初预算为10.00万元，支出决算为9.85万元，完成年初预算的98.50%，决算数小于年初预算数的主要原因是厉行节约。

        3.公务接待费预算为0万元，决算数为0万元，完成预算的0%。",
        "appropriation/current/213 | amount | budget | 15.00 万元 | g0
        appropriation/current/2130101 | amount | budget | 10.00 万元 | g1
        appropriation/current/2130101 | amount | final | 9.85 万元 | g1
        appropriation/current/2130101 | completion | budget | 98.50% on initial-budget | g1
        appropriation/current/2130101 | change | budget | - on initial-budget | g1
        appropriation/current/30217 | amount | budget | 0 万元 | g2
        appropriation/current/30217 | amount | final | 0 万元 | g2
        appropriation/current/30217 | completion | budget | 0% on initial-budget | g2
        ? g1 厉行节约",
    );
}

#[test]
fn both_totals_in_one_clause() {
    check(
        "2030年度收入总计34.56万元、支出总计34.56万元。与2029年度相比，收、支总计各增加2.00万元，增长6.14%。主要原因是人员增加3人，增加支出2万元。",
        "all | amount | budget | 34.56 万元 | g0
        all | amount | budget | 34.56 万元 | g0
        all | change | budget | +2.00 万元 on prior-budget | g1
        all | growth | budget | +6.14% on prior-budget | g1
        ? g1 人员增加3人，增加支出2万元
        ~ 3人 原因说明中的数字
        ~ 2万元 原因说明中的数字",
    );
}
