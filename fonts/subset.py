#!/usr/bin/env python3
"""由上游包生成本目录的四个字体文件。不联网。

用法：python3 subset.py 输入目录 [输出目录]

输入目录里须有（取得方法见 README.md）：
  expo-google-fonts-noto-serif-sc-0.4.3.tgz
  expo-google-fonts-noto-sans-sc-0.4.3.tgz
  fontsource-lxgw-wenkai-5.3.0.tgz
  Unihan_OtherMappings.txt.bz2
输出目录默认是本脚本所在的目录。
依赖：fonttools 4.68.0、brotli 1.2.1（其他版本也能用，但输出可能不逐字节相同）。
"""
import bz2
import hashlib
import io
import re
import sys
import tarfile
from pathlib import Path

import brotli
from fontTools import subset
from fontTools.ttLib import TTFont

SERIF = "expo-google-fonts-noto-serif-sc-0.4.3.tgz"
SANS = "expo-google-fonts-noto-sans-sc-0.4.3.tgz"
WENKAI = "fontsource-lxgw-wenkai-5.3.0.tgz"
UNIHAN = "Unihan_OtherMappings.txt.bz2"

INPUT_SHA256 = {
    "Unihan_OtherMappings.txt.bz2": "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2",
    "expo-google-fonts-noto-sans-sc-0.4.3.tgz": "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    "expo-google-fonts-noto-serif-sc-0.4.3.tgz": "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
    "fontsource-lxgw-wenkai-5.3.0.tgz": "e796ef6dd20f4eea37625222872095a7d049fa6bfdd6fe80a15dfa22fdf2c7ca",
}

FEATURES = ["ccmp", "chws", "halt", "kern", "locl", "calt", "liga"]

# 符号区段（含首尾）
SYMBOL_RANGES = [
    (0x0020, 0x007E),  # 基本拉丁
    (0x00A0, 0x00FF),  # 拉丁补充-1
    (0x0100, 0x017F),  # 拉丁扩展-A
    (0x0370, 0x03FF),  # 希腊
    (0x0400, 0x04FF),  # 西里尔
    (0x2000, 0x206F),  # 常用标点
    (0x2070, 0x209F),  # 上下标
    (0x20A0, 0x20CF),  # 货币
    (0x2100, 0x214F),  # 类字母符号
    (0x2150, 0x218F),  # 数字形式
    (0x2190, 0x21FF),  # 箭头
    (0x2200, 0x22FF),  # 数学运算符
    (0x2300, 0x23FF),  # 杂项技术符号
    (0x2460, 0x24FF),  # 带圈字母数字
    (0x2500, 0x257F),  # 制表符
    (0x2580, 0x259F),  # 方块元素
    (0x25A0, 0x25FF),  # 几何图形
    (0x2600, 0x26FF),  # 杂项符号
    (0x2700, 0x27BF),  # 装饰符号
    (0x3000, 0x303F),  # 中日韩符号和标点
    (0x3040, 0x309F),  # 平假名
    (0x30A0, 0x30FF),  # 片假名
    (0x3100, 0x312F),  # 注音
    (0x31A0, 0x31BF),  # 注音扩展
    (0x31C0, 0x31EF),  # 笔画
    (0x31F0, 0x31FF),  # 片假名音标扩展
    (0x3200, 0x32FF),  # 带圈中日韩
    (0x3300, 0x33FF),  # 中日韩兼容
    (0xFE10, 0xFE1F),  # 竖排形式
    (0xFE30, 0xFE4F),  # 中日韩兼容形式
    (0xFE50, 0xFE6F),  # 小写变体
    (0xFF00, 0xFFEF),  # 半角和全角
]


def symbols():
    return {c for a, b in SYMBOL_RANGES for c in range(a, b + 1)}


def codec_chars(codec):
    """某双字节编码能表示的全部字符（按 Python 自带编解码器枚举）。"""
    out = set()
    for hi in range(0x81, 0xFF):
        for lo in range(0x40, 0xFF):
            try:
                s = bytes((hi, lo)).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(s) == 1:
                out.add(ord(s))
    return out


def tgh_chars(folder):
    """通用规范汉字表（2013）：Unihan 的 kTGH 字段。"""
    text = bz2.decompress((folder / UNIHAN).read_bytes()).decode("utf-8")
    out = {int(m, 16) for m in re.findall(r"^U\+([0-9A-F]+)\tkTGH\t", text, re.M)}
    if len(out) != 8105:
        sys.exit(f"通用规范汉字表应为 8105 字，读到 {len(out)}")
    return out


def member(folder, archive, name):
    with tarfile.open(folder / archive) as tar:
        return tar.extractfile("package/" + name).read()


def make_subset(data, chars, target):
    opt = subset.Options()
    opt.layout_features = FEATURES
    opt.layout_scripts = ["*"]
    opt.notdef_outline = True
    opt.glyph_names = False
    opt.hinting = False
    opt.name_IDs = ["*"]
    opt.name_languages = ["*"]
    opt.recalc_timestamp = False
    # 只横排；AAT 与编辑器私有表不用
    opt.drop_tables += ["vhea", "vmtx", "VORG", "FFTM", "morx", "feat", "bsln", "prop"]
    font = TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False)
    s = subset.Subsetter(opt)
    s.populate(unicodes=chars)
    s.subset(font)
    font.flavor = None
    font.save(target)


def pack(path):
    """程序内按需解开，文件小一半以上。"""
    Path(f"{path}.br").write_bytes(brotli.compress(path.read_bytes(), quality=11, lgwin=24))
    path.unlink()


def report(path, sets):
    font = TTFont(path, lazy=True)
    cmap = set(font.getBestCmap())
    name = font["name"]
    print(f"{path.name}: {path.stat().st_size} 字节，{font['maxp'].numGlyphs} 字形，{len(cmap)} 码位，"
          f"fsType={font['OS/2'].fsType}，glyf={'glyf' in font}，"
          f"{name.getDebugName(1)} / {name.getDebugName(2)}")
    for label, chars in sets.items():
        print(f"  {label}: {len(chars & cmap)} / {len(chars)}")
    print("  " + " ".join(f"{c}{'有' if ord(c) in cmap else '无'}" for c in "□☐☑☒■✓\U0002CB4E"))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    src = Path(sys.argv[1])
    dst = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parent
    for name, want in INPUT_SHA256.items():
        got = hashlib.sha256((src / name).read_bytes()).hexdigest()
        if got != want:
            sys.exit(f"{name} 的 SHA-256 不符：{got}")

    gb2312, gbk, tgh, sym = codec_chars("gb2312"), codec_chars("gbk"), tgh_chars(src), symbols()

    # 宋体常规：整字体原样
    (dst / "NotoSerifSC-Regular.ttf").write_bytes(
        member(src, SERIF, "400Regular/NotoSerifSC_400Regular.ttf"))
    make_subset(member(src, SERIF, "700Bold/NotoSerifSC_700Bold.ttf"),
                gb2312 | tgh | sym, dst / "NotoSerifSC-Bold.ttf")
    make_subset(member(src, SANS, "400Regular/NotoSansSC_400Regular.ttf"),
                gbk | tgh | sym, dst / "NotoSansSC-Regular.ttf")
    # 5.3.0 包里 500 就是文楷 Regular（OS/2 字重 400），整字体一个文件
    make_subset(member(src, WENKAI, "files/lxgw-wenkai-latin-500-normal.woff2"),
                gb2312 | tgh | sym, dst / "LXGWWenKai-Regular.ttf")

    for out, archive, name in (
        ("OFL-NotoSerifSC.txt", SERIF, "LICENSE_FONT"),
        ("OFL-NotoSansSC.txt", SANS, "LICENSE_FONT"),
        ("OFL-LXGWWenKai.txt", WENKAI, "LICENSE"),
    ):
        (dst / out).write_bytes(member(src, archive, name))

    for n in ("NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Regular", "LXGWWenKai-Regular"):
        report(dst / f"{n}.ttf", {"GB2312": gb2312, "GBK": gbk, "通用规范汉字表": tgh, "符号区段": sym})
        # 黑体是界面的字体，一启动就要用，不压。
        if n != "NotoSansSC-Regular":
            pack(dst / f"{n}.ttf")


if __name__ == "__main__":
    main()
