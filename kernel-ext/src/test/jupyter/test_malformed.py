"""Messages that no front end would send: the kernel drops or answers them, and goes on."""

import json
import random
import socket
import struct

import pytest
import zmq

from kernels import reply, started, text

DELIMITER = b"<IDS|MSG>"
FATAL = 'System.out.println("obeyed");\nSystem.exit(3);'


@pytest.fixture(scope="module")
def kernel():
    with started() as both:
        yield both


@pytest.fixture(params=["shell", "control", "stdin"])
def raw(kernel, request):
    """A function that sends frames as they are on a channel."""
    manager, _ = kernel
    context = zmq.Context()
    dealer = context.socket(zmq.DEALER)
    dealer.linger = 1000
    dealer.connect(f"tcp://{manager.ip}:{getattr(manager, request.param + '_port')}")
    yield dealer.send_multipart
    dealer.close()
    context.term()


def frames(client):
    return client.session.serialize(client.session.msg("execute_request", {"code": FATAL}))


def signed(client, *parts):
    """Frames of any bytes, rightly signed."""
    return [DELIMITER, client.session.sign(list(parts)), *parts]


def packed(plain):
    """JSON in ASCII, half characters and all."""
    return json.dumps(plain, default=str).encode()


def assert_alive(kernel):
    manager, client = kernel
    assert manager.is_alive()
    assert text(client, "6 * 7") == "42"


def test_200_wrongly_signed_or_cut(kernel, raw):
    _, client = kernel
    draw = random.Random(1)
    for i in range(200):
        sent = frames(client)
        at = sent.index(DELIMITER)
        match i % 8:
            case 0:
                sent[at + 1] = b"0" * 64
            case 1:
                sent[at + 1] = b""
            case 2:
                sent[at + 5] = sent[at + 5] + b" "
            case 3:
                sent = sent[: draw.randrange(1, len(sent))]
            case 4:
                sent[at] = draw.randbytes(draw.randrange(20))
            case 5:
                sent = [draw.randbytes(draw.randrange(1, 500))]
            case 6:
                sent = [b""] * draw.randrange(1, 9)
            case 7:
                sent[at + 1] = sent[at + 1].upper()
        raw(sent)
    assert_alive(kernel)


def broken_contents(client):
    header = packed(client.session.msg_header("execute_request"))
    deep = b"[" * 100_000 + b"]" * 100_000
    yield signed(client, b"", b"", b"", b"")
    yield signed(client, b"{", b"{}", b"{}", b"{}")
    yield signed(client, b"[]", b"{}", b"{}", b"{}")
    yield signed(client, b"null", b"null", b"null", b"null")
    yield signed(client, b"{}", b"{}", b"{}", b"{}")
    yield signed(client, b'{"msg_type": 7, "msg_id": []}', b"{}", b"{}", b"{}")
    yield signed(client, b'{"msg_type": "execute_request"}', b"{}", b"{}", b"{}")
    yield signed(client, b'{"msg_type": "execute_request", "msg_id": null}', b"{}", b"{}", b"{}")
    yield signed(client, header, b"{}", b"{}", b"\xff\xfe\x00")
    yield signed(client, header, b"{}", b"{}", b"NaN")
    yield signed(client, header, b"{}", b"{}", deep)
    yield signed(client, header, b"{}", b"{}", b'{"code": ' + deep + b"}")
    yield signed(client, header, deep, b"{}", b"{}")


@pytest.mark.parametrize("repeat", range(3))
def test_rightly_signed_but_broken(kernel, raw, repeat):
    for sent in broken_contents(kernel[1]):
        raw(sent)
    assert_alive(kernel)


ODD = [None, 7, -1, 1e300, [], {}, "x", "\ud83d", True]
KINDS = [
    "complete_request", "inspect_request", "is_complete_request", "history_request",
    "comm_open", "comm_msg", "comm_close", "comm_info_request", "kernel_info_request",
    "no_such_request", "input_reply", "", "execute_reply", "_request",
]


def test_odd_values_in_every_request(kernel, raw):
    _, client = kernel
    names = ["cursor_pos", "detail_level", "n", "start", "stop", "hist_access_type", "pattern",
             "comm_id", "target_name", "data", "session", "unique", "output"]
    draw = random.Random(2)
    for kind in KINDS:
        for _ in range(4):
            content = {name: draw.choice(ODD) for name in names} | {"code": "a.b\n%se"}
            header = packed(client.session.msg_header(kind))
            raw(signed(client, header, b"{}", b"{}", packed(content)))
    assert_alive(kernel)


def test_odd_execute_requests(kernel):
    _, client = kernel
    for content in [{}, {"code": None}, {"code": []}, {"code": {}}, {"code": 1},
                    {"code": "1", "user_expressions": []},
                    {"code": "1", "user_expressions": {"a": None}},
                    {"code": "1", "silent": "x", "store_history": 3, "stop_on_error": []},
                    {"code": ""}, {"code": "\x00"}, {"code": "{" * 2000}]:
        message = client.session.msg("execute_request", content)
        client.shell_channel.send(message)
        assert reply(client, message["header"]["msg_id"])["status"] in ("ok", "error")
    assert_alive(kernel)


def test_huge_messages(kernel, raw):
    raw([b"x" * 20_000_000])
    raw(signed(kernel[1], *([b'"' + b"x" * 5_000_000 + b'"'] * 4)))
    assert_alive(kernel)


def test_what_is_no_zeromq(kernel):
    manager, _ = kernel
    for port in manager.ports:
        for sent in [b"", b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 10_000, b"\x00" * 64,
                     b"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f" + b"\x03\x00NULL" + b"\x00" * 48]:
            with socket.create_connection((manager.ip, port), timeout=5) as connection:
                connection.sendall(sent)
    assert_alive(kernel)


def test_frame_that_claims_to_be_huge(kernel):
    manager, _ = kernel
    greeting = b"\xff" + b"\x00" * 8 + b"\x7f" + b"\x03\x00" + b"NULL".ljust(20, b"\x00") + b"\x00" * 32
    ready = b"\x05READY\x0bSocket-Type\x00\x00\x00\x06DEALER"
    for size in (2**31 - 1, 2**33, 2**63 - 1, 2**63 + 2**31 - 1, 2**64 - 1):
        with socket.create_connection((manager.ip, manager.shell_port), timeout=5) as connection:
            connection.sendall(greeting)
            connection.recv(64)
            connection.sendall(bytes([4, len(ready)]) + ready)
            connection.sendall(b"\x02" + struct.pack(">Q", size) + b"x" * 100)
            connection.recv(1000)
    assert_alive(kernel)
