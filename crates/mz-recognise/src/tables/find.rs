//! Finding the statutory tables of a document: title lines above a grid or inside it, continuation over page breaks, tables
//! without a title known by their header words, and tables of which only the title and a nil statement are left.

use mz_budget::{
    dimension::Dimensions,
    money::MoneyUnit,
    normalise,
    profile::{Profile, TableSpec, WordRole},
};
use mz_document::{Content, Document, Place, Table};

use super::{
    cell,
    columns::{self, Choice, Evidence, Layout},
    grid::Grid,
    header::{self, Heading, Ruler},
    title::{self, Caption, TitleMatch, Titles},
};

/// How many blocks above a grid its title may stand.
const MAX_BLOCKS_ABOVE: usize = 8;
/// Widest grid that can be a statutory table; wider ones are something else, or junk.
const MAX_COLUMNS: usize = 256;
/// Likeness of headings and columns that is enough to know a table that has no title.
const KNOWN_BY_HEADER: u32 = 800;
/// Likeness of a title to the profile's that is enough when the header is that of the table.
const ALIKE_TITLE: u32 = 500;

/// A statutory table found in the document.
#[derive(Clone, Debug)]
pub(super) struct FoundTable<'a> {
    pub(super) spec: &'a TableSpec,
    /// Title as printed; the profile's when the table has none.
    pub(super) title: String,
    pub(super) has_title: bool,
    pub(super) title_block: usize,
    pub(super) title_place: Place,
    pub(super) caption: Caption,
    pub(super) unit: MoneyUnit,
    pub(super) grid: Grid<'a>,
    pub(super) headings: Vec<Heading>,
    pub(super) ruler: Option<Ruler>,
    pub(super) first_data: usize,
    pub(super) layout: Layout,
    pub(super) likeness: u32,
    pub(super) blocks: Vec<usize>,
}

impl<'a> FoundTable<'a> {
    /// The same table under another declaration.
    pub(super) fn declared<'b>(&'b self, spec: &'b TableSpec) -> FoundTable<'b>
    where
        'a: 'b,
    {
        FoundTable {
            spec,
            ..self.clone()
        }
    }
}

/// What stands above a grid.
#[derive(Default)]
struct Above {
    /// The title the profile knows.
    title: Option<TitleLine>,
    /// A line that is the title of some table the profile does not know.
    stranger: Option<(String, usize, Place)>,
    /// The grid before this one, when nothing but captions and page numbers stands between them.
    neighbour: Option<usize>,
}

/// A title line and where it stands.
struct TitleLine {
    text: String,
    block: usize,
    place: Place,
    found: TitleMatch,
}

struct Finder<'a, 'd> {
    document: &'a Document,
    profile: &'a Profile,
    titles: Titles,
    /// Words that begin the total row of tables read from their own headers.
    totals: Vec<String>,
    unit: Option<&'d str>,
    dimensions: &'d Dimensions,
}

/// All statutory tables, in document order.
pub(super) fn find<'a>(
    document: &'a Document,
    profile: &'a Profile,
    unit: Option<&str>,
    dimensions: &Dimensions,
) -> Vec<FoundTable<'a>> {
    let finder = Finder {
        document,
        profile,
        titles: Titles::new(&profile.tables),
        totals: profile
            .words
            .iter()
            .filter(|word| word.role == Some(WordRole::Total))
            .flat_map(|word| &word.words)
            .map(|word| normalise::label(word))
            .collect(),
        unit,
        dimensions,
    };
    let mut tables: Vec<FoundTable> = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        let Content::Table(table) = &content.content else {
            continue;
        };
        if table.n_columns <= MAX_COLUMNS {
            finder.table(block, table, &mut tables);
        }
    }
    tables.iter_mut().for_each(drop_repeated_headers);
    finder.nil_tables(&mut tables);
    tables.sort_by_key(|table| table.title_block);
    tables
}

/// Takes out rows further down that say what the header says, every cell of it: the header of a second part of the table.
fn drop_repeated_headers(table: &mut FoundTable<'_>) {
    const FEWEST: usize = 2;
    let words = |row: usize| -> Vec<String> {
        let texts = table.grid.texts(row).map(normalise::name);
        texts.filter(|text| !text.is_empty()).collect()
    };
    let is_words = |row: &Vec<String>| {
        let is_figure = |text: &String| mz_budget::money::Decimal::parse(text).is_some();
        row.len() >= FEWEST && !row.iter().any(is_figure)
    };
    let header: Vec<Vec<String>> = (0..table.first_data).map(words).filter(is_words).collect();
    let is_repeated = |row: &usize| *row >= table.first_data && header.contains(&words(*row));
    let repeated: Vec<usize> = (0..table.grid.n_rows()).filter(is_repeated).collect();
    table.grid.remove_rows(&repeated);
}

/// The text of a heading or paragraph.
pub(crate) fn text_of(content: &Content) -> Option<&str> {
    match content {
        Content::Heading { text, .. } | Content::Paragraph(text) => Some(text),
        Content::Table(_) => None,
    }
}

impl<'a> Finder<'a, '_> {
    fn table(&self, block: usize, table: &'a Table, tables: &mut Vec<FoundTable<'a>>) {
        let mut caption = Caption::default();
        let Above {
            title,
            stranger,
            neighbour,
        } = self.above(block, &mut caption);
        let mut grid = Grid::new(block, table);
        let inside = self.inside(&grid, &mut caption);
        let n_caption_rows = inside.1;
        let title_line = inside.0.or(title);
        if let Some(last) = tables
            .last_mut()
            .filter(|last| neighbour.is_some() && last.blocks.last() == neighbour.as_ref())
        {
            let same_title = title_line
                .as_ref()
                .is_some_and(|line| self.goes_on_under(line, last, &grid, n_caption_rows));
            if (title_line.is_none() || same_title) && continues(last, &grid, n_caption_rows) {
                let skip = repeated_rows(last, &grid, n_caption_rows);
                last.grid.append(block, table, skip);
                last.blocks.push(block);
                return;
            }
        }
        let found = match title_line {
            Some(line) => self.spec(&line).map(|spec| {
                let parts = self.layout(&mut grid, spec, n_caption_rows);
                (spec, Some(line), parts)
            }),
            None => self.by_header(&mut grid, n_caption_rows, stranger, tables),
        };
        let Some((spec, line, parts)) = found else {
            return;
        };
        let (title, title_block, title_place) = match &line {
            Some(line) => (line.text.clone(), line.block, line.place.clone()),
            None => (
                spec.title.clone(),
                block,
                self.document
                    .blocks
                    .get(block)
                    .map(|b| b.place.clone())
                    .unwrap_or_default(),
            ),
        };
        let unit = self.money_unit(spec, &caption);
        let Parts {
            headings,
            ruler,
            first_data,
            choice,
        } = parts;
        let Choice {
            layout, likeness, ..
        } = choice;
        let (has_title, blocks) = (line.is_some(), vec![block]);
        tables.push(FoundTable {
            spec,
            title,
            has_title,
            title_block,
            title_place,
            caption,
            unit,
            grid,
            headings,
            ruler,
            first_data,
            layout,
            likeness,
            blocks,
        });
    }

    /// Whether a title is that of the table before it, and its grid does not begin the table again.
    fn goes_on_under(&self, line: &TitleLine, last: &FoundTable, grid: &Grid, n: usize) -> bool {
        let is_same = self.spec(line).is_some_and(|s| s.id == last.spec.id);
        is_same && !begins_again(last, grid, n)
    }

    fn spec(&self, line: &TitleLine) -> Option<&'a TableSpec> {
        self.profile.tables.get(line.found.spec)
    }

    fn money_unit(&self, spec: &TableSpec, caption: &Caption) -> MoneyUnit {
        caption
            .money_unit
            .as_deref()
            .and_then(title::money_unit)
            .or_else(|| spec.unit.as_deref().and_then(title::money_unit))
            .unwrap_or(self.profile.unit)
    }

    /// Title and captions in the lines above a grid, nearest first.
    fn above(&self, block: usize, caption: &mut Caption) -> Above {
        let mut above = Above::default();
        let mut plain = true;
        for at in (block.saturating_sub(MAX_BLOCKS_ABOVE)..block).rev() {
            let Some(line) = self.document.blocks.get(at) else {
                break;
            };
            let Some(text) = text_of(&line.content) else {
                above.neighbour = plain.then_some(at);
                break;
            };
            if let Some(found) = self
                .titles
                .find(text, self.unit)
                .filter(|_| above.title.is_none())
            {
                let text = normalise::squeeze(text);
                above.title = Some(TitleLine {
                    text,
                    block: at,
                    place: line.place.clone(),
                    found,
                });
                continue;
            }
            if above.title.is_some() && title::table_number(&normalise::name(text)).is_none() {
                break;
            }
            if !title::read_caption(text, caption) && !is_page_number(text) {
                // Another line may stand between title and grid, but not a sentence nor the title of another table.
                plain = false;
                let is_part = normalise::name(text).chars().take(6).any(|c| c == '部')
                    && text.trim_start().starts_with('第');
                if !is_part && title::core_title(text).ends_with('表') && text.chars().count() <= 40
                {
                    above.stranger = Some((normalise::squeeze(text), at, line.place.clone()));
                    break;
                }
                if text.chars().count() > 40 || text.contains('。') {
                    break;
                }
            }
        }
        above
    }

    /// Title and captions in the first rows of the grid itself, and how many rows they take.
    fn inside(&self, grid: &Grid<'a>, caption: &mut Caption) -> (Option<TitleLine>, usize) {
        let mut title = None;
        let mut n_rows = 0;
        for row in 0..grid.n_rows().min(5) {
            let texts: Vec<&str> = grid.texts(row).collect();
            if texts.len() > 3 {
                break;
            }
            let found = texts
                .iter()
                .find_map(|text| Some((*text, self.titles.find(text, self.unit)?)));
            let is_caption = texts
                .iter()
                .filter(|text| title::read_caption(text, caption))
                .count()
                > 0;
            if let Some((text, found)) = found.filter(|_| title.is_none()) {
                let at = grid.rows.get(row);
                title = Some(TitleLine {
                    text: normalise::squeeze(text),
                    block: at.map_or(0, |at| at.block),
                    place: at.map(|at| at.row.place.clone()).unwrap_or_default(),
                    found,
                });
            } else if !is_caption && !texts.is_empty() {
                break;
            }
            n_rows = row + 1;
        }
        if title.is_none() && n_rows == grid.n_rows() {
            (None, 0)
        } else {
            (title, n_rows)
        }
    }

    /// A table without a title whose header words are those of exactly one table not found yet. Where it has a title that
    /// the profile does not know, the title must be alike too.
    fn by_header(
        &self,
        grid: &mut Grid<'a>,
        n_caption_rows: usize,
        stranger: Option<(String, usize, Place)>,
        tables: &[FoundTable],
    ) -> Option<(&'a TableSpec, Option<TitleLine>, Parts)> {
        if grid.n_columns < 4 {
            return None;
        }
        let mut best: Option<(u32, &TableSpec, Parts)> = None;
        let mut tie = false;
        for spec in &self.profile.tables {
            let n_columns: usize = spec.panels.iter().map(|p| p.columns.len()).sum();
            if n_columns < 3 || tables.iter().any(|table| table.spec.id == spec.id) {
                continue;
            }
            let alike = |title: &str| {
                normalise::likeness(&title::core_title(title), &spec.title) >= ALIKE_TITLE
            };
            if stranger.as_ref().is_some_and(|(title, ..)| !alike(title)) {
                continue;
            }
            let parts = self.layout(grid, spec, n_caption_rows);
            let n_found: usize = parts
                .choice
                .layout
                .panels
                .iter()
                .map(|p| p.values.len())
                .sum();
            if n_found < n_columns || parts.choice.likeness < KNOWN_BY_HEADER {
                continue;
            }
            tie = best
                .as_ref()
                .is_some_and(|(likeness, ..)| *likeness == parts.choice.likeness);
            if best
                .as_ref()
                .is_none_or(|(likeness, ..)| *likeness < parts.choice.likeness)
            {
                best = Some((parts.choice.likeness, spec, parts));
            }
        }
        let (_, spec, parts) = best.filter(|_| !tie)?;
        let found = TitleMatch {
            spec: self
                .profile
                .tables
                .iter()
                .position(|table| table.id == spec.id)?,
            score: 0,
        };
        let line = stranger.map(|(text, block, place)| TitleLine {
            text,
            block,
            place,
            found,
        });
        Some((spec, line, parts))
    }

    fn layout(&self, grid: &mut Grid<'a>, spec: &TableSpec, n_caption_rows: usize) -> Parts {
        let ruler = header::ruler(grid);
        let (header_end, first_data) = match &ruler {
            Some(ruler) => (ruler.row, ruler.row + 1),
            None => {
                let first = if spec.panels.is_empty() {
                    header::first_open_row(grid, &self.totals, n_caption_rows)
                } else {
                    header::first_data_row(grid, spec, n_caption_rows)
                };
                (first, first)
            }
        };
        let headings = header::headings(grid, n_caption_rows, header_end);
        let mut choice = columns::choose(&Evidence {
            grid,
            spec,
            headings: &headings,
            ruler: ruler.as_ref(),
            first_data,
            dimensions: self.dimensions,
        });
        for panel in &mut choice.layout.panels {
            panel
                .labels
                .retain(|column| !self.is_aside(headings.get(*column)));
        }
        Parts {
            headings,
            ruler,
            first_data,
            choice,
        }
    }

    /// A column of line numbers or remarks says nothing of the row.
    fn is_aside(&self, heading: Option<&Heading>) -> bool {
        let asides = self.profile.words.iter();
        let mut asides = asides.filter(|word| word.role == Some(WordRole::Aside));
        heading.is_some_and(|heading| {
            asides.any(|word| {
                word.words
                    .iter()
                    .any(|w| normalise::name(w) == heading.leaf)
            })
        })
    }

    /// Tables of which only the title and a nil statement were published.
    fn nil_tables(&self, tables: &mut Vec<FoundTable<'a>>) {
        let blocks = &self.document.blocks;
        for (at, block) in blocks.iter().enumerate() {
            let Some(text) = text_of(&block.content) else {
                continue;
            };
            let Some(found) = self
                .titles
                .find(text, self.unit)
                .filter(|found| found.score >= 900)
            else {
                continue;
            };
            let Some(spec) = self.profile.tables.get(found.spec) else {
                continue;
            };
            if tables.iter().any(|table| table.spec.id == spec.id) {
                continue;
            }
            let mut caption = Caption::default();
            let is_nil = blocks
                .iter()
                .skip(at + 1)
                .take(6)
                .map_while(|below| text_of(&below.content))
                .any(|below| {
                    title::read_caption(below, &mut caption);
                    is_nil_statement(below)
                });
            let next_title = blocks.iter().skip(at + 1).take(6).any(|below| {
                text_of(&below.content).is_some_and(|text| {
                    self.titles.find(text, self.unit).is_some() && !is_nil_statement(text)
                })
            });
            if is_nil && !next_title {
                let unit = self.money_unit(spec, &caption);
                tables.push(FoundTable {
                    spec,
                    title: normalise::squeeze(text),
                    has_title: true,
                    title_block: at,
                    title_place: block.place.clone(),
                    caption,
                    unit,
                    grid: Grid::empty(),
                    headings: Vec::new(),
                    ruler: None,
                    first_data: 0,
                    layout: Layout::default(),
                    likeness: 0,
                    blocks: Vec::new(),
                });
            }
        }
    }
}

/// What is known of a grid read as one table.
struct Parts {
    headings: Vec<Heading>,
    ruler: Option<Ruler>,
    first_data: usize,
    choice: Choice,
}

/// "…表为空表", "本表无数据", "没有使用…安排的支出".
fn is_nil_statement(text: &str) -> bool {
    let sentence =
        text.contains(['。', '，', '；']) || text.contains("空表") || text.contains("无数据");
    sentence
        && [
            "空表",
            "无数据",
            "没有使用",
            "没有安排",
            "未安排",
            "无此项",
            "不涉及",
        ]
        .iter()
        .any(|words| text.contains(words))
}

/// "12", "- 12 -", "第 12 页".
fn is_page_number(text: &str) -> bool {
    let folded = normalise::name(text);
    let body = folded.trim_matches(['-', '·', '第', '页', '/', '共']);
    folded.chars().count() <= 12
        && body
            .chars()
            .all(|c| c.is_ascii_digit() || "第页共/-".contains(c))
}

/// Whether a grid goes on where the table before it stopped: as wide, and either with the same header or without any.
fn continues(last: &FoundTable, grid: &Grid, n_caption_rows: usize) -> bool {
    let skip = repeated_rows(last, grid, n_caption_rows);
    if skip > n_caption_rows {
        return true;
    }
    if last.spec.panels.is_empty() {
        // What the columns are is not known yet; a page break leaves the borders where they were.
        let has_figures = (0..grid.n_rows()).any(|row| {
            grid.texts(row)
                .any(|text| mz_budget::money::Decimal::parse(text).is_some())
        });
        return n_caption_rows == 0
            && grid.n_columns == last.grid.n_columns
            && (has_figures || has_labels_only(last, grid));
    }
    // Without a header of its own the first row must be data: as wide as the table, with a figure in a value column.
    let values: Vec<usize> = last
        .layout
        .panels
        .iter()
        .flat_map(|p| p.values.iter().map(|(column, _)| *column))
        .collect();
    let fits = grid.n_columns
        <= last
            .grid
            .n_columns
            .max(values.iter().max().map_or(0, |c| c + 1));
    let widest = grid
        .rows
        .iter()
        .map(|r| {
            let spans = r.row.cells.iter().map(|cell| cell.column_span.max(1));
            spans.sum::<usize>()
        })
        .max()
        .unwrap_or(0);
    let n_figures = values
        .iter()
        .filter(|column| {
            grid.starting(0, **column)
                .is_some_and(|c| mz_budget::money::Decimal::parse(&c.text).is_some())
        })
        .count();
    // A grid just as wide whose value cells hold figures or nothing goes on too, though its first row has no figure.
    let is_plain = |row: usize| {
        values.iter().all(|column| {
            let text = grid.starting(row, *column).map_or("", |c| c.text.trim());
            text.is_empty() || mz_budget::money::Decimal::parse(text).is_some()
        })
    };
    let goes_on = n_figures > 0
        || (grid.n_columns == last.grid.n_columns
            && !values.is_empty()
            && (0..grid.n_rows()).all(is_plain));
    fits && last.grid.n_columns > 0 && widest + 1 >= last.grid.n_columns && goes_on
}

/// Whether a grid has words only where the rows of the table before it have labels: rows whose figures are all blank.
fn has_labels_only(last: &FoundTable, grid: &Grid) -> bool {
    let is_words =
        |text: &str| !text.is_empty() && mz_budget::money::Decimal::parse(text).is_none();
    let is_label = |column: usize| {
        (last.first_data..last.grid.n_rows()).any(|row| is_words(last.grid.label(row, column)))
    };
    let has_text =
        |column: &usize| (0..grid.n_rows()).any(|row| !cell::is_blank(grid.label(row, *column)));
    let mut filled = (0..grid.n_columns).filter(has_text).peekable();
    filled.peek().is_some() && filled.all(is_label)
}

/// Whether a grid under the title again has the first rows of the table again: it is printed twice, and does not go on.
fn begins_again(last: &FoundTable, grid: &Grid, n_caption_rows: usize) -> bool {
    const ROWS: usize = 2;
    let words = |grid: &Grid, row: usize| -> Vec<String> {
        let is_figure = |text: &&str| mz_budget::money::Decimal::parse(text).is_some();
        let texts = grid.texts(row).filter(|text| !is_figure(text));
        texts
            .map(normalise::name)
            .filter(|text| !text.is_empty())
            .collect()
    };
    let skip = repeated_rows(last, grid, n_caption_rows);
    (0..ROWS).all(|row| {
        let first = words(&last.grid, last.first_data + row);
        !first.is_empty() && skip + row < grid.n_rows() && first == words(grid, skip + row)
    })
}

/// How many rows at the head of a continuing grid repeat captions, header or ruler of the table.
fn repeated_rows(last: &FoundTable, grid: &Grid, n_caption_rows: usize) -> usize {
    let folded = |grid: &Grid, row: usize| grid.texts(row).map(normalise::name).collect::<Vec<_>>();
    let header: Vec<Vec<String>> = (0..last.first_data)
        .map(|row| folded(&last.grid, row))
        .filter(|row| !row.is_empty())
        .collect();
    let mut skip = n_caption_rows;
    while skip < grid.n_rows() {
        let row = folded(grid, skip);
        if !row.is_empty() && !header.contains(&row) {
            break;
        }
        skip += 1;
    }
    skip
}
