from dataclasses import replace

import pytest

from calibration import mutants
from calibration.__main__ import write
from calibration.mutants import ARMS, CONDITIONS, DIRECTION, LABELS, MARGIN
from dlqa.evidence.claims import finding, holds, measured
from tests.calibration.toys import CLAIMS, height, toy


def made(claim):
    return [*mutants.mutants(claim, toy().looks[0])]


def test_a_claim_is_wrong_in_each_way():
    found = [(each.how, each.what) for each in made(CLAIMS[0])]
    assert found == [
        (DIRECTION, "below: True"),
        (MARGIN, "1 → -1"),
        (MARGIN, "1 → 10"),
        (MARGIN, "1 → 0.1"),
        (ARMS, "what is subtracted from what"),
        (CONDITIONS, "hill ↔ vale"),
        (LABELS, "place: vale for hill"),
        (LABELS, "place: plain for vale"),
    ]


def test_a_claim_on_which_the_text_relies_nowhere_has_none():
    assert made(CLAIMS[2]) == []


def test_a_label_beside_another_is_read_wrongly_too():
    labels = [each.what for each in made(CLAIMS[1]) if each.how == LABELS]
    assert labels == ["place: vale for hill", "beside: plain for vale"]


@pytest.mark.parametrize("claim", CLAIMS[:2], ids=lambda claim: claim.id)
def test_all_but_margins_that_leave_the_verdicts_are_caught(claim):
    record = toy()
    sound = finding(claim, record.looks, 4)
    found = [(each.how, *mutants.tried(each, sound, record)) for each in made(claim)]
    assert {(how, same) for how, caught, same in found if not caught} == {(MARGIN, True)}


def test_a_label_that_is_read_for_another_of_the_same_verdict_is_caught():
    both = measured("c1", "Toy 2026", height, holds(place=("hill", "plain")), above=-10.0)
    record = toy(claims=(both,))
    [mutant] = [m for m in mutants.mutants(both, record.looks[0]) if m.what == "hill ↔ plain"]
    assert mutants.tried(mutant, finding(both, record.looks, 2), record) == (True, True)


def test_the_table_counts_them_and_names_who_survives(monkeypatch, tmp_path):
    lax = replace(CLAIMS[0], conditions=CLAIMS[0].conditions[:1], margin=-19.0)
    monkeypatch.setattr(mutants, "recorded", lambda: [toy(claims=(lax,))])
    [table] = mutants.tables(0)
    cells = {row.name: row.cells for row in table.rows}
    assert cells[ARMS] == {"mutants": 1, "same verdicts": 0, "caught": 0, "share": 0}
    assert cells[DIRECTION]["share"] == cells[LABELS]["share"] == 1
    write(table, tmp_path, 0)
    assert (tmp_path / "mutants.json").is_file()
    assert table.notes == ["toy: c1, arms exchanged: what is subtracted from what"]
