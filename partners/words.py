"""What the codes of partners are called on the screen."""

from partners.tables import Size

# KBLI 2025 (Peraturan BPS 7/2025, article 3): its 22 categories, in our own shorter words.
INDUSTRIES: dict[str, str] = {
    "A": "Pertanian, kehutanan, dan perikanan",
    "B": "Pertambangan dan penggalian",
    "C": "Industri pengolahan",
    "D": "Listrik, gas, dan udara dingin",
    "E": "Air, limbah, dan daur ulang",
    "F": "Konstruksi",
    "G": "Perdagangan besar dan eceran",
    "H": "Transportasi dan penyimpanan",
    "I": "Penginapan dan makan minum",
    "J": "Penerbitan, penyiaran, dan konten",
    "K": "Telekomunikasi dan komputer",
    "L": "Keuangan dan asuransi",
    "M": "Real estat",
    "N": "Jasa profesional, ilmiah, dan teknis",
    "O": "Jasa administrasi dan penunjang usaha",
    "P": "Administrasi pemerintahan",
    "Q": "Pendidikan",
    "R": "Kesehatan dan kegiatan sosial",
    "S": "Kesenian, olahraga, dan rekreasi",
    "T": "Jasa lainnya",
    "U": "Rumah tangga sebagai pemberi kerja",
    "V": "Badan internasional",
}
SIZES: dict[str, str] = {
    Size.MICRO_SMALL: "Usaha mikro atau kecil",
    Size.LARGER: "Usaha menengah atau besar",
}
