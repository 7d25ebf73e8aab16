#!/usr/bin/env python3
"""Writes many small GeoTIFFs side by side, to measure mosaics: make_scenes.py FOLDER [COUNT [SIDE]].

Each is SIDE x SIDE cells of 10 m in UTM zone 36N, three bands of bytes, nodata 0 along a slanted western edge; scenes lie on
a square grid and overlap by a tenth. Names carry a date, so that --time-from-name orders them.
"""
import struct
import sys
from pathlib import Path


def tiff(side, x, y, shade):
    rows = bytearray()
    for row in range(side):
        cut = row // 8
        for column in range(side):
            rows += bytes((0, 0, 0)) if column < cut else bytes(
                (shade, 1 + (column * 251) // side, 1 + (row * 251) // side))
    keys = (1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32636)
    entries = []
    extra = bytearray()
    base = 8 + 2 + 14 * 12 + 4

    def add(tag, kind, values):
        letter = {3: "H", 4: "I", 12: "d", 2: "s"}[kind]
        packed = values if kind == 2 else struct.pack("<%d%s" % (len(values), letter), *values)
        field = packed.ljust(4, b"\0")
        if len(packed) > 4:
            field = struct.pack("<I", base + len(extra))
            extra.extend(packed)
        entries.append(struct.pack("<HHI", tag, kind, len(values)) + field)

    add(256, 4, (side,))
    add(257, 4, (side,))
    add(258, 3, (8, 8, 8))
    add(259, 3, (1,))
    add(262, 3, (2,))
    offset_at = len(entries)
    add(273, 4, (0,))
    add(277, 3, (3,))
    add(278, 4, (side,))
    add(279, 4, (len(rows),))
    add(284, 3, (1,))
    add(33550, 12, (10.0, 10.0, 0.0))
    add(33922, 12, (0.0, 0.0, 0.0, x, y, 0.0))
    add(34735, 3, keys)
    add(42113, 2, b"0\0")
    entries[offset_at] = struct.pack("<HHII", 273, 4, 1, base + len(extra))
    return b"II*\0" + struct.pack("<IH", 8, 14) + b"".join(entries) + struct.pack("<I", 0) + bytes(extra) + bytes(rows)


def main():
    folder = Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    side = int(sys.argv[3]) if len(sys.argv) > 3 else 64
    folder.mkdir(parents=True, exist_ok=True)
    across = int(count ** 0.5 + 0.999)
    step = side * 10 * 0.9
    for i in range(count):
        x = 300000 + (i % across) * step
        y = 4200000 - (i // across) * step
        name = "scene_%05d_2024%02d%02d.tif" % (i, 1 + i % 12, 1 + i % 28)
        (folder / name).write_bytes(tiff(side, x, y, 1 + (i * 37) % 255))


main()
