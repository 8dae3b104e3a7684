//! Earlier states of a draft, thinned with age.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::atomic;
use super::disk::Disk;

const STAMP: &str = "%Y%m%dT%H%M%S";
const PINNED: &str = "-before-restore";
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// How long the state before a restore is exempt from thinning.
const PINNED_FOR: i64 = 30 * DAY;

/// An earlier state of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// When it was written.
    pub at: Timestamp,
    /// It is the state just before a restore.
    pub before_restore: bool,
    /// Its file.
    pub path: PathBuf,
    /// Its length.
    pub bytes: u64,
}

/// The versions in a folder, newest first; none where there is no folder yet.
pub(super) fn list(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<Version>> {
    let items = match disk.list(folder) {
        Ok(items) => items,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut versions = Vec::new();
    for item in items {
        if let Some((at, before_restore)) = item.name.to_str().and_then(parse_name) {
            let path = folder.join(&item.name);
            let bytes = disk.about(&path).map_or(0, |about| about.length);
            versions.push(Version { at, before_restore, path, bytes });
        }
    }
    versions.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.path.cmp(&a.path)));
    Ok(versions)
}

/// Keeps `bytes`, the state written at `at`, and thins what is there as of `now`.
pub(super) fn keep(
    disk: &Arc<dyn Disk>,
    folder: &Path,
    bytes: &[u8],
    at: Timestamp,
    before_restore: bool,
    now: Timestamp,
) -> io::Result<()> {
    atomic::create_folder(disk, folder)?;
    let path = free_name(disk.as_ref(), folder, at, before_restore);
    atomic::write(disk, &path, bytes)?;
    for version in superfluous(&list(disk.as_ref(), folder)?, now) {
        disk.remove_file(&version.path)?;
    }
    Ok(())
}

/// Versions to let go, of a list that is newest first: kept are the newest of all, the last of each
/// minute of the past hour, of each hour of the past day, of each day of the past year.
fn superfluous(versions: &[Version], now: Timestamp) -> Vec<&Version> {
    let mut taken = BTreeSet::new();
    let mut superfluous = Vec::new();
    for (index, version) in versions.iter().enumerate() {
        let age = now.as_second() - version.at.as_second();
        let width = match age {
            ..HOUR => MINUTE,
            HOUR..DAY => HOUR,
            _ => DAY,
        };
        let slot = (width, version.at.as_second().div_euclid(width));
        let pinned = version.before_restore && age < PINNED_FOR;
        let expired = age > 366 * DAY;
        if !pinned && index > 0 && (expired || taken.contains(&slot)) {
            superfluous.push(version);
        } else if !version.before_restore {
            taken.insert(slot);
        }
    }
    superfluous
}

fn free_name(disk: &dyn Disk, folder: &Path, mut at: Timestamp, before_restore: bool) -> PathBuf {
    loop {
        let pin = if before_restore { PINNED } else { "" };
        let millisecond = at.subsec_millisecond();
        let time = TimeZone::UTC.to_datetime(at);
        let path = folder.join(format!("{}.{millisecond:03}{pin}.json", time.strftime(STAMP)));
        match at.checked_add(jiff::SignedDuration::from_millis(1)) {
            Ok(next) if disk.is_taken(&path) => at = next,
            _ => return path,
        }
    }
}

fn parse_name(name: &str) -> Option<(Timestamp, bool)> {
    let stem = name.strip_suffix(".json")?;
    let (stem, pinned) = match stem.strip_suffix(PINNED) {
        Some(stem) => (stem, true),
        None => (stem, false),
    };
    let (second, milliseconds) = stem.split_once('.')?;
    let milliseconds: i64 = milliseconds.parse().ok()?;
    let at = TimeZone::UTC.to_timestamp(DateTime::strptime(STAMP, second).ok()?).ok()?;
    let at = at.checked_add(jiff::SignedDuration::from_millis(milliseconds)).ok()?;
    Some((at, pinned))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn autosaves_thin_to_minutes_hours_and_days() {
        let now: Timestamp = "2024-11-21T15:30:00Z".parse().unwrap();
        let mut versions: Vec<Version> = Vec::new();
        // Every ten seconds for two days, newest first, thinned once.
        for step in 0..(2 * DAY / 10) {
            let at = Timestamp::from_second(now.as_second() - step * 10).unwrap();
            versions.push(Version { at, before_restore: false, path: PathBuf::new(), bytes: 0 });
        }
        let gone = superfluous(&versions, now).len();
        let kept = versions.len() - gone;
        // 61 minutes, 24 hours, 2 to 3 days, where an hour or day is cut one more.
        assert!((84..=92).contains(&kept), "{kept}");
    }

    #[test]
    fn the_newest_survives_however_old_and_a_pinned_one_in_a_crowd() {
        let now: Timestamp = "2024-11-21T15:30:00Z".parse().unwrap();
        let at = |second: i64| Timestamp::from_second(now.as_second() - second).unwrap();
        let version = |second, pinned| Version {
            at: at(second),
            before_restore: pinned,
            path: PathBuf::new(),
            bytes: 0,
        };
        assert!(superfluous(&[version(800 * DAY, false)], now).is_empty());
        let crowd =
            [version(5, false), version(6, true), version(7, false), version(900 * DAY, false)];
        let gone: Vec<_> = superfluous(&crowd, now).into_iter().map(|v| v.at).collect();
        assert_eq!(gone, [at(7), at(900 * DAY)]);
    }

    #[test]
    fn names_are_read_back_to_the_millisecond() {
        let folder = tempfile::tempdir().unwrap();
        let at: Timestamp = "2024-11-21T07:30:12.045Z".parse().unwrap();
        let disk: Arc<dyn Disk> = Arc::new(crate::store::disk::RealDisk);
        keep(&disk, folder.path(), b"a", at, false, at).unwrap();
        keep(&disk, folder.path(), b"b", at, true, at).unwrap();
        let versions = list(disk.as_ref(), folder.path()).unwrap();
        assert_eq!(versions.len(), 2);
        assert!(versions.iter().all(|version| version.at == at));
    }
}
