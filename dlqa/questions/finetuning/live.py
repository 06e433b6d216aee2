"""Question 54: its figure with controls, the images a class, the depth probed and the images seen."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.evidence.records import ran
from dlqa.evidence.values import Values, percent
from dlqa.questions.finetuning.figures import accuracies
from dlqa.questions.finetuning.record import MIDDLE, SIZES, TASKS, Params

CUTS = ("stage1", "stage3", "stage4", "stage5", "head")
COUNTS = {str(Params().counts(size)[0]): size for size in SIZES}
SEEN = ("0", "500", "1000", "all")  # images, on the way


def draw_cut(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """Four ways to use the network as the reader sets them, on both tasks, a dot a seed."""
    samples = {task: ways(record, task, setting) for task in TASKS}
    titles = [labels("task", task) for task in TASKS]
    words, xlabel = labels.of("cut"), labels("axis", "accuracy")
    return Drawing(*accuracies(samples, titles, words, (170, 132), xlabel))


def ways(record: xr.Dataset, task: str, setting: Setting) -> dict[str, xr.DataArray]:
    """Test accuracies by way, of the seeds that trained."""
    at = record.sel(task=task, size=COUNTS[setting["images"]])
    cut, curves = at.sel(depth=setting["depth"], split="test"), at.curve.sel(rate=MIDDLE)
    found = {"probe": cut.probe.sel(classifier="ridge"), "control": cut.control}
    for arm in ("last", "upper"):
        curve = ran(curves.sel(arm=arm)).dropna("seen")
        seen = setting["seen"]
        found[arm] = curve[:, -1] if seen == "all" else curve.sel(seen=int(seen))
    return {way: accuracies.sel(seed=found["upper"].seed) for way, accuracies in found.items()}


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """Means over seeds, as photos_probe."""
    return {
        f"{task}_{way}": percent(accuracies.mean())
        for task in TASKS
        for way, accuracies in ways(record, task, setting).items()
    }


CONTROLS = (
    Control("images", tuple(COUNTS), default=str(Params().small)),
    Control("depth", CUTS, default="head", scale=True),
    Control("seen", SEEN, default="all", scale=True),
)
LIVE: Mapping[str, Live] = {"cut": Live(CONTROLS, draw_cut, numbers)}
