//! Arguments of the commands about packages, with their help in Chinese and English.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::arguments::{ARGUMENTS, OPTIONS};

/// `new`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("start").required(true).multiple(true))]
pub struct NewArguments {
    /// 模板  Profile
    #[arg(long, value_name = "ID", group = "start", help_heading = OPTIONS)]
    pub profile: Option<String>,
    /// 由上年的资料或公开文件带过来  Roll forward from last year's package or document
    #[arg(long, value_name = "上年", group = "start", help_heading = OPTIONS)]
    pub from: Option<PathBuf>,
    /// 写到哪里：.xlsx 工作簿、.json、没有扩展名的是文件夹  Where to write
    #[arg(short, long, value_name = "路径", help_heading = OPTIONS)]
    pub out: PathBuf,
}

/// `import`
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// 平台导出的工作簿、已公开的文件、预算明细 CSV  Workbooks, documents, CSV of budget lines
    #[arg(required = true, value_name = "文件", help_heading = ARGUMENTS)]
    pub files: Vec<PathBuf>,
    /// 资料；已经有的，并入其中  The package; merged into when it exists
    #[arg(short, long, value_name = "资料", help_heading = OPTIONS)]
    pub out: PathBuf,
    /// 当作本年的数（this-year，默认）还是上年的数（last-year）  Whose facts they are
    #[arg(long = "as", value_enum, default_value = "this-year", value_name = "年", help_heading = OPTIONS, hide_possible_values = true, hide_default_value = true)]
    pub whose: Whose,
    /// 按指定模板读取，不自动选择；CSV 导入新资料时必填  Read with this profile
    #[arg(long, value_name = "ID", help_heading = OPTIONS)]
    pub profile: Option<String>,
}

/// Whose facts are imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Whose {
    /// This year's.
    ThisYear,
    /// Last year's.
    LastYear,
}

/// `convert`
#[derive(Debug, Args)]
pub struct ConvertArguments {
    /// 资料：工作簿、文件夹或 JSON  The package
    #[arg(value_name = "资料", help_heading = ARGUMENTS)]
    pub package: PathBuf,
    /// 写到哪里：.xlsx 工作簿、.json、没有扩展名的是文件夹  Where to write
    #[arg(short, long, value_name = "路径", help_heading = OPTIONS)]
    pub out: PathBuf,
}

/// `check`
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// 资料：工作簿、文件夹或 JSON  The package
    #[arg(value_name = "资料", help_heading = ARGUMENTS)]
    pub package: PathBuf,
    /// 输出格式：human（默认）、json  Output format
    #[arg(long, value_enum, default_value = "human", value_name = "格式", help_heading = OPTIONS, hide_possible_values = true, hide_default_value = true)]
    pub format: TextOrJson,
}

/// Formats of `check` and `withhold`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TextOrJson {
    /// Text for people.
    Human,
    /// JSON.
    Json,
}

/// `diff`
#[derive(Debug, Args)]
pub struct DiffArguments {
    /// 前一份资料或文件  The first package or document
    #[arg(value_name = "前", display_order = 1, help_heading = ARGUMENTS)]
    pub before: PathBuf,
    /// 后一份资料或文件  The second
    #[arg(value_name = "后", display_order = 2, help_heading = ARGUMENTS)]
    pub after: PathBuf,
    /// 按指定模板读取文件，不自动选择  Read documents with this profile
    #[arg(long, value_name = "ID", help_heading = OPTIONS)]
    pub profile: Option<String>,
    /// 输出格式：human（默认）、json、html  Output format
    #[arg(long, value_enum, value_name = "格式", help_heading = OPTIONS, hide_possible_values = true)]
    pub format: Option<DiffFormat>,
    /// 写入文件；未指定格式时由扩展名决定  Write to a file
    #[arg(short, long, value_name = "路径", help_heading = OPTIONS)]
    pub out: Option<PathBuf>,
}

/// Formats of `diff`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// Text for people.
    Human,
    /// `mingzhang.diff/1`
    Json,
    /// One page.
    Html,
}

/// `withhold`
#[derive(Debug, Args)]
pub struct WithholdArguments {
    /// 资料：工作簿、文件夹或 JSON  The package
    #[arg(value_name = "资料", help_heading = ARGUMENTS)]
    pub package: PathBuf,
    /// 以前公开过的文件，外人可以拿来推算  Documents published before
    #[arg(long, value_name = "文件", num_args = 1.., help_heading = OPTIONS)]
    pub published: Vec<PathBuf>,
    /// 推得的区间窄于真值的百分之几算作可推算，默认 20  How narrow an interval counts as found out, in percent
    #[arg(long, default_value = "20", value_name = "百分比", help_heading = OPTIONS, hide_default_value = true)]
    pub within: u32,
    /// 输出格式：human（默认）、json  Output format
    #[arg(long, value_enum, default_value = "human", value_name = "格式", help_heading = OPTIONS, hide_possible_values = true, hide_default_value = true)]
    pub format: TextOrJson,
}
