//! Checking a package: every altered, missing or added file.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use zip::ZipArchive;

use super::directory::{Directory, Name, Places};
use super::error::PackageError;
use super::manifest::{self, Listed, Manifest};
use super::name;
use super::read::{Budget, Fault, GoOn, keep, open, parse_draft};
use super::{EVIDENCE, FIGURES, figures_of};
use crate::domain::{Draft, Role};
use crate::rules::check_code::check_code;
use crate::rules::invisible::shown;

/// Most problems that are told one by one.
const MOST_PROBLEMS: usize = 200;

/// What a check of a package found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// No problem at all.
    pub ok: bool,
    /// Each a Chinese sentence.
    pub problems: Vec<String>,
    /// Check code, computed from the draft in the package; the manifest's where there is none.
    pub check_code: String,
    /// 企业名称.
    pub company: String,
    /// Identifier of the notice.
    pub notice: String,
    /// Whose papers; `None` where neither draft nor manifest says.
    pub role: Option<Role>,
    /// Date of the papers as the manifest has it, `YYYY-MM-DD`; may be empty.
    pub date: String,
    /// The files found, in the order of the package, the manifest excepted.
    pub files: Vec<Listed>,
}

impl Verification {
    /// The problem of a package that was exported although its draft had errors, as it may be to carry the
    /// draft to another machine.
    pub const DRAFT_MARK: &'static str = "这是印有“草稿”字样的材料包，导出时还有错误，不能用于报送";

    /// What no check of a file can find, to be shown with every result. The code is that of the draft: it
    /// vouches for what the draft names by its SHA-256, and for no PDF.
    pub const ADVICE: &'static str = "本检查能发现材料包中个别文件的改动、缺失和增加，\
         但发现不了有人把文件连同清单一起更换，或把整个材料包重新制作。\
         请将此校验码与盖章纸质材料上印的校验码核对：核对通过而且校验码一致，说明包内的草稿（draft.json）\
         及其插图、佐证材料原件与盖章时相同；包内的各张表、申请书、佐证材料册（PDF 和 Word 文件）不在校验码之内，\
         其内容请与盖章纸质材料逐页对照，以纸质材料为准。";
}

/// Checks a package against its own manifest and its draft. Nothing is written anywhere.
pub fn verify(reader: impl Read + Seek) -> Result<Verification, PackageError> {
    examine(reader, &|_| true).map(|(verification, _)| verification)
}

/// [`verify`], and whether the package unpacks to more than a package may.
pub(super) fn examine(
    mut reader: impl Read + Seek,
    go_on: GoOn<'_>,
) -> Result<(Verification, bool), PackageError> {
    let mut found = Found::default();
    let budget = Budget::of(&mut reader, go_on)?;
    let mut archive = open(&mut reader)?;
    if archive.offset() != 0 {
        found.problem("ZIP 文件开头有多余的内容".to_owned());
    }
    let start = archive.central_directory_start();
    // Of entries of one name the crate keeps one.
    let count = (!archive.has_duplicate_names()).then_some(archive.len());
    let is_bomb = match found.read_all(&mut archive, budget) {
        Err(Fault::Cancelled) => return Err(PackageError::Cancelled),
        read => read.is_err(),
    };
    // Entries twice in the directory are told of by name below.
    if !archive.has_duplicate_names() && archive.validate_header_consistency().is_err() {
        found.problem("ZIP 内部的文件目录前后不一致，不同软件解压的结果可能不同".to_owned());
    } else if !is_bomb && found.unreadable.is_empty() && found.places.leave_gaps(start) {
        found.problem("ZIP 文件中夹有不属于任何文件的内容".to_owned());
    }
    drop(archive);
    found.look_at_directory(&Directory::read(&mut reader, start)?, count);
    let manifest = found.take_manifest();
    if let Some(manifest) = &manifest {
        found.compare(manifest);
    }
    let draft = found.take_draft();
    if let Some(draft) = &draft {
        found.look_for_figures(draft);
        found.look_for_evidence(draft);
        found.look_for_strangers(draft);
    }
    if let (Some(draft), Some(manifest)) = (&draft, &manifest) {
        found.compare_draft(draft, manifest);
    }
    Ok((found.report(draft.as_ref(), manifest), is_bomb))
}

/// What has been read of a package, and what is wrong with it.
#[derive(Debug, Default)]
struct Found {
    files: Vec<Listed>,
    /// Paths that are there but could not be read to their end; said already.
    unreadable: BTreeSet<String>,
    manifest: Option<Vec<u8>>,
    draft: Option<Vec<u8>>,
    /// Folders that have an entry of their own.
    folders: Vec<String>,
    places: Places,
    problems: Vec<String>,
    /// Problems beyond [`MOST_PROBLEMS`].
    untold: usize,
}

impl Found {
    fn problem(&mut self, text: String) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(text);
        } else {
            self.untold += 1;
        }
    }

    /// An error where nothing more should be unpacked.
    fn read_all<R: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<R>,
        mut budget: Budget<'_>,
    ) -> Result<(), Fault> {
        let read =
            (0..archive.len()).try_for_each(|index| self.read_entry(archive, index, &mut budget));
        if read == Err(Fault::Bomb) {
            self.problem("解压后的总量或压缩比异常，可能是恶意文件，其余文件未检查".to_owned());
        }
        read
    }

    /// An error where nothing more should be unpacked.
    fn read_entry<R: Read + Seek>(
        &mut self,
        archive: &mut ZipArchive<R>,
        index: usize,
        budget: &mut Budget<'_>,
    ) -> Result<(), Fault> {
        let path = match archive.name_for_index(index) {
            Some(Ok(path)) => path.into_owned(),
            _ => {
                self.problem(format!("第 {} 个文件的文件名无法识别", index + 1));
                return Ok(());
            }
        };
        let shown = shown(&path);
        if let Some(danger) = name::danger(&path) {
            self.problem(format!("“{shown}”{danger}"));
        }
        let Ok(entry) = archive.by_index(index) else {
            self.unreadable.insert(path);
            self.problem(format!("“{shown}”已加密或内容已损坏，无法解压"));
            return Ok(());
        };
        if let Some(start) = entry.data_start() {
            self.places.add(entry.header_start(), start.saturating_add(entry.compressed_size()));
        }
        if entry.is_dir() && entry.size() == 0 {
            self.folders.push(path);
            return Ok(());
        }
        let said = entry.size();
        let mut json = Vec::new();
        let is_json = path == manifest::FILE || path == manifest::DRAFT_FILE;
        let read = budget.stream(entry, |chunk| {
            if is_json {
                keep(&mut json, chunk);
            }
        });
        match read {
            Ok((bytes, sha256)) => {
                if bytes != said {
                    self.problem(format!("“{shown}”的实际大小与 ZIP 目录中写的不同"));
                }
                match path.as_str() {
                    manifest::FILE => self.manifest = Some(json),
                    _ => {
                        if path == manifest::DRAFT_FILE {
                            self.draft = Some(json);
                        }
                        self.files.push(Listed { path, bytes, sha256 });
                    }
                }
                Ok(())
            }
            Err(Fault::Cancelled) => Err(Fault::Cancelled),
            Err(fault) => {
                self.problem(format!("“{shown}”的内容已损坏或被改动，无法完整解压"));
                self.unreadable.insert(path);
                if fault == Fault::Bomb { Err(fault) } else { Ok(()) }
            }
        }
    }

    /// `count` entries were checked; `None` where some have one name.
    fn look_at_directory(&mut self, directory: &Directory, count: Option<usize>) {
        if directory.is_followed {
            self.problem("ZIP 文件末尾有多余的内容或注释".to_owned());
        }
        if directory.is_miscounted || count.is_some_and(|count| count != directory.names.len()) {
            self.problem(
                "ZIP 末尾写的文件数与文件目录不符，不同软件解压出的文件可能不同".to_owned(),
            );
        }
        for path in &directory.disguised {
            self.problem(format!(
                "“{path}”是链接或特殊文件，或标成了文件夹，解压时可能写到别的位置，或得不到内容"
            ));
        }
        for path in &directory.ambiguous {
            self.problem(format!("“{path}”的文件名有两种读法，不同软件解压出的名称可能不同"));
        }
        self.look_for_equal_names(&directory.names);
    }

    fn look_for_equal_names(&mut self, names: &[Name]) {
        let mut seen = BTreeMap::new();
        for Name { shown: path, folded } in names {
            match seen.insert(folded.as_str(), path) {
                Some(other) if other == path => self.problem(format!("“{path}”重复出现")),
                Some(other) => {
                    self.problem(format!(
                        "“{path}”与“{other}”只有大小写、全半角、看不见的字符或编码方式不同，\
                         在 Windows 或 macOS 上会互相覆盖，也容易看错"
                    ));
                }
                None => {}
            }
        }
        for (file, path) in seen.iter().filter(|(folded, _)| !folded.ends_with('/')) {
            let folder = format!("{file}/");
            if let Some((_, inner)) =
                seen.range(folder.as_str()..).next().filter(|(name, _)| name.starts_with(&folder))
            {
                self.problem(format!(
                    "“{path}”是文件，又是“{inner}”所在文件夹的名称，解压时两者只能得到一个"
                ));
            }
        }
    }

    fn take_manifest(&mut self) -> Option<Manifest> {
        let Some(json) = self.manifest.take() else {
            if !self.unreadable.contains(manifest::FILE) {
                self.problem("缺少文件清单 manifest.json，无法核对各文件".to_owned());
            }
            return None;
        };
        #[derive(serde::Deserialize)]
        struct Head {
            format: u32,
        }
        match serde_json::from_slice::<Head>(&json) {
            Ok(Head { format }) if format > manifest::FORMAT => {
                self.problem(
                    "文件清单 manifest.json 是更新版本的揭榜通写的，请升级程序后再核对".to_owned(),
                );
                return None;
            }
            _ => {}
        }
        match serde_json::from_slice(&json) {
            Ok(manifest) => Some(manifest),
            Err(error) => {
                let line = error.line();
                self.problem(format!("文件清单 manifest.json 第 {line} 行有误，无法核对各文件"));
                None
            }
        }
    }

    fn take_draft(&mut self) -> Option<Draft> {
        let json = self.draft.take()?;
        match parse_draft(&json) {
            Ok(draft) => Some(draft),
            Err(message) => {
                self.problem(format!("draft.json {message}，无法核对校验码"));
                None
            }
        }
    }

    fn compare(&mut self, manifest: &Manifest) {
        let found: BTreeMap<String, Listed> =
            self.files.iter().map(|file| (file.path.clone(), file.clone())).collect();
        let mut listed = BTreeSet::new();
        for file in &manifest.files {
            let shown = shown(&file.path);
            if !listed.insert(file.path.as_str()) {
                self.problem(format!("文件清单中“{shown}”出现了两次"));
            }
            match found.get(&file.path) {
                None if self.unreadable.contains(&file.path) => {}
                None => self.problem(format!("缺少文件“{shown}”")),
                Some(real) if real.bytes != file.bytes => self.problem(format!(
                    "“{shown}”被改动：大小应为 {} 字节，实际 {} 字节",
                    file.bytes, real.bytes
                )),
                Some(real) if real.sha256 != file.sha256 => {
                    self.problem(format!("“{shown}”被改动：内容与清单中的 SHA-256 不符"));
                }
                Some(_) => {}
            }
        }
        if !listed.contains(manifest::DRAFT_FILE) {
            self.problem("文件清单中没有 draft.json".to_owned());
        }
        let unreadable = self.unreadable.iter().filter(|path| *path != manifest::FILE);
        let added: Vec<String> = found
            .keys()
            .chain(unreadable)
            .filter(|path| !listed.contains(path.as_str()))
            .map(|path| format!("多出清单中没有的文件“{}”", shown(path)))
            .collect();
        // Other programs add entries for the folders of files.
        let holds =
            |folder: &str| listed.range(folder..).next().is_some_and(|p| p.starts_with(folder));
        let empty: Vec<String> = self
            .folders
            .iter()
            .filter(|folder| !holds(folder))
            .map(|folder| format!("多出清单中没有的文件夹“{}”", shown(folder)))
            .collect();
        added.into_iter().chain(empty).for_each(|problem| self.problem(problem));
    }

    fn look_for_figures(&mut self, draft: &Draft) {
        let found: BTreeSet<&str> = self.files.iter().map(|file| file.sha256.as_str()).collect();
        let letters = draft.letters().iter().zip(1..);
        let missing: Vec<String> = letters
            .flat_map(|(letter, item)| figures_of(letter).map(move |(n, figure)| (item, n, figure)))
            .filter(|(.., figure)| !found.contains(figure.file.sha256.as_str()))
            .map(|(item, number, figure)| {
                let shown = shown(&figure.file.name);
                format!("事项 {item} 图 {number} 的文件“{shown}”不在材料包中，或内容已被改动")
            })
            .collect();
        missing.into_iter().for_each(|problem| self.problem(problem));
    }

    fn look_for_evidence(&mut self, draft: &Draft) {
        let found: BTreeSet<&str> = self.files.iter().map(|file| file.sha256.as_str()).collect();
        let pieces = draft.evidence();
        let missing: Vec<String> = pieces
            .flat_map(|(item, number, piece)| {
                piece.files.iter().map(move |file| (item, number, file))
            })
            .filter(|(.., file)| !found.contains(file.sha256.as_str()))
            .map(|(item, number, file)| {
                let (item, number) = (item + 1, number + 1);
                let shown = shown(&file.name);
                format!("事项 {item} 佐证材料 {number} 的文件“{shown}”不在材料包中，或内容已被改动")
            })
            .collect();
        missing.into_iter().for_each(|problem| self.problem(problem));
    }

    /// The check code vouches for the figures and the evidence that the draft names, so no others may lie
    /// beside them.
    fn look_for_strangers(&mut self, draft: &Draft) {
        let known: BTreeSet<&str> = draft.attachments().map(|file| file.sha256.as_str()).collect();
        let is_strange = |file: &&Listed| {
            let is_original =
                [FIGURES, EVIDENCE].iter().any(|folder| file.path.starts_with(folder));
            is_original && !known.contains(file.sha256.as_str())
        };
        let strange: Vec<String> = self
            .files
            .iter()
            .filter(is_strange)
            .map(|file| format!("“{}”不是草稿中的插图或佐证材料", shown(&file.path)))
            .collect();
        strange.into_iter().for_each(|problem| self.problem(problem));
    }

    fn compare_draft(&mut self, draft: &Draft, manifest: &Manifest) {
        if manifest.draft_mark {
            self.problem(Verification::DRAFT_MARK.to_owned());
        }
        let code = check_code(draft);
        if code != manifest.check_code {
            self.problem(format!(
                "校验码不符：按 draft.json 计算为 {code}，清单中为 {}",
                shown(&manifest.check_code)
            ));
        }
        for (what, in_draft, in_manifest) in [
            ("企业名称", draft.company.name.as_str(), &manifest.company),
            ("通知", &draft.notice, &manifest.notice),
            ("角色", draft.role.key(), &manifest.role),
        ] {
            if in_draft != in_manifest {
                let (draft, manifest) = (shown(in_draft), shown(in_manifest));
                self.problem(format!("{what}不符：draft.json 中为“{draft}”，清单中为“{manifest}”"));
            }
        }
    }

    fn report(mut self, draft: Option<&Draft>, manifest: Option<Manifest>) -> Verification {
        if self.untold > 0 {
            self.problems.push(format!("另有 {} 处问题没有列出", self.untold));
        }
        let listed = manifest.as_ref();
        let role = listed.and_then(|m| Role::ALL.iter().copied().find(|role| role.key() == m.role));
        let text = |of_manifest: fn(&Manifest) -> &String| {
            listed.map(of_manifest).map(|text| shown(text)).unwrap_or_default()
        };
        Verification {
            ok: self.problems.is_empty(),
            check_code: draft.map_or_else(|| text(|m| &m.check_code), check_code),
            company: draft.map_or_else(|| text(|m| &m.company), |d| shown(&d.company.name)),
            notice: draft.map_or_else(|| text(|m| &m.notice), |d| shown(&d.notice)),
            role: draft.map(|draft| draft.role).or(role),
            date: text(|m| &m.date),
            problems: self.problems,
            files: self.files,
        }
    }
}
