"""Question 55: what its losses, starts and detectors are called, in both languages."""

LOSSES = {"iou": "IoU", "giou": "GIoU", "diou": "DIoU", "ciou": "CIoU"}
STARTS = {
    "disjoint": {"zh": "起点不相交", "en": "starts apart"},
    "overlapping": {"zh": "起点相交", "en": "starts overlapping"},
    "nested": {"zh": "起点在真实框内", "en": "starts inside the true box"},
}
DETECTORS = {
    "even": {"zh": "均匀", "en": "even"},
    "uneven": {"zh": "参差", "en": "uneven"},
    "reversed": {"zh": "参差，置信度颠倒", "en": "uneven, scores reversed"},
    "doubled": {"zh": "均匀，每框报两次", "en": "even, each box twice"},
    "suppressed": {"zh": "报两次，再做 NMS", "en": "twice, then NMS"},
}
