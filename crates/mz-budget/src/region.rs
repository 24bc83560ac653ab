//! Which province a document comes from, by the places it names.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::library::Library;

/// `regions.toml`.
#[derive(Default, Deserialize)]
struct Regions {
    #[serde(rename = "province")]
    provinces: Vec<Province>,
}

/// A province and the names of its places.
#[derive(Deserialize)]
struct Province {
    code: String,
    names: Vec<String>,
}

/// The first two digits of the region most lines name, the first named where several are named as often.
pub fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    static REGIONS: LazyLock<Regions> =
        LazyLock::new(|| Library::embedded().data("regions.toml").unwrap_or_default());
    let mut votes = vec![0_usize; REGIONS.provinces.len()];
    for line in lines {
        for (vote, province) in votes.iter_mut().zip(&REGIONS.provinces) {
            *vote += usize::from(
                province
                    .names
                    .iter()
                    .any(|name| line.contains(name.as_str())),
            );
        }
    }
    let most = votes.iter().copied().max().filter(|n| *n > 0)?;
    let first = votes.iter().position(|n| *n == most)?;
    REGIONS.provinces.get(first).map(|p| p.code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_comes_from_the_province_it_names() {
        let region = |lines: &[&str]| of(lines.iter().copied());
        assert_eq!(region(&["长沙市信访局2026年部门预算"]), Some("43"));
        assert_eq!(
            region(&["援助西藏拉萨市", "烟台市人民政府办公室", "烟台市财政局"]),
            Some("37")
        );
        assert_eq!(region(&["甲市乙局2024年单位预算"]), None);
    }
}
