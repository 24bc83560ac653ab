//! Facts, lists, statements, projects, carried-over items, glossary.

use super::{check, dump, read};

#[test]
fn staff_and_offices() {
    let text = "第一部分 2030年红石市农机局单位概况

        二、 机构设置及人员情况

        红石市农机局无下属预算单位，下设 2 个处室，分别是：办公室、推广科。

        红石市农机局编制数 15，实有人数 13 人，其中：在职 12 人，减少 3 人；退休 1 人，增加 0 人；离休 0 人，增加 0 人。";
    check(
        text,
        "#offices.count | amount | budget | 2 个 | g0
        #headcount.establishment | amount | budget | 15  | g1
        #headcount.actual | amount | budget | 13 人 | g2
        #headcount.active | amount | budget | 12 人 | g3 in g2
        #headcount.active | change | budget | -3 人 | g3 in g2
        #headcount.retired | amount | budget | 1 人 | g4 in g2
        #headcount.retired | change | budget | +0 人 | g4 in g2
        #headcount.veteran-retired | amount | budget | 0 人 | g5 in g2
        #headcount.veteran-retired | change | budget | +0 人 | g5 in g2
        ! nil #bodies.count
        = Offices 办公室·推广科",
    );
}

#[test]
fn procurement_and_assets() {
    check(
        "十二、 其他重要事项的情况说明

        (一) 单位运行经费情况

        红石市农机局 2030 年的机关运行经费财政拨款预算 27.45 万元，比上年预算减少 9.79 万元，下降 26.29%。主要原因是人员减少。

        (二) 政府采购情况

        2030 年，红石市农机局政府采购预算 40.53 万元，其中：政府采购货物预算 3.05 万元，政府采购工程预算 0.00 万元，政府采购服务预算 37.48 万元。

        2030 年，红石市农机局面向中小企业预留政府采购项目预算金额 8.53 万元，小微企业预留政府采购项目预算金额 5.53 万元。

        (三) 国有资产占用使用情况

        截至 2029 年底，红石市农机局占用使用国有资产总体情况为

        1. 房屋 10.00 平方米，价值 0.50 万元。

        2. 车辆 6 辆，价值 72.51 万元；其中：一般公务用车 5 辆，价值 60.51 万元；执法执勤用车 1 辆，价值 12.00 万元；其他车辆 0 辆，价值 0.00 万元。

        3. 办公家具价值 2.84 万元。

        单位价值 50 万元以上大型设备 1 台，单位价值 100 万元以上大型设备 0 台。

        2030 年单位预算未安排购置车辆经费，安排购置 50 万元以上大型设备 2 台，单位价值 100 万元以上大型设备 0 台。",
        "general-public/current/operating | amount | budget | 27.45 万元 | g0
        general-public/current/operating | change | budget | -9.79 万元 on prior-budget | g0
        general-public/current/operating | growth | budget | -26.29% on prior-budget | g0
        #procurement | amount | budget | 40.53 万元 | g1
        #procurement.goods | amount | budget | 3.05 万元 | g2 in g1
        #procurement.works | amount | budget | 0.00 万元 | g3 in g1
        #procurement.services | amount | budget | 37.48 万元 | g4 in g1
        #procurement.sme | amount | budget | 8.53 万元 | g5
        #procurement.micro | amount | budget | 5.53 万元 | g6
        #house.area | amount | budget | 10.00 平方米 | g7
        #house.value | amount | budget | 0.50 万元 | g7
        #vehicles.count | amount | budget | 6 辆 | g8
        #vehicles.value | amount | budget | 72.51 万元 | g8
        #vehicles.general.count | amount | budget | 5 辆 | g9 in g8
        #vehicles.general.value | amount | budget | 60.51 万元 | g9 in g8
        #vehicles.enforcement.count | amount | budget | 1 辆 | g10 in g8
        #vehicles.enforcement.value | amount | budget | 12.00 万元 | g10 in g8
        #vehicles.other.count | amount | budget | 0 辆 | g11 in g8
        #vehicles.other.value | amount | budget | 0.00 万元 | g11 in g8
        #furniture.value | amount | budget | 2.84 万元 | g12
        #equipment.50.count | amount | budget | 1 台 | g13
        #equipment.100.count | amount | budget | 0 台 | g14
        #plan.equipment.50.count | amount | budget | 2 台 | g15
        #plan.equipment.100.count | amount | budget | 0 台 | g16
        ! nil #plan.vehicles.count
        ! nil #plan.vehicles.amount
        ? g0 人员减少",
    );
}

#[test]
fn targets_and_secrets() {
    check(
        "十二、 其他重要事项的情况说明

        (四) 预算绩效情况

        2030 年，本单位预算绩效管理整体预算绩效目标 0 个，涉及金额 0.00 万元；当年财政拨款项目 7 个，涉及预算金额 84.59 万元；当年非财政拨款项目 1 个，涉及预算金额 2.00 万元。

        (五) 其他需说明的事项

        单位有3个涉密项目，涉及预算资金69.29万元，项目绩效目标表完全不予公开。",
        "#performance.whole.count | amount | budget | 0 个 | g0
        #performance.whole.amount | amount | budget | 0.00 万元 | g0
        #performance.projects.count | amount | budget | 7 个 | g1
        #performance.projects.amount | amount | budget | 84.59 万元 | g1
        #performance.non-fiscal.count | amount | budget | 1 个 | g2
        #performance.non-fiscal.amount | amount | budget | 2.00 万元 | g2
        #secret.count | amount | budget | 3 个 | g3
        #secret.amount | amount | budget | 69.29 万元 | g3
        ! secret projects #secret.count",
    );
}

#[test]
fn statements_and_lists() {
    check(
        "一、关于红石市农机局 2030 年收支预算情况总体说明

        按照全口径预算的原则，红石市农机局 2030 年所有收入和支出均纳入单位预算管理。收支总预算 321.45 万元。

        收入预算包括：一般公共预算、财政拨款结转结余。

        支出预算包括：农林水支出、社会保障和就业支出等。

        二、关于红石市农机局 2030 年收入预算情况说明

        上级政府性基金安排的转移支付资金未安排。

        四、关于红石市农机局 2030 年财政拨款收支预算情况的总体说明

        收入全部为一般公共预算拨款，无政府性基金预算拨款和国有资本经营预算。

        收入预算包括：一般公共预算拨款 210.54 万元。

        一般公共预算支出包括：农林水支出 200.54 万元，主要用于本单位 3 名人员经费及项目支出；社会保障和就业支出 10.00 万元，主要用于缴纳养老保险。

        六、关于红石市农机局2030年一般公共预算基本支出情况说明

        人员经费21.69万元，主要包括：基本工资、津贴补贴、其他社会保障缴费。

        公用经费3.45万元，主要包括：办公费、维修（护）费、其他商品和服务支出。

        八、关于红石市农机局2030年政府性基金预算拨款情况说明

        红石市农机局2030年没有使用政府性基金预算拨款安排的支出，政府性基金预算支出情况表为空表。",
        "all | amount | budget | 321.45 万元 | g0
        general-public/current | amount | budget | 210.54 万元 | g1
        general-public/current/213 | amount | budget | 200.54 万元 | g2
        general-public/current/208 | amount | budget | 10.00 万元 | g3
        general-public/current/personnel | amount | budget | 21.69 万元 | g4
        general-public/current/operating | amount | budget | 3.45 万元 | g5
        ! nil government-managed-transfer/current
        ! all of appropriation/current from general-public/current
        ! nil government-managed/current
        ! nil state-capital/current
        ! nil government-managed/current
        ! nil-table government-managed-expenditure
        = IncomeSources 一般公共预算·财政拨款结转结余
        = FunctionCategories 农林水支出·社会保障和就业支出 …
        = IncomeSources 一般公共预算拨款
        = FunctionCategories 农林水支出·社会保障和就业支出
        = EconomicItems 基本工资·津贴补贴·其他社会保障缴费
        = EconomicItems 办公费·维修（护）费·其他商品和服务支出
        ~ 3名 用途说明中的数字",
    );
}

#[test]
fn carried_over_items_are_projects() {
    check(
        "十一、 关于红石市农机局 2030 年上年结转结余预算情况说明

        红石市农机局 2030 年上年结转结余 12.29 万元，包括：财政拨款 12.29 万元，非财政拨款 0.00 万元，其中：

        1. 2028 年农机平台改造项目 10.00 万元，主要用于平台改造。

        2. 特定目标 07103156 2.29 万元，完全不予公开。",
        "carried | amount | budget | 12.29 万元 | g0
        appropriation/carried | amount | budget | 12.29 万元 | g1 in g0
        non-fiscal/carried | amount | budget | 0.00 万元 | g2 in g0
        carried/2028年农机平台改造项目 | amount | budget | 10.00 万元 | g3 in g0
        carried/特定目标07103156 | amount | budget | 2.29 万元 | g4 in g0
        ! withheld carried/特定目标07103156",
    );
}

#[test]
fn project_paragraphs_are_forms() {
    let disclosure = read(
        "七、关于红石市农机局 2030 年一般公共预算项目支出情况说明

        (一) 项目名称：农机 5G 平台项目经费设立的政策依据：根据红财行【2023】20 号文件精神设立

        预算安排规模：30.00 万元

        项目承担单位：红石市农机局

        资金分配情况：委托业务费 27 万元，支付开会用办公费共计 3万元

        资金执行时间：2030 年 1 月 1 日

        (二) 项目名称：特定目标 0310034F

        设立的政策依据：完全不予公开。

        预算安排规模：17.00 万元",
    );
    assert_eq!(
        dump(&disclosure),
        [
            "general-public/current/project/农机5G平台项目经费 | amount | budget | 30.00 万元 | g0",
            "general-public/current/project/30227/农机5G平台项目经费 | amount | budget | 27 万元 | g1 in g0",
            "general-public/current/project/30201/农机5G平台项目经费 | amount | budget | 3 万元 | g2 in g0",
            "general-public/current/project/特定目标0310034F | amount | budget | 17.00 万元 | g3",
            "! withheld general-public/current/project/特定目标0310034F",
        ]
    );
    let first = disclosure.projects.first().unwrap();
    assert_eq!(first.name, "农机5G平台项目经费");
    let fields: Vec<String> = first
        .fields
        .iter()
        .map(|f| format!("{}={}", f.key, f.text))
        .collect();
    assert_eq!(
        fields,
        [
            "name=农机 5G 平台项目经费",
            "basis=根据红财行【2023】20 号文件精神设立",
            "amount=30.00 万元",
            "body=红石市农机局",
            "allocation=委托业务费 27 万元，支付开会用办公费共计 3万元",
            "period=2030 年 1 月 1 日",
        ]
    );
    assert_eq!(disclosure.projects.len(), 2);
    assert_eq!(first.allocations.len(), 2);
}

#[test]
fn terms_keep_their_explanations() {
    let disclosure = read(
        "第四部分 名词解释\n\n一、**财政拨款**:指财政安排的资金。\n\n二、机关运行经费是指公用经费，\n包括办公费等。",
    );
    let terms: Vec<String> = disclosure
        .terms
        .iter()
        .map(|t| format!("{}={}", t.name, t.text))
        .collect();
    assert_eq!(
        terms,
        [
            "财政拨款=指财政安排的资金。",
            "机关运行经费=公用经费，包括办公费等。"
        ]
    );
    assert!(disclosure.claims.is_empty() && disclosure.unproved.is_empty());
}
