"""The signature is the one other implementations of Standard Webhooks make."""

from yipanqi.delivery.connectors.webhooks import signing


def test_the_signature_is_what_the_reference_library_makes():
    # Made by standardwebhooks 1.1.0 from PyPI on 2026-11-24.
    made = signing.signature(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=1614265330,
        body=b'{"test": 2432232314}',
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    )

    assert made == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
