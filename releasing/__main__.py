"""`python -m releasing check v0.2.0`: whether changelog, citation and package agree with a tag.

`python -m releasing notes v0.2.0` prints what the changelog says of it.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

import yaml

HOME = Path(__file__).parents[1]
TAG = re.compile(r"v(\d+\.\d+\.\d+)")
HEADING = re.compile(r"^## (?P<name>\S+)(?: - (?P<day>\d{4}-\d{2}-\d{2}))?$", re.MULTILINE)


def sections(changelog: str) -> dict[str, tuple[str, str]]:
    """Each version's day and text, the newest first; `Unreleased` has no day."""
    found = list(HEADING.finditer(changelog))
    ends = [each.start() for each in found[1:]] + [len(changelog)]
    return {
        each["name"]: (each["day"] or "", changelog[each.end() : end].strip())
        for each, end in zip(found, ends, strict=True)
    }


def faults(tag: str, changelog: str, citation: str, packaged: str) -> list[str]:
    """What speaks against a release under that tag; `packaged` is the version that is built here."""
    named = TAG.fullmatch(tag)
    if not named:
        return [f"{tag!r} is no tag of a release; expected v0.2.0 or the like"]
    version, cited = named[1], yaml.safe_load(citation)
    by_version = sections(changelog)
    versions = [name for name in by_version if name != "Unreleased"]
    day, text = by_version.get(version, ("", ""))
    checks = {
        f"CHANGELOG.md: expected `## {version} - <day>` as its newest version": versions[:1]
        == [version],
        f"CHANGELOG.md: {version} has no day": bool(day),
        f"CHANGELOG.md: {version} says nothing": text.startswith("### "),
        "CHANGELOG.md: what is under Unreleased belongs to a version": not by_version.get(
            "Unreleased", ("", "")
        )[1],
        f"CITATION.cff: version is {cited.get('version')}": str(cited.get("version")) == version,
        f"CITATION.cff: date-released is {cited.get('date-released')}, expected {day}": str(
            cited.get("date-released")
        )
        == day,
        f"the package that is built here is {packaged}": packaged == version,
    }
    return [fault for fault, passed in checks.items() if not passed]


def built_version() -> str:
    """The version of what a build of this checkout would be."""
    command = [sys.executable, "-m", "setuptools_scm"]
    done = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def main() -> int:
    parser = argparse.ArgumentParser(description="Whether all agrees with a tag; what it brings.")
    parser.add_argument("verb", choices=["check", "notes"])
    parser.add_argument("tag", help="as v0.2.0")
    given = parser.parse_args()
    changelog = (HOME / "CHANGELOG.md").read_text("utf-8")
    if given.verb == "notes":
        print(sections(changelog)[given.tag.removeprefix("v")][1])
        return 0
    citation = (HOME / "CITATION.cff").read_text("utf-8")
    found = faults(given.tag, changelog, citation, built_version())
    print("\n".join(found) or f"{given.tag}: changelog, citation and package agree")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
