//! `jiebang export`: PDFs and packages of one or several drafts.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::civil::Date;
use rayon::prelude::*;

use super::args::{Export, Only};
use super::input::Opened;
use super::{Failure, Status, fonts, input, output, password, report};
use crate::domain::{Attachment, Password, Role};
use crate::export::is_stopped;
use crate::export::package::{self, ExportError, Job, Package, Parts, base_name, safe};
use crate::rules::{Finding, Notice, Severity};
use crate::typeset::{font, letter_face};

/// A draft ready to be exported, or what keeps it from that.
struct Task<'a> {
    path: &'a Path,
    ready: Result<Ready, Failure>,
    /// Name of folder and ZIP.
    name: String,
}

struct Ready {
    opened: Opened,
    notice: Notice,
    findings: Vec<Finding>,
}

pub(super) fn run(arguments: &Export, root: &Path) -> Result<Status, Failure> {
    let password = password_of(arguments)?;
    // While drafts are read and checked.
    rayon::spawn(font::unpack);
    // One after the other: each may have to be asked for.
    let draft_password = arguments.draft_password_file.as_deref();
    let unlocked: Vec<Result<(), Failure>> =
        arguments.files.iter().map(|path| input::unlock(path, draft_password)).collect();
    let notices = input::notices(root);
    let face =
        arguments.letter_face.as_deref().map(|face| fonts::chosen(root, face)).transpose()?;
    let mut tasks: Vec<Task<'_>> = arguments
        .files
        .par_iter()
        .zip(unlocked)
        .map(|(path, unlocked)| {
            let ready = unlocked.and_then(|()| input::open(path)).and_then(|mut opened| {
                opened.draft.print.docx |= arguments.docx;
                if face.is_some() && opened.draft.role == Role::Solver {
                    opened.draft.print.letter_face.clone_from(&face);
                }
                fonts::prepare(root, &opened.draft);
                let notice = input::notice(&notices, &opened.draft.notice)?;
                let findings = input::preflight(&opened, &notice, arguments.date);
                Ok(Ready { opened, notice, findings })
            });
            let name = ready.as_ref().map_or(String::new(), |ready| {
                base_name(&ready.opened.draft, is_stopped(&ready.findings))
            });
            Task { path, ready, name }
        })
        .collect();
    tell_apart(&mut tasks);
    tasks.iter().for_each(tell_of_face);
    let bar = progress_bar(tasks.len());
    let statuses: Vec<_> =
        tasks.par_iter().map(|task| one(task, arguments, password.as_ref(), &bar)).collect();
    bar.finish_and_clear();
    let mut worst = Status::Good;
    for (status, lines) in statuses {
        worst = worst.max(status);
        for line in lines {
            match status {
                Status::Good => output::print(&line),
                _ => output::note(&line),
            }
        }
    }
    Ok(worst)
}

/// Drafts of one company, role and notice would be written into one folder: those get the name of
/// their file as well, and a number where even that is the same.
fn tell_apart(tasks: &mut [Task<'_>]) {
    let key = |name: &str| name.to_lowercase();
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for task in &*tasks {
        *count.entry(key(&task.name)).or_default() += 1;
    }
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for task in tasks {
        if count.get(&key(&task.name)).is_some_and(|&n| n > 1) {
            let stem = task.path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            task.name = safe(&format!("{}-{}", task.name, stem.unwrap_or_default()));
        }
        let number = taken.entry(key(&task.name)).or_default();
        *number += 1;
        if *number > 1 {
            task.name = format!("{}-{number}", task.name);
        }
    }
}

/// Says that the face of the letters' text is not the one that was chosen.
fn tell_of_face(task: &Task<'_>) {
    let findings = task.ready.iter().flat_map(|ready| &ready.findings);
    for finding in findings.filter(|finding| finding.rule == letter_face::RULE) {
        output::note(&format!("提醒：“{}”：{}", task.path.display(), finding.message));
    }
}

fn progress_bar(files: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}");
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar.set_message(format!("{files} 份草稿"));
    bar
}

/// Exports one draft: how it went, and what to say of it.
fn one(
    task: &Task<'_>,
    arguments: &Export,
    password: Option<&Password>,
    bar: &ProgressBar,
) -> (Status, Vec<String>) {
    let shown = task.path.display();
    let ready = match &task.ready {
        Ok(ready) => ready,
        Err(failure) => return (Status::Unusable, vec![format!("错误：{failure}")]),
    };
    let stopped = is_stopped(&ready.findings);
    if stopped && !arguments.force {
        let lines = vec![
            format!("“{shown}”有错误，没有导出（加 --force 可导出印有“草稿”字样的文件）："),
            report::text(&errors(&ready.findings)),
        ];
        return (Status::Findings, lines);
    }
    let date = arguments.date.unwrap_or_else(input::today);
    let made = make(ready, date, stopped, bar);
    let made = made.and_then(|package| match password {
        Some(password) => package::lock(package, password, date, &|| true),
        None => Ok(package),
    });
    let written = made.map_err(|error| error.to_string()).and_then(|package| {
        package::write(&arguments.output, &task.name, &package, parts(arguments.only))
            .map_err(|error| error.to_string())
    });
    match written {
        Err(message) => (Status::Unusable, vec![format!("错误：“{shown}”：{message}")]),
        Ok(written) => {
            let mark = if stopped { "（草稿，不能报送）" } else { "" };
            let mut lines: Vec<String> = [&written.folder, &written.zip]
                .into_iter()
                .flatten()
                .map(|path| format!("已导出{mark}：{}", path.display()))
                .collect();
            if let Some(other) = &written.other_zip {
                let words = package::other_words(other, password.is_some());
                lines.push(format!("提醒：{words}"));
            }
            let status = if stopped { Status::Findings } else { Status::Good };
            (status, lines)
        }
    }
}

/// The password of the packages, before anything is made.
fn password_of(arguments: &Export) -> Result<Option<Password>, Failure> {
    let Some(file) = &arguments.password_file else { return Ok(None) };
    if arguments.only == Some(Only::Pdf) {
        let message =
            "只导出 PDF 时不打材料包，不需要打开密码；请去掉 --only pdf 或 --password-file";
        return Err(Failure::Other(message.to_owned()));
    }
    let password = password::from_file(file)?;
    if let Some(why) = package::unfit(&password) {
        return Err(Failure::Other(why.to_owned()));
    }
    if password.is_short() {
        let advised = Password::ADVISED;
        output::note(&format!("提醒：打开密码不到 {advised} 位，容易被猜出，建议换长一些的"));
    }
    Ok(Some(password))
}

fn errors(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect()
}

fn make(
    ready: &Ready,
    date: Date,
    draft_mark: bool,
    bar: &ProgressBar,
) -> Result<Package, ExportError> {
    let attachments = |file: &Attachment| ready.opened.blobs.read(file).map_err(io::Error::other);
    let job = Job {
        draft: &ready.opened.draft,
        notice: &ready.notice,
        attachments: &attachments,
        date,
        draft_mark,
    };
    let counted = AtomicUsize::new(0);
    let mut progress = |progress: package::Progress<'_>| {
        let before = counted.swap(progress.done, Ordering::Relaxed);
        if progress.done == 0 {
            bar.inc_length(progress.total as u64);
        }
        bar.inc((progress.done - before) as u64);
        ControlFlow::Continue(())
    };
    package::make(&job, &mut progress)
}

fn parts(only: Option<Only>) -> Parts {
    match only {
        None => Parts::All,
        Some(Only::Pdf) => Parts::Pdf,
        Some(Only::Zip) => Parts::Zip,
    }
}
