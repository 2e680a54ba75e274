"""The functions that cells find ready. Each answers a pair: the result, and an error that is empty on success.

They go out through the session that the sandbox belongs to; nothing in here holds a credential.
"""

import json
import os
import re
import socket
import time

from helper_server import ADDRESS
from extract import text_of

MOUNT = "/mnt/files"
seen_tools = set()


def ask(name, **arguments):
    """One question to the workbench outside. Made again for each, so that threads do not wait for each other."""
    try:
        question = json.dumps({"name": name, "arguments": arguments}, allow_nan=False).encode() + b"\n"
    except (TypeError, ValueError, RecursionError) as error:
        hint = " JSON has no NaN and no Infinity: send None in their place." if "not JSON compliant" in str(error) else ""
        return None, f"The arguments cannot be sent as JSON: {error}.{hint}"
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(ADDRESS)
        try:
            connection.sendall(question)
        except BrokenPipeError:
            pass  # It was refused before it was read to its end, and why is to be read.
        parts = []
        while chunk := connection.recv(1 << 20):
            parts.append(chunk)
        if not parts:
            return None, "The workbench did not answer."
        answer = json.loads(b"".join(parts))
        return answer["result"], answer["error"]
    except OSError as error:
        return None, f"The workbench could not be reached: {error}"
    finally:
        connection.close()


def run_composio_tool(tool_slug, arguments=None, retry_params=None, print_schema_for_tool=True, *, account=None):
    """Runs a tool of the session. The payload is under ["data"] of the result."""
    if str(tool_slug).upper().startswith("COMPOSIO_"):
        return {}, f"{tool_slug} is a meta tool: call it outside of the workbench."
    retries = {"max_retries": 3, "delay_ms": 2000, **(retry_params or {})}
    for attempt in range(int(retries["max_retries"]) + 1):
        answer, error = ask("run_tool", tool_slug=tool_slug, arguments=arguments or {}, account=account)
        if not error or not re.search(r"rate.?limit|too many requests|\b429\b", error, re.I):
            break
        if attempt < int(retries["max_retries"]):
            time.sleep(retries["delay_ms"] / 1000)
    if not error and print_schema_for_tool and tool_slug not in seen_tools:
        seen_tools.add(tool_slug)
        print(f"[{tool_slug}] data: {shape(answer.get('data'))}")
    return answer or {}, error


def run_composio_tools(calls, max_workers=16):
    """Runs many tools side by side. Each call is (slug, arguments) or a dict of run_composio_tool's; results in their order."""
    from concurrent.futures import ThreadPoolExecutor

    def one(call):
        if not isinstance(call, dict):
            call = dict(zip(("tool_slug", "arguments"), call))
        return run_composio_tool(**{"print_schema_for_tool": False, **call})

    with ThreadPoolExecutor(max_workers=max(1, min(int(max_workers), 32))) as pool:
        return list(pool.map(one, calls))


def proxy_execute(method, endpoint, toolkit, query_params=None, body=None, headers=None):
    """A request to a toolkit's own API, with the session's account for it. The result is the provider's data."""
    method = str(method).upper()
    if method in ("GET", "DELETE") and body is not None:
        return {}, f"{method} takes no body."
    if method in ("POST", "PUT", "PATCH") and body is None:
        return {}, f"{method} needs a body."
    answer, error = ask(
        "proxy", method=method, endpoint=endpoint, toolkit=toolkit, query=query_params or {}, body=body, headers=headers or {}
    )
    return ({} if answer is None else answer), error


def invoke_llm(query, reasoning_effort=None):
    """Asks the language model that the operator configured. It has no tools."""
    answer, error = ask("ask_model", query=query, effort=reasoning_effort)
    text = answer or ""
    fenced = re.fullmatch(r"\s*```[\w-]*\n(.*?)\n?```\s*", text, re.S)
    return (fenced.group(1) if fenced else text), error


def web_search(query):
    """Searches the web; the answer is text."""
    answer, error = ask("web_search", query=query)
    return answer or "", error


def upload_local_file(*file_paths):
    """Makes files of the sandbox available: a link for the user, and an s3key for tools that take files."""
    paths = [os.path.abspath(path) for path in file_paths]
    missing = [path for path in paths if not os.path.isfile(path)]
    if not paths or missing:
        return {}, f"There is no file {', '.join(missing)}." if missing else "Name at least one file."
    try:
        path = paths[0] if len(paths) == 1 else zipped(paths)
        path = into_mount(path)
    except OSError as error:
        return {}, f"The file could not be copied: {error}"
    answer, error = ask("publish", path=path)
    return answer or {}, error


def smart_file_extract(sandbox_file_path, show_preview=True):
    """The text of a PDF, an image, an office file or a text file."""
    text, error = text_of(sandbox_file_path)
    if text and show_preview:
        print(text[:500] + ("…" if len(text) > 500 else ""))
    return text, error


def get_mount_file_url(path):
    """A link to a file under /mnt/files."""
    answer, error = ask("publish", path=in_mount(path))
    return (answer or {}).get("s3_url", ""), error


def get_mount_file_s3_key(path):
    """The key of a file under /mnt/files, for a tool's file input {name, mimetype, s3key}."""
    answer, error = ask("publish", path=in_mount(path))
    return (answer or {}).get("s3key", ""), error


def in_mount(path):
    return path if path.startswith(MOUNT + "/") else os.path.join(MOUNT, path.lstrip("/"))


def into_mount(path):
    if path.startswith(MOUNT + "/"):
        return path
    import shutil

    os.makedirs(f"{MOUNT}/uploads", exist_ok=True)
    return shutil.copy(path, f"{MOUNT}/uploads/{os.path.basename(path)}")


def zipped(paths):
    import zipfile

    os.makedirs(f"{MOUNT}/uploads", exist_ok=True)
    archive = f"{MOUNT}/uploads/files-{time.strftime('%Y%m%d-%H%M%S')}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in paths:
            file.write(path, os.path.basename(path))
    return archive


def shape(value, depth=0):
    """What an answer looks like, without what is in it."""
    if isinstance(value, dict):
        if depth == 3:
            return "{…}"
        return "{" + ", ".join(f"{key}: {shape(item, depth + 1)}" for key, item in list(value.items())[:20]) + "}"
    if isinstance(value, list):
        return f"[{shape(value[0], depth + 1)}, … {len(value)} in all]" if value else "[]"
    return type(value).__name__


PUBLIC = {
    function.__name__: function
    for function in (
        run_composio_tool,
        run_composio_tools,
        proxy_execute,
        invoke_llm,
        web_search,
        upload_local_file,
        smart_file_extract,
        get_mount_file_url,
        get_mount_file_s3_key,
    )
}
