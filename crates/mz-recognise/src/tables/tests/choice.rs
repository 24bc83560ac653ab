//! Choosing profile, unit, year and kind from the content.

use mz_budget::{
    disclosure::{Kind, Subject},
    library::Library,
};

use super::*;
use crate::{RecogniseError, recognise};

fn choose(text: &str) -> Result<Disclosure, RecogniseError> {
    let document = mz_document::read(text.as_bytes(), "piece.txt").expect("text is readable");
    recognise(&document, Library::embedded(), None)
}

/// Empty frames of the tables of a Xinjiang document.
fn frames(year: u16, noun: &str) -> String {
    let frame = |title: &str, header: &str| {
        format!("{title}\n\n编制单位：甲市乙局\n\n单位：万元\n\n{header}\n\n本表为空表。\n\n")
    };
    format!("甲市乙局\n\n{year} 年{noun}预算公开\n\n第一部分 {year}年甲市乙局{noun}概况\n\n")
        + &frame(
            &format!("{noun}收支总体情况表"),
            "项目\t预算数\t支出功能分类\t预算数\n收入总计\t\t支出总计\t",
        )
        + &frame(
            &format!("{noun}支出总体情况表"),
            "类\t款\t项\t功能分类科目名称\t合计\t基本支出\t项目支出\n※\t※\t※\t※\t1\t2\t3",
        )
        + &frame(
            "一般公共预算支出情况表",
            "类\t款\t项\t功能分类科目名称\t合计\t基本支出\t项目支出\n※\t※\t※\t※\t1\t2\t3",
        )
        + &frame(
            "一般公共预算基本支出情况表",
            "类\t款\t经济分类科目名称\t合计\t人员经费\t公用经费\n※\t※\t※\t1\t2\t3",
        )
        + &frame(
            "政府性基金预算支出情况表",
            "类\t款\t项\t功能分类科目名称\t合计\t人员经费\t公用经费\t项目支出\n※\t※\t※\t※\t1\t2\t3\t4",
        )
        + &frame(
            "国有资本经营预算支出情况表",
            "类\t款\t项\t功能分类科目名称\t合计\t人员经费\t公用经费\t项目支出\n※\t※\t※\t※\t1\t2\t3\t4",
        )
        + &format!("一、关于甲市乙局 {year} 年收支预算情况的总体说明\n\n")
}

#[test]
fn the_content_says_which_document_it_is() {
    let disclosure = choose(&frames(2024, "单位")).expect("the profile fits");
    assert_eq!(disclosure.unit.as_deref(), Some("甲市乙局"));
    assert_eq!(
        (disclosure.year, disclosure.kind),
        (Some(2024), Kind::UnitBudget)
    );
    let department = choose(&frames(2025, "部门")).expect("the profile fits");
    assert_eq!(
        (department.year, department.kind),
        (Some(2025), Kind::DepartmentBudget)
    );
}

#[test]
fn one_wrong_caption_changes_nothing() {
    let text = frames(2024, "单位")
        .replacen("编制单位：甲市乙局", "编制单位：甲市丙局", 1)
        .replacen("2024 年单位预算公开", "2023 年单位预算公开", 1);
    let disclosure = choose(&text).expect("the profile fits");
    assert_eq!(
        (disclosure.unit.as_deref(), disclosure.year),
        (Some("甲市乙局"), Some(2024))
    );
    let first = disclosure
        .tables
        .first()
        .and_then(|table| table.prepared_by.as_deref());
    assert_eq!(first, Some("甲市丙局"));
}

#[test]
fn what_fits_no_profile_says_what_was_seen() {
    let grid = "项目\t预算数\t项目\t预算数\n财政拨款收入\t1\t一、一般公共服务支出\t1\n收入总计\t1\t支出总计\t1";
    let text = format!(
        "2026年上海市某区部门财务收支预算总表\n\n{grid}\n\n2026年部门收入预算总表\n\n{grid}\n"
    );
    let error = choose(&text).expect_err("no profile fits").to_string();
    assert!(
        error.contains("部门收入预算总表") && error.contains("--profile"),
        "{error}"
    );
    let nothing = choose("今天天气很好。\n")
        .expect_err("no profile fits")
        .to_string();
    assert!(nothing.contains("没有看到任何预算表"), "{nothing}");
    let document = mz_document::read(text.as_bytes(), "piece.txt").expect("text is readable");
    assert!(recognise(&document, Library::embedded(), Some(PROFILE)).is_ok());
    let unknown = recognise(&document, Library::embedded(), Some("nowhere"))
        .expect_err("there is none")
        .to_string();
    assert!(
        unknown.contains("nowhere") && unknown.contains(PROFILE),
        "{unknown}"
    );
}

/// The tables every province publishes, by their bare titles, in a document of a body.
fn bare_tables(body: &str, year: u16, titles: &[&str]) -> String {
    let grid = "项目\t预算数\t项目\t预算数\n收入总计\t1.00\t支出总计\t1.00";
    let mut text = format!("{body}\n\n{year}年部门预算\n\n");
    for title in titles {
        text += &format!("{title}\n\n部门：{body}\n\n单位：万元\n\n{grid}\n\n");
    }
    text
}

#[test]
fn a_form_is_chosen_by_the_place_the_bodies_and_the_year() {
    let titles = [
        "收支总表",
        "收入总表",
        "支出总表",
        "财政拨款收支总表",
        "一般公共预算支出表",
        "一般公共预算基本支出表",
        "一般公共预算“三公”经费支出表",
        "政府性基金预算支出表",
    ];
    let chosen = |body: &str, year: u16| {
        let disclosure = choose(&bare_tables(body, year, &titles)).expect("a profile fits");
        disclosure.profile.id.clone()
    };
    assert_eq!(chosen("南通市红石农机局", 2026), "jiangsu-budget");
    assert_eq!(chosen("南通市红石农机局", 2019), "jiangsu-budget-2017");
    assert_eq!(chosen("佛山市红石农机局", 2026), "guangdong-budget");
    assert_eq!(chosen("国家红石局", 2026), "central-budget");
    // Where nothing says where it comes from, nothing is known to be asked for.
    assert_eq!(chosen("红石农机局", 2026), "national-budget");
}

#[test]
fn a_narrative_without_tables_is_read_by_what_holds_for_the_country() {
    let narrative = |noun: &str| {
        format!(
            "附件：甲市乙局2026年部门{noun}情况说明\n\n一、部门基本情况\n\n（一）主要职责\n\n负责农机。\n\n（二）机构设置\n\n三个科室。\n\n\
             二、收支总体情况\n\n收入{noun}100.00万元。\n\n三、“三公”经费情况说明\n\n“三公”经费2.00万元。\n\n四、政府采购情况\n\n无。\n"
        )
    };
    let budget = choose(&narrative("预算")).expect("the headings tell");
    assert_eq!(budget.profile.id, "national-budget");
    assert_eq!(budget.unit.as_deref(), Some("甲市乙局"));
    let accounts = choose(&narrative("决算")).expect("the headings tell");
    assert_eq!(accounts.profile.id, "national-final");
    let news = "甲市乙局2026年部门预算\n\n会议听取了汇报。\n";
    assert!(matches!(
        choose(news),
        Err(RecogniseError::NoProfile { .. })
    ));
}

#[test]
fn categories_are_known_without_tables() {
    let text = "甲市乙局2026年度部门决算\n\n第一部分 甲市乙局概况\n\n一、部门职责\n\n二、机构设置\n\n第三部分 2026年度部门决算情况说明\n\n\
                三、支出决算情况说明\n\n本年支出合计100.00万元，其中：一般公共服务支出90.00万元，占90.00%；教育支出10.00万元，占10.00%。\n\n\
                九、政府采购支出说明\n\n政府采购支出总额5.00万元，其中：政府采购服务支出5.00万元。\n";
    let disclosure = choose(text).expect("the headings tell");
    assert_eq!(disclosure.profile.id, "national-final");
    let subject = |words: &str| {
        let claim = disclosure.claims.iter().find(|c| c.words == words);
        claim.map(|claim| match &claim.subject {
            Subject::Slice(slice) => disclosure.dimensions.name(*slice),
            Subject::Fact(key) => key.clone(),
        })
    };
    assert_eq!(
        subject("一般公共服务支出").as_deref(),
        Some("一般公共服务支出·本年支出")
    );
    assert_eq!(
        subject("政府采购服务支出").as_deref(),
        Some("procurement.services")
    );
}

#[test]
fn a_county_that_names_no_province_is_read_by_the_form_of_its_province() {
    let tables = |front: &str| {
        let mut text = format!("{front}\n\n");
        for (title, header) in [
            (
                "收支总表",
                "收入\t预算数\t支出\t预算数\n收入总计\t1.00\t支出总计\t1.00",
            ),
            (
                "收入总表",
                "科目编码\t科目名称\t合计\t一般公共预算\n合计\t\t1.00\t1.00",
            ),
            (
                "支出总表",
                "科目编码\t科目名称\t合计\t基本支出\t项目支出\n合计\t\t1.00\t1.00\t",
            ),
            (
                "财政拨款收支总表",
                "收入\t预算数\t支出\t预算数\n收入总计\t1.00\t支出总计\t1.00",
            ),
        ] {
            text += &format!("{title}\n\n预算年度：2025\n\n单位：万元\n\n{header}\n\n");
        }
        choose(&text).expect("the tables tell").profile.id.clone()
    };
    assert_eq!(tables("920平山县甲镇财政所"), "hebei-budget");
    assert_eq!(tables("滑县甲镇2025年部门预算"), "henan-budget");
    assert_eq!(tables("920甲县乙镇财政所"), "national-budget");
}
