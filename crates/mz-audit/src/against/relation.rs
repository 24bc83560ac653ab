//! What another document is to the one audited, told from unit, year and kind, never from file names.

use mz_budget::{
    disclosure::{Disclosure, Kind},
    normalise,
};

/// What the other document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same kind of document of the same unit, one year earlier.
    LastYear,
    /// The document of the department that this unit belongs to.
    Department,
    /// The document of a unit that belongs to this department.
    Unit,
    /// The budget of the year these are the final accounts of.
    Budget,
    /// Another version of the same document: a draft, or the other place it was published at.
    Version,
    /// Nothing that is compared; why.
    Unrelated(String),
}

impl Relation {
    /// The relation of `other` to `own`.
    pub fn of(own: &Disclosure, other: &Disclosure) -> Self {
        let (Some(year), Some(other_year)) = (own.year, other.year) else {
            return Self::Unrelated("看不出文件的年度".to_owned());
        };
        let is_same_body = same_body(own, other);
        let both_final = own.kind.is_final_accounts() && other.kind.is_final_accounts();
        let both_budget = !own.kind.is_final_accounts() && !other.kind.is_final_accounts();
        if (both_final || both_budget) && year == other_year {
            return match (is_department(own.kind), is_department(other.kind)) {
                (true, false) if belongs(other, own) => Self::Unit,
                (false, true) if belongs(own, other) => Self::Department,
                (true, true) | (false, false) if is_same_body => Self::Version,
                _ => Self::Unrelated(format!("{}与{}看不出隶属关系", name(own), name(other))),
            };
        }
        if !is_same_body {
            return Self::Unrelated(format!("{}与{}不是同一单位", name(own), name(other)));
        }
        if (both_final || both_budget) && year == other_year + 1 {
            return Self::LastYear;
        }
        if (both_final || both_budget) && other_year == year + 1 {
            return Self::Unrelated(format!(
                "它是下一年（{other_year} 年）的文件；把它作为审核的文件、对照本文件，才能核对"
            ));
        }
        if !own.kind.is_final_accounts() && both_of_one_year(own, other) {
            return Self::Unrelated(
                "它是同年的决算；把它作为审核的文件、对照本文件，才能核对年初预算数".to_owned(),
            );
        }
        if own.kind.is_final_accounts() && both_of_one_year(own, other) {
            return Self::Budget;
        }
        Self::Unrelated(format!(
            "{year} 年度与 {other_year} 年度的这两种文件没有可核对的数"
        ))
    }

    /// In Chinese, for the ledger.
    pub fn name(&self) -> &str {
        match self {
            Self::LastYear => "上年同一文件",
            Self::Department => "主管部门的文件",
            Self::Unit => "所属单位的文件",
            Self::Budget => "同年预算",
            Self::Version => "同一文件的另一版本",
            Self::Unrelated(why) => why,
        }
    }
}

fn is_department(kind: Kind) -> bool {
    matches!(kind, Kind::DepartmentBudget | Kind::DepartmentFinalAccounts)
}

fn both_of_one_year(own: &Disclosure, other: &Disclosure) -> bool {
    own.year == other.year && own.kind.is_final_accounts() != other.kind.is_final_accounts()
}

fn name(disclosure: &Disclosure) -> String {
    disclosure
        .unit
        .clone()
        .unwrap_or_else(|| "（未写单位）".to_owned())
}

/// The name without what says that only the body itself is meant: （本级）, 机关.
fn plain(disclosure: &Disclosure) -> String {
    const OWN_LEVEL: [&str; 6] = ["(本级)", "本级", "(本部)", "(机关)", "(汇总)", "(部门)"];
    let mut plain = normalise::name(disclosure.unit.as_deref().unwrap_or_default());
    for words in OWN_LEVEL {
        if let Some(rest) = plain.strip_suffix(words) {
            plain = rest.to_owned();
        }
    }
    plain
}

/// One name is the other, or ends in it: 某市甲区乙街道办事处 and 乙街道办事处.
fn same_body(own: &Disclosure, other: &Disclosure) -> bool {
    const SHORTEST: usize = 4;
    let (a, b) = (plain(own), plain(other));
    // A document whose name was not read is known by how it speaks of itself.
    if a.is_empty() || b.is_empty() {
        let (unnamed, name) = if a.is_empty() { (own, &b) } else { (other, &a) };
        return name.chars().count() >= SHORTEST && n_naming(unnamed, name) >= 2;
    }
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    short.chars().count() >= SHORTEST && long.ends_with(short.as_str())
}

/// Texts that say the name.
fn n_naming(disclosure: &Disclosure, name: &str) -> usize {
    let texts = disclosure.texts.iter();
    texts
        .filter(|text| normalise::name(&text.text).contains(name))
        .count()
}

/// The department is the unit's own level, its name begins the unit's, or its document names the unit.
fn belongs(unit: &Disclosure, department: &Disclosure) -> bool {
    let (part, whole) = (plain(unit), plain(department));
    same_body(unit, department)
        || (!whole.is_empty() && part.starts_with(whole.as_str()))
        || (!part.is_empty() && n_naming(department, &part) > 0)
}
