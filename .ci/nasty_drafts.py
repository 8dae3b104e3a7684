#!/usr/bin/env python3
"""Writes drafts that strain the typesetter.

Usage: nasty_drafts.py SAMPLES_DIR TARGET_DIR

From the samples, and printed as they are typed: 200 demands; every blank as long as people ever make it; a letter
of 6000 字, and one of 6000 Latin letters, in one piece; nothing but Latin; rare characters with Latin words, and
nothing but rare characters. In unprintable/: emoji, marks of direction, combining marks and other characters that
no typeface here has or nobody sees.
"""
import copy
import json
import pathlib
import random
import sys

# Of the table of standard characters, level three, and beyond: names of chemicals, places and people.
RARE = "锕氡砹镎钷锘铹𬭊𬭳𬭛𨧀𬬻𬬭烷烯炔羟羧羰醌吲哚呋喃噻唑嘌呤噁硼嗪蒽菲芘苝㛃㙍㵾䲟䴙䴘犇骉猋麤龘靐齉爩鱻麣灪"
LATIN = "GB/T 4754-2017 Supercalifragilisticexpialidocious ≥85 ℃ 5×10⁻³ mol·L⁻¹ α-Al₂O₃ https://example.com/a?b=c&d=e#f"


# Without a space, a hyphen or a mark at which a line could end.
UNBROKEN = "Pneumonoultramicroscopicsilicovolcanoconiosis"
MIXED = (
    "🚀👨‍👩‍👧🇨🇳👍🏽①②③ \u202eright to left\u202c e\u0301 n\u0303\u0323 ﷽ שלום עולם مرحبا بالعالم हिन्दी ไทย "
    "한국어 \u200b\u200d\ufeff葛\U000e0101 🏭️ \U0001f9d1\u200d\U0001f52c ｶﾞ か\u3099 \u2028\u00ad"
)
# A notice's limits: 字 of a letter, of 企业概况.
LETTER, PROFILE = 6000, 500
# No notice limits these.
LINE, DEMAND = 200, 3000


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


def filled(draft, line, text):
    """Every blank typed by hand: lines from `line(length)`, paragraphs from `text(length)`."""
    draft = without_evidence(copy.deepcopy(draft))
    company = draft["company"]
    for key in ("name", "address", "email"):
        company[key] = line(LINE)
    for person in ("legal_representative", "contact"):
        company[person]["name"] = line(LINE // 4)
    company["contact"]["title"] = line(LINE // 4)
    for key in ("province", "city", "county"):
        company["region"][key] = line(LINE // 4)
    for demand in draft["demands"]:
        demand["name"] = line(LINE)
        for key in demand["content"]:
            demand["content"][key] = text(DEMAND)
    for key in ("provincial_body", "ministry_body"):
        draft["recommendation"][key] = line(LINE // 4)
    draft["matching"]["profile"] = text(PROFILE)
    for letter in draft["applications"]:
        letter["item"].update(name=line(LINE), code=line(LINE // 4))
        sections = 8
        for key in ("introduction", "capability", "cooperation"):
            letter[key] = text(LETTER // sections)
        for key in letter["plan"]:
            letter["plan"][key] = text(LETTER // sections)
    return draft


def in_one_piece(solver, text):
    """A letter of one paragraph."""
    draft = without_evidence(copy.deepcopy(solver))
    for letter in draft["applications"]:
        letter["introduction"] = text(LETTER)
    return draft


def repeated(words):
    return lambda length: (words * (length // len(words) + 1))[:length]


def rare_only(length):
    words = random.Random(length)
    return "".join(words.choice(RARE) for _ in range(length))


def printable(samples):
    """Drafts of both roles, by their names."""
    drafts = {"many-demands": many_demands(samples["demander"]), "rare-and-latin": rare_letter(samples["solver"])}
    drafts["in-one-piece"] = in_one_piece(samples["solver"], repeated("研发材料工艺装备检测标准产品客户市场团队"))
    drafts["latin-in-one-piece"] = in_one_piece(samples["solver"], repeated(UNBROKEN))
    long = repeated("本公司长期从事新材料的研发、生产和销售，产品“质量稳定”，")
    paragraphs = repeated("本公司长期从事新材料的研发，2023年投入1973万元，占6.9%；\n")
    for role, sample in samples.items():
        drafts[f"at-its-limits-{role}"] = filled(sample, long, paragraphs)
        drafts[f"latin-{role}"] = filled(sample, repeated(UNBROKEN), repeated(LATIN + " "))
        drafts[f"rare-{role}"] = filled(sample, rare_only, rare_only)
    return drafts


def main(samples, target):
    target = pathlib.Path(target)
    samples = {role: load(pathlib.Path(samples), f"{role}-shanghai-2024") for role in ("solver", "demander")}
    mixed = repeated(MIXED)
    lines = lambda length: mixed(length).replace("\u2028", "")
    folders = {
        target: printable(samples),
        target / "unprintable": {f"mixed-{role}": filled(sample, lines, mixed) for role, sample in samples.items()},
    }
    for folder, drafts in folders.items():
        folder.mkdir(parents=True, exist_ok=True)
        for name, draft in drafts.items():
            (folder / f"{name}.json").write_text(json.dumps(draft, ensure_ascii=False, indent=2), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
