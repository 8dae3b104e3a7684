"""A hostile file, how it is given to the program, and what must come of it."""
import copy
import dataclasses
import functools
import hashlib
import json
import pathlib
import typing

FAULTS = "FAULT "


@dataclasses.dataclass
class Case:
    name: str
    # Lays the files into the folder and gives the command; its first word is "jiebang" or "letter".
    build: typing.Callable[[pathlib.Path], list]
    ends: tuple = (1, 2)
    # Words of every refusal: the file's name.
    says: tuple = ()
    # Paths below the folder that may appear.
    writes: tuple = ()
    is_letter: bool = False


@functools.cache
def sample(root, role="solver", notice="shanghai-2024"):
    path = pathlib.Path(root) / "assets/samples" / f"{role}-{notice}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def draft(root, role="solver"):
    """A sample without its evidence and figures."""
    made = copy.deepcopy(sample(root, role))
    for letter in made["applications"]:
        letter["evidence"] = []
        for key in ("introduction", "capability", "cooperation"):
            letter[key] = "本公司从事新材料研发。"
        for key in letter["plan"]:
            letter["plan"][key] = "按计划进行。"
    return made


def kept(folder, content, extension):
    """Puts a content beside draft.json as the program keeps it; the attachment."""
    sha256 = hashlib.sha256(content).hexdigest()
    (folder / "draft.files").mkdir(exist_ok=True)
    (folder / "draft.files" / f"{sha256}.{extension}").write_bytes(content)
    return {"name": f"来件.{extension}", "sha256": sha256, "bytes": len(content)}


def with_evidence(root, content, extension):
    """Lays a draft whose one piece of evidence is this content; the command exports it."""
    def build(folder):
        made = draft(root)
        made["applications"] = made["applications"][:1]
        content_now = content() if callable(content) else content
        piece = {"kind": "other", "name": "来件", "files": [kept(folder, content_now, extension)]}
        made["applications"][0]["evidence"] = [piece]
        write(folder / "draft.json", made)
        return ["jiebang", "export", "draft.json", "--force", "--date", "2024-07-08", "-o", "out"]
    return build


def write(path, made):
    path.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")


def given(name, content, *command):
    """Lays one file; the command has its name for `@`."""
    def build(folder):
        path = folder / name
        now = content() if callable(content) else content
        if now is not None:
            path.write_bytes(now)
        return ["jiebang", *(name if word == "@" else word for word in command)]
    return build
