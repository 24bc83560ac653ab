//! Projects and performance targets.

use mz_budget::{
    dimension::{Coordinates, Dimension},
    disclosure::{FormAmount, PerformanceTarget, ProjectParagraph, StatementKind},
    normalise,
    package::{
        Allocation, Fact, Indicator, Line, Listing, Manner, Package, Project, Secrecy, Target,
        Withheld,
    },
};

use super::{As, Importer};

/// Fields of a paragraph that are facts of their own.
const COMPUTED: [&str; 3] = ["name", "amount", "allocation"];

impl Importer<'_> {
    /// Projects of the paragraphs, the tables and the targets, each once, in this order.
    pub(super) fn projects(&mut self, package: &mut Package) {
        let disclosure = self.disclosure;
        for paragraph in &disclosure.projects {
            let project = self.project(paragraph, package.projects.len() + 1);
            self.know(&paragraph.name, &project.key);
            package.projects.push(project);
        }
        let tree = disclosure.dimensions.tree(Dimension::Project);
        let named = tree
            .nodes
            .iter()
            .skip(1)
            .map(|node| (node.key.as_str(), node.name.as_str()));
        let targeted = disclosure
            .targets
            .iter()
            .filter(|t| !t.is_whole)
            .map(|t| (t.project.as_str(), t.project.as_str()));
        for (tree_key, name) in named.chain(targeted) {
            if name.trim().is_empty() || self.project_keys.contains_key(tree_key) {
                continue;
            }
            let known = self.project_keys.get(&normalise::name(name)).cloned();
            let key = known.unwrap_or_else(|| {
                let project = Project::new(&format!("p{}", package.projects.len() + 1), name);
                let key = project.key.clone();
                package.projects.push(project);
                self.project_keys.insert(normalise::name(name), key.clone());
                key
            });
            self.project_keys.insert(tree_key.to_owned(), key);
        }
        self.amounts(package);
        if self.whose == As::ThisYear {
            package.targets = disclosure
                .targets
                .iter()
                .map(|target| self.target(target))
                .collect();
        }
    }

    fn know(&mut self, name: &str, key: &str) {
        self.project_keys
            .insert(normalise::name(name), key.to_owned());
        self.project_keys.insert(name.to_owned(), key.to_owned());
    }

    fn project(&self, paragraph: &ProjectParagraph, n: usize) -> Project {
        let mut project = Project::new(&format!("p{n}"), &paragraph.name);
        project.name = self.fact(paragraph.name.clone(), &paragraph.place);
        project.place = self.place(&paragraph.place);
        for field in &paragraph.fields {
            let is_withheld = self.disclosure.statements.iter().any(|statement| {
                statement.kind == StatementKind::Withheld
                    && statement.place.block == field.place.block
            });
            if is_withheld {
                let part = match field.key.as_str() {
                    "allocation" => Withheld::Allocation,
                    "amount" => Withheld::Amount,
                    key => Withheld::Field(key.to_owned()),
                };
                project
                    .secrecy
                    .get_or_insert_with(Secrecy::default)
                    .withheld
                    .insert(part);
            } else if !COMPUTED.contains(&field.key.as_str()) {
                project.fields.insert(
                    field.key.clone(),
                    self.fact(field.text.clone(), &field.place),
                );
            }
        }
        if self.whose == As::ThisYear {
            let allocations = paragraph.allocations.iter().map(|part| Allocation {
                economic: part.economic.clone(),
                item: part.item.clone(),
                amount: part.money,
                to_confirm: false,
                place: self.place(&part.place),
            });
            project.allocations = allocations.collect();
        }
        project
    }

    /// Amounts the paragraphs state.
    fn amounts(&self, package: &mut Package) {
        let Some(stage) = self.stage(mz_budget::disclosure::Stage::Budget) else {
            return;
        };
        let lines: Vec<Line> = self
            .disclosure
            .projects
            .iter()
            .zip(&package.projects)
            .filter_map(|(paragraph, project)| {
                let at = Coordinates::from([
                    (Dimension::Nature, "project".to_owned()),
                    (Dimension::Project, project.key.clone()),
                ]);
                let mut line = Line::new(at, paragraph.money?);
                line.source = self.source(&paragraph.place);
                line.place = self.place(&paragraph.place);
                Some(line)
            })
            .collect();
        if lines.is_empty() {
            return;
        }
        let key = if self.whose == As::ThisYear {
            "project-paragraphs"
        } else {
            "prior-project-paragraphs"
        };
        // What the paragraphs state is the money the project table lists; its scope is the table's.
        let at = self
            .disclosure
            .profile
            .tables
            .iter()
            .find(|table| {
                table.panels.iter().any(|p| {
                    p.rows.inner == Some(Dimension::Project)
                        || p.rows.axis == Some(Dimension::Project)
                })
            })
            .map(|table| table.at.clone())
            .unwrap_or_default();
        let lines = lines
            .into_iter()
            .map(|mut line| {
                line.at
                    .retain(|dimension, key| at.get(dimension) != Some(key));
                line
            })
            .collect();
        package.listings.push(Listing {
            key: key.to_owned(),
            stage,
            manner: Manner::Figures,
            at,
            complete: Vec::new(),
            lines,
        });
    }

    fn target(&self, target: &PerformanceTarget) -> Target {
        let words = |text: &str, place| {
            (!text.trim().is_empty()).then(|| self.fact(text.to_owned(), place))
        };
        let money = |amount: &Option<FormAmount>| {
            amount.as_ref().map(|amount| Fact {
                source: self.source(&amount.place),
                ..Fact::at(amount.money, self.place(&amount.place))
            })
        };
        let key = self
            .project_keys
            .get(&target.project)
            .or_else(|| self.project_keys.get(&normalise::name(&target.project)));
        Target {
            project: if target.is_whole { None } else { key.cloned() },
            leader: words(&target.leader, &target.leader_place),
            total: money(&target.total),
            appropriation: money(&target.appropriation),
            other: money(&target.other),
            goal: words(&target.goal, &target.goal_place),
            indicators: target
                .indicators
                .iter()
                .map(|indicator| self.indicator(indicator))
                .collect(),
            place: self.place(&target.place),
        }
    }

    fn indicator(&self, indicator: &mz_budget::disclosure::Indicator) -> Indicator {
        let value = &indicator.value;
        let (number, unit) = match value.number {
            Some(number) => (number.to_string().replace(',', ""), value.unit.clone()),
            None => (value.text.clone(), String::new()),
        };
        Indicator {
            level1: indicator.level1.clone(),
            level2: indicator.level2.clone(),
            name: indicator.name.clone(),
            operator: value.operator,
            value: number,
            unit,
            basis: indicator.basis.clone(),
            prior: indicator
                .prior
                .as_ref()
                .map(|prior| prior.text.clone())
                .unwrap_or_default(),
            weight: indicator.weight,
            scoring: indicator.scoring.clone(),
            evidence: indicator.evidence.clone(),
            to_confirm: false,
            place: self.place(&indicator.place),
        }
    }
}
