//! A contradiction of the tables, as a finding: the identity with both sides, the difference, the suspects.

use mz_budget::{
    cube::{Cluster, Conflict, Kind, Reason, Slip},
    dimension::Dimension,
    disclosure::Disclosure,
    finding::Suspect,
    money::Fen,
    place::Place,
};

use crate::{
    Audit, Sink,
    cubes::{Solved, observed},
};

/// Most terms of an identity shown in a message.
const MOST_TERMS: usize = 7;
/// Most places of a finding.
const MOST_PLACES: usize = 12;
/// Most suspects of a finding.
const MOST_SUSPECTS: usize = 8;

/// The words of an identity, in one language.
struct Words {
    less: &'static str,
    more: &'static str,
    absent: &'static str,
    blank: &'static str,
    /// Terms shown, how many there are, what they make.
    in_all: fn(&str, usize, &str) -> String,
    along: fn(Dimension) -> &'static str,
}

const CHINESE: Words = Words {
    less: "小于",
    more: "大于",
    absent: "无此行",
    blank: "空",
    in_all: |shown, n, sum| format!("{shown} 等 {n} 项合计 {sum}"),
    along: |dimension| match dimension {
        Dimension::Fund => "（按资金来源）",
        Dimension::Vintage => "（按本年与结转）",
        Dimension::Function => "（按功能分类）",
        Dimension::Nature => "（按支出性质）",
        Dimension::Economic => "（按经济分类）",
        Dimension::Project => "（按项目）",
        Dimension::Body => "（按单位）",
        Dimension::Governmental => "（按政府经济分类）",
    },
};

const ENGLISH: Words = Words {
    less: "is less than",
    more: "is more than",
    absent: "(no such row)",
    blank: "(blank)",
    in_all: |shown, n, sum| format!("{shown} and others, {n} in all, together {sum}"),
    along: |dimension| match dimension {
        Dimension::Fund => " (by source of funds)",
        Dimension::Vintage => " (this year's and carried over)",
        Dimension::Function => " (by function)",
        Dimension::Nature => " (by nature)",
        Dimension::Economic => " (by economic class)",
        Dimension::Project => " (by project)",
        Dimension::Body => " (by unit)",
        Dimension::Governmental => " (by governmental economic class)",
    },
};

/// Reports the clusters whose first contradiction is of one of these kinds, and counts the identities compared.
pub(crate) fn report(audit: &Audit<'_>, sink: &mut Sink, wanted: impl Fn(Reason) -> bool) {
    for (_, solved) in audit.cubes().stages() {
        sink.checked(solved.counts().0);
        for cluster in solved.clusters() {
            if let Some(first) = cluster
                .conflicts
                .first()
                .filter(|conflict| wanted(conflict.reason))
            {
                one(audit, sink, solved, cluster, first);
            }
        }
    }
}

fn one(
    audit: &Audit<'_>,
    sink: &mut Sink,
    solved: &Solved,
    cluster: &Cluster,
    conflict: &Conflict,
) {
    let places = places(audit, solved, cluster, conflict);
    let Some((first, rest)) = places.split_first() else {
        return;
    };
    let unique = cluster.is_proved && cluster.suspects.iter().filter(|s| s.rank == 1).count() == 1;
    let [identity, identity_en] =
        [CHINESE, ENGLISH].map(|words| identity(audit, solved, conflict, &words));
    let more = match cluster.conflicts.len() {
        0 | 1 => String::new(),
        n => format!("（同一处还牵连 {} 条勾稽）", n - 1),
    };
    let difference = audit.money(conflict.difference.abs());
    let mut finding = sink
        .broken(
            first,
            format!("{identity}，相差 {difference}{more}"),
            format!("{identity_en}; the difference is {difference}"),
        )
        .also_all(rest.iter().copied())
        .difference(Fen(conflict.difference));
    for (index, _) in &conflict.terms {
        let Some(source) = solved.source(*index) else {
            continue;
        };
        let label = audit
            .disclosure
            .observations
            .get(source)
            .map_or_else(String::new, |o| label(&o.place));
        if let Some(money) = observed(audit.disclosure, source) {
            finding = finding.side(label, money.to_string(), money.fen());
        }
    }
    for given in conflict
        .support
        .iter()
        .filter_map(|given| solved.source(*given))
    {
        if let Some(place) = audit.place_of(given) {
            finding = finding.rests_on(place);
        }
    }
    for (n, suspect) in cluster.suspects.iter().take(MOST_SUSPECTS).enumerate() {
        let Some(named) = named(audit, solved, suspect) else {
            continue;
        };
        if n == 0 && unique && named.implied.is_some() == suspect.implied.is_some() {
            finding = finding.advice(advice(&named, suspect.slip));
        }
        finding = finding.suspect(named);
    }
    let _ = finding;
}

/// A suspect at its place. A figure that must be what it is to the last digit printed is not corrected by saying so.
fn named(
    audit: &Audit<'_>,
    solved: &Solved,
    suspect: &mz_budget::cube::Suspect,
) -> Option<Suspect> {
    let source = solved.source(suspect.given)?;
    let printed = printed(audit.disclosure, source);
    Some(Suspect {
        place: audit.place_of(source)?.clone(),
        implied: suspect
            .implied
            .map(|fen| audit.money(fen))
            .filter(|implied| *implied != printed),
        printed,
    })
}

/// Suspects first, then the other figures of the identity.
fn places<'a>(
    audit: &Audit<'a>,
    solved: &Solved,
    cluster: &Cluster,
    conflict: &Conflict,
) -> Vec<&'a Place> {
    let likely = cluster
        .suspects
        .iter()
        .filter(|suspect| suspect.rank == 1)
        .map(|suspect| suspect.given);
    let terms = conflict.terms.iter().map(|(given, _)| *given);
    let mut places: Vec<&'a Place> = Vec::new();
    for given in likely.chain(terms).chain(conflict.support.iter().copied()) {
        let place = solved
            .source(given)
            .and_then(|source| audit.place_of(source));
        if let Some(place) = place.filter(|place| !places.contains(place)) {
            places.push(place);
        }
        if places.len() >= MOST_PLACES {
            break;
        }
    }
    places
}

/// The identity with its figures, the whole on the left.
fn identity(audit: &Audit<'_>, solved: &Solved, conflict: &Conflict, words: &Words) -> String {
    let of = |given| term(audit, solved, given, 1, words);
    if let Some((part, whole)) = above_zero(solved, conflict) {
        return format!("{} {} {}", of(part), words.more, of(whole));
    }
    let sign = conflict.terms.first().map_or(1, |(_, c)| c.signum());
    let (mut left, mut right): (Vec<_>, Vec<_>) =
        conflict.terms.iter().partition(|(_, c)| c.signum() == sign);
    if left.len() > right.len() && !right.is_empty() {
        std::mem::swap(&mut left, &mut right);
    }
    let side = |terms: &[&(usize, i64)]| {
        let shown: Vec<String> = terms
            .iter()
            .take(MOST_TERMS)
            .map(|(given, c)| term(audit, solved, *given, c.abs(), words))
            .collect();
        let shown = shown.join(" + ");
        let sum: i64 = terms
            .iter()
            .filter_map(|(given, c)| Some(solved.given(*given)?.value * c.abs()))
            .sum();
        match terms.len() {
            0 => "0".to_owned(),
            1 => shown,
            n if n > MOST_TERMS => (words.in_all)(&shown, n, &audit.money(sum)),
            _ => format!("{shown} = {}", audit.money(sum)),
        }
    };
    let sign = if conflict.reason == Reason::Bound {
        words.less
    } else {
        "≠"
    };
    let along = conflict
        .dimension
        .and_then(|dimension| Dimension::ALL.get(dimension))
        .map_or("", |dimension| (words.along)(*dimension));
    format!("{} {sign} {}{along}", side(&left), side(&right))
}

/// A figure that must be zero because one other figure is, with that figure.
fn above_zero(solved: &Solved, conflict: &Conflict) -> Option<(usize, usize)> {
    let &[(part, _)] = conflict.terms.as_slice() else {
        return None;
    };
    let mut others = conflict.support.iter().filter(|given| **given != part);
    let (whole, None) = (*others.next()?, others.next()) else {
        return None;
    };
    let is_printed_zero = solved
        .given(whole)
        .is_some_and(|given| given.value == 0 && given.kind == Kind::Printed);
    (conflict.reason == Reason::Zero && is_printed_zero).then_some((part, whole))
}

fn term(audit: &Audit<'_>, solved: &Solved, given: usize, times: i64, words: &Words) -> String {
    let Some(source) = solved.source(given) else {
        return "?".into();
    };
    let Some(observation) = audit.disclosure.observations.get(source) else {
        return "?".into();
    };
    let times = if times == 1 {
        String::new()
    } else {
        format!("{times} × ")
    };
    let figure = match solved.given(given).map(|given| given.kind) {
        Some(Kind::Absent) => words.absent.to_owned(),
        Some(Kind::Blank) => words.blank.to_owned(),
        _ => printed(audit.disclosure, source),
    };
    format!("{times}{} {figure}", label(&observation.place))
}

/// 《表名》行·列.
fn label(place: &Place) -> String {
    let table = place
        .table
        .as_deref()
        .map_or_else(String::new, |table| format!("《{table}》"));
    let parts: Vec<&str> = [place.row.as_deref(), place.column.as_deref()]
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    format!("{table}{}", parts.join("·"))
}

fn printed(disclosure: &Disclosure, source: usize) -> String {
    observed(disclosure, source).map_or_else(|| "（空）".to_owned(), |money| money.to_string())
}

fn advice(best: &Suspect, slip: Slip) -> String {
    let at = label(&best.place);
    let how = match slip {
        Slip::Copied(_) => "，像是抄了相邻的数",
        Slip::Prior => "，像是沿用了上年数",
        Slip::Swapped => "，像是两位数字颠倒",
        Slip::Shifted(_) => "，像是小数点错位",
        Slip::Unit => "，像是元与万元混淆",
        Slip::Dropped => "，像是漏了一位数字",
        Slip::Doubled => "，像是多了一位数字",
        Slip::Digit => "，像是一位数字写错",
        Slip::Missing => "，像是漏填",
        Slip::Spurious => "，像是多填",
        Slip::Other | Slip::Undetermined => "",
    };
    match &best.implied {
        Some(implied) => format!("撤去{at}一处，其余勾稽全部成立，该处应为 {implied}{how}。"),
        None => format!("撤去{at}一处，其余勾稽全部成立{how}。"),
    }
}
