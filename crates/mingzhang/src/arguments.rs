//! The arguments, with their help in Chinese and English.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::package_arguments::{
    CheckArguments, ConvertArguments, DiffArguments, ImportArguments, NewArguments,
    WithholdArguments,
};

const TEMPLATE: &str = "{about-with-newline}\n用法 Usage: {usage}\n\n{all-args}{after-help}";
/// Heading over options.
pub const OPTIONS: &str = "选项 Options";
/// Heading over arguments.
pub const ARGUMENTS: &str = "参数 Arguments";

/// Everything that can be asked for.
#[derive(Debug, Parser)]
#[command(
    name = "mingzhang",
    bin_name = "mingzhang",
    version,
    about = "明账：审核预决算公开文件\nMingzhang: audits budget disclosures",
    help_template = TEMPLATE,
    override_usage = "mingzhang <命令> [选项]",
    subcommand_help_heading = "命令 Commands",
    subcommand_value_name = "命令",
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    after_help = "退出码 Exit status: 0 没有错误级问题 no error-level finding · 1 至少一个 at least one · 2 用法错误或有文件未能读取 usage or unreadable input"
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// 输出语言：zh 或 en  Language of messages
    #[arg(long, global = true, value_enum, default_value = "zh", value_name = "zh|en", help_heading = OPTIONS, hide_possible_values = true, hide_default_value = true)]
    pub lang: LangArgument,
    /// 显示帮助  Print help
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = OPTIONS)]
    help: Option<bool>,
    /// 显示版本  Print version
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = OPTIONS)]
    version: Option<bool>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 审核文件或文件夹  Audit files or folders
    #[command(help_template = TEMPLATE, override_usage = "mingzhang audit [选项] <文件或文件夹>…")]
    Audit(AuditArguments),
    /// 显示读懂了什么  Show what was understood
    #[command(help_template = TEMPLATE, override_usage = "mingzhang read [选项] <文件>")]
    Read(ReadArguments),
    /// 由资料生成整份公开文件  Build a disclosure from a package
    #[command(help_template = TEMPLATE, override_usage = "mingzhang build <资料> -o <文件夹> [选项]")]
    Build(BuildArguments),
    /// 新建资料：空白的，或由上年的带过来  Start a package, empty or from last year's
    #[command(help_template = TEMPLATE, override_usage = "mingzhang new (--profile ID | --from <上年资料或文件>) -o <路径>")]
    New(NewArguments),
    /// 把导出的工作簿、已公开的文件、CSV 导入资料  Import workbooks, documents or CSV into a package
    #[command(help_template = TEMPLATE, override_usage = "mingzhang import [选项] <文件>… -o <资料>")]
    Import(ImportArguments),
    /// 资料在工作簿、文件夹、JSON 之间互转  Convert a package between its forms
    #[command(help_template = TEMPLATE, override_usage = "mingzhang convert <资料> -o <路径>")]
    Convert(ConvertArguments),
    /// 检查资料：哪里有错、还缺什么，指到工作表和单元格  Check a package, naming sheet and cell
    #[command(help_template = TEMPLATE, override_usage = "mingzhang check <资料> [选项]")]
    Check(CheckArguments),
    /// 对比两份资料或文件  Compare two packages or documents
    #[command(help_template = TEMPLATE, override_usage = "mingzhang diff <前> <后> [选项]")]
    Diff(DiffArguments),
    /// 证明不予公开的数不能由公开内容推算，或给出推算  Prove that withheld figures cannot be computed
    #[command(help_template = TEMPLATE, override_usage = "mingzhang withhold <资料> [选项]")]
    Withhold(WithholdArguments),
    /// 解释一条规则  Explain a rule
    #[command(help_template = TEMPLATE, override_usage = "mingzhang explain <编号>")]
    Explain(ExplainArguments),
    /// 列出全部规则  List the rules
    #[command(help_template = TEMPLATE, override_usage = "mingzhang rules [选项]")]
    Rules(RulesArguments),
    /// 列出全部模板  List the profiles
    #[command(help_template = TEMPLATE, override_usage = "mingzhang profiles [选项]")]
    Profiles,
    /// 列出勾稽关系及其成立的理由  List the identities and why each holds
    #[command(help_template = TEMPLATE, override_usage = "mingzhang identities (--profile ID | <文件>)")]
    Identities(IdentitiesArguments),
}

/// `audit`
#[derive(Debug, Args)]
pub struct AuditArguments {
    /// 文件或文件夹；文件夹逐层读取，隐藏文件除外  Files or folders
    #[arg(required = true, value_name = "文件", help_heading = ARGUMENTS)]
    pub files: Vec<PathBuf>,
    /// 按指定模板读取，不自动选择  Read with this profile
    #[arg(long, value_name = "ID", help_heading = OPTIONS)]
    pub profile: Option<String>,
    /// 同时对照的文件：上年的、部门或所属单位的、同年预算、或同一份公开的另一半  Other documents to compare with
    #[arg(long, num_args = 1.., value_name = "文件", help_heading = OPTIONS)]
    pub against: Vec<PathBuf>,
    /// 输出格式：human（默认）、json、sarif、html、xlsx  Output format
    #[arg(long, value_enum, value_name = "格式", help_heading = OPTIONS, hide_possible_values = true)]
    pub format: Option<AuditFormat>,
    /// 写入文件；未指定格式时由扩展名决定  Write to a file
    #[arg(short, long, value_name = "路径", help_heading = OPTIONS)]
    pub out: Option<PathBuf>,
    /// 只输出此级别及以上的问题：error、warning、query、info（默认）  Leave out less serious findings
    #[arg(long, value_enum, default_value = "info", value_name = "级别", help_heading = OPTIONS, hide_possible_values = true, hide_default_value = true)]
    pub min_severity: SeverityArgument,
    /// 颜色：auto（默认）、always、never  Colors
    #[arg(long, value_enum, default_value = "auto", value_name = "何时", help_heading = OPTIONS, hide_possible_values = true, hide_default_value = true)]
    pub color: When,
    /// 不折叠，全部列出  List everything in full
    #[arg(short, long, help_heading = OPTIONS)]
    pub verbose: bool,
}

/// `read`
#[derive(Debug, Args)]
pub struct ReadArguments {
    /// 文件  File
    #[arg(value_name = "文件", help_heading = ARGUMENTS)]
    pub file: PathBuf,
    /// 按指定模板读取，不自动选择  Read with this profile
    #[arg(long, value_name = "ID", help_heading = OPTIONS)]
    pub profile: Option<String>,
    /// 输出格式：human（默认）、json、csv、xlsx  Output format
    #[arg(long, value_enum, value_name = "格式", help_heading = OPTIONS, hide_possible_values = true)]
    pub format: Option<ReadFormat>,
    /// 写入文件；未指定格式时由扩展名决定  Write to a file
    #[arg(short, long, value_name = "路径", help_heading = OPTIONS)]
    pub out: Option<PathBuf>,
}

/// `build`
#[derive(Debug, Args)]
pub struct BuildArguments {
    /// 资料：文件夹、工作簿或 JSON  Package: a folder, a workbook or JSON
    #[arg(value_name = "资料", help_heading = ARGUMENTS)]
    pub package: PathBuf,
    /// 写入的文件夹  Folder to write into
    #[arg(short, long, value_name = "文件夹", help_heading = OPTIONS)]
    pub out: PathBuf,
    /// 格式，逗号分隔；不写为全部  Formats, all by default
    #[arg(long, value_name = "格式", value_delimiter = ',', help_heading = OPTIONS)]
    pub formats: Vec<String>,
    /// 取舍：plain（四舍五入，默认）、additive（使合计相符）  Rounding
    #[arg(long, value_enum, default_value = "plain", value_name = "取舍", help_heading = OPTIONS, hide_possible_values = true, hide_default_value = true)]
    pub rounding: RoundingArgument,
    /// 优先使用的字体文件夹  Folder with fonts
    #[arg(long, value_name = "文件夹", help_heading = OPTIONS)]
    pub fonts: Option<PathBuf>,
}

/// `explain`
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// 规则的编号或名称，如 MZ1001  Code or name of the rule
    #[arg(value_name = "编号", help_heading = ARGUMENTS)]
    pub code: String,
}

/// `rules`
#[derive(Debug, Args)]
pub struct RulesArguments {
    /// 输出格式：human（默认）、json  Output format
    #[arg(long, value_enum, default_value = "human", value_name = "格式", help_heading = OPTIONS, hide_possible_values = true, hide_default_value = true)]
    pub format: RulesFormat,
}

/// `identities`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("of").required(true).multiple(true))]
pub struct IdentitiesArguments {
    /// 文件：列出其中各数之间的勾稽关系  Identities between the figures of a file
    #[arg(value_name = "文件", group = "of", help_heading = ARGUMENTS)]
    pub file: Option<PathBuf>,
    /// 模板：列出其各表之间的勾稽关系；与文件同用时按此模板读取  Identities between the tables of a profile
    #[arg(long, value_name = "ID", group = "of", help_heading = OPTIONS)]
    pub profile: Option<String>,
}

/// How printed figures are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RoundingArgument {
    /// Each by itself.
    Plain,
    /// So that printed sums add up.
    Additive,
}

/// Formats of `audit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AuditFormat {
    /// Text for people.
    Human,
    /// `mingzhang.audit/1`
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// One page.
    Html,
    /// Workbook.
    Xlsx,
}

/// Formats of `read`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// Text for people.
    Human,
    /// `mingzhang.read/1`
    Json,
    /// One line a figure.
    Csv,
    /// Workbook.
    Xlsx,
}

/// Formats of `rules`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// Text for people.
    Human,
    /// JSON.
    Json,
}

/// Severities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SeverityArgument {
    /// 错误
    Error,
    /// 警告
    Warning,
    /// 待说明
    Query,
    /// 提示
    Info,
}

/// When to color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArgument {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<LangArgument> for mz_compose::lang::Lang {
    fn from(lang: LangArgument) -> Self {
        match lang {
            LangArgument::Zh => Self::Zh,
            LangArgument::En => Self::En,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        use clap::CommandFactory as _;
        Arguments::command().debug_assert();
    }
}
