//! 企业资料: the data of companies kept for new drafts, one JSON file each in `<root>/profiles/`.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::disk::{Disk, Kind};
use super::error::{StoreError, reason};
use super::id::DraftId;
use super::{Store, atomic};
use crate::domain::{Company, json_error};
use crate::rules::credit_code;

/// Version of the file this program writes.
const SCHEMA: u32 = 1;

/// Largest file read, bytes; a company's data are a few thousand.
const MAX_BYTES: u64 = 4 << 20;

/// A profile in the store: its file's name without `.json`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProfileId(String);

impl ProfileId {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of a file found among the profiles; `None` for a hidden one or one of another kind.
    fn of_file(path: &Path) -> Option<Self> {
        let is_json = path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("json"));
        let name = path.file_stem()?.to_str()?;
        (is_json && !name.starts_with('.')).then(|| Self(name.to_owned()))
    }
}

/// Kept company data; an unreadable file is listed with its problem, never dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name in the store.
    pub id: ProfileId,
    /// The file.
    pub path: PathBuf,
    /// The data; or a sentence that says why they cannot be read.
    pub company: Result<Company, String>,
    /// When it was last written.
    pub modified: SystemTime,
}

impl Profile {
    /// The company's name, or its code where it has none; empty where unreadable.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.company {
            Ok(company) if company.name.trim().is_empty() => company.credit_code.trim(),
            Ok(company) => company.name.trim(),
            Err(_) => "",
        }
    }
}

/// What keeping a company's data did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where they are.
    pub id: ProfileId,
    /// Those of the same company that lie in the bin now.
    pub replaced: Option<ProfileId>,
}

/// The two are one company: of the same 统一社会信用代码 or the same name.
#[must_use]
pub fn is_same(one: &Company, other: &Company) -> bool {
    let code = |company: &Company| credit_code::normalize(&company.credit_code);
    let same = |a: &str, b: &str| !a.is_empty() && a == b;
    same(&code(one), &code(other)) || same(one.name.trim(), other.name.trim())
}

/// The file's shape.
#[derive(Serialize, Deserialize)]
struct ProfileFile {
    schema: u32,
    company: Company,
}

impl Store {
    /// Every profile, last written first.
    pub fn profiles(&self) -> Result<Vec<Profile>, StoreError> {
        self.profiles_in(&self.profiles_folder())
    }

    /// Every profile in the bin.
    pub fn profile_bin(&self) -> Result<Vec<Profile>, StoreError> {
        self.profiles_in(&self.profile_bin_folder())
    }

    fn profiles_in(&self, folder: &Path) -> Result<Vec<Profile>, StoreError> {
        list(self.disk.as_ref(), folder).map_err(|source| self.io("读取", folder, source))
    }

    /// Reads a profile.
    pub fn load_profile(&self, id: &ProfileId) -> Result<Company, StoreError> {
        read(self.disk.as_ref(), &self.profile_path(id)).map_err(StoreError::Profile)
    }

    /// Keeps a company's data. Those kept before of the same company go to the bin, unless they are the
    /// very same.
    pub fn keep_profile(&self, company: &Company) -> Result<Kept, StoreError> {
        let mut same = self.profiles_of(company)?;
        if let Some(at) = same.iter().position(|known| known.company.as_ref() == Ok(company)) {
            let known = same.remove(at);
            return self.finish_keeping(known.id, company, &same);
        }
        let before = same.into_iter().next();
        let id = self.new_profile();
        let path = self.profile_path(&id);
        let file = ProfileFile { schema: SCHEMA, company: company.clone() };
        let mut bytes = serde_json::to_vec_pretty(&file).map_err(|error| {
            StoreError::Profile(format!(
                "企业资料“{}”写不成文件：{}",
                path.display(),
                json_error::what(&error)
            ))
        })?;
        bytes.push(b'\n');
        atomic::write(&self.disk, &path, &bytes)
            .map_err(|source| self.io("保存", &path, source))?;
        if let Some(known) = &before {
            self.remove_profile(&known.id)?;
        }
        Ok(Kept { id, replaced: before.map(|known| known.id) })
    }

    /// What kept a profile may have failed after it was written: those it takes the place of go now.
    /// One of the same name alone has another code and may be another company.
    fn finish_keeping(
        &self,
        id: ProfileId,
        company: &Company,
        others: &[Profile],
    ) -> Result<Kept, StoreError> {
        for folder in [self.profile_bin_folder(), self.profiles_folder()] {
            self.disk.sync_folder(&folder).map_err(|source| self.io("保存", &folder, source))?;
        }
        let mut kept = Kept { id, replaced: None };
        let code = |company: &Company| credit_code::normalize(&company.credit_code);
        for other in others {
            let theirs = other.company.as_ref().map(code).unwrap_or_default();
            let ours = code(company);
            if theirs == ours || theirs.is_empty() || ours.is_empty() {
                self.remove_profile(&other.id)?;
                kept.replaced.get_or_insert(other.id.clone());
            }
        }
        Ok(kept)
    }

    /// Moves a profile to the bin.
    pub fn remove_profile(&self, id: &ProfileId) -> Result<(), StoreError> {
        self.move_profile(&self.profile_path(id), &self.profile_bin_folder())
    }

    /// Takes a profile out of the bin. One of the same company that was kept meanwhile goes there.
    pub fn put_back_profile(&self, id: &ProfileId) -> Result<(), StoreError> {
        let from = self.profile_bin_folder().join(format!("{}.json", id.0));
        let kept = match read(self.disk.as_ref(), &from) {
            Ok(company) => self.profiles_of(&company)?.into_iter().next(),
            Err(_) => None,
        };
        self.move_profile(&from, &self.profiles_folder())?;
        kept.map_or(Ok(()), |kept| self.remove_profile(&kept.id))
    }

    /// The profiles of the same company: those of its code, then those of its name.
    fn profiles_of(&self, company: &Company) -> Result<Vec<Profile>, StoreError> {
        let code = credit_code::normalize(&company.credit_code);
        let of_code = |profile: &Profile| {
            let known = profile.company.as_ref().map(|c| credit_code::normalize(&c.credit_code));
            !code.is_empty() && known.as_ref() == Ok(&code)
        };
        let mut same = self.profiles()?;
        same.retain(|profile| profile.company.as_ref().is_ok_and(|known| is_same(known, company)));
        same.sort_by_key(|profile| !of_code(profile));
        Ok(same)
    }

    /// A name that is free here and in the bin.
    fn new_profile(&self) -> ProfileId {
        loop {
            let id = ProfileId(DraftId::new(self.local_time()).to_string());
            let file = format!("{}.json", id.0);
            let places = [self.profile_path(&id), self.profile_bin_folder().join(file)];
            if !places.iter().any(|path| self.disk.is_taken(path)) {
                return id;
            }
        }
    }

    fn move_profile(&self, from: &Path, folder: &Path) -> Result<(), StoreError> {
        let to = folder.join(from.file_name().unwrap_or_default());
        if self.disk.is_taken(&to) {
            // A file a person has copied there under the same name; a rename would overwrite it.
            let source = io::Error::from(io::ErrorKind::AlreadyExists);
            return Err(StoreError::io("移动到", &to, source));
        }
        let moving = |source| self.io("移动", from, source);
        self.disk.rename(from, &to).map_err(moving)?;
        self.sync_moved(from, &to).map_err(moving)
    }

    fn profile_path(&self, id: &ProfileId) -> PathBuf {
        self.profiles_folder().join(format!("{}.json", id.0))
    }

    pub(super) fn profiles_folder(&self) -> PathBuf {
        self.root().join("profiles")
    }

    pub(super) fn profile_bin_folder(&self) -> PathBuf {
        self.profiles_folder().join("bin")
    }
}

fn list(disk: &dyn Disk, folder: &Path) -> io::Result<Vec<Profile>> {
    let items = disk.list(folder)?;
    let mut profiles = Vec::new();
    for item in items {
        let path = folder.join(&item.name);
        let Some(id) = ProfileId::of_file(&path) else { continue };
        let modified = match disk.about(&path) {
            Ok(about) if about.kind == Kind::File => about.modified,
            // What cannot be looked at now is there all the same.
            Err(error) if error.kind() != io::ErrorKind::NotFound => SystemTime::UNIX_EPOCH,
            Ok(_) | Err(_) => continue,
        };
        profiles.push(Profile { id, company: read(disk, &path), path, modified });
    }
    profiles.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| b.id.cmp(&a.id)));
    Ok(profiles)
}

/// Reads a profile's file, once more where that fails for a moment. The sentence says why it cannot.
fn read(disk: &dyn Disk, path: &Path) -> Result<Company, String> {
    read_once(disk, path).or_else(|_| read_once(disk, path))
}

fn read_once(disk: &dyn Disk, path: &Path) -> Result<Company, String> {
    let shown = path.display();
    let unread = |error: io::Error| format!("无法读取企业资料“{shown}”：{}", reason(&error));
    let length = disk.about(path).map_err(unread)?.length;
    if length > MAX_BYTES {
        let megabytes = length >> 20;
        return Err(format!("“{shown}”有 {megabytes} MB，不像企业资料，请检查这个文件"));
    }
    let bytes = disk.read(path, MAX_BYTES).map_err(unread)?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Err(format!("企业资料“{shown}”不是 UTF-8 编码，请另存为 UTF-8 后重试"));
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: ProfileFile = serde_json::from_str(text)
        .map_err(|error| format!("企业资料“{shown}”有误，{}", json_error::explain(&error)))?;
    if file.schema > SCHEMA {
        return Err(format!("企业资料“{shown}”是更新版本的揭榜通保存的，请升级程序后再使用"));
    }
    Ok(file.company)
}
