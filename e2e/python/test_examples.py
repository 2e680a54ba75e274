"""The examples of the documentation, run as a reader would. That the pages show them as they are: `examples.test.ts`."""

import io
import re
import runpy
import sys
import threading
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
PRINTED = {
    "session.py": [r"Opened issue \d+", "COMPOSIO_SEARCH_TOOLS"],
    "mcp_client.py": ["COMPOSIO_MULTI_EXECUTE_TOOL", "Asia/Tokyo"],
    "session_scope.py": ["TIME_GET_CURRENT_TIME", r"\[Session Restriction\]", "Version 2"],
    "custom_tool.py": ["LOCAL_LOOK_UP_CUSTOMER", "'plan': 'gold'"],
}


class Screen(io.StringIO):
    """What a program prints, read by a person who signs in when they are asked to."""

    def __init__(self, sign_in):
        super().__init__()
        self.sign_in = sign_in
        self.followed = set()

    def write(self, text):
        super().write(text)
        asked = re.search(r"^Sign in here: (\S+)\n", self.getvalue(), re.MULTILINE)
        if asked and asked[1] not in self.followed:
            self.followed.add(asked[1])
            threading.Thread(target=self.sign_in, args=[asked[1]]).start()
        return len(text)


@pytest.mark.parametrize("name", PRINTED)
def test_an_example_prints_what_its_reader_expects(name, platform, sign_in, monkeypatch):
    monkeypatch.setenv("PATCHBAY_API_KEY", platform["apiKey"])
    monkeypatch.setenv("PATCHBAY_URL", platform["baseUrl"])
    monkeypatch.setattr(sys, "stdout", Screen(sign_in))
    runpy.run_path(str(EXAMPLES / name), run_name="__main__")
    for expected in PRINTED[name]:
        assert re.search(expected, sys.stdout.getvalue())


def test_all_examples_are_run():
    assert sorted(path.name for path in EXAMPLES.glob("*.py")) == sorted(PRINTED)
