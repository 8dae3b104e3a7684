//! Paragraphs that were set lately: from one key to the next nearly all of a letter stays as it was.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use super::{Inline, Line, Paragraph};

/// Lines of the younger half of what is kept: a letter with its tables several times over.
const MOST_LINES: usize = 1024;

/// The lines of a paragraph in a column of `width` pt: as they were made before, or else by `set`.
///
/// What is kept is for the whole process, since the window lays out on several threads; it never holds
/// more than twice [`MOST_LINES`] and one paragraph.
pub(super) fn or_set(
    paragraph: &Paragraph,
    width: f32,
    set: impl FnOnce() -> Vec<Line>,
) -> Vec<Line> {
    static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);
    let kept = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let key = key(paragraph, width);
    let found = kept().find(key, paragraph, width);
    if let Some(lines) = found {
        return lines.to_vec();
    }
    let lines = set();
    let entry = Entry { paragraph: paragraph.clone(), width, lines: lines.as_slice().into() };
    kept().keep(key, entry);
    lines
}

/// Where a paragraph is looked for; two of them may share it.
fn key(paragraph: &Paragraph, width: f32) -> u64 {
    let mut hasher = DefaultHasher::new();
    (width.to_bits(), paragraph.style.size.to_bits()).hash(&mut hasher);
    for inline in &paragraph.inlines {
        match inline {
            Inline::Text { text, .. } => text.hash(&mut hasher),
            Inline::Blank { text, tail, .. } => (text, tail).hash(&mut hasher),
            Inline::Choice { words, .. } => words.hash(&mut hasher),
            Inline::CheckBox { checked } => checked.hash(&mut hasher),
        }
    }
    hasher.finish()
}

#[derive(Clone)]
struct Entry {
    paragraph: Paragraph,
    width: f32,
    lines: Arc<[Line]>,
}

/// Two halves: what is asked for moves to the younger one, and once that is full the older one goes.
#[derive(Default)]
struct Kept {
    young: HashMap<u64, Entry>,
    old: HashMap<u64, Entry>,
    /// Lines in the younger half.
    lines: usize,
}

impl Kept {
    fn find(&mut self, key: u64, paragraph: &Paragraph, width: f32) -> Option<Arc<[Line]>> {
        let same = |entry: &&Entry| entry.width == width && entry.paragraph == *paragraph;
        if let Some(entry) = self.young.get(&key).filter(same) {
            return Some(Arc::clone(&entry.lines));
        }
        self.old.get(&key).filter(same)?;
        let entry = self.old.remove(&key)?;
        let lines = Arc::clone(&entry.lines);
        self.keep(key, entry);
        Some(lines)
    }

    fn keep(&mut self, key: u64, entry: Entry) {
        if self.lines >= MOST_LINES {
            self.old = std::mem::take(&mut self.young);
            self.lines = 0;
        }
        self.lines += entry.lines.len();
        if let Some(before) = self.young.insert(key, entry) {
            self.lines = self.lines.saturating_sub(before.lines.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Style, set, set_anew};
    use super::*;
    use crate::typeset::page::Face;

    fn paragraph(text: &str) -> Paragraph {
        Paragraph::new(text, Style::new(Face::Song, 16.0, 28.0))
    }

    #[test]
    fn a_paragraph_set_again_looks_as_if_it_were_set_anew() {
        let text = "公司围绕阻燃改性材料开展配方设计与工艺验证，形成完整技术路线。".repeat(4);
        for width in [200.0, 300.0, 200.0, 300.0] {
            for size in [15.0, 16.0] {
                let mut paragraph = paragraph(&text);
                paragraph.style.size = size;
                assert_eq!(set(&paragraph, width), set_anew(&paragraph, width));
                // The same words, and so the same key.
                paragraph.style.face = Face::Kai;
                assert_eq!(set(&paragraph, width), set_anew(&paragraph, width));
            }
        }
    }

    #[test]
    fn what_is_kept_stays_within_its_bounds_and_what_is_in_use_stays() {
        let mut kept = Kept::default();
        let lines: Arc<[Line]> = set_anew(&paragraph("甲"), 100.0).into();
        let used = paragraph("在用");
        let entry = |paragraph: &Paragraph| Entry {
            paragraph: paragraph.clone(),
            width: 100.0,
            lines: Arc::clone(&lines),
        };
        kept.keep(0, entry(&used));
        for n in 1..5 * MOST_LINES as u64 {
            kept.keep(n, entry(&paragraph("他")));
            assert!(n % 100 != 0 || kept.find(0, &used, 100.0).is_some());
            assert!(kept.young.len() + kept.old.len() <= 2 * MOST_LINES + 1);
        }
        assert!(kept.find(1, &paragraph("他"), 100.0).is_none());
        assert!(kept.find(0, &used, 101.0).is_none(), "another column");
    }
}
