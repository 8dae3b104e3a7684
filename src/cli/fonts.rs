//! `jiebang fonts`: the Chinese fonts of this machine; and the one a draft's letters are set in.

use std::path::Path;

use serde_json::json;

use super::args::{Format, List};
use super::{Failure, Status, output};
use crate::domain::{Draft, LetterFace};
use crate::store::{Fonts, fonts};
use crate::typeset::letter_face::{self, Unusable};

pub(super) fn run(arguments: &List, root: &Path) -> Result<Status, Failure> {
    let installed = Fonts::of(root).installed();
    match arguments.output.format {
        Format::Json => {
            output::json(&serde_json::Value::Array(installed.iter().map(as_json).collect()));
        }
        Format::Text if installed.is_empty() => {
            output::print("本机没有找到中文字体；申请书正文用程序自带的宋体。");
        }
        Format::Text => installed.iter().for_each(|font| output::print(&as_text(font))),
    }
    Ok(Status::Good)
}

fn as_json(font: &fonts::Installed) -> serde_json::Value {
    let face = &font.face;
    json!({
        "family": face.family,
        "name": face.name,
        "path": font.path,
        "index": face.index,
        "usable": face.refusal.is_none(),
        "refusal": face.refusal.map(|refusal| refusal.to_string()),
    })
}

fn as_text(font: &fonts::Installed) -> String {
    let face = &font.face;
    let verdict = face.refusal.map_or_else(
        || "可以嵌入".to_owned(),
        |refusal| format!("不能用：“{}”{refusal}", face.family),
    );
    format!("{}　{}　{verdict}\n　　{}", face.family, face.name, font.path.display())
}

/// The face that is called so on this machine, or the first usable one of a file.
pub(super) fn chosen(root: &Path, wanted: &str) -> Result<LetterFace, Failure> {
    let other = |error: String| Failure::Other(error);
    let read = |path: &Path| fonts::read_file(path).map_err(|error| other(error.to_string()));
    let unusable = |unusable: Unusable| other(unusable.to_string());
    if Path::new(wanted).is_file() {
        return letter_face::choose(read(Path::new(wanted))?, None).map_err(unusable);
    }
    let Some(font) = Fonts::of(root).find(wanted) else {
        return Err(other(format!(
            "本机没有名为“{wanted}”的中文字体，也没有这个文件；用 jiebang fonts 查看可用的字体"
        )));
    };
    if let Some(refusal) = font.face.refusal {
        return Err(unusable(Unusable::Refused { family: font.face.family, refusal }));
    }
    letter_face::choose(read(&font.path)?, Some(&font.face.name)).map_err(unusable)
}

/// Reads in the face that a draft names.
pub(super) fn prepare(root: &Path, draft: &Draft) {
    letter_face::prepare(draft, |face| Fonts::of(root).read(face).map_err(|e| e.to_string()));
}
