//! What of a paper must stand on the page of the heading or caption before it.

use crate::typeset::flow::Flow;
use crate::typeset::paragraph::{Paragraph, set};

use super::illustration;
use super::manuscript::Block;

/// Lines of a paragraph that stand below its heading at the least.
const LINES: f32 = 2.0;

/// Height of the first of these blocks that may not stand on another page than what is before it, pt.
#[must_use]
pub(super) fn lead(blocks: &[Block], flow: &Flow) -> f32 {
    let Some((first, rest)) = blocks.split_first() else { return 0.0 };
    match first {
        // The next heading or caption takes with it what it stands for.
        Block::Heading(_, paragraph) | Block::Caption(paragraph) => {
            height(paragraph, flow) + lead(rest, flow)
        }
        // One of three lines is not parted, see [`Flow::paragraph`].
        Block::Paragraph(paragraph) => match height(paragraph, flow) / paragraph.style.pitch {
            lines if (2.5..3.5).contains(&lines) => height(paragraph, flow),
            _ => LINES * paragraph.style.pitch,
        },
        Block::Table(table) => flow.table_lead(table),
        Block::Illustration(figure) => illustration::height(flow, figure),
        Block::Skip(height) => height + lead(rest, flow),
        Block::Head(_) | Block::Cover(_) | Block::NewPage => 0.0,
    }
}

/// Height of a paragraph, pt.
#[must_use]
pub(super) fn height(paragraph: &Paragraph, flow: &Flow) -> f32 {
    set(paragraph, flow.frame.width).iter().map(|line| line.height).sum()
}
