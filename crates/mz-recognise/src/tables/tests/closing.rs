//! Rows that are not there.

use super::*;

const EXPENDITURE: &str = "科目\t\t\t\t支出预算\t\t\n类\t款\t项\t功能分类科目名称\t合计\t基本支出\t项目支出\n※\t※\t※\t※\t1\t2\t3\n";

#[test]
fn a_closed_table_says_zero_of_what_it_does_not_list() {
    let text = titled(
        "单位支出总体情况表",
        &format!(
            "{EXPENDITURE}\t\t\t总计\t7.00\t7.00\t\n201\t\t\t一般公共服务支出\t7.00\t7.00\t\n201\t03\t\t政府办公厅（室）及相关机构事务\t7.00\t7.00\t\n201\t03\t01\t行政运行\t7.00\t7.00\t"
        ),
    ) + &titled(
        "一般公共预算支出情况表",
        &format!(
            "{}\t\t\t总计\t9.00\t9.00\t\n201\t03\t01\t行政运行\t7.00\t7.00\t\n201\t03\t50\t事业运行\t2.00\t2.00\t",
            EXPENDITURE.replace("支出预算", "一般公共预算支出")
        ),
    );
    let disclosure = read(&text);
    let absent = absent(&disclosure);
    let of_first: Vec<&String> = absent
        .iter()
        .filter(|zero| !zero.contains("本年"))
        .collect();
    // 2010350 is known from the second table and missing from the first, in every column; its parents are listed.
    assert!(
        of_first.contains(&&"事业运行 = 无".to_owned()),
        "{of_first:?}"
    );
    assert!(
        of_first.contains(&&"事业运行·基本支出 = 无".to_owned()),
        "{of_first:?}"
    );
    assert!(
        !of_first.iter().any(|zero| zero.starts_with("政府办公厅")),
        "{of_first:?}"
    );
    // The second table lists items only: their parents are not absent.
    assert!(
        !absent
            .iter()
            .any(|zero| zero.contains("本年·一般公共服务支出")),
        "{absent:?}"
    );
    assert!(n_conflicts(&disclosure) > 0);
}

#[test]
fn a_heading_that_is_not_broken_down_says_nothing_of_its_parts() {
    let text = titled(
        "单位支出总体情况表",
        &format!("{EXPENDITURE}\t\t\t总计\t7.00\t7.00\t\n201\t\t\t一般公共服务支出\t7.00\t7.00\t"),
    ) + &titled(
        "一般公共预算支出情况表",
        &format!(
            "{}\t\t\t总计\t7.00\t7.00\t\n201\t03\t01\t行政运行\t7.00\t7.00\t",
            EXPENDITURE.replace("支出预算", "一般公共预算支出")
        ),
    );
    let disclosure = read(&text);
    assert!(
        !absent(&disclosure)
            .iter()
            .any(|zero| zero.starts_with("行政运行"))
    );
    assert_eq!(n_conflicts(&disclosure), 0);
}

#[test]
fn a_nil_table_is_zero_with_and_without_its_frame() {
    let frame = "科目\t\t\t\t政府性基金预算支出\t\t\t\n功能分类科目编码\t\t\t功能分类科目名称\t合计\t基本支出\t\t项目支出\n类\t款\t项\t\t\t人员经费\t公用经费\t\n※\t※\t※\t※\t1\t2\t3\t4\n";
    let sentence =
        "甲市乙局2024年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。\n\n";
    for text in [
        titled("政府性基金预算支出情况表", frame) + sentence,
        titled("政府性基金预算支出情况表", "") + sentence,
        titled(
            "政府性基金预算支出情况表",
            &format!("{frame}\t\t\t总计\t\t\t\t\n\t\t\t\t\t\t\t"),
        ),
        titled(
            "政府性基金预算支出情况表",
            &format!("{frame}本单位没有此项支出，本表为空表。\t\t\t\t\t\t\t"),
        ),
    ] {
        let disclosure = read(&text);
        let nil = table(&disclosure, "government-managed-expenditure");
        assert!(nil.is_nil && nil.n_values == 0, "{text}");
        let blank = disclosure
            .observations
            .iter()
            .any(|o| o.reading == Reading::Blank);
        let zero = absent(&disclosure).contains(&"政府性基金预算·本年 = 无".to_owned());
        assert!(blank || zero, "{text}");
        assert_eq!(problems(&disclosure), [""; 0], "{text}");
    }
    // A line of the table of contents is no table.
    assert_eq!(
        read("目 录\n\n八、政府性基金预算支出情况表\n\n九、国有资本经营预算支出情况表\n")
            .tables
            .len(),
        0
    );
}

#[test]
fn a_class_with_one_item_listed_is_not_that_item() {
    // Vehicles were not bought, and the capital money of the project is something else.
    let three = "“三公”经费支出内容\t合计\t资金来源\t\t\n\t\t一般公共预算\t政府性基金\t国有资本经营预算\n※\t1\t2\t3\t4\n合计\t1.00\t1.00\t\t\n因公出国（境）费\t\t\t\t\n公务接待费\t1.00\t1.00\t\t\n公务用车购置及运行费（小计）\t\t\t\t\n其中：公务用车购置费\t\t\t\t\n公务用车运行费\t\t\t\t";
    let projects = "科目编码\t功能分类科目名称\t项目名称\t项目支出合计\t工资福利支出\t商品服务支出\t对个人和家庭的补助\t债务利息及费用支出\t资本性支出（基本建设）\t资本性支出\t对企业补助（基本建设）\t对企业补助\t对社会保障基金补助\t其他支出\n\t总计\t\t8.00\t\t\t\t\t\t8.00\t\t\t\t\n2010302\t一般行政管理事务\t机房改造\t8.00\t\t\t\t\t\t8.00\t\t\t\t";
    let disclosure = read(
        &(titled("财政拨款“三公”经费支出情况表", three)
            + &titled("一般公共预算项目支出情况表", projects)),
    );
    assert!(
        figures(&disclosure)
            .iter()
            .any(|f| f.ends_with("资本性支出·机房改造 = 8.00")),
        "{:?}",
        figures(&disclosure)
    );
    assert_eq!(n_conflicts(&disclosure), 0);
}

#[test]
fn projects_are_absent_where_other_projects_are_listed() {
    let projects = "科目编码\t功能分类科目名称\t项目名称\t项目支出合计\t工资福利支出\t商品服务支出\t对个人和家庭的补助\t债务利息及费用支出\t资本性支出（基本建设）\t资本性支出\t对企业补助（基本建设）\t对企业补助\t对社会保障基金补助\t其他支出\n\t总计\t\t8.00\t\t8.00\t\t\t\t\t\t\t\t\n2010302\t一般行政管理事务\t机房改造\t5.00\t\t5.00\t\t\t\t\t\t\t\t\n2080199\t其他人力资源和社会保障管理事务支出\t宣传\t3.00\t\t3.00\t\t\t\t\t\t\t\t";
    let disclosure = read(&titled("一般公共预算项目支出情况表", projects));
    let absent = absent(&disclosure);
    assert!(
        absent.contains(&"一般公共预算·本年·一般行政管理事务·项目支出·宣传 = 无".to_owned()),
        "{absent:?}"
    );
    assert!(
        absent.contains(&"一般公共预算·本年·项目支出·其他项目 = 无".to_owned()),
        "{absent:?}"
    );
    assert_eq!(n_conflicts(&disclosure), 0);
}
