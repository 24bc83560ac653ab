//! The tables and their columns, as data: one list that writing, reading and the instructions share.

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// Words.
    Text,
    /// Sentences; the column is wide and wrapped.
    Long,
    /// A number.
    Number,
    /// 是 or nothing.
    Mark,
    /// One of a list.
    Choice(Choice),
}

/// Lists to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Choice {
    Fund,
    Vintage,
    Function,
    Nature,
    Economic,
    Project,
    Stage,
    Manner,
    MoneyUnit,
    Base,
    Operator,
    Fact,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ColumnSpec {
    pub(crate) label: &'static str,
    pub(crate) kind: ColumnKind,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableSpec {
    /// Name of the file in a folder, and stable id.
    pub(crate) id: &'static str,
    /// Name of the sheet.
    pub(crate) name: &'static str,
    /// What to fill in, for the instructions.
    pub(crate) help: &'static str,
    pub(crate) columns: &'static [ColumnSpec],
}

impl TableSpec {
    /// Position of a column.
    pub(crate) fn column(&self, label: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.label == label)
    }
}

const fn text(label: &'static str) -> ColumnSpec {
    ColumnSpec {
        label,
        kind: ColumnKind::Text,
    }
}
const fn long(label: &'static str) -> ColumnSpec {
    ColumnSpec {
        label,
        kind: ColumnKind::Long,
    }
}
const fn number(label: &'static str) -> ColumnSpec {
    ColumnSpec {
        label,
        kind: ColumnKind::Number,
    }
}
const fn mark(label: &'static str) -> ColumnSpec {
    ColumnSpec {
        label,
        kind: ColumnKind::Mark,
    }
}
const fn choice(label: &'static str, of: Choice) -> ColumnSpec {
    ColumnSpec {
        label,
        kind: ColumnKind::Choice(of),
    }
}

const FUND: ColumnSpec = choice("资金", Choice::Fund);
const VINTAGE: ColumnSpec = choice("结转", Choice::Vintage);
const FUNCTION: ColumnSpec = choice("功能科目", Choice::Function);
const NATURE: ColumnSpec = choice("支出性质", Choice::Nature);
const ECONOMIC: ColumnSpec = choice("经济科目", Choice::Economic);
const PROJECT: ColumnSpec = choice("项目", Choice::Project);
const BODY: ColumnSpec = text("所属单位");
const TO_CONFIRM: ColumnSpec = mark("待确认");
const SOURCE: ColumnSpec = long("来源");
const PROJECT_KEY: ColumnSpec = choice("项目", Choice::Project);

/// Unit, year and single texts.
pub(crate) const BASICS: TableSpec = TableSpec {
    id: "basics",
    name: "基本信息",
    help: "单位全称、年度，以及模板要求的单项文字（公开日期、联系人等）。“内设机构”“所属单位”填“无”表示确实没有，空着表示还不知道。",
    columns: &[text("事项"), long("内容"), TO_CONFIRM, SOURCE],
};
/// Which lists of figures there are.
pub(crate) const LISTINGS: TableSpec = TableSpec {
    id: "listings",
    name: "数据表目录",
    help: "每行一张数据表：它是谁的数（本年预算、上年预算…），是逐笔明细还是整张表的数字，整张表限定在哪些坐标上，哪些维度已列全（列全的维度上没有列出的就是零）。",
    columns: &[
        text("键"),
        text("工作表"),
        choice("口径", Choice::Stage),
        choice("方式", Choice::Manner),
        FUND,
        VINTAGE,
        FUNCTION,
        NATURE,
        ECONOMIC,
        PROJECT,
        BODY,
        text("列全的维度"),
    ],
};
/// Figures.
pub(crate) const LINES: TableSpec = TableSpec {
    id: "lines",
    name: "数据",
    help: "每行一笔金额。坐标空着表示不分，即该维度的全部。科目可选“代码 名称”，也可只填代码。",
    columns: &[
        FUND,
        VINTAGE,
        FUNCTION,
        NATURE,
        ECONOMIC,
        PROJECT,
        BODY,
        number("金额"),
        choice("金额单位", Choice::MoneyUnit),
        TO_CONFIRM,
        SOURCE,
        long("备注"),
    ],
};
/// Facts outside the cube, this year's and last year's side by side.
pub(crate) const FACTS: TableSpec = TableSpec {
    id: "facts",
    name: "其他事实",
    help: "人员、政府采购、资产、车辆、房屋等不在预算表里的数，本年数和上年数并列。没有填的就是不知道，确实没有请填 0。“说明”一列由程序填写，改了也不读。",
    columns: &[
        choice("事实", Choice::Fact),
        text("说明"),
        number("本年数"),
        text("本年单位"),
        number("上年数"),
        text("上年单位"),
        text("待确认"),
        SOURCE,
    ],
};
/// Projects.
pub(crate) const PROJECTS: TableSpec = TableSpec {
    id: "projects",
    name: "项目",
    help: "每行一个项目。“键”是内部简称，其他表用它指这个项目，不公开。“公开化名”“不予公开”填写保密处理：全部、金额、分配、绩效目标、字段:某字段，多项用顿号隔开。",
    columns: &[
        text("键"),
        text("名称"),
        TO_CONFIRM,
        SOURCE,
        text("项目代码"),
        long("曾用名"),
        mark("涉密"),
        text("公开化名"),
        text("不予公开"),
        long("保密依据"),
    ],
};
/// Texts of projects.
pub(crate) const PROJECT_TEXTS: TableSpec = TableSpec {
    id: "project-texts",
    name: "项目文字",
    help: "项目说明的各个字段：设立依据、实施单位、实施期限等，每行一个字段。",
    columns: &[PROJECT_KEY, text("字段"), long("内容"), TO_CONFIRM, SOURCE],
};
/// How projects are split.
pub(crate) const ALLOCATIONS: TableSpec = TableSpec {
    id: "allocations",
    name: "项目分配",
    help: "项目金额的分配；数据表里已按经济科目列出的不必再填。",
    columns: &[
        PROJECT_KEY,
        ECONOMIC,
        text("名称"),
        number("金额"),
        choice("金额单位", Choice::MoneyUnit),
        TO_CONFIRM,
    ],
};
/// Performance targets.
pub(crate) const TARGETS: TableSpec = TableSpec {
    id: "targets",
    name: "绩效目标",
    help: "每行一张绩效目标表；“项目”空着表示整体支出目标。金额带单位填写（如 12.00 万元），不填则由数据计算。",
    columns: &[
        text("序号"),
        PROJECT_KEY,
        text("负责人"),
        text("年度资金总额"),
        text("其中财政拨款"),
        text("其他资金"),
        long("目标"),
        text("待确认"),
        SOURCE,
    ],
};
/// Indicators.
pub(crate) const INDICATORS: TableSpec = TableSpec {
    id: "indicators",
    name: "绩效指标",
    help: "每行一个指标；“目标序号”指绩效目标表的序号。",
    columns: &[
        text("目标序号"),
        text("一级指标"),
        text("二级指标"),
        text("指标名称"),
        choice("符号", Choice::Operator),
        text("指标值"),
        text("计量单位"),
        text("值的依据"),
        text("上年值"),
        number("权重"),
        long("评分标准"),
        long("佐证资料"),
        TO_CONFIRM,
    ],
};
/// Reasons for changes.
pub(crate) const REASONS: TableSpec = TableSpec {
    id: "reasons",
    name: "变动原因",
    help: "“主要原因是”后面的文字，不带句号。说明一笔钱的变动填坐标，说明一项事实的变动填“事实”。",
    columns: &[
        choice("事实", Choice::Fact),
        FUND,
        VINTAGE,
        FUNCTION,
        NATURE,
        ECONOMIC,
        PROJECT,
        BODY,
        choice("与何相比", Choice::Base),
        long("文字"),
        TO_CONFIRM,
    ],
};
/// What money is used for.
pub(crate) const PURPOSES: TableSpec = TableSpec {
    id: "purposes",
    name: "资金用途",
    help: "“主要用于”后面的文字，不带句号。",
    columns: REASONS.columns,
};
/// Duties.
pub(crate) const DUTIES: TableSpec = TableSpec {
    id: "duties",
    name: "主要职能",
    help: "每行一项，不带编号。",
    columns: &[long("内容"), TO_CONFIRM, SOURCE],
};
/// Offices.
pub(crate) const OFFICES: TableSpec = TableSpec {
    id: "offices",
    name: "内设机构",
    help: "每行一个机构名称。",
    columns: DUTIES.columns,
};
/// Units below.
pub(crate) const BODIES: TableSpec = TableSpec {
    id: "bodies",
    name: "所属单位",
    help: "部门预算的下属单位，每行一个；“键”供数据表引用。",
    columns: &[text("键"), text("名称"), TO_CONFIRM, SOURCE],
};
/// Terms.
pub(crate) const GLOSSARY: TableSpec = TableSpec {
    id: "glossary",
    name: "名词解释",
    help: "模板自带的名词之外，本单位要解释的名词。",
    columns: &[text("名词"), long("内容"), TO_CONFIRM, SOURCE],
};
/// Added paragraphs.
pub(crate) const PASSAGES: TableSpec = TableSpec {
    id: "passages",
    name: "补充段落",
    help: "单位要在某一节里加写的段落；“章节”填模板的章节编号。",
    columns: &[text("章节"), long("内容"), TO_CONFIRM, SOURCE],
};
/// Withheld facts.
pub(crate) const WITHHELD: TableSpec = TableSpec {
    id: "withheld",
    name: "不予公开",
    help: "项目以外不予公开的数：填事实，或填坐标。",
    columns: &[
        choice("事实", Choice::Fact),
        FUND,
        VINTAGE,
        FUNCTION,
        NATURE,
        ECONOMIC,
        PROJECT,
        BODY,
        long("保密依据"),
    ],
};

/// All tables but the lists of figures, in the order of the sheets.
pub(crate) const TABLES: [&TableSpec; 16] = [
    &BASICS,
    &LISTINGS,
    &FACTS,
    &PROJECTS,
    &PROJECT_TEXTS,
    &ALLOCATIONS,
    &TARGETS,
    &INDICATORS,
    &REASONS,
    &PURPOSES,
    &DUTIES,
    &OFFICES,
    &BODIES,
    &GLOSSARY,
    &PASSAGES,
    &WITHHELD,
];
