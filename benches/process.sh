#!/usr/bin/env bash
# Wall time and peak memory of the whole process `jiebang export` of the solver samples, five runs each.
# Wants a release build (cargo build --release) and GNU time. Aim: under 200 ms and 80 MB on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
jiebang=${1:-${CARGO_TARGET_DIR:-target}/release/jiebang}
[ -x "$jiebang" ] || { echo "no program at $jiebang: cargo build --release" >&2; exit 2; }
[ -x /usr/bin/time ] || { echo "GNU time is missing: apt install time" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

printf '%-24s %4s %8s %10s\n' sample run wall RSS
for sample in assets/samples/solver-*.json; do
  for run in 1 2 3 4 5; do
    /usr/bin/time -v -o "$work/time" "$jiebang" --data-dir "$work/data" \
      export "$sample" --date 2024-07-08 --output "$work/out-$run" >/dev/null
    # GNU time gives hundredths of a second.
    awk -v name="$(basename "$sample" .json)" -v run="$run" '
      /Elapsed \(wall clock\)/ { wall = $NF }
      /Maximum resident set size/ { rss = $NF }
      END { printf "%-24s %4d %8s %7.1f MB\n", name, run, wall, rss / 1024 }' "$work/time"
    rm -rf "$work/out-$run"
  done
done
