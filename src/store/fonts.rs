//! Font files of this machine: those installed, and those picked for a letter, which are kept.

mod head;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::disk::{Disk, RealDisk};
use super::error::{StoreError, reason};
use super::{Store, atomic};
use crate::domain::LetterFace;
use crate::domain::evidence::hex;
use crate::rules::typeface::{self, MOST_MEGABYTES, Refusal, Typeface};

/// Extensions of files that are looked into.
pub const EXTENSIONS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];
/// Deepest folder within a folder of fonts.
const DEEPEST: usize = 8;
/// Most files that are looked into.
const MOST_FILES: usize = 5000;

/// Where fonts are looked for.
#[derive(Debug, Clone)]
pub struct Fonts {
    /// Those that were picked, in the data folder.
    own: PathBuf,
    /// Those of the system.
    folders: Vec<PathBuf>,
}

/// A face with Chinese characters that was found on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// Its file.
    pub path: PathBuf,
    /// What it says of itself.
    pub face: Typeface,
}

/// Why a font file was not found or not read.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// No font of this name is installed.
    #[error(
        "本机没有安装选用的字体“{0}”；请安装它，或在“检查与导出”页改选。换一台电脑打开草稿时常会这样"
    )]
    Absent(String),
    /// One of this name is, but with other contents.
    #[error("本机的字体“{0}”与选用时的不是同一版本，排出的页面会不同；请在“检查与导出”页重新选用")]
    OtherVersion(String),
    /// Too large to be read.
    #[error("“{}”{}", .0.display(), Refusal::TooLarge)]
    TooLarge(PathBuf),
    /// It cannot be read.
    #[error("读取字体“{}”失败：{}", path.display(), reason(source))]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Fonts {
    /// Fonts of the system, and those kept in the data folder `root`.
    #[must_use]
    pub fn of(root: &Path) -> Self {
        Self::within(root, system_folders())
    }

    /// Fonts of these folders, and those kept in the data folder `root`.
    #[must_use]
    pub fn within(root: &Path, folders: Vec<PathBuf>) -> Self {
        Self { own: root.join("fonts"), folders }
    }

    /// The faces with Chinese characters, those that may be embedded first: 仿宋 before others, those that draw
    /// characters as other regions do last.
    #[must_use]
    pub fn installed(&self) -> Vec<Installed> {
        let mut found: Vec<Installed> = Vec::new();
        for path in self.files() {
            let Ok(head) = head::read(&path, head::Wanted::All) else { continue };
            for face in typeface::faces(&head).unwrap_or_default() {
                let is_chinese = !matches!(face.refusal, Some(Refusal::NotChinese));
                if is_chinese && found.iter().all(|known| known.face.name != face.name) {
                    found.push(Installed { path: path.clone(), face });
                }
            }
        }
        let order = |font: &Installed| {
            let face = &font.face;
            let names = (face.family.clone(), face.name.clone());
            (face.refusal.is_some(), !is_fang_song(face), is_of_other_region(face), names)
        };
        found.sort_by_cached_key(order);
        found
    }

    /// The first face called so, in the order of [`Self::installed`].
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Installed> {
        self.installed().into_iter().find(|font| font.face.is_called(name))
    }

    /// Reads the very file in which a face was chosen.
    ///
    /// # Errors
    /// When it is not on this machine, or only in another version.
    pub fn read(&self, face: &LetterFace) -> Result<Vec<u8>, FontError> {
        let mut error = FontError::Absent(face.family.clone());
        let kept = kept_name(&face.sha256).map(|name| self.own.join(name));
        for path in kept.into_iter().filter(|path| path.is_file()).chain(self.files()) {
            let head = head::read(&path, head::Wanted::Names).unwrap_or_default();
            let faces = typeface::faces(&head).unwrap_or_default();
            if !faces.iter().any(|known| known.name == face.name) {
                continue;
            }
            match read_file(&path) {
                Ok(file) if hash(&file) == face.sha256 => return Ok(file),
                Ok(_) => error = FontError::OtherVersion(face.family.clone()),
                Err(unread) => error = unread,
            }
        }
        Err(error)
    }

    /// Keeps a font file that was picked, so that it is found again wherever it lay.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn keep(&self, face: &LetterFace, file: &[u8]) -> Result<(), StoreError> {
        let Some(name) = kept_name(&face.sha256) else { return Ok(()) };
        let path = self.own.join(name);
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        atomic::create_folders(&disk, &self.own)
            .and_then(|()| if path.is_file() { Ok(()) } else { atomic::write(&disk, &path, file) })
            .map_err(|source| StoreError::io("保存字体", &path, source))
    }

    /// All font files, in an order that is the same each time.
    fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        for folder in self.folders.iter().chain([&self.own]) {
            collect(folder, DEEPEST, &mut files);
        }
        files
    }
}

impl Store {
    /// Fonts of the system, and those that were picked.
    #[must_use]
    pub fn fonts(&self) -> Fonts {
        Fonts::of(self.root())
    }
}

/// Reads a font file whole.
///
/// # Errors
/// When it is none, too large, or cannot be read.
pub fn read_file(path: &Path) -> Result<Vec<u8>, FontError> {
    let io = |source| FontError::Io { path: path.to_owned(), source };
    let about = fs::metadata(path).map_err(io)?;
    if !about.is_file() {
        return Err(io(io::ErrorKind::InvalidInput.into()));
    }
    let most = MOST_MEGABYTES << 20;
    if about.len() > most {
        return Err(FontError::TooLarge(path.to_owned()));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(io)?.take(most).read_to_end(&mut bytes).map_err(io)?;
    Ok(bytes)
}

/// The name under which a file with this hash is kept; `None` for what is no hash.
fn kept_name(sha256: &str) -> Option<String> {
    let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| format!("{}.ttf", sha256.to_ascii_lowercase()))
}

fn hash(file: &[u8]) -> String {
    hex(&Sha256::digest(file))
}

fn is_fang_song(face: &Typeface) -> bool {
    let is_it = |name: &String| name.contains("仿宋") || name.to_lowercase().contains("fangsong");
    face.names.iter().any(is_it)
}

/// Such as Noto Serif CJK JP: the same characters in the forms of Japan.
fn is_of_other_region(face: &Typeface) -> bool {
    let marks = [" JP", " KR", " TC", " HK", " TW"];
    face.names.iter().any(|name| marks.iter().any(|mark| name.contains(mark)))
}

fn system_folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if cfg!(windows) {
        let below =
            |variable, rest: &str| Some(PathBuf::from(std::env::var_os(variable)?).join(rest));
        folders.extend(below("WINDIR", "Fonts"));
        folders.extend(below("LOCALAPPDATA", r"Microsoft\Windows\Fonts"));
        return folders;
    }
    if let Some(user) = directories::UserDirs::new() {
        folders.extend(user.font_dir().map(Path::to_owned));
        folders.push(user.home_dir().join(".fonts"));
    }
    let shared: &[&str] = if cfg!(target_os = "macos") {
        &["/Library/Fonts", "/System/Library/Fonts"]
    } else {
        &["/usr/local/share/fonts", "/usr/share/fonts"]
    };
    folders.extend(shared.iter().map(PathBuf::from));
    folders
}

/// Adds the font files of a folder and those within it; what cannot be read holds none.
fn collect(folder: &Path, deep: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if files.len() >= MOST_FILES {
            return;
        }
        let Ok(about) = fs::metadata(&path) else { continue };
        if about.is_dir() && deep > 0 {
            collect(&path, deep - 1, files);
        } else if about.is_file() && has_extension(&path) {
            files.push(path);
        }
    }
}

fn has_extension(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension.as_str()))
}
