"""What schemathesis must know of this platform that the document cannot say. `run.mjs` starts it with this file."""

import atexit
import json
import os
import re
from collections import Counter, defaultdict

import requests.adapters
import schemathesis

# The gateway's refusal of what does not fit a schema begins so; those of the services, on what they know, do not.
OF_A_SCHEMA = "Invalid input: "
# Rules that JSON Schema says badly or not at all, each of them in the words of the documentation: between fields that are
# valid by themselves, and inside of a text that is more than a text.
UNSAID = [
    # A session takes all of its scope from the saved configuration that it names.
    r"cannot be given with experimental\.session_config_id",
    # Several accounts of a toolkit are off, and then there is nothing to choose among.
    r"cannot be off and have max_accounts_per_toolkit",
    # A toolkit of a project comes from a source of ours, or from the official SDK's form of one, which has another slug.
    r"^source: is required, or toolkit_config$",
    r"^toolkit_config: cannot be given with source$",
    r"^name: is toolkit_config\.name$",
    r"^slug: must be a letter and up to 49",
    # The picture in the text must be one.
    r"^toolkit_config\.logo_file: must be a PNG or JPEG$",
    r"^logo: must be a PNG or JPEG$",
    # A header with the user's key has the place for it, and none has a name or a value that HTTP has not.
    r"^(toolkit_config\.auth_schemes|source\.headers|auth)\b",
    # A name that stands in a path in two halves has the length of the whole.
    r"^namespace/name: Too big",
    # The last of a list is another kind than the others.
    r"^messages: must end with a message of the user$",
    # A credential is sent once, sealed or not.
    r"^sealed_credentials\..* is among the credentials, too$",
    # An MCP server has the two lists of the older API in one, which may be as long as each.
    r"^(toolkits|allowedTools|allowed_tools): Too big",
    # A text with a list in it, which has the bounds of the list.
    r"^(user_)?scopes(\.\d+)?: Too big",
    # A span of time begins before it ends.
    r"^to: must be after from$",
    # A text of JSON in a query.
    r"^filters\b",
    # What can be grouped by depends on what is counted, and on the filters.
    r"^group_by: ",
    # A path must not lead out of its folder, an address of a callback must be none that a browser runs.
    r": must not lead out of the mount$",
    r": must be an http\(s\) address or have the scheme of an app$",
    # What is revoked at once has a scope, whose parts fit together.
    r"^all: say what is revoked",
    r"^user_id: is a user of a project",
    r"^acts: (keys are of projects|access is to sessions)",
    # A password is made of more than a few characters.
    r"^password: repeats too few characters$",
    # Names of time zones are a list that changes.
    r": must be the IANA name of a time zone",
]
# Nothing outside of this machine is reached: who names an address elsewhere is told so, by a status that is described.
UNREACHABLE = re.compile(r"could not be reached|cannot be reached")

# What the run stands on: its project, its person and their keys; and whatever was there before it. Links and lists lead to
# these as well.
FOOTING = json.loads(os.environ["FUZZ_FOOTING"])

# By operation, and of it by phase.
cases = defaultdict(Counter)
set_aside = Counter()


@schemathesis.hook
def before_call(context, case, kwargs):
    """Nothing of the footing is changed or deleted: such a request goes to an id that nothing has."""
    if case.method.upper() == "GET":
        return
    # Nor is everything that others have revoked at once.
    if case.path.endswith("/org/incidents") and isinstance(case.body, dict):
        case.body.pop("all", None)
        case.body["project_id"] = "proj_nobody0"
    for name, value in (case.path_parameters or {}).items():
        if value in FOOTING:
            case.path_parameters[name] = f"{value}0"


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """What is set aside is counted, by its reason."""
    reason = reason_to_set_aside(failure, case, response)
    if reason:
        set_aside[f"{case.operation.label}: {response.status_code}, {reason}"] += 1
    return reason is None


def reason_to_set_aside(failure, case, response):
    kind = type(failure).__name__
    # A request may fit the schema and be refused for what it means: no such account, not in this session, not with
    # this idempotency key.
    if kind == "RejectedPositiveData" and is_of_meaning(response):
        return "refused on meaning"
    if kind == "ServerError" and response.status_code in (502, 503, 504) and UNREACHABLE.search(response.text or ""):
        return "an address elsewhere"
    # A list may have more values than an address has room for.
    if kind == "RejectedPositiveData" and response.status_code == 431:
        return "longer than an address may be"
    # What is empty in a list counts as not given: clients send it for what they do not mind.
    if kind == "AcceptedNegativeData" and any(
        isinstance(value, list) and "" in value for value in (case.query or {}).values()
    ):
        return "empty in a list"
    # What is sent of an object in the query is its names, or under its names its values as text: fit for a list of texts, or
    # an object of them.
    if kind == "AcceptedNegativeData" and any(
        isinstance(value, dict) or "[" in name for name, value in (case.query or {}).items()
    ):
        return "an object in the query"
    # The sockets of the official SDKs are always under TLS, which the platform of a test is not.
    if kind == "ServerError" and response.status_code == 501:
        return "not with the settings of this installation"
    # Keys that are wrong are tried for each operation, and only so many a minute are looked at.
    # The answer to those is in the words of the failure alone.
    if kind == "IgnoredAuth" and "got `429 " in failure.message:
        return "one of too many wrong keys"
    # An answer had no id for the link to the next request: that went to the address of the list.
    if response.status_code == 405 and "" in (case.path_parameters or {}).values():
        return "no id in the path"
    return None


def is_of_meaning(response):
    try:
        answer = response.json()
    except ValueError:
        return False
    error = answer.get("error") if isinstance(answer, dict) else None
    # OAuth's own errors, of clients and grants that are not known (RFC 6749, 5.2; RFC 7591, 3.2.2).
    if isinstance(error, str):
        return error in {"invalid_grant", "invalid_target", "invalid_redirect_uri"}
    if not isinstance(error, dict):
        return False
    if not error["message"].startswith(OF_A_SCHEMA):
        return True
    lines = error.get("errors", [])
    return len(lines) > 0 and all(any(re.search(rule, line) for rule in UNSAID) for line in lines)


@schemathesis.check
def counted(ctx, response, case):
    cases[case.operation.label][case.meta.phase.name.value] += 1


# A tail has nothing to say until something happens, and would be listened to until the limit of time: of its
# events those count that come at once.
STREAM_SECONDS = 0.2
build_response = requests.adapters.HTTPAdapter.build_response


def build_stream_response(self, request, answer):
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        answer.connection.sock.settimeout(STREAM_SECONDS)
    return build_response(self, request, answer)


requests.adapters.HTTPAdapter.build_response = build_stream_response


if "FUZZ_ADDRESS" in os.environ:
    # Limits count by address: the tests that share the platform have another one.
    init = requests.adapters.HTTPAdapter.init_poolmanager

    def init_poolmanager(self, *args, **kwargs):
        return init(self, *args, **kwargs, source_address=(os.environ["FUZZ_ADDRESS"], 0))

    requests.adapters.HTTPAdapter.init_poolmanager = init_poolmanager


@atexit.register
def write_counts():
    with open(os.environ["FUZZ_COUNTS"], "w") as file:
        json.dump({"cases": cases, "setAside": set_aside}, file)
