"""What is predicted of new items counts in the rankings, until somebody has liked them."""

from dataclasses import replace

import numpy as np
import pytest

from recsys.building.build import build
from recsys.building.publish import publish
from recsys.building.train import train
from recsys.datatypes import NewItem, Query
from recsys.models.new_item.predicted import Predicted, predicted_likes
from recsys.ranking.engine import Engine
from recsys.store.workspace import PREDICTED, Workspace
from tests.worlds import FakeEncoder, shelf

PEOPLE = ("behaviour", "popularity", "text_lift", "text_share")
"""The signals that learn from people."""
NEW = NewItem("A ghost in the mill. The cellar midnight whisper and a ghost.", "Mill", 1974)


@pytest.fixture
def engine(root):
    """A shelf to which one ghost story more was published: row 40."""
    publish(build("shelf", shelf(), FakeEncoder()), FakeEncoder(), NEW)
    return Engine(Workspace.open("shelf"), FakeEncoder())


def test_the_camp_that_likes_its_kind_is_predicted_to_like_it(engine):
    new = predicted_likes(engine.workspace)
    users = engine.workspace.interactions.users
    camp_b = np.char.startswith(users.astype(str), "b")
    assert new.rows.tolist() == [40]
    likes = new.of(np.arange(len(users)))[:, 0]
    assert likes[camp_b].min() > 0.5 > likes[~camp_b].max()
    np.testing.assert_allclose(likes.mean(), new.share[0], rtol=1e-4)


def kept(workspace) -> set[str]:
    return {path.name for path in workspace.folder.glob(f"kept/{PREDICTED}*")}


def test_what_was_predicted_is_kept_with_the_version_and_made_anew_with_the_next(engine):
    before, first = predicted_likes(engine.workspace), kept(engine.workspace)
    again = predicted_likes(Workspace.open("shelf"))
    np.testing.assert_array_equal(again.likes, before.likes)
    publish(engine.workspace, FakeEncoder(), replace(NEW, title="The Other Mill"))
    after = Workspace.open("shelf")
    assert kept(after) == set()
    assert predicted_likes(after).rows.tolist() == [40, 41]
    assert len(first) == len(kept(after)) == 1
    assert first != kept(after)


def test_another_model_predicts_for_itself(engine):
    """One that never met a camp does not find what was kept of the one that did."""
    whole = predicted_likes(engine.workspace)
    gone = {user for user in engine.workspace.interactions.users if user.startswith("b")}
    other = engine.workspace.without(users=gone)
    trained = train(other, FakeEncoder(), only=["new_item"])
    fewer = predicted_likes(other.with_models(trained))
    assert len(fewer.likes) == len(whole.likes) - len(gone)
    assert len(kept(engine.workspace)) == 2


def test_who_is_not_known_likes_it_as_everybody_does():
    new = Predicted(np.array([7]), np.array([1, 4]), np.array([[0.5], [0.25]]), np.array([0.125]))
    assert new.of(np.array([0, 4, 1, 9]))[:, 0].tolist() == [0.125, 0.25, 0.5, 0.125]


@pytest.mark.parametrize(
    "query", [Query("a ghost at midnight"), Query("zzz", liked=(10, 11))], ids=["words", "likes"]
)
def test_people_speak_of_it_as_of_its_kind(engine, query):
    encoded = engine.encode(query)
    scores = engine.score(encoded, np.arange(41))
    for name in PEOPLE:
        if query.liked and name.startswith("text"):
            continue  # nothing was said
        own, others = scores.loc[40, name], scores.loc[range(10), name]  # the space stories
        assert np.isfinite(own), name
        if name != "popularity":  # all are as popular
            assert own > others.max(), name
    assert 40 in engine.signals["behaviour"].propose(encoded, 30)


def test_the_reason_says_that_it_is_predicted(engine):
    (reason,) = engine.signals["popularity"].evidence(engine.encode(Query("x")), np.array([40]))
    assert reason.text.startswith("predicted to be liked by about ")
    assert reason.text.endswith("people")


def test_without_a_model_of_new_items_nothing_is_predicted(engine):
    models = {name: own for name, own in engine.workspace.models.items() if name != "new_item"}
    bare = Engine(engine.workspace.with_models(models), FakeEncoder())
    assert predicted_likes(bare.workspace) is None
    scores = bare.score(bare.encode(Query("a ghost at midnight")), np.array([40]))
    assert scores[list(PEOPLE)].isna().all(axis=None)
