//! What the command line gives to shells and to the manual.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[cfg(target_os = "linux")]
use std::fs;
#[cfg(target_os = "linux")]
use std::process::Command;

mod program;

use program::*;

#[test]
fn the_page_of_the_manual_names_every_command_and_what_the_exit_codes_mean() {
    let place = Place::new();
    let page = place.run(&["man"]).ends(0).out;
    assert!(page.contains(".TH JIEBANG 1 "), "{page}");
    let headings: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
    let expected =
        ["名称", "用法", "说明", "参数", "选项", "命令", "退出码", "文件", "环境变量", "举例"];
    assert_eq!(headings, expected);
    let help = place.run(&["--help"]).ends(0).out;
    let list = help.split("命令：\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands = list.lines().filter_map(|line| line.split_whitespace().next());
    for command in commands {
        assert!(page.contains(&format!(".SS {command}\n")), "{command}");
    }
    for word in ["JIEBANG_DATA_DIR", r"\-\-draft\-password\-file", "%APPDATA%", "XDG_DATA_HOME"] {
        assert!(page.contains(word), "{word}");
    }
    for english in ["NAME", "SYNOPSIS", "OPTIONS", "Possible values", "[default"] {
        let known = page.replace("_HOME", "").replace("JIEBANG", "");
        assert!(!known.contains(english), "{english}");
    }
}

#[test]
fn the_examples_of_the_manual_work_as_they_stand() {
    let place = Place::new();
    let page = place.run(&["man"]).ends(0).out.replace(r"\-", "-");
    let examples = page.split(".SH 举例\n").nth(1).unwrap().lines();
    let commands =
        examples.filter_map(|line| line.strip_prefix(r"\fBjiebang ")?.strip_suffix(r"\fR"));
    // As if the window had been open once.
    std::fs::create_dir_all(place.data()).unwrap();
    let mut count = 0;
    for command in commands.filter(|command| !command.starts_with("verify")) {
        place.run(&command.split(' ').collect::<Vec<_>>()).ends(0);
        count += 1;
    }
    assert_eq!(count, 4);
    assert!(place.files("材料").iter().any(|(name, _)| name.ends_with(".zip")));
}

#[test]
fn every_shell_gets_a_script_that_knows_commands_options_and_values() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = place.run(&["completions", shell]).ends(0).out;
        for word in ["completions", "password-file", "letter-face"] {
            assert!(script.contains(word), "{word} for {shell}");
        }
        // That for PowerShell knows no values.
        for word in ["solver", NOTICES[0], NOTICES[1]] {
            assert!(shell == "powershell" || script.contains(word), "{word} for {shell}");
        }
    }
    let other = place.run(&["completions", "csh"]).ends(2);
    assert!(other.err.contains("bash、zsh、fish、powershell"), "{}", other.err);
}

#[cfg(target_os = "linux")]
/// What bash offers for the last of these words; `None`: there is no bash here.
fn offered(place: &Place, words: &[&str]) -> Option<Vec<String>> {
    let try_it = "source \"$1\"; shift; words=(\"$@\"); COMP_WORDS=(\"${words[@]}\"); \
        COMP_CWORD=$((${#words[@]} - 1)); compopt() { :; }; \
        _jiebang jiebang \"${words[-1]}\" \"${words[-2]}\"; printf '%s\\n' \"${COMPREPLY[@]}\"";
    let script = place.path("jiebang.bash");
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", try_it, "bash"]).arg(&script).args(words);
    let output = bash.current_dir(place.folder.path()).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let told = String::from_utf8(output.stdout).unwrap();
    Some(told.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

#[cfg(target_os = "linux")]
#[test]
fn bash_completes_commands_options_values_and_files() {
    let place = Place::new();
    let script = place.run(&["completions", "bash"]).ends(0).out;
    fs::write(place.path("jiebang.bash"), script).unwrap();
    let Some(commands) = offered(&place, &["jiebang", "e"]) else { return };
    assert_eq!(commands, ["export"]);
    let offered = |words: &[&str]| offered(&place, words).unwrap();
    assert_eq!(offered(&["jiebang", "new", "--notice", ""]), NOTICES);
    assert_eq!(offered(&["jiebang", "new", "--role", "s"]), ["solver"]);
    assert_eq!(offered(&["jiebang", "export", "a.json", "--only", ""]), ["pdf", "zip"]);
    assert_eq!(offered(&["jiebang", "completions", "z"]), ["zsh"]);
    assert!(offered(&["jiebang", "check", "--d"]).contains(&"--date".to_owned()));
    // Bash completes files where the script has no answer.
    for command in ["check", "export", "verify", "import", "count"] {
        assert!(offered(&["jiebang", command, ""]).is_empty(), "{command}");
    }
    assert!(offered(&["jiebang", "list", ""]).contains(&"--format".to_owned()));
}
