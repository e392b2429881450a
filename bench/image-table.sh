#!/bin/sh
# The image protocol: three ways to learn, equal time each, the same evaluations of the network, the same figures.
#
#   bench/image-table.sh TRAIN-IMAGES OUT [MINUTES [SAMPLES]]
#
#   bench/image-table.sh train-images-idx3-ubyte.gz table 60 5000      three hours of two cores to learn, about as long to draw and judge
#
# Fits 'edm', 'ddpm' and 'smld' for MINUTES each (60), resuming what is there; draws SAMPLES (5000) at 5, 10, 18, 35 and 79 evaluations, of the average of the weights and of the
# last weights; judges each by Fréchet distance, KID, precision and recall beside their floors. Rows go to OUT/table.csv; what is there is not done again.
set -eu
data=$1
out=$2
minutes=${3:-60}
samples=${4:-5000}
langevin="$(cd "$(dirname "$0")/.." && pwd)/langevin"
mkdir -p "$out"
table=$out/table.csv
[ -f "$table" ] || echo "objective,weights,solver,evaluations,frechet,frechet_error,kid,kid_error,1-precision,1-recall" >"$table"

figure() { # value and error of one distance in an evaluation's JSON
  python3 - "$1" "$2" <<'PYTHON'
import json, sys
for row in json.load(open(sys.argv[1]))["comparisons"]:
    if row["distance"] == sys.argv[2]:
        print(row["measured"], row["measured_standard_error"], sep=",")
        break
PYTHON
}

judge() { # objective, weights, model, solver, steps, evaluations
  grep -q "^$1,$2,$4,$6," "$table" && return 0
  name=$out/$1-$2-$4-$6
  "$langevin" generate "$3" -n "$samples" --solver "$4" --steps "$5" --seed 7 --precision bf16 --out "$name.npy" --quiet
  "$langevin" evaluate "$name.npy" --against "$data" --rows "$samples" --distance frechet --distance kid --distance precision --distance recall --out "$name.json" --quiet
  precision=$(figure "$name.json" "1 - precision")
  recall=$(figure "$name.json" "1 - recall")
  echo "$1,$2,$4,$6,$(figure "$name.json" "Fréchet distance"),$(figure "$name.json" "kernel distance (KID)"),${precision%%,*},${recall%%,*}" >>"$table"
  rm -f "$name.npy" "$name.npy.json"
}

for objective in edm ddpm smld; do
  model=$out/$objective.model
  "$langevin" fit "$data" --objective "$objective" --minutes "$minutes" --seed 1 --out "$model"
  [ -d "$out/$objective.raw" ] || "$langevin" ema "$model" --length 0 --out "$out/$objective.raw"
  for weights in model raw; do
    for steps in 5 10 18 35 79; do judge "$objective" "$weights" "$out/$objective.$weights" unipc "$steps" "$steps"; done
    for steps in 3 18 40; do judge "$objective" "$weights" "$out/$objective.$weights" heun "$steps" $((2 * steps - 1)); done
  done
done
column -s, -t "$table" 2>/dev/null || cat "$table"
