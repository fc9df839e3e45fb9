"""How fast texts are read, beside sentence-transformers as it comes, in turns."""

import argparse
from collections.abc import Callable, Sequence
from contextlib import closing
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

from recsys.cli import _common
from recsys.datatypes import Progress, no_progress
from recsys.encoders import TextEncoder, prepare, sentence
from recsys.reports.bench import Measurement
from recsys.reports.provenance import machine
from recsys.store.workspace import Workspace

HELP = "reading texts, beside sentence-transformers"

TASTE = ("slow science fiction", "nothing gory", "something like Alien, but funny")
"""What one taste has to have read."""

TASTES = 20
"""So many tastes are timed each round."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options."""
    _common.add_workspace(parser)
    parser.add_argument("--texts", type=int, default=192, help="how many (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often, in turns (%(default)s)")
    parser.add_argument("--device", help="what torch calls it, such as cuda (the usual one)")


def measure(options: argparse.Namespace) -> Measurement:
    """Texts a second of documents of the workspace, and how many times faster that is."""
    with closing(Workspace.open(options.workspace)) as workspace:
        documents, model = workspace.catalogue.documents()["document"], workspace.manifest.encoder
    count = min(options.texts, len(documents))
    texts = documents.sample(count, random_state=0).tolist()
    reader = sentence.Encoder(model, options.device) if options.device else prepare(model)
    found = encode(reader, texts, options.rounds, options.progress)
    lines = found.lines.assign(workspace=options.workspace, device=reader.device_name)
    return Measurement(lines, ("workspace", "device", "way"), found.told)


def encode(
    encoder: TextEncoder, texts: Sequence[str], rounds: int, progress: Progress = no_progress
) -> Measurement:
    """Texts and tokens a second, milliseconds a taste, the ratios to sentence-transformers' own
    ``encode`` with their spread over ``rounds``, and the cosines between the two."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(sentence.location(encoder.name))
    default: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False}
    ways: dict[str, Callable[[list[str]], np.ndarray]] = {
        "sentence-transformers": lambda some: np.asarray(model.encode(some, **default)),
        "thaw": encoder.encode,
    }
    read = model.tokenizer(list(texts), truncation=True)
    tokens = sum(map(len, read["input_ids"]))
    lines, vectors = [], {}
    for done in range(rounds + 1):
        for name, way in ways.items():
            start = perf_counter()
            vectors[name] = way(list(texts))
            read = perf_counter()
            for _ in range(TASTES):
                way(list(TASTE))
            taste = (perf_counter() - read) / TASTES
            lines.append({"way": name, "round": done, "read": read - start, "taste": taste})
        progress(done, rounds, "reading in turns")
    took = pd.DataFrame(lines).query("round > 0")  # the first round pays for what is loaded
    cosine = (vectors["thaw"] * vectors["sentence-transformers"]).sum(axis=1)
    table = _table(took, len(texts), tokens)
    told = "\n".join(
        [
            table.to_string(index_names=False),
            _ratios(took),
            f"cosine to sentence-transformers' vectors: mean {cosine.mean():.6f},"
            f" worst {cosine.min():.6f}",
            f"{len(texts):,} texts, {tokens:,} tokens, {rounds} rounds in turns;"
            f" {encoder.name} on {encoder.device_name}: {encoder.why}; {machine()}",
        ]
    )
    return Measurement(table.reset_index(), ("way",), told)


def _table(took: pd.DataFrame, texts: int, tokens: int) -> pd.DataFrame:
    middle = took.groupby("way", sort=False)[["read", "taste"]].median()
    table = pd.DataFrame(
        {
            "texts/s": texts / middle["read"],
            "tokens/s": tokens / middle["read"],
            "ms a taste": middle["taste"] * 1e3,
        }
    )
    return table.round(1)


def _ratios(took: pd.DataFrame) -> str:
    """How many times faster, of what is read together and of a taste: middle, least and most."""
    by_round = took.set_index(["way", "round"])[["read", "taste"]]
    ratio = by_round.loc["sentence-transformers"] / by_round.loc["thaw"]
    told = []
    for column, what in (("read", "many texts"), ("taste", "a taste")):
        own = ratio[column]
        told.append(f"{what} {own.median():.2f} times ({own.min():.2f} to {own.max():.2f})")
    return f"faster than sentence-transformers: {'; '.join(told)}"
