//! Files of a draft that cannot be read: a paper marked 草稿 is printed without them.

use std::borrow::Cow;

use crate::domain::{Attachment, Draft};
use crate::export::AttachmentSource;

/// The draft without the files that cannot be read: a figure keeps the room for its picture, a piece of
/// evidence its line in the list.
pub(super) fn without_unreadable<'a>(
    draft: &'a Draft,
    attachments: &dyn AttachmentSource,
) -> Cow<'a, Draft> {
    let is_gone = |file: &Attachment| !file.sha256.is_empty() && attachments.read(file).is_err();
    let gone: Vec<String> =
        draft.attachments().filter(|file| is_gone(file)).map(|file| file.sha256.clone()).collect();
    if gone.is_empty() {
        return Cow::Borrowed(draft);
    }
    let mut rest = draft.clone();
    for letter in &mut rest.applications {
        for figure in letter.figures_mut().filter(|figure| gone.contains(&figure.file.sha256)) {
            figure.file = Attachment::default();
        }
        for piece in &mut letter.evidence {
            piece.files.retain(|file| !gone.contains(&file.sha256));
        }
    }
    Cow::Owned(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Evidence, Figure, Object, Role};
    use std::io;

    fn file(name: &str) -> Attachment {
        Attachment { name: name.into(), sha256: name.into(), ..Attachment::default() }
    }

    #[test]
    fn what_is_gone_leaves_its_room_and_the_rest_stays() {
        let mut draft = Draft::new("n", Role::Solver);
        if let Some(letter) = draft.applications.first_mut() {
            for name in ["好", "坏"] {
                let figure = Figure { file: file(name), ..Figure::default() };
                letter.plan.route.push(Object::Figure(figure));
            }
            let files = vec![file("坏"), file("好")];
            letter.evidence.push(Evidence { files, ..Evidence::default() });
        }
        let source = |file: &Attachment| match file.name.as_str() {
            "好" => Ok(Vec::new()),
            _ => Err(io::ErrorKind::NotFound.into()),
        };
        let rest = without_unreadable(&draft, &source);
        let names: Vec<_> = rest.attachments().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["好", "好"]);
        assert!(matches!(without_unreadable(&rest, &source), Cow::Borrowed(_)));
    }
}
