//! Chinese first, English beside: every word of ours exists in both, side by side, where it is used.

use mz_budget::{
    disclosure::Kind,
    finding::{ObligationStatus, Severity, Verdict},
};

/// Language of messages. What is quoted from the document stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The one of the two that is in this language.
    pub fn pick<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// Tag for `lang` attributes.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Name of a severity.
    pub fn severity(self, severity: Severity) -> &'static str {
        match (severity, self) {
            (Severity::Error, Self::Zh) => "错误",
            (Severity::Warning, Self::Zh) => "警告",
            (Severity::Query, Self::Zh) => "待说明",
            (Severity::Info, Self::Zh) => "提示",
            (severity, Self::En) => severity_key(severity),
        }
    }

    /// Name of a ledger state.
    pub fn status(self, status: ObligationStatus) -> &'static str {
        match (status, self) {
            (ObligationStatus::Done, Self::Zh) => "已查",
            (ObligationStatus::NotApplicable, Self::Zh) => "不适用",
            (ObligationStatus::NotEnoughData, Self::Zh) => "缺少所需内容",
            (ObligationStatus::Ambiguous, Self::Zh) => "有多种读法",
            (ObligationStatus::Unread, Self::Zh) => "未能读懂",
            (ObligationStatus::Done, Self::En) => "checked",
            (ObligationStatus::NotApplicable, Self::En) => "not applicable",
            (ObligationStatus::NotEnoughData, Self::En) => "not enough data",
            (ObligationStatus::Ambiguous, Self::En) => "ambiguous",
            (ObligationStatus::Unread, Self::En) => "unread",
        }
    }

    /// Name of a kind of document.
    pub fn kind(self, kind: Kind) -> &'static str {
        match (kind, self) {
            (Kind::UnitBudget, Self::Zh) => "单位预算",
            (Kind::DepartmentBudget, Self::Zh) => "部门预算",
            (Kind::UnitFinalAccounts, Self::Zh) => "单位决算",
            (Kind::DepartmentFinalAccounts, Self::Zh) => "部门决算",
            (Kind::UnitBudget, Self::En) => "unit budget",
            (Kind::DepartmentBudget, Self::En) => "departmental budget",
            (Kind::UnitFinalAccounts, Self::En) => "unit final accounts",
            (Kind::DepartmentFinalAccounts, Self::En) => "departmental final accounts",
        }
    }
}

/// Most serious first.
pub const SEVERITIES: [Severity; 4] = [
    Severity::Error,
    Severity::Warning,
    Severity::Query,
    Severity::Info,
];

/// Key of a severity in data formats.
pub fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Query => "query",
        Severity::Info => "info",
    }
}

/// Key of a verdict in data formats.
pub fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Broken => "broken",
        Verdict::Undecided => "undecided",
    }
}

/// Key of a ledger state in data formats.
pub fn status_key(status: ObligationStatus) -> &'static str {
    match status {
        ObligationStatus::Done => "done",
        ObligationStatus::NotApplicable => "not_applicable",
        ObligationStatus::NotEnoughData => "not_enough_data",
        ObligationStatus::Ambiguous => "ambiguous",
        ObligationStatus::Unread => "unread",
    }
}

/// Key of a kind in data formats.
pub fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::UnitBudget => "unit-budget",
        Kind::DepartmentBudget => "department-budget",
        Kind::UnitFinalAccounts => "unit-final-accounts",
        Kind::DepartmentFinalAccounts => "department-final-accounts",
    }
}
