//! The papers themselves, row by row as the notices print them.

mod application;
mod binding;
mod checklist;
mod demand;
mod evidence;
pub mod evidence_book;
mod footer;
mod illustration;
mod lead;
mod letter_figure;
mod letter_table;
pub mod manuscript;
mod matching;
mod material;
mod printing;
mod row;
mod schedule_strip;
pub mod seal;

use jiff::civil::Date;

use crate::domain::{Draft, Role};
use crate::rules::Notice;

pub use manuscript::{Block, Cover, Head, Illustration, Manuscript};
pub use material::{Material, materials};

use manuscript::Writing;

use super::page::{Paper, PaperKind};

/// How papers are laid out besides what the draft says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The date printed on the 报送清单.
    pub date: Date,
    /// Print 草稿 across each page.
    pub draft_mark: bool,
}

/// What every form is laid out from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The draft.
    pub draft: &'a Draft,
    /// Its notice.
    pub notice: &'a Notice,
    /// Options.
    pub options: Options,
}

/// The papers of a draft in the order of the notice's attachments, 报送清单 last.
#[must_use]
pub fn papers(draft: &Draft) -> Vec<PaperKind> {
    let mut kinds = match draft.role {
        Role::Demander => vec![PaperKind::Demand],
        Role::Solver => vec![PaperKind::Matching],
    };
    if draft.role == Role::Solver {
        kinds.extend((0..draft.applications.len()).map(PaperKind::Application));
    }
    kinds.push(PaperKind::Checklist);
    kinds
}

/// Writes one paper down, to be set into pages or written as an editable document.
#[must_use]
pub fn write_down(kind: PaperKind, draft: &Draft, notice: &Notice, options: Options) -> Manuscript {
    let source = Source { draft, notice, options };
    let (title, paper) = match kind {
        PaperKind::Demand => (notice.forms.demand.title_line(), demand::write(source)),
        PaperKind::Matching => (notice.forms.matching.title_line(), matching::write(source)),
        PaperKind::Application(index) => {
            (notice.forms.application.title_line(), application::write(source, index))
        }
        PaperKind::EvidenceBook(index) => {
            (evidence_book::TITLE.to_owned(), evidence_book::write(source, index, &[]))
        }
        PaperKind::Checklist => (checklist::TITLE.to_owned(), checklist::write(source)),
    };
    manuscript(kind, title, source, paper)
}

fn manuscript(kind: PaperKind, title: String, source: Source<'_>, paper: Writing) -> Manuscript {
    let Writing { frame, blocks } = paper;
    Manuscript { kind, title, file_stem: file_stem(kind, source), frame, blocks }
}

/// Lays out one paper.
#[must_use]
pub fn lay_out(kind: PaperKind, draft: &Draft, notice: &Notice, options: Options) -> Paper {
    finish(write_down(kind, draft, notice, options), Source { draft, notice, options })
}

/// Sets a paper into pages, and adds what stands at their feet.
fn finish(manuscript: Manuscript, source: Source<'_>) -> Paper {
    let flow = manuscript.flow();
    let cover = flow.cover;
    let (mut pages, mut outline, structure) = flow.finish();
    let Manuscript { kind, title, file_stem, .. } = manuscript;
    binding::bind(kind, &source.draft.print, cover, &mut pages, &mut outline);
    footer::add(kind, source, cover, &mut pages);
    // A 草稿 is not to be signed.
    let signable = source.draft.print.signature_fields && !source.options.draft_mark;
    Paper { kind, title, file_stem, pages, outline, structure, signable }
}

/// The file's name as the notice numbers its attachments.
fn file_stem(kind: PaperKind, source: Source<'_>) -> String {
    let forms = &source.notice.forms;
    match kind {
        PaperKind::Demand => format!("{} {}", forms.demand.attachment, forms.demand.title_line()),
        PaperKind::Matching => {
            format!("{} {}", forms.matching.attachment, forms.matching.title_line())
        }
        PaperKind::Application(index) => {
            let name = source.draft.applications.get(index).map_or("", |a| a.item.name.trim());
            let number = index + 1;
            let form = &forms.application;
            format!("{}-{number} {} {name}", form.attachment, form.name()).trim_end().to_owned()
        }
        PaperKind::EvidenceBook(index) => {
            let name = source.draft.applications.get(index).map_or("", |a| a.item.name.trim());
            let (number, title) = (index + 1, evidence_book::TITLE);
            format!("{}-{number} {title} {name}", forms.application.attachment)
                .trim_end()
                .to_owned()
        }
        PaperKind::Checklist => checklist::TITLE.to_owned(),
    }
}
