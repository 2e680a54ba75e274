"""MCP clients from PyPI. Each lists the session's tools and calls one; noon in London is nine in the evening in Tokyo."""

import asyncio
import tomllib

import httpx
import pytest
from agents.mcp import MCPServerStreamableHttp
from langchain_mcp_adapters.client import MultiServerMCPClient
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

TOOL = "TIME_CONVERT_TIME"
GIVEN = {"time": "2026-03-01T12:00:00", "from_timezone": "UTC", "to_timezone": "Asia/Tokyo"}


@pytest.fixture(scope="module")
def mcp(composio):
    session = composio.create(
        user_id="user_of_mcp", toolkits=["time"], preload={"tools": [TOOL]}, mcp=True
    )
    return session.mcp


def test_the_official_sdk_lists_and_calls(mcp):
    async def talk():
        async with (
            httpx.AsyncClient(headers=mcp.headers) as http,
            streamable_http_client(mcp.url, http_client=http) as (read, write, _),
            ClientSession(read, write) as client,
        ):
            greeting = await client.initialize()
            assert "COMPOSIO_SEARCH_TOOLS" in greeting.instructions
            tools = (await client.list_tools()).tools
            assert TOOL in [tool.name for tool in tools]
            # It checks what it is given against the tool's output schema by itself.
            answer = await client.call_tool(TOOL, GIVEN)
            assert "21:00" in str(answer.structuredContent)
            refused = await client.call_tool(TOOL, {**GIVEN, "to_timezone": "Nowhere"})
            assert refused.isError

    asyncio.run(talk())


def test_the_official_sdk_is_refused_without_the_key(mcp):
    async def talk():
        async with (
            streamable_http_client(mcp.url) as (read, write, _),
            ClientSession(read, write) as client,
        ):
            await client.initialize()

    with pytest.raises(BaseExceptionGroup) as refused:
        asyncio.run(asyncio.wait_for(talk(), 10))
    assert refused.group_contains(httpx.HTTPStatusError, match="401")


def test_codex_is_set_up_as_the_api_prints_it(composio, mcp, platform):
    session_id = mcp.url.split("/")[-2]
    answer = httpx.get(
        f"{platform['baseUrl']}/api/v3.1/tool_router/session/{session_id}/mcp_clients",
        headers={"x-api-key": platform["apiKey"]},
    )
    codex = answer.json()["clients"]["codex"]
    assert (codex["kind"], codex["path"]) == ("file", "~/.codex/config.toml")
    server = tomllib.loads(codex["content"])["mcp_servers"]["patchbay"]
    assert server == {"url": mcp.url, "env_http_headers": {"x-api-key": "PATCHBAY_API_KEY"}}


def test_langchain_lists_and_calls(mcp):
    async def talk():
        connection = {"transport": "streamable_http", "url": mcp.url, "headers": mcp.headers}
        tools = await MultiServerMCPClient({"patchbay": connection}).get_tools()
        tool = next(tool for tool in tools if tool.name == TOOL)
        assert "21:00" in str(await tool.ainvoke(GIVEN))

    asyncio.run(talk())


def test_openai_agents_list_and_call(mcp):
    async def talk():
        async with MCPServerStreamableHttp(params={"url": mcp.url, "headers": mcp.headers}) as server:
            assert TOOL in [tool.name for tool in await server.list_tools()]
            assert "21:00" in str(await server.call_tool(TOOL, GIVEN))

    asyncio.run(talk())
