"""Hostile PDFs as evidence."""
import struct
import zlib

from case import Case, with_evidence


def document(objects, root=b"1 0 R", trailer=b"", version=b"1.7", xref=None):
    """A PDF of these bodies, by number, with a table of where they are."""
    out, places = bytearray(b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d/Root %s%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        max(objects) + 1, root, trailer, start if xref is None else xref)
    return bytes(out)


def stream(data, entries=b"", length=None):
    return b"<<%s/Length %d>>\nstream\n" % (entries, len(data) if length is None else length) + data + b"\nendstream"


def packed(data, times=1):
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[" + b"/FlateDecode" * times + b"]")


def zeros(megabytes, byte=b"\0"):
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(byte * (1 << 20)) for _ in range(megabytes)) + packer.flush()


def page(entries=b"", contents=b"4 0 R"):
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %s%s>>" % (contents, entries)


def one(entries=b"", catalog=b"", content=None, contents=b"4 0 R", **more):
    """A sound document of one page, with these entries in its page and catalog."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page(entries, contents),
        4: stream(b"0 0 100 100 re f") if content is None else content,
    }
    objects.update(more.pop("objects", {}))
    return document(objects, **more)


def trees():
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    kids = lambda text: b"<</Type/Pages/Kids[%s]/Count 1>>" % text
    yield "pages-of-itself", document({1: catalog, 2: kids(b"2 0 R")})
    yield "pages-in-a-ring", document({1: catalog, 2: kids(b"3 0 R"), 3: kids(b"2 0 R")})
    yield "parent-in-a-ring", document({1: catalog, 2: b"<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1>>", 3: page(), 4: stream(b"")})
    yield "catalog-of-itself", document({1: b"<</Type/Catalog/Pages 1 0 R>>"})
    yield "kids-in-a-loop", document({1: catalog, 2: b"<</Type/Pages/Kids 2 0 R>>"})
    yield "reference-to-itself", document({1: catalog, 2: b"2 0 R"})
    yield "references-in-a-ring", document({1: catalog, 2: b"3 0 R", 3: b"2 0 R"})
    yield "no-catalog", document({1: b"null"})
    yield "no-pages", document({1: catalog, 2: kids(b"")})
    yield "kids-all-the-same", document({1: catalog, 2: kids(b"3 0 R " * 1_000_000), 3: page(), 4: stream(b"")})
    shared = {1: catalog}
    for level in range(2, 40):
        shared[level] = kids(b"%d 0 R " % (level + 1) * 100)
    shared[40] = page(contents=b"41 0 R")
    shared[41] = stream(b"")
    yield "shared-kids-40-deep", document(shared)
    chain = {1: catalog}
    for level in range(2, 20_002):
        chain[level] = kids(b"%d 0 R" % (level + 1))
    chain[20_002] = page()
    yield "20000-deep", document(chain)
    many = {1: catalog, 2: kids(b" ".join(b"%d 0 R" % n for n in range(3, 100_003)))}
    many.update((n, b"<</Type/Page/Parent 2 0 R>>") for n in range(3, 100_003))
    yield "100000-pages", document(many)
    few = {1: catalog, 2: kids(b" ".join(b"%d 0 R" % n for n in range(4, 2_004))), 3: stream(zeros(20), b"/Filter/FlateDecode")}
    few.update((n, b"<</Type/Page/Parent 2 0 R/Contents[3 0 R 3 0 R]>>") for n in range(4, 2_004))
    yield "2000-pages-of-one-bomb", document(few)
    few = {n: (b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>" if n > 3 else body) for n, body in few.items()}
    few[3] = stream(b"q " * 500_000)
    yield "2000-pages-of-one-long-content", document(few)
    yield "resources-in-a-ring", one(b"/Resources 5 0 R", objects={5: b"<</XObject<</A 5 0 R>>/Self 5 0 R>>"})
    form = stream(b"/A Do", b"/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</A 5 0 R>>>>")
    yield "form-draws-itself", one(b"/Resources<</XObject<</A 5 0 R>>>>", objects={5: form})
    yield "contents-a-million", one(contents=b"[" + b"4 0 R " * 1_000_000 + b"]")
    yield "contents-a-million-long", one(contents=b"[" + b"4 0 R " * 1_000_000 + b"]", content=stream(b"q Q " * 1000))
    for box in (b"[0 0 1e38 1e38]", b"[0 0 0 0]", b"[-1e9 -1e9 1e9 1e9]", b"[0 0 99999999999999999999 1]", b"[NaN 0 1 1]", b"[5 5 1 1]", b"[0 0 1]", b"(box)"):
        yield f"box-{box.decode()}", one(b"/CropBox" + box + b"/MediaBox" + box)
    yield "turn", one(b"/Rotate 99999999999999999999")
    yield "turn-7", one(b"/Rotate 7")
    yield "unit", one(b"/UserUnit 1e30")


def structures():
    sound = one()
    yield "nothing-but-marks", b"%PDF-1.7\n%%EOF"
    yield "table-leads-to-itself", one(trailer=b"/Prev 15")
    at = sound.index(b"xref\n0")
    yield "tables-in-a-ring", one(trailer=b"/Prev %d" % at)
    yield "table-beyond", one(xref=99_999_999)
    yield "table-negative", one(xref=-5)
    yield "previous-beyond", one(trailer=b"/Prev 99999999999")
    yield "previous-negative", one(trailer=b"/Prev -1")
    yield "hybrid-loop", one(trailer=b"/XRefStm %d" % at)
    yield "size-huge", one(trailer=b"/Size 2147483647")
    yield "root-missing", one(root=b"999 0 R")
    yield "root-itself", one(root=b"<</Pages 2 0 R>>")
    yield "xref-of-a-billion", sound.replace(b"xref\n0 1\n", b"xref\n0 999999999\n", 1)
    yield "xref-negative", sound.replace(b"xref\n0 1\n", b"xref\n-5 1\n", 1)
    yield "xref-numbers-huge", sound.replace(b"xref\n0 1\n", b"xref\n4294967295 99999999999999999999\n", 1)
    yield "generation-negative", sound.replace(b"00000 n", b"-0001 n").replace(b"0 obj", b"-1 obj")
    yield "object-number-huge", sound.replace(b"3 0 obj", b"99999999999999999999 0 obj")
    for name, opening, closing in (("arrays", b"[", b"]"), ("dictionaries", b"<</A", b">>"), ("texts", b"(", b")")):
        for depth in (200, 100_000, 1_000_000):
            yield f"{name}-{depth}-deep", one(objects={5: opening * depth + b" 1 " + closing * depth})
            yield f"{name}-{depth}-unclosed", one(objects={5: opening * depth})
    yield "arrays-in-the-catalog", one(catalog=b"/A" + b"[" * 100_000 + b"]" * 100_000)
    yield "array-of-millions", one(objects={5: b"[" + b"1 " * 10_000_000 + b"]"})
    yield "dictionary-of-millions", one(objects={5: b"<<" + b"".join(b"/A%d 1" % n for n in range(1_000_000)) + b">>"})
    yield "names-long", one(objects={5: b"/" + b"A" * 10_000_000})
    yield "comments-long", one(objects={5: b"%" + b"A" * 10_000_000 + b"\n1"})
    yield "number-long", one(objects={5: b"1" * 1_000_000})
    yield "hexadecimal-odd", one(objects={5: b"<" + b"z" * 1_000_000})
    yield "million-of-objects", lambda: one(objects={n: b"1" for n in range(5, 500_000)})
    for length in (b"-1", b"99999999999999999999", b"2147483647", b"(a)", b"4 0 R", b"5 0 R", b"null"):
        yield f"length-{length.decode()}", one(content=b"<</Length %s>>\nstream\n0 0 1 1 re f\nendstream" % length)
    ring = {4: b"<</Length 5 0 R>>\nstream\na\nendstream", 5: b"<</Length 4 0 R>>\nstream\na\nendstream"}
    yield "lengths-in-a-ring", one(objects=ring)
    yield "stream-unclosed", one(content=b"<</Length 5>>\nstream\naaaaa")
    for part in range(1, 12):
        yield f"cut-{part}-of-12", sound[: len(sound) * part // 12] + b"\n%%EOF"
    for part in range(40):
        damaged = bytearray(sound)
        damaged[12 + (len(sound) - 20) * part // 40] ^= 0x15
        yield f"byte-{part}-of-40", bytes(damaged)
    yield "encrypted", one(trailer=b"/Encrypt<</Filter/Standard/V 5/R 6/Length 256/O(a)/U(b)/P -4>>/ID[(a)(b)]")
    yield "encrypted-far", one(trailer=b"/Encrypt 9 0 R" + b" " * 100_000, objects={9: b"<</Filter/Standard/V 1/R 2/O(a)/U(b)/P -4>>"})
    yield "encrypted-elsewhere", one(trailer=b"/Encrypt 5 0 R", objects={5: b"<</Filter/Public/V 99>>"})


def object_streams():
    """Documents whose objects are packed, with a cross-reference stream."""
    def made(bodies, container_entries=b"", first=None, count=None, table=None, extends=b""):
        head, body = b"", b""
        for number, text in bodies.items():
            head += b"%d %d " % (number, len(body))
            body += text + b" "
        data = zlib.compress(head + body)
        entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode%s%s" % (
            len(bodies) if count is None else count, len(head) if first is None else first, container_entries, extends)
        out = bytearray(b"%PDF-1.7\n")
        place = len(out)
        out += b"90 0 obj\n" + stream(data, entries) + b"\nendobj\n"
        start = len(out)
        rows = {90: (1, place, 0), 91: (1, start, 0)}
        rows.update((number, (2, 90, index)) for index, number in enumerate(bodies))
        packed_table = b"".join(struct.pack(">BIH", *rows.get(n, (0, 0, 0))) for n in range(92)) if table is None else table
        more = b"/Type/XRef/Size 92/W[1 4 2]/Root 1 0 R/Filter/FlateDecode"
        out += b"91 0 obj\n" + stream(zlib.compress(packed_table), more) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
        return bytes(out)

    sound = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: b"<</Type/Page/Parent 2 0 R>>"}
    yield "packed-sound", made(sound)
    yield "packed-extends-itself", made(sound, extends=b"/Extends 90 0 R")
    yield "packed-count-huge", made(sound, count=2_147_483_647)
    yield "packed-count-negative", made(sound, count=-1)
    yield "packed-first-huge", made(sound, first=2_147_483_647)
    yield "packed-first-negative", made(sound, first=-9)
    yield "packed-deep", made({**sound, 5: b"[" * 200_000 + b"]" * 200_000})
    yield "packed-within-itself", made(sound, table=b"".join(struct.pack(">BIH", 2, 90, 0) for _ in range(92)))
    yield "packed-table-bomb", made(sound, table=b"\0" * (200 << 20))
    yield "packed-table-all-in-one", made(sound, table=b"".join(struct.pack(">BIH", 2, 90, n % 3) for n in range(60_000)))
    for widths in (b"[1 99999999 2]", b"[-1 4 2]", b"[0 0 0]", b"[8 8 8]", b"[]"):
        yield f"packed-widths-{widths.decode()}", made(sound).replace(b"[1 4 2]", widths, 1)
    yield "packed-index", made(sound).replace(b"/W[", b"/Index[0 2147483647]/W[", 1)
    yield "packed-index-negative", made(sound).replace(b"/W[", b"/Index[-5 -5]/W[", 1)
    many = {n: b"<</A[" + b"0 " * 2000 + b"]>>" for n in range(5, 80)}
    yield "packed-arrays", made({**sound, **many})
    bomb = stream(zeros(2000, b" "), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode")
    yield "packed-bomb", lambda: one(objects={5: bomb})
    yield "packed-bombs", lambda: one(objects={n: stream(zeros(60, b" "), b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode") for n in range(5, 60)})


def bombs():
    yield "content-of-2-gb", lambda: one(content=stream(zeros(2000), b"/Filter/FlateDecode"))
    yield "contents-of-2-gb", lambda: one(contents=b"[4 0 R 4 0 R]", content=stream(zeros(2000), b"/Filter/FlateDecode"))
    yield "chained-flate", lambda: one(contents=b"[4 0 R 4 0 R]", content=stream(zlib.compress(zlib.compress(zeros(2000))), b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"))
    yield "chain-of-1000", one(contents=b"[4 0 R 4 0 R]", content=stream(b"a", b"/Filter[" + b"/FlateDecode" * 1000 + b"]"))
    yield "hex-chain", one(contents=b"[4 0 R 4 0 R]", content=stream(b"41" * 5_000_000 + b">", b"/Filter[" + b"/ASCIIHexDecode" * 20 + b"]"))
    yield "ascii-85", one(contents=b"[4 0 R 4 0 R]", content=stream(b"z" * 30_000_000 + b"~>", b"/Filter/ASCII85Decode"))
    yield "ascii-85-chain", one(contents=b"[4 0 R 4 0 R]", content=stream(b"z" * 3_000_000 + b"~>", b"/Filter[" + b"/ASCII85Decode" * 9 + b"]"))
    yield "run-length", one(contents=b"[4 0 R 4 0 R]", content=stream(b"\x81\0" * 10_000_000, b"/Filter/RunLengthDecode"))
    yield "lzw", one(contents=b"[4 0 R 4 0 R]", content=stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 500_000, b"/Filter/LZWDecode"))
    predictor = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns %s/Colors %s/BitsPerComponent %s>>"
    for columns, colours, bits in ((b"2147483647", b"2147483647", b"16"), (b"-1", b"3", b"8"), (b"0", b"0", b"0"), (b"1", b"1", b"1")):
        content = stream(zlib.compress(b"\1" * 100_000), predictor % (columns, colours, bits))
        yield f"predictor-{columns.decode()}", one(contents=b"[4 0 R 4 0 R]", content=content)
    image = stream(zeros(1000), b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode")
    yield "image-of-100000-square", lambda: one(b"/Resources<</XObject<</A 5 0 R>>>>", objects={5: image})
    yield "functions-many", one(b"/Resources<</ColorSpace<<" + b"".join(b"/A%d[/Separation/B/DeviceRGB 5 0 R]" % n for n in range(20_000)) + b">>>>", objects={5: b"<</FunctionType 3/Functions[" + b"5 0 R " * 10_000 + b"]>>"})


def acting():
    action = b"<</Type/Action/S/Launch/F(C:\\\\Windows\\\\System32\\\\calc.exe)>>"
    script = b"<</S/JavaScript/JS(app.alert(1))>>"
    yield "opens", one(catalog=b"/OpenAction" + action)
    yield "script-on-opening", one(catalog=b"/OpenAction" + script)
    yield "scripts", one(catalog=b"/Names<</JavaScript<</Names[(a)" + script + b"]>>>>")
    yield "page-acts", one(b"/AA<</O" + script + b">>")
    yield "embedded", one(catalog=b"/Names<</EmbeddedFiles<</Names[(a.exe) 5 0 R]>>>>", objects={5: b"<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>", 6: stream(b"MZ", b"/Type/EmbeddedFile")})
    note = lambda text: b"/Annots[<</Type/Annot/Rect[0 0 100 100]%s>>]" % text
    yield "link", one(note(b"/Subtype/Link/A<</S/URI/URI(http://example.com/)>>"))
    yield "link-to-a-file", one(note(b"/Subtype/Link/A<</S/GoToR/F(\\\\\\\\server\\\\share)>>"))
    yield "attached", one(note(b"/Subtype/FileAttachment/FS<</F(a.exe)/EF<</F 5 0 R>>>>"), objects={5: stream(b"MZ")})
    appearance = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/AA<</O%s>>/A%s/OpenAction%s" % (script, action, action))
    for kind in (b"Widget", b"RichMedia", b"Screen", b"3D", b"Movie", b"Sound", b"Stamp", b"Popup"):
        entries = note(b"/Subtype/%s/AP<</N 5 0 R>>/A%s/AA<</E%s>>" % (kind, action, script))
        yield f"note-{kind.decode()}", one(entries, objects={5: appearance})
    yield "form", one(catalog=b"/AcroForm<</XFA 5 0 R/Fields[6 0 R]/NeedAppearances true>>", objects={5: stream(b"<xdp/>"), 6: b"<</FT/Btn/A%s>>" % script})
    yield "in-the-resources", one(b"/Resources<</XObject<</A 5 0 R>>/Properties<</B<</OpenAction%s/AA<</O%s>>/F(http://a/)>>>>/Launch%s>>" % (action, script, action), objects={5: appearance})
    yield "reference-beyond", one(b"/Resources<</XObject<</A 99999 0 R/B 4294967295 65535 R>>>>")
    external = stream(b"", b"/F(http://example.com/a)/FFilter/FlateDecode/Type/XObject/Subtype/Form/BBox[0 0 1 1]")
    yield "stream-elsewhere", one(b"/Resources<</XObject<</A 5 0 R>>>>", objects={5: external})
    postscript = stream(b"%!PS (/etc/passwd) (r) file", b"/Type/XObject/Subtype/PS")
    yield "postscript", one(b"/Resources<</XObject<</A 5 0 R>>>>", objects={5: postscript})
    notes = b"/Annots[" + b"<</Type/Annot/Subtype/Stamp/Rect[0 0 9 9]/AP<</N 5 0 R>>>>" * 100_000 + b"]"
    yield "notes-100000", one(notes, objects={5: appearance})
    yield "notes-in-a-ring", one(b"/Annots 5 0 R", objects={5: b"[5 0 R]"})


def cases(root):
    for source in (trees, structures, object_streams, bombs, acting):
        for name, content in source():
            yield Case(name, with_evidence(root, content, "pdf"), ends=(0, 1, 2), writes=("out",))
