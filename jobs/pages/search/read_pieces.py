"""What was read out of the typed words besides the work, named as the filters are, each with the way to take it back."""

from jobs.index.reading_text import Piece, Said
from jobs.pages.search.filters import Chip
from jobs.pages.search.links import Links
from jobs.words import EDUCATION, EMPLOYMENT_TYPES, WORK_TIMES
from portal.html import rupiah
from portal.places import regions
from training.vocabulary import vocabulary


def chips_of(links: Links, said: Said) -> list[Chip]:
    """Each leads to the same question without the words that said it."""
    return [Chip(meaning(piece, said), links.changed(text=piece.without)) for piece in said.pieces]


def meaning(piece: Piece, said: Said) -> str:
    query = said.query
    known = vocabulary().licences
    match piece.kind:
        case "place":
            name = regions()[query.region or ""].name
            return f"{name}, sampai {query.radius_km} km" if query.radius_km else name
        case "wage":
            return f"Mulai {rupiah(query.wage_min)}"
        case "novice":
            return "Tanpa pengalaman"
        case "education":
            return f"Cukup {EDUCATION[query.education or 0]}"
        case "licence":
            return " atau ".join(known[id].label for id in sorted(query.licences))
        case "type":
            return ", ".join(EMPLOYMENT_TYPES[code] for code in sorted(query.types))
        case _:
            return "Waktu kerja: " + ", ".join(WORK_TIMES[code].lower() for code in sorted(query.work_times))
