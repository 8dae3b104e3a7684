#!/usr/bin/env python3
"""Writes drafts that strain the typesetter.

Usage: nasty_drafts.py SAMPLES_DIR TARGET_DIR

From the samples: 200 demands; a letter of 6000 rare characters and Latin words; a name with emoji and other
characters that no typeface here has.
"""
import copy
import json
import pathlib
import random
import sys

# Of the table of standard characters, level three, and beyond: names of chemicals, places and people.
RARE = "锕氡砹镎钷锘铹𬭊𬭳𬭛𨧀𬬻𬬭烷烯炔羟羧羰醌吲哚呋喃噻唑嘌呤噁硼嗪蒽菲芘苝㛃㙍㵾䲟䴙䴘犇骉猋麤龘靐齉爩鱻麣灪"
LATIN = "GB/T 4754-2017 Supercalifragilisticexpialidocious ≥85 ℃ 5×10⁻³ mol·L⁻¹ α-Al₂O₃ https://example.com/a?b=c&d=e#f"


def load(folder, name):
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def many_demands(demander):
    draft = copy.deepcopy(demander)
    first = draft["demands"][0]
    draft["demands"] = [copy.deepcopy(first) for _ in range(200)]
    for number, demand in enumerate(draft["demands"], 1):
        demand["name"] = f"第{number}项：{demand['name']}"
    return draft


def without_evidence(draft):
    for letter in draft["applications"]:
        letter["evidence"] = []
    return draft


def rare_letter(solver):
    draft = copy.deepcopy(solver)
    words = random.Random(1)
    letter = without_evidence(draft)["applications"][0]
    long = lambda length: "".join(
        f" {words.choice(LATIN.split())} " if n % 40 == 39 else words.choice(RARE) for n in range(length)
    )
    letter["introduction"] = long(700)
    letter["capability"] = long(700)
    for part in letter["plan"]:
        letter["plan"][part] = long(700) + "\n" + "A" * 300 + "\n\n" + long(50)
    letter["cooperation"] = long(600)
    return draft


def emoji_name(solver):
    draft = without_evidence(copy.deepcopy(solver))
    draft["company"]["name"] = "上海🚀示例👨‍👩‍👧材料🇨🇳公司"
    draft["matching"]["profile"] = "①②③ \u202eright to left\u202c e\u0301 ﷽ 🏭" + draft["matching"]["profile"][:100]
    return draft


def main(samples, target):
    samples, target = pathlib.Path(samples), pathlib.Path(target)
    solver, demander = (load(samples, f"{role}-shanghai-2024") for role in ("solver", "demander"))
    drafts = {
        "many-demands": many_demands(demander),
        "rare": rare_letter(solver),
        "emoji": emoji_name(solver),
    }
    target.mkdir(parents=True, exist_ok=True)
    for name, draft in drafts.items():
        (target / f"{name}.json").write_text(json.dumps(draft, ensure_ascii=False, indent=2), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
