#!/usr/bin/env python3
"""Writes a draft whose letter shows every picture of a folder, beside them as the program keeps them.

Usage: figures_of_others.py SAMPLES_DIR PICTURES_DIR DRAFT.json
"""
import hashlib
import json
import pathlib
import sys


def main():
    samples, pictures, target = map(pathlib.Path, sys.argv[1:])
    draft = json.loads((samples / "solver-shanghai-2024.json").read_text(encoding="utf-8"))
    kept = target.with_suffix(".files")
    kept.mkdir(parents=True)
    route = ["各种图片。"]
    for file in sorted([*pictures.glob("*.jpg"), *pictures.glob("*.png")]):
        content = file.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        (kept / f"{sha256}{file.suffix}").write_bytes(content)
        attachment = {"name": file.name, "sha256": sha256, "bytes": len(content)}
        figure = {"caption": f"图片 {file.stem}", "file": attachment, "pixels": [300, 200], "width": 30}
        route += [{"figure": figure}, ""]
    # Shown again, smaller.
    route += [{"figure": {**figure, "caption": "又一次", "width": 10}}, "完。"]
    letter = draft["applications"][0]
    # Other figures lie beside the sample.
    for part in letter, letter["plan"]:
        for name, body in part.items():
            if isinstance(body, list) and name != "evidence":
                part[name] = "\n".join(block for block in body if isinstance(block, str))
    letter["plan"]["route"] = route
    letter["evidence"] = []
    draft["applications"] = [letter]
    target.write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
