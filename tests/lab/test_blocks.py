"""Numbers become blocks of a record under the dimensions that the record declares."""

import numpy as np
import pytest

from dlqa.lab.blocks import block, by_seed

VARIABLES = {"curve": ("task", "arm", "seed", "step"), "end": ("seed", "task"), "count": ("arm",)}
LABELS = {"arm": ("a", "b"), "step": (0, 5, 9), "unused": (1, 2)}


def test_a_block_has_its_labels_and_its_place_in_the_declared_order() -> None:
    curve = np.arange(12.0).reshape(2, 2, 3)
    found = block({"curve": curve, "end": [1, 2]}, VARIABLES, {**LABELS, "seed": (4, 7)}, task="x")
    assert {name: each.dims for name, each in found.data_vars.items()} == {
        "curve": VARIABLES["curve"], "end": VARIABLES["end"],
    }  # fmt: skip
    assert found.curve.sel(task="x", arm="b", seed=7, step=5) == curve[1, 1, 1]
    assert found.end.sel(task="x", seed=4) == 1
    assert "unused" not in found.coords


def test_axes_that_do_not_fit_their_labels_are_refused() -> None:
    with pytest.raises(ValueError, match="arm"):
        block({"count": [1, 2, 3]}, VARIABLES, LABELS)


def test_seeds_are_put_where_the_variable_has_them_and_each_is_asked_once() -> None:
    asked: list[int] = []

    def measure(seed: int) -> dict[str, object]:
        asked.append(seed)
        return {"curve": np.full((2, 3), seed), "end": float(seed)}

    found = by_seed((4, 7), measure, VARIABLES, LABELS, task="x")
    assert asked == [4, 7]
    assert found.curve.dims == VARIABLES["curve"]
    assert (found.curve.sel(seed=7) == 7).all()
    assert found.end.sel(task="x").values.tolist() == [4, 7]
