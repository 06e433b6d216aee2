# %% [markdown] lang="zh"
# # 动手：哪些函数能当激活函数？
#
# 教科书说激活函数要单调、处处可导。先猜，再运行，最后自己造一个函数试试。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: which functions can be activations?
#
# Textbooks ask for something monotone and differentiable. Guess first, run, then make up a function of your own.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 数据是两个交错的半圆加噪声。网络是 2-30-30-2，Adam，每步用全部 400 个样本，共 500 步。`learn` 返回 3 个种子在新样本上的平均准确率。
# %% [markdown] lang="en"
# ## Set up
#
# The data are two interlocking half circles with noise. The network is 2-30-30-2 with Adam, all 400 samples at every step, 500 steps. `learn` returns the mean accuracy of three seeds on fresh points.
# %%
import math

import torch

from dlqa.lab.activations import CURVES
from dlqa.lab.guesses import compare
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot
from dlqa.lab.training import Adam, Task, train

SEEDS = 3


def moons(seed, count=400, noise=0.25):
    generator = torch.Generator().manual_seed(seed)
    labels = torch.arange(count) % 2
    angle = math.pi * torch.rand(count, generator=generator)
    side = 1 - 2 * labels
    circle = torch.stack([labels + side * angle.cos(), 0.5 * labels + side * angle.sin()])
    return circle + noise * torch.randn(2, count, generator=generator), labels


INPUTS, LABELS = map(torch.stack, zip(*map(moons, range(SEEDS))))
FRESH, WANTED = map(torch.stack, zip(*map(moons, range(100, 100 + SEEDS))))


def trained(activation, hidden=(30, 30), rate=3e-3):
    start = initialize("lecun", (2, *hidden, 2), range(SEEDS), activation=activation)
    task = Task(INPUTS, one_hot(LABELS), None, torch.arange(SEEDS))
    return train(start, task, steps=500, loss="cross entropy", optimizer=Adam(rate)).final


def learn(activation, hidden=(30, 30)):
    guesses = trained(activation, hidden).outputs(FRESH).argmax(1)
    return (guesses == WANTED).float().mean().item()
# %% [markdown] lang="zh"
# ## 先猜
#
# 500 步之后，四种激活函数的准确率各是多少？乱猜得 `0.5`，这份数据的极限约为 `0.94`。
# %% [markdown] lang="en"
# ## Predict
#
# How accurate is each of four activations after 500 steps? Guessing gives `0.5`, and nothing gets beyond about `0.94` on these data.
# %%
guess = {"relu": None, "square": None, "sin": None, "identity": None}
# %% tags=["reveal"]
found = {name: learn(CURVES.get(name, name)) for name in guess}
print(compare(guess, found))
# %% [markdown] lang="zh"
# $x^2$ 与 $\sin x$ 都不单调，照样学得会；恒等函数的网络只是一个仿射变换，画不出弯的边界。
#
# ## 改一处：加深
#
# 把两个隐藏层换成十个。**先猜**：sigmoid、tanh 和 ReLU 各还剩多少？
# %% [markdown] lang="en"
# Neither $x^2$ nor $\sin x$ is monotone, and both learn; a network of identities is one affine map and draws no curved boundary.
#
# ## Change one thing: deeper
#
# Ten hidden layers in place of two. **Guess** what is left of sigmoid, tanh and ReLU.
# %%
guess = {"sigmoid": None, "tanh": None, "relu": None}
# %% tags=["reveal"]
print(compare(guess, {name: learn(name, (30,) * 10) for name in guess}))
# %% [markdown] lang="zh"
# ## 失活的单元
#
# 一个 ReLU 单元若对每个训练样本都输出 0，就再也收不到梯度。**先猜**：学习率取下面三个值时，这样的单元占多大比例？
# %% [markdown] lang="en"
# ## Dead units
#
# A ReLU that is 0 on every training sample gets no gradient any more. **Guess** the share of such units at each of three learning rates.
# %%
guess = {"0.003": None, "0.03": None, "0.3": None}
# %% tags=["reveal"]
def dead(rate):
    hidden = trained("relu", rate=rate).hidden(INPUTS)
    return torch.cat([(layer == 0).all(2) for layer in hidden], 1).float().mean().item()


print(compare(guess, {name: dead(float(name)) for name in guess}))
# %% [markdown] lang="zh"
# ## 轮到你
#
# 任何逐元素的函数都可以传给 `learn`，导数由自动微分来求。换掉下面的 `bump`，找一个学不会的。
# %% [markdown] lang="en"
# ## Your turn
#
# Any elementwise function can be given to `learn`; autograd finds its derivative. Replace `bump` and look for one that does not learn.
# %%
def bump(sums):
    return torch.exp(-sums * sums)


print(f"{learn(bump):.2f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 非线性是必须的，单调和处处可导不是。
# - 深度会把每层的斜率连乘起来，饱和的函数因此学不动。
# - ReLU 的代价是失活，学习率越大越多。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - Nonlinearity is needed; being monotone or differentiable everywhere is not.
# - Depth multiplies the slopes of all layers, so functions that saturate cannot learn.
# - ReLU’s price is dead units, more of them at a larger learning rate.
