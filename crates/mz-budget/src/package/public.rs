//! The boundary: what may be published of a package, as a type that is made here and nowhere else.

use std::{collections::BTreeMap, ops::Deref};

use super::{
    Package, Project,
    fact::FormPlace,
    figures::{Line, Listing, Manner},
    secrecy::Withheld,
    text::Explained,
};
use crate::{
    dimension::{Coordinates, Dimension},
    disclosure::Stage,
    money::{Decimal, MoneyUnit, PrintedMoney},
};

/// A package without anything that is withheld. Composing and writing take only this.
///
/// The marks of secrecy stay (that something is withheld is public), their grounds and what they mark do not.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicPackage {
    package: Package,
    hidden: Vec<HiddenMoney>,
}

/// Where a project whose amount is withheld has money; how much is not known outside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HiddenMoney {
    /// Whose figure.
    pub stage: Stage,
    /// Where it lies, economic classes aside.
    pub at: Coordinates,
}

/// A public text that holds a withheld name, or a withheld name that would otherwise get out.
#[derive(Clone, Debug, PartialEq)]
pub struct Leak {
    /// Chinese sentence: what is wrong and where. It does not repeat the withheld words.
    pub message: String,
    /// The text's place.
    pub place: FormPlace,
}

impl Deref for PublicPackage {
    type Target = Package;

    fn deref(&self) -> &Package {
        &self.package
    }
}

impl PublicPackage {
    /// Takes out what is withheld.
    ///
    /// # Errors
    ///
    /// When a text that would be published holds a withheld name: it has to be reworded by a person.
    pub fn of(package: &Package) -> Result<Self, Vec<Leak>> {
        let mut public = package.clone();
        let renamed = rename(&mut public);
        public.listings = package
            .listings
            .iter()
            .flat_map(|listing| open_listing(listing, package, &renamed))
            .collect();
        drop_facts(&mut public);
        drop_explanations(&mut public, &renamed);
        for line in public.listings.iter_mut().flat_map(|l| &mut l.lines) {
            line.note.clear();
        }
        let leaks = leaks(package, &public);
        if leaks.is_empty() {
            let hidden = hidden(package, &renamed);
            Ok(Self {
                package: public,
                hidden,
            })
        } else {
            Err(leaks)
        }
    }

    /// Where projects have money whose amount is withheld: they are still named there.
    pub fn hidden(&self) -> &[HiddenMoney] {
        &self.hidden
    }
}

/// Where projects that are named have money that is not.
fn hidden(package: &Package, renamed: &Renamed) -> Vec<HiddenMoney> {
    let mut hidden = Vec::new();
    for listing in &package.listings {
        let lines = listing
            .lines
            .iter()
            .filter(|line| line.amount.number.digits != 0);
        for line in lines {
            let mut at = listing.at.clone();
            at.extend(line.at.clone());
            at.remove(&Dimension::Economic);
            let Some(key) = at.get_mut(&Dimension::Project) else {
                continue;
            };
            let secrecy = package.project(key).and_then(|p| p.secrecy.as_ref());
            let is_named = secrecy.is_some_and(|secrecy| {
                !secrecy.withheld.contains(&Withheld::Whole) && secrecy.withholds(&Withheld::Amount)
            });
            if let Some(public) = renamed.get(key) {
                key.clone_from(public);
            }
            if is_named {
                let stage = listing.stage.stage();
                hidden.push(HiddenMoney { stage, at });
            }
        }
    }
    hidden.sort();
    hidden.dedup();
    hidden
}

/// The key a project is known by outside.
type Renamed = BTreeMap<String, String>;

/// Gives projects with an alias the alias, takes their fields out and drops those that are withheld as a whole.
fn rename(package: &mut Package) -> Renamed {
    let mut renamed = Renamed::new();
    for (n, project) in package.projects.iter_mut().enumerate() {
        project.code.clear();
        project.other_names.clear();
        let Some(secrecy) = &mut project.secrecy else {
            continue;
        };
        secrecy.ground.clear();
        if let Some(alias) = &secrecy.alias {
            let key = format!("withheld-{}", n + 1);
            renamed.insert(std::mem::replace(&mut project.key, key.clone()), key);
            project.name.value.clone_from(alias);
            project.name.source.clear();
        }
        project
            .fields
            .retain(|key, _| !secrecy.withholds(&Withheld::Field(key.clone())));
        if secrecy.withholds(&Withheld::Allocation) || secrecy.withholds(&Withheld::Amount) {
            project.allocations.clear();
            project.fields.remove("allocation");
        }
    }
    let key = |key: &String| renamed.get(key).unwrap_or(key).clone();
    for target in &mut package.targets {
        target.project = target.project.as_ref().map(key);
    }
    let withholds = |package: &Package, key: &Option<String>, part: Withheld| {
        key.as_ref()
            .and_then(|key| package.project(key))
            .and_then(|project| project.secrecy.as_ref())
            .is_some_and(|secrecy| secrecy.withholds(&part))
    };
    let mut targets = std::mem::take(&mut package.targets);
    targets.retain(|target| !withholds(package, &target.project, Withheld::Target));
    for target in &mut targets {
        if withholds(package, &target.project, Withheld::Amount) {
            (target.total, target.appropriation, target.other) = (None, None, None);
        }
    }
    package.targets = targets;
    package.projects.retain(|project| {
        !project
            .secrecy
            .as_ref()
            .is_some_and(|s| s.withheld.contains(&Withheld::Whole))
    });
    renamed
}

/// What of a line's project is withheld: its amount, its economic classes.
fn withheld_of(package: &Package, listing: &Listing, line: &Line) -> (bool, bool) {
    let key = line.at.get(&Dimension::Project);
    let secrecy = key
        .or_else(|| listing.at.get(&Dimension::Project))
        .and_then(|key| package.project(key))
        .and_then(|project| project.secrecy.as_ref());
    let is = |part| secrecy.is_some_and(|s| s.withholds(&part));
    (is(Withheld::Amount), is(Withheld::Allocation))
}

/// A listing as it may be published. Money that may not be shown by project stays in the totals: a listing of parts is
/// split into one without projects, which every total comes from, and one by project, which holds what may be shown.
fn open_listing(listing: &Listing, package: &Package, renamed: &Renamed) -> Vec<Listing> {
    let rename = |mut line: Line| {
        if let Some(key) = line.at.get_mut(&Dimension::Project)
            && let Some(public) = renamed.get(key)
        {
            key.clone_from(public);
        }
        line
    };
    let is_withheld = |line: &Line| withheld_of(package, listing, line) != (false, false);
    if !listing.lines.iter().any(is_withheld) {
        let lines = listing.lines.iter().cloned().map(rename).collect();
        return vec![Listing {
            lines,
            ..listing.clone()
        }];
    }
    let is_figures = listing.manner == Manner::Figures;
    let shown = |line: &Line| -> Option<Line> {
        let (amount, allocation) = withheld_of(package, listing, line);
        if amount {
            return None;
        }
        let mut line = line.clone();
        if allocation && line.at.remove(&Dimension::Economic).is_some() && is_figures {
            // Its whole is stated beside, or follows from all of its parts, or is not known.
            let is_stated = listing.lines.iter().any(|other| other.at == line.at);
            if is_stated || !listing.complete.contains(&Dimension::Economic) {
                return None;
            }
        }
        Some(rename(line))
    };
    let mut listings = vec![totals(listing)];
    listings.extend(by_project(
        listing,
        listing.lines.iter().filter_map(shown).collect(),
    ));
    listings.extend(unlisted(listing, package, renamed));
    listings
}

/// Projects that a list of all projects does not name have no money in its scope.
fn unlisted(listing: &Listing, package: &Package, renamed: &Renamed) -> Option<Listing> {
    let is_named = |key: &String| {
        let named = |line: &Line| line.at.get(&Dimension::Project) == Some(key);
        listing.lines.iter().any(named)
    };
    let zero = PrintedMoney {
        number: Decimal {
            digits: 0,
            decimals: 2,
        },
        unit: MoneyUnit::WanYuan,
    };
    let lines: Vec<Line> = package
        .projects
        .iter()
        .filter(|project| !is_named(&project.key))
        .map(|project| {
            let key = renamed.get(&project.key).unwrap_or(&project.key);
            Line::new(Coordinates::from([(Dimension::Project, key.clone())]), zero)
        })
        .collect();
    (listing.complete.contains(&Dimension::Project) && !lines.is_empty()).then(|| Listing {
        key: format!("{}-unlisted", listing.key),
        manner: Manner::Figures,
        complete: Vec::new(),
        lines,
        ..listing.clone()
    })
}

/// A listing without projects: what its lines add up to over all of them.
fn totals(listing: &Listing) -> Listing {
    let is_complete = listing.complete.contains(&Dimension::Project);
    let (of_projects, others): (Vec<&Line>, Vec<&Line>) = listing
        .lines
        .iter()
        .partition(|line| line.at.contains_key(&Dimension::Project));
    let mut sums = summed(
        of_projects
            .into_iter()
            .map(|line| {
                let mut line = line.clone();
                line.at.remove(&Dimension::Project);
                line
            })
            .collect(),
    );
    let mut lines: Vec<Line> = others.into_iter().cloned().collect();
    if listing.manner == Manner::Figures {
        // A total that is stated stays as stated; one that is not follows only from a list of all projects.
        sums.retain(|sum| is_complete && !lines.iter().any(|line| line.at == sum.at));
        lines.extend(sums);
    } else {
        lines.extend(sums);
        lines = summed(lines);
    }
    let kept = |d: &Dimension| listing.manner == Manner::Detail || *d != Dimension::Project;
    Listing {
        complete: listing.complete.iter().copied().filter(kept).collect(),
        lines,
        ..listing.clone()
    }
}

/// What may be shown of each project, as a listing of its own.
fn by_project(listing: &Listing, lines: Vec<Line>) -> Vec<Listing> {
    let mut of_project: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for mut line in lines {
        if let Some(project) = line.at.remove(&Dimension::Project) {
            of_project.entry(project).or_default().push(line);
        }
    }
    let listings = of_project.into_iter().map(|(project, lines)| {
        let splits = lines
            .iter()
            .all(|line| line.at.contains_key(&Dimension::Economic));
        let kept =
            |d: &Dimension| *d != Dimension::Project && (splits || *d != Dimension::Economic);
        let mut at = listing.at.clone();
        at.insert(Dimension::Project, project.clone());
        Listing {
            key: format!("{}-{project}", listing.key),
            complete: listing.complete.iter().copied().filter(kept).collect(),
            at,
            lines: if splits && listing.manner == Manner::Figures {
                lines
            } else {
                summed(lines)
            },
            ..listing.clone()
        }
    });
    listings.collect()
}

/// Lines of the same coordinates added up, so that none of them can be told apart.
fn summed(lines: Vec<Line>) -> Vec<Line> {
    let mut sums: Vec<Line> = Vec::new();
    for line in lines {
        let Some(sum) = sums.iter_mut().find(|sum| sum.at == line.at) else {
            sums.push(Line {
                source: String::new(),
                ..line
            });
            continue;
        };
        match add(sum.amount, line.amount) {
            Some(amount) => {
                sum.amount = amount;
                sum.place = FormPlace::default();
            }
            None => sums.push(line),
        }
    }
    sums
}

/// The sum of two amounts, to the finer digit of both.
fn add(a: PrintedMoney, b: PrintedMoney) -> Option<PrintedMoney> {
    if a.unit == b.unit {
        let decimals = a.number.decimals.max(b.number.decimals);
        let scaled = |n: Decimal| {
            n.digits
                .checked_mul(10_i64.checked_pow(u32::from(decimals - n.decimals))?)
        };
        let digits = scaled(a.number)?.checked_add(scaled(b.number)?)?;
        return Some(PrintedMoney {
            number: Decimal { digits, decimals },
            unit: a.unit,
        });
    }
    let fen = a.fen()?.0.checked_add(b.fen()?.0)?;
    Some(PrintedMoney {
        number: Decimal {
            digits: fen,
            decimals: 2,
        },
        unit: MoneyUnit::Yuan,
    })
}

fn drop_facts(package: &mut Package) {
    let marks = std::mem::take(&mut package.withheld);
    for mark in &marks {
        match &mark.of {
            Explained::Fact(key) => {
                package.facts.remove(key);
                package.prior_facts.remove(key);
            }
            Explained::At(at) => {
                for listing in &mut package.listings {
                    withhold_slice(listing, at);
                }
            }
        }
        let about = |of: &Explained| *of == mark.of;
        package.reasons.retain(|reason| !about(&reason.of));
        package.purposes.retain(|purpose| !about(&purpose.of));
    }
    package.withheld = marks
        .into_iter()
        .map(|mut mark| {
            mark.ground.clear();
            mark
        })
        .collect();
}

/// A stated figure of a withheld slice goes. Parts that make it up stay, because other figures are made of them too: the
/// slice is not printed, and `withhold` says whether it can be computed.
fn withhold_slice(listing: &mut Listing, at: &Coordinates) {
    if listing.manner == Manner::Figures {
        let own = listing.at.clone();
        listing.lines.retain(|line| {
            let mut all = own.clone();
            all.extend(line.at.clone());
            all != *at
        });
    }
}

/// Explanations of projects keep to the public key; those of withheld money go.
fn drop_explanations(package: &mut Package, renamed: &Renamed) {
    let keep = |of: &mut Explained, projects: &[Project], field: &str| -> bool {
        let Explained::At(at) = of else {
            return true;
        };
        let Some(key) = at.get_mut(&Dimension::Project) else {
            return true;
        };
        if let Some(public) = renamed.get(key) {
            key.clone_from(public);
        }
        let Some(project) = projects.iter().find(|p| p.key == *key) else {
            return false;
        };
        !project.secrecy.as_ref().is_some_and(|s| {
            s.withholds(&Withheld::Amount) || s.withholds(&Withheld::Field(field.to_owned()))
        })
    };
    let projects = std::mem::take(&mut package.projects);
    package
        .reasons
        .retain_mut(|r| keep(&mut r.of, &projects, "reason"));
    package
        .purposes
        .retain_mut(|p| keep(&mut p.of, &projects, "purpose"));
    package.projects = projects;
}

/// Texts of the public package that hold the real name, code or other name of an aliased or wholly withheld project.
fn leaks(package: &Package, public: &Package) -> Vec<Leak> {
    let secrets: Vec<(usize, Vec<&str>)> = package
        .projects
        .iter()
        .enumerate()
        .filter(|(_, project)| {
            project
                .secrecy
                .as_ref()
                .is_some_and(|s| s.alias.is_some() || s.withheld.contains(&Withheld::Whole))
        })
        .map(|(n, project)| {
            let names = std::iter::once(&project.name.value)
                .chain(&project.other_names)
                .chain(std::iter::once(&project.code));
            let long = |name: &&str| name.chars().count() >= 4;
            (n + 1, names.map(String::as_str).filter(long).collect())
        })
        .collect();
    let mut leaks = Vec::new();
    for (text, place) in texts(public) {
        for (n, names) in &secrets {
            if names.iter().any(|name| text.contains(name)) {
                leaks.push(Leak {
                    message: format!("第 {n} 个项目的名称或代码不予公开，但这一处文字里写出了它"),
                    place: place.clone(),
                });
            }
        }
    }
    leaks
}

/// Every text of a package that can reach a document.
fn texts(package: &Package) -> impl Iterator<Item = (&str, &FormPlace)> {
    let facts = package
        .texts()
        .map(|fact| (fact.value.as_str(), &fact.place));
    let explanations = package
        .reasons
        .iter()
        .chain(&package.purposes)
        .map(|e| (e.text.as_str(), &e.place));
    let allocations = package
        .projects
        .iter()
        .flat_map(|p| &p.allocations)
        .map(|a| (a.item.as_str(), &a.place));
    let indicators = package
        .targets
        .iter()
        .flat_map(|t| &t.indicators)
        .flat_map(|i| [&i.name, &i.value, &i.prior, &i.evidence].map(|s| (s.as_str(), &i.place)));
    facts
        .chain(explanations)
        .chain(allocations)
        .chain(indicators)
}
