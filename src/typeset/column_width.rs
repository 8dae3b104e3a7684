//! Widths of a table's columns by what their cells say, much as a browser gives them.

use super::paragraph::Measure;

/// Width of a long cell's column, in its 字, at the least.
const LONG: f32 = 5.0;
/// Share of the table that one word may claim for its column; a longer one is torn.
const WORD: f32 = 0.4;
/// Widest that a cell counts, in widths of the table: one endless cell must not starve the others.
const MOST: f32 = 3.0;

/// What the cells of a column ask for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// Of each cell, the widths of its paragraphs.
    pub cells: Vec<Vec<Measure>>,
}

/// How cells are set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Size of the text, pt.
    pub size: f32,
    /// Room beside the text, both sides together, pt.
    pub padding: f32,
}

/// Least and natural width of a column, padding included, pt.
#[derive(Debug, Clone, Copy)]
struct Wish {
    least: f32,
    natural: f32,
}

impl Column {
    /// `whole`: cells up to so many 字 are not broken.
    fn wish(&self, setting: Setting, whole: f32, table: f32) -> Wish {
        let mut wish = Wish { least: setting.size, natural: setting.size };
        for cell in self.cells.iter().flatten() {
            let long = (LONG * setting.size).max(cell.least.min(table * WORD));
            let short = cell.natural <= whole * setting.size;
            let least = if short { cell.natural } else { long.min(cell.natural) };
            wish.least = wish.least.max(least);
            wish.natural = wish.natural.max(cell.natural.min(table * MOST));
        }
        Wish { least: wish.least + setting.padding, natural: wish.natural + setting.padding }
    }
}

/// Widths that fill `table` pt, short cells on one line; `None` where there is no room for that. Of
/// several ways the one that takes the fewest lines, or a few more where that breaks fewer cells.
#[must_use]
pub fn unbroken(columns: &[Column], setting: Setting, table: f32) -> Option<Vec<f32>> {
    // Cells up to so many 字 are whole, and what a line more costs.
    let ways = [(8.0, 1.0), (6.0, 1.06), (4.0, 1.2)];
    let widths = ways.into_iter().filter_map(|(whole, cost)| {
        let wishes = columns.iter().map(|column| column.wish(setting, whole, table));
        let wishes: Vec<Wish> = wishes.collect();
        let least: f32 = wishes.iter().map(|wish| wish.least).sum();
        let widths = (least <= table).then(|| shared(&wishes, table))?;
        Some((lines(columns, setting, &widths) * cost, widths))
    });
    widths.min_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, widths)| widths)
}

/// About how many lines a table of these widths takes.
fn lines(columns: &[Column], setting: Setting, widths: &[f32]) -> f32 {
    let rows = columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
    let height = |(column, width): (&Column, &f32), row: usize| {
        let inner = (width - setting.padding).max(1.0);
        let paragraphs = column.cells.get(row).into_iter().flatten();
        paragraphs.map(|p| (p.natural / inner).ceil().max(1.0)).sum::<f32>()
    };
    let rows = (0..rows).map(|row| {
        columns.iter().zip(widths).map(|column| height(column, row)).fold(1.0, f32::max)
    });
    rows.sum()
}

/// Widths that fill `table` pt for columns that ask for more: each has room for one 字, and the rest
/// is shared by what they ask for.
#[must_use]
pub fn broken(columns: &[Column], setting: Setting, table: f32) -> Vec<f32> {
    let wishes: Vec<f32> =
        columns.iter().map(|column| column.wish(setting, 0.0, table).natural.sqrt()).collect();
    by_share(&wishes, setting, table)
}

/// Widths that fill `table` pt in these shares, none narrower than one 字.
#[must_use]
pub fn by_share(shares: &[f32], setting: Setting, table: f32) -> Vec<f32> {
    let count = shares.len().max(1) as f32;
    let least = (setting.size + setting.padding + 1.0).min(table / count);
    let all: f32 = shares.iter().map(|share| share.max(0.0)).sum();
    let width = |share: &f32| if all > 0.0 { share.max(0.0) / all * table } else { table / count };
    // What narrow columns are given is taken from what the others have above the least.
    let short: f32 = shares.iter().map(|share| (least - width(share)).max(0.0)).sum();
    let spare: f32 = shares.iter().map(|share| (width(share) - least).max(0.0)).sum();
    let kept = if spare > 0.0 { 1.0 - short / spare } else { 1.0 };
    shares.iter().map(|share| least + (width(share) - least).max(0.0) * kept).collect()
}

fn shared(wishes: &[Wish], table: f32) -> Vec<f32> {
    let natural: f32 = wishes.iter().map(|wish| wish.natural).sum();
    if natural <= table {
        return wishes.iter().map(|wish| wish.natural / natural * table).collect();
    }
    let least: f32 = wishes.iter().map(|wish| wish.least).sum();
    // A column that needs no more than its least has nothing to ask for.
    let share = (table - least) / (natural - least).max(f32::MIN_POSITIVE);
    wishes.iter().map(|wish| wish.least + (wish.natural - wish.least) * share).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SETTING: Setting = Setting { size: 10.0, padding: 8.0 };

    fn column(cells: &[(f32, f32)]) -> Column {
        let cells = cells.iter().map(|&(least, natural)| vec![Measure { least, natural }]);
        Column { cells: cells.collect() }
    }

    fn assert_fills(widths: &[f32], table: f32) {
        let sum: f32 = widths.iter().sum();
        assert!((sum - table).abs() < 0.01, "{widths:?}");
        assert!(widths.iter().all(|&width| width > SETTING.size), "{widths:?}");
    }

    #[test]
    fn names_and_dates_stay_whole_beside_long_cells() {
        let columns = [
            column(&[(10.0, 30.0), (10.0, 20.0)]),
            column(&[(30.0, 80.0)]),
            column(&[(10.0, 900.0), (10.0, 40.0)]),
            column(&[(40.0, 1500.0)]),
        ];
        let widths = unbroken(&columns, SETTING, 440.0).unwrap();
        assert_fills(&widths, 440.0);
        assert!(widths[0] >= 38.0 && widths[1] >= 88.0, "{widths:?}");
        assert!(widths[2] >= 58.0 && widths[3] > widths[2], "{widths:?}");
    }

    #[test]
    fn words_of_a_title_are_broken_where_that_saves_many_lines() {
        let title = column(&[(10.0, 80.0)]);
        let columns = [title.clone(), title.clone(), title, column(&[(10.0, 4000.0)])];
        let widths = unbroken(&columns, SETTING, 440.0).unwrap();
        assert_fills(&widths, 440.0);
        assert!(widths[3] > 220.0, "{widths:?}");
        let short = [column(&[(10.0, 80.0)]), column(&[(10.0, 400.0)])];
        assert!(unbroken(&short, SETTING, 440.0).unwrap()[0] >= 88.0);
    }

    #[test]
    fn a_small_table_fills_the_line_in_proportion() {
        let widths = unbroken(&[column(&[(10.0, 12.0)]), column(&[(10.0, 32.0)])], SETTING, 300.0);
        assert_eq!(widths.unwrap(), [100.0, 200.0]);
        assert_eq!(unbroken(&[Column::default()], SETTING, 300.0).unwrap(), [300.0]);
    }

    #[test]
    fn too_many_columns_are_broken_yet_have_room_for_a_character() {
        let columns = vec![column(&[(10.0, 70.0)]); 20];
        assert_eq!(unbroken(&columns, SETTING, 440.0), None);
        assert_fills(&broken(&columns, SETTING, 440.0), 440.0);
    }

    #[test]
    fn widths_by_hand_are_kept_but_for_columns_without_room() {
        assert_eq!(by_share(&[250.0, 750.0], SETTING, 400.0), [100.0, 300.0]);
        let widths = by_share(&[1.0, 0.0, 999.0], SETTING, 400.0);
        assert_fills(&widths, 400.0);
        assert_eq!(by_share(&[0.0, 0.0], SETTING, 400.0), [200.0, 200.0]);
        assert_eq!(by_share(&[], SETTING, 400.0), Vec::<f32>::new());
    }

    #[test]
    fn a_word_without_end_leaves_room_for_the_others() {
        let columns = [column(&[(9000.0, 9000.0)]), column(&[(10.0, 300.0)])];
        let widths = unbroken(&columns, SETTING, 400.0).unwrap();
        assert_fills(&widths, 400.0);
        assert!(widths[1] >= 58.0, "{widths:?}");
    }
}
