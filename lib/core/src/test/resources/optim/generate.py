#!/usr/bin/env python3
"""Reference steps of Adam, computed by PyTorch in float64.

usage: generate.py > adam.csv          (needs torch)

Two parameters, u of three numbers and w of two, walk 20 steps down

  f(u, w) = sum((u - a)^4) + 0.5 * sum(w^2 * b) + u[0] * w[0]

with learning rate 0.05 and the defaults for the rest. In steps 3 and 4 (from 0) the loss leaves w
out, so that w has no gradient there. A row: the step, then u and w after it.
"""
import torch

A = torch.tensor([1.0, -2.0, 0.5], dtype=torch.float64)
B = torch.tensor([3.0, 0.01], dtype=torch.float64)


def main():
    u = torch.tensor([0.25, -0.5, 0.75], dtype=torch.float64, requires_grad=True)
    w = torch.tensor([-1.5, 2.0], dtype=torch.float64, requires_grad=True)
    adam = torch.optim.Adam([u, w], lr=0.05)
    print("step,u0,u1,u2,w0,w1")
    for step in range(20):
        adam.zero_grad(set_to_none=True)
        loss = ((u - A) ** 4).sum()
        if step not in (3, 4):
            loss = loss + 0.5 * (w**2 * B).sum() + u[0] * w[0]
        loss.backward()
        adam.step()
        print(step, *(repr(x) for x in u.tolist() + w.tolist()), sep=",")


if __name__ == "__main__":
    main()
