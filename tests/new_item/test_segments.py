"""Segments: personas where there are some, else clusters named by what they like."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recsys.building.build import build
from recsys.models.new_item import kernel as item_kernel
from recsys.models.new_item import likes as item_likes
from recsys.models.new_item.kernel import ItemKernel
from recsys.models.new_item.likes import ItemLikes
from recsys.new_item import segments
from tests.worlds import FakeEncoder, shelf


def of(workspace, held=()):
    kernel = ItemKernel(workspace, item_kernel.fit(workspace))
    likes = ItemLikes(item_likes.fit(workspace.without(items=held).interactions, kernel), kernel)
    return segments.segments(workspace, kernel, likes)


def build_in(tmp_path_factory, name, world):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(tmp_path_factory.mktemp(name)))
        return build(name, world, FakeEncoder())


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return build_in(tmp_path_factory, "plain", shelf())


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    """With personas; somebody likes one item only, a ghost."""
    world = shelf(personas=True)
    odd = pd.DataFrame([("zed", "ghost-0", 5.0, 0)], columns=list(world.interactions))
    more = pd.concat([world.interactions, odd], ignore_index=True)
    return build_in(tmp_path_factory, "invented", replace(world, interactions=more))


def test_people_belong_to_the_persona_nearest_to_what_they_like(invented):
    found = of(invented)
    assert found.names == ["Ann, stargazer", "Ben, ghost hunter"]
    assert found.of.tolist() == [0] * 20 + [1] * 20 + [1]


def test_who_likes_nothing_that_is_known_has_no_segment(invented):
    found = of(invented, held=[10])
    assert found.of.tolist() == [0] * 20 + [1] * 20 + [-1]
    assert len(found.base_rate) == 2


def test_the_base_rate_is_how_many_of_a_segment_like_the_average_item(invented):
    """The first like 8 of 10 of two sorts of four: .4; with zed, 20 of .4 and one of 1 / 40."""
    np.testing.assert_allclose(of(invented).base_rate, [0.4, (20 * 0.4 + 1 / 40) / 21], rtol=1e-6)
    np.testing.assert_allclose(of(invented, held=[10]).base_rate[0], 16 / 39, rtol=1e-6)


def test_without_personas_those_who_like_the_same_belong_together(plain):
    found = of(plain)
    assert len(found.names) == 2
    assert len(set(found.of[:20])) == len(set(found.of[20:])) == 1
    assert found.of[0] != found.of[20]
    np.testing.assert_allclose(found.base_rate, [0.4, 0.4], rtol=1e-6)


def test_a_cluster_is_called_by_what_it_likes_more_than_others(plain):
    """By its sorts, and one item; not by the people behind it, nor its country."""
    found = of(plain)
    camp_a, camp_b = (found.names[found.of[user]] for user in (0, 20))
    words, _, fans = camp_a.partition(": fans of ")
    told = {"Science fiction", "Crime", "stars", "robbery", "1960s", "1980s"}
    assert set(words.split(" and ")) <= told
    assert fans.split()[0] in {"Space", "Heist"}
    words, _, fans = camp_b.partition(": fans of ")
    assert set(words.split(" and ")) <= {
        "Horror", "Western", "haunting", "frontier", "1970s", "1990s"
    }  # fmt: skip
    assert fans.split()[0] in {"Ghost", "Horse"}


def test_clusters_are_the_same_every_time(plain):
    one, other = of(plain), of(plain)
    assert one.names == other.names
    np.testing.assert_array_equal(one.of, other.of)


@pytest.mark.parametrize(("users", "count"), [(5, 1), (20, 2), (50, 5), (200, 8)])
def test_clusters_have_some_people_each_and_are_a_handful(root, users, count):
    """Of u people in each of two camps, at least 20 on average, 8 at most."""
    found = of(build("shelf", shelf(users), FakeEncoder()))
    assert len(found.names) == len(found.base_rate) == count
    assert set(found.of) == set(range(count))


def test_surprise_is_counted_in_standard_deviations():
    """(9 - 3) / sqrt(4), (3 - 3) / 2, (0 - 8) / 3."""
    found = segments._surprise(np.array([9.0, 3, 0]), np.array([3.0, 3, 8]))
    np.testing.assert_allclose(found, [3, 0, -8 / 3])
