//! What a person waits for: count, check, layout, PDF, package. `cargo bench`
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::hint::black_box;
use std::io;
use std::ops::ControlFlow;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jiebang::domain::{Application, Attachment, Draft, Field, Role};
use jiebang::export::evidence_book::{Book, bind};
use jiebang::export::package::{Job, make};
use jiebang::export::{NoAttachments, pdf, preflight};
use jiebang::rules::notice::{self, Notice};
use jiebang::rules::{Context, check_code, word_count};
use jiebang::store::samples::{Sample, sample};
use jiebang::typeset::page::Face;
use jiebang::typeset::paragraph::{Align, Paragraph, Style, set};
use jiebang::typeset::{Options, Paper, PaperKind, lay_out};
use jiff::civil::{Date, date};

/// What the notices ask a letter not to exceed.
const LETTER: usize = 6000;
const DATE: Date = date(2024, 7, 8);

fn solver() -> (Sample, &'static Notice) {
    let notice = &notice::bundled()[0];
    (sample(&notice.id, Role::Solver).unwrap(), notice)
}

/// `words` 字 made of the first letter's own sentences, over and over.
fn words_of(draft: &Draft, words: usize) -> String {
    let letter = &draft.applications[0];
    let texts: Vec<&str> = letter.sections().flat_map(|(_, body)| body.words()).collect();
    let sentences = texts.iter().flat_map(|text| text.split_inclusive(['。', '\n']));
    let mut text = String::new();
    let mut have = 0;
    for sentence in sentences.cycle() {
        if have >= words {
            return text;
        }
        have += word_count::count(sentence).words;
        text.push_str(sentence);
    }
    text
}

/// The sample with its first letter made `words` 字 long, spread over the eight sections, and
/// without its list of evidence.
fn letter_of(words: usize) -> (Draft, &'static Notice) {
    let (sample, notice) = solver();
    let mut draft = sample.draft;
    let text = words_of(&draft, words / Application::SECTIONS.len());
    for name in Application::SECTIONS {
        *draft.body_mut(&Field::application(0, name)).unwrap() = text.as_str().into();
    }
    draft.applications[0].evidence.clear();
    (draft, notice)
}

fn letter(draft: &Draft, notice: &Notice) -> Paper {
    let options = Options { date: DATE, draft_mark: false };
    lay_out(PaperKind::Application(0), draft, notice, options)
}

fn count(criterion: &mut Criterion) {
    let text = words_of(&solver().0.draft, LETTER);
    criterion.bench_function("count 6000 字", |bench| {
        bench.iter(|| word_count::count(black_box(&text)));
    });
}

fn check(criterion: &mut Criterion) {
    let (sample, notice) = solver();
    let context = Context { today: DATE, missing_files: BTreeSet::new() };
    criterion.bench_function("check the solver sample", |bench| {
        bench.iter(|| preflight(black_box(&sample.draft), notice, &context));
    });
}

/// One, two, four, eight times the longest letter: the time for a 字 should stay the same.
fn layout(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("layout of a letter");
    for times in [1, 2, 4, 8] {
        let (draft, notice) = letter_of(LETTER * times);
        group.throughput(Throughput::Elements((LETTER * times) as u64));
        let id = BenchmarkId::from_parameter(format!("{} 字", LETTER * times));
        group.bench_with_input(id, &draft, |bench, draft| {
            bench.iter(|| letter(black_box(draft), notice));
        });
    }
    group.finish();
}

/// A letter typed without a line feed; the column changes, as what was set once is kept.
fn paragraph(criterion: &mut Criterion) {
    let text = words_of(&solver().0.draft, LETTER).replace('\n', "");
    let style = Style::new(Face::Song, 15.75, 28.95).indented().align(Align::Justify);
    let paragraph = Paragraph::new(text, style);
    let mut width = 442.2;
    criterion.bench_function("a paragraph of 6000 字", |bench| {
        bench.iter(|| {
            width += 1e-3;
            set(black_box(&paragraph), width)
        });
    });
}

fn write_pdf(criterion: &mut Criterion) {
    let (draft, notice) = letter_of(LETTER);
    let paper = letter(&draft, notice);
    let code = check_code::check_code(&draft);
    let info = pdf::Info {
        company: &draft.company.name,
        notice_title: &notice.title,
        check_code: &code,
        date: DATE,
    };
    criterion.bench_function("PDF of a letter of 6000 字", |bench| {
        bench.iter(|| pdf::write(black_box(&paper), &info, &NoAttachments).unwrap());
    });
}

/// Where the sample's evidence comes from.
fn evidence_of(sample: &Sample) -> impl Fn(&Attachment) -> io::Result<Vec<u8>> + Sync {
    |wanted: &Attachment| {
        let mut files = sample.files.iter();
        files
            .find(|(file, _)| file.sha256 == wanted.sha256)
            .map(|(_, bytes)| bytes.to_vec())
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

fn evidence_book(criterion: &mut Criterion) {
    let (sample, notice) = solver();
    let evidence = evidence_of(&sample);
    let options = Options { date: DATE, draft_mark: false };
    let book = Book { draft: &sample.draft, notice, item: 0, evidence: &evidence, options };
    criterion.bench_function("evidence book of the solver sample", |bench| {
        bench.iter(|| {
            bind(black_box(&book), &mut io::sink(), &mut |_| ControlFlow::Continue(())).unwrap()
        });
    });
}

fn package(criterion: &mut Criterion) {
    let (sample, notice) = solver();
    let evidence = evidence_of(&sample);
    let job =
        Job { draft: &sample.draft, notice, attachments: &evidence, date: DATE, draft_mark: false };
    criterion.bench_function("package of the solver sample", |bench| {
        bench.iter(|| make(black_box(&job), &mut |_| ControlFlow::Continue(())).unwrap());
    });
}

criterion_group! {
    name = whole_path;
    config = Criterion::default().sample_size(20);
    targets = count, check, layout, paragraph, write_pdf, evidence_book, package
}
criterion_main!(whole_path);
