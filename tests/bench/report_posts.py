#!/usr/bin/env python3
"""Measures how reports come in: report_posts.py RELIEF FOLDER [--seconds 20] [--rate 500] [--connections 64] [--kills 100].

FOLDER is made and left behind; what is measured is its disk. Printed are:
  as fast as it can   reports a second over so many keep-alive connections, each of which sends when it was answered; what
                      their answers took (median, 99th percentile), and processor time of the server
  at a rate           the same with so many reports a second, sent when they are due and timed from then on, however late
                      the server is
  kills               how many reports were answered 201 before kill -9 at random moments, and how many of them a
                      moderator finds after all rounds
The client is one process of its own and takes about as much processor time as the server.
"""
import argparse
import asyncio
import http.client
import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, relief, folder):
        self.relief, self.folder = relief, folder
        self.start()

    def start(self):
        words = [self.relief, "serve", "--workspace", str(self.folder), "--listen", "127.0.0.1:0",
                 "--limits.anonymous_reports_per_minute", "1000000000"]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        self.port = int(line.strip().rstrip("/").rsplit(":", 1)[1])

    def cpu_seconds(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.process.wait()


def post(number):
    body = json.dumps({"type": "Feature", "geometry": {"type": "Point", "coordinates": [30 + random.random(), 5 + random.random()]},
                       "properties": {"title": f"report {number}", "description": "no way across " * 8, "category": "road",
                                      "time": "2024-05-01T10:00:00Z"}}).encode()
    return (b"POST /reports HTTP/1.1\r\nHost: bench\r\nContent-Type: application/geo+json\r\nContent-Length: %d\r\n\r\n" % len(body)) + body


class Connection:
    async def open(self, port):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        return self

    async def ask(self, request):
        """Status and path of Location."""
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        lower = {name.lower(): value for name, value in fields.items()}
        await self.reader.readexactly(int(lower.get("content-length", 0)))
        location = lower.get("location", "")
        return int(head.split(" ", 2)[1]), location[location.find("/reports/"):]


def told(what, times, seconds, cpu):
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))] * 1000
    print(f"{what}: {len(times) / seconds:.0f} reports/s, median {at(.5):.1f} ms, p99 {at(.99):.1f} ms, longest {times[-1] * 1000:.1f} ms, "
          f"{cpu / len(times) * 1e6:.0f} CPU microseconds of the server each")


async def as_fast_as_it_can(server, seconds, connections):
    end, times = time.monotonic() + seconds, []

    async def client():
        connection = await Connection().open(server.port)
        while time.monotonic() < end:
            request, begun = post(len(times)), time.monotonic()
            status, _ = await connection.ask(request)
            assert status == 201, status
            times.append(time.monotonic() - begun)

    begun, cpu = time.monotonic(), server.cpu_seconds()
    await asyncio.gather(*(client() for _ in range(connections)))
    told("as fast as it can", times, time.monotonic() - begun, server.cpu_seconds() - cpu)


async def at_a_rate(server, seconds, rate, connections):
    due, times, begun, cpu = asyncio.Queue(), [], time.monotonic(), server.cpu_seconds()

    async def client():
        connection = await Connection().open(server.port)
        while (moment := await due.get()) is not None:
            status, _ = await connection.ask(post(len(times)))
            assert status == 201, status
            times.append(time.monotonic() - moment)

    clients = [asyncio.create_task(client()) for _ in range(connections)]
    for i in range(int(seconds * rate)):
        moment = begun + i / rate
        await asyncio.sleep(max(0, moment - time.monotonic()))
        due.put_nowait(moment)
    for _ in clients:
        due.put_nowait(None)
    await asyncio.gather(*clients)
    told(f"at {rate} a second", times, time.monotonic() - begun, server.cpu_seconds() - cpu)


async def until_killed(server, paths, connections):
    async def client():
        try:
            connection = await Connection().open(server.port)
            while True:
                status, path = await connection.ask(post(len(paths)))
                if status == 201:
                    paths.append(path)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            return

    clients = [asyncio.create_task(client()) for _ in range(connections)]
    await asyncio.sleep(random.uniform(.05, .8))
    server.end(signal.SIGKILL)
    await asyncio.gather(*clients)


def kills(server, rounds, connections):
    paths = []
    for _ in range(rounds):
        asyncio.run(until_killed(server, paths, connections))
        server.start()
    token = subprocess.run([server.relief, "--workspace", str(server.folder), "token", "create", "--role", "moderator", "--json"],
                           check=True, capture_output=True, text=True).stdout
    headers = {"Authorization": "Bearer " + json.loads(token)["token"]}
    connection = http.client.HTTPConnection("127.0.0.1", server.port)

    def status_of(path):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    lost = [path for path in paths if status_of(path) != 200]
    print(f"kills: {rounds} rounds, {len(paths)} reports answered 201, {len(lost)} of them lost")
    return not lost


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("relief")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--kills", type=int, default=100)
    wish = parser.parse_args()
    wish.folder.mkdir(parents=True, exist_ok=True)
    server = Server(os.path.abspath(wish.relief), wish.folder)
    good = True
    try:
        if wish.seconds > 0:
            asyncio.run(as_fast_as_it_can(server, wish.seconds, wish.connections))
            asyncio.run(at_a_rate(server, wish.seconds, wish.rate, wish.connections))
        if wish.kills > 0:
            good = kills(server, wish.kills, wish.connections)
    finally:
        server.end()
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
