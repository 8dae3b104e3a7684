//! Tells what the files of photographs give away besides what is seen, and how that is helped.

use crate::domain::media::Trace;
use crate::domain::{Attachment, Field};
use crate::rules::{Finding, Severity, invisible};

/// Name of the rule for a picture that tells where, with what or by whom it was taken.
pub const TRACE_RULE: &str = "picture_trace";

/// No notice says it, so the reason stands here.
const CLAUSE: &str = "隐私提示：照片里看不见的信息是否交出，由申报单位决定";

/// How it is removed from a photograph.
const REMOVAL: &str = "Windows：右键照片文件→属性→详细信息→删除属性和个人信息；也可以截图代替";

/// On a figure of a letter.
pub(super) fn of_figure(field: Field, file: &Attachment, traces: &[Trace]) -> Option<Finding> {
    let (name, traces) = (invisible::without(&file.name), list(traces)?);
    let message = format!(
        "插图“{name}”里带有{traces}：申请书的 PDF 和 Word 文件里没有，材料包（ZIP）“插图”文件夹里的\
         原图有。不想交出的，请去掉后重新插入（{REMOVAL}）。"
    );
    Some(finding(field, message))
}

/// On a file of the evidence: a picture, or a PDF with pictures.
pub(super) fn of_evidence(
    field: &Field,
    file: &Attachment,
    traces: &[Trace],
    is_picture: bool,
) -> Option<Finding> {
    let (title, name, traces) = (field.title(), invisible::without(&file.name), list(traces)?);
    let (within, again) = match is_picture {
        true => ("里", "请去掉后重新附上"),
        false => ("里的照片", "请从照片里去掉，重新做成 PDF 附上"),
    };
    let message = format!(
        "“{title}”中的“{name}”{within}带有{traces}：合订的佐证材料册里没有，材料包（ZIP）“佐证材料”\
         文件夹里的原文件有。不想交出的，{again}（{REMOVAL}）。"
    );
    Some(finding(field.clone(), message))
}

fn list(traces: &[Trace]) -> Option<String> {
    let traces: Vec<String> = traces.iter().map(Trace::to_string).collect();
    (!traces.is_empty()).then(|| traces.join("、"))
}

fn finding(field: Field, message: String) -> Finding {
    Finding::new(Severity::Hint, TRACE_RULE, field, message, CLAUSE)
}
