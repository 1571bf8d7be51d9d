"""Answers kept in this process, the least recently asked for forgotten first."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any


class Memory:
    """A key must say everything its answer depends on; nothing here ever grows stale by time."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable) -> Any | None:
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def keep(self, key: Hashable, answer: Any) -> None:
        self._kept[key] = answer
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
