//! What is printed and handed in: every paper with its copies and where it is sealed.

use super::evidence_book;
use crate::domain::{Draft, Role};
use crate::rules::Notice;
use crate::rules::notice::{Form, MediumKind};

/// One thing to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// What it is.
    pub name: String,
    /// How many copies.
    pub copies: u32,
    /// Where it is sealed, in the notice's words; `None`: the notice asks for no seal.
    pub seal: Option<String>,
}

/// Everything the draft's route asks for on paper, in the order it is handed in.
#[must_use]
pub fn materials(draft: &Draft, notice: &Notice) -> Vec<Material> {
    let forms = &notice.forms;
    let copies = notice
        .route(draft)
        .and_then(|route| route.media.iter().find(|medium| medium.kind == MediumKind::Paper))
        .map_or(1, |medium| medium.copies);
    let sealed = |form: &Form| format!("“{}”处", form.seal_words());
    let table = match draft.role {
        Role::Demander => &forms.demand,
        Role::Solver => &forms.matching,
    };
    let name = format!("{}《{}》", table.attachment, table.title_line());
    let mut list = vec![Material { name, copies, seal: Some(sealed(table)) }];
    if draft.role == Role::Demander {
        return list;
    }
    for (n, application) in draft.applications.iter().enumerate() {
        let (number, item) = (n + 1, application.item.name.trim());
        let form = &forms.application;
        let of_item = match item {
            "" => format!("事项 {number}"),
            item => format!("事项 {number}：{item}"),
        };
        let name = format!("{}《{}》，{of_item}", form.attachment, form.name());
        list.push(Material { name, copies, seal: Some(format!("封面{}", sealed(form))) });
        let count = application.evidence.len();
        if count > 0 {
            let files: usize = application.evidence.iter().map(|e| e.files.len()).sum();
            let name = match files {
                0 => format!("事项 {number} 的佐证材料，{count} 件，附申请书后"),
                _ => format!(
                    "{}-{number} {}，{count} 件（{files} 个文件），附申请书后",
                    form.attachment,
                    evidence_book::TITLE
                ),
            };
            list.push(Material { name, copies, seal: None });
        }
    }
    list
}
