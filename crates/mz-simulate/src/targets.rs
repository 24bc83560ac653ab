//! Performance-target tables, one a project of this year's general budget.

use crate::{
    budget::{Budget, Nature},
    print::amount,
    tables::projects_of,
};

/// The projects that have a performance-target table.
pub fn projects(b: &Budget) -> Vec<usize> {
    projects_of(b, |l| {
        !l.carried && l.fund.is_general() && l.nature == Nature::Project
    })
}

/// Writes the tables.
pub fn all(b: &Budget, text: &mut String) {
    for project in projects(b) {
        let fen = b.sum(|l| l.project == Some(project));
        let topic = b.projects[project].topic;
        text.push_str("项目支出绩效目标表\n\n(2024年)\n\n");
        text.push_str(&format!("预算单位\t\t{}\t\t\t\t\t\t\n", b.unit));
        text.push_str(&format!(
            "项目名称\t\t{}\t\t\t\t项目负责人\t林青\n",
            b.projects[project].name
        ));
        text.push_str(&format!(
            "项目资金(万元)\t\t年度预算总额\t{0}\t其中：财政拨款\t{0}\t其他资金\t0.00\t\n",
            amount(fen)
        ));
        text.push_str(&format!("项目总体目标\t\t通过开展{topic}，保障本单位相关工作按计划完成，服务质量稳步提升。\t\t\t\t\t\t\n"));
        text.push_str("一级指标\t二级指标\t三级指标\t指标值\t指标值设置依据\t上年完成值\t指标分值权重\t指标赋分规则\t佐证资料\n");
        for (one, two, name, value, prior, weight, scoring) in [
            (
                "产出指标",
                "数量指标",
                format!("{topic}完成批次"),
                "≥4批次",
                "4批次",
                20,
                "按照完成比例赋分",
            ),
            (
                "",
                "质量指标",
                format!("{topic}验收合格率"),
                "≥95%",
                "95%",
                15,
                "按照完成比例赋分",
            ),
            (
                "",
                "时效指标",
                format!("{topic}按期完成率"),
                "=100%",
                "100%",
                15,
                "按照完成比例赋分",
            ),
            (
                "效益指标",
                "社会效益指标",
                format!("{topic}支撑履职的作用"),
                "有效提升",
                "有效提升",
                30,
                "按评判等级赋分",
            ),
            (
                "满意度指标",
                "满意度指标",
                "服务对象满意度".to_owned(),
                "≥90%",
                "90%",
                10,
                "满意度赋分",
            ),
        ] {
            text.push_str(&format!(
                "{one}\t{two}\t{name}\t{value}\t计划标准\t{prior}\t{weight}\t{scoring}\t工作资料\n"
            ));
        }
        text.push('\n');
    }
}
