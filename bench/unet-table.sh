#!/bin/sh
# Speed of training and generation beside the bare library: every row a process of its own, in turn, several rounds.
#
#   bench/unet-table.sh [SECONDS [ROUNDS]]      needs a machine that does nothing else; 20 s and 3 rounds take 20 minutes
#
# Rows 'bare-…' run with all settings as they come; 'tuned-…' and ours with what ./langevin sets before it starts a process.
set -eu
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE # some environments name an older processor than there is; OpenBLAS finds the right one
cd "$(dirname "$0")/.."
seconds=${1:-20}
rounds=${2:-3}
. .mvn/jdk.sh
./mvnw -q -B -pl bench -am -DskipTests -Dmaven.test.skip=true -Dspotless.check.skip=true -Djacoco.skip=true package
./mvnw -q -B -pl bench dependency:build-classpath -Dmdep.outputFile=target/bench.cp -Dmdep.includeScope=runtime >/dev/null
libraries=$(tr ':' '\n' <bench/target/bench.cp | grep -v /langevin/ | tr '\n' ':')
classes="bench/target/classes:core/target/classes:io/target/classes:tensor/target/classes:app/target/classes:$libraries"

row() {
  name=$1
  shift
  "$@" "$JAVA_HOME/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "$classes" dev.langevin.bench.UNetTable "${name%% *}" "${name#* }" "$seconds" |
    sed "s/^/$(printf '%-18s' "$name")/"
}

settings="env MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=67108864"
round=0
while [ "$round" -lt "$rounds" ]; do
  for precision in fp32 bf16; do
    row "peak $precision" $settings
    row "bare-train $precision" env
    row "tuned-train $precision" $settings
    row "train $precision" $settings
    row "bare-infer $precision" env
    row "tuned-infer $precision" $settings
    row "infer $precision" $settings
  done
  round=$((round + 1))
done
