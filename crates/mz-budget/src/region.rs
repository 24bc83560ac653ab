//! Which province a document comes from, by the places it names.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::{library::Library, words::Words};

/// Longest name of a county, in characters.
const MAX_COUNTY_CHARS: usize = 20;

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

/// The names of all provinces, to be looked for at once.
struct Names {
    regions: Regions,
    words: Words,
    /// The province of each word.
    provinces: Vec<usize>,
}

static NAMES: LazyLock<Names> = LazyLock::new(Names::read);

impl Names {
    fn read() -> Self {
        let regions: Regions = Library::embedded().data("regions.toml").unwrap_or_default();
        let names = || {
            let numbered = regions.provinces.iter().enumerate();
            numbered.flat_map(|(i, province)| province.names.iter().map(move |name| (i, name)))
        };
        let words = Words::new(names().map(|(_, name)| name.as_str()));
        let provinces = names().map(|(i, _)| i).collect();
        Self {
            regions,
            words,
            provinces,
        }
    }
}

/// `counties.toml`.
#[derive(Default, Deserialize)]
struct Counties {
    #[serde(rename = "province")]
    provinces: Vec<CountiesOf>,
}

/// A province and its counties that no other province has one of the same name of, in one string.
#[derive(Deserialize)]
struct CountiesOf {
    code: String,
    names: String,
}

/// Counties and the codes of their provinces, sorted by name. Most documents name a province or a city and never need them.
static COUNTIES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let counties: Counties = (Library::embedded().data("counties.toml")).unwrap_or_default();
    let of = |province: CountiesOf| {
        let CountiesOf { code, names } = province;
        let names: Vec<String> = names.split_whitespace().map(str::to_owned).collect();
        names.into_iter().map(move |name| (name, code.clone()))
    };
    let mut counties: Vec<(String, String)> = counties.provinces.into_iter().flat_map(of).collect();
    counties.sort_unstable();
    counties
});

/// What may stand before the name of a county at the front of the name of a body.
const BEFORE_COUNTY: [&str; 2] = ["中国共产党", "中共"];

/// The first two digits of the region of the county a body is named after: names of counties stand in many other places, but
/// at the front of a name they say whose body it is.
pub fn of_county(body: &str) -> Option<&'static str> {
    let name = BEFORE_COUNTY
        .iter()
        .find_map(|party| body.strip_prefix(party))
        .unwrap_or(body);
    let ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
    let county = |end: usize| {
        let county = name.get(..end)?;
        let found = COUNTIES.binary_search_by(|(known, _)| known.as_str().cmp(county));
        found.ok().and_then(|i| COUNTIES.get(i))
    };
    let code = ends.take(MAX_COUNTY_CHARS).filter_map(county).last()?;
    Some(code.1.as_str())
}

/// The first two digits of the region most lines name, the first named where several are named as often.
pub fn of<'t>(lines: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    let votes = votes(lines);
    let most = votes.iter().copied().max().filter(|n| *n > 0)?;
    code(votes.iter().position(|n| *n == most)?)
}

/// The first two digits of the region named by at least two texts and by twice as many as all others: running text speaks of
/// other places too.
pub fn of_most<'t>(texts: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    let votes = votes(texts);
    let n_votes: usize = votes.iter().sum();
    let is_most = |n: &usize| *n >= 2 && 3 * n >= 2 * n_votes;
    code(votes.iter().position(is_most)?)
}

fn code(province: usize) -> Option<&'static str> {
    let province = NAMES.regions.provinces.get(province);
    province.map(|province| province.code.as_str())
}

/// How many texts name each province. A text has one vote for a province, however often it names it.
fn votes<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<usize> {
    let n_provinces = NAMES.regions.provinces.len();
    let mut votes = vec![0_usize; n_provinces];
    let mut last_text = vec![0_usize; n_provinces];
    for (i, text) in texts.enumerate() {
        for (_, word) in NAMES.words.find_iter(text) {
            let Some(province) = NAMES.provinces.get(word).copied() else {
                continue;
            };
            if last_text[province] != i + 1 {
                last_text[province] = i + 1;
                votes[province] += 1;
            }
        }
    }
    votes
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
        let most = |texts: &[&str]| of_most(texts.iter().copied());
        assert_eq!(
            most(&["北京市司法局", "北京市公共法律服务", "援助西藏"]),
            Some("11")
        );
        assert_eq!(most(&["北京市司法局"]), None);
        assert_eq!(most(&["北京市", "北京市", "天津市", "天津市"]), None);
    }

    #[test]
    fn a_county_tells_its_province_where_no_other_has_its_name() {
        assert_eq!(of_county("德江县财政局"), Some("52"));
        assert_eq!(of_county("中共滑县县委组织部"), Some("41"));
        assert_eq!(of_county("鼓楼区财政局"), None, "several cities have one");
        assert_eq!(of_county("支援德江县办公室"), None);
        assert_eq!(of_county("甲县乙局"), None);
        assert!(COUNTIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let longest = COUNTIES.iter().map(|(name, _)| name.chars().count()).max();
        assert!(longest <= Some(MAX_COUNTY_CHARS));
    }
}
