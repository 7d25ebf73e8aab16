#!/usr/bin/env python3
"""Measures whether cost stays flat: flat_cost.py RELIEF FOLDER [--layers 1,10,100,1000] [--gigabytes 30] [--minutes 10].

FOLDER is made, filled and left behind. Three tables are printed:
  layers   seconds until /readyz, resident memory then, and CPU milliseconds a tile of one layer, among so many layers of a
           workspace, each taken by `relief add`
  size     CPU milliseconds a tile of a source of 0.1 GB and of one so many gigabytes large (its holes take no room on disk,
           but are read like any other block), the same ground at the same zooms from both
  age      CPU milliseconds a tile and resident memory, minute by minute, of one server under load from four connections, and
           how much of that memory its caches hold, which fill up to their budget
The tile cache is off but for the last; blocks are decoded before a figure is taken. CPU time is that of the whole server: it
does not care much who else loads the machine.
"""
import argparse
import array
import http.client
import math
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

TILE = 512
MIDDLE = (500_000, 1_000_000)  # of every source, in UTM zone 36N
LONGITUDE, LATITUDE = 33.0, 9.0462  # the same
TICKS = os.sysconf("SC_CLK_TCK")


def pattern():
    """A block of slopes and steps, which deflates to about a third."""
    return bytes((x * 3 + (y // 7) * 11 + ((x * y) >> 6)) & 255 for y in range(TILE) for x in range(TILE))


def entry(tag, kind, *values):
    """A field of a BigTIFF directory whose values fit into it: 3 is a short, 4 a long, 16 an offset."""
    return struct.pack("<HHQ", tag, kind, len(values)) + struct.pack(f"<{len(values)}{ {3: 'H', 4: 'I', 16: 'Q'}[kind]}", *values).ljust(8, b"\0")


def entry_at(tag, kind, count, offset):
    return struct.pack("<HHQQ", tag, kind, count, offset)


def sides_of(side):
    sides = [side]
    while sides[-1] > TILE:
        sides.append(sides[-1] // 2)
    return sides


def write_directory(file, side, places):
    """`places`: of the directory, of its list of blocks, of the first block, of the georeference (none: an overview), and of
    the next directory (0: none)."""
    place, lists, first, reference, following = places
    count = math.ceil(side / TILE) ** 2
    rows = [entry(254, 4, 0 if reference else 1), entry(256, 4, side), entry(257, 4, side), entry(258, 3, 8), entry(259, 3, 1),
            entry(262, 3, 1), entry(277, 3, 1), entry(322, 3, TILE), entry(323, 3, TILE)]
    if count == 1:
        rows += [entry(324, 16, first), entry(325, 16, TILE * TILE)]
    else:
        rows += [entry_at(324, 16, count, lists), entry_at(325, 16, count, lists + 8 * count)]
        file.seek(lists)
        file.write(array.array("Q", range(first, first + count * TILE * TILE, TILE * TILE)).tobytes())
        file.write(array.array("Q", [TILE * TILE] * count).tobytes())
    if reference:
        rows += [entry_at(33550, 12, 3, reference), entry_at(33922, 12, 6, reference + 24), entry_at(34735, 3, 16, reference + 72)]
    file.seek(place)
    file.write(struct.pack("<Q", len(rows)) + b"".join(rows) + struct.pack("<Q", following))


def write_blocks(file, side, first, block):
    """Those near the middle; the others stay holes, which read as zeros."""
    across = math.ceil(side / TILE)
    middle = side // 2 // TILE
    near = range(max(0, middle - 4), min(across, middle + 5))
    for row in near:
        for column in near:
            file.seek(first + (row * across + column) * TILE * TILE)
            file.write(block)


def write_source(path, side):
    """A BigTIFF of side x side bytes, 1 m a cell, with overviews down to one block."""
    sides = sides_of(side)
    counts = [math.ceil(one / TILE) ** 2 for one in sides]
    directory_bytes = 8 + 14 * 20 + 8
    reference = 16 + len(sides) * directory_bytes
    lists = reference + 104
    blocks = (lists + 16 * sum(counts) + 4095) // 4096 * 4096
    block = pattern()
    with open(path, "wb") as file:
        file.write(struct.pack("<2sHHHQ", b"II", 43, 8, 0, 16))
        for level, one in enumerate(sides):
            before = sum(counts[:level])
            place = 16 + level * directory_bytes
            following = place + directory_bytes if level + 1 < len(sides) else 0
            first = blocks + before * TILE * TILE
            write_directory(file, one, (place, lists + 16 * before, first, reference if level == 0 else 0, following))
            write_blocks(file, one, first, block)
        file.seek(reference)
        east, north = MIDDLE
        file.write(struct.pack("<3d", 1, 1, 0) + struct.pack("<6d", 0, 0, 0, east - side / 2, north + side / 2, 0))
        file.write(struct.pack("<16H", 1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 32636))
        file.truncate(blocks + sum(counts) * TILE * TILE)


def tiles(zooms, reach):
    found = []
    for zoom in zooms:
        count = 2 ** zoom
        x = int((LONGITUDE + 180) / 360 * count)
        y = int((1 - math.asinh(math.tan(math.radians(LATITUDE))) / math.pi) / 2 * count)
        found += [(zoom, x + dx, y + dy) for dx in range(-reach, reach) for dy in range(-reach, reach)]
    return found


class Server:
    def __init__(self, relief, words):
        begun = time.monotonic()
        self.process = subprocess.Popen([relief, "serve", "--listen", "127.0.0.1:0", *words], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1].strip(" /\n"))
        while self.get("/readyz")[0] != 200:
            time.sleep(0.005)
        self.ready = time.monotonic() - begun

    def get(self, target, client=None):
        client = client or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        client.request("GET", target)
        answer = client.getresponse()
        return answer.status, answer.read()

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def megabytes(self):
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def kept(self):
        """Megabytes of tiles and blocks that the server keeps on purpose, up to its budget."""
        text = self.get("/metrics")[1].decode()
        return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith("relief_memory_bytes{")) / 1e6

    def walk(self, targets):
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for target in targets:
            status, body = self.get(target, client)
            if status != 200:
                sys.exit(f"{target}: {status} {body[:300]!r}")

    def cost(self, targets, rounds):
        """CPU milliseconds a tile, least of three, after a walk that decodes the blocks."""
        self.walk(targets)
        costs = []
        for _ in range(3):
            before = self.cpu()
            self.walk(targets * rounds)
            costs.append((self.cpu() - before) * 1000 / (len(targets) * rounds))
        return min(costs)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def addresses(layer, places):
    return [f"/tiles/{layer}/{z}/{x}/{y}.png" for z, x, y in places]


def measure_layers(relief, folder, counts):
    print("| layers | ready s | resident MB | CPU ms a tile |\n| --- | --- | --- | --- |")
    source = folder / "one.tif"
    write_source(source, 2 * TILE)
    places = tiles([15, 16, 17], 1)
    for count in counts:
        scenes = folder / f"scenes-{count}"
        scenes.mkdir()
        for number in range(count):
            os.link(source, scenes / f"scene{number:04}.tif")
        workspace = folder / f"workspace-{count}"
        subprocess.run([relief, "--workspace", workspace, "add", *sorted(str(one) for one in scenes.iterdir())], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        server = Server(relief, ["--workspace", str(workspace), "--cache-size", "0"])
        resident = server.megabytes()
        cost = server.cost(addresses("scene0000", places), 40)
        print(f"| {count} | {server.ready:.2f} | {resident:.0f} | {cost:.2f} |", flush=True)
        server.stop()


def measure_size(relief, folder, gigabytes):
    print("\n| source | CPU ms a tile | resident MB after |\n| --- | --- | --- |")
    places = tiles([14, 15, 16, 17], 2)
    for size in (0.1, gigabytes):
        side = max(10, round(math.sqrt(size * 1e9) / 1024)) * 1024
        place = folder / f"size-{size:g}"
        place.mkdir()
        write_source(place / "ground.tif", side)
        server = Server(relief, [str(place), "--workspace", str(folder / "none"), "--cache-size", "0"])
        cost = server.cost(addresses("ground", places), 10)
        print(f"| {side} x {side}, {(place / 'ground.tif').stat().st_size / 1e9:.1f} GB | {cost:.2f} | {server.megabytes():.0f} |", flush=True)
        server.stop()


def measure_age(relief, folder, minutes):
    """Ever other colours, so that every tile is drawn and the tile cache fills."""
    print("\n| minute | tiles | CPU ms a tile | resident MB | of it kept tiles and blocks MB |\n| --- | --- | --- | --- | --- |")
    server = Server(relief, [str(folder / "size-0.1"), "--workspace", str(folder / "none")])
    targets = addresses("ground", tiles([12, 13, 14, 15, 16, 17], 2))
    done = [0] * 4
    ended = threading.Event()

    def load(which):
        client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        turn = 0
        while not ended.is_set():
            target = targets[(turn * 7 + which) % len(targets)]
            stretch = (turn * 4 + which) % 100_003 / 100_003
            server.get(f"{target}?rescale={stretch:.5f},255", client)
            done[which] += 1
            turn += 1

    threads = [threading.Thread(target=load, args=(which,)) for which in range(4)]
    for thread in threads:
        thread.start()
    before, cpu = 0, server.cpu()
    for minute in range(1, minutes + 1):
        time.sleep(60)
        now, spent = sum(done), server.cpu()
        print(f"| {minute} | {now - before} | {(spent - cpu) * 1000 / max(1, now - before):.2f} | {server.megabytes():.0f} | "
              f"{server.kept():.0f} |", flush=True)
        before, cpu = now, spent
    ended.set()
    for thread in threads:
        thread.join()
    server.stop()


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("relief")
    words.add_argument("folder", type=Path)
    words.add_argument("--layers", default="1,10,100,1000")
    words.add_argument("--gigabytes", type=float, default=30)
    words.add_argument("--minutes", type=int, default=10)
    asked = words.parse_args()
    asked.folder.mkdir(parents=True)
    measure_layers(asked.relief, asked.folder, [int(count) for count in asked.layers.split(",") if count])
    measure_size(asked.relief, asked.folder, asked.gigabytes)
    measure_age(asked.relief, asked.folder, asked.minutes)


main()
