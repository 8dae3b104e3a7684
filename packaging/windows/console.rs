//! On Windows `jiebang.com`: the command line. `jiebang.exe` has a window and no console, and whoever starts it
//! from a script would not wait for it; this starts it on the console there is, and ends as it ends.

use std::env;
use std::process::{Command, ExitCode};

/// What the command line answers to unusable input.
const UNUSABLE: u8 = 2;
/// What is started, beside this one.
const PROGRAM: &str = "jiebang.exe";

fn main() -> ExitCode {
    let program = match env::current_exe() {
        // Whatever this one is called, it never starts itself.
        Ok(path) if path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(PROGRAM)) => {
            eprintln!("“{}”是命令行程序，不能叫 {PROGRAM}；请改名为 jiebang.com。", path.display());
            return ExitCode::from(UNUSABLE);
        }
        Ok(path) => path.with_file_name(PROGRAM),
        Err(error) => {
            eprintln!("找不到揭榜通的程序文件：{error}");
            return ExitCode::from(UNUSABLE);
        }
    };
    match Command::new(&program).args(env::args_os().skip(1)).status() {
        // Codes of the program are 0, 1 and 2; what the system ends a program with may be any.
        Ok(status) => {
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            ExitCode::from(code.unwrap_or(UNUSABLE))
        }
        Err(error) => {
            eprintln!("启动不了“{}”：{error}。它应与本程序在同一个文件夹里。", program.display());
            ExitCode::from(UNUSABLE)
        }
    }
}
