//! The page after the habits of GB/T 9704, and the runs of pages of one kind, so that every paged format breaks alike.

use crate::{Block, Document, Role};

/// Paper and margins in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Width of the paper.
    pub width: u16,
    /// Height of the paper.
    pub height: u16,
    /// Top margin.
    pub top: u16,
    /// Bottom margin.
    pub bottom: u16,
    /// Left margin.
    pub left: u16,
    /// Right margin.
    pub right: u16,
}

impl Page {
    /// A4 in portrait.
    pub const PORTRAIT: Self = Self {
        width: 210,
        height: 297,
        top: 37,
        bottom: 35,
        left: 28,
        right: 26,
    };
    /// A4 in landscape, for wide tables.
    pub const LANDSCAPE: Self = Self {
        width: 297,
        height: 210,
        top: 28,
        bottom: 26,
        left: 22,
        right: 22,
    };

    /// The page of an orientation.
    pub fn of(is_landscape: bool) -> Self {
        if is_landscape {
            Self::LANDSCAPE
        } else {
            Self::PORTRAIT
        }
    }

    /// Width of the text, in points.
    pub fn text_width(&self) -> f64 {
        f64::from(self.width - self.left - self.right) * 72.0 / 25.4
    }

    /// Height of the text, in points.
    pub fn text_height(&self) -> f64 {
        f64::from(self.height - self.top - self.bottom) * 72.0 / 25.4
    }
}

/// Which part of the document a page belongs to. Only pages of the body have a number, and they are counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The cover.
    Cover,
    /// The list of contents.
    Contents,
    /// Everything else.
    Body,
}

impl Part {
    /// The part a block belongs to.
    pub fn of(block: &Block) -> Self {
        match block.layout.role {
            Role::CoverTitle | Role::CoverUnit | Role::CoverDate => Self::Cover,
            Role::ContentsTitle | Role::ContentsEntry { .. } => Self::Contents,
            _ => Self::Body,
        }
    }
}

/// A run of blocks on pages of one kind.
#[derive(Clone, Debug)]
pub struct Section<'d> {
    /// Part of the document.
    pub part: Part,
    /// Whether its pages are in landscape.
    pub is_landscape: bool,
    /// It is the first of the body, where pages are counted from 1.
    pub starts_numbers: bool,
    /// Its blocks.
    pub blocks: &'d [Block],
}

/// The document as runs of pages of one kind; a run never is empty.
pub fn sections(document: &Document) -> Vec<Section<'_>> {
    let kind = |block: &Block| (Part::of(block), block.layout.is_landscape);
    let mut is_body_seen = false;
    document
        .blocks
        .chunk_by(|a, b| kind(a) == kind(b))
        .map(|blocks| {
            let (part, is_landscape) = kind(&blocks[0]);
            let starts_numbers = part == Part::Body && !is_body_seen;
            is_body_seen |= starts_numbers;
            Section {
                part,
                is_landscape,
                starts_numbers,
                blocks,
            }
        })
        .collect()
}
