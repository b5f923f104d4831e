"""PyTorch's side of `./unroll bench textlm`: trains the same character model on the same text in the same way.

usage: textlm_torch.py TEXT < requests          (needs torch)

Reads one JSON object a line, {"cell", "hidden", "features", "time", "batch", "learning_rate", "clip", "steps", "threads",
"seed"} and perhaps "weights", and answers each with one line, {"engine", "cell", "seed", "steps", "validation", "seconds"}: the validation loss in
nats a character after so many steps.

The model is Embedding(vocabulary, features), RNN | LSTM | GRU(hidden), Linear(vocabulary), float32. It starts as PyTorch
starts such layers, or with the numbers of the file "weights": float32, little-endian, parameter after parameter. The last
tenth of the text is the validation part. A part is cut into `batch` rows of equal length, read side by side, `time` characters a
step; the state is carried from step to step, starts at zero with each pass, and no gradient flows through it from one step to
the one before. Cross-entropy, mean over all characters of a step; gradients clipped to a global norm; Adam.
"""
import json
import sys
import time

import torch


def rows(tokens, batch):
    """[characters, batch] inputs and targets, row by row of the text."""
    length = (len(tokens) - 1) // batch
    inputs = tokens[: length * batch].reshape(batch, length).T
    targets = tokens[1 : length * batch + 1].reshape(batch, length).T
    return inputs.contiguous(), targets.contiguous()


class Model(torch.nn.Module):
    def __init__(self, cell, vocabulary, features, hidden):
        super().__init__()
        self.embedding = torch.nn.Embedding(vocabulary, features)
        self.layer = getattr(torch.nn, cell)(features, hidden)
        self.head = torch.nn.Linear(hidden, vocabulary)

    def loss(self, inputs, targets, state):
        output, state = self.layer(self.embedding(inputs), state)
        logits = self.head(output).flatten(0, 1)
        return torch.nn.functional.cross_entropy(logits, targets.flatten()), state


def start(model, file):
    numbers = torch.from_file(file, size=sum(p.numel() for p in model.parameters()), dtype=torch.float32)
    at = 0
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(numbers[at : at + p.numel()].view_as(p))
            at += p.numel()


def detached(state):
    return tuple(s.detach() for s in state) if isinstance(state, tuple) else state.detach()


def train(model, inputs, targets, work):
    adam = torch.optim.Adam(model.parameters(), work["learning_rate"])
    at, state = 0, None
    for _ in range(work["steps"]):
        if at + work["time"] > len(inputs):
            at, state = 0, None
        adam.zero_grad()
        loss, state = model.loss(inputs[at : at + work["time"]], targets[at : at + work["time"]], state)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), work["clip"])
        adam.step()
        state = detached(state)
        at += work["time"]


def validate(model, inputs, targets, steps):
    total, count, state = 0.0, 0, None
    with torch.no_grad():
        for at in range(0, len(inputs) - steps + 1, steps):
            loss, state = model.loss(inputs[at : at + steps], targets[at : at + steps], state)
            total, count = total + loss.item(), count + 1
    return total / count


def main():
    text = open(sys.argv[1], encoding="utf-8", newline="").read()
    characters = sorted(set(text))
    tokens = torch.tensor([characters.index(c) for c in text])
    held_out = len(text) - len(text) // 10
    for line in sys.stdin:
        work = json.loads(line)
        began = time.perf_counter()
        torch.set_num_threads(work["threads"])
        torch.manual_seed(work["seed"])
        model = Model(work["cell"], len(characters), work["features"], work["hidden"])
        if "weights" in work:
            start(model, work["weights"])
        train(model, *rows(tokens[:held_out], work["batch"]), work)
        answer = {
            "engine": "torch-" + torch.__version__,
            "cell": work["cell"],
            "seed": work["seed"],
            "steps": work["steps"],
            "validation": validate(model, *rows(tokens[held_out:], work["batch"]), work["time"]),
            "seconds": round(time.perf_counter() - began, 1),
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
