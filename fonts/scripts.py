#!/usr/bin/env python3
"""由本目录的 Noto Serif SC 做出 NotoSerifScripts.ttf：宋体所缺的上下标。不联网。

用法：python3 scripts.py [输出目录]

上下标由宋体自己的数字和符号缩小而成；缩小后笔画变细，故取常规与粗体之间的一档，按宋体已有的 ² 定大小和高低。
依赖：fonttools 4.68.0、brotli 1.2.1。
"""
import io
import sys
from pathlib import Path

import brotli
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
# 在常规（0）与粗体（1）之间。
WEIGHT = 0.3
SCALE = 0.6
# 基线的高度：宋体的 ² 底边在 463；下标落在基线下。
UP, DOWN = 470, -140
# 数字左右各留的空。
SIDE = 14
SUPERSCRIPTS = dict(zip("⁰⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", "056789+−=()n"))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+−=()"))


def outline(font, character):
    glyphs = font.getGlyphSet()
    name = font.getBestCmap()[ord(character)]
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    return pen.value, glyphs[name].width


def between(a, b):
    return a + (b - a) * WEIGHT


def blended(light, heavy, character):
    """字形在两种粗细之间；两者的点数须一致。"""
    (thin, width), (thick, bold_width) = outline(light, character), outline(heavy, character)
    if [(op, len(points)) for op, points in thin] != [(op, len(points)) for op, points in thick]:
        sys.exit(f"“{character}”的常规与粗体点数不同，不能取中间")
    value = []
    for (op, points), (_, others) in zip(thin, thick):
        blend = [None if p is None else (between(p[0], q[0]), between(p[1], q[1]))
                 for p, q in zip(points, others)]
        value.append((op, tuple(blend)))
    pen = DecomposingRecordingPen({})
    pen.value = value
    return pen, between(width, bold_width)


def unpacked(name):
    return TTFont(io.BytesIO(brotli.decompress((HERE / name).read_bytes())), lazy=True)


def main():
    light, heavy = unpacked("NotoSerifSC-Regular.ttf.br"), unpacked("NotoSerifSC-Bold.ttf.br")
    empty = TTGlyphPen(None).glyph()
    space = light["hmtx"][light.getBestCmap()[0x20]][0]
    glyphs, widths, cmap = {".notdef": empty, "space": empty}, {".notdef": 1000, "space": space}, {0x20: "space"}
    wanted = [(c, of, UP) for c, of in SUPERSCRIPTS.items()]
    wanted += [(c, of, DOWN) for c, of in SUBSCRIPTS.items()]
    for character, of, up in wanted:
        recording, width = blended(light, heavy, of)
        pen = TTGlyphPen(None)
        recording.replay(TransformPen(pen, (SCALE, 0, 0, SCALE, SIDE, up)))
        name = f"uni{ord(character):04X}"
        glyphs[name], widths[name] = pen.glyph(), round(width * SCALE) + 2 * SIDE
        cmap[ord(character)] = name
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(cmap)
    builder.setupGlyf(glyphs)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics({n: (w, table[n].xMin if table[n].numberOfContours else 0)
                                    for n, w in widths.items()})
    builder.setupHorizontalHeader(ascent=1151, descent=-286)
    builder.setupNameTable({
        "familyName": "Noto Serif Scripts", "styleName": "Regular", "psName": "NotoSerifScripts-Regular",
        "copyright": light["name"].getDebugName(0), "licenseDescription": light["name"].getDebugName(13)})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=1151, usWinDescent=286, fsType=0)
    builder.setupPost()
    # 2024-01-01，自 1904 年起的秒数。
    builder.font["head"].created = builder.font["head"].modified = 3786912000
    builder.font.recalcTimestamp = False
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    builder.save(folder / "NotoSerifScripts.ttf")
    print(f"{len(cmap)} 个字符")


main()
