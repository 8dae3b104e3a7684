#!/usr/bin/env python3
"""Reads drafts and what was found in them.

Usage: draft.py has DRAFT.json ADDRESS TEXT     exit 0 where the blank holds the text, and perhaps more
       draft.py is DRAFT.json ADDRESS TEXT      exit 0 where it holds just the text
       draft.py errors JIEBANG DRAFT.json ADDRESS   how many errors `jiebang check` finds in the blank
"""
import json
import subprocess
import sys


def blank(path, address):
    value = json.load(open(path, encoding="utf-8"))
    for part in address.strip("/").split("/"):
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def findings(jiebang, path):
    command = [jiebang, "check", "--format", "json", path]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=False).stdout
    return json.loads(output)["findings"]


def main(what, *rest):
    if what == "has":
        path, address, text = rest
        return 0 if text in blank(path, address) else 1
    if what == "is":
        path, address, text = rest
        return 0 if text == blank(path, address) else 1
    if what == "errors":
        jiebang, path, address = rest
        print(sum(f["field"] == address and f["severity"] == "error" for f in findings(jiebang, path)))
    else:
        sys.exit(__doc__)
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
