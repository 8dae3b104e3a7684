"""Hostile Word files: the letter a person already wrote. Read by the example read_letter."""
import zlib

from case import Case
from packages import Entry, archive

NAME = "申请书.docx"
SPACE = ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="r" xmlns:a="a" xmlns:wp="wp" xmlns:pic="pic"'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def relations(*targets):
    each = "".join(
        f'<Relationship Id="r{n}" Type="{KIND}{kind}" Target="{target}"{more}/>' for n, (kind, target, more) in enumerate(targets)
    )
    return f'<?xml version="1.0"?><Relationships>{each}</Relationships>'.encode()


def document(body, more=(), targets=(), before="", main=("officeDocument", "word/document.xml", "")):
    text = f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document{SPACE}><w:body>{body}</w:body></w:document>'
    return archive([
        Entry("_rels/.rels", relations(main), method=8),
        Entry("word/document.xml", text.encode(), method=8),
        Entry("word/_rels/document.xml.rels", relations(*targets), method=8),
        *more,
    ])


def paragraph(text="申请书正文。", properties=""):
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def files():
    fine = paragraph()
    declare = lambda text: f"<!DOCTYPE w:document [{text}]>"
    laughs = '<!ENTITY a0 "哈哈哈哈">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield "billion-laughs", document(paragraph("&a11;"), before=declare(laughs))
    yield "laughs-squared", document(paragraph("&a;" * 100_000), before=declare(f'<!ENTITY a "{"哈" * 100_000}">'))
    yield "entity-file", document(paragraph("&a;"), before=declare('<!ENTITY a SYSTEM "file:///etc/passwd">'))
    yield "entity-http", document(paragraph("&a;"), before=declare('<!ENTITY a SYSTEM "http://127.0.0.1/a">'))
    yield "entity-parameter", document(fine, before=declare('<!ENTITY % a SYSTEM "http://127.0.0.1/a"> %a;'))
    yield "entity-unknown", document(paragraph("&b;"))
    yield "doctype-external", document(fine, before='<!DOCTYPE w:document SYSTEM "http://127.0.0.1/a.dtd">')
    for depth in (100, 100_000, 1_000_000):
        yield f"{depth}-deep", document("<w:tbl><w:tr><w:tc>" * depth + fine + "</w:tc></w:tr></w:tbl>" * depth)
    yield "unclosed", document("<w:p>" * 1_000_000)
    yield "boxes-deep", document("<w:p><w:r><w:txbxContent>" * 25 + fine + "</w:txbxContent></w:r></w:p>" * 25)
    yield "tables-20-deep", document("<w:tbl><w:tr><w:tc>" * 20 + fine + "</w:tc></w:tr></w:tbl>" * 20)
    cell = f"<w:tc>{paragraph('格')}</w:tc>"
    yield "table-of-a-million-cells", lambda: document("<w:tbl>" + f"<w:tr>{cell * 1000}</w:tr>" * 1000 + "</w:tbl>")
    yield "table-of-a-wide-row", lambda: document(f"<w:tbl><w:tr>{cell * 40_000}</w:tr></w:tbl>")
    yield "empty-tables", lambda: document(fine + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 40_000)
    spans = lambda n: f'<w:tc><w:tcPr><w:gridSpan w:val="{n}"/><w:vMerge/></w:tcPr>{paragraph("格")}</w:tc>'
    for n in ("4294967295", "-1", "99999999999999999999", "1000000"):
        yield f"span-{n}", document("<w:tbl>" + f"<w:tr>{spans(n) * 20}</w:tr>" * 400 + "</w:tbl>")
    yield "grid-of-a-million", document("<w:tbl><w:tblGrid>" + '<w:gridCol w:w="1"/>' * 1_000_000 + f"</w:tblGrid><w:tr>{cell}</w:tr></w:tbl>")
    yield "attributes-many", document("<w:p " + " ".join(f'a{n}="{n}"' for n in range(500_000)) + ">" + "<w:r><w:t>文</w:t></w:r></w:p>")
    yield "attributes-alike", document("<w:p " + 'a="1" ' * 500_000 + "><w:r><w:t>文</w:t></w:r></w:p>")
    yield "attributes-on-many", document(("<w:p " + " ".join(f'a{n}="{n}"' for n in range(2000)) + "><w:pPr/><w:r><w:t>文</w:t></w:r></w:p>") * 2000)
    yield "text-long", document(paragraph("长" * 10_000_000))
    yield "text-of-references", document(paragraph("&#x957f;" * 3_000_000))
    yield "paragraphs-many", document(fine * 300_000)
    yield "runs-many", document("<w:p>" + "<w:r><w:t>长</w:t></w:r>" * 290_000 + "</w:p>")
    yield "runs-empty", document(fine + "<w:p>" + "<w:r><w:t></w:t></w:r>" * 1_000_000 + "</w:p>")
    yield "tabs-and-breaks", document("<w:p><w:r><w:t>文</w:t>" + "<w:tab/><w:br/>" * 1_000_000 + "</w:r></w:p>")
    yield "bidi", document(paragraph("\u202e甲\u200b乙"))
    yield "control", document(paragraph("&#0;&#1;&#xFFFF;&#xD800;&#x110000;&#99999999999;"))
    yield "one-heading", document(paragraph("一、企业基本情况") * 20_000)
    yield "headings-long", document(paragraph("一、" * 50_000))
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    level = "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="4294967295"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1%2%3%4%5%6%7%8%9%1%2%3%4%5%6%7%8%9"/></w:lvl>' for n in range(9))
    numbering = f'<w:numbering{SPACE}><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    targets = [("numbering", "numbering.xml", "")]
    yield "numbered", document(paragraph("文", numbered) * 40_000, [Entry("word/numbering.xml", numbering.encode(), method=8)], targets)
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n + 1) % 20_000}"/></w:style>' for n in range(20_000))
    styled = "".join(paragraph("文", f'<w:pPr><w:pStyle w:val="s{n}"/></w:pPr>') for n in range(20_000))
    styles = Entry("word/styles.xml", f"<w:styles{SPACE}>{styles}</w:styles>".encode(), method=8)
    yield "styles-in-a-ring", document(styled, [styles], [("styles", "styles.xml", "")])
    drawing = lambda n: f'<w:p><w:r><w:drawing><wp:extent cx="99999999999999" cy="-1"/><a:blip r:embed="r{n}"/></w:drawing></w:r></w:p>'
    yield "picture-missing", document(fine + drawing(0), targets=[("image", "media/a.png", "")])
    yield "picture-http", document(fine + drawing(0), targets=[("image", "http://127.0.0.1/a.png", ' TargetMode="External"')])
    yield "picture-file", document(fine + drawing(0), targets=[("image", "file:///etc/passwd", "")])
    yield "picture-outside", document(fine + drawing(0), targets=[("image", "../../../../etc/passwd", "")])
    yield "pictures-a-million", document(fine + drawing(0) * 200_000, targets=[("image", "media/a.png", "")])
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(2000)) + packer.flush()
    bomb = lambda name: Entry(name, b"", method=8, packed=zeros, size=2000 << 20, crc=0)
    yield "picture-bomb", document(fine + drawing(0), [bomb("word/media/a.png")], [("image", "media/a.png", "")])
    many = [("image", "media/a.png", "")] * 4000
    yield "picture-bombs", document(fine + "".join(drawing(n) for n in range(4000)), [bomb("word/media/a.png")], many)
    yield "styles-bomb", document(fine, [bomb("word/styles.xml")], [("styles", "styles.xml", "")])
    yield "document-bomb", archive([Entry("_rels/.rels", relations(("officeDocument", "word/document.xml", ""))), bomb("word/document.xml")])
    thirty = f"<w:footnotes{SPACE}>{' ' * (30 << 20)}</w:footnotes>".encode()
    parts = [Entry(f"word/{n}.xml", thirty, method=8) for n in range(20)]
    kinds = ("styles", "numbering", "footnotes", "endnotes", "comments")
    yield "parts-large", document(fine, parts, [(kinds[n % 5], f"{n}.xml", "") for n in range(20)])
    yield "parts-large-many-times", document(fine, parts, [("styles", "0.xml", "")] * 4000)
    yield "main-elsewhere", document(fine, main=("officeDocument", "../../../etc/passwd", ""))
    yield "main-http", document(fine, main=("officeDocument", "http://127.0.0.1/document.xml", ""))
    yield "macro", document(fine, [Entry("word/vbaProject.bin", b"\xd0\xcf\x11\xe0")], [("vbaProject", "vbaProject.bin", "")])
    yield "field", document('<w:p><w:fldSimple w:instr="INCLUDETEXT &quot;/etc/passwd&quot;"><w:r><w:t>文</w:t></w:r></w:fldSimple></w:p>')
    yield "dde", document('<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/k calc"</w:instrText></w:r></w:p>' + fine)
    yield "alt-chunk", document('<w:altChunk r:id="r0"/>' + fine, targets=[("aFChunk", "http://127.0.0.1/a.html", ' TargetMode="External"')])
    yield "utf-16", archive([Entry("word/document.xml", f"<w:document{SPACE}>{fine}</w:document>".encode("utf-16"))])
    yield "invalid-utf-8", archive([Entry("word/document.xml", b"<w:document>\xff\xfe</w:document>")])
    yield "entries-60000", archive([Entry(f"word/{n}.xml", b"") for n in range(60_000)])
    yield "document-twice", archive([Entry("word/document.xml", b"<a/>"), Entry("word/document.xml", f"<w:document{SPACE}><w:body>{fine}</w:body></w:document>".encode())])
    yield "old", b"\xd0\xcf\x11\xe0" + b"\0" * 10_000
    yield "no-zip", b"PK" + b"\0" * 10_000
    whole = document(fine)
    for part in range(1, 12):
        yield f"cut-{part}-of-12", whole[: len(whole) * part // 12]
    for part in range(40):
        damaged = bytearray(whole)
        damaged[len(whole) * part // 40] ^= 0x15
        yield f"byte-{part}-of-40", bytes(damaged)


def cases(root):
    def laid(content):
        def build(folder):
            (folder / NAME).write_bytes(content() if callable(content) else content)
            return ["letter", NAME]
        return build
    for name, content in files():
        yield Case(name, laid(content), ends=(0, 1), is_letter=True)
