//! The document from cover to last line, in the order of the profile's outline.

use std::collections::BTreeMap;

use mz_budget::{
    dimension::Slice,
    profile::outline::{OutlineKind, OutlineSpec},
};
use mz_document::{Builder, Document, Metadata};

use super::{
    figures::Figures,
    forms, projects,
    sentence::{Context, fill, item, section_context},
    tables,
};

/// Composes everything.
pub fn document(figures: &Figures<'_>) -> Document {
    let spec = figures.spec;
    let plain = Context::of(Slice::WHOLE);
    let write = |template: &str| fill(figures, template, None, &plain);
    let cover = &spec.cover;
    let mut builder = Builder::new(Metadata {
        title: write(&format!("{} {}", cover.unit, cover.title)),
        unit: figures.package.unit.value.clone(),
        year: Some(figures.package.year.value),
        language: "zh-CN".to_owned(),
    });
    builder.cover(
        &write(&cover.title),
        &write(&cover.unit),
        &write(&cover.date),
    );
    if !spec.contents.is_empty() {
        builder.contents(&spec.contents, spec.contents_depth);
    }
    let mut numbers: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for heading in &figures.profile.outline {
        if !heading.required && !has_text(figures, heading) {
            continue;
        }
        let n = numbers.entry(heading.parent.as_deref()).or_default();
        *n += 1;
        section(figures, &mut builder, heading, *n);
    }
    for line in &spec.ending {
        builder.paragraph(write(line));
    }
    builder.finish()
}

/// Whether an optional heading has anything under it.
fn has_text(figures: &Figures<'_>, heading: &OutlineSpec) -> bool {
    heading.kind == OutlineKind::Tables
        || figures.spec.sections.iter().any(|s| s.id == heading.id)
        || figures
            .package
            .passages
            .iter()
            .any(|p| p.section == heading.id)
}

/// A heading and what stands under it.
fn section(figures: &Figures<'_>, builder: &mut Builder, heading: &OutlineSpec, n: usize) {
    let spec = figures.spec;
    let level = usize::from(heading.level.max(1));
    let title = fill(figures, &heading.title, None, &Context::of(Slice::WHOLE));
    let context = Context {
        n,
        ..Context::of(Slice::WHOLE).with(vec![("title", title.clone())])
    };
    let numbered = match spec.numbering.get(level - 1) {
        Some(template) => fill(figures, template, None, &context),
        None => title,
    };
    if heading.level == 1 {
        builder.page_break();
    }
    figures.enter(&numbered);
    builder.heading(heading.level, numbered);
    let own = spec
        .sections
        .iter()
        .find(|section| section.id == heading.id);
    if let Some(own) = own {
        let context = section_context(figures, &heading.id, own.at.as_ref());
        for paragraph in own
            .paragraph
            .iter()
            .flat_map(|p| item(figures, p, &context))
        {
            builder.paragraph(paragraph);
        }
    }
    match heading.kind {
        OutlineKind::Tables => {
            for table in &figures.profile.tables {
                builder.table(tables::table(figures, table));
            }
        }
        OutlineKind::Projects => {
            for paragraph in projects::paragraphs(figures) {
                builder.paragraph(paragraph);
            }
        }
        OutlineKind::Glossary => glossary(figures, builder),
        _ => {}
    }
    let added = figures.package.passages.iter();
    for passage in added.filter(|passage| passage.section == heading.id) {
        builder.paragraph(passage.text.value.clone());
    }
    if spec.targets.section == heading.id {
        for form in forms::forms(figures) {
            builder.table(form);
        }
    }
}

fn glossary(figures: &Figures<'_>, builder: &mut Builder) {
    let own = figures
        .package
        .glossary
        .iter()
        .map(|term| (term.name.clone(), term.text.value.clone()));
    let common = figures
        .spec
        .terms
        .iter()
        .map(|term| (term.name.clone(), term.text.clone()));
    for (i, (name, text)) in common.chain(own).enumerate() {
        let context = Context {
            n: i + 1,
            name,
            text,
            ..Context::of(Slice::WHOLE)
        };
        builder.paragraph(fill(figures, &figures.spec.glossary, None, &context));
    }
}
