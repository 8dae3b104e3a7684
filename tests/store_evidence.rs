//! Evidence files beside a draft.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;

use jiebang::domain::{Attachment, Draft, Evidence, Role};
use jiebang::store::{AttachError, Blobs};

const PDF: &[u8] = b"%PDF-1.4\nscan\n%%EOF";

fn blobs() -> (tempfile::TempDir, Blobs) {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::beside(&folder.path().join("draft.json"));
    (folder, blobs)
}

fn with(files: Vec<Attachment>) -> Draft {
    let mut draft = Draft::new("n", Role::Solver);
    draft.applications[0].evidence.push(Evidence { files, ..Evidence::default() });
    draft
}

#[test]
fn a_file_is_kept_once_under_its_content_with_the_extension_of_its_content() {
    let (folder, blobs) = blobs();
    let source = folder.path().join("专利证书.jpg");
    fs::write(&source, PDF).unwrap();
    let first = blobs.attach(&source).unwrap();
    let second = blobs.put("另一个名字.pdf", PDF).unwrap();
    assert_eq!((first.name.as_str(), first.bytes), ("专利证书.jpg", PDF.len() as u64));
    assert_eq!(first.sha256, second.sha256);
    assert_eq!(fs::read_dir(blobs.folder()).unwrap().count(), 1);
    let path = blobs.path_of(&first);
    assert_eq!(path.file_name().unwrap().to_str().unwrap(), format!("{}.pdf", first.sha256));
    assert_eq!(blobs.read(&first).unwrap(), PDF);
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_missing_or_altered_file_is_found_again_and_again() {
    let (_folder, blobs) = blobs();
    let attachment = blobs.put("a.pdf", PDF).unwrap();
    let draft = with(vec![attachment.clone()]);
    assert!(blobs.missing(&draft).is_empty());
    let path = blobs.path_of(&attachment);
    fs::write(&path, b"%PDF-1.4\nSCAN\n%%EOF").unwrap();
    assert!(blobs.missing(&draft).contains(&attachment.sha256));
    assert!(matches!(blobs.read(&attachment), Err(AttachError::Altered(_))));
    fs::remove_file(&path).unwrap();
    assert!(blobs.missing(&draft).contains(&attachment.sha256));
    assert!(matches!(blobs.read(&attachment), Err(AttachError::Missing(_))));
    // Attaching the same content mends it.
    blobs.put("a.pdf", PDF).unwrap();
    assert!(blobs.missing(&draft).is_empty());
}

#[test]
fn a_strangers_sha256_leads_out_of_no_folder() {
    let (folder, blobs) = blobs();
    fs::write(folder.path().join("secret.pdf"), PDF).unwrap();
    blobs.put("a.pdf", PDF).unwrap();
    let bad = Attachment { sha256: "../secret".to_owned(), ..Attachment::default() };
    assert!(blobs.path_of(&bad).starts_with(blobs.folder()));
    assert!(matches!(blobs.read(&bad), Err(AttachError::Missing(_))));
    assert!(blobs.missing(&with(vec![bad])).contains("../secret"));
}

#[test]
fn what_is_no_pdf_jpeg_or_png_is_refused_by_name() {
    let (folder, blobs) = blobs();
    for (bytes, words) in [
        (b"\0\0\0\x18ftypheic\0\0\0\0".as_slice(), "HEIC"),
        (b"PK\x03\x04word", "Word"),
        (b"II*\0", "TIFF"),
        (b"hello", "无法识别"),
        (b"", "空文件"),
    ] {
        let message = blobs.put("图.pdf", bytes).unwrap_err().to_string();
        assert!(message.contains(words) && message.contains("图.pdf"), "{message}");
    }
    for bytes in
        [b"\xff\xd8\xff\xe0\xff\xd9".as_slice(), b"\x89PNG\r\n\x1a\nIEND", b"\r\n%PDF-1.7 %%EOF"]
    {
        assert!(blobs.put("x", bytes).is_ok());
    }
    assert!(matches!(blobs.attach(folder.path()), Err(AttachError::NotAFile(_))));
    let big = folder.path().join("big.pdf");
    fs::File::create(&big).unwrap().set_len((200 << 20) + 1).unwrap();
    assert!(matches!(blobs.attach(&big), Err(AttachError::TooLarge { megabytes: 201, .. })));
}

#[test]
fn a_file_cut_off_or_with_a_password_is_refused_with_the_way_out() {
    let (folder, blobs) = blobs();
    let source = folder.path().join("坏.pdf");
    for (bytes, words) in [
        (b"%PDF-1.4\nscan".as_slice(), "不完整"),
        (b"%PDF-1.4\ntrailer << /Encrypt 7 0 R >>\n%%EOF", "密码"),
    ] {
        fs::write(&source, bytes).unwrap();
        let error = blobs.attach(&source).unwrap_err().to_string();
        assert!(error.contains(words) && error.contains("坏.pdf"), "{error}");
    }
    assert!(!blobs.folder().exists(), "nothing was kept");
}

const PICTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/figures");

#[test]
fn a_picture_of_any_program_becomes_a_figure_as_large_as_it_is_seen() {
    let (_folder, blobs) = blobs();
    for name in [
        "rgb.jpg",
        "progressive.jpg",
        "grey.jpg",
        "cmyk.jpg",
        "exif-6.jpg",
        "alpha.png",
        "palette.png",
        "depth-16.png",
        "grey.png",
    ] {
        let path = std::path::Path::new(PICTURES).join(name);
        let (file, pixels) = blobs.attach_picture(&path).unwrap();
        assert_eq!(
            (file.name.as_str(), pixels),
            (name, [300, 200]),
            "turned ones as they are seen"
        );
        assert_eq!(blobs.read(&file).unwrap(), fs::read(path).unwrap());
    }
}

#[test]
fn what_cannot_be_a_figure_is_refused_with_the_way_out() {
    let (folder, blobs) = blobs();
    let of = |name: &str| fs::read(std::path::Path::new(PICTURES).join(name)).unwrap();
    let (jpeg, png) = (of("rgb.jpg"), of("palette.png"));
    let mut huge = png.clone();
    huge[16..24].copy_from_slice(&[0, 0, 0x20, 0, 0, 0, 0x20, 0]);
    let mut arithmetic = jpeg.clone();
    let frame = arithmetic.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    arithmetic[frame + 1] = 0xc9;
    for (bytes, words) in [
        (PDF, "是PDF 文件，插图只收 JPEG、PNG"),
        (&of("bitmap.bmp"), "BMP"),
        (b"", "空文件"),
        (&jpeg[..jpeg.len() - 2], "不完整"),
        (&png[..png.len() / 2], "不完整"),
        (&png[..20], "损坏"),
        (&jpeg[..40], "损坏"),
        (&arithmetic, "算术编码"),
        (&huge, "8192×8192 像素"),
        (&[jpeg.as_slice(), &vec![0; 20 << 20]].concat(), "20 MB"),
    ] {
        let source = folder.path().join("路线.png");
        fs::write(&source, bytes).unwrap();
        let told = blobs.attach_picture(&source).unwrap_err().to_string();
        assert!(told.contains(words) && told.contains("路线.png"), "{told}");
        assert_eq!(blobs.put_picture("路线.png", bytes).unwrap_err().to_string(), told);
    }
    assert!(!blobs.folder().exists(), "nothing was kept");
}
