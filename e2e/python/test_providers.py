"""The tools of a session in the forms of agent frameworks. No model is asked: its calls are made up."""

import json

from composio_langchain import LangchainProvider
from composio_openai import OpenAIProvider
from openai.types.chat import ChatCompletion

TIME = {"time": "2026-01-20T12:00:00", "from_timezone": "UTC", "to_timezone": "Asia/Tokyo"}
TOOL = "TIME_CONVERT_TIME"


def completion(*calls):
    """What OpenAI's API answers when the model wants tools to be called."""
    tool_calls = [
        {"id": f"call_{at}", "type": "function", "function": {"name": name, "arguments": json.dumps(given)}}
        for at, (name, given) in enumerate(calls)
    ]
    message = {"role": "assistant", "content": None, "tool_calls": tool_calls}
    choice = {"index": 0, "finish_reason": "tool_calls", "message": message}
    return ChatCompletion.model_validate(
        {"id": "c", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
    )


def test_openai_gets_functions_and_runs_what_the_model_calls(new_composio, user):
    composio = new_composio(OpenAIProvider())
    session = composio.create(user_id=user, toolkits=["time"], preload={"tools": [TOOL]})
    functions = {tool["function"]["name"]: tool["function"] for tool in session.tools()}
    assert functions[TOOL]["parameters"]["type"] == "object"
    assert set(functions[TOOL]["parameters"]["required"]) == set(TIME)
    calls = completion((TOOL, TIME), (TOOL, {**TIME, "to_timezone": "Nowhere"}))
    done, failed = composio.provider.handle_tool_calls(session=session, response=calls)
    assert done["successful"] and "21:00" in json.dumps(done["data"])
    assert not failed["successful"] and "to_timezone" in failed["error"]


def test_openai_runs_tools_without_a_session(new_composio, user):
    composio = new_composio(OpenAIProvider())
    (tool,) = composio.tools.get(user, slug=TOOL)
    assert tool["function"]["name"] == TOOL
    (done,) = composio.provider.handle_tool_calls(user, completion((TOOL, TIME)))
    assert done["successful"] and "21:00" in json.dumps(done["data"])


def test_langchain_gets_structured_tools_that_run(new_composio, user):
    session = new_composio(LangchainProvider()).create(
        user_id=user, toolkits=["time"], preload={"tools": [TOOL]}
    )
    tools = {tool.name: tool for tool in session.tools()}
    assert set(tools[TOOL].args) == set(TIME)
    done = tools[TOOL].invoke(TIME)
    assert done["successful"] and "21:00" in json.dumps(done["data"])
    assert "COMPOSIO_SEARCH_TOOLS" in tools


def test_langchain_runs_tools_without_a_session(new_composio, user):
    (tool,) = new_composio(LangchainProvider()).tools.get(user, slug=TOOL)
    assert "21:00" in json.dumps(tool.invoke(TIME))
