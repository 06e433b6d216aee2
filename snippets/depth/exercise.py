# %% [markdown] lang="zh"
# # 动手：深度到底换来了什么？
#
# 先手工折出一个网络，再看训练找不找得到它。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: what does depth buy?
#
# First fold a network by hand, then see whether training finds it.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# `tent` 由两个 ReLU 组成。`bends` 数出一条曲线有几段直线。
# %% [markdown] lang="en"
# ## Set up
#
# `tent` is made of two ReLUs. `bends` counts the straight pieces of a curve.
# %%
import torch

from dlqa.lab.guesses import compare
from dlqa.lab.initializers import initialize
from dlqa.lab.training import Adam, Task, train

GRID = torch.linspace(0, 1, 1025)


def tent(x):
    return 2 * torch.relu(x) - 4 * torch.relu(x - 0.5)


def bends(values):
    slopes = values.diff().sign()
    return 1 + (slopes[1:] != slopes[:-1]).sum().item()
# %% [markdown] lang="zh"
# ## 先猜
#
# 折一次、两次、四次，各有几段？
# %% [markdown] lang="en"
# ## Predict
#
# How many pieces are there after one fold, two and four?
# %%
guess = {"1": None, "2": None, "4": None}
# %% tags=["reveal"]
def fold(times):
    values = GRID
    for _ in range(times):
        values = tent(values)
    return values


print(compare(guess, {name: bends(fold(int(name))) for name in guess}))
# %% [markdown] lang="zh"
# 每多折一次，段数翻倍，而单元只多两个。
#
# ## 训练找得到吗？
#
# 目标取折三次的帐篷。**先猜**：参数差不多的一层与三层网络，训练后各剩下目标方差的多少？`0` 是全学会，`1` 是只会输出均值。
# %% [markdown] lang="en"
# Every fold doubles the pieces and costs two units.
#
# ## Does training find it?
#
# The target is the tent folded three times. **Guess** what share of its variance is left after training, with one hidden layer and with three of about as many parameters: `0` is learned, `1` is the mean and no more.
# %%
guess = {"wide": None, "deep": None}
# %% tags=["reveal"]
SEEDS = 4
X = ((torch.arange(64) + 0.5) / 64 - 0.5) * 12**0.5
WANTED = fold(3)[8::16]


def left(hidden, rate=0.01):
    start = initialize("he", (1, *hidden, 1), range(SEEDS), activation="relu")
    task = Task(X[None, None], WANTED[None, None], None, torch.zeros(SEEDS, dtype=torch.int64))
    final = train(start, task, steps=3000, optimizer=Adam(rate)).final
    apart = final.outputs(X.expand(SEEDS, 1, 64)) - WANTED
    return (apart.square().mean() / WANTED.var()).item()


print(compare(guess, {"wide": left((60,)), "deep": left((8, 8, 8))}))
# %% [markdown] lang="zh"
# ## 轮到你
#
# 换掉学习率和层数，看谁先学会。两边都要调，否则比较的是学习率。
# %% [markdown] lang="en"
# ## Your turn
#
# Change the rate and the layers and see which learns. Tune both, or you compare learning rates.
# %%
for rate in (0.003, 0.03):
    print(rate, f"{left((60,), rate):.1f} {left((8, 8, 8), rate):.1f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 折叠一次加两个单元，段数翻倍；只用一层要成倍地加单元。
# - 能表示不等于训练找得到。
# - 比较深浅之前，两边都要把学习率调好。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - A fold costs two units and doubles the pieces; one layer has to double its units.
# - What can be expressed need not be found by training.
# - Tune both before comparing deep with shallow.
