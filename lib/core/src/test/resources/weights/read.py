#!/usr/bin/env python3
"""Whether PyTorch reads what Unroll wrote: the weights of forecaster.safetensors, loaded and saved again.

usage: read.py FILE          (needs torch, numpy and safetensors; run in this folder)
"""
import sys

import torch
from safetensors.torch import load_file

from generate import Forecaster

ours, theirs = load_file(sys.argv[1]), load_file("forecaster.safetensors")
module = Forecaster()
module.load_state_dict(ours, strict=True)
assert ours.keys() == theirs.keys(), ours.keys() ^ theirs.keys()
for name in theirs:
    assert ours[name].dtype == theirs[name].dtype and torch.equal(ours[name], theirs[name]), name
case = load_file("forecaster-case.safetensors")
error = (module(case["input"]) - case["output"]).abs().max().item()
assert error < 1e-6, error
print(f"{len(ours)} tensors, the same bits; the output differs by {error:.1e}")
