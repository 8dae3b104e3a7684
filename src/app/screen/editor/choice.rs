//! Blanks that are ticked rather than written.

use crate::domain::{
    Category, Channel, Disclosure, Draft, EnterpriseSize, EvidenceKind, Field, Ownership,
};
use crate::rules::Notice;

/// One thing to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Its words.
    pub(crate) label: String,
    /// A second line; empty for none.
    pub(crate) detail: String,
    /// Ticked.
    pub(crate) selected: bool,
}

/// Any number may be ticked.
pub(crate) fn is_multiple(field: &Field) -> bool {
    field.pointer() == "/company/categories" || field.pointer().starts_with("/declarations/")
}

/// The choices of a blank; empty where the address is none of this draft's choices.
pub(crate) fn choices(draft: &Draft, notice: &Notice, field: &Field) -> Vec<Choice> {
    let segments: Vec<&str> = field.segments().collect();
    match segments.as_slice() {
        ["disclosure"] => single(Disclosure::ALL, Disclosure::label, draft.disclosure),
        ["recommendation", "channel"] => {
            single(Channel::ALL, Channel::label, draft.recommendation.channel)
        }
        ["company", "size"] => {
            single(EnterpriseSize::ALL, EnterpriseSize::label, draft.company.size)
        }
        ["company", "ownership"] => {
            single(Ownership::ALL, Ownership::label, draft.company.ownership)
        }
        ["company", "categories"] => Category::ALL
            .iter()
            .map(|category| plain(category.label(), draft.company.categories.contains(category)))
            .collect(),
        ["applications", n, "evidence", m, "kind"] => {
            let kind = piece(draft, n, m).and_then(|piece| piece.kind);
            single(EvidenceKind::ALL, EvidenceKind::label, kind)
        }
        ["submission", "contact"] => notice
            .contacts_for(draft)
            .map(|contact| Choice {
                label: format!("{} · {}", contact.area, contact.department),
                detail: [&contact.address, &contact.phone, &contact.email]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("　"),
                selected: draft.submission.contact == contact.id,
            })
            .collect(),
        ["declarations", key] => match declaration(&mut draft.declarations.clone(), key) {
            Some(confirmed) => {
                let words = field.spec().map_or("", |spec| spec.label.as_str());
                vec![plain(words, *confirmed)]
            }
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Ticks choice `index`, or takes the tick off where any number may be ticked.
pub(crate) fn choose(draft: &mut Draft, notice: &Notice, field: &Field, index: usize) {
    let segments: Vec<&str> = field.segments().collect();
    match segments.as_slice() {
        ["disclosure"] => draft.disclosure = Disclosure::ALL.get(index).copied(),
        ["recommendation", "channel"] => {
            draft.recommendation.channel = Channel::ALL.get(index).copied();
        }
        ["company", "size"] => draft.company.size = EnterpriseSize::ALL.get(index).copied(),
        ["company", "ownership"] => draft.company.ownership = Ownership::ALL.get(index).copied(),
        ["company", "categories"] => {
            let Some(&category) = Category::ALL.get(index) else { return };
            let categories = &mut draft.company.categories;
            match categories.iter().position(|c| *c == category) {
                Some(at) => {
                    categories.remove(at);
                }
                None => categories.push(category),
            }
        }
        ["applications", n, "evidence", m, "kind"] => {
            let (Ok(n), Ok(m)) = (n.parse::<usize>(), m.parse::<usize>()) else { return };
            let letter = draft.applications.get_mut(n);
            if let Some(piece) = letter.and_then(|letter| letter.evidence.get_mut(m)) {
                piece.kind = EvidenceKind::ALL.get(index).copied();
            }
        }
        ["submission", "contact"] => {
            let id = notice.contacts_for(draft).nth(index).map(|contact| contact.id.clone());
            draft.submission.contact = id.unwrap_or_default();
        }
        ["declarations", key] => {
            if let Some(confirmed) = declaration(&mut draft.declarations, key) {
                *confirmed = !*confirmed;
            }
        }
        _ => {}
    }
}

fn declaration<'a>(
    declarations: &'a mut crate::domain::Declarations,
    key: &str,
) -> Option<&'a mut bool> {
    match key {
        "no_secrets" => Some(&mut declarations.no_secrets),
        "not_affiliated" => Some(&mut declarations.not_affiliated),
        "letter_disclosed" => Some(&mut declarations.letter_disclosed),
        _ => None,
    }
}

fn piece<'a>(draft: &'a Draft, n: &str, m: &str) -> Option<&'a crate::domain::Evidence> {
    let (n, m) = (n.parse::<usize>().ok()?, m.parse::<usize>().ok()?);
    draft.applications.get(n)?.evidence.get(m)
}

fn single<T: Copy + PartialEq>(
    all: &[T],
    label: impl Fn(T) -> &'static str,
    chosen: Option<T>,
) -> Vec<Choice> {
    all.iter().map(|&one| plain(label(one), chosen == Some(one))).collect()
}

fn plain(label: &str, selected: bool) -> Choice {
    Choice { label: label.to_owned(), detail: String::new(), selected }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::field::specs;
    use crate::domain::{Evidence, Kind, Role};

    #[test]
    fn every_blank_to_tick_can_be_ticked() {
        let notice = &crate::rules::notice::bundled()[0];
        for role in [Role::Demander, Role::Solver] {
            let mut draft = Draft::new(notice.id.clone(), role);
            for letter in &mut draft.applications {
                letter.evidence.push(Evidence::default());
            }
            for spec in specs().iter().filter(|s| matches!(s.kind, Kind::Choice | Kind::Confirm)) {
                let mut fields = Vec::new();
                spec.expand(&draft, &mut fields);
                for field in fields {
                    let last = choices(&draft, notice, &field).len().checked_sub(1).unwrap();
                    choose(&mut draft, notice, &field, last);
                    let after = choices(&draft, notice, &field);
                    assert!(after[last].selected, "{field}");
                    assert_eq!(after.iter().filter(|c| c.selected).count(), 1, "{field}");
                }
            }
        }
    }

    #[test]
    fn several_categories_stand_together_and_come_off_one_by_one() {
        let notice = &crate::rules::notice::bundled()[0];
        let mut draft = Draft::new(notice.id.clone(), Role::Solver);
        let field = Field::from("/company/categories");
        choose(&mut draft, notice, &field, 0);
        choose(&mut draft, notice, &field, 2);
        choose(&mut draft, notice, &field, 0);
        assert_eq!(draft.company.categories, [Category::Innovative]);
    }
}
