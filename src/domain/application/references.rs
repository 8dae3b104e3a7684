//! References in a letter's text to its tables and figures by number: 见表 2, （图1）.

use super::{Application, Object};

/// A table or a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Series {
    /// 表.
    Table,
    /// 图.
    Figure,
}

impl Series {
    /// The series an object is numbered in.
    #[must_use]
    pub const fn of(object: &Object) -> Self {
        match object {
            Object::Table(_) => Self::Table,
            Object::Figure(_) => Self::Figure,
        }
    }
}

/// A reference: the bytes of its number in a text, and the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// Table or figure.
    pub series: Series,
    /// The first byte of the number.
    pub from: usize,
    /// The byte behind it.
    pub to: usize,
    /// The number.
    pub number: usize,
}

/// The references in a text. Numbers of other papers (附表 1, 图 1-2, 表 3.1) are none.
#[must_use]
pub fn references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '表' | '图')) {
        let series = if sign == '表' { Series::Table } else { Series::Figure };
        let is_of_another = text
            .get(..at)
            .and_then(|before| before.chars().next_back())
            .is_some_and(|before| "附列报代发量仪钟手年月周日地插右左上下".contains(before));
        let rest = text.get(at + sign.len_utf8()..).unwrap_or_default();
        let gap = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{3000}']).len();
        let digits = rest.get(gap..).unwrap_or_default();
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        let (number, behind) = digits.split_at(count);
        let goes_on = behind.starts_with(['.', '-', '–', '—', '．'])
            && behind.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        let from = at + sign.len_utf8() + gap;
        match number.parse() {
            Ok(number) if !is_of_another && !goes_on && count <= 3 => {
                found.push(Reference { series, from, to: from + count, number });
            }
            _ => {}
        }
    }
    found
}

impl Application {
    /// Writes the references in all texts, captions and cells anew: `renumbered` says for a series and a
    /// number the new number. How many were changed.
    pub fn renumber(&mut self, renumbered: impl Fn(Series, usize) -> Option<usize>) -> usize {
        let mut changed = 0;
        let mut renew = |text: &mut String| {
            for found in references(text).into_iter().rev() {
                let Some(number) = renumbered(found.series, found.number) else { continue };
                if number != found.number {
                    text.replace_range(found.from..found.to, &number.to_string());
                    changed += 1;
                }
            }
        };
        for section in Self::SECTIONS {
            let Some(body) = self.section_mut(section) else { continue };
            renew(&mut body.opening);
            for part in &mut body.parts {
                renew(part.object.caption_mut());
                if let Object::Table(table) = &mut part.object {
                    table.rows.iter_mut().flatten().for_each(&mut renew);
                }
                renew(&mut part.after);
            }
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Table;

    fn numbers(text: &str) -> Vec<(Series, usize)> {
        references(text).iter().map(|found| (found.series, found.number)).collect()
    }

    #[test]
    fn references_are_told_from_other_numbers() {
        let found = numbers("见表 2和（图1），如图　12所示；表3、表4。");
        let (table, figure) = (Series::Table, Series::Figure);
        assert_eq!(found, [(table, 2), (figure, 1), (figure, 12), (table, 3), (table, 4)]);
        for none in
            ["附表 1", "图 1-2", "表 3.1", "代表 3 家企业", "表面 2 处", "路线图", "表 2024"]
        {
            assert_eq!(numbers(none), [], "{none}");
        }
    }

    #[test]
    fn references_follow_their_tables() {
        let mut letter = Application {
            introduction: "见表 1、表 2 和图 1".into(),
            ..Application::default()
        };
        let mut table = Table::empty(1, 1);
        table.paste(0, 0, &[vec!["同表1".to_owned()]]);
        letter.cooperation.push(Object::Table(table));
        let changed = letter.renumber(|series, n| (series == Series::Table).then_some(n + 1));
        assert_eq!((changed, letter.introduction.opening.as_str()), (3, "见表 2、表 3 和图 1"));
        assert_eq!(letter.cooperation.words().nth(2), Some("同表2"));
    }
}
