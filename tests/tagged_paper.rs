//! A paper says what its parts are, in its pages and in its file, to a reader who does not see it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use jiebang::domain::{Attachment, Draft, PrintOptions, Role as Side};
use jiebang::export::pdf::{Info, write};
use jiebang::rules::Notice;
use jiebang::rules::notice::bundled;
use jiebang::store::samples::sample;
use jiebang::typeset::page::Item;
use jiebang::typeset::structure::{ElementId, Role, Scope, Structure};
use jiebang::typeset::{Options, Paper, PaperKind, lay_out, papers};
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

fn options(draft_mark: bool) -> Options {
    Options { date: jiff::civil::date(2024, 7, 8), draft_mark }
}

fn drafts() -> Vec<(Draft, &'static Notice)> {
    let samples = bundled().iter().flat_map(|notice| {
        [Side::Solver, Side::Demander].map(|role| (sample(&notice.id, role), notice))
    });
    let signable = |mut draft: Draft| {
        draft.print.signature_fields = true;
        draft
    };
    samples.filter_map(|(sample, notice)| Some((signable(sample.ok()?.draft), notice))).collect()
}

/// The papers of all samples, with signature fields.
fn all() -> Vec<Paper> {
    let of = |(draft, notice): &(Draft, &'static Notice)| -> Vec<Paper> {
        let kinds = papers(draft).into_iter();
        kinds.map(|kind| lay_out(kind, draft, notice, options(false))).collect()
    };
    drafts().iter().flat_map(of).collect()
}

/// A table of one demand whose description is `text`.
fn demand_of(text: &str) -> Paper {
    let (mut draft, notice) =
        drafts().into_iter().find(|(draft, _)| draft.role == Side::Demander).unwrap();
    draft.demands.truncate(1);
    draft.demands[0].content = Default::default();
    draft.demands[0].content.description = text.to_owned();
    lay_out(PaperKind::Demand, &draft, notice, options(false))
}

/// What is printed of each element; under `None` what belongs to none.
fn texts(paper: &Paper) -> BTreeMap<Option<ElementId>, String> {
    let mut texts: BTreeMap<_, String> = BTreeMap::new();
    for page in &paper.pages {
        let mut current = None;
        for item in &page.items {
            match item {
                Item::Mark(element) => current = *element,
                Item::Text(run) => *texts.entry(current).or_default() += &run.text,
                _ => {}
            }
        }
    }
    texts
}

fn headings(paper: &Paper) -> Vec<(u8, String)> {
    let texts = texts(paper);
    let elements = paper.structure.in_order().into_iter();
    let heading =
        |(id, element): (ElementId, &jiebang::typeset::structure::Element)| match element.role {
            Role::Heading(depth) => Some((depth, texts.get(&Some(id))?.clone())),
            _ => None,
        };
    elements.filter_map(heading).collect()
}

#[test]
fn every_heading_has_its_bookmark_in_order_and_none_is_without_one() {
    for paper in all() {
        let headings = headings(&paper);
        let sections: Vec<&str> = headings
            .iter()
            .filter(|(depth, _)| *depth > 1)
            .map(|(_, text)| text.as_str())
            .collect();
        assert!(sections.len() >= 2, "{}: {sections:?}", paper.title);
        let mut bookmarks = paper.outline.iter().map(|entry| entry.title.as_str());
        for section in &sections {
            assert!(bookmarks.any(|title| title == *section), "{}: {section}", paper.title);
        }
        let mut places = paper.outline.iter().map(|entry| (entry.page, entry.y));
        assert!(
            places.clone().zip(places.by_ref().skip(1)).all(|(a, b)| a <= b),
            "{}",
            paper.title
        );
    }
}

#[test]
fn a_letter_has_all_sections_of_the_notice_as_bookmarks() {
    for (draft, notice) in drafts().iter().filter(|(draft, _)| draft.role == Side::Solver) {
        let paper = lay_out(PaperKind::Application(0), draft, notice, options(false));
        let starts: Vec<(u8, String)> = paper
            .outline
            .iter()
            .map(|entry| (entry.level, entry.title.chars().take(2).collect()))
            .skip(1)
            .collect();
        let expected = [
            (0, "一、"),
            (0, "二、"),
            (0, "三、"),
            (1, "（一"),
            (1, "（二"),
            (1, "（三"),
            (1, "（四"),
            (1, "（五"),
            (0, "四、"),
            (0, "附："),
        ];
        assert_eq!(starts, expected.map(|(level, start)| (level, start.to_owned())));
    }
}

#[test]
fn one_title_and_no_depth_left_out() {
    for paper in all() {
        let headings = headings(&paper);
        let mut last = 0;
        for (depth, text) in &headings {
            assert!(*depth <= last + 1, "{}: {text} is {depth} after {last}", paper.title);
            last = *depth;
        }
        assert_eq!(headings.iter().filter(|(depth, _)| *depth == 1).count(), 1, "{}", paper.title);
    }
}

#[test]
fn what_belongs_to_no_element_is_the_foot_of_pages_and_headings_repeated() {
    for paper in all() {
        let texts = texts(&paper);
        let mut rest = texts[&None].clone();
        for (depth, heading) in headings(&paper) {
            if depth > 1 {
                rest = rest.replace(&format!("{heading}（续）"), "");
            }
        }
        // Numbered tables are named again above each further part.
        for number in 1..20 {
            rest = rest.replace(&format!("表 {number}（续）"), "");
        }
        for cell in texts.values().filter(|text| text.chars().count() < 12) {
            rest = rest.replace(&format!("{cell}（续）"), "");
        }
        // Rows of column names have no （续）.
        let names = paper.structure.in_order().into_iter().filter(|(_, element)| {
            matches!(element.role, Role::Cell { names: Some(Scope::Column), .. })
        });
        let mut names: Vec<&str> =
            names.filter_map(|(id, _)| Some(texts.get(&Some(id))?.as_str())).collect();
        // One name may be the end of another.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        for name in names {
            rest = rest.replace(name, "");
        }
        let running = "第页共校验码— 　-（续）";
        let strange: String =
            rest.chars().filter(|c| !running.contains(*c) && !c.is_ascii_alphanumeric()).collect();
        assert_eq!(strange, "", "{}", paper.title);
    }
}

/// The cells of each row of a table, with the element of each.
fn rows(structure: &Structure, table: ElementId) -> Vec<Vec<(ElementId, &Role)>> {
    let role = |id: &ElementId| (*id, &structure.get(*id).unwrap().role);
    let rows = structure.get(table).unwrap().children.iter();
    rows.filter(|row| role(row).1 == &Role::Row)
        .map(|row| structure.get(*row).unwrap().children.iter().map(role).collect())
        .collect()
}

fn tables(paper: &Paper) -> Vec<ElementId> {
    let elements = paper.structure.in_order().into_iter();
    elements.filter(|(_, e)| e.role == Role::Table).map(|(id, _)| id).collect()
}

#[test]
fn the_rows_of_a_table_are_all_as_wide() {
    let mut seen = 0;
    for paper in all() {
        for table in tables(&paper) {
            let mut widths = Vec::new();
            // Columns that cells above still take, and in how many rows.
            let mut hanging: Vec<(usize, usize)> = Vec::new();
            for row in rows(&paper.structure, table) {
                let mut width: usize = hanging.iter().map(|(columns, _)| columns).sum();
                hanging.iter_mut().for_each(|(_, rows)| *rows -= 1);
                for (_, role) in row {
                    let Role::Cell { columns, rows, .. } = role else {
                        panic!("{role:?} in a row")
                    };
                    width += columns;
                    hanging.push((*columns, rows - 1));
                }
                hanging.retain(|(_, rows)| *rows > 0);
                widths.push(width);
            }
            assert!(widths.windows(2).all(|w| w[0] == w[1]), "{}: {widths:?}", paper.title);
            seen += widths.len();
        }
    }
    assert!(seen > 150, "{seen} rows");
}

#[test]
fn a_blank_stands_behind_its_name() {
    let paper = demand_of("研发一种材料。");
    let texts = texts(&paper);
    let table = tables(&paper)[0];
    let said = |id: &ElementId| texts.get(&Some(*id)).map_or("", String::as_str);
    let row = rows(&paper.structure, table)
        .into_iter()
        .find(|row| row.iter().any(|(id, _)| said(id) == "电子邮箱"))
        .unwrap();
    let kinds: Vec<_> = row
        .iter()
        .map(|(_, role)| matches!(role, Role::Cell { names: Some(Scope::Row), .. }))
        .collect();
    assert_eq!(kinds, [true, false, true, false, true, false]);
    assert_eq!(said(&row[3].0), "innovation@example.com");
}

#[test]
fn a_cell_over_three_pages_is_one_cell_and_its_label_is_told_once() {
    let sentence = "现有材料在大尺寸薄壁件上翘曲明显，需从配方、成型和评价三方面攻关。";
    let typed: Vec<String> = (0..40).map(|n| format!("{n}. {}", sentence.repeat(3))).collect();
    let paper = demand_of(&typed.join("\n"));
    assert!(paper.pages.len() >= 3, "{} pages", paper.pages.len());
    let texts = texts(&paper);
    let cells = paper.structure.in_order().into_iter().filter(|(_, element)| {
        matches!(element.role, Role::Cell { names: None, .. }) && element.children.len() == 40
    });
    let cells: Vec<_> = cells.collect();
    assert_eq!(cells.len(), 1, "one cell of forty paragraphs");
    let told: Vec<&str> = cells[0].1.children.iter().map(|id| texts[&Some(*id)].as_str()).collect();
    assert_eq!(told, typed);
    let labels = texts.iter().filter(|(id, text)| id.is_some() && text.contains("需求内容"));
    assert_eq!(labels.count(), 1);
    assert!(texts[&None].contains("需求内容（续）"));
    assert!(texts.iter().all(|(id, text)| id.is_none() || !text.contains("（续）")));
}

fn file(paper: &Paper) -> Document {
    let info = Info {
        company: "甲公司",
        notice_title: "通知",
        check_code: "ABCD-EFGH-JKLM",
        date: jiff::civil::date(2024, 7, 8),
    };
    let picture = |_: &Attachment| Ok(include_bytes!("fixtures/figures/alpha.png").to_vec());
    Document::load_mem(&write(paper, &info, &picture).unwrap()).unwrap()
}

fn dictionary<'a>(file: &'a Document, object: &'a Object) -> &'a Dictionary {
    file.dereference(object).unwrap().1.as_dict().unwrap()
}

/// The numbers of a page's marks in order; everything drawn must stand in one of them or in an artifact.
fn marks(file: &Document, page: ObjectId) -> Vec<i64> {
    let content = Content::decode(&file.get_page_content(page)).unwrap();
    let (mut open, mut numbers) = (Vec::new(), Vec::new());
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BMC" | "BDC" => {
                let properties = operation.operands.get(1).and_then(|o| o.as_dict().ok());
                let number = properties.and_then(|p| p.get(b"MCID").and_then(Object::as_i64).ok());
                let artifact = operation.operands[0].as_name().unwrap() == b"Artifact";
                assert!(number.is_none() || open.is_empty(), "marks in marks");
                numbers.extend(number);
                open.push(number.is_some() || artifact);
            }
            "EMC" => assert!(open.pop().is_some(), "EMC of nothing"),
            "Tj" | "TJ" | "S" | "s" | "f" | "Do" | "B" | "b" => {
                assert!(open.contains(&true), "{operation:?} is not marked");
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "a mark is open at the end");
    numbers
}

/// Page and number of the marks of an element.
fn own(element: &Dictionary) -> Vec<(ObjectId, i64)> {
    let Ok(parts) = element.get(b"K").and_then(Object::as_array) else { return Vec::new() };
    let page = element.get(b"Pg").and_then(Object::as_reference).ok();
    let own = parts.iter().filter_map(|part| match part {
        Object::Integer(number) => Some((page.unwrap(), *number)),
        Object::Dictionary(part) => {
            let number = part.get(b"MCID").and_then(Object::as_i64).ok()?;
            Some((part.get(b"Pg").unwrap().as_reference().unwrap(), number))
        }
        _ => None,
    });
    own.collect()
}

#[test]
fn every_mark_of_the_file_has_its_element_and_every_element_its_parent() {
    for paper in all() {
        let file = file(&paper);
        let catalog = file.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"zh-CN");
        let marked = dictionary(&file, catalog.get(b"MarkInfo").unwrap());
        assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
        let root_id = catalog.get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        let root = file.get_dictionary(root_id).unwrap();
        let parents = dictionary(&file, root.get(b"ParentTree").unwrap());
        let numbers = parents.get(b"Nums").unwrap().as_array().unwrap();
        let parents: BTreeMap<i64, &Object> = numbers
            .chunks(2)
            .map(|pair| (pair[0].as_i64().unwrap(), file.dereference(&pair[1]).unwrap().1))
            .collect();

        let mut marked = 0;
        for page in file.get_pages().into_values() {
            let dictionary = file.get_dictionary(page).unwrap();
            let key = dictionary.get(b"StructParents").unwrap().as_i64().unwrap();
            let elements = parents[&key].as_array().unwrap();
            let numbers = marks(&file, page);
            assert_eq!(numbers, (0..elements.len() as i64).collect::<Vec<_>>());
            for (number, element) in numbers.iter().zip(elements) {
                let element = file.get_dictionary(element.as_reference().unwrap()).unwrap();
                assert!(own(element).contains(&(page, *number)), "{element:?}");
                marked += 1;
            }
        }
        let told = walk(&file, root.get(b"K").unwrap().as_reference().unwrap(), root_id);
        assert_eq!(told, marked, "{}: a mark is told twice or never", paper.title);
    }
}

/// Marks of an element and all below it.
fn walk(file: &Document, id: ObjectId, parent: ObjectId) -> usize {
    let element = file.get_dictionary(id).unwrap();
    assert_eq!(element.get(b"P").unwrap().as_reference().unwrap(), parent, "{element:?}");
    let children = element.get(b"K").and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
    let below = children.iter().filter_map(|part| part.as_reference().ok());
    own(element).len() + below.map(|child| walk(file, child, id)).sum::<usize>()
}

#[test]
fn a_structure_of_more_parts_than_an_array_holds_is_whole() {
    let mut paper = demand_of("一");
    let page = paper.pages[0].clone();
    paper.structure = Structure::default();
    let run = page.items.iter().find(|item| matches!(item, Item::Text(_))).unwrap().clone();
    paper.pages = (0..9)
        .map(|_| {
            let mut page = page.clone();
            page.items = (0..1000)
                .flat_map(|_| {
                    let element = paper.structure.add(Structure::DOCUMENT, Role::Paragraph);
                    [Item::Mark(Some(element)), run.clone()]
                })
                .collect();
            page.seals.clear();
            page
        })
        .collect();
    let file = file(&paper);
    let longest = file.objects.values().filter_map(|object| match object {
        Object::Array(array) => Some(array.len()),
        Object::Dictionary(dictionary) => {
            dictionary.get(b"K").and_then(Object::as_array).ok().map(Vec::len)
        }
        _ => None,
    });
    assert!(longest.max().unwrap() <= 8191);
    let root_id = file.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let top = file.get_dictionary(root_id).unwrap().get(b"K").unwrap().as_reference().unwrap();
    assert_eq!(walk(&file, top, root_id), 9000);
}

#[test]
fn a_signature_field_lies_over_each_seal_and_says_nothing_until_it_is_signed() {
    for paper in all() {
        let file = file(&paper);
        let catalog = file.catalog().unwrap();
        let seals: usize = paper.pages.iter().map(|page| page.seals.len()).sum();
        assert_eq!(seals, usize::from(paper.kind != PaperKind::Checklist), "{}", paper.title);
        let Ok(form) = catalog.get(b"AcroForm") else {
            assert_eq!(seals, 0, "{}", paper.title);
            continue;
        };
        let form = dictionary(&file, form);
        assert_eq!(form.len(), 1, "{form:?}");
        let fields = form.get(b"Fields").unwrap().as_array().unwrap();
        assert_eq!(fields.len(), seals);
        let field = dictionary(&file, &fields[0]);
        assert!(field.get(b"V").is_err() && field.get(b"FT").unwrap().as_name().unwrap() == b"Sig");
        let rect: Vec<f32> = field
            .get(b"Rect")
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|o| o.as_float().unwrap())
            .collect();
        let (page, seal) = (&paper.pages[0], paper.pages[0].seals[0]);
        let middle = ((rect[0] + rect[2]) / 2.0, page.height - (rect[1] + rect[3]) / 2.0);
        assert!((middle.0 - seal.centre.x).abs() < 0.01 && (middle.1 - seal.centre.y).abs() < 0.01);
        assert!((rect[2] - rect[0] - seal.diameter).abs() < 0.01);
        let first = *file.get_pages().values().next().unwrap();
        assert_eq!(field.get(b"P").unwrap().as_reference().unwrap(), first);
        let looks = dictionary(&file, field.get(b"AP").unwrap()).get(b"N").unwrap();
        let looks = file.dereference(looks).unwrap().1.as_stream().unwrap();
        assert!(looks.content.is_empty());
    }
}

#[test]
fn a_draft_and_a_paper_that_is_signed_by_hand_have_no_field() {
    let (mut draft, notice) = drafts().remove(0);
    let fields = |draft: &Draft, mark| {
        let paper = lay_out(PaperKind::Matching, draft, notice, options(mark));
        file(&paper).catalog().unwrap().get(b"AcroForm").is_ok()
    };
    assert!(fields(&draft, false));
    assert!(!fields(&draft, true), "a draft can be signed");
    draft.print = PrintOptions::default();
    assert!(!fields(&draft, false));
}
