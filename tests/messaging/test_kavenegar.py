"""The Kavenegar adapter against a provider that really listens."""

import logging
from collections.abc import Iterator

import pytest

from salon.config import ConfigError
from salon.messaging.errors import GatewayError, GatewayStopped, Retryable, RowRefused
from salon.messaging.gateways import Outgoing, Sent
from salon.messaging.gateways.kavenegar import KavenegarGateway
from tests.fakes.kavenegar import KEY, Provider, running_provider

MESSAGE = Outgoing(id=450, receiver="09121234567", text="سلام سارا جان")


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as running:
        yield running


def gateway(provider: Provider, *, key: str = KEY, sender: str = "10004346") -> KavenegarGateway:
    return KavenegarGateway(key=key, sender=sender, host=provider.host, read_seconds=0.2)


def test_a_message_goes_out_with_its_id_its_sender_and_its_text(provider: Provider) -> None:
    assert gateway(provider).send(MESSAGE) == Sent(provider_id="8792343", cost=1200)
    assert provider.calls == [
        {"receptor": "09121234567", "message": "سلام سارا جان", "localid": "450", "sender": "10004346"}
    ]


def test_without_a_sender_the_account_chooses_one(provider: Provider) -> None:
    gateway(provider, sender="").send(MESSAGE)
    assert "sender" not in provider.calls[0]


def test_the_row_may_come_as_a_list_alone_or_not_at_all(provider: Provider) -> None:
    provider.shape = lambda row: row
    assert gateway(provider).send(MESSAGE).provider_id == "8792343"
    provider.shape = lambda row: None
    assert gateway(provider).send(MESSAGE) == Sent()
    provider.shape = lambda row: []
    assert gateway(provider).send(MESSAGE) == Sent()


@pytest.mark.parametrize(
    ("status", "meaning"), [(418, GatewayStopped), (403, GatewayStopped), (411, RowRefused), (451, Retryable)]
)
def test_a_refusal_is_read_from_the_body_of_a_4xx(provider: Provider, status: int, meaning: type[GatewayError]) -> None:
    provider.refusals.append((status, "اعتبار حساب کافی نیست"))
    with pytest.raises(meaning) as refusal:
        gateway(provider).send(MESSAGE)
    assert (refusal.value.code, refusal.value.message) == (str(status), "اعتبار حساب کافی نیست")
    assert provider.sent == {}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (502, b"<html>Bad Gateway</html>"),
        (200, b"<html>login</html>"),
        (403, b""),
        (200, b'{"return":null}'),
        (200, b"[]"),
    ],
)
def test_an_answer_that_is_not_the_providers_is_tried_again(provider: Provider, status: int, body: bytes) -> None:
    provider.raw_answers.append((status, body))
    with pytest.raises(Retryable):
        gateway(provider).send(MESSAGE)


def test_a_lost_answer_is_tried_again_and_sends_nothing_twice(provider: Provider) -> None:
    provider.silent.set()
    with pytest.raises(Retryable) as lost:
        gateway(provider).send(MESSAGE)
    assert lost.value.code == "timeout"
    provider.silent.clear()
    assert gateway(provider).send(MESSAGE).provider_id == "8792343"
    assert (len(provider.calls), provider.texts) == (2, ["سلام سارا جان"])


def test_a_receiver_who_refuses_such_messages_fails_for_good(provider: Provider) -> None:
    provider.entry_status = 14
    with pytest.raises(RowRefused) as refusal:
        gateway(provider).send(MESSAGE)
    assert refusal.value.code == "entry_14"


def test_an_id_that_another_salon_used_on_the_account_is_not_taken_for_sent(provider: Provider) -> None:
    gateway(provider).send(Outgoing(id=450, receiver="09357654321", text="پیامی دیگر"))
    with pytest.raises(RowRefused) as refusal:
        gateway(provider).send(MESSAGE)
    assert refusal.value.code == "localid_taken"


def test_the_key_is_in_no_error_and_in_no_log(provider: Provider, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "ef56ab12secret"
    wrong = gateway(provider, key=secret)
    with pytest.raises(GatewayStopped) as refusal:
        wrong.send(MESSAGE)
    nobody = KavenegarGateway(key=secret, sender="", host="http://127.0.0.1:9")
    with pytest.raises(Retryable) as unreachable:
        nobody.send(MESSAGE)
    seen = f"{caplog.text}{refusal.value!r}{unreachable.value!r}{wrong._client!r}{wrong._client}"
    assert secret not in seen
    assert unreachable.value.__suppress_context__


@pytest.mark.parametrize("host", ["http://api.kavenegar.com", "http://127.0.0.1.example.ir", "ftp://127.0.0.1"])
def test_a_host_in_the_clear_is_refused_because_the_address_holds_the_key(host: str) -> None:
    with pytest.raises(ConfigError, match="https"):
        KavenegarGateway(key="k", sender="", host=host)


def test_a_bare_host_is_reached_by_https() -> None:
    reached = KavenegarGateway(key="k", sender="", host="api.kavenegar.com")
    assert reached._client._base == "https://api.kavenegar.com"
