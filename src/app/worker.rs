//! Work off the window's thread: one job at a time for each purpose, the newest state last.

use iced::Task;
use iced::futures::channel::oneshot;

/// A job ended without a result because it panicked; the window goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("程序内部出错，这一步没有完成；已填写的内容不受影响。")]
pub(crate) struct Broken;

/// Runs `job` on a thread of its own and hands its result to `message`.
pub(crate) fn run<T, M>(
    job: impl FnOnce() -> T + Send + 'static,
    message: impl FnOnce(Result<T, Broken>) -> M + Send + 'static,
) -> Task<M>
where
    T: Send + 'static,
    M: Send + 'static,
{
    let result = async move {
        let (sender, receiver) = oneshot::channel();
        let work = move || {
            // The receiver is gone when the window closed; then nobody wants the result.
            let _ = sender.send(job());
        };
        std::thread::Builder::new().spawn(work).map_err(|_| Broken)?;
        receiver.await.map_err(|_| Broken)
    };
    Task::perform(result, message)
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

    /// Notes the end of the job; `true` when something changed meanwhile.
    pub(crate) fn finished(&mut self) -> bool {
        self.running = false;
        std::mem::take(&mut self.again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
