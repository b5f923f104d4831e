"""A thousand cells, one after another: the heap grows by little but their sources, and the time not at all."""

import re

import psutil

from kernels import run, started, text

CELLS = 1000
HEAP_GROWTH = 20_000  # bytes a cell: JShell keeps the whole source of each class that it made (11,900 seen)
STEPS = [
    "1 + {n}",
    'System.out.println("cell {n}");',
    "var v{slot} = new double[10_000];",
    "int f{slot}(int x) {{ return x + {n}; }}",
    "Tensor.of(new double[10_000], 100, 100)",
    'for (int i = 0; i < 10; i++) {{ display("shown " + i); }}',
    "last = IntStream.range(0, 1000).boxed().toList();",
    "%seed {n}",
    "record R{slot}(int x, double[] y) {{ }}",
    "Map.of(\"a\", new byte[100_000])",
]


def used(client):
    """Bytes in use after a collection: of the heap, and of all the rest that classes take."""
    found = text(
        client,
        """
        for (int i = 0; i < 3; i++) { System.gc(); Thread.sleep(50); }
        var beans = java.lang.management.ManagementFactory.getMemoryMXBean();
        beans.getHeapMemoryUsage().getUsed() + " " + beans.getNonHeapMemoryUsage().getUsed()
        """,
    )
    return [int(n) for n in re.findall(r"\d+", found)]


def round_of(client, process, count, start):
    """Runs cells: the seconds that a cell kept a processor busy, in the mean."""
    before = sum(process.cpu_times()[:2])
    for n in range(start, start + count):
        code = STEPS[n % len(STEPS)].format(n=n, slot=n % 20)
        answer, _ = run(client, code)
        assert answer["status"] == "ok", (code, answer)
    return (sum(process.cpu_times()[:2]) - before) / count


def test_1000_cells_grow_the_heap_by_little_but_their_sources():
    with started() as (manager, client):
        process = psutil.Process(manager.provisioner.pid)
        run(client, "List<Integer> last = List.of();")
        round_of(client, process, 300, 0)
        heap, rest = used(client)
        early = round_of(client, process, 200, 0)
        round_of(client, process, CELLS - 400, 200)
        late = round_of(client, process, 200, CELLS - 200)
        heap_later, rest_later = used(client)
        a_cell = (heap_later - heap) / CELLS
        print(f"\nheap {heap / 1e6:.1f} MB, then {heap_later / 1e6:.1f} MB: {a_cell:.0f} bytes a cell")
        print(f"classes and code {rest / 1e6:.1f} MB, then {rest_later / 1e6:.1f} MB")
        print(f"a cell {early * 1000:.1f} ms of a processor, then {late * 1000:.1f} ms")
        assert a_cell < HEAP_GROWTH
        assert late < 1.5 * early
