"""Last.fm: a small world in its own format, worked by hand, and the published files."""

import os
from pathlib import Path

import pytest

from recsys.datasets import lastfm
from recsys.errors import DataError

PUBLISHED = Path(__file__).parents[3] / "shared" / "data" / "lastfm"

SMALL = {
    "artists.dat": "id\tname\turl\tpictureURL\n7\tSigur Rós\tu\tp\n8\t\"Weird\" Al\tu\tp\n"
    "9\tNobody\tu\tp\n",
    "tags.dat": "tagID\ttagValue\n1\tpost-rock\n2\tespañol\n3\tseen live\n4\tcomedy\n",
    "user_artists.dat": "userID\tartistID\tweight\n2\t7\t99\n2\t9\t5\n3\t8\t1\n",
    "user_taggedartists.dat": "userID\tartistID\ttagID\tday\tmonth\tyear\n"
    "2\t7\t1\t1\t4\t2009\n3\t7\t1\t1\t4\t2009\n3\t7\t3\t1\t4\t2009\n4\t7\t3\t1\t4\t2009\n"
    "5\t7\t3\t1\t4\t2009\n2\t8\t4\t1\t4\t2009\n2\t8\t2\t1\t4\t2009\n3\t8\t2\t1\t4\t2009\n"
    "2\t55\t1\t1\t4\t2009\n",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    for name, content in SMALL.items():
        (tmp_path / name).write_bytes(content.encode(lastfm.FILES[name][0]))
    return tmp_path


def test_a_small_world(folder):
    found = lastfm.load(folder)
    assert found.items["id"].tolist() == ["7", "8"]
    assert found.items["title"].tolist() == ["Sigur Rós", '"Weird" Al']
    assert found.items["text"].tolist() == [
        "tagged: seen live, post-rock",
        "tagged: español, comedy",
    ]
    assert found.items["year"].isna().all()
    assert found.items["categories"].tolist() == [["post-rock"], ["español", "comedy"]]
    assert found.interactions.to_numpy().tolist() == [["2", "7", 5.0, 0], ["3", "8", 5.0, 0]]
    assert found.triples.to_numpy().tolist() == [
        ["7", "has_tag", "seen live"],
        ["7", "has_tag", "post-rock"],
        ["8", "has_tag", "español"],
        ["8", "has_tag", "comedy"],
    ]
    assert found.rejected.to_numpy().tolist() == [
        ["artists.dat", 4, "artist without tags", "Nobody"],
        ["user_artists.dat", 3, "artist without tags", "9"],
        ["user_taggedartists.dat", 10, "artist without a name", "55"],
    ]


def test_a_missing_or_foreign_file_is_refused(folder):
    (folder / "tags.dat").write_text("id\tword\n1\trock\n")
    with pytest.raises(DataError, match=r"tags.dat lacks the columns \['tagID', 'tagValue'\]"):
        lastfm.load(folder)
    (folder / "tags.dat").unlink()
    with pytest.raises(DataError, match=r"tags.dat cannot be read"):
        lastfm.load(folder)


@pytest.mark.slow
@pytest.mark.skipif(not PUBLISHED.is_dir() and "CI" not in os.environ, reason=f"needs {PUBLISHED}")
def test_the_published_files():
    found = lastfm.load(PUBLISHED)
    items = found.items.set_index("title")
    assert len(items) == 12_133
    assert (found.rejected["file"] == "artists.dat").sum() == 17_632 - 12_133
    dropped = (found.rejected["file"] == "user_artists.dat").sum()
    assert len(found.interactions) + dropped == 92_834
    assert found.interactions["item"].isin(found.items["id"]).all()
    assert items["text"].str.startswith("tagged: ").all()
    assert items.loc["Metallica", "categories"][0] in ("metal", "thrash metal", "heavy metal")
    assert items["text"].str.count(", ").max() <= 24
    assert items["categories"].map(len).max() == 3
    assert items["categories"].explode().nunique() <= 60
    assert found.triples.groupby("head").size().max() == 10
    assert items["text"].str.contains("español").any()
    assert "\ufffd" not in "".join(items["text"]) + "".join(items.index)
    assert 6 <= len(found.about["examples"]) <= 8
