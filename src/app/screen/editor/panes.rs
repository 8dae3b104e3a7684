//! The room that steps, blanks and page share.

use iced::Size;

/// Below this width, logical pixels, there is no room for three panes.
const NARROW: f32 = 860.0;
/// Below this width, logical pixels, the steps take less room.
const MODEST: f32 = 1100.0;
/// Below this height, logical pixels, a letter scrolls as a whole.
const LOW: f32 = 600.0;
/// The least that is left to the blanks, logical pixels.
const LEAST_FORM: f32 = 380.0;
/// The least the page takes where it is shown, logical pixels.
const LEAST_PAGE: f32 = 260.0;

/// Which panes are shown and how wide they are.
#[derive(Debug)]
pub(super) struct Panes {
    window: Size,
    /// The page is wanted beside the blanks.
    page_open: bool,
    /// In a narrow window: the page is shown in place of the blanks.
    page_only: bool,
    /// Share of the window's width that the page takes.
    share: f32,
    /// The middle pane alone is shown.
    wide: bool,
}

impl Default for Panes {
    fn default() -> Self {
        Self {
            window: Size::new(1280.0, 800.0),
            page_open: true,
            page_only: false,
            share: 0.36,
            wide: false,
        }
    }
}

impl Panes {
    /// The window has this size, logical pixels.
    pub(super) fn resize(&mut self, window: Size) {
        self.window = window;
    }

    /// Share of the window's width that the page takes.
    pub(super) const fn share(&self) -> f32 {
        self.share
    }

    /// Gives the page a share of the window's width.
    pub(super) fn set_share(&mut self, share: f32) {
        self.share = share.clamp(0.2, 0.65);
    }

    /// Moves the edge of the page to this distance from the left, logical pixels.
    pub(super) fn drag_edge(&mut self, x: f32) {
        self.set_share(1.0 - x / self.window.width.max(1.0));
    }

    /// The page is wanted beside the blanks.
    pub(super) const fn is_page_open(&self) -> bool {
        self.page_open
    }

    /// Shows the page beside the blanks, or not.
    pub(super) const fn open_page(&mut self, open: bool) {
        self.page_open = open;
    }

    /// Shows the page or puts it away.
    pub(super) fn toggle_page(&mut self) {
        self.wide = false;
        if self.is_narrow() {
            self.page_only = !self.page_only;
        } else {
            self.page_open = !self.page_open;
        }
    }

    /// Shows the middle pane alone, or the others again.
    pub(super) fn toggle_wide(&mut self) {
        self.wide = !self.wide;
    }

    /// The same, as wanted.
    pub(super) const fn show_wide(&mut self, wide: bool) {
        self.wide = wide;
    }

    /// Width of the window, logical pixels.
    pub(super) const fn window_width(&self) -> f32 {
        self.window.width
    }

    /// Room for the blanks, logical pixels.
    pub(super) fn form_width(&self) -> f32 {
        let steps = if self.wide { 0.0 } else { self.outline_width() };
        self.window.width - steps - self.page_width()
    }

    /// The middle pane alone is shown.
    pub(super) const fn is_wide(&self) -> bool {
        self.wide
    }

    /// There is no room for a text that scrolls by itself below what stands above it.
    pub(super) fn is_low(&self) -> bool {
        self.window.height < LOW
    }

    /// Beside the text of a letter, logical pixels: more where it stands alone, but no broad desk.
    pub(super) fn margin(&self) -> f32 {
        if self.wide { (self.window.width * 0.07).max(24.0) } else { 24.0 }
    }

    /// The page is shown in place of the blanks.
    pub(super) fn is_page_only(&self) -> bool {
        self.is_narrow() && self.page_only && !self.wide
    }

    /// There is little room for the names of the steps.
    pub(super) fn is_modest(&self) -> bool {
        self.window.width < MODEST
    }

    /// There is no room for blanks and page side by side: one or the other is shown.
    fn is_narrow(&self) -> bool {
        self.window.width < NARROW
    }

    /// The room for the steps, logical pixels.
    pub(super) fn outline_width(&self) -> f32 {
        if self.is_modest() { 184.0 } else { 216.0 }
    }

    /// Room for the page, logical pixels; 0 where it is hidden.
    pub(super) fn page_width(&self) -> f32 {
        if self.wide {
            return 0.0;
        }
        if self.is_narrow() {
            return if self.page_only { self.window.width - self.outline_width() } else { 0.0 };
        }
        if !self.page_open {
            return 0.0;
        }
        let most = self.window.width - self.outline_width() - LEAST_FORM;
        (self.window.width * self.share).clamp(LEAST_PAGE, most.max(LEAST_PAGE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_window_shows_the_page_or_the_blanks_and_a_wide_one_both() {
        let mut panes = Panes::default();
        assert!(panes.page_width() > LEAST_PAGE && !panes.is_page_only());
        panes.resize(Size::new(800.0, 600.0));
        assert!(panes.page_width() == 0.0);
        panes.toggle_page();
        assert!(panes.is_page_only() && panes.page_width() > 600.0);
        panes.toggle_wide();
        assert!(panes.page_width() == 0.0 && !panes.is_page_only());
        panes.resize(Size::new(1280.0, 800.0));
        panes.toggle_page();
        assert!(panes.page_width() == 0.0 && !panes.is_wide());
    }

    #[test]
    fn the_edge_leaves_room_for_blanks_and_page() {
        let mut panes = Panes::default();
        panes.drag_edge(10.0);
        assert!(panes.page_width() <= 1280.0 - panes.outline_width() - LEAST_FORM);
        panes.drag_edge(1275.0);
        assert!(panes.page_width() >= LEAST_PAGE.min(0.2 * 1280.0));
    }
}
