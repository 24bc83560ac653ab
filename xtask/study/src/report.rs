//! The study's report as Markdown: figures and lines only, no words of the document.

use std::{collections::BTreeMap, fmt::Write as _};

use mz_budget::money::Decimal;

use crate::{
    judge::Outcome,
    mutation::Way,
    run::{Study, Trial},
    spot::{Sort, Spot},
};

/// Counts of one row of a summary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Changes.
    pub n: usize,
    /// Noticed.
    pub noticed: usize,
    /// Named first.
    pub first: usize,
    /// Among the first three.
    pub top_three: usize,
}

impl Tally {
    fn add(&mut self, outcome: Outcome) {
        self.n += 1;
        self.noticed += usize::from(outcome >= Outcome::Noticed);
        self.top_three += usize::from(outcome >= Outcome::TopThree);
        self.first += usize::from(outcome == Outcome::First);
    }

    /// Hundredths of a percent, rounded down; 10,000 when there was nothing to do.
    pub fn noticed_bp(self) -> usize {
        (self.noticed * 10_000)
            .checked_div(self.n)
            .unwrap_or(10_000)
    }

    /// See [`Tally::noticed_bp`].
    pub fn first_bp(self) -> usize {
        (self.first * 10_000).checked_div(self.n).unwrap_or(10_000)
    }

    fn row(self, label: &str) -> String {
        let share = |n: usize| match (n * 10_000).checked_div(self.n) {
            Some(bp) => format!("{}.{:02}%", bp / 100, bp % 100),
            None => "—".to_owned(),
        };
        format!(
            "| {label} | {} | {} | {} | {} |\n",
            self.n,
            share(self.noticed),
            share(self.first),
            share(self.top_three)
        )
    }
}

/// Why a change was not noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Nothing else in the document fixes the figure.
    Free,
    /// A percentage is all that fixes it, and the change stays inside what the percentage's digits allow.
    InsideRate,
    /// The weights of the table still add up to what is allowed (90, or 100 with the execution rate).
    Lawful,
    /// The changed document could not be read any more.
    Unread,
    /// A miss of the audit.
    Missed,
}

impl Why {
    fn name(self) -> &'static str {
        match self {
            Self::Free => "文中别处不能确定此数",
            Self::InsideRate => "变动在百分比印出位数容许的范围内",
            Self::Lawful => "改后权重合计仍合规",
            Self::Unread => "改后无法识别",
            Self::Missed => "漏报",
        }
    }
}

/// Summaries the thresholds look at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// Figures of statutory tables, blanks included.
    pub cells: Tally,
    /// Narrative figures something else in the document determines.
    pub determined: Tally,
    /// Narrative figures nothing else determines.
    pub free: Tally,
    /// Narrative figures that were not bound.
    pub unbound: Tally,
    /// Amounts in tables that were not placed.
    pub unplaced: Tally,
    /// Changed documents that could not be read or audited.
    pub failed: usize,
}

/// Adds up a study.
pub fn totals(study: &Study) -> Totals {
    let mut totals = Totals::default();
    for (trial, spot) in pairs(study) {
        totals.failed += usize::from(trial.failed);
        let tally = match spot.sort {
            Sort::Unbound => &mut totals.unbound,
            Sort::Unplaced => &mut totals.unplaced,
            sort if sort.in_table() => &mut totals.cells,
            _ if spot.determined => &mut totals.determined,
            _ => &mut totals.free,
        };
        tally.add(trial.outcome);
    }
    totals
}

fn pairs(study: &Study) -> impl Iterator<Item = (&Trial, &Spot)> {
    study
        .trials
        .iter()
        .filter_map(|trial| Some((trial, study.spots.get(trial.mutation.spot)?)))
}

/// Why a missed change was missed.
pub fn why(trial: &Trial, spot: &Spot) -> Why {
    if trial.failed {
        Why::Unread
    } else if !spot.determined {
        Why::Free
    } else if lawful(trial, spot) {
        Why::Lawful
    } else if inside_rate(trial, spot) {
        Why::InsideRate
    } else {
        Why::Missed
    }
}

/// From 90 to 100 or back: both totals are in order.
fn lawful(trial: &Trial, spot: &Spot) -> bool {
    let new = Decimal::parse(&trial.mutation.text);
    let moved = spot
        .number
        .zip(new)
        .filter(|(a, b)| a.decimals == b.decimals)
        .map(|(a, b)| a.digits.abs_diff(b.digits));
    let ten = spot
        .number
        .map(|number| 10_u64.pow(u32::from(number.decimals) + 1));
    spot.sort == Sort::Weight && moved.is_some() && moved == ten
}

/// A change of the last digit by a few units moves a rate of an amount ten thousand times as large by nothing one can see.
fn inside_rate(trial: &Trial, spot: &Spot) -> bool {
    let (Some(old), Some(new)) = (spot.number, Decimal::parse(&trial.mutation.text)) else {
        return false;
    };
    let rate_only = spot.rate_of.is_some_and(|whole| {
        let moved = i128::from(old.digits.abs_diff(new.digits));
        // A rate printed with two decimals cannot show less than 0.005 % of the base on either side.
        old.decimals == new.decimals && moved * 10_000 <= i128::from(whole.digits) + 10_000
    });
    spot.sort == Sort::Money && rate_only
}

/// The report.
pub fn markdown(study: &Study, name: &str, profile: Option<&str>) -> String {
    let totals = totals(study);
    let mut out = format!("# 变异研究：{name}\n\n");
    let profile = profile.map_or(String::new(), |id| format!(" --profile {id}"));
    let _ = writeln!(
        out,
        "由 `cargo xtask mutate FILE{profile}` 生成。文件中的每一个数字按人出错的方式逐一改动（每次只改一处），\
         重新识别、审计，看有没有新的问题（提示级以上）落在改动处。只列行号和数字，不抄原文。\n"
    );
    let _ = writeln!(
        out,
        "*Every figure is changed, one at a time, in the ways people err; noticed = a new finding above info has a place or \
         suspect on it; first = it is the first suspect (or the first place, where no suspects are named).*\n"
    );
    let _ = writeln!(
        out,
        "- 可改动 {} 种，本次试 {} 种；未改动时提示级以上的问题 {} 个\n- 文字中的数字：已绑定 {}，未绑定 {}\n- 未改动的文件：识别 {} 微秒，审计 {} 微秒（数次中最短）\n",
        study.n_possible,
        study.trials.len(),
        study.n_baseline,
        study.n_bound,
        study.n_unbound,
        study.recognising.as_micros(),
        study.auditing.as_micros(),
    );
    let head = "| 项目 | 改动 | 发现 | 首位 | 前三 |\n|---|---:|---:|---:|---:|\n";
    out.push_str("## 合计\n\n");
    out.push_str(head);
    out.push_str(&totals.cells.row("法定表（含空格填数）"));
    out.push_str(&totals.determined.row("文字、绩效表：文中别处能确定的数"));
    out.push_str(&totals.free.row("文字：文中别处不能确定的数"));
    for (tally, label) in [
        (totals.unbound, Sort::Unbound.name()),
        (totals.unplaced, Sort::Unplaced.name()),
    ] {
        if tally.n > 0 {
            out.push_str(&tally.row(label));
        }
    }
    out.push_str("\n## 按位置\n\n");
    out.push_str(head);
    for (label, tally) in tally_by(study, |_, spot| (!spot.sort.in_table(), spot.area.clone())) {
        out.push_str(&tally.row(&label.1));
    }
    out.push_str("\n## 按数字种类\n\n");
    out.push_str(head);
    for (sort, tally) in tally_by(study, |_, spot| (spot.sort, !spot.determined)) {
        let free = if sort.1 {
            "（别处不能确定）"
        } else {
            ""
        };
        out.push_str(&tally.row(&format!("{}{free}", sort.0.name())));
    }
    out.push_str("\n## 按改动方式\n\n");
    out.push_str("### 法定表\n\n");
    out.push_str(head);
    ways(study, &mut out, true);
    out.push_str("\n### 文字与绩效表（文中别处能确定的数）\n\n");
    out.push_str(head);
    ways(study, &mut out, false);
    unplaced(study, &mut out);
    misses(study, &mut out);
    not_first(study, &mut out);
    out
}

/// How many amounts of tables were placed and not, by page, where any were not.
fn unplaced(study: &Study, out: &mut String) {
    let mut pages: BTreeMap<u32, [usize; 2]> = BTreeMap::new();
    for spot in &study.spots {
        let at = pages
            .entry(spot.page.or(spot.line).unwrap_or(0))
            .or_default();
        match spot.sort {
            Sort::Cell => at[0] += 1,
            Sort::Unplaced => at[1] += 1,
            _ => {}
        }
    }
    pages.retain(|_, [_, left]| *left > 0);
    if pages.is_empty() {
        return;
    }
    out.push_str("\n## 表内未取用的数\n\n| 页 | 取用 | 未取用 |\n|---:|---:|---:|\n");
    for (page, [placed, left]) in pages {
        let _ = writeln!(out, "| {page} | {placed} | {left} |");
    }
}

/// Table figures that were noticed and not named first, by figure: how often, and by which finding.
fn not_first(study: &Study, out: &mut String) {
    const SHOWN: usize = 100;
    let mut rows: BTreeMap<(usize, &str), [usize; 2]> = BTreeMap::new();
    for (trial, _) in pairs(study).filter(|(_, spot)| spot.sort.in_table()) {
        let outcome = trial.outcome;
        if outcome == Outcome::Noticed || outcome == Outcome::TopThree {
            let counts = rows.entry((trial.mutation.spot, trial.code)).or_default();
            if let Some(n) = counts.get_mut(usize::from(outcome == Outcome::Noticed)) {
                *n += 1;
            }
        }
    }
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "\n## 发现了、但没有列在首位的表内数字（最多 {SHOWN} 条）\n"
    );
    out.push_str(
        "| 行 | 表 | 原数 | 问题 | 列第二、三位 | 更后 |\n|---:|---|---:|---|---:|---:|\n",
    );
    for ((spot, code), [top_three, later]) in rows.iter().take(SHOWN) {
        let Some(spot) = study.spots.get(*spot) else {
            continue;
        };
        let at = spot
            .line
            .or(spot.page)
            .map_or_else(|| "—".to_owned(), |n| n.to_string());
        let _ = writeln!(
            out,
            "| {at} | {} | {} | {code} | {top_three} | {later} |",
            spot.area, spot.printed
        );
    }
}

fn ways(study: &Study, out: &mut String, in_table: bool) {
    let rows = tally_by(study, |trial, spot| {
        (spot.sort.in_table() == in_table && spot.determined).then_some(trial.mutation.way)
    });
    for way in Way::ALL {
        if let Some(tally) = rows.get(&Some(way)) {
            out.push_str(&tally.row(way.name()));
        }
    }
}

fn tally_by<K: Ord>(study: &Study, key: impl Fn(&Trial, &Spot) -> K) -> BTreeMap<K, Tally> {
    let mut rows: BTreeMap<K, Tally> = BTreeMap::new();
    for (trial, spot) in pairs(study) {
        rows.entry(key(trial, spot)).or_default().add(trial.outcome);
    }
    rows
}

fn misses(study: &Study, out: &mut String) {
    const SHOWN: usize = 300;
    let missed: Vec<(&Trial, &Spot, Why)> = pairs(study)
        .filter(|(trial, _)| trial.outcome == Outcome::Missed)
        .map(|(trial, spot)| (trial, spot, why(trial, spot)))
        .collect();
    let mut by_reason: BTreeMap<Why, usize> = BTreeMap::new();
    for (_, _, why) in &missed {
        *by_reason.entry(*why).or_default() += 1;
    }
    out.push_str("\n## 未发现的\n\n| 原因 | 次数 |\n|---|---:|\n");
    for (why, n) in &by_reason {
        let _ = writeln!(out, "| {} | {n} |", why.name());
    }
    let told: Vec<_> = missed
        .iter()
        .filter(|(_, _, why)| *why != Why::Free)
        .collect();
    if told.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n除“别处不能确定”外逐一列出（最多 {SHOWN} 条）：\n");
    out.push_str(
        "| 行 | 位置 | 种类 | 方式 | 原数 | 改为 | 原因 |\n|---:|---|---|---|---:|---:|---|\n",
    );
    for (trial, spot, why) in told.iter().take(SHOWN) {
        let at = spot
            .line
            .or(spot.page)
            .map_or_else(|| "—".to_owned(), |n| n.to_string());
        let _ = writeln!(
            out,
            "| {at} | {} | {} | {} | {} | {} | {} |",
            spot.area,
            spot.sort.name(),
            trial.mutation.way.name(),
            spot.printed,
            trial.mutation.text,
            why.name()
        );
    }
}
