from pathlib import Path

import pytest

from conftest import unique

pytestmark = pytest.mark.usefixtures("links_to_loopback")


def test_files_of_a_session_are_written_listed_read_and_deleted(composio, user, tmp_path):
    files = composio.create(user_id=user, toolkits=["time"]).experimental.files
    sheet = tmp_path / "animals.csv"
    sheet.write_text("name,size\nant,1\n")
    files.upload(sheet, remote_path="data/animals.csv", mimetype="text/csv")
    files.upload(b"by bytes", remote_path="data/note.txt", mimetype="text/plain")
    listed = {item.mount_relative_path: item.size for item in files.list(path="/data").items}
    assert listed == {"data/animals.csv": 16, "data/note.txt": 8}
    first = files.list(path="data", limit=1)
    second = files.list(path="data", limit=1, cursor=first.next_cursor)
    assert {first.items[0].mount_relative_path, second.items[0].mount_relative_path} == set(listed)
    assert files.download("/data/note.txt").text() == "by bytes"
    saved = files.download("data/animals.csv").save(tmp_path / "saved.csv")
    assert Path(saved).read_text() == sheet.read_text()
    files.delete("data/note.txt")
    assert [item.mount_relative_path for item in files.list(path="data").items] == ["data/animals.csv"]


def test_files_go_into_a_tool_and_come_out_of_it(new_composio, connect_keyed, user, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("Buy milk")
    composio = new_composio(
        dangerously_allow_auto_upload_download_files=True,
        file_upload_dirs=[str(tmp_path)],
        file_download_dir=str(tmp_path / "out"),
    )
    put = composio.tools.execute(
        "FILING_PUT_AWAY",
        {"file": str(note), "title": unique("Kept")},
        user_id=user,
        dangerously_skip_version_check=True,
    )
    assert put["successful"], put
    assert put["data"]["text"] == "Buy milk"
