//! Parts that screens are built of.

pub(crate) mod anchor;
pub(crate) mod control;
pub(crate) mod covered;
pub(crate) mod divider;
pub(crate) mod focus;
pub(crate) mod frame;
pub(crate) mod ground;
pub(crate) mod list;
pub(crate) mod marked;
pub(crate) mod matches;
pub(crate) mod month;
pub(crate) mod named;
pub(crate) mod pane;
pub(crate) mod password_box;
pub(crate) mod path_box;
pub(crate) mod prose;
pub(crate) mod room;
pub(crate) mod strip;
pub(crate) mod wrap;

/// An element of this window.
pub(crate) type Element<'a, Message> = iced::Element<'a, Message>;
