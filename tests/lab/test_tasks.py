"""A step's batch holds the samples asked for, and tasks that do not fit are refused."""

import pytest
import torch
from trained_stacks import drawn_task

from dlqa.lab.tasks import Task, feed


def test_a_batch_holds_the_samples_of_its_step():
    task = drawn_task(batch=10)
    members = torch.tensor([3, 0])
    batch, fill = feed(task, task.table(torch.float32), members, 50)
    fill(7)
    for row, of in enumerate(task.of[members].tolist()):
        picked = task.batches[of, 7]
        assert torch.equal(batch.inputs[row, :-1, :10], task.inputs[of][:, picked])
        assert torch.equal(batch.targets[row, :, :10], task.targets[of][:, picked])
    assert (batch.inputs[:, -1, :10] == 1).all()
    assert batch.inputs.shape == (2, 5, 16)
    assert not batch.inputs[:, :, 10:].any()
    assert not batch.targets[:, :, 10:].any()


def test_without_batches_every_step_holds_all_samples():
    task = Task(**{**vars(drawn_task()), "batches": None})
    batch, fill = feed(task, task.table(torch.float32), torch.tensor([3, 0]), 1_000_000)
    fill(999_999)
    assert torch.equal(batch.targets[:, :, : batch.samples], task.targets[task.of[[3, 0]]])
    assert batch.samples == 40


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"inputs": torch.zeros(2, 4)}, r"expected \[D, I, N\].*inputs \[2, 4\]"),
        ({"targets": torch.zeros(3, 3, 40)}, r"expected \[D, I, N\].*targets \[3, 3, 40\]"),
        ({"targets": torch.zeros(2, 3, 39)}, "as many samples"),
        ({"batches": torch.full((2, 5, 8), 40)}, "one of 40 samples, 0 to 39, not 40 to 40"),
        ({"batches": torch.full((2, 5, 8), -1)}, "one of 40 samples, 0 to 39, not -1"),
        ({"batches": torch.zeros(2, 5, 8)}, "batches must be int64, not torch.float32"),
        ({"of": torch.tensor([0, 2])}, "of must name one of 2 data sets"),
    ],
)
def test_a_task_whose_parts_do_not_fit_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        Task(**{**vars(drawn_task()), **change})
