//! Nothing typed is lost on paper, and nothing stands where it may not: samples and nasty drafts,
//! every paper of each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod cases;
mod claims;
mod reading;

use jiebang::domain::field::specs;
use jiebang::domain::{Draft, Field, Kind, Object, Role};
use jiebang::rules::check_code::check_code;
use jiebang::rules::notice::{self};
use jiebang::store::samples::sample;
use jiebang::typeset::geometry::{A4_HEIGHT, MM, Rect};
use jiebang::typeset::page::{Item, Page, Paper, PaperKind, SealSpace};
use jiebang::typeset::{Options, lay_out};

use cases::*;
use claims::meet;
use reading::*;

/// Asserts of every paper what `claim` says.
fn hold(claim: impl Fn(&Draft, &Paper) -> Result<(), String>) {
    each(|case, paper| {
        let held = claim(&case.draft, paper);
        assert_eq!(held, Ok(()), "{}, {:?}", case.name, paper.kind);
    });
}

#[test]
fn every_blank_stands_on_its_papers_as_it_was_typed() {
    hold(claims::every_typed_blank_can_be_read);
}

#[test]
fn every_printed_blank_can_be_found_on_a_page_also_when_it_is_empty() {
    each(|case, paper| {
        let draft = &case.draft;
        let mut fields = Vec::new();
        let asked = specs().iter().filter(|spec| spec.kind != Kind::Group && !spec.unprinted);
        asked.for_each(|spec| spec.expand(draft, &mut fields));
        for field in fields.into_iter().filter(|field| belongs(paper.kind, field)) {
            // Without a channel a demander has no route, and the list no office yet.
            if field.pointer() == "/submission/contact" && case.notice.route(draft).is_none() {
                continue;
            }
            let shown = paper.pages.iter().any(|p| p.regions.iter().any(|r| r.field == field));
            assert!(shown, "{}, {:?}: no region of {field}", case.name, paper.kind);
        }
    });
}

#[test]
fn regions_are_of_known_blanks_and_on_the_page() {
    hold(|_, paper| claims::regions_are_of_known_blanks_and_on_the_page(paper));
}

#[test]
fn nothing_leaves_the_page() {
    hold(|_, paper| claims::nothing_leaves_the_page(paper));
}

#[test]
fn no_text_stands_on_other_text_or_across_a_rule() {
    hold(|_, paper| claims::no_text_stands_on_other_text_or_across_a_rule(paper));
}

/// Shaded boxes and pictures.
fn boxes(page: &Page) -> impl Iterator<Item = (&Rect, bool)> {
    page.items.iter().filter_map(|item| match item {
        Item::Fill(fill) => Some((&fill.rect, false)),
        Item::Picture(picture) => Some((&picture.rect, true)),
        _ => None,
    })
}

#[test]
fn a_letter_keeps_within_its_frame_and_pictures_stand_alone() {
    const HALF: f32 = 8.0;
    let (left, right) = (28.0 * MM, (28.0 + 156.0) * MM);
    let (top, bottom) = (37.0 * MM, (37.0 + 225.0) * MM);
    each(|case, paper| {
        let PaperKind::Application(_) = paper.kind else { return };
        for (n, page) in paper.pages.iter().enumerate() {
            let place = format!("{}, {:?}, page {}", case.name, paper.kind, n + 1);
            let inside = |rect: &Rect| {
                // A closing mark at a line's end stands with its empty half outside.
                rect.x > left - 0.6
                    && rect.right() < right + HALF
                    && rect.y > top - 0.6
                    && rect.bottom() < bottom + 0.6
            };
            let inks: Vec<Rect> =
                runs(page).filter(|run| run.origin.y < bottom + 0.5).filter_map(extent).collect();
            inks.iter().for_each(|ink| assert!(inside(ink), "{place}: {ink:?}"));
            for (rect, is_picture) in boxes(page) {
                assert!(inside(rect) && rect.right() < right + 0.6, "{place}: {rect:?}");
                let met = inks.iter().find(|ink| is_picture && meet(ink, rect, 0.5));
                assert_eq!(met, None, "{place}: on {rect:?}");
            }
            for rule in rules(page) {
                let (x, y) = (rule.from.x.max(rule.to.x), rule.from.y.max(rule.to.y));
                assert!(x < right + 0.6 && y < bottom + 0.6, "{place}: {rule:?}");
            }
        }
    });
}

/// The page of the first region of a field, and the lowest edge of its regions there.
fn first_page(paper: &Paper, field: &Field) -> Option<(usize, f32)> {
    paper.pages.iter().enumerate().find_map(|(n, page)| {
        let own = page.regions.iter().filter(|region| region.field == *field);
        own.map(|region| region.rect.bottom()).reduce(f32::max).map(|bottom| (n, bottom))
    })
}

fn last_page(paper: &Paper, field: &Field) -> Option<usize> {
    paper.pages.iter().rposition(|page| page.regions.iter().any(|region| region.field == *field))
}

#[test]
fn a_caption_is_never_parted_from_what_it_names_nor_a_heading_from_its_section() {
    each(|case, paper| {
        let PaperKind::Application(index) = paper.kind else { return };
        let letter = &case.draft.applications[index];
        for found in letter.numbered() {
            let object = format!("/applications/{index}/{}/{}", found.section, found.block);
            let at = |what: &str| Field::new(format!("{object}{what}"));
            let place = format!("{}: {object}", case.name);
            let (page, bottom) = first_page(paper, &at("/caption")).expect(&place);
            match found.object {
                Object::Figure(_) => {
                    let (picture, edge) = first_page(paper, &at("")).expect(&place);
                    assert!(picture == page && edge < bottom, "{place}");
                }
                Object::Table(table) => {
                    // A header that would fill half a page is a row like others.
                    let short = table.rows.iter().take(1).flatten().all(|c| c.chars().count() < 20);
                    let row = usize::from(short && table.rows.len() > 1);
                    let (cell, edge) =
                        first_page(paper, &at(&format!("/rows/{row}/0"))).expect(&place);
                    assert!(cell == page && edge > bottom, "{place}");
                }
            }
        }
        for entry in &paper.outline {
            let page = &paper.pages[entry.page];
            let below = runs(page).filter(|run| {
                let y = run.origin.y;
                y > entry.y + 30.0 && y < frame_bottom(paper.kind) + 0.5
            });
            let pictures = boxes(page).filter(|(rect, _)| rect.y > entry.y);
            let drawn = rules(page).filter(|rule| rule.from.y > entry.y).count();
            // An empty section is its heading and an empty line.
            let empty = page.regions.iter().any(|r| r.rect.y > entry.y + 20.0);
            let count = below.count() + pictures.count() + drawn + usize::from(empty);
            assert!(count > 0, "{}: {} is last on page {}", case.name, entry.title, entry.page + 1);
        }
    });
}

#[test]
fn a_long_table_repeats_its_header_on_each_page_and_parts_no_short_row() {
    each(|case, paper| {
        let PaperKind::Application(index) = paper.kind else { return };
        let letter = &case.draft.applications[index];
        for found in letter.numbered() {
            let Object::Table(table) = found.object else { continue };
            let object = format!("/applications/{index}/{}/{}", found.section, found.block);
            let cell = |row: usize| Field::new(format!("{object}/rows/{row}/0"));
            let long = table.rows.iter().flatten().any(|cell| cell.chars().count() > 200);
            if table.rows.len() < 30 || long {
                continue;
            }
            let (first, last) = (
                first_page(paper, &cell(0)).unwrap().0,
                last_page(paper, &cell(table.rows.len() - 1)),
            );
            // The strip of a schedule goes on with the same cells.
            if table.guide.is_none() {
                for page in first..=last.unwrap() {
                    let shown = paper.pages[page].regions.iter().any(|r| r.field == cell(0));
                    assert!(shown, "{}: {object}, page {}", case.name, page + 1);
                }
                for row in 1..table.rows.len() {
                    let parted = first_page(paper, &cell(row)).unwrap().0
                        != last_page(paper, &cell(row)).unwrap();
                    assert!(!parted, "{}: {object}, row {row}", case.name);
                }
            }
        }
    });
}

fn frame_bottom(kind: PaperKind) -> f32 {
    match kind {
        PaperKind::Application(_) => (37.0 + 225.0) * MM,
        _ => (20.0 + 255.0) * MM,
    }
}

#[test]
fn below_the_text_stand_page_number_and_check_code_alone() {
    each(|case, paper| {
        let (code, count) = (check_code(&case.draft), paper.pages.len());
        // The letter's first heading stands on the page after the cover.
        let cover = paper.outline.get(1).map_or(1, |entry| entry.page);
        for (n, page) in paper.pages.iter().enumerate() {
            let below = runs(page).filter(|run| run.origin.y > frame_bottom(paper.kind) + 0.5);
            let below: String = below.map(|run| run.text.as_str()).collect();
            let number = match paper.kind {
                PaperKind::Application(_) if n < cover => String::new(),
                PaperKind::Application(_) => format!("—{}—", n + 1 - cover),
                _ => format!("第{}页共{count}页", n + 1),
            };
            let place = format!("{}, {:?}", case.name, paper.kind);
            assert_eq!(squeezed(&below), format!("{number}校验码{code}"), "{place}");
        }
    });
}

/// Distance of the nearest point of a box from a seal's centre.
fn distance(seal: &SealSpace, rect: &Rect) -> f32 {
    let x = seal.centre.x.clamp(rect.x, rect.right()) - seal.centre.x;
    let y = seal.centre.y.clamp(rect.y, rect.bottom()) - seal.centre.y;
    x.hypot(y)
}

#[test]
fn a_seal_of_45_mm_meets_the_company_s_name_alone() {
    each(|case, paper| {
        let forms = &case.notice.forms;
        let label = match paper.kind {
            PaperKind::Demand => &forms.demand.seal_label,
            PaperKind::Matching => &forms.matching.seal_label,
            PaperKind::Application(_) => &forms.application.seal_label,
            PaperKind::EvidenceBook(_) | PaperKind::Checklist => "",
        };
        let name = squeezed(&format!("{label}{}", case.draft.company.name));
        let place = format!("{}, {:?}", case.name, paper.kind);
        let expected = usize::from(paper.kind != PaperKind::Checklist);
        let seals = paper.pages.iter().map(|page| page.seals.len());
        assert_eq!(seals.sum::<usize>(), expected, "{place}");
        for page in &paper.pages {
            for seal in &page.seals {
                let radius = seal.diameter / 2.0;
                assert!(radius >= 22.5 * MM - 0.01, "{place}");
                let met = runs(page).filter(|run| {
                    glyphs(run).iter().any(|(_, ink)| distance(seal, ink) < radius - 0.5)
                });
                for run in met {
                    let text = squeezed(&run.text);
                    assert!(name.contains(&text), "{place}: the seal meets {text}");
                }
                // The line to write the name on is the only one.
                let name_lines = |y: f32| {
                    page.regions.iter().any(|region| {
                        region.field.pointer() == "/company/name"
                            && region.rect.height < 40.0
                            && (region.rect.y..region.rect.bottom()).contains(&y)
                    })
                };
                let met = rules(page).filter(|rule| {
                    let (from, to) = (rule.from, rule.to);
                    let rect =
                        Rect { x: from.x, y: from.y, width: to.x - from.x, height: to.y - from.y };
                    distance(seal, &rect) < radius - 0.5
                });
                for rule in met {
                    let cover = matches!(paper.kind, PaperKind::Application(_));
                    assert!(cover && name_lines(rule.from.y), "{place}: the seal meets {rule:?}");
                }
            }
        }
    });
}

#[test]
fn the_outline_goes_through_the_pages_in_order() {
    each(|case, paper| {
        let place = format!("{}, {:?}", case.name, paper.kind);
        assert!(!paper.outline.is_empty(), "{place}");
        for entry in &paper.outline {
            assert!(entry.page < paper.pages.len() && !entry.title.trim().is_empty(), "{place}");
            assert!((0.0..A4_HEIGHT).contains(&entry.y), "{place}: {entry:?}");
        }
        for pair in paper.outline.windows(2) {
            let ascends = (pair[0].page, pair[0].y) <= (pair[1].page, pair[1].y);
            assert!(ascends && pair[1].level <= pair[0].level + 1, "{place}: {pair:?}");
        }
    });
}

#[test]
fn no_glyph_is_the_empty_box_of_a_missing_character() {
    each(|case, paper| {
        for run in paper.pages.iter().flat_map(runs) {
            let missing = run.glyphs.iter().find(|glyph| glyph.id == 0);
            let text = missing.map(|glyph| &run.text[glyph.start as usize..glyph.end as usize]);
            assert_eq!(text, None, "{}: {}", case.name, run.text);
        }
    });
}

#[test]
fn confirmed_errors_stand_on_the_checklist_and_idle_confirmations_do_not() {
    let mut draft = sample("shanghai-2024", Role::Solver).unwrap().draft;
    draft.applications[0].plan.route = text(1, 4000).into();
    let letter = Field::new("/applications/0");
    draft.set_override(&letter, "letter_limit", "攻关方案复杂");
    draft.set_override(&Field::application(7, "item/code"), "letter_limit", "早已删去的事项");
    let options = Options { date: jiff::civil::date(2024, 7, 8), draft_mark: false };
    let paper = lay_out(PaperKind::Checklist, &draft, &notice::bundled()[0], options);
    let text: String = paper.pages.iter().flat_map(runs).map(|run| run.text.as_str()).collect();
    assert!(text.contains("超过") && text.contains("攻关方案复杂"), "{text}");
    assert!(!text.contains("早已删去的事项"), "{text}");
}
