"""Small tasks of images from photos and digits that packages ship, and a seed's share of them.

"photos": which of ten photos is a grey crop from? "digits": handwritten digits of 8 × 8 pixels.
Axes: K classes, M images a class, N images, H × W pixels; floats from 0 to 1 unless normalized.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import torch
from torch import Tensor

from dlqa.lab.arguments import check_count, check_name, check_sequence, check_tensor
from dlqa.lab.crops import middle, photo, resized, window
from dlqa.lab.extras import MissingExtra
from dlqa.lab.pools import Deal, Labelled, Split, taken
from dlqa.lab.pretrained import normalize

try:
    import skimage
    from skimage import color, io
    from sklearn import datasets
except ModuleNotFoundError as error:
    raise MissingExtra("photos and digits", "weights") from error

PHOTOS = (
    "astronaut", "camera", "chelsea", "coffee", "rocket", "motorcycle_left", "coins", "clock_motion",
)  # fmt: skip
SHORT_SIDE = 320  # pixels of a photo, so that crops of all show things of much the same size
CROP = 64  # pixels
TILES = 4  # a photo is cut into so many rows and columns; no tile serves two roles
CLASSES, POOL = 10, 96  # images a class
EACH = POOL // TILES**2  # crops of a tile
DEALS = {"photos": Deal((8, 2, 6), EACH), "digits": Deal((48, 12, 36))}


@cache
def photos() -> tuple[Tensor, ...]:
    """Ten photos [3, H, W], the shorter side SHORT_SIDE; two are scikit-learn's, CC BY."""
    arrays = [io.imread(_file(name)) for name in PHOTOS]
    arrays += datasets.load_sample_images().images
    return tuple(photo(array, SHORT_SIDE) for array in arrays)


def original(name: str) -> Tensor:
    """One of PHOTOS as it is shipped, bytes [3, H, W]. Raises ValueError for another name."""
    check_name("photo", name, PHOTOS)
    return torch.from_numpy(io.imread(_file(name))).permute(2, 0, 1)


def digits(count: int) -> Labelled:
    """The first handwritten digits [N, 1, 8, 8], floats from 0 to 1, and what they are [N]."""
    data = datasets.load_digits()
    check_count("count", count, 1, len(data.target))
    images = torch.from_numpy(data.images[:count]).float().div(16)[:, None]
    return images, torch.from_numpy(data.target[:count])


@cache
def pool(task: str, side: int) -> Tensor:
    """All images that seeds draw from, [K, M, 1, side, side]; of photos in the order of tiles.

    Raises TypeError or ValueError for an unknown task or a side below 1.
    """
    check_name("task", task, DEALS)
    check_count("side", side, 1)
    if task == "photos":
        native = torch.stack([_crops(place) for place in range(CLASSES)])
    else:
        native = _digits()
    return resized(native.flatten(0, 1), side).view(CLASSES, POOL, 1, side, side)


def places(task: str, seeds: Sequence[int], counts: Sequence[int]) -> list[Tensor]:
    """Which of each class's pool seeds take for training, validation and test, [S, K, count] each."""
    check_name("task", task, DEALS)
    check_sequence("seeds", seeds, "whole numbers", 1)
    dealt = [DEALS[task].places(CLASSES, seed, counts) for seed in seeds]
    return [torch.stack(role) for role in zip(*dealt, strict=True)]


def split(task: str, seed: int, counts: Sequence[int], side: int) -> Split:
    """A seed's images [N, 3, side, side], as a pretrained network takes them."""
    images = pool(task, side)
    return Split(*(taken(images, role[0]) for role in places(task, [seed], counts))).map(prepared)


def prepared(grey: Tensor) -> Tensor:
    """Grey images [N, 1, H, W] as a pretrained network takes them."""
    check_tensor("grey", grey, "[N, 1, H, W]")
    images = normalize(grey.expand(-1, 3, -1, -1))
    return images.contiguous(memory_format=torch.channels_last)


def views(count: int, side: int = CROP) -> Tensor:
    """Large parts of the photos in colour [N, 3, side, side], always the same, normalized."""
    check_count("count", count, 1)
    generator = torch.Generator("cpu").manual_seed(0)
    found = []
    for place in range(count):
        drawn = torch.randint(SHORT_SIDE // 2, SHORT_SIDE, (), device="cpu", generator=generator)
        length = int(drawn)
        found.append(resized(window(photos()[place % CLASSES], length, generator)[None], side))
    return normalize(torch.cat(found))


def squares(names: tuple[str, ...], side: int) -> Tensor:
    """The middle squares of some photos [N, 3, side, side], normalized."""
    check_sequence("names", names, "names of photos", 1)
    for name in names:
        check_name("photo", name, PHOTOS)
    chosen = [photos()[PHOTOS.index(name)] for name in names]
    return normalize(torch.cat([resized(middle(each)[None], side) for each in chosen]))


def _crops(place: int) -> Tensor:
    """Six grey crops [M, 1, CROP, CROP] of each tile of a photo, the tiles in order."""
    grey = torch.from_numpy(color.rgb2gray(photos()[place].permute(1, 2, 0).numpy())).float()[None]
    rows, columns = (length // TILES for length in grey.shape[1:])
    generator = torch.Generator("cpu").manual_seed(place)
    found = []
    for tile in range(TILES**2):
        top, left = tile // TILES * rows, tile % TILES * columns
        inside = grey[:, top : top + rows, left : left + columns]
        found += [window(inside, CROP, generator) for _ in range(EACH)]
    return torch.stack(found)


def _digits() -> Tensor:
    """Handwritten digits [K, M, 1, 8, 8], the first of each class."""
    images, labels = digits(1797)  # all
    return torch.stack([images[labels == digit][:POOL] for digit in range(CLASSES)])


def _file(name: str) -> Path:
    return next((Path(skimage.__file__).parent / "data").glob(f"{name}.*"))
