"""Writes srgb.icc, the output profile of our PDF/A files. Usage: python3 srgb.py > srgb.icc

Own work, in the public domain (CC0 1.0): the numbers of IEC 61966-2-1 (sRGB), primaries adapted to D50 with the
Bradford matrix, put into an ICC version 2.1 matrix/TRC profile. The curve has 256 points.
"""
import struct
import sys


def fixed(value):
    return struct.pack(">i", round(value * 65536))


def xyz(*values):
    return b"XYZ \0\0\0\0" + b"".join(map(fixed, values))


def text(string):
    return b"text\0\0\0\0" + string + b"\0"


def description(string):
    ascii_part = struct.pack(">I", len(string) + 1) + string + b"\0"
    return b"desc\0\0\0\0" + ascii_part + bytes(4 + 4 + 2 + 1 + 67)


def linear(value):
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


CURVE = [round(linear(i / 255) * 65535) for i in range(256)]
CURVE = b"curv\0\0\0\0" + struct.pack(">I256H", 256, *CURVE)
TAGS = [
    (b"desc", description(b"sRGB IEC61966-2.1")),
    (b"cprt", text(b"Public domain (CC0 1.0)")),
    (b"wtpt", xyz(0.9642, 1.0, 0.8249)),
    (b"rXYZ", xyz(0.4360747, 0.2225045, 0.0139322)),
    (b"gXYZ", xyz(0.3850649, 0.7168786, 0.0971045)),
    (b"bXYZ", xyz(0.1430804, 0.0606169, 0.7141733)),
    (b"rTRC", CURVE),
    (b"gTRC", CURVE),
    (b"bTRC", CURVE),
]

table, body, places = b"", b"", {}
start = 128 + 4 + 12 * len(TAGS)
for name, data in TAGS:
    if data not in places:
        places[data] = start + len(body)
        body += data + bytes(-len(data) % 4)
    table += name + struct.pack(">II", places[data], len(data))
header = struct.pack(
    ">I4sI4s4s4s6H4s4sI4s4s8sI12s4s44s",
    start + len(body), b"", 0x02100000, b"mntr", b"RGB ", b"XYZ ", 2024, 1, 1, 0, 0, 0,
    b"acsp", b"", 0, b"", b"", b"", 0, fixed(0.9642) + fixed(1.0) + fixed(0.8249), b"", b"",
)
sys.stdout.buffer.write(header + struct.pack(">I", len(TAGS)) + table + body)
