"""The words that the machinery itself puts on a page, in both languages."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "holds": {"zh": "成立", "en": "holds"},
    "does not hold": {"zh": "不成立", "en": "does not hold"},
    "practically equal": {"zh": "实际相等", "en": "practically equal"},
    "depends": {"zh": "视条件而定", "en": "depends"},
    "undecided": {"zh": "未能判定", "en": "undecided"},
    "measured": {"zh": "实测", "en": "measured"},
    "derived": {"zh": "推导", "en": "derived"},
    "cited": {"zh": "引用", "en": "cited"},
    "condition": {"zh": "条件", "en": "Condition"},
    "verdict": {"zh": "判定", "en": "Verdict"},
    "effect": {
        "zh": "效应（95% 置信区间）<span class='evidence-margin'>界限 {margin}</span>",
        "en": "Effect (95% interval) <span class='evidence-margin'>margin {margin}</span>",
    },
    "seeds": {"zh": "种子数", "en": "Seeds"},
    "quantity": {"zh": "量", "en": "Quantity"},
    "test": {"zh": "检验", "en": "Test"},
    "source": {"zh": "出处", "en": "Reference"},
    "decides": {"zh": "判定它的代码", "en": "the code that decides it"},
    "code of": {"zh": "第 {number} 题的判定代码", "en": "The code that decides question {number}"},
    "code of evidence": {"zh": "判定是怎样得出的", "en": "How a verdict comes about"},
    "code intro": {
        "zh": "构建网站时运行的就是这些代码：`claims.py` 写下每条论断的量、界限与所依据的判定，"
        "其余模块从实验记录算出这些量，`study.py` 是实验本身。回到[问题页](../{page})；"
        "区间、校正与判定见[判定是怎样得出的](evidence.md)。",
        "en": "This is what runs when the site is built: `claims.py` states each claim’s quantity, margin "
        "and the verdict that the text relies on; the other modules compute these quantities from the "
        "record; `study.py` is the experiment. Back to [the question](../{page}); intervals, correction "
        "and verdicts are in [how a verdict comes about](evidence.md).",
    },
    "code evidence": {
        "zh": "每个种子给出一个数；这里的代码算出均值的区间与 p 值，全页一起校正，再给出判定。",
        "en": "Each seed gives one number. This code turns them into an interval and a p-value, corrects "
        "all of a page together, and then gives the verdict.",
    },
    "needs": {"zh": "（约需 {seeds} 个）", "en": " (about {seeds} needed)"},
    "weak": {"zh": "证据弱于正文", "en": "weaker than the text"},
    "resolution": {
        "zh": "与界限相差不超过 {width} 视为实际相等",
        "en": "within {width} of it counts as practically equal",
    },
    "above": {"zh": "均值高于 {margin}", "en": "mean above {margin}"},
    "below": {"zh": "均值低于 {margin}", "en": "mean below {margin}"},
    "how derived": {"zh": "闭式计算", "en": "closed form, evaluated by the build"},
    "how cited": {"zh": "由文献判定，未实测", "en": "settled by the literature, not measured"},
    "question": {"zh": "第 {number} 题", "en": "Question {number}"},
    "difficulty": {"zh": "难度", "en": "Difficulty"},
    "difficulties": {"zh": "入门 中等 较难", "en": "basic medium hard"},
    "before": {"zh": "先要知道", "en": "Know first"},
    "measured on": {
        "zh": "实测于 {day}，{cpu}，{cores} 核；用时 {seconds} 秒",
        "en": "Measured {day} on {cpu}, {cores} cores, in {seconds} s",
    },
    "describe": {"zh": "文字描述", "en": "Description"},
    "enlarge": {"zh": "放大", "en": "Enlarge"},
    "close": {"zh": "关闭", "en": "Close"},
    "redraw": {"zh": "重做这张图；测量凭据", "en": "Draw it again; receipt"},
    "machine": {"zh": "机器", "en": "Machine"},
    "its machine": {
        "zh": "{cpu}，{cores} 核，{threads} 线程，{system}",
        "en": "{cpu}, cores: {cores}, threads: {threads}, {system}",
    },
    "versions": {"zh": "版本", "en": "Versions"},
    "its versions": {
        "zh": "Python {python}，torch {torch}，NumPy {numpy}",
        "en": "Python {python}, torch {torch}, NumPy {numpy}",
    },
    "duration": {"zh": "用时", "en": "Time"},
    "its duration": {"zh": "{seconds} 秒", "en": "{seconds} s"},
    "when": {"zh": "时间", "en": "When"},
    "its when": {"zh": "{measured_at}", "en": "{measured_at}"},
    "commit": {"zh": "提交", "en": "Commit"},
    "its commit": {"zh": "{commit}", "en": "{commit}"},
    "download": {"zh": "下载", "en": "Download"},
    "data": {"zh": "数据", "en": "data"},
    "snippets": {"zh": "代码片段", "en": "Snippets"},
    "figures": {"zh": "图与数据", "en": "Figures and their data"},
    "numbers": {"zh": "数字", "en": "Numbers"},
    "claims": {"zh": "论断", "en": "claims"},
    "values": {"zh": "数值", "en": "values"},
    "receipt": {"zh": "测量凭据", "en": "receipt"},
    "reproduce": {
        "zh": "安装本包后，用一条命令重做本页的图：",
        "en": "One command makes this page’s figures again from an installed package:",
    },
    "try": {"zh": "动手试试", "en": "Try it"},
    "default setting": {"zh": "复位", "en": "Reset"},
    "setting failed": {
        "zh": "{setting}：没有载入，图仍是原来的设置。离线或直接从磁盘打开网页时会这样。",
        "en": "{setting}: could not be loaded, and the figure is still the one before. This happens offline "
        "and where the page is opened straight from disk.",
    },
    "state": {"zh": "论断的状态", "en": "State of its claims"},
    "questions": {"zh": "问题", "en": "Questions"},
    "read": {"zh": "阅读全文", "en": "Read the answer"},
    "all questions": {"zh": "全部问题", "en": "All questions"},
    "would not exist": {
        "zh": "如果实测的判定不再是“{verdict}”，这一页就不会存在：文字依据的判定与实测不符，构建就停下，指出文件和行号。",
        "en": "If the measured verdict were not “{verdict}”, this page would not exist: where the text and "
        "the measurement disagree, the build stops and names the file and the line.",
    },
    "claims of": {"zh": "{count} 条论断", "en": "{count} claims"},
    "tag": {"zh": "标签", "en": "Tag"},
    "text": {"zh": "文字", "en": "Text"},
    "any": {"zh": "不限", "en": "any"},
    "reset": {"zh": "清除", "en": "Clear"},
    "found": {
        "zh": "{questions} 题，{claims} 条论断",
        "en": "questions: {questions}, claims: {claims}",
    },
    "home": {"zh": "首页", "en": "Home"},
    "contender": {"zh": "写法", "en": "Contender"},
    "microseconds": {"zh": "微秒（中位数）", "en": "Microseconds (median)"},
    "spread": {"zh": "四分位", "en": "Quartiles"},
    "times as fast": {"zh": "倍速", "en": "Times as fast"},
    "met": {"zh": "✓ 达到", "en": "✓ met"},
    "not met": {"zh": "✗ 未达到", "en": "✗ not met"},
    "not measured": {"zh": "未测", "en": "not measured"},
    "no benchmark": {
        "zh": "构建这个网站的机器还没有跑过这项基准测试；运行 make bench 之后再构建，表格就会出现。",
        "en": "The machine that built this site has not run this benchmark; make bench, then build again.",
    },
    "benchmarked on": {
        "zh": "{day} 在 {cpu}（{cores} 核，负载 {load}）上轮流测 {rounds} 轮，torch {torch}；只说明这台机器",
        "en": "{day}, {rounds} rounds in alternation on {cpu} ({cores} cores, load {load}), torch {torch}; "
        "that machine’s numbers, no other’s",
    },
    "self-test": {"zh": "自测", "en": "Self-test"},
    "does it hold": {"zh": "成立吗？{claim}", "en": "Does it hold? {claim}"},
    "cards question": {"zh": "问题", "en": "Question"},
    "cards follow-up": {"zh": "追问", "en": "Follow-up"},
    "cards claim": {"zh": "论断", "en": "Claim"},
    "show answer": {"zh": "看答案", "en": "Show the answer"},
    "again": {"zh": "忘了", "en": "Again"},
    "hard": {"zh": "吃力", "en": "Hard"},
    "good": {"zh": "记得", "en": "Good"},
    "easy": {"zh": "轻松", "en": "Easy"},
    "undo": {"zh": "撤销上一张", "en": "Undo the last grade"},
    "export progress": {"zh": "导出进度", "en": "Export progress"},
    "import progress": {"zh": "导入进度", "en": "Import progress"},
    "reset progress": {"zh": "清空进度", "en": "Reset progress"},
    "choose cards": {"zh": "选择卡片", "en": "Choose cards"},
    "kinds": {"zh": "种类", "en": "Kinds"},
    "deck": {"zh": "深度学习问答", "en": "Deep Learning Q&A"},
    "decks": {"zh": "同样的卡片，带图", "en": "The same cards, with figures"},
    "labs": {"zh": "动手实验", "en": "Labs"},
    "lab": {"zh": "动手实验", "en": "Lab"},
    "of a lab": {
        "zh": "第 {number} 题“{title}”的动手实验：先猜，再改一处，看论断失效",
        "en": "Lab of question {number}, {title} Guess first, change one thing, watch the claim break",
    },
    "lab is": {
        "zh": "：先猜，再改一处，看论断失效",
        "en": ": guess first, change one thing, watch the claim break",
    },
    "to the answer": {"zh": "第 {number} 题的动手实验，回答见", "en": "Lab of question {number}"},
    "to the notebook": {"zh": "下载笔记本（.ipynb）", "en": "Download the notebook (.ipynb)"},
    "notebook is": {
        "zh": "，在装有 dlqa 的 Jupyter 里从上往下运行",
        "en": " and run it from top to bottom in a Jupyter that has dlqa",
    },
    "reveal": {"zh": "猜好了？展开运行结果", "en": "Guessed? Unfold what it shows"},
    "link": {"zh": "本节链接", "en": "Link to this section"},
    "colon": {"zh": "：", "en": ": "},
    "between": {"zh": "，", "en": ", "},
    "comma": {"zh": "、", "en": ", "},
}


def word(name: str, language: str, **parts: object) -> str:
    """The word or phrase of that name, its parts filled in."""
    return WORDS[name][language].format(**parts)
