//! What differs between two states of a draft: texts, choices, files, confirmations.

use std::collections::HashSet;

use super::blocks::in_words;
use super::roster::Roster;
use super::{Group, Step, choice};
use crate::domain::field::specs;
use crate::domain::{Draft, Field, Kind};
use crate::rules::Notice;
use crate::rules::invisible;

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

/// All of them in the order of the forms. A group that only one of the states has is one of them, and so
/// is another order of a list.
pub(super) fn differences(then: &Draft, now: &Draft, notice: &Notice) -> Vec<Difference> {
    let before = Roster::of(then);
    let mut after = before.clone();
    after.replace(then, now);
    let states = Both { then, now, before: &before, after: &after };
    let steps = Step::all(if states.is_longer_then() { then } else { now });
    let place = |field: &Field| steps.iter().position(|step| *step == Step::of(field));
    let mut found = states.groups();
    found.extend(states.orders());
    found.extend(states.blanks(notice));
    found.sort_by_key(|(field, _)| place(field));
    let mut found: Vec<Difference> = found.into_iter().map(|(_, difference)| difference).collect();
    found.extend(states.confirmations());
    found.extend(settings(then, now));
    found
}

/// Two states of a draft and the groups of each.
struct Both<'a> {
    then: &'a Draft,
    now: &'a Draft,
    before: &'a Roster,
    after: &'a Roster,
}

impl Both<'_> {
    fn is_longer_then(&self) -> bool {
        Step::all(self.then).len() > Step::all(self.now).len()
    }

    /// The groups that are in one state only, each with its address there.
    fn groups(&self) -> Vec<(Field, Difference)> {
        let lost = |draft: &Draft, groups: &Roster, into: &Roster| {
            let mut lost = Vec::new();
            for group in addresses(draft).iter().filter_map(|field| groups.lost(field, into)) {
                if !lost.contains(&group) {
                    lost.push(group);
                }
            }
            lost
        };
        let gone = lost(self.then, self.before, self.after).into_iter().map(|group| {
            let name = format!("已删除的{}", group_title(&group));
            let then = group_words(self.then, &group);
            (group, Difference { name, then, now: ABSENT.to_owned() })
        });
        let new = lost(self.now, self.after, self.before).into_iter().map(|group| {
            let name = format!("新增的{}", group_title(&group));
            let now = group_words(self.now, &group);
            (group, Difference { name, then: ABSENT.to_owned(), now })
        });
        gone.chain(new).collect()
    }

    /// The blanks that read otherwise, of what is in both states.
    fn blanks(&self, notice: &Notice) -> Vec<(Field, Difference)> {
        let mut pairs: Vec<(Field, Field)> = Vec::new();
        for field in addresses(self.now) {
            pairs.extend(self.after.follow(&field, self.before).map(|old| (old, field)));
        }
        let seen: HashSet<Field> = pairs.iter().map(|(old, _)| old.clone()).collect();
        // Some blanks are only there for what was chosen.
        for old in addresses(self.then).into_iter().filter(|old| !seen.contains(old)) {
            pairs.extend(self.before.follow(&old, self.after).map(|field| (old, field)));
        }
        let differ = pairs.into_iter().filter_map(|(old, field)| {
            let then = content(self.then, notice, &old);
            let now = content(self.now, notice, &field);
            let name = field.title();
            (then != now).then_some((field, Difference { name, then, now }))
        });
        differ.collect()
    }

    /// The lists whose groups stand in another order.
    fn orders(&self) -> Vec<(Field, Difference)> {
        let moved = self.before.is_reordered(self.after).filter(|(_, is_moved)| *is_moved);
        let difference = |(group, _): (Group, bool)| {
            let first = group.nth(0);
            let old = match group {
                Group::Evidence(n) => self.before.letter_at(self.after.letter(n)?)?,
                Group::Demands | Group::Applications => 0,
            };
            let of_then = if let Group::Evidence(_) = group { Group::Evidence(old) } else { group };
            let order = |draft: &Draft, group: Group| {
                let names = (0..group.count(draft)).map(|n| group_words(draft, &group.nth(n)));
                names.collect::<Vec<_>>().join("、")
            };
            let name = match group {
                Group::Evidence(n) => format!("事项 {} · 佐证材料的顺序", n + 1),
                Group::Demands | Group::Applications => format!("{}的顺序", group.noun()),
            };
            let (then, now) = (order(self.then, of_then), order(self.now, group));
            Some((first, Difference { name, then, now }))
        };
        moved.filter_map(difference).collect()
    }

    fn confirmations(&self) -> Vec<Difference> {
        let reason = |draft: &Draft, field: &Field, rule: &str| {
            draft.override_reason(field, rule).unwrap_or_default().to_owned()
        };
        let named = |field: &Field| format!("{}（确认的理由）", field.title());
        let of_now = self.now.overrides.iter().filter_map(|one| {
            let old = self.after.follow(&one.field, self.before)?;
            let then = reason(self.then, &old, &one.rule);
            let now = reason(self.now, &one.field, &one.rule);
            (then != now).then(|| Difference { name: named(&one.field), then, now })
        });
        let gone = self.then.overrides.iter().filter_map(|one| {
            let new = self.before.follow(&one.field, self.after)?;
            let now = reason(self.now, &new, &one.rule);
            let then = reason(self.then, &one.field, &one.rule);
            let is_gone = now.is_empty() && !then.is_empty();
            is_gone.then(|| Difference { name: named(&new), then, now })
        });
        of_now.chain(gone).collect()
    }
}

/// In place of what a group holds, in the state that has it not.
const ABSENT: &str = "没有这一项";

/// A group with its number, such as `需求 2`.
fn group_title(group: &Field) -> String {
    let segments: Vec<&str> = group.segments().collect();
    let number =
        |n: &str| n.parse::<usize>().map_or_else(|_| n.to_owned(), |n| (n + 1).to_string());
    match segments.as_slice() {
        ["demands", n] => format!("需求 {}", number(n)),
        ["applications", n] => format!("事项 {}", number(n)),
        ["applications", n, "evidence", m] => {
            format!("佐证材料 {}（事项 {}）", number(m), number(n))
        }
        _ => group.title(),
    }
}

/// What a group is called.
fn group_words(draft: &Draft, group: &Field) -> String {
    let name = ["/name", "/item/name"]
        .into_iter()
        .find_map(|tail| draft.text(&Field::new(format!("{}{tail}", group.pointer()))));
    match name.unwrap_or_default().trim() {
        "" => "（没有名称）".to_owned(),
        name => name.to_owned(),
    }
}

/// How the papers are printed.
fn settings(then: &Draft, now: &Draft) -> Vec<Difference> {
    let code = |draft: &Draft| {
        if draft.print.check_code_on_tables { "印在表上" } else { "不印在表上" }
    };
    let docx = |draft: &Draft| if draft.print.docx { "同时写出" } else { "不写出" };
    let pixels = |draft: &Draft| {
        if draft.print.evidence_full_resolution { "保留全部像素" } else { "降到 200 dpi" }
    };
    let sides = |draft: &Draft| if draft.print.double_sided { "双面" } else { "单面" };
    let straddle =
        |draft: &Draft| if draft.print.straddle_seal { "印在页边" } else { "不印" };
    let signed = |draft: &Draft| if draft.print.signature_fields { "留" } else { "不留" };
    let said = [
        ("单面或双面打印", sides(then), sides(now)),
        ("骑缝章的位置", straddle(then), straddle(now)),
        ("电子签名域", signed(then), signed(now)),
        ("校验码", code(then), code(now)),
        ("可编辑的 Word 文件", docx(then), docx(now)),
        ("佐证材料册的图片", pixels(then), pixels(now)),
    ];
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
        return files
            .iter()
            .map(|file| invisible::revealed(&file.name))
            .collect::<Vec<_>>()
            .join("、");
    }
    if let Some(body) = draft.body(field) {
        return in_words(body);
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
            ("新增的需求 2", ABSENT, "新需求"),
            (disclosure.as_str(), "", label),
        ];
        wanted.sort_by_key(|(name, ..)| name.len());
        assert_eq!(found, wanted);
        let back = differences(&now, &then, notice);
        assert!(named(&back).contains(&("已删除的需求 2", "新需求", ABSENT)));
    }

    #[test]
    fn a_group_is_compared_with_itself_wherever_it_stands() {
        let notice = &crate::rules::notice::bundled()[0];
        let mut then = Draft::new(notice.id.clone(), Role::Demander);
        let demand = |name: &str| Demand { name: name.to_owned(), ..Demand::default() };
        then.demands = ["甲", "乙", "丙"].map(demand).to_vec();
        for demand in &mut then.demands {
            demand.content.effect = format!("{}的效果", demand.name);
        }
        let mut now = then.clone();
        now.demands.remove(0);
        now.demands[0].content.parameters = "参数".to_owned();
        let found = differences(&then, &now, notice);
        let label = Field::demand(0, "content/parameters").title();
        assert_eq!(named(&found), [("已删除的需求 1", "甲", ABSENT), (label.as_str(), "", "参数")]);
        now = then.clone();
        now.demands.swap(0, 2);
        let found = differences(&then, &now, notice);
        assert_eq!(named(&found), [("需求的顺序", "甲、乙、丙", "丙、乙、甲")]);
    }

    #[test]
    fn a_piece_of_evidence_that_is_new_is_told_once_and_so_is_a_reason_of_a_moved_group() {
        let notice = &crate::rules::notice::bundled()[0];
        let mut then = Draft::new(notice.id.clone(), Role::Solver);
        let letter = |name: &str| {
            let mut letter = crate::domain::Application::default();
            letter.item.name = name.to_owned();
            letter
        };
        then.applications = vec![letter("甲"), letter("乙")];
        then.set_override(&Field::application(1, "introduction"), "length", "原因");
        let mut now = then.clone();
        assert!(
            crate::app::screen::editor::Group::Applications
                .apply(&mut now, crate::app::screen::editor::Change::Remove(0))
        );
        now.applications[0]
            .evidence
            .push(Evidence { name: "证书".into(), ..Evidence::default() });
        let found = differences(&then, &now, notice);
        assert_eq!(
            named(&found),
            [("已删除的事项 1", "甲", ABSENT), ("新增的佐证材料 1（事项 1）", ABSENT, "证书")]
        );
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
        now.applications[0].evidence.push(Evidence::default());
        let then = now.clone();
        now.applications[0].evidence[0].files = files;
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
