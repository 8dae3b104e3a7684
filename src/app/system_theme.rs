//! Whether the desktop is dark, where the window system does not tell: as the files of the desktop's own
//! settings have it.

use std::path::{Path, PathBuf};

use iced::Task;
use iced::theme::Mode;

use super::worker;
use crate::store::file::read_start;

/// More of a file is not read.
const MOST: u64 = 1 << 20;

/// What the settings of GNOME, UKUI and Deepin hold when the person has chosen dark.
const DARK_VALUES: [&[u8]; 3] = [b"prefer-dark", b"ukui-dark", b"deepin-dark"];

/// Where the desktop's settings lie.
#[derive(Debug, Default)]
struct Desktop {
    /// The theme for this program, before all settings.
    gtk_theme: Option<String>,
    is_kde: bool,
    /// The folder of the settings.
    config: PathBuf,
}

impl Desktop {
    /// The one this program runs on; `None` where there is no home.
    fn here() -> Option<Self> {
        let text = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let is_kde = text("XDG_CURRENT_DESKTOP")
            .is_some_and(|names| names.split(':').any(|name| name.eq_ignore_ascii_case("kde")));
        let folders = directories::BaseDirs::new()?;
        let config = folders.config_dir().to_owned();
        Some(Self { gtk_theme: text("GTK_THEME"), is_kde, config })
    }

    fn mode(&self) -> Mode {
        if self.is_dark() { Mode::Dark } else { Mode::Light }
    }

    fn is_dark(&self) -> bool {
        if let Some(theme) = &self.gtk_theme {
            return is_dark_name(theme);
        }
        if self.is_kde
            && let Some(ground) = read_text(&self.config.join("kdeglobals"))
                .and_then(|words| ground_of(value(&words, "Colors:Window", "BackgroundNormal")?))
        {
            return ground < 128;
        }
        let chosen = read(&self.config.join("dconf/user"));
        let is_chosen = |dark: &[u8]| chosen.windows(dark.len()).any(|bytes| bytes == dark);
        DARK_VALUES.into_iter().any(is_chosen)
            || ["gtk-4.0", "gtk-3.0"].into_iter().any(|folder| {
                read_text(&self.config.join(folder).join("settings.ini"))
                    .is_some_and(|words| is_gtk_dark(&words))
            })
    }
}

fn is_gtk_dark(settings: &str) -> bool {
    let value = |key| value(settings, "Settings", key);
    value("gtk-application-prefer-dark-theme")
        .is_some_and(|chosen| chosen == "1" || chosen.eq_ignore_ascii_case("true"))
        || value("gtk-theme-name").is_some_and(is_dark_name)
}

/// `Adwaita-dark`, `Adwaita:dark`.
fn is_dark_name(theme: &str) -> bool {
    theme.to_ascii_lowercase().ends_with("dark")
}

/// The value of a key in a section of an INI file.
fn value<'a>(settings: &'a str, section: &str, key: &str) -> Option<&'a str> {
    let named = |line: &str| line.strip_prefix('[')?.strip_suffix(']').map(|name| name == section);
    let mut inside = false;
    for line in settings.lines().map(str::trim) {
        match (named(line), line.split_once('=')) {
            (Some(is_it), _) => inside = is_it,
            (None, Some((name, value))) if inside && name.trim() == key => {
                return Some(value.trim().trim_matches('"'));
            }
            _ => {}
        }
    }
    None
}

/// How light `red,green,blue` is, 0 to 255.
fn ground_of(color: &str) -> Option<u32> {
    let parts: Vec<u32> = color.split(',').map_while(|part| part.trim().parse().ok()).collect();
    let [red, green, blue, ..] = parts[..] else { return None };
    Some((red.min(255) * 299 + green.min(255) * 587 + blue.min(255) * 114) / 1000)
}

/// The file, as far as it can be read.
fn read(path: &Path) -> Vec<u8> {
    // A pipe or the like would be waited for without end.
    if path.is_file() { read_start(path, MOST).unwrap_or_default() } else { Vec::new() }
}

fn read_text(path: &Path) -> Option<String> {
    String::from_utf8(read(path)).ok()
}

/// Looks, off this thread, whether the desktop is dark. Elsewhere the window system tells by itself.
pub(super) fn look() -> Task<Mode> {
    if !cfg!(all(unix, not(target_os = "macos"))) {
        return Task::none();
    }
    let look = || Desktop::here().map_or(Mode::None, |desktop| desktop.mode());
    worker::run(look, |mode| mode.unwrap_or(Mode::None))
}

/// Whether a system that was dark or not is so now; one that does not tell stays as it was.
pub(super) fn is_dark(mode: Mode, before: bool) -> bool {
    match mode {
        Mode::None => before,
        Mode::Light => false,
        Mode::Dark => true,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;

    /// A desktop with one file of settings.
    fn with(path: &str, words: &str) -> (tempfile::TempDir, Desktop) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, words).unwrap();
        let config = folder.path().to_owned();
        (folder, Desktop { config, ..Desktop::default() })
    }

    fn is_dark_with(path: &str, words: &str) -> bool {
        with(path, words).1.is_dark()
    }

    #[test]
    fn a_dark_desktop_is_found_in_its_own_settings() {
        assert!(is_dark_with("gtk-3.0/settings.ini", "[Settings]\ngtk-theme-name=Adwaita-dark\n"));
        assert!(is_dark_with("gtk-3.0/settings.ini", "[Settings]\ngtk-theme-name = deepin-dark"));
        let prefer = "[Settings]\ngtk-application-prefer-dark-theme=1\n";
        assert!(is_dark_with("gtk-4.0/settings.ini", prefer));
        assert!(is_dark_with("dconf/user", "GVariant\0color-scheme\0'prefer-dark'\0"));
    }

    #[test]
    fn a_light_desktop_and_one_without_settings_are_light() {
        assert!(!is_dark_with("gtk-3.0/settings.ini", "[Settings]\ngtk-theme-name=Adwaita\n"));
        let prefer = "[Settings]\ngtk-application-prefer-dark-theme=false\n";
        assert!(!is_dark_with("gtk-3.0/settings.ini", prefer));
        assert!(!is_dark_with("dconf/user", "GVariant\0color-scheme\0'default'\0"));
        assert!(!is_dark_with("other", ""));
    }

    #[test]
    fn kde_is_as_dark_as_the_ground_of_its_windows() {
        let kde = |ground: &str| {
            let words = format!(
                "[Colors:View]\nBackgroundNormal=1,1,1\n[Colors:Window]\nBackgroundNormal={ground}\n"
            );
            let (_folder, mut desktop) = with("kdeglobals", &words);
            desktop.is_kde = true;
            desktop.is_dark()
        };
        assert!(kde("42,46,50") && !kde("239,240,241"));
        assert!(!kde("一,二"), "nothing is known of it");
    }

    #[test]
    fn the_theme_asked_for_by_name_comes_before_all_settings() {
        let (_folder, mut desktop) =
            with("gtk-3.0/settings.ini", "[Settings]\ngtk-theme-name=Adwaita-dark\n");
        desktop.gtk_theme = Some("Adwaita".to_owned());
        assert!(!desktop.is_dark());
        desktop.gtk_theme = Some("Adwaita:dark".to_owned());
        assert!(desktop.is_dark());
    }
}
