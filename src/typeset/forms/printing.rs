//! How the papers are printed, sealed and burnt, as the 报送清单 says it.

use crate::domain::Draft;
use crate::rules::notice::{MediumKind, Notice};

/// Names and lines of what a person sets at the printer and does with the prints.
#[must_use]
pub(super) fn facts(draft: &Draft, notice: &Notice) -> Vec<(&'static str, Vec<String>)> {
    let mut facts = vec![("打印设置", settings(draft)), ("盖章", seals(draft))];
    let media = notice.route(draft).map(|route| route.media.as_slice()).unwrap_or_default();
    if media.iter().any(|medium| medium.kind == MediumKind::Disc) {
        let burn = "导出文件夹内的全部文件一次刻入光盘，刻完核对能打开；盘面写明企业名称和校验码。";
        facts.push(("刻盘", vec![burn.to_owned()]));
    }
    facts
}

fn settings(draft: &Draft) -> Vec<String> {
    let sides = if draft.print.double_sided {
        "双面打印，长边翻转，左侧装订。"
    } else {
        "单面打印，左侧装订。"
    };
    vec![format!("A4 纸，实际大小（100%，不要“适合页面”），黑白即可；{sides}")]
}

fn seals(draft: &Draft) -> Vec<String> {
    let mut lines = vec!["企业公章盖在各份材料“（盖章）”处留出的空白内，不压表格文字。".to_owned()];
    if draft.print.straddle_seal {
        let how = "骑缝章：整份错开摊平，盖在各页右边缘的标记处，每页都盖到；通知未要求盖骑缝章。";
        lines.push(how.to_owned());
    }
    if draft.print.signature_fields {
        lines.push("PDF 的盖章处留有电子签名域，可用电子签章软件签署。".to_owned());
    }
    lines
}
