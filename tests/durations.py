"""Where the suite's time goes, by question and kind: `python -m tests.durations junit.xml`.

Reads what `pytest --numprocesses 2 --junitxml junit.xml` writes. A test belongs to the question that
its file or its parameters name, in rooms that look at questions; all others cost the same however
many questions there are. Fixtures count for the test that comes first.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from dlqa.publishing.store.catalog import questions

WORKERS = 2
KINDS = {  # how a test's module begins, the first that fits
    "tests.questions.test_falsifiers": "falsifiers",
    "tests.questions": "study, small",
    "tests.pages.test_snippets": "code shown",
    "docs": "code shown",
    "tests.browser": "browser",
    "tests.pages": "pages as files",
}
Seconds = dict[str, Counter[str]]  # by kind, of each question; "" is none


def seconds(junit: str, slugs: list[str]) -> Seconds:
    """Seconds of tests by kind and question, from what pytest writes as JUnit's XML."""
    found: Seconds = {}
    for test in ElementTree.fromstring(junit).iter("testcase"):
        module, name = test.attrib["classname"], test.attrib["name"]
        kind = next((KINDS[start] for start in KINDS if module.startswith(start)), "")
        named = re.findall(r"[a-z0-9]+", f"{module} {name}") if kind else []
        of = next((slug for slug in slugs if slug in named), "")
        kind = kind if of else module.removeprefix("tests.").split(".")[0]
        found.setdefault(kind, Counter())[of] += float(test.attrib["time"])
    return found


def table(found: Seconds, slugs: list[str]) -> Iterator[str]:
    """Lines: of a kind each, seconds of each question, then what belongs to none."""
    kinds = dict.fromkeys(KINDS.values())
    yield "".join(["seconds".ljust(18), *(slug.rjust(16) for slug in slugs)])
    for kind in kinds:
        cells = [f"{found.get(kind, Counter())[slug]:16.1f}" for slug in slugs]
        yield "".join([kind.ljust(18), *cells])
    sums = {slug: sum(found[kind][slug] for kind in kinds if kind in found) for slug in slugs}
    yield "".join(["all".ljust(18), *(f"{sums[slug]:16.1f}" for slug in slugs)])
    yield "".join(["on two workers".ljust(18), *(f"{sums[s] / WORKERS:16.1f}" for s in slugs)])
    yield ""
    others = Counter({kind: of[""] for kind, of in found.items() if of[""]})
    yield from (f"{kind:18}{cost:16.1f}" for kind, cost in others.most_common())
    yield f"{'no question':18}{others.total():16.1f}"


def main(path: str) -> None:
    slugs = [question.slug for question in questions()]
    print("\n".join(table(seconds(Path(path).read_text("utf-8"), slugs), slugs)))


if __name__ == "__main__":
    main(*sys.argv[1:])
