"""Hostile pictures: PNG and JPEG as evidence and as figures."""
import hashlib
import struct
import zlib

from case import Case, draft, kept, with_evidence, write

MARK = b"\x89PNG\r\n\x1a\n"


def chunk(name, data, length=None, crc=None):
    crc = zlib.crc32(name + data) if crc is None else crc
    return struct.pack(">I", len(data) if length is None else length) + name + data + struct.pack(">I", crc)


def header(width, height, bits=8, colour=2, interlaced=0, method=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, method, 0, interlaced))


def zeros(megabytes, level=9):
    packer = zlib.compressobj(level)
    return b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(megabytes)) + packer.flush()


def png(width, height, data=None, *between, **head):
    data = zlib.compress(b"\0" * 100) if data is None else data
    return MARK + header(width, height, **head) + b"".join(between) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pngs():
    yield "100000-by-100000", png(100_000, 100_000)
    yield "2-to-the-31", png((1 << 31) - 1, (1 << 31) - 1)
    yield "2-to-the-32", png((1 << 32) - 1, (1 << 32) - 1)
    yield "1-by-600000000", png(1, 600_000_000)
    yield "600000000-by-1", png(600_000_000, 1)
    yield "1-by-600000000-whole", lambda: png(1, 600_000_000, zeros(1145), colour=0)
    yield "24000-square-whole", lambda: png(24_000, 24_000, zeros(1650), colour=2)
    yield "24000-square-alpha-16", lambda: png(24_000, 24_000, zeros(4400), colour=6, bits=16)
    yield "100000-by-6000-alpha-16", lambda: png(100_000, 6_000, zeros(4580), colour=6, bits=16)
    yield "bits-as-24000-square", lambda: png(24_000, 24_000, zeros(70), colour=0, bits=1)
    yield "6000-square-interlaced-16", lambda: png(6_300, 6_300, zeros(303), colour=6, bits=16, interlaced=1)
    yield "20000-square-interlaced", png(20_000, 20_000, interlaced=1)
    yield "rows-missing", png(5_000, 5_000)
    yield "rows-too-many", lambda: png(10, 10, zeros(1000))
    yield "no-pixels", png(0, 0)
    yield "depth-of-palette", png(10, 10, colour=3)
    yield "colour-7", png(10, 10, colour=7)
    yield "bits-of-200", png(10, 10, bits=200)
    yield "method-9", png(10, 10, method=9)
    yield "chunk-of-4-gb", MARK + header(10, 10) + chunk(b"IDAT", b"a" * 100, length=0xFFFFFFFF) + chunk(b"IEND", b"")
    yield "text-of-4-gb", MARK + header(10, 10) + chunk(b"tEXt", b"a" * 100, length=0x7FFFFFFF) + chunk(b"IEND", b"")
    yield "wrong-sums", MARK + header(10, 10) + chunk(b"IDAT", zlib.compress(b"\0" * 310), crc=1) + chunk(b"IEND", b"", crc=1)
    profile = lambda megabytes: chunk(b"iCCP", b"a\0\0" + zeros(megabytes))
    yield "profile-of-2-gb", lambda: png(10, 10, zlib.compress(b"\0" * 310), profile(2000))
    yield "profiles-many", lambda: png(10, 10, zlib.compress(b"\0" * 310), *[profile(200)] * 20)
    text = lambda name, megabytes: chunk(name, b"a\0\0" + zeros(megabytes))
    yield "packed-text-of-2-gb", lambda: png(10, 10, zlib.compress(b"\0" * 310), text(b"zTXt", 2000))
    yield "many-chunks", lambda: png(10, 10, zlib.compress(b"\0" * 310), *[chunk(b"abCd", b"")] * 1_000_000)
    yield "many-idat", lambda: MARK + header(10, 10) + chunk(b"IDAT", b"") * 1_000_000 + chunk(b"IEND", b"")
    exif = b"II*\0\x08\0\0\0\xff\xff" + b"\x0f\x01\x03\0\xff\xff\xff\xff\x08\0\0\0" * 4
    yield "exif-that-loops", png(10, 10, zlib.compress(b"\0" * 310), chunk(b"eXIf", exif))
    frames = chunk(b"acTL", struct.pack(">II", 0xFFFFFFF, 0)) + chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 10, 10, 0, 0, 1, 1, 0, 0))
    yield "animation", png(10, 10, zlib.compress(b"\0" * 310), frames)
    beyond = chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 0xFFFF, 0xFFFF, 0xFFFFFFF, 0, 0, 0, 9, 9))
    yield "animation-beyond", png(10, 10, zlib.compress(b"\0" * 310), chunk(b"acTL", b"\xff" * 8), beyond)
    yield "two-heads", png(10, 10, zlib.compress(b"\0" * 310), header(100_000, 100_000))
    yield "palette-of-1000", png(10, 10, zlib.compress(b"\xff" * 110), chunk(b"PLTE", b"\1" * 768), colour=3)
    yield "palette-short", png(10, 10, zlib.compress(b"\xff" * 110), chunk(b"PLTE", b"\1" * 3), colour=3)
    yield "transparency-long", png(10, 10, zlib.compress(b"\0" * 310), chunk(b"tRNS", b"\1" * 1000))
    yield "filter-200", png(10, 10, zlib.compress(b"\xc8" * 310))
    yield "only-the-mark", MARK


def segment(marker, data, length=None):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2 if length is None else length) + data


def frame(width, height, kind=0xC0, components=3, precision=8, sampling=0x11):
    each = b"".join(bytes([n + 1, sampling, 0]) for n in range(components))
    return segment(kind, struct.pack(">BHHB", precision, height, width, components) + each)


def tables():
    made = segment(0xDB, b"\0" + b"\1" * 64)
    one = bytes([0, 1] + [0] * 14) + b"\0"
    for identity in (0x00, 0x10):
        made += segment(0xC4, bytes([identity]) + one[0:16] + b"\0")
    return made


def scan(components=3, spectrum=(0, 63, 0), data=b"\0" * 50):
    each = b"".join(bytes([n + 1, 0]) for n in range(components))
    return segment(0xDA, bytes([components]) + each + bytes(spectrum)) + data


START, END = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\1\1\0\0\1\0\1\0\0", b"\xff\xd9"


def jpegs(root):
    make = lambda width, height, data=b"\0" * 50, **how: START + tables() + frame(width, height, **how) + scan(how.get("components", 3), data=data) + END
    yield "65535-square", make(65_535, 65_535)
    yield "6300-square", make(6_300, 6_300)
    yield "6300-square-full", lambda: make(6_300, 6_300, data=b"\0" * 4_000_000)
    yield "no-pixels", make(0, 0)
    yield "no-height", make(1000, 0)
    for components in (0, 1, 2, 4, 5, 255):
        yield f"components-{components}", make(100, 100, components=components)
    for kind in (0xC1, 0xC2, 0xC3, 0xC5, 0xC7, 0xC9, 0xCA, 0xCB, 0xCF):
        yield f"frame-{kind:x}", make(1000, 1000, kind=kind)
    yield "precision-12", make(100, 100, precision=12)
    yield "sampling-0", make(100, 100, sampling=0)
    yield "sampling-ff", make(5000, 5000, sampling=0xFF)
    yield "sampling-44", make(5000, 5000, sampling=0x44)
    passes = b"".join(
        segment(0xDA, bytes([1, 1, 0, 1, 63, 0])) + b"\0" * 2 for _ in range(20_000)
    )
    first = segment(0xDA, bytes([3, 1, 0, 2, 0, 3, 0, 0, 0, 0])) + b"\0" * 10
    yield "progressive-20000-scans", START + tables() + frame(6_000, 6_000, kind=0xC2) + first + passes + END
    yield "progressive-300-scans", START + tables() + frame(6_300, 6_300, kind=0xC2) + first + passes[: 12 * 300] + END
    cmyk = segment(0xEE, b"Adobe\0\x64\0\0\0\0\2")
    yield "cmyk-6300-square", START + cmyk + tables() + frame(6_300, 6_300, components=4) + scan(4) + END
    yield "segment-too-long", START + segment(0xE1, b"Exif", length=0xFFFF) + END
    yield "segment-of-0", START + segment(0xE1, b"", length=0) + END
    tiff = b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x69\x87\x04\0\1\0\0\0\x08\0\0\0" * 100
    yield "exif-that-loops", START + segment(0xE1, tiff) + tables() + frame(10, 10) + scan() + END
    yield "exif-before", START + segment(0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff") + tables() + frame(10, 10) + scan() + END
    profile = b"".join(segment(0xE2, b"ICC_PROFILE\0" + bytes([n % 256, 255]) + b"a" * 65_000) for n in range(900))
    yield "profiles", START + profile + tables() + frame(10, 10) + scan() + END
    yield "many-segments", START + segment(0xFE, b"") * 5_000_000 + tables() + frame(10, 10) + scan() + END
    yield "many-restarts", START + segment(0xDD, b"\0\1") + tables() + frame(6_000, 6_000) + scan(data=b"\xff\xd0" * 1_000_000) + END
    yield "many-tables", START + tables() * 100_000 + frame(10, 10) + scan() + END
    yield "marks-alone", START + b"\xff" * 10_000_000 + END
    yield "no-scan", START + tables() + frame(100, 100) + END
    yield "two-frames", START + tables() + frame(10, 10) + frame(65_535, 65_535) + scan() + END
    sound = (root / "tests/fixtures/evidence/upright.jpg").read_bytes()
    for part in range(1, 9):
        yield f"cut-{part}-of-9", sound[: len(sound) * part // 9] + END
    yield "page-and-picture", sound + b"%PDF-1.4\n%%EOF"


def figure(root, content, extension):
    """The picture as a figure of a letter, of the PDF and of the Word file."""
    def build(folder):
        made = draft(root)
        now = content() if callable(content) else content
        attached = kept(folder, now, extension)
        made["applications"][0]["introduction"] = [
            "见图。", {"figure": {"caption": "来图", "file": attached, "pixels": [100, 100], "width": 0}},
        ]
        write(folder / "draft.json", made)
        return ["jiebang", "export", "draft.json", "--force", "--docx", "--date", "2024-07-08", "-o", "out"]
    return build


def cases(root):
    for extension, made in (("png", pngs()), ("jpg", jpegs(root))):
        for name, content in made:
            name = f"{extension}-{name}"
            yield Case(f"{name}-evidence", with_evidence(root, content, extension), ends=(0, 1, 2), writes=("out",))
            yield Case(f"{name}-figure", figure(root, content, extension), ends=(0, 1, 2), writes=("out",))
