#!/usr/bin/env python3
"""Networks that PyTorch saved, and what they make of an input.

usage: generate.py OUT_DIR          (needs torch, numpy and safetensors)

NAME.safetensors        the state_dict of a module, written by safetensors.torch.save_file
NAME-case.safetensors   input (or tokens) and output [time, batch, features], in single precision
"""
import sys

import torch
from safetensors.torch import save_file
from torch import nn


class Forecaster(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(3, 5)
        self.norm = nn.LayerNorm(5)
        self.head = nn.Linear(5, 2)

    def forward(self, x):
        return self.head(self.norm(self.rnn(x)[0]))


class Plain(nn.Module):
    def __init__(self, kind, **settings):
        super().__init__()
        self.rnn = getattr(nn, kind)(3, 4, **settings)
        self.head = nn.Linear(4, 2)

    def forward(self, x):
        return self.head(self.rnn(x)[0])


def distinct(module, dtype):
    """Distinct weights, large enough for the curved part of the gates, as the dtype holds them."""
    for p in module.parameters():
        nn.init.uniform_(p, -0.9, 0.9)
    return module.to(dtype)


def write(out, name, module, dtype, seed):
    torch.manual_seed(seed)
    distinct(module, dtype)
    save_file(module.state_dict(), f"{out}/{name}.safetensors")
    x = torch.randn(6, 2, 3)
    with torch.no_grad():
        y = module.double()(x.double()).float()
    save_file({"input": x, "output": y.contiguous()}, f"{out}/{name}-case.safetensors")


def main():
    out = sys.argv[1]
    write(out, "forecaster", Forecaster(), torch.float32, 1)
    write(out, "gru-half", Plain("GRU"), torch.float16, 2)
    write(out, "rnn-bfloat16", Plain("RNN", nonlinearity="relu"), torch.bfloat16, 3)
    write(out, "lstm-double", Plain("LSTM", bias=False), torch.float64, 4)


if __name__ == "__main__":
    main()
