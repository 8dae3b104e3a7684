//! Lines at the foot and the head of a page.

use jiebang::typeset::flow::Flow;
use jiebang::typeset::geometry::Rect;
use jiebang::typeset::page::Item;

use super::justified;

/// The lines of a paragraph of `count` lines on each page, begun `room` lines above the foot.
fn parted(count: usize, room: usize) -> Vec<usize> {
    let frame = Rect { x: 0.0, y: 0.0, width: 442.2, height: 10.0 * 28.95 };
    let mut flow = Flow::new(frame);
    flow.y = frame.bottom() - room as f32 * 28.95;
    flow.paragraph(&justified(&"公".repeat(28 * count - 6)));
    let lines = |page: &jiebang::typeset::Page| {
        page.items.iter().filter(|item| matches!(item, Item::Text(_))).count()
    };
    flow.finish().0.iter().map(lines).collect()
}

#[test]
fn no_page_begins_or_ends_with_a_single_line_of_a_paragraph() {
    assert_eq!(parted(2, 1), [0, 2]);
    assert_eq!(parted(3, 1), [0, 3]);
    assert_eq!(parted(3, 2), [0, 3], "a paragraph of three lines is not parted at all");
    assert_eq!(parted(3, 3), [3]);
    assert_eq!(parted(4, 2), [2, 2]);
    assert_eq!(parted(4, 3), [2, 2]);
    assert_eq!(parted(5, 4), [3, 2]);
    assert_eq!(parted(5, 1), [0, 5]);
}
