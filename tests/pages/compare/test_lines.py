"""What is drawn where: rows, the lines between the lists, and what passes below one."""

from math import pi

import pandas as pd
import pytest

from pages.compare import lines
from pages.compare.heads import widths
from pages.compare.venn import distance, lens, venn

HEAT, RONIN, UP, LATE, FAR = 5, 6, 7, 8, 9
RANKS = pd.DataFrame(
    {0: [1, 2, 3, 9, 8], 1: [2, 1, 6, 3, 9], 2: [7, 1, 2, 9, 3]}, index=[HEAT, RONIN, UP, LATE, FAR]
)
"""Three lists of three: Up is in the first and the last, Late in the second, Far in the last."""
NAMES = ["A", "B", "C"]


def rows(column):
    return {row["item"]: row for row in lines.columns(RANKS, 3, NAMES)[column]["rows"]}


def test_a_row_says_where_it_came_from():
    assert [row["item"] for row in lines.columns(RANKS, 3, NAMES)[0]["rows"]] == [HEAT, RONIN, UP]
    assert [row["rank"] for row in lines.columns(RANKS, 3, NAMES)[1]["rows"]] == [1, 2, 3]
    ronin, heat = rows(1)[RONIN], rows(1)[HEAT]
    assert (ronin["mark"], ronin["words"]) == ("▲1", "rises by 1 from A")
    assert (heat["mark"], heat["words"]) == ("▼1", "falls by 1 from A")
    assert (rows(2)[RONIN]["mark"], rows(2)[RONIN]["words"]) == ("=", "keeps its place from B")


def test_an_item_is_in_several_lists_or_in_one_whichever_column_one_looks_at():
    """Up was called "only here" beside the list that lacks it, and bold two columns on."""
    assert rows(0)[UP]["joined"]
    assert rows(2)[UP]["joined"]
    assert (rows(0)[UP]["mark"], rows(2)[UP]["mark"]) == ("", "▲1")
    assert rows(2)[UP]["words"] == "rises by 1 from A"
    assert not rows(1)[LATE]["joined"]
    assert rows(1)[LATE]["words"] == "in no other list; 9 in A"
    assert (rows(1)[LATE]["mark"], rows(2)[FAR]["mark"]) == ("9 →", "9 →")


def test_a_line_runs_through_the_list_that_lacks_its_item():
    first, second = lines.gaps(RANKS, 3)
    bottom = 3 * lines.ROW + lines.LANES / 2
    before = {line["item"]: line for line in first}
    after = {line["item"]: line for line in second}
    assert before[UP] == {
        "item": UP, "move": "rises", "passes": True, "start": 2.5 * lines.ROW, "end": bottom,
    }  # fmt: skip
    assert (after[UP]["start"], after[UP]["end"]) == (bottom, 1.5 * lines.ROW)
    assert before[RONIN] == {
        "item": RONIN, "move": "rises", "passes": False,
        "start": 1.5 * lines.ROW, "end": 0.5 * lines.ROW,
    }  # fmt: skip
    assert set(before) == {HEAT, RONIN, UP}
    assert set(after) == {RONIN, UP}
    passed = lines.columns(RANKS, 3, NAMES)[1]
    assert passed["lanes"] == [{"item": UP, "at": bottom}]
    assert passed["below"] == "1 passes below, at 6"
    assert lines.columns(RANKS, 3, NAMES)[0]["lanes"] == []


def test_lines_that_pass_the_same_list_keep_apart():
    ranks = pd.DataFrame({0: [1, 2], 1: [40, 30], 2: [1, 2]}, index=[HEAT, RONIN])
    ranks.loc[UP] = [99, 1, 99]
    passed = lines.columns(ranks, 3, NAMES)[1]
    assert [lane["item"] for lane in passed["lanes"]] == [RONIN, HEAT]  # the better placed on top
    assert passed["lanes"][0]["at"] < passed["lanes"][1]["at"]
    assert passed["below"] == "2 pass below, at 30 and 40"


def test_many_that_pass_are_summed_up():
    ranks = pd.DataFrame({0: range(1, 7), 1: range(1_001, 1_007), 2: range(1, 7)})
    passed = lines.columns(ranks, 6, NAMES)[1]
    assert passed["below"] == "6 pass below, at 1,001 to 1,006"


@pytest.mark.parametrize("count", [2, 3, 4])
def test_the_heads_and_the_lists_have_the_same_widths(count):
    assert len(widths(count)) == 2 * count - 1


@pytest.mark.parametrize(("first", "second", "shared"), [(10, 10, 3), (10, 5, 2), (10, 10, 10)])
def test_the_circles_of_a_venn_share_what_the_lists_share(first, second, shared):
    r1, r2 = (first / pi) ** 0.5, (second / pi) ** 0.5
    assert lens(r1, r2, distance(r1, r2, shared)) == pytest.approx(shared, abs=1e-4)


def test_lists_that_share_nothing_touch_and_a_list_within_one_is_one_circle_within_another():
    assert distance(2, 1, 0) == 3
    assert distance(2, 1, pi) == pytest.approx(1)
    assert venn(10, 10, 4).count("border-radius") == 2
