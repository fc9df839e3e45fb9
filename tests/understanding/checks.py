"""What the names of the checks in cases.py mean: each tells what is wrong, or "".

``shown`` is a Recommendation.
"""

from recsys.ranking.engine import Recommendation


def wrong(shown: Recommendation, checks) -> list[str]:
    """What is wrong with an answer, by the checks of its taste."""
    told = []
    for name, *arguments in checks:
        told.append(globals()[f"_{name}"](shown, *arguments))
    return list(filter(None, told))


def _titles(shown):
    return shown.table["title"].tolist()


def _names(shown) -> list[set[str]]:
    """Of each item shown, the names of what it is tied to."""
    graph = shown.workspace.graph
    name = graph.nodes["name"]
    return [set(name.iloc[graph.around(row)[0]]) for row in shown.shown.index]


def _facts(shown, label) -> list[str]:
    facts = shown.workspace.catalogue.items.loc[shown.shown.index, "facts"]
    return [fact[label][0].split()[0] for fact in facts]


def _parts(shown):
    return [(part.intent.kind, part.intent.polarity, part.intent.text) for part in _all(shown)]


def _all(shown):
    return shown.understanding.parts


def _have(shown, least, *names):
    count = sum(bool(one & set(names)) for one in _names(shown))
    return "" if count >= least else f"{count} of {least} have {names}: {_titles(shown)}"


def _lack(shown, *names):
    bad = [title for title, one in _named(shown) if one & set(names)]
    return f"{bad} have {names}" if bad else ""


def _lack_both(shown, *names):
    bad = [title for title, one in _named(shown) if set(names) <= one]
    return f"{bad} have {names}" if bad else ""


def _named(shown):
    return zip(_titles(shown), _names(shown), strict=True)


def _years(shown, least, low, high):
    inside = sum(shown.table["year"].between(low or 0, high or 9999))
    return "" if inside >= least else f"{inside} of {least} in {low}-{high}: {_titles(shown)}"


def _absent(shown, title):
    return f"{title} is shown" if title in _titles(shown) else ""


def _first(shown, *titles):
    first = _titles(shown)[0]
    return "" if first in titles else f"first is {first}"


def _intent(shown, kind, polarity, text):
    for one in _parts(shown):
        if one[:2] == (kind, polarity) and text.lower() in one[2].lower():
            return ""
    return f"no {kind} {polarity} {text}: {_parts(shown)}"


def _turned_down(shown):
    return [text for _, polarity, text in _parts(shown) if polarity < 0]


def _refused(shown, text):
    said = _turned_down(shown)
    return "" if text in said else f"{text} not among {said}"


def _no_refusal(shown, text):
    said = [one for one in _turned_down(shown) if text in one]
    return f"refuses {said}" if said else ""


def _grey(shown, kind, text):
    for part in _all(shown):
        if part.intent.kind == kind and not part.acted and text in part.intent.text:
            return "" if part.why else "no reason"
    return f"no grey {kind} {text}: {_parts(shown)}"


def _read_as(shown, said, read):
    found = [(one.said, one.read) for one in shown.understanding.read_as]
    return "" if (said, read) in found else f"read as {found}"


def _not_understood(shown):
    found = shown.understanding
    return f"understood {found.score:.2f}" if found.understood else ""


def _language(shown, name):
    found = shown.understanding.language
    return "" if found == name else f"language {found}"


def _players(shown, low, high):
    ranges = [said.split("-") for said in _facts(shown, "Players")]
    bad = [one for one in ranges if int(one[0]) > low or int(one[-1]) < high]
    return f"players {bad}" if bad else ""


def _minutes(shown, low, high):
    minutes = [int(said) for said in _facts(shown, "Time")]
    bad = [one for one in minutes if not (low or 0) <= one <= (high or 9999)]
    return f"minutes {bad}" if bad else ""
