"""What a kernel opens, and what is left of it when it ends or is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import KernelManager

from kernels import run, started, text, until, wait_for_print

LOOP = """System.out.println("on");
var threads = IntStream.range(0, 3).mapToObj(i -> new Thread(() -> { while (true) { } })).toList();
threads.forEach(Thread::start);
while (true) { }"""


def processes():
    return {p.pid for p in psutil.Process().children(recursive=True)}


def test_sockets_listen_where_the_connection_file_says_and_nowhere_else():
    with started() as (manager, client):
        run(client, "1 + 1")
        process = psutil.Process(manager.provisioner.pid)
        connections = process.net_connections("inet")
        listening = {(c.laddr.ip, c.laddr.port) for c in connections if c.status == "LISTEN"}
        plain = {(ip.removeprefix("::ffff:"), port) for ip, port in listening}
        assert plain == {("127.0.0.1", port) for port in manager.ports}
        assert not [c for c in process.net_connections("udp")]


@pytest.mark.parametrize("end", ["SIGKILL", "SIGTERM", "shutdown"])
def test_kernel_that_ends_in_mid_cell_leaves_no_process_and_no_file(end, tmp_path):
    before = processes()
    env = dict(os.environ, TMPDIR=str(tmp_path))
    with started(cwd=str(tmp_path), env=env) as (manager, client):
        connection_file = Path(manager.connection_file)
        client.execute(LOOP)
        wait_for_print(client, "on")
        kernel = psutil.Process(manager.provisioner.pid)
        family = [kernel, *kernel.children(recursive=True)]
        if end == "shutdown":
            manager.shutdown_kernel()
        else:
            kernel.send_signal(getattr(signal, end))
        assert until(lambda: not any(is_running(p) for p in family), patience=10)
    assert processes() <= before
    assert not connection_file.exists()
    assert not list(tmp_path.iterdir())
    # the JVM's own file of figures, which none can take away when it is killed at once
    figures = Path(f"/tmp/hsperfdata_{psutil.Process().username()}/{kernel.pid}")
    assert end == "SIGKILL" or not figures.exists()


def is_running(process):
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


PARENT = """
import sys, time
sys.path.insert(0, sys.argv[1])
from kernels import started, wait_for_print
with started() as (manager, client):
    client.execute('System.out.println("on");\\nwhile (true) { }')
    wait_for_print(client, "on")
    print(manager.provisioner.pid, flush=True)
    time.sleep(600)
"""


def test_kernel_ends_when_its_front_end_is_killed():
    here = str(Path(__file__).parent)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, here], stdout=subprocess.PIPE, text=True
    )
    kernel = psutil.Process(int(parent.stdout.readline()))
    assert is_running(kernel)
    parent.kill()
    parent.wait()
    assert until(lambda: not is_running(kernel), patience=10)


def test_start_without_a_connection_file_says_so(tmp_path):
    command = KernelManager(kernel_name="unroll").kernel_spec.argv
    missing = str(tmp_path / "none.json")
    words = [missing if word == "{connection_file}" else word for word in command]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "none.json" in done.stderr


def test_two_kernels_side_by_side():
    with started() as (_, one), started() as (_, two):
        run(one, "int a = 1;")
        run(two, "int a = 2;")
        assert (text(one, "a"), text(two, "a")) == ("1", "2")


def test_end_of_an_idle_kernel_is_quick():
    with started() as (manager, client):
        run(client, "1")
        begun = time.monotonic()
        manager.shutdown_kernel()
        assert time.monotonic() - begun < 3
