#!/usr/bin/env python3
"""Reference steps of the optimizers and averages, and rates of the schedules, computed by PyTorch in float64.

usage: generate.py DIR          (needs torch; made with 2.13)

Steps, one file an optimizer: two parameters, u of three numbers and w of two, walk 20 steps down

  f(u, w) = sum((u - a)^4) + 0.5 * sum(w^2 * b) + u[0] * w[0]

with the defaults for what is not in OPTIMIZERS. In steps 3 and 4 (from 0) the loss leaves w out, so
that w has no gradient there. A row: the step, then u and w after it.
averages.csv: the same numbers averaged over the steps of SGD, plainly and exponentially.
schedules.csv: the rate from a base of 0.2 in each of 40 epochs (warm-ups: in each of 40 steps).
"""
import os, sys
import torch

A = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64)
B = torch.tensor([3.0, 0.01], dtype=torch.float64)
O = torch.optim
OPTIMIZERS = {
    "adam": lambda p: O.Adam(p, lr=0.05),
    "adam-settings": lambda p: O.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-3),
    "adamw": lambda p: O.AdamW(p, lr=0.05, weight_decay=0.2),
    "sgd": lambda p: O.SGD(p, lr=0.01),
    "sgd-momentum": lambda p: O.SGD(p, lr=0.005, momentum=0.8),
    "sgd-nesterov": lambda p: O.SGD(p, lr=0.005, momentum=0.8, nesterov=True, weight_decay=0.1),
    "rmsprop": lambda p: O.RMSprop(p, lr=0.02),
    "rmsprop-centred": lambda p: O.RMSprop(p, lr=0.01, alpha=0.9, eps=1e-4, momentum=0.7, centered=True),
    "adagrad": lambda p: O.Adagrad(p, lr=0.1),
}
LOSSES = [3, 2.5, 2.4999, 2.6, 2.4998, 2.51, 1.9, 2, 2, 2, 2, 1.8999, 2, 2, 2, 1, 1, 1, 1, 1,
          1, 1, 1, 1, 1, 0.5, 0.6, 0.7, float("nan"), 0.9, 0.4, 0.4, 0.4, 0.4, 0.4, 0.39, 0.5, 0.5, 0.5, 0.5]


def walk(make):
    u = torch.tensor([0.25, -0.5, 0.75], dtype=torch.float64, requires_grad=True)
    w = torch.tensor([-1.5, 2.0], dtype=torch.float64, requires_grad=True)
    optimizer = make([u, w])
    for step in range(20):
        optimizer.zero_grad(set_to_none=True)
        loss = ((u - A) ** 4).sum()
        if step not in (3, 4):
            loss = loss + 0.5 * (w**2 * B).sum() + u[0] * w[0]
        loss.backward()
        optimizer.step()
        yield step, u, w


def table(path, head, rows):
    with open(path, "w") as f:
        print(head, file=f)
        for row in rows:
            print(*(repr(x) for x in row), sep=",", file=f)


def averages():
    S = torch.optim.swa_utils
    model = torch.nn.ParameterList([torch.zeros(3, dtype=torch.float64), torch.zeros(2, dtype=torch.float64)])
    plain, moving = S.AveragedModel(model), S.AveragedModel(model, multi_avg_fn=S.get_ema_multi_avg_fn(0.7))
    for step, u, w in walk(OPTIMIZERS["sgd"]):
        model[0].data.copy_(u.data), model[1].data.copy_(w.data)
        plain.update_parameters(model), moving.update_parameters(model)
        yield step, *(x for m in (plain, moving) for p in m.parameters() for x in p.tolist())


def rates(make, losses=None):
    optimizer = O.SGD([torch.zeros(1, requires_grad=True)], lr=0.2)
    schedule = make(optimizer)
    for i in range(40):
        yield optimizer.param_groups[0]["lr"]
        optimizer.step()
        schedule.step(*([losses[i]] if losses else []))


def schedules():
    L = O.lr_scheduler
    warm = lambda o: L.LinearLR(o, start_factor=0.125, total_iters=7)     # 1/8, 2/8 ... 8/8
    return {
        "step": rates(lambda o: L.StepLR(o, 7, 0.3)),
        "exponential": rates(lambda o: L.ExponentialLR(o, 0.9)),
        "cosine": rates(lambda o: L.CosineAnnealingLR(o, 40)),
        "cosine_lowest": rates(lambda o: L.CosineAnnealingLR(o, 40, eta_min=0.01)),
        "linear": rates(lambda o: L.LinearLR(o, 1, 0.25, total_iters=40)),
        "warmup": rates(warm),
        "warmup_exponential": rates(lambda o: L.ChainedScheduler([warm(o), L.ExponentialLR(o, 0.9)])),
        "plateau": rates(lambda o: L.ReduceLROnPlateau(o, factor=0.3, patience=2), LOSSES),
    }


def main():
    out = sys.argv[1]
    for name, make in OPTIMIZERS.items():
        rows = [(step, *u.tolist(), *w.tolist()) for step, u, w in walk(make)]
        table(os.path.join(out, name + ".csv"), "step,u0,u1,u2,w0,w1", rows)
    columns = [a + p for a in ("plain_", "moving_") for p in ("u0", "u1", "u2", "w0", "w1")]
    table(os.path.join(out, "averages.csv"), ",".join(["step", *columns]), averages())
    all = schedules()
    table(os.path.join(out, "schedules.csv"), ",".join(["epoch", *all, "loss"]),
          zip(range(40), *all.values(), LOSSES))


if __name__ == "__main__":
    main()
