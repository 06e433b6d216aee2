"""The package that a site brings along: its wheel, kept by its files, and an index that pip reads."""

import hashlib
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from dlqa.publishing.fragments import fragment
from dlqa.publishing.store.catalog import PACKAGE
from dlqa.publishing.store.fingerprint import Fingerprint, brought, ingredients, of_files, versions
from dlqa.publishing.store.shelves import Store
from dlqa.publishing.store.stages import Stage, files
from dlqa.publishing.words import table

SHELF, KIND = "package", "wheel"
INDEX = "simple/"  # of the site; the form of its pages is PEP 503's
NAME = re.compile(r"[\w.-]+")  # of a requirement
DESCRIBED = ("pyproject.toml", "README.md", "LICENSE")  # what the metadata is made of


@dataclass(frozen=True)
class Package:
    """The wheel that lies at a site's address, "" where that is not known.

    required, optional: the packages that it needs, and those that each optional part adds.
    """

    address: str
    name: str
    content: bytes
    requires_python: str
    required: list[str]
    optional: Mapping[str, list[str]]

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def extras(self, modules: Iterable[str]) -> dict[str, str]:
        """Those of the modules that an optional part brings, each with its part."""
        strange = set(modules) - sys.stdlib_module_names - {*self.required}
        return {
            module: part
            for part, packages in self.optional.items()
            for package in packages
            if strange
            for module in _brought(package) & strange
        }

    def command(self, language: str, parts: Iterable[str] = ()) -> str:
        """What installs it with these optional parts, whichever wheel the site has by then."""
        listed = ",".join(sorted(parts))
        wanted = f'"dlqa[{listed}]"' if listed else "dlqa"
        return f"pip install {wanted} --extra-index-url {self._shown(language)}{INDEX}"

    def told(self, text: str, language: str) -> str:
        """A page's text with `{{ address }}` and `{{ wheel }}` filled in.

        The latter names the one file: pip and uv refuse another that lies in its place.
        """
        address = self._shown(language)
        wheel = f"{address}{INDEX}dlqa/{self.name}#sha256={self.digest}"
        return text.replace("{{ address }}", address).replace("{{ wheel }}", wheel)

    def files(self) -> dict[str, str | bytes]:
        """What pip asks for, by its path from the site's root."""
        link = f"{self.name}#sha256={self.digest}"
        return {
            f"{INDEX}index.html": _page("dlqa/", "dlqa", ""),
            f"{INDEX}dlqa/index.html": _page(link, self.name, self.requires_python),
            f"{INDEX}dlqa/{self.name}": self.content,
        }

    def _shown(self, language: str) -> str:
        """The site's address, or what stands for it until a reader's browser knows."""
        return self.address or table("install.js", language)["address"]


def publish_package(root: Path, address: str, repository: str, store: Store) -> Package | None:
    """The package, its wheel packed anew where a file of it has changed.

    None where `root` is not the package's own project.

    address, repository: the site's and that of its source, "" where not known.
    """
    if not all((root / name).exists() for name in (PACKAGE.name, *DESCRIBED)):
        return None
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    urls = {"Documentation": address, "Source": repository}
    urls = {name: url for name, url in urls.items() if url}
    name = f"dlqa-{version('dlqa')}-py3-none-any.whl"
    held = [*_held()]

    def make(folder: Path) -> None:
        from dlqa.publishing.outside.wheel import pack  # which few builds need

        (folder / name).write_bytes(pack(held, root, version("dlqa"), urls))

    made_of = of_files([*held, *(root / each for each in DESCRIBED)])
    made_of |= {"addresses": repr(urls)} | versions({"dlqa", "pyproject_metadata"})
    code = ingredients("dlqa.publishing.outside.wheel")
    stage = Stage(store, SHELF, KIND, Fingerprint(made_of | code), files(name))
    content = (stage.up_to_date(make, _quiet) / name).read_bytes()
    required = [NAME.findall(text)[0] for text in project["dependencies"]]
    optional = {
        part: [NAME.findall(text)[0] for text in texts]
        for part, texts in project["optional-dependencies"].items()
    }
    return Package(address, name, content, project["requires-python"], required, optional)


def _held() -> list[Path]:
    """Every file of the package that is loaded, byte code apart."""
    paths = (path for path in PACKAGE.rglob("*") if path.suffix != ".pyc" and path.is_file())
    return sorted(path for path in paths if "__pycache__" not in path.parts)


@cache  # by the environment, which stays as it is
def _brought(package: str) -> set[str]:
    """The modules that an installed package brings; none where it is not installed."""
    try:
        return brought(distribution(package))
    except PackageNotFoundError:
        return set()


def _page(href: str, name: str, python: str) -> str:
    return fragment("package_index.html", href=href, name=name, python=python)


def _quiet(_: str) -> None:
    """That the package changed is no news."""
