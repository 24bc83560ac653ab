//! The body of a Word file: blocks to paragraphs and tables, runs of pages to sections.

use super::{parts, table};
use crate::{
    Block, Content, Document, Role, WriteOptions,
    page::{Page, Part, Section, sections},
    write::escape,
};

/// Twentieths of a point in a millimetre.
const TWIPS_A_MM: f64 = 1440.0 / 25.4;
/// Longest name of a bookmark Word accepts, less the prefix.
const LONGEST_ANCHOR: usize = 35;

/// Millimetres to twentieths of a point.
fn twips(millimetres: u16) -> u32 {
    (f64::from(millimetres) * TWIPS_A_MM).round() as u32
}

/// What a paragraph has beside its style.
#[derive(Clone, Debug, Default)]
struct Extra<'x> {
    style: &'x str,
    starts_page: bool,
    /// Position of a tab at the right end, twentieths of a point.
    right_tab: Option<u32>,
    has_no_indent: bool,
    /// 0-based level in the outline, for paragraphs whose style has none.
    outline: Option<u8>,
    /// Ends the section with these properties.
    section: Option<&'x str>,
}

pub(super) fn write(document: &Document, options: &WriteOptions) -> String {
    let mut out = parts::open("document");
    out.push_str("<w:body>");
    let sections = sections(document);
    let mut writer = Writer {
        out,
        options,
        n_bookmarks: 0,
    };
    for (i, section) in sections.iter().enumerate() {
        let properties = section_properties(section);
        let is_last = i + 1 == sections.len();
        writer.section(section, i == 0, (!is_last).then_some(properties.as_str()));
        if is_last {
            writer.out.push_str(&properties);
        }
    }
    writer.out.push_str("</w:body></w:document>");
    writer.out
}

fn section_properties(section: &Section<'_>) -> String {
    let page = Page::of(section.is_landscape);
    let (odd, even) = if section.part == Part::Body {
        ("rId4", "rId5")
    } else {
        ("rId6", "rId6")
    };
    let orientation = if section.is_landscape {
        " w:orient=\"landscape\""
    } else {
        ""
    };
    let numbers = if section.starts_numbers {
        "<w:pgNumType w:start=\"1\"/>"
    } else {
        ""
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"{odd}\"/><w:footerReference w:type=\"even\" r:id=\"{even}\"/>\
         <w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{}\" w:h=\"{}\"{orientation}/>\
         <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"851\" w:footer=\"{}\" w:gutter=\"0\"/>{numbers}</w:sectPr>",
        twips(page.width),
        twips(page.height),
        twips(page.top),
        twips(page.right),
        twips(page.bottom),
        twips(page.left),
        // The number stands 7 mm under the text.
        twips(page.bottom - 12),
    )
}

struct Writer<'w> {
    out: String,
    options: &'w WriteOptions,
    n_bookmarks: usize,
}

impl Writer<'_> {
    fn section(&mut self, section: &Section<'_>, is_first: bool, properties: Option<&str>) {
        let page = Page::of(section.is_landscape);
        let width = page.text_width();
        for (i, block) in section.blocks.iter().enumerate() {
            let is_last = i + 1 == section.blocks.len();
            // The first block of a section stands on a new page anyway.
            let starts_page = block.layout.starts_page && i > 0;
            let ends = properties.filter(|_| is_last);
            if let Content::Table(one) = &block.content {
                if starts_page || (is_first && i == 0) || follows_table(section.blocks, i) {
                    self.gap(starts_page, None);
                }
                table::write(&mut self.out, one, page, title_before(section.blocks, i));
                // A section ends in a paragraph, and so must the document.
                if ends.is_some() || (is_last && properties.is_none()) {
                    self.gap(false, ends);
                }
            } else {
                self.text_block(block, starts_page, ends, width);
            }
        }
    }

    /// A paragraph nobody sees.
    fn gap(&mut self, starts_page: bool, section: Option<&str>) {
        let extra = Extra {
            style: "Gap",
            starts_page,
            section,
            ..Extra::default()
        };
        self.paragraph(&extra, "");
    }

    fn text_block(&mut self, block: &Block, starts_page: bool, section: Option<&str>, width: f64) {
        let text = block.text().unwrap_or_default();
        let level = match &block.content {
            Content::Heading { level, .. } => Some((*level).clamp(1, 9)),
            _ => None,
        };
        let heading = level.map(|level| format!("Heading{level}"));
        let entry = match &block.layout.role {
            Role::ContentsEntry { level, .. } => Some(format!("TOC{}", (*level).clamp(1, 9))),
            _ => None,
        };
        let style = match &block.layout.role {
            Role::CoverTitle => "CoverTitle",
            Role::CoverUnit => "CoverUnit",
            Role::CoverDate => "CoverDate",
            Role::ContentsTitle => "ContentsTitle",
            Role::ContentsEntry { .. } => entry.as_deref().unwrap_or_default(),
            Role::TableTitle => "TableTitle",
            Role::TableCaption => "TableCaption",
            Role::TableNote => "TableNote",
            Role::Body => heading.as_deref().unwrap_or_default(),
        };
        let extra = Extra {
            style,
            starts_page,
            right_tab: (block.layout.role == Role::TableCaption).then_some((width * 20.0) as u32),
            has_no_indent: style.is_empty() && text.starts_with(['\u{3000}', ' ', '\t']),
            outline: level
                .filter(|_| style == "TableTitle")
                .map(|level| level - 1),
            section,
        };
        let mut runs = String::new();
        match &block.layout.role {
            Role::ContentsEntry { target, .. } => self.entry(&mut runs, text, target),
            _ => run(&mut runs, text),
        }
        if let Some(anchor) = &block.layout.anchor {
            self.n_bookmarks += 1;
            let id = self.n_bookmarks;
            let name = bookmark(anchor);
            runs = format!(
                "<w:bookmarkStart w:id=\"{id}\" w:name=\"{name}\"/>{runs}<w:bookmarkEnd w:id=\"{id}\"/>"
            );
        }
        self.paragraph(&extra, &runs);
    }

    /// A line of the contents: a link, and the number of its page as a field that needs no update. There is no field around
    /// the list: LibreOffice keeps the numbers of single references right by itself, but never those of a whole list.
    fn entry(&mut self, out: &mut String, text: &str, target: &str) {
        let name = bookmark(target);
        out.push_str(&format!(
            "<w:hyperlink w:anchor=\"{name}\" w:history=\"1\">"
        ));
        run(out, text);
        out.push_str("<w:r><w:tab/></w:r>");
        field_begin(out, &format!(" PAGEREF {name} \\h "));
        if let Some(page) = self.options.page_numbers.get(target) {
            run(out, &page.to_string());
        }
        field_end(out);
        out.push_str("</w:hyperlink>");
    }

    fn paragraph(&mut self, extra: &Extra<'_>, runs: &str) {
        let out = &mut self.out;
        out.push_str("<w:p><w:pPr>");
        if !extra.style.is_empty() {
            out.push_str(&format!("<w:pStyle w:val=\"{}\"/>", extra.style));
        }
        if extra.starts_page {
            out.push_str("<w:pageBreakBefore/>");
        }
        if let Some(position) = extra.right_tab {
            out.push_str(&format!(
                "<w:tabs><w:tab w:val=\"right\" w:pos=\"{position}\"/></w:tabs>"
            ));
        }
        if extra.has_no_indent {
            out.push_str("<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>");
        }
        if let Some(level) = extra.outline {
            out.push_str(&format!("<w:outlineLvl w:val=\"{level}\"/>"));
        }
        out.push_str(extra.section.unwrap_or_default());
        out.push_str("</w:pPr>");
        out.push_str(runs);
        out.push_str("</w:p>");
    }
}

fn follows_table(blocks: &[Block], i: usize) -> bool {
    i > 0 && matches!(blocks[i - 1].content, Content::Table(_))
}

/// The title that stands before a table, as its description for those who cannot see it.
fn title_before(blocks: &[Block], i: usize) -> &str {
    blocks[..i]
        .iter()
        .rev()
        .take(3)
        .take_while(|block| !matches!(block.content, Content::Table(_)))
        .find(|block| block.layout.role == Role::TableTitle)
        .and_then(Block::text)
        .unwrap_or_default()
}

/// Names that begin with `_` are not listed among the reader's own bookmarks.
fn bookmark(anchor: &str) -> String {
    let name: String = anchor
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .map(|c| if c == '-' { '_' } else { c })
        .take(LONGEST_ANCHOR)
        .collect();
    format!("_Toc{name}")
}

fn field_begin(out: &mut String, instruction: &str) {
    out.push_str(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\">",
    );
    escape(out, instruction);
    out.push_str("</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>");
}

fn field_end(out: &mut String) {
    out.push_str("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
}

/// A run of text; tabs and line breaks are elements of their own.
pub(super) fn run(out: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    out.push_str("<w:r>");
    run_content(out, text);
    out.push_str("</w:r>");
}

/// The content of a run.
pub(super) fn run_content(out: &mut String, text: &str) {
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push_str("<w:br/>");
        }
        for (n, piece) in line.split('\t').enumerate() {
            if n > 0 {
                out.push_str("<w:tab/>");
            }
            if !piece.is_empty() {
                out.push_str("<w:t xml:space=\"preserve\">");
                escape(out, piece);
                out.push_str("</w:t>");
            }
        }
    }
}
