"""Hostile packages: ZIP files, made byte by byte."""
import hashlib
import json
import struct
import zlib

from case import Case, draft, given, sample

NAME = "材料包.zip"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Entry:
    """One file with every field of its two headers; what is not said is true."""

    def __init__(self, name, content=b"", **lies):
        self.name = name if isinstance(name, bytes) else name.encode("utf-8", "surrogatepass")
        self.content = content
        self.method = lies.pop("method", 0)
        packed = lies.pop("packed", None)
        if packed is None and self.method == 8:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            packed = packer.compress(content) + packer.flush()
        self.packed = content if packed is None else packed
        self.flags = lies.pop("flags", 0x800)
        self.crc = lies.pop("crc", zlib.crc32(content))
        self.size = lies.pop("size", len(content))
        self.packed_size = lies.pop("packed_size", len(self.packed))
        self.attributes = lies.pop("attributes", 0o100644 << 16)
        self.extra = lies.pop("extra", b"")
        self.local_name = lies.pop("local_name", self.name)
        self.local_size = lies.pop("local_size", self.size)
        self.local_packed = lies.pop("local_packed", self.packed_size)
        self.local_extra = lies.pop("local_extra", self.extra)
        self.at = lies.pop("at", None)
        self.written = lies.pop("written", True)
        self.comment = lies.pop("comment", b"")
        assert not lies, lies

    def local(self):
        head = struct.pack(
            "<IHHHHHIIIHH", 0x04034B50, 20, self.flags, self.method, 0, 0x21, self.crc & 0xFFFFFFFF,
            self.local_packed & 0xFFFFFFFF, self.local_size & 0xFFFFFFFF, len(self.local_name), len(self.local_extra),
        )
        return head + self.local_name + self.local_extra + self.packed

    def central(self, at):
        head = struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 0x0314, 20, self.flags, self.method, 0, 0x21, self.crc & 0xFFFFFFFF,
            self.packed_size & 0xFFFFFFFF, self.size & 0xFFFFFFFF, len(self.name), len(self.extra), len(self.comment), 0, 0,
            self.attributes, at & 0xFFFFFFFF,
        )
        return head + self.name + self.extra + self.comment


def archive(entries, before=b"", between=b"", comment=b"", after=b"", count=None, start=None, length=None):
    body, central = bytearray(before), bytearray()
    for entry in entries:
        at = len(body) if entry.at is None else entry.at
        if entry.written:
            body += entry.local()
        central += entry.central(at)
    body += between
    count = len(entries) if count is None else count
    start = len(body) if start is None else start
    length = len(central) if length is None else length
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count & 0xFFFF, count & 0xFFFF, length, start, len(comment))
    return bytes(body + central + end + comment + after)


def manifest(files, **changes):
    listed = [
        {"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in files
    ]
    made = {
        "format": 1, "program": "jiebang", "version": "0.1.0", "notice": "shanghai-2024", "role": "solver",
        "company": "上海示例新材料股份有限公司", "date": "2024-07-08", "check_code": "0000", "files": listed,
    }
    made.update(changes)
    return json.dumps(made, ensure_ascii=False).encode()


def package(root, *extra, **around):
    """A package as the program makes it, with these entries besides."""
    text = json.dumps(draft(root), ensure_ascii=False).encode()
    listed = manifest([("draft.json", text)])
    return archive([Entry("draft.json", text), *extra, Entry("manifest.json", listed)], **around)


def names():
    for name in [
        "../外面.txt", "a/../../外面.txt", "..\\外面.txt", "a\\..\\..\\外面.txt", "/tmp/外面.txt", "//server/share/外面.txt",
        "\\\\server\\share\\外面.txt", "C:外面.txt", "C:\\外面.txt", "c:/外面.txt", "\\\\?\\C:\\外面.txt", "\\\\.\\PhysicalDrive0",
        "文件.txt:隐藏", "文件.txt::$DATA", "CON", "con.txt", "a/NUL.pdf", "COM1", "COM¹.pdf", "LPT³", "AUX .txt", "CONIN$",
        "CLOCK$", "末尾点.", "末尾空格 ", "a/ /b", "./a", "a//b", "", "a\0b.txt", "a\nb.txt", "a\x1b[2Jb.txt", "a\u202efdp.exe", "a\u200bb.txt",
        "\ufeffa.txt", "a\u2066b", "~/外面.txt", "$HOME/外面.txt", "%TEMP%\\外面.txt", "|cat", "-rf", "a" * 300, "长" * 5000,
        "/".join("a" * 1000), "draft.json/", "draft.json/a", "a\ud800b", "\u3164.pdf", "a\u034fb.pdf", "a\ufe0fb.pdf",
    ]:
        yield name


def pairs():
    yield "same", ("a.txt", "a.txt")
    yield "draft-twice", ("draft.json", "a.txt")
    yield "manifest-twice", ("manifest.json", "a.txt")
    yield "case", ("a.txt", "A.TXT")
    yield "case-of-the-draft", ("DRAFT.JSON", "a.txt")
    yield "case-of-the-manifest", ("Manifest.json", "a.txt")
    yield "nfc-nfd", ("\u00e9.txt", "e\u0301.txt")
    yield "hangul", ("\uac00.txt", "\u1100\u1161.txt")
    yield "width", ("a.txt", "ａ.txt")
    yield "ligature", ("ﬁ.txt", "fi.txt")
    yield "sharp-s", ("straße.txt", "STRASSE.txt")
    yield "dotless-i", ("ı.txt", "I.txt")
    yield "kelvin", ("\u212a.txt", "k.txt")
    yield "compatibility", ("\uf900.txt", "\u8c48.txt")
    yield "trailing-dot", ("a.txt", "a.txt.")
    yield "trailing-space", ("a.txt", "a.txt ")
    yield "backslash", ("a/b.txt", "a\\b.txt")
    yield "file-and-folder", ("a", "a/b.txt")


def unicode_path(name, of):
    data = b"\x01" + struct.pack("<I", zlib.crc32(of)) + name.encode()
    return struct.pack("<HH", 0x7075, len(data)) + data


def zip64(*numbers):
    data = b"".join(struct.pack("<Q", number) for number in numbers)
    return struct.pack("<HH", 1, len(data)) + data


def lies(root):
    long = b"a" * 5000
    yield "link", package(root, Entry("a", b"/etc/passwd", attributes=0o120777 << 16))
    yield "device-node", package(root, Entry("a", b"", attributes=0o060777 << 16))
    yield "setuid", package(root, Entry("a", b"a", attributes=0o104755 << 16))
    yield "folder-with-content", package(root, Entry("a/", b"content", attributes=0x10))
    yield "no-utf-8-flag", package(root, Entry("佐证.txt", b"a", flags=0))
    yield "utf-8-flag-on-gbk", package(root, Entry("佐证.txt".encode("gbk"), b"a"))
    yield "unicode-path-differs", package(root, Entry("a.txt", b"a", flags=0, extra=unicode_path("../b.txt", b"a.txt")))
    yield "unicode-path-is-draft", package(root, Entry("a.txt", b"{}", flags=0, extra=unicode_path("draft.json", b"a.txt")))
    yield "unicode-path-wrong-sum", package(root, Entry("a.txt", b"a", extra=unicode_path("b.txt", b"x")))
    yield "unicode-path-cut", package(root, Entry("a.txt", b"a", extra=struct.pack("<HH", 0x7075, 60000)))
    yield "local-name-differs", package(root, Entry("a.txt", b"a", local_name=b"../b.txt"))
    yield "local-size-differs", package(root, Entry("a.txt", long, local_size=3))
    yield "size-too-large", package(root, Entry("a.txt", b"a", size=1 << 31))
    yield "size-too-small", package(root, Entry("a.txt", long, size=1, method=8))
    yield "packed-too-large", package(root, Entry("a.txt", b"a", packed_size=1 << 31))
    yield "packed-too-small", package(root, Entry("a.txt", long, packed_size=3))
    yield "crc", package(root, Entry("a.txt", b"a", crc=1))
    yield "crc-zero", package(root, Entry("a.txt", b"a", crc=0))
    yield "encrypted", package(root, Entry("a.txt", b"a" * 20, flags=0x801))
    yield "strong-encryption", package(root, Entry("a.txt", b"a" * 20, flags=0x841))
    for method in (1, 6, 9, 12, 14, 93, 95, 97, 98, 99, 65535):
        yield f"method-{method}", package(root, Entry("a.txt", long, method=method, packed=long))
    yield "descriptor-without-sizes", package(root, Entry("a.txt", b"a", flags=0x808, local_size=0, local_packed=0))
    yield "descriptor-stored-lies", package(root, Entry("a.txt", b"a", flags=0x808, size=0, packed_size=0))
    yield "deflate-garbage", package(root, Entry("a.txt", long, method=8, packed=b"\xff" * 500))
    yield "deflate-cut", package(root, Entry("a.txt", long, method=8, packed=zlib.compress(long)[2:20]))
    yield "overlap", package(root, Entry("a.txt", b"a"), Entry("b.txt", b"b", at=0, written=False))
    yield "beyond-the-end", package(root, Entry("a.txt", b"a", at=0x7FFFFFF0, written=False))
    yield "into-the-directory", package(root, Entry("a.txt", b"a", at=1 << 20, written=False))
    yield "unlisted-local-file", package(root, between=Entry("b.txt", b"b").local())
    yield "before", package(root, before=b"MZ" + b"\0" * 5000)
    yield "before-with-true-offsets", archive([Entry("draft.json", b"{}")], before=b"%PDF-1.4\n" * 100)
    yield "after", package(root, after=b"trailing" * 1000)
    yield "after-64-kb", package(root, after=b"\0" * 70_000)
    yield "between", package(root, between=b"between" * 1000)
    yield "comment", package(root, comment="注释".encode())
    inner = archive([Entry("draft.json", b"{}")])
    yield "archive-in-the-comment", package(root, comment=inner)
    yield "end-in-the-comment", package(root, comment=struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0, 0, 0, 0, 0))
    yield "two-archives", package(root) + inner
    yield "nested", package(root, Entry("a.zip", package(root)))
    yield "entry-comment", package(root, Entry("a.txt", b"a", comment=b"c" * 60000))
    yield "zip64-sizes", package(root, Entry("a.txt", b"a", size=0xFFFFFFFF, packed_size=0xFFFFFFFF, extra=zip64(1 << 62, 1 << 62)))
    yield "zip64-offset", package(root, Entry("a.txt", b"a", at=0xFFFFFFFF, written=False, extra=zip64((1 << 64) - 1)))
    yield "zip64-empty", package(root, Entry("a.txt", b"a", size=0xFFFFFFFF, extra=zip64()))
    yield "count-too-large", package(root, count=60_000)
    yield "count-too-small", package(root, Entry("a.txt", b"a"), count=1)
    yield "directory-beyond", package(root, start=0x7FFFFFFF)
    yield "directory-too-long", package(root, length=0x7FFFFFFF)
    yield "many-disks", package(root)[:-18] + b"\xff\xff\xff\xff" + package(root)[-14:]
    for claimed in (1 << 32, 1 << 62, (1 << 64) - 1):
        yield f"zip64-count-{claimed}", zip64_end(root, claimed)
    yield "empty", archive([])
    yield "only-pk", b"PK"
    yield "only-an-end", struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0, 0, 0, 0, 0)
    whole = package(root)
    for part in range(1, 16):
        yield f"cut-{part}-of-16", whole[: len(whole) * part // 16]
    for part in range(0, 40):
        damaged = bytearray(whole)
        damaged[len(whole) * part // 40] ^= 0xFF
        yield f"byte-{part}-of-40", bytes(damaged)


def zip64_end(root, count):
    whole = package(root)
    end, body = whole[-22:], whole[:-22]
    length, start = struct.unpack("<II", end[12:20])
    large = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, length, start)
    locator = struct.pack("<IIQI", 0x07064B50, 0, len(body), 1)
    return body + large + locator + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def bombs(root):
    def zeros(megabytes):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(megabytes)) + packer.flush()
        return packed, megabytes << 20

    def one(megabytes, name="a.pdf", **more):
        packed, size = zeros(megabytes)
        crc = 0
        for _ in range(megabytes):
            crc = zlib.crc32(b"\0" * (1 << 20), crc)
        return Entry(name, b"", method=8, packed=packed, size=size, crc=crc, **more)

    def quoted(root):
        # Every local file is within the first: D. Fifield, A better zip bomb.
        kernel, size = zeros(64)
        entries, at = [], 0
        for number in range(200):
            entries.append(Entry(f"{number}.pdf", b"", method=8, packed=kernel, size=size, crc=0, at=0, written=number == 0, local_name=b"0.pdf"))
        text = json.dumps(draft(root), ensure_ascii=False).encode()
        kernel_first = entries + [Entry("draft.json", text)]
        return archive(kernel_first)

    yield "bomb-2-gb", lambda: package(root, one(2100))
    def copies(count, megabytes):
        first = one(megabytes)
        return [Entry(f"{n}.pdf", b"", method=8, packed=first.packed, size=first.size, crc=first.crc) for n in range(count)]

    yield "bomb-15-mb-each", lambda: package(root, *copies(140, 15))
    yield "bomb-said-small", lambda: package(root, one(600, local_size=10))
    yield "bomb-draft", lambda: archive([one(600, "draft.json")])
    yield "bomb-draft-of-63-mb", lambda: archive([Entry("draft.json", b'{"schema":2,"a":"' + b" " * (63 << 20), method=8)])
    yield "bomb-manifest", lambda: archive([Entry("draft.json", b"{}"), one(60, "manifest.json")])
    yield "bomb-overlapping", lambda: quoted(root)
    yield "bomb-nested", lambda: package(root, *(Entry(f"{n}.zip", archive([one(16)]), method=8) for n in range(16)))
    yield "entries-9999", lambda: package(root, *(Entry(f"{n}.txt", b"") for n in range(9_990)))
    yield "entries-65000", lambda: package(root, *(Entry(f"{n}.txt", b"") for n in range(65_000)))
    yield "entries-of-one-name", lambda: package(root, *(Entry("a.txt", b"") for n in range(60_000)))
    yield "entries-long-names", lambda: package(root, *(Entry("长" * 20_000 + str(n), b"") for n in range(1_500)))
    noise = hashlib.shake_256(b"").digest(1 << 20)
    blocks = b"".join(noise[:25_000] + b"\0" * 1_023_576 for _ in range(10))
    yield "ratio-of-40", lambda: package(root, *(Entry(f"{n}.pdf", blocks, method=8) for n in range(200)))
    yield "wanted-of-2-gb", lambda: wanted(root, 2000)
    yield "wanted-of-190-mb-each", lambda: wanted(root, 190, 10)


def wanted(root, megabytes, count=1):
    """A package whose draft names the content of its bombs, so that they are imported."""
    made, entries = draft(root), []
    files = []
    for number in range(count):
        start = PDF + str(number).encode()
        packer, digest = zlib.compressobj(9, zlib.DEFLATED, -15), hashlib.sha256(start)
        packed = packer.compress(start)
        # Not of zeros alone: what is packed tighter than 200 is refused.
        noise = hashlib.shake_256(b"").digest(8_000)
        crc = zlib.crc32(start)
        block = (noise + b"\0" * 1_040_576)[: 1 << 20]
        for _ in range(megabytes):
            packed += packer.compress(block)
            digest.update(block)
            crc = zlib.crc32(block, crc)
        packed += packer.flush()
        size = len(start) + megabytes * len(block)
        files.append({"name": f"{number}.pdf", "sha256": digest.hexdigest(), "bytes": size})
        entries.append(Entry(f"{number}.pdf", b"", method=8, packed=packed, size=size, crc=crc))
    made["applications"][0]["evidence"] = [{"kind": "patent", "name": "专利", "files": files}]
    text = json.dumps(made, ensure_ascii=False).encode()
    return archive([Entry("draft.json", text), *entries])


def manifests(root):
    text = json.dumps(draft(root), ensure_ascii=False).encode()

    def listing(content):
        return archive([Entry("draft.json", text), Entry("manifest.json", content)])

    good = [("draft.json", text)]
    yield "manifest-lists-twice", listing(manifest(good * 2))
    yield "manifest-lists-a-million", listing(manifest(good * 200_000))
    yield "manifest-lists-outside", listing(manifest([*good, ("../../etc/passwd", b"")]))
    yield "manifest-lists-itself", listing(manifest([*good, ("manifest.json", b"")]))
    yield "manifest-format-999", listing(manifest(good, format=999))
    yield "manifest-format-huge", listing(manifest(good).replace(b'"format": 1', b'"format": 1e999'))
    yield "manifest-numbers", listing(manifest(good).replace(b'"bytes": ', b'"bytes": 99999999999999999999'))
    yield "manifest-negative", listing(manifest(good).replace(b'"bytes": ', b'"bytes": -'))
    yield "manifest-100-levels", listing(manifest(good)[:-1] + b', "a": ' + b"[" * 100 + b"]" * 100 + b"}")
    yield "manifest-100000-levels", listing(manifest(good)[:-1] + b', "a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}")
    yield "manifest-bidi", listing(manifest(good, company="\u202e甲\x1b[2J", notice="\x07", date="\u200b", check_code="\x1b]0;x\x07"))
    yield "manifest-no-json", listing(b"\xff\xfe")
    yield "manifest-empty", listing(b"")
    yield "draft-100000-levels", archive([Entry("draft.json", b"[" * 100_000)])
    yield "draft-later", archive([Entry("draft.json", text.replace(b'"schema": 2', b'"schema": 99', 1))])
    yield "draft-absent", archive([Entry("a.txt", b"a")])


def cases(root):
    def both(name, content, ends=(1, 2)):
        yield Case(f"{name}-verified", given(NAME, content, "verify", "@"), ends=ends, says=())
        yield Case(f"{name}-imported", given(NAME, content, "import", "@"), ends=(0, 1, 2), writes=("data/",), says=(NAME,))

    for number, name in enumerate(names()):
        text = json.dumps(draft(root), ensure_ascii=False).encode()
        raw = name.encode("utf-8", "surrogatepass")
        yield from both(f"name-{number}-{ascii(name)[:30]}", package(root, Entry(raw, b"a")))
        # Named by its manifest too: nothing but the name is wrong.
        listed = manifest([("draft.json", text), (name.encode("utf-8", "replace").decode(), b"a")])
        whole = archive([Entry("draft.json", text), Entry(raw, b"a"), Entry("manifest.json", listed)])
        yield from both(f"listed-name-{number}-{ascii(name)[:30]}", whole)
    for name, (first, second) in pairs():
        yield from both(f"pair-{name}", package(root, Entry(first, b"a"), Entry(second, b"b")))
    for source in (lies, bombs, manifests):
        for name, content in source(root):
            # What other programs put around an archive changes nothing in it.
            yield from both(name, content)
