"""What rows and promises are called in Chinese; a name that is not here is shown as it is."""

import re
from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "loop of nn.Sequential": "逐个训练 nn.Sequential",
    "the same, Adam not fused": "同上，Adam 未融合",
    "dlqa, one thread": "dlqa，单线程",
    "dlqa, two threads": "dlqa，双线程",
    "JAX vmap + scan + jit, one core": "JAX vmap + scan + jit，单核",
    "JAX vmap + scan + jit, two cores": "JAX vmap + scan + jit，双核",
    "sgemm, a million flops": "sgemm，一百万次运算",
    "one thread, times as fast as the loop": "单线程，为逐个训练的倍速",
    "two threads, times as fast as the loop": "双线程，为逐个训练的倍速",
    "one thread, times as fast as JAX": "单线程，为 JAX 的倍速",
    "two threads, times as fast as JAX": "双线程，为 JAX 的倍速",
    "one thread, share of the sgemm peak": "单线程，占 sgemm 峰值的比例",
    "largest by smallest median": "最大与最小中位数之比",
    "operations at the sgemm peak": "全部运算按 sgemm 峰值计",
    "products, hidden to hidden": "矩阵乘法，隐藏层之间",
    "narrow products": "窄矩阵乘法（输入、输出层）",
    "activations and their slopes": "激活函数及其导数",
    "the loss's derivative": "损失的导数",
    "the batch": "取一批样本",
    "looking for divergence": "检查是否发散",
    "calls, and what the profiler does not see": "调用开销及剖析器未计入的部分",
    "a whole step": "完整的一步",
    "torchvision's arithmetic": "torchvision 的算法",
    "write once": "写一遍结果",
    "dlqa, unchecked": "dlqa，不检查输入",
    "times as fast as torchvision's way": "为 torchvision 写法的倍速",
    "times as long as writing once": "为写一遍所需时间的倍数",
    "MB beyond a float32 result": "float32 结果之外的内存（MB）",
    "most MB beyond a float32 result": "float32 结果之外的最大内存（MB）",
    "largest by smallest time a pair": "每对最长与最短时间之比",
    "initialization": "初始化",
    "convergence": "收敛速度",
    "regularization": "正则化",
    "loop": "逐个训练",
    "study": "本站的研究",
    "one thread": "单线程",
    "two threads": "双线程",
    "studies of 51 to 53 together, seconds": "51 至 53 三项研究合计，秒",
    "times as fast as the source reports, together": "合计为原文所报用时的倍速",
    "CPU seconds at 30 questions": "30 道题时的 CPU 秒数",
    "CPU seconds a question": "每道题的 CPU 秒数",
    "approximation": "通用近似",
    "depth": "深度",
    "more_data": "更多数据",
    "class_imbalance": "类别不平衡",
    "dimension_reduction": "降维",
    "activations": "激活函数",
    "batch_size": "批大小",
    "memorization": "记忆与泛化",
    "losses": "损失函数",
}
PATTERNS = (
    (r"(\d+) networks", r"\1 个网络"),
    (r"(\d+) questions", r"\1 道题"),
    (r"width (\d+)", r"宽 \1"),
)


def chinese(name: str) -> str:
    """A row's or promise's name; of names joined by a comma, each part."""
    if name in NAMES:
        return NAMES[name]
    for pattern, translation in PATTERNS:
        if re.fullmatch(pattern, name):
            return re.sub(pattern, translation, name)
    first, comma, rest = name.partition(", ")
    return f"{chinese(first)}，{chinese(rest)}" if comma else name
