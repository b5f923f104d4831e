"""A thousand cells, one after another: the heap does not grow, and neither does the time."""

import re
import statistics
import time

from kernels import run, started, text

CELLS = 1000
HEAP_GROWTH = 12_000  # bytes a cell that JShell keeps of its source and its classes
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


def round_of(client, count, start):
    """Runs cells: the seconds that each took."""
    took = []
    for n in range(start, start + count):
        code = STEPS[n % len(STEPS)].format(n=n, slot=n % 20)
        begun = time.monotonic()
        answer, _ = run(client, code)
        took.append(time.monotonic() - begun)
        assert answer["status"] == "ok", (code, answer)
    return took


def test_1000_cells_leave_the_heap_as_it_was():
    with started() as (_, client):
        run(client, "List<Integer> last = List.of();")
        round_of(client, 300, 0)
        heap, rest = used(client)
        early = round_of(client, 200, 0)
        round_of(client, CELLS - 400, 200)
        late = round_of(client, 200, CELLS - 200)
        heap_later, rest_later = used(client)
        a_cell = (heap_later - heap) / CELLS
        print(f"\nheap {heap / 1e6:.1f} MB, then {heap_later / 1e6:.1f} MB: {a_cell:.0f} bytes a cell")
        print(f"classes and code {rest / 1e6:.1f} MB, then {rest_later / 1e6:.1f} MB")
        medians = [statistics.median(t) * 1000 for t in (early, late)]
        print(f"median of a cell {medians[0]:.1f} ms, then {medians[1]:.1f} ms")
        assert a_cell < HEAP_GROWTH
        assert medians[1] < 1.5 * medians[0] + 5
