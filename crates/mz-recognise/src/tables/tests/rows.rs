//! What each row and each cell is.

use super::*;

const EXPENDITURE: &str = "科目\t\t\t\t支出预算\t\t\n类\t款\t项\t功能分类科目名称\t合计\t基本支出\t项目支出\n※\t※\t※\t※\t1\t2\t3\n";

#[test]
fn unread_blank_and_zero_are_three_readings() {
    let disclosure = read(&titled(
        "单位支出总体情况表",
        &format!(
            "{EXPENDITURE}\t\t\t总计\t1,00 7.50\t0.00\tXX.XX\n201\t\t\t一般公共服务支出\t1,007.50\t\t—"
        ),
    ));
    let readings: Vec<&Reading> = disclosure
        .observations
        .iter()
        .take(6)
        .map(|o| &o.reading)
        .collect();
    assert_eq!(
        figures(&disclosure)[..3],
        ["合计 = 1,007.50", "基本支出 = 0.00", "项目支出 = ？XX.XX"]
    );
    assert_eq!(
        readings.iter().filter(|r| ***r == Reading::Blank).count(),
        2
    );
    assert_eq!(problems(&disclosure), ["cell-unread"]);
    let table = table(&disclosure, "expenditure");
    assert_eq!(
        (table.n_values, table.n_unread, table.is_nil),
        (3, 1, false)
    );
    let place = &disclosure
        .observations
        .first()
        .expect("there are cells")
        .place;
    assert_eq!(
        (
            place.quote.as_str(),
            place.row.as_deref(),
            place.column.as_deref()
        ),
        ("1,00 7.50", Some("总计"), Some("支出预算/合计"))
    );
}

#[test]
fn codes_are_understood_as_spreadsheets_leave_them() {
    let grid = "科目\t\t一般公共预算基本支出\t\t\n类\t款\t经济分类科目名称\t合计\t人员经费\t公用经费\n※\t※\t※\t1\t2\t3\n\
        \t\t总计\t6.00\t6.00\t\n301\t\t工资福利支出\t6.00\t6.00\t\n301\t2\t津贴补贴\t4.00\t4.00\t\n\t03\t奖金\t2.00\t2.00\t\n";
    let disclosure = read(&titled("一般公共预算基本支出情况表", grid));
    assert_eq!(
        codes(&disclosure, "basic-expenditure"),
        ["301", "30102", "30103"]
    );
    assert_eq!(problems(&disclosure), ["code-zero-lost"]);
    assert_eq!(n_conflicts(&disclosure), 0);
}

#[test]
fn rows_without_a_code_are_known_by_their_name() {
    let disclosure = read(&titled(
        "单位支出总体情况表",
        &format!(
            "{EXPENDITURE}\t\t\t总计\t7.00\t7.00\t\n\t\t\t社会保障和就业 支出\t7.00\t7.00\t\n\t\t\t行政事业单位养老支出\t7.00\t7.00\t"
        ),
    ));
    assert_eq!(codes(&disclosure, "expenditure"), ["208", "20805"]);
    assert_eq!(problems(&disclosure), [""; 0]);
}

#[test]
fn unknown_rows_are_kept_and_said() {
    let disclosure = read(&titled(
        "单位支出总体情况表",
        &format!(
            "{EXPENDITURE}\t\t\t总计\t7.00\t7.00\t\n\t\t\t不知名的一行\t7.00\t7.00\t\n注：含上年结转。\t\t\t\t\t\t\n\t\t\t\t\t\t"
        ),
    ));
    let kinds: Vec<&RowKind> = table(&disclosure, "expenditure")
        .rows
        .iter()
        .map(|row| &row.kind)
        .collect();
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| ***kind == RowKind::Unknown)
            .count(),
        1
    );
    assert_eq!(
        kinds.iter().filter(|kind| ***kind == RowKind::Note).count(),
        1
    );
    assert_eq!(problems(&disclosure), ["row-unknown"]);
    assert_eq!(figures(&disclosure).len(), 2);
}

#[test]
fn an_unlisted_code_keeps_its_printed_name_and_its_parents() {
    let disclosure = read(&titled(
        "单位支出总体情况表",
        &format!("{EXPENDITURE}\t\t\t总计\t7.00\t\t7.00\n201\t03\t77\t某项事务\t7.00\t\t7.00"),
    ));
    assert_eq!(codes(&disclosure, "expenditure"), ["2010377"]);
    assert_eq!(figures(&disclosure)[2], "某项事务 = 7.00");
    assert_eq!(n_conflicts(&disclosure), 0);
}

#[test]
fn fixed_lines_of_one_name_are_told_apart_by_their_order() {
    let grid = "收入\t\t支出\t\n项目\t预算数\t支出功能分类\t预算数\n\
        一、本年收入\t9.00\t201 一般公共服务支出\t8.00\n1．一般公共预算拨款\t6.00\t208 社会保障和就业支出\t2.00\n\
        4．财政专户核拨\t2.00\t\t\n5.单位资金\t1.00\t\t\n其中:事业收入\t1.00\t\t\n\
        二、上年结转结余\t1.00\t\t\n1、财政拨款结转\t1.00\t\t\n一般公共预算拨款\t1.00\t\t\n收入总计\t10.00\t支出总计\t10.00";
    let disclosure = read(&titled("部门收支总体情况表", grid));
    assert_eq!(
        figures(&disclosure),
        [
            "本年 = 9.00",
            "一般公共预算·本年 = 6.00",
            "财政专户管理资金·本年 = 2.00",
            "单位资金·本年 = 1.00",
            "事业收入·本年 = 1.00",
            "上年结转结余 = 1.00",
            "财政拨款·上年结转结余 = 1.00",
            "一般公共预算·上年结转结余 = 1.00",
            "合计 = 10.00",
            "一般公共服务支出 = 8.00",
            "社会保障和就业支出 = 2.00",
            "合计 = 10.00",
        ]
    );
    assert_eq!(
        (n_conflicts(&disclosure), problems(&disclosure).len()),
        (0, 0)
    );
}

#[test]
fn junk_of_any_size_is_read_without_harm() {
    use std::fmt::Write;
    let mut rows = String::new();
    for n in 0..12_000 {
        let _ = writeln!(rows, "{}\t{n:04}号项目\t1.00\t\t", 2_000_000 + n);
    }
    let disclosure = read(&titled(
        "单位支出总体情况表",
        &format!("编码\t名称\t合计\t基本支出\t项目支出\n{rows}"),
    ));
    assert_eq!(problems(&disclosure), ["rows-left-out"]);
    assert_eq!(table(&disclosure, "expenditure").n_values, 10_000);
    let wide = "1\t".repeat(5_000);
    assert_eq!(read(&titled("单位支出总体情况表", &wide)).tables.len(), 0);
}

const PROJECTS: &str = "科目编码\t\t\t功能分类科目名称\t项目名称\t项目支出 合计\t工资福利 支出\t商品服务 支出\t对个人和 家庭的补 助\t债务利息及费用支出\t资本性支出（基本 建设）\t资本性支 出\t对企业补助（基本建设）\t对企业补助\t对社会保障基金补助\t其他支出\n类\t款\t项\t\t\t\t\t\t\t\t\t\t\t\t\t\n※\t※\t※\t※\t※\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\n";

#[test]
fn projects_stand_under_their_function_and_keep_their_names() {
    let grid = format!(
        "{PROJECTS}\t\t\t总计\t\t9.00\t\t9.00\t\t\t\t\t\t\t\t\n201\t\t\t一般公共服务支出\t\t9.00\t\t9.00\t\t\t\t\t\t\t\t\n\
        201\t03\t02\t一般行政管理事务\t网站 运行经费\t4.00\t\t4.00\t\t\t\t\t\t\t\t\n\
        201\t03\t02\t一般行政管理事务\t会务经费\t3.00\t\t3.00\t\t\t\t\t\t\t\t\n\
        201\t03\t02\t一般行政管理事务\t会务经费\t2.00\t\t2.00\t\t\t\t\t\t\t\t"
    );
    let disclosure = read(&titled("一般公共预算项目支出情况表", &grid));
    let inner: Vec<&str> = table(&disclosure, "project-expenditure")
        .rows
        .iter()
        .filter_map(|row| row.inner.as_deref())
        .collect();
    assert_eq!(inner, ["网站运行经费", "会务经费", "会务经费"]);
    assert!(
        figures(&disclosure).contains(
            &"一般公共预算·本年·一般行政管理事务·项目支出·商品和服务支出·网站运行经费 = 4.00"
                .to_owned()
        )
    );
    // Two rows of one name are two projects, and said to be.
    assert_eq!(
        (problems(&disclosure), n_conflicts(&disclosure)),
        (vec!["row-repeated"], 0)
    );
}

const CARRIED: &str = "项目名称\t总计\t财政拨款\t\t\t\t非财政拨款\t\t\t\n\t\t合计\t基本支出\t\t项目支出\t合计\t基本支出\t\t项目支出\n\t\t\t人员经费\t公用经费\t\t\t人员经费\t公用经费\t\n※\t1\t2\t3\t4\t5\t6\t7\t8\t9\n";

#[test]
fn the_row_of_the_unit_itself_repeats_the_total() {
    let grid = format!(
        "{CARRIED}总计\t5.00\t5.00\t\t\t5.00\t\t\t\t\n甲市乙局\t5.00\t5.00\t\t\t5.00\t\t\t\t\n网站运行经费\t5.00\t5.00\t\t\t5.00\t\t\t\t"
    );
    let disclosure = read(&titled("上年结转结余情况明细表", &grid));
    let totals = table(&disclosure, "carry-over")
        .rows
        .iter()
        .filter(|row| row.kind == RowKind::Total)
        .count();
    assert_eq!(totals, 2);
    assert_eq!(
        (n_conflicts(&disclosure), problems(&disclosure).len()),
        (0, 0)
    );
}

#[test]
fn rows_of_several_units_are_subtotals() {
    let grid = format!(
        "{CARRIED}总计\t9.00\t7.00\t\t\t7.00\t2.00\t\t\t2.00\n甲市乙局\t5.00\t5.00\t\t\t5.00\t\t\t\t\n网站运行经费\t5.00\t5.00\t\t\t5.00\t\t\t\t\n\
        甲市乙局信息中心\t4.00\t2.00\t\t\t2.00\t2.00\t\t\t2.00\n机房改造\t3.00\t2.00\t\t\t2.00\t1.00\t\t\t1.00\n服务中心\t1.00\t\t\t\t\t1.00\t\t\t1.00"
    );
    let disclosure = read(&titled("上年结转结余情况明细表", &grid));
    let figures = figures(&disclosure);
    assert!(
        figures.contains(&"上年结转结余·甲市乙局信息中心 = 4.00".to_owned()),
        "{figures:?}"
    );
    assert!(
        figures.contains(
            &"非财政拨款·上年结转结余·项目支出·服务中心·甲市乙局信息中心 = 1.00".to_owned()
        ),
        "{figures:?}"
    );
    assert_eq!(
        (n_conflicts(&disclosure), problems(&disclosure).len()),
        (0, 0)
    );
}
