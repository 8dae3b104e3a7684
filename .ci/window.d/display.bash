# A display of its own with a window manager, the program on it, and hands and eyes for it.
# Sourced by .ci/window, .ci/windows, .ci/debian and .ci/guide-pictures; uses their $work, $jiebang and fail.

# src/app/theme.rs.
light_ground=f7f8fa
dark_ground=15191f

# until_true SECONDS COMMAND...: waits for a command to succeed.
until_true() {
  local last=$(($(now) + $1 * 1000))
  shift
  while ! "$@" >/dev/null 2>&1; do
    [ "$(now)" -lt "$last" ] || return 1
    sleep 0.05
  done
}

# Milliseconds of the clock.
now() {
  echo $((${EPOCHREALTIME//[^0-9]/} / 1000))
}

start_display() {
  # Without -noreset the display begins anew, and refuses whoever comes then, when its last client goes.
  Xvfb -noreset -displayfd 3 -screen 0 1440x1000x24 -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
  children+=($!)
  until_true 20 test -s "$work/display" || fail "no display: $(cat "$work/xvfb.log")"
  DISPLAY=:$(tr -d '\n' <"$work/display")
  export DISPLAY
  unset WAYLAND_DISPLAY WAYLAND_SOCKET
}

# teach_keyboard TEXT...: gives each Chinese character a key. xdotool would change the keyboard at every
# character it does not find there, and a program that is busy misses some of those.
teach_keyboard() {
  xkbcomp "$DISPLAY" "$work/keyboard.xkb" >"$work/xkbcomp.log" 2>&1
  python3 - "$work/keyboard.xkb" "$@" <<'PYTHON'
import re, sys
path, words = sys.argv[1], "".join(sys.argv[2:])
letters = iter(sorted({c for c in words if ord(c) > 127}))
keys = re.compile(r"(key <\w+> \{\s*\[\s*)XF86\w+(\s*\] \};)")
def give(key):
    letter = next(letters, None)
    return key[0] if letter is None else f"{key[1]}U{ord(letter):04X}{key[2]}"
text = keys.sub(give, open(path).read())
assert next(letters, None) is None, "more characters than keys"
open(path, "w").write(text)
PYTHON
  xkbcomp "$work/keyboard.xkb" "$DISPLAY" >>"$work/xkbcomp.log" 2>&1
}

start_window_manager() {
  openbox >"$work/openbox.log" 2>&1 &
  children+=($!)
  until_true 20 wmctrl -m || fail "the window manager does not answer: $(cat "$work/openbox.log")"
  # Nothing is to light up because the pointer lies on it.
  xdotool mousemove 1439 999
}

# Starts the program; $program is its process, $window its window.
start_program() {
  "$jiebang" "$@" >>"$work/output.log" 2>>"$work/errors.log" &
  program=$!
  children+=("$program")
  until_true 30 has_opened_or_ended || fail "no window called 揭榜通 within 30 s"
  kill -0 "$program" 2>/dev/null || fail "the program ended before it had a window"
  window=$(window_of_program)
  until_true 20 has_keyboard || fail "the window does not get the keyboard"
}

# Prints the number of the window; xdotool's own search does not match Chinese names.
window_of_program() {
  local candidate
  for candidate in $(xdotool search --onlyvisible --name . 2>/dev/null); do
    case $(xdotool getwindowname "$candidate" 2>/dev/null) in
      *揭榜通*)
        echo "$candidate"
        return 0
        ;;
    esac
  done
  return 1
}

has_opened_or_ended() {
  window_of_program || ! kill -0 "$program"
}

has_keyboard() {
  [ "$(xdotool getwindowfocus)" = "$window" ]
}

has_ended() {
  ! kill -0 "$program"
}

# title_is PATTERN: of the window, as `case` understands it.
title_is() {
  # shellcheck disable=SC2254
  case $(xdotool getwindowname "$window") in $1) return 0 ;; *) return 1 ;; esac
}

press() {
  xdotool key --clearmodifiers "$@"
}

type_text() {
  xdotool type --delay 30 "$1"
}

# drop FILE...: onto the window. Debian's library is for Debian's own Python.
drop() {
  /usr/bin/python3 "$here/drop.py" "$window" "$@"
}

# What the window looks like now: seen WHAT [COLOUR], see pixels.py.
seen() {
  import -window "$window" -depth 8 "$work/seen.ppm" && python3 "$here/pixels.py" "$work/seen.ppm" "$@"
}

# seen_more COLOUR COUNT, seen_less COLOUR COUNT: pixels of a colour.
seen_more() {
  [ "$(seen count "$1")" -gt "$2" ]
}

seen_less() {
  [ "$(seen count "$1")" -lt "$2" ]
}

# $ring is the place of the keyboard as it was seen last: x y width height kind, or none.
keyboard_moved_from() {
  ring=$(seen ring) && [ "$ring" != "$1" ]
}

# Presses Tab, or the key named, and sees the mark of the keyboard move on.
tab_once() {
  local key=${1:-Tab} before=$ring
  press "$key"
  until_true 15 keyboard_moved_from "$before" || fail "$key does not move the keyboard on from $before"
}

# tab TIMES [KEY]
tab() {
  local times=$1
  ring=$(seen ring)
  while [ "$times" -gt 0 ]; do
    tab_once "${2:-Tab}"
    times=$((times - 1))
  done
}

# Home is drawn with its list: the card to begin with, and at least one below.
home_is_shown() {
  title_is 揭榜通 && [ "$(seen cards)" -ge 2 ]
}

# For tab_until, of the place of the keyboard: a card or a finding, as wide as its list.
is_wide() {
  [ $# -eq 5 ] && [ "$3" -gt 500 ]
}

# The one thing to do next, in the page and not in the bar above it.
is_filled() {
  [ $# -eq 5 ] && [ "$2" -gt 60 ] && [ "$5" = filled ]
}

# The box for the folder: the findings before it are as wide, but nothing to write in.
is_wide_box() {
  [ $# -eq 5 ] && [ "$2" -gt 60 ] && [ "$3" -gt 250 ] && [ "$5" = box ]
}

has_zip() {
  [ "$(find "$1" -maxdepth 1 -name '*.zip' | wc -l)" -eq 1 ]
}

# A place that has just been taken, or is about to be, is seen only some pictures later.
keyboard_rests() {
  local before
  before=$(seen ring)
  sleep 0.2
  ring=$(seen ring) && [ "$ring" = "$before" ]
}

# tab_until CONDITION...: presses Tab until the condition holds for the place of the keyboard.
tab_until() {
  local tries=60
  until_true 15 keyboard_rests || fail "the keyboard does not come to rest"
  # Word splitting is meant: a place is five words.
  # shellcheck disable=SC2086
  until "$@" $ring && until_true 15 keyboard_rests && "$@" $ring; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || fail "60 times Tab do not lead to: $*"
    tab_once
  done
}

# picture NAME: keeps the window in light and in dark where pictures are wanted.
picture() {
  [ -n "$pictures" ] || return 0
  settle
  import -window "$window" "$pictures/$1-light.png"
  press F2
  until_true 15 seen_more "$dark_ground" 10000 || fail "F2 does not turn the window dark"
  settle
  import -window "$window" "$pictures/$1-dark.png"
  press F2
  until_true 15 seen_more "$light_ground" 10000 || fail "F2 does not turn the window light again"
}

# Waits for the page beside the blanks, which is drawn a moment later than they are.
settle() {
  until_true 15 looks_the_same || true
}

looks_the_same() {
  local before
  before=$(seen rough)
  sleep 0.4
  [ "$before" = "$(seen rough)" ]
}
