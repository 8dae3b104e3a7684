//! `jiebang completions`: scripts that complete the command line in a shell.

use clap::{Command, ValueHint};
use clap_complete::{Shell, generate};

use super::args::{Completions, ShellName};
use super::{Failure, Status, output, usage};

pub(super) fn run(arguments: &Completions) -> Result<Status, Failure> {
    output::text(&script(arguments.shell));
    Ok(Status::Good)
}

fn script(shell: ShellName) -> String {
    let shell = match shell {
        ShellName::Bash => Shell::Bash,
        ShellName::Zsh => Shell::Zsh,
        ShellName::Fish => Shell::Fish,
        ShellName::Powershell => Shell::PowerShell,
    };
    let (mut command, mut script) = (usage::command(), Vec::new());
    generate(shell, &mut command, "jiebang", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    if shell == Shell::Bash { with_files(&script, &command) } else { script }
}

/// The script for bash with file names first where a command takes files: as it is made, options alone are
/// offered until a letter is typed that none of them begins with.
fn with_files(script: &str, command: &Command) -> String {
    let takes_files = |name: &str| {
        let positionals =
            command.find_subcommand(name).into_iter().flat_map(Command::get_positionals);
        positionals.into_iter().any(|argument| argument.get_value_hint() == ValueHint::FilePath)
    };
    let (mut files, mut lines) = (false, Vec::new());
    for line in script.lines() {
        if let Some(part) = line.strip_prefix("        jiebang") {
            let name = part.strip_suffix(')').and_then(|part| part.strip_prefix("__subcmd__"));
            files = name.is_some_and(takes_files);
        }
        match line {
            _ if !files => lines.push(line),
            "            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then" => {
                lines.push("            if [[ ${cur} == -* ]] ; then");
            }
            // Without an answer of the script bash completes files.
            "            COMPREPLY=( $(compgen -W \"${opts}\" -- \"${cur}\") )" => {}
            _ => lines.push(line),
        }
    }
    lines.into_iter().flat_map(|line| [line, "\n"]).collect()
}
