"""What every test of the Python SDK stands on: a platform that the Jest file started, and a line for each result.

`python-sdk.test.ts` runs these tests, sets the variables, and shows each of them as a result of its own.
"""

import json
import os
import secrets
import threading
import urllib.request

import httpx
import pytest
from composio import Composio

PLATFORM = json.loads(os.environ["E2E_PLATFORM"])


def pytest_collection_finish(session):
    _say({"collected": [item.nodeid for item in session.items]})


def pytest_runtest_logreport(report):
    # A set-up or a tear-down is news only when it did not pass.
    if report.when == "call" or not report.passed:
        _say({"test": report.nodeid, "outcome": report.outcome, "text": report.longreprtext})


_results = os.fdopen(int(os.environ["E2E_RESULTS"]), "w", encoding="utf-8")
_one_at_a_time = threading.Lock()


def _say(line):
    with _one_at_a_time:
        _results.write(f"{json.dumps(line)}\n")
        _results.flush()


def _keep_answer(response):
    """For the tests that look at every answer: whether it fits the API document, and has no secret in it."""
    if "event-stream" in response.headers.get("content-type", ""):
        return
    answer = {
        "method": response.request.method,
        "url": str(response.url),
        "status": response.status_code,
        "headers": dict(response.headers),
        "text": response.read().decode("utf-8", "replace"),
    }
    _say({"answer": answer})


@pytest.fixture(scope="session")
def platform():
    """Addresses of the platform and its providers, and what people know there."""
    return PLATFORM


@pytest.fixture(scope="session")
def new_composio():
    """Makes the SDK as a customer would, with a provider of an agent framework if one is given."""

    def make(provider=None, **more):
        return Composio(
            provider,
            api_key=PLATFORM["apiKey"],
            base_url=PLATFORM["baseUrl"],
            allow_tracking=False,
            http_client=httpx.Client(event_hooks={"response": [_keep_answer]}),
            **more,
        )

    return make


@pytest.fixture(scope="session")
def composio(new_composio):
    return new_composio()


@pytest.fixture
def user():
    """A user that no other test has."""
    return unique("user_py")


def unique(name):
    return f"{name}-{secrets.token_hex(5)}"


@pytest.fixture(scope="session")
def connect_keyed(composio):
    """Connects a user to the keyed API with one person's key. Gives the account's id."""
    from composio.core.models.connected_accounts import auth_scheme

    config = composio.auth_configs.create(
        "keyed", {"type": "use_custom_auth", "auth_scheme": "API_KEY", "credentials": {}}
    )

    def connect(user, owner="ada", **more):
        state = auth_scheme.api_key({"generic_api_key": PLATFORM["keys"][owner]})
        return composio.connected_accounts.initiate(user, config.id, config=state, **more).id

    return connect


@pytest.fixture(scope="session")
def sign_in():
    """Goes through the Connect page and GitHub's screens in a real browser, as the person that the link is for."""

    def follow(redirect_url):
        request = urllib.request.Request(
            os.environ["E2E_PERSON"], data=redirect_url.encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=40) as answer:
            assert answer.status == 200

    return follow


@pytest.fixture
def links_to_loopback(monkeypatch):
    """The SDK fetches no links to this machine, where the files of the platform under test are."""
    monkeypatch.setattr("composio.utils.url_safety.is_blocked_ip", lambda _: False)
