"""Subscribes to a project's events with pysher, on which the official SDK stands, and says each as a line of JSON."""

import json
import os
import threading

import pysher
import requests

URL = os.environ["PATCHBAY_URL"]
HEADERS = {"x-api-key": os.environ["PATCHBAY_API_KEY"]}

credentials = requests.get(
    f"{URL}/api/v3/internal/sdk/realtime/credentials", headers=HEADERS, timeout=10
).json()
pusher = pysher.Pusher(
    credentials["pusher_key"],
    cluster=credentials["pusher_cluster"],
    auth_endpoint=f"{URL}/api/v3/internal/sdk/realtime/auth?source=python",
    auth_endpoint_headers=HEADERS,
)
chunks: dict[str, list[str]] = {}


def say(**what):
    print(json.dumps(what), flush=True)


def take_chunk(text):
    chunk = json.loads(text)
    parts = chunks.setdefault(chunk["id"], [])
    parts.append(chunk["chunk"])
    if chunk["final"]:
        say(event=json.loads("".join(chunks.pop(chunk["id"]))))


def enter(_):
    channel = pusher.subscribe(f"private-{credentials['project_id']}_triggers")
    channel.bind("trigger_to_client", lambda text: say(event=json.loads(text)))
    channel.bind("chunked-trigger_to_client", take_chunk)
    channel.bind("pusher_internal:subscription_succeeded", lambda _: say(subscribed=True))
    channel.bind("pusher:subscription_error", lambda text: say(refused=json.loads(text)))


pusher.connection.bind("pusher:connection_established", enter)
pusher.connect()
threading.Event().wait()
