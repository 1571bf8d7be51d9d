"""What surrounds a trade in an advert and says nothing about it."""

import re

from training.vocabulary.spelling import plain

SEPARATORS = re.compile(
    r"[/,;|&+\n()\[\]{}•·:–—]| - |\b(?:dan|atau|serta|and|or|merangkap|sekaligus|sama|plus|dll|dsb)\b", re.I
)
"""Between two trades in one text: "ART / babysitter", "kasir merangkap admin"."""

# From these words on an advert speaks of where, how much, or of whom.
TAIL = re.compile(
    r"\b(?:area|wilayah|penempatan|lokasi|domisili|min(?:imal)?\s+(?:sma|smk|smp|sd|d3|s1|\d)|max|maks(?:imal)?|gaji|upah|salary|"
    r"usia|umur|pendidikan|lulusan|pengalaman|berpengalaman|syarat|kualifikasi|hub(?:ungi)?|wa|tlp|telp|info\s+lengkap|"
    # What is offered, and what else is asked of a person.
    r"mess\s+(?:ada|disediakan|tersedia|gratis)|uang\s+makan|makan\s+(?:\d\s*x|siang|ditanggung|gratis)|tempat\s+tinggal|kosan|bagi\s+hasil|fasilitas|tunjangan|bonus|bpjs|"
    r"(?:sudah|belum)\s+(?:menikah|nikah|kawin)|(?:lebih\s+)?disukai|diutamakan|tidak\s+(?:bertato|bertindik|merokok)|fisik\s+kuat|"
    r"langsung\s+kerja|siap\s+kerja|kerja\s+keras|jujur|disiplin|bertanggung\s*jawab|tinggal\s+dalam|jam\s+kerja)\b.*$",
    re.I | re.S,
)
# Up to these words an advert tells who is looking: "Rumah makan Padang di Bekasi butuh orang untuk cuci piring". "Cari" alone
# is work itself: fish, firewood and scrap are looked for.
HEAD = re.compile(
    r"^.*?\b(?:butuh(?:in|kan)?|(?:mem|di)butuh(?:kan|in)|memerlukan|perlu|dicari|"
    r"(?:men)?cari(?=\s+(?:orang|org|tenaga|karyawan|karyawati|staf|staff|tukang|sopir|supir|penjaga|pekerja)\b))"
    r"\b[\s:!,.]*(?:(?:orang|org)\s+(?:untuk|utk|buat|yang|yg|bisa)\b)?",
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


_CHAT = """
gan agan ane kak kakak bang abang mas mbak om pak bu ibu bapak min admin2 sis bro teh kang uda uni haji assalamualaikum halo permisi
mohon maaf tanya numpang mau pengen pingin ngelamar melamar daftar dong deh sih kok ga gak nggak tidak engga udah sudah belum blm tp
tapi terus trus dulu pernah biasa biasanya tiap setiap hari minggu saya aku sy gue gw kita kami dia mereka itu ini yang yg dan sama
buat untuk utk di ke dari pada pake pakai dengan dgn biar supaya kalau kalo kl pas lagi juga jg bs bisa siap ada adakah apa siapa
dimana mana kapan banyak infal lebaran pagi siang sore selamat makasih terima kasih info nginep menginap
"""
CHAT = frozenset(_CHAT.split())
"""Words of talking; they are left out when a text is weighed as a whole, and kept where a name is looked for."""


def without_noise(text: str) -> str:
    """The words of a text that may tell one trade from another, plain and one space apart; all of them if none is left."""
    words = plain(without_tail(text)).split()
    told = [
        word
        for word in words
        if word not in ADVERT and word not in CHAT and not re.fullmatch(r"\d+\w?", word)
    ]
    return " ".join(told or words)


def without_head(text: str) -> str:
    """The text from where an advert begins to name what is looked for, or all of it where it does not."""
    rest = HEAD.sub("", text)
    return rest if plain(rest) else text


def without_tail(text: str) -> str:
    """The text up to where it stops naming the trade, or all of it when nothing would be left."""
    return TAIL.sub("", text).strip() or text
