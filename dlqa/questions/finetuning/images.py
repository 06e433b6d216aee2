"""The two tasks of question 54, from photos and digits that packages ship, and a seed's share.

Axes: K classes, M images a class, N images, H × W pixels. Grey images, floats from 0 to 1.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import skimage
import torch
from skimage import color, io
from sklearn import datasets
from torch import Tensor, nn

from dlqa.lab.pretrained import normalize

PHOTOS = (
    "astronaut",
    "camera",
    "chelsea",
    "coffee",
    "rocket",
    "motorcycle_left",
    "coins",
    "clock_motion",
)
SHORT_SIDE = 320  # pixels of a photo, so that crops of all show things of much the same size
CROP = 64  # pixels
TILES = 4  # a photo is cut into so many rows and columns; no tile serves two splits
CLASSES, POOL = 10, 96  # images a class, six from each tile
ROLES = {"training": 8, "validation": 2, "test": 6}  # tiles


@dataclass(frozen=True)
class Split:
    """A seed's images [N, 3, H, W], normalized for the network, with their labels [N]."""

    training: tuple[Tensor, Tensor]
    validation: tuple[Tensor, Tensor]
    test: tuple[Tensor, Tensor]


@cache
def photos() -> tuple[Tensor, ...]:
    """Ten photos [3, H, W], the shorter side SHORT_SIDE; two are scikit-learn's, CC BY."""
    folder = Path(skimage.__file__).parent / "data"
    paths = [next(folder.glob(f"{name}.*")) for name in PHOTOS]
    arrays = [io.imread(path) for path in paths] + list(datasets.load_sample_images().images)
    return tuple(_photo(array) for array in arrays)


@cache
def pool(task: str, side: int) -> Tensor:
    """All images that seeds draw from, [K, M, 1, side, side]; of photos in the order of tiles.

    Raises ValueError for an unknown task.
    """
    if task == "photos":
        native = torch.stack([_crops(place) for place in range(CLASSES)])
    elif task == "digits":
        native = _digits()
    else:
        raise ValueError(f"unknown task {task!r}; expected photos or digits")
    resized = _resized(native.flatten(0, 1), side).clamp(0, 1)
    return resized.reshape(CLASSES, POOL, 1, side, side)


def places(task: str, seed: int, training: int, validation: int, test: int) -> list[Tensor]:
    """Which of each class's pool a seed takes for each role, three of int64 [K, so many].

    Photos: tiles are dealt to the roles first, so that no test crop overlaps a training crop.
    A larger training set holds the smaller one.
    """
    generator = torch.Generator().manual_seed(seed)
    wanted = (training, validation, test)
    dealt = [_deal(task, generator) for _ in range(CLASSES)]
    for role, count in zip(range(3), wanted, strict=True):
        if count > len(dealt[0][role]):
            raise ValueError(f"expected at most {len(dealt[0][role])} images a class, not {count}")
    return [torch.stack([each[role][: wanted[role]] for each in dealt]) for role in range(3)]


def split(task: str, seed: int, training: int, validation: int, test: int, side: int) -> Split:
    """A seed's images for each role."""
    images = pool(task, side)
    taken = []
    for chosen in places(task, seed, training, validation, test):
        rows = torch.arange(CLASSES).unsqueeze(1)
        labels = rows.expand_as(chosen).flatten()
        taken.append((prepared(images[rows, chosen].flatten(0, 1)), labels))
    return Split(*taken)


def prepared(grey: Tensor) -> Tensor:
    """Grey images [N, 1, H, W] as the network takes them."""
    images = normalize(grey.expand(-1, 3, -1, -1))
    return images.contiguous(memory_format=torch.channels_last)


def views(count: int, side: int = CROP) -> Tensor:
    """Large parts of the photos in colour [N, 3, side, side], always the same, normalized."""
    generator = torch.Generator().manual_seed(0)
    found = []
    for place in range(count):
        photo = photos()[place % CLASSES]
        length = int(torch.randint(SHORT_SIDE // 2, SHORT_SIDE, (), generator=generator))
        found.append(_resized(_window(photo, length, generator)[None], side))
    return normalize(torch.cat(found).clamp(0, 1))


def squares(names: tuple[str, ...], side: int) -> Tensor:
    """The middle squares of some photos [N, 3, side, side], normalized."""
    chosen = [photos()[PHOTOS.index(name)] for name in names]
    middles = [_middle(photo) for photo in chosen]
    return normalize(torch.cat([_resized(each[None], side) for each in middles]).clamp(0, 1))


def _deal(task: str, generator: torch.Generator) -> list[Tensor]:
    """Places in one class's pool for each role, in random order."""
    if task == "digits":
        shuffled = torch.randperm(POOL, generator=generator)
        return list(torch.split(shuffled, [POOL * tiles // TILES**2 for tiles in ROLES.values()]))
    shuffled = torch.randperm(TILES**2, generator=generator)
    tiles = torch.split(shuffled, list(ROLES.values()))
    each = POOL // TILES**2
    crops = [(some.unsqueeze(1) * each + torch.arange(each)).flatten() for some in tiles]
    return [some[torch.randperm(len(some), generator=generator)] for some in crops]


def _photo(array: np.ndarray) -> Tensor:
    if array.ndim == 2:
        array = np.stack([array] * 3, -1)
    photo = torch.from_numpy(np.array(array[..., :3])).float().div(255)
    photo = photo.permute(2, 0, 1)[None]
    scale = SHORT_SIDE / min(photo.shape[2:])
    sides = [round(length * scale) for length in photo.shape[2:]]
    shrunk = nn.functional.interpolate(photo, sides, mode="bilinear", antialias=True)
    return shrunk[0].clamp(0, 1)


def _crops(place: int) -> Tensor:
    """Six grey crops [M, 1, CROP, CROP] of each tile of a photo, the tiles in order."""
    photo = photos()[place].permute(1, 2, 0).numpy()
    grey = torch.from_numpy(color.rgb2gray(photo)).float()[None]
    rows, columns = (length // TILES for length in grey.shape[1:])
    generator = torch.Generator().manual_seed(place)
    found = []
    for tile in range(TILES**2):
        top, left = tile // TILES * rows, tile % TILES * columns
        inside = grey[:, top : top + rows, left : left + columns]
        found += [_window(inside, CROP, generator) for _ in range(POOL // TILES**2)]
    return torch.stack(found)


def _digits() -> Tensor:
    """Handwritten digits [K, M, 1, 8, 8], the first of each class."""
    data = datasets.load_digits()
    images = torch.from_numpy(data.images).float().div(16)[:, None]
    labels = torch.from_numpy(data.target)
    return torch.stack([images[labels == digit][:POOL] for digit in range(CLASSES)])


def _window(image: Tensor, length: int, generator: torch.Generator) -> Tensor:
    """A square of the image [C, H, W], its place drawn."""
    top, left = (
        int(torch.randint(0, whole - length + 1, (), generator=generator))
        for whole in image.shape[1:]
    )
    return image[:, top : top + length, left : left + length]


def _middle(image: Tensor) -> Tensor:
    length = min(image.shape[1:])
    top, left = ((whole - length) // 2 for whole in image.shape[1:])
    return image[:, top : top + length, left : left + length]


def _resized(images: Tensor, side: int) -> Tensor:
    if images.shape[-1] == side:
        return images
    return nn.functional.interpolate(images, (side, side), mode="bilinear", antialias=True)
