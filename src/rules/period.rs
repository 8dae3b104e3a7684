//! 起止时间 as people write it: calendar months, or months of a project.

use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

use super::width::half_width;

/// Longest text that is read, bytes; a period is said in a few words.
const LONGEST: usize = 300;

/// From one month to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Months of the calendar, counted from January of the year 0; see [`year_and_month`].
    Calendar {
        /// The first.
        from: u32,
        /// The last.
        to: u32,
    },
    /// Months of a project, from 1.
    Project {
        /// The first.
        from: u32,
        /// The last.
        to: u32,
    },
}

/// A year and its month, from 1, of a month of the calendar.
#[must_use]
pub const fn year_and_month(month: u32) -> (u32, u32) {
    (month / 12, month % 12 + 1)
}

/// Months of a project later than this are a slip of the pen.
const LAST_MONTH: u32 = 240;

/// Reads `2025年1月—2025年6月`, `2025.01-06`, `2025年第一季度`, `第1—3个月`, `M1-M3`, `签约后4个月内`
/// and what is like them; `None` for anything else, also for an end before its start.
#[must_use]
pub fn parse(text: &str) -> Option<Period> {
    if text.len() > LONGEST {
        return None;
    }
    let text = plain(text);
    let text = text.as_str();
    if let Some(rest) = after_event(text) {
        return deadline(rest, true).or_else(|| span(rest));
    }
    deadline(text, false).or_else(|| span(text))
}

/// Half-width, without spaces, remarks in brackets and words that say nothing of the months; digits for
/// Chinese numerals, `~` for what stands between two times.
fn plain(text: &str) -> String {
    static REMARK: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[(\[][^()\[\]]*[)\]]").ok());
    let text: String = text.chars().map(mark).filter(|c| !c.is_whitespace()).collect();
    let text = text.to_uppercase();
    let kept = match &*REMARK {
        Some(remark) => remark.replace_all(&text, "").into_owned(),
        None => text.clone(),
    };
    // All of it in brackets: they are no remark.
    let text = if kept.is_empty() { text.replace(['(', ')', '[', ']'], "") } else { kept };
    let text = without_idle_words(&digits(&text)).replace("起~", "~");
    let mut joined = String::with_capacity(text.len());
    for c in text.trim_matches(['。', ';', ',', '.']).chars() {
        if !(c == '~' && joined.ends_with('~')) {
            joined.push(c);
        }
    }
    joined
}

/// Half-width; `~` for what stands between two times and nothing else, `-` for what may stand in a date.
fn mark(c: char) -> char {
    match c {
        '至' | '到' | '\u{301C}' | '—' | '–' | '―' | '─' | '→' => '~',
        '‐' | '‑' | '−' | '﹣' => '-',
        other => half_width(other),
    }
}

fn without_idle_words(text: &str) -> String {
    const WORDS: &str =
        "月(?:[上中下]旬|[初中末底])|年(?:初|末|底)|之?日起|预计|计划|大?约|^[自从]|[:止]";
    static IDLE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(WORDS).ok());
    let shorter = |found: &Captures<'_>| match found.get(0).map_or("", |word| word.as_str()) {
        "年初" => "年1月",
        "年末" | "年底" => "年12月",
        word if word.starts_with('月') => "月",
        word if word.ends_with('起') => "起",
        _ => "",
    };
    match &*IDLE {
        Some(words) => words.replace_all(text, shorter).into_owned(),
        None => text.to_owned(),
    }
}

/// Chinese numerals as digits: 十二 is 12, 二〇二五 is 2025.
fn digits(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<u32> = Vec::new();
    for c in text.chars().chain(['\0']) {
        if let Some(value) = numeral(c) {
            run.push(value);
            continue;
        }
        match run.as_slice() {
            [] => {}
            [10] => out.push_str("10"),
            [10, ones] => out.push_str(&(10 + ones).to_string()),
            [tens, 10] => out.push_str(&(tens * 10).to_string()),
            [tens, 10, ones] => out.push_str(&(tens * 10 + ones).to_string()),
            single => single.iter().for_each(|digit| out.push_str(&digit.to_string())),
        }
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn numeral(c: char) -> Option<u32> {
    if c == '两' {
        return Some(2);
    }
    let found = "〇一二三四五六七八九十".chars().position(|numeral| numeral == c);
    found.or((c == '零').then_some(0)).and_then(|n| u32::try_from(n).ok())
}

/// What stands behind an event the months are counted from: 签约后, 合同签订之日起, T0后.
fn after_event(text: &str) -> Option<&str> {
    let at = text.rfind(['后', '起'])?;
    let (event, rest) = text.split_at(at);
    let rest = rest.trim_start_matches(['后', '起', '的', ',', '，']);
    let event = event.replace("T0", "");
    let dated = event.chars().any(|c| c.is_ascii_digit() || c == '~');
    (!dated && !rest.is_empty()).then_some(rest)
}

/// 4个月内, 前3个月: from the first month on. `event`: an event was named, so 内 may be missing.
fn deadline(text: &str, event: bool) -> Option<Period> {
    static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^(?P<first>前|首)?(?P<nth>第)?(?P<n>\d{1,3})个?月(?P<within>[之以]?内|[之以]?前)?$",
        )
        .ok()
    });
    let form = FORM.as_ref()?.captures(text)?;
    let counts = form.name("first").is_some()
        || form.name("within").is_some()
        || (event && form.name("nth").is_none());
    let to = form.name("n")?.as_str().parse().ok()?;
    if counts { project(1, to) } else { None }
}

fn project(from: u32, to: u32) -> Option<Period> {
    let from = from.max(1);
    (from <= to && to <= LAST_MONTH).then_some(Period::Project { from, to })
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Month,
    /// A month of the project, never of the calendar.
    ProjectMonth,
    Quarter,
    Half,
}

/// One end of a period, as far as it is written there; the other end says the rest.
#[derive(Debug, Clone, Copy, Default)]
struct End {
    year: Option<u32>,
    number: Option<u32>,
    unit: Option<Unit>,
}

impl End {
    /// The first and last month it may stand for, from 0 within its year or project.
    fn months(self) -> Option<(u32, u32)> {
        let Some(number) = self.number else {
            return self.year.map(|_| (0, 11));
        };
        let (length, most) = match self.unit? {
            Unit::Month | Unit::ProjectMonth => (1, 12),
            Unit::Quarter => (3, 4),
            Unit::Half => (6, 2),
        };
        let most = if self.year.is_some() { most } else { LAST_MONTH };
        // T0 is the beginning of the first month.
        let project = self.year.is_none() && number == 0;
        let before = if project { 0 } else { number.checked_sub(1)? };
        (number <= most).then_some((before * length, before * length + length - 1))
    }
}

/// One time, or the time between two.
fn span(text: &str) -> Option<Period> {
    if let Some(only) = end(text) {
        // 3个月 alone is how long, not when.
        let lasts = only.year.is_none() && !text.starts_with(['第', 'M', 'T', 'Q']);
        return if lasts { None } else { between(only, only) };
    }
    for mark in ['~', '-'] {
        for (at, _) in text.match_indices(mark) {
            let (left, right) = (text.get(..at)?, text.get(at + 1..)?);
            let (right, next_year) = match right.strip_prefix("次年").or(right.strip_prefix("翌年"))
            {
                Some(rest) => (rest, true),
                None => (right, false),
            };
            let (Some(from), Some(mut to)) = (end(left), end(right)) else { continue };
            if next_year {
                to.year = from.year.map(|year| year + 1);
            }
            if let Some(period) = between(from, to) {
                return Some(period);
            }
        }
    }
    None
}

fn between(from: End, to: End) -> Option<Period> {
    let from = End { year: from.year.or(to.year), unit: from.unit.or(to.unit), ..from };
    let to = End { year: to.year.or(from.year), unit: to.unit.or(from.unit), ..to };
    let (first, _) = from.months()?;
    let (_, last) = to.months()?;
    match (from.year, to.year) {
        (Some(a), Some(b)) => {
            let project = [from.unit, to.unit].contains(&Some(Unit::ProjectMonth));
            let (from, to) = (a * 12 + first, b * 12 + last);
            (!project && from <= to).then_some(Period::Calendar { from, to })
        }
        _ => project(first + 1, last + 1),
    }
}

/// The forms of one end, each with the unit of its number where the form tells it.
static ENDS: LazyLock<Vec<(Regex, Option<Unit>)>> = LazyLock::new(|| {
    let month = Some(Unit::Month);
    let forms = [
        (r"^(?P<y>\d{4})年?$", None),
        (r"^(?P<y>\d{4})年(?P<n>\d{1,2})月份?(?:\d{1,2}[日号]?)?$", month),
        (r"^(?P<y>\d{4})年第?(?P<n>\d{1,2})$", None),
        (r"^(?P<y>\d{4})\.(?P<n>\d{1,2})(?:\.\d{1,2}|月)?$", month),
        (r"^(?P<y>\d{4})/(?P<n>\d{1,2})(?:/\d{1,2}|月)?$", month),
        (r"^(?P<y>\d{4})-(?P<n>\d{1,2})(?:-\d{1,2}|月)?$", month),
        (r"^(?P<y>\d{4})(?P<n>\d{2})(?:\d{2})?$", month),
        (r"^(?:(?P<y>\d{4})[年.-]?)?第?(?P<n>[1-9]\d?)个?季度?$", Some(Unit::Quarter)),
        (r"^(?:(?P<y>\d{4})[年.-]?)?Q(?P<n>[1-4])(?:季度)?$", Some(Unit::Quarter)),
        (r"^(?:(?P<y>\d{4})年?)?(?P<half>[上下])半年$", Some(Unit::Half)),
        (r"^(?P<n>\d{1,2})月份?(?:\d{1,2}[日号])?$", month),
        (r"^第?(?P<n>\d{1,3})个月$", Some(Unit::ProjectMonth)),
        (r"^第(?P<n>\d{1,3})月$", Some(Unit::ProjectMonth)),
        (r"^M(?P<n>\d{1,3})$", Some(Unit::ProjectMonth)),
        (r"^T0?(?:\+(?P<n>\d{1,3})(?:个?月|M)?)?$", Some(Unit::ProjectMonth)),
        (r"^第?(?P<n>\d{1,3})$", None),
    ];
    forms.into_iter().filter_map(|(form, unit)| Some((Regex::new(form).ok()?, unit))).collect()
});

fn end(text: &str) -> Option<End> {
    ENDS.iter().find_map(|(form, unit)| {
        let found = form.captures(text)?;
        let number = |name| found.name(name)?.as_str().parse::<u32>().ok();
        let half = found.name("half").map(|half| if half.as_str() == "上" { 1 } else { 2 });
        let year = number("y");
        let mut number = number("n").or(half);
        if text.starts_with('T') {
            number = number.or(Some(0));
        }
        let plausible = year.is_none_or(|year| (1990..=2100).contains(&year));
        plausible.then_some(End { year, number, unit: *unit })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The period as `2025-1..2025-6` or `1..3`.
    fn read(text: &str) -> String {
        let calendar = |month| {
            let (year, month) = year_and_month(month);
            format!("{year}-{month}")
        };
        match parse(text) {
            Some(Period::Calendar { from, to }) => format!("{}..{}", calendar(from), calendar(to)),
            Some(Period::Project { from, to }) => format!("{from}..{to}"),
            None => "?".to_owned(),
        }
    }

    fn all_are(expected: &str, spellings: &[&str]) {
        for spelling in spellings {
            assert_eq!(read(spelling), expected, "{spelling}");
        }
    }

    #[test]
    fn months_of_the_calendar_are_read_in_all_their_spellings() {
        all_are(
            "2025-1..2025-6",
            &[
                "2025年1月—2025年6月",
                "2025年1月——2025年6月",
                "2025年1月至2025年6月",
                "2025 年 1 月 - 2025 年 6 月",
                "2025.01-2025.06",
                "2025.1–2025.6",
                "2025.01~06",
                "2025/01～2025/06",
                "2025-01-15 至 2025-06-30",
                "2025-01-15-2025-06-30",
                "2025-01-2025-06",
                "2025年1—6月",
                "2025年1~6月",
                "2025年1-6月",
                "2025-1-6月",
                "２０２５年１月—２０２５年６月",
                "二〇二五年一月至六月",
                "2025年1月1日—2025年6月30日",
                "2025年1月初到6月底",
                "2025年1月上旬—6月中旬",
                "自2025年1月起至2025年6月止",
                "（2025.01—2025.06）",
                "2025年1月—6月（6个月）",
                "2025年第一季度至第二季度",
                "2025年第一—二季度",
                "2025-01—06",
                "2025年初—2025年6月底",
                "2025Q1-2025Q2",
                "2025Q1—Q2",
                "2025年上半年",
                "202501-202506",
                "20250101—20250630",
                "计划2025年1月—6月。",
            ],
        );
        all_are(
            "2025-1..2025-3",
            &["2025年第一季度", "2025Q1", "2025年1季度", "2025年Q1", "2025-q1"],
        );
        all_are(
            "2025-11..2026-2",
            &["2025年11月—次年2月", "2025年11月至2026年2月", "2025.11-2026.2"],
        );
        all_are("2025-1..2026-12", &["2025—2026年", "2025年至2026年"]);
        all_are("2025-7..2025-12", &["2025年下半年", "2025年7月—2025年底"]);
        all_are("2025-3..2025-3", &["2025年3月", "2025.03", "2025-03-08"]);
    }

    #[test]
    fn months_of_a_project_are_read_in_all_their_spellings() {
        all_are(
            "1..3",
            &[
                "第1—3个月",
                "第1个月至第3个月",
                "第一个月—第三个月",
                "第1至3月",
                "M1-M3",
                "M1—3",
                "m1~m3",
                "1-3月",
                "1—3个月",
                "１－３月",
                "T0—T0+3个月",
                "T0~T0+3",
                "T—T+3月",
                "前3个月",
                "前三个月",
                "3个月内",
                "签约后3个月内",
                "合同签订之日起3个月内",
                "项目启动后第1—3个月",
                "第3个月前",
                "第1季度",
                "协议签订后三个月",
                "第1—3个月（3个月）",
            ],
        );
        all_are("5..9", &["第5—9个月", "签约后第5至第9个月", "T0+5—T0+9个月", "M5-M9"]);
        all_are("10..12", &["第十个月至第十二个月", "第四季度", "第10～12个月末"]);
        all_are("4..4", &["第4个月", "M4"]);
        all_are("1..4", &["签约后4个月内", "签约后 4 个月内", "T0后4个月"]);
    }

    #[test]
    fn what_cannot_be_read_is_not_guessed() {
        for nonsense in [
            "",
            " ",
            "待定",
            "另行商定",
            "3个月",
            "6月",
            "2025年6月前",
            "2025年13月—2025年14月",
            "2025年6月—2025年1月",
            "第9—5个月",
            "2025年1月—第3个月",
            "第1—999个月",
            "2025年5季度",
            "约半年",
            "尽快",
            "—",
            "~~~",
            "至",
            "起",
            "后",
            "0000年1月—0000年3月",
            "99999999999999999999",
            "2025-2025-2025",
            "年月—年月",
            "😀—😀",
            "第一阶段",
            "2025年1月—2025年6月—2025年9月",
        ] {
            assert_eq!(read(nonsense), "?", "{nonsense}");
        }
    }
}
