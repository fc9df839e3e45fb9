"""What people type, on MovieLens: what is understood, and what is shown.

Building it takes minutes, so this runs where ``recsys import movielens`` has been run before.
"""

from pathlib import Path

import pytest

from recsys.building.build import stale_models
from recsys.datatypes import Query
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace
from tests.conftest import real_encoder
from tests.understanding.checks import wrong
from tests.understanding.movielens_cases import MOVIELENS

pytestmark = pytest.mark.slow

BUILT = Path(__file__).parents[2] / "data" / "workspaces"
"""Where workspaces are built that are no test's own."""
RANKED_TOO_LOW = {
    "something like the godfather but less violent",
    "ship hits iceberg love story",
    "scary but not gory",
}
"""Tastes that are read as they are meant, while the ranking shows too little of it."""


@pytest.fixture(scope="session")
def movielens_engine():
    if not (BUILT / "movielens").exists():
        pytest.skip("MovieLens has not been imported here")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(BUILT))
        if stale_models("movielens"):
            pytest.skip("MovieLens was trained by other code: import it again")
        return Engine(Workspace.open("movielens"), real_encoder())


@pytest.mark.parametrize("text", MOVIELENS)
def test_a_taste_is_answered_with_films_of_movielens(movielens_engine, text, request):
    if text in RANKED_TOO_LOW:
        request.applymarker(pytest.mark.xfail(reason="ranked too low"))
    assert wrong(movielens_engine.recommend(Query(text, k=6)), MOVIELENS[text]) == []
