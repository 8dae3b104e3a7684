#!/usr/bin/env bash
# What the window costs: CPU a key, delay of the page's picture, idle load, memory, first frame.
# Usage: benches/window.sh [PATH/TO/jiebang]; wants a release build. A display and a data folder of its own.
# Needs xvfb, openbox, xdotool and python3. The aims stand in the last column.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.."
jiebang=$(realpath "${1:-${CARGO_TARGET_DIR:-target}/release/jiebang}")
[ -x "$jiebang" ] || { echo "no program at $jiebang: cargo build --release" >&2; exit 2; }
work=$(mktemp -d)
children=()
finish() {
  local child
  for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

keys=${KEYS:-40}
width=1280 height=800

# The frame buffer is a file, so that it can be looked at without asking the server for a picture.
Xvfb -displayfd 3 -screen 0 ${width}x${height}x24 -fbdir "$work" -nolisten tcp 3>"$work/display" 2>/dev/null &
children+=($!)
until [ -s "$work/display" ]; do sleep 0.05; done
DISPLAY=:$(tr -d '\n' <"$work/display")
export DISPLAY HOME=$work/home XDG_DATA_HOME=$work/home/data XDG_CONFIG_HOME=$work/home/config
unset WAYLAND_DISPLAY WAYLAND_SOCKET
mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME"
openbox >/dev/null 2>&1 &
children+=($!)
sleep 0.5

cat >"$work/watch.py" <<'PYTHON'
"""Looks at the frame buffer. first PROGRAM...: ms until there is text. settle X0 X1 KEY: ms from a key
to the last change between the columns X0 and X1."""
import mmap, os, struct, subprocess, sys, time, zlib

screen = open(os.environ["FRAME"], "rb")
data = mmap.mmap(screen.fileno(), 0, prot=mmap.PROT_READ)
header, = struct.unpack(">I", data[:4])
fields = struct.unpack(">25I", data[:100])
height, stride, colours = fields[5], fields[12], fields[19]
start = header + colours * 12

def columns(x0, x1, y0=60, y1=None, step=3):
    crc = 0
    for y in range(y0, y1 or height - 60, step):
        at = start + y * stride
        crc = zlib.crc32(data[at + x0 * 4 : at + x1 * 4], crc)
    return crc

if sys.argv[1] == "first":
    began = time.perf_counter()
    program = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    def useful():
        pixels = set()
        for y in range(40, height - 40, 7):
            at = start + y * stride
            pixels.update(struct.unpack("<%dI" % (stride // 4), data[at : at + stride]))
        return len(pixels) > 50
    while not useful() and time.perf_counter() - began < 20:
        time.sleep(0.002)
    print(program.pid, round((time.perf_counter() - began) * 1000))
else:
    x0, x1, key = int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    before = columns(x0, x1)
    # Conservative: the start of xdotool, some 10 ms, is counted too.
    began, last, changed = time.perf_counter(), before, None
    subprocess.Popen(["xdotool", "key", key])
    while time.perf_counter() - began < 1.2:
        now = columns(x0, x1)
        if now != last:
            last, changed = now, time.perf_counter()
        time.sleep(0.002)
    print(round((changed - began) * 1000) if changed else "none")
PYTHON
export FRAME=$work/Xvfb_screen0

row() { printf '%-46s %10s   %s\n' "$1" "$2" "$3"; }
# Clock ticks (10 ms) the program has used, all threads.
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
# Nanoseconds the window's own thread has used.
window_ns() { awk '{ print $1 }' "/proc/$1/task/$1/schedstat"; }
resident() { awk '/VmRSS/ { printf "%.0f MB", $2 / 1024 }' "/proc/$1/status"; }

close() {
  kill "$1" 2>/dev/null || true
  while kill -0 "$1" 2>/dev/null; do sleep 0.05; done
  sleep 0.3
}

first_frame() {
  local run pid ms list=
  for run in 1 2 3 4; do
    read -r pid ms < <(python3 "$work/watch.py" first "$jiebang")
    [ "$run" = 1 ] || list+="$ms "
    sleep 0.3
    close "$pid"
  done
  row "first useful frame, warm cache (ms)" "$list" "<= 150"
}

# letter NAME PARAGRAPHS_IN_FIRST_SECTION CHARACTERS_EACH OTHER_SECTIONS: a draft with a letter.
letter() {
  python3 - "$work/$1.json" "$2" "$3" "$4" <<'PYTHON'
import json, sys
path, paragraphs, length, others = sys.argv[1], *map(int, sys.argv[2:])
words = "公司围绕阻燃改性材料开展配方设计与工艺验证，形成从小试到量产的完整技术路线，并建立了检测平台。"
text = lambda n: (words * (n // len(words) + 1))[:n]
letter = {"introduction": "\n".join(text(length) for _ in range(paragraphs))}
if others:
    letter |= {part: text(others) for part in ("capability", "cooperation")}
    letter["plan"] = {part: text(others) for part in ("team", "targets", "route", "schedule", "risks")}
draft = {"schema": 1, "notice": "shanghai-2024", "role": "solver", "company": {"name": "示例公司"},
         "applications": [letter]}
json.dump(draft, open(path, "w"), ensure_ascii=False)
PYTHON
}

# type_keys PID KEY: milliseconds of CPU a key: all threads, and the window's own.
type_keys() {
  local before own n
  before=$(ticks "$1") own=$(window_ns "$1")
  for ((n = 0; n < keys; n++)); do
    xdotool key "$2"
    sleep 0.12
  done
  sleep 0.6
  awk -v ticks=$(($(ticks "$1") - before)) -v own=$(($(window_ns "$1") - own)) -v keys="$keys" \
    'BEGIN { printf "%.1f (%.1f)", ticks * 10 / keys, own / 1e6 / keys }'
}

measure() {
  local name=$1 pid ms
  read -r pid ms < <(python3 "$work/watch.py" first "$jiebang" "$work/$name.json")
  sleep 1.5
  xdotool key alt+4
  sleep 1.5
  local place
  for place in ctrl+Home ctrl+End; do
    xdotool key $place
    sleep 0.7
    row "$2, $place: a key (ms CPU; window)" "$(type_keys "$pid" a)" "<= 12"
    row "$2, $place: a backspace" "$(type_keys "$pid" BackSpace)" "<= 12"
  done
  xdotool key ctrl+Home
  sleep 1
  local list= run
  for run in 1 2 3; do list+="$(python3 "$work/watch.py" settle 840 1270 a) "; done
  row "$2: picture of the page after a key (ms)" "$list" "<= 100"
  if [ -n "${SHOT:-}" ]; then import -window root "$SHOT-$name.png"; fi
  sleep 1
  local before
  before=$(ticks "$pid")
  sleep 10
  row "$2: idle, caret blinking (% CPU)" "$(awk -v t=$(($(ticks "$pid") - before)) 'BEGIN { printf "%.1f", t / 10 }')" "<= 1"
  row "$2: resident" "$(resident "$pid")" "<= 150 MB"
  close "$pid"
}

row what measured aim
[ -n "${ONLY:-}" ] || first_frame
letter paragraphs 20 300 0
letter one 1 6000 0
letter spread 3 250 750
for name in ${ONLY:-spread paragraphs one}; do
  case $name in
    spread) measure spread "6000 字 in eight sections" ;;
    paragraphs) measure paragraphs "6000 字, 20 paragraphs" ;;
    one) measure one "6000 字, one paragraph" ;;
  esac
done
