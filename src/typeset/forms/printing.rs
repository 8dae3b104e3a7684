//! How the papers are printed, sealed and burnt, as the 报送清单 says it.

use super::Source;
use crate::domain::{Draft, Role};
use crate::rules::notice::MediumKind;

/// Names and lines of what a person sets at the printer and does with the prints.
#[must_use]
pub(super) fn facts(source: Source<'_>) -> Vec<(&'static str, Vec<String>)> {
    let draft = source.draft;
    let mut facts = vec![("打印设置", settings(draft)), ("盖章", seals(source))];
    let media = source.notice.route(draft).map(|route| route.media.as_slice()).unwrap_or_default();
    if media.iter().any(|medium| medium.kind == MediumKind::Disc) {
        let burn = "导出文件夹内的全部文件一次刻入光盘，刻完核对能打开；盘面写明企业名称和校验码。";
        facts.push(("刻盘", vec![burn.to_owned()]));
    }
    facts
}

fn settings(draft: &Draft) -> Vec<String> {
    let has_book = draft.evidence().next().is_some_and(|_| draft.role == Role::Solver);
    let sides = match (draft.print.double_sided, has_book) {
        (true, true) => "双面打印，长边翻转（佐证材料册单面打印），各份左侧装订。",
        (true, false) => "双面打印，长边翻转，左侧装订。",
        (false, true) => "单面打印，各份左侧装订。",
        (false, false) => "单面打印，左侧装订。",
    };
    vec![format!("A4 纸，实际大小（100%，不要“适合页面”），黑白即可；{sides}")]
}

fn seals(source: Source<'_>) -> Vec<String> {
    let print = &source.draft.print;
    let mut lines = vec!["企业公章盖在各份材料“（盖章）”处留出的空白内，不压表格文字。".to_owned()];
    if print.straddle_seal {
        let how =
            "骑缝章（通知未要求）：整份错开摊平，盖在每张纸正面右边的标记处；只有一张的不盖。";
        lines.push(how.to_owned());
    }
    if print.signature_fields && !source.options.draft_mark {
        lines.push(
            "PDF 的盖章处留有电子签名域，用电子签章软件签好的另行报送，材料包里的是未签的。"
                .to_owned(),
        );
    }
    lines
}
