"""The world of forty items, built once for all tests of the page, and copied for each."""

import shutil

import pytest

from recsys.building.build import build
from tests.worlds import FakeEncoder, shelf


@pytest.fixture(scope="module")
def shelf_folder(tmp_path_factory):
    """The world of forty items, built once."""
    folder = tmp_path_factory.mktemp("shelf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(folder))
        build("demo", shelf(), FakeEncoder()).close()
    return folder


@pytest.fixture
def world(root, fake_encoder, shelf_folder):
    """A copy of it, called demo."""
    shutil.copytree(shelf_folder, root)
    return root
