"""Makes the program's icon, the same as in the window: 榜 in white on a round square of the window's blue.

Run in this folder with fontTools, brotli, rsvg-convert and icotool at hand; what it writes is committed.
"""
import io
import pathlib
import subprocess
import tempfile

import brotli
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).parent
FONT = HERE / "../../fonts/NotoSerifSC-Bold.ttf.br"
PNG_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)


def svg():
    font = TTFont(io.BytesIO(brotli.decompress(FONT.read_bytes())))
    pen = SVGPathPen(font.getGlyphSet(), ntos=lambda number: f"{number:g}")
    font.getGlyphSet()[font.getBestCmap()[ord("榜")]].draw(pen)
    zoom = 512 * 0.72 / font["head"].unitsPerEm
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 512 512">\n'
        '<rect width="512" height="512" rx="102.4" fill="#1f5fbf"/>\n'
        f'<path fill="#fff" transform="translate(71.68 394.24) scale({zoom:g} -{zoom:g})" d="{pen.getCommands()}"/>\n'
        "</svg>\n"
    )


def render(size, path):
    subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), HERE / "jiebang.svg", "-o", path], check=True)


def main():
    (HERE / "jiebang.svg").write_text(svg(), encoding="utf-8")
    for size in PNG_SIZES:
        render(size, HERE / f"jiebang-{size}.png")
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder) / f"{size}.png" for size in ICO_SIZES]
        for size, path in zip(ICO_SIZES, paths):
            render(size, path)
        # The largest one as PNG inside, as Windows has it since Vista.
        subprocess.run(["icotool", "-c", "-o", HERE / "jiebang.ico", *paths[:-1], "-r", paths[-1]], check=True)


if __name__ == "__main__":
    main()
