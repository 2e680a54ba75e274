import asyncio
import os

import httpx
from composio import Composio
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

composio = Composio(
    api_key=os.environ["PATCHBAY_API_KEY"],
    base_url=os.environ.get("PATCHBAY_URL", "http://localhost:3000"),
    allow_tracking=False,
)
mcp = composio.create(user_id="user_a", toolkits=["time"], mcp=True).mcp


async def main():
    async with (
        httpx.AsyncClient(headers=mcp.headers, timeout=60) as http,
        streamable_http_client(mcp.url, http_client=http) as (read, write, _),
        ClientSession(read, write) as client,
    ):
        await client.initialize()
        tools = (await client.list_tools()).tools
        print([tool.name for tool in tools])

        now = {"tool_slug": "TIME_GET_CURRENT_TIME", "arguments": {"timezone": "Asia/Tokyo"}}
        result = await client.call_tool("COMPOSIO_MULTI_EXECUTE_TOOL", {"tools": [now]})
        print(result.content[0].text)


asyncio.run(main())
