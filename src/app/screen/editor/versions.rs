//! Earlier versions of the draft: listed, looked at by what changed, brought back.

use std::sync::Arc;
use std::time::Instant;

use iced::widget::{column, container, row, space, text};
use iced::{Alignment, Fill, Task};
use jiff::tz::TimeZone;

use super::{Message, State};
use crate::app::focus::form_id;
use crate::app::icon::Icon;
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::{Element, control};
use crate::app::worker::{self, Broken};
use crate::domain::Draft;
use crate::store::Version;

/// A version with the names of the blanks that read otherwise now.
#[derive(Debug, Clone)]
pub(crate) struct Earlier {
    version: Version,
    /// The draft as it was; the sentence says why it cannot be read.
    draft: Result<Draft, String>,
    changed: Vec<String>,
}

#[cfg(test)]
impl Earlier {
    /// The company's name in it.
    pub(crate) fn company(&self) -> Option<&str> {
        self.draft.as_ref().ok().map(|draft| draft.company.name.as_str())
    }
}

/// Most versions listed; older ones are of days long past.
const MOST: usize = 60;

impl State {
    /// Lists the versions, off this thread.
    pub(super) fn list_versions(&mut self) -> Task<Message> {
        worker::run(self.list_earlier_job(), Message::VersionsListed)
    }

    pub(super) fn list_earlier_job(
        &self,
    ) -> impl FnOnce() -> Result<Vec<Earlier>, String> + Send + 'static {
        let (store, id, now) = (self.store.clone(), self.id.clone(), Arc::clone(&self.draft));
        move || {
            let versions = store.history(&id).map_err(|error| error.to_string())?;
            let read = |version: Version| {
                let draft = store.load_version(&version).map_err(|error| error.to_string());
                let changed = draft.as_ref().map_or_else(|_| Vec::new(), |d| changed(d, &now));
                Earlier { version, draft, changed }
            };
            Ok(versions.into_iter().take(MOST).map(read).collect())
        }
    }

    pub(super) fn versions_listed(
        &mut self,
        result: Result<Result<Vec<Earlier>, String>, Broken>,
    ) -> Task<Message> {
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(versions) => self.versions = Some(versions),
            Err(problem) => self.tell(problem),
        }
        Task::none()
    }

    /// Makes a version the draft. That is a change like any other and can be undone.
    pub(super) fn restore(&mut self, index: usize) -> Task<Message> {
        let earlier = self.versions.as_ref().and_then(|versions| versions.get(index));
        let Some(Ok(draft)) = earlier.map(|earlier| earlier.draft.clone()) else {
            return Task::none();
        };
        if draft.notice != self.notice.id {
            self.tell("这个版本是按另一份通知填写的，不能直接恢复；请先在首页改回那份通知。");
            return Task::none();
        }
        self.versions = None;
        let task = self.change(None, Instant::now(), |now| *now = draft);
        let step = self.step;
        let step =
            if super::Step::all(&self.draft).contains(&step) { step } else { super::Step::Company };
        self.tell_done("已恢复到这个版本。");
        Task::batch([task, self.go_to(step)])
    }

    /// The middle pane with the list.
    pub(super) fn versions_page<'a>(&'a self, versions: &'a [Earlier]) -> Element<'a, Message> {
        let heading = row![
            text("历史版本").size(size::HEAD),
            space::horizontal(),
            control::with_icon(Icon::Back, "返回填写", Some(Message::VersionsClosed)),
        ]
        .align_y(Alignment::Center);
        let mut page = column![
            heading,
            control::hint("程序自动保留修改前的版本。恢复某个版本以后，仍可以撤销。"),
        ]
        .spacing(gap::M)
        .width(Fill)
        .max_width(680);
        if versions.is_empty() {
            page = page.push(control::card(control::hint("还没有更早的版本。")));
        }
        for (index, earlier) in versions.iter().enumerate() {
            page = page.push(version_card(index, earlier));
        }
        control::scroll(container(page).padding(gap::XL).center_x(Fill))
            .id(form_id())
            .height(Fill)
            .into()
    }
}

fn version_card(index: usize, earlier: &Earlier) -> Element<'_, Message> {
    let at = earlier.version.at.to_zoned(TimeZone::system());
    let mut title = at.strftime("%Y-%m-%d %H:%M").to_string();
    if earlier.version.before_restore {
        title.push_str("（恢复旧版本之前）");
    }
    let what = match (&earlier.draft, earlier.changed.as_slice()) {
        (Err(problem), _) => problem.clone(),
        (Ok(_), []) => "与现在相同".to_owned(),
        (Ok(_), names) => {
            let shown = names.iter().take(4).cloned().collect::<Vec<_>>().join("、");
            let more = if names.len() > 4 { "等" } else { "" };
            format!("与现在有 {} 处不同：{shown}{more}", names.len())
        }
    };
    let possible = earlier.draft.is_ok() && !earlier.changed.is_empty();
    let words = column![text(title).size(size::BODY), control::hint(what)].spacing(2).width(Fill);
    let restore = control::secondary("恢复", possible.then_some(Message::Restored(index)));
    container(row![words, restore].spacing(gap::M).align_y(Alignment::Center))
        .padding([gap::S, gap::M])
        .width(Fill)
        .style(theme::card)
        .into()
}

/// Names of the blanks that differ, in the order of the forms; groups that one of them lacks as well.
fn changed(then: &Draft, now: &Draft) -> Vec<String> {
    let mut fields = now.blanks();
    let new = then.blanks().into_iter().filter(|field| now.text(field).is_none());
    fields.extend(new.collect::<Vec<_>>());
    let differs = |field: &crate::domain::Field| {
        then.text(field).unwrap_or_default() != now.text(field).unwrap_or_default()
    };
    let mut names: Vec<String> =
        fields.iter().filter(|field| differs(field)).map(crate::domain::Field::title).collect();
    if names.is_empty() && then != now {
        names.push("选项或附件".to_owned());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Demand, Role};

    #[test]
    fn what_differs_is_named() {
        let then = Draft::new("shanghai-2024", Role::Demander);
        let mut now = then.clone();
        assert!(changed(&then, &now).is_empty());
        now.company.name = "示例".to_owned();
        now.demands.push(Demand { name: "新需求".to_owned(), ..Demand::default() });
        assert_eq!(changed(&then, &now), ["企业名称", "需求 2 · 名称"]);
        assert_eq!(changed(&now, &then), ["企业名称", "需求 2 · 名称"]);
        let mut ticked = then.clone();
        ticked.declarations.no_secrets = true;
        assert_eq!(changed(&then, &ticked), ["选项或附件"]);
    }
}
