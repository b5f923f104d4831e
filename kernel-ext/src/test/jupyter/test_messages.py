"""What jupyter_kernel_test leaves out: questions, interrupts, comms, displays, queues."""

import time

import psutil
import pytest

from kernels import contents, outputs, reply, run, started, text, until, wait_for_print


@pytest.fixture(scope="module")
def kernel():
    with started() as both:
        yield both


@pytest.fixture
def client(kernel):
    return kernel[1]


@pytest.fixture
def manager(kernel):
    return kernel[0]


def test_stdin_is_asked_and_answered(client):
    msg_id = client.execute('input("name? ") + "!" + password("word? ")', allow_stdin=True)
    question = client.get_stdin_msg(timeout=10)
    assert question["msg_type"] == "input_request"
    assert question["content"] == {"prompt": "name? ", "password": False}
    assert question["parent_header"]["msg_id"] == msg_id
    client.input("Ada")
    assert client.get_stdin_msg(timeout=10)["content"] == {"prompt": "word? ", "password": True}
    client.input("x")
    assert reply(client, msg_id)["status"] == "ok"
    result = contents(outputs(client, msg_id), "execute_result")[0]
    assert result["data"]["text/plain"] == "Ada!x"


def test_stdin_that_is_not_allowed_is_an_error(client):
    answer, _ = run(client, 'input("name? ")', allow_stdin=False)
    assert answer["status"] == "error"
    assert "cannot ask" in answer["evalue"]


def test_standard_input_reads_lines(client):
    msg_id = client.execute("new Scanner(System.in).nextInt() + 1", allow_stdin=True)
    client.get_stdin_msg(timeout=10)
    client.input("41")
    reply(client, msg_id)
    result = contents(outputs(client, msg_id), "execute_result")[0]
    assert result["data"]["text/plain"] == "42"


LOOPS = [
    "while (true) { }",
    "Thread.sleep(100_000);",
    "Stream.iterate(1, i -> i + 1).filter(i -> i < 0).count();",
    'input("never answered");',
]


@pytest.mark.parametrize("loop", LOOPS)
def test_interrupt_by_message_ends_the_cell_before_its_reply(manager, client, loop):
    run(client, "int kept = 7;")
    msg_id = client.execute(f'System.out.println("on");\n{loop}\nkept = 0;', allow_stdin=True)
    wait_for_print(client, "on")
    time.sleep(0.3)
    begun = time.monotonic()
    request = client.session.msg("interrupt_request", {})
    client.control_channel.send(request)
    while client.get_control_msg(timeout=10)["msg_type"] != "interrupt_reply":
        pass
    assert time.monotonic() - begun < 2
    answer = reply(client, msg_id, patience=1)
    assert (answer["status"], answer["ename"]) == ("error", "Interrupted")
    assert text(client, "kept") == "7"
    assert until(lambda: busy(manager) < 0.5)  # not the cell, and the compiler for a while only
    while client.stdin_channel.msg_ready():
        client.get_stdin_msg(timeout=1)


def busy(manager):
    """The processors that the kernel keeps busy while nothing runs."""
    process = psutil.Process(manager.provisioner.pid)
    before = sum(process.cpu_times()[:2])
    time.sleep(0.7)
    return (sum(process.cpu_times()[:2]) - before) / 0.7


def test_interrupt_by_the_manager_and_by_signal(manager, client):
    for interrupt in (manager.interrupt_kernel, lambda: manager.signal_kernel(2)):
        msg_id = client.execute('System.out.println("on");\nwhile (true) { }')
        wait_for_print(client, "on")
        interrupt()
        assert reply(client, msg_id)["ename"] == "Interrupted"


def test_interrupted_fit_leaves_its_run(manager, client):
    run(
        client,
        """
        var dates = IntStream.range(0, 600).mapToObj(LocalDate.of(2000, 1, 1)::plusDays)
            .toArray(LocalDate[]::new);
        var levels = IntStream.range(0, 600).mapToDouble(i -> 10 + Math.sin(i)).toArray();
        var table = Table.create(DateColumn.create("date", dates),
            DoubleColumn.create("close", levels));
        var data = Windows.of(table, "date", "close").logReturns().length(20)
            .split("2001-01", "2001-05");
        var model = SequenceToSequence.of(Lstm.of(1, 8), Linear.of(8, 1));
        """,
    )
    cell = """var run = model.fit(data, Fit.epochs(1_000_000).callback(
        Callback.afterEpoch(r -> System.out.println("on"))));"""
    msg_id = client.execute(cell)
    wait_for_print(client, "on")
    manager.interrupt_kernel()
    reply(client, msg_id)
    assert text(client, "run.status()") == "INTERRUPTED"
    assert int(text(client, "run.history().size()")) > 0
    assert until(lambda: busy(manager) < 0.5)  # not the cell, and the compiler for a while only


def test_work_that_cannot_be_stopped_is_told_and_abandoned(manager, client):
    run(client, "int kept = 8;", silent=False)
    endless = "Stream.generate(String::new).allMatch(String::isEmpty);"
    msg_id = client.execute(f'System.out.println("on");\n{endless}')
    wait_for_print(client, "on")
    manager.interrupt_kernel()
    wait_for_print(client, "still running")
    manager.interrupt_kernel()
    assert "abandoned" in reply(client, msg_id)["evalue"]
    assert text(client, "kept + 1") == "9"
    manager.restart_kernel(now=True)  # it would go on for ever
    client.wait_for_ready(timeout=30)


def test_failed_cell_aborts_those_that_wait(client):
    first = client.execute('Thread.sleep(500);\nthrow new RuntimeException("no");')
    second = client.execute('System.out.println("never");')
    assert reply(client, first)["status"] == "error"
    assert reply(client, second)["status"] == "aborted"
    assert "stream" not in [m["msg_type"] for m in outputs(client, second)]
    third = client.execute("throw new RuntimeException();", stop_on_error=False)
    fourth = client.execute("1")
    assert reply(client, third)["status"] == "error"
    assert reply(client, fourth)["status"] == "ok"


def test_silent_and_unstored_cells_are_not_counted(client):
    before = run(client, "1")[0]["execution_count"]
    answer, published = run(client, 'System.out.println("x");\n2', silent=True)
    assert [m["msg_type"] for m in published] == ["status", "status"]
    answer, published = run(client, "3", store_history=False)
    assert answer["execution_count"] == before
    assert contents(published, "execute_result")[0]["data"]["text/plain"] == "3"
    assert run(client, "1")[0]["execution_count"] == before + 1


def test_user_expressions(client):
    answer, _ = run(
        client, "int seven = 7;", user_expressions={"good": "seven * 2", "bad": "nine"}
    )
    assert answer["user_expressions"]["good"]["data"]["text/plain"] == "14"
    assert answer["user_expressions"]["bad"]["status"] == "error"


def test_display_in_forms_and_its_update(client):
    code = 'var id = display("<b>1</b>", "text/html");\nupdateDisplay(id, "<b>2</b>", "text/html");'
    _, published = run(client, code)
    shown = contents(published, "display_data")[0]
    updated = contents(published, "update_display_data")[0]
    assert shown["data"] == {"text/html": "<b>1</b>"}
    assert updated["data"] == {"text/html": "<b>2</b>"}
    assert shown["transient"] == updated["transient"]
    _, published = run(client, 'display(List.of(1));')
    assert contents(published, "display_data")[0]["data"]["text/plain"] == "[1]"


def comm(client, kind, **content):
    """Sends a message of a comm: its published messages."""
    message = client.session.msg(kind, content)
    client.shell_channel.send(message)
    return outputs(client, message["header"]["msg_id"])


def test_comm_from_the_front_end(client):
    run(client, "import unroll.kernel.Comms;")
    run(
        client,
        """
        Comms.register("echo", comm -> {
          comm.send(Map.of("opened with", comm.data()));
          comm.onMessage(m -> { System.out.println("heard"); comm.send(Map.of("echo", m)); });
          comm.onClose(m -> System.out.println("closed"));
        });
        """,
    )
    published = comm(client, "comm_open", comm_id="c1", target_name="echo", data={"a": [1, 2.5]})
    sent = contents(published, "comm_msg")[0]
    assert sent == {"comm_id": "c1", "data": {"opened with": {"a": [1, 2.5]}}}
    request = client.comm_info("echo")
    assert reply(client, request)["comms"] == {"c1": {"target_name": "echo"}}
    published = comm(client, "comm_msg", comm_id="c1", data={"x": "y", "n": None})
    assert contents(published, "stream")[0]["text"] == "heard\n"
    assert contents(published, "comm_msg")[0]["data"] == {"echo": {"x": "y", "n": None}}
    published = comm(client, "comm_close", comm_id="c1", data={})
    assert contents(published, "stream")[0]["text"] == "closed\n"
    assert reply(client, client.comm_info())["comms"] == {}


def test_comm_from_the_kernel(client):
    code = 'import unroll.kernel.*;\nvar mine = Comms.open("widget", Map.of("value", 3));'
    _, published = run(client, code)
    opened = contents(published, "comm_open")[0]
    assert (opened["target_name"], opened["data"]) == ("widget", {"value": 3})
    run(client, "mine.onMessage(m -> display(m.get(\"value\")));")
    published = comm(client, "comm_msg", comm_id=opened["comm_id"], data={"value": 4})
    assert contents(published, "display_data")[0]["data"]["text/plain"] == "4"
    _, published = run(client, "mine.close();")
    assert contents(published, "comm_close")[0]["comm_id"] == opened["comm_id"]


def test_comm_of_unknown_target_is_closed_again(client):
    published = comm(client, "comm_open", comm_id="c2", target_name="nobody", data={})
    assert contents(published, "comm_close")[0]["comm_id"] == "c2"


def test_comm_handler_that_fails_is_shown_and_the_kernel_goes_on(client):
    run(client, 'unroll.kernel.Comms.register("bad", c -> { throw new RuntimeException("no"); });')
    published = comm(client, "comm_open", comm_id="c3", target_name="bad", data={})
    assert "no" in contents(published, "error")[0]["evalue"]
    assert text(client, "1 + 1") == "2"


def test_pager(client):
    answer, published = run(client, "LocalDate?")
    assert answer["payload"][0]["source"] == "page"
    assert "LocalDate" in answer["payload"][0]["data"]["text/plain"]
    assert run(client, "noSuchName?")[0]["status"] == "error"


def test_restart_brings_a_fresh_session(manager, client):
    run(client, "int old = 1;")
    manager.restart_kernel()
    client.wait_for_ready(timeout=30)
    answer, _ = run(client, "old")
    assert "old" in answer["evalue"]
    assert until(lambda: text(client, "1") == "1")
