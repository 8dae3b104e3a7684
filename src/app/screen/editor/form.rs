//! The middle pane for steps that are a list of blanks.

use iced::widget::{Column, Id, column, container, row, space, text};
use iced::{Alignment, Fill};

use super::update::form_id;
use super::{Change, Group, Message, State, Step, assist};
use crate::app::icon::Icon;
use crate::app::theme::{size, space as gap};
use crate::app::widget::anchor::anchor;
use crate::app::widget::{Element, control};
use crate::domain::Field;

/// Widest form; longer lines are hard to read.
const WIDEST: f32 = 680.0;

/// Names of the tools that move a group.
pub(super) const MOVE_UP: &str = "上移";
pub(super) const MOVE_DOWN: &str = "下移";

/// Headings of 企业信息 before the first blank that stands under each.
const COMPANY_PARTS: [(&str, &str); 5] = [
    ("/company/name", "企业"),
    ("/company/legal_representative/name", "法人代表与联系人"),
    ("/company/registered_capital", "规模"),
    ("/company/ownership", "性质与行业"),
    ("/company/address", "地址"),
];

impl State {
    /// The blanks of the step under its heading.
    pub(super) fn form(&self) -> Element<'_, Message> {
        let mut page = column![self.heading()].spacing(gap::L).width(Fill).max_width(WIDEST);
        if self.step == Step::Company {
            page = page.push(self.profile_line());
        }
        page = match self.step {
            Step::Items => self.items(page),
            Step::Evidence(letter) => self.evidence(page, letter),
            step => self.blanks(page, step),
        };
        if let Step::Demand(_) = self.step {
            let add = Message::Grouped(Group::Demands, Change::Add);
            let add = self.unless_read_only(add);
            page = page.push(control::with_icon(Icon::Plus, "再加一项需求", add));
        }
        page = page.push(self.next_step());
        let list = control::scroll(container(page).padding(gap::XL).center_x(Fill));
        anchor(form_id(), list.id(form_id()).height(Fill))
    }

    fn blanks<'a>(&'a self, mut page: Column<'a, Message>, step: Step) -> Column<'a, Message> {
        for field in step.fields(&self.draft) {
            // One that is being edited stays: the keyboard would fall to the blank after it.
            if field.pointer() == "/company/industry_class"
                && !assist::needs_industry_class(&self.draft)
                && self.focus.as_ref() != Some(&field)
            {
                continue;
            }
            if let Some((_, title)) =
                COMPANY_PARTS.iter().find(|(first, _)| *first == field.pointer())
            {
                page = page.push(
                    container(text(*title).size(size::TITLE)).padding(iced::padding::top(gap::S)),
                );
            }
            page = page.push(self.blank(&field));
        }
        page
    }

    /// The name of the step, what it is about, and what can be done with its group.
    pub(super) fn heading(&self) -> Element<'_, Message> {
        let title = text(self.step.title()).size(size::HEAD);
        let tools: Element<'_, Message> = match self.step {
            Step::Demand(n) => self.tools(Group::Demands, n),
            _ => space().into(),
        };
        let mut heading =
            column![row![title, space::horizontal(), tools].align_y(Alignment::Center)]
                .spacing(gap::XS);
        if let Some(lead) = self.lead() {
            heading = heading.push(control::hint(lead));
        }
        if !self.may_write {
            heading = heading.push(
                container(control::prose(self.why_read_only()).size(size::BODY))
                    .padding(gap::S)
                    .width(Fill)
                    .style(crate::app::theme::warning_box),
            );
        }
        for pointer in self.group_fields() {
            heading = heading.push(self.found(&pointer));
        }
        heading.into()
    }

    /// Lists whose own findings stand under the heading of this step.
    fn group_fields(&self) -> Vec<Field> {
        match self.step {
            Step::Publication => vec![Field::from("/demands")],
            Step::Demand(n) => {
                [format!("/demands/{n}"), format!("/demands/{n}/content")].map(Field::new).into()
            }
            Step::Items => vec![Field::from("/applications")],
            Step::Evidence(n) => vec![Field::new(format!("/applications/{n}/evidence"))],
            _ => Vec::new(),
        }
    }

    fn lead(&self) -> Option<String> {
        let forms = &self.notice.forms;
        let words = match self.step {
            Step::Company => "企业信息只填一次，各张表都用它。带 * 的必填。",
            Step::Publication => "是否公开企业名称，以及由哪个渠道推荐。",
            Step::Demand(_) => {
                return forms.demand.prompts.get("/demands/*/content").map(|prompt| {
                    format!("{prompt}。五个部分印在同一格里，通知要求详细阐明这几方面；确实没有的可以不填。")
                });
            }
            Step::Items => "要揭榜的每个事项附一份申请书。事项名称也印在申请书封面上。",
            Step::Evidence(_) => "佐证材料清单附在申请书后面，文件随材料包一起导出。",
            Step::Submission if self.named_office(&"/submission/contact".into()).is_some() => {
                "报送部门通知已经指定；请确认通知要求的声明。"
            }
            Step::Submission => "选定报送部门，并确认通知要求的声明。",
            Step::Profile | Step::Letter(_) | Step::Export => return None,
        };
        Some(words.to_owned())
    }

    fn next_step(&self) -> Element<'_, Message> {
        let steps = super::Step::all(&self.draft);
        let next =
            steps.iter().position(|step| *step == self.step).and_then(|at| steps.get(at + 1));
        let Some(&next) = next else { return space().into() };
        row![
            space::horizontal(),
            control::primary(&format!("下一步：{}", next.title()), Some(Message::StepChosen(next)))
        ]
        .padding(iced::padding::top(gap::S))
        .into()
    }

    /// Moves, copies and removes group `at` of a list.
    pub(super) fn tools<'a>(&self, group: Group, at: usize) -> Element<'a, Message> {
        let last = group.count(&self.draft).saturating_sub(1);
        let tool = |icon, name, change, possible| {
            let message = self.unless_read_only(Message::Grouped(group, change));
            let message = message.filter(|_| possible);
            control::symbol_named(tool_id(name, &group.nth(at)), icon, name, message)
        };
        row![
            tool(Icon::Up, MOVE_UP, Change::MoveUp(at), at > 0),
            tool(Icon::Down, MOVE_DOWN, Change::MoveDown(at), at < last),
            tool(Icon::Copy, "复制一份", Change::Duplicate(at), true),
            tool(Icon::Trash, "删除", Change::Remove(at), true),
        ]
        .into()
    }
}

/// The tool of this name in the heading of a group.
pub(super) fn tool_id(name: &str, group: &Field) -> Id {
    Id::from(format!("symbol:{name}:{group}"))
}
