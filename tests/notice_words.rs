//! The bundled notices say what the notices themselves say: labels, clauses, offices, deadlines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use jiebang::rules::notice::{Form, Notice, bundled};

/// The notice's own text without spaces, in full-width punctuation.
fn own_words(notice: &Notice) -> String {
    let text = match notice.id.as_str() {
        "shanghai-2024" => include_str!("notices/shanghai-2024.txt"),
        "wuhan-2024" => include_str!("notices/wuhan-2024.txt"),
        other => panic!("tests/notices lacks {other}"),
    };
    squeezed(&text.replace("<input type=\"checkbox\"/>", "").replace(['<', '>'], ""))
}

/// Printing and scanning change spaces, the width of punctuation and the length of blanks.
fn squeezed(text: &str) -> String {
    let wide = |c| match c {
        '(' => '（',
        ')' => '）',
        ':' => '：',
        ',' => '，',
        other => other,
    };
    text.chars().filter(|c| !c.is_whitespace() && *c != '_').map(wide).collect()
}

fn assert_says(notice: &Notice, words: &str, what: &str) {
    let own = own_words(notice);
    assert!(own.contains(&squeezed(words)), "{}: {what}: {words}", notice.id);
}

#[test]
fn titles_headings_labels_and_notes_are_the_papers_own() {
    for notice in bundled() {
        let Notice { forms, .. } = notice;
        for form in [&forms.demand, &forms.matching, &forms.application] {
            assert_says(notice, &form.title, "title");
            assert_says(notice, &form.attachment, "attachment");
            assert_says(notice, &form.seal_label, "seal label");
            for words in form.sections.values().chain(&form.notes).chain(form.prompts.values()) {
                assert_says(notice, words, "heading, note or prompt");
            }
            for (key, label) in labels(form) {
                assert_says(notice, &label, key);
            }
        }
    }
}

/// Labels with a number as the paper shows the first; the list of evidence is this program's own.
fn labels(form: &Form) -> impl Iterator<Item = (&str, String)> {
    form.labels
        .iter()
        .filter(|(key, _)| *key != "/applications/*/evidence")
        .map(|(key, label)| (key.as_str(), label.replace("{n}", "1")))
}

#[test]
fn clauses_and_deadlines_are_quoted_to_the_letter() {
    for notice in bundled() {
        for (key, clause) in &notice.clauses {
            assert_says(notice, &clause.text, key);
        }
        for route in &notice.routes {
            assert_says(notice, &route.deadline_text, "deadline");
            let recipient = route.recipient.iter();
            for words in recipient.flat_map(|to| [&to.address, &to.email]) {
                assert_says(notice, words, "recipient");
            }
        }
        assert_says(notice, &notice.issuer, "issuer");
        assert_says(notice, &notice.document_number, "document number");
        assert_says(notice, &notice.title, "title");
    }
}

#[test]
fn every_office_stands_in_the_notice_with_its_telephone_and_address() {
    for notice in bundled() {
        for office in &notice.contacts {
            for phone in office.phone.split('、') {
                assert_says(notice, phone, &office.id);
            }
            assert_says(notice, &office.address, &office.id);
            assert_says(notice, &office.email, &office.id);
        }
    }
    let offices = |id: &str| bundled().iter().find(|n| n.id == id).unwrap().contacts.len();
    assert_eq!((offices("shanghai-2024"), offices("wuhan-2024")), (20, 1));
}
