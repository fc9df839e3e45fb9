"""A person says what they like in a real dialogue, and names some items."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from recsys.datatypes import Progress, Query, no_progress
from recsys.evaluation import files as benchfiles
from recsys.evaluation import holdout
from recsys.evaluation.cases import Case, answers, rankers
from recsys.evaluation.people import Rows, Tally
from recsys.evaluation.report import Row, Run, report
from recsys.ranking.engine import Engine

MAIN = ("recall@10", "recall@50")
ALSO = ("ndcg@10", "hit_rate@10", "mrr@10")

FEWEST = 8
"""A text of fewer words says nothing."""

NONE = np.empty(0, dtype=np.int64)


def dialogues(
    engine: Engine,
    profiles: Path,
    exclude: Path | None = None,
    strategies: Sequence[str] = (),
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """Ranks all items but those named, by the text and the items named in it; a report.

    Relevant is what the person was glad of, less what they named. Texts of fewer than FEWEST words
    are left out. Those who speak are no users of the workspace: its own models answer, or models
    trained without the users of ``exclude``.
    """
    started, tally = perf_counter(), Tally()
    files = {"profiles": profiles}
    said = benchfiles.dialogues(profiles)
    if exclude:
        files["exclude"] = exclude
        engine = holdout.restricted(engine, progress, users=benchfiles.users(exclude))
    else:
        engine = holdout.ready(engine, progress)
    chosen = rankers(engine, strategies)
    cases = _cases(engine, said, tally, progress)
    found = answers(engine, tally.some(cases), chosen, progress)
    rows = [Row(name, cases, own) for name, own in found.items()]
    return report(
        Run("dialogues", engine, rows, MAIN, ALSO, files, notes=tally.lines, started=started)
    )


def _cases(
    engine: Engine, said: Sequence[benchfiles.Dialogue], tally: Tally, progress: Progress
) -> list[Case]:
    rows_of = Rows(engine.workspace.catalogue, tally)
    every = np.arange(len(engine.workspace.catalogue))
    spoken = [dialogue for dialogue in said if len(dialogue.text.split()) >= FEWEST]
    tally.add(f"texts of fewer than {FEWEST} words are left out", len(said) - len(spoken))
    tally.some(spoken)
    plain = engine.encoder.encode([dialogue.text for dialogue in spoken], progress)
    cases = []
    for done, (dialogue, vector) in enumerate(zip(spoken, plain, strict=True), start=1):
        liked = rows_of(dialogue.liked, "items named")
        disliked = np.setdiff1d(rows_of(dialogue.disliked, "items named"), liked)
        named = np.union1d(liked, disliked)
        relevant = np.setdiff1d(rows_of(dialogue.relevant, "relevant items"), named)
        progress(done, len(spoken), "reading dialogues")
        if not len(relevant):
            tally.add("dialogues have no relevant item and are left out")
            continue
        query = Query(dialogue.text, tuple(liked.tolist()), tuple(disliked.tolist()))
        rows = np.setdiff1d(every, named)
        cases.append(Case(dialogue.id, engine.encode(query), vector, rows, relevant, NONE))
    return cases
