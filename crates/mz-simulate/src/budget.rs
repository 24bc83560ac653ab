//! The random budget: lines at the finest grain, and sums over them.

use crate::random::Random;

/// Fund source of a line, finest level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fund {
    General,
    GeneralTransfer,
    Managed,
    StateCapital,
    SpecialAccount,
    Service,
    Other,
}

impl Fund {
    pub fn is_general(self) -> bool {
        matches!(self, Self::General | Self::GeneralTransfer)
    }

    pub fn is_appropriation(self) -> bool {
        self.is_general() || matches!(self, Self::Managed | Self::StateCapital)
    }

    pub fn is_unit_money(self) -> bool {
        matches!(self, Self::Service | Self::Other)
    }
}

/// Nature of a line, finest level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    Personnel,
    Operating,
    Project,
}

/// One line of money.
#[derive(Clone, Debug)]
pub struct Line {
    pub fund: Fund,
    pub carried: bool,
    /// Functional item, 7 digits.
    pub function: &'static str,
    pub nature: Nature,
    /// Economic class: 5 digits for basic expenditure, 3 for projects.
    pub economic: &'static str,
    /// Index into [`Budget::projects`].
    pub project: Option<usize>,
    /// This year's budget, fen.
    pub fen: i64,
    /// Last year's budget, fen.
    pub prior: i64,
}

/// A project with its name.
#[derive(Clone, Debug)]
pub struct Project {
    pub name: String,
    pub topic: &'static str,
}

/// The whole budget of a fictitious unit.
#[derive(Clone, Debug)]
pub struct Budget {
    pub unit: String,
    pub lines: Vec<Line>,
    pub projects: Vec<Project>,
    pub offices: Vec<&'static str>,
    pub staff: i64,
    pub staff_change: i64,
    pub vehicles: i64,
    pub procurement: [i64; 3],
    pub reserve: [i64; 2],
}

/// One office's main functions: running, general administration, public-institution running, a special item.
struct Field {
    office: &'static str,
    items: [&'static str; 4],
}

const FIELDS: [Field; 5] = [
    Field {
        office: "人民政府办公室",
        items: ["2010301", "2010302", "2010350", "2010305"],
    },
    Field {
        office: "林业和草原局",
        items: ["2130201", "2130202", "2130204", "2130207"],
    },
    Field {
        office: "教育局",
        items: ["2050101", "2050102", "2050199", "2050199"],
    },
    Field {
        office: "科学技术局",
        items: ["2060101", "2060102", "2060199", "2060199"],
    },
    Field {
        office: "文化和旅游局",
        items: ["2070101", "2070102", "2070109", "2070113"],
    },
];

const PROJECT_CLASSES: [&[&str]; 4] = [&["302"], &["302"], &["302", "310"], &["301", "302"]];
const PLACES: [&str; 6] = ["云岭市", "松河市", "白桦县", "青泉区", "榆溪市", "石门坝县"];
const TOPICS: [&str; 9] = [
    "档案数字化",
    "业务系统运行维护",
    "宣传培训",
    "专项调研",
    "设备更新",
    "法律顾问服务",
    "信息化建设",
    "场馆开放",
    "质量监测",
];
const OFFICES: [&str; 8] = [
    "综合科",
    "财务科",
    "人事科",
    "法规科",
    "业务一科",
    "业务二科",
    "信息科",
    "督查科",
];

/// Names of the codes used here, from the 2024 classification.
pub const NAMES: &[(&str, &str)] = &[
    ("201", "一般公共服务支出"),
    ("20103", "政府办公厅（室）及相关机构事务"),
    ("2010301", "行政运行"),
    ("2010302", "一般行政管理事务"),
    ("2010350", "事业运行"),
    ("2010305", "专项业务及机关事务管理"),
    ("205", "教育支出"),
    ("20501", "教育管理事务"),
    ("2050101", "行政运行"),
    ("2050102", "一般行政管理事务"),
    ("2050199", "其他教育管理事务支出"),
    ("206", "科学技术支出"),
    ("20601", "科学技术管理事务"),
    ("2060101", "行政运行"),
    ("2060102", "一般行政管理事务"),
    ("2060199", "其他科学技术管理事务支出"),
    ("207", "文化旅游体育与传媒支出"),
    ("20701", "文化和旅游"),
    ("2070101", "行政运行"),
    ("2070102", "一般行政管理事务"),
    ("2070109", "群众文化"),
    ("2070113", "旅游宣传"),
    ("208", "社会保障和就业支出"),
    ("20805", "行政事业单位养老支出"),
    ("2080501", "行政单位离退休"),
    ("2080505", "机关事业单位基本养老保险缴费支出"),
    ("210", "卫生健康支出"),
    ("21011", "行政事业单位医疗"),
    ("2101101", "行政单位医疗"),
    ("2101103", "公务员医疗补助"),
    ("212", "城乡社区支出"),
    ("21208", "国有土地使用权出让收入安排的支出"),
    ("2120803", "城市建设支出"),
    ("213", "农林水支出"),
    ("21302", "林业和草原"),
    ("2130201", "行政运行"),
    ("2130202", "一般行政管理事务"),
    ("2130204", "事业机构"),
    ("2130207", "森林资源管理"),
    ("221", "住房保障支出"),
    ("22102", "住房改革支出"),
    ("2210201", "住房公积金"),
    ("229", "其他支出"),
    ("22960", "彩票公益金安排的支出"),
    ("2296002", "用于社会福利的彩票公益金支出"),
    ("301", "工资福利支出"),
    ("30101", "基本工资"),
    ("30102", "津贴补贴"),
    ("30103", "奖金"),
    ("30107", "绩效工资"),
    ("30108", "机关事业单位基本养老保险缴费"),
    ("30110", "职工基本医疗保险缴费"),
    ("30111", "公务员医疗补助缴费"),
    ("30112", "其他社会保障缴费"),
    ("30113", "住房公积金"),
    ("30199", "其他工资福利支出"),
    ("302", "商品和服务支出"),
    ("30201", "办公费"),
    ("30202", "印刷费"),
    ("30207", "邮电费"),
    ("30211", "差旅费"),
    ("30213", "维修（护）费"),
    ("30217", "公务接待费"),
    ("30227", "委托业务费"),
    ("30228", "工会经费"),
    ("30229", "福利费"),
    ("30231", "公务用车运行维护费"),
    ("30299", "其他商品和服务支出"),
    ("303", "对个人和家庭的补助"),
    ("30302", "退休费"),
    ("30305", "生活补助"),
    ("310", "资本性支出"),
    ("31002", "办公设备购置"),
];

/// Name of a code.
pub fn name(code: &str) -> &'static str {
    NAMES
        .iter()
        .find(|(c, _)| *c == code)
        .map_or("", |(_, name)| name)
}

impl Budget {
    /// Draws a budget.
    pub fn random(random: &mut Random) -> Self {
        let field = random.one(&FIELDS);
        let mut budget = Self {
            unit: format!("{}{}", random.one(&PLACES), field.office),
            lines: Vec::new(),
            projects: Vec::new(),
            offices: OFFICES[..random.between(3, 8) as usize].to_vec(),
            staff: random.between(12, 180),
            staff_change: random.between(-4, 4),
            vehicles: random.between(0, 12),
            procurement: [0; 3],
            reserve: [0; 2],
        };
        budget.draw_basic(field, random);
        budget.draw_projects(field, random);
        budget.draw_other_funds(field, random);
        budget.draw_procurement(random);
        budget
    }

    fn push(&mut self, random: &mut Random, line: Line) {
        let prior = match random.between(1, 10) {
            1 => line.fen,
            2 => 0,
            _ => line.fen * random.between(70, 120) / 100 + random.between(-90_000, 90_000),
        };
        // Carry-over of a project is drawn anew; a wage line is never new.
        let prior = if line.nature != Nature::Project && prior == 0 {
            line.fen
        } else {
            prior.max(0)
        };
        self.lines.push(Line { prior, ..line });
    }

    fn basic(
        &mut self,
        random: &mut Random,
        function: &'static str,
        economic: &'static str,
        low: i64,
        high: i64,
    ) {
        let nature = if economic.starts_with("302") || economic.starts_with("310") {
            Nature::Operating
        } else {
            Nature::Personnel
        };
        let fen = random.between(low, high) * 997_331 / 10;
        let fund = Fund::General;
        self.push(
            random,
            Line {
                fund,
                carried: false,
                function,
                nature,
                economic,
                project: None,
                fen,
                prior: 0,
            },
        );
    }

    fn draw_basic(&mut self, field: &Field, random: &mut Random) {
        let [running, _, institution, _] = field.items;
        for economic in ["30101", "30102", "30103", "30112"] {
            self.basic(random, running, economic, 40, 8_000);
        }
        if random.chance(50) {
            self.basic(random, institution, "30101", 300, 3_000);
            self.basic(random, institution, "30107", 100, 2_000);
        }
        self.basic(random, "2080505", "30108", 200, 3_000);
        if random.chance(70) {
            self.basic(random, "2101101", "30110", 100, 1_000);
            self.basic(random, "2101103", "30111", 30, 400);
        }
        if random.chance(70) {
            self.basic(random, "2210201", "30113", 200, 2_500);
        }
        if random.chance(40) {
            self.basic(random, "2080501", "30302", 50, 900);
        }
        if random.chance(30) {
            self.basic(random, running, "30305", 5, 90);
        }
        for economic in [
            "30201", "30202", "30207", "30211", "30213", "30228", "30229", "30299",
        ] {
            if random.chance(75) {
                self.basic(random, running, economic, 2, 700);
            }
        }
        if self.vehicles > 0 {
            self.basic(random, running, "30231", 10, 200);
        }
        if random.chance(30) {
            self.basic(random, running, "30217", 1, 30);
        }
        if random.chance(25) {
            self.basic(random, running, "31002", 5, 80);
        }
    }

    fn new_project(&mut self, random: &mut Random) -> usize {
        let used = self.projects.len();
        let topic = TOPICS[used % TOPICS.len()];
        let prefix = random.one(&["", "年度", "2023年"]);
        self.projects.push(Project {
            name: format!(
                "{prefix}{topic}{}",
                random.one(&["项目", "经费", "专项经费"])
            ),
            topic,
        });
        used
    }

    fn draw_projects(&mut self, field: &Field, random: &mut Random) {
        for _ in 0..random.between(1, 6) {
            let project = self.new_project(random);
            let function = *random.one(&[field.items[1], field.items[1], field.items[3]]);
            let fund = if random.chance(15) {
                Fund::GeneralTransfer
            } else {
                Fund::General
            };
            let classes = *random.one(&PROJECT_CLASSES);
            for economic in classes {
                let fen = random.between(30, 4_000) * 1_003_117 / 10;
                self.push(
                    random,
                    Line {
                        fund,
                        carried: false,
                        function,
                        nature: Nature::Project,
                        economic,
                        project: Some(project),
                        fen,
                        prior: 0,
                    },
                );
            }
        }
        if random.chance(60) {
            for _ in 0..random.between(1, 3) {
                let project = self.new_project(random);
                let fen = random.between(10, 900) * 999_983 / 10;
                let function = field.items[1];
                self.push(
                    random,
                    Line {
                        fund: Fund::General,
                        carried: true,
                        function,
                        nature: Nature::Project,
                        economic: "302",
                        project: Some(project),
                        fen,
                        prior: 0,
                    },
                );
            }
        }
    }

    fn draw_other_funds(&mut self, field: &Field, random: &mut Random) {
        for (percent, fund, function, low, high) in [
            (15, Fund::Managed, "2120803", 200, 9_000),
            (25, Fund::Service, field.items[1], 20, 900),
            (25, Fund::Other, field.items[1], 5, 90),
        ] {
            if random.chance(percent) {
                let project = self.new_project(random);
                let fen = random.between(low, high) * 1_000_003 / 10;
                self.push(
                    random,
                    Line {
                        fund,
                        carried: false,
                        function,
                        nature: Nature::Project,
                        economic: "302",
                        project: Some(project),
                        fen,
                        prior: 0,
                    },
                );
            }
        }
    }

    fn draw_procurement(&mut self, random: &mut Random) {
        let whole = self.sum(|l| !l.carried && l.nature == Nature::Project);
        self.procurement = [
            whole / random.between(5, 9),
            0,
            whole / random.between(2, 4),
        ];
        if random.chance(30) {
            self.procurement[1] = whole / 20;
        }
        let total: i64 = self.procurement.iter().sum();
        self.reserve = [total / 2, total / 3];
    }

    /// Sum of this year's lines, fen.
    pub fn sum(&self, keep: impl Fn(&Line) -> bool) -> i64 {
        self.lines.iter().filter(|l| keep(l)).map(|l| l.fen).sum()
    }

    /// Sum of last year's lines, fen.
    pub fn prior(&self, keep: impl Fn(&Line) -> bool) -> i64 {
        self.lines.iter().filter(|l| keep(l)).map(|l| l.prior).sum()
    }

    /// Functional codes at a length of digits used by lines of this year, in order.
    pub fn functions(&self, digits: usize, keep: impl Fn(&Line) -> bool) -> Vec<&'static str> {
        codes(
            self.lines
                .iter()
                .filter(|l| l.fen > 0 && keep(l))
                .map(|l| &l.function[..digits]),
        )
    }

    /// Economic codes at a length of digits used by lines of this year, in order.
    pub fn economics(&self, digits: usize, keep: impl Fn(&Line) -> bool) -> Vec<&'static str> {
        codes(
            self.lines
                .iter()
                .filter(|l| l.fen > 0 && keep(l))
                .map(|l| &l.economic[..digits]),
        )
    }
}

fn codes(all: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut codes: Vec<&str> = all.collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}
