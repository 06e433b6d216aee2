import pytest
import torch
from torch import nn
from torch.nn.utils import parametrize

from dlqa.lab.adapters import LowRank, add_lora, count, merge_lora
from dlqa.lab.efficientnet import EfficientNetLite0


def drawn(*shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(1))


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 8, 1),
        nn.Conv2d(8, 8, 3, padding=1, groups=8),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, 5),
    )


def learn(model, parameters, steps=5):
    optimizer = torch.optim.SGD(parameters, lr=0.1)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(drawn(10, 3, 4, 4)), torch.arange(10) % 5).backward()
        optimizer.step()


def test_adapters_change_nothing_at_first():
    model, images = network(), drawn(4, 3, 6, 6)
    before = model(images)
    add_lora(model, rank=2)
    assert torch.equal(model(images), before)


def test_each_weight_becomes_itself_plus_the_scaled_product():
    model, before = network(), network()
    learn(model, add_lora(model, rank=2, scale=3.0))
    for place in (0, 5):
        adapter = model[place].parametrizations.weight[0]
        product = 3 * adapter.up @ adapter.down
        assert product.abs().max() > 1e-4
        assert torch.linalg.matrix_rank(product) == 2
        original = before[place].weight
        torch.testing.assert_close(model[place].weight, original + product.reshape_as(original))


def test_the_output_is_that_of_a_second_path_beside_the_frozen_one():
    """y = W x + B A x, for a convolution at every pixel."""
    model, before, images = network(), network(), drawn(4, 3, 6, 6)
    learn(model, add_lora(model, rank=2))
    adapter = model[0].parametrizations.weight[0]
    beside = torch.einsum("or,ri,nihw->nohw", adapter.up, adapter.down, images)
    torch.testing.assert_close(model[0](images), before[0](images) + beside)


def test_merged_weights_give_the_same_outputs_without_adapters():
    model, images = network(), drawn(4, 3, 6, 6)
    learn(model, add_lora(model, rank=2))
    adapted = model(images)
    merge_lora(model)
    assert not any(parametrize.is_parametrized(layer) for layer in model.modules())
    assert set(model.state_dict()) == set(network().state_dict())
    torch.testing.assert_close(model(images), adapted)


def test_only_adapters_are_trained():
    model, before = network(), network().state_dict()
    learn(model, add_lora(model, rank=2))
    held = model.state_dict()
    for name, values in before.items():
        layer, kind = name.split(".")
        kept = held.get(name, held.get(f"{layer}.parametrizations.{kind}.original"))
        assert torch.equal(kept, values), name


def test_on_the_network_adapters_are_few():
    model = EfficientNetLite0(classes=10)
    everything = count(list(model.parameters()))
    adapters = add_lora(nn.ModuleList(model.parts()), rank=4)
    layers = [layer for part in model.parts() for layer in part.modules()]
    ones = [layer for layer in layers if isinstance(layer, nn.Conv2d) and layer.groups == 1]
    ones = [layer for layer in ones if layer.kernel_size == (1, 1)]
    assert count(adapters) == sum(4 * (one.in_channels + one.out_channels) for one in ones)
    assert len(adapters) == 2 * len(ones) == 2 * 32
    assert count(adapters) < 0.05 * everything
    assert model.classifier.weight.requires_grad


@pytest.mark.parametrize("mode", ["train", "eval"])
def test_the_network_learns_through_adapters_and_merges_them(mode):
    """In evaluation mode batch norm is folded into the weights, adapted ones too."""
    torch.manual_seed(0)
    model = getattr(EfficientNetLite0(classes=5), mode)()
    learn(model, add_lora(nn.ModuleList(model.parts()), rank=4), steps=2)
    ups = [layer.up for layer in model.modules() if isinstance(layer, LowRank)]
    assert all(up.abs().sum() > 0 for up in ups)
    images = drawn(2, 3, 32, 32)
    adapted = model.eval()(images)
    merge_lora(model)
    torch.testing.assert_close(model(images), adapted)


@pytest.mark.parametrize("rank", [0, 4])
def test_a_rank_that_is_none_or_no_saving_is_refused(rank):
    with pytest.raises(ValueError, match=f"rank from 1 to 3 for layer '0', not {rank}"):
        add_lora(network(), rank)


def test_a_second_adapter_on_a_layer_is_refused():
    model = network()
    add_lora(model, rank=1)
    with pytest.raises(ValueError, match="layer '0' has an adapter already"):
        add_lora(model, rank=1)
