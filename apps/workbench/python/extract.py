"""Text out of files, with what the system has: plain text and office files by themselves, PDFs and images by their programs."""

import os
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree

MOST_BYTES = 50 * 1024 * 1024
LIMIT_SECONDS = 120


def text_of(path):
    if not os.path.isfile(path):
        return "", f"There is no file {path}."
    if os.path.getsize(path) > MOST_BYTES:
        return "", f"{path} is larger than {MOST_BYTES // 2**20} MB."
    kind = os.path.splitext(path)[1].lower()
    try:
        if kind == ".pdf":
            return by_program("pdftotext", ["-layout", path, "-"], "poppler-utils")
        if kind in (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp"):
            return by_program("tesseract", [path, "-"], "tesseract-ocr")
        if kind in OFFICE:
            return office(path, *OFFICE[kind]), ""
        if kind == ".xlsx":
            return spreadsheet(path), ""
        with open(path, encoding="utf-8") as file:
            text = file.read()
        return (without_tags(text) if kind in (".html", ".htm") else text), ""
    except UnicodeDecodeError:
        return "", f"{path} is neither text nor of a kind that can be read: PDF, image, docx, pptx, xlsx, odt, HTML."
    except Exception as error:
        return "", f"{path} could not be read: {error}"


def by_program(program, arguments, package):
    if not shutil.which(program):
        return "", f"{program} is not installed where the workbench runs; the operator adds it with the package {package}."
    done = subprocess.run([program, *arguments], capture_output=True, timeout=LIMIT_SECONDS)
    if done.returncode:
        return "", done.stderr.decode("utf-8", "replace").strip()[:500]
    return done.stdout.decode("utf-8", "replace").strip(), ""


# Which parts hold text, and which element ends a line.
OFFICE = {
    ".docx": (r"word/document\.xml", "p"),
    ".pptx": (r"ppt/slides/slide\d+\.xml", "p"),
    ".odt": (r"content\.xml", "p"),
}


def office(path, parts, line):
    lines = []
    with zipfile.ZipFile(path) as archive:
        for name in sorted((name for name in archive.namelist() if re.fullmatch(parts, name)), key=by_number):
            for element in part(archive, name).iter():
                if local(element) == line:
                    lines.append("".join(element.itertext()))
    return "\n".join(lines).strip()


def spreadsheet(path):
    rows = []
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            shared = ["".join(item.itertext()) for item in part(archive, "xl/sharedStrings.xml") if local(item) == "si"]
        for name in sorted((name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)), key=by_number):
            for row in part(archive, name).iter():
                if local(row) == "row":
                    rows.append("\t".join(cell_text(cell, shared) for cell in row))
    return "\n".join(rows)


def cell_text(cell, shared):
    text = "".join("".join(child.itertext()) for child in cell if local(child) in ("v", "is"))
    return shared[int(text)] if cell.get("t") == "s" and text else text


def part(archive, name):
    if archive.getinfo(name).file_size > MOST_BYTES:
        raise ValueError(f"its part {name} is too large")
    return ElementTree.fromstring(archive.read(name))


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def by_number(name):
    return [int(number) for number in re.findall(r"\d+", name)]


def without_tags(text):
    import html

    text = re.sub(r"(?is)<(script|style).*?</\1>", " ", text)
    return re.sub(r"\s*\n\s*", "\n", html.unescape(re.sub(r"(?s)<[^>]+>", " ", text))).strip()
