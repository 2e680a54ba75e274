import os

from composio import Composio
from pydantic import BaseModel

composio = Composio(
    api_key=os.environ["PATCHBAY_API_KEY"],
    base_url=os.environ.get("PATCHBAY_URL", "http://localhost:3000"),
    allow_tracking=False,
)


class Customer(BaseModel):
    name: str


# Runs in this process: Patchbay finds it, and never sees what it does.
@composio.experimental.tool
def look_up_customer(input: Customer, ctx):
    """Finds a customer of ours by name."""
    return {"name": input.name, "plan": "gold"}


session = composio.create(
    user_id="user_a",
    toolkits=["time"],
    experimental={"custom_tools": [look_up_customer]},
)

found = session.search(query="look up a customer by name")
print(found.results[0].primary_tool_slugs[0])
print(session.execute("LOOK_UP_CUSTOMER", arguments={"name": "Ada"}).data)
