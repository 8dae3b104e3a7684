"""Hostile draft files."""
import json
import os
import threading

from case import Case, draft, given, write

NAME = "draft.json"
CHECK = ("check", "@", "--date", "2024-07-08")
EXPORT = ("export", "@", "--force", "--date", "2024-07-08", "-o", "out")


def deep(levels, opening=b"[", closing=b"]"):
    return opening * levels + b"1" + closing * levels


def within(root, value):
    """A draft with an unknown field that holds this text of JSON."""
    made = json.dumps(draft(root), ensure_ascii=False)
    return (made[:-1] + ', "later": ' + value + "}").encode("utf-8", "surrogatepass")


def changed(root, change, role="solver"):
    made = draft(root, role)
    change(made)
    return json.dumps(made, ensure_ascii=False).encode()


def texts(root):
    whole = json.dumps(draft(root), ensure_ascii=False)
    yield "nothing", b""
    yield "100-levels", within(root, deep(100).decode())
    yield "130-levels", within(root, deep(130).decode())
    yield "100000-levels", within(root, deep(100_000).decode())
    yield "100000-levels-of-maps", within(root, deep(100_000, b'{"a":', b"}").decode())
    yield "100000-levels-alone", deep(100_000)
    yield "unclosed-levels", b"[" * 5_000_000
    for name, number in [
        ("nan", "NaN"), ("infinity", "-Infinity"), ("1e999", "1e999"), ("-1e999", "-1e999"), ("hex", "0x10"),
        ("plus", "+1"), ("leading-zero", "007"), ("dot", "1."), ("no-digits", "-"),
    ]:
        yield f"number-{name}", within(root, number)
    yield "number-10-to-the-400", within(root, "1" + "0" * 400)
    yield "number-of-10-mb", within(root, "1" * 10_000_000)
    yield "schema-1e999", whole.replace('"schema": 2', '"schema": 1e999', 1).encode()
    yield "schema-huge", whole.replace('"schema": 2', '"schema": 99999999999999999999', 1).encode()
    yield "schema-later", whole.replace('"schema": 2', '"schema": 3', 1).encode()
    yield "schema-negative", whole.replace('"schema": 2', '"schema": -2', 1).encode()
    yield "lone-surrogate", within(root, '"\\ud800"')
    yield "lone-surrogates-swapped", within(root, '"\\udc00\\ud800"')
    yield "raw-surrogate", within(root, '"\ud800"')
    yield "duplicate-keys", b'{"schema": 2, ' + whole[1:].encode()
    yield "duplicate-keys-within", whole.replace('"company": {', '"company": {"name": "一", ', 1).encode()
    yield "invalid-utf-8", whole.encode().replace("新材料".encode(), b"\xff\xfe\xc0\x80", 1)
    yield "overlong-utf-8", within(root, '"a"').replace(b'"a"', b'"\xc0\xaf"')
    yield "utf-16-le", whole.encode("utf-16")
    yield "utf-16-be", b"\xfe\xff" + whole.encode("utf-16-be")
    yield "utf-32", whole.encode("utf-32")
    yield "gbk", whole.encode("gb18030")
    yield "two-marks", b"\xef\xbb\xbf\xef\xbb\xbf" + whole.encode()
    yield "nul-bytes", whole.encode() + b"\0" * 1000
    yield "nul-in-a-text", within(root, '"a\0b"')
    yield "trailing", whole.encode() + b"{}"
    yield "all-nul", b"\0" * (1 << 20)
    yield "comments", b"/* */" + whole.encode()
    yield "zip-in-front", b"PK\x03\x04" + whole.encode()
    yield "string-of-60-mb", within(root, '"' + "a" * 60_000_000 + '"')
    yield "escapes-of-60-mb", within(root, '"' + "\\u0041" * 10_000_000 + '"')
    yield "key-of-60-mb", within(root, '{"' + "a" * 60_000_000 + '": 1}')
    yield "million-of-keys", within(root, "{" + ",".join(f'"{n}":{n}' for n in range(2_000_000)) + "}")
    yield "millions-of-values", within(root, "[" + "1," * 30_000_000 + "1]")
    yield "millions-of-empty-lists", within(root, "[" + "[]," * 20_000_000 + "1]")
    yield "millions-of-empty-texts", within(root, "[" + '"",' * 20_000_000 + "1]")
    yield "wrong-kind", b'"draft"'
    yield "list", b"[" + whole.encode() + b"]"


def shaped(root):
    """Drafts of the right shape with too much of everything."""
    def many(key, count, role):
        def change(made):
            made[key] = made[key][:1] * count
        return changed(root, change, role)

    yield "300-demands", lambda: many("demands", 300, "demander")
    yield "30000-empty-demands", lambda: changed(root, lambda d: d.update(demands=[{}] * 30_000), "demander")
    yield "1000000-empty-demands", lambda: changed(root, lambda d: d.update(demands=[{}] * 1_000_000), "demander")
    yield "1000000-empty-applications", lambda: changed(root, lambda d: d.update(applications=[{}] * 1_000_000))
    yield "10000000-empty-applications", lambda: changed(root, lambda d: d.update(applications=[{}] * 10_000_000))

    def evidence(count):
        piece = {"kind": "patent", "name": "专利", "files": []}
        return lambda d: d["applications"][0].update(evidence=[piece] * count)
    yield "100000-pieces-of-evidence", lambda: changed(root, evidence(100_000))
    files = [{"name": "a", "sha256": "0" * 64, "bytes": 1}] * 200_000
    yield "200000-files-missing", lambda: changed(root, lambda d: d["applications"][0].update(
        evidence=[{"kind": "patent", "name": "专利", "files": files}]))

    def section(value):
        return lambda d: d["applications"][0].update(introduction=value)
    for name, block in tables():
        yield name, lambda block=block: changed(root, section(block))
    yield "section-of-20-mb", lambda: changed(root, section("长" * 7_000_000))
    yield "section-of-a-million-lines", lambda: changed(root, section("长\n" * 1_000_000))
    yield "section-of-one-latin-word", lambda: changed(root, section("a" * 3_000_000))
    yield "section-of-combining-marks", lambda: changed(root, section("a" + "\u0301" * 300_000))
    yield "section-of-bidi", lambda: changed(root, section("\u202e甲\u202c" * 100_000))
    yield "company-of-1-mb", lambda: changed(root, lambda d: d["company"].update(name="长" * 400_000))
    yield "path-as-notice", lambda: changed(root, lambda d: d.update(notice="../../../../etc/passwd"))
    hash_path = [{"name": "../../x", "sha256": "../../../../etc/passwd", "bytes": 1}]
    yield "path-as-sha256", lambda: changed(root, lambda d: d["applications"][0].update(
        evidence=[{"kind": "patent", "name": "../../x", "files": hash_path}]))
    yield "names-for-terminals", lambda: changed(root, lambda d: d["company"].update(
        name="上海\u202egnp.exe\u202c\u200b\x1b[2J\x1b]0;x\x07有限公司", short_name="..\\..\\CON"))


def tables():
    table = lambda columns, rows: {"table": {"caption": "表", "header": True, "widths": [], "rows": [columns, *rows]}}
    yield "table-of-a-million-columns", [table(["甲"] * 1_000_000, [["一"] * 1_000_000])]
    yield "table-of-100000-rows", [table(["甲", "乙"], [["一", "二"]] * 100_000)]
    # As many as are read at all.
    yield "table-of-19000-rows", [table(["甲"], [["一"]] * 19_000)]
    yield "table-of-79000-cells", [table([""] * 10, [[""] * 10] * 7_900)]
    yield "table-of-empty-rows", [table([""], [[""]] * 900_000)]
    yield "table-of-growing-numbers", [table(["甲"], [[1e308] * 9] * 7_900)]
    yield "100000-empty-tables", [table([], [])] * 100_000
    yield "100000-missing-figures", [{"figure": {"caption": "图", "file": {"name": "a", "sha256": "0" * 64, "bytes": 1}, "pixels": [4294967295, 4294967295], "width": 255}}] * 100_000
    yield "unknown-block", [{"film": {}}]


def special():
    def pipe(content):
        def build(folder):
            os.mkfifo(folder / NAME)

            def feed():
                # Nobody need read it to its end.
                try:
                    with open(folder / NAME, "wb") as out:
                        for _ in range(4096):
                            out.write(content)
                except OSError:
                    pass
            threading.Thread(target=feed, daemon=True).start()
            return ["jiebang", "check", NAME]
        return build

    def sparse(folder):
        with open(folder / NAME, "wb") as out:
            out.write(b'{"schema": 2, "notice": "')
            out.truncate(8 << 30)
        return ["jiebang", "check", NAME]

    def link(target):
        def build(folder):
            (folder / NAME).symlink_to(target)
            return ["jiebang", "check", NAME]
        return build

    def silent(folder):
        os.mkfifo(folder / NAME)
        return ["jiebang", "import", NAME]

    def folder_itself(folder):
        (folder / NAME).mkdir()
        return ["jiebang", "import", NAME]

    yield Case("gigabytes-sparse", sparse, says=(NAME,))
    yield Case("pipe-of-gigabytes", pipe(b"a" * (1 << 20)), says=(NAME,))
    yield Case("pipe-that-says-nothing", silent, says=(NAME,), writes=("data/",))
    yield Case("endless-device", link("/dev/zero"), says=(NAME,))
    yield Case("link-to-itself", link(NAME), says=(NAME,))
    yield Case("folder", folder_itself, says=(NAME,), writes=("data/",))


def cases(root):
    fine = (0, 1, 2)
    harmless = ("number-", "100-levels", "million", "string-of", "escapes-of", "key-of")
    for name, content in texts(root):
        ends = fine if name.startswith(harmless) or "-of-" in name else (1, 2)
        yield Case(f"{name}-checked", given(NAME, content, *CHECK), ends=ends, says=(NAME,) if ends != fine else ())
        yield Case(f"{name}-imported", given(NAME, content, "import", "@"), ends=fine, says=(NAME,), writes=("data/",))
    for name, content in shaped(root):
        yield Case(f"{name}-checked", given(NAME, content, *CHECK), ends=fine)
        yield Case(f"{name}-exported", given(NAME, content, *EXPORT), ends=fine, writes=("out",))
    yield from special()
