//! Which notice a new draft is for unless the person chooses another.

use jiff::civil::Date;

use super::State;
use crate::domain::Role;
use crate::rules::Notice;

impl State {
    /// Chooses the notice that fits best, unless the person has chosen one.
    pub(super) fn fit_notice(&mut self) {
        if !self.notice_chosen {
            let notices = self.notices.iter().map(AsRef::as_ref);
            self.notice = best(notices, self.role, self.today);
        }
    }
}

/// The position of the notice that stays open longest for a role, or else of the newest.
fn best<'a>(notices: impl Iterator<Item = &'a Notice>, role: Role, today: Date) -> usize {
    let fitness = |notice: &'a Notice| {
        let routes = notice.routes.iter().filter(|route| route.role == role);
        let open = routes.filter_map(|route| route.deadline_date()).filter(|day| *day >= today);
        (open.max(), &notice.issued_on)
    };
    let all: Vec<_> = notices.map(fitness).collect();
    // Of those that are alike the first.
    let best = all.iter().max();
    best.and_then(|best| all.iter().position(|one| one == best)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::notice::bundled;

    fn chosen(role: Role, today: &str) -> &'static str {
        let today = today.parse().unwrap_or_default();
        bundled().get(best(bundled().iter(), role, today)).map_or("", |notice| &notice.id)
    }

    #[test]
    fn the_notice_open_longest_is_chosen_and_else_the_newest() {
        assert_eq!(chosen(Role::Demander, "2024-07-01"), "shanghai-2024");
        assert_eq!(chosen(Role::Demander, "2026-01-01"), "shanghai-2024");
        assert_eq!(chosen(Role::Solver, "2024-07-01"), "shanghai-2024", "no day is fixed yet");
    }

    #[test]
    fn an_open_notice_goes_before_a_newer_one_that_has_closed() {
        let mut notices = bundled().to_vec();
        let Some(older) = notices.last_mut() else { return };
        "2020-01-01".clone_into(&mut older.issued_on);
        for route in &mut older.routes {
            route.deadline = Some("2026-12-31".to_owned());
        }
        let today = "2026-12-31".parse().unwrap_or_default();
        assert_eq!(best(notices.iter(), Role::Solver, today), notices.len() - 1);
        assert_eq!(best(std::iter::empty(), Role::Solver, today), 0);
    }
}
