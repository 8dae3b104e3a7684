//! What can be said on the command line.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser, ValueParserFactory};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use jiff::civil::Date;

use crate::domain::Role;
use crate::rules::notice;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "jiebang",
    bin_name = "jiebang",
    about = "揭榜通：离线准备大企业“发榜”中小企业“揭榜”申报材料",
    override_usage = "jiebang [草稿]\n  jiebang <命令> [选项]",
    disable_help_subcommand = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    next_help_heading = "选项"
)]
pub(super) struct Arguments {
    /// 要在窗口中打开的草稿或材料包；不写则直接打开窗口
    #[arg(value_name = "草稿", help_heading = "参数", value_hint = ValueHint::FilePath)]
    pub(super) draft: Option<PathBuf>,

    /// 数据文件夹，代替系统默认位置（也可用环境变量 JIEBANG_DATA_DIR）
    #[arg(long, global = true, value_name = "文件夹", value_hint = ValueHint::DirPath)]
    pub(super) data_dir: Option<PathBuf>,

    // The window starts the program again with these three after a fault.
    #[arg(long, hide = true, num_args = 0..=1, value_name = "报告")]
    pub(super) failed: Option<Option<PathBuf>>,
    #[arg(long = "draft", id = "failed-draft", hide = true, requires = "failed")]
    pub(super) failed_draft: Option<String>,
    #[arg(long, hide = true, requires = "failed")]
    pub(super) unsaved: bool,

    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 新建草稿文件
    New(New),
    /// 检查草稿
    Check(Check),
    /// 导出打印用 PDF 和材料包
    Export(Export),
    /// 核对材料包是否完整、有无改动
    Verify(Verify),
    /// 把草稿或材料包导入数据文件夹
    Import(Import),
    /// 列出数据文件夹中的草稿
    List(List),
    /// 列出可用的通知
    Notices(List),
    /// 列出本机的中文字体，能否用作申请书正文字体
    Fonts(List),
    /// 输出草稿文件的 JSON Schema
    Schema,
    /// 按 Word 的算法统计字数
    Count(Count),
    /// 按划型标准判定企业规模
    Size(Size),
    /// 检查统一社会信用代码
    Code(Code),
    /// 输出命令行的手册页（man）
    Man,
    /// 输出命令补全脚本，供 bash、zsh、fish、PowerShell 使用
    Completions(Completions),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RoleName {
    Demander,
    Solver,
}

/// The `id` of a notice: any, of which shells complete those that are bundled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoticeName(pub(super) String);

#[derive(Debug, Clone)]
pub(super) struct NoticeNameParser;

impl ValueParserFactory for NoticeName {
    type Parser = NoticeNameParser;

    fn value_parser() -> NoticeNameParser {
        NoticeNameParser
    }
}

impl TypedValueParser for NoticeNameParser {
    type Value = NoticeName;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<NoticeName, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value).map(NoticeName)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue>>> {
        let known = notice::bundled().iter();
        Some(Box::new(known.map(|notice| {
            PossibleValue::new(notice.id.as_str()).help(notice.short_title.as_str())
        })))
    }
}

/// A shell whose completions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ShellName {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Demander => Self::Demander,
            RoleName::Solver => Self::Solver,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

/// How an answer is written.
#[derive(Debug, Args)]
pub(super) struct Output {
    /// 输出格式：text（默认）或 json
    #[arg(
        long,
        value_name = "格式",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Only {
    Pdf,
    Zip,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct New {
    /// 通知，如 shanghai-2024（用 jiebang notices 查看）
    #[arg(long, value_name = "通知", hide_possible_values = true)]
    pub(super) notice: NoticeName,
    /// 身份：demander（发榜大企业）或 solver（揭榜中小企业）
    #[arg(long, value_name = "身份", hide_possible_values = true)]
    pub(super) role: RoleName,
    /// 填好的示例，连同佐证材料
    #[arg(long)]
    pub(super) sample: bool,
    /// 写到哪个文件；已有的文件不覆盖
    #[arg(short, long, value_name = "文件", value_hint = ValueHint::FilePath)]
    pub(super) output: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Check {
    /// 草稿文件
    #[arg(value_name = "草稿", help_heading = "参数", value_hint = ValueHint::FilePath)]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) output: Output,
    /// 按哪一天检查期限，如 2024-07-08；默认今天
    #[arg(long, value_name = "日期", value_parser = date)]
    pub(super) date: Option<Date>,
    /// 草稿的打开密码在哪个文件里（第一行；- 表示标准输入），草稿加了密码时用；不写则在终端上询问
    #[arg(long, value_name = "文件", value_hint = ValueHint::FilePath)]
    pub(super) password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Export {
    /// 草稿文件，可以有多个
    #[arg(value_name = "草稿", required = true, help_heading = "参数", value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<PathBuf>,
    /// 导出到哪个文件夹
    #[arg(short, long, value_name = "文件夹", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,
    /// 报送清单和文件上的日期，如 2024-07-08；默认今天
    #[arg(long, value_name = "日期", value_parser = date)]
    pub(super) date: Option<Date>,
    /// 只导出 pdf 或只导出 zip
    #[arg(long, value_name = "种类", hide_possible_values = true)]
    pub(super) only: Option<Only>,
    /// 同时写出可编辑的 Word 文件（.docx），放在“可编辑”文件夹内
    #[arg(long)]
    pub(super) docx: bool,
    /// 申请书正文字体：本机字体的名称，或字体文件；默认按草稿
    #[arg(long, value_name = "字体")]
    pub(super) letter_face: Option<String>,
    /// 有错误也导出，每页印上“草稿”
    #[arg(long)]
    pub(super) force: bool,
    /// 给材料包（ZIP）加打开密码，密码在这个文件的第一行（- 表示标准输入）；忘记密码无法找回
    #[arg(long, value_name = "文件", value_hint = ValueHint::FilePath)]
    pub(super) password_file: Option<PathBuf>,
    /// 草稿的打开密码在哪个文件里（第一行；- 表示标准输入），草稿加了密码时用；不写则在终端上询问
    #[arg(long, value_name = "文件", value_hint = ValueHint::FilePath)]
    pub(super) draft_password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Verify {
    /// 材料包（ZIP）
    #[arg(value_name = "材料包", help_heading = "参数", value_hint = ValueHint::FilePath)]
    pub(super) package: PathBuf,
    /// 材料包的打开密码在哪个文件里（第一行；- 表示标准输入）；不写则在终端上询问
    #[arg(long, value_name = "文件", value_hint = ValueHint::FilePath)]
    pub(super) password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Import {
    /// 草稿文件或材料包
    #[arg(value_name = "文件", help_heading = "参数", value_hint = ValueHint::FilePath)]
    pub(super) file: PathBuf,
    /// 草稿或材料包的打开密码在哪个文件里（第一行；- 表示标准输入）；不写则在终端上询问
    #[arg(long, value_name = "文件", value_hint = ValueHint::FilePath)]
    pub(super) password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct List {
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Count {
    /// UTF-8 文本文件；不写或写 - 则从标准输入读
    #[arg(value_name = "文件", help_heading = "参数", value_hint = ValueHint::FilePath)]
    pub(super) file: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Size {
    /// 所属行业的 2 位数代码（GB/T 4754-2017）
    #[arg(long, value_name = "代码")]
    pub(super) industry: String,
    /// 从业人数（人）
    #[arg(long, value_name = "人", allow_negative_numbers = true)]
    pub(super) employees: Option<String>,
    /// 上年度营业收入（万元）
    #[arg(long, value_name = "万元", allow_negative_numbers = true)]
    pub(super) revenue: Option<String>,
    /// 资产总额（万元），部分行业需要
    #[arg(long, value_name = "万元", allow_negative_numbers = true)]
    pub(super) assets: Option<String>,
    /// 3 位数中类代码，59、70 两个大类需要
    #[arg(long, value_name = "代码")]
    pub(super) class: Option<String>,
    #[command(flatten)]
    pub(super) output: Output,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "选项")]
pub(super) struct Code {
    /// 18 位统一社会信用代码
    #[arg(value_name = "代码", help_heading = "参数")]
    pub(super) code: String,
}

#[derive(Debug, Args)]
#[command(
    next_help_heading = "选项",
    after_help = "放在哪里：\n  \
        bash        ~/.local/share/bash-completion/completions/jiebang\n  \
        zsh         fpath 中的一个文件夹，文件名 _jiebang\n  \
        fish        ~/.config/fish/completions/jiebang.fish\n  \
        powershell  接在 $PROFILE 的末尾"
)]
pub(super) struct Completions {
    /// 哪一种：bash、zsh、fish 或 powershell
    #[arg(value_name = "shell", help_heading = "参数", hide_possible_values = true)]
    pub(super) shell: ShellName,
}

fn date(text: &str) -> Result<Date, String> {
    let date: Date = text.parse().map_err(|_| "应写成 2024-07-08 的样子".to_owned())?;
    // What a ZIP can hold.
    match date.year() {
        1980..=2107 => Ok(date),
        _ => Err("年份应在 1980 到 2107 之间".to_owned()),
    }
}
