"""The command line: one JSON object, or one clear line."""

import json
import os
import subprocess
import sys

import pytest

from recsys import cli as room
from recsys.__main__ import main, parser
from recsys.registry import plugins


@pytest.fixture
def demo_world(demo_root, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))


def run(capsys, *arguments):
    status = main(arguments)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_recommend_prints_one_json_object_whose_parts_add_up(capsys, demo_world):
    status, out, _ = run(
        capsys, "recommend", "--text", "a shark terrorises a beach town", "-k", "5", "--json",
        "--weight", "popularity=0", "--like", "alien-1979",
    )  # fmt: skip
    answer = json.loads(out)
    assert status == 0
    assert answer["workspace"] == "demo"
    assert answer["fusion"] == "weighted"
    assert answer["query"]["liked"] == ["alien-1979"]
    assert set(answer["took_ms"]) == {
        "encode", "feedback", "search", "score", "fuse", "explain"
    }  # fmt: skip
    assert answer["encoder"].keys() == {"model", "device", "why"}
    assert answer["encoder"]["model"] == "all-MiniLM-L6-v2"
    assert [item["rank"] for item in answer["items"]] == [1, 2, 3, 4, 5]
    shown = [item["item"] for item in answer["items"]]
    assert shown[0] == "jaws-1975"  # the film that the words describe
    assert "aliens-1986" in shown  # the sequel of the one that is liked
    for item in answer["items"]:
        assert sum(item["contributions"].values()) == pytest.approx(item["score"], abs=1e-5)


def test_recommend_prints_lines_for_people(capsys, demo_world):
    status, out, _ = run(
        capsys, "recommend", "--text", "a shark terrorises a beach town", "-k", "2"
    )
    assert status == 0
    assert "Jaws (1975)" in out.splitlines()[0]
    assert "Because: " in out.splitlines()[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--text", "   "], "no words"),
        (["--text", "\t\x07"], "no words"),
        (["--text", "😀🎬"], "no words"),
        (["--text", "x" * 100_000], "100,000 characters"),
        (["--text", "sharks", "--like", "nobody-1900"], "no item 'nobody-1900'"),
        (["--text", "sharks", "--like", "jaws-1975", "--dislike", "jaws-1975"], "among the likes"),
        (["--text", "sharks", "--weight", "magic=1"], "no signal called 'magic'"),
        (["--text", "sharks", "--weight", "content=-1"], "0 or more"),
        (["--text", "sharks", "--weight", "content=nan"], "0 or more"),
        (["--text", "sharks", "--weight", "content"], "SIGNAL=NUMBER"),
        (["--text", "sharks", "--fusion", "magic"], "no fusion called 'magic'"),
        (["--text", "sharks", "-k", "0"], "at least 1"),
        (["--text", "sharks", "--workspace", "../../etc"], "not a workspace name"),
        (["--text", "sharks", "--workspace", "nowhere"], "no workspace called 'nowhere'"),
    ],
)
def test_bad_input_gets_one_clear_line(capsys, demo_world, arguments, words):
    status, out, err = run(capsys, "recommend", *arguments)
    assert status == 2
    assert out == ""
    assert words in err
    assert err.startswith("error: ")
    assert err.count("\n") == 1


def test_more_than_there_is_gives_all_that_there_is(capsys, demo_world):
    status, out, err = run(
        capsys, "recommend", "--text", "sharks", "-k", "1000000", "--like", "jaws-1975", "--json"
    )
    assert status == 0
    ranks = [item["rank"] for item in json.loads(out)["items"]]
    assert ranks == list(range(1, len(ranks) + 1))
    assert len(ranks) > 100
    assert err == f"note: 1,000,000 were asked for; there are {len(ranks)} films to show.\n"


@pytest.mark.parametrize(
    "text", ["'; DROP TABLE items; --", "<script>alert(1)</script>", "sharks\x07 and\x00 boats"]
)
def test_markup_and_sql_are_only_text(capsys, demo_world, text):
    status, out, _ = run(capsys, "recommend", "--text", text, "--json")
    assert status == 0
    assert len(json.loads(out)["items"]) == 10


def test_a_second_build_has_nothing_to_do(capsys, demo_world):
    assert run(capsys, "build", "--workspace", "demo") == (
        0,
        "The workspace demo is up to date.\n",
        "",
    )


def test_an_unknown_world_is_not_built(capsys):
    status, _, err = run(capsys, "build", "--workspace", "nowhere")
    assert status == 2
    assert "There are: " in err


def test_the_benchmark_prints_every_step_and_the_machine(capsys, demo_world):
    status, out, _ = run(capsys, "bench", "recommend", "--rounds", "3")
    assert status == 0
    for word in ("encode", "search", "score", "fuse", "total", "median ms", "cores", "CPU"):
        assert word in out


def test_the_import_benchmark_leaves_nothing_behind(capsys, root):
    status, out, _ = run(capsys, "bench", "import", "--items", "300", "--interactions", "900")
    assert status == 0
    header, line, where = out.splitlines()
    for step in ("import", "build", "open", "recommend", "publish"):
        assert f"{step} GiB" in header
    assert line.split()[:2] == ["300", "900"]
    assert "cores" in where
    assert os.environ["THAW_WORKSPACES"] == str(root)
    assert not root.exists()


def commands(top, path=()):
    yield path, top
    for action in top._actions:
        if action.__class__.__name__ == "_SubParsersAction":
            for name, command in action.choices.items():
                yield from commands(command, (*path, name))


@pytest.mark.parametrize(("path", "command"), list(commands(parser())))
def test_every_option_has_a_help_text(path, command):
    assert all(
        action.help
        for action in command._actions
        if action.dest != "help" and action.option_strings
    )


def test_a_reader_that_goes_away_gets_no_traceback(demo_root):
    line = f"{sys.executable} -m recsys recommend --text sharks -k 500 --json | head -1"
    done = subprocess.run(
        ["bash", "-c", line],
        env={"THAW_WORKSPACES": str(demo_root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "{\n"
    assert "Traceback" not in done.stderr


DROPPED = """
HELP = "says hello"


def add(parser):
    parser.add_argument("--name", help="to whom")


def run(options):
    print(f"hello, {options.name}")
"""


def test_a_command_that_is_dropped_in_can_be_typed(capsys, tmp_path, monkeypatch):
    (tmp_path / "say_hello.py").write_text(DROPPED)
    with monkeypatch.context() as patch:
        patch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
        plugins.cache_clear()
        try:
            assert run(capsys, "say-hello", "--name", "you") == (0, "hello, you\n", "")
        finally:
            sys.modules.pop("recsys.cli.say_hello", None)
    plugins.cache_clear()
    with pytest.raises(SystemExit):
        main(["say-hello"])
