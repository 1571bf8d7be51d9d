"""Something at Meilisearch's address that fails on purpose: it speaks the protocol and never finds anything."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Answer = tuple[int, Any]
"""Status and body; a str is sent as it is."""
SOUND: Mapping[str, Answer] = {
    "GET /version": (200, {"commitSha": "", "commitDate": "", "pkgVersion": "1.50.0"}),
    "GET /keys": (403, {"message": "no", "code": "invalid_api_key", "type": "auth", "link": ""}),
    "GET /indexes/vacancies/documents/0": (200, {"id": 0}),
    "POST /indexes/vacancies/documents": (
        202,
        {"taskUid": 1, "status": "enqueued", "type": "x", "enqueuedAt": "2026-11-01T00:00:00Z"},
    ),
    "GET /tasks/1": (
        200,
        {"uid": 1, "status": "succeeded", "type": "x", "enqueuedAt": "2026-11-01T00:00:00Z"},
    ),
}
REASONS = {200: "OK", 202: "Accepted"}


@dataclass
class FailingServer:
    """`answers` by "METHOD /path" override what is sound; a callable is given the body. `pause`: seconds before each."""

    url: str = ""
    answers: dict[str, Answer | Callable[[Any], Answer]] = field(default_factory=dict)
    pause: float = 0.0
    asked: list[str] = field(default_factory=list)

    def answer(self, what: str, body: Any) -> Answer:
        self.asked.append(what)
        found = self.answers.get(what) or SOUND.get(what) or (404, error("index_not_found"))
        return found(body) if callable(found) else found


def error(code: str) -> dict[str, str]:
    return {"message": f"because of {code}", "code": code, "type": "invalid_request", "link": ""}


def task(status: str, code: str = "") -> Answer:
    whole = {"uid": 1, "status": status, "type": "x", "enqueuedAt": "2026-11-01T00:00:00Z"}
    return 200, {**whole, "error": error(code) if code else None}


@asynccontextmanager
async def failing_server() -> AsyncIterator[FailingServer]:
    failing = FailingServer()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await _head(reader):
                method, path, length = head
                sent = await reader.readexactly(length)
                await asyncio.sleep(failing.pause)
                status, body = failing.answer(f"{method} {path}", json.loads(sent) if sent else None)
                writer.write(_response(status, body))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    failing.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield failing
    finally:
        server.close()


async def _head(reader: asyncio.StreamReader) -> tuple[str, str, int] | None:
    lines = []
    while line := (await reader.readline()).decode().strip():
        lines.append(line)
    if not lines:
        return None
    method, target, _ = lines[0].split(" ")
    fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    return method, target.partition("?")[0], int(fields.get("content-length", 0))


def _response(status: int, body: Any) -> bytes:
    raw = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status} {REASONS.get(status, 'No')}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(raw)}\r\n\r\n".encode() + raw
