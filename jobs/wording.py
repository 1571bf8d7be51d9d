"""Words that a vacancy must not carry: grounds nobody may be chosen by, money asked of applicants, papers held back.

Sources: circular SE Menaker M/6/HK.04/V/2025 (28 May 2025) against discrimination in recruitment; SE Menaker
M/5/HK.04.00/V/2025 (20 May 2025) against holding back diplomas and other personal papers; UU 8/2016 on disability.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    AGE = "age"
    LOOKS = "looks"
    MARRIAGE = "marriage"
    BODY = "body"
    SEX = "sex"
    RELIGION = "religion"
    ORIGIN = "origin"
    SKIN = "skin"
    DISABILITY = "disability"
    FEE = "fee"
    HELD_PAPERS = "held_papers"
    OTHER_PAPERS = "other_papers"


FAIR = "(SE Menaker M/6/HK.04/V/2025)"
WHY: dict[Ground, str] = {
    Ground.AGE: f"Batas usia tidak boleh menjadi syarat {FAIR}. Bila sifat pekerjaannya benar-benar menuntut, "
    "bicarakan alasannya dengan petugas.",
    Ground.LOOKS: f"Penampilan tidak boleh menjadi syarat {FAIR}. Tulis sikap kerjanya, misalnya “rapi” atau “ramah”.",
    Ground.MARRIAGE: f"Status pernikahan dan keluarga tidak boleh menjadi syarat {FAIR}.",
    Ground.BODY: f"Tinggi dan berat badan tidak boleh menjadi syarat {FAIR}. Tulis tugasnya, misalnya “mengangkat barang 20 kg”.",
    Ground.SEX: f"Jenis kelamin tidak boleh menjadi syarat {FAIR}. Tulis keterampilannya.",
    Ground.RELIGION: f"Agama tidak boleh menjadi syarat {FAIR}.",
    Ground.ORIGIN: f"Suku dan asal-usul tidak boleh menjadi syarat {FAIR}.",
    Ground.SKIN: f"Warna kulit tidak boleh menjadi syarat {FAIR}.",
    Ground.DISABILITY: f"Penyandang disabilitas dinilai dari kemampuannya {FAIR}. Tulis tugasnya.",
    Ground.FEE: "Pelamar tidak boleh dimintai uang.",
    Ground.HELD_PAPERS: "Ijazah dan surat asli tidak boleh ditahan (SE Menaker M/5/HK.04.00/V/2025).",
    Ground.OTHER_PAPERS: "Syarat SKCK dan SKBN diisi di bagian Surat, lengkap dengan kapan diminta dan siapa yang membayar.",
}

# Said of something else, or said to shut nobody out. Taken away before anything is looked for.
HARMLESS = re.compile(
    r"""
    \b(?:
      (?:tanpa|tidak\ ada|bebas|tidak\ memandang|tanpa\ memandang|tidak\ melihat)\ (?:syarat\ |ada\ )?
        (?:batas(?:an)?\ )?(?:usia|umur|agama|suku|ras|gender|jenis\ kelamin)
        (?:(?:,|\ dan|\ atau|,\ dan|,\ atau)\ (?:usia|umur|agama|suku|ras|gender|jenis\ kelamin))*
    | (?:usia|umur)\ (?:tidak\ dibatasi|bebas|berapa\ pun|lanjut|dini|sekolah|pakai)
    | (?:semua|segala)\ (?:usia|umur|agama|suku|gender)
    | (?:anak|balita|bayi|lansia|siswa|murid|peserta\ didik|pasien|kendaraan|mobil|motor|mesin|tanaman|ternak|ayam|ikan|bibit)
        (?:-anak|\ \w+)?\ (?:ber)?(?:usia|umur)\ [^,.;\n]*
    | (?:umur|usia)\ (?:kendaraan|mobil|motor|mesin|tanaman|ternak|ayam|ikan|bibit)[^,.;\n]*
    # The least age at which the law lets anybody do any work (UU 13/2003, articles 68 and 1.26).
    | (?:(?:usia|umur|berusia|berumur)\ )?(?:min(?:imal|imum)?\.?|paling\ sedikit|sudah|di\ atas)\ (?:usia\ |umur\ )?18(?:\ tahun)?(?!\d|\s*[-–])
    | (?:(?:usia|umur|berusia|berumur)\ )?18\ (?:tahun\ )?(?:ke\ atas|\+)
    | (?:laki-laki|laki2|pria|putra|l)\ ?(?:dan|atau|maupun|/|&|,)\ ?(?:perempuan|wanita|putri|p)
    | (?:perempuan|wanita|putri|p)\ ?(?:dan|atau|maupun|/|&|,)\ ?(?:laki-laki|pria|putra|l)
    | (?:pakaian|baju|busana|celana|sepatu|sandal|tas|jaket|jas|kemeja|kaos|kaus|gamis|kebaya|seragam|pakaian\ dalam|aksesori(?:s)?|topi|jam\ tangan
        |rambut|potong|pangkas|cukur|salon|kosmetik|parfum|toilet|kamar\ mandi|asrama|mes|mess|kos|kost|klinik|majalah|sepeda
        |pelanggan|tamu|klien|pasien|penumpang|jemaah|jamaah|kelas|mode|fesyen|fashion|model|ukuran)
        \ (?:olahraga\ |anak\ )?(?:pria|wanita|laki-laki|perempuan|muslim|muslimah|islami)
    | (?:guru|ustaz|ustadz|pengajar|pelajaran|pendidikan|sekolah|perguruan|rumah\ sakit|universitas|yayasan|buku|toko|butik|masakan)
        \ (?:agama\ )?(?:islam|kristen|katolik|hindu|buddha|muslim|muslimah)
    | suku\ (?:cadang|bunga|dinas|kata)
    | (?:tas|sepatu|sandal|jaket|sofa|jok|bahan|sabuk|ikat\ pinggang|dompet|mengupas|kupas|mengelupas|daging|buah|udang)\ kulit\ \w+
    | penyakit\ keturunan
    | (?:tanpa|bebas|tidak\ ada|gratis|tidak\ (?:di)?(?:pungut|kenakan|memungut|meminta))\ (?:pungutan\ )?(?:biaya|uang|deposit)[^.;\n]*
    | tidak\ (?:akan\ |ada\ )?(?:menahan|penahanan|ditahan|menyimpan)[^.;\n]*
    | ijazah[^.;\n]{0,20}tidak\ (?:akan\ )?ditahan
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)

DIRECTION = (
    r"(?:maks(?:imal|imum)?\.?|min(?:imal|imum)?\.?|paling|di bawah|di atas|dibawah|diatas|antara|kurang dari"
    r"|tidak lebih|sampai|hingga|batas|s/d|<|>|:|=|\d)"
)
BARRED: dict[Ground, re.Pattern[str]] = {
    ground: re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE)
    for ground, pattern in {
        Ground.AGE: rf"(?:ber)?(?:usia|umur)(?:nya)?\s*{DIRECTION}[^,.;\n]{{0,30}}"
        r"|(?:batas(?:an)?|maks(?:imal|imum)?\.?|min(?:imal|imum)?\.?|syarat)\s+(?:usia|umur)[^,.;\n]{0,20}"
        r"|(?:maks(?:imal|imum)?\.?|min(?:imal|imum)?\.?)\s*\d\d\s*(?:tahun|thn|th)(?!\w)(?!\s+(?:pengalaman|kerja|di|bekerja|sebagai))"
        r"|\d\d\s*[-–]\s*\d\d\s*(?:tahun|thn|th)(?!\w)|usia (?:muda|produktif)|fresh ?graduate (?:saja|only)",
        Ground.LOOKS: r"(?:ber)?penampilan\s+(?:yang\s+)?(?:menarik|cantik|ganteng|modis|oke|ok|good looking)"
        r"|good\s*-?\s*looking|berparas|cantik|ganteng|tampan|rupawan|wajah menarik|menarik secara fisik",
        Ground.MARRIAGE: r"(?:belum|tidak|sudah|boleh)\s+(?:pernah\s+)?(?:menikah|berkeluarga|kawin)|lajang|bujang(?:an)?(?!\w)"
        r"|status\s+(?:pernikahan|perkawinan|menikah|single|lajang)|(?:masih\s+)?single(?=\s*(?:$|[,.;)\n]|saja))"
        r"|(?:tidak|sedang|tidak sedang)\s+hamil|janda|duda(?!\w)",
        Ground.BODY: r"(?:tinggi|berat)\s+badan[^,.;\n]{0,30}|\btb\s*/?\s*bb\b|\btb\s*(?:min|maks|\d)[^,.;\n]{0,12}"
        r"|tinggi\s+(?:min(?:imal)?\.?\s*)?1\d\d(?:\s*cm)?|(?:badan|tubuh|postur)\s+(?:proporsional|ideal|langsing|tegap)",
        Ground.SEX: r"(?:laki-laki|laki2|pria|wanita|perempuan|cowok|cewek|gadis)(?!\w)"
        r"|jenis kelamin[^,.;\n]{0,20}|gender\s*:[^,.;\n]{0,20}",
        Ground.RELIGION: r"ber?agama\s+\w+|agama\s*:\s*\w+|seiman|non[- ]?muslim|muslim(?:ah)?(?!\w)|ber(?:hijab|jilbab)"
        r"|(?:wajib|harus|bersedia|khusus|diutamakan)\s+(?:memakai\s+|pakai\s+|lepas\s+)?(?:hijab|jilbab|islam|kristen|katolik|hindu|buddha)",
        Ground.ORIGIN: r"suku\s+\w+|etnis(?:\s+\w+)?|keturunan(?:\s+\w+)?|pribumi|putra(?:/i|-putri)?\s+daerah|(?:warga|orang|penduduk)\s+asli",
        Ground.SKIN: r"berkulit\s+\w+|warna\s+kulit|kulit\s+(?:putih|cerah|terang|bersih|sawo matang)",
        Ground.DISABILITY: r"(?:tidak|tanpa)\s+(?:boleh\s+|ada\s+)?cacat\s+(?:fisik|tubuh|badan|mental)"
        r"|(?:tidak|bukan|non)[- ]*(?:difabel|disabilitas|penyandang disabilitas)",
        Ground.FEE: r"(?:biaya|uang|dana)\s+(?:lamaran|melamar|pendaftaran|seleksi|penempatan|masuk kerja|jaminan|deposit|pelicin)"
        r"|(?:bayar|membayar|menyetor|setor|dikenakan|transfer)\s+(?:biaya|uang|deposit|dp|administrasi|seragam)[^,.;\n]{0,20}"
        r"|deposit\s+(?:kerja|karyawan|uang)",
        Ground.HELD_PAPERS: r"(?:menahan|tahan|ditahan|penahanan|titip|menitipkan|menjaminkan|jaminan|dijaminkan|serahkan|menyerahkan)"
        r"\s+(?:\w+\s+){0,2}ijazah(?:\s+asli)?|ijazah\s+(?:\w+\s+){0,2}(?:ditahan|dijaminkan|jaminan|dititipkan|disimpan perusahaan)",
        Ground.OTHER_PAPERS: r"(?:bebas|tes|test|uji|bersih dari|tidak (?:pernah )?(?:terlibat|memakai|menggunakan)|mantan|eks|bekas)"
        r"\s+(?:dari\s+)?(?:narkoba|narkotika|napza|obat terlarang|napi|narapidana|pecandu)|narkoba|narkotika|napza",
    }.items()
}


@dataclass(frozen=True)
class Remark:
    """Words found in a text, as they were written, and why they cannot stay."""

    ground: Ground
    words: str

    @property
    def sentence(self) -> str:
        return f"“{self.words}”: {WHY[self.ground]}"


def remarks(text: str) -> list[Remark]:
    """What the text must not say, one remark for each ground, in the order of the grounds."""
    rest = HARMLESS.sub(" · ", text)
    found = ((ground, pattern.search(rest)) for ground, pattern in BARRED.items())
    return [Remark(ground, " ".join(match[0].split())) for ground, match in found if match]


def refusals(texts: Mapping[str, str]) -> dict[str, str]:
    """field -> one sentence with all that it must not say; fields without a remark are left out."""
    found = {field: remarks(text) for field, text in texts.items()}
    return {field: " ".join(remark.sentence for remark in some) for field, some in found.items() if some}
