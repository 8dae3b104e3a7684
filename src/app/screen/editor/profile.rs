//! 企业资料 in the step 企业信息: what is filled in kept for other drafts, and kept data filled in here.

use std::time::Instant;

use iced::widget::{Id, column, container, row, space, text};
use iced::{Fill, Task};

use super::{State, choice};
use crate::app::focus;
use crate::app::icon::{self, Icon};
use crate::app::theme::{self, size, space as gap};
use crate::app::widget::list::list;
use crate::app::widget::{Element, control};
use crate::app::worker::{self, Broken, Latest};
use crate::domain::field::specs;
use crate::domain::{Company, Draft, Field};
use crate::rules::Notice;
use crate::store::profiles::{Kept, is_same};
use crate::store::{Profile, ProfileId};

/// Most names of blanks told in one sentence.
const MOST_NAMES: usize = 8;

/// The kept data as they were listed last.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    profiles: Vec<Profile>,
    listing: Latest,
    /// They are shown, to be chosen from.
    open: bool,
}

/// What happens with kept data.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    /// They were listed.
    Listed(Result<Result<Vec<Profile>, String>, Broken>),
    /// Those of this draft are to be kept.
    KeepAsked,
    /// They were kept, or not.
    Kept(Result<Result<Kept, String>, Broken>),
    /// The list is shown or hidden.
    Toggled,
    /// One of them is filled in.
    Chosen(ProfileId),
}

fn fill_id() -> Id {
    Id::new("fill-profile")
}

fn row_id(profile: &Profile) -> Id {
    Id::from(format!("profile:{}", profile.id.as_str()))
}

impl State {
    pub(super) fn profile_happened(&mut self, message: Message) -> Task<super::Message> {
        match message {
            Message::Listed(result) => self.profiles_listed(result),
            Message::KeepAsked => self.keep_profile(),
            Message::Kept(result) => self.profile_kept(result),
            Message::Toggled => self.toggle_profiles(),
            Message::Chosen(id) => self.fill_in(&id),
        }
    }

    /// Lists the kept data, off this thread.
    pub(super) fn list_profiles(&mut self) -> Task<super::Message> {
        if !self.shelf.listing.request() {
            return Task::none();
        }
        let store = self.store.clone();
        let job = move || store.profiles().map_err(|error| error.to_string());
        worker::run(job, |listed| super::Message::Profile(Message::Listed(listed)))
    }

    fn profiles_listed(
        &mut self,
        result: Result<Result<Vec<Profile>, String>, Broken>,
    ) -> Task<super::Message> {
        if self.shelf.listing.finished() {
            return self.list_profiles();
        }
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(profiles) => self.shelf.profiles = profiles,
            Err(problem) => self.tell(problem),
        }
        Task::none()
    }

    fn keep_profile(&mut self) -> Task<super::Message> {
        if !self.may_write {
            return Task::none();
        }
        let company = &self.draft.company;
        if self.shelf.profiles.iter().any(|known| known.company.as_ref() == Ok(company)) {
            self.tell("与存好的企业资料相同，不用更新。");
            return Task::none();
        }
        let (store, company) = (self.store.clone(), self.draft.company.clone());
        let job = move || store.keep_profile(&company).map_err(|error| error.to_string());
        worker::run(job, |kept| super::Message::Profile(Message::Kept(kept)))
    }

    fn profile_kept(
        &mut self,
        result: Result<Result<Kept, String>, Broken>,
    ) -> Task<super::Message> {
        match result.unwrap_or_else(|broken| Err(broken.to_string())) {
            Ok(Kept { replaced: Some(_), .. }) => {
                self.tell("企业资料已更新，原来的一份在首页的回收站里。");
            }
            Ok(Kept { .. }) => self.tell("已存为企业资料，新建草稿时可以直接选用。"),
            Err(problem) => self.warn(problem),
        }
        self.list_profiles()
    }

    /// Shows the list with the keyboard on its first, or hides it.
    fn toggle_profiles(&mut self) -> Task<super::Message> {
        self.shelf.open = !self.shelf.open;
        if !self.shelf.open {
            return Task::none();
        }
        let first = self.shelf.profiles.iter().find(|profile| profile.company.is_ok());
        let keyboard = match first.map(row_id) {
            Some(id) => focus::enter(Some(id.clone())).chain(focus::reveal(id)),
            None => Task::none(),
        };
        // Another window may have kept some meanwhile.
        Task::batch([self.list_profiles(), keyboard])
    }

    /// Hides the list; `None` where it is not shown.
    pub(super) fn close_profiles(&mut self) -> Option<Task<super::Message>> {
        std::mem::take(&mut self.shelf.open).then(|| focus::enter(Some(fill_id())))
    }

    /// Fills kept data in. That is one change, and says what it has overwritten.
    fn fill_in(&mut self, id: &ProfileId) -> Task<super::Message> {
        let kept = self.shelf.profiles.iter().find(|profile| profile.id == *id);
        let Some(Ok(company)) = kept.map(|profile| profile.company.clone()) else {
            return Task::none();
        };
        self.shelf.open = false;
        let before = self.draft.company.clone();
        let task = self.change("填入企业资料", Instant::now(), |draft| {
            fill(&mut draft.company, company)
        });
        let Some(task) = task.or_else(|| self.may_write.then(Task::none)) else {
            return Task::none();
        };
        let changed = differing(&self.notice, &before, &self.draft.company);
        let emptied = differing(&self.notice, &before, &Company::default());
        let overwritten: Vec<&Field> =
            changed.iter().filter(|field| emptied.contains(field)).collect();
        if changed.is_empty() {
            self.tell("这里填写的与企业资料相同，没有改动。");
        } else if overwritten.is_empty() {
            self.tell_done(format!("已填入企业资料，共 {} 处。", changed.len()));
        } else {
            let (all, count) = (changed.len(), overwritten.len());
            let names = names(&overwritten);
            self.warn_done(format!(
                "已填入企业资料，共 {all} 处。其中 {count} 处原来填了别的内容，已经换掉：{names}。"
            ));
        }
        for field in &changed {
            self.checking.visit(field);
        }
        self.load_texts();
        Task::batch([task, self.take_keyboard()])
    }

    /// The line at the top of 企业信息; nothing where the draft is only looked at.
    pub(super) fn profile_line(&self) -> Element<'_, super::Message> {
        if !self.may_write {
            return space().into();
        }
        let company = &self.draft.company;
        let same = |profile: &&Profile| {
            profile.company.as_ref().is_ok_and(|known| is_same(known, company))
        };
        let known = self.shelf.profiles.iter().find(same).and_then(|p| p.company.as_ref().ok());
        let differs = known.map(|known| differing(&self.notice, known, company));
        let words = match &differs {
            _ if company.name.trim().is_empty() => {
                "填好企业名称以后，可以把这一页存为企业资料，供别的草稿填入。".to_owned()
            }
            None => "这一页可以存为企业资料，供别的草稿填入。".to_owned(),
            Some(fields) if fields.is_empty() => "与存好的企业资料相同。".to_owned(),
            Some(fields) => format!("存好的企业资料与这里有 {} 处不同。", fields.len()),
        };
        let label = if known.is_some() { "更新企业资料" } else { "存为企业资料" };
        // One that is up to date stays: the keyboard may be on it.
        let keep = (!company.name.trim().is_empty()).then_some(Message::KeepAsked);
        let keep = control::secondary_named(Id::new("keep-profile"), label, keep.map(send));
        let fill = (!self.shelf.profiles.is_empty()).then(|| {
            control::secondary_named(fill_id(), "填入企业资料……", Some(send(Message::Toggled)))
        });
        let buttons = row![keep].push(fill).spacing(gap::S);
        column![control::hint(words), buttons.wrap(), self.shelf()].spacing(gap::XS).into()
    }

    fn shelf(&self) -> Element<'_, super::Message> {
        if !self.shelf.open {
            return space().into();
        }
        let rows = self.shelf.profiles.iter().map(|one| (&one.id, profile_row(one)));
        let rows = list(rows).spacing(2);
        container(rows).padding(gap::XS).width(Fill).style(theme::card).into()
    }
}

fn send(message: Message) -> super::Message {
    super::Message::Profile(message)
}

fn profile_row(profile: &Profile) -> Element<'_, super::Message> {
    match &profile.company {
        Ok(company) => {
            let name = text(profile.title()).size(size::BODY);
            let code = match company.credit_code.trim() {
                "" => "没有填统一社会信用代码",
                code => code,
            };
            let words = column![name, control::hint(code)].spacing(2);
            let chosen = send(Message::Chosen(profile.id.clone()));
            control::list_row(Some(row_id(profile)), false, words, Some(chosen))
        }
        Err(problem) => row![
            icon::icon(Icon::Error, |t| t.error),
            control::prose(problem).size(size::SMALL).style(theme::error),
        ]
        .spacing(gap::XS)
        .padding(gap::S)
        .into(),
    }
}

/// Puts kept data into those filled in. Of the same company what is not kept stays as it is; those of
/// another are replaced as a whole, or two companies would be mixed.
fn fill(now: &mut Company, kept: Company) {
    let has_name = |company: &Company| {
        !company.name.trim().is_empty() || !company.credit_code.trim().is_empty()
    };
    if has_name(now) && has_name(&kept) && !is_same(now, &kept) {
        *now = kept;
        return;
    }
    let before = std::mem::replace(now, kept);
    keep(&mut now.name, before.name);
    keep(&mut now.short_name, before.short_name);
    keep(&mut now.credit_code, before.credit_code);
    // A place or a person comes as a whole.
    keep(&mut now.region, before.region);
    keep(&mut now.registered_on, before.registered_on);
    keep(&mut now.legal_representative, before.legal_representative);
    keep(&mut now.contact, before.contact);
    keep(&mut now.fax, before.fax);
    keep(&mut now.email, before.email);
    keep(&mut now.registered_capital, before.registered_capital);
    keep(&mut now.employees, before.employees);
    keep(&mut now.revenue, before.revenue);
    keep(&mut now.total_assets, before.total_assets);
    keep(&mut now.size, before.size);
    keep(&mut now.ownership, before.ownership);
    keep(&mut now.categories, before.categories);
    if now.industry.trim().is_empty() {
        now.industry = before.industry;
        now.industry_class = before.industry_class;
    }
    keep(&mut now.address, before.address);
    keep(&mut now.postcode, before.postcode);
    keep(&mut now.extra, before.extra);
}

/// What is not there stays as it was `before`.
fn keep<T: Default + PartialEq>(now: &mut T, before: T) {
    if *now == T::default() {
        *now = before;
    }
}

/// The blanks and choices in which two companies' data differ.
fn differing(notice: &Notice, one: &Company, other: &Company) -> Vec<Field> {
    let draft = |company: &Company| {
        let mut draft = Draft::new(notice.id.clone(), crate::domain::Role::Solver);
        draft.company = company.clone();
        draft
    };
    let (one, other) = (draft(one), draft(other));
    let own = specs().iter().filter(|spec| spec.field.starts_with("/company/"));
    let fields = own.map(|spec| Field::from(spec.field.as_str()));
    let differs = |field: &Field| {
        one.text(field) != other.text(field)
            || choice::choices(&one, notice, field) != choice::choices(&other, notice, field)
    };
    fields.filter(differs).collect()
}

/// Their names, not too many.
fn names(fields: &[&Field]) -> String {
    let shown: Vec<String> = fields.iter().take(MOST_NAMES).map(|field| field.title()).collect();
    let more = if fields.len() > MOST_NAMES { "等" } else { "" };
    format!("{}{more}", shown.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Ownership, Person};

    fn person(name: &str, mobile: &str) -> Person {
        Person { name: name.into(), mobile: mobile.into(), ..Person::default() }
    }

    fn company(name: &str) -> Company {
        Company { name: name.to_owned(), ..Company::default() }
    }

    #[test]
    fn of_the_same_company_what_is_not_kept_stays_and_a_person_is_never_mixed_of_two() {
        let mut now = Company {
            fax: "旧传真".into(),
            email: "旧邮箱".into(),
            contact: person("张三", "139"),
            ownership: Some(Ownership::Private),
            ..company("甲公司")
        };
        let kept =
            Company {
                email: "新邮箱".into(), contact: person("李四", ""), ..company("甲公司")
            };
        fill(&mut now, kept);
        assert_eq!((now.fax.as_str(), now.email.as_str()), ("旧传真", "新邮箱"));
        assert_eq!(now.contact, person("李四", ""));
        assert_eq!(now.ownership, Some(Ownership::Private));
    }

    #[test]
    fn of_another_company_nothing_stays() {
        let mut now = Company { fax: "旧传真".into(), ..company("甲公司") };
        fill(&mut now, company("乙公司"));
        assert_eq!(now, company("乙公司"));
        let mut unnamed = Company { fax: "传真".into(), ..Company::default() };
        fill(&mut unnamed, company("乙公司"));
        assert_eq!((unnamed.name.as_str(), unnamed.fax.as_str()), ("乙公司", "传真"));
    }
}
