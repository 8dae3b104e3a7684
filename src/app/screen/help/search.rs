//! Finds words in all pages of the guide.

use super::guide::{Guide, Place};
use super::markdown::Block;

/// So many places are listed.
pub(super) const MOST: usize = 60;

/// So many that only come near to what was looked for.
const NEAREST: usize = 8;

/// Characters shown before and after what was found.
const AROUND: (usize, usize) = (12, 36);

/// Words of a question that say nothing of what it is about, the longer first.
const ASKING: &str = "可不可以 怎么办 怎么样 为什么 能不能 会不会 有没有 是不是 在哪里 在哪儿 怎么 怎样 如何 为何 什么 哪里 \
    哪儿 在哪 可以 不能 不了 没法 无法 请问 我们 多少 吗 呢 的 了 啊 吧";

/// Characters of which a pair tells little of what is looked for.
const DULL: &str = "不能无没会有在是和与也都就还再又很我你它这那个";

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

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The places, the likeliest first.
    pub(super) hits: Vec<Hit>,
    /// What is marked on the page.
    pub(super) marked: Vec<String>,
    /// What was looked for stands nowhere as it is; these places hold the most of it.
    pub(super) is_near: bool,
}

/// The places under one heading where all words stand, first where they stand in the heading itself. Where
/// there are none, those of the question without its “怎么” and “吗”; else the places that hold the most of
/// it, two characters at a time.
pub(super) fn find(guide: &Guide, sought: &str) -> Found {
    let words: Vec<String> = sought.split_whitespace().map(str::to_lowercase).collect();
    let wide: Vec<String> = words.iter().map(|word| spaced(word)).collect();
    let pieces = pieces_of(sought);
    let parts = parts(guide);
    for words in [&words, &wide, &pieces] {
        let hits = holding(&parts, words);
        if !hits.is_empty() {
            return Found { hits, marked: words.clone(), is_near: false };
        }
    }
    nearest(&parts, &pairs_of(&pieces))
}

/// What a question is about: its words without marks and without those that only ask, Chinese apart from
/// Latin letters and digits.
fn pieces_of(sought: &str) -> Vec<String> {
    let mut bare = sought.to_lowercase();
    for word in ASKING.split_whitespace() {
        bare = bare.replace(word, " ");
    }
    let bare = spaced(&bare);
    let pieces = bare.split(|c: char| !c.is_alphanumeric());
    pieces.filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

/// With a space where Chinese and Latin letters or digits meet, as the guide has it: “U盘” is “U 盘” there.
fn spaced(word: &str) -> String {
    let mut wide = String::new();
    let mut before: Option<char> = None;
    for character in word.chars() {
        let meets = |before: char| {
            before.is_alphanumeric()
                && character.is_alphanumeric()
                && before.is_ascii() != character.is_ascii()
        };
        if before.is_some_and(meets) {
            wide.push(' ');
        }
        wide.push(character);
        before = Some(character);
    }
    wide
}

/// Each two characters that follow one another and tell something; words of Latin letters and short ones
/// are left whole.
fn pairs_of(pieces: &[String]) -> Vec<String> {
    let mut pairs: Vec<String> = Vec::new();
    for piece in pieces {
        let letters: Vec<char> = piece.chars().collect();
        if piece.is_ascii() || letters.len() < 3 {
            pairs.push(piece.clone());
        } else {
            let telling = |pair: &&[char]| !pair.iter().any(|letter| DULL.contains(*letter));
            pairs.extend(letters.windows(2).filter(telling).map(String::from_iter));
        }
    }
    pairs.sort();
    pairs.dedup();
    pairs
}

/// The parts where all of these words stand.
fn holding(parts: &[Part], words: &[String]) -> Vec<Hit> {
    if words.is_empty() {
        return Vec::new();
    }
    let all = |text: &str| words.iter().all(|word| text.contains(word));
    let held = parts.iter().filter(|part| all(&part.all));
    let mut hits: Vec<(bool, Hit)> =
        held.map(|part| (!all(&part.title.to_lowercase()), part.hit(words))).collect();
    hits.sort_by_key(|(later, _)| *later);
    hits.into_iter().map(|(_, hit)| hit).take(MOST).collect()
}

/// The parts that hold the most of these words, where the rare ones count for more and those of a heading
/// twice.
fn nearest(parts: &[Part], words: &[String]) -> Found {
    let count = |word: &String| parts.iter().filter(|part| part.all.contains(word)).count();
    let known: Vec<(&String, f32)> = words
        .iter()
        .map(|word| (word, count(word)))
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| (word, (1.0 + parts.len() as f32 / count as f32).ln()))
        .collect();
    let worth = |part: &Part| -> f32 {
        let title = part.title.to_lowercase();
        let of = |(word, worth): &(&String, f32)| match word.as_str() {
            word if title.contains(word) => 2.0 * worth,
            word if part.all.contains(word) => *worth,
            _ => 0.0,
        };
        known.iter().map(of).sum()
    };
    let mut worths: Vec<(f32, &Part)> = parts.iter().map(|part| (worth(part), part)).collect();
    worths.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let best = worths.first().map_or(0.0, |(worth, _)| *worth);
    let near = worths.iter().take_while(|(worth, _)| *worth > 0.0 && *worth >= best / 2.0);
    let marked: Vec<String> = known.iter().map(|(word, _)| (*word).clone()).collect();
    let hits = near.take(NEAREST).map(|(_, part)| part.hit(&marked)).collect();
    Found { hits, marked, is_near: true }
}

/// What stands under one heading.
struct Part {
    place: Place,
    title: String,
    texts: Vec<String>,
    /// Title and texts in small letters.
    all: String,
}

impl Part {
    fn hit(&self, words: &[String]) -> Hit {
        let excerpt = self.texts.iter().find_map(|text| excerpt(text, words));
        let (place, title) = (self.place, self.title.clone());
        Hit { place, title, excerpt: excerpt.unwrap_or_default() }
    }
}

fn parts(guide: &Guide) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (page, of) in guide.pages.iter().enumerate() {
        for (at, block) in of.blocks.iter().enumerate() {
            match block {
                Block::Heading { level, words } => {
                    let heading = (*level > 1).then_some(at);
                    let (place, title) = (Place { page, heading }, words.clone());
                    parts.push(Part { place, title, texts: Vec::new(), all: String::new() });
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
    for part in &mut parts {
        part.all = format!("{}\n{}", part.title, part.texts.join("\n")).to_lowercase();
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
        let hits = find(&guide, "忘记密码").hits;
        assert!(hits[0].title.starts_with("忘记密码"), "{hits:?}");
        let pages: Vec<usize> = hits.iter().map(|hit| hit.place.page).collect();
        assert!(pages.contains(&3) && pages.contains(&4), "{hits:?}");
        for nothing in ["  ", "", "？！", "请问", "龘靐齉"] {
            assert!(find(&guide, nothing).hits.is_empty(), "{nothing}");
        }
    }

    #[test]
    fn several_words_stand_under_one_heading_and_letters_in_either_case() {
        let guide = Guide::read();
        let Found { hits, is_near, .. } = find(&guide, "word 导入");
        assert!(!hits.is_empty() && !is_near);
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
    fn a_question_is_answered_by_what_it_is_about() {
        let guide = Guide::read();
        let found = find(&guide, "怎么打印？");
        assert_eq!((found.marked, found.is_near), (vec!["打印".to_owned()], false));
        assert!(found.hits.iter().any(|hit| hit.title.contains("打印")));
        for (question, answer) in [
            ("U盘", "磁盘满、U 盘拔出"),
            ("怎么导出PDF", "十、导出"),
            ("不能导出", "导不出来，只有“导出草稿”，没有“导出”"),
            ("保存在哪里", "数据保存在哪里，怎样备份"),
            ("怎么删除草稿", "删除了整份草稿"),
            ("程序闪退了", "程序闪退、卡死，写着“揭榜通遇到错误”"),
            ("如何提交", "在网上平台怎样提交、上传？"),
            ("怎么上传", "在网上平台怎样提交、上传？"),
            ("要签字吗", "要签字吗？章盖在哪里？"),
            ("乱码", "有的字印成“〓”，像乱码"),
            ("内容保密吗", "填的内容保密吗？会不会传出去？"),
            ("被拦截了怎么办", "Windows 写着“已保护你的电脑”，被拦截"),
            ("日志", "数据保存在哪里，怎样备份"),
            ("密码忘了怎么找回", "忘记密码"),
            ("如何把草稿搬到新电脑", "怎样把草稿搬到另一台电脑，或发给同事？"),
            ("更新以后草稿还在不在", "怎样升级（更新）？"),
            ("字数超了怎么办", "申请书字数超了，超过 6000 字怎么办？"),
            ("6000字", "申请书字数超了，超过 6000 字怎么办？"),
            ("导不出来", "导不出来，只有“导出草稿”，没有“导出”"),
            ("怎么发给同事", "怎样把草稿搬到另一台电脑，或发给同事？"),
            ("仿宋字体可以用吗", "正文要用仿宋？"),
            ("双击打不开", "双击没有反应，窗口打不开"),
        ] {
            let found = find(&guide, question);
            let titles: Vec<&str> = found.hits.iter().map(|hit| hit.title.as_str()).collect();
            assert!(
                titles.iter().take(6).any(|title| title.contains(answer)),
                "{question}: {titles:?}"
            );
            assert!(titles.len() <= NEAREST || !found.is_near, "{question}");
        }
    }

    #[test]
    fn an_excerpt_shows_where_the_word_stands() {
        let text = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸";
        let piece = excerpt(text, &["庚".to_owned()]);
        assert_eq!(piece.as_deref(), Some("…五六七八九十甲乙丙丁戊己庚辛壬癸"));
    }
}
