import pytest
from composio_langchain import LangchainProvider
from pydantic import BaseModel, Field


class Person(BaseModel):
    name: str = Field(description="Whom to greet")


class Nothing(BaseModel):
    pass


@pytest.fixture(scope="module")
def session(new_composio, connect_keyed):
    composio = new_composio(LangchainProvider())
    connect_keyed("user_with_tools")

    @composio.experimental.tool
    def greet(input: Person, ctx):
        """Greets a person by name, in the process of the caller."""
        return {"greeting": f"Hello, {input.name}"}

    @composio.experimental.tool(extends_toolkit="keyed", preload=True)
    def whose_account(input: Nothing, ctx):
        """Asks a remote tool from inside a local one."""
        return {"whose": ctx.execute("KEYED_WHO_AM_I", {}).data}

    desk = composio.experimental.Toolkit(slug="DESK", name="Desk", description="What lies on the desk.")

    @desk.tool
    def count_pens(input: Nothing, ctx):
        """Counts the pens on the desk."""
        return {"pens": 3}

    return composio.create(
        user_id="user_with_tools",
        toolkits=["keyed", "time"],
        experimental={"custom_tools": [greet, whose_account], "custom_toolkits": [desk]},
    )


def test_tools_of_the_caller_run_in_its_process_and_call_remote_ones(session):
    assert session.execute("GREET", arguments={"name": "Ada"}).data == {"greeting": "Hello, Ada"}
    assert session.execute("LOCAL_DESK_COUNT_PENS").data == {"pens": 3}
    assert session.execute("WHOSE_ACCOUNT").data == {"whose": {"name": "ada"}}


def test_tools_of_the_caller_are_found_by_a_search(session):
    found = session.search(query="count the pens on the desk")
    assert found.results[0].primary_tool_slugs[0] == "LOCAL_DESK_COUNT_PENS"


def test_a_preloaded_tool_of_the_caller_is_at_hand(session):
    names = [tool.name for tool in session.tools()]
    assert "LOCAL_KEYED_WHOSE_ACCOUNT" in names
    assert "LOCAL_GREET" not in names


def test_remote_tools_and_those_of_the_caller_run_together(session):
    several = next(tool for tool in session.tools() if tool.name == "COMPOSIO_MULTI_EXECUTE_TOOL")
    outcome = several.invoke(
        {
            "sync_response_to_workbench": False,
            "tools": [
                {"tool_slug": "KEYED_WHO_AM_I", "arguments": {}},
                {"tool_slug": "LOCAL_GREET", "arguments": {"name": "Grace"}},
                {"tool_slug": "NO_SUCH_TOOL", "arguments": {}},
            ],
        }
    )
    remote, own, unknown = outcome["data"]["results"]
    assert remote["response"]["data"] == {"name": "ada"}
    assert own["response"]["data"] == {"greeting": "Hello, Grace"}
    assert "NO_SUCH_TOOL" in unknown["error"]
