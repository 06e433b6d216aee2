import numpy as np
import pytest

from calibration import _before, builds, studies
from tests.calibration.toys import toy


def rows(module, monkeypatch, repeats=6_000, **records):
    """Every row's cells of a calibration's tables, by the table's name and the row's."""
    monkeypatch.setattr(module, "recorded", lambda later=0: records.get(f"from_{later}", []))
    return {
        (table.name, row.name): row.cells for table in module.tables(repeats) for row in table.rows
    }


def test_effects_far_from_their_margins_stop_no_build(monkeypatch):
    found = rows(builds, monkeypatch, from_0=[toy()])
    assert found["builds", "toy"] == {"conditions relied on": 3, "builds that stop": 0}


def test_an_effect_at_its_margin_stops_builds_and_is_named(monkeypatch):
    near = toy(hill=4.0, vale=1.2, plain=0.0)
    monkeypatch.setattr(builds, "recorded", lambda later=0: [] if later else [near])
    table, _ = builds.tables(6_000)
    assert table.rows[0].cells["builds that stop"] > 0.1
    assert table.notes[0].startswith("toy: c1_vale stops ")


def test_pages_are_counted_together(monkeypatch):
    near = toy(hill=4.0, vale=1.2, plain=0.0)
    found = rows(builds, monkeypatch, from_0=[toy(), near])
    assert found["builds", "all pages"]["conditions relied on"] == 6
    assert found["builds", "all pages"]["builds that stop"] > 0.1


def test_lost_effects_are_noticed(monkeypatch):
    cells = rows(builds, monkeypatch, from_0=[toy()])["power", "toy"]
    assert cells["mirrored: stop"] == 1
    assert 0.2 < cells["gone: stop"] < 0.8
    assert cells["gone: stop or warn"] > 0.95


def test_studies_count_what_is_decided_and_what_it_costs(monkeypatch):
    cells = rows(studies, monkeypatch, from_0=[toy(sizes=(24, 48))])["studies", "toy"]
    assert cells["conditions"] == 4
    assert cells["decided before"] == cells["decided at the first look"] == 3
    assert cells["seeds, as multiples of the first look"] == pytest.approx(1.25)
    assert cells["seconds"] == 1.5


def test_a_store_without_records_gives_no_table(monkeypatch):
    assert rows(builds, monkeypatch) == rows(studies, monkeypatch) == {}


def test_the_rule_of_before_corrects_all_tests_of_a_page():
    samples = np.random.default_rng(0).normal(0.5, 1.0, 32)
    assert _before.decided([(samples, 0.0)]) == 1
    assert _before.decided([(samples, 0.0)] + 40 * [(samples, samples.mean())]) == 0
