"""The kernel as ./unroll jupyter install leaves it; needs pytest and jupyter_client, and ./unroll built.

Each test installs into a folder of its own, whose path has a space and a letter beyond ASCII.
"""

import contextlib
import json
import os
import subprocess
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

UNROLL = Path(__file__).parents[4] / "unroll"
WORDS = ["wrong archive", "x" * 5_000_000]


def unroll(*words, code=0):
    ended = subprocess.run([UNROLL, *words], capture_output=True, text=True, timeout=600)
    assert ended.returncode == code, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


@pytest.fixture
def prefix(tmp_path):
    return tmp_path / "ein Ort für Kerne"


@pytest.fixture
def folder(prefix):
    unroll("jupyter", "install", "--prefix", prefix)
    return prefix / "share/jupyter/kernels/unroll"


@contextlib.contextmanager
def started(folder):
    manager = KernelManager()
    manager._kernel_spec = KernelSpec.from_resource_dir(str(folder))
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=30)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def result(client, code):
    found = []
    answer = client.execute_interactive(
        code,
        timeout=30,
        output_hook=lambda m: found.append(m["content"]) if m["msg_type"] == "execute_result" else None,
    )
    assert answer["content"]["status"] == "ok", answer["content"]
    return found[0]["data"]["text/plain"]


def files(root):
    return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())


def test_jupyter_lists_it_with_its_logo(prefix, folder):
    manager = KernelSpecManager(kernel_dirs=[str(folder.parent)])
    assert manager.find_kernel_specs()["unroll"] == str(folder)
    spec = manager.get_kernel_spec("unroll")
    assert (spec.language, spec.interrupt_mode, spec.metadata["debugger"]) == ("java", "message", False)
    assert {"kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg", "start.jsa"} <= set(files(folder))


def test_options_reach_the_kernel(prefix):
    unroll(
        "jupyter", "install", "--prefix", prefix, "--name", "unroll-small", "--display-name", "Java, small",
        "--jvm-arg=-Xmx333m", "--jvm-arg=-Dtold=a b", "--env", "UNROLL_TOLD=c=d",
    )  # fmt: skip
    folder = prefix / "share/jupyter/kernels/unroll-small"
    assert json.loads((folder / "kernel.json").read_text(encoding="utf-8"))["display_name"] == "Java, small"
    with started(folder) as client:
        code = 'Runtime.getRuntime().maxMemory() / 1_000_000 + System.getProperty("told") + System.getenv("UNROLL_TOLD")'
        assert result(client, code).endswith("a bc=d")
        assert result(client, "Runtime.getRuntime().maxMemory() < 400_000_000") == "true"


def test_options_no_jvm_starts_with_are_refused_and_nothing_is_written(prefix):
    assert "Invalid maximum heap size" in unroll(
        "jupyter", "install", "--prefix", prefix, "--jvm-arg=-Xmx4q", code=1
    )
    assert not prefix.exists()


@pytest.mark.parametrize("archive", [None, *WORDS], ids=["missing", "short", "long"])
def test_archive_that_is_no_good_never_breaks_the_start(folder, archive):
    (folder / "start.jsa").unlink()
    if archive is not None:
        (folder / "start.jsa").write_text(archive)
    with started(folder) as client:
        assert result(client, "1 + 1") == "2"


def test_jar_that_was_touched_makes_the_archive_stale_and_the_start_goes_on(folder):
    for jar in (folder / "lib").iterdir():
        os.utime(jar, (1_000_000_000, 1_000_000_000))
    with started(folder) as client:
        assert result(client, "1 + 1") == "2"


def test_kernel_that_runs_goes_on_while_it_is_installed_anew(prefix, folder):
    with started(folder) as client:
        assert result(client, "1 + 1") == "2"
        unroll("jupyter", "install", "--prefix", prefix)
        assert result(client, "var table = Table.create(IntColumn.create(\"a\", 1, 2)); table.rowCount()") == "2"
        assert result(client, "Lstm.of(1, 2).parameters().size() > 0") == "true"


def test_twice_and_uninstall_leave_what_they_should(prefix, folder):
    once = files(folder.parent)
    unroll("jupyter", "install", "--prefix", prefix)
    assert files(folder.parent) == once
    unroll("jupyter", "uninstall", "--prefix", prefix)
    assert files(prefix) == []
    assert "nothing to remove" in unroll("jupyter", "uninstall", "--prefix", prefix)
