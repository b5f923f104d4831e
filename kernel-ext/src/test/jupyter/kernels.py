"""Kernels for tests: started as Jupyter starts them, and asked as Jupyter asks them."""

import contextlib
import time
from queue import Empty

from jupyter_client.manager import KernelManager

NAME = "unroll"
PATIENCE = 30


@contextlib.contextmanager
def started(**settings):
    """A kernel and a client that is connected to it; the kernel is killed at the end."""
    manager = KernelManager(kernel_name=NAME)
    manager.start_kernel(**settings)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=PATIENCE)
        yield manager, client
    finally:
        client.stop_channels()
        if manager.is_alive():
            manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def outputs(client, msg_id, patience=PATIENCE):
    """The published messages of a request, up to its idle status."""
    found = []
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with contextlib.suppress(Empty):
            message = client.get_iopub_msg(timeout=0.5)
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            found.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return found
    raise AssertionError(f"no idle after {[m['msg_type'] for m in found]}")


def reply(client, msg_id, patience=PATIENCE):
    """The reply on shell to a request."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with contextlib.suppress(Empty):
            message = client.get_shell_msg(timeout=0.5)
            if message["parent_header"].get("msg_id") == msg_id:
                return message["content"]
    raise AssertionError("no reply")


def run(client, code, **settings):
    """Runs a cell: its reply and its published messages."""
    msg_id = client.execute(code, **settings)
    return reply(client, msg_id), outputs(client, msg_id)


def text(client, code):
    """The result of a cell as text."""
    answer, published = run(client, code)
    assert answer["status"] == "ok", answer
    return contents(published, "execute_result")[0]["data"]["text/plain"]


def contents(messages, kind):
    """The contents of the messages of a type."""
    return [m["content"] for m in messages if m["msg_type"] == kind]


def wait_for_print(client, word, patience=PATIENCE):
    """Waits until a cell has printed something."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with contextlib.suppress(Empty):
            message = client.get_iopub_msg(timeout=0.5)
            if message["msg_type"] == "stream" and word in message["content"]["text"]:
                return
    raise AssertionError(f"{word} was not printed")


def until(condition, patience=PATIENCE):
    """Waits until something is so; false if it is not in time."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
