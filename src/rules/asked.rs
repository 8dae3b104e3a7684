//! What the notice asks a section of a letter to tell, and what of it seems to be told already.

use super::notice::Ask;
use super::{Notice, invisible};
use crate::domain::{Application, Block, Body, Object, Table};

/// One thing the notice asks for in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// Its name, such as 主营业务.
    pub name: &'a str,
    /// The section speaks of it, as far as its words tell.
    pub told: bool,
}

/// What the notice asks for in a section (of [`Application::SECTIONS`]), in its order. Words can be put
/// in many ways, so this reminds and finds no fault.
#[must_use]
pub fn asked<'a>(notice: &'a Notice, letter: &Application, section: &str) -> Vec<Asked<'a>> {
    let asks = notice.forms.application.asks.get(&format!("/applications/*/{section}"));
    let told = |ask: &Ask| letter.section(section).is_some_and(|body| tells(body, ask));
    asks.into_iter().flatten().map(|ask| Asked { name: &ask.name, told: told(ask) }).collect()
}

fn tells(body: &Body, ask: &Ask) -> bool {
    let speaks = |text: &str| ask.words.iter().any(|word| text.contains(word.as_str()));
    body.blocks().any(|block| match block {
        Block::Text(text) => speaks(text),
        Block::Object(Object::Figure(figure)) => speaks(&figure.caption),
        Block::Object(Object::Table(table)) => table_tells(table, &speaks),
    })
}

/// A table speaks of what its filled cells say, and of what its columns are named with a cell filled in.
fn table_tells(table: &Table, speaks: &dyn Fn(&str) -> bool) -> bool {
    let first = usize::from(table.header);
    let is_filled = |row: usize, column: usize| !invisible::is_blank(table.cell(row, column));
    (0..table.columns()).any(|column| {
        (first..table.rows.len()).any(|row| {
            let named = table.header && speaks(table.cell(0, column));
            is_filled(row, column) && (named || speaks(table.cell(row, column)))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Guide, Role};
    use crate::rules::notice::bundled;

    fn told(letter: &Application, section: &str) -> Vec<(&'static str, bool)> {
        let asked = asked(&bundled()[0], letter, section);
        asked.iter().map(|asked| (asked.name, asked.told)).collect()
    }

    #[test]
    fn a_section_is_told_as_far_as_it_speaks_of_what_is_asked() {
        let mut letter = Application::default();
        let untold = [("主营业务", false), ("运营情况", false), ("在行业的地位", false)];
        assert_eq!(told(&letter, "introduction"), untold);
        letter.introduction = "公司主营改性材料，2023 年营业收入 1.2 亿元。".into();
        let now = [("主营业务", true), ("运营情况", true), ("在行业的地位", false)];
        assert_eq!(told(&letter, "introduction"), now);
        assert_eq!(told(&letter, "no such section"), []);
    }

    #[test]
    fn the_columns_of_an_empty_table_tell_nothing() {
        let mut letter = Application::default();
        letter.plan.targets.push(Object::Table(Table::guided(Guide::Targets)));
        assert!(told(&letter, "plan/targets").iter().all(|(_, told)| !told));
        if let Some(Object::Table(table)) = letter.plan.targets.object_mut(1) {
            table.paste(1, 3, &[vec!["23 ℃".to_owned()]]);
        }
        assert!(told(&letter, "plan/targets").contains(&("测试场景", true)));
        assert!(told(&letter, "plan/targets").contains(&("评价方式", false)));
    }

    #[test]
    fn a_sample_letter_tells_everything_that_is_asked() {
        for notice in bundled() {
            let draft = crate::store::samples::sample(&notice.id, Role::Solver).map(|s| s.draft);
            for letter in draft.iter().flat_map(|draft| &draft.applications) {
                for section in Application::SECTIONS {
                    for one in asked(notice, letter, section) {
                        assert!(one.told, "{} {section} {}", notice.id, one.name);
                    }
                }
            }
        }
    }
}
