#!/usr/bin/env python3
"""Reference values of the losses by PyTorch in float64, and of BLEU by sacreBLEU.

usage: generate.py DIR          (needs torch and sacrebleu; made with 2.13 and 2.6.0)

losses.csv: a row is a name and numbers. The rows of a case: CASE.x, the prediction; CASE.t, the
target; CASE.loss; CASE.grad, by the prediction. Shapes stand in the code below and in the test.
bleu.tsv: "score", case, BLEU, brevity penalty, precisions 1 to 4, length of the hypotheses, of the
references; then "pair", case, hypothesis, one or two references for each sentence.
"""
import os, sys
import sacrebleu, torch
import torch.nn.functional as F

ROWS, CLASSES = 6, 4
WEIGHTS = torch.tensor([0.5, 2.0, 1.25, 0.1], dtype=torch.float64)
CLASS_TARGETS = torch.tensor([2, 0, 3, 3, 1, 0])
IGNORED = torch.tensor([2, -100, 3, 3, -100, 0])
CTC_TARGETS = [[1, 2, 2], [3], [], [1, 1, 3, 2]]
CTC_LENGTHS = [5, 7, 3, 7]

PAIRS = {
    "same": [("the small cat sleeps on the warm roof", ["the small cat sleeps on the warm roof"])],
    "near": [("the small cat sleeps on the warm roof", ["the little cat sleeps on the warm roof"]),
             ("we saw two red boats near the old bridge", ["we saw two red boats by the old bridge"]),
             ("it rains", ["it is raining"])],
    "short": [("a green bird sings in the", ["a green bird sings in the tall tree every morning"])],
    "long": [("a green bird sings in the tall tree every single morning of the year", ["a green bird sings in the tall tree"])],
    "no-run-of-three": [("red boats were two there near", ["two red boats near the bridge"])],
    "one-word": [("the dog eats quickly now", ["a cat sleeps very quickly"])],
    "nothing": [("alpha beta gamma delta", ["one two three four"])],
    "under-four-words": [("the cat sleeps", ["the cat sleeps"])],
    "repeated": [("the the the the the the the", ["the cat is on the mat today"])],
    "two-references": [("the cat sat on a mat", ["the cat is on the mat", "there sat a cat on a mat"]),
                       ("he went home early today", ["he went home", "today he left early for his home"]),
                       ("she reads a book", ["she is reading a book now", "she reads"])],
    "empty-among-others": [("", ["something was said here"]), ("the old bridge is closed now", ["the old bridge is closed now"])],
    "case-and-marks": [("The cat , however , sleeps .", ["the cat , however , sleeps !"])],
}


def losses():
    torch.manual_seed(4)
    x = torch.randn(ROWS, CLASSES, dtype=torch.float64) * 2
    t = torch.randn(ROWS, CLASSES, dtype=torch.float64)
    y = torch.rand(ROWS, CLASSES, dtype=torch.float64).round(decimals=1)
    z = torch.randn(7, 4, CLASSES, dtype=torch.float64) * 2
    lengths = torch.tensor([len(labels) for labels in CTC_TARGETS])
    flat = torch.tensor(sum(CTC_TARGETS, []))
    moved = torch.tensor([0 if c == 3 else c for c in flat])       # class 3 as the blank, 0 in its place

    def ctc(v, labels=flat, blank=0):
        return F.ctc_loss(v.log_softmax(2), labels, torch.tensor(CTC_LENGTHS), lengths, blank=blank)

    cases = {
        "meanSquaredError": (x, t, lambda v: F.mse_loss(v, t)),
        "meanAbsoluteError": (x, t, lambda v: F.l1_loss(v, t)),
        "huber": (x, t, lambda v: F.huber_loss(v, t, delta=0.7)),
        "binaryCrossEntropy": (x * 5, y, lambda v: F.binary_cross_entropy_with_logits(v, y)),
        "plain": (x, CLASS_TARGETS, lambda v: F.cross_entropy(v, CLASS_TARGETS)),
        "smoothing": (x, CLASS_TARGETS, lambda v: F.cross_entropy(v, CLASS_TARGETS, label_smoothing=0.1)),
        "weights": (x, CLASS_TARGETS, lambda v: F.cross_entropy(v, CLASS_TARGETS, weight=WEIGHTS)),
        "ignored": (x, IGNORED, lambda v: F.cross_entropy(v, IGNORED)),
        "everything": (x, IGNORED, lambda v: F.cross_entropy(v, IGNORED, weight=WEIGHTS, label_smoothing=0.3)),
        "ctc": (z, flat, ctc),
        "ctc-blank": (z, moved, lambda v: ctc(v, moved, 3)),
    }
    for name, (value, target, loss) in cases.items():
        v = value.clone().requires_grad_()
        result = loss(v)
        result.backward()
        for key, numbers in {"x": v, "t": target, "loss": result, "grad": v.grad}.items():
            yield f"{name}.{key}", *(repr(n) for n in numbers.detach().flatten().tolist())


def bleu():
    for case, pairs in PAIRS.items():
        hypotheses = [h for h, _ in pairs]
        width = max(len(r) for _, r in pairs)
        references = [[r[i] if i < len(r) else None for _, r in pairs] for i in range(width)]
        b = sacrebleu.corpus_bleu(hypotheses, references, tokenize="none")
        yield "score", case, *(repr(n) for n in (b.score, b.bp, *b.precisions, b.sys_len, b.ref_len))
        for h, r in pairs:
            yield "pair", case, h, *r


def main():
    for name, separator, rows in (("losses.csv", ",", losses()), ("bleu.tsv", "\t", bleu())):
        with open(os.path.join(sys.argv[1], name), "w") as f:
            for row in rows:
                print(*row, sep=separator, file=f)


if __name__ == "__main__":
    main()
