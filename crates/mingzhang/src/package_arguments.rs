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
