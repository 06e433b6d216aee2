"""What a reader may train: knobs that the page's script does not know are told."""

from dlqa.drawing.live import Control
from dlqa.drawing.trainable import KNOBS, Trainable


def test_each_knob_is_set_or_fixed_to_what_the_script_knows() -> None:
    right = {knob: values[0] if values else "1" for knob, values in KNOBS.items()}
    assert Trainable((), lambda _: (), 10, fixed=right).faults() == []
    wrong = {**right, "activation": "softmax", "width": "wide"} | {"depth": "2"}
    del wrong["rate"]
    rates = Control("rates", ("0.1", "1"), default="1")
    assert Trainable((rates,), lambda _: (), 10, fixed=wrong).faults() == [
        "unknown knob 'rates'",
        "unknown knob 'depth'",
        "knob 'rate' is neither set nor fixed",
        "activation: unknown 'softmax'",
        "width: 'wide' is no number",
    ]
