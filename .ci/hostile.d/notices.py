"""Hostile notices in the data folder."""
import json
import os

from case import Case, draft, write

NAME = "通知.json"


def made(root, change=lambda notice: None, **entries):
    notice = json.loads((root / "assets/notices/shanghai-2024.json").read_text(encoding="utf-8"))
    notice["id"] = "own-2024"
    notice.update(entries)
    change(notice)
    return json.dumps(notice, ensure_ascii=False).encode()


def texts(root):
    sound = made(root)
    yield "nothing", b""
    yield "100000-levels", sound[:-1] + b', "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    yield "100000-levels-of-routes", b'{"schema": 1, "routes": ' + b"[" * 100_000
    for number in (b"NaN", b"1e999", b"-1", b"99999999999999999999", b"1" * 400, b"1.5", b"null"):
        yield f"schema-{number[:9].decode()}", sound.replace(b'"schema": 1', b'"schema": ' + number, 1)
    yield "lone-surrogate", made(root, title="@").replace(b'"@"', b'"\\ud800"')
    yield "invalid-utf-8", sound.replace(b"own-2024", b"\xff\xfe", 1)
    yield "utf-16", sound.decode().encode("utf-16")
    yield "gbk", sound.decode().encode("gb18030")
    yield "duplicate-keys", b'{"id": "a", ' + sound[1:]
    yield "text-of-100-mb", made(root, title="长" * 35_000_000)
    yield "600-mb", b" " * 600_000_000 + sound
    yield "bidi", made(root, title="\u202e通知\x1b[2J", short_title="\u200b")
    for date in ("9999-99-99", "0000-01-01", "-9999-01-01", "2024-02-30", "99999-01-01", "2024-7-1", "二〇二四年"):
        yield f"date-{date}", made(root, issued_on=date)
        yield f"deadline-{date}", made(root, lambda n, date=date: n["routes"][0].update(deadline=date))
    yield "10000-fields", made(root, **{f"field_{n}": n for n in range(10_000)})
    yield "100000-clauses", made(root, lambda n: n["clauses"].update({f"c{i}": "条" for i in range(100_000)}))
    yield "100000-contacts", made(root, lambda n: n.update(contacts=[{**n["contacts"][0], "id": f"c{i}"} for i in range(100_000)]))
    yield "100000-contacts-alike", made(root, lambda n: n.update(contacts=n["contacts"][:1] * 100_000))
    yield "100000-routes-alike", made(root, lambda n: n.update(routes=n["routes"][:1] * 20_000))
    yield "bad-labels", made(root, lambda n: n["forms"]["demand"]["labels"].update({"/demands": "{n}" * 100_000}))
    yield "limits", made(root, lambda n: n["limits"].update(profile=4294967295, application=4294967295))
    yield "limits-huge", made(root, lambda n: n["limits"].update(profile=1e300))
    yield "region", made(root, region="../../x")
    yield "id", made(root, id="../../x")
    yield "evil-patterns", made(root, pattern="(a+)+$", regex="(.*)*\\1")


def cases(root):
    def laid(content, command, prepare=None):
        def build(folder):
            notices = folder / "data" / "notices"
            notices.mkdir(parents=True)
            if prepare:
                prepare(notices)
            else:
                (notices / NAME).write_bytes(content)
            write(folder / "draft.json", {**draft(root), "notice": "own-2024"})
            return ["jiebang", *command]
        return build

    check = ["check", "draft.json", "--date", "2024-07-08"]
    fine = ("text-of", "bidi", "10000", "limits", "bad-labels", "date-", "deadline-", "evil", "duplicate")
    for name, content in texts(root):
        says = () if name.startswith(fine) else (NAME,)
        yield Case(f"{name}-listed", laid(content, ["notices"]), ends=(0,), says=says, writes=("data/",))
        yield Case(f"{name}-checked", laid(content, check), ends=(0, 1, 2), writes=("data/",))
        export = ["export", "draft.json", "--force", "--date", "2024-07-08", "-o", "out"]
        yield Case(f"{name}-exported", laid(content, export), ends=(0, 1, 2), writes=("data/", "out"))

    def many(notices):
        for number in range(5_000):
            (notices / f"{number}.json").write_bytes(made(root, id=f"own-{number}"))

    def sparse(notices):
        with open(notices / NAME, "wb") as out:
            out.truncate(8 << 30)

    for name, prepare in (
        ("pipe", lambda notices: os.mkfifo(notices / NAME)),
        ("device", lambda notices: (notices / NAME).symlink_to("/dev/zero")),
        ("gigabytes", sparse),
        ("folder", lambda notices: (notices / NAME).mkdir()),
        ("ring", lambda notices: (notices / NAME).symlink_to(NAME)),
        ("5000-files", many),
    ):
        yield Case(name, laid(b"", check, prepare), ends=(0, 1, 2), says=() if name == "5000-files" else (NAME,), writes=("data/",))
