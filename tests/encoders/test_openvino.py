"""The converted model: the vectors of torch, without torch; and what happens where it cannot be."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from recsys import encoders
from recsys.datasets import demo
from recsys.encoders import DEFAULT_MODEL, _conversion, sentence
from recsys.encoders.sentence import Encoder
from recsys.errors import QueryError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder of workspaces in which the usual model is converted."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(folder))
        patch.setattr(sentence, "GPU_FILES", ())
        patch.setattr(sys, "platform", "linux")
        encoders.prepare()
    return folder


@pytest.fixture
def here(home, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(home))
    monkeypatch.setattr(sentence, "GPU_FILES", ())
    monkeypatch.setattr(sys, "platform", "linux")
    return home


@pytest.fixture
def encoder(here):
    return Encoder()


def converted(home: Path) -> Path:
    (folder,) = (path.parent for path in home.glob(".encoders/*/model.json"))
    return folder


def a_thousand_texts() -> list[str]:
    """Long, short, emoji, Chinese, and what nobody would call a text."""
    films = [str(text) for text in demo.load("demo").items["text"]]
    words = " ".join(films).split()
    texts = films[:80]
    texts += [" ".join(words[i : i + 1 + i % 12]) for i in range(500)]
    texts += [" ".join(words[i * 40 : i * 40 + 150 + 5 * i]) for i in range(30)]
    texts += ["七人の侍，" * (1 + i % 9) + "武士保衛村莊" for i in range(120)]
    texts += ["🎬🧊😀👩‍🚀"[: 1 + i % 4] + " film " * (i % 3) for i in range(90)]
    texts += [f"Café naïve № {i} — ÅÉÎÕÜ ß ﬁ\u200b\t\n{i * 7919}" for i in range(100)]
    texts += [chr(33 + i) * (1 + i % 5) for i in range(80)]
    assert len(texts) == 1_000
    return texts


def test_a_thousand_texts_have_the_vectors_of_sentence_transformers(encoder):
    from sentence_transformers import SentenceTransformer

    texts = a_thousand_texts()
    assert "OpenVINO" in encoder.device_name
    model = SentenceTransformer(sentence.location(DEFAULT_MODEL), device="cpu")
    fitting = [len(model.tokenizer(text)["input_ids"]) < model.max_seq_length for text in texts]
    assert sum(fitting) > 900
    expected = model.encode(texts, normalize_embeddings=True)
    cosine = (encoder.encode(texts) * expected).sum(axis=1)[fitting]
    assert cosine.mean() >= 0.9999
    assert cosine.min() >= 0.999


def test_texts_longer_than_the_window_have_the_vectors_of_torch(encoder):
    texts = ["Sailors tell of storms. " * 80, "侍" * 700, "short", "word " * 2_000]
    cosine = (encoder.encode(texts) * Encoder(device="cpu").encode(texts)).sum(axis=1)
    assert cosine.min() >= 0.9999


def test_a_text_has_the_same_vector_in_any_company(encoder):
    texts = [f"{'wild horses ' * (1 + i % 20)} number {i}" for i in range(300)]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts[:25]])
    assert ((alone * together[:25]).sum(axis=1) >= 0.9999).all()


def test_a_blank_text_is_refused(encoder):
    with pytest.raises(QueryError, match="2 of 2"):
        encoder.encode(["a", " "])


def test_progress_runs_to_the_end(encoder):
    seen = []
    texts = [f"text {i} " * 30 for i in range(80)]
    encoder.encode(texts, progress=lambda done, total, what: seen.append((done, total)))
    assert len(seen) > 1
    assert seen[-1] == (80, 80)


def test_an_old_workspace_stays_valid(encoder):
    assert encoder.name == Encoder(device="cpu").name == DEFAULT_MODEL


def test_what_runs_it_is_said_with_the_reason(encoder):
    assert encoder.device_name.endswith(("OpenVINO, fp32)", "OpenVINO, bf16)"))
    assert encoder.why.startswith("converted for the CPU; ")


def test_neither_torch_nor_sentence_transformers_is_imported(here):
    code = (
        "import sys; from recsys import encoders; encoders.ready().encode(['a film']);"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers', 'sklearn',"
        " 'openvino_telemetry.main') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env=os.environ | {"THAW_WORKSPACES": str(here)},
    )  # fmt: skip
    assert done.stdout == "[]\n"


def test_what_is_converted_is_not_converted_again(here, monkeypatch):
    monkeypatch.setattr(_conversion, "_convert", pytest.fail)
    encoders.prepare()


def test_a_model_that_is_not_converted_is_run_by_torch_and_says_so(here, tmp_path, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(tmp_path))
    encoder = Encoder()
    assert encoder.device_name.endswith("; torch)")
    assert encoder.why == "not converted for the CPU yet: python -m recsys build does it"


def test_a_model_that_does_not_agree_with_torch_is_not_used(here, tmp_path, monkeypatch):
    shutil.copytree(here / ".encoders", tmp_path / ".encoders")
    monkeypatch.setenv("THAW_WORKSPACES", str(tmp_path))
    weights = converted(tmp_path) / "model.bin"
    data = bytearray(weights.read_bytes())
    data[60_000_000:70_000_000] = bytes(10_000_000)
    weights.write_bytes(data)
    encoder = Encoder()
    assert encoder.device_name.endswith("; torch)")
    assert "does not agree with torch" in encoder.why


def test_a_damaged_model_is_not_used(here, tmp_path, monkeypatch):
    shutil.copytree(here / ".encoders", tmp_path / ".encoders")
    monkeypatch.setenv("THAW_WORKSPACES", str(tmp_path))
    (converted(tmp_path) / "model.xml").write_text("<net")
    assert Encoder().why.startswith("the converted model cannot be used")


def test_a_model_that_cannot_be_converted_is_refused_once(here, tmp_path, monkeypatch):
    from recsys.encoders import _export

    def refuse(runner, folder):
        (folder / "model.xml").write_text("half")
        raise RuntimeError("no such operation\nand more")

    monkeypatch.setenv("THAW_WORKSPACES", str(tmp_path))
    monkeypatch.setattr(_export, "save", refuse)
    encoders.prepare()
    assert [path.name for path in converted(tmp_path).iterdir()] == ["model.json"]
    assert Encoder().why == "it cannot be converted: no such operation"
    monkeypatch.setattr(_conversion, "_convert", pytest.fail)
    encoders.prepare()


def test_the_remains_of_a_killed_conversion_and_older_versions_go(here, tmp_path, monkeypatch):
    from recsys.encoders import _export

    def save(runner, folder):
        shutil.copytree(converted(here), folder, dirs_exist_ok=True)

    monkeypatch.setenv("THAW_WORKSPACES", str(tmp_path))
    monkeypatch.setattr(_export, "save", save)
    kept = tmp_path / ".encoders"
    for name, model in (("old", DEFAULT_MODEL), ("other", "mine"), (".making", DEFAULT_MODEL)):
        (kept / name).mkdir(parents=True)
        (kept / name / "model.json").write_text(json.dumps({"name": model, "window": 256}))
    encoders.prepare()
    assert not (kept / ".making").exists()
    assert not (kept / "old").exists()
    assert (kept / "other").exists()
    assert "OpenVINO" in Encoder().device_name


def test_other_weights_are_another_model(tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"weights")
    before = _conversion.place_of(str(folder))
    assert _conversion.place_of(str(folder)) == before
    (folder / "model.safetensors").write_bytes(b"Weights")
    assert _conversion.place_of(str(folder)) != before
