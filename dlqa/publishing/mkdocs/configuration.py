"""What a language's MkDocs configuration is called, and what that says of it."""

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

OTHER = re.compile(r"mkdocs\.(?P<language>[a-z-]+)\.yml")


def language_of(config: MkDocsConfig) -> str:
    return str(config.extra["language"])


def is_first(config: MkDocsConfig) -> bool:
    """Whether its language stands at the site's root."""
    return not OTHER.fullmatch(Path(config.config_file_path).name)


def others(config: MkDocsConfig) -> dict[str, Path]:
    """The configurations of the other languages."""
    names = {path: OTHER.fullmatch(path.name) for path in sorted(root_of(config).glob("*.yml"))}
    return {found["language"]: path for path, found in names.items() if found}


def root_of(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent


def way_to_root(page: Page, config: MkDocsConfig) -> str:
    """From a page to the site's root."""
    depth = page.url.strip("./").count("/") + bool(page.url.strip("./"))
    return "../" * (depth + (not is_first(config))) or "./"
