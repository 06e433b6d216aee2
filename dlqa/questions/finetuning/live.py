"""Question 54: its figure with controls, the images a class, the depth of the cut and the rate."""

from collections.abc import Mapping

import xarray as xr

from dlqa.drawing.canvas import Drawing
from dlqa.drawing.labels import Labels
from dlqa.drawing.live import Control, Live, Setting
from dlqa.evidence.records import ran
from dlqa.evidence.values import Values, percent
from dlqa.questions.finetuning import quantities as q
from dlqa.questions.finetuning.figures import accuracies
from dlqa.questions.finetuning.record import MIDDLE, RATES, SIZES, TASKS, Params

CUTS = ("stage1", "stage2", "stage4", "stage5", "stage7", "head")
COUNTS = {str(Params().counts(size)[0]): size for size in SIZES}


def draw_cut(record: xr.Dataset, labels: Labels, setting: Setting) -> Drawing:
    """Four ways to use the network as the reader sets them, on both tasks, a dot a seed."""
    samples = {task: ways(record, task, setting) for task in TASKS}
    titles = [labels("task", task) for task in TASKS]
    words, xlabel = labels.of("cut"), labels("axis", "accuracy")
    return Drawing(*accuracies(samples, titles, words, (170, 112), xlabel))


def ways(record: xr.Dataset, task: str, setting: Setting) -> dict[str, xr.DataArray]:
    """Test accuracies by way, of the seeds that trained; with many images all layers were trained
    at one rate alone."""
    at = record.sel(task=task, size=COUNTS[setting["images"]], split="test")
    cut, rate = at.sel(depth=setting["depth"]), float(setting["rate"])
    last = ran(at.last_stage.sel(rate=rate))
    found = {
        "probe": cut.probe.sel(classifier="ridge"),
        "control": cut.control,
        "last": last,
        "all": at.tuned.sel(head="probed", rate=rate)
        if COUNTS[setting["images"]] == "small"
        else q.accuracy(record, way="tuned", task=task, size="large"),
    }
    return {way: accuracies.sel(seed=last.seed) for way, accuracies in found.items()}


def numbers(record: xr.Dataset, setting: Setting) -> Values:
    """Means over seeds, as photos_probe."""
    return {
        f"{task}_{way}": percent(accuracies.mean())
        for task in TASKS
        for way, accuracies in ways(record, task, setting).items()
    }


LIVE: Mapping[str, Live] = {
    "cut": Live(
        (
            Control("images", tuple(COUNTS), default=str(Params().small)),
            Control("depth", CUTS, default="head", scale=True),
            Control(
                "rate", tuple(f"{rate:g}" for rate in RATES), default=f"{MIDDLE:g}", scale=True
            ),
        ),
        draw_cut,
        numbers,
    )
}
