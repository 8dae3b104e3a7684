//! Which heading of the notice a paragraph is, with its number or without, in words a little different.

use super::body::Paragraph;
use crate::domain::{Application, Field};
use crate::rules::notice::Form;
use crate::rules::width::half_width;

/// Longest heading, characters.
const LONGEST: usize = 50;
/// Least likeness of a paragraph that looks like a heading.
const LIKE: f32 = 0.6;
/// Least likeness of one that has the right number too.
const LIKE_WITH_NUMBER: f32 = 0.45;
/// Least likeness where text follows on the same line.
const LIKE_RUN_IN: f32 = 0.65;

/// What a heading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A section, by its place in [`Application::SECTIONS`].
    Section(usize),
    /// 三、 itself, before its parts.
    Plan,
    /// The list of evidence.
    Evidence,
}

/// The headings of the notice.
#[derive(Debug)]
pub(super) struct Headings(Vec<Heading>);

#[derive(Debug)]
struct Heading {
    target: Target,
    number: Option<Number>,
    /// Ways to say it, bare.
    words: Vec<Vec<char>>,
}

/// A number before a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    /// In brackets, as （一）.
    bracketed: bool,
    value: u32,
}

/// A heading found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) target: Target,
    /// Text that follows the heading in its paragraph.
    pub(super) rest: String,
}

impl Headings {
    /// Those of a notice's letter.
    pub(super) fn of(form: &Form) -> Self {
        let sections = Application::SECTIONS.iter().enumerate();
        let mut headings: Vec<Heading> = sections
            .map(|(place, name)| {
                let key = format!("/applications/*/{name}");
                let label = Field::application(0, name).spec().map_or("", |spec| &spec.label);
                let prompt = form.prompts.get(&key).map_or("", String::as_str);
                let first = prompt.split(['，', '。', '；']).next().unwrap_or_default();
                let words = [form.label(&key), label, prompt, first];
                Heading::new(Target::Section(place), form.label(&key), &words)
            })
            .collect();
        for (target, key) in
            [(Target::Plan, "/applications/*/plan"), (Target::Evidence, "/applications/*/evidence")]
        {
            let label = form.label(key);
            headings.push(Heading::new(target, label, &[label]));
        }
        Self(headings)
    }

    /// The heading a paragraph is; `None`: it is text.
    pub(super) fn find(&self, paragraph: &Paragraph) -> Option<Found> {
        let whole = paragraph.whole();
        let (number, words) = numbered(&whole);
        if let Some(found) = number.and_then(|number| self.run_in(number, words)) {
            return Some(found);
        }
        if whole.chars().count() > LONGEST || whole.contains('\n') {
            return None;
        }
        let styled = paragraph.level.is_some() || paragraph.bold;
        let target = self.likest(&bare(words), number, styled)?;
        // A number in a heading may be a figure that was meant as text.
        let says_more = words.chars().any(|c| half_width(c).is_ascii_digit());
        Some(Found { target, rest: if says_more { words.to_owned() } else { String::new() } })
    }

    /// （一）攻关团队情况：我公司……
    fn run_in(&self, number: Number, words: &str) -> Option<Found> {
        let (start, rest) = words.split_once(['：', ':', '\n'])?;
        let (heading, likeness) = self.best(&bare(start))?;
        let agrees = heading.number == Some(number) && likeness >= LIKE_RUN_IN;
        agrees.then(|| Found { target: heading.target, rest: rest.trim().to_owned() })
    }

    fn likest(&self, words: &[char], number: Option<Number>, styled: bool) -> Option<Target> {
        let (heading, likeness) = self.best(words)?;
        let agrees = number.is_some() && heading.number == number;
        let least = match (styled, number.is_some()) {
            (true, _) if agrees => LIKE_WITH_NUMBER,
            (true, _) | (false, true) => LIKE,
            // A line without number or style is a heading only in the notice's own words.
            (false, false) => 1.0,
        };
        (likeness >= least).then_some(heading.target)
    }

    fn best(&self, words: &[char]) -> Option<(&Heading, f32)> {
        let scored = self.0.iter().map(|heading| {
            let likeness = heading.words.iter().map(|own| likeness(own, words));
            (heading, likeness.fold(0.0, f32::max))
        });
        // The first of equals.
        scored.fold(None, |best: Option<(&Heading, f32)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        })
    }
}

impl Heading {
    fn new(target: Target, label: &str, words: &[&str]) -> Self {
        let number = numbered(label).0;
        let words = words.iter().map(|words| bare(numbered(words).1));
        Self { target, number, words: words.filter(|words| !words.is_empty()).collect() }
    }
}

/// Parts the number from a heading: 一、 （一） 1. 第一部分 and their like.
fn numbered(text: &str) -> (Option<Number>, &str) {
    let text = text.trim();
    let narrow: Vec<char> = text.chars().map(half_width).collect();
    let bracketed = narrow.first() == Some(&'(');
    let ordinal = narrow.first() == Some(&'第');
    let start = usize::from(bracketed || ordinal);
    let digits = narrow.iter().skip(start).take_while(|c| digit(**c).is_some()).count();
    if digits == 0 || digits > 3 {
        return (None, text);
    }
    let value = value(narrow.get(start..start + digits).unwrap_or_default());
    let mut end = start + digits;
    let closed = |at: usize, marks: &[char]| narrow.get(at).is_some_and(|c| marks.contains(c));
    let is_number = match (bracketed, ordinal) {
        (true, _) => closed(end, &[')']),
        (_, true) => closed(end, &['部', '章', '节', '条']),
        _ => closed(end, &['、', '.', '．', ',', ')', ' ', '\t', ':']),
    };
    if !is_number {
        return (None, text);
    }
    end += 1;
    // 第一部分, （一）、 and 1.2 have more.
    while closed(end, &['分', '、', '.', ' ', '\t', ':'])
        || (!bracketed && closed(end, &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']))
    {
        end += 1;
    }
    let rest = text.char_indices().nth(end).map_or("", |(at, _)| text.get(at..).unwrap_or(""));
    (Some(Number { bracketed, value }), rest.trim())
}

fn digit(c: char) -> Option<u32> {
    const CHINESE: &str = "零一二三四五六七八九十";
    c.to_digit(10).or_else(|| {
        let place = CHINESE.chars().position(|own| own == c)?;
        u32::try_from(place).ok()
    })
}

/// 十二 and 12 are twelve; 二十 is twenty.
fn value(digits: &[char]) -> u32 {
    digits.iter().enumerate().fold(0_u32, |sum, (n, c)| match (digit(*c).unwrap_or(0), c) {
        (_, '十') if n == 0 => 10,
        (_, '十') => sum.saturating_mul(10),
        (digit, _) if n > 0 && digits.get(n - 1) == Some(&'十') => sum + digit,
        (digit, _) => sum.saturating_mul(10).saturating_add(digit),
    })
}

/// Letters, digits and Chinese characters alone.
fn bare(text: &str) -> Vec<char> {
    let letters = text.chars().map(half_width).filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).take(2 * LONGEST).collect()
}

/// From 0, nothing in common, to 1, the same.
fn likeness(own: &[char], other: &[char]) -> f32 {
    if own.is_empty() || other.is_empty() {
        return 0.0;
    }
    let (short, long) = if own.len() < other.len() { (own, other) } else { (other, own) };
    let share = short.len() as f32 / long.len() as f32;
    // Four 字 of a heading are enough to know it by: 合作方式.
    let contained = short.len() >= 4 && long.windows(short.len()).any(|part| part == short);
    if contained && (share >= 0.5 || (short == other && share >= 0.4)) {
        return share.max(LIKE + 0.05);
    }
    2.0 * common(own, other) as f32 / (own.len() + other.len()) as f32
}

/// Length of the longest sequence both have in order.
fn common(one: &[char], other: &[char]) -> usize {
    let mut row = vec![0_usize; other.len() + 1];
    for c in one {
        let mut diagonal = 0;
        for (n, d) in other.iter().enumerate() {
            let above = row.get(n + 1).copied().unwrap_or(0);
            let left = row.get(n).copied().unwrap_or(0);
            let best = if c == d { diagonal + 1 } else { above.max(left) };
            diagonal = above;
            if let Some(place) = row.get_mut(n + 1) {
                *place = best;
            }
        }
    }
    row.last().copied().unwrap_or(0)
}
