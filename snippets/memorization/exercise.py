# %% [markdown] lang="zh"
# # 动手：网络是背下来的，还是学会的？
#
# 把标签打乱，规律就没有了，能做的只剩死记。先猜，再运行，最后改一处。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: memorized or learned?
#
# Shuffled labels have no pattern, so all that is left is to memorize. Guess first, run, then change one thing.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 数据是六维里的两个高斯，均值每维相距 1。网络是 6-64-64-2，ReLU，Adam，每步用全部样本。`learn` 返回 3 个种子的平均：训练准确率（按所给标签）和新样本准确率（按真实类别）。
# %% [markdown] lang="en"
# ## Set up
#
# The data are two Gaussians in six dimensions, their means 1 apart in each. The network is 6-64-64-2 with ReLU and Adam, all samples at every step. `learn` returns means over three seeds: training accuracy by the given labels, and accuracy on fresh points by their true classes.
# %%
import torch

from dlqa.lab.guesses import compare
from dlqa.lab.initializers import initialize
from dlqa.lab.mixtures import one_hot
from dlqa.lab.training import Task, train

SEEDS = 3


def points(seed, count):
    generator = torch.Generator().manual_seed(seed)
    classes = torch.arange(count) % 2
    return torch.randn(6, count, generator=generator) + classes, classes


def shuffle(classes, share, seed):
    generator = torch.Generator().manual_seed(seed)
    chosen = torch.randperm(len(classes), generator=generator)[: round(share * len(classes))]
    given = classes.clone()
    given[chosen] = classes[chosen[torch.randperm(len(chosen), generator=generator)]]
    return given


def learn(share, count=150, steps=500):
    inputs, classes = map(torch.stack, zip(*(points(s, count) for s in range(SEEDS))))
    fresh, wanted = map(torch.stack, zip(*(points(100 + s, 1000) for s in range(SEEDS))))
    labels = torch.stack([shuffle(each, share, s) for s, each in enumerate(classes)])
    start = initialize("he", (6, 64, 64, 2), range(SEEDS), activation="relu")
    task = Task(inputs, one_hot(labels), None, torch.arange(SEEDS))
    final = train(start, task, steps=steps, loss="cross entropy").final
    pairs = ((inputs, labels), (fresh, wanted))
    return [(final.outputs(x).argmax(1) == y).float().mean().item() for x, y in pairs]
# %% [markdown] lang="zh"
# ## 先猜
#
# 标签全部打乱，训练 500 步：训练准确率和新样本准确率各是多少？
# %% [markdown] lang="en"
# ## Predict
#
# All labels are shuffled, training has 500 steps: what are the accuracies on training samples and on fresh points?
# %%
guess = {"training": None, "fresh": None}
# %% tags=["reveal"]
print(compare(guess, dict(zip(guess, learn(1.0)))))
# %% [markdown] lang="zh"
# 训练准确率与真标签时一样，所以它什么也说明不了；新样本上只是瞎猜。
#
# ## 改一处：早停
#
# 只打乱一半。**先猜**：新样本准确率在第 20 步和第 500 步各是多少？
# %% [markdown] lang="en"
# Training accuracy is what true labels would give, so it proves nothing; on fresh points it guesses.
#
# ## Change one thing: stop early
#
# Half of the labels are shuffled. **Guess** the accuracy on fresh points at step 20 and at step 500.
# %%
guess = {"step 20": None, "step 500": None}
# %% tags=["reveal"]
found = {name: learn(0.5, steps=int(name.split()[1]))[1] for name in guess}
print(compare(guess, found))
# %% [markdown] lang="zh"
# 先学到的是多数样本共有的规律，后来才逐个背下例外。
#
# ## “容量”是步数
#
# 标签全部打乱，300 个样本。**先猜**：50 步和 800 步时，训练准确率各是多少？
# %% [markdown] lang="en"
# What most samples share is learned first; exceptions are memorized later, one by one.
#
# ## “Capacity” is a number of steps
#
# 300 samples, all labels shuffled. **Guess** the training accuracy after 50 and after 800 steps.
# %%
guess = {"50 steps": None, "800 steps": None}
# %% tags=["reveal"]
found = {name: learn(1.0, count=300, steps=int(name.split()[0]))[0] for name in guess}
print(compare(guess, found))
# %% [markdown] lang="zh"
# ## 轮到你
#
# 换掉下面的比例和样本数：什么时候新样本准确率不再受打乱的影响？
# %% [markdown] lang="en"
# ## Your turn
#
# Change the share and the number of samples: when do shuffled labels stop mattering on fresh points?
# %%
print(" ".join(f"{each:.2f}" for each in learn(0.2, count=600, steps=30)))
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 训练准确率分不出记忆与泛化，留出的样本才分得出。
# - 标签里有错时，网络先学规律，后背错的，所以早停有用。
# - 给够步数，这个网络能背下的远比你以为的多。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - Training accuracy does not tell memorizing from generalizing; held-out samples do.
# - With wrong labels a network learns the pattern first and the errors later, so stopping early helps.
# - Given enough steps this network memorizes far more than one would think.
