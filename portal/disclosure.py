"""What a text gives away: ways to reach a person, and words that tell where they have been."""

import re
import unicodedata

# Words that tell a reader of a card why somebody has a caseworker: treatment, substances, and prison, which is told
# as easily and hurts as much. Our own list; a `*` stands for any ending.
DISCLOSING_WORDS = """
rehab* pascarehab* pasca-rehab* rehabilitan residen bnn bnnp bnnk ipwl sirena p4gn
narkoba narkotik* napza nafza miras alkoholik drugs sabu sabu-sabu shabu nyabu ganja cimeng putaw putau heroin morfin
kokain ekstasi inex pil-koplo tramadol metadon methadone suboxone overdosis sakau
pecandu kecanduan candu adiksi pengguna-obat penyalahguna* mantan-pemakai eks-pemakai
pulih pemulihan detoks* kambuh relapse sober rumah-damping rumah-singgah bina-lanjut rawat-lanjut konselor-adiksi
wajib-lapor tes-urin* lapas rutan penjara dipenjara napi narapidana residivis warga-binaan bapas bebas-bersyarat
"""
DISCLOSING = re.compile(
    r"(?<!\w)("
    + "|".join(
        re.escape(word).replace(r"\*", r"\w*").replace(r"\-", " ")
        for word in sorted(DISCLOSING_WORDS.split(), key=len, reverse=True)
    )
    + r")(?!\w)"
)
NO_WORD = re.compile(r"[^\w]+")
NUMBER_WORDS = "nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
# An amount such as Rp10.000.000 has eight digits, two years beside each other have eight: from nine on it is a number to call.
PHONE = re.compile(
    r"(?<!\w)(?:\+?62|0)[\s.()-]*8(?:[\s.()-]*\d){6,}"
    r"|(?<![\w.])(?!(?:19|20)\d\d\b)\+?\d(?:[\s.()-]*\d){8,}"
    rf"|\b(?:(?:{NUMBER_WORDS})[\s,.-]+){{6,}}(?:{NUMBER_WORDS})\b",
    re.IGNORECASE,
)
# The bounds keep a long text without spaces from being read once for each of its letters.
EMAIL = re.compile(r"[^\s@]{1,64}\s?(?:@|\(at\)|\[at\])\s?[^\s@]{1,253}\.[^\s@]+", re.IGNORECASE)
LINK = re.compile(
    r"(?:https?://|www\.|wa\.me|t\.me)\S*|\b[\w-]{1,63}\.(?:com|id|org|me|link|ly|app)\b(?:/\S*)?",
    re.IGNORECASE,
)
ACCOUNT = re.compile(
    r"(?<!\w)@[\w.]{3,}|\b(?:ig|instagram|fb|facebook|tiktok|telegram|wa|whatsapp)\s*[:=]\s*\S+",
    re.IGNORECASE,
)
CONTACTS = (
    ("alamat email", EMAIL),
    ("tautan", LINK),
    ("nomor telepon", PHONE),
    ("akun media sosial", ACCOUNT),
)
# Names that are also ordinary words: saying "hasil bagus" gives nobody away.
ORDINARY = """
anak bagus baik bakti bin binti bunga cahaya dari dua indah jaya karya kerja laut muda mulia putra putri rapi rejeki
sabar sejati setia suci
"""


def discloses(text: str) -> list[str]:
    """What the text gives away, as things to take out of it: `nomor telepon`, `kata “rehab”`; empty if it is safe."""
    found = [f"kata “{word}”" for word in dict.fromkeys(DISCLOSING.findall(_plain(text)))]
    rest = text
    for what, pattern in CONTACTS:
        # An address holds a domain, and a link may hold digits: each is told once.
        rest, count = pattern.subn(" ", rest)
        if count:
            found.append(what)
    return found


def name_parts(name: str) -> list[str]:
    """The words of a name that would name the person, in lower case; short and ordinary words do not."""
    ordinary = ORDINARY.split()
    words = dict.fromkeys(NO_WORD.sub(" ", name.casefold()).split())
    return [word for word in words if len(word) >= 3 and word not in ordinary]


def names_in(text: str, name: str) -> list[str]:
    """The parts of a person's name that stand in the text as whole words."""
    words = set(_plain(text).split())
    return [part for part in name_parts(name) if part in words]


def without_contacts(text: str) -> str:
    """The text without what `discloses` calls a contact."""
    for _, pattern in CONTACTS:
        text = pattern.sub(" ", text)
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Words one space apart, then the same with hidden ones laid bare: `b.n.n`, `r e h a b`, `re-hab`."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(each for each in folded if not unicodedata.combining(each))
    spaced = NO_WORD.sub(" ", folded).strip()
    spelled = re.sub(r"\b(\w) (?=\w\b)", r"\1", spaced)
    joined = NO_WORD.sub(" ", re.sub(r"(?<=\w)[-._*](?=\w)", "", folded))
    return " | ".join(dict.fromkeys((spaced, spelled, joined)))
