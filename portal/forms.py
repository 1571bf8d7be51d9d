"""What a browser sent, checked against what a form may hold."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, Self, get_args, get_origin

import msgspec
from litestar.datastructures import FormMultiDict
from litestar.datastructures.multi_dicts import MultiMixin
from litestar.exceptions import ClientException
from litestar.plugins.htmx import HTMXRequest

REQUIRED = "Wajib diisi."
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGEST = 10_000
"""Letters of any text, where a field does not allow fewer: nobody writes more, and reading it would cost too much."""


class Sent(HTMXRequest):
    """A request whose form is either read or refused: one part of it may be in an encoding that it is not, or that is none."""

    async def form(self) -> FormMultiDict:
        try:
            return await super().form()
        except (UnicodeDecodeError, LookupError):
            raise ClientException("Kiriman ini tidak bisa dibaca.") from None


class Form(msgspec.Struct, kw_only=True):
    """Subclass it with one field per input. `of` never raises for bad input.

    A field without a default is required. `bool` is a checkbox, `list[...]` many of one name, each once; whole numbers may be
    typed as "Rp3.500.000". `messages` holds a field's own sentence for anything wrong with it.
    """

    messages: ClassVar[dict[str, str]] = {}
    once: str = ""
    """The one-time key of a creating form (portal.once)."""

    @classmethod
    def check(cls, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Rules between fields, as (field, sentence); `values` lacks the fields that are wrong by themselves."""
        yield from ()

    @classmethod
    def of(cls, sent: MultiMixin) -> tuple[Self | None, dict[str, Any], dict[str, str]]:
        """The form if it is sound, what was typed, and every sentence about what is wrong."""
        typed: dict[str, Any] = {}
        values: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for field in msgspec.structs.fields(cls):
            many = _is_list(field.type)
            raw = (
                list(dict.fromkeys(_clean(each) for each in sent.getall(field.name, [])))
                if many
                else _clean(sent.get(field.name, ""))
            )
            typed[field.name] = raw
            if field.type is bool:
                values[field.name] = bool(raw)
            elif raw or many:
                try:
                    if any(len(each) > LONGEST for each in (raw if many else [raw])):
                        raise msgspec.ValidationError(f"length <= {LONGEST}")
                    values[field.name] = msgspec.convert(_plain(raw, field.type), field.type, strict=False)
                except msgspec.ValidationError as problem:
                    errors[field.name] = cls.messages.get(field.name) or _sentence(str(problem))
            elif field.required:
                errors[field.name] = cls.messages.get(field.name, REQUIRED)
        for name, sentence in cls.check(values):
            errors.setdefault(name, sentence)
        return (None if errors else cls(**values)), typed, errors

    @classmethod
    def typed_from(cls, row: Any) -> dict[str, Any]:
        """What a form shows before anybody typed: the values of an object or dict as text; missing ones empty."""
        typed: dict[str, Any] = {}
        for field in msgspec.structs.fields(cls):
            value = row.get(field.name) if isinstance(row, dict) else getattr(row, field.name, None)
            if _is_list(field.type):
                typed[field.name] = [str(each) for each in value or []]
            elif field.type is bool:
                typed[field.name] = "on" if value else ""
            else:
                typed[field.name] = "" if value is None else str(value)
        return typed


def number_in(text: str) -> int | None:
    """A number of at most nine digits as an address holds it; None for anything else and for zero."""
    return int(text) or None if re.fullmatch(r"[0-9]{1,9}", text) else None


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is list or any(
        _is_list(each) for each in get_args(kind) if get_origin(each) is list
    )


def _clean(raw: Any) -> str:
    """Text without control characters, which PostgreSQL refuses and nobody types; an uploaded file is no text."""
    return CONTROL.sub("", raw.replace("\r\n", "\n")).strip() if isinstance(raw, str) else ""


def _plain(raw: Any, kind: Any) -> Any:
    """A whole number as people write money: without `Rp` and the dots between thousands."""
    if isinstance(raw, str) and (kind is int or int in _kinds(kind)):
        number = re.sub(r"(?i)^rp\.?\s*", "", raw)
        return number.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", number) else number
    return raw


def _kinds(kind: Any) -> set[Any]:
    return {kind} | {inner for each in get_args(kind) for inner in _kinds(each)}


def _sentence(problem: str) -> str:
    """msgspec's reason in plain Indonesian."""
    if found := re.search(r"length <= (\d+)", problem):
        return f"Paling banyak {found[1]} huruf."
    if found := re.search(r"length >= (\d+)", problem):
        return f"Paling sedikit {found[1]} huruf."
    if found := re.search(r"`int` >= (-?\d+)", problem):
        return f"Paling kecil {found[1]}."
    if found := re.search(r"`int` <= (\d+)", problem):
        return f"Paling besar {found[1]}."
    if "`int" in problem:
        return "Tulis angka saja, misalnya 12."
    if "date" in problem:
        return "Tulis tanggal yang benar, misalnya 2026-11-21."
    if "enum" in problem:
        return "Pilih salah satu."
    return "Periksa lagi isian ini."
