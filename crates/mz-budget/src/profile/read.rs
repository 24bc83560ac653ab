//! Reading profiles from the data files: one folder a profile, one file a part, inheritance resolved, unknown keys refused.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use serde::{Deserialize, de::DeserializeOwned};
use toml::Table;

use super::{
    Ask, Face, NodeSpec, Profile, Source, TableSpec, WordSpec,
    compose::ComposeSpec,
    narrative::NarrativeSpec,
    outline::OutlineFile,
    resolve::{self, PARTS},
    targets::TargetForm,
};
use crate::{
    digest,
    dimension::{Coordinates, Dimension},
    disclosure::Kind,
    library::{DataError, DataFile},
    money::MoneyUnit,
};

/// `profile.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Head {
    title: String,
    region: String,
    kind: Kind,
    years: Vec<u16>,
    unit: MoneyUnit,
    decimals: u8,
    #[serde(default)]
    extends: Option<String>,
    #[serde(default, rename = "abstract")]
    _is_abstract: bool,
    source: Source,
    #[serde(default)]
    nodes: BTreeMap<Dimension, Vec<NodeSpec>>,
    #[serde(default)]
    places: Vec<String>,
    #[serde(default)]
    bodies: Vec<String>,
    #[serde(default)]
    asks: Vec<Ask>,
    #[serde(default)]
    loose_tails: bool,
}

/// `tables.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Tables {
    #[serde(default, rename = "source")]
    _source: Option<Source>,
    #[serde(default, rename = "table")]
    tables: Vec<TableSpec>,
    #[serde(default, rename = "word")]
    words: Vec<WordSpec>,
}

/// All profiles that are not only a base for others, by id, and the files that could not be used.
pub fn read_all(files: &[DataFile]) -> (Vec<Arc<Profile>>, Vec<DataError>) {
    let mut problems = Vec::new();
    let national = match files.iter().find(|(path, _)| *path == "dimensions.toml") {
        Some((path, text)) => read_nodes(path, text).unwrap_or_else(|error| {
            problems.push(error);
            BTreeMap::new()
        }),
        None => BTreeMap::new(),
    };
    let ids: BTreeSet<&str> = files
        .iter()
        .filter_map(|(path, _)| Some(path.strip_prefix("profiles/")?.split_once('/')?.0))
        .collect();
    let mut profiles = Vec::new();
    for id in ids {
        match read_one(files, id, &national) {
            Ok(Some(profile)) => profiles.push(Arc::new(profile)),
            Ok(None) => {}
            Err(error) => problems.push(error),
        }
    }
    (profiles, problems)
}

/// The faces of the profiles the build script digested.
pub fn faces() -> Vec<Face> {
    let face = |(id, parts, shape): &digest::Digested| {
        let head: Head = digest::part(&parts[0])?;
        let shape = shape.clone();
        Some(Face {
            id: (*id).to_owned(),
            kind: head.kind,
            years: head.years,
            places: head.places,
            bodies: head.bodies,
            region: head.region,
            shape: Arc::new(LazyLock::new(Box::new(move || {
                digest::part(&shape).unwrap_or_default()
            }))),
        })
    };
    digest::profiles().iter().filter_map(face).collect()
}

/// A profile the build script digested.
pub fn digested(id: &str) -> Option<Profile> {
    let (_, [head, tables, outline, narrative, targets, compose], _) =
        digest::profiles().iter().find(|(known, ..)| *known == id)?;
    let parts = Parts {
        head: digest::part(head)?,
        tables: digest::part(tables)?,
        outline: digest::part(outline)?,
        narrative: digest::part(narrative)?,
        targets: digest::part(targets)?,
        // Without a file of its own a part has no keys.
        compose: (compose.len() > 1).then(|| digest::part(compose)).flatten(),
    };
    let national = digest::file("dimensions.toml")?;
    Some(assemble(id, parts, &national))
}

/// The nodes of the small dimensions: one array of tables a dimension. `[source]` is required.
pub fn read_nodes(path: &str, text: &str) -> Result<BTreeMap<Dimension, Vec<NodeSpec>>, DataError> {
    let mut table = parse(path, text)?;
    let source = table
        .remove("source")
        .ok_or_else(|| error(path, "[source] is missing"))?;
    Source::deserialize(source).map_err(|e| error(path, &format!("[source]: {e}")))?;
    typed(path, table)
}

fn error(path: &str, message: &str) -> DataError {
    DataError {
        path: path.to_owned(),
        message: message.trim().to_owned(),
    }
}

fn parse(path: &str, text: &str) -> Result<Table, DataError> {
    text.parse()
        .map_err(|e: toml::de::Error| error(path, &e.to_string()))
}

fn typed<T: DeserializeOwned>(path: &str, table: Table) -> Result<T, DataError> {
    table.try_into().map_err(|e| error(path, &e.to_string()))
}

/// A profile with its inherited keys; `None` for a base of others (`abstract = true`).
fn read_one(
    files: &[DataFile],
    id: &str,
    national: &BTreeMap<Dimension, Vec<NodeSpec>>,
) -> Result<Option<Profile>, DataError> {
    let folder = format!("profiles/{id}");
    if let Some((path, _)) = files.iter().find(|(path, _)| {
        path.strip_prefix(&folder)
            .and_then(|rest| rest.strip_prefix('/'))
            .is_some_and(|part| !PARTS.contains(&part))
    }) {
        return Err(error(
            path,
            &format!(
                "not a part of a profile; the parts are {}",
                PARTS.join(", ")
            ),
        ));
    }
    let text = |path: &str| {
        let file = files.iter().find(|(p, _)| *p == path);
        file.map(|(_, text)| *text)
    };
    let parts = resolve::resolve(&text, id, &mut BTreeSet::new())
        .map_err(|(path, message)| error(&path, &message))?;
    if resolve::is_abstract(&parts) {
        return Ok(None);
    }
    let [head, tables, outline, narrative, targets, compose] = parts;
    let path = |part: usize| format!("{folder}/{}", PARTS.get(part).copied().unwrap_or(""));
    let head: Head = typed(&path(0), head)?;
    let tables: Tables = typed(&path(1), tables)?;
    let outline: OutlineFile = typed(&path(2), without_source(outline))?;
    let narrative: NarrativeSpec = typed(&path(3), without_source(narrative))?;
    let targets: TargetForm = typed(&path(4), without_source(targets))?;
    let compose: Option<ComposeSpec> = if compose.is_empty() {
        None
    } else {
        Some(typed(&path(5), without_source(compose))?)
    };
    let parts = Parts {
        head,
        tables,
        outline,
        narrative,
        targets,
        compose,
    };
    let profile = assemble(id, parts, national);
    check(&profile).map_err(|message| error(&path(1), &message))?;
    Ok(Some(profile))
}

/// The parts of a profile, read.
struct Parts {
    head: Head,
    tables: Tables,
    outline: OutlineFile,
    narrative: NarrativeSpec,
    targets: TargetForm,
    compose: Option<ComposeSpec>,
}

fn assemble(id: &str, parts: Parts, national: &BTreeMap<Dimension, Vec<NodeSpec>>) -> Profile {
    let Parts {
        head,
        tables,
        outline,
        narrative,
        targets,
        compose,
    } = parts;
    let mut nodes = national.clone();
    for (dimension, own) in head.nodes {
        let specs = nodes.entry(dimension).or_default();
        for node in own {
            specs.retain(|n| n.key != node.key);
            specs.push(node);
        }
    }
    Profile {
        id: id.to_owned(),
        title: head.title,
        region: head.region,
        places: head.places,
        bodies: head.bodies,
        asks: head.asks,
        loose_tails: head.loose_tails,
        kind: head.kind,
        years: head.years,
        unit: head.unit,
        decimals: head.decimals,
        nodes,
        tables: tables.tables,
        words: tables.words,
        is_proposed: false,
        outline: outline.headings,
        narrative,
        targets,
        compose,
        source: head.source,
        extends: head.extends,
    }
}

fn without_source(mut table: Table) -> Table {
    table.remove("source");
    table
}

/// Keys that name something must name something that is there.
fn check(profile: &Profile) -> Result<(), String> {
    for (dimension, nodes) in &profile.nodes {
        for (i, node) in nodes.iter().enumerate() {
            let known = nodes
                .iter()
                .take(i)
                .any(|n| node.parent.as_ref() == Some(&n.key));
            if node.parent.is_some() && !known {
                return Err(format!(
                    "{dimension:?} node {}: parent is not listed before it",
                    node.key
                ));
            }
        }
    }
    for word in &profile.words {
        known(profile, &format!("word {}", word.key), &word.at)?;
    }
    for table in &profile.tables {
        for at in table
            .or_at
            .iter()
            .chain(&table.nil)
            .chain([&table.at, &table.total])
        {
            known(profile, &format!("table {}", table.id), at)?;
        }
        for panel in &table.panels {
            let lines = panel.rows.lines.iter().map(|l| (&l.label, &l.at));
            let columns = panel.columns.iter().flat_map(|c| {
                std::iter::once((&c.label, &c.at)).chain(c.or_at.iter().map(|at| (&c.label, at)))
            });
            let own = [&panel.at, &panel.rows.at].map(|at| (&table.title, at));
            for (label, at) in lines.chain(columns).chain(own) {
                known(profile, &format!("table {}, {label}", table.id), at)?;
            }
        }
    }
    Ok(())
}

/// Coordinates must name nodes that are there.
fn known(profile: &Profile, whose: &str, at: &Coordinates) -> Result<(), String> {
    match at
        .iter()
        .find(|(dimension, key)| !is_known(profile, **dimension, key))
    {
        Some((dimension, key)) => Err(format!("{whose}: {dimension:?} = {key} is no node")),
        None => Ok(()),
    }
}

/// Small dimensions are listed in full; classification codes are digits and checked against the catalogue elsewhere.
fn is_known(profile: &Profile, dimension: Dimension, key: &str) -> bool {
    let listed = profile
        .nodes
        .get(&dimension)
        .is_some_and(|nodes| nodes.iter().any(|n| n.key == key));
    let is_code = matches!(key.len(), 3 | 5 | 7) && key.bytes().all(|b| b.is_ascii_digit());
    key == "all" || listed || (is_code && dimension.is_classification())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::{catalogue::Level, library::Library};

    const HEAD: &str = "title = '甲'\nregion = '000000'\nkind = 'unit-budget'\nyears = [2024]\nunit = '万元'\ndecimals = 2\n";
    const SOURCE: &str = "[source]\ntitle = '某办法'\n";
    const DIMENSIONS: &str = "[source]\ntitle = '某法'\n[[fund]]\nkey = 'appropriation'\nname = '财政拨款'\n[[fund]]\nkey = 'general-public'\nparent = 'appropriation'\nname = '一般公共预算'\n";
    const TABLE: &str = "[[table]]\nid = 'summary'\nnumber = 1\ntitle = '收支总表'\n[[table.panel]]\nlabels = ['项目']\ncolumns = [{ label = '合计' }, { label = '一般公共预算', at = { fund = 'general-public' } }]\n[table.panel.rows]\naxis = 'function'\n";

    /// Loads profiles from made-up files.
    fn load(files: &[(&'static str, String)]) -> (Vec<Arc<Profile>>, Vec<String>) {
        let leaked: Vec<DataFile> = files
            .iter()
            .map(|(path, text)| (*path, &*Box::leak(text.clone().into_boxed_str())))
            .collect();
        let library = Library::from_files(Cow::Owned(leaked));
        (
            library.profiles().to_vec(),
            library.problems().iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn every_data_file_holds_alone() {
        let library = Library::embedded();
        assert_eq!(library.problems(), []);
        let catalogue = library.catalogue(2024);
        for profile in library.profiles() {
            let has_tables = !profile.tables.is_empty() || !profile.targets.titles.is_empty();
            assert!(has_tables, "{} has tables", profile.id);
            let mut ids = BTreeSet::new();
            for table in &profile.tables {
                assert!(
                    ids.insert(&table.id),
                    "{} has {} once",
                    profile.id,
                    table.id
                );
                for panel in &table.panels {
                    let lines = panel.rows.lines.iter().map(|line| &line.at);
                    for at in panel.columns.iter().map(|column| &column.at).chain(lines) {
                        for (dimension, code) in
                            at.iter().filter(|(_, key)| Level::of_code(key).is_some())
                        {
                            let known = match dimension {
                                Dimension::Function => catalogue.function(code).is_some(),
                                Dimension::Economic => catalogue.economic(code).is_some(),
                                Dimension::Governmental => {
                                    catalogue.government_economic(code).is_some()
                                }
                                _ => true,
                            };
                            assert!(
                                known || code.bytes().any(|b| !b.is_ascii_digit()),
                                "{} {code}",
                                table.id
                            );
                        }
                    }
                }
            }
        }
        let xinjiang = library
            .profile("xinjiang-unit-2024")
            .expect("the profile ships");
        assert_eq!(
            xinjiang.tables.iter().map(|t| t.number).collect::<Vec<_>>(),
            (1..=11).collect::<Vec<_>>()
        );
    }

    #[test]
    fn digested_profiles_are_those_of_the_files() {
        let embedded = Library::embedded();
        let texts = Library::from_files(Cow::Borrowed(embedded.all_files()));
        assert_eq!(embedded.profiles(), texts.profiles());
        let seen = |face: &Face| {
            let whom = (face.region.clone(), face.kind, face.places.clone());
            let shape = face.shape().clone();
            (
                face.id.clone(),
                face.years.clone(),
                face.bodies.clone(),
                whom,
                shape,
            )
        };
        assert!(
            embedded
                .faces()
                .iter()
                .map(seen)
                .eq(texts.faces().iter().map(seen))
        );
        assert_eq!(
            digest::file::<BTreeMap<Dimension, Vec<NodeSpec>>>("dimensions.toml"),
            texts
                .file("dimensions.toml")
                .and_then(|text| read_nodes("dimensions.toml", text).ok())
        );
    }

    #[test]
    fn a_profile_inherits_key_by_key() {
        let child = "extends = 'base'\ntitle = '乙'\nunit = '元'\n[source]\ntitle = '乙办法'\n[[nodes.fund]]\nkey = 'special'\nname = '专项'\n";
        let tables = "[[table]]\nid = 'summary'\ntitle = '收支预算总表'\n[[table]]\nid = 'second'\nnumber = 2\ntitle = '第二张表'\npanel = []\n";
        let (profiles, problems) = load(&[
            ("dimensions.toml", DIMENSIONS.into()),
            (
                "profiles/base/profile.toml",
                format!("abstract = true\n{HEAD}{SOURCE}"),
            ),
            ("profiles/base/tables.toml", TABLE.into()),
            ("profiles/child/profile.toml", child.into()),
            ("profiles/child/tables.toml", tables.into()),
        ]);
        assert_eq!(problems, [""; 0]);
        let [profile] = profiles.as_slice() else {
            panic!("the base is not a profile of its own")
        };
        assert_eq!(
            (profile.title.as_str(), profile.unit, profile.decimals),
            ("乙", MoneyUnit::Yuan, 2)
        );
        let titles: Vec<&str> = profile
            .tables
            .iter()
            .map(|table| table.title.as_str())
            .collect();
        assert_eq!(titles, ["收支预算总表", "第二张表"]);
        assert_eq!(
            profile.tables.first().map(|table| table.panels.len()),
            Some(1)
        );
        assert!(
            profile
                .nodes
                .get(&Dimension::Fund)
                .is_some_and(|nodes| nodes.iter().any(|n| n.key == "special"))
        );
    }

    #[test]
    fn errors_name_file_and_key() {
        let one = |path: &'static str, text: String| {
            let mut files = vec![
                ("dimensions.toml", DIMENSIONS.to_owned()),
                ("profiles/p/profile.toml", format!("{HEAD}{SOURCE}")),
                ("profiles/p/tables.toml", TABLE.to_owned()),
            ];
            files.retain(|(p, _)| *p != path);
            files.push((path, text));
            let (profiles, problems) = load(&files);
            assert!(profiles.is_empty(), "{path}");
            problems.join("\n")
        };
        let unknown = one("profiles/p/tables.toml", TABLE.replace("number", "nummer"));
        assert!(
            unknown.contains("profiles/p/tables.toml") && unknown.contains("nummer"),
            "{unknown}"
        );
        let no_source = one("profiles/p/profile.toml", HEAD.into());
        assert!(
            no_source.contains("profile.toml") && no_source.contains("[source]"),
            "{no_source}"
        );
        let no_node = one(
            "profiles/p/tables.toml",
            TABLE.replace("general-public", "general"),
        );
        assert!(
            no_node.contains("tables.toml") && no_node.contains("general"),
            "{no_node}"
        );
        let stray = one("profiles/p/table.toml", TABLE.into());
        assert!(stray.contains("profiles/p/table.toml"), "{stray}");
        let round = one(
            "profiles/p/profile.toml",
            format!("extends = 'p'\n{HEAD}{SOURCE}"),
        );
        assert!(round.contains("extends itself"), "{round}");
        let broken = one("profiles/p/profile.toml", "title = ".into());
        assert!(broken.contains("profiles/p/profile.toml"), "{broken}");
    }
}
