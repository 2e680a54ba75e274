import time

import pytest
from composio.exceptions import ToolNotFoundError, ToolVersionRequiredError
from composio_client import NotFoundError

from conftest import unique

TIME = {"time": "2026-01-20T12:00:00", "from_timezone": "UTC", "to_timezone": "Asia/Tokyo"}


def names(tools):
    return [tool["function"]["name"] for tool in tools]


def test_tools_are_got_by_toolkit_slug_name_and_search(composio, user):
    assert "TIME_CONVERT_TIME" in names(composio.tools.get(user, toolkits=["time"]))
    assert names(composio.tools.get(user, tools=["TIME_CONVERT_TIME"])) == ["TIME_CONVERT_TIME"]
    assert names(composio.tools.get(user, slug="TIME_CONVERT_TIME")) == ["TIME_CONVERT_TIME"]
    found = composio.tools.get(user, search="convert a time into another zone", toolkits=["time"], limit=3)
    assert names(found)[0] == "TIME_CONVERT_TIME"


def test_raw_tools_have_their_schemas_and_versions(composio):
    (tool,) = composio.tools.get_raw_composio_tools(tools=["TIME_CONVERT_TIME"])
    assert set(tool.input_parameters["properties"]) == set(TIME)
    same = composio.tools.get_raw_composio_tool_by_slug("TIME_CONVERT_TIME")
    assert same.version == tool.version
    with pytest.raises(ToolNotFoundError):
        composio.tools.get_raw_composio_tool_by_slug("NO_SUCH_TOOL")


def test_raw_meta_tools_are_those_of_the_session(composio, user):
    session = composio.create(user_id=user, toolkits=["time"], sandbox={"enable": False})
    slugs = [tool.slug for tool in composio.tools.get_raw_tool_router_meta_tools(session.session_id)]
    assert "COMPOSIO_SEARCH_TOOLS" in slugs
    assert "COMPOSIO_REMOTE_WORKBENCH" not in slugs


def test_a_tool_runs_without_a_session_in_a_version_that_is_named(composio, connect_keyed, user):
    account = connect_keyed(user)
    with pytest.raises(ToolVersionRequiredError):
        composio.tools.execute("KEYED_WHO_AM_I", {}, user_id=user)
    version = composio.tools.get_raw_composio_tool_by_slug("KEYED_WHO_AM_I").version
    answer = composio.tools.execute("KEYED_WHO_AM_I", {}, user_id=user, version=version)
    assert answer == {"data": {"name": "ada"}, "error": None, "successful": True}
    by_account = composio.tools.execute(
        "KEYED_WHO_AM_I", {}, user_id=user, connected_account_id=account, version=version
    )
    assert by_account["successful"]


def test_a_request_is_sent_to_a_provider_as_an_account(composio, connect_keyed, platform, user):
    answer = composio.tools.proxy(
        endpoint=f"{platform['keyedUrl']}/echo",
        method="GET",
        connected_account_id=connect_keyed(user),
        parameters=[{"name": "text", "type": "query", "value": "heard"}],
    )
    assert (answer.status, answer.data) == (200, {"name": "ada", "text": "heard"})


def test_toolkits_are_listed_read_and_compared(composio):
    listed = composio.toolkits.list(limit=2)
    assert len(listed.items) == 2 and listed.next_cursor
    github = composio.toolkits.get("github")
    assert "OAUTH2" in [detail.mode for detail in github.auth_config_details]
    with pytest.raises(NotFoundError):
        composio.toolkits.get("no_such_toolkit")
    assert {item.slug for item in composio.toolkits.get_many(["github", "time"])} == {"github", "time"}
    assert composio.toolkits.list_categories()
    assert "github" in [entry.slug for entry in composio.toolkits.changelog().items]


def test_toolkits_tell_what_an_auth_config_and_an_account_need(composio):
    creation = composio.toolkits.get_auth_config_creation_fields("github", "OAUTH2", required_only=True)
    assert {field.name for field in creation} >= {"client_id", "client_secret"}
    initiation = composio.toolkits.get_connected_account_initiation_fields("keyed", "API_KEY")
    assert "generic_api_key" in [field.name for field in initiation]


def test_calls_are_found_in_the_log_and_read_one_by_one(composio, user):
    session = composio.create(user_id=user, toolkits=["time"])
    log_id = session.execute("TIME_CONVERT_TIME", arguments=TIME).log_id
    # The record is written from events, a moment after the answer.
    deadline = time.monotonic() + 10
    while True:
        logs = [entry for entry in composio.logs.search(limit=20).logs if entry.id == log_id]
        if logs or time.monotonic() > deadline:
            break
        time.sleep(0.1)
    assert logs[0].metadata.tool_slug == "TIME_CONVERT_TIME"
    assert "Asia/Tokyo" in str(composio.logs.get(log_id))


def test_usage_is_summed_up_and_broken_down(composio, user):
    composio.create(user_id=user, toolkits=["time"]).execute("TIME_CONVERT_TIME", arguments=TIME)
    usage = composio.experimental.usage

    def calls():
        broken_down = usage.breakdown("tool_calls", filters={"user_id": [user]})
        return [(group.key, float(group.total_quantity)) for group in broken_down.groups]

    deadline = time.monotonic() + 10
    while not calls() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert calls() == [("TIME_CONVERT_TIME", 1)]
    summary = usage.summary(filters={"user_id": [user]})
    assert float(summary.entities["tool_calls"].total_quantity) == 1


def test_mcp_servers_are_made_listed_changed_and_deleted(composio, user):
    name = unique("py")
    server = composio.mcp.create(name, toolkits=["time"], allowed_tools=["TIME_CONVERT_TIME"])
    assert server.id in [item.id for item in composio.mcp.list(name=name)["items"]]
    assert composio.mcp.get(server.id).allowed_tools == ["TIME_CONVERT_TIME"]
    instance = composio.mcp.generate(user, server.id)
    assert user in instance["url"]
    renamed = unique("py")
    composio.mcp.update(server.id, name=renamed)
    assert composio.mcp.get(server.id).name == renamed
    assert composio.mcp.delete(server.id)["deleted"]
