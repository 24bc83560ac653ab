//! Which grid column means what.

use super::*;

const INCOME_HEADER: &str = "\
功能分类科目编码\t\t\t功能分类科目名称\t总计\t财政拨款（补助）\t\t\t\t\t\t财政专户（教育收费）\t单位资金\t财政拨款结转\t非财政拨款结转结余\t
类\t款\t项\t\t\t财政拨款（补助）小计\t一般公共预算\t上级一般公共预算安排的转移支付\t政府性基金预算\t上级政府性基金安排的转移支付\t国有资本经营预算\t\t\t\t\t上级国有资本经营预算安排的转移支付";
const INCOME_RULER: &str = "※\t※\t※\t※\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11\t12";

#[test]
fn the_ruler_gives_the_true_columns_under_a_shifted_header() {
    let rows = "\t\t\t总计\t20.00\t10.00\t8.00\t\t2.00\t\t\t\t1.00\t2.00\t3.00\t4.00";
    let with = read(&titled(
        "单位收入总体情况表",
        &format!("{INCOME_HEADER}\n{INCOME_RULER}\n{rows}"),
    ));
    let expected = [
        "合计 = 20.00",
        "财政拨款·本年 = 10.00",
        "一般公共预算（一般财力）·本年 = 8.00",
        "政府性基金预算（本级收入）·本年 = 2.00",
        "财政专户管理资金·本年 = 1.00",
        "单位资金·本年 = 2.00",
        "财政拨款·上年结转结余 = 3.00",
        "非财政拨款·上年结转结余 = 4.00",
    ];
    assert_eq!(figures(&with), expected);
    assert_eq!(
        table(&with, "income").ruler.as_deref(),
        Some(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12][..])
    );
    // Without the ruler the width of the grid says the same, whatever the shifted words say.
    let without = read(&titled(
        "单位收入总体情况表",
        &format!("{INCOME_HEADER}\n{rows}"),
    ));
    assert_eq!(figures(&without), expected);
}

#[test]
fn columns_in_another_order_are_known_by_their_words() {
    let grid = "科目\t\t\t\t一般公共预算支出\t\t\n\
        类\t款\t项\t功能分类科目名称\t项目支出\t基本支出\t合计\n\
        \t\t\t总计\t3.00\t4.00\t7.00\n\
        201\t\t\t一般公共服务支出\t3.00\t4.00\t7.00";
    let disclosure = read(&titled("一般公共预算支出情况表", grid));
    let figures = figures(&disclosure);
    assert!(
        figures.contains(&"一般公共预算·本年·项目支出 = 3.00".to_owned()),
        "{figures:?}"
    );
    assert!(
        figures.contains(&"一般公共预算·本年 = 7.00".to_owned()),
        "{figures:?}"
    );
}

#[test]
fn one_code_column_is_as_good_as_three() {
    let grid = "科目编码\t科目名称\t合计\t基本支出\t项目支出\n\
        \t合计\t7.00\t4.00\t3.00\n\
        201\t一般公共服务支出\t7.00\t4.00\t3.00\n\
        20103\t政府办公厅（室）及相关机构事务\t7.00\t4.00\t3.00\n\
        2010301\t行政运行\t4.00\t4.00\t\n\
        2010302\t一般行政管理事务\t3.00\t\t3.00";
    let disclosure = read(&titled("一般公共预算支出情况表", grid));
    assert_eq!(
        codes(&disclosure, "general-public-expenditure"),
        ["201", "20103", "2010301", "2010302"]
    );
    assert_eq!(figures(&disclosure).len(), 13);
    assert_eq!(
        (n_conflicts(&disclosure), problems(&disclosure).len()),
        (0, 0)
    );
}

fn income_with(rows: &str) -> Disclosure {
    read(&titled(
        "单位收入总体情况表",
        &format!("{INCOME_HEADER}\n{INCOME_RULER}\n{rows}"),
    ))
}

#[test]
fn the_transfer_column_is_added_or_contained_as_the_rows_say() {
    let rows = |own: &str, n: usize| {
        let lines = [
            format!("\t\t\t总计\t10.00\t10.00\t{own}\t4.00\t\t\t\t\t\t\t\t"),
            format!("201\t\t\t一般公共服务支出\t10.00\t10.00\t{own}\t4.00\t\t\t\t\t\t\t\t"),
            format!(
                "201\t03\t\t政府办公厅（室）及相关机构事务\t10.00\t10.00\t{own}\t4.00\t\t\t\t\t\t\t\t"
            ),
        ];
        lines.get(..n).unwrap_or(&[]).join("\n")
    };
    let whole = |disclosure: &Disclosure, name: &str| {
        figures(disclosure).iter().any(|f| f.starts_with(name))
    };
    let added = income_with(&rows("6.00", 3));
    assert!(whole(&added, "一般公共预算（一般财力）·本年 = 6.00"));
    let contained = income_with(&rows("10.00", 3));
    assert!(whole(&contained, "一般公共预算·本年 = 10.00"));
    assert_eq!(n_conflicts(&contained), 0);
    // One row that does not add up is a wrong figure, not another reading.
    let wrong = income_with(&rows("10.00", 1));
    assert!(whole(&wrong, "一般公共预算（一般财力）·本年 = 10.00"));
}

#[test]
fn a_table_goes_on_after_a_page_break() {
    let head = "科目\t\t\t\t支出预算\t\t\n类\t款\t项\t功能分类科目名称\t合计\t基本支出\t项目支出\n※\t※\t※\t※\t1\t2\t3\n";
    let first = "\t\t\t总计\t7.00\t4.00\t3.00\n201\t\t\t一般公共服务支出\t5.00\t2.00\t3.00";
    let second = "208\t\t\t社会保障和就业支出\t2.00\t2.00\t";
    for between in [
        "\n\n- 3 -\n\n",
        &format!("\n\n单位支出总体情况表（续表）\n\n单位：万元\n\n{head}"),
        &format!("\n\n{head}"),
    ] {
        let text = titled(
            "单位支出总体情况表",
            &format!("{head}{first}{between}{second}"),
        );
        let disclosure = read(&text);
        assert_eq!(disclosure.tables.len(), 1, "{between}");
        assert_eq!(
            codes(&disclosure, "expenditure"),
            ["201", "208"],
            "{between}"
        );
        assert_eq!(table(&disclosure, "expenditure").blocks.len(), 2);
        assert_eq!(n_conflicts(&disclosure), 0);
        let last = disclosure
            .observations
            .iter()
            .find(|o| o.place.row.as_deref() == Some("社会保障和就业支出"));
        let line = text
            .lines()
            .position(|line| line.starts_with("208"))
            .and_then(|i| u32::try_from(i + 1).ok());
        assert_eq!(last.and_then(|o| o.place.line), line);
    }
    let stranger = read(
        &(titled("单位支出总体情况表", &format!("{head}{first}")) + "政府采购情况表\n\n" + second),
    );
    assert_eq!(codes(&stranger, "expenditure"), ["201"]);
}

#[test]
fn titles_count_and_numbers_do_not() {
    let grid = "科目\t\t\t\t支出预算\t\t\n类\t款\t项\t功能分类科目名称\t合计\t基本支出\t项目支出\n※\t※\t※\t※\t1\t2\t3\n\t\t\t总计\t7.00\t4.00\t3.00";
    for title in [
        "表 5\n\n部门支出总体情况表",
        "甲市乙局2024年单位支出总体情况表",
        "三、单位支出总体情况表",
        "表3：部门支出总体情況表",
    ] {
        let disclosure = read(&titled(title, grid));
        assert_eq!(
            disclosure
                .tables
                .iter()
                .map(|t| t.id.as_str())
                .collect::<Vec<_>>(),
            ["expenditure"],
            "{title}"
        );
    }
    let inside = read(&format!(
        "单位支出总体情况表\t\t\t\t\t\t\n编制单位：甲市乙局\t\t\t\t\t\t单位：元\n{grid}"
    ));
    let table = table(&inside, "expenditure");
    assert_eq!(
        (table.prepared_by.as_deref(), table.money_unit.as_deref()),
        (Some("甲市乙局"), Some("元"))
    );
    let fen = inside.observations.iter().find_map(|o| match &o.reading {
        Reading::Value(money) => money.fen(),
        _ => None,
    });
    assert_eq!(fen.map(|fen| fen.0), Some(700));
    assert_eq!(read(&titled("政府采购情况表", grid)).tables.len(), 0);
}

#[test]
fn a_table_without_a_title_is_known_by_its_header() {
    let grid = "科目\t\t\t\t政府性基金预算支出\t\t\t\n\
        功能分类科目编码\t\t\t功能分类科目名称\t合计\t基本支出\t\t项目支出\n\
        类\t款\t项\t\t\t人员经费\t公用经费\t\n\
        \t\t\t总计\t5.00\t\t\t5.00\n\
        212\t\t\t城乡社区支出\t5.00\t\t\t5.00";
    let disclosure = read(&format!("第二部分 单位预算公开表\n\n{grid}"));
    assert_eq!(
        disclosure
            .tables
            .iter()
            .map(|t| t.id.as_str())
            .collect::<Vec<_>>(),
        ["government-managed-expenditure"]
    );
    assert_eq!(problems(&disclosure), ["table-without-title"]);
    // A title in words the profile does not know is as good as none, if it is alike.
    let reworded = read(&titled("政府性基金支出预算表", grid));
    let table = table(&reworded, "government-managed-expenditure");
    assert_eq!(
        (table.title.as_str(), problems(&reworded).len()),
        ("政府性基金支出预算表", 0)
    );
}

#[test]
fn pipes_are_tables_too() {
    let grid = "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n| | 总计 | 7.00 | 4.00 | 3.00 |\n| 201 | 一般公共服务支出 | 7.00 | 4.00 | 3.00 |";
    let disclosure = read(&titled("单位支出总体情况表", grid));
    assert_eq!(figures(&disclosure).len(), 6);
    assert_eq!(codes(&disclosure, "expenditure"), ["201"]);
}

/// Figures of a document read from its own headers, as slice names and amounts.
fn read_from_headers(text: &str) -> Vec<String> {
    let document = mz_document::read(text.as_bytes(), "piece.html").expect("HTML is readable");
    let library = mz_budget::library::Library::embedded();
    let disclosure =
        crate::recognise(&document, library, Some("national-budget")).expect("the profile exists");
    let mut said: Vec<String> = disclosure
        .observations
        .iter()
        .filter_map(|observation| {
            let mz_budget::disclosure::Reading::Value(money) = &observation.reading else {
                return None;
            };
            let name = disclosure.dimensions.name(observation.slice);
            Some(format!("{name} {}", money.number))
        })
        .collect();
    said.sort();
    said.dedup();
    said
}

#[test]
fn words_that_name_the_rows_over_two_columns_say_nothing_of_the_money() {
    let text = "<p>红石市农机局2019年部门预算</p><p>财政拨款收支预算总表</p><p>单位：万元</p><table>\
        <tr><td colspan=2>收入</td><td colspan=2>支出</td></tr>\
        <tr><td rowspan=2>项目名称</td><td rowspan=2>金额</td><td colspan=2>支出用途</td></tr>\
        <tr><td>项目名称</td><td>金额</td></tr>\
        <tr><td>一、一般公共预算</td><td>9.00</td><td>一、基本支出</td><td>5.00</td></tr>\
        <tr><td>二、政府性基金预算</td><td></td><td>二、项目支出</td><td>4.00</td></tr>\
        <tr><td>收入合计</td><td>9.00</td><td>支出合计</td><td>9.00</td></tr></table>";
    let said = read_from_headers(text);
    assert!(
        said.iter().any(|s| s == "财政拨款·基本支出 5.00"),
        "{said:?}"
    );
    assert!(
        said.iter().any(|s| s == "财政拨款·项目支出 4.00"),
        "{said:?}"
    );
}

#[test]
fn a_head_that_reaches_down_is_not_over_its_neighbour() {
    let text = "<p>红石市农机局2026年部门预算</p><p>项目支出总表</p><p>单位：万元</p><table>\
        <tr><td rowspan=2>项目名称</td><td></td><td colspan=2>2026年预算</td></tr>\
        <tr><td>总计</td><td>一般公共预算拨款</td><td>事业收入</td></tr>\
        <tr><td>合计</td><td>7.00</td><td>5.00</td><td>2.00</td></tr>\
        <tr><td>农机推广</td><td>7.00</td><td>5.00</td><td>2.00</td></tr></table>";
    let said = read_from_headers(text);
    assert!(said.iter().any(|s| s == "项目支出 7.00"), "{said:?}");
}

#[test]
fn a_total_over_two_panels_counts_where_its_figure_stands() {
    let grid = "人员经费\t\t\t公用经费\t\t\t\t\t\n科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数\n\
        301\t工资福利支出\t9.00\t302\t商品和服务支出\t4.00\t310\t资本性支出\t1.00\n\
        30101\t基本工资\t9.00\t30201\t办公费\t4.00\t31002\t办公设备购置\t1.00\n\
        人员经费合计\t\t9.00\t公用经费合计\t\t\t\t\t5.00\n";
    let text = titled("一般公共预算财政拨款基本支出决算表", grid);
    let document = mz_document::read(text.as_bytes(), "piece.txt").expect("text is readable");
    let disclosure = recognise(&document, Library::embedded(), Some("national-final"))
        .expect("the profile is there");
    let totals: Vec<String> = figures(&disclosure)
        .into_iter()
        .filter(|figure| figure.ends_with("= 5.00"))
        .collect();
    assert_eq!(totals, ["一般公共预算·公用经费 = 5.00"]);
    assert_eq!(n_conflicts(&disclosure), 0);
}

#[test]
fn rows_without_any_figure_go_on_after_a_page_break() {
    let text = "财政拨款收支总体情况表\n\n单位：万元\n\n收入\t\t支出\t\t\n项目\t预算数\t项目\t合计\t一般公共预算\n\
        一、本年收入\t9.00\t一、本年支出\t9.00\t9.00\n一般公共预算拨款收入\t9.00\t一般公共服务支出\t5.00\t5.00\n\n\
        \t\t外交支出\t\t\n\t\t国防支出\t\t\n\n\
        财政拨款收支总体情况表\n\n单位：万元\n\n收入\t\t支出\t\t\n项目\t预算数\t项目\t合计\t一般公共预算\n\
        \t\t教育支出\t4.00\t4.00\n收入总计\t9.00\t支出总计\t9.00\t9.00\n";
    let document = mz_document::read(text.as_bytes(), "piece.txt").expect("text is readable");
    let disclosure = recognise(&document, Library::embedded(), Some("hunan-budget"))
        .expect("the profile is there");
    let ids: Vec<&str> = disclosure
        .tables
        .iter()
        .map(|table| table.id.as_str())
        .collect();
    assert_eq!(ids, ["appropriation-summary"]);
    assert_eq!(n_conflicts(&disclosure), 0);
}
