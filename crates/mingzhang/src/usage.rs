//! Wrong usage, said in Chinese with the English beside.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::{Outcome, terminal};

/// Prints help, version or what is wrong.
pub fn report(error: &Error) -> Outcome {
    let rendered = error.render().to_string();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            return terminal::print(rendered.as_bytes())
                .map_or(Outcome::Unusable, |()| Outcome::Clean);
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            terminal::complain(&rendered);
            return Outcome::Unusable;
        }
        _ => {}
    }
    let english: Vec<&str> = rendered
        .lines()
        .take_while(|line| !line.trim().is_empty())
        .map(str::trim)
        .collect();
    let english = english.join(" ");
    let mut text = format!("用法错误：{}\n{english}\n", chinese(error));
    if let Some(suggestion) = suggestion(error) {
        text.push_str(&format!("是否想用 did you mean: {suggestion}\n"));
    }
    text.push_str("\n用法见 see: mingzhang --help");
    terminal::complain(&text);
    Outcome::Unusable
}

fn chinese(error: &Error) -> String {
    let text = |kind| context(error, kind);
    let argument = || text(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "没有写要做什么".to_owned(),
        ErrorKind::UnknownArgument => format!("不认识参数“{}”", argument()),
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => {
            format!("参数“{}”缺少值", argument())
        }
        ErrorKind::InvalidValue => {
            let (value, valid) = (
                text(ContextKind::InvalidValue),
                text(ContextKind::ValidValue),
            );
            format!("参数“{}”的值“{value}”不对，可用：{valid}", argument())
        }
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {}", argument()),
        ErrorKind::ArgumentConflict => format!(
            "参数“{}”写了两次，或不能与“{}”同用",
            argument(),
            text(ContextKind::PriorArg)
        ),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("参数“{}”的值的个数不对", argument())
        }
        _ => format!("参数“{}”不对", argument()),
    }
}

fn suggestion(error: &Error) -> Option<String> {
    [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(|kind| context(error, kind))
    .find(|text| !text.is_empty())
}

fn context(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    }
}
