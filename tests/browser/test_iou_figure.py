"""Question 55's figure to drag, with real pointers, touches and keys."""

import random
import re
from collections.abc import Iterator

import pytest
import torch
from playwright.sync_api import Locator, Page, expect

from dlqa.lab.boxes import giou, intersection, iou
from tests.browser.conftest import Visit
from tests.conftest import BuiltSite

LANGUAGES = ("zh", "en")
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
START = [84, 70, 284, 214, 112, 52, 316, 200]
TRUE, PREDICTED = 0, 1
WHOLE, TOP_LEFT, BOTTOM_RIGHT = 0, 1, 4
SET = """boxes => {
  const inputs = [...document.querySelectorAll('#figure-overlap [type=number]')]
  const put = place => {
    inputs[place].value = boxes[place]
    inputs[place].dispatchEvent(new Event('change'))
  }
  for (const place of [0, 1, 4, 5]) {  // to the corner first, where every box fits
    inputs[place].value = 0
    inputs[place].dispatchEvent(new Event('change'))
  }
  for (const place of [2, 3, 6, 7, 0, 1, 4, 5]) put(place)
  return document.querySelector('.boxes-reading').textContent
}"""


def figure(page: Page) -> Locator:
    found = page.locator("#figure-overlap")
    found.scroll_into_view_if_needed()
    return found


def handle(page: Page, box: int, part: int) -> Locator:
    return page.locator(f"#figure-overlap [data-box='{box}'][data-part='{part}']")


def coordinates(page: Page) -> list[int]:
    return page.evaluate(
        "[...document.querySelectorAll('#figure-overlap [type=number]')].map(each => +each.value)"
    )


def reading(page: Page) -> list[float]:
    """Intersection, union, IoU, gap, enclosing box and GIoU as shown."""
    return read(figure(page).locator(".boxes-reading").inner_text())


def read(text: str) -> list[float]:
    first, _, last = text.replace("−", "-").splitlines()
    found = re.findall(r"(?<![A-Za-z])-?\d+(?:\.\d+)?", f"{first} {last.replace('IoU - ', '')}")
    return [float(number) for number in found]


def preset(page: Page, place: int) -> None:
    figure(page).locator(".boxes-presets button").nth(place).click()


def centre(part: Locator) -> tuple[float, float]:
    part.scroll_into_view_if_needed()
    box = part.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pixels(page: Page) -> float:
    """CSS pixels to one of the picture's."""
    return page.locator(".boxes-stage").bounding_box()["width"] / 360


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_starts_where_the_still_picture_stands(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    still = visit(site.page(language, "iou"), java_script_enabled=False)
    text = still.locator("#figure-overlap svg").text_content()
    expect(still.locator("#figure-overlap [type=number]")).to_have_count(0)
    page = visit(site.page(language, "iou"))
    assert coordinates(page) == START
    shared, union, overlap, *_, generalized = reading(page)
    for number in (f"{shared:.0f}", f"{union:.0f}", f"{overlap:.3f}", f"{generalized:.3f}"):
        assert number in text


def test_a_mouse_drags_a_box_and_a_corner(visit: Visit) -> None:
    page = visit("iou/")
    handle(page, PREDICTED, WHOLE).scroll_into_view_if_needed()
    scale = pixels(page)
    x, y = centre(handle(page, PREDICTED, WHOLE))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20 * scale, y + 7 * scale, steps=4)
    page.mouse.move(x + 30 * scale, y + 14 * scale, steps=4)
    page.mouse.up()
    assert coordinates(page) == [*START[:4], 142, 66, 346, 214]
    page.mouse.move(x, y)  # the button is up: nothing follows
    assert coordinates(page)[4] == 142
    x, y = centre(handle(page, TRUE, TOP_LEFT))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 24 * scale, y + 10 * scale, steps=4)
    page.mouse.up()
    assert coordinates(page) == [60, 80, 284, 214, 142, 66, 346, 214]


def test_a_box_stays_in_the_picture_and_a_corner_before_its_opposite(visit: Visit) -> None:
    page = visit("iou/")
    x, y = centre(handle(page, PREDICTED, WHOLE))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 2000, y - 2000, steps=3)
    page.mouse.up()
    assert coordinates(page)[4:] == [156, 0, 360, 148]
    x, y = centre(handle(page, TRUE, BOTTOM_RIGHT))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 2000, y - 2000, steps=3)
    page.mouse.up()
    assert coordinates(page)[:4] == [84, 70, 84, 70]
    assert reading(page)[2] == 0


def test_a_finger_drags_without_scrolling_the_page(visit: Visit) -> None:
    page = visit("iou/", **PHONE)
    part = handle(page, PREDICTED, WHOLE)
    x, y = centre(part)
    scale, before = pixels(page), page.evaluate("scrollY")
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        at = [{"x": px, "y": py} for px, py in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    touch("touchStart", (x, y))
    for step in range(1, 11):
        touch("touchMove", (x - 2 * step * scale, y + 3 * step * scale))
    touch("touchEnd")
    page.wait_for_function(
        "document.querySelectorAll('#figure-overlap [type=number]')[5].value == 82"
    )
    assert coordinates(page)[4:] == [92, 82, 296, 230]
    assert page.evaluate("scrollY") == before


def test_targets_are_large_enough_for_a_finger(visit: Visit) -> None:
    page = visit("iou/", **PHONE)
    targets = figure(page).locator("[data-box], .boxes-presets button, [type=number], .boxes-plus")
    sizes = "all => all.map(each => each.getBoundingClientRect()).map(at => [at.width, at.height])"
    for place in range(6):
        preset(page, place)
        found = targets.evaluate_all(sizes)
        assert len(found) > 20, place
        assert min(map(min, found)) >= 24, place  # WCAG 2.2, 2.5.8: target size


def test_every_part_moves_by_keys(visit: Visit) -> None:
    page = visit("iou/")
    moves = {0: (4, 5, 6, 7), 1: (4, 5), 2: (6, 5), 3: (4, 7), 4: (6, 7)}  # by part: coordinates
    for part, edges in moves.items():
        handle(page, PREDICTED, part).focus()
        before = coordinates(page)
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Shift+ArrowDown")
        expected = [
            each + ((10 if place % 2 else -1) if place in edges else 0)
            for place, each in enumerate(before)
        ]
        assert coordinates(page) == expected
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Shift+ArrowUp")
        assert coordinates(page) == before


def test_the_keyboard_reaches_everything(visit: Visit) -> None:
    page = visit("iou/")
    handle(page, TRUE, WHOLE).focus()
    reached = []
    for _ in range(25):
        reached.append(
            page.evaluate(
                "document.activeElement.dataset.part ?? document.activeElement.type ?? 'other'"
            )
        )
        page.keyboard.press("Tab")
    assert reached.count("number") == 8
    assert reached.count("checkbox") == 1
    assert reached.count("button") == 6
    assert sum(each in set("01234") for each in reached) == 10


def test_typed_numbers_move_one_edge_and_stay_possible(visit: Visit) -> None:
    page = visit("iou/")
    inputs = figure(page).locator("[type=number]")
    inputs.nth(2).fill("300")
    inputs.nth(2).press("Enter")
    assert coordinates(page) == [84, 70, 300, *START[3:]]
    for given, kept in (("9999", 360), ("-5", 84), ("", 84)):  # x1 is 84: x2 stays right of it
        inputs.nth(2).fill(given)
        inputs.nth(2).press("Enter")
        assert coordinates(page)[2] == kept


def random_boxes(count: int) -> Iterator[list[int]]:
    draw = random.Random(55)
    for _ in range(count):
        edges = [sorted(draw.randint(0, limit) for _ in "ab") for limit in (360, 270, 360, 270)]
        (a, c), (b, d), (e, g), (f, h) = edges
        yield [a, b, c, d, e, f, g, h]


@pytest.mark.parametrize("plus", [False, True], ids=["lengths", "pixels"])
def test_its_numbers_are_the_librarys(visit: Visit, plus: bool) -> None:
    page = visit("en/iou/")
    figure(page).locator("[type=checkbox]").set_checked(plus)
    for boxes in random_boxes(100):
        shown = read(page.evaluate(SET, boxes))
        assert coordinates(page) == boxes
        pair = torch.tensor(boxes[:4])[None], torch.tensor(boxes[4:])[None]
        shared, overlap, generalized = (
            measure(*pair, inclusive=plus).item() for measure in (intersection, iou, giou)
        )
        assert shown[0] == shared
        assert shown[2] == pytest.approx(overlap, abs=6e-4)
        assert shown[5] == pytest.approx(generalized, abs=6e-4)
        assert shown[0] == pytest.approx(shown[1] * overlap, abs=1e-6)


def area(page: Page, name: str) -> float:
    """The area that a path of rectangles M x yH rightV belowH xZ covers."""
    path = page.locator(f".boxes-{name}").get_attribute("d") or ""
    number = r"([\d.]+)"
    cells = re.findall(rf"M{number} {number}H{number}V{number}H{number}Z", path)
    return sum((float(r) - float(x)) * (float(b) - float(y)) for x, y, r, b, _ in cells)


def outline_length(page: Page) -> float:
    path = page.locator(".boxes-outline").get_attribute("d") or ""
    sides = re.findall(r"M([\d.]+) ([\d.]+)([HV])([\d.]+)", path)
    return sum(float(to) - float(x if way == "H" else y) for x, y, way, to in sides)


def test_what_is_drawn_has_the_areas_that_are_written(visit: Visit) -> None:
    page = visit("iou/")
    for place in range(6):
        preset(page, place)
        shared, union, _, gap, *_ = reading(page)
        assert area(page, "shared") == shared, place
        assert area(page, "union") == union - shared, place
        assert area(page, "gap") == gap, place


def test_the_unions_outline_is_its_own_and_no_rectangle_around(visit: Visit) -> None:
    """Lengths by hand: two boxes that cross have the perimeter of their enclosing box, others not."""
    page = visit("iou/")
    for place, around in enumerate((788, 720, 840, 44, 404, 720)):
        preset(page, place)
        assert outline_length(page) == around, place


def test_presets_teach_what_they_say(visit: Visit) -> None:
    page = visit("en/iou/")
    taught = [(0, "✗✗"), (1 / 4, "✗✗"), (81 / 119, "✓✗"), (9801 / 10199, "✓✓"), (0, "✗✗")]
    for place, (overlap, verdicts) in enumerate(taught, start=1):
        preset(page, place)
        assert reading(page)[2] == pytest.approx(overlap, abs=6e-4), place
        said = figure(page).locator(".boxes-reading").inner_text()
        assert "".join(re.findall("[✓✗]", said)) == verdicts, place


def test_cocos_thresholds_are_counted(visit: Visit) -> None:
    page = visit("en/iou/?boxes=0,0,100,100,25,0,125,100,360,0")  # 75 / 125, just .6
    assert "passes 3 of COCO" in figure(page).locator(".boxes-reading").inner_text()


def test_a_setting_is_in_the_address_and_survives_a_reload(visit: Visit) -> None:
    page = visit("iou/#code")
    handle(page, PREDICTED, WHOLE).focus()
    page.keyboard.press("Shift+ArrowRight")
    figure(page).locator("[type=checkbox]").check()
    page.wait_for_url("**/iou/?boxes=84,70,284,214,122,52,326,200,360,1#code")
    shown = reading(page)
    page.reload()
    assert coordinates(page) == [84, 70, 284, 214, 122, 52, 326, 200]
    assert figure(page).locator("[type=checkbox]").is_checked()
    assert reading(page) == shown


def test_an_address_that_means_no_boxes_is_passed_over(visit: Visit) -> None:
    page = visit("iou/?boxes=x")
    assert coordinates(page) == START
    for wrong in (
        ",,,,,,,,360,0", "1e1,0,20,5,0,0,9,5,360,0", "%E0%A4%A",
        "1,2,3", "9,9,1,1,0,0,5,5,360,0", "0,0,5,5,0,0,999,5,360,0", "0,0,5,5,0,0,9,5,77,0",
        "0,0,5.5,5,0,0,9,5,360,0", "-1,0,5,5,0,0,9,5,360,0", "0,0,5,5,0,0,9,5,360,7",
    ):  # fmt: skip
        page.goto(page.url.split("?")[0] + f"?boxes={wrong}")
        assert coordinates(page) == START, wrong


def test_an_address_may_be_encoded_and_hold_what_is_others(visit: Visit) -> None:
    page = visit(
        "iou/?utm_source=mail&boxes=60%2C75%2C180%2C195%2C180%2C75%2C300%2C195%2C360%2C0&a=1%2C2"
    )
    assert coordinates(page) == [60, 75, 180, 195, 180, 75, 300, 195]
    preset(page, 0)
    page.wait_for_url("**/iou/?utm_source=mail&boxes=84,70,284,214,112,52,316,200,360,0&a=1,2")


def test_opening_the_page_leaves_its_address_alone(visit: Visit) -> None:
    page = visit("iou/")
    page.wait_for_timeout(700)
    assert page.url.endswith("/iou/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_reader_hears_each_part_and_the_result_once(
    visit: Visit, site: BuiltSite, language: str
) -> None:
    page = visit(site.page(language, "iou"))
    names = [handle(page, box, part) for part in range(5) for box in (TRUE, PREDICTED)]
    assert len({each.get_attribute("aria-label") for each in names}) == 10
    status = figure(page).get_by_role("status")
    page.evaluate(
        """() => {
          window.heard = 0
          const status = document.querySelector('.boxes-status')
          new MutationObserver(() => heard++).observe(status, { childList: true })
        }"""
    )
    page.wait_for_timeout(600)  # what the start says
    before = page.evaluate("heard")
    handle(page, PREDICTED, WHOLE).focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(status).to_contain_text("104, 52, 308, 200")
    assert page.evaluate("heard") == before + 1
    expect(status).to_contain_text(f"IoU = {'交集' if language == 'zh' else 'intersection'}")
    description = page.locator("#overlap-description").text_content()
    assert description == status.text_content()


def test_the_object_gives_way_to_pixels_in_the_close_up(visit: Visit) -> None:
    page = visit("iou/")
    expect(page.locator("#overlap-object")).to_be_visible()
    preset(page, 3)
    expect(page.locator("#overlap-object")).to_be_hidden()
    preset(page, 0)
    expect(page.locator("#overlap-object")).to_be_visible()
