# %% [markdown] lang="zh"
# # 动手：批大小改变了什么？
#
# 常听说“小批量泛化好”。先猜，再运行，然后每次只改一样：步数、学习率。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: what does the batch size change?
#
# “Small batches generalize better”, one hears. Guess first, run, then change one thing at a time: the steps, the learning rate.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 数据是 XOR 高斯，256 个样本；网络是 12-32-32-2，ReLU，SGD，交叉熵。`learn` 返回 4 个种子在新样本上的平均准确率。
# %% [markdown] lang="en"
# ## Set up
#
# The data are the XOR of Gaussians, 256 samples; the network is 12-32-32-2 with ReLU, SGD and cross entropy. `learn` returns the mean accuracy of four seeds on fresh points.
# %%
from dlqa.lab.grids import grid
from dlqa.lab.guesses import compare
from dlqa.lab.training import SGD, train

SAMPLES, EPOCHS = 256, 16


def learn(batch, steps=None, rate=1 / 32):
    steps = steps or EPOCHS * SAMPLES // batch
    pairs = grid(["xor"], 1, 4, steps=steps, samples=SAMPLES, batch=batch)
    start = pairs.start(["he"], (32, 32), "relu")
    history = train(
        start, pairs.task, steps=steps, optimizer=SGD(rate), loss="cross entropy",
        at=[steps], observe=lambda seen: {"right": pairs.accuracy(seen)},
    )  # fmt: skip
    right = history.observed["right"]
    return float(right.mean())
# %% [markdown] lang="zh"
# ## 先猜：同样的轮数
#
# 三种批大小都训练 16 轮，学习率都是 `1/32`。准确率各是多少？乱猜得 `0.5`。
# %% [markdown] lang="en"
# ## Predict: equal epochs
#
# Three batch sizes, 16 epochs each, the same learning rate of `1/32`. How accurate is each? Guessing gives `0.5`.
# %%
guess = {"4": None, "64": None, "256": None}
# %% tags=["reveal"]
print(compare(guess, {name: learn(int(name)) for name in guess}))
# %% [markdown] lang="zh"
# 批大小 256 一轮只走一步，16 轮就是 16 步。
#
# ## 改一处：同样的步数
#
# 都走 512 步，其余不变。**先猜**。
# %% [markdown] lang="en"
# With a batch of 256 an epoch is one step, so 16 epochs are 16 steps.
#
# ## Change one thing: equal steps
#
# 512 steps each, all else as before. **Guess.**
# %%
guess = {"4": None, "64": None, "256": None}
# %% tags=["reveal"]
print(compare(guess, {name: learn(int(name), steps=512) for name in guess}))
# %% [markdown] lang="zh"
# ## 改一处：学习率
#
# 回到 16 轮。批大小从 4 增到 64，是 16 倍，学习率从 `1/128` 起：不变、乘 4（平方根）、乘 16（线性）。**先猜**各剩多少。
# %% [markdown] lang="en"
# ## Change one thing: the rate
#
# Back to 16 epochs. From batch size 4 to 64 is 16 times; the rate starts at `1/128` and is left, taken times 4 (square root) or times 16 (linear). **Guess** what each has.
# %%
guess = {"1": None, "4": None, "16": None}
# %% tags=["reveal"]
print(compare(guess, {name: learn(64, rate=int(name) / 128) for name in guess}))
# %% [markdown] lang="zh"
# ## 轮到你
#
# 批大小 256、16 轮只有 16 步。找一个学习率，让它尽量接近批大小 4。
# %% [markdown] lang="en"
# ## Your turn
#
# A batch of 256 has 16 steps in 16 epochs. Find a learning rate that brings it as near to a batch of 4 as you can.
# %%
rate = 1 / 4
print(f"{learn(256, rate=rate):.2f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 轮数相同、学习率不变时，大批量输在步数少。
# - 学习率小时按线性缩放几乎无损；学习率大了要小心。
# - 比较批大小之前，先说清固定的是轮数、步数还是时间，学习率有没有重调。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - At equal epochs and one rate, a large batch loses because it takes few steps.
# - From a small rate linear scaling costs next to nothing; from a large one beware.
# - Before comparing batch sizes, say whether epochs, steps or time are fixed, and whether rates were tuned again.
