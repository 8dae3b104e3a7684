//! When something was written, as the window says it.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Clocks that differ by less are not worth a word, seconds.
const TOLERANCE: i64 = 120;

/// The moment by this machine's clock and time zone, to the minute. One that is still to come says so: the
/// clock was put back, or another machine's was ahead.
pub(crate) fn stamp(at: Timestamp, now: Timestamp) -> String {
    let time = at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string();
    if is_ahead(at, now) {
        format!("{time}（比本机时钟还晚，时钟可能调过）")
    } else {
        time
    }
}

/// It is later than this machine's clock.
pub(crate) fn is_ahead(at: Timestamp, now: Timestamp) -> bool {
    at.as_second() > now.as_second() + TOLERANCE
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_still_to_come_is_shown_with_the_reason() {
        let now: Timestamp = "2024-11-21T15:30:00Z".parse().unwrap();
        let later: Timestamp = "2024-12-21T15:30:00Z".parse().unwrap();
        assert!(stamp(later, now).contains("2024-12-2") && stamp(later, now).contains("时钟"));
        assert!(!stamp(now, later).contains("时钟") && !stamp(now, now).contains("时钟"));
    }
}
