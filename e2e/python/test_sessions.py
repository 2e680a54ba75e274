import pytest
from composio_client import BadRequestError, NotFoundError

TIME = {"time": "2026-01-20T12:00:00", "from_timezone": "UTC", "to_timezone": "Asia/Tokyo"}


@pytest.fixture(scope="module")
def account_of_ada(connect_keyed):
    return connect_keyed("user_of_python")


@pytest.fixture(scope="module")
def session(composio, account_of_ada):
    return composio.create(
        user_id="user_of_python",
        toolkits=["keyed", "time", "github"],
        manage_connections={"wait_for_connections": True, "callback_url": "https://app.example/done"},
        experimental={"assistive_prompt": {"user_timezone": "Asia/Tokyo"}},
        mcp=True,
    )


def test_a_session_is_created_with_its_configuration_a_prompt_and_an_address_for_mcp(session, platform):
    assert session.session_id.startswith("trs_")
    assert session.config.toolkits.enabled == ["keyed", "time", "github"]
    assert session.config.manage_connections.enable_wait_for_connections is True
    assert "Asia/Tokyo" in session.experimental.assistive_prompt
    assert session.session_id in session.mcp.url
    assert session.mcp.headers == {"x-api-key": platform["apiKey"]}


def test_a_session_is_gone_on_with_by_its_id(composio, session):
    again = composio.use(session_id=session.session_id)
    assert again.config.user_id == "user_of_python"
    assert again.config_version == session.config_version


def test_a_session_runs_tools_and_says_whether_they_succeeded(session, account_of_ada):
    converted = session.execute("TIME_CONVERT_TIME", arguments=TIME)
    assert converted.result_type == "completed"
    assert "21:00" in str(converted.data)
    named = session.execute("KEYED_WHO_AM_I", account=account_of_ada)
    assert (named.data, named.error) == ({"name": "ada"}, None)
    failed = session.execute("TIME_CONVERT_TIME", arguments={**TIME, "to_timezone": "Nowhere/Else"})
    assert failed.result_type == "failed"
    assert "to_timezone" in failed.error


def test_a_session_runs_meta_tools(session):
    found = session.execute_meta(
        "COMPOSIO_SEARCH_TOOLS", arguments={"queries": [{"use_case": "convert a time"}]}
    )
    assert found.result_type == "completed"
    assert "TIME_CONVERT_TIME" in str(found.data)


def test_a_session_finds_tools_by_a_sentence(session):
    found = session.search(query="convert a time into another time zone")
    assert found.success
    assert "TIME_CONVERT_TIME" in found.results[0].primary_tool_slugs


def test_a_session_lists_its_toolkits_page_by_page_and_by_connection(session, account_of_ada):
    first = session.toolkits(limit=2)
    second = session.toolkits(limit=2, next_cursor=first.next_cursor)
    assert sorted(item.slug for item in [*first.items, *second.items]) == ["github", "keyed", "time"]
    (keyed,) = session.toolkits(is_connected=True).items
    assert keyed.connection.is_active
    assert keyed.connection.connected_account.id == account_of_ada
    assert [item.slug for item in session.toolkits(toolkits=["time", "slack"]).items] == ["time"]
    assert [item.slug for item in session.toolkits(search="github").items] == ["github"]


def test_a_session_sends_requests_to_a_provider_as_its_account(session, platform):
    answer = session.proxy_execute(
        toolkit="keyed",
        endpoint=f"{platform['keyedUrl']}/echo",
        method="GET",
        parameters=[{"in": "query", "name": "text", "value": "heard"}],
    )
    assert (answer["status"], answer["data"]) == (200, {"name": "ada", "text": "heard"})


def test_a_session_is_changed_from_the_next_call_on_and_its_history_says_so(composio, user):
    session = composio.create(user_id=user, toolkits=["time", "github"])
    first = session.config_version
    session.update(toolkits={"enable": ["github"]}, instant=False, expected_config_version=first)
    assert session.config.toolkits.enabled == ["github"]
    with pytest.raises(BadRequestError):
        session.execute("TIME_CONVERT_TIME", arguments=TIME)
    newest, before = session.list_config_history(limit=2).items
    assert (newest.version, newest.is_current, before.version) == (session.config_version, True, first)


def test_a_change_of_an_older_version_is_refused(composio, user):
    from composio.exceptions import SessionConfigConflictError

    session = composio.create(user_id=user, toolkits=["time"])
    first = session.config_version
    session.update(toolkits={"enable": ["github"]})
    with pytest.raises(SessionConfigConflictError):
        session.update(toolkits=None, expected_config_version=first)


@pytest.mark.parametrize(
    "blocks",
    [
        {"hooks": [{"type": "before_execute", "id": "h1", "applies_to": "all", "handler": {}}]},
        {"toolkits": {"require_approval": ["keyed"]}},
        {"proxy_execute": False},
    ],
    ids=lambda blocks: next(iter(blocks)),
)
def test_a_session_is_not_made_with_a_limit_that_it_would_not_keep(composio, user, blocks):
    with pytest.raises(BadRequestError):
        composio.create(user_id=user, **blocks)


def test_a_session_is_deleted_and_then_gone(composio, user):
    session = composio.create(user_id=user, toolkits=["time"])
    assert session.delete()["deleted"] is True
    with pytest.raises(NotFoundError):
        composio.use(session_id=session.session_id)
