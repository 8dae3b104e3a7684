//! Finds words in all pages of the guide.

use super::guide::{Guide, Place};
use super::markdown::Block;

/// So many places are listed.
pub(super) const MOST: usize = 60;

/// Characters shown before and after what was found.
const AROUND: (usize, usize) = (12, 36);

/// A part under one heading in which the words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// The heading.
    pub(super) place: Place,
    /// Its words; those of the page where it is its first part.
    pub(super) title: String,
    /// The words where they stand; empty where they stand in the heading.
    pub(super) excerpt: String,
}

/// The words that are looked for, apart.
pub(super) fn words_of(sought: &str) -> Vec<String> {
    sought.split_whitespace().map(str::to_lowercase).collect()
}

/// Where all of these words stand under one heading; first where they stand in the heading itself.
pub(super) fn find(guide: &Guide, sought: &str) -> Vec<Hit> {
    let words = words_of(sought);
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(bool, Hit)> = Vec::new();
    for part in parts(guide) {
        let all = format!("{}\n{}", part.title, part.texts.join("\n")).to_lowercase();
        if !words.iter().all(|word| all.contains(word)) {
            continue;
        }
        let title = part.title.to_lowercase();
        let in_title = words.iter().all(|word| title.contains(word));
        let excerpt = part.texts.iter().find_map(|text| excerpt(text, &words));
        let excerpt = excerpt.unwrap_or_default();
        hits.push((!in_title, Hit { place: part.place, title: part.title, excerpt }));
    }
    hits.sort_by_key(|(later, _)| *later);
    hits.into_iter().map(|(_, hit)| hit).take(MOST).collect()
}

/// What stands under one heading.
struct Part {
    place: Place,
    title: String,
    texts: Vec<String>,
}

fn parts(guide: &Guide) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (page, of) in guide.pages.iter().enumerate() {
        for (at, block) in of.blocks.iter().enumerate() {
            match block {
                Block::Heading { level, words } => {
                    let heading = (*level > 1).then_some(at);
                    let (place, title) = (Place { page, heading }, words.clone());
                    parts.push(Part { place, title, texts: Vec::new() });
                }
                _ => {
                    let part = parts.last_mut().filter(|part| part.place.page == page);
                    if let Some(part) = part {
                        part.texts.extend(block.texts());
                    }
                }
            }
        }
    }
    parts
}

/// A piece of the text round the first of the words that stands in it.
fn excerpt(text: &str, words: &[String]) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let small: Vec<char> = letters.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    let at = words.iter().find_map(|word| {
        let word: Vec<char> = word.chars().collect();
        small.windows(word.len()).position(|window| window == word)
    })?;
    let from = at.saturating_sub(AROUND.0);
    let to = (at + AROUND.1).min(letters.len());
    let piece: String = letters.get(from..to)?.iter().collect();
    let (before, after) =
        (if from > 0 { "…" } else { "" }, if to < letters.len() { "…" } else { "" });
    Some(format!("{before}{}{after}", piece.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_all_pages_and_first_in_headings() {
        let guide = Guide::read();
        let hits = find(&guide, "忘记密码");
        assert!(hits[0].title.starts_with("忘记密码"), "{hits:?}");
        let pages: Vec<usize> = hits.iter().map(|hit| hit.place.page).collect();
        assert!(pages.contains(&3) && pages.contains(&4), "{hits:?}");
        assert!(find(&guide, "  ").is_empty() && find(&guide, "没有这样的词").is_empty());
    }

    #[test]
    fn several_words_stand_under_one_heading_and_letters_in_either_case() {
        let guide = Guide::read();
        let hits = find(&guide, "word 导入");
        assert!(!hits.is_empty());
        let both = |hit: &Hit| {
            let page = &guide.pages[hit.place.page];
            let from = hit.place.heading.unwrap_or(0);
            let next = page.blocks[from + 1..]
                .iter()
                .position(|block| matches!(block, Block::Heading { .. }))
                .map_or(page.blocks.len(), |at| from + 1 + at);
            let all: String = page.blocks[from..next].iter().flat_map(Block::texts).collect();
            all.contains("Word") && all.contains("导入")
        };
        assert!(hits.iter().all(both), "{hits:?}");
        assert!(hits.iter().any(|hit| hit.excerpt.contains("Word")));
    }

    #[test]
    fn an_excerpt_shows_where_the_word_stands() {
        let text = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸";
        let piece = excerpt(text, &["庚".to_owned()]);
        assert_eq!(piece.as_deref(), Some("…五六七八九十甲乙丙丁戊己庚辛壬癸"));
    }
}
