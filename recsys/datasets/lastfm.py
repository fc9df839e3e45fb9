"""Last.fm 2k of HetRec 2011: artists known by the tags that listeners gave them.

Cantador, Brusilovsky & Kuflik, 2nd Workshop on Information Heterogeneity and Fusion in Recommender
Systems (RecSys 2011); for non-commercial use.
"""

import csv
from pathlib import Path

import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError
from recsys.tables import REJECT_COLUMNS, Tables

TITLE = "Last.fm"
HELP = "17,632 artists, their tags, and who listened to whom: HetRec 2011, Last.fm 2k."
OPTIONS = {
    "data": {
        "required": True,
        "metavar": "DIR",
        "help": "the unpacked hetrec2011-lastfm-2k: artists.dat, tags.dat, user_artists.dat and"
        " user_taggedartists.dat",
    }
}

FILES = {
    "artists.dat": ("utf-8", ["id", "name"]),
    "tags.dat": ("latin-1", ["tagID", "tagValue"]),
    "user_artists.dat": ("utf-8", ["userID", "artistID", "weight"]),
    "user_taggedartists.dat": ("utf-8", ["userID", "artistID", "tagID"]),
}
"""Each with its encoding and the columns that are used."""
TEXT_TAGS = 25
"""At most so many tags are an artist's text."""
TRIPLE_TAGS = 10
"""At most so many are ties in the graph."""
CATEGORY_TAGS = 3
"""At most so many are categories."""
CATEGORIES = 60
"""Tags that may be categories: the most given."""
PERSONAL = {
    "seen live", "beautiful", "sexy", "awesome", "love", "amazing", "favorites", "favorite",
    "favourite", "favourites", "albums i own", "cover",
}  # fmt: skip
"""Tags that say more of the listener than of the music; no good as a filter."""
EXAMPLES = [
    "dreamy guitars buried in noise, with soft voices",
    "dark synthpop from the eighties",
    "quiet songs with a piano, for rain",
    "very fast metal, nothing melodic",
    "instrumental post-rock that builds slowly",
    "female singers with soul and jazz",
    "brazilian music, warm and acoustic",
    "electronic music to work to, no vocals",
]


def load(data: str | Path, progress: Progress = no_progress) -> Tables:
    """The artists that have tags, from the folder ``data``; every listen is a like.

    Artists without tags, their listens, and tags of artists without a name are in ``rejected``.
    Raises DataError when a file is missing or is not what it should be.
    """
    frames = {}
    for done, name in enumerate(FILES):
        progress(done, len(FILES), "reading tables")
        frames[name] = _read(Path(data) / name)
    progress(len(FILES), len(FILES), "reading tables")
    artists, tags, listens, given = frames.values()
    ranked = _ranked(given, tags)
    tagged = artists["id"].isin(ranked["artistID"])
    nameless = ~given["artistID"].isin(artists["id"])
    untagged = ~listens["artistID"].isin(artists["id"][tagged])
    ranked = ranked[ranked["artistID"].isin(artists["id"])]
    known = artists[tagged].reset_index(drop=True)
    kept = listens[~untagged]
    return Tables(
        _items(known, ranked),
        pd.DataFrame(
            {"user": kept["userID"], "item": kept["artistID"], "rating": 5.0, "timestamp": 0}
        ).reset_index(drop=True),
        _triples(ranked),
        about={
            "noun": "artist",
            "nouns": "artists",
            "category": "tag",
            "source": "Last.fm 2k (HetRec 2011), for non-commercial use: artists, tags and listens"
            " of 1,892 listeners, as found in 2011.",
            "examples": EXAMPLES,
        },
        rejected=pd.concat(
            [
                _rejected("artists.dat", artists["name"][~tagged], "artist without tags"),
                _rejected("user_artists.dat", listens["artistID"][untagged], "artist without tags"),
                _rejected(
                    "user_taggedartists.dat", given["artistID"][nameless], "artist without a name"
                ),
            ],
            ignore_index=True,
        ),
        notes=(
            f"{len(known):,} of {len(artists):,} artists have tags; the others have no text and"
            " were left out.",
            f"{len(kept):,} of {len(listens):,} listens are of them. Each counts as a like,"
            " however often it was played.",
        ),
    )


def _read(path: Path) -> pd.DataFrame:
    encoding, columns = FILES[path.name]
    try:
        # Every column, so that a row with too many or too few is seen; quotes are plain signs.
        frame = pd.read_csv(
            path,
            sep="\t",
            quoting=csv.QUOTE_NONE,
            encoding=encoding,
            dtype=str,
            keep_default_na=False,
        )
    except (OSError, ValueError) as error:
        raise DataError(f"{path} cannot be read: {str(error).strip()}.") from error
    missing = [column for column in columns if column not in frame]
    if missing:
        raise DataError(f"{path.name} lacks the columns {missing}; it has {list(frame)}.")
    return frame[columns]


def _ranked(given: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    """artistID, tag: of each artist the most given first; of equals, the most used overall."""
    named = given.merge(tags, on="tagID").rename(columns={"tagValue": "tag"})
    counted = named.groupby(["artistID", "tag"], as_index=False).agg(users=("userID", "nunique"))
    counted["overall"] = counted["tag"].map(named["tag"].value_counts())
    return counted.sort_values(
        ["artistID", "users", "overall", "tag"], ascending=[True, False, False, True]
    )


def _items(known: pd.DataFrame, ranked: pd.DataFrame) -> pd.DataFrame:
    words = _first(ranked, TEXT_TAGS).groupby("artistID")["tag"].agg(", ".join)
    overall = ranked.groupby("tag")["users"].sum().drop(PERSONAL, errors="ignore")
    common = overall.nlargest(CATEGORIES).index
    lists = _first(ranked[ranked["tag"].isin(common)], CATEGORY_TAGS).groupby("artistID")["tag"]
    categories = lists.agg(list).to_dict()
    return pd.DataFrame(
        {
            "id": known["id"],
            "title": known["name"],
            "text": "tagged: " + known["id"].map(words),
            "year": pd.array([None] * len(known), dtype="Int32"),
            "categories": [categories.get(id_, []) for id_ in known["id"]],
            "facts": [{} for _ in known["id"]],
        }
    )


def _triples(ranked: pd.DataFrame) -> pd.DataFrame:
    best = _first(ranked, TRIPLE_TAGS)
    return pd.DataFrame(
        {"head": best["artistID"], "relation": "has_tag", "tail": best["tag"]}
    ).reset_index(drop=True)


def _first(ranked: pd.DataFrame, n: int) -> pd.DataFrame:
    return ranked[ranked.groupby("artistID").cumcount() < n]


def _rejected(file: str, values: pd.Series, reason: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"file": file, "line": values.index + 2, "reason": reason, "value": values.to_numpy()}
    )[REJECT_COLUMNS]
