"""What the benchmark stands on: vacancies that could be real, requests by hand, levels that can be missed."""

import asyncio
from collections import Counter

import pytest

from jobs import index
from jobs.bench.vacancies import fill, generated
from jobs.index import drain
from jobs.index.port import Query
from portal.commands.bench.figures import Figures, spread
from portal.commands.bench.load import Connection, Unexpected, latencies, rate
from portal.conf import DB
from portal.places import regions
from training.vocabulary import vocabulary

pytestmark = pytest.mark.anyio


async def test_generated_vacancies_fit_the_tables_and_are_found() -> None:
    await fill(DB.current_transaction.get().connection, 300)
    assert await drain.rebuild() == 300
    result = await index.current().search(Query())
    assert result.total == 300 and len(result.facets["region"]) > 50


async def test_generated_vacancies_are_the_same_each_time_and_unevenly_spread() -> None:
    first, again = list(generated(2_000)), list(generated(2_000))
    assert [each.row["title"] for each in first] == [each.row["title"] for each in again]
    trades = Counter(each.row["occupation"] for each in first)
    assert trades.most_common(1)[0][1] > 10 * len(first) / len(trades) / 2
    assert set(trades) <= set(vocabulary().occupations)
    java = sum(
        regions()[each.row["region"]].province in ("31", "32", "33", "34", "35", "36") for each in first
    )
    assert 0.4 < java / len(first) < 0.9


async def test_requests_by_hand_read_whole_answers_and_refuse_others() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            await reader.readuntil(b"\r\n\r\n")
            if b"/chunks" in line:
                writer.write(
                    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
                )
            elif b"/missing" in line:
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            else:
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Connection(port) as connection:
        assert (await connection.get("/")).body == (await connection.get("/chunks")).body == b"abcde"
        assert len(await latencies(port, ["/", "/chunks"], 5)) == 5
        assert await rate(port, ["/"], 0.05, visitors=2) > 0
        with pytest.raises(Unexpected, match="/missing answered 404"):
            await latencies(port, ["/missing"], 1)


async def test_a_level_that_is_not_reached_is_said_to_be_missed() -> None:
    figures = Figures(1, requests_per_second={"floor": 1000.0, "search_page": 240.0, "vacancy_page": None})
    levels = figures.levels()
    assert levels["search_page"] == {"wanted": 0.25, "ratio": 0.24, "met": False}
    assert levels["vacancy_page"] == {"wanted": 0.4, "ratio": None, "met": False}
    assert spread([0.001] * 99 + [1.0]) == {"p50": 1.0, "p95": 1.0}
