//! Symbols in one style, drawn as strokes on a 16 × 16 grid.

use iced::widget::{Svg, svg};

use super::theme::{self, Pick};

/// Declares the symbols with their files.
macro_rules! icons {
    ($($name:ident => $file:literal),+ $(,)?) => {
        /// A symbol.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Icon { $(#[doc = $file] $name),+ }

        impl Icon {
            fn handle(self) -> svg::Handle {
                use std::sync::LazyLock;
                match self {
                    $(Self::$name => {
                        static HANDLE: LazyLock<svg::Handle> = LazyLock::new(|| {
                            svg::Handle::from_memory(
                                include_bytes!(concat!("../../assets/icons/", $file, ".svg")).as_slice(),
                            )
                        });
                        HANDLE.clone()
                    })+
                }
            }
        }
    };
}
icons! {
    Empty => "empty",
    Fine => "fine",
    Warning => "warning",
    Error => "error",
    Check => "check",
    Plus => "plus",
    Trash => "trash",
    Up => "up",
    Down => "down",
    Copy => "copy",
    Undo => "undo",
    Redo => "redo",
    Back => "back",
    Forward => "forward",
    Folded => "folded",
    Unfolded => "unfolded",
    Folder => "folder",
    File => "file",
    Clip => "clip",
    Theme => "theme",
    Page => "page",
    Wide => "wide",
    Close => "close",
    ZoomIn => "zoom_in",
    ZoomOut => "zoom_out",
    Calendar => "calendar",
    Earlier => "earlier",
    Previous => "previous",
    Next => "next",
    Later => "later",
    Table => "table",
    Picture => "picture",
    Lock => "lock",
}

/// A symbol in a colour of the theme, 16 logical pixels.
pub(crate) fn icon<'a>(icon: Icon, pick: Pick) -> Svg<'a> {
    Svg::new(icon.handle()).width(16).height(16).style(theme::symbol(pick))
}
