"""What surrounds a trade in an advert and says nothing about it."""

import re

SEPARATORS = re.compile(
    r"[/,;|&+\n()\[\]{}•·:–—]| - |\b(?:dan|atau|serta|and|or|merangkap|sekaligus|plus|dll|dsb)\b", re.I
)
"""Between two trades in one text: "ART / babysitter", "kasir merangkap admin"."""

# From these words on an advert speaks of where, how much, or of whom.
TAIL = re.compile(
    r"\b(?:area|wilayah|penempatan|lokasi|domisili|daerah|sekitar|cabang|untuk|utk|di|min(?:imal)?|max|maks(?:imal)?|gaji|upah|"
    r"salary|usia|umur|pendidikan|lulusan|pengalaman|berpengalaman|syarat|kualifikasi|hub(?:ungi)?|wa|info|tlp|telp|yang|yg|dengan|"
    r"bisa|siap|mau|kerja\s+di|harian\s+gaji|full\s*time|part\s*time|fulltime|parttime)\b.*$",
    re.I | re.S,
)
_ADVERT = """
butuh dibutuhkan membutuhkan dibutuhin dicari dicariin mencari cari nyari open opening recruitment
rekrutmen rekrut hiring urgent urgently segera cepat lowongan loker lowker info vacancy job jobs
vacancies kerja pekerjaan karyawan karyawati pegawai pekerja tenaga personil personel posisi jabatan
bagian sebagai pria wanita laki perempuan cewek cowok pa pi l p w orang org baru terbaru wfo wfh remote
onsite freelance magang internship intern pkl kontrak tetap lepas harian borongan shift sif training
trainee berpengalaman pengalaman fresh graduate freshgraduate sma smk smp sd s1 d3 sederajat kami the a
an for with pt cv ud tb toko2 hari ini langsung gercep walk in interview dong gan bro sis kak min nih ya
aja saja juga ada yang sedang lagi ingin mau jd jadi senior junior sr jr muda ahli handal terampil
profesional professional pro mitra team tim member crew bisa mampu menguasai dapat full part time
fulltime parttime
"""
ADVERT = frozenset(_ADVERT.split())
"""Words an advert is made of; none of them tells one trade from another."""


def without_tail(text: str) -> str:
    """The text up to where it stops naming the trade, or all of it when nothing would be left."""
    return TAIL.sub("", text).strip() or text
