"""The model of new items as the registry sees it: one dict of arrays, part by part."""

from dataclasses import replace

import numpy as np
import pytest

from recsys.building.build import build
from recsys.models import TrainingContext
from recsys.models.new_item import (
    Config,
    NewItemModel,
    alone,
    fit,
    items_read_alone,
    part,
    read_alone,
    title_and_text,
)
from recsys.models.new_item import attributes as item_attributes
from recsys.models.new_item import likes as item_likes
from tests.worlds import FakeEncoder, shelf, tables


def nobody():
    raise AssertionError("It needs neither judgements nor what anybody typed.")


def context(encoder=None):
    return TrainingContext(encoder or FakeEncoder(), nobody, nobody)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp("model")))
        return build("shelf", shelf(), FakeEncoder())


def test_every_array_stands_under_its_part(workspace):
    arrays = workspace.models["new_item"]
    assert {key.partition(".")[0] for key in arrays} == {"kernel", "likes", "attributes", "map"}
    assert {"known", "users", "loo"} < set(part(arrays, "likes"))
    np.testing.assert_array_equal(part(arrays, "map")["points"], arrays["map.points"])
    assert part(arrays, "nothing") == {}


def test_what_is_built_is_what_is_fitted(workspace):
    again = fit(workspace, Config(), context())
    for name, array in workspace.models["new_item"].items():
        np.testing.assert_array_equal(again[name], array, err_msg=name)


@pytest.mark.parametrize(
    "world",
    [tables(), replace(shelf(), interactions=shelf().interactions.iloc[:0])],
    ids=["eight items", "no likes"],
)
def test_too_little_to_learn_from_gives_nothing(root, world):
    small = build("small", world, FakeEncoder())
    assert "new_item" not in small.models
    assert fit(small, Config(), context()) == {}


def test_without_common_attributes_the_rest_is_learned(workspace):
    config = Config(attributes=item_attributes.Config(min_items=41))
    arrays = fit(workspace, config, context())
    assert part(arrays, "attributes") == {}
    model = NewItemModel(workspace, arrays, config)
    assert model.attributes is None
    assert model.map.points.shape == (40, 2)


def test_two_variants_stand_side_by_side(workspace):
    """A kernel that does not fall at all takes all items for the same."""
    flat = Config(likes=item_likes.Config(sharpness=0.0))
    one, other = (
        NewItemModel(workspace, fit(workspace, config, context()), config)
        for config in (Config(), flat)
    )
    rows = np.array([0, 10])
    assert (other.likes.of_rows(rows) == 1).all()
    assert one.likes.of_rows(rows).min() < 0.5


def test_texts_that_were_read_when_building_are_not_read_again(workspace):
    encoder = FakeEncoder()
    rows = np.array([3, 0])
    found = read_alone(workspace, encoder, rows, lambda *_: None)
    assert encoder.encoded == []
    items = workspace.catalogue.items.iloc[rows]
    texts = [title_and_text(*pair) for pair in zip(items.title, items.text, strict=True)]
    np.testing.assert_allclose(found, FakeEncoder().encode(texts), atol=1e-6)


def test_the_most_liked_are_read_alone():
    likes = np.array([1, 5, 0, 5])
    few = Config(likes=item_likes.Config(max_items=3), min_items=2)
    assert items_read_alone(likes, few).tolist() == [1, 3, 0]
    assert items_read_alone(likes, Config()).tolist() == []  # fewer than 20
    assert items_read_alone(np.zeros(40, int), Config()).tolist() == []


def test_of_many_a_sample_is_read_alone_from_the_most_liked_to_the_least():
    likes = np.arange(100, 0, -1)
    config = Config(max_read_alone=4)
    assert items_read_alone(likes, config).tolist() == [0, 33, 66, 99]


def test_what_a_text_means_alone_is_estimated_where_it_was_not_read():
    """Documents that differ from their texts by a turn and a shift, the same for all."""
    rng = np.random.default_rng(0)
    texts = rng.standard_normal((200, 6)).astype(np.float32)
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    turn, _ = np.linalg.qr(rng.standard_normal((6, 6)))
    whole = (texts @ turn + 0.3).astype(np.float32)
    read = alone.sample(np.arange(200), 40)
    found = alone.estimated(whole, read, texts[read], ridge=1e-3)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found[read], texts[read])
    assert (found * texts).sum(axis=1).min() > 0.999


def test_what_is_not_of_the_sample_is_estimated(workspace):
    """It changes what an item is taken to mean, and not which items are learned from."""
    encoder = FakeEncoder()
    learned = part(fit(workspace, Config(max_read_alone=25), context(encoder)), "attributes")
    assert encoder.encoded == []  # the build has read the sample, and the others, too
    whole = part(workspace.models["new_item"], "attributes")
    np.testing.assert_array_equal(learned["known"], whole["known"])
    assert learned["meaning"].shape == whole["meaning"].shape
    assert not np.array_equal(learned["meaning"], whole["meaning"])
