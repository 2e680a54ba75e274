import os

from composio import Composio

composio = Composio(
    api_key=os.environ["PATCHBAY_API_KEY"],
    base_url=os.environ.get("PATCHBAY_URL", "http://localhost:3000"),
    allow_tracking=False,
)

# One session binds one user to the tools and accounts that this user may use.
session = composio.create(user_id="user_a", toolkits=["github"])

# The user signs in once; the account then works in all their sessions.
connection = session.authorize("github")
print("Sign in here:", connection.redirect_url)
connection.wait_for_connection()

issue = session.execute(
    "GITHUB_CREATE_AN_ISSUE",
    arguments={"owner": "octocat", "repo": "hello-world", "title": "Hello from Patchbay"},
)
print("Opened issue", issue.data["number"])

# For an agent: the tools in the form that the model's provider wants them.
print([tool["function"]["name"] for tool in session.tools()])
