use mz_budget::{
    dimension::Dimension,
    disclosure::{NameMention, Text},
    finding::Severity,
    normalise,
};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static EXPLANATION_OF_ANOTHER_ITEM = {
        code: "MZ3100",
        name: "explanation-of-another-item",
        severity: Severity::Warning,
        since: "0.1.0",
        law: &[],
        checks: &["CL-13"],
        page: "explanation_of_another_item.md",
        check: check,
    };
}

/// Most of the items explain themselves by their own names before one that does not is suspicious.
const LEAST_ITEMS: usize = 5;

/// An item of the list with its explanation.
struct Item<'a> {
    mention: &'a NameMention,
    /// Names in comparison form, outermost first.
    names: Vec<String>,
    text: &'a Text,
    /// Characters of the explanation.
    range: (usize, usize),
    explanation: String,
    /// Where the whole explanation ends.
    end: usize,
}

impl<'a> Item<'a> {
    /// The purpose, and the reason behind 原因是, when there is one.
    fn split(self) -> (Self, Option<Self>) {
        let chars: Vec<char> = self.text.text.chars().collect();
        let (start, end) = self.range;
        let inside = chars.get(start..end.min(chars.len())).unwrap_or(&[]);
        let Some(at) = inside.windows(2).position(|pair| *pair == ['原', '因']) else {
            return (self, None);
        };
        let half = |range: (usize, usize)| {
            let text: String = chars.get(range.0..range.1).unwrap_or(&[]).iter().collect();
            Self {
                mention: self.mention,
                names: self.names.clone(),
                text: self.text,
                range,
                explanation: normalise::name(&text),
                end: self.end,
            }
        };
        let (purpose, reason) = (half((start, start + at)), half((start + at, end)));
        (purpose, Some(reason))
    }
}

impl Item<'_> {
    fn item(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    /// 款 and 项 together, as lists write it for items that many 款 have.
    fn joined(&self) -> String {
        let n = self.names.len();
        self.names
            .get(n.saturating_sub(2)..)
            .unwrap_or(&[])
            .concat()
    }

    fn names_itself(&self) -> bool {
        self.explanation.contains(stem(self.item()))
    }
}

/// 其他城乡社区管理事务支出 is explained as 其他城乡社区管理事务.
fn stem(name: &str) -> &str {
    name.strip_suffix("支出").unwrap_or(name)
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    // Purpose and reason are written each in its own style.
    let (mut purposes, mut reasons) = (Vec::new(), Vec::new());
    for item in items(audit) {
        let (purpose, reason) = item.split();
        purposes.push(purpose);
        reasons.extend(reason);
    }
    let found = style(audit, sink, &purposes);
    reasons.retain(|reason| !found.contains(&(reason.text.place.block, reason.end)));
    style(audit, sink, &reasons);
}

/// Judges explanations of one kind against each other; returns block and end of those that were reported.
fn style(audit: &Audit<'_>, sink: &mut Sink, items: &[Item<'_>]) -> Vec<(usize, usize)> {
    let mut reported = Vec::new();
    let n_own = items.iter().filter(|item| item.names_itself()).count();
    if items.len() < LEAST_ITEMS || 3 * n_own < 2 * items.len() {
        return reported;
    }
    for item in items {
        sink.checked(1);
        let Some(other) = foreign(audit, item, items) else {
            continue;
        };
        let place = wording::part(item.text, wording::byte_range(&item.text.text, item.range));
        let own = item.mention.printed.last().map_or("", String::as_str);
        sink.broken(
            &place,
            format!("“{own}”的说明写的是另一科目“{other}”，没有写本科目"),
            format!("the explanation of “{own}” names another heading, “{other}”"),
        )
        .also(&item.mention.place);
        reported.push((item.text.place.block, item.end));
    }
    reported
}

/// The other heading an explanation names instead of its own.
fn foreign(audit: &Audit<'_>, item: &Item<'_>, items: &[Item<'_>]) -> Option<String> {
    let own = item.joined();
    let same = |other: &&Item<'_>| other.names == item.names;
    let listed = items.iter().filter(|other| !same(other)).find_map(|other| {
        let joined = other.joined();
        // 行政运行 of another 款: only 款 and 项 together tell them apart.
        let by_both = item.explanation.contains(&joined) && !item.explanation.contains(&own);
        let by_item = !item.names_itself()
            && other.item().chars().count() >= 5
            && !own.contains(stem(other.item()))
            && item.explanation.contains(stem(other.item()));
        (by_both && !own.contains(&joined))
            .then_some(joined)
            .or(by_item.then(|| other.item().to_owned()))
    });
    listed.or_else(|| {
        // A sibling of the catalogue right behind the 款, where the list writes 款 and 项.
        let code = item.mention.key.as_deref()?;
        let section = item.names.get(item.names.len().checked_sub(2)?)?;
        let catalogue = audit
            .library
            .catalogue(audit.disclosure.year.unwrap_or_default());
        let parent = code.get(..5)?;
        if item.names_itself() {
            return None;
        }
        let siblings = catalogue
            .functions()
            .filter(|entry| entry.parent == Some(parent) && entry.code != code);
        siblings
            .map(|entry| normalise::name(entry.name))
            .find(|name| item.explanation.contains(&format!("{section}{name}")))
    })
}

/// Items named by a chain of at least two names, each with the text up to the next one.
fn items<'a>(audit: &Audit<'a>) -> Vec<Item<'a>> {
    let disclosure = audit.disclosure;
    let chains: Vec<&NameMention> = disclosure
        .mentions
        .iter()
        .filter(|m| m.dimension == Dimension::Function && m.printed.len() >= 2)
        .collect();
    let mut out = Vec::new();
    for (i, mention) in chains.iter().enumerate() {
        let Some((_, end)) = mention.place.span else {
            continue;
        };
        let Some(text) = disclosure
            .texts
            .iter()
            .find(|text| text.place.block == mention.place.block)
        else {
            continue;
        };
        let next = chains
            .get(i + 1)
            .filter(|next| next.place.block == mention.place.block)
            .and_then(|next| next.place.span);
        let n_chars = text.text.chars().count();
        let stop = next.map_or(n_chars, |(start, _)| start).max(end);
        let explanation: String = text.text.chars().skip(end).take(stop - end).collect();
        out.push(Item {
            mention,
            names: mention
                .printed
                .iter()
                .map(|name| normalise::name(name))
                .collect(),
            text,
            range: (end, stop),
            explanation: normalise::name(&explanation),
            end: stop,
        });
    }
    out
}
