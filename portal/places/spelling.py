"""One spelling for the many ways in which people and files write the name of a place."""

import re
import unicodedata

# Longest first, so that "kota administrasi" is not read as "kota" followed by a name.
TITLES = [
    (r"^(.+) city$", r"kota \1"),
    (r"^(.+) regency$", r"kab \1"),
    (r"\b(kabupaten administrasi|kabupaten adm|kab adm|kabupaten|kab|kbp)\b", "kab"),
    (r"\b(kota administrasi|kota administratif|kota adm|adm kota|kotamadya|kotamdya|kodya)\b", "kota"),
    (r"\b(provinsi|propinsi|province|prov|prop)\b", "provinsi"),
    (r"\b(kecamatan|kec)\b", ""),
    (r"\bkep\b", "kepulauan"),
    (r"\b(daerah khusus ibu ?kota|daerah khusus|dki|d k i)\b", "dki"),
    (r"\b(daerah istimewa|di|d i)\b", "di"),
]


def squeeze(text: str) -> str:
    """Lowercase letters only, titles in one form: "KAB. TOLI-TOLI" and "Kabupaten Tolitoli" are "kabtolitoli"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    plain = " ".join(re.sub(r"[^a-z]+", " ", plain).split())
    for pattern, title in TITLES:
        plain = re.sub(pattern, title, plain)
    return plain.replace(" ", "")
