"""An XLSX's sheets, read by a process of its own (``xlsx_reader.py``) with limits on its work."""

import io
import json
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

from associations.cells import Refused, Sheet, SheetName

MEGABYTE = 1024 * 1024
LARGEST_UNPACKED = 50 * MEGABYTE
MEMORY = 512 * MEGABYTE
PROCESSOR_SECONDS = 2
PATIENCE = 20  # seconds on the wall, for a machine that is busy with other things
MOST_PARTS = 2_000  # files in the zip that an XLSX is

TOO_SLOW = "Filen tog för lång tid att läsa. Spara bladet som CSV i stället."
UNREADABLE = "Filen går inte att läsa som XLSX. Spara den på nytt, eller som CSV."
_HOUSE = str(Path(__file__).resolve().parent.parent)
_PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from associations import xlsx_reader; xlsx_reader.main(sys.argv[2:])"
)


def read_sheets(content, limits):
    """Return [(SheetName, Sheet or None)] of a workbook, in its order. Raises Refused."""
    check_archive(content)
    most = [LARGEST_UNPACKED, limits.rows, limits.columns, limits.letters]
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", _PROGRAM, _HOUSE,
             *map(str, [*most, MEMORY, PROCESSOR_SECONDS])],
            input=content, capture_output=True, timeout=PATIENCE, check=False, env={},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Refused(TOO_SLOW) from None
    if done.returncode == -signal.SIGXCPU:
        raise Refused(TOO_SLOW)
    if done.returncode == 3:
        raise Refused(done.stdout.decode())
    if done.returncode != 0:
        raise Refused(UNREADABLE)
    return [
        (SheetName(**name), Sheet.from_plain(sheet) if sheet else None)
        for name, sheet in json.loads(done.stdout)
    ]


def check_archive(content):
    """Look at the zip's directory before anything is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise Refused("Filen är skadad: den går inte att packa upp.") from None
    names = {entry.filename.lower() for entry in entries}
    if "content.xml" in names:
        raise Refused("Filen är i formatet ODS. Spara den som XLSX eller CSV.")
    if "xl/workbook.bin" in names:
        raise Refused("Filen är i formatet XLSB. Spara den som XLSX eller CSV.")
    if {"index/document.iwa", "index.zip"} & names:
        raise Refused("Filen är i Numbers eget format. Exportera den som XLSX eller CSV.")
    if "xl/workbook.xml" not in names:
        raise Refused("Filen är inte ett kalkylark i formatet XLSX.")
    if len(entries) > MOST_PARTS:
        raise Refused("Filen har för många delar. Spara bladet för sig, eller som CSV.")
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
        raise Refused("Filen har makron. Spara den som XLSX utan makron.")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused("Filen blir större än 50 MB när den packas upp.")
