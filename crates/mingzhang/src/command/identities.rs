//! `mingzhang identities`: what must hold between the figures of a document, or between the tables of a profile, and why.

mod declared;
mod printed;

use mz_budget::{
    cube::{Identity, IdentityReason},
    dimension::{Dimension, Dimensions, Slice},
};
use mz_compose::lang::Lang;

use super::is_known_profile;
use crate::{Outcome, arguments::IdentitiesArguments, terminal};

/// Lists identities.
pub fn run(arguments: &IdentitiesArguments, lang: Lang) -> Outcome {
    let profile = arguments.profile.as_deref();
    if !is_known_profile(profile) {
        return Outcome::Unusable;
    }
    let text = match (&arguments.file, profile) {
        (Some(file), _) => printed::of_file(file, profile, lang),
        (None, Some(id)) => {
            declared::of_profile(id, lang).ok_or_else(|| format!("没有名为“{id}”的模板"))
        }
        (None, None) => Err("须写明文件或 --profile".to_owned()),
    };
    match text {
        Ok(text) => terminal::print(text.as_bytes()).map_or(Outcome::Unusable, |()| Outcome::Clean),
        Err(reason) => {
            terminal::complain(&reason);
            Outcome::Unusable
        }
    }
}

/// The node in which parts differ from their whole.
fn divided(identity: &Identity) -> Option<(Dimension, u16)> {
    let dimension = *Dimension::ALL.get(identity.dimension?)?;
    Some((dimension, identity.whole.node(dimension)))
}

/// Why an identity holds, in one sentence.
fn reason(dimensions: &Dimensions, identity: &Identity, lang: Lang) -> String {
    let Some((dimension, node)) = divided(identity) else {
        return lang
            .pick(
                "同一笔数印在几处，各处相等",
                "one amount stands in several places",
            )
            .to_owned();
    };
    let axis = axis_name(dimension, lang);
    let whole = &dimensions.tree(dimension).node(node).name;
    match (identity.reason, lang) {
        (IdentityReason::SameSlice, _) => lang
            .pick(
                "同一笔数印在几处，各处相等",
                "one amount stands in several places",
            )
            .to_owned(),
        (IdentityReason::Partition, Lang::Zh) => {
            format!("按{axis}，“{whole}”由其各部分组成，不重不漏")
        }
        (IdentityReason::Partition, Lang::En) => {
            format!("by {axis}, “{whole}” is made up of its parts")
        }
        (IdentityReason::Overlay, Lang::Zh) => format!("按{axis}，“{whole}”规定为这几项之和"),
        (IdentityReason::Overlay, Lang::En) => {
            format!("by {axis}, “{whole}” is defined as the sum of these")
        }
        (IdentityReason::Bound, Lang::Zh) => {
            format!("按{axis}，这些都是“{whole}”的部分；部分之和不超过整体")
        }
        (IdentityReason::Bound, Lang::En) => {
            format!("by {axis}, these are parts of “{whole}”; parts are not more than the whole")
        }
    }
}

fn axis_name(dimension: Dimension, lang: Lang) -> &'static str {
    match (dimension, lang) {
        (Dimension::Fund, Lang::Zh) => "资金来源",
        (Dimension::Vintage, Lang::Zh) => "本年与结转",
        (Dimension::Function, Lang::Zh) => "支出功能分类",
        (Dimension::Nature, Lang::Zh) => "支出性质",
        (Dimension::Economic, Lang::Zh) => "部门预算支出经济分类",
        (Dimension::Project, Lang::Zh) => "项目",
        (Dimension::Body, Lang::Zh) => "单位",
        (Dimension::Governmental, Lang::Zh) => "政府预算支出经济分类",
        (Dimension::Fund, Lang::En) => "fund source",
        (Dimension::Vintage, Lang::En) => "vintage",
        (Dimension::Function, Lang::En) => "function",
        (Dimension::Nature, Lang::En) => "nature",
        (Dimension::Economic, Lang::En) => "economic class",
        (Dimension::Project, Lang::En) => "project",
        (Dimension::Body, Lang::En) => "body",
        (Dimension::Governmental, Lang::En) => "governmental economic class",
    }
}

/// The sign between whole and parts.
fn sign(identity: &Identity) -> &'static str {
    if identity.reason == IdentityReason::Bound {
        "≥"
    } else {
        "="
    }
}

/// Whole and parts, each written by `name`.
fn equation(identity: &Identity, name: impl Fn(Slice) -> String) -> String {
    let parts: Vec<String> = identity.parts.iter().map(|part| name(*part)).collect();
    format!(
        "{} {} {}",
        name(identity.whole),
        sign(identity),
        parts.join(" + ")
    )
}

/// How many of each reason, in one line.
fn sums(identities: &[Identity], lang: Lang) -> String {
    let n = |reason| {
        identities
            .iter()
            .filter(|identity| identity.reason == reason)
            .count()
    };
    let (same, parts, overlays, bounds) = (
        n(IdentityReason::SameSlice),
        n(IdentityReason::Partition),
        n(IdentityReason::Overlay),
        n(IdentityReason::Bound),
    );
    let all = identities.len();
    match lang {
        Lang::Zh => format!(
            "共 {all} 条：同一数多处 {same}，整体与部分 {parts}，规定之和 {overlays}，部分不超过整体 {bounds}"
        ),
        Lang::En => format!(
            "{all} identities: same amount {same}, partitions {parts}, defined sums {overlays}, bounds {bounds}"
        ),
    }
}
