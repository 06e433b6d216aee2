"""The table of the suite's time: what belongs to a question and what to none."""

from tests.durations import seconds, table

JUNIT = """<testsuites><testsuite>
<testcase classname="tests.questions.test_falsifiers" name="test_stop[coin]" time="3.0" />
<testcase classname="tests.questions.test_coin" name="test_tosses" time="1.0" />
<testcase classname="docs.zh.coin.md" name="line:3,column:1" time="0.5" />
<testcase classname="tests.browser.test_coin_figure" name="test_it[zh]" time="2.0" />
<testcase classname="tests.browser.test_axe" name="test_pages[zh-coin-390]" time="1.5" />
<testcase classname="tests.browser.test_axe" name="test_pages[zh--390]" time="4.0" />
<testcase classname="tests.lab.test_tossing" name="test_toss[coin]" time="7.0" />
</testsuite></testsuites>"""


def test_a_question_pays_for_what_names_it_where_questions_are_looked_at() -> None:
    found = seconds(JUNIT, ["coin", "dice"])
    assert {kind: of["coin"] for kind, of in found.items() if of["coin"]} == {
        "falsifiers": 3.0,
        "study, small": 1.0,
        "code shown": 0.5,
        "browser": 3.5,
    }
    assert {kind: of[""] for kind, of in found.items() if of[""]} == {"browser": 4.0, "lab": 7.0}


def test_the_table_says_seconds_a_question_on_two_workers() -> None:
    lines = list(table(seconds(JUNIT, ["coin", "dice"]), ["coin", "dice"]))
    assert [line.split()[-2:] for line in lines if line.startswith(("all", "on two"))] == [
        ["8.0", "0.0"],
        ["4.0", "0.0"],
    ]
    assert lines[-1].split() == ["no", "question", "11.0"]
