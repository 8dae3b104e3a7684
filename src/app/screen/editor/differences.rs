//! What differs between two states of a draft: texts, choices, files, confirmations.

use std::collections::{HashMap, HashSet};

use super::{Step, choice};
use crate::domain::field::specs;
use crate::domain::{Draft, Field, Kind};
use crate::rules::Notice;

/// Most characters of a text shown while it is not open.
const MOST: usize = 90;
/// Characters before the first that differs.
const LEAD: usize = 16;

/// A blank that reads otherwise in one of the states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// The blank's name.
    pub(super) name: String,
    /// What it held then.
    pub(super) then: String,
    /// What it holds now.
    pub(super) now: String,
}

/// All of them in the order of the forms.
pub(super) fn differences(then: &Draft, now: &Draft, notice: &Notice) -> Vec<Difference> {
    let (mut fields, old) = (addresses(now), addresses(then));
    let known: HashSet<Field> = fields.iter().cloned().collect();
    let larger = if old.len() > known.len() { then } else { now };
    let steps = Step::all(larger);
    let order: HashMap<Step, usize> = steps.into_iter().zip(0..).collect();
    fields.extend(old.into_iter().filter(|field| !known.contains(field)));
    fields.sort_by_key(|field| order.get(&Step::of(field)).copied());
    let mut found: Vec<Difference> = fields
        .iter()
        .filter_map(|field| {
            let (then, now) = (content(then, notice, field), content(now, notice, field));
            (then != now).then(|| Difference { name: field.title(), then, now })
        })
        .collect();
    found.extend(confirmations(then, now));
    found.extend(settings(then, now));
    found
}

/// How the papers are printed.
fn settings(then: &Draft, now: &Draft) -> Vec<Difference> {
    let code = |draft: &Draft| {
        if draft.print.check_code_on_tables { "印在表上" } else { "不印在表上" }
    };
    let docx = |draft: &Draft| if draft.print.docx { "同时写出" } else { "不写出" };
    let said = [("校验码", code(then), code(now)), ("可编辑的 Word 文件", docx(then), docx(now))];
    let differ = said.into_iter().filter(|(_, then, now)| then != now);
    let difference = |(name, then, now): (&str, &str, &str)| Difference {
        name: name.to_owned(),
        then: then.to_owned(),
        now: now.to_owned(),
    };
    differ.map(difference).collect()
}

fn addresses(draft: &Draft) -> Vec<Field> {
    let mut fields = Vec::new();
    for spec in specs().iter() {
        spec.expand(draft, &mut fields);
    }
    for (n, m, _) in draft.evidence() {
        let files = Field::evidence(n, m, "files");
        if !fields.contains(&files) {
            fields.push(files);
        }
    }
    fields
}

/// What a blank holds, in words.
fn content(draft: &Draft, notice: &Notice, field: &Field) -> String {
    if let Some((n, m)) = files_of(field) {
        let piece = draft.applications.get(n).and_then(|letter| letter.evidence.get(m));
        let files = piece.map_or(&[][..], |piece| piece.files.as_slice());
        return files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("、");
    }
    match field.spec().map(|spec| spec.kind) {
        Some(Kind::Choice | Kind::Confirm) => {
            let choices = choice::choices(draft, notice, field);
            let chosen = choices.into_iter().filter(|choice| choice.selected);
            chosen.map(|choice| choice.label).collect::<Vec<_>>().join("、")
        }
        _ => draft.text(field).unwrap_or_default().to_owned(),
    }
}

fn files_of(field: &Field) -> Option<(usize, usize)> {
    let segments: Vec<&str> = field.segments().collect();
    match segments.as_slice() {
        ["applications", n, "evidence", m, "files"] => Some((n.parse().ok()?, m.parse().ok()?)),
        _ => None,
    }
}

fn confirmations(then: &Draft, now: &Draft) -> Vec<Difference> {
    let mut kept = HashSet::new();
    let all = now.overrides.iter().chain(&then.overrides);
    let each = all.filter(|one| kept.insert((one.field.clone(), one.rule.clone())));
    each.filter_map(|one| {
        let reason = |draft: &Draft| {
            draft.override_reason(&one.field, &one.rule).unwrap_or_default().to_owned()
        };
        let (then, now) = (reason(then), reason(now));
        let name = format!("{}（确认的理由）", one.field.title());
        (then != now).then_some(Difference { name, then, now })
    })
    .collect()
}

impl Difference {
    /// Something of it is left out while it is not open.
    pub(super) fn is_long(&self) -> bool {
        [&self.then, &self.now].into_iter().any(|words| words.chars().count() > MOST)
    }

    /// Both texts, short ones whole, of long ones what differs with a little around it.
    pub(super) fn excerpts(&self) -> (String, String) {
        let pairs = self.then.chars().zip(self.now.chars());
        let same = pairs.take_while(|(then, now)| then == now).count();
        (excerpt(&self.then, same), excerpt(&self.now, same))
    }
}

/// A text from a little before character `at` on.
fn excerpt(words: &str, at: usize) -> String {
    let count = words.chars().count();
    if count <= MOST {
        return words.to_owned();
    }
    let from = at.saturating_sub(LEAD).min(count - MOST);
    let start = if from > 0 { "……" } else { "" };
    let end = if from + MOST < count { "……" } else { "" };
    let shown: String = words.chars().skip(from).take(MOST).collect();
    format!("{start}{shown}{end}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::{Attachment, Demand, Evidence, Extra, Role};

    fn named(differences: &[Difference]) -> Vec<(&str, &str, &str)> {
        let parts = |d| -> (&str, &str, &str) {
            let Difference { name, then, now }: &Difference = d;
            (name, then, now)
        };
        differences.iter().map(parts).collect()
    }

    #[test]
    fn texts_choices_and_groups_that_one_lacks_are_told_with_what_they_held() {
        let notice = &crate::rules::notice::bundled()[0];
        let then = Draft::new(notice.id.clone(), Role::Demander);
        assert!(differences(&then, &then, notice).is_empty());
        let mut now = then.clone();
        now.company.name = "示例".to_owned();
        now.demands.push(Demand { name: "新需求".to_owned(), ..Demand::default() });
        now.disclosure = crate::domain::Disclosure::ALL.first().copied();
        let label = crate::domain::Disclosure::ALL[0].label();
        let found = differences(&then, &now, notice);
        let mut found = named(&found);
        found.sort_by_key(|(name, ..)| name.len());
        let disclosure = Field::from("/disclosure").title();
        let mut wanted = vec![
            ("企业名称", "", "示例"),
            ("需求 2 · 名称", "", "新需求"),
            (disclosure.as_str(), "", label),
        ];
        wanted.sort_by_key(|(name, ..)| name.len());
        assert_eq!(found, wanted);
        let back = differences(&now, &then, notice);
        assert!(named(&back).contains(&("需求 2 · 名称", "新需求", "")));
    }

    #[test]
    fn files_and_confirmations_are_told_by_name() {
        let notice = &crate::rules::notice::bundled()[0];
        let then = Draft::new(notice.id.clone(), Role::Solver);
        let mut now = then.clone();
        let file = |name: &str| Attachment {
            name: name.to_owned(),
            sha256: String::new(),
            bytes: 1,
            extra: Extra::new(),
        };
        let files = vec![file("专利.pdf"), file("证书.png")];
        now.applications[0].evidence.push(Evidence { files, ..Evidence::default() });
        now.set_override(&Field::from("/company/size"), "size", "按上年数");
        let found = differences(&then, &now, notice);
        let found = named(&found);
        assert!(found.iter().any(|one| (one.1, one.2) == ("", "专利.pdf、证书.png")), "{found:?}");
        assert!(found.iter().any(|one| one.2 == "按上年数"), "{found:?}");
    }

    #[test]
    fn of_a_long_text_the_place_that_differs_is_shown() {
        let then = "同".repeat(200);
        let now = format!("{}新{}", "同".repeat(150), "同".repeat(50));
        let long = Difference { name: String::new(), then: then.clone(), now };
        let (_, shown) = long.excerpts();
        assert!(long.is_long() && shown.contains('新') && shown.starts_with("……"), "{shown}");
        let short = Difference { name: String::new(), then: "甲".into(), now: String::new() };
        assert_eq!((short.is_long(), short.excerpts()), (false, ("甲".into(), String::new())));
    }
}
