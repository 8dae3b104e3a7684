//! Fonts whose glyphs call each other without end: refused by counting, with nothing left running.

use jiebang::rules::typeface::{Refusal, faces};
use jiebang::typeset::letter_face::{Unusable, choose};

const OUTLINES: &[u8] = include_bytes!("../fixtures/fonts/outlines.otf");
const FANG_SONG: &[u8] = include_bytes!("../fixtures/fonts/fang_song.ttf");

type Table = ([u8; 4], Vec<u8>);

fn long(bytes: &[u8], at: usize) -> usize {
    u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

fn tables(font: &[u8]) -> Vec<Table> {
    let count = usize::from(u16::from_be_bytes([font[4], font[5]]));
    let table = |n: usize| {
        let at = 12 + 16 * n;
        let start = long(font, at + 8);
        (font[at..at + 4].try_into().unwrap(), font[start..start + long(font, at + 12)].to_vec())
    };
    (0..count).map(table).collect()
}

fn font(magic: &[u8], tables: &[Table]) -> Vec<u8> {
    let (mut head, mut body) = (Vec::new(), Vec::new());
    for (tag, data) in tables {
        let at = 12 + 16 * tables.len() + body.len();
        head.extend(
            [
                tag.as_slice(),
                &[0; 4],
                &(at as u32).to_be_bytes(),
                &(data.len() as u32).to_be_bytes(),
            ]
            .concat(),
        );
        body.extend_from_slice(data);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    [magic, &(tables.len() as u16).to_be_bytes(), &[0; 6], &head, &body].concat()
}

fn with(sound: &[u8], changed: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut all = tables(sound);
    for (tag, data) in changed {
        all.iter_mut().find(|(known, _)| known == *tag).unwrap().1.clone_from(data);
    }
    font(&sound[..4], &all)
}

fn glyphs(sound: &[u8]) -> usize {
    let table = tables(sound).into_iter().find(|(tag, _)| tag == b"maxp").unwrap().1;
    usize::from(u16::from_be_bytes([table[4], table[5]]))
}

fn index(items: &[Vec<u8>]) -> Vec<u8> {
    if items.is_empty() {
        return vec![0, 0];
    }
    let mut out = [(items.len() as u16).to_be_bytes().as_slice(), &[4]].concat();
    let mut at = 1_u32;
    out.extend(at.to_be_bytes());
    for item in items {
        at += item.len() as u32;
        out.extend(at.to_be_bytes());
    }
    [out, items.concat()].concat()
}

fn number(value: usize) -> Vec<u8> {
    [&[29], (value as u32).to_be_bytes().as_slice()].concat()
}

/// A CFF table of these charstrings, global and local subroutines.
fn outlines(charstrings: &[Vec<u8>], global: &[Vec<u8>], local: &[Vec<u8>]) -> Vec<u8> {
    let (start, global, glyphs) = (
        [b"\x01\0\x04\x04".to_vec(), index(&[b"Bomb".to_vec()])].concat(),
        index(global),
        index(charstrings),
    );
    let private = [number(6), vec![19]].concat();
    let top = |at: usize| {
        let entries =
            [number(at), vec![17], number(private.len()), number(at + glyphs.len()), vec![18]];
        index(&[entries.concat()])
    };
    let at = start.len() + top(0).len() + 2 + global.len();
    [start, top(at), index(&[]), global, glyphs, private.clone(), index(local)].concat()
}

/// Ten subroutines, each of which calls the next many times; the last does this.
fn chain(times: usize, operator: u8, last: &[u8]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let call = |n: usize| [(n as i32 - 107 + 139) as u8, operator].repeat(times);
    let mut all: Vec<Vec<u8>> = (1..10).map(|n| [call(n), vec![11]].concat()).collect();
    all.push([last, &[11]].concat());
    ([call(0), vec![14]].concat(), all)
}

/// A glyph made of others.
fn composite(parts: &[usize]) -> Vec<u8> {
    let mut out = [0xff_u8; 2].to_vec();
    out.extend([0; 8]);
    for (place, part) in parts.iter().enumerate() {
        let more = if place + 1 < parts.len() { 0x20 } else { 0 };
        out.extend([0, 2 | more]);
        out.extend((*part as u16).to_be_bytes());
        out.extend([0, 0]);
    }
    out
}

fn of_glyphs(glyph: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
    let (mut data, mut places) = (Vec::new(), vec![0; 4]);
    for n in 0..glyphs(FANG_SONG) {
        data.extend(glyph(n));
        places.extend((data.len() as u32).to_be_bytes());
    }
    let mut head = tables(FANG_SONG).into_iter().find(|(tag, _)| tag == b"head").unwrap().1;
    head[51] = 1;
    with(FANG_SONG, &[(b"glyf", data), (b"loca", places), (b"head", head)])
}

#[track_caller]
fn refused(file: Vec<u8>) -> Refusal {
    match choose(file, None) {
        Err(Unusable::Refused { refusal, .. }) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn outlines_that_call_each_other_without_end_are_refused_unbegun() {
    let count = glyphs(OUTLINES);
    let drawing = b"\x8c\x8c\x05".as_slice();
    for (times, operator, last) in [(10, 29, drawing), (100, 10, b""), (5_000, 29, b"")] {
        let (start, all) = chain(times, operator, last);
        let (global, local) = if operator == 29 { (all, vec![]) } else { (vec![], all) };
        let mut drawn = vec![b"\x8b\x8b\x15\x0e".to_vec(); count - 1];
        drawn.push(start);
        let table = outlines(&drawn, &global, &local);
        assert_eq!(refused(with(OUTLINES, &[(b"CFF ", table)])), Refusal::Slow);
    }
    let itself = vec![vec![32, 29, 32, 29, 11]];
    let table = outlines(&vec![vec![32, 29, 14]; count], &itself, &[]);
    assert_ne!(refused(with(OUTLINES, &[(b"CFF ", table)])), Refusal::Slow);
}

#[test]
fn glyphs_made_of_each_other_without_end_are_refused_unbegun() {
    let last = glyphs(FANG_SONG) - 1;
    for times in [2, 50, 2_000] {
        let file =
            of_glyphs(|n| if n < last { composite(&vec![n + 1; times]) } else { Vec::new() });
        assert_eq!(refused(file), Refusal::Slow, "{times}");
    }
    assert_eq!(refused(of_glyphs(|n| composite(&[(n + 1) % last, (n + 2) % last]))), Refusal::Slow);
    for file in [
        of_glyphs(|n| composite(&[n])),
        of_glyphs(|_| composite(&[65_535])),
        of_glyphs(|_| Vec::new()),
    ] {
        assert_eq!(refused(file), Refusal::NoOutlines);
    }
}

#[test]
fn tables_that_lie_are_refused() {
    for sound in [OUTLINES, FANG_SONG] {
        let all = tables(sound);
        for n in 0..all.len() {
            for data in
                [Vec::new(), vec![0xff; all[n].1.len()], all[n].1[..all[n].1.len() / 2].to_vec()]
            {
                let mut changed = all.clone();
                changed[n].1 = data;
                let name = String::from_utf8_lossy(&changed[n].0).into_owned();
                let found = faces(&font(&sound[..4], &changed));
                let is_told =
                    found.map_or(true, |faces| faces.iter().all(|face| face.refusal.is_some()));
                let is_needed = matches!(name.as_str(), "head" | "hhea" | "maxp");
                assert!(is_told || !is_needed || !changed[n].1.is_empty(), "{name}");
            }
        }
        let mut long = sound.to_vec();
        long[24..28].copy_from_slice(&[0xff; 4]);
        refused(long);
    }
    for file in
        [b"".as_slice(), b"MZ", b"OTTO\xff\xff", b"ttcf\0\x01\0\0\xff\xff\xff\xff", b"wOFF\xff\xff"]
    {
        refused(file.to_vec());
    }
}
