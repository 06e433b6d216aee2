"""A condition as builds try it, many builds at once: seeds drawn, looks, a verdict beside the text.

Axes: R builds, S seeds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from calibration._stored import Recorded
from calibration.methods import chances_above_zero
from dlqa.evidence.further import HOPELESS
from dlqa.evidence.looks import error_at, seeds_at
from dlqa.evidence.means import reach
from dlqa.evidence.sides import Border, Side, seeds_needed

Array = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Trial:
    """pool: the numbers that seeds are drawn from. relies: on which side of the border the text says
    that their mean lies, or that it is as good as equal. first, most: how many seeds the first and
    the last look may have. conditions: of the page."""

    name: str
    pool: Array
    border: Border
    relies: Side
    first: int
    most: int
    conditions: int

    def mirrored(self) -> "Trial":
        """The same with its effect turned over at the margin."""
        twice, border = 2 * self.border.margin, self.border
        turned = replace(border, low=twice - border.high, high=twice - border.low)
        return replace(self, pool=twice - self.pool, border=turned)

    def vanished(self) -> "Trial":
        """The same with its effect gone: the mean at the margin (of an equality, twice what does not
        matter from it), the numbers still in their range."""
        mean, border = float(self.pool.mean()), self.border
        away = 2 * border.resolution if self.relies is Side.EQUAL else 0.0
        goal = border.margin + (away if border.margin + away <= border.high else -away)
        end = border.low if mean > goal else border.high
        if not np.isfinite(end):
            return replace(self, pool=self.pool + (goal - mean))
        return replace(self, pool=end + (self.pool - end) * ((goal - end) / (mean - end)))

    def stops(self, drawn: Array) -> Truths:
        """Which builds stop, [R]; only where a mean crosses need any be judged."""
        looks = range(self.looks)
        means = np.stack([drawn[:, : seeds_at(look, self.first)].mean(1) for look in looks], 1)
        at_risk = self._crossed(means).any(1)
        stopped = np.zeros(len(drawn), dtype=bool)
        if at_risk.any():
            stopped[at_risk] = self.outcomes(drawn[at_risk])[0]
        return stopped

    def outcomes(self, drawn: Array) -> tuple[Truths, Truths]:
        """Which builds stop and which warn, each [R], of seeds drawn for them [R, S]."""
        open_, stops = np.ones(len(drawn), dtype=bool), np.zeros(len(drawn), dtype=bool)
        warns = stops.copy()
        for look in range(self.looks):
            samples = drawn[open_, : seeds_at(look, self.first)]
            error = error_at(look, self.conditions)
            sides = _Sides(samples, self.border, error)
            places = np.flatnonzero(open_)
            stops[places] = self._contradicted(sides)
            warns[places] = ~stops[places] & ~self._decided_as_said(sides)
            go_on = ~sides.decided
            if look + 1 < self.looks:
                for row in np.flatnonzero(go_on & ~stops[places]):
                    needed = seeds_needed(samples[row], self.border, error=error)
                    go_on[row] = needed <= HOPELESS * self.most
            open_[places[~go_on]] = False
        return stops, warns

    @property
    def looks(self) -> int:
        """How many there can be."""
        looks = 1
        while seeds_at(looks, self.first) <= self.most:
            looks += 1
        return looks

    def _crossed(self, means: Array) -> Truths:
        """Where a mean [R, look] alone could contradict the text."""
        offset = means - self.border.margin
        if self.relies is Side.EQUAL:
            return np.asarray(np.abs(offset) > self.border.resolution)
        return np.asarray(offset > 0) != (self.relies is Side.ABOVE)

    def _contradicted(self, sides: "_Sides") -> Truths:
        if self.relies is Side.EQUAL:
            return sides.excluded
        return self._crossed(sides.samples.mean(1))

    def _decided_as_said(self, sides: "_Sides") -> Truths:
        if self.relies is Side.EQUAL:
            return sides.equal
        return sides.above if self.relies is Side.ABOVE else sides.below


class _Sides:
    """What `sides.decide` says of the intervals of samples [R, S], each end compared, none found."""

    def __init__(self, samples: Array, border: Border, error: float) -> None:
        self.samples, self.border, self.error = samples, border, error
        self.reach = reach(samples, error / 2, border.low, border.high)
        low, high = border.margin - border.resolution, border.margin + border.resolution
        self.equal = np.zeros(len(samples), dtype=bool)
        if border.resolution:
            self.equal = self._least_above(low) & self._most_below(high)
        self.above = self._least_above(border.margin) & ~self.equal
        self.below = self._most_below(border.margin) & ~self.equal
        self.decided = self.equal | self.above | self.below

    @property
    def excluded(self) -> Truths:
        """Where the mean cannot be as good as equal to the margin."""
        low, high = (self.border.margin + sign * self.border.resolution for sign in (-1, 1))
        return self._least_above(high) | self._most_below(low)

    def _least_above(self, level: float) -> Truths:
        return self._beyond(self.samples - level, self.reach[0], self.border.low - level)

    def _most_below(self, level: float) -> Truths:
        return self._beyond(level - self.samples, self.reach[1], level - self.border.high)

    def _beyond(self, offsets: Array, reach: Array, end: float) -> Truths:
        """Where the interval of offsets lies above 0: by their spread, or by what is possible."""
        if end > 0:
            return np.ones(len(offsets), dtype=bool)
        beyond = np.asarray(offsets.mean(1) - reach > 0)
        if np.isfinite(end) and (left := ~beyond & (offsets.mean(1) > 0)).any():
            values = np.hstack([offsets[left], np.full((int(left.sum()), 1), end)])
            beyond[left] = chances_above_zero(-values) < self.error / 2
        return beyond


def trials(record: Recorded) -> Iterator[Trial]:
    """Every condition that the text relies on, with all the numbers that a record has of it."""
    for claim, condition in record.conditions:
        if condition.relies is None:
            continue
        seeds = [len(record.samples(claim, condition, look)) for look in range(len(record.looks))]
        yield Trial(
            f"{claim.id}_{condition.name}",
            record.samples(claim, condition),
            claim.border_of(condition),
            claim.side_of(condition.relies),
            seeds[0],
            max(seeds[0], record.most[claim.id, condition.name]),
            len(record.conditions),
        )
