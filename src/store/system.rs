//! What machine this is, for diagnostics and reports.

use std::path::Path;

use sysinfo::{DiskKind, Disks, System};

/// The system with its version and the kind of processor.
#[must_use]
pub fn name() -> String {
    let system = System::long_os_version().unwrap_or_else(|| std::env::consts::OS.to_owned());
    format!("{system}（{}）", std::env::consts::ARCH)
}

/// Memory, bytes: all of it, and what is free.
#[must_use]
pub fn memory() -> (u64, u64) {
    let mut system = System::new();
    system.refresh_memory();
    (system.total_memory(), system.available_memory())
}

/// The disk on which a folder lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// Its file system, such as NTFS.
    pub file_system: String,
    /// It can be pulled.
    pub is_removable: bool,
    /// Without moving parts; `None`: not known.
    pub is_solid: Option<bool>,
    /// Free bytes.
    pub free: u64,
}

/// Where `folder` lies; `None`: not known, such as on a network. Asks every disk and may take long.
#[must_use]
pub fn volume(folder: &Path) -> Option<Volume> {
    let folder = folder.canonicalize().ok()?;
    let disks = Disks::new_with_refreshed_list();
    let holds = disks.list().iter().filter(|disk| holds(disk.mount_point(), &folder));
    let disk = holds.max_by_key(|disk| disk.mount_point().as_os_str().len())?;
    Some(Volume {
        file_system: disk.file_system().to_string_lossy().into_owned(),
        is_removable: disk.is_removable(),
        is_solid: match disk.kind() {
            DiskKind::SSD => Some(true),
            DiskKind::HDD => Some(false),
            DiskKind::Unknown(_) => None,
        },
        free: disk.available_space(),
    })
}

/// Windows writes real paths as `\\?\C:\…`.
fn holds(mount: &Path, folder: &Path) -> bool {
    let shown = folder.to_string_lossy();
    let plain = shown.strip_prefix(r"\\?\").map(Path::new);
    folder.starts_with(mount) || plain.is_some_and(|folder| folder.starts_with(mount))
}

impl std::fmt::Display for Volume {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match (self.is_removable, self.is_solid) {
            (true, _) => "可移动磁盘",
            (false, Some(true)) => "固态硬盘",
            (false, Some(false)) => "机械硬盘",
            (false, None) => "磁盘",
        };
        write!(f, "{kind}（{}），剩余 {}", self.file_system, megabytes(self.free))
    }
}

/// An amount of bytes to be read.
#[must_use]
pub fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_and_its_memory_are_known() {
        assert!(name().contains(std::env::consts::ARCH));
        let (all, free) = memory();
        assert!(all > 0 && free <= all);
    }

    #[test]
    fn a_folder_lies_on_the_disk_mounted_above_it() {
        assert!(holds(Path::new("/"), Path::new("/home/甲")));
        assert!(!holds(Path::new("/media/甲"), Path::new("/home/甲")));
    }
}
