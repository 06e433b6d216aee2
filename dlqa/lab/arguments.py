"""What public functions are given, checked once, at the entry.

A check raises TypeError for another kind of thing and ValueError for another value, and says what
was given, what was expected, and by which name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from math import inf
from numbers import Integral, Real

import torch
from torch import Tensor

WHOLE = (
    *(torch.uint8, torch.uint16, torch.uint32, torch.uint64),
    *(torch.int8, torch.int16, torch.int32, torch.int64),
)
KINDS: Mapping[str, Callable[[torch.dtype], bool]] = {
    "real": lambda dtype: dtype != torch.bool and not dtype.is_complex,
    "floating": lambda dtype: dtype.is_floating_point,
    "whole": lambda dtype: dtype in WHOLE,
}


def check_name(what: str, given: object, expected: Iterable[str]) -> None:
    """`given` is one of a few names."""
    names = list(expected)
    if not isinstance(given, str) or given not in names:
        raise ValueError(f"unknown {what} {_shown(given)}; expected one of {', '.join(names)}")


def check_flag(what: str, given: object) -> None:
    """`given` is True or False, not something that counts as one of them."""
    if not isinstance(given, bool):
        raise TypeError(f"{what} is {_shown(given)}: expected True or False")


def check_kind(what: str, given: object, kind: type | tuple[type, ...], expected: str) -> None:
    """`given` is of one of these classes, which `expected` describes."""
    if not isinstance(given, kind):
        raise TypeError(f"{what} is {_shown(given)}: expected {expected}")


def check_count(what: str, given: object, least: int = 0, most: float = inf) -> None:
    """`given` is a whole number from `least` to `most`."""
    whole = isinstance(given, Integral) and not isinstance(given, bool)
    if whole and least <= int(given) <= most:  # type: ignore[call-overload]
        return
    expected = f"a whole number of at least {least}" if most == inf else f"{least} to {most}"
    kind = ValueError if whole else TypeError
    raise kind(f"{what} is {_shown(given)}: expected {expected}")


def check_sequence(what: str, given: object, of: str, least: int = 0) -> None:
    """`given` is a sequence of at least so many things, which `of` describes."""
    check_kind(what, given, Sequence, f"a sequence of {of}")
    if isinstance(given, Sequence) and len(given) < least:
        raise ValueError(f"{what} is {_shown(given)}: expected at least {least} {of}")


def check_seed(what: str, given: object) -> None:
    """`given` is a whole number that torch's generators take."""
    check_count(what, given, -(2**63), 2**64 - 1)


def check_seeds(given: Sequence[int]) -> None:
    """There is a seed, and each is one."""
    check_sequence("seeds", given, "whole numbers", 1)
    for place, seed in enumerate(given):
        check_seed(f"seeds[{place}]", seed)


def check_number(what: str, given: object, fits: Callable[[float], bool], expected: str) -> None:
    """`given` is a real number that fits."""
    if isinstance(given, bool) or not isinstance(given, Real):
        raise TypeError(f"{what} is {_shown(given)}: expected a number {expected}")
    if not fits(float(given)):
        raise ValueError(f"{what} is {given}: expected a number {expected}")


def check_strength(what: str, given: object) -> None:
    """`given` is a finite number of at least 0, or a tensor of such, one a network."""
    expected = "finite and at least 0"
    if not isinstance(given, Tensor):
        check_number(what, given, lambda number: 0 <= number < inf, expected)
    elif given.dtype.is_complex or not ((given >= 0) & given.isfinite()).all():
        raise ValueError(f"{what} is {given.tolist()}: expected numbers {expected}")


def check_generator(given: object) -> None:
    """`given` is a generator, or None, which stands for torch's global one."""
    check_kind("generator", given, (torch.Generator, type(None)), "a torch.Generator or None")


def check_tensor(what: str, given: object, axes: str, kind: str = "real") -> None:
    """`given` is a tensor with as many axes as `axes` names, as in "[N, D]" or "[..., N]".

    kind: one of KINDS.
    """
    if not isinstance(given, Tensor):
        raise TypeError(f"{what} is {_shown(given)}: expected a tensor {axes}")
    if not KINDS[kind](given.dtype):
        raise TypeError(f"{what} holds {given.dtype}: expected {kind} numbers")
    named, more = _axes(axes)
    if given.dim() < named or (given.dim() > named and not more):
        raise ValueError(f"{what} has shape {list(given.shape)}: expected {axes}")


@cache
def _axes(axes: str) -> tuple[int, bool]:
    """How many axes are named, and whether there may be more."""
    return sum(bool(axis.strip("[]() .")) for axis in axes.split(",")), "..." in axes


def _shown(given: object) -> str:
    """What was given, or its class where that would be long."""
    shown = repr(given)
    short = len(shown) <= 60 and "\n" not in shown
    return shown if short else f"a {type(given).__name__}"
