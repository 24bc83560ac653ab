//! Headings in sentences: 甲（类）乙（款）丙（项）.

use std::{ops::Range, sync::LazyLock};

use crate::pattern::{Captures, Pattern};

/// One chain as printed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chain {
    /// Words before （类）, from the last mark on.
    pub(super) category: String,
    /// Words before （款）.
    pub(super) section: String,
    /// Words before （项）, when the chain goes that far.
    pub(super) item: Option<String>,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
}

static CHAIN: LazyLock<Pattern> = LazyLock::new(|| {
    Pattern::known(
        r"(?P<category>[^。；：:，,、\d“”.．]{2,30}?)\s*[（(]\d{0,3}类[）)]\s*(?P<section>[^。；：:\d]{2,40}?)\s*[（(]\d{0,5}款[）)](?:\s*(?P<item>[^。；：:\d]{2,40}?)\s*[（(]\d{0,7}项[）)])?",
    )
});

/// All chains of a text.
pub(super) fn chains(text: &str) -> Vec<Chain> {
    CHAIN
        .captures_iter(text)
        .filter_map(|found| chain(&found))
        .collect()
}

fn chain(found: &Captures<'_, '_>) -> Option<Chain> {
    let part = |name| found.name(name).map(|m| m.as_str().trim().to_owned());
    Some(Chain {
        category: part("category")?,
        section: part("section")?,
        item: part("item"),
        range: found.get(0)?.range(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_read_with_brackets_inside_names() {
        let text = "1、一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）：2024年预算数为5万元。";
        let found = chains(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].category, "一般公共服务支出");
        assert_eq!(found[0].section, "政府办公厅（室）及相关机构事务");
        assert_eq!(found[0].item.as_deref(), Some("行政运行"));
    }
}
