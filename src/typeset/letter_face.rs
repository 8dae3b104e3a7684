//! The face a person chose for the letters' text: read in once, checked, and kept for the whole run.

mod effort;

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use rustybuzz::ttf_parser::{self, GlyphId, OutlineBuilder};
use sha2::{Digest, Sha256};

use super::page::Face;
use crate::domain::evidence::hex;
use crate::domain::{Draft, Extra, Field, LetterFace, Role, UNTRUSTED_THREAD};
use crate::rules::typeface::{self, MOST_MEGABYTES, Refusal, Typeface};
use crate::rules::{Finding, Severity};
use effort::TooManySteps;

/// Name of the rule.
pub const RULE: &str = "letter_face";
/// Address of the choice.
pub const FIELD: &str = "/print/letter_face";
const CLAUSE: &str = "打印选项：申请书正文字体";

/// Most faces that are chosen in one run: what was laid out with one may be drawn until the end.
pub const MOST: usize = 8;
/// Longest time in which all glyphs of a sound font are looked at, on a slow machine: their steps are
/// counted before.
const PATIENCE: Duration = Duration::from_secs(6);

/// A face that was read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChosenFace(u8);

/// Why a face cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// Its file or its licence forbids it.
    #[error("字体“{family}”{refusal}。")]
    Refused {
        /// Its family, or what else it goes by.
        family: String,
        /// Why.
        refusal: Refusal,
    },
    /// The file is not the one that was chosen.
    #[error("本机的字体“{0}”与选用时的不是同一版本；请在“检查与导出”页重新选用。")]
    OtherVersion(String),
    /// [`MOST`] faces were chosen in this run.
    #[error("这次运行已经试用了 {MOST} 种字体，不能再读入新的；请重新打开程序后再选。")]
    TooMany,
}

struct Loaded {
    face: LetterFace,
    index: u32,
    data: &'static [u8],
    parsed: rustybuzz::Face<'static>,
}

/// Filled from the first; what is in stays.
static LOADED: [OnceLock<Loaded>; MOST] = [const { OnceLock::new() }; MOST];

/// Held while a face is read in.
static LOADING: Mutex<()> = Mutex::new(());

impl ChosenFace {
    /// The face a draft names, where it was read in.
    #[must_use]
    pub fn of(wanted: &LetterFace) -> Option<Self> {
        let is_it = |loaded: &Loaded| {
            loaded.face.sha256 == wanted.sha256 && loaded.face.name == wanted.name
        };
        let mut places = (0_u8..).zip(LOADED.iter().map_while(OnceLock::get));
        places.find(|(_, loaded)| is_it(loaded)).map(|(place, _)| Self(place))
    }

    fn loaded(self) -> Option<&'static Loaded> {
        LOADED.get(self.place())?.get()
    }

    /// A number below [`MOST`].
    pub(super) const fn place(self) -> usize {
        self.0 as usize
    }

    /// The font file.
    pub(super) fn data(self) -> &'static [u8] {
        self.loaded().map_or(&[], |loaded| loaded.data)
    }

    /// Place of the face in its file.
    pub(super) fn index(self) -> u32 {
        self.loaded().map_or(0, |loaded| loaded.index)
    }

    pub(super) fn parsed(self) -> Option<&'static rustybuzz::Face<'static>> {
        Some(&self.loaded()?.parsed)
    }

    /// PostScript name.
    pub(super) fn postscript_name(self) -> &'static str {
        self.loaded().map_or("", |loaded| loaded.face.name.as_str())
    }

    /// Name of the family, as it is shown.
    #[must_use]
    pub fn family(self) -> &'static str {
        self.loaded().map_or("", |loaded| loaded.face.family.as_str())
    }

    /// SHA-256 of its file.
    #[must_use]
    pub fn sha256(self) -> &'static str {
        self.loaded().map_or("", |loaded| loaded.face.sha256.as_str())
    }
}

/// The face the letters' text of a draft is set in.
#[must_use]
pub fn of(draft: &Draft) -> Face {
    let chosen = draft.print.letter_face.as_ref().and_then(ChosenFace::of);
    chosen.map_or(Face::Song, Face::Chosen)
}

/// Reads in a face of a font file: the one called `name`, else the first that may be embedded.
///
/// The file is kept until the program ends, once however often it is chosen.
///
/// # Errors
/// When the file is no sound font, no face of it may be embedded, or too many were chosen.
pub fn choose(file: Vec<u8>, name: Option<&str>) -> Result<LetterFace, Unusable> {
    let refused = |family: &str, refusal| Unusable::Refused { family: family.to_owned(), refusal };
    let called = name.unwrap_or("所选文件");
    if file.len() as u64 > MOST_MEGABYTES << 20 {
        return Err(refused(called, Refusal::TooLarge));
    }
    let faces = typeface::faces(&file).map_err(|refusal| refused(called, refusal))?;
    let mut faces = faces;
    // A face's own name tells more than the name of a family, which another face may have.
    faces.sort_by_key(|face| Some(face.name.as_str()) != name);
    let mut fitting = faces.into_iter().filter(|face| name.is_none_or(|name| face.is_called(name)));
    let Some(first) = fitting.next() else { return Err(Unusable::OtherVersion(called.to_owned())) };
    let face = match first.refusal {
        None => first,
        Some(refusal) => fitting
            .find(|face| face.refusal.is_none())
            .ok_or_else(|| refused(&first.family, refusal))?,
    };
    load(file, face)
}

fn load(file: Vec<u8>, face: Typeface) -> Result<LetterFace, Unusable> {
    let Typeface { index, name, family, .. } = face;
    let face = LetterFace { name, family, sha256: hash(&file), extra: Extra::new() };
    let _loading = LOADING.lock().unwrap_or_else(PoisonError::into_inner);
    if ChosenFace::of(&face).is_some() {
        return Ok(face);
    }
    let free = LOADED.iter().find(|place| place.get().is_none()).ok_or(Unusable::TooMany)?;
    let refused = |refusal| Unusable::Refused { family: face.family.clone(), refusal };
    let shared: Arc<[u8]> = file.into();
    try_glyphs(Arc::clone(&shared), index).map_err(refused)?;
    // A collection of several chosen faces is kept once.
    let same = LOADED.iter().map_while(OnceLock::get).find(|l| l.face.sha256 == face.sha256);
    let data = same.map_or_else(|| &*Box::leak(Box::<[u8]>::from(&*shared)), |loaded| loaded.data);
    let broken = || refused(Refusal::Broken);
    let parsed = rustybuzz::Face::from_slice(data, index).ok_or_else(broken)?;
    let loaded = Loaded { face: face.clone(), index, data, parsed };
    // The lock is held, so the place is still free.
    free.set(loaded).map_err(|_| Unusable::TooMany)?;
    Ok(face)
}

fn hash(file: &[u8]) -> String {
    hex(&Sha256::digest(file))
}

/// Looks at the outline of each glyph once. What would take too many steps is not begun; should the
/// count be wrong, the thread is given up, and ends with the next line it draws.
fn try_glyphs(file: Arc<[u8]>, index: u32) -> Result<(), Refusal> {
    let (done, waits) = mpsc::channel();
    let given_up = Arc::new(AtomicBool::new(false));
    let until = Arc::clone(&given_up);
    let builder = thread::Builder::new().name(UNTRUSTED_THREAD.to_owned());
    let job = move || {
        let drawn = match effort::count(&file, index) {
            Ok(()) => drawn_glyphs(&file, index, &until).ok_or(Refusal::Broken),
            Err(TooManySteps) => Err(Refusal::Slow),
        };
        let _ = done.send(drawn);
    };
    builder.spawn(job).map_err(|_| Refusal::Broken)?;
    match waits.recv_timeout(PATIENCE) {
        Ok(Ok(drawn)) if drawn > 0 => Ok(()),
        Ok(Ok(_)) => Err(Refusal::NoOutlines),
        Ok(Err(refusal)) => Err(refusal),
        Err(RecvTimeoutError::Disconnected) => Err(Refusal::Broken),
        Err(RecvTimeoutError::Timeout) => {
            given_up.store(true, Ordering::Relaxed);
            Err(Refusal::Slow)
        }
    }
}

/// How many glyphs of the face have an outline.
fn drawn_glyphs(file: &[u8], index: u32, given_up: &AtomicBool) -> Option<usize> {
    let face = ttf_parser::Face::parse(file, index).ok()?;
    let glyphs = (0..face.number_of_glyphs()).map(GlyphId);
    let drawn = |glyph: &GlyphId| face.outline_glyph(*glyph, &mut Unseen(given_up)).is_some();
    Some(glyphs.take_while(|_| !given_up.load(Ordering::Relaxed)).filter(drawn).count())
}

/// Draws nothing, and ends the thread when nobody waits for it any more.
struct Unseen<'a>(&'a AtomicBool);

impl Unseen<'_> {
    fn go_on(&self) {
        if self.0.load(Ordering::Relaxed) {
            // ttf-parser has no way to be stopped but this; no message is printed.
            resume_unwind(Box::new(TooManySteps));
        }
    }
}

impl OutlineBuilder for Unseen<'_> {
    fn move_to(&mut self, _: f32, _: f32) {
        self.go_on();
    }
    fn line_to(&mut self, _: f32, _: f32) {
        self.go_on();
    }
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
        self.go_on();
    }
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
        self.go_on();
    }
    fn close(&mut self) {
        self.go_on();
    }
}

/// Faces that were looked for and not found, by name and hash, each with the reason.
static ABSENT: Mutex<BTreeMap<(String, String), String>> = Mutex::new(BTreeMap::new());

fn absent() -> MutexGuard<'static, BTreeMap<(String, String), String>> {
    ABSENT.lock().unwrap_or_else(PoisonError::into_inner)
}

fn key(face: &LetterFace) -> (String, String) {
    (face.name.clone(), face.sha256.clone())
}

/// Reads in the face that a draft names, with `read` that finds its file; where there is none, that is
/// remembered and the file not looked for again.
pub fn prepare<F>(draft: &Draft, read: F)
where
    F: FnOnce(&LetterFace) -> Result<Vec<u8>, String>,
{
    let Some(wanted) = draft.print.letter_face.as_ref().filter(|_| draft.role == Role::Solver)
    else {
        return;
    };
    if ChosenFace::of(wanted).is_some() || absent().contains_key(&key(wanted)) {
        return;
    }
    let found = read(wanted).and_then(|file| match hash(&file) == wanted.sha256 {
        true => choose(file, Some(&wanted.name)).map_err(|unusable| unusable.to_string()).and_then(
            |face| match ChosenFace::of(wanted) {
                Some(_) => Ok(face),
                None => Err(Unusable::OtherVersion(wanted.family.clone()).to_string()),
            },
        ),
        false => Err(Unusable::OtherVersion(wanted.family.clone()).to_string()),
    });
    if let Err(reason) = found {
        absent().insert(key(wanted), reason);
    }
}

/// Looks for faces again that were not found: a person may have installed one meanwhile.
pub fn forget_absent() {
    absent().clear();
}

/// Tells that the letters' text is set in the Song, as the face chosen for it is not there.
#[must_use]
pub fn check_letter_face(draft: &Draft) -> Option<Finding> {
    let wanted = draft.print.letter_face.as_ref().filter(|_| draft.role == Role::Solver)?;
    let reason = absent().get(&key(wanted)).cloned()?;
    let message = format!("申请书正文改用宋体打印：{}。", reason.trim_end_matches('。'));
    Some(Finding::new(Severity::Warning, RULE, Field::from(FIELD), message, CLAUSE))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const FILES: [&[u8]; 3] = [
        include_bytes!("../../tests/fixtures/fonts/fang_song.ttf"),
        include_bytes!("../../tests/fixtures/fonts/outlines.otf"),
        include_bytes!("../../tests/fixtures/fonts/pair.ttc"),
    ];

    /// Everything that is done with a font that passes for sound, all but keeping it.
    fn use_it(file: &[u8]) {
        for face in typeface::faces(file).unwrap_or_default() {
            if try_glyphs(file.into(), face.index) != Ok(()) {
                continue;
            }
            let Some(font) = rustybuzz::Face::from_slice(file, face.index) else { continue };
            let mut buffer = rustybuzz::UnicodeBuffer::new();
            buffer.push_str("的一是不在有人，（12.5%）“新材料”");
            let _ = rustybuzz::shape(&font, &[], buffer);
            let mut glyphs = subsetter::GlyphRemapper::new();
            for glyph in 1..40 {
                glyphs.remap(glyph);
            }
            let _ = subsetter::subset(file, face.index, &glyphs);
        }
    }

    #[test]
    fn fonts_that_are_cut_off_or_damaged_do_no_harm() {
        let mut random = 1_u64;
        let mut next = |below: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (random >> 33) as usize % below
        };
        for sound in FILES {
            for part in 1..40 {
                use_it(&sound[..sound.len() * part / 40]);
            }
            for round in 0..60 {
                let mut file = sound.to_vec();
                // Half of the damage is to the directory and the small tables before the outlines.
                let reach = if round % 2 == 0 { 1200 } else { file.len() };
                for _ in 0..=next(12) {
                    let at = next(reach);
                    file[at] = [0, 0xFF, 0x80, next(256) as u8][next(4)];
                }
                use_it(&file);
            }
        }
    }

    #[test]
    fn a_face_is_read_in_once() {
        let first = choose(FILES[0].to_vec(), None).unwrap();
        let place = ChosenFace::of(&first).unwrap();
        assert_eq!(choose(FILES[0].to_vec(), Some(&first.name)), Ok(first.clone()));
        assert_eq!(ChosenFace::of(&first), Some(place));
        assert_eq!((place.data(), place.postscript_name()), (FILES[0], "TestFangSong"));
    }

    #[test]
    fn wide_marks_that_the_face_draws_narrow_are_taken_from_the_song() {
        let face = Face::Chosen(ChosenFace::of(&choose(FILES[0].to_vec(), None).unwrap()).unwrap());
        assert_eq!(face.for_character('“'), Some(Face::Song));
        assert_eq!(face.for_character('—'), Some(face));
        assert_eq!(face.for_character('的'), Some(face));
        assert_eq!(face.for_character('榜'), Some(Face::Song));
        assert_eq!(face.for_character('☒'), Some(Face::Kai));
    }
}
