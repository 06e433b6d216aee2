"""Blocks of a study become one record, and what does not fit is refused by name."""

import numpy as np
import pytest
import xarray as xr

from dlqa.evidence.quantities import quantity
from dlqa.evidence.records import check, gathered, mean_height, samples

VARIABLES = {"accuracy": ("arm", "seed")}


def block(arms, seeds, start=0.0):
    values = start + np.arange(float(len(arms) * len(seeds))).reshape(len(arms), len(seeds))
    return xr.Dataset({"accuracy": (("arm", "seed"), values)}, {"arm": arms, "seed": seeds})


def test_blocks_stand_side_by_side_and_nan_where_nothing_was_run():
    record = gathered([block(["b"], [0, 1, 2]), block(["a"], [0, 1], 10.0)])
    assert record.arm.values.tolist() == ["b", "a"]
    np.testing.assert_array_equal(record.accuracy, [[0, 1, 2], [10, 11, np.nan]])


def test_later_seeds_join_earlier_ones_in_order():
    record = gathered([block(["a"], [2, 3]), block(["a"], [0, 1], 5.0)])
    assert record.seed.values.tolist() == [0, 1, 2, 3]
    assert record.accuracy.sel(arm="a").values.tolist() == [5, 6, 0, 1]


def test_blocks_that_repeat_a_number_must_agree():
    assert gathered([block(["a"], [0, 1]), block(["a"], [1, 2], 1.0)]).sizes["seed"] == 3
    with pytest.raises(ValueError, match="accuracy: two blocks of a study give different numbers"):
        gathered([block(["a"], [0, 1]), block(["a"], [1, 2])])


def test_a_variable_keeps_its_dimensions():
    with pytest.raises(ValueError, match=r"accuracy: \('seed',\) in one block"):
        gathered([block(["a"], [0, 1]), block(["a"], [0, 1]).sel(arm="a", drop=True)])


@pytest.mark.parametrize(
    ("record", "complaint"),
    [
        (block(["a"], [0]).rename(accuracy="loss"), "loss: expected no such variable"),
        (block(["a"], [0]).sel(arm="a", drop=True), r"expected \('arm', 'seed'\), got \('seed',\)"),
        (block(["a"], [0]).astype(np.float32), "expected float64, got float32"),
        (block(["a"], [0]) * np.nan, "accuracy: no number in it"),
        (block([], []), "accuracy: no number in it"),
    ],
)
def test_a_record_of_other_variables_is_refused(record, complaint):
    with pytest.raises(ValueError, match=complaint):
        check(record, VARIABLES)


def test_samples_leave_out_the_last_seeds_only():
    values = xr.DataArray([1.0, np.nan, 3.0, np.nan], dims="seed")
    np.testing.assert_array_equal(samples(values), [1, np.nan, 3])
    with pytest.raises(ValueError, match="one number a seed"):
        samples(values.expand_dims("arm"))


def test_mean_height_weighs_uneven_steps():
    curves = xr.DataArray([[0.0, 1.0, 1.0]], {"step": [0, 1, 4]}, ("seed", "step"))
    assert mean_height(curves).item() == pytest.approx(3.5 / 4)


@quantity(low=0, high=1, form=".1f")
def accuracy(record, *, arm):
    return record.accuracy.sel(arm=arm)


def test_a_quantity_is_asked_at_labels_and_says_which_it_does_not_know():
    record = block(["a"], [0, 1])
    assert (accuracy.name, accuracy.low, accuracy.high, accuracy.form) == ("accuracy", 0, 1, ".1f")
    assert accuracy.samples(record, {"arm": "a"}).tolist() == [0, 1]
    with pytest.raises(
        ValueError, match=r"at {'arm': 'c'}: the record has no arm 'c'; expected one of \['a'\]"
    ):
        accuracy.samples(record, {"arm": "c"})
    with pytest.raises(ValueError, match="accuracy is not asked at step"):
        accuracy.samples(record, {"arm": "a", "step": 5})


def test_a_quantitys_mean_is_that_of_the_seeds_that_ran_and_asks_for_one():
    record = gathered([block(["a"], [0, 1]), block(["b"], [0, 1, 2], 3.0)])
    assert accuracy.mean(record, arm="a") == 0.5
    assert accuracy.mean(record, arm="b") == 4
    with pytest.raises(KeyError, match="accuracy: nothing was run there"):
        accuracy.mean(record.where(record.arm == "a"), arm="b")
    with pytest.raises(KeyError):
        accuracy.mean(record, arm="c")
