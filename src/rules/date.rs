//! Dates as people write them in a form.

use jiff::civil::Date;

use super::width::half_width;

/// How much of a date was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Year, month and day.
    Day,
    /// Year and month.
    Month,
    /// The year alone.
    Year,
}

/// Reads a whole date: `2016-05-18`, `2016年5月18日`, `2016.5.18`, `2016/5/18`, `20160518`.
#[must_use]
pub fn parse(text: &str) -> Option<Date> {
    match parse_partial(text)? {
        (date, Precision::Day) => Some(date),
        _ => None,
    }
}

/// Reads a date, or a month or year alone; those stand for their first day.
#[must_use]
pub fn parse_partial(text: &str) -> Option<(Date, Precision)> {
    let text: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<&str> = parts(&text)?;
    let number = |part: &str, digits: usize| -> Option<i16> {
        let fits = (1..=digits).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse().ok()).flatten()
    };
    let (&year, rest) = parts.split_first()?;
    let year = number(year, 4).filter(|_| year.len() == 4)?;
    let small = |part: &&str| number(part, 2).and_then(|n| i8::try_from(n).ok());
    let (month, day, precision) = match rest {
        [] => (1, 1, Precision::Year),
        [month] => (small(month)?, 1, Precision::Month),
        [month, day] => (small(month)?, small(day)?, Precision::Day),
        _ => return None,
    };
    Some((Date::new(year, month, day).ok()?, precision))
}

/// Year, month and day as written, without what stands between them.
fn parts(text: &str) -> Option<Vec<&str>> {
    if text.contains('年') {
        let (year, rest) = text.split_once('年')?;
        let (month, rest) = rest.split_once('月').unwrap_or((rest, ""));
        let day = rest.strip_suffix('日').or_else(|| rest.strip_suffix('号')).unwrap_or(rest);
        let mut parts = vec![year, month, day];
        while parts.last().is_some_and(|part| part.is_empty()) {
            parts.pop();
        }
        return Some(parts);
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(vec![text.get(..4)?, text.get(4..6)?, text.get(6..)?]);
    }
    let separator = ['-', '.', '/'].into_iter().find(|&c| text.contains(c));
    Some(separator.map_or_else(|| vec![text], |c| text.split(c).collect()))
}

/// A date as `example` writes one: with its marks, and zeros before the month and day where it has them.
/// Where `example` is no date it is written as the standard has it, 2016-05-18.
#[must_use]
pub fn like(example: &str, date: Date) -> String {
    let mark = example.chars().find(|c| !c.is_ascii_digit() && !c.is_whitespace());
    let parts = parts(example).unwrap_or_default();
    let padded = parts.get(1).is_none_or(|month| month.len() == 2);
    match mark {
        _ if parse(example).is_none() => date.to_string(),
        Some('年') if !padded => in_chinese(date),
        Some('年') => format!("{}年{:02}月{:02}日", date.year(), date.month(), date.day()),
        Some(mark) if !padded => {
            format!("{}{mark}{}{mark}{}", date.year(), date.month(), date.day())
        }
        mark => {
            let mark = mark.map(String::from).unwrap_or_default();
            format!("{:04}{mark}{:02}{mark}{:02}", date.year(), date.month(), date.day())
        }
    }
}

/// A date in Chinese: 2024年7月22日.
#[must_use]
pub fn in_chinese(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn reads_every_usual_form() {
        for text in [
            "2016-05-18",
            "2016-5-18",
            "2016年5月18日",
            "2016 年 05 月 18 日",
            "2016.5.18",
            "2016/5/18",
            "２０１６－０５－１８",
            "20160518",
            "2016年5月18号",
            "2016—05—18",
        ] {
            assert_eq!(parse(text), Some(date(2016, 5, 18)), "{text}");
        }
    }

    #[test]
    fn reads_months_and_years_when_asked() {
        assert_eq!(parse_partial("2016年5月"), Some((date(2016, 5, 1), Precision::Month)));
        assert_eq!(parse_partial("2016-05"), Some((date(2016, 5, 1), Precision::Month)));
        assert_eq!(parse_partial("2016年"), Some((date(2016, 1, 1), Precision::Year)));
        assert_eq!(parse("2016年5月"), None);
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "2016-02-30",
            "2016-13-01",
            "16-05-18",
            "2016-05-18-1",
            "二〇一六年",
            "2016--18",
            "年月日",
            "长期",
            "2016-05/18",
            "2016年13月",
            "+2016-1-1",
            "2016年5月18日起",
        ] {
            assert_eq!(parse_partial(text), None, "{text}");
        }
    }

    #[test]
    fn writes_a_date_as_the_example_does() {
        for (example, written) in [
            ("2016-05-18", "2024-07-05"),
            ("2016.5.18", "2024.7.5"),
            ("2016/05/18", "2024/07/05"),
            ("20160518", "20240705"),
            ("2016年5月18日", "2024年7月5日"),
            ("2016年05月18日", "2024年07月05日"),
            ("", "2024-07-05"),
            ("长期", "2024-07-05"),
        ] {
            assert_eq!(like(example, date(2024, 7, 5)), written, "{example}");
        }
    }

    #[test]
    fn writes_chinese() {
        assert_eq!(in_chinese(date(2024, 7, 5)), "2024年7月5日");
    }
}
