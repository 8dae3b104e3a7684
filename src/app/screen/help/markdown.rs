//! Reads a page of the guide: the part of Markdown that the guide is written in.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::app::widget::prose::{Look, Run};

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading, 1 for that of the page.
    Heading { level: u8, words: String },
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// An item of a list, with its bullet or number.
    Item { depth: usize, mark: String, runs: Vec<Run> },
    /// A picture, its file and what it shows.
    Picture { file: String, words: String },
    /// A row of a table.
    Row { head: bool, cells: Vec<Vec<Run>> },
}

/// A page as it is read: its parts, and where its links lead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) blocks: Vec<Block>,
    pub(super) links: Vec<String>,
}

/// Reads a page.
pub(super) fn read(text: &str) -> Read {
    let mut reader = Reader::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        reader.take(event);
    }
    reader.read
}

/// The name by which a link finds a heading, as the usual viewers of Markdown make it.
pub(super) fn anchor(heading: &str) -> String {
    let letters = heading.trim().chars().filter_map(|letter| match letter {
        ' ' => Some('-'),
        '-' | '_' => Some(letter),
        _ => letter.is_alphanumeric().then_some(letter),
    });
    letters.collect::<String>().to_lowercase()
}

/// What is being read.
#[derive(Debug, Default)]
struct Reader {
    read: Read,
    runs: Vec<Run>,
    /// For each list that is open the number of the next item; `None`: bullets.
    lists: Vec<Option<u64>>,
    /// The bullet or number of the item that has begun.
    mark: Option<String>,
    strong: bool,
    link: Option<usize>,
    /// The file of the picture whose words are being read.
    picture: Option<String>,
    cells: Vec<Vec<Run>>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => self.add(&words, false),
            Event::Code(words) => self.add(&words, true),
            Event::SoftBreak | Event::HardBreak => self.add(" ", false),
            _ => {}
        }
    }

    fn add(&mut self, words: &str, code: bool) {
        let look = match self.link {
            Some(link) => Look::Link(link),
            None if code => Look::Code,
            None if self.strong => Look::Strong,
            None => Look::Plain,
        };
        match self.runs.last_mut() {
            Some(run) if run.look == look => run.words.push_str(words),
            _ => self.runs.push(Run { words: words.to_owned(), look }),
        }
    }

    fn begin(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                // The words of an item stand before the list in it.
                self.finish_item();
                self.lists.push(first);
            }
            Tag::Item => self.mark = Some(self.next_mark()),
            Tag::Strong => self.strong = true,
            Tag::Link { dest_url, .. } => {
                self.link = Some(self.read.links.len());
                self.read.links.push(dest_url.into_string());
            }
            Tag::Image { dest_url, .. } => {
                self.finish_words();
                self.picture = Some(dest_url.into_string());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let words = self.words();
                self.read.blocks.push(Block::Heading { level: number(level), words });
            }
            TagEnd::Paragraph | TagEnd::CodeBlock => self.finish_words(),
            TagEnd::Item => self.finish_item(),
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Strong => self.strong = false,
            TagEnd::Link => self.link = None,
            TagEnd::Image => {
                let words = self.words();
                let file = self.picture.take().unwrap_or_default();
                self.read.blocks.push(Block::Picture { file, words });
            }
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.runs)),
            TagEnd::TableHead | TagEnd::TableRow => {
                let (head, cells) = (tag == TagEnd::TableHead, std::mem::take(&mut self.cells));
                self.read.blocks.push(Block::Row { head, cells });
            }
            _ => {}
        }
    }

    /// What was read since the last part, without its looks.
    fn words(&mut self) -> String {
        std::mem::take(&mut self.runs).into_iter().map(|run| run.words).collect()
    }

    fn next_mark(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}.", *number - 1)
            }
            _ => "•".to_owned(),
        }
    }

    fn finish_words(&mut self) {
        if self.mark.is_some() {
            self.finish_item();
        } else if !self.runs.is_empty() {
            let runs = std::mem::take(&mut self.runs);
            self.read.blocks.push(Block::Paragraph(runs));
        }
    }

    fn finish_item(&mut self) {
        if self.runs.is_empty() {
            return;
        }
        let mark = self.mark.take().unwrap_or_default();
        let (runs, depth) = (std::mem::take(&mut self.runs), self.lists.len().saturating_sub(1));
        self.read.blocks.push(Block::Item { depth, mark, runs });
    }
}

const fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        _ => 3,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    const PAGE: &str = "# 页\n\n写 **这里**，见[那页](b.md#二)和`c`。\n\n1. 甲\n2. 乙\n   - 丙\n\n\
        ![图](pictures/a.png)\n\n| 键 | 作用 |\n| --- | --- |\n| `F1` | 帮助 |\n";

    fn run(words: &str, look: Look) -> Run {
        Run { words: words.to_owned(), look }
    }

    #[test]
    fn a_page_is_read_in_its_parts() {
        let read = read(PAGE);
        let item = |depth, mark: &str, words: &str| Block::Item {
            depth,
            mark: mark.to_owned(),
            runs: vec![run(words, Look::Plain)],
        };
        let cell = |words, look| vec![run(words, look)];
        let expected = [
            Block::Heading { level: 1, words: "页".to_owned() },
            Block::Paragraph(vec![
                run("写 ", Look::Plain),
                run("这里", Look::Strong),
                run("，见", Look::Plain),
                run("那页", Look::Link(0)),
                run("和", Look::Plain),
                run("c", Look::Code),
                run("。", Look::Plain),
            ]),
            item(0, "1.", "甲"),
            item(0, "2.", "乙"),
            item(1, "•", "丙"),
            Block::Picture { file: "pictures/a.png".to_owned(), words: "图".to_owned() },
            Block::Row {
                head: true,
                cells: vec![cell("键", Look::Plain), cell("作用", Look::Plain)],
            },
            Block::Row {
                head: false,
                cells: vec![cell("F1", Look::Code), cell("帮助", Look::Plain)],
            },
        ];
        assert_eq!(read.blocks, expected);
        assert_eq!(read.links, ["b.md#二"]);
    }

    #[test]
    fn headings_are_found_by_the_usual_names() {
        assert_eq!(anchor("字数怎么算？"), "字数怎么算");
        assert_eq!(anchor("一、打开 Word"), "一打开-word");
    }
}
