//! Open data: a Frictionless data package with the columns of a Fiscal Data Package. One row a printed figure, its
//! dimensions as columns with a code list each, amounts in yuan with two decimals.

use mz_budget::disclosure::{ClaimValue, Disclosure, Measure, Operator, Reading, Subject};
use mz_document::{WriteError, is_formula_like};
use serde_json::{Value, json};

use super::{
    Publication,
    cells::cells,
    code_lists::{CODE_LISTS, key, rows},
    failed,
};
use crate::{lang::kind_key, understanding::stage_key};

/// A file of a data package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// Path inside the package.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// A table of the package: its file and what describes it.
struct Resource {
    name: &'static str,
    title: String,
    fields: Vec<Value>,
    primary_key: Vec<&'static str>,
    foreign_keys: Vec<Value>,
    rows: Vec<Vec<String>>,
}

pub(super) fn files(publication: &Publication<'_>) -> Result<Vec<DataFile>, WriteError> {
    let disclosure = publication.disclosure;
    let mut resources = vec![figures(disclosure), tables(disclosure)];
    resources.extend(code_lists(disclosure));
    resources.extend([quantities(disclosure), indicators(disclosure)]);
    resources.retain(|one| !one.rows.is_empty());
    let names: Vec<&str> = resources.iter().map(|one| one.name).collect();
    for one in &mut resources {
        // A list nothing uses is left out, and so is the reference to it.
        one.foreign_keys.retain(|key| {
            let to = key["reference"]["resource"].as_str().unwrap_or_default();
            to.is_empty() || names.contains(&to)
        });
    }
    let descriptor = descriptor(publication, &resources);
    let mut text = serde_json::to_string_pretty(&descriptor).map_err(failed)?;
    text.push('\n');
    let mut files = vec![DataFile {
        path: "datapackage.json".to_owned(),
        bytes: text.into_bytes(),
    }];
    for one in &resources {
        files.push(DataFile {
            path: path(one.name),
            bytes: csv(one)?,
        });
    }
    Ok(files)
}

fn path(name: &str) -> String {
    format!("data/{name}.csv")
}

fn descriptor(publication: &Publication<'_>, resources: &[Resource]) -> Value {
    let disclosure = publication.disclosure;
    let metadata = &publication.document.metadata;
    let unit = disclosure.unit.as_deref().unwrap_or(&metadata.unit);
    let year = disclosure.year.or(metadata.year);
    let title = if metadata.title.is_empty() {
        unit
    } else {
        &metadata.title
    };
    let name = format!(
        "{}-{}",
        kind_key(disclosure.kind),
        year.map_or("unknown".to_owned(), |year| year.to_string())
    );
    let listed: Vec<Value> = resources
        .iter()
        .map(|one| {
            let mut schema = json!({
                "fields": one.fields, "primaryKey": one.primary_key, "missingValues": [""],
            });
            if !one.foreign_keys.is_empty() {
                schema["foreignKeys"] = Value::Array(one.foreign_keys.clone());
            }
            json!({
                "name": one.name, "type": "table", "title": one.title, "path": path(one.name),
                "scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
                "schema": schema,
            })
        })
        .collect();
    json!({
        "name": name,
        "title": title,
        "description": "公开文件各表中印出的每一个数，一行一个；金额单位为元。空白单元格不在其中。",
        "keywords": ["预算公开", "budget"],
        "countryCode": "CN",
        "fiscalPeriod": year.map(|year| json!({"start": format!("{year}-01-01"), "end": format!("{year}-12-31")})),
        "contributors": [{"title": unit, "role": "publisher"}],
        "sources": [{"title": title}],
        "licenses": [{"name": "notspecified", "title": "未声明许可；政府主动公开信息"}],
        "resources": listed,
    })
}

fn field(name: &str, kind: &str, title: &str) -> Value {
    json!({"name": name, "type": kind, "title": title})
}

fn required(mut field: Value) -> Value {
    field["constraints"] = json!({"required": true});
    field
}

fn amount_field() -> Value {
    json!({
        "name": "amount", "type": "number", "title": "金额（元）", "columnType": "value",
        "decimalChar": ".", "bareNumber": true, "constraints": {"required": true},
    })
}

fn reference(field: &str, resource: &str, to: &str) -> Value {
    json!({"fields": [field], "reference": {"resource": resource, "fields": [to]}})
}

/// Stages that an amount may be of.
const STAGES: [&str; 6] = [
    "budget",
    "prior-budget",
    "prior-execution",
    "adjusted",
    "final",
    "prior-final",
];

fn figures(disclosure: &Disclosure) -> Resource {
    let dimensions = &disclosure.dimensions;
    let rows = cells(disclosure)
        .into_iter()
        .filter_map(|cell| {
            let Reading::Value(money) = &cell.observation.reading else {
                return None;
            };
            let id = disclosure.tables.get(cell.table)?.id.clone();
            let mut row = vec![
                id,
                (cell.row + 1).to_string(),
                (cell.column + 1).to_string(),
                stage_key(cell.observation.stage).to_owned(),
            ];
            let slice = cell.observation.slice;
            row.extend(
                CODE_LISTS
                    .iter()
                    .map(|list| key(dimensions, slice, list.dimension).to_owned()),
            );
            row.extend([
                yuan(money.fen()?.0),
                money.number.to_string(),
                money.unit.name().to_owned(),
            ]);
            Some(row)
        })
        .collect();
    let mut fields = vec![
        required(field("table", "string", "表")),
        json!({"name": "row", "type": "integer", "title": "行", "constraints": {"required": true, "minimum": 1}}),
        json!({"name": "column", "type": "integer", "title": "列", "constraints": {"required": true, "minimum": 1}}),
        json!({"name": "stage", "type": "string", "title": "阶段", "columnType": "phase:id", "constraints": {"required": true, "enum": STAGES}}),
    ];
    let mut foreign_keys = vec![reference("table", "tables", "id")];
    for list in CODE_LISTS {
        let mut one = field(list.name, "string", list.title);
        one["columnType"] = list.column_type.into();
        fields.push(one);
        foreign_keys.push(reference(list.name, list_name(list.name), "key"));
    }
    fields.extend([
        amount_field(),
        required(field("printed", "string", "印出的数字")),
        json!({"name": "printed_unit", "type": "string", "title": "印出的单位", "constraints": {"required": true, "enum": ["元", "万元", "亿元"]}}),
    ]);
    Resource {
        name: "figures",
        title: "各表的数字".to_owned(),
        fields,
        primary_key: vec!["table", "row", "column"],
        foreign_keys,
        rows,
    }
}

fn list_name(dimension: &str) -> &'static str {
    match dimension {
        "fund" => "funds",
        "vintage" => "vintages",
        "function" => "functions",
        "nature" => "natures",
        "economic" => "economic-classes",
        "project" => "projects",
        _ => "bodies",
    }
}

fn tables(disclosure: &Disclosure) -> Resource {
    let mut seen = std::collections::BTreeSet::new();
    let rows = disclosure
        .tables
        .iter()
        .filter(|table| seen.insert(table.id.as_str()))
        .map(|table| {
            let is_nil = if table.is_nil { "true" } else { "false" };
            let unit = table.money_unit.clone().unwrap_or_default();
            vec![
                table.id.clone(),
                table.title.clone(),
                unit,
                is_nil.to_owned(),
            ]
        })
        .collect();
    Resource {
        name: "tables",
        title: "公开表".to_owned(),
        fields: vec![
            required(field("id", "string", "表")),
            field("title", "string", "表名"),
            field("money_unit", "string", "印出的单位"),
            required(field("is_nil", "boolean", "空表")),
        ],
        primary_key: vec!["id"],
        foreign_keys: Vec::new(),
        rows,
    }
}

fn code_lists(disclosure: &Disclosure) -> Vec<Resource> {
    let slices = || {
        cells(disclosure)
            .into_iter()
            .filter(|cell| matches!(cell.observation.reading, Reading::Value(_)))
            .map(|cell| cell.observation.slice)
    };
    CODE_LISTS
        .iter()
        .map(|list| Resource {
            name: list_name(list.name),
            title: list.title.to_owned(),
            fields: vec![
                required(field("key", "string", "代码")),
                required(field("name", "string", "名称")),
                field("parent", "string", "上级代码"),
            ],
            primary_key: vec!["key"],
            foreign_keys: vec![reference("parent", "", "key")],
            rows: rows(&disclosure.dimensions, list.dimension, slices())
                .into_iter()
                .map(Vec::from)
                .collect(),
        })
        .collect()
}

/// Facts outside the tables: counts, areas, amounts of procurement and assets.
fn quantities(disclosure: &Disclosure) -> Resource {
    let rows = disclosure
        .claims
        .iter()
        .filter(|claim| claim.measure == Measure::Amount)
        .filter_map(|claim| {
            let Subject::Fact(fact) = &claim.subject else {
                return None;
            };
            let (number, unit) = match &claim.value {
                ClaimValue::Money(money) => (yuan(money.fen()?.0), "元".to_owned()),
                ClaimValue::Quantity { number, unit } => {
                    (number.to_string().replace(',', ""), unit.clone())
                }
                ClaimValue::Percent(_) | ClaimValue::None => return None,
            };
            let stage = stage_key(claim.stage).to_owned();
            Some(vec![fact.clone(), stage, claim.words.clone(), number, unit])
        });
    let mut rows: Vec<Vec<String>> = rows.collect();
    let mut seen = std::collections::BTreeSet::new();
    rows.retain(|row| seen.insert((row[0].clone(), row[1].clone())));
    Resource {
        name: "quantities",
        title: "表外的数量和金额".to_owned(),
        fields: vec![
            required(field("fact", "string", "事实")),
            json!({"name": "stage", "type": "string", "title": "阶段", "constraints": {"required": true, "enum": STAGES}}),
            field("words", "string", "文字"),
            json!({"name": "number", "type": "number", "title": "数", "constraints": {"required": true}}),
            field("unit", "string", "单位"),
        ],
        primary_key: vec!["fact", "stage"],
        foreign_keys: Vec::new(),
        rows,
    }
}

fn indicators(disclosure: &Disclosure) -> Resource {
    let rows = disclosure
        .targets
        .iter()
        .enumerate()
        .flat_map(|(t, target)| {
            target.indicators.iter().enumerate().map(move |(i, one)| {
                let number = one.value.number.map(|n| n.to_string().replace(',', ""));
                let weight = one.weight.map(|n| n.to_string().replace(',', ""));
                vec![
                    (t + 1).to_string(),
                    (i + 1).to_string(),
                    target.project.clone(),
                    one.level1.clone(),
                    one.level2.clone(),
                    one.name.clone(),
                    one.value.text.clone(),
                    one.value
                        .operator
                        .map_or(String::new(), |o| comparison(o).to_owned()),
                    number.unwrap_or_default(),
                    one.value.unit.clone(),
                    weight.unwrap_or_default(),
                ]
            })
        });
    Resource {
        name: "indicators",
        title: "绩效指标".to_owned(),
        rows: rows.collect(),
        fields: vec![
            json!({"name": "target", "type": "integer", "title": "绩效目标表", "constraints": {"required": true, "minimum": 1}}),
            json!({"name": "indicator", "type": "integer", "title": "指标", "constraints": {"required": true, "minimum": 1}}),
            field("project", "string", "项目"),
            field("level1", "string", "一级指标"),
            field("level2", "string", "二级指标"),
            required(field("name", "string", "三级指标")),
            field("value", "string", "指标值"),
            json!({"name": "operator", "type": "string", "title": "比较", "constraints": {"enum": ["equal", "at-least", "at-most", "more", "less"]}}),
            field("number", "number", "数"),
            field("unit", "string", "单位"),
            field("weight", "number", "权重"),
        ],
        primary_key: vec!["target", "indicator"],
        foreign_keys: Vec::new(),
    }
}

/// Words for the comparison, as a sign alone would be taken for a formula.
fn comparison(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => "equal",
        Operator::AtLeast => "at-least",
        Operator::AtMost => "at-most",
        Operator::More => "more",
        Operator::Less => "less",
    }
}

/// Fen as yuan with two decimals.
fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

fn csv(resource: &Resource) -> Result<Vec<u8>, WriteError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = resource
        .fields
        .iter()
        .map(|field| field["name"].as_str().unwrap_or_default());
    writer.write_record(header).map_err(failed)?;
    for row in &resource.rows {
        writer
            .write_record(row.iter().map(|text| safe(text)))
            .map_err(failed)?;
    }
    writer.into_inner().map_err(failed)
}

/// Text no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    if is_formula_like(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_and_text_is_no_formula() {
        assert_eq!(yuan(-1_305), "-13.05");
        assert_eq!(yuan(7), "0.07");
        assert_eq!(safe("=1+1"), "'=1+1");
        assert_eq!(safe("-13.05"), "-13.05");
    }
}
