"""How two spellings of the same word are told to be the same."""

import re
import unicodedata

NOT_A_WORD = re.compile(r"[^\w+#]+")


def plain(text: str) -> str:
    """Lower case, without accents and punctuation, words one space apart: "Tukang-Las  (SMAW)" is "tukang las smaw"."""
    if text.isascii():
        # Nothing to fold or to combine, and nearly every name is such; thousands are read before the first answer.
        return NOT_A_WORD.sub(" ", text.lower()).strip()
    folded = unicodedata.normalize("NFKD", text.casefold())
    return NOT_A_WORD.sub(" ", "".join(each for each in folded if not unicodedata.combining(each))).strip()
