"""The words of short messages from villages by what they mean: Indonesian, Palembang Malay and a little Javanese.

Spellings are ours, as such messages are typed; a word that stands here is never taken for a typing error of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

READY, WEAK, YES = "ready", "weak", "yes"
"""Says ready; says so only where nothing else is said (bisa, boleh); says so or is a particle (ya)."""
NEG, REFUSE, DOUBLE = "neg", "refuse", "double"
"""Turns the word after it; refuses by itself; turns nothing that can be told (bukan, kurang)."""
DATE_WORD, OTHER, MOVE, DAY, RELATIVE, WAIT = "date_word", "other", "move", "day", "relative", "wait"
ROMPOK, QUESTION, HEDGE, TROUBLE = "rompok", "question", "hedge", "trouble"
UNIT, HOUSEHOLD, APPROX, KEYWORD, POLITE, PLAIN, COME = (
    "unit",
    "household",
    "approx",
    "jemput",
    "polite",
    "plain",
    "come",
)
MONTH, PLACE_NOUN, NUMBER_WORD, DAY_LABEL, CLOCK = "month", "place_noun", "number_word", "day_label", "clock"
SUSPECT = "suspect"
"""Not a word of the table: near two of them, so that it is neither."""

_TABLE = {
    READY: "siap siaap siyap syiap siep siip ready sip sipp sippp setuju bersedia sedia sanggup ok oke okey okay okeh ock okk"
    " oce acc yes galak monggo mangga",
    WEAK: "saged saget bisa bs biso iso bise boleh mau pacak silakan silahkan silaken mantap dapat dpt",
    YES: "ya iya y iyo yo iye yoi yaa yaaa iyaa ye nggih inggih njih betul benar",
    NEG: "tidak tdk tak tk td ga gak gk g ngga nggak gag enggak engga enggk endak ndak nda dak dk idak idk tida tidk tdak tiak"
    " tidaak kagak kaga ora belum blm blom belom lum bloom blum durung mboten no jangan jgn jangn janganlah tanpa",
    DOUBLE: "bukan bkn bukannya selain kecuali kurang hampir setengah jarang",
    REFUSE: "batal batall dibatalkan batalkan dibatalin batalin pembatalan cancel dicancel tolak menolak ditolak keberatan",
    DATE_WORD: "hari hr hri haari ari harii waktu jadwal",
    OTHER: "lain laen lainn lainnya laennyo lainnyo liyo laina",
    MOVE: "ganti diganti gantian pindah dipindah pindahkan dipindahkan tunda ditunda undur diundur diundurkan undurkan mundur"
    " dimundurkan mundurkan geser digeser ubah diubah rubah dirubah berubah minta mintak usul usulkan",
    RELATIVE: "besok bsk bsok besuk lusa esok sekarang skrg skrang kemarin kmrn seminggu sebulan",
    WAIT: "nanti nnt nanti2 tunggu tgg tggu dulu dl dlu kelak",
    ROMPOK: "rompok rumpok rompook rompk rmpok ropok rompo rompog rompak rompoq rompox",
    QUESTION: "kapan kpn kapankah berapa brp brapa berapo piro apa apakah apo opo siapa siapo sapo siapakah mana mano dimana"
    " dimano kemana bagaimana bgmn bagaimn gimana gmn gmana cakmano cemano piye kenapa knp mengapa ngapo ngapa bisakah"
    " bolehkah adakah benarkah bilo tanya bertanya nanya nanyo haruskah",
    HEDGE: "kalau kalo klo kl klau jika jk bila apabila seandainya andai asal asalkan tapi tp tpi tetapi namun cuma cuman hanya"
    " mungkin mngkin barangkali kayaknya sepertinya kelihatannya atau ato atw tergantung usahakan diusahakan semoga mudah2an"
    " mudahan entah ragu ragu2 bingung meskipun walaupun walau malah padahal sebaliknya antara",
    TROUBLE: "putus banjir rusak longsor libur hajatan macet gagal sakit sibuk repot susah sulit kosong salah masalah kendala"
    " halangan berhalangan terkendala musibah melayat duka takziah tahlilan batas",
    UNIT: "orang org orng orag oran wong warga jiwa org2 ornag orangan jw peserta",
    HOUSEHOLD: "kk keluarga kepala rumah umah gubuk pondok rmh",
    APPROX: "sekitar kira kira2 kurang2 lebih lbh kurleb sktr kr krg kiro kiro2 an jumlah jml jumlahnya total perkiraan estimasi"
    " hampir ada sekitaran",
    KEYWORD: "jemput jempt jemputt jmput jemptu jempot jumput jeput jemput2 jempput jemputs",
    COME: "datang dtg dateng hadir perlu usah jadi mulai",
    PLACE_NOUN: "blok blk block afdeling afd divisi div km rt rw dusun dsn petak kebun kebon jalur pal sp unit gang gg no nomor"
    " simpang trans kampung talang tl jalan jl jln lorong lrg rk kav kavling pos camp kem barak mess patok portal",
    CLOCK: "jam jm pukul pkl pk",
    DAY_LABEL: "tgl tanggal tggl tgal",
    MONTH: "januari jan februari feb maret mar april apr mei juni jun juli jul agustus agt ags agu september sep sept oktober okt"
    " november nov nopember desember des",
    POLITE: "assalamualaikum assalammualaikum asalamualaikum asslamualaikum aslm ass askum salam wassalam wassalamualaikum"
    " waalaikumsalam wr wb warahmatullahi wabarakatuh pak pk bpk bapak bapa bu ibu buk mas mbak mba bang abang kak kakak om"
    " dek adek min admin komandan ndan bos bro gan sobat yth kepada terima kasih trima makasih mksh mks makasi tks thx trims"
    " trimakasih terimakasih trm ksh kasi tq maturnuwun suwun nuwun selamat slamat slmt met pagi siang sore malam malem pg mlm"
    " mohon mhn maaf maap sori sorry permisi tolong tlg tolonglah harap hormat insyaallah insyaalloh insya inshaallah isyaallah"
    " allah alhamdulillah alhamdullilah amin aamiin bismillah dari kami kmi kita kito kitek aku ku saya sy sayo kulo desa ds"
    " kelurahan kel kades sekdes kadus lurah camat kecamatan kec pemdes perangkat aparat disdukcapil dukcapil capil kabid petugas"
    " tim tem bapak2 ibu2 rombongan yang yg nya dengan dgn dg untuk utk untk di dan dn serta juga jg jugo pun lah deh dong kok"
    " sih nah oh o ooh eh hehe hehehe haha saja aja bae baelah ajo wae ae sahaja mawon ini itu tu tuh ni nih iko itulah begitu"
    " gitu nian niannyo nan sekali skali banget bgt sangat amat sudah sdh udah udh dah lah telah akan akn segera selalu semua"
    " semuanya smua seluruh galo galonyo pokoknya kabar baik sehat jawaban jawab balas balasan konfirmasi konfirmasinya info"
    " infonya pesan lapor laporan melaporkan izin ijin hp nomer silaturahmi karena krn karna sebab soalnya kareno"
    " lokasi lokasinya tempat tempatnya nama namanya pihak ke sini kesini kode nomornya bidan guru imam ustad ustadz",
    PLAIN: "apa2 apo2 papa napa menunggu menanti ditunggu ditunggunya dinanti nunggu kedatangan kedatangannya laksanakan dilaksanakan pelaksanaan"
    " kegiatan rekam perekaman merekam direkam ektp ktp e masyarakat rakyat penduduk dikumpulkan kumpul kumpulkan berkumpul"
    " balai kantor rumah2 kumpulan undangan diundang diumumkan diberitahu diberitahukan dikasih dikabari dikabarkan kabari kabarkan"
    " membantu bantu dibantu mendukung dukung tunggulah menerima terimo diterima menyambut sambut laksana siapkan disiapkan"
    " menyiapkan persiapan kesiapan siaplah bersiap siaga siapapun bulan bulanan tahun thn minggunya mingguan sisa siang siar sial"
    " siak siam asap sapi satu dua tiga kami kamis2 kamu kalian dia mereka ribu baru baris buruk rabun seni semi selama selalu"
    " sela jumlahkan jimat jemur jempol tunggal jumpa jumpo suap sikap setiap tiap siapo2 lari main kain lahan lagi lg terus trus"
    " lalu kelompok kompak rombong rombongannya pohon banyak byk sedikit hujan panas cuaca jembatan sungai mesin alat berkas"
    " listrik genset sinyal jaringan panen kerja bekerja orang2 tua muda anak lansia pemuda pemudi tetap ttp pasti aman lancar"
    " tahu tau tahun2 paham mengerti ngerti maksud maksudnya pokok hadirkan makan minum malu lama cepat penuh penting bola bila2"
    " mata mati hidup tentu nilai lihat liat liatlah melihat harus wajib kosongkan waktunya harinya jadwalnya depan esoknya ulang"
    " tidaknya tidaklah belumlah belumnya bukalah buka bukaan bulat belah belajar balik beli bukit batu bata datar datarnya"
    " bisanya bisalah biasanya biasa bias bising sapa sama sampai sampe smp semoga2 senang seneng senin2 sabar sabut sambil rabut",
}
_DAYS = {
    "senin": "senin senen snen snin snn sennin sinin seninn senein isnin",
    "selasa": "selasa slasa sls slsa selaso selase seloso salasa",
    "rabu": "rabu rbu rebu rabo rebo rabuu rabuh",
    "kamis": "kamis kemis kmis kms kamiss kemes kamish",
    "jumat": "jumat jumaat jmat jmt juma jumatt jemuat jemat jumad jumuah jumahat",
    "sabtu": "sabtu saptu sbtu sbt sabtuu setu sabto septu",
    "minggu": "minggu mingu mgu mgg mnggu ahad akad mingguu ahat",
}
_UNITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
NUMBERS = MappingProxyType(
    {word: at for at, word in enumerate(_UNITS)}
    | {"sepuluh": 10, "sebelas": 11, "seratus": 100, "duo": 2, "tigo": 3, "limo": 5, "limabelas": 15, "duapuluh": 20}
)
TEENS, TENS, HUNDREDS = "belas", "puluh", "ratus"

MEANING = MappingProxyType(
    {spelling: meaning for meaning, text in reversed(_TABLE.items()) for spelling in text.split()}
    | dict.fromkeys((*NUMBERS, TEENS, TENS, HUNDREDS), NUMBER_WORD)
    | {spelling: DAY for text in _DAYS.values() for spelling in text.split()}
)
"""What a spelling means; earlier lines of the table go before later ones."""
DAY_OF = MappingProxyType({spelling: day for day, text in _DAYS.items() for spelling in text.split()})

TARGETS = MappingProxyType(
    {
        "siap": READY,
        "setuju": READY,
        "bersedia": READY,
        "tidak": NEG,
        "belum": NEG,
        "enggak": NEG,
        "jangan": NEG,
        "bukan": DOUBLE,
        "batal": REFUSE,
        "dibatalkan": REFUSE,
        "menolak": REFUSE,
        "rompok": ROMPOK,
        "jemput": KEYWORD,
        "kapan": QUESTION,
        "berapa": QUESTION,
        "bagaimana": QUESTION,
        "dimana": QUESTION,
        "orang": UNIT,
    }
    | dict.fromkeys(_DAYS, DAY)
)
"""Words that are recognised through typing errors; all others have to be written as they stand in the table."""

PHRASES: tuple[tuple[str, str], ...] = (
    ("apa apa", PLAIN),
    ("apo apo", PLAIN),
    ("minta maaf", POLITE),
    ("mintak maaf", POLITE),
    ("minta tolong", POLITE),
    ("apa kabar", POLITE),
    ("gimana kabar", POLITE),
    ("bagaimana kabar", POLITE),
    ("insya allah", POLITE),
    ("in sya allah", POLITE),
    ("kapan saja", POLITE),
    ("kapan pun", POLITE),
    ("kapan aja", POLITE),
    ("siapa saja", QUESTION),
    ("apa saja", QUESTION),
    ("selamat siang", POLITE),
    ("kami tunggu", PLAIN),
    ("kito tunggu", PLAIN),
    ("saya tunggu", PLAIN),
    ("kita tunggu", PLAIN),
    ("warga tunggu", PLAIN),
    ("di tunggu", PLAIN),
    ("minggu depan", RELATIVE),
    ("minggu dpn", RELATIVE),
    ("minggu ini", RELATIVE),
    ("minggu besok", RELATIVE),
    ("minggu lagi", RELATIVE),
    ("minggu muko", RELATIVE),
    ("bulan depan", RELATIVE),
    ("hari ini", RELATIVE),
    ("hari itu", PLAIN),
    ("jam berapa", QUESTION),
    ("kurang lebih", APPROX),
    ("kurang lbh", APPROX),
    ("lebih kurang", APPROX),
    ("tempat lain", PLAIN),
    ("desa lain", PLAIN),
    ("orang lain", PLAIN),
    ("yang lain", PLAIN),
    ("lain kali", TROUBLE),
)
"""Words that mean something together; of two that begin alike the first listed holds."""

GLUE = frozenset(
    "siap ok oke tidak tdk belum blm bisa ga gak dak idak batal hari hr lain laen rompok pak bu ya ini jadi sudah kami"
    " senin selasa rabu kamis jumat sabtu minggu bukan jangan".split()
)
"""Words that are told apart where the spaces between them were left out."""


def similar_targets() -> Iterator[tuple[str, str, str]]:
    """Yield each word known through typing errors, its meaning, and what makes it another word (the day, for days)."""
    for word, meaning in TARGETS.items():
        yield word, meaning, DAY_OF.get(word, meaning)
