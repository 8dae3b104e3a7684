//! A section in words, with its tables and figures: to compare two versions of it.

use crate::domain::{Block, Body, Figure, Object, Table};

/// Everything a section holds, so that two that differ read differently.
pub(in crate::app::screen::editor) fn in_words(body: &Body) -> String {
    let blocks = body.blocks().map(|block| match block {
        Block::Text(text) => text.clone(),
        Block::Object(Object::Table(table)) => table_words(table),
        Block::Object(Object::Figure(figure)) => figure_words(figure),
    });
    blocks.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
}

fn table_words(table: &Table) -> String {
    let mut head = format!("【表：{}", table.caption);
    if let Some(guide) = table.guide {
        head += &format!("；{}表", guide.label());
    }
    if !table.header {
        head += "；没有表头";
    }
    if !table.widths.is_empty() {
        let widths: Vec<String> = table.widths.iter().map(ToString::to_string).collect();
        head += &format!("；列宽 {}", widths.join("∶"));
    }
    let rows = table.rows.iter().map(|row| row.join(" ｜ "));
    std::iter::once(head + "】").chain(rows).collect::<Vec<_>>().join("\n")
}

fn figure_words(figure: &Figure) -> String {
    let width = match figure.width {
        0 => String::new(),
        width => format!("；宽 {width}%"),
    };
    // Another picture may have the same name.
    let print: String = figure.file.sha256.chars().take(8).collect();
    format!("【图：{}；{}（{print}）{width}】", figure.caption, figure.file.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_reads_as_what_it_holds() {
        let mut body = Body::from("前");
        let mut table = Table { caption: "团队".into(), ..Table::empty(2, 1) };
        table.paste(0, 0, &[vec!["甲".into(), "乙".into()]]);
        body.push(Object::Table(table.clone()));
        body.push_text("后");
        assert_eq!(in_words(&body), "前\n【表：团队】\n甲 ｜ 乙\n后");
        let mut other = body.clone();
        if let Some(Object::Table(table)) = other.object_mut(1) {
            table.widths = vec![400, 600];
        }
        assert!(in_words(&other).contains("【表：团队；列宽 400∶600】"));
        let figure = Figure { caption: "路线".into(), width: 60, ..Figure::default() };
        body.push(Object::Figure(figure));
        assert!(in_words(&body).ends_with("【图：路线；（）；宽 60%】"));
    }
}
