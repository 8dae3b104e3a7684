//! Packages that are made, sent, taken over and made again.

use std::io::{self, Cursor};
use std::ops::ControlFlow;

use jiebang::domain::evidence::hex;
use jiebang::domain::{Application, Attachment, Draft, Evidence, Role};
use jiebang::export::package::{Job, OutputFile, completed, make, read, verify, zip_of};
use jiebang::rules::notice;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::material::Dice;
use super::{cases, dice};

const ON: Date = date(2024, 7, 8);

type Files = Vec<(Attachment, Vec<u8>)>;

const EVIDENCE: [&[u8]; 3] = [
    include_bytes!("../fixtures/evidence/tiny.png"),
    include_bytes!("../fixtures/evidence/upright.jpg"),
    include_bytes!("../fixtures/evidence/img2pdf.pdf"),
];

fn file(name: String, bytes: &[u8]) -> (Attachment, Vec<u8>) {
    let sha256 = hex(&Sha256::digest(bytes));
    let length = bytes.len() as u64;
    (Attachment { name, sha256, bytes: length, ..Attachment::default() }, bytes.to_vec())
}

/// A draft of anything whose figures have no pictures: those are none of this.
fn draft(bytes: &[u8]) -> Draft {
    let mut draft = Dice(bytes).draft("shanghai-2024");
    let figures = draft.applications.iter_mut().flat_map(Application::figures_mut);
    figures.for_each(|figure| figure.file.sha256.clear());
    draft
}

fn zipped(draft: &Draft, files: &Files) -> Vec<u8> {
    let of = |wanted: &Attachment| {
        let found = files.iter().find(|(file, _)| file.sha256 == wanted.sha256);
        found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| io::ErrorKind::NotFound.into())
    };
    let notice = &notice::bundled()[0];
    let job = Job { draft, notice, attachments: &of, date: ON, draft_mark: false };
    make(&job, &mut |_| ControlFlow::Continue(())).unwrap().zip.read().unwrap()
}

proptest! {
    #![proptest_config(cases(3))]

    #[test]
    fn a_package_taken_over_and_made_again_is_the_same_to_the_byte(
        bytes in dice(120),
        evidence in proptest::collection::vec((".{0,20}", 0..3_usize), 0..4),
    ) {
        let mut draft = draft(&bytes);
        draft.role = Role::Solver;
        draft.applications.resize_with(1, Default::default);
        let evidence = evidence.into_iter().map(|(name, which)| file(name, EVIDENCE[which]));
        let files: Files = evidence.collect();
        let named = files.iter().map(|(file, _)| file.clone()).collect();
        draft.applications[0].evidence = vec![Evidence { files: named, ..Evidence::default() }];
        let zip = zipped(&draft, &files);
        prop_assert_eq!(verify(Cursor::new(&zip)).unwrap().problems, Vec::<String>::new());
        let contents = read(Cursor::new(&zip)).unwrap();
        prop_assert_eq!(&contents.draft, &draft);
        let taken = contents.evidence.iter().map(|(file, kept)| (file.clone(), kept.read().unwrap()));
        prop_assert!(zipped(&contents.draft, &taken.collect()) == zip, "not the same bytes");
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_package_is_whole_until_one_byte_is_changed(
        bytes in dice(60),
        paper in proptest::collection::vec(any::<u8>(), 1..200),
        (which, at, other) in any::<(usize, usize, u8)>(),
    ) {
        let draft = draft(&bytes);
        let paper = OutputFile { name: "附件3.pdf".to_owned(), content: paper.into() };
        let mut files = completed(vec![paper], &draft, ON, false);
        let whole = zip_of(&files, ON).unwrap().read().unwrap();
        let found = verify(Cursor::new(whole)).unwrap();
        prop_assert!(found.ok, "{:?}", found.problems);
        // All but the manifest, which stands last: it says nothing of itself.
        let altered = which % (files.len() - 1);
        let file = &mut files[altered];
        let mut content = file.content.read().unwrap();
        let at = at % content.len();
        prop_assume!(content[at] != other);
        content[at] = other;
        file.content = content.into();
        let altered = zip_of(&files, ON).unwrap().read().unwrap();
        prop_assert!(!verify(Cursor::new(altered)).unwrap().ok, "byte {at}");
    }
}
