#!/usr/bin/env python3
"""Writes a draft whose evidence is every file of a folder, beside the files as the program keeps them.

Usage: strange_evidence.py SAMPLES_DIR EVIDENCE_DIR DRAFT.json
"""
import hashlib
import json
import pathlib
import sys


def extension(content):
    if content.startswith(b"\xff\xd8"):
        return "jpg"
    return "png" if content.startswith(b"\x89PNG") else "pdf"


def main():
    samples, evidence, target = map(pathlib.Path, sys.argv[1:])
    draft = json.loads((samples / "solver-shanghai-2024.json").read_text(encoding="utf-8"))
    kept = target.with_suffix(".files")
    kept.mkdir(parents=True)
    pieces = []
    for file in sorted(evidence.iterdir()):
        if file.suffix in (".md", ".sh"):
            continue
        content = file.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        (kept / f"{sha256}.{extension(content)}").write_bytes(content)
        attachment = {"name": file.name, "sha256": sha256, "bytes": len(content)}
        pieces.append({"kind": "other", "name": file.stem, "files": [attachment]})
    draft["applications"] = draft["applications"][:1]
    draft["applications"][0]["evidence"] = pieces
    target.write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
