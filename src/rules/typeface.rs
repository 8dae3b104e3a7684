//! What a font file says of itself: names, licence to embed it, whether Chinese text can be set in it.

use rustybuzz::ttf_parser::{self, Face, PlatformId, Tag, Weight, name_id};

/// Largest font file that is read, MB.
pub const MOST_MEGABYTES: u64 = 64;
/// Most faces of a sound collection.
const MOST_FACES: u32 = 64;
/// Most tables of a face, and most entries of its list of names.
const MOST_TABLES: u16 = 256;
const MOST_NAMES: u16 = 3000;
/// Longest name shown, characters.
const LONGEST_NAME: usize = 60;

/// Characters without which no text of an office can be set.
const COMMON: &str = "的一是不在有人这中大为上个国我以要他时来用们生到";

/// Why a face is not embedded in a paper. Each reads on after the name of the face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file is larger than [`MOST_MEGABYTES`].
    #[error("的文件超过 {MOST_MEGABYTES} MB，没有读取；请换一个字体")]
    TooLarge,
    /// Something else, such as a Type 1 font or a web font.
    #[error("不是 TrueType 或 OpenType 字体（.ttf、.otf、.ttc）；请换一个字体")]
    NotAFont,
    /// Cut off or damaged.
    #[error("的文件不完整或已损坏；请重新安装这个字体，或换一个")]
    Broken,
    /// Reading it takes too long: it was made to be so, or is damaged.
    #[error("的字形读取用时过长，文件可能已损坏；请换一个字体")]
    Slow,
    /// A variable font.
    #[error("是可变字体，不能直接放进 PDF/A 文件；请换用它的固定字重版本（如 Regular）")]
    Variable,
    /// Bitmaps, or outlines of a kind PDF does not know.
    #[error("没有可放大的轮廓（是点阵字体或彩色字体）；请换一个字体")]
    NoOutlines,
    /// It lacks simplified characters of everyday use.
    #[error("没有常用的简体汉字；请换一个中文字体")]
    NotChinese,
    /// `fsType` bit 1 alone.
    #[error("的许可不允许嵌入文件（OS/2 fsType：受限许可）；请换一个允许嵌入的字体")]
    Restricted,
    /// `fsType` bit 9.
    #[error("的许可只允许嵌入点阵（OS/2 fsType 第 9 位），打印会不清晰；请换一个字体")]
    BitmapsOnly,
    /// `fsType` bit 8. Whole Chinese faces would make each letter tens of megabytes large.
    #[error("的许可不允许只嵌入用到的字（OS/2 fsType 第 8 位），整个嵌入则文件过大；请换一个字体")]
    WholeOnly,
    /// It has no `OS/2` table.
    #[error("没有写明嵌入许可（缺少 OS/2 表），不能确定可以嵌入；请换一个字体")]
    NoLicence,
}

/// One face of a font file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typeface {
    /// Place in its file, from 0; other than 0 only in a collection.
    pub index: u32,
    /// PostScript name, as it can stand in a PDF.
    pub name: String,
    /// Name of the family, in Chinese where it has one; of a bold or italic face, its whole name.
    pub family: String,
    /// Every name of the family or of the whole face, in any language.
    pub names: Vec<String>,
    /// Why it is not embedded; `None` where it may be.
    pub refusal: Option<Refusal>,
}

impl Typeface {
    /// Whether a person who says `name` means this face.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        let same = |known: &str| known.eq_ignore_ascii_case(name.trim());
        same(&self.name) || self.names.iter().any(|known| same(known))
    }
}

/// The faces of a font file, which may be one of a few tables only: those with the outlines may be empty.
///
/// # Errors
/// When it is no font, or so damaged that it has no faces.
pub fn faces(file: &[u8]) -> Result<Vec<Typeface>, Refusal> {
    let magics: [&[u8]; 4] = [&[0, 1, 0, 0], b"true", b"OTTO", b"ttcf"];
    if !magics.iter().any(|magic| file.starts_with(magic)) {
        return Err(Refusal::NotAFont);
    }
    let count = ttf_parser::fonts_in_collection(file).unwrap_or(1);
    if count > MOST_FACES {
        return Err(Refusal::Broken);
    }
    let sound = (0..count).filter(|index| !has_too_many_tables(file, *index));
    let faces: Vec<_> = sound.filter_map(|index| face(file, index)).collect();
    if faces.is_empty() { Err(Refusal::Broken) } else { Ok(faces) }
}

/// A directory of thousands of tables, or a list of thousands of names, is nobody's but an attacker's.
fn has_too_many_tables(file: &[u8], index: u32) -> bool {
    let long = |at: usize| {
        let bytes = file.get(at..)?.first_chunk::<4>()?;
        Some(u32::from_be_bytes(*bytes) as usize)
    };
    let short = |at: usize| Some(u16::from_be_bytes(*file.get(at..)?.first_chunk()?));
    let start = match file.starts_with(b"ttcf") {
        true => long(12 + 4 * index as usize),
        false => Some(0),
    };
    let Some(start) = start else { return true };
    let Some(tables) = start.checked_add(4).and_then(short) else { return true };
    let names = (0..tables.min(MOST_TABLES)).find_map(|n| {
        let record = start + 12 + 16 * usize::from(n);
        let is_it = file.get(record..record + 4)? == b"name";
        is_it.then(|| long(record + 8)?.checked_add(2).and_then(short)).flatten()
    });
    tables > MOST_TABLES || names.is_some_and(|names| names > MOST_NAMES)
}

fn face(file: &[u8], index: u32) -> Option<Typeface> {
    let face = Face::parse(file, index).ok()?;
    let names = names(&face);
    // A bold of a family goes by its whole name.
    let is_plain = face.weight() == Weight::Normal && !face.is_italic();
    let family = family(&names, is_plain).unwrap_or_default();
    let name = names
        .iter()
        .filter(|name| name.id == name_id::POST_SCRIPT_NAME)
        .map(|name| postscript(&name.text))
        .chain([postscript(&family)])
        .find(|name| !name.is_empty())
        .unwrap_or_else(|| "LetterFace".to_owned());
    let mut known: Vec<String> = Vec::new();
    for name in names {
        if name.id != name_id::POST_SCRIPT_NAME && !known.contains(&name.text) {
            known.push(name.text);
        }
    }
    let family = if family.is_empty() { name.clone() } else { family };
    Some(Typeface { index, name, family, names: known, refusal: refusal(&face) })
}

struct Name {
    id: u16,
    text: String,
    is_chinese: bool,
}

/// The names that can be read, clean.
fn names(face: &Face<'_>) -> Vec<Name> {
    const WANTED: [u16; 4] = [
        name_id::TYPOGRAPHIC_FAMILY,
        name_id::FAMILY,
        name_id::FULL_NAME,
        name_id::POST_SCRIPT_NAME,
    ];
    let wanted = face.names().into_iter().filter(|name| WANTED.contains(&name.name_id));
    let read = wanted.filter_map(|name| {
        let ascii = || name.name.is_ascii().then(|| String::from_utf8_lossy(name.name).into());
        let text: String = name.to_string().or_else(ascii)?;
        let clean = text.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect::<String>();
        let is_chinese = name.platform_id == PlatformId::Windows && name.language_id == 0x0804;
        Some(Name { id: name.name_id, text: clean.trim().to_owned(), is_chinese })
    });
    read.filter(|name| !name.text.is_empty()).take(200).collect()
}

/// The family's name, or the whole name of a face that is not its plain one: in Chinese before other
/// languages.
fn family(names: &[Name], is_plain: bool) -> Option<String> {
    let mut ids = [name_id::TYPOGRAPHIC_FAMILY, name_id::FAMILY, name_id::FULL_NAME];
    if !is_plain {
        ids.rotate_right(1);
    }
    let orders = [true, false].into_iter().flat_map(|chinese| ids.map(|id| (chinese, id)));
    orders
        .filter_map(|(chinese, id)| {
            names.iter().find(|name| name.id == id && (name.is_chinese || !chinese))
        })
        .map(|name| name.text.clone())
        .next()
}

/// A name without what ends a name in a PDF.
fn postscript(name: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '+');
    name.chars().filter(plain).take(LONGEST_NAME).collect()
}

fn refusal(face: &Face<'_>) -> Option<Refusal> {
    let has =
        |tag| face.raw_face().table_records.into_iter().any(|r| r.tag == Tag::from_bytes(tag));
    let end = |r: ttf_parser::TableRecord| u64::from(r.offset) + u64::from(r.length);
    let length = face.raw_face().data.len() as u64;
    if face.raw_face().table_records.into_iter().any(|record| end(record) > length) {
        return Some(Refusal::Broken);
    }
    if has(b"fvar") || has(b"CFF2") {
        return Some(Refusal::Variable);
    }
    let has_outlines = has(b"CFF ") || (has(b"glyf") && has(b"loca"));
    if !has_outlines {
        return Some(Refusal::NoOutlines);
    }
    if !COMMON.chars().all(|character| face.glyph_index(character).is_some()) {
        return Some(Refusal::NotChinese);
    }
    // OS/2, byte 8: fsType.
    let table = face.raw_face().table(Tag::from_bytes(b"OS/2"));
    let licence = table.and_then(|table| table.get(8..10));
    match licence.map(|bytes| bytes.iter().fold(0, |bits, byte| bits << 8 | u16::from(*byte))) {
        None => Some(Refusal::NoLicence),
        Some(bits) => licensed(bits),
    }
}

/// What the bits of `fsType` forbid; of several kinds of use the most generous counts.
fn licensed(bits: u16) -> Option<Refusal> {
    if bits & 0xE == 0x2 {
        Some(Refusal::Restricted)
    } else if bits & 0x200 != 0 {
        Some(Refusal::BitmapsOnly)
    } else if bits & 0x100 != 0 {
        Some(Refusal::WholeOnly)
    } else {
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn kai() -> Vec<u8> {
        let mut file = Vec::new();
        let mut packed = include_bytes!("../../fonts/LXGWWenKai-Regular.ttf.br").as_slice();
        brotli_decompressor::BrotliDecompress(&mut packed, &mut file).unwrap();
        file
    }

    #[test]
    fn a_face_says_its_names_and_that_it_may_be_embedded() {
        let faces = faces(&kai()).unwrap();
        let [face] = faces.as_slice() else { unreachable!() };
        assert_eq!((face.name.as_str(), face.refusal), ("LXGWWenKai-Regular", None));
        assert_eq!(face.family, "霞鹜文楷");
        assert!(face.is_called("lxgw wenkai") && face.is_called("霞鹜文楷"), "{:?}", face.names);
        assert!(!face.is_called("仿宋"));
    }

    #[test]
    fn the_licence_bits_say_what_may_be_embedded() {
        for (bits, refusal) in [
            (0, None),
            (0x2, Some(Refusal::Restricted)),
            (0x4, None),
            (0x8, None),
            // A font before version 3 of the table may allow several uses.
            (0xA, None),
            (0x108, Some(Refusal::WholeOnly)),
            (0x208, Some(Refusal::BitmapsOnly)),
            (0x302, Some(Refusal::Restricted)),
        ] {
            assert_eq!(licensed(bits), refusal, "{bits:#x}");
        }
    }

    #[test]
    fn what_is_no_font_is_refused() {
        let kai = kai();
        assert_eq!(faces(b""), Err(Refusal::NotAFont));
        assert_eq!(faces(b"%!PS-AdobeFont-1.0: A"), Err(Refusal::NotAFont));
        assert_eq!(faces(b"wOFF\0\0\0\0"), Err(Refusal::NotAFont));
        assert_eq!(faces(b"OTTO"), Err(Refusal::Broken));
        assert_eq!(faces(&kai[..100]), Err(Refusal::Broken));
        for cut in [1000, kai.len() / 2, kai.len() - 10] {
            let refusal = faces(&kai[..cut]).map(|faces| faces[0].refusal);
            assert!(matches!(refusal, Err(Refusal::Broken) | Ok(Some(Refusal::Broken))), "{cut}");
        }
        let endless = [b"ttcf\0\x02\0\0\xff\xff\xff\xff".as_slice(), &[0; 400]].concat();
        assert_eq!(faces(&endless), Err(Refusal::Broken));
    }

    #[test]
    fn names_are_clean() {
        assert_eq!(postscript("Fang Song(仿)/[1]-R%"), "FangSong1-R");
    }
}
