"""What the app imports before its first ranking: nothing that takes seconds."""

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import APP

pytestmark = pytest.mark.slow

HEAVY = (
    "torch", "sentence_transformers", "transformers", "sklearn", "scipy.stats", "scipy.optimize",
    "scipy.spatial", "openvino_telemetry", "openvino.torch", "onnxruntime", "numba", "matplotlib",
)  # fmt: skip
"""Each takes longer to import than a list takes to make."""

FIRST_RUN = """
import json, sys
from streamlit.testing.v1 import AppTest

app = AppTest.from_file(sys.argv[1], default_timeout=300).run()
assert not app.exception, app.exception
app.text_area[0].set_value("slow space films, nothing gory").run()
assert not app.exception, app.exception
print(json.dumps({
    "imported": [name for name in sys.modules if sys.modules[name] is not None],
    "shown": len(app.get("bidi_component")),
}))
"""


def test_the_first_ranking_imports_nothing_heavy(demo_root):
    done = subprocess.run(
        [sys.executable, "-c", FIRST_RUN, str(APP)], capture_output=True, text=True,
        env=os.environ | {"THAW_WORKSPACES": str(demo_root)}, cwd=APP.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["shown"]
    assert "recsys.ranking.engine" in found["imported"]
    assert set(HEAVY).isdisjoint(found["imported"])
