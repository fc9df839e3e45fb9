"""Where things lie: in a checkout, and where the package is installed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from recsys import folders

HOME = Path(__file__).parent.parent


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A package that brings its data, as a wheel does."""
    package = tmp_path / "site-packages" / "recsys"
    (package / "data").mkdir(parents=True)
    monkeypatch.setattr(folders, "PACKAGE", package)
    monkeypatch.setenv("HOME", str(tmp_path / "somebody"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    return package


def test_in_a_checkout_all_is_in_data():
    assert folders.bundled() == folders.local() == HOME / "data"


def test_an_installed_package_writes_in_the_users_folder(installed, tmp_path):
    assert folders.bundled() == installed / "data"
    assert folders.local() == tmp_path / "somebody" / ".local" / "share" / "thaw"


def test_the_user_may_say_where_data_goes(installed, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "mine"))
    assert folders.local() == tmp_path / "mine" / "thaw"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert folders.local() == tmp_path / "somebody" / ".local" / "share" / "thaw"


@pytest.mark.slow
def test_the_wheel_brings_the_worlds_the_reports_and_the_types(tmp_path):
    """Installed in a folder of its own, the package finds what it brings, far from the checkout."""
    source = tmp_path / "source"
    names = ["recsys", "data", "pyproject.toml", "setup.py", "requirements.txt", "README.md"]
    ignored = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *names],
        cwd=HOME, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in ignored.stdout.splitlines():
        if (HOME / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((HOME / name).read_bytes())
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    target = tmp_path / "installed"
    subprocess.run([*pip, "--target", str(target), str(source)], check=True, cwd=tmp_path)
    assert (target / "recsys" / "py.typed").is_file()
    code = (
        "import recsys; from recsys.datasets import demo; from recsys import folders;"
        "from recsys.reports import store;"
        "print(recsys.__file__); print(demo.worlds()); print(len(demo.load('games').items));"
        "print(folders.workspaces()); print(len(list(store.BUNDLED.glob('*.json'))))"
    )
    environment = {name: value for name, value in os.environ.items() if name != "THAW_WORKSPACES"}
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, capture_output=True, text=True, check=True,
        env=environment | {"PYTHONPATH": str(target), "XDG_DATA_HOME": str(tmp_path / "mine")},
    )  # fmt: skip
    assert said.stdout.splitlines() == [
        str(target / "recsys" / "__init__.py"),
        "['demo', 'games']",
        "150",
        str(tmp_path / "mine" / "thaw" / "workspaces"),
        "6",
    ]
