//! `mingzhang withhold`: proves that what is withheld cannot be computed from what will be published, or shows how it can.

use mz_audit::withhold::{Inference, Inspection, Verdict, inspect};
use mz_budget::{
    disclosure::{Disclosure, Stage},
    library::Library,
    place::Place,
};
use mz_compose::lang::Lang;
use serde_json::{Value, json};

use super::{
    build::shown::{self, wan},
    composed::{self, Blocked},
    understand,
};
use crate::{
    Outcome,
    package_arguments::{TextOrJson, WithholdArguments},
    packages, terminal,
};

/// Inspects a package.
pub fn run(arguments: &WithholdArguments, lang: Lang) -> Outcome {
    match inspected(arguments, lang) {
        Ok(inspection) => say(&inspection, arguments),
        Err(reason) => {
            terminal::complain(&reason);
            Outcome::Unusable
        }
    }
}

fn inspected(arguments: &WithholdArguments, lang: Lang) -> Result<Inspection, String> {
    let about = |reason: String| format!("{}: {reason}", arguments.package.display());
    let opened = packages::open(&arguments.package).map_err(about)?;
    packages::report(&opened.problems, &arguments.package);
    let seen = composed::see(&opened.package).map_err(|blocked| {
        about(match blocked {
            Blocked::Leaks(leaks) => shown::leaks(&leaks),
            Blocked::Reason(reason) => reason,
        })
    })?;
    let Some(public) = &seen.disclosure else {
        let n = seen.composed.missing.len();
        return Err(about(format!(
            "还缺 {n} 项，成不了稿，无从检查；缺什么见 mingzhang check"
        )));
    };
    let mut earlier: Vec<Disclosure> = Vec::new();
    for path in &arguments.published {
        let understood = understand(path, &packages::name(path), None, lang)
            .map_err(|reason| format!("{}: {reason}", path.display()))?;
        earlier.push(understood.disclosure);
    }
    Ok(inspect(
        &opened.package,
        public,
        &earlier,
        arguments.within,
        Library::embedded(),
    ))
}

fn say(inspection: &Inspection, arguments: &WithholdArguments) -> Outcome {
    let text = match arguments.format {
        TextOrJson::Human => human(inspection, arguments.within),
        TextOrJson::Json => as_json(inspection, arguments.within),
    };
    if terminal::print(text.as_bytes()).is_err() {
        return Outcome::Unusable;
    }
    if inspection.is_safe() {
        Outcome::Clean
    } else {
        Outcome::Found
    }
}

fn human(inspection: &Inspection, within: u32) -> String {
    let mut out = String::new();
    let n = inspection.inferences.len();
    let n_revealed = inspection
        .inferences
        .iter()
        .filter(|i| i.is_revealed())
        .count();
    for (about, place) in &inspection.words {
        out.push_str(&format!(
            "泄露 {about} 写在公开文件里：{}\n",
            position(place)
        ));
    }
    for inference in inspection.inferences.iter().filter(|i| i.is_revealed()) {
        revealed(inference, &mut out);
    }
    for inference in inspection.inferences.iter().filter(|i| !i.is_revealed()) {
        if let Verdict::Safe { least, most } = &inference.verdict {
            let most = most.map_or("没有上限".to_owned(), |most| {
                format!("至多 {}", wan(most))
            });
            out.push_str(&format!(
                "不可推算 {}{}：外人只知道至少 {}、{most}\n",
                year(inference.stage),
                inference.about,
                wan(*least)
            ));
        }
    }
    if n == 0 && inspection.words.is_empty() {
        out.push_str("资料里没有不予公开的数\n");
    } else {
        out.push_str(&format!(
            "不予公开的数 {n} 个，可由公开内容推算的 {n_revealed} 个，写出来的不公开文字 {} 处（区间窄于真值的 {within}% 也算可推算）\n",
            inspection.words.len()
        ));
    }
    out
}

fn revealed(inference: &Inference, out: &mut String) {
    let head = format!("{}{}", year(inference.stage), inference.about);
    match &inference.verdict {
        Verdict::Printed { value, place } => {
            out.push_str(&format!(
                "泄露 {head}：公开文件印着 {}，{}\n",
                wan(*value),
                position(place)
            ));
        }
        Verdict::Narrow { least, most } => {
            out.push_str(&format!(
                "可推算 {head}：必在 {} 与 {} 之间\n",
                wan(*least),
                wan(*most)
            ));
        }
        Verdict::Exact {
            value,
            slack,
            steps,
        } => {
            let open = if slack.0 == 0 {
                String::new()
            } else {
                format!("（误差不超过 {}）", wan(*slack))
            };
            out.push_str(&format!("可推算 {head}：{}{open}\n", wan(*value)));
            for step in steps {
                let place = step
                    .place
                    .as_ref()
                    .map(|place| format!("，{}", position(place)))
                    .unwrap_or_default();
                out.push_str(&format!(
                    "    {} {} {}{place}\n",
                    step.name,
                    wan(step.value),
                    step.how
                ));
            }
        }
        Verdict::Safe { .. } => {}
    }
    if !inference.place.is_empty() {
        out.push_str(&format!("    标记在 {}\n", inference.place));
    }
}

fn year(stage: Stage) -> &'static str {
    match stage {
        Stage::Budget | Stage::Adjusted | Stage::Final => "本年",
        Stage::PriorBudget | Stage::PriorExecution | Stage::PriorFinal => "上年",
    }
}

fn position(place: &Place) -> String {
    let steps = [&place.section, &place.table, &place.row, &place.column];
    let steps: Vec<&str> = steps.into_iter().flatten().map(String::as_str).collect();
    terminal::plain(&steps.join(" › "))
}

fn as_json(inspection: &Inspection, within: u32) -> String {
    let inferences: Vec<Value> = inspection.inferences.iter().map(inference_json).collect();
    let words: Vec<Value> = inspection
        .words
        .iter()
        .map(|(about, place)| json!({"about": about, "place": position(place)}))
        .collect();
    let whole = json!({
        "schema": "mingzhang.withhold/1",
        "within_percent": within,
        "safe": inspection.is_safe(),
        "figures": inferences,
        "words": words,
    });
    format!("{whole}\n")
}

fn inference_json(inference: &Inference) -> Value {
    let (verdict, least, most, steps) = match &inference.verdict {
        Verdict::Safe { least, most } => ("safe", least.0, most.map(|fen| fen.0), Vec::new()),
        Verdict::Narrow { least, most } => ("narrow", least.0, Some(most.0), Vec::new()),
        Verdict::Printed { value, place } => (
            "printed",
            value.0,
            Some(value.0),
            vec![json!({"place": position(place), "fen": value.0})],
        ),
        Verdict::Exact {
            value,
            slack,
            steps,
        } => {
            let steps = steps
                .iter()
                .map(|step| {
                    json!({"name": step.name, "fen": step.value.0, "how": step.how, "place": step.place.as_ref().map(position)})
                })
                .collect();
            ("exact", value.0 - slack.0, Some(value.0 + slack.0), steps)
        }
    };
    json!({
        "about": inference.about,
        "year": year(inference.stage),
        "place": {"sheet": inference.place.sheet, "cell": inference.place.cell},
        "verdict": verdict,
        "least_fen": least,
        "most_fen": most,
        "steps": steps,
    })
}
