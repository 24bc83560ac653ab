//! What the tags mean for reading.

use html5gum::StartTag;

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Begins and ends a paragraph.
    Block,
    /// Ends a line.
    Break,
    /// A heading of this level.
    Heading(u8),
    /// A table, its caption, rows and cells.
    Table,
    /// Caption of a table.
    Caption,
    /// Row of a table.
    Row,
    /// Cell of a table.
    Cell,
    /// Part of a page that is never shown as text.
    Hidden,
    /// A picture.
    Picture,
    /// Anything else: stands inside a line.
    Inline,
}

/// The kind of a tag by its name.
pub(super) fn kind(name: &[u8]) -> Kind {
    match name {
        b"br" => Kind::Break,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => {
            Kind::Heading(name.get(1).map_or(1, |digit| digit - b'0'))
        }
        b"table" => Kind::Table,
        b"caption" => Kind::Caption,
        b"tr" => Kind::Row,
        b"td" | b"th" => Kind::Cell,
        b"script" | b"style" | b"template" | b"noscript" | b"title" | b"select" | b"button"
        | b"textarea" | b"iframe" | b"svg" | b"object" | b"audio" | b"video" | b"canvas" => {
            Kind::Hidden
        }
        b"img" => Kind::Picture,
        b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"center" | b"dd"
        | b"details" | b"dialog" | b"div" | b"dl" | b"dt" | b"fieldset" | b"figcaption"
        | b"figure" | b"footer" | b"form" | b"header" | b"hgroup" | b"hr" | b"legend" | b"li"
        | b"main" | b"menu" | b"nav" | b"ol" | b"p" | b"pre" | b"section" | b"summary" | b"ul"
        | b"tbody" | b"thead" | b"tfoot" => Kind::Block,
        _ => Kind::Inline,
    }
}

/// Tags that have no end tag.
pub(super) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
    )
}

/// An attribute in lower case without white space.
fn squeezed(tag: &StartTag<()>, name: &[u8]) -> Option<String> {
    let value = tag.attributes.get(name)?;
    let text = String::from_utf8_lossy(&value.value);
    Some(
        text.chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect(),
    )
}

/// Whether the tag says that its content is not shown.
pub(super) fn is_hidden(tag: &StartTag<()>) -> bool {
    tag.attributes.contains_key(b"hidden".as_slice())
        || squeezed(tag, b"style").is_some_and(|style| {
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// Whether the tag's content is put at a point of the page instead of flowing.
pub(super) fn is_positioned(tag: &StartTag<()>) -> bool {
    squeezed(tag, b"style").is_some_and(|style| {
        style.contains("position:absolute") && style.contains("left:") && style.contains("top:")
    })
}

/// A span attribute; browsers take nonsense as 1.
pub(super) fn span(tag: &StartTag<()>, name: &[u8], most: usize) -> usize {
    squeezed(tag, name)
        .and_then(|text| text.parse::<usize>().ok())
        .map_or(1, |n| n.clamp(1, most))
}
