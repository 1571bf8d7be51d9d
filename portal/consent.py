"""What a client may agree to beyond what using the portal needs: off until they say yes, over the moment they say no.

A consent is a dated row with the version of the words that were read (UU 27/2022, articles 20 to 22 and 40). Changing the
words means a new version; a consent to an older one goes on for what that one said.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from portal.audit import record
from portal.database import change
from portal.people import ADULT, Actor, age_on
from portal.tables import Client, Consent, ConsentChannel, ConsentPurpose, Role

SHORTEST = 10
"""Letters of the sentence in which staff record how the client agreed."""


class NotPossible(Exception):
    """This consent cannot be given; the message says why."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is read before agreeing, sentence by sentence."""

    version: str
    title: str
    sentences: tuple[str, ...]


WORDINGS: dict[ConsentPurpose, Wording] = {
    ConsentPurpose.BLIND_CARD: Wording(
        version="1",
        title="Kartu tanpa nama boleh dilihat pemberi kerja yang mencari",
        sentences=(
            "Pemberi kerja terverifikasi yang lowongannya cocok dengan Anda boleh melihat kartu tanpa nama: keterampilan yang "
            "cocok dan mana yang bersertifikat, bidang dan lama pengalaman, pendidikan, surat izin, jam kerja dan bulan siap "
            "mulai, dan kabupaten atau provinsi.",
            "Tanpa nama, tanpa foto, tanpa kontak, tanpa alamat, tanpa nama kantor pendamping.",
            "Mereka boleh mengundang Anda melamar. Mereka tetap tidak tahu siapa Anda sampai Anda sendiri melamar.",
            "Anda melihat siapa yang sudah melihat, boleh mengecualikan pemberi kerja tertentu, dan boleh menarik "
            "persetujuan kapan saja. Menolak tidak mengurangi pendampingan Anda.",
        ),
    )
}


async def current(client: int, purpose: ConsentPurpose) -> Consent | None:
    """The consent in force, if there is one."""
    return await Consent.objects().get(
        (Consent.client == client) & (Consent.purpose == purpose) & Consent.withdrawn_at.is_null()
    )


async def give(
    client: Client,
    purpose: ConsentPurpose,
    *,
    by: Actor,
    channel: ConsentChannel = ConsentChannel.OWN,
    agreement: str = "",
) -> Consent:
    """Records that the client agrees; the consent of the first time if one is in force.

    A client agrees by themselves; staff record an agreement that they heard, with how. Raises NotPossible.
    """
    own = by.role == Role.CLIENT
    if own != (channel == ConsentChannel.OWN):
        raise ValueError(f"{by.role} cannot agree by {channel}")
    if not own and len(agreement.strip()) < SHORTEST:
        raise NotPossible("Tulis satu kalimat: apa yang dibacakan dan apa jawaban klien.")
    if age_on(client.born_on, datetime.now(UTC).date()) < ADULT:
        raise NotPossible("Persetujuan ini bisa diberikan mulai umur 18 tahun.")
    async with change(by=by):
        # Two taps at once queue here, so that the second finds the row of the first.
        await Client.raw("SELECT id FROM client WHERE id = {} FOR UPDATE", client.id)
        if known := await current(client.id, purpose):
            return known
        consent = Consent(
            client=client.id,
            purpose=purpose,
            text_version=WORDINGS[purpose].version,
            channel=channel,
            given_by=by.person,
            witness=None if own else by.person,
            agreement=agreement.strip(),
        )
        await consent.save()
        await record(f"client:{client.id}", "consented", by=by, purpose=purpose.value)
    return consent


async def withdraw(client: Client, purpose: ConsentPurpose, *, by: Actor) -> bool:
    """Ends it at once; False if none was in force. Nobody has to say why."""
    async with change(by=by):
        ended = (
            await Consent.update({Consent.withdrawn_at: datetime.now(UTC), Consent.withdrawn_by: by.person})
            .where(
                (Consent.client == client.id) & (Consent.purpose == purpose) & Consent.withdrawn_at.is_null()
            )
            .returning(Consent.id)
        )
        if ended:
            await record(f"client:{client.id}", "consent_withdrawn", by=by, purpose=purpose.value)
    return bool(ended)
