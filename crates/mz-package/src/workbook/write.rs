//! Package → workbook: instructions, one sheet a table with drop-downs and input checks, headings that cannot be overwritten.

use std::collections::BTreeMap;

use mz_budget::{dimension::Dimension, library::Library, money::Decimal, package::Package};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions, Workbook, Worksheet,
    XlsxError,
};

use super::{INSTRUCTIONS, OPTIONS};
use crate::{
    codes::{self, Names},
    table::{
        Table, Value, escape, from_package,
        schema::{Choice, ColumnKind},
    },
};

/// Rows below the last filled one that have drop-downs and checks.
const SPARE_ROWS: u32 = 500;
/// Row of the header; the line above it says what to fill in.
const HEADER_ROW: u32 = 1;
/// Numbers beyond this many digits are kept as text, because a spreadsheet would round them.
const MAX_DIGITS: i64 = 999_999_999_999_999;
/// Most characters a cell holds.
const LONGEST_CELL: usize = 32_767;

pub(super) fn write(package: &Package, library: &Library) -> Result<Vec<u8>, String> {
    let names = Names::new(library, &package.profile, *package.year);
    let tables = from_package::tables(package, &names);
    for table in &tables {
        for value in table.rows.iter().flatten() {
            if let Value::Text(text) = value
                && text.encode_utf16().count() >= LONGEST_CELL
            {
                return Err(format!(
                    "“{}”中有一段文字超过 {LONGEST_CELL} 字，电子表格的单元格放不下；请改用文件夹或 JSON 形式",
                    table.name
                ));
            }
        }
    }
    render(package, &tables, &names).map_err(|error| format!("工作簿写不出来：{error}"))
}

struct Styles {
    title: Format,
    help: Format,
    header: Format,
    text: Format,
    long: Format,
    center: Format,
}

impl Styles {
    fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_font_size(10.5);
        let boxed = || {
            base()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0xBB_BB_BB))
                .set_align(FormatAlign::VerticalCenter)
        };
        Self {
            title: base().set_font_size(16).set_bold(),
            help: base()
                .set_text_wrap()
                .set_italic()
                .set_font_color(Color::RGB(0x55_55_55)),
            header: boxed()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0xEC_EA_E2)),
            text: boxed().set_unlocked().set_num_format("@"),
            long: boxed().set_unlocked().set_text_wrap().set_num_format("@"),
            center: boxed().set_unlocked().set_align(FormatAlign::Center),
        }
    }

    /// The format of a number with so many decimals.
    fn number(&self, decimals: u8) -> Format {
        let code = match decimals {
            0 => "#,##0".to_owned(),
            n => format!("#,##0.{}", "0".repeat(usize::from(n))),
        };
        Format::new()
            .set_font_name("宋体")
            .set_font_size(10.5)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xBB_BB_BB))
            .set_align(FormatAlign::Right)
            .set_unlocked()
            .set_num_format(code)
    }
}

fn render(package: &Package, tables: &[Table], names: &Names<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(2024, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_author("Mingzhang 明账")
            .set_creation_datetime(&date),
    );
    let styles = Styles::new();
    instructions(workbook.add_worksheet(), package, tables, &styles)?;
    let options = Options::new(package, names);
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&table.name)?;
        self::table(sheet, table, &styles, &options)?;
    }
    options.write(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

fn instructions(
    sheet: &mut Worksheet,
    package: &Package,
    tables: &[Table],
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(INSTRUCTIONS)?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 100)?;
    sheet.write_string_with_format(0, 0, "预算资料填写说明", &styles.title)?;
    let lines = [
        format!("模板：{}", package.profile),
        "1. 只填白色的格子；表头锁定，不能改。带下拉的格子从下拉里选。".to_owned(),
        "2. 没有填的就是“不知道”，绝不当作 0；确实没有的请填 0。".to_owned(),
        "3. “待确认”标着“是”的是从上年带来的草稿，核对后把“是”删去。".to_owned(),
        "4. 文字以 ' 开头的，' 只是记号，表示后面原样是文字。".to_owned(),
        "5. 填完后运行：mingzhang check 本文件，逐格指出错处和缺项；再运行 mingzhang build 本文件，生成公开文件。".to_owned(),
    ];
    let mut row = 2;
    for line in lines {
        sheet.write_string_with_format(row, 0, line, &Format::new().set_font_name("宋体"))?;
        row += 1;
    }
    row += 1;
    let wrapped = Format::new()
        .set_font_name("宋体")
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    for table in tables {
        sheet.write_string_with_format(row, 0, &table.name, &styles.header)?;
        sheet.write_string_with_format(row, 1, table.spec.help, &wrapped)?;
        row += 1;
    }
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.protect();
    Ok(())
}

fn table(
    sheet: &mut Worksheet,
    table: &Table,
    styles: &Styles,
    options: &Options,
) -> Result<(), XlsxError> {
    let n_columns = u16::try_from(table.spec.columns.len()).unwrap_or(u16::MAX);
    sheet.merge_range(
        0,
        0,
        0,
        n_columns.saturating_sub(1).max(1),
        table.spec.help,
        &styles.help,
    )?;
    sheet.set_row_height(0, 32)?;
    let last_row =
        HEADER_ROW + u32::try_from(table.rows.len()).unwrap_or(u32::MAX / 2) + SPARE_ROWS;
    for (column, spec) in (0_u16..).zip(table.spec.columns) {
        let (width, format) = match spec.kind {
            ColumnKind::Long => (48, styles.long.clone()),
            ColumnKind::Number => (16, styles.number(2)),
            ColumnKind::Mark => (8, styles.center.clone()),
            ColumnKind::Choice(Choice::Function | Choice::Economic) => (30, styles.text.clone()),
            ColumnKind::Text | ColumnKind::Choice(_) => (18, styles.text.clone()),
        };
        sheet.set_column_width(column, width)?;
        sheet.set_column_format(column, &format)?;
        sheet.write_string_with_format(HEADER_ROW, column, spec.label, &styles.header)?;
        if let Some(validation) = options.validation(spec.kind, spec.label) {
            sheet.add_data_validation(HEADER_ROW + 1, column, last_row, column, &validation)?;
        }
    }
    for (row, values) in (HEADER_ROW + 1..).zip(&table.rows) {
        for ((column, value), spec) in (0_u16..).zip(values).zip(table.spec.columns) {
            write_value(sheet, (row, column), value, spec.kind, styles)?;
        }
    }
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
    let allowed = ProtectionOptions {
        format_cells: true,
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    };
    sheet.protect_with_options(&allowed);
    Ok(())
}

fn write_value(
    sheet: &mut Worksheet,
    at: (u32, u16),
    value: &Value,
    kind: ColumnKind,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let (row, column) = at;
    let text_format = match kind {
        ColumnKind::Long => &styles.long,
        ColumnKind::Mark => &styles.center,
        _ => &styles.text,
    };
    match value {
        Value::Blank => {}
        Value::Text(text) => {
            sheet.write_string_with_format(row, column, escape(text), text_format)?;
        }
        Value::Number(number) => match as_float(*number) {
            Some(float) => {
                sheet.write_number_with_format(
                    row,
                    column,
                    float,
                    &styles.number(number.decimals),
                )?;
            }
            None => {
                sheet.write_string_with_format(
                    row,
                    column,
                    number.to_string().replace(',', ""),
                    &styles.text,
                )?;
            }
        },
    }
    Ok(())
}

/// The number as a spreadsheet keeps it, when it keeps it exactly.
fn as_float(number: Decimal) -> Option<f64> {
    if number.digits.abs() > MAX_DIGITS {
        return None;
    }
    number.to_string().replace(',', "").parse().ok()
}

/// Lists of the drop-downs, each a column of a hidden sheet.
struct Options {
    lists: Vec<(Choice, Vec<String>)>,
}

impl Options {
    fn new(package: &Package, names: &Names<'_>) -> Self {
        let words = |words: Vec<&str>| words.into_iter().map(str::to_owned).collect();
        let facts: BTreeMap<String, ()> = names
            .profile
            .iter()
            .flat_map(|p| p.narrative.all_facts())
            .map(|f| (f.key.clone(), ()))
            .collect();
        let lists = vec![
            (Choice::Fund, names.choices(Dimension::Fund)),
            (Choice::Vintage, names.choices(Dimension::Vintage)),
            (Choice::Function, names.choices(Dimension::Function)),
            (Choice::Nature, names.choices(Dimension::Nature)),
            (Choice::Economic, names.choices(Dimension::Economic)),
            (
                Choice::Project,
                package.projects.iter().map(|p| p.key.clone()).collect(),
            ),
            (
                Choice::Stage,
                words(codes::STAGES.iter().map(|(w, _)| *w).collect()),
            ),
            (
                Choice::Manner,
                words(codes::MANNERS.iter().map(|(w, _)| *w).collect()),
            ),
            (
                Choice::MoneyUnit,
                words(codes::UNITS.iter().map(|(w, _)| *w).collect()),
            ),
            (
                Choice::Base,
                words(codes::BASES.iter().map(|(w, _)| *w).collect()),
            ),
            (
                Choice::Operator,
                words(codes::OPERATORS.iter().map(|(w, _)| *w).collect()),
            ),
            (Choice::Fact, facts.into_keys().collect()),
        ];
        Self { lists }
    }

    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(OPTIONS)?;
        for (column, (_, list)) in (0_u16..).zip(&self.lists) {
            for (row, text) in (0_u32..).zip(list) {
                sheet.write_string(row, column, escape(text))?;
            }
        }
        sheet.set_hidden(true);
        sheet.protect();
        Ok(())
    }

    fn validation(&self, kind: ColumnKind, label: &str) -> Option<DataValidation> {
        let alert = |validation: DataValidation, message: &str| {
            validation
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title(label)
                .and_then(|v| v.set_error_message(message))
                .ok()
        };
        match kind {
            ColumnKind::Number => {
                let rule = DataValidationRule::GreaterThanOrEqualTo(0.0);
                let validation = DataValidation::new()
                    .allow_decimal_number(rule)
                    .set_error_style(DataValidationErrorStyle::Stop)
                    .set_error_title(label)
                    .and_then(|v| {
                        v.set_error_message("这里只能填数字，不能为负，不带单位和空格。")
                    });
                validation.ok()
            }
            ColumnKind::Mark => {
                let validation = DataValidation::new().allow_list_strings(&["是"]).ok()?;
                alert(validation, "填“是”或空着。")
            }
            ColumnKind::Choice(choice) => {
                let column = self.lists.iter().position(|(known, _)| *known == choice)?;
                let n = self.lists.get(column)?.1.len();
                if n == 0 {
                    return None;
                }
                let letters = mz_document::workbook::column_letters(u32::try_from(column).ok()?);
                let range = format!("={OPTIONS}!${letters}$1:${letters}${n}");
                let validation = DataValidation::new().allow_list_formula(range.as_str().into());
                alert(
                    validation,
                    "不在下拉列表里。科目可只填代码；确认无误可以继续。",
                )
            }
            ColumnKind::Text | ColumnKind::Long => None,
        }
    }
}
