//! `mingzhang audit`

use std::{fs, path::Path, thread};

use mz_audit::against::Companion;
use mz_budget::{
    finding::{Report, Severity},
    library::Library,
};
use mz_compose::{
    lang::Lang,
    pictures::Pictures,
    pin,
    report::{self, AuditedDocument, Format, Laws, Piece, RuleCard, Settings},
};
use mz_document::Document;

use super::{
    against::Others, format_of, is_known_profile, read_document, recognise, refuses_terminal,
};
use crate::{
    Outcome,
    arguments::{AuditArguments, AuditFormat, SeverityArgument},
    batch,
    files::{self, Asked},
    pages, terminal,
};

/// Audits files and folders.
pub fn run(arguments: &AuditArguments, lang: Lang) -> Outcome {
    let Some(format) = format(arguments) else {
        return Outcome::Unusable;
    };
    let out = arguments.out.as_deref();
    if !is_known_profile(arguments.profile.as_deref())
        || refuses_terminal(format == Format::Xlsx, out)
    {
        return Outcome::Unusable;
    }
    let asked = files::expand(&arguments.files);
    if overwrites_input(out, &asked) {
        return Outcome::Unusable;
    }
    let library = Library::embedded();
    if arguments.profile.is_none() {
        // Choosing a profile looks at all of them: they are read while the first document is.
        thread::spawn(|| library.faces().len());
    }
    let laws = Laws::of(library);
    let rules = rule_cards();
    let settings = Settings {
        lang,
        version: env!("CARGO_PKG_VERSION"),
        rules: &rules,
        laws: &laws,
        checklist: library
            .file("checklist/disclosure.toml")
            .unwrap_or_default(),
        min_severity: severity(arguments.min_severity),
        color: out.is_none() && terminal::color(arguments.color),
        verbose: arguments.verbose,
        columns: out.is_none().then(terminal::columns).flatten(),
    };
    let others = Others::read(&arguments.against, arguments.profile.as_deref(), lang);
    let (done, mut failures) = batch::run(&asked, |index, file| {
        one(
            (index, asked.len()),
            file,
            arguments,
            format,
            (&settings, &others),
        )
    });
    let done: Vec<(Piece, bool)> = done.into_iter().flatten().collect();
    failures.extend(others.failures(asked.len()));
    let has_error = done.iter().any(|(_, has_error)| *has_error);
    let pieces = done.into_iter().map(|(piece, _)| piece).collect();
    for failure in &failures {
        terminal::complain(&format!("{}: {}", failure.file, failure.reason));
    }
    let bytes = match report::whole(pieces, &failures, format, &settings) {
        Ok(bytes) => bytes,
        Err(error) => {
            terminal::complain(&format!("无法生成报告：{error}"));
            return Outcome::Unusable;
        }
    };
    if terminal::deliver(&bytes, out).is_err() || !failures.is_empty() {
        return Outcome::Unusable;
    }
    if has_error {
        Outcome::Found
    } else {
        Outcome::Clean
    }
}

/// One file: every disclosure in it rendered, and whether it has an error-level finding.
fn one(
    (index, n_files): (usize, usize),
    file: &Asked,
    arguments: &AuditArguments,
    format: Format,
    (settings, others): (&Settings<'_>, &Others),
) -> Result<Vec<(Piece, bool)>, String> {
    let path = file.path.as_ref().map_err(Clone::clone)?;
    let (sha256, document) = read_document(path, &file.name, settings.lang)?;
    let parts = mz_recognise::disclosures(document);
    let of = parts.len();
    let mut done = Vec::new();
    for (n, document) in parts.into_iter().enumerate() {
        let part = Part {
            index: index + n * n_files,
            number: (of > 1).then_some((n + 1, of)),
            is_last: n_files * of == 1,
        };
        let asked = (path.as_path(), file.name.as_str(), sha256.as_str());
        done.push(disclosure(
            document,
            asked,
            part,
            arguments,
            format,
            (settings, others),
        )?);
    }
    Ok(done)
}

/// Which disclosure of which file is audited.
struct Part {
    index: usize,
    number: Option<(usize, usize)>,
    is_last: bool,
}

/// One disclosure. The document is dropped here.
fn disclosure(
    document: Document,
    (path, name, sha256): (&Path, &str, &str),
    part: Part,
    arguments: &AuditArguments,
    format: Format,
    (settings, others): (&Settings<'_>, &Others),
) -> Result<(Piece, bool), String> {
    let library = Library::embedded();
    let (document, rest) = others.joined(document, path);
    let disclosure = recognise(&document, arguments.profile.as_deref(), settings.lang)?;
    let companions = rest
        .into_iter()
        .map(|other| Companion::new(&disclosure, &other.name, &other.disclosure))
        .collect();
    let mut report: Report = mz_audit::audit_against(&disclosure, library, companions);
    pin::pin(&document, &mut report);
    let pictures = match format {
        Format::Html | Format::Xlsx => {
            pages::pictures(path, &document, &report, settings.min_severity)
        }
        _ => Pictures::default(),
    };
    let audited = AuditedDocument {
        index: part.index,
        file: name,
        part: part.number,
        sha256,
        document: &document,
        disclosure: &disclosure,
        report: &report,
        pictures: &pictures,
    };
    let has_error = report
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Error);
    let piece = report::piece(&audited, format, settings);
    if part.is_last {
        // The program ends next, and the system takes memory back at once; freeing every string takes a millisecond.
        std::mem::forget((document, disclosure, report));
    }
    Ok((piece, has_error))
}

fn format(arguments: &AuditArguments) -> Option<Format> {
    let extension = format_of(arguments.out.as_deref());
    Some(match (arguments.format, extension.as_deref()) {
        (Some(AuditFormat::Human), _) => Format::Human,
        (Some(AuditFormat::Json), _) | (None, Some("json")) => Format::Json,
        (Some(AuditFormat::Sarif), _) | (None, Some("sarif")) => Format::Sarif,
        (Some(AuditFormat::Html), _) | (None, Some("html" | "htm")) => Format::Html,
        (Some(AuditFormat::Xlsx), _) | (None, Some("xlsx")) => Format::Xlsx,
        (None, None | Some("txt" | "md" | "log")) => Format::Human,
        (None, Some(other)) => {
            terminal::complain(&format!(
                "看不出“.{other}”是哪种格式，请加 --format\nuse --format: “.{other}” names no format"
            ));
            return None;
        }
    })
}

/// A slip of the shell must not cost a document.
fn overwrites_input(out: Option<&Path>, asked: &[Asked]) -> bool {
    let Some(target) = out.and_then(|path| fs::canonicalize(path).ok()) else {
        return false;
    };
    let hit = asked.iter().find(|file| {
        file.path
            .as_ref()
            .is_ok_and(|path| fs::canonicalize(path).is_ok_and(|path| path == target))
    });
    if let Some(file) = hit {
        terminal::complain(&format!(
            "{}: 是要审核的文件，不能同时作为输出\n--out would overwrite an input file",
            file.name
        ));
    }
    hit.is_some()
}

fn severity(argument: SeverityArgument) -> Severity {
    match argument {
        SeverityArgument::Error => Severity::Error,
        SeverityArgument::Warning => Severity::Warning,
        SeverityArgument::Query => Severity::Query,
        SeverityArgument::Info => Severity::Info,
    }
}

/// What reports may say about each rule.
pub fn rule_cards() -> Vec<RuleCard<'static>> {
    mz_audit::rules::RULES
        .iter()
        .map(|rule| RuleCard {
            code: rule.code,
            name: rule.name,
            title: rule.title(),
            title_en: super::rules::english_title(rule.page).unwrap_or(rule.name),
            severity: rule.severity,
            page: rule.page,
        })
        .collect()
}
