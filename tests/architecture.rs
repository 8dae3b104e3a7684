//! The direction of dependencies and the few places that may touch the outside, read from the source.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

/// A source file with what its checks need, positions and line numbers kept.
struct Source {
    /// Path under `src`, `/` between its parts.
    path: String,
    /// The text without comments, without what literals say, without tests.
    code: String,
    /// Only what literals say, without tests.
    literals: String,
}

/// What the modules may use of each other, in the order of the design.
const MAY_USE: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("rules", &["domain"]),
    ("store", &["domain", "rules"]),
    ("typeset", &["domain", "rules"]),
    ("export", &["domain", "rules", "typeset"]),
    ("fault", &["domain", "rules", "store"]),
    ("cli", &["domain", "rules", "store", "typeset", "export", "fault"]),
    ("app", &["domain", "rules", "store", "typeset", "export", "fault"]),
];

/// Words of code, and where alone they may stand.
const PLACES: [(&[&str], &[&str]); 7] = [
    (&["iced", "rfd", "tiny_skia", "iced_test"], &["app/"]),
    (&["printpdf"], &["export/pdf/"]),
    (&["lopdf"], &["export/pdf/", "export/evidence_book/", "export/picture/"]),
    (&["image::", "png::"], &["export/picture/", "app/"]),
    (&["quick_xml"], &["export/docx/"]),
    (
        &["std::fs", "fs::", "File::open", "File::create", "OpenOptions"],
        &["store/", "export/package/", "cli/"],
    ),
    (&["process::Command", "Command::new"], &["app/"]),
];

/// Never, anywhere: the program is offline.
const NETWORK: [&str; 5] = ["std::net", "TcpStream", "TcpListener", "UdpSocket", "ToSocketAddrs"];

/// A notice is data; code knows no city.
const CITIES: [&str; 6] = ["上海", "武汉", "湖北", "shanghai", "wuhan", "hubei"];

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    let sources: Vec<Source> = paths
        .iter()
        .map(|path| {
            let parts = path.strip_prefix(&root).unwrap().iter();
            let name: Vec<_> = parts.map(|part| part.to_str().unwrap()).collect();
            Source::read(&name.join("/"), &fs::read_to_string(path).unwrap())
        })
        .collect();
    let tests: Vec<String> = paths
        .iter()
        .zip(&sources)
        .flat_map(|(path, source)| {
            test_modules(&fs::read_to_string(path).unwrap())
                .into_iter()
                .map(|name| format!("{}{name}", folder_of_children(&source.path)))
        })
        .collect();
    sources.into_iter().filter(|source| !is_of(&tests, &source.path)).collect()
}

/// The file is one of these modules or of a module within one.
fn is_of(modules: &[String], path: &str) -> bool {
    modules.iter().any(|module| {
        let rest = path.strip_prefix(module.as_str());
        rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    })
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// `rules/check.rs` and `rules/check/mod.rs` have their children in `rules/check/`.
fn folder_of_children(path: &str) -> String {
    match path.strip_suffix("mod.rs") {
        Some(folder) => folder.to_owned(),
        None => format!("{}/", path.trim_end_matches(".rs")),
    }
}

/// Modules declared for tests alone: `#[cfg(test)] mod fixture;`.
fn test_modules(text: &str) -> Vec<String> {
    let (code, _) = parted(text);
    code.match_indices("#[cfg(test)]")
        .filter_map(|(at, mark)| {
            let rest = code[at + mark.len()..].trim_start();
            let rest = rest.strip_prefix("pub(super) ").unwrap_or(rest);
            let (name, end) = rest.strip_prefix("mod ")?.split_once([';', '{'])?;
            let declared = rest[4 + name.len()..].starts_with(';');
            (declared && !end.is_empty()).then(|| name.trim().to_owned())
        })
        .collect()
}

impl Source {
    fn read(path: &str, text: &str) -> Self {
        let (code, literals) = parted(text);
        let mut source = Self { path: path.to_owned(), code, literals };
        while let Some(at) = source.code.find("#[cfg(test)]") {
            let end = item_end(&source.code, at + 1);
            for text in [&mut source.code, &mut source.literals] {
                let blank = blanked(&text[at..end]);
                text.replace_range(at..end, &blank);
            }
        }
        source
    }

    fn line(&self, at: usize) -> usize {
        self.code[..at].matches('\n').count() + 1
    }

    /// Top-level modules of this crate the file names, each with its line.
    fn uses(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (at, root) in self.words("crate::") {
            let rest = &self.code[at + root.len()..];
            let names = match rest.strip_prefix('{') {
                Some(group) => first_names(group),
                None => vec![identifier(rest)],
            };
            found.extend(names.into_iter().map(|name| (self.line(at), name.to_owned())));
        }
        let depth = module_depth(&self.path);
        for (at, _) in self.words("super::") {
            if self.code[..at].ends_with("super::") {
                continue;
            }
            let supers = self.code[at..].split("super::").take_while(|part| part.is_empty());
            // `split` gives one empty part for each `super::` in a row.
            let count = supers.count();
            if count >= depth {
                let rest = &self.code[at + count * "super::".len()..];
                let names = match rest.strip_prefix('{') {
                    Some(group) => first_names(group),
                    None => vec![identifier(rest)],
                };
                found.extend(names.into_iter().map(|name| (self.line(at), name.to_owned())));
            }
        }
        found
    }

    /// Places of a word in the code, not as the end of a longer one.
    fn words<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
        let inner = |c: char| c.is_alphanumeric() || c == '_';
        self.code.match_indices(word).filter(move |(at, word)| {
            let ends = word.ends_with(':') || !self.code[at + word.len()..].starts_with(inner);
            ends && !self.code[..*at].ends_with(inner)
        })
    }

    fn complaint(&self, at: usize, what: &str) -> String {
        format!("src/{}:{}: {what}", self.path, self.line(at))
    }
}

/// Modules between the file and the crate's root.
fn module_depth(path: &str) -> usize {
    let parts = path.split('/').count();
    if path.ends_with("/mod.rs") { parts - 1 } else { parts }
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// First names of a group's entries: `rules::{a, b}, domain::X}` gives rules, domain.
fn first_names(group: &str) -> Vec<&str> {
    let (mut names, mut depth, mut fresh) = (Vec::new(), 0, true);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if fresh && (c.is_alphanumeric() || c == '_') => {
                names.push(identifier(&group[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    names
}

fn blanked(text: &str) -> String {
    text.chars()
        .flat_map(|c| if c == '\n' { vec!['\n'] } else { vec![' '; c.len_utf8()] })
        .collect()
}

/// End of the item whose attributes stand at `at`: after its braces or its semicolon.
fn item_end(code: &str, at: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, character) in code[at..].char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth <= 1 => return at + offset + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + offset + 1,
            _ => {}
        }
    }
    code.len()
}

/// The code without comments and literals, and the literals alone; both as long as the text.
fn parted(text: &str) -> (String, String) {
    let (mut code, mut literals) = (String::new(), String::new());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (length, literal) = token(rest, code.chars().next_back());
        let length = length.max(first.len_utf8());
        let (piece, after) = rest.split_at(length);
        let comment = piece.starts_with("//") || piece.starts_with("/*");
        let is_code = !literal && !comment;
        code.push_str(&if is_code { piece.to_owned() } else { blanked(piece) });
        literals.push_str(&if literal { piece.to_owned() } else { blanked(piece) });
        rest = after;
    }
    (code, literals)
}

/// Length of the comment, literal or character at the head of `text`, and whether it is a literal.
fn token(text: &str, before: Option<char>) -> (usize, bool) {
    if text.starts_with("//") {
        return (text.find('\n').unwrap_or(text.len()), false);
    }
    if text.starts_with("/*") {
        return (text.find("*/").map_or(text.len(), |end| end + 2), false);
    }
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !in_word && let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let from = 2 + hashes;
            let end = text[from..].find(&close).map_or(text.len(), |at| from + at + close.len());
            return (end, true);
        }
    }
    if text.starts_with('"') {
        let mut escaped = false;
        for (at, character) in text.char_indices().skip(1) {
            match character {
                '\\' if !escaped => escaped = true,
                '"' if !escaped => return (at + 1, true),
                _ => escaped = false,
            }
        }
        return (text.len(), true);
    }
    if let Some(inner) = text.strip_prefix('\'') {
        // A lifetime has no quotation mark after its first character.
        let mut characters = inner.char_indices();
        let first = characters.next().map(|(_, c)| c);
        if first == Some('\\') {
            let end = inner[2.min(inner.len())..].find('\'').map_or(text.len(), |at| at + 4);
            return (end, true);
        }
        if let Some((at, '\'')) = characters.next() {
            return (at + 2, true);
        }
    }
    (0, false)
}

fn module(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap_or(path)
}

/// Uses against the direction of the design.
fn wrong_way(source: &Source) -> Vec<String> {
    let own = module(&source.path);
    let Some((_, may)) = MAY_USE.iter().find(|(name, _)| *name == own) else { return Vec::new() };
    let known = |name: &str| MAY_USE.iter().any(|(module, _)| *module == name);
    let uses = source.uses().into_iter();
    uses.filter(|(_, name)| known(name) && name != own && !may.contains(&name.as_str()))
        .map(|(line, name)| format!("src/{}:{line}: {own} uses {name}", source.path))
        .collect()
}

/// Libraries, files, network and programs outside their places.
fn out_of_place(source: &Source) -> Vec<String> {
    let mut complaints = Vec::new();
    for (words, places) in PLACES {
        if places.iter().any(|place| source.path.starts_with(place)) {
            continue;
        }
        for word in words {
            complaints.extend(source.words(word).map(|(at, word)| source.complaint(at, word)));
        }
    }
    for word in NETWORK {
        complaints.extend(source.words(word).map(|(at, word)| source.complaint(at, word)));
    }
    complaints
}

/// Cities named by code. The list of bundled notices may name its files.
fn cities(source: &Source) -> Vec<String> {
    let mut complaints = Vec::new();
    for (line, (code, literals)) in source.code.lines().zip(source.literals.lines()).enumerate() {
        if code.contains("include_str!(") && literals.contains("assets/notices/") {
            continue;
        }
        let text = format!("{code} {literals}").to_lowercase();
        let named = CITIES.iter().filter(|city| text.contains(*city));
        complaints.extend(named.map(|city| format!("src/{}:{}: {city}", source.path, line + 1)));
    }
    complaints
}

fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn every_module_uses_only_those_before_it() {
    let sources = sources();
    for (name, _) in MAY_USE {
        assert!(sources.iter().any(|source| module(&source.path) == name), "no module {name}");
    }
    assert_none(&sources.iter().flat_map(wrong_way).collect::<Vec<_>>());
}

#[test]
fn windows_pdf_files_and_programs_are_touched_in_their_places_alone() {
    assert_none(&sources().iter().flat_map(out_of_place).collect::<Vec<_>>());
}

#[test]
fn no_code_names_a_city() {
    assert_none(&sources().iter().flat_map(cities).collect::<Vec<_>>());
}

const BAD: &str = r##"
//! A doc comment may say crate::cli and 上海.
use crate::{domain::{Draft, Field}, store::Store, cli};
use super::super::export::pdf; // crate::app
use std::fs;
/* std::net */
const NAME: &str = "use crate::app; 上海";
const QUOTE: char = '"';
fn read<'a>(path: &'a str) { let _ = fs::read(path); lopdf::open(r#"wuhan"#); iced::run(); }
fn call() { std::net::TcpStream::connect("x"); std::process::Command::new("y"); }
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::app::Window;
    fn shanghai() { printpdf::new("上海"); }
}
fn after() { crate::typeset::lay_out() }
"##;

#[test]
fn the_matchers_find_what_is_wrong() {
    let source = Source::read("rules/check/bad.rs", BAD);
    // Two modules up from rules/check/bad.rs is still inside rules.
    let uses: Vec<String> = source.uses().into_iter().map(|(_, name)| name).collect();
    assert_eq!(uses, ["domain", "store", "cli", "typeset"]);
    assert_eq!(
        wrong_way(&source),
        [
            "src/rules/check/bad.rs:3: rules uses store",
            "src/rules/check/bad.rs:3: rules uses cli",
            "src/rules/check/bad.rs:17: rules uses typeset",
        ]
    );
    let source = Source::read("rules/bad.rs", BAD);
    assert!(wrong_way(&source).contains(&"src/rules/bad.rs:4: rules uses export".to_owned()));
    let complaints = out_of_place(&source);
    for expected in [
        "5: std::fs",
        "9: fs::",
        "9: lopdf",
        "9: iced",
        "10: std::net",
        "10: TcpStream",
        "10: process::Command",
    ] {
        let expected = format!("src/rules/bad.rs:{expected}");
        assert!(complaints.contains(&expected), "{expected}: {complaints:?}");
    }
    assert!(!complaints.iter().any(|complaint| complaint.contains("printpdf")), "{complaints:?}");
    assert_eq!(cities(&source), ["src/rules/bad.rs:7: 上海", "src/rules/bad.rs:9: wuhan"]);
    let moved = Source::read("app/bad.rs", BAD);
    assert!(!out_of_place(&moved).iter().any(|c| c.contains("iced") || c.contains("Command")));
}

#[test]
fn a_module_for_tests_alone_is_known_by_its_declaration() {
    let text = "#[cfg(test)]\nmod fixture;\nmod number;\n#[cfg(test)]\nmod tests { }\n";
    assert_eq!(test_modules(text), ["fixture"]);
    let modules = ["app/tests".to_owned()];
    assert!(is_of(&modules, "app/tests.rs") && is_of(&modules, "app/tests/told.rs"));
    assert!(!is_of(&modules, "app/tests_of_time.rs") && !is_of(&modules, "cli/tests.rs"));
    assert_eq!(folder_of_children("rules/check.rs"), "rules/check/");
    assert_eq!(folder_of_children("typeset/forms/mod.rs"), "typeset/forms/");
}
