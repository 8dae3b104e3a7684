//! Where a password comes from: a file, standard input or the terminal, never the command line, which
//! everybody on the machine can read.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::Path;

use super::Failure;
use crate::domain::Password;
use crate::domain::io_error::reason;

/// Longest first line, bytes.
const MOST: u64 = 4096;

/// The first line of a file, or with `-` of standard input.
pub(super) fn from_file(path: &Path) -> Result<Password, Failure> {
    let is_input = path == Path::new("-");
    let shown = if is_input { "标准输入".into() } else { path.display().to_string() };
    let unreadable =
        |error: io::Error| Failure::Other(format!("密码文件“{shown}”无法读取：{}", reason(&error)));
    let read = if is_input {
        first_line(io::stdin().lock())
    } else {
        File::open(path).and_then(|file| first_line(BufReader::new(file)))
    };
    let password = read.map_err(unreadable)?;
    let why = match password {
        None => "第一行太长，或不是 UTF-8 编码",
        Some(password) if password.is_empty() => "第一行是空的",
        Some(password) => return Ok(password),
    };
    Err(Failure::Other(format!("密码文件“{shown}”的{why}；请把打开密码写在第一行")))
}

/// `None`: it is too long or no text.
fn first_line(reader: impl BufRead) -> io::Result<Option<Password>> {
    // At once as large as it may become: nothing is left behind in memory by growing.
    let mut line = zeroize::Zeroizing::new(Vec::with_capacity(MOST as usize + 1));
    reader.take(MOST + 1).read_until(b'\n', &mut line)?;
    if line.len() as u64 > MOST {
        return Ok(None);
    }
    let Ok(text) = std::str::from_utf8(&line) else { return Ok(None) };
    // Notepad begins files so.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned().into()))
}

/// The password that opens `what`: from the file that was named, else asked for on the terminal.
pub(super) fn to_open(what: &Path, file: Option<&Path>) -> Result<Password, Failure> {
    if let Some(file) = file {
        return from_file(file);
    }
    let shown = what.display();
    if !io::stdin().is_terminal() {
        return Err(Failure::Other(format!(
            "“{shown}”已加密，需要打开密码：请把密码写在一个文件的第一行，用 --password-file 指定这个文件"
        )));
    }
    let asked = rpassword::prompt_password(format!("“{shown}”的打开密码（输入时不显示）："));
    let unread = |error| Failure::Other(format!("没有读到打开密码：{}", reason(&error)));
    let password = Password::from(asked.map_err(unread)?);
    if password.is_empty() {
        return Err(Failure::Other("没有输入打开密码".to_owned()));
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(bytes: &[u8]) -> Option<String> {
        first_line(bytes).unwrap().map(|password| password.as_str().to_owned())
    }

    #[test]
    fn the_password_is_the_first_line_as_editors_of_all_systems_write_it() {
        for text in ["Jie 2024\n第二行", "Jie 2024", "Jie 2024\r\n", "\u{feff}Jie 2024\r\n"] {
            assert_eq!(line(text.as_bytes()).as_deref(), Some("Jie 2024"), "{text:?}");
        }
        assert_eq!(line(b"").as_deref(), Some(""));
        assert_eq!((line(b"\xff\xfe"), line(&[b'a'; 5000])), (None, None));
    }
}
