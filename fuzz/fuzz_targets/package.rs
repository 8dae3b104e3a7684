//! Any bytes as a package, and packages that were altered after they were made: refused or reported,
//! within bounds.
#![no_main]

use std::io::Cursor;

use jiebang::domain::{Draft, Role};
use jiebang::export::package::{Content, OutputFile, completed, read, verify, zip_of};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"PK") {
        return open(bytes);
    }
    altered(bytes);
});

/// What a person does with a package that came by e-mail.
fn open(bytes: &[u8]) {
    if let Ok(found) = verify(Cursor::new(bytes)) {
        assert_eq!(found.ok, found.problems.is_empty());
        assert!(found.problems.iter().all(|problem| !problem.trim().is_empty()));
    }
    if let Ok(contents) = read(Cursor::new(bytes)) {
        for (file, _) in &contents.evidence {
            assert!(contents.draft.attachments().any(|named| named.sha256 == file.sha256));
        }
    }
}

/// A package with one file more than its draft, of which `bytes` say what was done to it.
fn altered(bytes: &[u8]) {
    let [what, which, rest @ ..] = bytes else { return };
    let words = String::from_utf8_lossy(rest);
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    draft.company.name = words.chars().take(40).collect();
    let paper = OutputFile { name: "附件3.pdf".to_owned(), content: rest.to_vec().into() };
    let mut files = completed(vec![paper], &draft, date(2024, 7, 8), false);
    let count = files.len();
    let file = &mut files[usize::from(*which) % count];
    let before = file.clone();
    match what % 6 {
        1 => file.name = words.chars().take(60).collect(),
        2 => file.content = rest.to_vec().into(),
        3 => {
            let mut content = file.content.read().unwrap_or_default();
            let at = rest.len() * 37 % content.len().max(1);
            if let (Some(byte), [first, ..]) = (content.get_mut(at), rest) {
                *byte = *first;
            }
            file.content = Content::from(content);
        }
        4 => _ = files.remove(usize::from(*which) % count),
        5 => {
            let name = words.chars().take(60).collect();
            files.push(OutputFile { name, content: Content::from(rest.to_vec()) });
        }
        _ => {}
    }
    let same = files.len() == count && files[usize::from(*which) % count] == before;
    // A writer may refuse what a stranger's program writes.
    let Ok(zip) = zip_of(&files, date(2024, 7, 8)) else { return };
    let mut zip = zip.read().expect("in memory");
    let found = verify(Cursor::new(&zip)).expect("a whole ZIP");
    // The manifest, which stands last, says nothing of itself.
    let is_told = what % 6 != 3 || usize::from(*which) % count + 1 < count;
    assert!(found.ok == same || !is_told, "{:?}", found.problems);
    open(&zip);
    // Then its bytes, wherever they are.
    for pair in rest.chunks_exact(4).take(8) {
        let at = usize::from(u16::from_le_bytes([pair[0], pair[1]])) % zip.len();
        zip[at] = pair[2];
    }
    open(&zip);
}
