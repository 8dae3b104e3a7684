//! Why the system could not read or write a file, in Chinese.

use std::io;

/// The reason of an error of the system; one of this program's own speaks for itself.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "文件或文件夹不存在".to_owned(),
        io::ErrorKind::PermissionDenied => "没有权限，或文件正被其他程序占用".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "磁盘空间不足".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "磁盘是只读的".to_owned(),
        io::ErrorKind::AlreadyExists => "同名文件已存在".to_owned(),
        io::ErrorKind::IsADirectory => "这是文件夹，不是文件".to_owned(),
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹".to_owned(),
        io::ErrorKind::InvalidFilename => "文件名不合规定或太长".to_owned(),
        _ => match error.raw_os_error() {
            Some(code) => format!("系统报告错误 {code}"),
            None => error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_s_reasons_are_chinese_and_our_own_are_kept() {
        assert_eq!(reason(&io::Error::from_raw_os_error(2)), "文件或文件夹不存在");
        assert_eq!(reason(&io::Error::from_raw_os_error(4242)), "系统报告错误 4242");
        assert_eq!(reason(&io::Error::other("佐证文件缺失")), "佐证文件缺失");
    }
}
