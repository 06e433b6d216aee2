"""Deep-learning questions whose answers prove themselves."""

from importlib.metadata import version


def __getattr__(name: str) -> str:
    if name == "__version__":
        return version("dlqa")
    raise AttributeError(f"module 'dlqa' has no attribute {name!r}")
