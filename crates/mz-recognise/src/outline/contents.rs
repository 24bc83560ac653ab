//! The table of contents, told apart from the body it lists.

use std::ops::Range;

use mz_budget::normalise::name;
use mz_document::{Content, Document};

use super::heading::{Heading, shape};

/// The blocks of the table of contents.
#[derive(Debug, Default)]
pub(super) struct Contents {
    blocks: Range<usize>,
}

impl Contents {
    /// Finds it: from 目录 to where its first entry comes again, or to the first line that is no entry.
    pub(super) fn find(document: &Document) -> Self {
        let text = |i: usize| {
            document
                .blocks
                .get(i)
                .and_then(|block| match &block.content {
                    Content::Heading { text, .. } | Content::Paragraph(text) => Some(text.as_str()),
                    Content::Table(_) => None,
                })
        };
        let n = document.blocks.len();
        let Some(start) = (0..n).find(|i| {
            text(*i).is_some_and(|t| matches!(name(shape::plain(t)).as_str(), "目录" | "目次"))
        }) else {
            return Self::default();
        };
        let mut first: Option<(Option<String>, String)> = None;
        let mut n_bare = 0;
        let mut end = start + 1;
        for i in start + 1..n {
            let Some(printed) = text(i) else { break };
            let line = without_page_number(printed);
            let is_paged = line.len() < printed.trim().len();
            let numbered = shape::numbered(line);
            if !shape::is_title(numbered.map_or(line, |(_, rest)| rest)) {
                break;
            }
            let label = numbered.map(|(_, rest)| {
                let all = name(shape::plain(line));
                let rest = name(rest);
                all.strip_suffix(&rest).unwrap_or("").to_owned()
            });
            let key = (label, name(shape::plain(line)));
            match &first {
                None => first = Some(key),
                // The same numbering as the first entry begins the body, even when the words differ.
                Some(f) if f.1 == key.1 || (f.0.is_some() && f.0 == key.0) => break,
                Some(_) => {}
            }
            n_bare = if numbered.is_some() || is_paged {
                0
            } else {
                n_bare + 1
            };
            if n_bare > 2 {
                break;
            }
            // Lines without a number or a page after the last entry are the first headings of the body.
            if numbered.is_some() || is_paged {
                end = i + 1;
            }
        }
        Self { blocks: start..end }
    }

    /// Whether the block belongs to the table of contents.
    pub(super) fn contains(&self, block: usize) -> bool {
        self.blocks.contains(&block)
    }

    /// The entries of a line of the table of contents: usually one, none for its title, two where the reader of the page
    /// ran the name of a part and its first entry together.
    pub(super) fn entries(&self, text: &str) -> Vec<Heading> {
        let line = shape::plain(without_page_number(text));
        let parts = match first_of_part(line) {
            Some((part, rest)) => vec![part, rest],
            None => vec![line],
        };
        let entry = |line: &str| {
            let (level, rest) = shape::numbered(line)?;
            Some(Heading {
                level,
                text: rest.to_owned(),
                printed: line.to_owned(),
            })
        };
        parts.into_iter().filter_map(entry).collect()
    }
}

/// 第二部分 某局2024年度部门决算表一、收入支出决算总表, taken apart before 一、.
fn first_of_part(line: &str) -> Option<(&str, &str)> {
    let (level, _) = shape::numbered(line)?;
    let at = line.find("一、").filter(|at| level == 1 && *at > 0)?;
    let (part, rest) = (line.get(..at)?, line.get(at..)?);
    Some((part.trim_end(), rest))
}

/// The line without its leader dots and page number.
fn without_page_number(text: &str) -> &str {
    let trimmed = text.trim();
    let body = trimmed.trim_end_matches(|c: char| c.is_ascii_digit());
    if body.len() == trimmed.len() {
        return trimmed;
    }
    let bare = body
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '·' | '．' | '-'));
    if bare.len() < body.len() && !bare.is_empty() {
        bare
    } else {
        trimmed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_tables_have_a_page_and_no_number() {
        let entries = [
            "目 录",
            "第一部分 概况......1",
            "表1 收支总表......2",
            "表2 收入总表......3",
            "表3 支出总表......4",
            "第二部分 说明......5",
        ];
        let body = ["第一部分 概况", "本单位承担下列职责。"];
        let text = [&entries[..], &body].concat().join("\n\n");
        let document = mz_document::read(text.as_bytes(), "a.txt").expect("text");
        let contents = Contents::find(&document);
        let inside: Vec<bool> = (0..document.blocks.len())
            .map(|i| contents.contains(i))
            .collect();
        let wanted = (0..entries.len() + body.len()).map(|i| i < entries.len());
        assert_eq!(inside, wanted.collect::<Vec<_>>());
    }
}
