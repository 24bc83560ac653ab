//! Choosing profile, year, unit and kind from the content, never from a file name.

use std::{collections::BTreeMap, sync::Arc};

use mz_budget::{
    disclosure::Kind,
    library::Library,
    normalise,
    profile::{Face, Profile, Shape, outline::OutlineSpec},
    region,
};
use mz_document::{Block, Content, Document};

use crate::{
    RecogniseError,
    tables::{
        find::text_of,
        title::{self, Caption, Titles},
    },
};

/// Longest line that may be a caption, heading or cover line, in characters.
const MAX_LINE_CHARS: usize = 80;
/// Most rows at the head of a grid that are looked at for titles and captions.
const N_CAPTION_ROWS: usize = 5;
/// Fewest titles of tables by which a document is read through what holds for the whole country.
const MIN_TITLES: usize = 3;

/// Fewest headings of a disclosure by which a narrative without tables is known.
const MIN_HEADINGS: usize = 4;

/// What a disclosure is called.
const KINDS: [&str; 4] = ["单位预算", "部门预算", "单位决算", "部门决算"];

/// What a document says of itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Identity {
    pub(crate) unit: Option<String>,
    pub(crate) year: Option<u16>,
    pub(crate) kind: Option<Kind>,
}

/// A line that may say something of the whole document, as printed and folded.
struct Line<'d> {
    printed: &'d str,
    folded: String,
    /// It is a cell of a grid.
    in_grid: bool,
}

/// Headings, captions, cover lines, and captions inside grids.
fn lines(blocks: &[Block]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let folded_line = |text: &str| {
        let is_line = !text.is_empty() && text.len() <= MAX_LINE_CHARS * 3 && !text.contains('。');
        is_line.then(|| normalise::name(text))
    };
    for block in blocks {
        if let Some(text) = text_of(&block.content) {
            lines.extend(folded_line(text).map(|folded| Line {
                printed: text,
                folded,
                in_grid: false,
            }));
        }
        let Content::Table(table) = &block.content else {
            continue;
        };
        for cell in table
            .rows
            .iter()
            .take(N_CAPTION_ROWS)
            .flat_map(|row| &row.cells)
        {
            let text = cell.text.as_str();
            // Captions inside a grid name a year, a unit or a table; other cells are not looked at.
            if text.contains(['年', '表']) || text.contains("单位") || text.contains("部门") {
                lines.extend(folded_line(text).map(|folded| Line {
                    printed: text,
                    folded,
                    in_grid: true,
                }));
            }
        }
    }
    lines
}

/// What the document says of itself, and the lines it was read from.
pub(crate) struct Seen<'d> {
    document: &'d Document,
    lines: Vec<Line<'d>>,
    pub(crate) identity: Identity,
}

impl<'d> Seen<'d> {
    /// Looks at a document.
    pub(crate) fn new(document: &'d Document) -> Self {
        let lines = lines(&document.blocks);
        let identity = identity(&lines);
        Self {
            document,
            lines,
            identity,
        }
    }

    /// The profile that knows most of the document's tables.
    pub(crate) fn profile(&self, library: &Library) -> Result<Arc<Profile>, RecogniseError> {
        let titles = table_titles(&self.lines);
        let mut best: Option<(usize, &Face, Fit)> = None;
        let mut general: Option<(usize, &Face)> = None;
        let mut local: Option<(Nearness, &Face)> = None;
        let here = |place: &String| self.lines.iter().any(|line| line.folded.contains(place));
        let region = self.region();
        // A document that says it comes from another province is not read by this one's forms.
        let is_foreign = |profile: &Face| {
            let own = profile.region.get(..2).unwrap_or("00");
            own != "00" && region.is_some_and(|region| region != own)
        };
        let is_local = |profile: &&Face| {
            !is_foreign(profile) && (profile.places.is_empty() || profile.places.iter().any(here))
        };
        for profile in library.faces().iter().filter(is_local) {
            let fit = Fit::of(profile, self, &titles);
            if profile.is_general() {
                // What holds for the whole country is taken where nothing nearer fits.
                let is_better = general.as_ref().is_none_or(|(n, _)| *n < fit.n_titles);
                if fit.n_titles >= MIN_TITLES && is_better {
                    general = Some((fit.n_titles, profile));
                }
                continue;
            }
            if profile.is_open() {
                let nearness = self.nearness(profile, &fit, region);
                let is_nearer = |other: &(Nearness, &Face)| nearness.as_ref() > Some(&other.0);
                if local.as_ref().is_none_or(is_nearer) {
                    local = nearness.map(|nearness| (nearness, profile)).or(local);
                }
                continue;
            }
            if best.as_ref().is_none_or(|(score, ..)| *score < fit.score()) {
                best = Some((fit.score(), profile, fit));
            }
        }
        let chosen = match (&best, general) {
            (Some((_, face, fit)), _) if fit.is_enough() => Some(*face),
            (_, general) => local
                .map(|(_, face)| face)
                .or_else(|| general.map(|(_, face)| face)),
        };
        chosen
            .and_then(|face| library.profile(&face.id))
            .or_else(|| self.of_headings(library))
            .or_else(|| self.of_forms(library, &titles))
            .ok_or_else(|| self.no_profile(titles, best))
    }

    /// The province the lines name; where they name none, the one of the county the body is named after, else the one most
    /// of the whole text names.
    fn region(&self) -> Option<&'static str> {
        let unit = self.identity.unit.as_deref();
        let named = region::of(self.lines.iter().map(|line| line.folded.as_str()))
            .or_else(|| region::of_county(&normalise::name(unit?)))
            .or_else(|| {
                // 920平山县某镇财政所: the code of the body before its name.
                let is_code = |c: char| c.is_ascii_digit();
                let mut lines = self.lines.iter().map(|line| line.folded.as_str());
                lines.find_map(|line| region::of_county(line.trim_start_matches(is_code)))
            });
        named.or_else(|| {
            let blocks = self.document.blocks.iter();
            let texts = blocks.flat_map(|block| match &block.content {
                Content::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    cells.map(|cell| cell.text.as_str()).collect()
                }
                content => text_of(content).into_iter().collect::<Vec<&str>>(),
            });
            region::of_most(texts)
        })
    }

    /// How near a form that is read from its own headers is to the document; `None` when the document is not known to be of
    /// the place, the bodies, the kind or the years the form is for, or has too few of its tables.
    fn nearness(&self, face: &Face, fit: &Fit, region: Option<&str>) -> Option<Nearness> {
        let unit = self.identity.unit.as_deref().map(normalise::name);
        let is_body = |unit: &String| face.bodies.iter().any(|body| unit.starts_with(body));
        let is_here = if face.bodies.is_empty() {
            region.is_some() && region == face.region.get(..2)
        } else {
            unit.as_ref().is_some_and(is_body)
        };
        let is_year = self.identity.year.is_none_or(|y| face.years.contains(&y));
        let kind = self.identity.kind.map(Kind::is_final_accounts);
        let is_kind = kind.is_none_or(|is_final| is_final == face.kind.is_final_accounts());
        let is_enough = fit.n_titles >= MIN_TITLES && 2 * fit.n_required_found >= fit.n_required;
        let nearness = Nearness {
            has_bodies: !face.bodies.is_empty(),
            has_places: !face.places.is_empty(),
            n_required: fit.n_required_found,
            n_agree: fit.n_agree,
        };
        (is_here && is_year && is_kind && is_enough).then_some(nearness)
    }

    /// What holds for the whole country, for a narrative published without its tables: it says what it is, and has several of
    /// the headings such documents have.
    fn of_headings(&self, library: &Library) -> Option<Arc<Profile>> {
        let is_final = self.identity.kind?.is_final_accounts();
        // What speaks of disclosures without being one has no headings with numbers.
        let is_numbered =
            |line: &&Line| normalise::strip_numbering(line.printed).trim() != line.printed.trim();
        let headings: Vec<&Line> = self.lines.iter().filter(is_numbered).collect();
        let is_there = |spec: &&OutlineSpec| {
            spec.keywords.iter().any(|keywords| {
                let words: Vec<String> = keywords.split_whitespace().map(normalise::name).collect();
                let has_words =
                    |line: &&Line| words.iter().all(|word| line.folded.contains(word.as_str()));
                headings.iter().any(has_words)
            })
        };
        let faces = library.faces().iter().filter(|face| {
            let is_national = face.region == "000000" && face.bodies.is_empty();
            is_national && face.kind.is_final_accounts() == is_final
        });
        faces
            .filter_map(|face| library.profile(&face.id))
            .filter(|profile| !profile.tables.is_empty())
            .find(|profile| profile.outline.iter().filter(is_there).count() >= MIN_HEADINGS)
    }

    fn no_profile(&self, seen: Vec<String>, best: Option<(usize, &Face, Fit)>) -> RecogniseError {
        RecogniseError::NoProfile {
            seen,
            nearest: best
                .filter(|(_, _, fit)| fit.n_titles > 0)
                .map(|(_, face, fit)| (face.id.clone(), fit.n_titles, fit.n_required)),
        }
    }

    /// The profile of performance tables published by themselves: it has no other tables, and knows one by its title.
    fn of_forms(&self, library: &Library, seen: &[String]) -> Option<Arc<Profile>> {
        let knows = |profile: &Arc<Profile>| {
            let form = &profile.targets;
            let mut titles = form.titles.iter().chain(&form.whole_titles);
            let is_seen = |title: &String| {
                let title = normalise::name(title);
                seen.iter().any(|seen| seen.ends_with(&title))
            };
            profile.tables.is_empty() && titles.any(is_seen)
        };
        let bare = library
            .faces()
            .iter()
            .filter(|face| face.shape().tables.is_empty());
        let mut known = bare
            .filter_map(|face| library.profile(&face.id))
            .filter(knows);
        let evaluates = seen.iter().any(|title| title.contains("自评"));
        known.find(|profile| profile.kind.is_final_accounts() == evaluates)
    }
}

/// How near a form is to a document: what is made for fewer documents is nearer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Nearness {
    has_bodies: bool,
    has_places: bool,
    n_required: usize,
    n_agree: usize,
}

/// How well a profile fits.
#[derive(Clone, Copy, Debug, Default)]
struct Fit {
    /// Tables of the profile whose title stands in the document.
    n_titles: usize,
    /// Of these, tables as wide as the profile says.
    n_wide: usize,
    /// Tables the profile requires.
    n_required: usize,
    /// Of these, those whose title stands in the document.
    n_required_found: usize,
    /// Headings of the outline found.
    n_headings: usize,
    /// Headings the outline requires.
    n_outline: usize,
    /// Year and kind agree.
    n_agree: usize,
}

impl Fit {
    fn of(profile: &Face, document: &Seen, seen: &[String]) -> Self {
        let rough = &document.identity;
        let Shape { tables, headings } = profile.shape();
        let titles = Titles::of(tables);
        let unit = rough.unit.as_deref();
        let mut found: Vec<bool> = vec![false; tables.len()];
        for title in seen {
            if let Some(slot) = titles.find(title, unit).and_then(|m| found.get_mut(m.spec)) {
                *slot = true;
            }
        }
        let widths: Vec<usize> = document
            .document
            .blocks
            .iter()
            .filter_map(|block| match &block.content {
                Content::Table(table) => Some(table.n_columns),
                _ => None,
            })
            .collect();
        let width = |i: usize| tables.get(i)?.width;
        let is_found = |i: &usize| found.get(*i).copied().unwrap_or(false);
        let matches_heading = |words: &Vec<String>| {
            let mut headings = document.lines.iter().map(|line| line.folded.as_str());
            headings.any(|heading| words.iter().all(|word| heading.contains(word.as_str())))
        };
        Self {
            n_titles: found.iter().filter(|f| **f).count(),
            n_wide: (0..found.len())
                .filter(is_found)
                .filter_map(width)
                .filter(|w| widths.contains(w))
                .count(),
            n_required: tables.iter().filter(|table| table.required).count(),
            n_required_found: (tables.iter().zip(&found))
                .filter(|(table, found)| table.required && **found)
                .count(),
            n_headings: headings
                .iter()
                .filter(|alternatives| alternatives.iter().any(matches_heading))
                .count(),
            n_outline: headings.len(),
            n_agree: usize::from(rough.year.is_some_and(|year| profile.years.contains(&year)))
                + usize::from(rough.kind.is_none_or(|kind| kind == profile.kind)),
        }
    }

    fn score(self) -> usize {
        let share = |n: usize, of: usize| (1000 * n).checked_div(of).unwrap_or(0);
        4 * share(self.n_titles, self.n_required.max(1))
            + 2 * share(self.n_wide, self.n_required.max(1))
            + share(self.n_headings, self.n_outline)
            + 100 * self.n_agree
    }

    /// At least half of the tables, and most of those as wide as they should be; or, without tables, most of the outline.
    fn is_enough(self) -> bool {
        let by_tables =
            2 * self.n_titles >= self.n_required.max(1) && 2 * self.n_wide >= self.n_titles;
        by_tables
            || (self.n_titles > 0
                && 3 * self.n_headings >= 2 * self.n_outline
                && self.n_outline > 0)
    }
}

/// Lines that look like titles of tables, each once.
fn table_titles(lines: &[Line]) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for line in lines.iter().filter(|line| line.folded.contains('表')) {
        let title = title::core_title(line.printed);
        let n_chars = title.chars().count();
        let is_title = title.ends_with('表') && (4..=40).contains(&n_chars);
        if is_title && !title.contains([',', ';', ':']) && !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

/// What some blocks say of themselves, and the titles of their tables.
pub(crate) fn face(blocks: &[Block]) -> (Identity, Vec<String>) {
    let lines = lines(blocks);
    (identity(&lines), table_titles(&lines))
}

/// Whether some lines together are a cover: year and kind of a disclosure.
pub(crate) fn is_cover(folded: &str) -> bool {
    budget_year(folded).is_some()
        && KINDS.iter().any(|kind| folded.contains(kind))
        && without_part(folded) == folded
}

/// Unit, year and kind, each by majority: one wrong caption changes nothing.
fn identity(lines: &[Line]) -> Identity {
    let mut years: BTreeMap<u16, usize> = BTreeMap::new();
    let mut units = Votes::default();
    let mut kinds = [0_usize; 4];
    for (i, line) in lines.iter().enumerate() {
        let before = lines.get(..i).unwrap_or_default();
        let mut caption = Caption::default();
        title::read_caption(line.printed, &mut caption);
        let prepared_by = caption.prepared_by.filter(|name| !name.is_empty());
        if let Some(name) = prepared_by.or_else(|| captioned(&line.folded)) {
            units.add(&name, 2);
        }
        if let Some(year) = budget_year(&line.folded) {
            *years.entry(year).or_default() += 1;
        }
        count_kinds(&line.folded, &mut kinds);
        for name in named_units(line.printed, &line.folded, before) {
            units.add(&name, 1);
        }
        // The cover speaks for the whole document.
        if let Some(name) = cover_name(&line.folded, before) {
            units.add(&name, 3);
        }
    }
    Identity {
        unit: units.winner(),
        year: years
            .into_iter()
            .max_by_key(|(year, n)| (*n, std::cmp::Reverse(*year)))
            .map(|(year, _)| year),
        kind: kind(kinds),
    }
}

/// Names by the form they are compared in.
#[derive(Default)]
struct Votes {
    votes: BTreeMap<String, (usize, usize, String)>,
}

impl Votes {
    fn add(&mut self, name: &str, weight: usize) {
        let n = self.votes.len();
        let printed = normalise::squeeze(name);
        let printed = without_verb(&printed).to_owned();
        let n_chars = printed.chars().count();
        if !(3..=40).contains(&n_chars) {
            return;
        }
        self.votes
            .entry(normalise::name(&printed))
            .or_insert((0, n, printed))
            .0 += weight;
    }

    /// The name with most votes, the first printed where several have as many.
    fn winner(self) -> Option<String> {
        let best = self
            .votes
            .into_values()
            .max_by_key(|(n, first, _)| (*n, std::cmp::Reverse(*first)));
        best.map(|(_, _, printed)| printed)
    }
}

/// The year of "2024年单位预算", "2024年度部门决算", "2024年一般公共预算…情况说明".
fn budget_year(folded: &str) -> Option<u16> {
    let words = ["预算", "决算", "概况", "收支"];
    if !words.iter().any(|word| folded.contains(word)) {
        return None;
    }
    let (before, _) = folded.split_once('年')?;
    let digits = before.get(before.len().checked_sub(4)?..)?;
    let year: u16 = digits.parse().ok()?;
    (2000..2100).contains(&year).then_some(year)
}

fn count_kinds(folded: &str, kinds: &mut [usize; 4]) {
    let words = [
        ["单位预算", "单位收"],
        ["部门预算", "部门收"],
        ["单位决算", "单位决"],
        ["部门决算", "部门决"],
    ];
    for (count, words) in kinds.iter_mut().zip(words) {
        *count += usize::from(words.iter().any(|word| folded.contains(word)));
    }
}

/// The kind most lines name; accounts win over budgets only where they are named more often.
fn kind([unit, department, unit_final, department_final]: [usize; 4]) -> Option<Kind> {
    let (budgets, finals) = (unit + department, unit_final + department_final);
    if budgets + finals == 0 {
        return None;
    }
    let is_department = if finals > budgets {
        department_final > unit_final
    } else {
        department > unit
    };
    Some(match (finals > budgets, is_department) {
        (false, false) => Kind::UnitBudget,
        (false, true) => Kind::DepartmentBudget,
        (true, false) => Kind::UnitFinalAccounts,
        (true, true) => Kind::DepartmentFinalAccounts,
    })
}

/// Units named in headings: "关于 X 2024 年收支…", "2024年X单位概况", "X2024年部门预算", and the cover line above "2024年单位预算公开".
fn named_units(line: &str, folded: &str, before: &[Line]) -> Vec<String> {
    let mut names = Vec::new();
    let body = normalise::name(normalise::strip_numbering(line));
    if let Some(rest) = body.strip_prefix("关于") {
        names.extend(before_year(rest));
    }
    if let Some((_, rest)) = folded.split_once('年') {
        let tail = ["单位概况", "部门概况", "概况"]
            .iter()
            .find_map(|tail| rest.strip_suffix(tail));
        names.extend(tail.map(str::to_owned));
    }
    let is_cover = KINDS.iter().any(|words| folded.contains(words));
    if is_cover {
        match before_year(without_part(folded)).or_else(|| behind_year(folded)) {
            Some(name) => names.push(name),
            None if budget_year(folded).is_some() && without_part(folded) == folded => {
                let previous = before.last().filter(|line| may_be_name(line));
                names.extend(previous.map(|line| normalise::squeeze(line.printed)));
            }
            None => {}
        }
    }
    names.retain(|name| {
        !["单位", "部门", "预算", "第", "年"]
            .iter()
            .any(|word| name.starts_with(word) && name.chars().count() < 6)
    });
    names
}

/// The name in a caption that says no more than 部门 or 单位: 部门：某局　单位：万元.
fn captioned(folded: &str) -> Option<String> {
    let labels = ["部门:", "单位:"];
    let value = labels.iter().find_map(|label| folded.strip_prefix(label))?;
    let end = labels.iter().filter_map(|label| value.find(label)).min();
    let name = value.get(..end.unwrap_or(value.len()))?;
    let is_name = !name.is_empty() && title::money_unit(name).is_none();
    is_name.then(|| name.to_owned())
}

/// No numbered heading, no line of a table of contents with its dots and page, and no cell: those name items.
fn may_be_name(line: &Line) -> bool {
    !line.in_grid
        && normalise::strip_numbering(line.printed).trim() == line.printed.trim()
        && !line.folded.contains("..")
        && !line.folded.contains("……")
        && !line.folded.ends_with(|c: char| c.is_ascii_digit())
}

/// The name on a cover whose year, unit and kind stand on lines of their own: 2026年度 / X / （本级） / 单位预算.
fn cover_name(folded: &str, before: &[Line]) -> Option<String> {
    const MOST_LINES: usize = 4;
    let is_kind = KINDS.iter().any(|kind| {
        let tail = folded.strip_prefix(kind);
        tail.is_some_and(|tail| matches!(tail, "" | "公开" | "信息公开" | "公开说明" | "说明"))
    });
    let is_year = |line: &Line| {
        let digits = line.folded.trim_end_matches('度').strip_suffix('年');
        digits.is_some_and(|d| d.len() == 4 && d.bytes().all(|b| b.is_ascii_digit()))
    };
    let from = before.len().saturating_sub(MOST_LINES);
    let recent = before.get(from..).filter(|_| is_kind)?;
    let year = recent.iter().rposition(is_year)?;
    let name = recent
        .get(year + 1..)
        .filter(|name| name.iter().all(may_be_name))?;
    let name: String = name
        .iter()
        .map(|line| normalise::squeeze(line.printed))
        .collect();
    (!name.is_empty()).then_some(name)
}

/// A name without the verb that governs it: 纳入某局2030年部门预算编制范围的单位.
fn without_verb(name: &str) -> &str {
    let verbs = &mz_budget::profile::narrative::national()
        .grammar
        .before_body;
    let rest = verbs
        .iter()
        .find_map(|verb| name.strip_prefix(verb.as_str()));
    rest.unwrap_or(name)
}

/// The line without 第二部分 or 附件: at its front.
fn without_part(folded: &str) -> &str {
    if let Some(rest) = folded.strip_prefix("附件") {
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        return rest.strip_prefix(':').unwrap_or(folded);
    }
    let rest = folded
        .strip_prefix('第')
        .and_then(|rest| rest.split_once("部分"))
        .filter(|(number, _)| number.chars().count() <= 2);
    rest.map_or(folded, |(_, rest)| rest)
}

/// The name between the year and what the disclosure is: 2026年度某局部门预算公开.
fn behind_year(folded: &str) -> Option<String> {
    let (digits, rest) = folded.split_once('年')?;
    let is_year = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let rest = rest.trim_start_matches('度');
    let end = KINDS.iter().filter_map(|kind| rest.find(kind)).min()?;
    let name = rest
        .get(..end)
        .filter(|name| !name.is_empty() && !name.ends_with('级') && is_year)?;
    // 2026年度纳入部门预算…: a sentence, not a title; 2026年省级部门预算 names no body.
    let is_title = ["公开", "信息公开", "公开说明", "说明", ""];
    let tail = KINDS
        .iter()
        .find_map(|kind| rest.get(end..)?.strip_prefix(kind))?;
    is_title.contains(&tail).then(|| name.to_owned())
}

/// What stands before "2024年".
fn before_year(folded: &str) -> Option<String> {
    let (before, _) = folded.split_once('年')?;
    let (name, digits) = before.split_at_checked(before.len().checked_sub(4)?)?;
    let is_year = digits.bytes().all(|b| b.is_ascii_digit());
    (is_year && !name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The unit of lines outside grids, behind a grid of one row.
    fn unit_of(cells: &[&'static str], texts: &[&'static str]) -> Option<String> {
        let line = |in_grid| {
            move |printed: &&'static str| Line {
                printed,
                folded: normalise::name(printed),
                in_grid,
            }
        };
        let lines: Vec<Line> = cells
            .iter()
            .map(line(true))
            .chain(texts.iter().map(line(false)))
            .collect();
        identity(&lines).unit
    }

    #[test]
    fn an_item_of_a_table_is_no_unit() {
        assert_eq!(unit_of(&["青年宫活动费用"], &["2030年部门预算"]), None);
        let cover = unit_of(&[], &["红石市青年宫", "2030年部门预算"]);
        assert_eq!(cover.as_deref(), Some("红石市青年宫"));
    }

    #[test]
    fn titles_and_captions_name_the_unit() {
        let title = unit_of(&[], &["2030年度红石市农机局部门预算公开"]);
        assert_eq!(title.as_deref(), Some("红石市农机局"));
        let caption = unit_of(&[], &["部门：红石市农机局 单位：万元"]);
        assert_eq!(caption.as_deref(), Some("红石市农机局"));
        assert_eq!(unit_of(&[], &["单位：万元", "2030年度部门预算公开"]), None);
    }

    #[test]
    fn a_verb_is_no_part_of_a_name() {
        let mut votes = Votes::default();
        votes.add("纳入红石市农机局", 2);
        votes.add("红石市农机局", 1);
        votes.add("机关事务管理局", 1);
        assert_eq!(votes.winner().as_deref(), Some("红石市农机局"));
    }
}
