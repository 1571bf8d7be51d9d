"""How two spellings of the same word are told to be the same."""

import re
import unicodedata

NOT_A_WORD = re.compile(r"[^\w+#]+")
PARTING = {code: " " for code in range(128) if NOT_A_WORD.match(chr(code))}
"""The same for ASCII, which is nearly every text, and read in a tenth of the time."""


def plain(text: str) -> str:
    """Lower case, without accents and punctuation, words one space apart: "Tukang-Las  (SMAW)" is "tukang las smaw"."""
    folded = text.casefold()
    if folded.isascii():
        return " ".join(folded.translate(PARTING).split())
    decomposed = unicodedata.normalize("NFKD", folded)
    return NOT_A_WORD.sub(
        " ", "".join(each for each in decomposed if not unicodedata.combining(each))
    ).strip()
