"""The training loop: mini-batches, early stopping on a validation metric, resumed after a kill.

Each epoch draws from a generator of its own, seeded by the schedule's seed and the epoch's number,
so that an epoch that is begun again after a kill ends as it would have.
"""

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np

from recsys.datatypes import Progress, no_progress
from recsys.errors import TrainingError

Tensor: TypeAlias = Any
"""A torch.Tensor; torch takes seconds to import, so only training does."""

LOOK_EVERY = 20
"""After so many batches the loss is looked at and told."""
PARTS = 100
"""In so many parts an epoch is told."""


@dataclass(frozen=True)
class Schedule:
    """How a network is trained; a model's Config is one, with more."""

    epochs: int = 30
    """At most so many."""
    patience: int = 3
    """So many epochs without a better one end the training."""
    batch: int = 1_024
    """Examples a step."""
    rate: float = 0.001
    """Learning rate of AdamW."""
    decay: float = 0.0
    """Weight decay."""
    seed: int = 0
    """Of the first weights, of what is held out, and of every epoch."""
    device: str = "auto"
    """What torch calls it; auto is CUDA where there is one, else the CPU."""


@dataclass(frozen=True)
class Checkpoint:
    """The file in which training keeps how far it is, and what that is of: another identity begins
    anew."""

    path: Path
    identity: str


class Task(Protocol):
    """What is trained: ``net`` is a torch.nn.Module, ``name`` and ``metric`` are told."""

    name: str
    metric: str
    net: Any

    def batches(self, rng: np.random.Generator) -> Sequence[Callable[[], Sequence[np.ndarray]]]:
        """The batches of an epoch, each made when it is called."""

    def loss(self, *batch: Tensor) -> Tensor:
        """The mean loss of a batch, a scalar."""

    def validate(self) -> float:
        """How good the net is on what was held out; higher is better."""


@dataclass
class _State:
    """How far training is: ``epoch`` epochs, ``history`` a line each, ``best`` the best's weights,
    ``waited`` epochs ago."""

    epoch: int = 0
    waited: int = 0
    history: list[tuple[float, float]] = field(default_factory=list)
    best: dict[str, Tensor] = field(default_factory=dict)

    @property
    def top(self) -> float:
        return max((metric for _, metric in self.history), default=-np.inf)


def fit(
    task: Task,
    schedule: Schedule,
    checkpoint: Checkpoint | None = None,
    progress: Progress = no_progress,
) -> np.ndarray:
    """Trains ``task.net`` by AdamW (Loshchilov & Hutter 2019), and leaves the weights of the best
    epoch in it; returns (epochs, 2), the loss and the metric of each epoch.

    On CUDA in mixed precision (bfloat16). With a ``checkpoint``, a training that was killed goes on
    after its last whole epoch, with the result that it would have had. Raises TrainingError for a
    device that is not there, and where the loss or the metric is not a number.
    """
    import torch

    device = _device(schedule.device)
    net = task.net.to(device)
    optimiser = torch.optim.AdamW(net.parameters(), lr=schedule.rate, weight_decay=schedule.decay)
    state = _resumed(checkpoint, net, optimiser)
    while state.epoch < schedule.epochs and state.waited < schedule.patience:
        rng = np.random.default_rng([schedule.seed, state.epoch])
        with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
            torch.manual_seed(int(rng.integers(2**31)))
            loss = _epoch(task, optimiser, device, rng, schedule, state, progress)
        net.eval()
        metric = _number(task, task.validate(), task.metric, state, schedule)
        state.waited = 0 if metric > state.top else state.waited + 1
        state.history.append((loss, metric))
        if state.waited == 0:
            state.best = {name: own.detach().cpu().clone() for name, own in _weights(net)}
        state.epoch += 1
        if checkpoint is not None:
            _save(checkpoint, net, optimiser, state)
    net.load_state_dict(state.best)
    net.to("cpu").eval()
    progress(PARTS * schedule.epochs, PARTS * schedule.epochs, f"training {task.name}")
    return np.array(state.history, dtype=np.float32)


def _epoch(
    task: Task,
    optimiser: Any,
    device: Any,
    rng: np.random.Generator,
    schedule: Schedule,
    state: _State,
    progress: Progress,
) -> float:
    """The mean loss of one epoch."""
    import torch

    task.net.train()
    batches = task.batches(rng)
    seen, total = 0, torch.zeros((), device=device)
    for made, batch in enumerate(batches, start=1):
        tensors = [torch.from_numpy(array).to(device) for array in batch()]
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            loss = task.loss(*tensors)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        seen, total = made, total + loss.detach()
        if made % LOOK_EVERY == 0 or made == len(batches):
            mean = _number(task, float(total) / made, "loss", state, schedule)
            _tell(task, state, schedule, made / len(batches), mean, progress)
    return float(total) / max(seen, 1)


def _tell(
    task: Task, state: _State, schedule: Schedule, part: float, loss: float, progress: Progress
) -> None:
    said = f"epoch {state.epoch + 1} of {schedule.epochs}, loss {loss:.4f}"
    if state.history:
        said += f", {task.metric} {state.history[-1][1]:.4f}, best {state.top:.4f}"
    whole = PARTS * schedule.epochs
    done = min(int(PARTS * (state.epoch + part)), whole - 1)
    progress(done, whole, f"training {task.name}: {said}")


def _number(task: Task, value: float, what: str, state: _State, schedule: Schedule) -> float:
    if np.isfinite(value):
        return value
    raise TrainingError(
        f"The {what} of {task.name} is not a number in epoch {state.epoch + 1}: try a lower"
        f" learning rate than {schedule.rate:g}. The model in service stays."
    )


def _device(name: str) -> Any:
    import torch

    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    try:
        torch.zeros(1, device=name)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).strip().partition("\n")[0]
        raise TrainingError(
            f"There is no device {name!r} here ({reason}); leave it out to train on the CPU."
        ) from error
    return torch.device(name)


def _weights(net: Any) -> Iterator[tuple[str, Tensor]]:
    yield from net.state_dict().items()


def _save(checkpoint: Checkpoint, net: Any, optimiser: Any, state: _State) -> None:
    from safetensors.torch import save_file

    tensors = {f"net/{name}": own.detach().cpu().contiguous() for name, own in _weights(net)}
    tensors |= {f"best/{name}": own.contiguous() for name, own in state.best.items()}
    for number, slots in optimiser.state_dict()["state"].items():
        tensors |= {f"step/{number}/{name}": own.cpu() for name, own in slots.items()}
    about = {"epoch": state.epoch, "waited": state.waited, "history": state.history}
    told = {"identity": checkpoint.identity, "state": json.dumps(about)}
    partial = checkpoint.path.with_name(f"{checkpoint.path.name}.part")
    save_file(tensors, partial, told)
    os.replace(partial, checkpoint.path)


def _resumed(checkpoint: Checkpoint | None, net: Any, optimiser: Any) -> _State:
    """The state that the checkpoint holds, put into net and optimiser; a new one without it."""
    from safetensors import SafetensorError, safe_open

    if checkpoint is None or not checkpoint.path.is_file():
        return _State()
    try:
        with safe_open(checkpoint.path, "pt") as file:
            told = file.metadata() or {}
            if told.get("identity") != checkpoint.identity:
                return _State()
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (SafetensorError, OSError):  # cut short: as if it were not there
        return _State()
    net.load_state_dict(_below("net", tensors))
    optimiser.load_state_dict(optimiser.state_dict() | {"state": _slots(tensors)})
    about = json.loads(told["state"])
    history = [(loss, metric) for loss, metric in about["history"]]
    return _State(about["epoch"], about["waited"], history, _below("best", tensors))


def _below(prefix: str, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    start = f"{prefix}/"
    return {
        name.removeprefix(start): own for name, own in tensors.items() if name.startswith(start)
    }


def _slots(tensors: Mapping[str, Tensor]) -> dict[int, dict[str, Tensor]]:
    """What the optimiser keeps of each parameter, by its number."""
    found: dict[int, dict[str, Tensor]] = {}
    for name, own in _below("step", tensors).items():
        number, _, slot = name.partition("/")
        found.setdefault(int(number), {})[slot] = own
    return found
