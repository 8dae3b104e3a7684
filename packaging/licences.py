"""licences.py TARGET FILE: names every library that is linked into the program for a target, with its licence.

Reads what cargo has fetched. The texts stand once each, under the libraries that carry them; a library without a
text of its own is named with its licence and the place of its source. Fails where one names no licence at all.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

TEXT = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|UNLICENSE)", re.IGNORECASE)
RULE = "=" * 78


def metadata(target):
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def linked(cargo):
    """The libraries of the program: not what builds or tests it."""
    nodes = {node["id"]: node for node in cargo["resolve"]["nodes"]}
    packages = {package["id"]: package for package in cargo["packages"]}
    root = cargo["resolve"]["root"]
    seen, left = set(), [root]
    while left:
        at = left.pop()
        if at in seen:
            continue
        seen.add(at)
        for dependency in nodes[at]["deps"]:
            is_macro = any("proc-macro" in part["kind"] for part in packages[dependency["pkg"]]["targets"])
            if not is_macro and any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                left.append(dependency["pkg"])
    return sorted((packages[at] for at in seen - {root}), key=lambda package: package["name"])


def texts(package):
    folder = pathlib.Path(package["manifest_path"]).parent
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and TEXT.match(path.name)]
    named = package.get("license_file")
    if named and (folder / named).is_file() and folder / named not in files:
        files.append(folder / named)
    return [path.read_text(encoding="utf-8", errors="replace").strip() for path in files]


def main():
    target, out = sys.argv[1:]
    libraries = linked(metadata(target))
    holders = collections.defaultdict(list)
    lines = ["揭榜通用到的开源软件及其许可", "",
             "程序本身按 MIT 许可分发，字体按 SIL 开放字体许可 1.1 分发，文本在旁边。",
             "Rust 标准库：MIT OR Apache-2.0，https://github.com/rust-lang/rust", ""]
    for library in libraries:
        name = f'{library["name"]} {library["version"]}'
        licence = library["license"] or ("见下" if library["license_file"] else None)
        if not licence:
            sys.exit(f"{name} names no licence")
        source = library["repository"] or f'https://crates.io/crates/{library["name"]}'
        lines.append(f"{name}: {licence}, {source}")
        for text in texts(library):
            # Many carry the same text with other line ends or indents.
            holders[" ".join(text.split())].append((name, text))
    for same in holders.values():
        names = "、".join(dict.fromkeys(name for name, _ in same))
        lines += ["", RULE, names, RULE, "", same[0][1]]
    # Written in binary, so that lines end alike on every system.
    pathlib.Path(out).write_bytes(("\n".join(lines) + "\n").encode("utf-8"))
    print(f"{len(libraries)} libraries, {len(holders)} texts")


main()
