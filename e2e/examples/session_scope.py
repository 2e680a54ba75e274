import os

from composio import Composio
from composio_client import BadRequestError

composio = Composio(
    api_key=os.environ["PATCHBAY_API_KEY"],
    base_url=os.environ.get("PATCHBAY_URL", "http://localhost:3000"),
    allow_tracking=False,
)

# Only what reads, of two toolkits; one tool is at hand without a search.
session = composio.create(
    user_id="user_a",
    toolkits=["github", "time"],
    tags=["readOnlyHint"],
    preload={"tools": ["TIME_GET_CURRENT_TIME"]},
)
print([tool["function"]["name"] for tool in session.tools()])

# Refused, by this and every other door.
try:
    issue = {"owner": "octocat", "repo": "hello-world", "title": "No"}
    session.execute("GITHUB_CREATE_AN_ISSUE", arguments=issue)
except BadRequestError as error:
    print(error)

# From the next call on.
session.update(toolkits={"enable": ["time"]}, preload={"tools": []})
print("Version", session.config_version)
