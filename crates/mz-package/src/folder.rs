//! The folder form: `package.toml` for everything that is read in sentences, CSV for what is read in columns.

use std::collections::BTreeMap;

use mz_budget::{
    library::Library,
    package::{FormPlace, Listing, Package, Target},
};

use crate::{
    FormProblem, Level, Opened,
    codes::Names,
    paths,
    problem::Problems,
    table::{
        Value, escape,
        from_package::Writer,
        input::{Grid, InCell},
        schema::{self, TableSpec},
        to_package::{Reader, Sources},
    },
};

/// The file every package folder has.
pub const MAIN: &str = "package.toml";
/// CSV files beside it, with the table each holds.
const BESIDE: [(&str, &TableSpec); 3] = [
    ("indicators.csv", &schema::INDICATORS),
    ("reasons.csv", &schema::REASONS),
    ("purposes.csv", &schema::PURPOSES),
];

/// Files of a folder, by their path inside it with `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Writes a package as the files of a folder.
///
/// # Errors
///
/// Never for a package read by this program.
pub fn write(package: &Package, library: &Library) -> Result<Files, String> {
    let names = Names::new(library, &package.profile, *package.year);
    let writer = Writer {
        package,
        names: &names,
    };
    let mut files = Files::new();
    for (n, listing) in package.listings.iter().enumerate() {
        if !listing.lines.is_empty() {
            files.insert(
                listing_file(n, listing),
                csv(&schema::LINES, &writer.lines(listing))?,
            );
        }
    }
    for (file, spec) in BESIDE {
        let rows = writer.rows(spec.id, &[]);
        if !rows.is_empty() {
            files.insert(file.to_owned(), csv(spec, &rows)?);
        }
    }
    let mut rest = package.clone();
    rest.listings
        .iter_mut()
        .for_each(|listing| listing.lines.clear());
    rest.targets
        .iter_mut()
        .for_each(|target| target.indicators.clear());
    rest.reasons.clear();
    rest.purposes.clear();
    let main = toml::to_string_pretty(&rest).map_err(|error| error.to_string())?;
    files.insert(MAIN.to_owned(), main.into_bytes());
    Ok(files)
}

/// `listings/01-budget.csv`
fn listing_file(n: usize, listing: &Listing) -> String {
    let key: String = listing
        .key
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .take(40)
        .collect();
    format!("listings/{:02}-{key}.csv", n + 1)
}

/// A table as CSV: UTF-8 with the mark that makes spreadsheet programs read it as such.
fn csv(spec: &TableSpec, rows: &[Vec<Value>]) -> Result<Vec<u8>, String> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    let labels = spec.columns.iter().map(|column| column.label);
    writer
        .write_record(labels)
        .map_err(|error| error.to_string())?;
    for row in rows {
        let cells = row.iter().map(|value| match value {
            Value::Blank => String::new(),
            Value::Text(text) => escape(text),
            Value::Number(number) => number.to_string().replace(',', ""),
        });
        writer
            .write_record(cells)
            .map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// Reads the files of a folder.
///
/// # Errors
///
/// When `package.toml` is missing or says something the model has no place for: where, and what.
pub fn read(files: &Files, library: &Library) -> Result<Opened, Vec<FormProblem>> {
    let mut problems = Problems::default();
    let Some(mut package) = main(files, &mut problems) else {
        return Err(problems.0);
    };
    paths::fill(&mut package, MAIN);
    let names = Names::new(library, &package.profile, *package.year);
    let mut used = vec![MAIN.to_owned()];
    for n in 0..package.listings.len() {
        let file = listing_file(n, &package.listings[n]);
        let Some(bytes) = files.get(&file) else {
            continue;
        };
        let grid = grid(&file, &file, bytes, &mut problems);
        let sources = Sources { grids: &[] };
        let lines = Reader {
            sources: &sources,
            names: &names,
            problems: &mut problems,
        }
        .lines(&grid);
        package.listings[n].lines.extend(lines);
        used.push(file);
    }
    used.extend(beside(files, &mut package, &names, &mut problems));
    for (file, bytes) in files {
        if !used.contains(file) {
            let message = format!("“{file}”不是资料的一部分，{} 字节未读", bytes.len());
            problems.add(
                "file-unknown",
                Level::Query,
                message,
                FormPlace::new(file, ""),
            );
        }
    }
    // A table is looked up by its Chinese name; a reader of a folder knows files.
    for problem in &mut problems.0 {
        if let Some((file, _)) = BESIDE
            .iter()
            .find(|(_, spec)| spec.name == problem.place.sheet)
        {
            (*file).clone_into(&mut problem.place.sheet);
        }
    }
    rename_places(&mut package);
    Ok(Opened {
        package,
        problems: problems.0,
    })
}

/// Reads the tables beside the main file into the package; returns the files used.
fn beside(
    files: &Files,
    package: &mut Package,
    names: &Names<'_>,
    problems: &mut Problems,
) -> Vec<String> {
    let mut used = Vec::new();
    let mut grids = Vec::new();
    for (file, spec) in BESIDE {
        if let Some(bytes) = files.get(file) {
            grids.push(grid(spec.name, file, bytes, problems));
            used.push(file.to_owned());
        }
    }
    let sources = Sources { grids: &grids };
    let mut reader = Reader {
        sources: &sources,
        names,
        problems,
    };
    package
        .reasons
        .extend(reader.explanations(&schema::REASONS));
    package
        .purposes
        .extend(reader.explanations(&schema::PURPOSES));
    let mut targets: Vec<(String, Target)> = (1..)
        .map(|n: usize| n.to_string())
        .zip(std::mem::take(&mut package.targets))
        .collect();
    reader.indicators(&mut targets);
    package.targets = targets.into_iter().map(|(_, target)| target).collect();
    used
}

/// Places of rows name the file they stand in.
fn rename_places(package: &mut Package) {
    let explained = package
        .reasons
        .iter_mut()
        .chain(&mut package.purposes)
        .map(|e| &mut e.place);
    let indicators = package
        .targets
        .iter_mut()
        .flat_map(|t| &mut t.indicators)
        .map(|i| &mut i.place);
    for place in explained.chain(indicators) {
        if let Some((file, _)) = BESIDE.iter().find(|(_, spec)| spec.name == place.sheet) {
            (*file).clone_into(&mut place.sheet);
        }
    }
}

fn main(files: &Files, problems: &mut Problems) -> Option<Package> {
    let Some(bytes) = files.get(MAIN) else {
        problems.error(
            "not-a-package",
            format!("文件夹里没有 {MAIN}，不是明账的资料"),
            FormPlace::new(MAIN, ""),
        );
        return None;
    };
    let text = match std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        Ok(text) => text,
        Err(error) => {
            let line = bytes[..error.valid_up_to()]
                .iter()
                .filter(|b| **b == b'\n')
                .count()
                + 1;
            problems.error(
                "not-utf-8",
                format!("{MAIN} 不是 UTF-8 文本"),
                FormPlace::new(MAIN, format!("第 {line} 行")),
            );
            return None;
        }
    };
    match toml::from_str(text) {
        Ok(package) => Some(package),
        Err(error) => {
            let line = error.span().map_or(0, |span| {
                text[..span.start.min(text.len())].matches('\n').count() + 1
            });
            let place = FormPlace::new(MAIN, format!("第 {line} 行"));
            problems.error(
                "not-a-package",
                format!("{MAIN} 有读不懂的内容：{}", error.message()),
                place,
            );
            None
        }
    }
}

/// Reads a CSV file of budget lines, by the column names of the data sheets.
pub fn read_lines(
    bytes: &[u8],
    file: &str,
    profile: &str,
    year: u16,
    library: &Library,
) -> (Vec<mz_budget::package::Line>, Vec<FormProblem>) {
    let mut problems = Problems::default();
    let names = Names::new(library, profile, year);
    let grid = grid(file, file, bytes, &mut problems);
    let sources = Sources { grids: &[] };
    let lines = Reader {
        sources: &sources,
        names: &names,
        problems: &mut problems,
    }
    .lines(&grid);
    (lines, problems.0)
}

/// The cells of a CSV file.
fn grid(name: &str, file: &str, bytes: &[u8], problems: &mut Problems) -> Grid {
    let text = decoded(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut grid = Grid {
        sheet: name.to_owned(),
        cells: BTreeMap::new(),
        address,
    };
    for (row, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                problems.error(
                    "csv-damaged",
                    format!("{file} 有一行读不出来：{error}"),
                    FormPlace::new(file, ""),
                );
                continue;
            }
        };
        for (column, text) in record
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
        {
            grid.cells.insert(
                (row, column),
                InCell {
                    text: text.to_owned(),
                    number: None,
                    has_failed: false,
                },
            );
        }
    }
    grid
}

fn address(row: usize, column: usize) -> String {
    format!("第 {} 行第 {} 列", row + 1, column + 1)
}

/// UTF-8, or the Chinese encoding spreadsheet programs save CSV in.
fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}
