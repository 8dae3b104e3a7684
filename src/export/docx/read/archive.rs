//! The parts of a `.docx` that are read, unpacked within bounds.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::tags::{Tag, walk};

/// Largest file looked at, bytes.
pub const MAX_FILE: usize = 64 << 20;
/// Most entries of a file.
const MAX_ENTRIES: usize = 5_000;
/// A part unpacks to so much at the most, bytes: the text of a letter is far less.
const MAX_PART: u64 = 32 << 20;
/// All parts together may be as long as this, each as often as it is named.
const MAX_PARTS: u64 = 128 << 20;
/// Pictures, those that cannot be used too.
const MAX_PICTURES: u64 = 512 << 20;

/// Why a letter cannot be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// More than any letter.
    #[error("这个文件超过 64 MB，没有导入；请在 Word 中压缩或删去图片，另存后再导入")]
    TooLarge,
    /// Word 97–2003, or encrypted: both are compound files.
    #[error(
        "这是旧版 Word 文件（.doc）或加了密码的文件，无法导入；请用 Word 或 WPS 打开，\
         去掉密码，另存为 .docx 后再导入"
    )]
    OldOrLocked,
    /// Something else.
    #[error("这不是 Word 文件（.docx），无法导入；请选择用 Word 或 WPS 保存的 .docx 文件")]
    NotWord,
    /// A ZIP cut off, or with damaged parts.
    #[error("这个 Word 文件不完整或已损坏，无法导入；请用 Word 或 WPS 打开，另存为新文件后再导入")]
    Damaged,
    /// It unpacks to too much.
    #[error("这个文件解压后异常地大，可能是恶意文件，没有导入")]
    Bomb,
    /// Its XML is built as no program builds it.
    #[error("这个文件的内部结构异常（层次过深或含有不允许的声明），可能是恶意文件，没有导入")]
    Hostile,
    /// More text than any letter.
    #[error("这个文件的文字超过 30 万字或段落过多，不像一份申请书，没有导入；请只保留申请书的内容")]
    TooMuch,
    /// No text at all.
    #[error("这个 Word 文件里没有文字，没有可导入的内容；如果内容是扫描图片，请先转成文字")]
    Empty,
}

/// What is read of a `.docx`; a part that is not there is empty.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) document: String,
    pub(super) styles: String,
    pub(super) numbering: String,
    /// Footnotes, endnotes and comments.
    pub(super) notes: Vec<String>,
}

/// An opened file, out of which pictures can be taken.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Paths of the pictures by how the text refers to them.
    pictures: HashMap<String, String>,
    /// Bytes of pictures that may still be unpacked.
    room: u64,
}

impl Archive<'_> {
    /// The path and the bytes of a picture of at most so many.
    ///
    /// # Errors
    /// Why it cannot be taken, in words.
    pub(super) fn picture(
        &mut self,
        relation: &str,
        most: u64,
    ) -> Result<(String, Vec<u8>), String> {
        let missing = || "没有存在文档里".to_owned();
        let path = self.pictures.get(relation).cloned().ok_or_else(missing)?;
        let index = self.zip.index_for_name(&path).ok_or_else(missing)?;
        let damaged = || "图片数据已损坏".to_owned();
        let entry = self.zip.by_index(index).map_err(|_| damaged())?;
        let mut bytes = Vec::new();
        let read = entry.take((most + 1).min(self.room)).read_to_end(&mut bytes);
        self.room = self.room.saturating_sub(bytes.len() as u64);
        if self.room == 0 {
            return Err("图片太多，解压后异常地大".to_owned());
        }
        read.map_err(|_| damaged())?;
        if bytes.len() as u64 > most {
            return Err(format!("超过 {} MB", most >> 20));
        }
        Ok((path, bytes))
    }
}

/// Unpacks what is needed.
pub(super) fn open(bytes: &[u8]) -> Result<(Parts, Archive<'_>), LetterError> {
    if bytes.len() > MAX_FILE {
        return Err(LetterError::TooLarge);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(LetterError::OldOrLocked);
    }
    if !bytes.starts_with(b"PK") {
        return Err(LetterError::NotWord);
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| LetterError::Damaged)?;
    if zip.len() > MAX_ENTRIES {
        return Err(LetterError::Hostile);
    }
    let mut room = MAX_PARTS;
    let mut part = |name: &str| part(&mut zip, name, &mut room);
    let top = targets(&part("_rels/.rels")?.unwrap_or_default(), "")?;
    let main = top.iter().find(|target| target.kind == "officeDocument");
    let main = main.map_or("word/document.xml", |target| target.path.as_str());
    let document = part(main)?.ok_or(LetterError::NotWord)?;
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let relations = part(&format!("{folder}/_rels/{file}.rels"))?.unwrap_or_default();
    let mut parts = Parts { document, ..Parts::default() };
    let mut pictures = HashMap::new();
    for target in targets(&relations, folder)? {
        match target.kind.as_str() {
            "styles" => parts.styles = part(&target.path)?.unwrap_or(parts.styles),
            "numbering" => parts.numbering = part(&target.path)?.unwrap_or(parts.numbering),
            "footnotes" | "endnotes" | "comments" if parts.notes.len() < 3 => {
                parts.notes.extend(part(&target.path)?);
            }
            "image" => {
                pictures.insert(target.id, target.path);
            }
            _ => {}
        }
    }
    Ok((parts, Archive { zip, pictures, room: MAX_PICTURES }))
}

fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    room: &mut u64,
) -> Result<Option<String>, LetterError> {
    let Some(index) = archive.index_for_name(name) else { return Ok(None) };
    let entry = archive.by_index(index).map_err(|_| LetterError::Damaged)?;
    let mut content = Vec::new();
    // What a header says of lengths is not trusted.
    let most = MAX_PART.min(*room);
    entry.take(most + 1).read_to_end(&mut content).map_err(|_| LetterError::Damaged)?;
    *room = room.checked_sub(content.len() as u64).ok_or(LetterError::Bomb)?;
    if content.len() as u64 > most {
        return Err(LetterError::Bomb);
    }
    let content = String::from_utf8(content).map_err(|_| LetterError::Damaged)?;
    Ok(Some(content))
}

/// A part another part refers to.
struct Target {
    /// How the other part calls it.
    id: String,
    /// Last word of its type, such as `styles`.
    kind: String,
    path: String,
}

fn targets(relations: &str, folder: &str) -> Result<Vec<Target>, LetterError> {
    let mut targets = Vec::new();
    walk(relations, &mut |tag| {
        if let Tag::Open("Relationship", attributes) = tag {
            let (kind, path) = (attributes.get("Type"), attributes.get("Target"));
            let is_outside = attributes.get("TargetMode").as_deref() == Some("External");
            if let (Some(kind), Some(path)) = (kind, path)
                && targets.len() < MAX_ENTRIES
                && !is_outside
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let path = match path.strip_prefix('/') {
                    Some(path) => path.to_owned(),
                    None if folder.is_empty() => path,
                    None => format!("{folder}/{path}"),
                };
                let id = attributes.get("Id").unwrap_or_default();
                targets.push(Target { id, kind, path });
            }
        }
        Ok(())
    })?;
    Ok(targets)
}
