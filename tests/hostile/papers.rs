//! PDFs as evidence: loops, bombs and what acts.

use std::io::Write;
use std::ops::ControlFlow;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiebang::domain::{Attachment, Draft, Evidence, EvidenceKind, Role};
use jiebang::export::evidence_book::{Book, Trouble, bind, examine};
use jiebang::rules::notice;
use jiebang::typeset::Options;

/// A PDF of objects 1, 2, 3 ….
fn document(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut table = "xref\n0 1\n0000000000 65535 f \n".to_owned();
    for (number, body) in (1..).zip(objects) {
        table += &format!("{number} 1\n{:010} 00000 n \n", out.len());
        out.extend([format!("{number} 0 obj\n").as_bytes(), body, b"\nendobj\n"].concat());
    }
    let start = out.len();
    let size = objects.len() + 1;
    out.extend(table.bytes());
    out.extend(
        format!("trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n")
            .bytes(),
    );
    out
}

fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<<{entries}/Length {}>>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

/// A document of one page with these entries in catalog and page, and these objects from 5 on.
fn one(catalog: &str, page: &str, content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    let contents = if page.contains("/Contents") { "" } else { "/Contents 4 0 R" };
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>").into_bytes(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{contents}{page}>>").into_bytes(),
        content,
    ];
    objects.extend_from_slice(more);
    document(&objects, "")
}

fn plain() -> Vec<u8> {
    stream("", b"0 0 100 100 re f")
}

fn packed(megabytes: usize, byte: u8) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    (0..megabytes).for_each(|_| packer.write_all(&vec![byte; 1 << 20]).unwrap());
    packer.finish().unwrap()
}

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// The book that has this file alone.
fn book_of(file: &[u8]) -> Vec<u8> {
    let mut draft = Draft::new("shanghai-2024", Role::Solver);
    let attachment = Attachment { name: "来件.pdf".to_owned(), ..Attachment::default() };
    draft.applications[0].evidence = vec![Evidence {
        kind: Some(EvidenceKind::Patent),
        files: vec![attachment],
        ..Evidence::default()
    }];
    let evidence = |_: &Attachment| Ok(file.to_vec());
    let options = Options { date: jiff::civil::date(2024, 7, 8), draft_mark: false };
    let notice = &notice::bundled()[0];
    let book = Book { draft: &draft, notice, item: 0, evidence: &evidence, options };
    let mut out = Vec::new();
    bind(&book, &mut out, &mut |_| ControlFlow::Continue(())).unwrap();
    out
}

#[test]
fn trees_that_bite_their_tails_have_an_end() {
    let catalog = "<</Type/Catalog/Pages 2 0 R>>";
    for objects in [
        vec![catalog, "<</Type/Pages/Kids[2 0 R]>>"],
        vec![catalog, "<</Type/Pages/Kids[3 0 R]>>", "<</Type/Pages/Kids[2 0 R]>>"],
        vec!["<</Type/Catalog/Pages 1 0 R>>"],
        vec![catalog, "<</Type/Pages/Kids 2 0 R>>"],
        vec![catalog, "2 0 R"],
        vec![catalog, "3 0 R", "2 0 R"],
        vec!["null"],
    ] {
        let found = examine(&document(&bytes(&objects), ""));
        assert!(found.as_ref().map_or(true, |found| found.pages <= 1), "{objects:?}: {found:?}");
    }
    let shared: Vec<Vec<u8>> = (2..42)
        .map(|n| format!("<</Type/Pages/Kids[{}]>>", format!("{} 0 R ", n + 1).repeat(100)))
        .map(String::into_bytes)
        .collect();
    let all = [bytes(&[catalog]), shared, bytes(&["<</Type/Page>>"])].concat();
    assert_eq!(examine(&document(&all, "")).unwrap().pages, 1);
    let resources =
        one("", "/Resources 5 0 R", plain(), &bytes(&["<</XObject<</A 5 0 R>>/Self 5 0 R>>"]));
    assert!(book_of(&resources).len() < 1 << 20);
}

#[test]
fn cross_references_that_lie_or_lead_back_are_refused_or_passed_over() {
    let objects = || {
        bytes(&["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]>>", "<</Type/Page>>"])
    };
    let sound = document(&objects(), "");
    let at = sound.windows(4).position(|word| word == b"xref").unwrap();
    for trailer in [
        format!("/Prev {at}"),
        "/Prev 15".to_owned(),
        "/Prev -1".to_owned(),
        "/Prev 99999999999".to_owned(),
        format!("/XRefStm {at}"),
        "/Size 2147483647".to_owned(),
        "/Size -1".to_owned(),
    ] {
        let found = examine(&document(&objects(), &trailer));
        assert!(found.map_or(true, |found| found.pages == 1), "{trailer}");
    }
    let text = String::from_utf8(sound.clone()).unwrap();
    for (from, to) in [
        ("xref\n0 1\n", "xref\n0 999999999\n"),
        ("xref\n0 1\n", "xref\n-5 1\n"),
        ("xref\n0 1\n", "xref\n4294967295 99999999999999999999\n"),
        ("00000 n", "-0001 n"),
        ("3 0 obj", "99999999999999999999 0 obj"),
        ("startxref\n", "startxref\n-"),
        ("startxref\n", "startxref\n99"),
    ] {
        let _ = examine(text.replacen(from, to, 1).as_bytes());
    }
    for cut in 0..sound.len() / 8 {
        let _ = examine(&[&sound[..8 * cut], b"\n%%EOF"].concat());
    }
}

#[test]
fn values_in_values_without_end_are_refused() {
    for (open, close) in [("[", "]"), ("<</A", ">>"), ("(", ")")] {
        for depth in [1_000, 100_000] {
            for end in [close.repeat(depth), String::new()] {
                let object = format!("{}1{end}", open.repeat(depth)).into_bytes();
                let _ = examine(&one("", "", plain(), &[object]));
            }
        }
    }
    let many = "1 ".repeat(2_000_000);
    for object in [format!("[{many}]"), "/A 1 ".repeat(1_000_000)] {
        assert_eq!(examine(&one("", "", plain(), &bytes(&[&object]))), Err(Trouble::Bomb));
    }
    // What hides in a stream that a table may lead into counts too.
    let hidden = stream("", format!("9 0 obj [{many}]").as_bytes());
    assert_eq!(examine(&one("", "", plain(), &[hidden])), Err(Trouble::Bomb));
    // The words of a drawing are no objects.
    let drawing = stream("", "0 0 m 1 1 l S ".repeat(300_000).as_bytes());
    assert_eq!(examine(&one("", "", drawing, &[])).unwrap().pages, 1);
}

#[test]
fn bombs_are_not_unpacked_to_their_end() {
    let zeros = packed(100, b' ');
    let parts = "/Contents[4 0 R 4 0 R]";
    let bomb = one("", parts, stream("/Filter/FlateDecode", &zeros), &[]);
    assert_eq!(examine(&bomb), Err(Trouble::Bomb));
    let chain = format!("/Filter[{}]", "/FlateDecode".repeat(1000));
    assert_eq!(examine(&one("", parts, stream(&chain, b"a"), &[])), Err(Trouble::Page(1)));
    let many = format!("/Contents[{}]", "4 0 R ".repeat(20_000));
    assert_eq!(examine(&one("", &many, plain(), &[])), Err(Trouble::Page(1)));
    // Each page is small enough, all of them are not.
    let page = "<</Type/Page/Contents[3 0 R 3 0 R]>>";
    let kids: String = (4..204).map(|n| format!("{n} 0 R ")).collect();
    let mut objects =
        bytes(&["<</Type/Catalog/Pages 2 0 R>>", &format!("<</Type/Pages/Kids[{kids}]>>")]);
    objects.push(stream("/Filter/FlateDecode", &packed(2, b' ')));
    objects.extend(bytes(&[page; 200]));
    assert_eq!(examine(&document(&objects, "")), Err(Trouble::Bomb));
    // One object stream whose index leads to the same long array again and again.
    let index: String = (10..2_010).map(|n| format!("{n} 0 ")).collect();
    let body = format!("{index}[{}]", "1 ".repeat(100_000));
    let entries = format!("/Type/ObjStm/N 2000/First {}", index.len());
    assert_eq!(
        examine(&one("", "", plain(), &[stream(&entries, body.as_bytes())])),
        Err(Trouble::Bomb)
    );
}

#[test]
fn what_acts_does_not_come_over_into_the_book() {
    let action = "<</Type/Action/S/Launch/F(calc.exe)>>";
    let script = "<</S/JavaScript/JS(app.alert\\(1\\))>>";
    let note = |text: &str| format!("/Annots[<</Type/Annot/Rect[0 0 100 100]{text}>>]");
    let active = format!(
        "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/AA<</O{script}>>/A{action}/OpenAction{action}/F(http://a/)"
    );
    let appearance = stream(&active, b"0 0 9 9 re f");
    let within = format!(
        "/Resources<</XObject<</A 5 0 R/P 7 0 R>>/Properties<</B<</OpenAction{action}/AA<</O{script}>>>>/C 6 0 R>>>>"
    );
    let embedded =
        "/Names<</EmbeddedFiles<</Names[(a.exe) 6 0 R]>>/JavaScript<</Names[(a) 6 0 R]>>>>";
    let more = [
        appearance,
        format!("<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>/URI(http://a/)/JS{script}>>")
            .into_bytes(),
        stream("/Type/XObject/Subtype/PS", b"(/etc/passwd) (r) file"),
    ];
    let mut cases = vec![
        one(&format!("/OpenAction{action}"), "", plain(), &more),
        one(
            &format!("/AA<</WC{script}>>{embedded}"),
            &format!("/AA<</O{script}>>"),
            plain(),
            &more,
        ),
        one("/AcroForm<</XFA 5 0 R/Fields[6 0 R]>>", &within, plain(), &more),
        one("", &note("/Subtype/Link/A<</S/URI/URI(http://a/)>>"), plain(), &more),
        one("", &note("/Subtype/FileAttachment/FS 6 0 R"), plain(), &more),
    ];
    for kind in ["Widget", "RichMedia", "Screen", "3D", "Movie", "Sound", "Stamp"] {
        let entries = note(&format!("/Subtype/{kind}/AP<</N 5 0 R>>/A{action}/AA<</E{script}>>"));
        cases.push(one("", &entries, plain(), &more));
    }
    let acts: [&[u8]; 12] = [
        b"/Launch",
        b"/JavaScript",
        b"/JS",
        b"/OpenAction",
        b"/AA",
        b"/EmbeddedFile",
        b"/EF",
        b"/URI",
        b"/XFA",
        b"calc.exe",
        b"http://a/",
        b"/PS",
    ];
    for (number, file) in cases.iter().enumerate() {
        assert!(examine(file).is_ok(), "{number}");
        let book = book_of(file);
        for word in acts {
            let mut ends = book.windows(word.len() + 1).filter(|text| text.starts_with(word));
            let is_there = ends.any(|text| !text[word.len()].is_ascii_alphanumeric());
            assert!(!is_there, "{} of {number}", String::from_utf8_lossy(word));
        }
    }
}
