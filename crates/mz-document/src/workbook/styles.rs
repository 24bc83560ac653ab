//! Number formats of cells, from `xl/styles.xml`.

use std::collections::BTreeMap;

use roxmltree::Document;

/// Number format codes by cell style.
#[derive(Debug, Default)]
pub(super) struct Formats {
    codes: Vec<String>,
}

impl Formats {
    /// Reads `xl/styles.xml`; a part that cannot be read leaves every number general.
    pub(super) fn read(xml: &str) -> Self {
        let Ok(document) = Document::parse(xml) else {
            return Self::default();
        };
        let named = |name: &'static str| {
            document
                .root_element()
                .children()
                .find(move |n| n.tag_name().name() == name)
        };
        let custom: BTreeMap<u32, &str> = named("numFmts")
            .into_iter()
            .flat_map(|n| n.children())
            .filter_map(|n| {
                Some((
                    n.attribute("numFmtId")?.parse().ok()?,
                    n.attribute("formatCode")?,
                ))
            })
            .collect();
        let codes = named("cellXfs")
            .into_iter()
            .flat_map(|n| n.children())
            .filter(|n| n.tag_name().name() == "xf")
            .map(|n| {
                let id = n
                    .attribute("numFmtId")
                    .and_then(|id| id.parse().ok())
                    .unwrap_or(0);
                custom
                    .get(&id)
                    .map_or_else(|| built_in(id), |code| *code)
                    .to_owned()
            });
        Self {
            codes: codes.collect(),
        }
    }

    /// The format of a style.
    pub(super) fn code(&self, style: usize) -> &str {
        self.codes.get(style).map_or("General", String::as_str)
    }
}

/// Formats that have a number and no entry (ECMA-376 part 1, 18.8.30).
pub(super) fn built_in(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 => "#,##0",
        4 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        14 | 30 => "yyyy/m/d",
        15..=17 | 22 => "yyyy-mm-dd",
        18..=21 | 45..=47 => "hh:mm:ss",
        27 | 31 | 36 | 50 | 52 | 57 | 58 => "yyyy\"年\"m\"月\"d\"日\"",
        37 | 38 => "#,##0;-#,##0",
        39 | 40 => "#,##0.00;-#,##0.00",
        41 | 42 => "#,##0;-#,##0;\"-\"",
        43 | 44 => "#,##0.00;-#,##0.00;\"-\"",
        49 => "@",
        _ => "General",
    }
}
