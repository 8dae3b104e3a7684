"""Gives every hostile file to the program and holds it to its bounds. Started by .ci/hostile."""
import collections
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

import documents
import drafts
import fonts
import notices
import packages
import papers
import pictures
from case import FAULTS

MOST_MEMORY = 512 << 20
MOST_SECONDS = 10.0
KINDS = {
    "package": packages, "draft": drafts, "notice": notices, "picture": pictures,
    "pdf": papers, "docx": documents, "font": fonts,
}


def tree(folder):
    """Every path below a folder, with length and kind; what lies in them is not to change. The log says what
    was done, whatever was given."""
    found = {}
    log = folder / "data" / "log"
    for path in sorted(folder.rglob("*")):
        if path == log or log in path.parents:
            continue
        about = path.lstat()
        is_file = path.is_file() and not path.is_symlink()
        found[str(path.relative_to(folder))] = (about.st_mode, about.st_size if is_file else 0, about.st_mtime_ns if is_file else 0)
    return found


def most_memory(process):
    """The most memory a running process has had, bytes; 0 once it has ended."""
    try:
        with open(f"/proc/{process}/status", encoding="utf-8") as status:
            lines = [line for line in status if line.startswith("VmHWM:")]
    except OSError:
        return 0
    return int(lines[0].split()[1]) * 1024 if lines else 0


def measured(command, folder):
    """Runs a command: status, what it says, most memory and time."""
    environment = {
        "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "PATH": "/usr/bin:/bin",
        "JIEBANG_DATA_DIR": str(folder / "data"), "LC_ALL": "C.UTF-8",
    }
    with tempfile.TemporaryFile() as said:
        began = time.monotonic()
        child = subprocess.Popen(
            [str(part) for part in command], cwd=folder, env=environment,
            stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT,
        )
        # The status is taken with the time the child used, which Popen does not tell; its most memory
        # as the kernel has it for the program alone, without that of this one before it became another.
        memory = 0
        while True:
            memory = max(memory, most_memory(child.pid))
            done, status, used = os.wait4(child.pid, os.WNOHANG)
            if done:
                break
            if time.monotonic() - began > 4 * MOST_SECONDS:
                child.kill()
            time.sleep(0.01)
        child.returncode = os.waitstatus_to_exitcode(status)
        # On a machine that others load, the time of the program itself.
        taken = min(time.monotonic() - began, used.ru_utime + used.ru_stime + 0.01)
        said.seek(0)
        return child.returncode, said.read().decode(errors="replace"), memory, taken


def complaints(case, folder, before, status, said, memory):
    """What is wrong with the way a command ended."""
    if status not in case.ends:
        yield f"status {status}"
    if re.search(r"panicked|RUST_BACKTRACE|os error|Error\b|overflow", said):
        yield "an internal message"
    if not re.search("[\u4e00-\u9fa5]", said):
        yield "no Chinese message"
    if re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08\x0b-\x1f\x7f]", said):
        yield "control characters in the message"
    missing = [words for words in case.says if words not in said]
    if status != 0 and missing:
        yield f"the message lacks {missing}"
    if memory > MOST_MEMORY:
        yield f"{memory >> 20} MB"
    allowed = tuple(case.writes)
    after = tree(folder)
    new = [path for path in after if path not in before and not path.startswith(allowed)]
    changed = [path for path in before if after.get(path, before[path]) != before[path] and not before[path][1] == 0]
    gone = [path for path in before if path not in after]
    if new or changed or gone:
        yield f"written {new}, changed {changed}, gone {gone}"


def try_case(case, program, letter):
    """Runs a case in a folder of its own; gives faults, memory and time."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="hostile-"))
    try:
        for name in ("home", "tmp", "data"):
            (folder / name).mkdir()
        command = case.build(folder)
        command = [letter if command[0] == "letter" else program, *command[1:]]
        before = tree(folder)
        status, said, memory, seconds = measured(command, folder)
        if seconds > MOST_SECONDS:
            # Others may have had the machine: once more.
            shutil.rmtree(folder / "out", ignore_errors=True)
            shutil.rmtree(folder / "data" / "drafts", ignore_errors=True)
            status, said, memory, seconds = measured(command, folder)
        faults = list(complaints(case, folder, before, status, said, memory))
        if seconds > MOST_SECONDS:
            faults.append(f"{seconds:.1f} s")
        if os.environ.get("HOSTILE_SAID"):
            print(f"-- {case.name}: {status}, {memory >> 20} MB, {seconds:.2f} s\n{said[:600]}")
        return faults, memory, seconds, said
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    root, program = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    letter = pathlib.Path(sys.argv[3]).resolve() if len(sys.argv) > 3 and sys.argv[3] != "-" else None
    wanted = sys.argv[4:] or list(KINDS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    table, bad, seen = collections.OrderedDict(), 0, 0
    every = int(os.environ.get("HOSTILE_EVERY", "1"))
    for kind in wanted:
        for case in KINDS[kind].cases(root):
            if case.is_letter and letter is None:
                continue
            if os.environ.get("HOSTILE_ONLY", "") not in case.name:
                continue
            seen += 1
            if seen % every:
                continue
            faults, memory, seconds, said = try_case(case, program, letter)
            row = table.setdefault(kind, [0, 0, "", 0.0, ""])
            row[0] += 1
            row[1:3] = max((memory, case.name), (row[1], row[2]))
            row[3:5] = max((seconds, case.name), (row[3], row[4]))
            if faults:
                bad += 1
                print(f"{FAULTS}{kind}: {case.name}: {'; '.join(faults)}\n    {said.strip()[:400]}", flush=True)
    print(f"{'kind':10} {'files':>6} {'most memory':>12} {'longest':>9}")
    for kind, (files, memory, of_memory, seconds, of_seconds) in table.items():
        print(f"{kind:10} {files:6} {memory / (1 << 20):9.0f} MB {seconds:7.2f} s   ({of_memory}; {of_seconds})")
    print(f"{'all':10} {sum(row[0] for row in table.values()):6}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
