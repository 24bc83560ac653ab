//! Sentences from templates: every placeholder is a question to the cube or to the package.

use mz_budget::{
    dimension::{Coordinates, Dimension, NodeId, Slice},
    disclosure::Stage,
    money::Decimal,
    package::{Explained, Explanation, Project, Withheld},
    profile::compose::{ChangeWords, Each, ItemSpec, Objects},
};

use super::{
    figures::Figures,
    missing::MissingKind,
    numerals::{chinese, percent},
    objects,
};

/// What a template is about.
#[derive(Clone, Debug)]
pub struct Context {
    /// Slice of its amounts.
    pub slice: Slice,
    /// Whole of its share.
    pub of: Slice,
    /// Node the item repeats over.
    pub node: Option<(Dimension, NodeId)>,
    /// Name of the object or term.
    pub name: String,
    /// Text of the object or term.
    pub text: String,
    /// Ordinal of the repetition, from 1.
    pub n: usize,
    /// Fields of the project, target or heading at hand.
    pub fields: Vec<(&'static str, String)>,
}

impl Context {
    /// About a slice and nothing else.
    pub fn of(slice: Slice) -> Self {
        Self {
            slice,
            of: slice,
            node: None,
            name: String::new(),
            text: String::new(),
            n: 1,
            fields: Vec::new(),
        }
    }

    /// The same with fields.
    pub fn with(self, fields: Vec<(&'static str, String)>) -> Self {
        Self { fields, ..self }
    }
}

/// The texts of an item in a section: none when its conditions do not hold, several when it repeats.
pub fn item(figures: &Figures<'_>, item: &ItemSpec, section: &Context) -> Vec<String> {
    let slice = figures.under(section.slice, &item.at);
    let of = match &item.of {
        Some(at) => figures.under(section.slice, at),
        None => section.of,
    };
    let base = Context {
        slice,
        of,
        ..section.clone()
    };
    let contexts: Vec<Context> = match &item.each {
        None => vec![base],
        Some(Each::Nodes { dimension, to }) => figures
            .nodes(slice, *dimension, to.as_deref())
            .into_iter()
            .map(|node| {
                let at = slice.with(*dimension, node);
                let tree = figures.dimensions().tree(*dimension);
                Context {
                    slice: figures.dimensions().canonical(at),
                    node: Some((*dimension, node)),
                    name: tree.node(node).name.clone(),
                    ..base.clone()
                }
            })
            .collect(),
        Some(Each::Objects(kind)) => objects::texts(figures, *kind)
            .unwrap_or_default()
            .into_iter()
            .map(|text| Context {
                name: text.clone(),
                text,
                ..base.clone()
            })
            .collect(),
    };
    contexts
        .into_iter()
        .filter(|context| item.when.iter().all(|when| holds(figures, when, context)))
        .enumerate()
        .map(|(i, context)| {
            let n = if item.each.is_some() {
                i + 1
            } else {
                context.n
            };
            let template = match &item.secret {
                Some(secret) if keeps_purpose(figures, context.slice) => secret,
                _ => &item.text,
            };
            fill(figures, template, Some(item), &Context { n, ..context })
        })
        .collect()
}

/// Whether the project of a slice keeps secret what its money is for.
fn keeps_purpose(figures: &Figures<'_>, slice: Slice) -> bool {
    let tree = figures.dimensions().tree(Dimension::Project);
    let key = &tree.node(slice.node(Dimension::Project)).key;
    let secrecy = figures
        .package
        .project(key)
        .and_then(|p| p.secrecy.as_ref());
    secrecy.is_some_and(|secrecy| secrecy.withholds(&Withheld::Field("purpose".to_owned())))
}

/// Whether a condition holds. What is missing is noted by the text itself, so a condition on it counts as met.
fn holds(figures: &Figures<'_>, condition: &str, context: &Context) -> bool {
    if let Some(opposite) = condition.strip_prefix("no-") {
        return !holds(figures, opposite, context);
    }
    let some = |stage: Stage| {
        figures
            .quietly(|| figures.digits(stage, context.slice))
            .is_none_or(|digits| digits != 0)
    };
    match condition.split_once(' ').unwrap_or((condition, "")) {
        ("amount", _) => some(Stage::Budget),
        ("any", _) => some(Stage::Budget) || some(Stage::PriorBudget),
        ("changed", _) => {
            let now = figures.quietly(|| figures.digits(Stage::Budget, context.slice));
            now != figures.quietly(|| figures.digits(Stage::PriorBudget, context.slice))
        }
        ("fact", key) => figures
            .quietly(|| figures.fact(key, false))
            .is_none_or(|number| number.digits != 0),
        ("text", key) => figures.package.texts.contains_key(key),
        (objects, _) => match objects_of(objects) {
            Some(kind) => !figures
                .quietly(|| objects::texts(figures, kind))
                .unwrap_or_default()
                .is_empty(),
            None => false,
        },
    }
}

fn objects_of(word: &str) -> Option<Objects> {
    Some(match word {
        "duties" => Objects::Duties,
        "offices" => Objects::Offices,
        "bodies" => Objects::Bodies,
        "secret-projects" => Objects::SecretProjects,
        "targets" => Objects::Targets,
        _ => return None,
    })
}

/// A template with every placeholder filled in.
pub fn fill(
    figures: &Figures<'_>,
    template: &str,
    item: Option<&ItemSpec>,
    context: &Context,
) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, tail) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = tail.find('}') else {
            rest = tail;
            break;
        };
        let placeholder = tail.get(1..close).unwrap_or("");
        let value = value(figures, placeholder, item, context);
        // A name that ends with letters or digits and a figure behind it would read as one.
        let is_word = |c: char| c.is_ascii_alphanumeric();
        if out.ends_with(is_word) && value.starts_with(is_word) {
            out.push(' ');
        }
        out.push_str(&value);
        rest = tail.get(close + 1..).unwrap_or("");
        if !figures.withheld().is_empty() && value.ends_with(figures.withheld()) {
            let mut units = units_behind(figures, placeholder).split_whitespace();
            rest = units
                .find_map(|unit| rest.strip_prefix(unit))
                .unwrap_or(rest);
        }
    }
    out.push_str(rest);
    out
}

/// The words for the unit that may stand behind a figure, and is left out with it.
fn units_behind<'a>(figures: &Figures<'a>, placeholder: &str) -> &'a str {
    match placeholder.split_once(' ').unwrap_or((placeholder, "")) {
        ("amount" | "prior" | "amount-of", _) => figures.unit().name(),
        ("share", _) => "%",
        ("fact" | "fact-change", key) => {
            figures.profile.narrative.fact(key).map_or("", |f| &f.unit)
        }
        _ => "",
    }
}

fn value(
    figures: &Figures<'_>,
    placeholder: &str,
    item: Option<&ItemSpec>,
    context: &Context,
) -> String {
    let (word, key) = placeholder.split_once(' ').unwrap_or((placeholder, ""));
    let year = figures.package.year.value;
    match word {
        "unit" => figures.package.unit.value.clone(),
        "year" => year.to_string(),
        "prior-year" => year.saturating_sub(1).to_string(),
        "money-unit" => figures.unit().name().to_owned(),
        "n" => context.n.to_string(),
        "cn" => chinese(context.n),
        "name" => context.name.clone(),
        "chain" => chain(figures, context, true).concat(),
        "path" => chain(figures, context, false).join("-"),
        "text" if key.is_empty() => context.text.clone(),
        "text" => text(figures, key),
        "amount" => figures.said(Stage::Budget, context.slice),
        "prior" => figures.said(Stage::PriorBudget, context.slice),
        "share" => share(figures, context),
        "change" => change(figures, context.slice),
        "reason" => reason(figures, context.slice),
        "purpose" => purpose(figures, context.slice),
        "fact" if figures.is_fact_withheld(key) => figures.withheld().to_owned(),
        "fact" => number(figures.fact(key, false)),
        "fact-change" => fact_change(figures, key),
        "count" => objects_of(key)
            .and_then(|kind| objects::texts(figures, kind))
            .map_or(0, |texts| texts.len())
            .to_string(),
        "amount-of" => amount_of(figures, key, context),
        "list" => list(figures, item, key, context),
        "field" => context
            .fields
            .iter()
            .find(|(field, _)| *field == key)
            .map(|(_, text)| text.clone())
            .unwrap_or_default(),
        _ => String::new(),
    }
}

fn number(number: Option<Decimal>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn list(figures: &Figures<'_>, spec: Option<&ItemSpec>, name: &str, context: &Context) -> String {
    let Some(list) = spec.and_then(|spec| spec.list.get(name)) else {
        return String::new();
    };
    let texts: Vec<String> = list
        .item
        .iter()
        .flat_map(|spec| item(figures, spec, context))
        .collect();
    texts.join(&list.separator)
}

/// Names of the node an item repeats over and those above it, outermost first, with their level or without.
fn chain(figures: &Figures<'_>, context: &Context, with_level: bool) -> Vec<String> {
    let Some((dimension, node)) = context.node else {
        return Vec::new();
    };
    let tree = figures.dimensions().tree(dimension);
    let mut names = Vec::new();
    let mut at = node;
    while at != 0 {
        let it = tree.node(at);
        let level = match it.key.len() {
            _ if !with_level => "",
            3 => "（类）",
            5 => "（款）",
            _ => "（项）",
        };
        names.push(format!("{}{level}", it.name));
        at = it.parent;
    }
    names.reverse();
    names
}

fn text(figures: &Figures<'_>, key: &str) -> String {
    match figures.package.texts.get(key) {
        Some(text) => text.value.clone(),
        None => {
            let kind = MissingKind::Text(key.to_owned());
            figures.lack(kind, format!("文字“{key}”"));
            String::new()
        }
    }
}

fn share(figures: &Figures<'_>, context: &Context) -> String {
    if figures.is_withheld(context.slice) || figures.is_withheld(context.of) {
        return figures.withheld().to_owned();
    }
    let part = figures.digits(Stage::Budget, context.slice);
    let whole = figures.digits(Stage::Budget, context.of);
    match (part, whole) {
        (Some(part), Some(whole)) => number(percent(part, whole)),
        _ => String::new(),
    }
}

/// This year's and last year's printed figure.
fn both(figures: &Figures<'_>, slice: Slice) -> Option<(i64, i64)> {
    let now = figures.digits(Stage::Budget, slice);
    let before = figures.digits(Stage::PriorBudget, slice);
    Some((now?, before?))
}

fn change(figures: &Figures<'_>, slice: Slice) -> String {
    if figures.is_withheld(slice) {
        return unsaid(figures, &figures.spec.change);
    }
    let Some((now, before)) = both(figures, slice) else {
        return String::new();
    };
    let delta = figures.number((now - before).abs()).to_string();
    let rate = number(percent((now - before).abs(), before));
    let prior_year = figures.package.year.value.saturating_sub(1).to_string();
    said(&figures.spec.change, now, before, (&delta, &rate)).replace("{prior-year}", &prior_year)
}

/// The words for a change that is withheld.
fn unsaid(figures: &Figures<'_>, words: &ChangeWords) -> String {
    let own = Some(words.withheld.as_str()).filter(|own| !own.is_empty());
    own.unwrap_or(figures.withheld()).to_owned()
}

/// The words for a change from `before` to `now`.
fn said(words: &ChangeWords, now: i64, before: i64, (delta, rate): (&str, &str)) -> String {
    let words = match (before, now) {
        _ if now == before => &words.level,
        (0, _) => &words.from_zero,
        (_, 0) => &words.to_zero,
        _ if now > before => &words.up,
        _ => &words.down,
    };
    words.replace("{delta}", delta).replace("{rate}", rate)
}

fn fact_change(figures: &Figures<'_>, key: &str) -> String {
    if figures.is_fact_withheld(key) {
        return unsaid(figures, &figures.spec.count_change);
    }
    let now = figures.fact(key, false);
    let before = figures.fact(key, true);
    let (Some(now), Some(before)) = (now, before) else {
        return String::new();
    };
    let decimals = now.decimals.max(before.decimals);
    let scaled = |n: Decimal| {
        n.digits
            .saturating_mul(10_i64.saturating_pow(u32::from(decimals - n.decimals)))
    };
    let (now, before) = (scaled(now), scaled(before));
    let digits = (now - before).abs();
    let delta = Decimal { digits, decimals }.to_string();
    let rate = number(percent(digits, before));
    said(&figures.spec.count_change, now, before, (&delta, &rate))
}

/// The reason of a change as the sentence introduces it; nothing where nothing changed.
fn reason(figures: &Figures<'_>, slice: Slice) -> String {
    let Some((now, before)) = both(figures, slice) else {
        return String::new();
    };
    if now == before {
        return String::new();
    }
    let found = explanation(figures, &figures.package.reasons, slice, |other| {
        // The same money by another name: same amounts, and one lies in the other.
        figures.quietly(|| both(figures, other)) == Some((now, before))
    });
    let Some(reason) = found else {
        let name = figures.dimensions().name(slice);
        let direction = if now > before { "增加" } else { "减少" };
        let delta = figures.number((now - before).abs());
        figures.lack(
            MissingKind::Reason(slice),
            format!(
                "“{name}”的变动原因（比上年预算{direction} {delta} {}）",
                figures.unit().name()
            ),
        );
        return String::new();
    };
    figures.spec.reason.replace("{reason}", &reason.text)
}

fn purpose(figures: &Figures<'_>, slice: Slice) -> String {
    if figures.is_withheld(slice) {
        return figures.withheld().to_owned();
    }
    let now = figures.quietly(|| figures.digits(Stage::Budget, slice));
    let found = explanation(figures, &figures.package.purposes, slice, |other| {
        figures.quietly(|| figures.digits(Stage::Budget, other)) == now
    });
    match found {
        Some(purpose) => purpose.text.clone(),
        None => {
            let name = figures.dimensions().name(slice);
            figures.lack(MissingKind::Purpose(slice), format!("“{name}”的用途"));
            String::new()
        }
    }
}

/// The explanation of a slice: its own, or that of the same money by another name.
fn explanation<'p>(
    figures: &Figures<'_>,
    explanations: &'p [Explanation],
    slice: Slice,
    is_same: impl Fn(Slice) -> bool,
) -> Option<&'p Explanation> {
    let dimensions = figures.dimensions();
    let slices = explanations.iter().filter_map(|explanation| {
        let Explained::At(at) = &explanation.of else {
            return None;
        };
        Some((explanation, dimensions.slice(at).ok()?))
    });
    let within = |outer: Slice, inner: Slice| {
        Dimension::ALL
            .iter()
            .all(|d| dimensions.tree(*d).contains(outer.node(*d), inner.node(*d)))
    };
    slices
        .clone()
        .find(|(_, own)| *own == slice)
        .or_else(|| {
            slices
                .clone()
                .find(|(_, own)| (within(*own, slice) || within(slice, *own)) && is_same(*own))
        })
        .map(|(explanation, _)| explanation)
}

/// Money of all objects together, as their printed figures add up.
fn amount_of(figures: &Figures<'_>, objects: &str, context: &Context) -> String {
    let Some(kind) = objects_of(objects) else {
        return String::new();
    };
    let projects = objects::projects(figures, kind);
    let is_withheld = |project: &&Project| {
        let slice = objects::slice_of(figures, context.slice, project);
        slice.is_some_and(|slice| figures.is_withheld(slice))
    };
    if projects.iter().any(is_withheld) {
        return figures.withheld().to_owned();
    }
    let sum = projects
        .into_iter()
        .filter_map(|project| objects::money_of(figures, context.slice, project))
        .sum();
    figures.text(Some(sum))
}

/// The context of a section: its coordinates, and the whole of its shares.
pub fn section_context(figures: &Figures<'_>, id: &str, own: Option<&Coordinates>) -> Context {
    let spec = figures.profile.narrative.section(id);
    let at = own.or(spec.map(|section| &section.at));
    let slice = at.map_or(Slice::WHOLE, |at| figures.slice(at));
    let of = spec
        .and_then(|section| section.total.as_ref())
        .map_or(slice, |total| figures.slice(total));
    Context {
        of,
        ..Context::of(slice)
    }
}
