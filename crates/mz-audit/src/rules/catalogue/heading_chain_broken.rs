use mz_budget::{
    catalogue::{Catalogue, Entry, Level},
    disclosure::TextKind,
    finding::Severity,
    normalise,
};

use super::chains::{self, Chain};
use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static HEADING_CHAIN_BROKEN = {
        code: "MZ2007",
        name: "heading-chain-broken",
        severity: Severity::Error,
        since: "0.1.0",
        law: &["classification-2024"],
        checks: &["CL-11", "CL-12"],
        page: "heading_chain_broken.md",
        check: check,
    };
}

/// What is wrong with a chain, and whether the list is sure of it.
struct Fault {
    zh: String,
    en: String,
    confirmed: bool,
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let year = audit.disclosure.year.unwrap_or_default();
    let catalogue = audit.library.catalogue(year);
    let own_list = catalogue.base_year() == year;
    for text in wording::texts(audit.disclosure, &[TextKind::Body, TextKind::Heading]) {
        for chain in chains::chains(&text.text) {
            sink.checked(1);
            let Some(fault) = fault(catalogue, &chain) else {
                continue;
            };
            let severity = match (fault.confirmed, own_list) {
                (false, _) => Severity::Info,
                (true, true) => Severity::Error,
                (true, false) => Severity::Query,
            };
            let place = wording::part(text, chain.range.clone());
            sink.broken(&place, format!("“{}”：{}", place.quote, fault.zh), fault.en)
                .severity(severity);
        }
    }
}

/// Entries of a level with this name; the words before a category may begin with other words of the sentence.
fn named<'c>(catalogue: &'c Catalogue, level: Level, words: &str) -> Vec<&'c Entry> {
    let words = normalise::name(words);
    let exact: Vec<&Entry> = catalogue
        .function_named(&words)
        .filter(|entry| entry.level == level)
        .collect();
    if !exact.is_empty() || level != Level::Category {
        return exact;
    }
    // 一般公共服务（类） is said for 一般公共服务支出（类） as a matter of course.
    let short = |name: &str| name.strip_suffix("支出").unwrap_or(name).to_owned();
    let words = short(&words);
    catalogue
        .functions()
        .filter(|entry| {
            entry.level == level && words.ends_with(&short(&normalise::name(entry.name)))
        })
        .collect()
}

fn fault(catalogue: &Catalogue, chain: &Chain) -> Option<Fault> {
    let categories = named(catalogue, Level::Category, &chain.category);
    let sections = named(catalogue, Level::Section, &chain.section);
    let known = |words: &str| {
        let mut entries = catalogue.function_named(words);
        entries.find(|entry| entry.level == Level::Category)
    };
    if let Some(above) = known(&chain.section).filter(|_| sections.is_empty()) {
        return Some(Fault {
            zh: format!("“{}”是类，不是款，层级错位", chain.section),
            en: format!("“{}” is a category, not a section", chain.section),
            confirmed: above.is_confirmed(),
        });
    }
    if sections.is_empty() {
        return unknown(catalogue, Level::Section, &chain.section, |entry| {
            categories.iter().any(|c| entry.parent == Some(c.code))
        });
    }
    if let Some(now) = renamed(catalogue, &chain.category).filter(|_| categories.is_empty()) {
        return Some(now);
    }
    if categories.is_empty() {
        return unknown(catalogue, Level::Category, &chain.category, |entry| {
            sections.iter().any(|s| s.parent == Some(entry.code))
        });
    }
    let held: Vec<&&Entry> = sections
        .iter()
        .filter(|s| categories.iter().any(|c| s.parent == Some(c.code)))
        .collect();
    if held.is_empty() {
        let mut entries = sections.iter().chain(&categories);
        return Some(Fault {
            zh: format!(
                "“{}（款）”不在“{}（类）”之下",
                chain.section, chain.category
            ),
            en: format!("“{}” is no section of “{}”", chain.section, chain.category),
            confirmed: entries.all(|entry| entry.is_confirmed()),
        });
    }
    item_fault(catalogue, chain, &held)
}

/// What is wrong with the 项 of a chain whose 类 and 款 are right.
fn item_fault(catalogue: &Catalogue, chain: &Chain, held: &[&&Entry]) -> Option<Fault> {
    let item = chain.item.as_deref()?;
    let items = named(catalogue, Level::Item, item);
    let within = |entry: &Entry| held.iter().any(|s| entry.parent == Some(s.code));
    if items.iter().any(|entry| within(entry)) {
        return None;
    }
    if items.is_empty() {
        return unknown(catalogue, Level::Item, item, within);
    }
    // The list of a section's items must be known well before one may be said not to belong to it.
    let known = catalogue
        .functions()
        .filter(|entry| entry.level == Level::Item && within(entry));
    let (n, sure) = known.fold((0, true), |(n, sure), entry| {
        (n + 1, sure && entry.is_confirmed())
    });
    Some(Fault {
        zh: format!("“{item}（项）”不在“{}（款）”之下", chain.section),
        en: format!("“{item}” is no item of “{}”", chain.section),
        confirmed: sure && n >= 3,
    })
}

/// A category by a name it has no more.
fn renamed(catalogue: &Catalogue, words: &str) -> Option<Fault> {
    let now = catalogue
        .function_once_named(words)
        .find(|entry| entry.level == Level::Category)?;
    Some(Fault {
        zh: format!("“{words}”是已停用的旧名称，现为“{}”", now.name),
        en: format!("“{words}” is now called “{}”", now.name),
        confirmed: now.is_confirmed(),
    })
}

/// A name no list has: an error where one nearly like it stands in the right place, otherwise nothing can be said.
fn unknown(
    catalogue: &Catalogue,
    level: Level,
    words: &str,
    fits: impl Fn(&Entry) -> bool,
) -> Option<Fault> {
    let near = catalogue
        .functions()
        .filter(|entry| entry.level == level && fits(entry))
        .min_by_key(|entry| normalise::distance(entry.name, words))?;
    let distance = normalise::distance(near.name, words);
    let length = near.name.chars().count();
    (distance > 0 && 4 * distance <= length).then(|| Fault {
        zh: format!("科目名称“{words}”应为“{}”", near.name),
        en: format!("the heading “{words}” should be “{}”", near.name),
        confirmed: near.is_confirmed(),
    })
}
