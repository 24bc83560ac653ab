use mz_budget::{
    disclosure::{Section, TextKind},
    finding::{ObligationStatus, Severity},
    normalise,
    place::Place,
};

use crate::{Audit, Sink, declare_rule, wording};

declare_rule! {
    pub static CONTENTS_DIFFER = {
        code: "MZ9032",
        name: "contents-differ",
        severity: Severity::Info,
        since: "0.1.0",
        law: &[],
        checks: &["TN-25", "TN-26"],
        page: "contents_differ.md",
        check: check,
    };
}

/// Contents entry without its numbering, leader dots and page number.
fn entry(heading: &str) -> String {
    let folded = normalise::name(normalise::strip_numbering(heading));
    folded
        .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '…' | '·' | '-' | '_'))
        .to_owned()
}

/// Two entries on one line are no entry.
fn is_entry(text: &str) -> bool {
    let is_joined = text
        .match_indices('第')
        .any(|(at, _)| at > 0 && part(text.get(at..).unwrap_or_default()).is_some());
    !text.is_empty() && text.matches('表').count() < 2 && !is_joined
}

/// 第二部分 of 第二部分 2026 年部门预算表.
fn part(text: &str) -> Option<&str> {
    let end = text.find("部分")? + "部分".len();
    let number: Vec<char> = text.get(..end)?.chars().collect();
    (text.starts_with('第') && number.len() <= 5).then_some(text.get(..end)?)
}

/// The name of a table without the words that every other form leaves out: 部门收支总表 is 部门收支总体情况表.
fn bare_table(name: &str) -> Option<String> {
    let bare = name.strip_suffix('表')?;
    let bare = bare.strip_suffix("情况").unwrap_or(bare);
    Some(format!("{}表", bare.strip_suffix('体').unwrap_or(bare)))
}

/// Whether one can be the name of the other: a table is not the section that speaks of it, nor one part another.
fn is_of_one_kind(entry: &str, title: &str) -> bool {
    let parts = [part(entry), part(title)];
    let is_table = |text: &str| text.ends_with('表');
    let [Some(a), Some(b)] = parts else {
        return is_table(entry) == is_table(title);
    };
    a == b
}

/// Everything that stands over something in the body: tables, sections, captions.
fn titles(audit: &Audit<'_>, body: &[&Section]) -> Vec<Title> {
    let captions = wording::texts(audit.disclosure, &[TextKind::Caption, TextKind::Heading]);
    audit
        .disclosure
        .tables
        .iter()
        .map(|table| entry(&table.title))
        .chain(body.iter().map(|section| entry(&section.heading)))
        .chain(captions.map(|text| entry(&text.text)))
        .map(Title::new)
        .collect()
}

fn check(audit: &Audit<'_>, sink: &mut Sink) {
    let (contents, body): (Vec<&Section>, Vec<&Section>) = audit
        .disclosure
        .sections
        .iter()
        .partition(|section| section.in_contents);
    // A document of a few pieces has nothing to compare its contents with.
    if contents.len() < 3 || body.len() < 3 {
        return;
    }
    let titles = titles(audit, &body);
    let mut missing: Vec<(String, Place)> = Vec::new();
    for (i, section) in contents.iter().enumerate() {
        // 五、预算表 stands over the tables' own titles and often has no line of its own in the body.
        let wanted = entry(&section.heading);
        let is_over_tables = wanted.ends_with('表')
            && contents
                .get(i + 1)
                .is_some_and(|next| next.level > section.level);
        if is_over_tables {
            continue;
        }
        sink.checked(1);
        let plain = wanted.trim_start_matches("本年");
        let is_there = || {
            titles.iter().any(|title| title.holds(plain))
                || is_parted(audit, plain)
                || is_line(audit, plain)
        };
        if !is_entry(plain) || is_there() {
            continue;
        }
        let place = wording::quoting(&section.place, &section.heading);
        let Some(title) = closest(&titles, &wanted) else {
            missing.push((wanted, place));
            continue;
        };
        if !is_of_one_kind(&wanted, title) {
            continue;
        }
        let finding = sink.broken(
            &place,
            format!("目录写“{wanted}”，正文标题是“{title}”"),
            format!("the contents say “{wanted}”, the heading is “{title}”"),
        );
        if let Some(section) = body
            .iter()
            .find(|section| entry(&section.heading) == *title)
        {
            finding.also(&wording::quoting(&section.place, &section.heading));
        }
    }
    // Many headings nobody can find are a matter of reading.
    if 5 * missing.len() > contents.len() {
        sink.skipped(
            ObligationStatus::Ambiguous,
            format!("目录中 {} 条在正文中没有认出", missing.len()),
        );
        return;
    }
    for (wanted, place) in missing {
        absent(audit, sink, &wanted, &place);
    }
}

/// Whether an entry stands in the body over two lines of its own: 第一部分 / 单位概况.
fn is_parted(audit: &Audit<'_>, wanted: &str) -> bool {
    let lines: Vec<&str> = audit
        .lines
        .iter()
        .filter(|line| line.text.kind != TextKind::Contents)
        .map(|line| line.folded.text.as_str())
        .collect();
    const MOST_LINES: usize = 4;
    let is_split_from = |lines: &[&str]| {
        let mut rest = wanted;
        for line in lines {
            match rest.strip_prefix(line) {
                Some("") => return true,
                Some(left) if !line.is_empty() => rest = left,
                _ => return false,
            }
        }
        false
    };
    (0..lines.len()).any(|i| {
        let end = lines.len().min(i + MOST_LINES);
        is_split_from(lines.get(i..end).unwrap_or_default())
    })
}

/// Whether a short line of the body holds the entry: the title of a form that was not taken for one.
fn is_line(audit: &Audit<'_>, wanted: &str) -> bool {
    const MOST_MORE: usize = 24;
    let most = wanted.chars().count() + MOST_MORE;
    audit.lines.iter().any(|line| {
        line.text.kind != TextKind::Contents
            && line.chars.len() <= most
            && !line.text.text.contains(['。', '，', '；', '：'])
            && line.folded.text.contains(wanted)
    })
}

/// A title of the body, as an entry of the contents would name it.
struct Title {
    entry: String,
    /// Without brackets, where there are any.
    bare: Option<String>,
    /// As the name of a table, where it is one.
    table: Option<String>,
    chars: Vec<char>,
}

impl Title {
    fn new(entry: String) -> Self {
        let has_brackets = entry.contains(['(', ')']);
        Self {
            bare: has_brackets.then(|| entry.replace(['(', ')'], "")),
            table: bare_table(&entry),
            chars: entry.chars().collect(),
            entry,
        }
    }

    /// Whether it says what an entry says; 某局（单位）主要职能 does for 单位主要职能.
    fn holds(&self, wanted: &str) -> bool {
        let bare = self.bare.iter();
        let is_table = || match (&self.table, bare_table(wanted)) {
            (Some(table), Some(wanted)) => table.contains(&wanted),
            _ => false,
        };
        self.entry.contains(wanted)
            || bare.into_iter().any(|bare| bare.contains(wanted))
            || is_table()
    }
}

/// The title most like an entry, when it is like enough to be meant.
fn closest<'t>(titles: &'t [Title], wanted: &str) -> Option<&'t str> {
    const LEAST: u32 = 700;
    let wanted: Vec<char> = wanted.chars().collect();
    let likeness = |title: &&Title| normalise::likeness_at_least(&title.chars, &wanted, LEAST);
    let closest = titles.iter().max_by_key(likeness)?;
    (likeness(&closest) >= LEAST).then_some(closest.entry.as_str())
}

/// A table the contents promise and nobody can find is more than style, provided the other tables were found.
fn absent(audit: &Audit<'_>, sink: &mut Sink, wanted: &str, place: &Place) {
    let is_table = wanted.ends_with('表')
        && !audit.disclosure.profile.is_proposed
        && audit.disclosure.tables.len() >= 5;
    let severity = if is_table {
        Severity::Error
    } else {
        Severity::Info
    };
    sink.broken(
        place,
        format!("目录列有“{wanted}”，正文中没有找到"),
        format!("the contents list “{wanted}”, which is not found in the body"),
    )
    .severity(severity);
}
