"""What a result depends on: code without its comments, parameters, versions, nothing else."""

import hashlib
import importlib.metadata
import json
import platform
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from dlqa.publishing.catalog import PACKAGE, Question
from dlqa.publishing.closure import Closure, closure, closure_of_script
from dlqa.publishing.mathfont import CARRIER
from dlqa.publishing.results import OUTLINE, Lab

# What makes HTML of a notebook, as packages are named: none is imported before there is need.
CONVERTERS = {"mkdocs-jupyter", "nbconvert", "mistune", "pygments", "beautifulsoup4", "math-core"}


@dataclass(frozen=True)
class Fingerprint:
    """The ingredients of a result, each by name with a hash or a value in words."""

    ingredients: Mapping[str, str]

    @property
    def key(self) -> str:
        text = json.dumps(dict(self.ingredients), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def changes_since(self, other: "Fingerprint") -> list[str]:
        """In words, what differs from an older fingerprint."""
        now, then = self.ingredients, other.ingredients
        return [
            _change(name, then.get(name), now.get(name))
            for name in sorted({*now, *then})
            if now.get(name) != then.get(name)
        ]


def of_record(question: Question) -> Fingerprint:
    """What a question's record depends on; imports its `record` module, never torch."""
    record = question.load("record")
    work = {"params": record.Params(), "source work": record.SOURCE_WORK}
    settings = {
        f"{name}.{field}": repr(value)
        for name, params in work.items()
        if params is not None  # a source that timed nothing
        for field, value in asdict(params).items()
    }
    return Fingerprint(settings | ingredients(question.module_name("study")))


def of_exhibits(question: Question, record: Path) -> Fingerprint:
    """What its values, claims and figures depend on: the record's content and the page's code.

    Its content and not its key: a record made again after damage may differ in the last digits,
    and a helper that changed may leave it as it was.
    """
    content = {"record": _digest(record)}
    renderer = ingredients("dlqa.publishing.exhibits")
    return Fingerprint(content | renderer | ingredients(question.module_name("page")))


def of_font() -> Fingerprint:
    """What the font of the formulas depends on: how it is cut, and from what."""
    return Fingerprint(ingredients("dlqa.publishing.mathfont") | _versions({CARRIER}))


def of_lab(script: Path) -> Fingerprint:
    """What a lab's notebooks depend on: its text, all that it imports, and how it is run."""
    text = {f"text of {script.name}": _digest(script)}
    runner = ingredients("dlqa.publishing.labs")
    return Fingerprint(text | runner | _of_reached(closure_of_script(script)))


def of_lab_page(lab: Lab, language: str) -> Fingerprint:
    """What a lab's page depends on: notebook and headings, and what makes HTML of them."""
    made = {
        "notebook": _digest(lab.shown(language)),
        "notebook's ids": _digest(lab.folder / OUTLINE),
    }
    reached = closure("dlqa.publishing.lab_pages").code
    code = {f"code of {name}": digest for name, digest in reached.items()}
    return Fingerprint(made | code | _versions(CONVERTERS))


def ingredients(module: str, package: Path = PACKAGE) -> dict[str, str]:
    """The code that `module` reaches by imports and the versions of what it uses from outside.

    Raises UntraceableImport for an import that cannot be followed.
    """
    return _of_reached(closure(module, package))


def _of_reached(reached: Closure) -> dict[str, str]:
    code = {f"code of {name}": digest for name, digest in reached.code.items()}
    return code | _versions(reached.outside)


def _versions(names: set[str]) -> dict[str, str]:
    versions = {"version of python": platform.python_version()}
    for name in sorted(names - sys.stdlib_module_names):
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:  # installed under another name
            owners = importlib.metadata.packages_distributions().get(name, [])
            version = ", ".join(f"{o} {importlib.metadata.version(o)}" for o in sorted({*owners}))
        versions[f"version of {name}"] = version or "not installed"
    return versions


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _change(name: str, then: str | None, now: str | None) -> str:
    if then is None:
        return f"{name} is new"
    if now is None:
        return f"{name} is gone"
    hashed = name.startswith(("code", "record", "text", "notebook"))
    return f"{name} changed" if hashed else f"{name}: {then} → {now}"
