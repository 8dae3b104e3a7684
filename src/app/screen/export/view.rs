//! How the export page looks.

use iced::widget::{Id, column, container, progress_bar, row, space, text, text_input};
use iced::{Alignment, Fill};

use super::{Message, State, button_id, folder_id, review, start_id};
use crate::app::focus::form_id;
use crate::app::icon::Icon;
use crate::app::theme::{self, Tone, size, space as gap};
use crate::app::widget::frame::guard;
use crate::app::widget::{Element, control};
use crate::domain::{Draft, Role};
use crate::export::is_stopped;
use crate::rules::{Finding, Notice};

impl State {
    /// The page; without `findings` before the first check has ended.
    pub(crate) fn view<'a>(
        &'a self,
        draft: &'a Draft,
        notice: &'a Notice,
        findings: Option<&'a [Finding]>,
    ) -> Element<'a, Message> {
        let summary = review::summary(findings);
        let findings = findings.unwrap_or_default();
        // One part, so that nothing below loses the keyboard when the last finding goes.
        let found =
            column![summary].push(review::list(draft, findings)).spacing(gap::L).width(Fill);
        let page = column![
            text("检查与导出").size(size::HEAD),
            found,
            review::contents(draft, notice, is_stopped(findings)),
            self.target(draft, findings),
            self.outcome(draft, notice),
        ]
        .spacing(gap::L)
        .width(Fill)
        .max_width(680);
        control::scroll(container(page).padding(gap::XL).center_x(Fill))
            .id(form_id())
            .height(Fill)
            .into()
    }

    fn target<'a>(&'a self, draft: &'a Draft, findings: &[Finding]) -> Element<'a, Message> {
        let folder = row![
            guard(
                text_input("文件夹的完整路径", &self.folder)
                    .id(folder_id())
                    .on_submit(Message::Started)
                    .on_input(Message::FolderTyped)
                    .size(size::BODY)
                    .padding([7.0, gap::S])
                    .style(theme::input(Tone::Plain))
            ),
            control::with_icon(Icon::Folder, "选择", Some(Message::FolderAsked)),
        ]
        .spacing(gap::S)
        .align_y(Alignment::Center);
        let code = control::option(
            Id::new("check-code"),
            match draft.role {
                Role::Demander => "需求表的页脚也印校验码（用来核对纸质件和电子版）",
                Role::Solver => "对接表的页脚也印校验码（用来核对纸质件和电子版）",
            },
            draft.print.check_code_on_tables,
            control::Kind::AnyOfSeveral,
            Message::CheckCodeToggled,
        );
        let docx = control::option(
            Id::new("docx"),
            "同时写出可编辑的 Word 文件（.docx）",
            draft.print.docx,
            control::Kind::AnyOfSeveral,
            Message::DocxToggled,
        );
        let kept = draft.evidence().next().map(|_| {
            control::option(
                Id::new("full-resolution"),
                "佐证材料册里的图片保留原来的清晰度（不降到 200 dpi，文件会大很多）",
                draft.print.evidence_full_resolution,
                control::Kind::AnyOfSeveral,
                Message::FullResolutionToggled,
            )
        });
        let (label, note) = if is_stopped(findings) {
            ("导出草稿", "还有错误没有改正，只能导出草稿：每页印“草稿”字样，不能用于报送。")
        } else {
            ("导出", "导出各张表的 PDF、佐证材料、报送清单，以及打好的材料包（ZIP）。")
        };
        // What stops it comes beside it: the second press of a double click must not.
        let started =
            control::primary_busy(button_id(), label, self.is_running(), Message::Started);
        let stop: Element<'a, Message> = if self.is_running() {
            control::secondary("取消", Some(Message::Cancelled))
        } else {
            space().into()
        };
        let go = row![started, stop, self.progress()].spacing(gap::M).align_y(Alignment::Center);
        let go = container(go).id(start_id());
        control::section(
            "导出到文件夹",
            column![folder, code, docx]
                .push(kept)
                .push(control::hint(note))
                .push(go)
                .spacing(gap::S),
        )
    }

    fn progress(&self) -> Element<'_, Message> {
        let Some(step) = self.shown.as_ref().filter(|_| self.is_running()) else {
            return space().into();
        };
        let share = if step.total == 0 { 0.0 } else { step.done as f32 / step.total as f32 };
        column![
            control::hint(step.what.clone()),
            progress_bar(0.0..=1.0, share).girth(5).style(theme::progress(|t| t.accent)),
        ]
        .spacing(gap::XS)
        .into()
    }
}
