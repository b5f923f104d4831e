#!/usr/bin/env python3
"""Reference values of attention, computed by PyTorch in float64.

usage: generate.py > attention.csv          (needs torch)

Two cases of torch.nn.functional.scaled_dot_product_attention with one query a sequence, TIME = 5,
BATCH = 3, keys of 4 numbers, values of 2, without and with lengths 2, 5, 1; the second with its
mask. A row is a name and its numbers, row major and time-major as Unroll has them:

  query [BATCH, 4]   keys [TIME, BATCH, 4]   values [TIME, BATCH, 2]   probe [BATCH, 2]
  context.CASE [BATCH, 2]   and of loss = sum(context * probe)
  grad.query.CASE   grad.keys.CASE   grad.values.CASE     with CASE full or lengths
"""
import torch

TIME, BATCH, LENGTHS = 5, 3, [2, 5, 1]


def row(name, tensor):
    print(name, *(repr(x) for x in tensor.detach().flatten().tolist()), sep=",")


def case(name, query, keys, values, probe, mask):
    inputs = [t.clone().requires_grad_() for t in (query, keys, values)]
    q, k, v = inputs
    context = torch.nn.functional.scaled_dot_product_attention(
        q.unsqueeze(1), k.transpose(0, 1), v.transpose(0, 1), attn_mask=mask).squeeze(1)
    (context * probe).sum().backward()
    row("context." + name, context)
    for part, tensor in zip(("query", "keys", "values"), inputs):
        row(f"grad.{part}.{name}", tensor.grad)


def main():
    torch.manual_seed(4)
    query, probe = torch.randn(BATCH, 4).double() * 2, torch.randn(BATCH, 2).double()
    keys, values = torch.randn(TIME, BATCH, 4).double(), torch.randn(TIME, BATCH, 2).double()
    for name, tensor in dict(query=query, keys=keys, values=values, probe=probe).items():
        row(name, tensor)
    case("full", query, keys, values, probe, None)
    mask = torch.arange(TIME).unsqueeze(0) < torch.tensor(LENGTHS).unsqueeze(1)
    case("lengths", query, keys, values, probe, mask.unsqueeze(1))


if __name__ == "__main__":
    main()
