"""Terms and small values as files write them: kinds of contract, levels of education, counts, yes and no, ways to apply."""

import re

from jobs.imports.text import NOT_STATED, text_of

# The first that fits decides, so the particular comes before the general: "Full time (kontrak)" is a contract.
EMPLOYMENT_TYPES = [
    ("apprenticeship", r"magang|pemagangan|intern|internship|apprentice|apprenticeship"),
    ("partnership", r"mitra|kemitraan|partnership"),
    ("piecework", r"borongan|piecework|piece work|piece rate"),
    ("daily", r"harian|daily|daily worker|phl|bhl"),
    ("part_time", r"part time|parttime|paruh waktu"),
    ("permanent", r"pkwtt|waktu tidak tertentu"),
    ("contract", r"pkwt|kontrak|contract|tidak tetap|waktu tertentu|temporary|musiman"),
    ("permanent", r"permanent|permanen|tetap|full time|fulltime|penuh waktu|purnawaktu"),
]
# The lowest level named is the least asked: "SMA/SMK - S1" asks for SMA.
EDUCATION_LEVELS = [
    (10, r"sd|mi|paket a|sekolah dasar|elementary"),
    (20, r"smp|sltp|mts|paket b|junior high school"),
    (30, r"sma|smk|slta|smu|stm|smea|ma|mak|paket c|senior high school|vocational high school|high school"),
    (40, r"diploma|d1|d2|d3|d ?i|d ?ii|d ?iii|associate"),
    (50, r"sarjana|s1|s2|s3|s ?i|d4|d ?iv|bachelor|magister|master|doktor|profesi"),
]


def count(value: object) -> int | None:
    """A number of people from 1 to 9999: 5, 5.0, "5 orang". None for nothing and for zero; ValueError otherwise."""
    text = text_of(value).casefold()
    if text in NOT_STATED:
        return None
    match = re.fullmatch(r"(\d{1,6})(?:\.0+)?(?:\s*(?:orang|posisi|pekerja|org))?", text)
    if not match or int(match[1]) > 9999:
        raise ValueError(value)
    return int(match[1]) or None


def yes_or_no(value: object) -> bool:
    """Whether a cell says yes; ValueError for what is neither."""
    text = text_of(value).casefold()
    if text in {"true", "1", "ya", "y", "yes", "benar", "x"}:
        return True
    if text in {"false", "0", "tidak", "t", "n", "no", "salah"}:
        return False
    raise ValueError(value)


def employment_type(value: object) -> str | None:
    """Our code for what a file calls it ("Full time", "PKWT", "Harian lepas"); None when it names no kind of contract."""
    text = text_of(value).casefold()
    if text in {code for code, _ in EMPLOYMENT_TYPES}:
        return text
    words = " ".join(re.findall(r"[a-z0-9]+", text))
    return next((code for code, names in EMPLOYMENT_TYPES if re.search(rf"\b(?:{names})\b", words)), None)


def education(value: object) -> int | None:
    """The least level a text names, or one of Karirhub's own numbers; None when it names none."""
    text = text_of(value).casefold()
    if text in {str(level) for level, _ in EDUCATION_LEVELS}:
        return int(text)
    words = " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\b([ds])[\s.-]?([1-4])\b", r"\1\2", text)))
    return next((level for level, names in EDUCATION_LEVELS if re.search(rf"\b(?:{names})\b", words)), None)


def apply_at(value: object) -> str:
    """A web link (http or https), a mail address or a phone number; "" for nothing, ValueError for anything else."""
    text = text_of(value)
    if text.casefold() in NOT_STATED:
        return ""
    if re.fullmatch(r"www\.[^\s]+\.[^\s]+", text):
        return f"https://{text}"
    if re.fullmatch(
        r"https?://[^\s/?#@<>\"]+[^\s<>\"]*|[^\s@:<>]+@[^\s@:<>]+\.[a-zA-Z]{2,}|\+?\d[\d\s().-]{6,20}", text
    ):
        return text
    raise ValueError(value)
