#!/usr/bin/env python3
"""Checks that everything typed in a draft is on its papers, character for character.

Usage: typed_text.py DRAFT.json PAPER.pdf ...

Each blank that is printed (assets/standards/fields.json says which are not) must occur in the text that
`pdftotext -raw` gives of the right papers; white space does not count, nor what stands at the head and foot of
pages in the middle of a text that runs over them. Exits 1 and names each blank that is missing.
"""
import json
import pathlib
import re
import subprocess
import sys

# How far from a page's edge a text may break off or go on, in characters without white space.
MARGIN = 160
# The mark of a draft, page numbers, check codes and the mark of a heading repeated: all other text at the edges stands on the page before too.
RUNNING = re.compile(r"草稿|（续）|[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}|[-—–]*\d+[-—–]+|[-—–]+\d+|第\d+页|共\d+页")
TYPED = {"line", "text", "region", "date", "phone", "mobile", "email", "postcode", "number", "credit_code", "industry"}


def squeezed(text):
    return re.sub(r"\s+", "", text)


def pages(pdf):
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"]
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode()
    return [squeezed(page) for page in text.split("\f")]


def common_prefix(a, b):
    length = min(len(a), len(b))
    return next((i for i in range(length) if a[i] != b[i]), length)


def is_running(edge, other_page):
    """Whether text at a page's edge is a number, a code, or what the other page has too (a heading row)."""
    return all(part in other_page for part in RUNNING.split(edge) if part)


def stands_on(needle, sheets):
    return any(starts_on(needle, sheets, page, False) for page in range(len(sheets)))


def starts_on(needle, sheets, page, goes_on):
    """Whether the text begins on a page; at its head, where it goes on from the page before."""
    sheet = sheets[page]
    before = sheets[page - 1] if goes_on else ""
    for match in re.finditer(re.escape(needle[0]), sheet):
        start = match.start()
        if goes_on and (start > MARGIN or not is_running(sheet[:start], before)):
            continue
        length = common_prefix(sheet[start:], needle)
        if length == len(needle):
            return True
        # Only a text that reaches the foot of this page can go on overleaf.
        if page + 1 == len(sheets) or len(sheet) - (start + length) > MARGIN:
            continue
        for cut in range(length, max(length - 20, 0), -1):
            if is_running(sheet[start + cut :], sheets[page + 1]):
                if starts_on(needle[cut:], sheets, page + 1, True):
                    return True
    return False


def blanks(value, pattern, pointer=""):
    """The blanks an address with `*` for a number stands for: pairs of address and text."""
    if not pattern:
        if isinstance(value, str) and value.strip():
            yield pointer, value
        elif isinstance(value, list):
            yield from blocks(value, pointer)
        return
    head, *rest = pattern
    if head == "*":
        for index, part in enumerate(value if isinstance(value, list) else []):
            yield from blanks(part, rest, f"{pointer}/{index}")
    elif isinstance(value, dict) and head in value:
        yield from blanks(value[head], rest, f"{pointer}/{head}")


def blocks(body, pointer):
    """The texts of a section that has tables and figures: text, captions, cells."""
    for index, block in enumerate(body):
        address = f"{pointer}/{index}"
        if isinstance(block, str):
            texts = [(address, block)]
        else:
            [content] = block.values()
            texts = [(f"{address}/caption", content.get("caption", ""))]
            for row, cells in enumerate(content.get("rows", [])):
                texts += [(f"{address}/rows/{row}/{column}", str(cell)) for column, cell in enumerate(cells)]
        yield from ((address, text) for address, text in texts if text.strip())


def spellings(kind, text):
    """The ways in which a blank may be printed."""
    yield text
    date = re.fullmatch(r"(\d{4})\D(\d{1,2})\D(\d{1,2})\D?", text.strip())
    if kind == "date" and date:
        year, month, day = map(int, date.groups())
        yield f"{year}年{month}月{day}日"
        yield f"{year}-{month:02}-{day:02}"


def papers_of(pointer, draft, papers):
    """The papers a blank must be on: pairs of name and pages; every one of them."""
    named = lambda part: [paper for paper in papers if part in paper[0]]
    if draft["role"] == "demander":
        return named("需求表")
    letter = re.match(r"/applications/(\d+)/", pointer)
    if letter is None:
        return named("对接表")
    item = draft["applications"][int(letter[1])]["item"]
    letters = [paper for paper in named("申请书") if stands_on(squeezed(item["name"]), paper[1])]
    if "/item/code" in pointer:
        return named("对接表")
    if "/item/" in pointer:
        return named("对接表") + letters
    return letters


def main(draft_path, *pdfs):
    root = pathlib.Path(__file__).resolve().parent.parent
    specs = json.loads((root / "assets/standards/fields.json").read_text(encoding="utf-8"))
    draft = json.loads(pathlib.Path(draft_path).read_text(encoding="utf-8"))
    papers = [(pathlib.Path(pdf).name, pages(pdf)) for pdf in pdfs]
    missing, checked = [], 0
    for spec in specs:
        if spec.get("unprinted") or spec["kind"] not in TYPED or draft["role"] not in spec["roles"]:
            continue
        for pointer, text in blanks(draft, spec["field"].split("/")[1:]):
            checked += 1
            targets = papers_of(pointer, draft, papers)
            if not targets:
                missing.append(f"{pointer}: no paper for it among {[name for name, _ in papers]}")
            for name, sheets in targets:
                if not any(stands_on(squeezed(s), sheets) for s in spellings(spec["kind"], text)):
                    missing.append(f"{pointer} ({spec['label']}) is not in {name}: {text[:60]!r}")
    if draft["role"] == "solver":
        letters = sum("申请书" in name for name, _ in papers)
        if letters != len(draft["applications"]):
            missing.append(f"{letters} letters for {len(draft['applications'])} items")
    for line in missing:
        print(line)
    print(f"{draft_path}: {checked} blanks, {len(missing)} missing")
    return 1 if missing or not checked else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
