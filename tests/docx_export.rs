//! The editable documents: what they say, how they are built, that they are the same every time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{self, Cursor, Read};

use jiebang::domain::{Attachment, Draft, Field, Role, field};
use jiebang::export::docx::{Info, write};
use jiebang::rules::Notice;
use jiebang::rules::notice::bundled;
use jiebang::store::samples::sample;
use jiebang::typeset::forms::write_down;
use jiebang::typeset::paragraph::typed_lines;
use jiebang::typeset::{Options, PaperKind, papers};

const NOTICES: [&str; 2] = ["shanghai-2024", "wuhan-2024"];

fn notice(id: &str) -> &'static Notice {
    bundled().iter().find(|notice| notice.id == id).unwrap()
}

fn document(kind: PaperKind, draft: &Draft, draft_mark: bool) -> Vec<u8> {
    let date = "2024-07-08".parse().unwrap();
    let manuscript = write_down(kind, draft, notice(&draft.notice), Options { date, draft_mark });
    let double_sided = draft.print.double_sided;
    let info = Info { company: &draft.company.name, date, draft_mark, double_sided };
    write(&manuscript, &info, &of_samples).unwrap()
}

/// The files of the samples.
fn of_samples(wanted: &Attachment) -> io::Result<Vec<u8>> {
    let samples = NOTICES.iter().filter_map(|id| sample(id, Role::Solver).ok());
    let mut files = samples.flat_map(|sample| sample.files);
    let found = files.find(|(file, _)| file.sha256 == wanted.sha256);
    found.map(|(_, bytes)| bytes.to_vec()).ok_or_else(|| io::Error::other("missing"))
}

fn part(file: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn has_part(file: &[u8], name: &str) -> bool {
    zip::ZipArchive::new(Cursor::new(file)).unwrap().index_for_name(name).is_some()
}

/// What is read in the document, without spaces.
fn words(file: &[u8]) -> String {
    let xml = part(file, "word/document.xml");
    let text: String =
        xml.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, t)| t).collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    bare(&text.replace("&apos;", "'").replace("&amp;", "&"))
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn documents(draft: &Draft) -> Vec<Vec<u8>> {
    let kinds = papers(draft).into_iter().filter(|kind| *kind != PaperKind::Checklist);
    kinds.map(|kind| document(kind, draft, false)).collect()
}

#[test]
fn everything_typed_that_is_printed_stands_in_the_documents() {
    for id in NOTICES {
        for role in Role::ALL {
            let draft = &sample(id, *role).unwrap().draft;
            let text: String = documents(draft).iter().map(|file| words(file)).collect();
            let mut fields: Vec<Field> = Vec::new();
            let printed = field::specs().iter().filter(|spec| !spec.unprinted);
            printed.for_each(|spec| spec.expand(draft, &mut fields));
            // The province is parted at the printed word, and the office stands on the checklist.
            let elsewhere = ["/company/region", "/company/industry", "/submission"];
            fields
                .retain(|field| !elsewhere.iter().any(|start| field.pointer().starts_with(start)));
            let mut lines = 0;
            for field in fields {
                for line in typed_lines(draft.text(&field).unwrap_or_default()) {
                    assert!(text.contains(&bare(line)), "{id} {field}: {line}");
                    lines += 1;
                }
            }
            assert!(lines > 20, "{id} {lines}");
        }
    }
}

#[test]
fn labels_and_ticked_boxes_are_those_of_the_notice() {
    let draft = &sample("shanghai-2024", Role::Solver).unwrap().draft;
    let text = words(&document(PaperKind::Matching, draft, false));
    let form = &notice("shanghai-2024").forms.matching;
    for key in ["/company/name", "/company/size", "/company/categories", "/matching/profile"] {
        assert!(text.contains(&bare(form.label(key))), "{key}");
    }
    assert!(text.contains("☐大型☑中型☐小型☐微型"), "{text}");
    assert!(text.contains(&bare(&form.attachment)) && text.contains("（盖章）"));
    assert!(form.notes.iter().all(|note| text.contains(&bare(note))));
}

#[test]
fn a_letter_has_headings_a_navigator_finds_and_the_fonts_of_an_office() {
    let draft = &sample("wuhan-2024", Role::Solver).unwrap().draft;
    let file = document(PaperKind::Application(0), draft, false);
    let xml = part(&file, "word/document.xml");
    let count = |style: &str| xml.matches(&format!("<w:pStyle w:val=\"{style}\"/>")).count();
    // 一 to 四 and the list of evidence; the five parts of 三.
    assert_eq!((count("Heading1"), count("Heading2")), (5, 5));
    let styles = part(&file, "word/styles.xml");
    for font in ["仿宋", "黑体", "楷体", "宋体"] {
        let named = format!("w:eastAsia=\"{font}\"");
        assert!(styles.contains(&named) || xml.contains(&named), "{font}");
    }
    assert!(xml.contains("<w:tblHeader/>"), "a long list of evidence repeats its column names");
    let settings = part(&file, "word/settings.xml");
    assert!(!settings.contains("<w:evenAndOddHeaders/>"));
    assert!(part(&file, "word/footer1.xml").contains("w:val=\"right\""));
    assert!(xml.contains("<w:pgNumType w:start=\"0\"/><w:titlePg/>"), "the cover has no number");
}

#[test]
fn pages_printed_on_both_sides_are_numbered_at_their_outer_edges() {
    let mut draft = sample("wuhan-2024", Role::Solver).unwrap().draft;
    draft.print.double_sided = true;
    let file = document(PaperKind::Application(0), &draft, false);
    assert!(part(&file, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
    assert!(part(&file, "word/footer1.xml").contains("w:val=\"right\""));
    assert!(part(&file, "word/footer2.xml").contains("w:val=\"left\""));
}

#[test]
fn merged_cells_of_a_row_fill_the_grid() {
    let draft = &sample("shanghai-2024", Role::Demander).unwrap().draft;
    let xml = part(&document(PaperKind::Demand, draft, false), "word/document.xml");
    let table = xml.split("<w:tbl>").last().unwrap();
    let columns = table.matches("<w:gridCol ").count();
    for row in table.split("<w:tr>").skip(1) {
        let cells = row.split("<w:tc>").skip(1).map(|cell| {
            let span = cell.split_once("<w:gridSpan w:val=\"").map(|(_, rest)| rest);
            span.map_or(1, |rest| rest.split('"').next().unwrap().parse::<usize>().unwrap())
        });
        assert_eq!(cells.sum::<usize>(), columns, "{row}");
    }
    let demands = draft.demands.len();
    assert_eq!(table.matches("<w:vMerge w:val=\"restart\"/>").count(), demands);
    assert_eq!(table.matches("<w:vMerge w:val=\"continue\"/>").count(), demands);
}

#[test]
fn a_draft_is_marked_on_every_page_and_a_finished_paper_is_not() {
    let draft = &sample("shanghai-2024", Role::Solver).unwrap().draft;
    for kind in [PaperKind::Matching, PaperKind::Application(0)] {
        let marked = document(kind, draft, true);
        assert!(part(&marked, "word/header1.xml").contains("草稿"));
        let heads = part(&marked, "word/document.xml").matches("<w:headerReference ").count();
        assert_eq!(heads, if kind == PaperKind::Matching { 1 } else { 3 });
        assert!(!has_part(&document(kind, draft, false), "word/header1.xml"));
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let draft = &sample("shanghai-2024", Role::Solver).unwrap().draft;
    assert_eq!(documents(draft), documents(draft));
    let mut other = draft.clone();
    other.company.fax.push('1');
    assert_ne!(documents(draft), documents(&other));
}

#[test]
fn the_checklist_names_the_documents_where_they_are_wanted() {
    use jiebang::typeset::forms::Block;
    use jiebang::typeset::paragraph::Inline;
    let mut draft = sample("shanghai-2024", Role::Solver).unwrap().draft.clone();
    let text = |draft: &Draft| {
        let options = Options { date: "2024-07-08".parse().unwrap(), draft_mark: false };
        let list = write_down(PaperKind::Checklist, draft, notice("shanghai-2024"), options);
        let paragraphs = list.blocks.into_iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.inlines),
            _ => None,
        });
        let words = paragraphs.flatten().filter_map(|inline| match inline {
            Inline::Text { text, .. } => Some(text),
            _ => None,
        });
        words.collect::<String>()
    };
    assert!(!text(&draft).contains(".docx"));
    draft.print.docx = true;
    let told = text(&draft);
    assert_eq!(told.matches(".docx”").count(), 1 + draft.applications.len(), "{told}");
    assert!(told.contains("附件3 中小企业“揭榜”对接表.docx"), "{told}");
}

#[test]
fn a_draft_of_before_asks_for_no_documents_and_the_schema_knows_them() {
    let draft = &sample("shanghai-2024", Role::Solver).unwrap().draft;
    let mut json: serde_json::Value = serde_json::from_str(&draft.to_json()).unwrap();
    let print = json.pointer_mut("/print").unwrap().as_object_mut().unwrap();
    assert_eq!(print.remove("docx"), Some(false.into()));
    let older = jiebang::store::file::parse_draft(&json.to_string(), "旧草稿").unwrap();
    assert_eq!(&older, draft);
    let schema = serde_json::to_string(&schemars::schema_for!(Draft)).unwrap();
    assert!(schema.contains("\"docx\""));
}
