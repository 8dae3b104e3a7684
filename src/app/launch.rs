//! Starts the window.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;
use std::thread;

use iced::{Font, Point, window};

use super::calling;
use super::gate::Gate;
use super::guard::{self, Guarded};
use super::settings::{LEAST_SIZE, Settings};
use crate::fault;
use crate::store::{Store, event_log, system};
use crate::typeset::font;
use crate::typeset::page::Face;

/// Family name of the window's typeface, which is bundled.
const FAMILY: &str = "Noto Sans SC";

/// What the window starts with.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The folder of the person's data.
    pub root: PathBuf,
    /// A draft or package to open at once.
    pub open: Option<PathBuf>,
}

/// Why the window cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum LaunchError {
    /// No display to show it on.
    #[error(
        "没有可用的图形显示（环境变量 DISPLAY 和 WAYLAND_DISPLAY 都没有设置），窗口打不开。请在图形桌面中运行，或改用命令行，例如 `jiebang export …`（从源码运行：`cargo run --release -- export …`）；`jiebang --help` 列出全部命令"
    )]
    NoDisplay,
    /// The window system refused.
    #[error(
        "窗口打不开：{0}。请检查图形桌面是否正常，或改用命令行，例如 `jiebang export …`（从源码运行：`cargo run --release -- export …`）"
    )]
    Window(#[from] iced::Error),
    /// The program is at fault.
    #[error("揭榜通出错退出。草稿保存在“{}”；请重新打开程序接着填写", .0.display())]
    Fault(PathBuf),
}

/// Shows the window until it is closed, or the one that edits the draft already. All that was typed is on
/// disk when it returns, but for what the person chose to give up.
pub fn run(launch: Launch) -> Result<(), LaunchError> {
    if !has_display(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty())) {
        return Err(LaunchError::NoDisplay);
    }
    fault::keep_reports_in(&launch.root);
    fault::watch(guard::MANNER);
    let root = launch.root.clone();
    match fault::caught(|| show(launch)) {
        Some(shown) => shown.inspect(|()| log::info!("end window")),
        None => {
            guard::tell_after(root.clone(), None);
            Err(LaunchError::Fault(root.join("drafts")))
        }
    }
}

fn show(launch: Launch) -> Result<(), LaunchError> {
    let opened = Store::open(launch.root.clone()).map_err(|error| error.to_string());
    let opened = opened.map(|store| {
        let settings = Settings::load(&store);
        (store, settings)
    });
    event_log::start(&launch.root);
    log::info!("start version={} window system={}", env!("CARGO_PKG_VERSION"), system::name());
    if let (Ok((store, _)), Some(path)) = (&opened, &launch.open)
        && calling::raise_other(store, path)
    {
        log::info!("another window edits the draft, and was called to the front");
        return Ok(());
    }
    look_at_disk(launch.root.clone());
    let settings = opened.as_ref().map(|(_, settings)| settings.clone()).unwrap_or_default();
    load_font();
    // Without a thread for it, the first page takes a little longer.
    let _ = thread::Builder::new().name("fonts".to_owned()).spawn(font::unpack);
    let size = settings.scaled_size();
    let maximized = settings.maximized;
    let position = match settings.place {
        Some((x, y)) => window::Position::Specific(Point::new(x, y)),
        None => window::Position::Default,
    };
    iced::application(
        move || {
            let (gate, task) = Gate::new(launch.root.clone(), opened.clone(), launch.open.clone());
            (Guarded::new(gate), task)
        },
        Guarded::update,
        Guarded::view,
    )
    .title(Guarded::title)
    .theme(Guarded::theme)
    .scale_factor(Guarded::scale_factor)
    .subscription(Guarded::subscription)
    .default_font(Font::DEFAULT)
    .window(window::Settings {
        size,
        position,
        maximized,
        icon: icon(),
        min_size: Some(LEAST_SIZE),
        exit_on_close_request: false,
        platform_specific: platform(),
        ..window::Settings::default()
    })
    .run()?;
    Ok(())
}

/// Notes on what kind of disk the data lie, which one on a network may be slow to tell.
fn look_at_disk(root: PathBuf) {
    let look = move || match system::volume(&root) {
        Some(volume) => log::info!("data on {volume}"),
        None => log::info!("data on a disk that is not known"),
    };
    // Without a thread for it, it is not noted.
    let _ = thread::Builder::new().name("disk".to_owned()).spawn(look);
}

/// The symbol of the window, that of the program.
pub(super) fn icon() -> Option<window::Icon> {
    let file = include_bytes!("../../packaging/icons/jiebang-64.png").as_slice();
    let mut reader = png::Decoder::new(io::Cursor::new(file)).read_info().ok()?;
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let about = reader.next_frame(&mut rgba).ok()?;
    window::icon::from_rgba(rgba, about.width, about.height).ok()
}

/// On Linux the desktop groups windows, and finds their symbol, by the name of the program.
pub(super) fn platform() -> window::settings::PlatformSpecific {
    #[cfg(target_os = "linux")]
    {
        window::settings::PlatformSpecific {
            application_id: "jiebang".to_owned(),
            ..Default::default()
        }
    }
    #[cfg(not(target_os = "linux"))]
    Default::default()
}

/// Whether there is something to show a window on; only Linux and its like need to be asked.
pub(super) fn has_display(is_set: impl Fn(&str) -> bool) -> bool {
    !cfg!(all(unix, not(target_os = "macos")))
        || ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(is_set)
}

/// Gives the bundled typeface to the text system before anything is shaped: boxes for paragraphs
/// shape their text when they are made, and would search the machine for a Chinese font.
pub(super) fn load_font() {
    use iced::advanced::graphics::text::font_system;
    if let Ok(mut system) = font_system().write() {
        system.load_font(Cow::Borrowed(Face::Hei.data()));
        let fonts = system.raw().db_mut();
        fonts.set_sans_serif_family(FAMILY);
        fonts.set_serif_family(FAMILY);
        fonts.set_monospace_family(FAMILY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_has_a_symbol() {
        assert!(icon().is_some());
    }

    #[test]
    fn without_a_display_the_message_points_to_the_command_line() {
        if cfg!(target_os = "linux") {
            assert!(!has_display(|_| false));
            assert!(has_display(|name| name == "WAYLAND_DISPLAY"));
        }
        let words = LaunchError::NoDisplay.to_string();
        assert!(
            words.contains("jiebang export") && words.contains("cargo run --release -- export")
        );
    }
}
