//! What a package withholds: slices with their true values, facts, words.

use std::collections::BTreeMap;

use mz_budget::{
    catalogue::Catalogue,
    dimension::{Coordinates, Dimension, Dimensions, NodeId, Slice},
    disclosure::{ClaimValue, Disclosure, Measure, Stage, Subject},
    money::Fen,
    normalise,
    package::{Explained, FormPlace, Manner, Package, Project, Withheld},
    place::Place,
    trees,
};

use super::{Inference, Step, Verdict, outside::Hidden};

/// A withheld figure, at every scope it has money in.
#[derive(Clone, Debug, PartialEq)]
pub struct Secret {
    /// What it is, in words of the preparers.
    pub about: String,
    /// Whose figure.
    pub stage: Stage,
    /// Where it lies and how much it is there, the widest scope first.
    pub scopes: Vec<(Slice, Fen)>,
    /// Where the mark stands.
    pub place: FormPlace,
}

/// Most scopes looked at of one figure.
const MOST_SCOPES: usize = 400;

/// Shortest text that is looked for: shorter ones stand everywhere.
const SHORTEST: usize = 4;
/// Shortest sentence that is looked for: dates and names of bodies stand in many fields.
const SHORTEST_FIELD: usize = 16;

/// Every withheld figure of a package; nodes the public trees lack are added to them.
pub(super) fn of_package(
    package: &Package,
    dimensions: &mut Dimensions,
    catalogue: &Catalogue,
) -> Vec<Secret> {
    let nodes: BTreeMap<&str, NodeId> = package
        .projects
        .iter()
        .map(|project| (project.key.as_str(), node(project, dimensions)))
        .collect();
    let mut secrets: Vec<Secret> = Vec::new();
    for listing in &package.listings {
        let stage = listing.stage.stage();
        let lines: Vec<(Coordinates, Slice, i64)> = listing
            .lines
            .iter()
            .filter_map(|line| {
                let mut at = listing.at.clone();
                at.extend(line.at.iter().map(|(d, key)| (*d, key.clone())));
                let fen = line.amount.fen()?.0;
                let slice = slice(&at, &nodes, dimensions, catalogue);
                Some((at, slice, fen))
            })
            .collect();
        for (at, own, _) in &lines {
            let Some(mark) = withheld(package, at) else {
                continue;
            };
            let scopes = match listing.manner {
                Manner::Figures => vec![*own],
                Manner::Detail => wider(*own, at, mark.by_economic, dimensions),
            };
            let known = secrets
                .iter()
                .position(|s| s.about == mark.about && s.stage == stage);
            let index = known.unwrap_or_else(|| {
                secrets.push(Secret {
                    about: mark.about,
                    stage,
                    scopes: Vec::new(),
                    place: mark.place,
                });
                secrets.len() - 1
            });
            let Some(secret) = secrets.get_mut(index) else {
                continue;
            };
            for scope in scopes {
                let is_new = !secret.scopes.iter().any(|(known, _)| *known == scope);
                if is_new && secret.scopes.len() < MOST_SCOPES {
                    let value = total(scope, &lines, dimensions);
                    if value != 0 {
                        secret.scopes.push((scope, Fen(value)));
                    }
                }
            }
        }
    }
    for secret in &mut secrets {
        let n_named = |slice: &Slice| slice.0.iter().filter(|id| **id != 0).count();
        secret
            .scopes
            .sort_by_key(|(slice, fen)| (std::cmp::Reverse(fen.0), n_named(slice)));
    }
    secrets.retain(|secret| !secret.scopes.is_empty());
    secrets
}

/// Projects whose money may lie where nothing is printed.
pub(super) fn hidden(package: &Package) -> Hidden {
    let mut hidden = Hidden::default();
    for project in &package.projects {
        let Some(secrecy) = &project.secrecy else {
            continue;
        };
        let public = secrecy.alias.as_ref().unwrap_or(&project.name.value);
        if secrecy.withholds(&Withheld::Amount) {
            hidden.amounts.insert(normalise::name(public));
        }
        if secrecy.withholds(&Withheld::Allocation) {
            hidden.splits.insert(normalise::name(public));
        }
    }
    hidden
}

/// What the lines inside a scope add up to.
fn total(scope: Slice, lines: &[(Coordinates, Slice, i64)], dimensions: &Dimensions) -> i64 {
    let is_inside = |slice: &Slice| {
        Dimension::ALL
            .iter()
            .all(|d| dimensions.tree(*d).contains(scope.node(*d), slice.node(*d)))
    };
    lines
        .iter()
        .filter(|(_, slice, _)| is_inside(slice))
        .map(|(_, _, fen)| fen)
        .sum()
}

/// Every scope around a slice that still names its project: its coordinates replaced by those above them.
fn wider(own: Slice, at: &Coordinates, by_economic: bool, dimensions: &Dimensions) -> Vec<Slice> {
    let mut scopes = vec![own];
    for dimension in Dimension::ALL {
        if matches!(dimension, Dimension::Project | Dimension::Nature)
            && at.contains_key(&Dimension::Project)
        {
            continue;
        }
        let tree = dimensions.tree(dimension);
        let mut above = Vec::new();
        let mut id = own.node(dimension);
        while id != 0 {
            id = tree.node(id).parent;
            // A split by economic classes is none without them.
            if !(by_economic && dimension == Dimension::Economic && id == 0) {
                above.push(id);
            }
        }
        let wider = scopes
            .iter()
            .flat_map(|scope| above.iter().map(|id| scope.with(dimension, *id)))
            .collect::<Vec<_>>();
        scopes.extend(wider);
    }
    scopes
}

/// What marks an amount.
struct Mark {
    about: String,
    place: FormPlace,
    /// Only the split by economic classes is withheld.
    by_economic: bool,
}

/// Whether an amount at these coordinates is withheld.
fn withheld(package: &Package, at: &Coordinates) -> Option<Mark> {
    if let Some(project) = at
        .get(&Dimension::Project)
        .and_then(|key| package.project(key))
    {
        let secrecy = project.secrecy.as_ref()?;
        let name = &project.name.value;
        let by_economic = !secrecy.withholds(&Withheld::Amount);
        if by_economic
            && !(secrecy.withholds(&Withheld::Allocation) && at.contains_key(&Dimension::Economic))
        {
            return None;
        }
        let what = if by_economic {
            "资金分配"
        } else {
            "金额"
        };
        let code = at.get(&Dimension::Economic).filter(|_| by_economic);
        let code = code.map_or(String::new(), |code| format!("（{code}）"));
        return Some(Mark {
            about: format!("项目“{name}”的{what}{code}"),
            place: project.place.clone(),
            by_economic,
        });
    }
    let mark = package.withheld.iter().find(|mark| match &mark.of {
        Explained::At(wanted) => {
            !wanted.is_empty() && wanted.iter().all(|(d, key)| at.get(d) == Some(key))
        }
        Explained::Fact(_) => false,
    })?;
    let Explained::At(wanted) = &mark.of else {
        return None;
    };
    let words: Vec<&str> = wanted.values().map(String::as_str).collect();
    Some(Mark {
        about: format!("坐标 {} 的金额", words.join("·")),
        place: mark.place.clone(),
        by_economic: wanted.contains_key(&Dimension::Economic),
    })
}

/// The node an outsider would give a project: by its public name where it is listed, else one of those not listed.
fn node(project: &Project, dimensions: &mut Dimensions) -> NodeId {
    let public = project
        .secrecy
        .as_ref()
        .and_then(|s| s.alias.as_ref())
        .unwrap_or(&project.name.value);
    let key = normalise::name(public);
    let tree = dimensions.tree(Dimension::Project);
    if let Some(id) = tree.find(&key) {
        return id;
    }
    let is_withheld = project
        .secrecy
        .as_ref()
        .is_some_and(|s| s.withholds(&Withheld::Amount));
    if !is_withheld {
        return 0;
    }
    // The list of projects says nothing of the rest; what is withheld stands beside the listed ones.
    dimensions.tree_mut(Dimension::Project).add(
        0,
        &format!("withheld:{}", project.key),
        "不予公开的项目",
    )
}

fn slice(
    at: &Coordinates,
    nodes: &BTreeMap<&str, NodeId>,
    dimensions: &mut Dimensions,
    catalogue: &Catalogue,
) -> Slice {
    let mut slice = Slice::WHOLE;
    for (dimension, key) in at {
        let id = match dimension {
            Dimension::Project => nodes.get(key.as_str()).copied().unwrap_or(0),
            _ => trees::ensure(dimensions, catalogue, *dimension, key, ""),
        };
        slice = slice.with(*dimension, id);
    }
    dimensions.canonical(slice)
}

/// Withheld facts outside the cube: printed, or the rest of a whole whose other parts are printed.
pub(super) fn facts(package: &Package, public: &Disclosure) -> Vec<Inference> {
    let mut out = Vec::new();
    for mark in &package.withheld {
        let Explained::Fact(key) = &mark.of else {
            continue;
        };
        let Some(fact) = package.facts.get(key) else {
            continue;
        };
        let name = public
            .profile
            .narrative
            .fact(key)
            .map_or(key.as_str(), |spec| spec.name.as_str());
        let value = scaled(fact.number, 2);
        let verdict = match printed(public, key) {
            Some((value, place)) => Verdict::Printed {
                value,
                place: Box::new(place),
            },
            None => rest(public, key).unwrap_or(Verdict::Safe {
                least: Fen(0),
                most: None,
            }),
        };
        out.push(Inference {
            about: format!("事实“{name}”"),
            stage: Stage::Budget,
            value,
            place: mark.place.clone(),
            verdict,
        });
    }
    out
}

/// The number of a fact as the public document states it, in hundredths of its unit.
fn printed(public: &Disclosure, key: &str) -> Option<(Fen, Place)> {
    public.claims.iter().find_map(|claim| {
        let is_it =
            claim.subject == Subject::Fact(key.to_owned()) && claim.measure == Measure::Amount;
        let number = match &claim.value {
            _ if !is_it => return None,
            ClaimValue::Money(money) => money.number,
            ClaimValue::Quantity { number, .. } => *number,
            ClaimValue::Percent(_) | ClaimValue::None => return None,
        };
        Some((scaled(number, 2), claim.place.clone()))
    })
}

fn scaled(number: mz_budget::money::Decimal, decimals: u32) -> Fen {
    let by = 10_i64.pow(decimals);
    Fen(number.digits.saturating_mul(by) / 10_i64.pow(u32::from(number.decimals)))
}

/// A fact that is a whole of printed parts, or the one part of a printed whole that is not.
fn rest(public: &Disclosure, key: &str) -> Option<Verdict> {
    let narrative = &public.profile.narrative;
    let step = |key: &str, found: (Fen, Place)| Step {
        name: narrative
            .fact(key)
            .map_or(key.to_owned(), |spec| spec.name.clone()),
        value: found.0,
        how: "公开文件所印".to_owned(),
        place: Some(found.1),
    };
    let of = |parts: &[String]| -> Option<Vec<Step>> {
        parts
            .iter()
            .map(|part| Some(step(part, printed(public, part)?)))
            .collect()
    };
    let own = narrative.fact(key)?;
    if let Some(steps) = own.ways().find_map(of) {
        let value = Fen(steps.iter().map(|step| step.value.0).sum());
        return Some(Verdict::Exact {
            value,
            slack: Fen(0),
            steps,
        });
    }
    narrative
        .all_facts()
        .flat_map(|spec| spec.ways().map(move |way| (spec, way)))
        .filter(|(_, way)| way.iter().any(|part| part == key))
        .find_map(|(spec, way)| {
            let others: Vec<String> = way.iter().filter(|part| *part != key).cloned().collect();
            let mut steps = of(&others)?;
            let whole = printed(public, &spec.key)?;
            let value = Fen((whole.0).0 - steps.iter().map(|step| step.value.0).sum::<i64>());
            steps.insert(0, step(&spec.key, whole));
            Some(Verdict::Exact {
                value,
                slack: Fen(0),
                steps,
            })
        })
}

/// Withheld words that stand in the public document.
pub(super) fn words(package: &Package, public: &Disclosure) -> Vec<(String, Place)> {
    let mut wanted: Vec<(String, String)> = Vec::new();
    for (n, project) in package.projects.iter().enumerate() {
        let Some(secrecy) = &project.secrecy else {
            continue;
        };
        let about = |what: &str| format!("第 {} 个项目的{what}", n + 1);
        if secrecy.alias.is_some() || secrecy.withholds(&Withheld::Whole) {
            let names = std::iter::once(&project.name.value).chain(&project.other_names);
            wanted.extend(names.map(|name| (about("名称"), name.clone())));
        }
        wanted.push((about("代码"), project.code.clone()));
        wanted.push((about("保密依据"), secrecy.ground.clone()));
        let fields = project.fields.iter().filter(|(key, text)| {
            secrecy.withholds(&Withheld::Field((*key).clone()))
                && text.value.chars().count() >= SHORTEST_FIELD
        });
        wanted.extend(fields.map(|(_, text)| (about("不公开的文字"), text.value.clone())));
    }
    let mut found = Vec::new();
    for (about, words) in wanted {
        let folded = normalise::name(&words);
        if folded.chars().count() < SHORTEST {
            continue;
        }
        let place = public
            .texts
            .iter()
            .find(|text| normalise::name(&text.text).contains(&folded));
        found.extend(place.map(|text| {
            // The place must not carry the words on.
            let place = Place {
                quote: String::new(),
                context: None,
                row: None,
                ..text.place.clone()
            };
            (about, place)
        }));
    }
    found
}
