"""PyTorch's side of `./unroll bench compare`: does the same work, a slice at a time.

Reads one JSON object a line, {"bench", "cell", "hidden", "steps", "batch", "input", "threads", "seconds"}, and
answers each with one line: the median time of a turn, {"engine", "ms"}. Work is prepared once and kept, so
that slices of it can be measured in turn with the other side. Ends with its input. Needs torch. The device is its
argument, cpu unless given; on a GPU every turn is measured until the device has finished it, in float32, or in TF32
where UNROLL_CUDA_MATH, which tells Unroll the same, is tf32 or bfloat16.

charlm  one training step of a character model: Embedding(65, input), RNN | LSTM | GRU(hidden), Linear(65), softmax
        cross-entropy, gradients clipped to norm 5, Adam(2e-3); float32
step    one time step of inference at batch 1, input = hidden, the state carried over
gemm    the product of two matrices, hidden by hidden
"""
import json
import os
import sys
import time

import torch

VOCABULARY = 65
DEVICE = sys.argv[1] if len(sys.argv) > 1 else "cpu"


def charlm(cell, hidden, steps, batch, features):
    embedding = torch.nn.Embedding(VOCABULARY, features).to(DEVICE)
    layer = getattr(torch.nn, cell)(features, hidden).to(DEVICE)
    head = torch.nn.Linear(hidden, VOCABULARY).to(DEVICE)
    parameters = [p for module in (embedding, layer, head) for p in module.parameters()]
    optimizer = torch.optim.Adam(parameters, 2e-3)
    characters = torch.randint(VOCABULARY, (steps, batch), device=DEVICE)
    targets = torch.randint(VOCABULARY, (steps * batch,), device=DEVICE)

    def turn():
        optimizer.zero_grad()
        output, _ = layer(embedding(characters))
        logits = head(output).reshape(-1, VOCABULARY)
        torch.nn.functional.cross_entropy(logits, targets).backward()
        torch.nn.utils.clip_grad_norm_(parameters, 5.0)
        optimizer.step()

    return turn


def step(cell, hidden):
    layer = getattr(torch.nn, cell)(hidden, hidden).to(DEVICE)
    x = torch.randn(1, 1, hidden, device=DEVICE)
    state = None

    def turn():
        nonlocal state
        with torch.no_grad():
            _, state = layer(x, state)

    return turn


def gemm(size):
    a, b = torch.randn(size, size, device=DEVICE), torch.randn(size, size, device=DEVICE)
    return lambda: torch.mm(a, b)


def prepare(bench, cell, hidden, steps, batch, features):
    if bench == "charlm":
        return charlm(cell, hidden, steps, batch, features)
    return step(cell, hidden) if bench == "step" else gemm(hidden)


def finish():
    if DEVICE != "cpu":
        torch.cuda.synchronize()


def median_ms(turn, seconds):
    end = time.perf_counter() + seconds / 3
    while time.perf_counter() < end:
        turn()
    finish()
    times = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(times) < 5:
        start = time.perf_counter()
        turn()
        finish()
        times.append(time.perf_counter() - start)
    return sorted(times)[len(times) // 2] * 1e3


def main():
    tf32 = os.environ.get("UNROLL_CUDA_MATH", "float32").lower() in ("tf32", "bfloat16")
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = tf32
    torch.manual_seed(1)
    turns = {}
    for line in sys.stdin:
        work = json.loads(line)
        torch.set_num_threads(work["threads"])
        key = tuple(work[name] for name in ("bench", "cell", "hidden", "steps", "batch", "input"))
        if key not in turns:
            turns[key] = prepare(*key)
        ms = median_ms(turns[key], work["seconds"])
        print(json.dumps({"engine": "torch-" + torch.__version__, "ms": ms}), flush=True)


if __name__ == "__main__":
    main()
