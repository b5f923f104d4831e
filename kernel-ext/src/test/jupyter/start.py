"""How soon a kernel answers, and how soon its first cell is done.

    python start.py [--runs 10] [--idle 3] [--cell "1 + 1"] NAME=FOLDER_OR_KERNEL...

Each kernel is given as the folder of its kernelspec, or as a name that Jupyter knows. The kernels take
turns, after one start of each that is not counted. Prints, in seconds, the median, the least and the most of
  info    from the start of the process to its kernel_info_reply
  cell    from an execute_request sent right after that to its reply
  next    the same for a second cell
  idle    for a first cell that is sent after some seconds of rest, in a kernel of its own
Needs jupyter_client (tried with 8.6.3).
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager


def manager(kernel):
    if Path(kernel).is_dir():
        made = KernelManager()
        made._kernel_spec = KernelSpec.from_resource_dir(kernel)
        return made
    return KernelManager(kernel_name=kernel)


def reply(client, message, timeout=60):
    while True:
        answer = client.get_shell_msg(timeout=timeout)
        if answer["parent_header"].get("msg_id") == message:
            assert answer["content"].get("status", "ok") == "ok", answer["content"]
            return


def cell(client, code):
    began = time.perf_counter()
    reply(client, client.execute(code))
    return time.perf_counter() - began


def start(kernel, code, rest):
    made = manager(kernel)
    began = time.perf_counter()
    made.start_kernel()
    client = made.blocking_client()
    client.start_channels()
    try:
        reply(client, client.kernel_info())
        info = time.perf_counter() - began
        time.sleep(rest)
        first = cell(client, code)
        return info, first, cell(client, code)
    finally:
        client.stop_channels()
        made.shutdown_kernel(now=True)


def row(name, what, values):
    low, high = min(values), max(values)
    print(f"{name:14} {what:5} {statistics.median(values):6.3f}  {low:6.3f} to {high:6.3f}  of {len(values)}")


def main():
    wanted = argparse.ArgumentParser()
    wanted.add_argument("kernels", nargs="+", metavar="NAME=FOLDER_OR_KERNEL")
    wanted.add_argument("--runs", type=int, default=10)
    wanted.add_argument("--idle", type=float, default=3)
    wanted.add_argument("--cell", default="1 + 1")
    args = wanted.parse_args()
    kernels = dict(each.split("=", 1) for each in args.kernels)
    busy = {name: [] for name in kernels}
    idle = {name: [] for name in kernels}
    for name, kernel in kernels.items():
        start(kernel, args.cell, 0)
    for _ in range(args.runs):
        for name, kernel in kernels.items():
            busy[name].append(start(kernel, args.cell, 0))
            if args.idle > 0:
                idle[name].append(start(kernel, args.cell, args.idle)[1])
    for name in kernels:
        for at, what in enumerate(("info", "cell", "next")):
            row(name, what, [each[at] for each in busy[name]])
        if idle[name]:
            row(name, "idle", idle[name])


if __name__ == "__main__":
    sys.exit(main())
