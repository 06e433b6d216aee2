# %% [markdown] lang="zh"
# # 动手：一个隐藏层找得到它能表示的函数吗？
#
# 定理说足够宽的一层能逼近任意连续函数，却没有说训练找得到。先猜，再运行，最后换一个你自己的函数。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: does one hidden layer find what it can represent?
#
# The theorem says that a wide enough layer approximates any continuous function, not that training finds it. Guess first, run, then take a function of your own.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 区间 [−1, 1] 上的 100 个点，每步全部使用，Adam。`errors` 返回每个种子的均方误差。
# %% [markdown] lang="en"
# ## Set up
#
# A hundred points from −1 to 1, all of them at every step, Adam. `errors` returns a mean square error for each seed.
# %%
import torch

from dlqa.lab.guesses import compare
from dlqa.lab.initializers import initialize
from dlqa.lab.training import Adam, Task, train

SEEDS = range(12)
POINTS = torch.linspace(-1, 1, 100)[None, None]


def errors(function, units, activation="relu", steps=10_000):
    start = initialize("gaussian_large", (1, units, 1), SEEDS, activation=activation)
    wanted = function(POINTS)
    task = Task(POINTS, wanted, None, torch.zeros(len(SEEDS), dtype=torch.int64))
    trained = train(start, task, steps=steps, optimizer=Adam(3e-3)).final
    given = trained.outputs(POINTS.expand(len(SEEDS), 1, -1))
    return (given - wanted).square().mean((1, 2))
# %% [markdown] lang="zh"
# ## 能表示，找得到吗？
#
# 两个 ReLU 恰好就是 |x|：max(0, x) + max(0, −x)。**先猜**：12 次训练里，有多大比例的误差降到 `0.0001` 以下？单元更多时呢？
# %% [markdown] lang="en"
# ## Representable, but found?
#
# Two ReLUs are exactly |x|: max(0, x) + max(0, −x). **Guess** the share of 12 runs whose error falls below `0.0001`, and the same with more units.
# %%
guess = {"2": None, "4": None, "16": None}
# %% tags=["reveal"]
def found(units):
    return (errors(torch.abs, units) < 1e-4).float().mean().item()


print(compare(guess, {name: found(int(name)) for name in guess}))
# %% [markdown] lang="zh"
# ## 是宽度不够，还是步数不够？
#
# 16 个 sigmoid 学 sin 12x。**先猜**：2,000 步、5,000 步和 15,000 步之后，误差的中位数各是多少？只答 0 的误差约为 `0.5`。
# %% [markdown] lang="en"
# ## Too few units, or too few steps?
#
# Sixteen sigmoids learn sin 12x. **Guess** the median error after 2,000, 5,000 and 15,000 steps. Answering 0 everywhere has about `0.5`.
# %%
guess = {"2000": None, "5000": None, "15000": None}
# %% tags=["reveal"]
def wave(x):
    return torch.sin(12 * x)


def after(steps):
    return errors(wave, 16, "sigmoid", steps).median().item()


print(compare(guess, {name: after(int(name)) for name in guess}))
# %% [markdown] lang="zh"
# ## 轮到你
#
# 把下面的函数换成你自己的：跳跃、折线、更快的振荡。哪一种需要更多单元，哪一种只需要更多步数？
# %% [markdown] lang="en"
# ## Your turn
#
# Replace this function by your own: a jump, a broken line, a faster wave. Which needs more units, and which only more steps?
# %%
def jump(x):
    return (x > 0).float()


print(f"{errors(jump, 16, steps=3000).median().item():.3f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 能表示不等于训练找得到。
# - 多余的单元让训练更容易成功。
# - 误差停在一处，先分清是宽度的极限还是步数的极限。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - What can be represented need not be found by training.
# - Units to spare make training succeed more often.
# - Where an error stands still, tell the limit of the width from that of the budget.
