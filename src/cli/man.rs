//! `jiebang man`: the page of the manual, made from the arguments.

use std::io::{self, Write};

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, roman};

use super::{Failure, Status, output, usage};
use crate::rules::notice;

const DESCRIPTION: &str = "揭榜通检查、排版、导出大企业“发榜”中小企业“揭榜”的申报材料，全部在本机完成，不联网。\
    不写命令时打开窗口；写命令时不需要图形桌面。草稿是一个 JSON 文件，佐证材料在它旁边的 .files 文件夹里。";

/// Straight quotes, and lines that break between Chinese characters, where groff sets the page.
const PREAMBLE: &str = "\
.ie \\n(.g .ds Aq \\(aq
.el .ds Aq '
.if \\n(.g .mso zh.tmac
";

/// What the exit codes mean, as README says it.
const STATUS: [(&str, &str); 3] = [
    ("0", "正常；只有提醒和建议也是 0。"),
    (
        "1",
        "检查出错误、核对不通过；用 --force 导出了有错误的草稿、导入了与清单不符的材料包，也是 1。",
    ),
    ("2", "文件不能用，命令写得不对，或程序自己出错。"),
];

const FILES: [(&str, &str); 5] = [
    (
        "$XDG_DATA_HOME/jiebang",
        "Linux 上的数据文件夹，默认 ~/.local/share/jiebang。里面 drafts 是草稿，bin 是回收站，profiles 是企业资料，notices 是自己添加的通知。",
    ),
    ("~/Library/Application Support/jiebang", "macOS 上的数据文件夹。"),
    ("%APPDATA%\\jiebang\\data", "Windows 上的数据文件夹。"),
    (
        "portable",
        "程序旁边有这个文件（portable.txt 也行）时，数据放在程序旁边的 data 文件夹，可以带在 U 盘上。",
    ),
    ("log、reports", "数据文件夹里的日志和错误报告，不含草稿的内容、企业和文件的名称。"),
];

const ENVIRONMENT: [(&str, &str); 3] = [
    ("JIEBANG_DATA_DIR", "数据文件夹，代替系统默认位置；--data-dir 优先。"),
    ("JIEBANG_LOG", "日志的详细程度：off、error、warn、info、debug 或 trace，默认 info。"),
    ("XDG_DATA_HOME", "Linux 上数据文件夹的上一级。"),
];

/// Commands to learn from; the notice is one of those that are bundled.
const EXAMPLES: [(&str, &str); 5] = [
    ("jiebang new --notice NOTICE --role solver --sample -o 示例.jiebang", "新建一份填好的示例。"),
    ("jiebang check 示例.jiebang --date 2024-07-08", "按这一天检查。"),
    ("jiebang export 示例.jiebang -o 材料 --date 2024-07-08", "导出到“材料”文件夹。"),
    ("jiebang verify 材料包.zip && echo 完好", "核对收到的材料包。"),
    ("jiebang list --format json", "列出草稿，供脚本读取。"),
];

pub(super) fn run() -> Result<Status, Failure> {
    output::text(&page());
    Ok(Status::Good)
}

fn page() -> String {
    let mut command = usage::command();
    command.build();
    let version = command.get_version().unwrap_or_default().to_owned();
    let man = Man::new(command.clone());
    let mut page =
        format!("{PREAMBLE}.TH JIEBANG 1 \"\" \"jiebang {version}\" \"揭榜通\"\n.ad l\n");
    page += &renamed(&rendered(|w| man.render_name_section(w)), "名称");
    page += &renamed(&rendered(|w| man.render_synopsis_section(w)), "用法");
    let mut roff = Roff::new();
    roff.control("SH", ["说明"]).text([roman(DESCRIPTION)]);
    page += &roff.to_roff();
    page += &rendered(|w| man.render_options_section(w));
    page += &commands(&command);
    for (heading, terms) in [
        ("退出码", &STATUS[..]),
        ("文件", &FILES[..]),
        ("环境变量", &ENVIRONMENT[..]),
        ("举例", &EXAMPLES[..]),
    ] {
        page += &section(heading, terms);
    }
    let notice = notice::bundled().first().map_or("", |notice| notice.id.as_str());
    // A hyphen that is one is escaped in roff.
    page.replace("NOTICE", &notice.replace('-', r"\-"))
}

/// Each of the commands with its arguments, as a part of the same page.
fn commands(command: &Command) -> String {
    let mut parts = Roff::new().control("SH", ["命令"]).to_roff();
    for command in command.get_subcommands() {
        let mut roff = Roff::new();
        roff.control("SS", [command.get_name()]);
        if let Some(usage) = command.get_overridden_usage() {
            roff.text([bold(usage.to_string())]).control("PP", []);
        }
        if let Some(about) = command.get_about() {
            roff.text([roman(format!("{about}。"))]);
        }
        parts += &roff.to_roff();
        // What all of them take stands above.
        let own = command.clone().mut_args(|argument| {
            let of_all = argument.is_global_set() || argument.get_id() == "help";
            argument.hide(of_all)
        });
        let options = rendered(|w| Man::new(own).render_options_section(w));
        // Its headings would begin sections of the page.
        let lines = options.lines().filter(|line| !line.starts_with(".SH"));
        parts.extend(lines.flat_map(|line| [line, "\n"]));
    }
    parts
}

/// A section that says what each of these terms means.
fn section(heading: &str, terms: &[(&str, &str)]) -> String {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for (term, meaning) in terms {
        let term: Inline = bold(*term);
        roff.control("TP", []).text([term]).text([roman(*meaning)]);
    }
    roff.to_roff()
}

/// What is rendered into memory, which does not fail, without the preamble that each piece has.
fn rendered(render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut page = Vec::new();
    let page = render(&mut page).map(|()| String::from_utf8_lossy(&page).into_owned());
    let page = page.unwrap_or_default();
    let lines = page.lines().filter(|line| !PREAMBLE.lines().any(|known| known == *line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// The section under another heading: those of the library are English.
fn renamed(section: &str, heading: &str) -> String {
    let lines = section.lines().filter(|line| !line.starts_with(".SH"));
    let body: String = lines.flat_map(|line| [line, "\n"]).collect();
    Roff::new().control("SH", [heading]).to_roff() + &body
}
