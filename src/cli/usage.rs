//! Reading the arguments, with help and complaints in Chinese.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, CommandFactory, FromArgMatches};

use super::args::Arguments;
use super::{Status, output};

const ROOT_HELP: &str = "{about}\n\n用法：\n  {usage}\n\n{all-args}\n\n\
    退出码：0 正常；1 检查出错误或核对不通过；2 输入或用法有误，或程序自己出错\n\
    各命令的选项用 jiebang <命令> --help 查看\n";
const COMMAND_HELP: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n";

/// The arguments, or how the program ends: help was asked for, or something is wrong.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, Status> {
    let parsed = command().try_get_matches_from(arguments);
    match parsed.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => match &arguments.draft {
            Some(draft) if arguments.command.is_some() || !draft.exists() => {
                output::error(&not_a_command(draft));
                Err(Status::Unusable)
            }
            _ => Ok(arguments),
        },
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                // clap ends headings with a half-width colon.
                let page = error.render().to_string().replace(":\n", "：\n");
                output::print(page.trim_end());
                Err(Status::Good)
            }
            _ => {
                output::error(&complaint(&error));
                Err(Status::Unusable)
            }
        },
    }
}

/// The whole command line, as it is shown.
pub(super) fn command() -> clap::Command {
    let help = || {
        Arg::new("help")
            .short('h')
            .long("help")
            .action(ArgAction::Help)
            .help("显示帮助")
            .help_heading("选项")
    };
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help("显示版本")
        .help_heading("选项");
    Arguments::command()
        .version(env!("CARGO_PKG_VERSION"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .help_template(ROOT_HELP)
        .arg(help())
        .arg(version)
        .mut_subcommands(|sub| {
            let usage = usage(&sub);
            sub.disable_help_flag(true)
                .disable_version_flag(true)
                .help_template(COMMAND_HELP)
                .override_usage(usage)
                .arg(help())
        })
}

/// A first word that names neither a command nor a file.
fn not_a_command(word: &Path) -> String {
    let word = word.display();
    format!("没有“{word}”这个命令，也没有这个文件；用 jiebang --help 查看用法")
}

/// Such as `jiebang export <草稿>... -o <文件夹> [选项]`: clap's own has English in it.
fn usage(command: &clap::Command) -> String {
    let mut usage = format!("jiebang {}", command.get_name());
    let mut optional = false;
    for argument in command.get_arguments() {
        let names = argument.get_value_names().unwrap_or_default();
        let value = names.first().map_or("", |name| name.as_str());
        let more = if matches!(argument.get_action(), ArgAction::Append) { "..." } else { "" };
        match (argument.get_long(), argument.is_required_set()) {
            (Some(long), true) => usage.push_str(&format!(" --{long} <{value}>")),
            (Some(_), false) => optional = true,
            (None, true) => usage.push_str(&format!(" <{value}>{more}")),
            (None, false) => usage.push_str(&format!(" [{value}]")),
        }
    }
    if optional {
        usage.push_str(" [选项]");
    }
    usage
}

/// What is wrong with the arguments, and the way out.
fn complaint(error: &clap::Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识“{argument}”这个选项或参数"),
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面缺少内容"),
        ErrorKind::InvalidValue => {
            let valid = text(ContextKind::ValidValue);
            format!("{argument} 不能是“{value}”，应为 {valid} 之一")
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string);
            format!("{argument} 不能是“{value}”：{}", why.unwrap_or_default())
        }
        ErrorKind::ArgumentConflict => {
            format!("“{argument}”不能与“{}”一起用", text(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues => format!("“{value}”是多余的"),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 后面的内容个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数中有不能识别的字符".to_owned(),
        _ => "参数有误".to_owned(),
    };
    format!("{what}；用 jiebang --help 或 jiebang <命令> --help 查看用法")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint_of(arguments: &[&str]) -> String {
        let error = command().try_get_matches_from(arguments);
        complaint(&error.expect_err("arguments that are wrong"))
    }

    #[test]
    fn the_arguments_are_sound() {
        command().debug_assert();
    }

    #[test]
    fn complaints_name_the_argument_in_chinese() {
        for (arguments, part) in [
            (&["jiebang", "export", "a.json"][..], "缺少 --output <文件夹>"),
            (
                &["jiebang", "new", "--notice", "x", "--role", "boss", "-o", "f"],
                "应为 demander、solver 之一",
            ),
            (&["jiebang", "check", "a", "--frob"], "不认识“--frob”"),
            (&["jiebang", "export", "a", "-o", "b", "--date", "8.7."], "应写成 2024-07-08 的样子"),
        ] {
            let complaint = complaint_of(arguments);
            assert!(complaint.contains(part), "{complaint}");
        }
    }

    #[test]
    fn what_the_window_tells_itself_is_not_in_the_help() {
        let help = command().render_long_help().to_string();
        assert!(help.contains("--data-dir") && !help.contains("--failed"), "{help}");
        assert!(!help.contains("--unsaved") && !help.contains("--draft"), "{help}");
    }

    #[test]
    fn help_holds_no_english_headings() {
        let mut command = command();
        command.build();
        let pages = command.get_subcommands().cloned().chain([command.clone()]);
        for mut page in pages {
            let help = page.render_long_help().to_string();
            for word in
                ["Usage", "Options", "Arguments", "Commands", "Print", "possible values", "default"]
            {
                assert!(!help.contains(word), "{help}");
            }
        }
    }
}
