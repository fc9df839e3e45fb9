"""The training loop: on a line to be fitted, killed, fed nonsense, and on devices that are not."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from recsys.errors import TrainingError
from recsys.learning.loop import Checkpoint, Schedule, fit

SCHEDULE = Schedule(epochs=6, patience=6, batch=4, rate=0.05, device="cpu")
X = np.linspace(-1, 1, 32, dtype=np.float32)[:, None]


class Line:
    """y = 3 x, to be found by one weight, with dropout, so that an epoch depends on its chances."""

    name = "line"
    metric = "closeness"

    def __init__(self, metrics=None, spoilt=False):
        self.net = torch.nn.Sequential(torch.nn.Dropout(0.2), torch.nn.Linear(1, 1, bias=False))
        torch.nn.init.zeros_(self.net[1].weight)
        self.metrics, self.spoilt, self.weights = iter(metrics or []), spoilt, []

    def batches(self, rng):
        order = rng.permutation(len(X))
        parts = np.split(order, len(X) // SCHEDULE.batch)
        return [lambda part=part: (X[part], 3 * X[part]) for part in parts]

    def loss(self, x, y):
        return ((self.net(x) - y) ** 2).mean() * (float("nan") if self.spoilt else 1)

    def validate(self):
        self.weights.append(self.weight)
        return next(self.metrics, -abs(self.weight - 3))

    @property
    def weight(self):
        return float(self.net[1].weight.detach())


def test_it_learns_and_tells_how_far_it_is():
    told, line = [], Line()
    history = fit(line, SCHEDULE, progress=lambda *said: told.append(said))
    assert history.shape == (6, 2)
    assert history[-1, 0] < history[0, 0]
    assert 1 < line.weight < 4
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][:2] == (600, 600)
    assert told[0][2].startswith("training line: epoch 1 of 6, loss ")
    assert ", closeness -" in told[-2][2]
    assert ", best -" in told[-2][2]


def test_the_best_epoch_is_kept_and_patience_ends_the_training():
    line = Line(metrics=[0.1, 0.5, 0.3, 0.2, 0.4, 0.9])
    history = fit(line, replace(SCHEDULE, patience=3))
    np.testing.assert_allclose(history[:, 1], [0.1, 0.5, 0.3, 0.2, 0.4])
    assert line.weight == line.weights[1]


def test_the_same_seed_gives_the_same_weights_and_another_others():
    lines = [Line(), Line(), Line()]
    for line, seed in zip(lines, (0, 0, 1), strict=True):
        fit(line, replace(SCHEDULE, seed=seed))
    assert lines[0].weights == lines[1].weights
    assert lines[0].weights != lines[2].weights


def test_training_leaves_the_chances_of_others_alone():
    torch.manual_seed(5)
    expected = torch.rand(1)
    line = Line()
    torch.manual_seed(5)
    fit(line, SCHEDULE)
    assert torch.rand(1) == expected


def killed(path: Path, epoch: int):
    """Trains with a checkpoint, in a process that is killed within the epoch, from 1."""

    def progress(done, total, what):
        if f"epoch {epoch} of" in what:
            os.kill(os.getpid(), signal.SIGKILL)

    fit(Line(), SCHEDULE, Checkpoint(path, "a line"), progress)


@pytest.mark.parametrize("epoch", [1, 2, 5])
def test_killed_and_begun_again_it_ends_as_if_nothing_had_been(tmp_path, epoch):
    path = tmp_path / "line.training"
    code = "import sys; from pathlib import Path; from tests.learning.test_loop import killed;"
    code += "killed(Path(sys.argv[1]), int(sys.argv[2]))"
    ran = subprocess.run([sys.executable, "-c", code, str(path), str(epoch)], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert path.is_file() == (epoch > 1)
    whole, resumed = Line(), Line()
    expected = fit(whole, SCHEDULE)
    history = fit(resumed, SCHEDULE, Checkpoint(path, "a line"))
    assert len(resumed.weights) == SCHEDULE.epochs - epoch + 1  # the others were not done again
    np.testing.assert_array_equal(history, expected)
    assert resumed.weight == whole.weight


def test_a_checkpoint_of_something_else_or_cut_short_is_no_start(tmp_path):
    path, whole = tmp_path / "line.training", Line()
    fit(whole, SCHEDULE)
    fit(Line(), replace(SCHEDULE, epochs=3), Checkpoint(path, "another"))
    for spoil in (lambda: None, lambda: path.write_bytes(path.read_bytes()[:40])):
        spoil()
        line = Line()
        fit(line, SCHEDULE, Checkpoint(path, "a line"))
        assert line.weights == whole.weights


def test_a_finished_training_is_not_done_again(tmp_path):
    checkpoint, again = Checkpoint(tmp_path / "line.training", "a line"), Line()
    fit(whole := Line(), SCHEDULE, checkpoint)
    fit(again, SCHEDULE, checkpoint)
    assert again.weights == []
    assert again.weight == whole.weight


def test_a_loss_that_is_no_number_is_one_clear_line():
    with pytest.raises(TrainingError, match="The loss of line is not a number in epoch 1: try"):
        fit(Line(spoilt=True), SCHEDULE)
    with pytest.raises(TrainingError, match="The closeness of line is not a number in epoch 2"):
        fit(Line(metrics=[0.5, float("nan")]), SCHEDULE)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is CUDA here")
def test_without_cuda_auto_is_the_cpu_and_cuda_one_clear_line():
    assert len(fit(Line(), replace(SCHEDULE, epochs=1, device="auto"))) == 1
    with pytest.raises(TrainingError, match=r"There is no device 'cuda' here \(.*\); leave it out"):
        fit(Line(), replace(SCHEDULE, device="cuda"))
    with pytest.raises(TrainingError, match="There is no device 'abacus' here"):
        fit(Line(), replace(SCHEDULE, device="abacus"))
