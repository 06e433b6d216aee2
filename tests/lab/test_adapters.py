import pytest
import torch
from torch import nn
from torch.nn.utils import parametrize, prune

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


def tied():
    """Two layers of one weight, which an embedding reads too."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Embedding(6, 6), nn.Linear(6, 6), nn.Tanh(), nn.Linear(6, 6))
    model[1].weight = model[3].weight = model[0].weight
    return model


def spread(parameters):
    with torch.no_grad():
        for parameter in parameters:
            parameter.copy_(drawn(*parameter.shape))


def test_layers_that_share_a_weight_share_its_adapter_and_merge_to_one():
    model, words = tied(), torch.arange(6)
    adapters = add_lora(model, rank=2)
    assert len(adapters) == 2
    spread(adapters)
    adapted = model(words)
    merge_lora(model)
    torch.testing.assert_close(model(words), adapted)
    assert model[1].weight is model[3].weight
    assert torch.equal(model[0].weight, tied()[0].weight)  # whose output has no adapter


NORMS = [
    nn.utils.parametrizations.spectral_norm,
    nn.utils.parametrizations.weight_norm,
    nn.utils.parametrizations.orthogonal,
]


@pytest.mark.parametrize("norm", NORMS)
def test_a_norm_that_is_not_an_adapter_stays(norm):
    model, images = network().eval(), drawn(4, 3, 6, 6)
    norm(model[1])
    spread(add_lora(model, rank=2))
    adapted = model(images)
    merge_lora(model)
    torch.testing.assert_close(model(images), adapted)
    assert [layer for layer in model if parametrize.is_parametrized(layer)] == [model[1]]


def states(model):
    return {name: (id(p), p.requires_grad) for name, p in model.named_parameters()}


@pytest.mark.parametrize("norm", [*NORMS, lambda layer: prune.identity(layer, "weight")])
def test_a_layer_whose_weight_is_computed_is_refused_and_the_model_stays_as_it_was(norm):
    model = network()
    norm(model[5])
    before = states(model)
    with pytest.raises(ValueError, match=r"layer '5' has its weight from (_|a hook).*; expected a"):
        add_lora(model, rank=2)
    assert states(model) == before


def test_a_norm_above_an_adapter_is_refused_by_merging_and_the_model_stays_as_it_was():
    model = network()
    add_lora(model, rank=2)
    NORMS[0](model[5])
    before = states(model)
    with pytest.raises(ValueError, match="'5' has its weight from LowRank and _SpectralNorm"):
        merge_lora(model)
    assert states(model) == before


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float64])
def test_adapters_have_the_type_of_their_weight(dtype):
    model = nn.Sequential(nn.Linear(6, 5)).to(dtype)
    adapters = add_lora(model, rank=2)
    assert {parameter.dtype for parameter in adapters} == {dtype}
    spread(adapters)
    inputs = drawn(4, 6).to(dtype)
    adapted = model(inputs)
    merge_lora(model)
    assert torch.equal(model(inputs), adapted)


def test_adapters_lie_where_their_weight_lies():
    model = nn.Linear(6, 5, device="meta")
    adapters = add_lora(model, rank=2, generator=torch.Generator().manual_seed(0))
    assert {parameter.device.type for parameter in adapters} == {"meta"}
    merge_lora(model)
    assert model.weight.device.type == "meta"


def test_adapters_may_be_drawn_from_a_generator_of_their_own():
    torch.manual_seed(4)
    by_global_seed = add_lora(network(), rank=2)  # which seeds with 0
    torch.manual_seed(9)
    model = network()
    state = torch.get_rng_state()
    generator = torch.Generator()
    generator.set_state(state)
    for one, other in zip(add_lora(model, 2, generator=generator), by_global_seed, strict=True):
        assert torch.equal(one, other)
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize(
    ("model", "complaint"),
    [
        (nn.Sequential(nn.Conv2d(3, 4, 3)), "it has none"),
        (nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 1)), "rank from 1 to 1 for layer '1', not 2"),
    ],
)
def test_a_model_that_is_refused_stays_as_it_was(model, complaint):
    before = states(model)
    with pytest.raises(ValueError, match=complaint):
        add_lora(model, rank=2)
    assert states(model) == before


def test_weights_that_are_no_floats_are_refused():
    model = nn.Linear(4, 4)
    model.weight = nn.Parameter(torch.ones(4, 4, dtype=torch.int8), requires_grad=False)
    with pytest.raises(ValueError, match=r"layer '' holds torch\.int8; expected floating point"):
        add_lora(model, rank=2)
