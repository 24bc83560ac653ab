//! Paragraph styles: which are headings, which carry a list number.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

/// The namespace of WordprocessingML.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Whether a node is the WordprocessingML element of a name.
pub fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name && node.tag_name().namespace() == Some(W)
}

/// The first child element of a name.
pub fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|n| is(*n, name))
}

/// The `w:val` of a child element.
pub fn val<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    child(node, name)?.attribute((W, "val"))
}

/// A list reference: list id and level.
pub type ListRef = (String, usize);

/// What a paragraph style says.
#[derive(Clone, Debug, Default)]
pub struct Style {
    based_on: Option<String>,
    /// 0-based outline level; 9 and more is body text.
    outline: Option<u8>,
    list: Option<ListRef>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles(BTreeMap<String, Style>);

impl Styles {
    /// Reads `word/styles.xml`; a part that cannot be read gives no styles.
    pub fn read(xml: &str) -> Self {
        let Ok(document) = Document::parse(xml) else {
            return Self::default();
        };
        let styles = document
            .root_element()
            .children()
            .filter(|n| is(*n, "style"))
            .filter_map(|style| {
                let id = style.attribute((W, "styleId"))?.to_owned();
                let properties = child(style, "pPr");
                Some((
                    id,
                    Style {
                        based_on: val(style, "basedOn").map(str::to_owned),
                        outline: properties
                            .and_then(|p| val(p, "outlineLvl"))
                            .and_then(|v| v.parse().ok()),
                        list: properties.and_then(list_ref),
                    },
                ))
            });
        Self(styles.collect())
    }

    /// Follows `basedOn` until something is found.
    fn inherited<T>(&self, id: &str, get: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut id = id;
        for _ in 0..20 {
            let style = self.0.get(id)?;
            if let Some(found) = get(style) {
                return Some(found);
            }
            id = style.based_on.as_deref()?;
        }
        None
    }

    /// Heading level of a style, 1 being the highest.
    pub fn heading(&self, id: &str) -> Option<u8> {
        self.inherited(id, |s| s.outline)
            .filter(|level| *level < 9)
            .map(|level| level + 1)
    }

    /// List reference of a style.
    pub fn list(&self, id: &str) -> Option<ListRef> {
        self.inherited(id, |s| s.list.clone())
    }
}

/// The list reference of paragraph properties.
pub fn list_ref(properties: Node<'_, '_>) -> Option<ListRef> {
    let numbers = child(properties, "numPr")?;
    let level = val(numbers, "ilvl")
        .and_then(|v| v.parse().ok())
        .unwrap_or(0);
    Some((val(numbers, "numId")?.to_owned(), level))
}
