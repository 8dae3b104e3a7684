#!/usr/bin/env python3
"""Sees things in a picture of the window.

Usage: pixels.py PICTURE.ppm count COLOUR   how many pixels have a colour, such as b3261e
       pixels.py PICTURE.ppm ring           what has the keyboard, by the mark around it: x y width height kind, or
                                            "none"; kind: "filled" (the one thing to do next), "box" (to write in, or
                                            white as one) or "plain"
       pixels.py PICTURE.ppm step           y of the chosen step's row, or "none"
       pixels.py PICTURE.ppm form           the same of a control of the form, after the y of the chosen step's row;
                                            "none" where the keyboard is elsewhere
       pixels.py PICTURE.ppm cards          how many cards stand one below the other
       pixels.py PICTURE.ppm rough          a number for the whole picture; the blinking caret does not change it
"""
import sys
import zlib

# src/app/theme.rs, the light theme.
ACCENT = bytes.fromhex("1f5fbf")
CARD = bytes.fromhex("ffffff")
SUNKEN = bytes.fromhex("eceff3")
CHOSEN = bytes.fromhex("dfeafa")
# The bar above the form.
BAR = 48


def read_ppm(path):
    data = open(path, "rb").read()
    magic, width, height, depth, pixels = data.split(maxsplit=4)
    width, height = int(width), int(height)
    # White pixels at the start are no white space, but one line feed before them is.
    pixels = data[-width * height * 3 :]
    assert magic == b"P6" and depth == b"255", "a binary PPM of 8 bits is wanted"
    return width, height, pixels


def count(pixels, colour):
    """Red, green and blue are each compared at once: a loop over a million pixels takes too long."""
    hits = -1
    for plane, wanted in enumerate(colour):
        same = bytes(value == wanted for value in range(256))
        hits &= int.from_bytes(pixels[plane::3].translate(same), "big")
    return hits.bit_count()


def runs(row, colour, least):
    """Stretches of one colour in a row of pixels: pairs of first and last."""
    found, at, stretch = [], 0, colour * least
    while (at := row.find(stretch, at)) >= 0:
        if at % 3:
            at += 1
            continue
        end = at
        while row[end : end + 3] == colour:
            end += 3
        found.append((at // 3, end // 3 - 1))
        at = end
    return found


def ring(width, height, pixels):
    """A ring of the accent, 20 pixels high or more: what has the keyboard. What is left of a filled box
    between its letters is less high.

    It is two pixels thick; between two rows of the screen only one row has the full colour.
    """
    bands = []  # [first row, last row, first column, last column]
    for y in range(height):
        for first, last in runs(pixels[y * width * 3 : (y + 1) * width * 3], ACCENT, 14):
            for band in bands:
                if band[1] == y - 1 and abs(band[2] - first) < 5 and abs(band[3] - last) < 5:
                    band[1:] = [y, min(band[2], first), max(band[3], last)]
                    break
            else:
                bands.append([y, y, first, last])
    edges = [band for band in bands if band[1] - band[0] < 3]
    for index, top in enumerate(edges):
        for bottom in edges[index + 1 :]:
            high = bottom[1] - top[0] >= 20
            if high and abs(top[2] - bottom[2]) < 3 and abs(top[3] - bottom[3]) < 3:
                place = top[2], top[0], top[3] - top[2], bottom[1] - top[0]
                return place + (kind(width, pixels, *place),)
    return None


def kind(width, pixels, x, y, wide, high):
    """What the ring is around, by the colours just inside its ends, where there are no text and no mark."""
    columns = x + 2, x + wide - 2
    inside = [pixel(width, pixels, at, row) for at in columns for row in range(y + 5, y + high - 4)]
    for name, colour in ("filled", ACCENT), ("box", CARD):
        if inside.count(colour) > len(inside) * 0.8:
            return name
    return "plain"


def pixel(width, pixels, x, y):
    at = (y * width + x) * 3
    return pixels[at : at + 3]


def chosen(width, height, pixels):
    """The row of the chosen step: its y and its last column."""
    for y in range(BAR, height):
        stretches = runs(pixels[y * width * 3 : (y + 1) * width * 3], CHOSEN, 100)
        if stretches and stretches[0][0] < 30:
            return y, stretches[0][1]
    return None


def step(width, height, pixels):
    found = chosen(width, height, pixels)
    return found and found[0]


def form(width, height, pixels):
    """The form lies below the bar, between the steps and the page, which is on sunken ground."""
    found, row = ring(width, height, pixels), chosen(width, height, pixels)
    if not found or not row or found[0] <= row[1] or found[1] < BAR:
        return None
    beside = pixel(width, pixels, found[0] - 4, found[1] + found[3] // 2)
    return None if beside == SUNKEN else (row[0],) + found


def cards(width, height, pixels):
    """Stretches of 30 pixels or more downwards, just inside the left edge of the first card."""
    rows = [pixels[y * width * 3 : (y + 1) * width * 3] for y in range(height)]
    firsts = [stretches[0][0] for row in rows if (stretches := runs(row, CARD, 30))]
    if not firsts:
        return 0
    x = min(firsts) + 4
    column = b"".join(row[x * 3 : x * 3 + 3] for row in rows)
    return len(runs(column, CARD, 30))


def rough(width, height, pixels):
    """Colours of a coarse grid, so that a caret of one pixel hardly ever counts."""
    grid = b"".join(pixels[y * width * 3 : (y + 1) * width * 3 : 51] for y in range(0, height, 17))
    return zlib.crc32(grid)


def main(path, what, colour=""):
    width, height, pixels = read_ppm(path)
    if what == "count":
        print(count(pixels, bytes.fromhex(colour)))
    else:
        seen = {"ring": ring, "step": step, "form": form, "cards": cards, "rough": rough}[what](width, height, pixels)
        print("none" if seen is None else " ".join(map(str, seen)) if isinstance(seen, tuple) else seen)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
