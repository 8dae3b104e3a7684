//! The steps in which a role fills in its papers.

use crate::domain::field::specs;
use crate::domain::{Draft, Field, Kind, Role, Spec};
use crate::rules::{Finding, Severity};
use crate::typeset::PaperKind;

/// One step; groups are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// 企业信息.
    Company,
    /// 发榜信息: disclosure and channel.
    Publication,
    /// 需求 n.
    Demand(usize),
    /// 企业概况.
    Profile,
    /// 拟揭榜事项.
    Items,
    /// 申请书 n.
    Letter(usize),
    /// 佐证材料 of letter n.
    Evidence(usize),
    /// 报送与声明.
    Submission,
    /// 检查与导出.
    Export,
}

/// What the mark beside a step says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Something required is still empty.
    Empty,
    /// Nothing found.
    Fine,
    /// Warnings only.
    Warning,
    /// Errors in what was filled in or visited; all gaps after an export was tried.
    Error,
}

impl Step {
    /// The steps of a draft in order.
    pub(crate) fn all(draft: &Draft) -> Vec<Self> {
        let mut steps = vec![Self::Company];
        match draft.role {
            Role::Demander => {
                steps.push(Self::Publication);
                steps.extend((0..draft.demands.len()).map(Self::Demand));
            }
            Role::Solver => {
                steps.extend([Self::Profile, Self::Items]);
                for n in 0..draft.applications.len() {
                    steps.extend([Self::Letter(n), Self::Evidence(n)]);
                }
            }
        }
        steps.extend([Self::Submission, Self::Export]);
        steps
    }

    /// The step's name.
    pub(crate) fn title(self) -> String {
        match self {
            Self::Company => "企业信息".to_owned(),
            Self::Publication => "发榜信息".to_owned(),
            Self::Demand(n) => format!("需求 {}", n + 1),
            Self::Profile => "企业概况".to_owned(),
            Self::Items => "拟揭榜事项".to_owned(),
            Self::Letter(n) => format!("申请书 {}", n + 1),
            Self::Evidence(n) => format!("佐证材料 {}", n + 1),
            Self::Submission => "报送与声明".to_owned(),
            Self::Export => "检查与导出".to_owned(),
        }
    }

    /// What the person named the group, to tell steps of one kind apart.
    pub(crate) fn subtitle(self, draft: &Draft) -> &str {
        match self {
            Self::Demand(n) => draft.demands.get(n).map_or("", |demand| &demand.name),
            Self::Letter(n) => draft.applications.get(n).map_or("", |letter| &letter.item.name),
            _ => "",
        }
    }

    /// The step that edits a blank.
    pub(crate) fn of(field: &Field) -> Self {
        let segments: Vec<&str> = field.segments().collect();
        let number = |n: &str| n.parse().unwrap_or(0);
        match segments.as_slice() {
            // A finding of the whole list is that it is empty; then there is no page of a demand.
            ["disclosure"] | ["recommendation", ..] | ["demands"] => Self::Publication,
            ["demands", n, ..] => Self::Demand(number(n)),
            ["matching", ..] => Self::Profile,
            ["applications"] | ["applications", _, "item", ..] => Self::Items,
            ["applications", n, "evidence", ..] => Self::Evidence(number(n)),
            ["applications", n, ..] => Self::Letter(number(n)),
            ["submission" | "declarations" | "notice" | "role", ..] => Self::Submission,
            ["print", ..] => Self::Export,
            _ => Self::Company,
        }
    }

    /// The blanks of the step in the order of the forms, groups and files left out.
    pub(crate) fn fields(self, draft: &Draft) -> Vec<Field> {
        let mut fields = Vec::new();
        for spec in specs().iter().filter(|spec| spec.kind != Kind::Group && self.has(spec)) {
            match self {
                Self::Demand(n) | Self::Letter(n) | Self::Evidence(n) => {
                    spec.expand_group(draft, n, &mut fields);
                }
                _ => spec.expand(draft, &mut fields),
            }
        }
        if self == Self::Submission {
            // The declarations would be out of sight below the long list of offices.
            fields.sort_by_key(|field| !field.pointer().starts_with("/declarations/"));
        }
        draft.with_all_blocks(fields)
    }

    /// A blank belongs to steps of this kind.
    fn has(self, spec: &Spec) -> bool {
        let of_first = Self::of(&Field::new(spec.field.replace('*', "0")));
        std::mem::discriminant(&of_first) == std::mem::discriminant(&self)
    }

    /// The paper on which the step's blanks stand.
    pub(crate) fn paper(self, role: Role) -> PaperKind {
        match (self, role) {
            (Self::Submission | Self::Export, _) => PaperKind::Checklist,
            (_, Role::Demander) => PaperKind::Demand,
            (Self::Letter(n) | Self::Evidence(n), Role::Solver) => PaperKind::Application(n),
            (_, Role::Solver) => PaperKind::Matching,
        }
    }

    /// The mark that these findings give the step.
    pub(crate) fn mark<'a>(self, findings: impl IntoIterator<Item = &'a Finding>) -> Mark {
        let mut mark = Mark::Fine;
        for finding in
            findings.into_iter().filter(|f| self == Self::Export || Self::of(&f.field) == self)
        {
            let found = match finding.severity {
                Severity::Error => Mark::Error,
                Severity::Warning => Mark::Warning,
                Severity::Hint => Mark::Fine,
            };
            mark = worse(mark, found);
        }
        mark
    }
}

fn worse(a: Mark, b: Mark) -> Mark {
    let rank = |mark| match mark {
        Mark::Fine => 0,
        Mark::Warning => 1,
        Mark::Empty => 2,
        Mark::Error => 3,
    };
    if rank(b) > rank(a) { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blank_belongs_to_a_step_that_is_there() {
        for role in [Role::Demander, Role::Solver] {
            let mut draft = Draft::new("shanghai-2024", role);
            for letter in &mut draft.applications {
                letter.evidence.push(crate::domain::Evidence::default());
            }
            let steps = Step::all(&draft);
            let mut fields = Vec::new();
            for spec in specs() {
                spec.expand(&draft, &mut fields);
            }
            for field in fields {
                assert!(steps.contains(&Step::of(&field)), "{field} of {role}");
                if field.spec().is_some_and(|spec| spec.kind != Kind::Group) {
                    let of_step = Step::of(&field).fields(&draft);
                    assert_eq!(of_step.iter().filter(|one| **one == field).count(), 1, "{field}");
                }
            }
        }
    }

    #[test]
    fn a_finding_marks_its_own_step() {
        let gap = Finding::new(
            Severity::Error,
            "required",
            Field::from("/company/name"),
            "企业名称还没有填。",
            "",
        );
        let findings = [gap];
        assert_eq!(Step::Company.mark(&findings), Mark::Error);
        assert_eq!(Step::Profile.mark(&findings), Mark::Fine);
        assert_eq!(Step::Export.mark(&findings), Mark::Error);
    }
}
