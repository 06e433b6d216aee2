"""Question 53: what its data, ways of regularizing and axes are called, in both languages."""

from dlqa.questions.regularization.record import STRENGTHS, Params

PARAMS = Params()
WAYS = {
    "l1": {"zh": "L1", "en": "L1"},
    "l2": {"zh": "L2", "en": "L2"},
    "proximal": {"zh": "近端 L1", "en": "proximal L1"},
    "decay": {"zh": "AdamW", "en": "AdamW"},
}
ACTIVATIONS = {"tanh": "tanh", "relu": "ReLU"}
DATA = {
    "correlated": {"zh": "原代码的数据", "en": "data as run"},
    "independent": {"zh": "原文的数据", "en": "data as written"},
}
SHORT = {
    "correlated": {"zh": "原代码", "en": "as run"},
    "independent": {"zh": "原文", "en": "as written"},
}


def arm_name(arm: str, language: str) -> str:
    """An arm with its strength, as "L1, 0.1"."""
    if arm == "none":
        return {"zh": "无正则化", "en": "none"}[language]
    way, word = arm.split("_")
    if way in ACTIVATIONS:
        strength = PARAMS.activation_strengths[STRENGTHS.index(word)]
        return f"{ACTIVATIONS[way]} L2 {strength:g}"
    return f"{WAYS[way][language]} {PARAMS.strengths[STRENGTHS.index(word)]:g}"
