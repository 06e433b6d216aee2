# %% [markdown] lang="zh"
# # 动手：损失函数的选择重要吗？
#
# 先猜，再运行，最后改一处，看结论在哪里翻转。遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: does the choice of loss function matter?
#
# Guess first, run, then change one thing and see where the result flips. Wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 两类高斯数据，网络有两个 50 单元的 ReLU 隐藏层，Adam 训练 300 步。`learn` 返回三个种子在新样本上的平均准确率，`noise` 是错标签的比例。
# %% [markdown] lang="en"
# ## Set up
#
# Two Gaussian classes; a network with two hidden layers of 50 ReLUs, 300 steps of Adam. `learn` returns the mean accuracy of three seeds on fresh points; `noise` is the share of wrong labels.
# %%
from dataclasses import replace

import torch

from dlqa.lab.grids import grid
from dlqa.lab.guesses import compare
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import INPUTS, one_hot
from dlqa.lab.training import train
from dlqa.questions.losses.teaching import TEACHES, generalized

STEPS = 300
PAIRS = grid(("independent",), 1, range(3), steps=STEPS, samples=400, fresh=1000)
DATA = PAIRS.data
START = initialize("he", (INPUTS, 50, 50, 2), range(3), activation="relu")


def learn(loss, noise=0.0):
    generator = torch.Generator().manual_seed(0)
    wrong = torch.rand(DATA.labels.shape, generator=generator) < noise
    labels = torch.where(wrong, 1 - DATA.labels, DATA.labels)
    task = replace(PAIRS.task, targets=one_hot(labels))
    final = train(START, task, steps=STEPS, loss=loss).final
    return (final.outputs(DATA.fresh_inputs).argmax(1) == DATA.fresh_labels).float().mean().item()
# %% [markdown] lang="zh"
# ## 先猜
#
# 标签全对时，四种损失的准确率各是多少？
# %% [markdown] lang="en"
# ## Predict
#
# How accurate is each of four losses with clean labels?
# %%
guess = {"cross_entropy": None, "squared": None, "hinge": None, "softmax_absolute": None}
# %% tags=["reveal"]
print(compare(guess, {name: learn(TEACHES[name]) for name in guess}))
# %% [markdown] lang="zh"
# ## 改一处：翻转五分之一的标签
#
# **先猜**：谁掉得最少？
# %% [markdown] lang="en"
# ## Change one thing: flip a fifth of the labels
#
# **Guess** which falls least.
# %%
guess = {"cross_entropy": None, "squared": None, "hinge": None, "softmax_absolute": None}
# %% tags=["reveal"]
print(compare(guess, {name: learn(TEACHES[name], noise=0.2) for name in guess}))
# %% [markdown] lang="zh"
# 因子 $p_y$ 让网络觉得不可能的样本几乎不算数，错标签因此背得慢。
#
# ## 轮到你
#
# 广义交叉熵的 $q$ 从 0（交叉熵）走到 1（绝对误差）。换一个 $q$ 和一个噪声比例，找到折中最好的一点。
# %% [markdown] lang="en"
# The factor $p_y$ makes a sample that the network finds unlikely hardly count, so wrong labels are learned slowly.
#
# ## Your turn
#
# The $q$ of generalized cross entropy goes from 0 (cross entropy) to 1 (absolute error). Change $q$ and the share of wrong labels, and look for the best compromise.
# %%
print(f"{learn(generalized(0.9), noise=0.2):.2f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 标签全对时，多数损失的准确率相近。
# - 标签有错时，有界而对称的损失经得住。
# - 代价是同一个因子使难样本学得慢。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - With clean labels most losses are about equally accurate.
# - With wrong labels a bounded, symmetric loss holds out.
# - The price: the same factor makes hard samples slow to learn.
