//! `mingzhang read`

use mz_compose::{
    lang::Lang,
    understanding::{self, Format, Understood},
};

use super::{format_of, is_known_profile, refuses_terminal, understand};
use crate::{
    Outcome,
    arguments::{ReadArguments, ReadFormat},
    terminal,
};

/// Shows what was understood.
pub fn run(arguments: &ReadArguments, lang: Lang) -> Outcome {
    let out = arguments.out.as_deref();
    let format = match (arguments.format, format_of(out).as_deref()) {
        (Some(ReadFormat::Json), _) | (None, Some("json")) => Format::Json,
        (Some(ReadFormat::Csv), _) | (None, Some("csv")) => Format::Csv,
        (Some(ReadFormat::Xlsx), _) | (None, Some("xlsx")) => Format::Xlsx,
        (Some(ReadFormat::Human), _) | (None, _) => Format::Human,
    };
    if !is_known_profile(arguments.profile.as_deref())
        || refuses_terminal(format == Format::Xlsx, out)
    {
        return Outcome::Unusable;
    }
    let name = arguments.file.to_string_lossy();
    let result = understand(&arguments.file, &name, arguments.profile.as_deref(), lang).and_then(
        |understood| {
            let shown = Understood {
                file: &name,
                sha256: &understood.sha256,
                disclosure: &understood.disclosure,
            };
            understanding::render(&shown, format, lang)
        },
    );
    match result {
        Ok(bytes) if terminal::deliver(&bytes, out).is_ok() => Outcome::Clean,
        Ok(_) => Outcome::Unusable,
        Err(reason) => {
            terminal::complain(&format!("{name}: {reason}"));
            Outcome::Unusable
        }
    }
}
