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
    /// The page; without `findings` before the first check has ended. Where the draft may not be changed,
    /// what would change it is grey.
    pub(crate) fn view<'a>(
        &'a self,
        draft: &'a Draft,
        notice: &'a Notice,
        findings: Option<&'a [Finding]>,
        may_change: bool,
    ) -> Element<'a, Message> {
        let summary = review::summary(findings);
        let findings = findings.unwrap_or_default();
        // One part, so that nothing below loses the keyboard when the last finding goes.
        let found =
            column![summary].push(review::list(draft, findings)).spacing(gap::L).width(Fill);
        let page = column![
            text("检查与导出").size(size::HEAD),
            found,
            review::contents(draft, notice, is_stopped(findings), self.password.is_wanted()),
            self.target(draft, findings, may_change),
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

    fn letter_face<'a>(
        &'a self,
        draft: &'a Draft,
        may_change: bool,
    ) -> Option<Element<'a, Message>> {
        let choice = || self.letter_face.view(draft, may_change).map(Message::LetterFace);
        (!draft.letters().is_empty()).then(choice)
    }

    fn target<'a>(
        &'a self,
        draft: &'a Draft,
        findings: &[Finding],
        may_change: bool,
    ) -> Element<'a, Message> {
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
        let (label, note) = if is_stopped(findings) {
            ("导出草稿", "还有错误没有改正，只能导出草稿：每页印“草稿”字样，不能用于报送。")
        } else if draft.role == Role::Demander {
            ("导出", "导出需求表和报送清单的 PDF，以及打好的材料包（ZIP）。")
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
            column![folder]
                .extend(print_options(draft, may_change))
                .push(self.letter_face(draft, may_change))
                .push(self.password.view().map(Message::Password))
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

/// How the papers are printed.
fn print_options<'a>(
    draft: &Draft,
    may_change: bool,
) -> impl Iterator<Item = Element<'a, Message>> {
    let option = move |id, label, chosen, message| {
        let message = Some(message).filter(|_| may_change);
        control::option(Id::new(id), label, chosen, control::Kind::AnyOfSeveral, message)
    };
    let print = &draft.print;
    let code = match draft.role {
        Role::Demander => "需求表的页脚也印校验码（用来核对纸质件和电子草稿）",
        Role::Solver => "对接表的页脚也印校验码（用来核对纸质件和电子草稿）",
    };
    let code = option("check-code", code, print.check_code_on_tables, Message::CheckCodeToggled);
    let sides = match draft.role {
        Role::Demander => "双面打印、左侧装订",
        Role::Solver => "双面打印、左侧装订（申请书封面的背面留白）",
    };
    let sides = option("double-sided", sides, print.double_sided, Message::DoubleSidedToggled);
    let straddle = "各页右边印骑缝章的位置（通知没有要求盖）";
    let straddle =
        option("straddle-seal", straddle, print.straddle_seal, Message::StraddleSealToggled);
    let signed = "盖章处留电子签名域，供电子签章软件使用（纸上不显示）";
    let signed =
        option("signature-fields", signed, print.signature_fields, Message::SignatureFieldsToggled);
    let docx = "同时写出可编辑的 Word 文件（.docx）";
    let docx = option("docx", docx, print.docx, Message::DocxToggled);
    let kept = draft.evidence().next().map(|_| {
        let label = "佐证材料册里的图片保留原来的清晰度（不降到 200 dpi，文件会大很多）";
        let message = Message::FullResolutionToggled;
        option("full-resolution", label, print.evidence_full_resolution, message)
    });
    [sides, straddle, signed, code, docx].into_iter().chain(kept)
}
