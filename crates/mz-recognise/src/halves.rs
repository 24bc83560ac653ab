//! One disclosure published as two files: the tables in one, the narrative in the other.

use mz_budget::{money::Decimal, normalise};
use mz_document::{Block, Content, Document};

use crate::choose::Seen;

/// Fewest figures of a file of tables.
pub(crate) const MIN_FIGURES: usize = 20;
/// Fewest sentences of a file of narrative.
const MIN_SENTENCES: usize = 8;
/// Shortest paragraph that counts as a sentence, in characters.
const SENTENCE: usize = 30;

/// Whether each of two documents holds what the other lacks, of the same unit and year.
pub fn are_halves(a: &Document, b: &Document) -> bool {
    let (x, y) = (Seen::new(a).identity, Seen::new(b).identity);
    let agree = |a: Option<u16>, b: Option<u16>| a.is_none() || b.is_none() || a == b;
    let is_same_unit = match (&x.unit, &y.unit) {
        (Some(a), Some(b)) => is_same_name(a, b),
        _ => true,
    };
    let kinds_agree = match (x.kind, y.kind) {
        (Some(a), Some(b)) => a.is_final_accounts() == b.is_final_accounts(),
        _ => true,
    };
    let (first, second) = (Holdings::of(a), Holdings::of(b));
    is_same_unit
        && kinds_agree
        && agree(x.year, y.year)
        && (first.complements(second) || second.complements(first))
}

fn is_same_name(a: &str, b: &str) -> bool {
    let (a, b) = (normalise::name(a), normalise::name(b));
    a.ends_with(&b) || b.ends_with(&a)
}

/// What a document holds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Holdings {
    /// Cells of tables that are numbers.
    pub(crate) n_figures: usize,
    /// Paragraphs of running text.
    n_sentences: usize,
}

impl Holdings {
    fn of(document: &Document) -> Self {
        Self::of_blocks(&document.blocks)
    }

    pub(crate) fn of_blocks(blocks: &[Block]) -> Self {
        let mut holdings = Self::default();
        for block in blocks {
            match &block.content {
                Content::Paragraph(text) => {
                    let is_running = text.chars().count() >= SENTENCE && text.contains('。');
                    holdings.n_sentences += usize::from(is_running);
                }
                Content::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| &row.cells);
                    holdings.n_figures += cells
                        .filter(|cell| Decimal::parse(&cell.text).is_some())
                        .count();
                }
                Content::Heading { .. } => {}
            }
        }
        holdings
    }

    /// Tables here, narrative there.
    fn complements(self, narrative: Self) -> bool {
        self.n_figures >= MIN_FIGURES
            && narrative.n_sentences >= MIN_SENTENCES
            && 5 * narrative.n_figures <= self.n_figures
            && 5 * self.n_sentences <= narrative.n_sentences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: &str = "某市乙局2026年部门预算\n\n表1\n\n收支总表\n\n单位：万元\n\n";

    fn read(text: &str) -> Document {
        mz_document::read(text.as_bytes(), "x.txt").expect("readable")
    }

    #[test]
    fn tables_and_narrative_of_one_unit_and_year_are_halves() {
        let rows: String = (1..30)
            .map(|i| format!("项目{i}\t{i}.00\t{i}.50\n"))
            .collect();
        let tables = read(&format!("{TABLES}{rows}"));
        let sentence =
            "本部门贯彻执行国家有关法律法规和方针政策，负责全市有关工作的组织实施和监督检查。\n\n";
        let narrative = |head: &str| read(&format!("{head}\n\n{}", sentence.repeat(12)));
        let own = narrative("某市乙局2026年部门预算情况说明");
        assert!(are_halves(&tables, &own) && are_halves(&own, &tables));
        assert!(!are_halves(
            &tables,
            &narrative("某市乙局2025年部门预算情况说明")
        ));
        assert!(!are_halves(&tables, &tables) && !are_halves(&own, &own));
    }
}
