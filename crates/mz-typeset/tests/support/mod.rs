//! A disclosure with everything that is hard to set, and what its pages must say again.

use mz_document::{
    Builder, Column, ColumnKind, Content, Document, FlowCell, Metadata, Role, Table, TablePart,
};

/// Cover, contents, long paragraphs, a table of several pages with merged captions, a wide table in landscape.
pub fn sample() -> Document {
    let mut builder = Builder::new(Metadata {
        title: "某某单位2024年单位预算公开".to_owned(),
        unit: "某某单位".to_owned(),
        year: Some(2024),
        language: "zh-CN".to_owned(),
    });
    builder.cover("某某单位2024年单位预算公开", "某某单位", "2024年2月");
    builder.contents("目　录", 2);
    builder.heading(1, "第一部分 单位概况");
    builder.heading(2, "一、主要职能");
    for n in 1..=9 {
        builder.paragraph(format!(
            "（{n}）贯彻执行国家和自治区的法律法规和方针政策，组织起草有关办法并监督实施，安排资金1234.{n}5万元，比上年增加12.30万元，增长1.01%，主要原因是“项目”增加；负责本行政区域内的综合协调工作，承办上级交办的其他事项。"
        ));
    }
    builder.heading(2, "二、机构设置");
    builder.paragraph("内设机构3个。");
    builder.heading(3, "（一）办公室");
    builder.heading(1, "第二部分 公开表");
    builder.page_break();
    builder.table(long_table());
    builder.table(wide_table());
    builder.heading(1, "第三部分 名词解释");
    builder.paragraph("一般公共预算：以税收为主体的财政收入。");
    builder.finish()
}

/// Two header rows, merged both ways, and three pages of rows.
fn long_table() -> TablePart {
    let mut rows = vec![
        vec![
            FlowCell::spanning("功能分类科目编码", 3, 1),
            FlowCell::spanning("功能分类科目名称", 1, 2),
            FlowCell::spanning("合计", 1, 2),
            FlowCell::spanning("基本支出", 1, 2),
            FlowCell::spanning("项目支出", 1, 2),
        ],
        vec![
            FlowCell::spanning("类", 1, 1),
            FlowCell::spanning("款", 1, 1),
            FlowCell::spanning("项", 1, 1),
        ],
    ];
    for n in 0..90_u32 {
        rows.push(vec![
            FlowCell::new("201"),
            FlowCell::new(format!("{:02}", n % 30)),
            FlowCell::new(format!("{:02}", n % 9)),
            FlowCell::new("政府办公厅（室）及相关机构事务支出"),
            FlowCell::new(format!("{}.{:02}", 1000 + n * 37, n)),
            FlowCell::new(format!("{n}.00")),
            FlowCell::new(if n % 3 == 0 {
                String::new()
            } else {
                format!("{}.5", n * 1000)
            }),
        ]);
    }
    TablePart {
        title: "一、单位支出总体情况表".to_owned(),
        level: 2,
        caption_left: "编制单位：某某单位".to_owned(),
        caption_right: "单位：万元".to_owned(),
        table: Table {
            n_header_rows: 2,
            ..Table::flow(rows)
        },
        notes: vec!["注：本表按经济分类填列。".to_owned()],
        ..TablePart::default()
    }
}

/// Sixteen columns under three header rows.
fn wide_table() -> TablePart {
    let mut rows = vec![
        vec![
            FlowCell::spanning("项目名称", 1, 3),
            FlowCell::spanning("资金总额", 1, 3),
            FlowCell::spanning("本年收入", 9, 1),
            FlowCell::spanning("上年结转", 5, 1),
        ],
        vec![
            FlowCell::spanning("财政拨款", 3, 1),
            FlowCell::spanning("财政专户管理资金", 1, 2),
            FlowCell::spanning("单位资金", 5, 1),
            FlowCell::spanning("财政拨款", 3, 1),
            FlowCell::spanning("财政专户管理资金", 1, 2),
            FlowCell::spanning("单位资金", 1, 2),
        ],
    ];
    let third = [
        "一般公共预算",
        "政府性基金预算",
        "国有资本经营预算",
        "事业收入",
        "事业单位经营收入",
        "上级补助收入",
        "附属单位上缴收入",
        "其他收入",
        "一般公共预算",
        "政府性基金预算",
        "国有资本经营预算",
    ];
    rows.push(third.iter().map(|text| FlowCell::new(*text)).collect());
    for n in 0..40_u32 {
        let mut row = vec![FlowCell::new(format!("{n:02}号综合保障运行维护项目"))];
        row.extend(
            (0..15_u32).map(|column| FlowCell::new(format!("{}.{:02}", n * 1117 + column, column))),
        );
        rows.push(row);
    }
    let mut columns = vec![Column::from(ColumnKind::Label)];
    columns.extend([Column::from(ColumnKind::Number); 15]);
    TablePart {
        title: "二、项目支出情况表".to_owned(),
        level: 2,
        caption_right: "单位：万元".to_owned(),
        table: Table {
            n_header_rows: 3,
            columns,
            ..Table::flow(rows)
        },
        ..TablePart::default()
    }
}

/// What the document says, line by line: paragraphs and headings without blanks, rows as cells with their columns and
/// spans. Tables that go on with the same columns are one, and the header they repeat is left out.
pub fn said(document: &Document) -> Vec<String> {
    let mut out = Vec::new();
    let mut last: Option<&Table> = None;
    for block in &document.blocks {
        let table = match &block.content {
            Content::Heading { text, .. } | Content::Paragraph(text) => {
                if !matches!(block.layout.role, Role::ContentsEntry { .. }) {
                    out.push(solid(text));
                }
                last = None;
                continue;
            }
            Content::Table(table) => table,
        };
        let n_repeated = last.map_or(0, |last| repeated(last, table));
        for row in table.rows.iter().skip(n_repeated) {
            let cells = row.cells.iter().map(|cell| {
                format!(
                    "{}+{}x{}:{}",
                    cell.column,
                    cell.column_span,
                    cell.row_span,
                    solid(&cell.text)
                )
            });
            out.push(cells.collect::<Vec<_>>().join("|"));
        }
        last = last.filter(|_| n_repeated > 0).or(Some(table));
    }
    out
}

/// How many rows at the top of a table are those at the top of the one before.
fn repeated(last: &Table, table: &Table) -> usize {
    let texts = |table: &Table, row: usize| -> Vec<String> {
        table.rows[row]
            .cells
            .iter()
            .map(|cell| solid(&cell.text))
            .collect()
    };
    (0..last.rows.len().min(table.rows.len()))
        .take_while(|row| {
            last.n_columns == table.n_columns && texts(last, *row) == texts(table, *row)
        })
        .count()
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
