//! Documents of forms nobody declared: their tables are read from their own headers, their sentences proved by the tables.

use mz_budget::{disclosure::Disclosure, library::Library};

fn read(narrative: &str) -> Disclosure {
    let text = format!(
        "红石市农机局\n\n2030年部门预算\n\n第二部分 2030年部门预算表\n\n收支总表\n\n单位：万元\n\n\
         收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n\
         一、一般公共预算拨款收入\t90.00\t一、农林水支出\t80.00\n\
         二、事业收入\t\t二、住房保障支出\t20.00\n\
         三、其他收入\t6.00\t\t\n\
         本年收入合计\t96.00\t本年支出合计\t100.00\n\
         上年结转\t4.00\t结转下年\t\n\
         收入总计\t100.00\t支出总计\t100.00\n\n\
         项目支出总表\n\n单位：万元\n\n\
         单位名称\t项目名称\t合计\n红石市农机局\t农机购置补贴\t12.00\n红石市农机局\t机库维修\t8.00\n合计\t\t20.00\n\n\
         第三部分 2030年部门预算情况说明\n\n{narrative}"
    );
    let document = mz_document::read(text.as_bytes(), "notation.txt").expect("text is readable");
    crate::recognise(&document, Library::embedded(), Some("national-budget"))
        .expect("the profile exists")
}

#[track_caller]
fn check(narrative: &str, expected: &[&str]) {
    let mut said = super::dump(&read(narrative));
    said.retain(|line| line.contains(" | "));
    assert_eq!(said, expected, "\n{}\n", said.join("\n"));
}

#[test]
fn every_row_of_a_summary_is_placed() {
    let disclosure = read("");
    let printed = |name: &str| {
        let mut rows = disclosure.observations.iter();
        rows.any(|o| {
            o.place.row.as_deref().is_some_and(|row| row.contains(name))
                && o.place.table.as_deref() == Some("收支总表")
        })
    };
    for row in [
        "一般公共预算",
        "事业收入",
        "本年收入",
        "上年结转",
        "农林水",
        "住房保障",
        "收入总计",
    ] {
        assert!(printed(row), "{row} is not placed");
    }
}

#[test]
fn a_title_in_front_is_the_subject() {
    check(
        "一、关于收支总表的说明\n\n（一）其他收入。2030年预算数6.00万元。\n\n收入总计100.00万元，比2029年预算数90.00万元增加10.00万元，增长11.11%。",
        &[
            "other/current | amount | budget | 6.00 万元 | g0",
            "all | amount | budget | 100.00 万元 | g1",
            "all | amount | priorbudget | 90.00 万元 | g1",
            "all | change | budget | +10.00 万元 on prior-budget | g1",
            "all | growth | budget | +11.11% on prior-budget | g1",
        ],
    );
}

#[test]
fn the_change_of_a_side_is_not_that_of_the_fund_named_last() {
    check(
        "二、关于收入总表的说明\n\n收入预算100.00万元，其中：其他收入6.00万元，事业收入0.00万元。收入较上年增加10.00万元。",
        &[
            "all | amount | budget | 100.00 万元 | g0",
            "other/current | amount | budget | 6.00 万元 | g1",
            "service | amount | budget | 0.00 万元 | g2",
            "all | change | budget | +10.00 万元 on prior-budget | g0",
        ],
    );
}

#[test]
fn what_nobody_knows_is_compared_with_itself() {
    let disclosure = read(
        "三、其他重要事项\n\n1.庆典筹备工作55.00万元，主要包括：彩排15.00万元，用于彩排；布置40.00万元，用于布置。较2029年预算增加5.00万元，增长10.00%。",
    );
    let claims: Vec<_> = disclosure.claims.iter().collect();
    assert_eq!(claims.len(), 5, "{:?}", super::dump(&disclosure));
    let of_item = claims.iter().filter(|claim| claim.group == claims[0].group);
    assert_eq!(of_item.count(), 3, "{:?}", super::dump(&disclosure));
    assert_eq!(disclosure.unproved.len(), 5, "they stay listed as unproved");
}

#[test]
fn a_slipped_digit_of_a_named_heading_contradicts_the_tables() {
    check(
        "二、关于支出总表的说明\n\n住房保障支出20.10万元。",
        &["221/spent | amount | budget | 20.10 万元 | g0"],
    );
}

#[test]
fn money_behind_the_name_of_a_heading_is_the_headings() {
    check(
        "二、关于支出总表的说明\n\n（1）农林水支出：财政拨款80.00万元。\n\n（2）农林水支出类科目80.00万元。",
        &[
            "213/spent | amount | budget | 80.00 万元 | g0",
            "213/spent | amount | budget | 80.00 万元 | g1",
        ],
    );
}

#[test]
fn a_list_with_the_rest_leaves_nothing_out() {
    check(
        "四、国有资产占用情况\n\n共有车辆5辆，其中：应急保障用车1辆、其他用车3辆。",
        &[
            "#vehicles.count | amount | budget | 5 辆 | g0",
            "#vehicles.emergency.count | amount | budget | 1 辆 | g1 in g0",
            "#vehicles.other.count | amount | budget | 3 辆 | g2 in g0",
        ],
    );
}

#[test]
fn a_name_in_quotation_marks_is_one_whatever_words_are_in_it() {
    check(
        "二、关于支出总表的说明\n\n1.“农林水支出”科目80.00万元，主要用于人员经费。\n\n2.“住房保障支出”科目20.00万元。",
        &[
            "213/spent | amount | budget | 80.00 万元 | g0",
            "221/spent | amount | budget | 20.00 万元 | g1",
        ],
    );
}

#[test]
fn what_is_to_be_bought_or_disposed_of_is_not_what_is_there() {
    check(
        "四、国有资产占用情况\n\n共有公务用车3辆，其中：机要通信用车1辆，应急保障用车1辆，其他按照规定配备的公务用车1辆。\
         2030年拟新增配置公务用车2辆，其中：机要通信用车2辆，应急保障用车0辆。2030年拟报废处置公务用车1辆。",
        &[
            "#vehicles.count | amount | budget | 3 辆 | g0",
            "#vehicles.confidential.count | amount | budget | 1 辆 | g1 in g0",
            "#vehicles.emergency.count | amount | budget | 1 辆 | g2 in g0",
            "#vehicles.other.count | amount | budget | 1 辆 | g3 in g0",
            "#plan.vehicles.count | amount | budget | 2 辆 | g4",
            "#plan.vehicles.confidential.count | amount | budget | 2 辆 | g5 in g4",
            "#plan.vehicles.emergency.count | amount | budget | 0 辆 | g6 in g4",
            "#disposal.vehicles.count | amount | budget | 1 辆 | g7",
        ],
    );
}

/// Amounts that the tables bear out, and with them the words of the document.
const BORNE_OUT: &str = "二、关于支出总表的说明\n\n收入预算100.00万元，支出预算100.00万元。\n\n农林水支出80.00万元，住房保障支出20.00万元。\n\n";

#[test]
fn where_the_words_are_borne_out_a_figure_of_any_size_contradicts_the_tables() {
    let said = |text: &str| super::dump(&read(&format!("{BORNE_OUT}{text}")));
    let words = "一般公共预算拨款收入31.00万元。";
    assert!(
        said(words)
            .contains(&"general-public/current | amount | budget | 31.00 万元 | g3".to_owned()),
        "{:?}",
        said(words)
    );
    // Words that are not all understood may speak of something else.
    let words = "直属农场一般公共预算拨款收入31.00万元。";
    let is_withdrawn = said(words)
        .iter()
        .any(|line| line.starts_with("~ 31.00万元"));
    assert!(is_withdrawn, "{:?}", said(words));
}

#[test]
fn an_increase_beyond_the_amount_is_kept_where_the_words_are_borne_out() {
    let text = format!("{BORNE_OUT}其他收入6.00万元，比上年增加50.00万元。");
    let said = super::dump(&read(&text));
    let change = "other/current | change | budget | +50.00 万元 on prior-budget | g3";
    assert!(said.contains(&change.to_owned()), "{said:?}");
}

#[test]
fn what_is_newly_equipped_is_planned() {
    check(
        "四、国有资产占用情况\n\n共有车辆2辆。2030年拟新增配备车辆1辆，其中，应急保障用车0辆、其他按照规定配备的公务用车2辆。",
        &[
            "#vehicles.count | amount | budget | 2 辆 | g0",
            "#plan.vehicles.count | amount | budget | 1 辆 | g1",
            "#plan.vehicles.emergency.count | amount | budget | 0 辆 | g2 in g1",
            "#plan.vehicles.other.count | amount | budget | 2 辆 | g3 in g1",
        ],
    );
}

#[test]
fn dear_equipment_is_not_all_equipment() {
    check(
        "四、国有资产占用情况\n\n设备300.00万元。单价100万元以上设备2台，共计250.00万元。",
        &[
            "#equipment.value | amount | budget | 300.00 万元 | g0",
            "#equipment.100.count | amount | budget | 2 台 | g1",
            "#equipment.100.value | amount | budget | 250.00 万元 | g1",
        ],
    );
}

/// Whether a line is among what was read behind the borne out amounts.
#[track_caller]
fn check_behind(narrative: &str, expected: &str) {
    let said = super::dump(&read(&format!("{BORNE_OUT}{narrative}")));
    assert!(said.iter().any(|line| line == expected), "{said:?}");
}

#[test]
fn certain_words_do_not_name_one_fund_and_mean_another() {
    check_behind(
        "收入预算100.00万元，其中：一般公共预算拨款收入6.00万元，其他收入6.00万元。",
        "general-public/current | amount | budget | 6.00 万元 | g4",
    );
}

#[test]
fn the_number_of_an_item_and_the_dash_behind_a_code_are_understood() {
    check_behind(
        "（二）213-农林水支出6.00万元。",
        "213/spent | amount | budget | 6.00 万元 | g3",
    );
}

#[test]
fn people_are_divided_in_several_ways() {
    check(
        "二、机构设置情况\n\n人员编制20人，其中行政编制12人，事业编制9人；实有人员18人，其中：在职人员10人，离退休人员7人。",
        &[
            "#headcount.establishment | amount | budget | 20 人 | g0",
            "#headcount.establishment.administrative | amount | budget | 12 人 | g1 in g0",
            "#headcount.establishment.institution | amount | budget | 9 人 | g2 in g0",
            "#headcount.actual | amount | budget | 18 人 | g3 in g0",
            "#headcount.active | amount | budget | 10 人 | g4 in g3",
            "#headcount.all-retired | amount | budget | 7 人 | g5 in g3",
        ],
    );
}
