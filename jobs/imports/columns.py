"""The columns of a spreadsheet of vacancies: our names in Indonesian, and what else they may be called."""

import re
from collections.abc import Sequence

# Field of the row -> the names its column may have, ours first. docs/import.md explains them. What is not here is not read:
# columns about sex, age, marital status or looks are left out on purpose.
COLUMNS: dict[str, str] = {
    "source_id": "id kode nomor_lowongan id_lowongan source_id vacancy_id job_id",
    "source": "sumber source",
    "title": "judul judul_lowongan jabatan posisi nama_lowongan title job_title position",
    "employer": "perusahaan nama_perusahaan pemberi_kerja company company_name employer",
    "industry": "industri bidang_usaha sektor industry industry_name",
    "job_function": "fungsi fungsi_kerja bidang_pekerjaan job_function job_function_name category",
    "employment_type": "jenis jenis_pekerjaan jenis_kontrak tipe_pekerjaan "
    "type job_type job_type_name employment_type",
    "skills": "keterampilan keahlian kompetensi skills skill",
    "city": "kota kabupaten kabupaten_kota kota_kabupaten kab_kota "
    "lokasi wilayah city city_name location region",
    "province": "provinsi province province_name",
    "region_code": "kode_wilayah kode_kemendagri region_code city_code",
    "description": "deskripsi uraian uraian_tugas keterangan description job_description",
    "qualification": "kualifikasi persyaratan syarat qualification qualifications requirements",
    "quota": "jumlah kebutuhan kuota jumlah_lowongan quota positions openings",
    "wage": "upah gaji wage salary",
    "wage_min": "upah_min upah_minimum gaji_min gaji_minimum "
    "wage_min min_salary salary_min min_salary_amount",
    "wage_max": "upah_maks upah_max upah_maksimum gaji_maks gaji_max "
    "gaji_maksimum wage_max max_salary salary_max max_salary_amount",
    "wage_shown": "upah_ditampilkan tampilkan_upah tampilkan_gaji wage_shown show_salary",
    "education": "pendidikan pendidikan_minimal pendidikan_min education min_education",
    "published_at": "tanggal_terbit terbit diterbitkan tanggal_tayang published_at published posted_at",
    "closes_on": "tanggal_tutup tutup ditutup batas_lamaran berlaku_sampai "
    "closes_on closes_at expires_at deadline closing_date",
    "apply_url": "tautan tautan_lamaran link cara_melamar kontak url apply_url",
    "address": "alamat alamat_kerja address",
}
_FIELDS = {name: field for field, names in COLUMNS.items() for name in names.split()}


def label(field: str) -> str:
    """What the person who made the file calls a field: our Indonesian column name."""
    return COLUMNS[field].split()[0]


def fields_of(header: Sequence[object]) -> list[str | None] | None:
    """The field of each column, None for columns that are not read; None altogether when this is no header.

    A header names the title's column and at least one more. Capitals, spaces and signs do not matter: "Upah Min."
    is upah_min.
    """
    fields = [_FIELDS.get(re.sub(r"[^a-z0-9]+", "_", str(cell).casefold()).strip("_")) for cell in header]
    named = {field for field in fields if field}
    return fields if "title" in named and len(named) > 1 else None
