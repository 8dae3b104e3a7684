//! Which place of the guide fits what is being done.

use super::guide::{Guide, Place};
use crate::app::screen::editor::Step;
use crate::domain::Role;

/// What is shown while help is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// The list of drafts.
    Home,
    /// The data folder cannot be used.
    NoFolder,
    /// A step of a draft.
    Draft(Role, Step),
}

impl Occasion {
    /// As links of the guide name it.
    const fn link(self) -> &'static str {
        match self {
            Self::Home => "README.md",
            Self::NoFolder => "trouble.md#写着数据文件夹打不开",
            Self::Draft(Role::Solver, step) => match step {
                Step::Company | Step::Publication | Step::Demand(_) => "solver.md#三企业信息",
                Step::Profile => "solver.md#四企业概况",
                Step::Items => "solver.md#五拟揭榜事项",
                Step::Letter(_) => "solver.md#六申请书",
                Step::Evidence(_) => "solver.md#七佐证材料",
                Step::Submission => "solver.md#八报送与声明",
                Step::Export => "solver.md#九检查",
            },
            Self::Draft(Role::Demander, step) => match step {
                Step::Company => "demander.md#二企业信息",
                Step::Publication => "demander.md#三发榜信息",
                Step::Submission => "demander.md#五报送与声明",
                Step::Export => "demander.md#六检查与导出",
                _ => "demander.md#四各项需求",
            },
        }
    }

    /// The place; the first page where the guide has none for it.
    pub(super) fn place(self, guide: &Guide) -> Place {
        guide.place(self.link()).unwrap_or(Place { page: 0, heading: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_has_its_place_in_the_guide() {
        let guide = Guide::read();
        assert!(guide.place(Occasion::NoFolder.link()).is_some());
        let steps = [
            Step::Company,
            Step::Publication,
            Step::Demand(2),
            Step::Profile,
            Step::Items,
            Step::Letter(0),
            Step::Evidence(1),
            Step::Submission,
            Step::Export,
        ];
        assert_eq!(Occasion::Home.place(&guide), Place { page: 0, heading: None });
        for (page, role) in [(1, Role::Solver), (2, Role::Demander)] {
            for step in steps {
                let place = Occasion::Draft(role, step).place(&guide);
                assert!(place.page == page && place.heading.is_some(), "{role:?} {step:?}");
            }
        }
    }
}
