#!/bin/sh
# What the durable work engine costs, on a PostgreSQL of its own. Arguments: rounds (5), items (10000).
# Prints medians and their ratio to single-row updates measured in the same run; see EngineBench.
set -eu
cd "$(dirname "$0")/.."
mvn -o -B -q test-compile
classpath=target/bench-classpath.txt
if [ ! -f "$classpath" ] || [ pom.xml -nt "$classpath" ]; then
  mvn -o -B -q dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$classpath"
fi
log=target/bench-logback.xml
printf '%s\n' '<configuration><root level="OFF"/></configuration>' > "$log"
exec java -Xmx512m -Dlogback.configurationFile="$log" \
  -cp "target/test-classes:target/classes:$(cat "$classpath")" work.EngineBench "$@"
