# %% [markdown] lang="zh"
# # 动手：类别不平衡伤了什么？
#
# 100 个多数类样本才有一个少数类样本。先猜，再运行：伤到的是阈值，还是网络学到的东西？
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: what does class imbalance hurt?
#
# One rare sample for a hundred frequent ones. Guess first, then run: is it the threshold that suffers, or what the network has learned?
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 两个单位高斯，均值相距 2；少数类占 `1 / (ratio + 1)`。网络是 2-32-32-2，ReLU，400 步，每批 64 个。`log_odds` 返回网络给新样本的对数几率，前一半是少数类。`balanced` 是平衡准确率：两类各自准确率的平均，乱猜得 `0.5`，这份数据的极限约为 `0.84`。
# %% [markdown] lang="en"
# ## Set up
#
# Two unit Gaussians, means 2 apart; the rare class is `1 / (ratio + 1)` of the samples. The network is 2-32-32-2 with ReLU, 400 steps on batches of 64. `log_odds` returns a network’s log odds of fresh points, of which the first half are rare. `balanced` is the balanced accuracy, the mean of both classes’ accuracies: guessing has `0.5`, and nothing gets beyond about `0.84` here.
# %%
import math

import torch

from dlqa.lab.class_weights import balanced as balancing
from dlqa.lab.class_weights import weighted
from dlqa.lab.guesses import compare
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot, shuffled_batches
from dlqa.lab.training import Task, train

SEEDS, STEPS = 3, 400


def points(seed, rare, frequent):
    x = torch.randn(2, rare + frequent, generator=torch.Generator().manual_seed(seed))
    x[0, :rare] += 2
    return x


FRESH = torch.stack([points(900 + seed, 2000, 2000) for seed in range(SEEDS)])


def log_odds(ratio, samples=1200, weights=False, loss="cross entropy"):
    rare = samples // (ratio + 1)
    inputs = torch.stack([points(seed, rare, samples - rare) for seed in range(SEEDS)])
    targets = one_hot((torch.arange(samples) < rare).long().expand(SEEDS, -1))
    if weights:
        targets = weighted(targets, balancing(targets))
    batches = shuffled_batches(range(SEEDS), samples=samples, steps=STEPS, size=64)
    start = initialize("he", (2, 32, 32, 2), range(SEEDS), activation="relu")
    task = Task(inputs, targets, batches, torch.arange(SEEDS))
    outputs = train(start, task, steps=STEPS, loss=loss).final.outputs(FRESH)
    return outputs[:, 1] - outputs[:, 0]


def balanced(odds, threshold=0.0):
    rare, frequent = (odds > threshold).float().chunk(2, 1)
    return ((rare.mean() + 1 - frequent.mean()) / 2).item()
# %% [markdown] lang="zh"
# ## 先猜
#
# 三个比例下训练，都按概率 ½ 判定。平衡准确率各是多少？
# %% [markdown] lang="en"
# ## Predict
#
# Trained at three ratios and asked at a probability of ½: what is the balanced accuracy?
# %%
guess = {"1:1": None, "10:1": None, "100:1": None}
# %% tags=["reveal"]
plain = {name: log_odds(int(name.split(":")[0])) for name in guess}
print(compare(guess, {name: balanced(odds) for name, odds in plain.items()}))
# %% [markdown] lang="zh"
# ## 改一处：只移动阈值
#
# 网络一个权重都不动。只把对数几率的阈值从 0 移到 $-\log r$，其中 $r$ 是比例。**先猜**。
# %% [markdown] lang="en"
# ## Change one thing: the threshold
#
# Not a weight of the network changes. Only the threshold on log odds moves, from 0 to $-\log r$ with $r$ the ratio. **Guess** again.
# %%
guess = {"10:1": None, "100:1": None}
# %% tags=["reveal"]
moved = {name: balanced(plain[name], -math.log(int(name.split(":")[0]))) for name in guess}
print(compare(guess, moved))
# %% [markdown] lang="zh"
# 大半的损失回来了：网络早就把两类排好了序，只是按训练时的先验回答。剩下的差距来自少数类样本太少。
#
# ## 类别权重与 focal loss
#
# 同样的数据，比例 100:1，按 ½ 判定。**先猜**：哪一个有用？
# %% [markdown] lang="en"
# Most of the loss is back: the network had put the classes in order, it only answered with the prior of its training. What is left is missing for want of rare samples.
#
# ## Class weights and the focal loss
#
# The same data at 100:1, asked at ½. **Guess** which of the two helps.
# %%
guess = {"weights": None, "focal": None}
# %% tags=["reveal"]
from dlqa.lab.objectives import focal

found = {"weights": log_odds(100, weights=True), "focal": log_odds(100, loss=focal(2.0))}
print(compare(guess, {name: balanced(odds) for name, odds in found.items()}))
# %% [markdown] lang="zh"
# 权重把先验换成了一半对一半，等于移动阈值；focal loss 的最优解在 ½ 处与交叉熵判得一样，只压低了自信。
#
# ## 轮到你
#
# 比例不变，把样本加到十倍，再移动阈值。离 1:1 还差多少？换成别的比例与样本数试试。
# %% [markdown] lang="en"
# Weights replace the prior by one half each, which is what moving the threshold does. The focal loss decides at ½ as cross entropy does; it only takes confidence away.
#
# ## Your turn
#
# Keep the ratio, take ten times the samples and move the threshold. How far is it from 1:1 now? Try other ratios and sizes.
# %%
print(f"{balanced(log_odds(100, samples=12_000), -math.log(100)):.2f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 在 ½ 处判定的网络带着训练时的先验；移动阈值就能换成另一个先验，不必重新训练。
# - 复制、加权与 SMOTE 换的也是先验，不增加信息。
# - 真正缺的是少数类样本，不是比例。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - A network asked at ½ carries the prior of its training; moving the threshold exchanges it without training again.
# - Copies, weights and SMOTE exchange the prior too, and add no information.
# - What is really missing is rare samples, not a ratio.
