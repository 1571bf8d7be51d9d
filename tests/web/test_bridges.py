"""Bridges in the database."""

import pytest

from training.bridges.keeping import keep
from training.bridges.matching import Bridge
from training.tables import Scheme, VocabularyBridge, WordKind

pytestmark = pytest.mark.anyio


async def test_an_import_brings_codes_up_to_date_and_leaves_others() -> None:
    def of(code: str, label: str, entry: str | None, scheme: Scheme = Scheme.KBJI_2014) -> Bridge:
        return Bridge(scheme, code, label, WordKind.OCCUPATION, entry)

    await keep([of("7212.01", "Las", None), of("7212.02", "Potong", None)])
    await keep([of("7212.01", "Tukang Las", "tukang-las"), of("7212.01", "Welder", None, Scheme.KBJI_2026)])
    rows = await VocabularyBridge.select().order_by(VocabularyBridge.scheme, VocabularyBridge.code)
    assert [(row["scheme"], row["code"], row["label"], row["entry"]) for row in rows] == [
        ("kbji2014", "7212.01", "Tukang Las", "tukang-las"),
        ("kbji2014", "7212.02", "Potong", None),
        ("kbji2026", "7212.01", "Welder", None),
    ]
