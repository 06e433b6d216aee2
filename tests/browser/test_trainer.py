"""Training in the page: the script against `dlqa.lab`, and what a reader sees, breaks and sends on."""

import re

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect

from dlqa.drawing.trainable import KNOBS, Trainable
from dlqa.evidence.further import joined
from dlqa.evidence.means import interval
from dlqa.evidence.records import gathered, samples
from dlqa.lab.initializers import INITIALIZERS
from dlqa.lab.mixtures import INPUTS, VARIANTS, one_hot
from dlqa.lab.networks import ACTIVATIONS, Stack
from dlqa.lab.tasks import Task
from dlqa.lab.training import SGD, Adam, train
from dlqa.publishing.publish import stored
from dlqa.publishing.store.catalog import find, questions
from dlqa.publishing.store.records import load
from dlqa.publishing.store.shelves import Store
from tests.browser.conftest import Look, Visit
from tests.conftest import ROOT

TRAINABLES: dict[str, Trainable] = {
    question.slug: question.load("trainable").TRAINABLE
    for question in questions()
    if "trainable" in question.modules
}
STEPS = 20  # three times through the samples
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
IMPORT = """
  const { script } = document.querySelector("[data-script]").dataset
  const m = await import(new URL("mlp.js", new URL(script, document.baseURI)))
"""


def default(trainable: Trainable) -> dict[str, str]:
    return {**trainable.fixed, **{each.id: each.default for each in trainable.controls}}


def every_option(trainable: Trainable) -> list[dict[str, str]]:
    """The default, and each other option, with what it asks for, in its place."""
    found = [default(trainable)]
    for control in trainable.controls:
        for option in control.options:
            setting = {**default(trainable), control.id: option}
            if control.id in trainable.only:
                setting |= [trainable.only[control.id]]
            found += [] if setting in found else [setting]
    return found


def trained(page: Page, setting: dict[str, str], steps: int) -> dict[str, list[float]]:
    """What the page's script starts from, sees and becomes."""
    return page.evaluate(
        f"""async ([setting, steps]) => {{
          {IMPORT}
          const run = new m.Run(setting, 7), batches = [], batch = run.batch
          run.batch = () => batches[batches.push(batch.call(run)) - 1]
          const now = () => run.weights.map((each) => [...each])
          const start = now()
          for (let step = 0; step < steps; step++) run.step()
          return {{ start, batches, end: now(), sizes: run.sizes, inputs: [...run.inputs], look: run.look() }}
        }}""",
        [setting, steps],
    )


def stack(layers: list[list[float]], sizes: list[int], activation: str) -> Stack:
    """The script's layers, [I + 1, O] with the biases last, as the lab's."""
    shaped = [
        torch.tensor(each, dtype=torch.float64).view(1, inputs + 1, -1)
        for each, inputs in zip(layers, sizes, strict=False)
    ]
    weights = tuple(each[:, :-1].mT.contiguous() for each in shaped)
    return Stack(weights, tuple(each[:, -1:].mT.contiguous() for each in shaped), activation)


@pytest.mark.parametrize("slug", TRAINABLES)
def test_from_one_start_the_script_trains_as_the_lab(look: Look, slug: str) -> None:
    page = look("en/")
    for setting in every_option(TRAINABLES[slug]):
        found = trained(page, setting, STEPS)
        start = stack(found["start"], found["sizes"], setting["activation"])
        samples = torch.tensor(found["inputs"], dtype=torch.float64).view(1, -1, INPUTS + 1)
        labels = torch.arange(samples.shape[1])[None] % 2
        task = Task(
            samples[:, :, :-1].mT.contiguous(),
            one_hot(labels).double(),
            torch.tensor(found["batches"])[None],
            torch.tensor([0]),
        )
        rate = float(setting["rate"])
        optimizer = Adam(rate) if setting["optimizer"] == "adam" else SGD(rate)
        final = train(start, task, steps=STEPS, optimizer=optimizer, threads=1).final
        ends = stack(found["end"], found["sizes"], setting["activation"])
        for kind in ("weights", "biases"):
            for mine, labs in zip(getattr(ends, kind), getattr(final, kind), strict=True):
                torch.testing.assert_close(mine, labs, rtol=0, atol=1e-6, msg=str(setting))
        outputs = final.outputs(task.inputs)
        loss = float((outputs - task.targets).square().mean())
        assert found["look"]["loss"] == pytest.approx(loss, abs=1e-6), setting


def test_what_the_script_knows_is_the_labs() -> None:
    assert {*KNOBS["initializer"]} - {"gaussian"} <= {*INITIALIZERS}
    assert {*KNOBS["data"]} == {*VARIANTS}
    assert {*KNOBS["activation"]} == {*ACTIVATIONS}


def test_random_numbers_are_those_that_were_published(look: Look) -> None:
    """xoshiro128** from the state 1, 2, 3, 4, as its authors' code gives; SplitMix64 of 1234567."""
    bits, state = look("en/").evaluate(
        f"""async () => {{
          {IMPORT}
          const random = new m.Random(1234567), state = [...random.state].map((word) => word >>> 0)
          random.state.set([1, 2, 3, 4])
          return [Array.from({{ length: 10 }}, () => random.bits()), state]
        }}"""
    )
    assert bits == [
        11520, 0, 5927040, 70819200, 2031721883,
        1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]  # fmt: skip
    drawn = [state[0] + (state[1] << 32), state[2] + (state[3] << 32)]
    assert drawn == [6457827717110365317, 3203168211198807973]


def test_uniforms_normals_and_shuffles_are_what_they_say(look: Look) -> None:
    uniform, normal, orders = look("en/").evaluate(
        f"""async () => {{
          {IMPORT}
          const random = new m.Random(1), many = (draw) => Array.from({{ length: 40000 }}, draw)
          return [many(() => random.uniform()), many(() => random.normal()), Array.from({{ length: 4000 }}, () => [...random.order(4)])]
        }}"""
    )
    levels = np.linspace(0.05, 0.95, 19)
    np.testing.assert_allclose(np.quantile(uniform, levels), levels, atol=0.01)
    expected = torch.special.ndtri(torch.tensor(levels)).numpy()
    np.testing.assert_allclose(np.quantile(normal, levels), expected, atol=0.03)
    assert abs(np.corrcoef(normal[:-1:2], normal[1::2])[0, 1]) < 0.02
    assert len({tuple(each) for each in orders}) == 24
    np.testing.assert_allclose(np.mean(orders, axis=0), 1.5, atol=0.07)


def test_over_seeds_the_script_lands_where_the_study_did(look: Look) -> None:
    """Xavier’s accuracy on fresh points at step 100, 24 seeds each, none of which share a number."""
    question, seeds, steps = find("initialization"), 24, 100
    blocks = [load(folder) for folder in stored(question, Store.default(ROOT))[:1]]
    at = {"setting": "sigmoid", "data": "independent", "initializer": "xavier"}
    accuracy = gathered(joined(blocks).values()).accuracy.sel(at).sel(step=steps)
    low, high = interval(samples(accuracy), error=0.05, low=0, high=1)
    chosen = {"data": "independent", "initializer": "xavier"}
    found = look("en/").evaluate(
        f"""async ([setting, seeds, steps]) => {{
          {IMPORT}
          return Array.from({{ length: seeds }}, (_, seed) => {{
            const run = new m.Run(setting, seed)
            while (run.steps < steps) run.step()
            return run.look().accuracy
          }})
        }}""",
        [default(TRAINABLES[question.slug]) | chosen, seeds, steps],
    )
    assert low < np.mean(found) < high


def shown(page: Page) -> Locator:
    """What is said of the setting."""
    return page.locator(".trainer [data-case]:not([hidden])")


def landed(page: Page) -> Locator:
    return page.locator(".trainer .landed circle")


def press(page: Page, place: int) -> None:
    page.locator(".trainer button").nth(place).press("Enter")


def ready(page: Page) -> Page:
    page.locator(".trainer__knobs").scroll_into_view_if_needed()
    expect(page.locator(".trainer button").first).to_be_enabled()
    return page


def test_a_claim_is_broken_and_sent_on(visit: Visit) -> None:
    page = ready(visit("en/"))
    expect(shown(page)).to_contain_text("holds")
    expect(page.locator(".trainer .ends circle")).to_have_count(24)
    page.select_option("[name='train.activation']", "tanh")
    expect(shown(page)).to_contain_text("does not hold")
    expect(page.locator(".trainer [role=status]")).to_have_text(re.compile("Seed 1, step 500: "))
    expect(landed(page)).to_have_count(1)
    press(page, 2)
    expect(page.locator(".trainer [role=status]")).to_have_text(re.compile("Seed 2, step 500: "))
    expect(landed(page)).to_have_count(2)
    assert page.url.endswith("/en/?train.activation=tanh&train.seed=2#train")
    band = page.locator(".trainer .median").first.get_attribute("points")
    ready(page.reload() and page)
    expect(shown(page)).to_contain_text("does not hold")
    assert page.locator(".trainer .median").first.get_attribute("points") == band
    expect(page.locator("[data-show=seed]")).to_have_text("2")
    expect(page.locator("[data-show=step]")).to_have_text("0")
    page.locator(".languages a").click()
    page.wait_for_url("**train.activation=tanh**")
    expect(shown(ready(page))).to_contain_text("不成立")


def test_what_was_not_tested_is_said_to_be_so(visit: Visit) -> None:
    page = ready(visit("en/?train.initializer=xavier"))
    expect(shown(page)).to_have_attribute("data-case", "stored")
    expect(page.locator(".trainer .ends circle")).to_have_count(24)
    page.select_option("[name='train.rate']", "0.1")
    expect(shown(page)).to_have_attribute("data-case", "untested")
    expect(page.locator(".trainer .ends circle")).to_have_count(0)
    page.select_option("[name='train.initializer']", "gaussian")
    expect(page.locator("[name='train.std']")).to_be_visible()
    press(page, 3)
    expect(page.locator("[name='train.std']")).to_be_hidden()
    expect(shown(page)).to_have_attribute("data-case", "sigmoid_correlated_1000")
    assert page.evaluate("location.search") == ""


def test_training_pauses_and_goes_on_by_steps(visit: Visit) -> None:
    page = ready(visit("en/"))
    step = page.locator("[data-show=step]")
    press(page, 1)
    expect(step).to_have_text("1")
    press(page, 1)
    expect(step).to_have_text("2")
    press(page, 0)
    expect(page.locator(".trainer button").first).to_have_text("Pause")
    expect(step).not_to_have_text("2")
    press(page, 0)
    expect(page.locator(".trainer button").first).to_have_text("Train")
    reached = int(step.text_content())
    press(page, 1)
    expect(step).to_have_text(str(reached + 1))


def test_without_motion_the_end_is_shown(visit: Visit) -> None:
    page = ready(visit("en/?train.width=32&train.activation=relu", reduced_motion="reduce"))
    page.evaluate(
        """() => {
          window.draws = 0
          const line = document.querySelector(".trainer .yours")
          new MutationObserver(() => draws++).observe(line, { attributes: true })
        }"""
    )
    press(page, 0)
    expect(landed(page)).to_have_count(1)
    assert page.evaluate("draws") == 1


@pytest.mark.parametrize("path", ["", "en/initialization/"])
def test_without_a_script_the_stored_seeds_stand(visit: Visit, path: str) -> None:
    page = visit(path, java_script_enabled=False)
    assert len(page.locator(".trainer .whole").first.get_attribute("points").split()) > 20
    expect(page.locator(".trainer .ends circle")).to_have_count(24)
    expect(shown(page)).to_be_visible()
    expect(page.locator(".trainer button").first).to_be_hidden()


def test_its_script_waits_until_it_is_in_sight(visit: Visit) -> None:
    page = visit("en/initialization/", **PHONE)
    loaded = "performance.getEntriesByType('resource').filter(each => /(trainer|mlp)\\.js/.test(each.name)).length"
    assert page.evaluate(loaded) == 0
    ready(page)
    assert page.evaluate(loaded) > 0
    sizes = page.locator(".trainer svg").evaluate_all(
        "all => all.flatMap(svg => [...svg.querySelectorAll('text')].map(text => parseFloat(getComputedStyle(text).fontSize) * svg.clientWidth / svg.viewBox.baseVal.width))"
    )
    assert min(sizes) >= 11
