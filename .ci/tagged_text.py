#!/usr/bin/env python3
"""Checks that a reader who follows the tags of papers is told all of their text, in its order.

Usage: tagged_text.py PAPER.pdf ...

The text of the structure tree, as `pdfinfo -struct-text` gives it, must be the text that `pdftotext -raw` finds on
the pages, less what stands there for the eye alone: page numbers, check codes, headings repeated overleaf, the
word 草稿, the place of a seal across the edges. Tables must have rows of cells, each cell named by one beside or
above it. Exits 1 and says what is wrong.
"""
import collections
import pathlib
import re
import subprocess
import sys

# poppler gives the invisible letter in a box, not what it stands for.
BOXES = str.maketrans("☑☐", "■□")
# What stands at the edges of pages.
RUNNING = set("第页共目录校验码草稿骑缝章（续）—0123456789-ABCDEFGHJKLMNPQRSTUVWXYZ")


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()


def squeezed(text):
    return re.sub(r"\s+", "", text).translate(BOXES)


def tree_of(paper):
    """Lines of the tree: depth, and a type or, as None, a text."""
    for line in output("pdfinfo", "-struct-text", str(paper)).splitlines():
        words = line.strip()
        depth = len(line) - len(words)
        if words.startswith('"') and words.endswith('"'):
            yield depth, None, words[1:-1]
        elif re.match(r"[A-Z][A-Za-z0-9]*(?: \(\w+\))?:?$", words):
            yield depth, re.match(r"\w+", words)[0], ""


def faults_of_text(tree, page_text):
    told = squeezed("".join(text for _, kind, text in tree if kind is None))
    if not told:
        yield "no text in the tree"
    on_pages = iter(squeezed(page_text))
    for at, character in enumerate(told):
        if not any(other == character for other in on_pages):
            yield f"told in another order than printed, from {told[max(at - 20, 0) : at + 20]!r}"
            return
    # A table of a letter is named again above each further part.
    once = re.sub(r"表[0-9]+（续）", "", squeezed(page_text))
    left = collections.Counter(once) - collections.Counter(told)
    heads = {c for kinds, text in texts(tree) if "TH" in kinds or "H1" in kinds for c in squeezed(text)}
    untold = {character for character in left if character not in RUNNING | heads}
    if untold:
        yield f"printed, but not told: {''.join(sorted(untold))}"


def texts(tree):
    """Texts with the types that they stand in."""
    above = []
    for depth, kind, text in tree:
        above = [(d, k) for d, k in above if d < depth]
        if kind is None:
            yield {k for _, k in above}, text
        else:
            above.append((depth, kind))


def faults_of_tables(tree):
    above = []
    allowed = {"TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"}, "Caption": {"Table", "Document"}}
    for depth, kind, _ in tree:
        if kind is None:
            continue
        above = [(d, k) for d, k in above if d < depth]
        parent = above[-1][1] if above else None
        if kind in allowed and parent not in allowed[kind]:
            yield f"{kind} in {parent}"
        if parent in {"Table", "TR"} and kind not in {"TR", "TH", "TD", "Caption"}:
            yield f"{kind} in {parent}"
        above.append((depth, kind))


def faults(paper):
    about = output("pdfinfo", str(paper))
    if not re.search(r"^Tagged: +yes$", about, re.M):
        yield "not tagged"
    tree = list(tree_of(paper))
    kinds = [kind for _, kind, _ in tree if kind]
    if kinds[:1] != ["Document"] or kinds.count("H1") != 1:
        yield f"{kinds.count('H1')} titles under {kinds[:1]}"
    yield from faults_of_text(tree, output("pdftotext", "-raw", str(paper), "-"))
    yield from faults_of_tables(tree)


def main(*papers):
    wrong = 0
    for paper in map(pathlib.Path, papers):
        for fault in faults(paper):
            wrong += 1
            print(f"{paper.name}: {fault}")
    print(f"{len(papers)} papers told by their tags, {wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
