# %% [markdown] lang="zh"
# # 动手：IoU 是多少？梯度又在哪里？
#
# 交并比的定义只有一行，直觉却常常猜错；拿它当损失函数，大多数时候好用，有一种情形完全不动。这份笔记先练眼力，再把论断弄坏。
#
# 用法：遇到 `guess`，先把 `None` 换成你的猜测，再运行下面的代码。
# %% [markdown] lang="en"
# # Lab: how large is the IoU, and where is its gradient?
#
# The definition of intersection over union takes one line, and intuition still gets it wrong; as a loss it serves well most of the time, and in one case it does not move at all. Here you train your eye first, then break the claim.
#
# How to use it: wherever there is a `guess`, replace each `None` by yours before you run the cell below.
# %% [markdown] lang="zh"
# ## 准备
#
# 框写作 `(x1, y1, x2, y2)`。`draw` 把每对框画出来：实线是真实框，虚线是预测框。
#
# $$\mathrm{IoU}(A, B) = \frac{|A \cap B|}{|A \cup B|} = \frac{|A \cap B|}{|A| + |B| - |A \cap B|}$$
# %% [markdown] lang="en"
# ## Set up
#
# A box is `(x1, y1, x2, y2)`. `draw` shows pairs of boxes: the ground-truth box solid, the predicted box dashed.
#
# $$\mathrm{IoU}(A, B) = \frac{|A \cap B|}{|A \cup B|} = \frac{|A \cap B|}{|A| + |B| - |A \cap B|}$$
# %% alt_zh="三对框。第一对：虚线框向右平移半个边长。第二对：向右再向下各平移半个边长。第三对：虚线框在实线框正中，边长是它的一半。" words_zh={"aside": "平移", "aside and down": "平移并下移", "inside": "套在里面"} alt_en="Three pairs of boxes. First: the dashed box moved half a side to the right. Second: half a side to the right and half a side down. Third: the dashed box at the centre of the solid one, with half its side."
# %matplotlib inline
# %config InlineBackend.figure_formats = ["svg"]
import torch

from dlqa.drawing.canvas import band, panels, spread_labels
from dlqa.drawing.notebooks import keep_text
from dlqa.drawing.palette import SERIES
from dlqa.lab.boxes import giou, iou
from dlqa.lab.guesses import compare

keep_text()

TRUTH = torch.tensor([0.0, 0.0, 10.0, 10.0])
PAIRS = {
    "aside": torch.tensor([5.0, 0.0, 15.0, 10.0]),
    "aside and down": torch.tensor([5.0, 5.0, 15.0, 15.0]),
    "inside": torch.tensor([2.5, 2.5, 7.5, 7.5]),
}


def draw(pairs):
    figure, rows = panels(list(pairs), across=3, height=150, margins=(14, 10))
    for axes, box in zip(rows, pairs.values()):
        for (x1, y1, x2, y2), style in zip((TRUTH.tolist(), box.tolist()), SERIES):
            xs, ys = (x1, x2, x2, x1, x1), (y1, y1, y2, y2, y1)
            axes.plot(xs, ys, color=style.colour, linestyle=style.dash)
        axes.set(xlim=(-1, 16), ylim=(16, -1), aspect="equal", xticks=[], yticks=[])
    return figure


draw(PAIRS)
# %% [markdown] lang="zh"
# ## 先猜
#
# 三对框的 IoU 各是多少？
#
# - `平移`：向右平移半个边长
# - `平移并下移`：向右、向下各平移半个边长
# - `套在里面`：在正中间，边长是真实框的一半
# %% [markdown] lang="en"
# ## Predict
#
# How large is the IoU of each pair?
#
# - `aside`: moved half a side to the right
# - `aside and down`: moved half a side to the right and half a side down
# - `inside`: at the centre, with half the side of the ground-truth box
# %%
guess = {"aside": None, "aside and down": None, "inside": None}
# %% tags=["reveal"]
print(compare(guess, {name: iou(TRUTH[None], box[None]).item() for name, box in PAIRS.items()}))
# %% [markdown] lang="zh"
# 错开一半，只剩三分之一：交集占半个框，并集却有一个半框。
#
# $$\frac{1/2}{1 + 1 - 1/2} = \frac{1}{3}$$
#
# ## 一个像素值多少
#
# 边长为 10、30、100 像素的框，向右、向下各偏一个像素，IoU 分别剩多少？
# %% [markdown] lang="en"
# Half a side off leaves one third: the intersection is half a box, but the union is one and a half.
#
# $$\frac{1/2}{1 + 1 - 1/2} = \frac{1}{3}$$
#
# ## What a pixel is worth
#
# Move boxes with sides of 10, 30 and 100 pixels by one pixel to the right and one down: what is left of the IoU?
# %%
guess = {"10 px": None, "30 px": None, "100 px": None}
# %% tags=["reveal"]
sides = {f"{side} px": torch.tensor([[0.0, 0.0, side, side]]) for side in (10, 30, 100)}
print(compare(guess, {name: iou(box, box + 1).item() for name, box in sides.items()}))
# %% [markdown] lang="zh"
# 同样偏一个像素，小框损失三分之一，大框几乎没事。所以同一个 IoU 阈值，对小目标苛刻得多。
#
# ## 拿它当损失：管用的时候
#
# 论断：“要让预测框靠近真实框，直接最小化 $1 - \mathrm{IoU}$ 就行。”从一个与真实框有重叠的位置出发，沿梯度走 300 步。
# %% [markdown] lang="en"
# One pixel off costs a small box a third of its IoU and a large one next to nothing. One threshold is therefore far stricter with small objects.
#
# ## As a loss: when it works
#
# The claim: “to bring a predicted box to its ground truth, simply minimize $1 - \mathrm{IoU}$.” Start where the two overlap and follow the gradient for 300 steps.
# %% tags=["reveal"] alt_zh="从有重叠的起点出发，IoU 随步数从小于一半升到接近 1。" words_zh={"step": "步"} alt_en="From a start with overlap, the IoU rises over the steps from less than a half to almost 1."
STEPS = 300


def descend(measure, start):
    box, curve = start.clone().requires_grad_(), []
    for step in range(STEPS):
        curve.append(iou(box, TRUTH[None]).item())
        (gradient,) = torch.autograd.grad(1 - measure(box, TRUTH[None]).sum(), box)
        with torch.no_grad():
            box -= 10 * (1 - step / STEPS) * gradient
            box[:, 2:] = torch.maximum(box[:, :2], box[:, 2:])
    return curve


def show(curves):
    figure, (axes,) = panels(["IoU"], margins=(42, 60))
    for (name, curve), style in zip(curves.items(), SERIES):
        band(axes, range(0, STEPS, 10), torch.tensor([curve[::10]]), style, label=name)
    axes.set_xlabel("step")
    axes.set_ylim(-0.05, 1.05)
    spread_labels(axes)
    return figure


overlapping = torch.tensor([[4.0, 3.0, 15.0, 12.0]])
show({"IoU": descend(iou, overlapping)})
# %% [markdown] lang="zh"
# ## 改一处，让论断失效
#
# 只改起点：把预测框移到右边，与真实框**不再重叠**。GIoU 在 IoU 上减去外接框 $C$ 中空着的比例：
#
# $$\mathrm{GIoU} = \mathrm{IoU} - \frac{|C| - |A \cup B|}{|C|}$$
#
# **先猜**：300 步之后，两种损失各把 IoU 带到多少？
# %% [markdown] lang="en"
# ## Change one thing, and the claim breaks
#
# Change the start alone: move the predicted box to the right, where it **no longer overlaps**. GIoU takes off the share of the enclosing box $C$ that stays empty:
#
# $$\mathrm{GIoU} = \mathrm{IoU} - \frac{|C| - |A \cup B|}{|C|}$$
#
# **Guess**: how far does either loss bring the IoU in 300 steps?
# %%
guess = {"IoU": None, "GIoU": None}
# %% tags=["reveal"] alt_zh="从不重叠的起点出发：以 IoU 为损失的曲线一直是 0，以 GIoU 为损失的曲线先停在 0，随后升到接近 1。" words_zh={"step": "步"} alt_en="From a start without overlap: with IoU as the loss the curve stays at 0, with GIoU it stays at 0 for a while and then rises to almost 1."
apart = torch.tensor([[14.0, 3.0, 25.0, 12.0]])
curves = {"IoU": descend(iou, apart), "GIoU": descend(giou, apart)}
print(compare(guess, {name: curve[-1] for name, curve in curves.items()}))
for measure in (iou, giou):
    box = apart.clone().requires_grad_()
    (gradient,) = torch.autograd.grad(measure(box, TRUTH[None]).sum(), box)
    print(f"{measure.__name__:5} gradient {gradient[0].numpy().round(3)}")
show(curves)
# %% [markdown] lang="zh"
# 没有重叠时 IoU 恒为零，梯度也恒为零：预测框不知道该往哪边走。GIoU 看得见两个框之间的空隙，于是有了方向。
#
# ## 轮到你
#
# 改 `shift`，让预测框离真实框更近或更远：刚好相碰时梯度是什么？离得越远，GIoU 的梯度越大还是越小？
# %% [markdown] lang="en"
# Without overlap IoU is zero throughout and so is its gradient: the box has no idea which way to go. GIoU sees the gap between the two, and so has a direction.
#
# ## Your turn
#
# Change `shift` to bring the predicted box nearer or further: what is the gradient where the two just touch? As the distance grows, does the gradient of GIoU grow or fade?
# %% words_zh={"shift {shift:4.0f}   GIoU {value.item():+.2f}   gradient in x1 {gradient[0, 0]:+.4f}": "平移 {shift:4.0f}   GIoU {value.item():+.2f}   x1 的梯度 {gradient[0, 0]:+.4f}", "{measure.__name__:5} gradient {gradient[0].numpy().round(3)}": "{measure.__name__:5} 的梯度 {gradient[0].numpy().round(3)}"}
for shift in (8.0, 10.0, 12.0, 20.0, 50.0):
    box = (TRUTH[None] + torch.tensor([shift, 0.0, shift, 0.0])).requires_grad_()
    value = giou(box, TRUTH[None])
    (gradient,) = torch.autograd.grad(value.sum(), box)
    print(f"shift {shift:4.0f}   GIoU {value.item():+.2f}   gradient in x1 {gradient[0, 0]:+.4f}")
# %% [markdown] lang="zh"
# ## 现在你应该能说
#
# - 错开半个边长，IoU 只有三分之一；两个方向都错开，只有七分之一；套在里面，就是面积之比。
# - IoU 对小框苛刻：同样偏一个像素，框越小，损失越大。
# - IoU 作损失，不重叠时梯度为零；GIoU 一类的损失补上了外接框这一项，才推得动。
# %% [markdown] lang="en"
# ## What you should now be able to say
#
# - Half a side off makes an IoU of one third; in both directions, one seventh; nested, it is the ratio of the areas.
# - IoU is strict with small boxes: one pixel off costs the more, the smaller the box.
# - As a loss, IoU has no gradient without overlap; GIoU and its kin add the enclosing box, and that is what pulls.
