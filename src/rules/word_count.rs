//! 字数 as Word and WPS count: every Asian character is one, every other run without a space is one.

use crate::domain::{Application, Draft, Field};

/// Counts of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// 字数.
    pub words: usize,
    /// 字符数（不计空格）.
    pub chars: usize,
}

/// 字数 of what a draft limits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftCounts {
    /// 企业概况.
    pub profile: usize,
    /// The letters in their order.
    pub applications: Vec<ApplicationCount>,
}

impl DraftCounts {
    /// 字数 of one blank, for an address within a section that of the whole section; `None` where the
    /// notice limits nothing.
    #[must_use]
    pub fn of(&self, field: &Field) -> Option<usize> {
        if field.pointer() == "/matching/profile" {
            return Some(self.profile);
        }
        let place = field.place()?;
        let letter = self.applications.get(place.letter)?;
        letter.sections.iter().find(|(name, _)| *name == place.section).map(|(_, words)| *words)
    }
}

/// 字数 of one letter: the applicant's own text of 一 to 四 with tables and captions, without headings,
/// numbers of tables and figures, and evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApplicationCount {
    /// All sections together.
    pub total: usize,
    /// Each of [`Application::SECTIONS`] with its 字数, in printed order.
    pub sections: Vec<(&'static str, usize)>,
}

/// Blocks whose characters count one each: Han, Kana, Hangul, CJK and full-width punctuation.
const ASIAN: [(char, char); 19] = [
    ('\u{2E80}', '\u{2FDF}'),
    ('\u{2FF0}', '\u{303F}'),
    ('\u{3040}', '\u{30FF}'),
    ('\u{3100}', '\u{312F}'),
    ('\u{3130}', '\u{318F}'),
    ('\u{31A0}', '\u{31BF}'),
    ('\u{31F0}', '\u{31FF}'),
    ('\u{3200}', '\u{32FF}'),
    ('\u{3300}', '\u{33FF}'),
    ('\u{3400}', '\u{4DBF}'),
    ('\u{4E00}', '\u{9FFF}'),
    ('\u{A960}', '\u{A97F}'),
    ('\u{AC00}', '\u{D7FF}'),
    ('\u{F900}', '\u{FAFF}'),
    ('\u{FE10}', '\u{FE1F}'),
    ('\u{FE30}', '\u{FE4F}'),
    ('\u{FF00}', '\u{FFEF}'),
    ('\u{16FE0}', '\u{16FFF}'),
    ('\u{20000}', '\u{323AF}'),
];

/// Counts a text.
#[must_use]
pub fn count(text: &str) -> Count {
    let mut count = Count::default();
    let mut in_run = false;
    for c in text.chars() {
        if c.is_whitespace() {
            in_run = false;
        } else if is_mark(c) {
            // Belongs to the character before it, whichever kind that is.
        } else if is_asian(c) {
            count.words += 1;
            count.chars += 1;
            in_run = false;
        } else {
            count.words += usize::from(!in_run);
            count.chars += 1;
            in_run = true;
        }
    }
    count
}

/// Counts what the notice limits in a draft.
#[must_use]
pub fn draft_counts(draft: &Draft) -> DraftCounts {
    DraftCounts {
        profile: count(&draft.matching.profile).words,
        applications: draft.applications.iter().map(application_count).collect(),
    }
}

fn application_count(application: &Application) -> ApplicationCount {
    let sections: Vec<(&'static str, usize)> = application
        .sections()
        .map(|(name, body)| (name, body.words().map(|words| count(words).words).sum()))
        .collect();
    ApplicationCount { total: sections.iter().map(|(_, words)| words).sum(), sections }
}

fn is_asian(c: char) -> bool {
    if ('\u{4E00}'..='\u{9FFF}').contains(&c) {
        return true;
    }
    if c < '\u{2E80}' {
        // In no CJK block, but written in Chinese: Word decides by font, this takes the stricter count.
        return matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '·');
    }
    ASIAN.iter().any(|&(first, last)| (first..=last).contains(&c))
}

/// Combining marks, variation selectors, joiners and controls: they belong to the character before them
/// and are part of no count of their own.
#[must_use]
pub fn is_mark(c: char) -> bool {
    if c < '\u{300}' {
        return c.is_control() || c == '\u{AD}';
    }
    matches!(c,
        '\u{300}'..='\u{36F}'
        | '\u{483}'..='\u{489}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{302A}'..='\u{302F}'
        | '\u{3099}'..='\u{309A}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}'
        | '\u{FEFF}'
        | '\u{E0000}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Figure, Object, Role, Table};

    #[test]
    fn counts_as_word_does() {
        for (text, words) in [
            ("使用 Adobe Photoshop 打开图片", 8),
            ("Hello World", 2),
            ("中文测试", 4),
            ("Hello 世界", 3),
            ("", 0),
            (" \t\r\n\u{3000}\u{A0}", 0),
            ("熔指 25g/10min，阻燃V-0级", 8),
            ("第一行\n第二行", 6),
            ("3.5mm", 1),
            ("a中b", 3),
            ("“揭榜”", 4),
            ("研发——试制……", 8),
            ("ＡＢ１２", 4),
            ("한국어", 3),
            ("𠮷野家", 3),
            ("鎂\u{FE00}合金", 3),
            ("e\u{301}tude", 1),
            ("葛\u{E0100}城", 2),
            ("零\u{200B}宽", 2),
            ("ab\u{200B}cd", 1),
            ("①②", 1),
            ("℃", 1),
            ("カ\u{3099}", 1),
            ("👩\u{200D}🔬 ok", 2),
        ] {
            assert_eq!(count(text).words, words, "{text:?}");
        }
    }

    #[test]
    fn chars_leave_out_spaces_and_marks() {
        assert_eq!(count("使用 Adobe 软件").chars, 9);
        assert_eq!(count("e\u{301}t\u{200B}\u{3000}中").chars, 3);
    }

    #[test]
    fn a_letter_counts_its_eight_sections() {
        let mut draft = Draft::new("n", Role::Solver);
        draft.matching.profile = "十个字的企业概况文本".to_owned();
        let letter = &mut draft.applications[0];
        letter.introduction = "中文".into();
        letter.plan.route = "路线 A B".into();
        letter.item.name = "不计入".to_owned();
        let counts = draft_counts(&draft);
        assert_eq!(counts.profile, 10);
        assert_eq!(counts.applications[0].total, 6);
        let names: Vec<_> = counts.applications[0].sections.iter().map(|s| s.0).collect();
        assert_eq!(names, Application::SECTIONS);
        assert_eq!(counts.applications[0].sections[4], ("plan/route", 4));
        assert_eq!(counts.of(&Field::application(0, "plan/route")), Some(4));
        assert_eq!(counts.of(&"/matching/profile".into()), Some(10));
        assert_eq!(counts.of(&Field::application(0, "item/name")), None);
        assert_eq!(counts.of(&Field::application(1, "plan/route")), None);
    }

    #[test]
    fn tables_and_captions_count() {
        let mut draft = Draft::new("n", Role::Solver);
        let mut table = Table { caption: "团队".to_owned(), ..Table::empty(2, 2) };
        table.paste(0, 0, &[vec!["张三".to_owned(), "CTO".to_owned()]]);
        let team = &mut draft.applications[0].plan.team;
        team.push(Object::Table(table));
        team.push(Object::Figure(Figure { caption: "路线图".to_owned(), ..Figure::default() }));
        team.push_text("共 2 人");
        let counts = draft_counts(&draft);
        assert_eq!(counts.applications[0].total, 2 + 2 + 1 + 3 + 3);
        let cell = "/applications/0/plan/team/1/rows/0/0".into();
        assert_eq!(counts.of(&cell), Some(11));
    }
}
