#!/bin/sh
# Kills 'langevin fit' at random moments and resumes it, and compares the end with a run that nobody disturbed:
#   every resume must succeed, no run may lose more than a checkpoint interval, the weights must be equal to the last bit.
#
#   bench/kill-and-resume.sh [KILLS] [FOLDER]        (default: 20 kills, a fresh temporary folder)
#
# A run lives until it has written a checkpoint, and then a random time of up to LONGEST seconds (default 2). LANGEVIN is the command to run (default: ./langevin
# beside this folder), STEPS the length of the run (default 6000).
set -eu
kills=${1:-20}
folder=${2:-$(mktemp -d)}
mkdir -p "$folder"
langevin=${LANGEVIN:-$(dirname "$0")/../langevin}
steps=${STEPS:-6000}
longest=${LONGEST:-2}
interval=0.2 # seconds between checkpoints

fit() { # MODEL: the same command every time; exec, so that a kill meets the program itself
  # shellcheck disable=SC2086
  exec $langevin fit digits --out "$1" --steps "$steps" --size 8 --batch 8 --seed 3 --threads 1 --checkpoint-every $interval --quiet
}
sha() { sha256sum "$1/weights.safetensors" | cut -d ' ' -f 1; }
at() { # the step of the last checkpoint, from the file's header
  [ -f "$1/training.safetensors" ] || { echo 0; return; }
  head -c 65536 "$1/training.safetensors" | tr '\000' ' ' | grep -a -o '"step":"[0-9]*"' | head -n 1 | tr -dc 0-9
}

(fit "$folder/whole")
killed=0
before=0
while [ "$killed" -lt "$kills" ]; do
  (fit "$folder/killed") &
  pid=$!
  while [ "$(at "$folder/killed")" -le "$before" ] && kill -0 $pid 2>/dev/null; do sleep 0.1; done
  sleep "$(awk -v n="$killed" -v b="$longest" 'BEGIN { srand(n + 17); printf "%.2f", rand() * b }')"
  if ! kill -9 $pid 2>/dev/null; then
    wait $pid || { echo "a resumed run failed by itself" >&2; exit 1; }
    echo "the run ended after $killed kills: ask for more STEPS" >&2
    break
  fi
  wait $pid 2>/dev/null || :
  killed=$((killed + 1))
  now=$(at "$folder/killed")
  [ "$now" -gt "$before" ] || { echo "kill $killed: went from step $before to $now" >&2; exit 1; }
  echo "kill $killed: the checkpoint is of step $now"
  before=$now
done
(fit "$folder/killed")
[ "$(sha "$folder/whole")" = "$(sha "$folder/killed")" ] || { echo "the weights differ" >&2; exit 1; }
echo "$killed kills, every resume succeeded, and the weights are equal to the last bit"
