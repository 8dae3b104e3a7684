//! Pictures: headers that claim what no machine has room for.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiebang::export::evidence_book::examine;

use super::archive::crc32;

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let checked = [name.as_slice(), data].concat();
    [&(data.len() as u32).to_be_bytes(), checked.as_slice(), &crc32(&checked).to_be_bytes()]
        .concat()
}

fn zeros(count: usize) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::best());
    for _ in 0..count >> 20 {
        packer.write_all(&vec![0; 1 << 20]).unwrap();
    }
    packer.write_all(&vec![0; count & 0xFFFFF]).unwrap();
    packer.finish().unwrap()
}

/// A PNG of true colour with these chunks before its pixels.
fn png(width: u32, height: u32, bits: u8, interlaced: u8, between: &[u8], data: &[u8]) -> Vec<u8> {
    let head =
        [&width.to_be_bytes(), &height.to_be_bytes(), [bits, 2, 0, 0].as_slice(), &[interlaced]]
            .concat();
    [
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", &head).as_slice(),
        between,
        &chunk(b"IDAT", data),
        &chunk(b"IEND", b""),
    ]
    .concat()
}

fn segment(marker: u8, data: &[u8]) -> Vec<u8> {
    [&[0xff, marker], (data.len() as u16 + 2).to_be_bytes().as_slice(), data].concat()
}

/// A JPEG of these numbers of pixels and colours, without sound data.
fn jpeg(kind: u8, width: u16, height: u16, colours: u8, before: &[u8]) -> Vec<u8> {
    let mut frame =
        [&[8], height.to_be_bytes().as_slice(), &width.to_be_bytes(), &[colours]].concat();
    (1..=colours).for_each(|colour| frame.extend([colour, 0x11, 0]));
    let start = [b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0", before].concat();
    let scan = segment(0xda, &[1, 1, 0, 0, 63, 0]);
    [start, segment(kind, &frame), scan, vec![0; 50], vec![0xff, 0xd9]].concat()
}

#[test]
fn sizes_no_machine_has_room_for_are_refused_by_their_headers() {
    let few = zeros(100);
    for (width, height) in
        [(100_000, 100_000), (u32::MAX, u32::MAX), (1 << 31, 1), (600_000_001, 1), (1, 700_000_000)]
    {
        for interlaced in [0, 1] {
            assert!(examine(&png(width, height, 8, interlaced, b"", &few)).is_err(), "{width}");
        }
    }
    assert!(examine(&png(8_000, 8_000, 8, 1, b"", &few)).is_err());
    assert!(examine(&png(0, 0, 8, 0, b"", &few)).is_err());
    assert!(examine(&png(5_000, 5_000, 8, 0, b"", &few)).is_err(), "rows are missing");
    for bits in [0, 3, 7, 32, 200] {
        assert!(examine(&png(10, 10, bits, 0, b"", &few)).is_err(), "{bits}");
    }
}

#[test]
fn what_is_packed_beside_the_pixels_is_not_unpacked() {
    let bomb = [b"a\0\0".as_slice(), &zeros(4 << 20)].concat();
    for name in [b"iCCP", b"zTXt"] {
        let picture = png(10, 10, 8, 0, &chunk(name, &bomb).repeat(20), &zeros(310));
        // Either it is refused, or the small picture alone is there.
        assert!(examine(&picture).map_or(true, |found| found.pages == 1));
    }
    let surplus = png(10, 10, 8, 0, b"", &zeros(10 << 20));
    assert!(examine(&surplus).map_or(true, |found| found.pages == 1));
    let mut endless = png(10, 10, 8, 0, b"", &zeros(310));
    let at = endless.windows(4).position(|w| w == b"IDAT").unwrap() - 4;
    endless[at..at + 4].copy_from_slice(&u32::MAX.to_be_bytes());
    assert!(examine(&endless).map_or(true, |found| found.pages == 1));
    let exif =
        [b"II*\0\x08\0\0\0\xff\xff".as_slice(), &b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0".repeat(50)]
            .concat();
    assert!(examine(&png(10, 10, 8, 0, &chunk(b"eXIf", &exif), &zeros(310))).is_ok());
}

#[test]
fn photographs_of_odd_kinds_are_told_and_their_loops_end() {
    for kind in [0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf] {
        assert!(examine(&jpeg(kind, 100, 100, 3, b"")).is_err(), "{kind:x}");
    }
    for colours in [0, 2, 5, 255] {
        assert!(examine(&jpeg(0xc0, 100, 100, colours, b"")).is_err(), "{colours}");
    }
    assert!(examine(&jpeg(0xc0, 0, 100, 3, b"")).is_err());
    let tiff = [
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff".as_slice(),
        &b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0".repeat(50),
    ]
    .concat();
    assert!(examine(&jpeg(0xc0, 100, 100, 3, &segment(0xe1, &tiff))).is_ok());
    let huge = examine(&jpeg(0xc0, 65_535, 65_535, 3, b""));
    assert!(huge.map_or(true, |found| !found.remarks.is_empty()));
    let mut long = jpeg(0xc0, 100, 100, 3, b"");
    long.truncate(60);
    assert!(examine(&long).is_err());
    assert!(
        examine(&[b"\xff\xd8\xff".as_slice(), &[0xff; 1 << 20], b"\xff\xd9"].concat()).is_err()
    );
}
