//! The guide: its pages and pictures, which are built into the program.

use iced::Size;
use include_dir::{Dir, include_dir};

use super::markdown::{self, Block, anchor};
use crate::app::widget::prose::Run;

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/guide");

/// The pages in the order in which they are listed, each with its name there.
pub(super) const PAGES: [(&str, &str); 6] = [
    ("README.md", "从这里开始"),
    ("solver.md", "揭榜：一步一步"),
    ("demander.md", "发榜：一步一步"),
    ("questions.md", "常见问题"),
    ("trouble.md", "出了问题怎么办"),
    ("keys.md", "快捷键"),
];

/// A place in the guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Which of the pages.
    pub(super) page: usize,
    /// The heading, as a part of the page; `None`: its top.
    pub(super) heading: Option<usize>,
}

/// A page of the guide.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// In the list of contents.
    pub(super) name: &'static str,
    pub(super) blocks: Vec<Block>,
    /// Where its links lead; `None`: out of the guide, which no link does by itself.
    pub(super) links: Vec<Option<Place>>,
}

/// All of it, as it was read.
#[derive(Debug, Clone)]
pub(super) struct Guide {
    pub(super) pages: Vec<Page>,
}

impl Guide {
    /// Reads all pages.
    pub(super) fn read() -> Self {
        let read = PAGES.map(|(file, name)| (name, markdown::read(text_of(file))));
        let mut pages: Vec<Page> = Vec::new();
        for (name, page) in &read {
            let own = pages.len();
            let place = |link: &String| place_of(link, own, |at| Some(&read.get(at)?.1.blocks));
            let links = page.links.iter().map(place).collect();
            pages.push(Page { name, blocks: page.blocks.clone(), links });
        }
        Self { pages }
    }

    /// The place that a link such as `questions.md#字数怎么算` names.
    pub(super) fn place(&self, link: &str) -> Option<Place> {
        place_of(link, 0, |at| Some(&self.pages.get(at)?.blocks))
    }
}

impl Page {
    /// Its headings under that of the page: which part, level and words.
    pub(super) fn headings(&self) -> impl Iterator<Item = (usize, u8, &str)> {
        self.blocks.iter().enumerate().filter_map(|(at, block)| match block {
            Block::Heading { level, words } if *level > 1 => Some((at, *level, words.as_str())),
            _ => None,
        })
    }

    /// Its pictures: which part, and the file.
    pub(super) fn pictures(&self) -> impl Iterator<Item = (usize, &str)> {
        self.blocks.iter().enumerate().filter_map(|(at, block)| match block {
            Block::Picture { file, .. } => Some((at, file.as_str())),
            _ => None,
        })
    }
}

impl Block {
    /// Its words, one text for each of those that stand apart.
    pub(super) fn texts(&self) -> Vec<String> {
        let joined = |runs: &Vec<Run>| runs.iter().map(|run| run.words.as_str()).collect();
        match self {
            Self::Heading { words, .. } | Self::Picture { words, .. } => vec![words.clone()],
            Self::Paragraph(runs) | Self::Item { runs, .. } => vec![joined(runs)],
            Self::Row { cells, .. } => cells.iter().map(joined).collect(),
        }
    }
}

fn text_of(file: &str) -> &'static str {
    FILES.get_file(file).and_then(include_dir::File::contents_utf8).unwrap_or_default()
}

/// The place that a link on page `own` leads to.
fn place_of<'a>(
    link: &str,
    own: usize,
    blocks: impl Fn(usize) -> Option<&'a Vec<Block>>,
) -> Option<Place> {
    let (file, wanted) = link.split_once('#').map_or((link, None), |(f, name)| (f, Some(name)));
    let page = match file {
        "" => own,
        _ => PAGES.iter().position(|(name, _)| *name == file)?,
    };
    let Some(wanted) = wanted else { return Some(Place { page, heading: None }) };
    let is_wanted =
        |block: &Block| matches!(block, Block::Heading { words, .. } if anchor(words) == wanted);
    let heading = blocks(page)?.iter().position(is_wanted)?;
    Some(Place { page, heading: Some(heading) })
}

/// The bytes of a picture.
pub(super) fn picture(file: &str) -> Option<&'static [u8]> {
    FILES.get_file(file).map(include_dir::File::contents)
}

/// Its size, pixels, which every PNG tells at its head.
pub(super) fn picture_size(file: &str) -> Option<Size<u32>> {
    let head = picture(file)?.get(16..24)?;
    let number = |from: usize| {
        head.get(from..from + 4)?.try_into().ok().map(u32::from_be_bytes).filter(|n| *n > 0)
    };
    Some(Size::new(number(0)?, number(4)?))
}
