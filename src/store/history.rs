//! Earlier states of a draft, in the order in which they were saved.

mod thinning;

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
/// A history is thinned once in so many saves.
const THIN_EVERY: u64 = 16;

/// An earlier state of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// When it was written, as the clock had it then.
    pub at: Timestamp,
    /// It is the state just before a restore.
    pub before_restore: bool,
    /// Its file.
    pub path: PathBuf,
    /// Its length.
    pub bytes: u64,
    /// Grows with every save, whatever the clock does; 0 in histories of the first program.
    number: u64,
}

/// What a draft's file held until now.
pub(super) struct State {
    pub(super) bytes: Vec<u8>,
    /// When it was written.
    pub(super) at: Timestamp,
}

/// What the name of a version says.
struct Name {
    at: Timestamp,
    number: u64,
    before_restore: bool,
}

/// The versions in a folder, newest first; none where there is no folder yet.
pub(super) fn list(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<Version>> {
    let with_length = |mut version: Version| {
        version.bytes = disk.about(&version.path).map_or(0, |about| about.length);
        version
    };
    Ok(names(disk, folder)?.into_iter().map(with_length).collect())
}

/// The same without their lengths, which cost a question to the disk each.
fn names(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<Version>> {
    let items = match disk.list(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        items => items?,
    };
    let version = |item: super::disk::Item| {
        let Name { at, number, before_restore } = parse_name(item.name.to_str()?)?;
        let path = folder.join(&item.name);
        Some(Version { at, before_restore, path, bytes: 0, number })
    };
    let mut versions: Vec<Version> = items.into_iter().filter_map(version).collect();
    versions
        .sort_by(|a, b| (b.number, b.at).cmp(&(a.number, a.at)).then_with(|| b.path.cmp(&a.path)));
    Ok(versions)
}

/// Keeps `state`, which the file at `path`, if one is named, holds until it is replaced.
pub(super) fn keep(
    disk: &Arc<dyn Disk>,
    folder: &Path,
    path: Option<&Path>,
    state: &State,
    before_restore: bool,
) -> io::Result<()> {
    atomic::create_folder(disk, folder)?;
    let versions = names(disk.as_ref(), folder)?;
    let newest = versions.first();
    if newest.is_some_and(|newest| {
        newest.before_restore >= before_restore && holds(disk.as_ref(), newest, &state.bytes)
    }) {
        // A save that failed after this, and is tried again.
        return disk.sync_folder(folder);
    }
    let number = newest.map_or(0, |newest| newest.number).saturating_add(1);
    let target = folder.join(Name { at: state.at, number, before_restore }.to_string());
    atomic::write(disk, &target, &state.bytes).or_else(|error| {
        // Where there is no room for a copy, the file itself gets a second name.
        match path {
            Some(path) => atomic::name_too(disk, path, &target).map_err(|_| error),
            None => Err(error),
        }
    })
}

fn holds(disk: &dyn Disk, version: &Version, bytes: &[u8]) -> bool {
    let length = bytes.len() as u64;
    disk.about(&version.path).is_ok_and(|about| about.length == length)
        && disk.read(&version.path, length).is_ok_and(|found| found == bytes)
}

/// Lets go of versions that are too many as of `now`; what cannot be removed stays. Most calls leave it
/// to a later one, unless it is to be `at_once`.
pub(super) fn thin(disk: &dyn Disk, folder: &Path, now: Timestamp, at_once: bool) {
    let Ok(versions) = names(disk, folder) else { return };
    let newest = versions.first().map_or(0, |newest| newest.number);
    if at_once || newest.is_multiple_of(THIN_EVERY) {
        let versions = list(disk, folder).unwrap_or_default();
        for version in thinning::superfluous(&versions, now) {
            let _ = disk.remove_file(&version.path);
        }
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { at, number, before_restore } = self;
        let pin = if *before_restore { PINNED } else { "" };
        let time = TimeZone::UTC.to_datetime(*at);
        let millisecond = at.subsec_millisecond();
        write!(f, "{}.{millisecond:03}-{number}{pin}.json", time.strftime(STAMP))
    }
}

fn parse_name(name: &str) -> Option<Name> {
    let stem = name.strip_suffix(".json")?;
    let (stem, before_restore) = match stem.strip_suffix(PINNED) {
        Some(stem) => (stem, true),
        None => (stem, false),
    };
    let (second, rest) = stem.split_once('.')?;
    let (milliseconds, number) = rest.split_once('-').unwrap_or((rest, "0"));
    let at = TimeZone::UTC.to_timestamp(DateTime::strptime(STAMP, second).ok()?).ok()?;
    let milliseconds = jiff::SignedDuration::from_millis(milliseconds.parse().ok()?);
    let (at, number) = (at.checked_add(milliseconds).ok()?, number.parse().ok()?);
    Some(Name { at, number, before_restore })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_to_the_millisecond_and_in_the_order_of_saving() {
        let folder = tempfile::tempdir().unwrap();
        let disk: Arc<dyn Disk> = Arc::new(crate::store::disk::RealDisk);
        let state =
            |bytes: &[u8], at: &str| State { bytes: bytes.to_vec(), at: at.parse().unwrap() };
        let file = folder.path().join("draft.json");
        // Of the first program, then with the clock put back.
        std::fs::write(folder.path().join("20241121T073012.045.json"), "0").unwrap();
        let times = ["2024-11-21T07:30:12.045Z", "2023-01-01T00:00:00Z", "2024-11-21T07:30:13Z"];
        for (text, time) in [b"a", b"b", b"c"].into_iter().zip(times) {
            keep(&disk, folder.path(), Some(&file), &state(text, time), false).unwrap();
        }
        keep(&disk, folder.path(), Some(&file), &state(b"c", times[2]), false).unwrap();
        keep(&disk, folder.path(), Some(&file), &state(b"c", times[2]), true).unwrap();
        let versions = list(disk.as_ref(), folder.path()).unwrap();
        let texts = versions.iter().map(|version| std::fs::read_to_string(&version.path).unwrap());
        assert_eq!(texts.collect::<Vec<_>>(), ["c", "c", "b", "a", "0"]);
        let found: Vec<_> = versions.iter().map(|version| version.at.to_string()).collect();
        assert_eq!(found, [times[2], times[2], times[1], times[0], times[0]]);
        assert!(versions[0].before_restore && !versions[1].before_restore);
    }
}
