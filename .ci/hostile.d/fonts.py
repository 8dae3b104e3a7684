"""Hostile fonts, picked for the text of a letter."""
import random
import struct

from case import Case, draft, write

NAME = "字体.ttf"


def tables_of(font):
    count = struct.unpack(">H", font[4:6])[0]
    found = {}
    for n in range(count):
        tag, _, offset, length = struct.unpack(">4sIII", font[12 + 16 * n : 28 + 16 * n])
        found[tag] = font[offset : offset + length]
    return found


def built(tables, magic=b"\0\1\0\0", lie=lambda tag, offset, length: (offset, length)):
    head, body = b"", b""
    for tag in sorted(tables):
        at, length = lie(tag, 12 + 16 * len(tables) + len(body), len(tables[tag]))
        head += struct.pack(">4sIII", tag, 0, at & 0xFFFFFFFF, length & 0xFFFFFFFF)
        body += tables[tag] + b"\0" * (-len(tables[tag]) % 4)
    return magic + struct.pack(">HHHH", len(tables), 0, 0, 0) + head + body


def index(items):
    """An INDEX of CFF."""
    if not items:
        return b"\0\0"
    out, at = struct.pack(">HB", len(items), 4), 1
    for item in [b"", *items]:
        at += len(item)
        out += struct.pack(">I", at)
    return out + b"".join(items)


def number(value):
    return b"\x1d" + struct.pack(">i", value)


def cff(charstrings, subrs=(), local=(), top_more=b""):
    head, name, strings = b"\1\0\4\4", index([b"Bomb"]), index([])
    subrs, charstrings = index(list(subrs)), index(charstrings)
    private = number(6) + b"\x13"
    length = len(head) + len(name) + len(strings)
    top_length = len(index([number(0) + b"\x11" + number(0) * 2 + b"\x12" + top_more]))
    at = length + top_length + len(subrs)
    top = number(at) + b"\x11" + number(len(private)) + number(at + len(charstrings)) + b"\x12" + top_more
    return head + name + index([top]) + strings + subrs + charstrings + private + index(list(local))


def calls(times, called, bias, operator=b"\x1d"):
    operand = called - bias
    assert -107 <= operand <= 107
    return bytes([operand + 139]) * 1 + operator if times == 1 else (bytes([operand + 139]) + operator) * times


def outlines(root):
    sound = (root / "tests/fixtures/fonts/outlines.otf").read_bytes()
    tables = tables_of(sound)
    glyphs = struct.unpack(">H", tables[b"maxp"][4:6])[0]

    def font(table):
        return built({**tables, b"CFF ": table}, b"OTTO")

    draw = b"\x8b\x8b\x15" + b"\xef\xef\x05" * 10 + b"\x0e"
    yield "outlines-sound-by-hand", font(cff([draw] * glyphs))
    for name, operator, where in (("global", b"\x1d", "subrs"), ("local", b"\x0a", "local")):
        for times in (10, 100, 5_000):
            # Ten deep, each calling the next many times, and nothing is ever drawn.
            chain = [calls(times, n + 1, 107, operator) + b"\x0b" for n in range(9)] + [b"\x0b"]
            start = calls(times, 0, 107, operator) + b"\x0e"
            yield f"outlines-{name}-{times}-to-the-10", font(cff([start] * glyphs, **{where: chain}))
        loop = [calls(3, 0, 107, operator) + b"\x0b"]
        yield f"outlines-{name}-of-itself", font(cff([calls(1, 0, 107, operator)] * glyphs, **{where: loop}))
        ending = [calls(100, n + 1, 107, operator) + b"\x0b" for n in range(9)] + [b"\x8c\x8c\x05\x0b"]
        drawn = b"\x8b\x8b\x15" + calls(100, 0, 107, operator) + b"\x0e"
        yield f"outlines-{name}-drawn", font(cff([drawn] * glyphs, **{where: ending}))
        last = [draw] * (glyphs - 1) + [calls(5_000, 0, 107, operator)]
        chain = [calls(5_000, n + 1, 107, operator) + b"\x0b" for n in range(9)] + [b"\x0b"]
        yield f"outlines-{name}-in-the-last", font(cff(last, **{where: chain}))
    yield "outlines-long", font(cff([b"\x8b\x8b\x15" + b"\xef\xef\x05" * 100_000 + b"\x0e"] * glyphs))
    hints = b"\x8b\x8b\x01" * 60_000 + b"\x13\0" + b"\x0e"
    yield "outlines-hints", font(cff([hints] * glyphs))
    yield "outlines-seac", font(cff([b"\x8b\x8b\xcc\xcc\x0e"] * glyphs))
    yield "outlines-empty", font(cff([b""] * glyphs))
    yield "outlines-none", font(cff([]))
    yield "outlines-numbers", font(cff([b"\x8b" * 60_000 + b"\x0e"] * glyphs))
    escapes = b"".join(b"\x0c" + bytes([n]) for n in range(256))
    yield "outlines-escapes", font(cff([escapes] * glyphs))
    for n in range(0, 40):
        damaged = bytearray(sound)
        generator = random.Random(n)
        for _ in range(12):
            damaged[generator.randrange(len(sound))] = generator.randrange(256)
        yield f"outlines-damaged-{n}", bytes(damaged)


def composite(parts):
    """A glyph made of other glyphs."""
    out = struct.pack(">hhhhh", -1, 0, 0, 100, 100)
    for place, part in enumerate(parts):
        more = 0x20 if place + 1 < len(parts) else 0
        out += struct.pack(">HHbb", 0x2 | more, part, 0, 0)
    return out + b"\0" * (len(out) % 2)


def truetype(root):
    sound = (root / "tests/fixtures/fonts/fang_song.ttf").read_bytes()
    tables = tables_of(sound)
    glyphs = struct.unpack(">H", tables[b"maxp"][4:6])[0]

    def with_glyphs(made):
        glyf, loca = b"", [0]
        for n in range(glyphs):
            glyf += made(n)
            loca.append(len(glyf))
        head = bytearray(tables[b"head"])
        head[50:52] = b"\0\1"
        return built({**tables, b"head": bytes(head), b"glyf": glyf, b"loca": struct.pack(f">{len(loca)}I", *loca)})

    for times in (2, 50, 2_000):
        yield f"composite-{times}-to-the-32", with_glyphs(lambda n, times=times: composite([min(n + 1, glyphs - 1)] * times) if n < glyphs - 1 else b"")
    yield "composite-of-itself", with_glyphs(lambda n: composite([n]))
    yield "composite-in-a-ring", with_glyphs(lambda n: composite([(n + 1) % glyphs]))
    yield "composite-in-rings", with_glyphs(lambda n: composite([(n + 1) % glyphs, (n + 2) % glyphs]))
    yield "composite-of-all", with_glyphs(lambda n: composite(range(glyphs)))
    yield "composite-beyond", with_glyphs(lambda n: composite([65535]))
    yield "points-65535", with_glyphs(lambda n: struct.pack(">hhhhhHH", 1, 0, 0, 100, 100, 65534, 0) + b"\x39\xff" * 300)
    yield "contours-32767", with_glyphs(lambda n: struct.pack(">hhhhh", 32767, 0, 0, 100, 100) + b"\xff" * 200)
    yield "no-outline", with_glyphs(lambda n: b"")
    for tag in sorted(tables):
        name = tag.decode().strip().replace("/", "")
        yield f"{name}-empty", built({**tables, tag: b""})
        yield f"{name}-ff", built({**tables, tag: b"\xff" * len(tables[tag])})
        yield f"{name}-half", built({**tables, tag: tables[tag][: len(tables[tag]) // 2]})
        yield f"{name}-beyond", built(tables, lie=lambda t, o, l, tag=tag: (0xFFFFFFF0 if t == tag else o, l))
        yield f"{name}-long", built(tables, lie=lambda t, o, l, tag=tag: (o, 0xFFFFFFFF if t == tag else l))
        yield f"{name}-missing", built({t: d for t, d in tables.items() if t != tag})
    many = b"\0\1\0\0" + struct.pack(">HHHH", 65535, 0, 0, 0)
    yield "tables-65535", many + struct.pack(">4sIII", b"cmap", 0, 0, 12) * 65535
    yield "tables-beyond", many + b"\0" * 100
    faces = lambda count, offset: b"ttcf\0\1\0\0" + struct.pack(">I", count) + struct.pack(">I", offset) * min(count, 1000) + sound
    yield "faces-4-billion", faces(0xFFFFFFFF, 0)
    yield "faces-64-of-itself", faces(64, 0)
    yield "faces-64-alike", b"ttcf\0\1\0\0" + struct.pack(">I", 64) + struct.pack(">I", 12 + 256) * 64 + sound
    groups = struct.pack(">HHIII", 12, 0, 16 + 12 * 400_000, 0, 400_000) + struct.pack(">III", 0, 0x10FFFF, 0) * 400_000
    yield "cmap-of-400000", built({**tables, b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + groups})
    names = struct.pack(">HHH", 0, 65535, 65535) + struct.pack(">HHHHHH", 3, 1, 0x804, 1, 60_000, 0) * 65535 + "仿".encode("utf-16-be") * 30_000
    yield "names-65535", built({**tables, b"name": names})
    layout = struct.pack(">IHHH", 0x10000, 10, 10, 10) + b"\0\1\0\0" * 20_000
    for tag in (b"GSUB", b"GPOS", b"GDEF", b"kern", b"morx", b"kerx", b"feat", b"trak", b"ankr"):
        yield f"{tag.decode()}-of-nonsense", built({**tables, tag: layout})
    yield "gsub-multiplies", built({**tables, b"GSUB": multiplying(glyphs)})
    yield "fvar", built({**tables, b"fvar": b"\0\1\0\0" + b"\xff" * 100})
    for n in range(60):
        damaged = bytearray(sound)
        generator = random.Random(n)
        reach = 1200 if n % 2 else len(sound)
        for _ in range(12):
            damaged[generator.randrange(reach)] = generator.choice([0, 255, 128, generator.randrange(256)])
        yield f"damaged-{n}", bytes(damaged)
    for part in range(1, 12):
        yield f"cut-{part}-of-12", sound[: len(sound) * part // 12]
    yield "not-a-font", b"MZ" * 1000
    yield "woff", b"wOFF" + b"\xff" * 1000
    yield "nothing", b""
    yield "65-mb", sound + b"\0" * (65 << 20)
    yield "64-mb", lambda: built({**tables, b"junk": b"\0" * (60 << 20)})


def multiplying(glyphs):
    """Every glyph becomes 100 of itself, in 30 lookups one after the other."""
    coverage = struct.pack(">HHHHH", 2, 1, 0, glyphs - 1, 0)
    sequence = struct.pack(">H", 100) + struct.pack(">H", 5) * 100
    head = struct.pack(">HHH", 1, 0, glyphs)
    at = 6 + 2 * glyphs
    subtable = struct.pack(">HHH", 1, at, glyphs) + struct.pack(">H", at + len(coverage)) * glyphs + coverage + sequence
    lookup = struct.pack(">HHHH", 2, 0, 1, 8) + subtable
    count = 30
    lookups = struct.pack(">H", count) + struct.pack(">H", 2 + 2 * count) * count + lookup
    feature = struct.pack(">HH", 0, count) + struct.pack(f">{count}H", *range(count))
    features = struct.pack(">H4sH", 1, b"ccmp", 8) + feature
    language = struct.pack(">HHHH", 0, 0xFFFF, 1, 0)
    scripts = b"".join(struct.pack(">4sH", tag, 2 + 6 * 3) for tag in (b"DFLT", b"hani", b"latn"))
    scripts = struct.pack(">H", 3) + scripts + struct.pack(">HH", 4, 0) + language
    start = 10
    return struct.pack(">IHHH", 0x10000, start, start + len(scripts), start + len(scripts) + len(features)) + scripts + features + lookups


def cases(root):
    def laid(content):
        def build(folder):
            (folder / NAME).write_bytes(content() if callable(content) else content)
            write(folder / "draft.json", draft(root))
            return ["jiebang", "export", "draft.json", "--force", "--letter-face", NAME, "--date", "2024-07-08", "-o", "out"]
        return build
    for source in (truetype, outlines):
        for name, content in source(root):
            yield Case(name, laid(content), ends=(0, 1, 2), writes=("out", "data/"))
