//! Work off the window's thread: one job at a time for each purpose, the newest state last.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use iced::Task;
use iced::futures::FutureExt;

use crate::fault;

/// A job ended without a result because it panicked; the window goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("程序内部出错，这一步没有完成；已填写的内容不受影响。错误报告可以从首页的“关于”打开。")]
pub(crate) struct Broken;

/// Runs `job` on a thread that may wait, and hands its result to `message`.
pub(crate) fn run<T, M>(
    job: impl FnOnce() -> T + Send + 'static,
    message: impl FnOnce(Result<T, Broken>) -> M + Send + 'static,
) -> Task<M>
where
    T: Send + 'static,
    M: Send + 'static,
{
    run_after(Duration::ZERO, job, message)
}

/// Runs `job` so once `pause` has passed; no thread waits for that.
pub(crate) fn run_after<T, M>(
    pause: Duration,
    job: impl FnOnce() -> T + Send + 'static,
    message: impl FnOnce(Result<T, Broken>) -> M + Send + 'static,
) -> Task<M>
where
    T: Send + 'static,
    M: Send + 'static,
{
    let paused = async move {
        sleep(pause).await;
        result_of(job).await
    };
    Task::perform(paused, message)
}

/// Sends `message` once `pause` has passed; no thread waits for that.
pub(crate) fn after<M: Send + 'static>(pause: Duration, message: M) -> Task<M> {
    Task::perform(sleep(pause), move |()| message)
}

/// Asks the person something, by a dialog of the system; where that is at fault, the answer is `instead`.
pub(crate) fn ask<T, M>(
    question: impl Future<Output = T> + Send + 'static,
    instead: T,
    message: impl FnOnce(T) -> M + Send + 'static,
) -> Task<M>
where
    T: Send + 'static,
    M: Send + 'static,
{
    let answered = AssertUnwindSafe(question).catch_unwind();
    Task::perform(answered, |answer| message(answer.unwrap_or(instead)))
}

/// Waits on the timer of the executor.
async fn sleep(pause: Duration) {
    if !pause.is_zero() {
        tokio::time::sleep(pause).await;
    }
}

/// What `job` returns.
async fn result_of<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Broken> {
    // What the job owned is dropped with it, so nobody sees it half changed.
    blocking::unblock(move || fault::caught(job)).await.ok_or(Broken)
}

/// Keeps at most one job of a kind running; changes meanwhile ask for one more run at its end.
#[derive(Debug, Default)]
pub(crate) struct Latest {
    running: bool,
    again: bool,
}

impl Latest {
    /// Notes a change; `true` when a job should start now.
    pub(crate) fn request(&mut self) -> bool {
        if self.running {
            self.again = true;
            return false;
        }
        self.running = true;
        true
    }

    /// A job runs.
    #[cfg(test)]
    pub(crate) const fn is_running(&self) -> bool {
        self.running
    }

    /// Notes the end of the job; `true` when something changed meanwhile.
    pub(crate) fn finished(&mut self) -> bool {
        self.running = false;
        std::mem::take(&mut self.again)
    }
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn a_job_that_panics_is_told_and_the_next_one_runs() {
        use iced::futures::executor::block_on;
        assert_eq!(block_on(result_of::<u8>(|| panic!("of the test"))), Err(Broken));
        assert_eq!(block_on(result_of(|| 7)), Ok(7));
    }

    #[test]
    fn a_dialog_that_panics_is_answered_all_the_same() {
        use iced::futures::StreamExt;
        use iced_test::runtime::{Action, task::into_stream};
        let task = ask(async { panic!("of the test") }, 3, |answer: u8| answer);
        let said =
            iced::futures::executor::block_on(async { into_stream(task).unwrap().next().await });
        assert!(matches!(said, Some(Action::Output(3))));
    }

    #[test]
    fn changes_during_a_job_ask_for_exactly_one_more() {
        let mut latest = Latest::default();
        assert!(latest.request());
        assert!(!latest.request());
        assert!(!latest.request());
        assert!(latest.finished());
        assert!(latest.request());
        assert!(!latest.finished());
    }
}
