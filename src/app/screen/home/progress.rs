//! How far a draft is, and until when it has time.

use jiff::civil::Date;

use crate::domain::{Draft, Role};
use crate::rules::notice::Route;
use crate::rules::{Notice, completeness};

/// So few days before the deadline time is short.
const SHORT: i32 = 7;

/// What the list tells of a draft beyond its entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Required blanks that are filled in.
    pub(super) filled: usize,
    /// Required blanks.
    pub(super) all: usize,
    /// The day the papers are due, and the notice's own words for it. No day: it is not fixed yet.
    due: Option<(Option<Date>, String)>,
}

/// What is left of the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) words: String,
    /// Few days, or none.
    pub(super) is_short: bool,
}

impl Progress {
    /// Judges a draft as it is on a day.
    pub(super) fn of(draft: &Draft, notice: &Notice, today: Date) -> Self {
        let (filled, all) = completeness(draft, notice, today);
        let due = notice.route(draft).map(due);
        Self { filled, all, due }
    }

    /// Days until the papers are due, or what the notice says instead.
    pub(super) fn left(&self, today: Date) -> Option<Left> {
        Left::of(self.due.as_ref()?, today)
    }
}

/// When the papers of a route are due, by the day and by the notice's words.
fn due(route: &Route) -> (Option<Date>, String) {
    (route.deadline_date(), route.deadline_text.clone())
}

impl Left {
    /// What is left on the usual route of a role.
    pub(super) fn for_role(notice: &Notice, role: Role, today: Date) -> Option<Self> {
        let mut routes = notice.routes.iter().filter(|route| route.role == role);
        Self::of(&due(routes.next()?), today)
    }

    fn of((day, text): &(Option<Date>, String), today: Date) -> Option<Self> {
        let Some(day) = day else { return Some(Self { words: text.clone(), is_short: false }) };
        let days = today.until(*day).ok()?.get_days();
        let words = match days {
            0 => "今天截止".to_owned(),
            1.. => format!("还有 {days} 天截止（{text}）"),
            _ => format!("已过截止日期（{text}）"),
        };
        Some(Self { words, is_short: (0..=SHORT).contains(&days) })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::domain::Channel;
    use crate::rules::notice::bundled;

    fn left(notice: &str, draft: &Draft, day: &str) -> Left {
        let notice = bundled().iter().find(|known| known.id == notice).unwrap();
        let today = day.parse().unwrap();
        Progress::of(draft, notice, today).left(today).unwrap()
    }

    #[test]
    fn days_to_the_deadline_are_told() {
        let draft = Draft::new("shanghai-2024", Role::Demander);
        let told = |day: &str| left("shanghai-2024", &draft, day);
        assert!(told("2024-07-20").words.starts_with("还有 2 天") && told("2024-07-20").is_short);
        assert!(told("2024-06-21").words.starts_with("还有 31 天"));
        assert!(!told("2024-06-21").is_short);
        assert_eq!(told("2024-07-22").words, "今天截止");
        assert!(told("2024-07-23").words.starts_with("已过") && !told("2024-07-23").is_short);
        let solver = Draft::new("shanghai-2024", Role::Solver);
        assert!(left("shanghai-2024", &solver, "2024-07-20").words.contains("另行通知"));
    }

    #[test]
    fn the_deadline_is_that_of_the_channel_the_draft_has_chosen() {
        let mut draft = Draft::new("wuhan-2024", Role::Demander);
        assert!(left("wuhan-2024", &draft, "2024-07-08").words.starts_with("还有 2 天"));
        draft.recommendation.channel = Some(Channel::Ministry);
        assert!(left("wuhan-2024", &draft, "2024-07-08").words.starts_with("还有 4 天"));
    }
}
