"""The script's FSRS against py-fsrs, the outside implementation, review by review."""

import itertools
import json
import random
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Rating, Scheduler
from playwright.sync_api import Page

from tests.browser.conftest import Visit

START = datetime(2026, 1, 1, 8, 30, tzinfo=UTC)
MINUTE, DAY = 60, 86_400
REVIEW = """([reviews]) => {
  let card
  return reviews.map(([seconds, rating]) => {
    card = fsrs.review(card, rating, new Date(seconds * 1000))
    return card
  })
}"""
Reviews = list[tuple[int, int]]  # seconds since 1970 and the rating, 1 to 4


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("en/self-test/")


def at(reviews: list[tuple[int, int]]) -> Reviews:
    """Reviews whose first number was the seconds since the one before."""
    now, found = int(START.timestamp()), []
    for wait, rating in reviews:
        now += wait
        found.append((now, rating))
    return found


def ours(page: Page, reviews: Reviews) -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate(REVIEW, [reviews])
    return found


def theirs(reviews: Reviews) -> list[Card]:
    scheduler, card, found = Scheduler(enable_fuzzing=False), Card(card_id=1), []
    for seconds, rating in reviews:
        now = datetime.fromtimestamp(seconds, UTC)
        card, _ = scheduler.review_card(card, Rating(rating), now)
        found.append(card)
    return found


def assert_same(page: Page, reviews: Reviews) -> None:
    for place, (mine, card) in enumerate(zip(ours(page, reviews), theirs(reviews), strict=True)):
        where = f"review {place} of {reviews}"
        assert (mine["state"], mine["step"]) == (card.state, card.step), where
        assert mine["stability"] == pytest.approx(card.stability, rel=1e-9), where
        assert mine["difficulty"] == pytest.approx(card.difficulty, rel=1e-9), where
        assert datetime.fromisoformat(str(mine["due"])) == card.due, where
        assert datetime.fromisoformat(str(mine["last_review"])) == card.last_review, where


def test_every_pair_of_first_grades(page: Page) -> None:
    for first, second in itertools.product((1, 2, 3, 4), repeat=2):
        for wait in (MINUTE, DAY - 1, DAY, 9 * DAY):
            assert_same(page, at([(0, first), (wait, second), (wait, 3), (10 * wait, second)]))


def test_long_histories_early_on_time_and_late(page: Page) -> None:
    draw = random.Random(0)
    waits = [0, MINUTE, 10 * MINUTE, DAY, 3 * DAY, 20 * DAY, 400 * DAY]
    for _ in range(80):
        history = [
            (draw.choice(waits) + draw.randrange(DAY), draw.choice((1, 2, 3, 3, 3, 4)))
            for _ in range(40)
        ]
        assert_same(page, at(history))


def test_reviews_on_the_day_they_fall_due_until_the_longest_interval(page: Page) -> None:
    scheduler, card, now, reviews = Scheduler(enable_fuzzing=False), Card(card_id=1), START, []
    for _ in range(16):
        reviews.append((int(now.timestamp()), 4))
        card, _ = scheduler.review_card(card, Rating.Easy, now)
        if card.due - now >= timedelta(days=36_500):
            break
        now = card.due
    assert card.due - now == timedelta(days=36_500), "the test's own premise: the limit is reached"
    assert_same(page, reviews)


def test_a_card_is_what_py_fsrs_reads(page: Page) -> None:
    reviews = at([(0, 3), (700, 3), (5 * DAY, 1)])
    mine = ours(page, reviews)[-1]
    card = Card.from_json(json.dumps({"card_id": 1, **mine}))
    (_, _, expected) = theirs(reviews)
    assert (card.state, card.step, card.due) == (expected.state, expected.step, expected.due)


def test_the_comparison_notices_another_grade(page: Page) -> None:
    reviews = at([(0, 3), (700, 3), (5 * DAY, 3)])
    stability = ours(page, [*reviews[:-1], (reviews[-1][0], 2)])[-1]["stability"]
    assert stability != pytest.approx(theirs(reviews)[-1].stability, rel=1e-9)
