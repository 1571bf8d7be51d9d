"""How unevenly generated vacancies are spread, and what their adverts say."""

from jobs.tables import EmploymentType
from portal.tables import Education

AGE_DAYS = 45
"""Mean age: most vacancies are some weeks old, a few are months old."""
WAITED = 0.1
"""The share that was published long after it was written."""
# Half of the work on offer is in western Java; weights of provinces by Kemendagri code, 1 for all others.
PROVINCES = {
    "31": 14,
    "32": 20,
    "36": 9,
    "33": 10,
    "35": 12,
    "34": 3,
    "12": 4,
    "51": 4,
    "73": 3,
    "64": 3,
    "21": 3,
}
TYPES = {
    EmploymentType.PERMANENT: 25,
    EmploymentType.CONTRACT: 40,
    EmploymentType.DAILY: 14,
    EmploymentType.PART_TIME: 8,
    EmploymentType.PIECEWORK: 4,
    EmploymentType.APPRENTICESHIP: 5,
    EmploymentType.PARTNERSHIP: 4,
}
LEVELS = {
    None: 25,
    Education.SD: 6,
    Education.SMP: 15,
    Education.SMA: 44,
    Education.DIPLOMA: 6,
    Education.SARJANA: 4,
}
FORMS = ["PT", "CV", "UD", "Toko", "Bengkel", "Koperasi"]
FIRST = [
    "Maju",
    "Karya",
    "Sumber",
    "Mitra",
    "Cahaya",
    "Berkah",
    "Sinar",
    "Anugerah",
    "Tunas",
    "Harapan",
    "Bumi",
    "Mandala",
    "Nusa",
    "Surya",
]
SECOND = [
    "Jaya",
    "Abadi",
    "Makmur",
    "Sejahtera",
    "Utama",
    "Bersama",
    "Mandiri",
    "Sentosa",
    "Lestari",
    "Perkasa",
    "Persada",
    "Gemilang",
]
ADVERTS = [
    "Dibutuhkan segera: {}",
    "{} (penempatan {})",
    "{} berpengalaman",
    "{} pemula",
    "{} shift malam",
    "{}",
]
SENTENCES = [
    "Kami membuka kesempatan bagi Anda yang rajin dan mau belajar bersama tim kami di {place}.",
    "Tugas sehari-hari: {skills}.",
    "Bekerja dengan rapi, menjaga kebersihan tempat kerja, dan mengikuti aturan keselamatan.",
    "Jam kerja Senin sampai Sabtu, pukul 08.00 sampai 17.00, dengan waktu istirahat satu jam.",
    "Tersedia makan siang, BPJS Kesehatan dan BPJS Ketenagakerjaan.",
    "Pengalaman di bidang yang sama diutamakan, tetapi lulusan baru boleh melamar.",
    "Bersedia lembur bila ada pesanan besar; lembur dibayar sesuai ketentuan.",
    "Lokasi mudah dijangkau angkutan umum dan tersedia tempat parkir.",
]
TIMES = {None: 55, ("day",): 28, ("day", "evening"): 9, ("day", "evening", "night"): 5, ("night",): 3}
"""Parts of the day; most adverts do not say."""
WAGES = [None, 2_200_000, 2_600_000, 3_000_000, 3_600_000, 4_200_000, 4_900_000, 5_400_000]
