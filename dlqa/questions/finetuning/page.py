"""Question 54: what the page says of a record: its claims and values (its figures beside it).

Tests and margins were fixed before the first full run; the expected verdicts are what the prose
relies on, and follow it. Those that lean came out on either side of the border where the same seeds
ran on another kind of processor, or near it.
"""

from dlqa.evidence.claims import Claim, Condition, Kind, Verdict, Words, leaning
from dlqa.evidence.values import Value, Values, share, value
from dlqa.questions.finetuning import figures, live
from dlqa.questions.finetuning.conditions import (
    earlier_over_last,
    early_vectors,
    forgotten,
    frozen_over_updated,
    further,
    kept_longer,
    last_over_all,
    linear,
    lower_rate,
    over_random,
    over_scratch,
    probe_over_tuning,
    probed_over_random_head,
    tuning_over_probe,
    with_fewer,
)
from dlqa.questions.finetuning.names import DEPTH, GUESSING, PARAMS, SIZE, TASK
from dlqa.questions.finetuning.quantities import (
    LAST,
    MIDDLE,
    at,
    at_rate,
    best_depth,
    kept,
    last_stage,
    moved,
    probed,
    random_weights,
    scratch,
    tuned,
    tuned_from,
    vectors,
)
from dlqa.questions.finetuning.record import HEADS, Record

LIVE = live.LIVE
FIGURES = {**figures.FIGURES, **{name: each.still for name, each in LIVE.items()}}
HOLDS, FAILS, DEPENDS, UNDECIDED = Verdict
SOURCE = "CS231n"
GAP: Words = {"zh": "测试准确率之差", "en": "difference of test accuracies"}

CLAIMS: tuple[Claim[Record], ...] = (
    Claim(
        "c1", Kind.MEASURED, "He et al. 2019", quantity=GAP, form="+.3f", margin=0.05,
        conditions=(
            *(over_scratch(task, "small", HOLDS) for task in TASK),
            leaning(with_fewer("photos", HOLDS)),
            with_fewer("digits", FAILS),
        ),
    ),
    Claim("c2", Kind.CITED, "Yosinski et al. 2014", stated=HOLDS),
    Claim("c3", Kind.CITED, SOURCE, stated=FAILS),
    Claim("c4", Kind.CITED, SOURCE, stated=HOLDS),
    Claim(
        "c5", Kind.MEASURED, "Razavian et al. 2014",
        quantity={"zh": "测试准确率，乱猜为 0.1", "en": "test accuracy; guessing gives 0.1"},
        margin=2 * GUESSING,
        conditions=tuple(
            linear(f"{kind}_{task}", {
                "zh": f"{zh}，{TASK[task]['zh']}", "en": f"{en}, {TASK[task]['en']}",
            }, samples, HOLDS)
            for task in TASK
            for kind, zh, en, samples in (
                ("svm", "线性 SVM", "linear SVM", lambda r, task=task: vectors(r, task, LAST)),
                ("softmax", "多项逻辑回归", "logistic", lambda r, task=task: r.softmax[at(task), :, 1]),
            )
        ),
    ),
    Claim("c6", Kind.CITED, SOURCE, stated=FAILS),
    Claim("c7", Kind.CITED, "Yosinski et al. 2014", stated=HOLDS),
    Claim(
        "c8", Kind.MEASURED, "Lee et al. 2023", quantity=GAP, form="+.3f", margin=-0.03,
        conditions=(
            leaning(last_over_all("photos", "small", FAILS)),
            last_over_all("digits", "small", FAILS),
        ),
    ),
    Claim("c9", Kind.CITED, "Goyal et al. 2017", stated=FAILS),
    Claim("c10", Kind.CITED, "Wightman 2019", stated=DEPENDS),
    Claim("c11", Kind.CITED, "Kornblith et al. 2019", stated=DEPENDS),
    Claim(
        "c12", Kind.MEASURED, SOURCE, quantity=GAP, form="+.3f",
        conditions=(
            leaning(probe_over_tuning("photos", "small", LAST, FAILS)),
            leaning(probe_over_tuning("photos", "small", None, HOLDS)),
        ),
    ),
    Claim(
        "c13", Kind.MEASURED, SOURCE, quantity=GAP, form="+.3f",
        conditions=(
            leaning(tuning_over_probe("photos", "large", LAST, HOLDS)),
            leaning(tuning_over_probe("photos", "large", None, FAILS)),
        ),
    ),
    Claim(
        "c14", Kind.MEASURED, SOURCE, quantity=GAP, form="+.3f", margin=0.05,
        conditions=tuple(early_vectors(task, HOLDS) for task in ("digits", "photos")),
    ),
    Claim(
        "c15", Kind.MEASURED, "He et al. 2019", quantity=GAP, form="+.3f", margin=0.02,
        conditions=(
            leaning(over_scratch("digits", "large", FAILS)),
            over_scratch("photos", "large", HOLDS),
        ),
    ),
    Claim("c16", Kind.CITED, "Veit et al. 2016", stated=DEPENDS),
    Claim(
        "c17", Kind.DERIVED, "Lin et al. 2014",
        check=lambda record: record.refused[1] == 0, stated=HOLDS,
    ),
    Claim(
        "c18", Kind.DERIVED, "Lin et al. 2014",
        check=lambda record: record.refused[0] == 1 and record.refused[1] == 0, stated=FAILS,
    ),
    Claim(
        "c19", Kind.MEASURED, SOURCE, quantity=GAP, form="+.3f",
        conditions=(lower_rate("random", FAILS), lower_rate("probed", UNDECIDED)),
    ),
    Claim("c20", Kind.CITED, SOURCE, stated=FAILS),
    Claim(
        "c21", Kind.MEASURED, "Kumar et al. 2022",
        quantity={"zh": "随机分类头与先线性探测之差", "en": "random head against a probed one"},
        form="+.2f", conditions=(further(HOLDS), leaning(kept_longer(HOLDS))),
    ),
    Claim(
        "m1", Kind.MEASURED, "Touvron et al. 2019", quantity=GAP, form="+.3f", margin=0.05,
        conditions=(
            Condition(
                "sides",
                {"zh": "最后一层的线性探测，64 像素减 32 像素", "en": "last-depth probe, 64 minus 32 pixels"},
                lambda r: r.probed_by_side[-1, LAST, :, 1] - r.probed_by_side[0, LAST, :, 1],
                HOLDS,
            ),
        ),
    ),
    Claim(
        "m2", Kind.MEASURED, "Ioffe & Szegedy 2015", quantity=GAP, form="+.3f", margin=0.05,
        conditions=(leaning(frozen_over_updated("photos", HOLDS)), frozen_over_updated("digits", HOLDS)),
    ),
    Claim(
        "m3", Kind.MEASURED, "Goodfellow et al. 2014", form="+.3f", margin=0.2,
        quantity={
            "zh": "保住旧判断的比例，最低学习率减最高学习率",
            "en": "share of old decisions kept, lowest rate minus highest",
        },
        conditions=tuple(leaning(forgotten(head, HOLDS)) for head in HEADS),
    ),
    Claim(
        "m4", Kind.MEASURED, "Hu et al. 2022", quantity=GAP, form="+.3f", margin=-0.05,
        conditions=(
            Condition(
                "digits", TASK["digits"],
                lambda r: r.adapted[:, 1] - at_rate(r, "digits", "random", LAST), HOLDS,
                leaning=True,
            ),
        ),
    ),
    Claim(
        "m5", Kind.MEASURED, "Kornblith et al. 2019", quantity=GAP, form="+.3f", margin=0.05,
        conditions=tuple(over_random(task, size, HOLDS) for task in TASK for size in SIZE),
    ),
    Claim(
        "m6", Kind.MEASURED, "Yosinski et al. 2014", quantity=GAP, form="+.3f", margin=0.05,
        conditions=tuple(earlier_over_last(task, size, HOLDS) for task in TASK for size in SIZE),
    ),
    Claim(
        "m7", Kind.MEASURED, "Kumar et al. 2022", quantity=GAP, form="+.3f",
        conditions=tuple(leaning(probed_over_random_head(task, HOLDS)) for task in TASK),
    ),
)  # fmt: skip


def values(record: Record) -> Values:
    """The numbers that the prose cites beside the claims' effects."""
    found = {
        name: value(getattr(PARAMS, name), ".0f")
        for name in (
            "small", "large", "validation", "tests", "side", "seeds", "probe_seeds", "controls",
            "steps", "large_steps", "batch", "large_batch", "rank", "views",
        )
    }  # fmt: skip
    found["scratch_steps"] = value(PARAMS.looks[-1], ".0f")
    for task in TASK:
        for size in SIZE:
            name = f"{task}_{size}"
            found |= {
                f"probe_last_{name}": share(probed(record, task, size, LAST).mean()),
                f"probe_best_{name}": share(probed(record, task, size).mean()),
                f"control_{name}": share(random_weights(record, task, size).mean()),
                f"tuned_{name}": share(tuned(record, task, size).mean()),
                f"last_stage_{name}": share(last_stage(record, task, size).mean()),
                f"scratch_{name}": share(scratch(record, task, size).mean()),
                f"depth_{name}": _usual_depth(record, task, size),
            }
        for head in HEADS:
            found[f"{head}_head_{task}"] = share(tuned_from(record, task, head).mean())
        found[f"svm_last_{task}"] = share(vectors(record, task, LAST).mean())
        found[f"svm_best_{task}"] = share(vectors(record, task).mean())
        found[f"updated_{task}"] = share(record.updated[at(task), :, 1].mean())
        found[f"frozen_{task}"] = share(at_rate(record, task, "random", MIDDLE).mean())
    for head in HEADS:
        for word, place in (("low", 0), ("middle", MIDDLE), ("high", LAST)):
            found[f"kept_{head}_{word}"] = share(kept(record, head, place).mean())
            found[f"moved_{head}_{word}"] = share(moved(record, head, place).mean(), 2)
            for task in TASK:
                accuracy = at_rate(record, task, head, place).mean()
                found[f"at_{word}_{head}_{task}"] = share(accuracy)
    for place, side in enumerate(PARAMS.sides):
        last = record.probed_by_side[place, LAST, :, 1].mean()
        found[f"probe_last_{side}_pixels"] = share(last)
    for side in (32, 64, 224):
        chances = record.recognized[PARAMS.whole_sides.index(side)]
        found[f"recognized_{side}"] = share(chances.mean())
        found[f"cat_{side}"] = share(chances[0], 1)
    trained, everything = record.parameters
    found["adapter_parameters"] = value(trained, ",.0f")
    found["all_parameters"] = value(everything, ",.0f")
    found["adapter_share"] = share(trained / everything, 1)
    found["adapted"] = share(record.adapted[:, 1].mean())
    return found


def _usual_depth(record: Record, task: str, size: str) -> Value:
    """The depth that most seeds prefer, as its number from 1."""
    chosen = best_depth(record, task, size)
    return value(max(range(len(DEPTH)), key=lambda depth: (chosen == depth).sum()) + 1, ".0f")
