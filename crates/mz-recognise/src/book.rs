//! Several disclosures in one file: a department's and, behind it, those of its units, each with its own cover, narrative
//! and tables.

use mz_budget::normalise;
use mz_document::{Block, Content, Document};

use crate::{
    choose::{self, Identity},
    halves::{Holdings, MIN_FIGURES},
};

/// Most characters on a cover: its title, who answers for it, and the date.
const MAX_COVER: usize = 150;
/// Fewest titles of tables that two disclosures of one file share.
const MIN_SHARED: usize = 3;

/// The disclosures a document holds, in order; most documents hold one.
pub fn disclosures(document: Document) -> Vec<Document> {
    let covers = covers(&document);
    if covers.is_empty() {
        return vec![document];
    }
    let starts = starts(&document.blocks, &covers);
    document.split(&starts)
}

/// First blocks of pages behind the first that hold nothing but year and kind of a disclosure, and whose it is.
fn covers(document: &Document) -> Vec<usize> {
    let mut covers = Vec::new();
    let mut from = 0;
    while let Some(page) = document.blocks.get(from).map(|block| block.place.page) {
        let rest = document.blocks.get(from..).unwrap_or(&[]);
        let n = rest
            .iter()
            .take_while(|block| block.place.page == page)
            .count();
        if from > 0 && page.is_some() && is_cover(rest.get(..n).unwrap_or(&[])) {
            covers.push(from);
        }
        from += n.max(1);
    }
    covers
}

fn is_cover(page: &[Block]) -> bool {
    let mut printed = String::new();
    for block in page {
        let Some(text) = block.text().filter(|text| text.len() <= 3 * MAX_COVER) else {
            return false;
        };
        printed.push_str(text);
        if printed.len() > 3 * MAX_COVER {
            return false;
        }
    }
    choose::is_cover(&normalise::name(&printed))
}

/// The covers that begin a disclosure of their own: on both sides stand tables of the same titles with figures, of another
/// unit, year or kind. A page between narrative and tables is no cover, whatever is printed on it.
fn starts(blocks: &[Block], covers: &[usize]) -> Vec<usize> {
    let ends = covers.iter().copied().chain([blocks.len()]);
    let between = std::iter::once(0).chain(covers.iter().copied()).zip(ends);
    let mut starts = Vec::new();
    let mut begun: Option<Part> = None;
    for (start, end) in between {
        let part = Part::of(blocks.get(start..end).unwrap_or(&[]));
        match &mut begun {
            Some(begun) if !begun.is_followed_by(&part) => begun.join(part),
            _ => {
                starts.push(start);
                begun = Some(part);
            }
        }
    }
    starts
}

/// What stands between two covers.
struct Part {
    n_figures: usize,
    has_tables: bool,
    identity: Identity,
    titles: Vec<String>,
}

impl Part {
    fn of(blocks: &[Block]) -> Self {
        let is_table = |block: &Block| matches!(block.content, Content::Table(_));
        let (identity, titles) = choose::face(blocks);
        Self {
            n_figures: Holdings::of_blocks(blocks).n_figures,
            has_tables: blocks.iter().any(is_table),
            identity,
            titles,
        }
    }

    /// What follows belongs to it.
    fn join(&mut self, other: Self) {
        self.n_figures += other.n_figures;
        self.has_tables |= other.has_tables;
        let Identity { unit, year, kind } = &mut self.identity;
        *unit = unit.take().or(other.identity.unit);
        *year = year.or(other.identity.year);
        *kind = kind.or(other.identity.kind);
        self.titles.extend(other.titles);
    }

    fn is_whole(&self) -> bool {
        self.has_tables && self.n_figures >= MIN_FIGURES
    }

    /// Whether the other is a disclosure of its own.
    fn is_followed_by(&self, other: &Self) -> bool {
        let (one, two) = (&self.identity, &other.identity);
        let is_other = differ(one.unit.as_ref(), two.unit.as_ref())
            || differ(one.year, two.year)
            || differ(one.kind, two.kind);
        let titles = self.titles.iter();
        let n_shared = titles.filter(|it| other.titles.contains(it)).count();
        is_other && n_shared >= MIN_SHARED && self.is_whole() && other.is_whole()
    }
}

/// Whether both are known and not one.
fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_some() && other.is_some() && one != other
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disclosure over three pages of a file, from the page given.
    fn pages(from: u32, unit: &str, kind: &str) -> Vec<Block> {
        let tables: String = ["收支总表", "收入总表", "支出总表"]
            .iter()
            .map(|title| {
                let rows: String = (1..10).map(|i| format!("项目{i}\t{i}.00\n")).collect();
                format!("{title}\n\n单位：万元\n\n项目\t预算数\n{rows}\n")
            })
            .collect();
        let of = |page: u32, text: &str| {
            let document = mz_document::read(text.as_bytes(), "x.txt").expect("readable");
            let mut blocks = document.blocks;
            for block in &mut blocks {
                block.place.page = Some(page);
            }
            blocks
        };
        [
            of(from, &format!("2026年度\n\n{unit}\n\n{kind}公开\n")),
            of(
                from + 1,
                &format!("第一部分 {unit}概况\n\n一、主要职责\n\n贯彻执行有关法律法规。\n"),
            ),
            of(from + 2, &tables),
        ]
        .concat()
    }

    fn book(parts: &[Vec<Block>]) -> Document {
        let mut document = mz_document::read("一".as_bytes(), "x.txt").expect("readable");
        document.blocks = parts.concat();
        document
    }

    fn first_pages(document: Document) -> Vec<Option<u32>> {
        let parts = disclosures(document);
        let first = |part: &Document| part.blocks.first().and_then(|block| block.place.page);
        parts.iter().map(first).collect()
    }

    #[test]
    fn a_second_cover_with_a_second_set_of_tables_begins_another_disclosure() {
        let parts = [
            pages(1, "某市农机局", "部门预算"),
            pages(4, "某市农机局（本级）", "单位预算"),
            pages(7, "某市农机推广站", "单位预算"),
        ];
        assert_eq!(first_pages(book(&parts)), [Some(1), Some(4), Some(7)]);
    }

    #[test]
    fn a_page_before_the_tables_of_the_same_disclosure_begins_none() {
        let mut own = pages(1, "某市农机局", "部门预算");
        let again = pages(4, "某市农机局", "部门预算");
        // Narrative in front, a page with the title, tables behind.
        let narrative = own.len() - own.iter().filter(|b| b.place.page == Some(3)).count();
        own.truncate(narrative);
        assert_eq!(first_pages(book(&[own, again])), [Some(1)]);
        assert_eq!(
            first_pages(book(&[pages(1, "某市农机局", "部门预算")])),
            [Some(1)]
        );
    }
}
