"""Requests over kept connections by hand: a full client would spend the core that the server needs."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle

HEAD_END = b"\r\n\r\n"
PATIENCE = 30.0
"""Seconds one answer may take."""


class Unexpected(Exception):
    """An answer that was not 200; the message says which."""


@dataclass
class Answer:
    status: int
    body: bytes


class Connection:
    """One connection that is kept; requests go one after the other."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self._port, self._cookie = port, cookie

    async def __aenter__(self) -> "Connection":
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=2**20)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()

    async def get(self, path: str) -> Answer:
        cookie = f"Cookie: {self._cookie}\r\n" if self._cookie else ""
        self._writer.write(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{cookie}\r\n".encode()
        )
        return await asyncio.wait_for(self._answer(), PATIENCE)

    async def _answer(self) -> Answer:
        head = (await self._reader.readuntil(HEAD_END)).lower()
        status = int(head.split(b" ", 2)[1])
        for line in head.split(b"\r\n"):
            if line.startswith(b"content-length:"):
                return Answer(status, await self._reader.readexactly(int(line[15:])))
        return Answer(status, await self._chunks())

    async def _chunks(self) -> bytes:
        body = b""
        while size := int(await self._reader.readline(), 16):
            body += await self._reader.readexactly(size)
            await self._reader.readexactly(2)
        await self._reader.readline()
        return body


async def latencies(port: int, paths: Sequence[str], count: int, cookie: str = "") -> list[float]:
    """Seconds of `count` requests of one visitor who waits for each answer."""
    async with Connection(port, cookie) as connection:
        times = []
        for _, path in zip(range(count), cycle(paths), strict=False):
            begun = time.perf_counter()
            _expect(await connection.get(path), path)
            times.append(time.perf_counter() - begun)
        return times


async def rate(port: int, paths: Sequence[str], seconds: float, visitors: int = 8) -> float:
    """Requests a second of several visitors at once, for so many seconds."""
    end = time.perf_counter() + seconds
    asked: Iterator[str] = cycle(paths)

    async def visit() -> int:
        done = 0
        async with Connection(port) as connection:
            while time.perf_counter() < end:
                path = next(asked)
                _expect(await connection.get(path), path)
                done += 1
        return done

    begun = time.perf_counter()
    total = sum(await asyncio.gather(*(visit() for _ in range(visitors))))
    return total / (time.perf_counter() - begun)


def _expect(answer: Answer, path: str) -> None:
    if answer.status != 200:
        raise Unexpected(f"{path} answered {answer.status}.")
